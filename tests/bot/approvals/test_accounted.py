from __future__ import annotations

from sqlalchemy import insert, select, update

from bot.approvals.accounted import unaccounted
from bot.approvals.commit import commit
from bot.audit import AuditEntry, record
from bot.services import Services
from bot.settings import Secret
from bot.store import tables
from bot.store.engine import reading
from tests.bot.approvals.ledger import PLAIN, approved, staged
from tests.bot.approvals.paper import NOW


def put_in(services: Services, like: str, id_: str) -> None:
    """Somebody copies a proposal under another id, past the bot."""
    with reading(services.store) as tx:
        query = select(tables.proposal).where(tables.proposal.c.id == like)
        row = dict(tx.execute(query).mappings().one())
    with services.store.begin() as tx:
        tx.execute(insert(tables.proposal), {**row, "id": id_})


def receive(services: Services, proposal: str, key: str, record_no: str) -> None:
    with services.store.begin() as tx:
        row = {"key": key, "proposal": proposal, "record_no": record_no, "at": "2026-03-10"}
        tx.execute(insert(tables.receipt), row)


def test_what_the_bot_did_itself_is_all_on_record(services: Services) -> None:
    outcome = commit(services, approved(services).id, lambda: None)
    staged(services, PLAIN, key="slack:2")

    assert outcome.kind == "committed"
    assert unaccounted(services.store, services.audit_key) == ()


def test_a_proposal_put_in_beside_the_bot_is_named(services: Services) -> None:
    put_in(services, like=staged(services).id, id_="PRP-FOREIGN1")

    assert unaccounted(services.store, services.audit_key) == (
        "Proposal PRP-FOREIGN1 is not on record as staged.",
    )


def test_a_receipt_put_in_beside_the_bot_is_named(services: Services) -> None:
    proposal = staged(services)
    key = f"{proposal.id}:1"
    receive(services, proposal.id, key, "77")

    assert unaccounted(services.store, services.audit_key) == (
        f"Receipt {key} of {proposal.id} (record number 77) is not on record as committed.",
    )


def test_a_receipt_changed_to_another_record_is_named(services: Services) -> None:
    proposal = commit(services, approved(services).id, lambda: None).proposal
    with services.store.begin() as tx:
        tx.execute(update(tables.receipt).values(record_no="99999"))

    assert proposal is not None
    key = f"{proposal.id}:1"
    assert proposal.record_no != "99999"
    assert unaccounted(services.store, services.audit_key) == (
        f"Receipt {key} of {proposal.id} (record number 99999) is not on record as committed.",
    )


def test_a_row_without_our_seal_accounts_for_nothing(services: Services) -> None:
    staged(services)

    found = unaccounted(services.store, Secret("somebody else's key"))

    assert [sentence.endswith("is not on record as staged.") for sentence in found] == [True]


def test_only_staging_accounts_for_a_proposal(services: Services) -> None:
    put_in(services, like=staged(services).id, id_="PRP-FOREIGN1")
    with services.store.begin() as tx:
        entry = AuditEntry(NOW, "bot", "shown", "PRP-FOREIGN1", {})
        record(tx, services.audit_key, entry)

    assert len(unaccounted(services.store, services.audit_key)) == 1
