"""The second half: a version is staged, decided, written; and every way that can go wrong."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.stories.world import ANA, BEN, CLEO, FINANCE, World, said, until
from tests.tour.asking import SAVE
from tests.tour.walk import Walk

NAMES = {BEN: "Ben Okafor", CLEO: "Cleo Marsh"}


def a_version_is_saved(walk: Walk) -> None:
    """The card that waits, and that the asker cannot approve."""
    walk.goes(ANA)
    walk.tap(SAVE, walk.message(walk.kept["answer"]))
    card = walk.sees("To approve")
    walk.kept["card"] = card.get_attribute("data-ts") or ""
    walk.kept["proposal"] = proposal_on(card)
    walk.shows("card", "The card: what is asked, before and after, until when", card)
    walk.shows("card-on-screen", "The card as the screen shows it")
    walk.reads("the card", card.locator(".blocks").first)
    walk.tap("Approve", card)
    walk.tap("Approve", walk.window("Approve"))
    refusal = walk.sees("You asked for this yourself")
    walk.shows("asker-cannot-approve", "Whoever asked cannot approve", refusal)


def its_papers(walk: Walk) -> None:
    """All lines, sources, export and trail of the card."""
    walk.goes(BEN)
    card = walk.message(walk.kept["card"])
    for label, name in (
        (re.compile(r"^All (?:\d+ )?lines$"), "card-all-lines"),
        ("Sources", "card-sources"),
        (re.compile("^Export"), "card-export"),
        ("Audit trail", "card-audit-trail"),
    ):
        walk.tap(label, card)
        window = walk.page.get_by_test_id("modal")
        expect(window).to_be_visible()
        walk.shows(name, f"{name.replace('-', ' ').capitalize()}, as Ben opens it")
        walk.close()


def a_review_and_an_approval(walk: Walk) -> None:
    """The marked lines are looked at, the question is asked once more, and it is written."""
    walk.goes(BEN)
    card = walk.message(walk.kept["card"])
    walk.tap(re.compile(r"^Review \d+$"), card)
    window = walk.window("Review changes")
    walk.shows("review", "The lines that changed more than the policy allows")
    walk.reads("the window Review changes", window)
    while walk.has("More", window):
        before = window.inner_text()
        walk.tap("More", window)
        expect(window).not_to_have_text(before)
    walk.tap("I looked at them", window)
    expect(card).to_contain_text("Reviewed by")
    walk.shows("reviewed", "Ben looked at them; now Approve is the next step", card)
    walk.tap("Approve", card)
    asked = walk.window("Approve")
    walk.shows("approve-confirm", "Approve asks once more and repeats the amount")
    walk.reads("the question before Approve", asked)
    walk.tap("Approve", asked)
    expect(card).to_contain_text("Committed")
    walk.shows("committed", "Written, read back, and what would undo it", card)


def what_is_in_intacct(walk: Walk) -> None:
    """The version stands in Intacct with the same total."""
    walk.goes(BEN)
    card = walk.message(walk.kept["card"])
    found = re.search(r"record (\d+)", card.inner_text())
    assert found, "the card names no record"
    total = card.get_by_role("row", name=re.compile("^Total")).get_by_role("cell").nth(2)
    in_slack = total.inner_text()
    walk.page.goto(walk.world.intacct["page"])
    expect(walk.page.locator(f"#budget-{found[1]} tfoot td").last).to_have_text(in_slack)


def an_audit(walk: Walk) -> None:
    """The chain holds, and what happened to the proposal."""
    walk.goes(CLEO)
    walk.types("/audit verify")
    verdict = walk.sees("The chain holds")
    walk.shows("audit-verify", "The record holds", verdict)
    walk.tap("Sources", verdict)
    walk.window("Sources")
    walk.shows("audit-sources", "The rows of the record that are counted")
    walk.close()
    walk.types(f"/audit trail {walk.kept['proposal']}")
    trail = walk.sees(f"Audit trail of {walk.kept['proposal']}")
    walk.shows("audit-trail", "Everything that happened to one proposal", trail)
    walk.reads("the audit trail", trail.locator(".blocks").first)


def a_rejection(walk: Walk) -> None:
    """A reason is asked for, reaches the asker, and nothing is written."""
    card = staged(walk, "/forecast 4200 3m as of 2024-03")
    walk.goes(CLEO)
    walk.tap("Reject", card)
    window = walk.window("Reject")
    walk.shows("reject", "Reject asks why")
    walk.reads("the window Reject", window)
    window.get_by_role("textbox").fill(" ")
    window.locator("button[type=submit]").click()
    expect(window.get_by_role("alert").filter(has_text=re.compile(r"\w")).first).to_be_visible()
    walk.shows("reject-without-a-reason", "Without a reason nothing happens")
    window.get_by_role("textbox").fill("The spring events are missing.")
    window.locator("button[type=submit]").click()
    expect(card).to_contain_text("Rejected")
    walk.shows("rejected", "Rejected, by whom, and why", card)
    walk.tap(re.compile(r"^\d+ repl"), card)
    thread = walk.page.locator("#thread")
    expect(thread.get_by_test_id("message")).to_have_count(2)
    walk.shows("rejected-thread", "Ana is told in the thread")


def decided_already(walk: Walk) -> None:
    """Two decide at once: one counts, the other is told."""
    card = staged(walk, "/forecast 4300 3m as of 2024-03")
    ts = {"ts": card.get_attribute("data-ts")}
    walk.world.slack_fault(kind="slow", method="chat.update", seconds=2)
    for who in (BEN, CLEO):
        walk.world.tap("proposal.approve", ts, who)
    expect(card).to_contain_text("Committed")
    late = until(lambda: next((who for who in NAMES if _told(walk.world, who)), None))
    walk.goes(late)
    told = walk.sees("approved this already")
    expect(told).to_contain_text(NAMES[BEN if late == CLEO else CLEO])
    walk.shows("decided-already", "Who was later is told by whom it was decided, and when")


def _told(world: World, who: str) -> bool:
    return any("approved this already" in said(message) for message in world.messages(who))


def books_that_moved(walk: Walk) -> None:
    """Somebody posts in between: the click counts for nothing, and what moved is shown."""
    card = staged(walk, "/forecast 4000 3m as of 2026-10")
    walk.world.someone_posts(
        account="4000",
        offset="1000",
        entity="100",
        department="SALES",
        date="2026-10-15",
        amount="-1234.56",
    )
    approve(walk, card, BEN)
    expect(card).to_contain_text("Out of date")
    walk.shows("out-of-date", "The books moved after it was shown: refused, and what moved", card)


def staged(walk: Walk, words: str) -> Locator:
    """Ana's forecast saved: its card, found again by its place in the channel."""
    walk.goes(ANA, FINANCE)
    before = walk.stamps("To approve")
    walk.tap(SAVE, walk.asks(words))
    (ts,) = until(lambda: walk.stamps("To approve") - before)
    return walk.message(ts)


def approve(walk: Walk, card: Locator, who: str) -> None:
    """Reviewed where it has to be, approved and confirmed."""
    walk.goes(who)
    if walk.has(re.compile(r"^Review \d+$"), card):
        walk.tap(re.compile(r"^Review \d+$"), card)
        walk.tap("I looked at them", walk.window("Review changes"))
        expect(card).to_contain_text("Reviewed by")
    walk.tap("Approve", card)
    walk.tap("Approve", walk.window("Approve"))


def proposal_on(card: Locator) -> str:
    """The id of the proposal a card is about."""
    found = re.search(r"PRP-[A-Z0-9]+", card.inner_text())
    assert found, "the card names no proposal"
    return found[0]
