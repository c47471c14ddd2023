"""The gate to Intacct, and what a company was billed for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gate",
        sa.Column("company", sa.Text, primary_key=True),
        sa.Column("arrival", sa.Text, nullable=False),
        sa.Column("not_before", sa.Text, nullable=False),
    )
    op.create_table(
        "gate_slot",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("company", sa.Text, nullable=False),
        sa.Column("process", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Text, nullable=False),
    )
    op.create_index("gate_slot_company", "gate_slot", ["company"])
    op.create_table(
        "api_use",
        sa.Column("company", sa.Text, primary_key=True),
        sa.Column("month", sa.Text, primary_key=True),
        sa.Column("billed", sa.BigInteger, nullable=False),
        sa.Column("warned_percent", sa.Integer, nullable=False),
    )
