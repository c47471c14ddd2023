from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine, text

from bot.audit import AuditEntry, record
from bot.errors import Altered, NotUnderstood
from bot.messages.audit_paper import id_of_record, paper_of_record
from bot.settings import Secret

NOW = datetime(2026, 11, 20, 23, 59, tzinfo=UTC)


def keep(store: Engine, key: Secret, *did: str) -> None:
    """So many things done to PRP-1, an hour apart."""
    for hour, what in enumerate(did):
        entry = AuditEntry(NOW + timedelta(hours=hour), "T1/U1", what, "PRP-1", {})
        with store.begin() as tx:
            record(tx, key, entry)


@pytest.fixture
def record_of_four(store: Engine, audit_key: Secret) -> Engine:
    """Four rows: one on the first day, three on the next."""
    keep(store, audit_key, "staged", "opened paper.sources", "opened paper.sources", "approved")
    return store


def test_rows_by_day_and_kind_add_up_to_the_record(record_of_four: Engine) -> None:
    made = paper_of_record(record_of_four, id_of_record(4))

    assert made.rows == (
        ("2026-11-20", "staged", Decimal(1)),
        ("2026-11-21", "approved", Decimal(1)),
        ("2026-11-21", "opened Sources", Decimal(2)),
    )
    assert [(figure.name, figure.amount) for figure in made.figures] == [
        ("Rows on record", Decimal(4)),
        ("Rows of 2026-11-20", Decimal(1)),
        ("Rows of 2026-11-21", Decimal(3)),
    ]
    assert made.untied() == ()


def test_rows_added_later_change_nothing_of_it(record_of_four: Engine, audit_key: Secret) -> None:
    before = paper_of_record(record_of_four, "AUD-4")

    keep(record_of_four, audit_key, "committed")

    assert paper_of_record(record_of_four, "AUD-4") == before


def test_a_trail_counts_each_row_once(record_of_four: Engine) -> None:
    made = paper_of_record(record_of_four, id_of_record(3, "PRP-1"))

    assert [row[0] for row in made.rows] == ["1", "2", "3"]
    assert made.figures[0].amount == Decimal(3)
    assert made.untied() == ()


def test_what_is_not_on_record_is_said(record_of_four: Engine) -> None:
    with pytest.raises(NotUnderstood, match="no such row"):
        paper_of_record(record_of_four, "AUD-5")
    with pytest.raises(NotUnderstood, match="Nothing is on record about “PRP-2”"):
        paper_of_record(record_of_four, "AUD-4-PRP-2")


def test_a_record_with_a_row_missing_is_not_shown(record_of_four: Engine) -> None:
    with record_of_four.begin() as tx:
        if tx.dialect.name == "postgresql":
            tx.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
        else:
            tx.execute(text("DROP TRIGGER audit_refuses_delete"))
        tx.execute(text("DELETE FROM audit WHERE seq = 2"))

    with pytest.raises(Altered, match="a row is missing"):
        paper_of_record(record_of_four, "AUD-4")
