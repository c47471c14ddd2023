"""Messages wait in lanes until Slack has them; files and Homes are known by what they show."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("lane", sa.Text, nullable=False, server_default=""),
        sa.Column("number", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("body", sa.Text),
        sa.Column("wanted_hash", sa.Text),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("next_try_at", sa.Text),
        sa.Column("parent", sa.Text, nullable=False, server_default=""),
        sa.Column("tried_at", sa.Text),
        sa.Column("wanted_at", sa.Text),
    ):
        op.add_column("message", column)
    # What an older version began may have arrived: it is looked for before it is said again.
    op.execute("UPDATE message SET tried_at = at WHERE state = 'sending'")
    op.create_index("message_next_try", "message", ["next_try_at"])
    op.create_index("message_lane", "message", ["lane", "number"])
    waits = sa.text("next_try_at IS NOT NULL")
    op.create_index(
        "message_waiting",
        "message",
        ["lane", "number", "key"],
        sqlite_where=waits,
        postgresql_where=waits,
    )
    op.create_table(
        "hold",
        sa.Column("what", sa.Text, primary_key=True),
        sa.Column("until", sa.Text, nullable=False),
    )
    op.create_table(
        "upload",
        sa.Column("key", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("file_id", "state", "at")),
    )
    op.create_table(
        "home",
        sa.Column("team", sa.Text, primary_key=True),
        sa.Column("who", sa.Text, primary_key=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("body_hash", "opened_at", "published_at")
        ),
    )
    op.create_index("proposal_asked", "proposal", ["team", "asked_by", "made_at"])
