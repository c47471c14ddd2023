"""The first tables, and an audit that only grows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SQLITE_TRIGGERS = (
    """
    CREATE TRIGGER audit_refuses_update BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END
    """,
    """
    CREATE TRIGGER audit_refuses_delete BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit rows are never deleted'); END
    """,
    # It fires before INSERT OR REPLACE looks for a row to replace, so that is stopped as well.
    """
    CREATE TRIGGER audit_continues BEFORE INSERT ON audit
    WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit)
      OR NEW.prev IS NOT coalesce(
        (SELECT mac FROM audit ORDER BY seq DESC LIMIT 1),
        '0000000000000000000000000000000000000000000000000000000000000000')
    BEGIN SELECT RAISE(ABORT, 'an audit row must continue the chain'); END
    """,
)

POSTGRES_TRIGGERS = (
    """
    CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'audit rows are never changed or deleted'; END $$
    """,
    # The lock is taken here too, so that an insert past our own code waits its turn as well.
    """
    CREATE FUNCTION audit_continues() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      last_seq bigint;
      last_mac text;
    BEGIN
      PERFORM pg_advisory_xact_lock(7116302);
      SELECT seq, mac INTO last_seq, last_mac FROM audit ORDER BY seq DESC LIMIT 1;
      IF NEW.seq IS DISTINCT FROM coalesce(last_seq, 0) + 1
         OR NEW.prev IS DISTINCT FROM coalesce(
           last_mac,
           '0000000000000000000000000000000000000000000000000000000000000000') THEN
        RAISE EXCEPTION 'an audit row must continue the chain';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER audit_refuses_change BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_refuses()
    """,
    """
    CREATE TRIGGER audit_refuses_truncate BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses()
    """,
    """
    CREATE TRIGGER audit_continues BEFORE INSERT ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_continues()
    """,
    # ALWAYS: also in a session that calls itself a replica.
    "ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_refuses_change",
    "ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_refuses_truncate",
    "ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_continues",
)


def upgrade() -> None:
    _work()
    _proposals()
    _decisions()
    _record()
    triggers = POSTGRES_TRIGGERS if op.get_context().dialect.name != "sqlite" else SQLITE_TRIGGERS
    for trigger in triggers:
        op.execute(trigger)


def _work() -> None:
    op.create_table(
        "job",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("args", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("handed_over_at", sa.Text),
    )
    op.create_index("job_handed_over_at", "job", ["handed_over_at", "at"])
    op.create_table(
        "session_lease",
        sa.Column("executor_id", sa.Text, primary_key=True),
        sa.Column("expires_at", sa.Text, nullable=False),
    )
    op.create_table(
        "message",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("ts", sa.Text),
        sa.Column("about", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("body_hash", sa.Text),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_index("message_about", "message", ["about"])


def _proposals() -> None:
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    required = ("kind", "state", "team", "asked_by", "channel", "title", "body")
    hashes = ("payload_hash", "sources_hash")
    decided = ("decided_by", "decided_at", "reason", "record_no")
    op.create_table(
        "proposal",
        sa.Column("id", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in (*required, *hashes)),
        sa.Column("snapshot_id", sa.Text, sa.ForeignKey("snapshot.id"), nullable=False),
        sa.Column("policy_version", sa.Integer, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in decided),
        sa.CheckConstraint(
            "state IN ('open', 'approved', 'rejected', 'stale',"
            " 'expired', 'committed', 'failed', 'unsettled')",
            name="proposal_state",
        ),
    )
    op.create_index("proposal_waiting", "proposal", ["state", "made_at"])


def _decisions() -> None:
    op.create_table(
        "review",
        sa.Column("proposal", sa.Text, sa.ForeignKey("proposal.id"), primary_key=True),
        sa.Column("team", sa.Text, primary_key=True),
        sa.Column("who", sa.Text, primary_key=True),
        sa.Column("line_key", sa.Text, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_table(
        "receipt",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("proposal", sa.Text, sa.ForeignKey("proposal.id"), nullable=False),
        sa.Column("record_no", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_index("receipt_proposal", "receipt", ["proposal"])


def _record() -> None:
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    texts = ("at", "who", "did", "about", "body", "prev", "mac")
    op.create_table(
        "audit",
        sa.Column("seq", number, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
    )
    op.create_index("audit_about", "audit", ["about", "seq"])
