"""Every kind of document goes through JSON and comes back equal, or is refused by name."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.ledger import AccountNo, Currency
from intacct.documents.as_json import as_json, from_json
from intacct.documents.budget_version import BudgetLine, BudgetVersion
from intacct.documents.held import Document
from intacct.documents.kinds import KINDS

LINE = BudgetLine(AccountNo("0400"), "January", "SALES", "", Decimal("10.50"))
PLAN = BudgetVersion("P", "The plan", Currency("USD"), (LINE,))
AS_STORED = {
    "kind": "budget_version",
    "budget_id": "P",
    "description": "The plan",
    "currency": "USD",
    "lines": [
        {
            "account": "0400",
            "period": "January",
            "department": "SALES",
            "location": "",
            "amount": "10.50",
        }
    ],
}


def written(document: Document) -> object:
    return json.loads(json.dumps(as_json(document)))


def with_line(**changed: object) -> object:
    (line,) = AS_STORED["lines"]
    assert isinstance(line, dict)
    return {**AS_STORED, "lines": [{**line, **changed}]}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_through_json_is_the_same_document(kind: str) -> None:
    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(st.from_type(KINDS[kind]))
    def through(document: Document) -> None:
        back = from_json(written(document))
        if "NaN" not in repr(document):  # what is no number equals nothing, not even itself
            assert back == document
        assert written(back) == written(document)
        assert next(iter(as_json(document).items())) == ("kind", kind)

    through()


def test_no_document_has_a_field_called_kind() -> None:
    assert [k for k, made in KINDS.items() if "kind" in {f.name for f in fields(made)}] == []  # type: ignore[arg-type]


def test_a_budget_version_is_stored_as_it_always_was() -> None:
    assert as_json(PLAN) == AS_STORED
    assert from_json(AS_STORED) == PLAN


def test_an_amount_keeps_its_digits() -> None:
    for text in ("10.50", "1E+3", "-0.00", "0E-8"):
        plan = replace(PLAN, lines=(replace(LINE, amount=Decimal(text)),))
        read = from_json(written(plan))
        assert isinstance(read, BudgetVersion)
        assert str(read.lines[0].amount) == text


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ([], "a document is an object"),
        ({**AS_STORED, "kind": "bill of rights"}, "kind: there is no document of the kind"),
        ({**AS_STORED, "kind": None}, "kind: there is no document of the kind None"),
        ({**AS_STORED, "budget_id": None}, "budget_id: must be text"),
        ({**AS_STORED, "currency": 5}, "currency: must be text"),
        ({**AS_STORED, "more": "x"}, "budget_version: more is missing or does not belong here"),
        ({**AS_STORED, "lines": "none"}, "lines: a list is expected"),
        ({**AS_STORED, "lines": ["4000"]}, "lines: an object is expected"),
        (with_line(amount=5), "amount: must be text"),
        (with_line(amount="five"), "amount: must be an amount"),
        (with_line(amount="1_000"), "amount: must be an amount"),
        (with_line(account=None), "account: must be text"),
    ],
)
def test_json_of_another_shape_is_refused_and_the_field_named(raw: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        from_json(raw)


@dataclass(frozen=True, slots=True)
class Stranger:
    """A class that is no kind of document."""

    budget_id: str


def test_a_class_that_is_no_kind_cannot_be_written() -> None:
    with pytest.raises(TypeError, match="Stranger is no kind of document"):
        as_json(Stranger("x"))  # type: ignore[arg-type]
