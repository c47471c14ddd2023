"""What goes wrong on the way: Intacct away, a write nobody answered, Slack without charts."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.stories.tally import end_leases
from tests.stories.world import ANA, BEN, CLEO, World, until
from tests.tour.deciding import approve, staged
from tests.tour.walk import Walk

STOPS_WITHIN = 20.0  # seconds
QUICK = "3m as of 2024-03"


def intacct_is_away(walk: Walk) -> None:
    """Said while it lasts, and answered when it is back."""
    walk.world.fault(kind="down", count=1000)
    walk.goes(ANA)
    asked = walk.asks(f"/forecast 5000 {QUICK}")
    expect(asked).to_contain_text("Intacct does not answer")
    walk.shows("intacct-away", "Intacct does not answer: said at once, tried again", asked)
    walk.world.fault(kind="none")
    expect(asked).to_contain_text("Sources")


def a_chart_slack_does_not_take(walk: Walk) -> None:
    """A table in place of the chart, the same figures in it."""
    walk.world.slack_fault(kind="refuse_block", block="data_visualization", count=20)
    walk.goes(ANA)
    asked = walk.asks(f"/forecast 5100 {QUICK}")
    expect(asked).to_contain_text("Sources")
    walk.shows("chart-refused", "Slack does not take the chart: the figures stand in words", asked)


def a_version_nobody_answered_for(walk: Walk) -> None:
    """We die before Intacct answers, and are then shut out: unsettled, and looked up."""
    card = staged(walk, f"/forecast 5200 {QUICK}")
    before = len(walk.world.versions())
    walk.world.fault(kind="slow", function="create", seconds=25)
    approve(walk, card, BEN)
    expect(card).to_contain_text("being written")
    walk.shows("being-written", "Approved, and Intacct has not said so yet", card)
    walk.world.kill_bot()  # it does not hear that it was written
    until(lambda: len(walk.world.versions()) > before)
    end_leases(walk.world)
    walk.world.fault(kind="none")
    _nothing_waits(walk.world)
    walk.world.settings["INTACCT_USER_PASSWORD"] = "changed yesterday"
    walk.world.begin_bot()
    walk.goes(BEN)
    expect(card).to_contain_text("Unsettled")
    walk.shows("unsettled", "Nobody can say whether Intacct has it: a person has to look", card)
    _refused_by_intacct(walk)
    walk.world.settings["INTACCT_USER_PASSWORD"] = walk.world.intacct["user_password"]
    begin_again(walk.world)
    walk.goes(BEN)
    walk.tap("Look in Intacct", card)
    expect(card).to_contain_text("Committed")
    walk.shows("settled", "Looked up: it was there, and is not written again", card)
    walk.goes(ANA)
    walk.tap("Try again", walk.page.get_by_test_id("message").filter(has_text="sign-in").last)
    expect(walk.page.get_by_test_id("message").last).to_contain_text("Sources")


def _refused_by_intacct(walk: Walk) -> None:
    walk.goes(ANA)
    asked = walk.asks(f"/forecast 5300 {QUICK}")
    expect(asked).to_contain_text("refused our sign-in")
    walk.shows("sign-in-refused", "What to check, who can, and Try again", asked)


def an_expired_one(walk: Walk) -> None:
    """Nobody decided in time: a late tap says so."""
    if _nothing_waits(walk.world):
        begin_again(walk.world)
    card = staged(walk, f"/forecast 5400 {QUICK}")
    walk.goes(CLEO)
    if walk.has("Approve", card):  # or the sweep was faster
        approve(walk, card, CLEO)
    expect(card).to_contain_text("Expired")
    walk.shows("expired", "Its time is over, nothing was written, and what to do", card)


def _nothing_waits(world: World) -> bool:
    """From its next beginning on the bot gives nobody time to decide; False if it is so already."""
    policy = world.folder / "policy.toml"
    text = policy.read_text("utf-8")
    hurried = re.sub(r"expires_after_hours = \d+", "expires_after_hours = 0", text)
    policy.write_text(hurried, "utf-8")
    return hurried != text


def begin_again(world: World) -> None:
    """The bot ends as a deployment ends it, and begins."""
    world.stop_bot(STOPS_WITHIN)
    world.begin_bot()
