"""The tables as they are now; amounts, hashes and times are text, times ISO 8601 in UTC.

job            the outbox: what somebody asked for, kept before it is acknowledged
proposal       what waits for a decision, and what became of it
review         who looked at which flagged line of a proposal
receipt        which document is in Intacct under which record number
snapshot       the source rows a figure was drawn from
message        what is to be said in Slack, each once and in order within its lane
hold           until when Slack wants to be left alone with what
upload         files handed to Slack, each once
home           who opened their Home, and what it shows
session_lease  which processes are working, and until when they are believed
gate           when the next request to a company may leave
gate_slot      the requests to a company that are under way, and until when they are believed
api_use        what a company was billed for in a month
audit          who did what; added to, never changed (see `bot/audit.py`)
staged_line    the copy of the ledger's lines, amounts in whole minor units, debits positive
staged_record  the copy of everything else that is read, each record's fields as text
staged_mark    how far the copy of each object goes, and when it was brought up to date
staged_run     when the copy was brought up to date, what that took and what it found
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

STATES = (
    "open",
    "approved",
    "rejected",
    "stale",
    "expired",
    "committed",
    "failed",
    "unsettled",
)

metadata = MetaData()

job = Table(
    "job",
    metadata,
    Column("key", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("args", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("handed_over_at", Text),
)
Index("job_handed_over_at", job.c.handed_over_at, job.c.at)

snapshot = Table(
    "snapshot",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
)

proposal = Table(
    "proposal",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("team", Text, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("payload_hash", Text, nullable=False),
    Column("sources_hash", Text, nullable=False),
    Column("snapshot_id", Text, ForeignKey("snapshot.id"), nullable=False),
    Column("policy_version", Integer, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("decided_by", Text),
    Column("decided_at", Text),
    Column("reason", Text),
    Column("record_no", Text),
    CheckConstraint(
        "state IN ('open', 'approved', 'rejected', 'stale',"
        " 'expired', 'committed', 'failed', 'unsettled')",
        name="proposal_state",
    ),
)
Index("proposal_waiting", proposal.c.state, proposal.c.made_at)
Index("proposal_asked", proposal.c.team, proposal.c.asked_by, proposal.c.made_at)

review = Table(
    "review",
    metadata,
    Column("proposal", Text, ForeignKey("proposal.id"), primary_key=True),
    Column("team", Text, primary_key=True),
    Column("who", Text, primary_key=True),
    Column("line_key", Text, primary_key=True),
    Column("at", Text, nullable=False),
)

receipt = Table(
    "receipt",
    metadata,
    Column("key", Text, primary_key=True),
    Column("proposal", Text, ForeignKey("proposal.id"), nullable=False),
    Column("record_no", Text, nullable=False),
    Column("at", Text, nullable=False),
)
Index("receipt_proposal", receipt.c.proposal)

message = Table(
    "message",
    metadata,
    Column("key", Text, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("ts", Text),
    Column("about", Text),
    Column("state", Text, nullable=False),
    Column("body_hash", Text),
    Column("at", Text, nullable=False),
    Column("lane", Text, nullable=False, server_default=""),
    Column("number", BigInteger, nullable=False, server_default="0"),
    Column("body", Text),
    Column("wanted_hash", Text),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("next_try_at", Text),
    Column("parent", Text, nullable=False, server_default=""),
    Column("tried_at", Text),
    Column("wanted_at", Text),
)
Index("message_about", message.c.about)
Index("message_next_try", message.c.next_try_at)
Index("message_lane", message.c.lane, message.c.number)
Index(  # few are on their way of the many that ever were
    "message_waiting",
    message.c.lane,
    message.c.number,
    message.c.key,
    sqlite_where=message.c.next_try_at.is_not(None),
    postgresql_where=message.c.next_try_at.is_not(None),
)

hold = Table(
    "hold",
    metadata,
    Column("what", Text, primary_key=True),
    Column("until", Text, nullable=False),
)

upload = Table(
    "upload",
    metadata,
    Column("key", Text, primary_key=True),
    Column("file_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("at", Text, nullable=False),
)

home = Table(
    "home",
    metadata,
    Column("team", Text, primary_key=True),
    Column("who", Text, primary_key=True),
    Column("body_hash", Text, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("published_at", Text, nullable=False),
)

session_lease = Table(
    "session_lease",
    metadata,
    Column("executor_id", Text, primary_key=True),
    Column("expires_at", Text, nullable=False),
)

gate = Table(
    "gate",
    metadata,
    Column("company", Text, primary_key=True),
    Column("arrival", Text, nullable=False),
    Column("not_before", Text, nullable=False),
)

gate_slot = Table(
    "gate_slot",
    metadata,
    Column("id", Text, primary_key=True),
    Column("company", Text, nullable=False),
    Column("process", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
)
Index("gate_slot_company", gate_slot.c.company)

api_use = Table(
    "api_use",
    metadata,
    Column("company", Text, primary_key=True),
    Column("month", Text, primary_key=True),
    Column("billed", BigInteger, nullable=False),
    Column("warned_percent", Integer, nullable=False),
)

# No second unique column: SQLite's INSERT OR REPLACE would delete the row it collides with.
audit = Table(
    "audit",
    metadata,
    Column(
        "seq",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("did", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("prev", Text, nullable=False),
    Column("mac", Text, nullable=False),
)
Index("audit_about", audit.c.about, audit.c.seq)

# A copy of what Intacct holds: dropping these tables loses nothing.
staged_line = Table(
    "staged_line",
    metadata,
    Column("record_no", BigInteger, primary_key=True, autoincrement=False),
    Column("batch_key", BigInteger, nullable=False),
    Column("entry_date", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("debit", BigInteger, nullable=False),
    Column("entity", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("location", Text, nullable=False),
    Column("project", Text, nullable=False),
    Column("statistical", Boolean, nullable=False),
    Column("journal", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("modified", Text, nullable=False),
    Column("read_at", Text, nullable=False),
    Column("run_id", Text, nullable=False),
)
Index("staged_line_batch", staged_line.c.batch_key)
Index("staged_line_account", staged_line.c.account, staged_line.c.entry_date)
Index("staged_line_day", staged_line.c.entry_date)

staged_record = Table(
    "staged_record",
    metadata,
    Column("object", Text, primary_key=True),
    Column("record_no", BigInteger, primary_key=True, autoincrement=False),
    Column("business_id", Text, nullable=False),
    Column("fields", Text, nullable=False),
    Column("modified", Text, nullable=False),
    Column("read_at", Text, nullable=False),
    Column("run_id", Text, nullable=False),
)
Index("staged_record_id", staged_record.c.object, staged_record.c.business_id)

staged_mark = Table(
    "staged_mark",
    metadata,
    Column("object", Text, primary_key=True),
    Column("changed_through", Text, nullable=False),
    Column("read_at", Text, nullable=False),
    Column("full_at", Text, nullable=False),
    Column("first", Text, nullable=False),
    Column("wanted", Text, nullable=False),
    Column("behind", Boolean, nullable=False),
    Column("run_id", Text, nullable=False),
)

staged_run = Table(
    "staged_run",
    metadata,
    Column("run_id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("started", Text, nullable=False),
    Column("ended", Text, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("rows_read", Integer, nullable=False),
    Column("rows_changed", Integer, nullable=False),
    Column("rows_deleted", Integer, nullable=False),
    Column("outcome", Text, nullable=False),
)
Index("staged_run_started", staged_run.c.started)
