"""Whatever a document says, its problems can be told; and one without problems can be sent."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from intacct.condition import condition_element
from intacct.documents.held import Document
from intacct.documents.kinds import KINDS

STORED = {
    "ar_adjustment",
    "ar_advance",
    "ar_invoice",
    "ar_payment",
    "budget_version",
    "customer",
    "customer_change",
    "customer_note",
    "journal_entry",
    "payment_submission",
    "reversal",
}


def test_a_kind_that_may_be_stored_keeps_its_name() -> None:
    assert STORED - KINDS.keys() == set()
    assert len(set(KINDS.values())) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_problems_of_any_document_can_be_told(kind: str) -> None:
    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(st.from_type(KINDS[kind]))
    def told(document: Document) -> None:
        problems = document.problems()
        assert all(problem.sentence and problem.about for problem in problems)
        assert isinstance(document.key, str)
        if not problems:
            assert etree.fromstring(etree.tostring(document.wire())) is not None
            assert condition_element(document.held().where) is not None

    told()
