from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from sandbox.company.definitions import Definition
from sandbox.company.setup import (
    SANDBOX_SENDERS,
    SANDBOX_USERS,
    Closed,
    Setup,
    read_setup,
    write_setup,
)
from sandbox.company.store import create_company

SETUP = Setup(
    company_id="acme",
    company_name="Acme",
    base_currency="",
    first_fiscal_month=7,
    as_of=date(2026, 1, 15),
    seed=7,
    senders=SANDBOX_SENDERS,
    users=SANDBOX_USERS,
    closed=(Closed("100", "GL", date(2025, 12, 31)),),
)


def test_the_setup_is_read_as_it_was_written_and_the_last_word_counts(tmp_path: Path) -> None:
    with closing(create_company(tmp_path / "company.sqlite")) as company:
        write_setup(company, SETUP)
        later = replace(
            SETUP,
            closed=(),
            as_of=date(2026, 2, 1),
            definitions=(Definition("Order", "SO", converts=("Quote",)),),
            item_groups=(),
        )

        assert read_setup(company) == SETUP
        write_setup(company, later)
        assert read_setup(company) == later


def test_one_user_may_write_and_one_may_only_read() -> None:
    rights = {user.id: user.may_write for user in SANDBOX_USERS}

    assert rights == {"bot_user": ("*",), "reader": (), "ar_clerk": ()}
    assert [sender.authorised for sender in SANDBOX_SENDERS] == [True, False]
