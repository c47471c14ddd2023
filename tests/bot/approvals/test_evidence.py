from __future__ import annotations

import pytest
from sqlalchemy import Engine

from bot.approvals.evidence import body_of, last_of, sealed_rows
from bot.audit import AuditEntry, record
from bot.settings import Secret
from bot.store.engine import reading
from tests.bot.approvals.paper import NOW


def done(store: Engine, key: Secret, *did: str) -> None:
    with store.begin() as tx:
        for what in did:
            record(tx, key, AuditEntry(NOW, "bot", what, "PRP-1", {"n": what}))


def test_only_rows_with_our_seal_are_evidence(store: Engine, audit_key: Secret) -> None:
    done(store, audit_key, "staged")
    done(store, Secret("somebody else's key"), "approved")

    with reading(store) as tx:
        rows = sealed_rows(tx, audit_key, "PRP-1")

    assert [(row.did, body_of(row)) for row in rows] == [("staged", {"n": "staged"})]


def test_rows_about_something_else_are_no_evidence(store: Engine, audit_key: Secret) -> None:
    done(store, audit_key, "approved")

    with reading(store) as tx:
        assert sealed_rows(tx, audit_key, "PRP-2") == ()


@pytest.mark.parametrize(
    ("did", "last"),
    [
        ((), ""),
        (("staged",), ""),
        (("posting",), "posting"),
        (("posting", "not posted", "staged"), "not posted"),
        (("posting", "not posted", "posting"), "posting"),
    ],
)
def test_the_last_of_several_things_counts(
    store: Engine, audit_key: Secret, did: tuple[str, ...], last: str
) -> None:
    done(store, audit_key, *did)

    assert last_of(store, audit_key, "PRP-1", "posting", "not posted") == last
