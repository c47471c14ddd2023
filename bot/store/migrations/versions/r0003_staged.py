"""The copy of what was read from Intacct; dropping it loses nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _lines()
    _records()
    _marks()


def _lines() -> None:
    texts = ("entity", "department", "location", "project")
    more = ("journal", "document", "description", "modified", "read_at", "run_id")
    op.create_table(
        "staged_line",
        sa.Column("record_no", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("batch_key", sa.BigInteger, nullable=False),
        sa.Column("entry_date", sa.Text, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("debit", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.Column("statistical", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in more),
    )
    op.create_index("staged_line_batch", "staged_line", ["batch_key"])
    op.create_index("staged_line_account", "staged_line", ["account", "entry_date"])
    op.create_index("staged_line_day", "staged_line", ["entry_date"])


def _records() -> None:
    texts = ("business_id", "fields", "modified", "read_at", "run_id")
    op.create_table(
        "staged_record",
        sa.Column("object", sa.Text, primary_key=True),
        sa.Column("record_no", sa.BigInteger, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
    )
    op.create_index("staged_record_id", "staged_record", ["object", "business_id"])


def _marks() -> None:
    until = ("changed_through", "read_at", "full_at", "first", "wanted")
    op.create_table(
        "staged_mark",
        sa.Column("object", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in until),
        sa.Column("behind", sa.Boolean, nullable=False),
        sa.Column("run_id", sa.Text, nullable=False),
    )
    numbers = ("calls", "rows_read", "rows_changed", "rows_deleted")
    op.create_table(
        "staged_run",
        sa.Column("run_id", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "started", "ended")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in numbers),
        sa.Column("outcome", sa.Text, nullable=False),
    )
    op.create_index("staged_run_started", "staged_run", ["started"])
