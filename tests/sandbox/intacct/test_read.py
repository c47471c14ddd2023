from __future__ import annotations

import json

import pytest

from tests.sandbox.intacct.speaking import Gateway, request, texts


@pytest.fixture
def gateway(shared: Gateway) -> Gateway:
    """One for all: nothing here writes."""
    return shared


def read(name: str, keys: str, fields: str = "*", call: str = "read", more: str = "") -> str:
    words = f"<object>{name}</object><keys>{keys}</keys><fields>{fields}</fields>{more}"
    return f"<{call}>{words}</{call}>"


def by_query(name: str, condition: str, more: str = "", fields: str = "*") -> str:
    return (
        f"<readByQuery><object>{name}</object><fields>{fields}</fields>"
        f"<query>{condition}</query>{more}</readByQuery>"
    )


def found(gateway: Gateway, condition: str, name: str = "GLACCOUNT", key: str = "ACCOUNTNO") -> str:
    data = gateway.done(by_query(name, condition))
    return " ".join(texts(data, f"{name.lower()}/{key}"))


def test_an_unknown_object_has_its_own_number(gateway: Gateway) -> None:
    text = "Object definition NOTHING not found"

    assert gateway.refusal(read("NOTHING", "1")) == [("XXX", text)]
    assert gateway.refusal(by_query("NOTHING", "")) == [("Query Failed", text)]


def test_an_object_instead_of_an_id_goes_on_with_its_last_read(gateway: Gateway) -> None:
    more = "<readMore><object>DEPARTMENT</object></readMore>"
    for size in (3, 1):
        gateway.done(by_query("DEPARTMENT", "", f"<pagesize>{size}</pagesize>"))

    assert texts(gateway.done(more), "department/DEPARTMENTID") == ["OPS"]
    assert gateway.refusal(more.replace("DEPARTMENT", "CLASS"))[0][0] == "readMore failed"


@pytest.mark.parametrize(
    "condition",
    [
        "ACCOUNTNO = ",
        "ACCOUNTNO = '4000' garbage",
        "= '4000'",
        "ACCOUNTNO = 'unclosed",
        "NAME = 'Jane''s'",
        "(" * 300 + "ACCOUNTNO = '1'" + ")" * 300,
        "NOSUCHFIELD = '1'",
        "GLACCOUNT.TITLE = 'x'",
        "ACCOUNTNO in ()",
    ],
)
def test_a_condition_that_cannot_be_read_is_refused_with_a_phrase(
    gateway: Gateway, condition: str
) -> None:
    assert gateway.refusal(by_query("GLACCOUNT", condition))[0][0] == "Query Failed"


def test_json_and_csv_come_without_an_envelope(gateway: Gateway) -> None:
    form = "<returnFormat>{}</returnFormat>"
    as_json = gateway.post(request(read("DEPARTMENT", "1", "TITLE", more=form.format("json")))).text
    as_csv = gateway.post(
        request(by_query("DEPARTMENT", "TITLE = 'Sales'", form.format("csv"), "TITLE"))
    ).text

    assert json.loads(as_json) == [{"TITLE": "Sales"}]
    assert as_csv.split() == ["TITLE", "Sales"]
