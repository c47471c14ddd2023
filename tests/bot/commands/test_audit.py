from __future__ import annotations

from datetime import date

import pytest

from analytics.ledger import FiscalCalendar
from bot.audit import AuditRow, Verification
from bot.commands.audit import Answer, Request, parse, show
from bot.errors import NotUnderstood
from bot.messages.message import Paragraph
from bot.messages.render import blocks_of, text_of

TODAY, CALENDAR = date(2026, 11, 21), FiscalCalendar()


@pytest.mark.parametrize(
    ("words", "about"), [("", ""), ("verify", ""), ("trail PRP-ABCDEFGH", "PRP-ABCDEFGH")]
)
def test_verify_is_what_one_means_when_one_says_nothing(words: str, about: str) -> None:
    assert parse(words, TODAY, CALENDAR) == Request(about)


def test_other_words_are_answered_with_those_there_are() -> None:
    with pytest.raises(NotUnderstood, match="/audit verify, or /audit trail"):
        parse("export everything", TODAY, CALENDAR)


def test_a_chain_that_holds_says_how_far_it_was_read() -> None:
    proof = Verification(
        ok=True, rows=1204, head="59768e" + "0" * 54 + "6e46", first_bad=None, why=""
    )

    message = show(Answer(Request(""), proof, ()))

    assert message.result == (
        "The chain holds: 1,204 rows, head 59768e…6e46. Every proposal and every receipt is in it."
    )


def test_what_is_not_in_the_chain_is_listed_and_the_rest_counted() -> None:
    proof = Verification(ok=True, rows=3, head="a" * 64, first_bad=None, why="")
    foreign = tuple(f"Proposal PRP-{n:08} is not on record as staged." for n in range(12))

    message = show(Answer(Request(""), proof, (), foreign))
    paragraph, buttons = message.parts

    assert isinstance(paragraph, Paragraph)
    words = str(paragraph.spans[-1])
    assert "But NOT everything is in it. Keep the database as it is" in text_of(message)
    assert "Proposal PRP-00000009 is not on record" in words
    assert "PRP-00000010" not in words
    assert "and 2 more" in words
    assert "AUD-3" in str(buttons)


def test_a_chain_that_does_not_hold_names_the_row_and_what_to_do() -> None:
    proof = Verification(ok=False, rows=6, head="", first_bad=7, why="changed: row 7 is not …")

    message = show(Answer(Request(""), proof, ()))

    assert "does NOT hold at row 7" in text_of(message)
    assert "call your auditor" in text_of(message)
    assert message.paper == ""
    assert message.parts == ()


def test_a_trail_shows_who_did_what_and_when() -> None:
    proof = Verification(ok=True, rows=2, head="a" * 64, first_bad=None, why="")
    row = AuditRow(
        2, "2026-11-21T09:02:10.000001Z", "T01ACME/U02BEN", "approved", "PRP-1", "{}", "", ""
    )

    blocks = blocks_of(show(Answer(Request("PRP-1"), proof, (row,))))

    assert "*21 Nov 2026*, times in UTC\\n09:02:10 · <@U02BEN> approved · row 2" in str(blocks)


def test_what_was_refused_or_written_is_said_in_words_and_the_bot_by_its_name() -> None:
    proof = Verification(ok=True, rows=2, head="a" * 64, first_bad=None, why="")
    at = "2026-11-21T09:02:10.000001Z"
    rows = (
        AuditRow(1, at, "T01ACME/U01ANA", "own proposal", "PRP-1", "{}", "", ""),
        AuditRow(2, at, "bot", "posting", "PRP-1", "{}", "", ""),
    )

    said = str(blocks_of(show(Answer(Request("PRP-1"), proof, rows))))

    assert "<@U01ANA> was refused: nobody decides what they asked for" in said
    assert "Tieout began to write it to Intacct" in said
