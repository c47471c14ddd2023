"""What is counted when a story is over: in Intacct, in our own store, and in Slack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from sqlalchemy import Engine, select, update

from bot.approvals.proposal import Proposal
from bot.approvals.queue import get_proposal
from bot.audit import trail, verify
from bot.settings import Secret
from bot.store.engine import open_store, reading
from bot.store.tables import audit, message, receipt, session_lease
from tests.stories.steps import card_says
from tests.stories.world import AUDIT_KEY, PATIENCE, World, said

LONG_AGO = "2000-01-01T00:00:00.000000Z"


@contextmanager
def opened(world: World) -> Iterator[Engine]:
    """The bot's store, beside the bot."""
    store = open_store(world.database_url)
    try:
        yield store
    finally:
        store.dispose()


def check_committed_once(world: World, proposal_id: str, patience: float = PATIENCE) -> None:
    """One version with exactly the lines approved, one decision, one receipt, one card."""
    card = card_says(world, proposal_id, "Committed", patience)
    with opened(world) as store:
        proposal = get_proposal(store, proposal_id)
        assert proposal is not None
        assert proposal.state == "committed"
        record_no = _check_books(world, proposal)
        did = done(store, proposal_id)
        assert (did.count("approved"), did.count("committed"), did.count("rejected")) == (1, 1, 0)
        held = select(receipt.c.record_no).where(receipt.c.proposal == proposal_id)
        with reading(store) as tx:
            assert list(tx.execute(held).scalars()) == [record_no]
    assert f"record {record_no}" in said(card)
    assert posted(world)[f"card:{proposal_id}"] == 1


def check_kept(world: World) -> None:
    """The chain holds, and no message of ours was posted twice."""
    with opened(world) as store:
        verified = verify(store, Secret(AUDIT_KEY))
    assert verified.ok, verified.why
    assert {key: times for key, times in posted(world).items() if times > 1} == {}


def done(store: Engine, about: str) -> list[str]:
    """What was done to this subject, oldest first."""
    return [row.did for row in trail(store, about)]


def done_by_all(store: Engine) -> list[str]:
    """Everything that was done, oldest first."""
    with reading(store) as tx:
        return list(tx.execute(select(audit.c.did).order_by(audit.c.seq)).scalars())


def about_to_post(store: Engine, beginning: str) -> list[str]:
    """The keys, of those that begin so, of messages that are on their way to Slack."""
    on_their_way = message.c.state == "sending", message.c.key.startswith(beginning)
    with reading(store) as tx:
        return list(tx.execute(select(message.c.key).where(*on_their_way)).scalars())


def calls(store: Engine) -> int:
    """How many requests to Intacct are on record."""
    return sum(did.startswith("called ") for did in done(store, "intacct"))


def posted(world: World) -> Counter[str]:
    """How often each message was posted, by its key; a change is not a post."""
    return Counter(
        call["args"]["metadata"]["event_payload"]["key"]
        for call in world.slack_record()
        if call.get("method") == "chat.postMessage" and call["response"].get("ok")
    )


def end_leases(world: World) -> None:
    """As if a lease's time had gone by since everybody in this world died."""
    with opened(world) as store, store.begin() as tx:
        tx.execute(update(session_lease).values(expires_at=LONG_AGO))


def _check_books(world: World, proposal: Proposal) -> str:
    """Intacct holds the document, once and to the cent; its record number there."""
    name = proposal.document.budget_id
    (head,) = world.table("GLBUDGETHEADER", BUDGETID=name)
    items = world.table("GLBUDGETITEM", BUDGETID=name)
    in_intacct = sorted(
        (str(i["ACCT_NO"]), str(i["PERIODNAME"]), Decimal(str(i["AMOUNT"]))) for i in items
    )
    meant = sorted((line.account, line.period, line.amount) for line in proposal.document.lines)
    assert in_intacct == meant
    return str(head["RECORDNO"])
