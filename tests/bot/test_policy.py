from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Misconfigured
from bot.policy import Person, Policy, read_policy
from tests.house.code import ROOT

ANA, BEN, CLEO = (Person("T01ACME", user) for user in ("U01ANA", "U02BEN", "U03CLEO"))
DEV = Person("T01ACME", "U04DEV")


@pytest.fixture
def policy() -> Policy:
    return read_policy(ROOT / "policy.toml")


@pytest.mark.parametrize(
    ("old", "new", "needed"),
    [
        ("100", "115", False),
        ("100", "115.01", True),
        ("100", "84.99", True),
        ("100", "85", False),
        ("0", "10", True),
        ("0", "0", False),
        ("-100", "-50", True),
        ("100", "-100", True),
        (None, "0.01", True),
        (None, "0.00", False),
    ],
)
def test_more_than_fifteen_percent_needs_a_second_look(
    policy: Policy, old: str | None, new: str, *, needed: bool
) -> None:
    assert policy.needs_review(None if old is None else Decimal(old), Decimal(new)) is needed


@given(st.decimals("0.01", "1e9", places=2))
def test_the_sign_of_the_books_does_not_change_what_needs_a_look(old: Decimal) -> None:
    policy = read_policy(ROOT / "policy.toml")
    new = old * Decimal("1.2")

    assert policy.needs_review(old, new) is policy.needs_review(-old, -new) is True


def test_the_asker_never_decides_and_a_stranger_sees_nothing(policy: Policy) -> None:
    assert policy.may_ask(BEN)
    assert not policy.may_decide(BEN, asked_by=BEN)
    assert policy.may_decide(BEN, asked_by=ANA)
    assert not policy.may_decide(ANA, asked_by=BEN)
    assert not policy.may_see(DEV)
    assert policy.may_type("/audit", CLEO)
    assert not policy.may_type("/forecast", CLEO)


def test_the_same_user_id_in_another_workspace_is_somebody_else(policy: Policy) -> None:
    assert not policy.may_see(replace(BEN, team="T99OTHER"))


@pytest.mark.parametrize(
    ("broken", "words"),
    [("version = 1", "has no entry 'version'"), ("[budget]", "cannot be understood")],
)
def test_a_broken_policy_is_named_with_what_is_wrong(
    tmp_path: Path, broken: str, words: str
) -> None:
    file = tmp_path / "policy.toml"
    text = (ROOT / "policy.toml").read_text(encoding="utf-8")
    file.write_text(text.replace(broken, "[[" if "[" in broken else ""), encoding="utf-8")

    with pytest.raises(Misconfigured, match=words):
        read_policy(file)


@pytest.mark.parametrize(
    ("entry", "broken"),
    [
        ('review_above_percent = "15"', 'review_above_percent = "NaN"'),
        ('review_above_percent = "15"', 'review_above_percent = "lots"'),
        ('may_ask = ["U01ANA", "U02BEN"]', 'may_ask = "U01ANA"'),
        ('approvals = "C01FINANCE"', 'approvals = ["C01FINANCE"]'),
        ("expires_after_hours = 72", "expires_after_hours = -5"),
        ("most_lines = 5000", "most_lines = 0"),
        ("version = 1", 'version = "one"'),
    ],
)
def test_an_entry_that_makes_no_sense_stops_the_start_and_is_named(
    tmp_path: Path, entry: str, broken: str
) -> None:
    file = tmp_path / "policy.toml"
    text = (ROOT / "policy.toml").read_text(encoding="utf-8")
    file.write_text(text.replace(entry, broken), encoding="utf-8")

    with pytest.raises(Misconfigured, match=r"cannot be understood: .* not ") as caught:
        read_policy(file)

    assert entry.partition(" = ")[0] in str(caught.value)


def test_a_policy_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="cannot be read"):
        read_policy(tmp_path / "none.toml")


def test_how_fresh_a_copy_must_be_is_said_in_minutes(policy: Policy) -> None:
    assert policy.freshness == timedelta(minutes=10)
    assert policy.refresh_every == timedelta(hours=1)


@pytest.mark.parametrize("minutes", ["-1", "2.5", "true", '"10"'])
def test_minutes_that_are_none_are_refused(tmp_path: Path, minutes: str) -> None:
    text = (ROOT / "policy.toml").read_text(encoding="utf-8")
    file = tmp_path / "policy.toml"
    file.write_text(text.replace("freshness_minutes = 10", f"freshness_minutes = {minutes}"))

    with pytest.raises(Misconfigured, match="minutes must be a whole number"):
        read_policy(file)


def test_a_policy_that_says_nothing_of_a_copy_has_none(tmp_path: Path) -> None:
    text = (ROOT / "policy.toml").read_text(encoding="utf-8")
    file = tmp_path / "policy.toml"
    file.write_text(text.partition("[staged]")[0])

    assert read_policy(file).refresh_every == timedelta(0)
