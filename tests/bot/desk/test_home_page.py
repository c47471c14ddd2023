"""The words on a Home."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime

import pytest

from analytics.ledger import Currency
from bot.approvals.proposal import Ending, Proposal, State
from bot.desk.connection import Connection, Line
from bot.desk.home_page import Asked, Page, Waiting, closed_home, home_page, sums_of
from bot.messages.render import home_of
from bot.store.usage import Usage
from intacct.documents.budget_version import BudgetVersion
from tests.bot.approvals.paper import ANA, BEN, DEV, NOW, policy
from tests.bot.desk.waiting import waiting
from tests.snapshots import looks_like

CARD = "https://acme.slack.com/archives/C01FINANCE/p1"
ANSWERS = Line(NOW)


def connection(line: Line = ANSWERS, copied_at: datetime | None = NOW) -> Connection:
    used = Usage("2026-03", billed=38_211, allowance=100_000, projected=92_004)
    return Connection("acme", "100 US Inc", line, copied_at, behind=False, used=used)


def page(**shown: object) -> Page:
    empty = Page(
        who=BEN,
        waiting=(),
        more=(),
        under_way=(),
        more_asked=0,
        ended=(),
        connection=connection(),
        policy=policy(),
        at=NOW,
    )
    return replace(empty, **shown)  # type: ignore[arg-type]  # the fields of Page


def drawn(shown: Page) -> str:
    return json.dumps(home_of(home_page(shown)), ensure_ascii=False).replace("\xa0", " ")


def euros(one: Proposal) -> Proposal:
    document = one.document
    return replace(
        one,
        document=BudgetVersion(
            document.budget_id, document.description, Currency("EUR"), document.lines
        ),
    )


def test_a_full_home_looks_like_this() -> None:
    one = waiting(1, "20.00")
    committed = replace(
        waiting(2, "1234567.89"),
        state="committed",
        record_no="812",
        decided_by=BEN,
        decided_at=NOW,
    )
    full = page(
        waiting=(Waiting(one, 2, True, 1, False, CARD), Waiting(waiting(3), 0, False, 0, True, "")),
        more=(waiting(4, "0.10"), waiting(5, "0.20")),
        under_way=(
            Asked(replace(waiting(6), state="approved", decided_by=BEN, decided_at=NOW), CARD),
        ),
        ended=(Asked(committed, CARD),),
    )

    assert looks_like("home-full", home_of(home_page(full)))


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (BEN, "Nothing waits for you. You are up to date."),
        (ANA, "Nothing waits for you: what you ask for, others decide."),
    ],
)
def test_an_empty_home_has_a_friendly_word(who: object, words: str) -> None:
    assert words in drawn(page(who=who))


def test_who_only_decides_is_not_told_of_asking() -> None:
    assert "You asked" not in drawn(page(who=BEN))
    assert "Nothing yet. Type */forecast* to begin." in drawn(page(who=ANA))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("open", "*Waits for a decision* · Forecast no. 1"),
        ("rejected", "rejected by <@U02BEN> · "),
        ("expired", "*Expired* · Forecast no. 1"),
        ("stale", "The books moved."),
        ("unsettled", "The books moved."),
    ],
)
def test_what_was_asked_for_says_how_it_stands(state: State, words: str) -> None:
    one = replace(
        waiting(1),
        state=state,
        decided_by=BEN if state == "rejected" else None,
        decided_at=NOW if state == "rejected" else None,
        reason="too <high>",
        ending=Ending("The books moved."),
    )

    seen = drawn(page(ended=(Asked(one, ""),)))

    assert words in seen
    assert ("too &lt;high&gt;" in seen) is (state == "rejected")


def test_sums_of_unlike_currencies_are_told_apart() -> None:
    mixed = [waiting(1, "0.10"), euros(waiting(2, "-5.00")), waiting(3, "1000.20")]

    assert sums_of(mixed) == "EUR (5.00) and USD 1,000.30"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (ANSWERS, "Sage Intacct answers; its last answer came"),
        (Line(NOW, "silent", NOW), "*Sage Intacct does not answer* since"),
        (Line(None, "locked out", NOW), "*Sage Intacct does not let the bot in* since"),
        (Line(), "Sage Intacct was not asked anything yet."),
    ],
)
def test_the_line_to_intacct_is_said(line: Line, words: str) -> None:
    seen = drawn(page(connection=connection(line)))

    assert words in seen
    assert (
        "38,211 of 100,000 Intacct transactions (38 %) in March 2026; at this pace 92,004"
        in seen.replace("\xa0", " ")
    )


def test_a_copy_that_is_behind_or_missing_is_said() -> None:
    behind = replace(connection(), behind=True)

    assert "The copy of the books is of" in drawn(page())
    assert "is behind" in drawn(page(connection=behind))
    assert "There is no copy" in drawn(page(connection=connection(copied_at=None)))


def test_a_home_without_rights_has_no_digit_and_nothing_to_tap() -> None:
    view = home_of(closed_home())
    texts = re.findall(r"'text': '([^']*)'", str(view))

    assert len(texts) == 3
    assert not re.search(r"\d", "".join(texts))
    assert "button" not in str(view)
    assert DEV.user not in str(view)
