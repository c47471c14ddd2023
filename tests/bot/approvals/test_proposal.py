from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.approvals.proposal import (
    Proposal,
    SourceDifference,
    hash_of_payload,
    person_as_text,
    person_from_text,
)
from tests.bot.approvals.paper import BEN, CLEO, budget, line, proposal


@pytest.mark.parametrize(
    ("old", "new", "change", "percent"),
    [
        ("100.00", "115.00", "15.00", "15"),
        ("-200.00", "-150.00", "50.00", "25"),  # of the old amount's size, whatever its sign
        ("0.00", "10.00", "10.00", None),
        (None, "10.00", "10.00", None),
    ],
)
def test_a_change_is_in_percent_of_the_old_amount_where_there_is_one(
    old: str | None, new: str, change: str, percent: str | None
) -> None:
    changed = line(old, new)

    assert changed.change == Decimal(change)
    assert changed.percent == (None if percent is None else Decimal(percent))


BEFORE = proposal(line("100.00", "115.00"), line(None, "7.10", "6000"))


@pytest.mark.parametrize(
    "after",
    [
        replace(BEFORE, id="PRP-BBBBBBBB"),
        replace(BEFORE, asked_by=BEN),
        replace(BEFORE, channel="C99"),
        replace(BEFORE, title="Another"),
        replace(BEFORE, document=budget("4000 Jan SALES 100 115.01")),
        replace(BEFORE, lines=BEFORE.lines[:1]),
        replace(BEFORE, lines=(line("99.00", "115.00"), BEFORE.lines[1])),
        replace(BEFORE, compared_with=""),
        replace(BEFORE, sources_hash="1" * 64),
        replace(BEFORE, snapshot_id="SNP-B"),
        replace(BEFORE, policy_version=4),
        replace(BEFORE, made_at=BEFORE.made_at + timedelta(seconds=1)),
        replace(BEFORE, expires_at=BEFORE.expires_at + timedelta(days=1)),
    ],
)
def test_anything_that_was_shown_changes_the_hash(after: Proposal) -> None:
    assert hash_of_payload(after) != hash_of_payload(BEFORE)


def test_what_becomes_of_a_proposal_does_not_change_the_hash() -> None:
    after = replace(
        BEFORE, state="approved", decided_by=CLEO, decided_at=BEFORE.made_at, record_no="12"
    )

    assert hash_of_payload(after) == hash_of_payload(BEFORE)


def test_a_person_is_named_with_the_workspace() -> None:
    assert person_as_text(BEN) == "T01ACME/U02BEN"
    assert person_from_text("T01ACME/U02BEN") == BEN


def test_a_difference_is_one_plain_sentence() -> None:
    moved = SourceDifference("Account 4000, Jan 2026", "1,000.00 USD", "1,200.00 USD")

    assert moved.sentence == "Account 4000, Jan 2026: was 1,000.00 USD, now 1,200.00 USD."
