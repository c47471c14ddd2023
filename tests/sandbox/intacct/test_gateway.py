from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from lxml import etree

from tests.sandbox.intacct.speaking import Gateway, control, errors, request, texts

NAMES = "<query><object>GLBUDGETHEADER</object><select><field>BUDGETID</field></select></query>"
WRONG = "<query><object>NOTHING</object><select><field>X</field></select></query>"


def budget(name: str) -> str:
    return (
        f"<create><GLBUDGETHEADER><BUDGETID>{name}</BUDGETID><DESCRIPTION>d</DESCRIPTION>"
        "</GLBUDGETHEADER></create>"
    )


def names(gateway: Gateway) -> list[str]:
    return texts(gateway.done(NAMES), "GLBUDGETHEADER/BUDGETID")


def sent(gateway: Gateway, document: str) -> list[etree._Element]:
    return etree.fromstring(gateway.post(document).content).findall("operation/result")


def test_a_transaction_without_failure_keeps_everything(gateway: Gateway) -> None:
    sent(gateway, request(budget("A"), budget("B"), transaction="true"))

    assert names(gateway) == ["2026 Budget", "A", "B"]


@pytest.mark.parametrize("unique", ["True", ""])
def test_a_used_control_id_is_refused_and_changes_nothing(gateway: Gateway, unique: str) -> None:
    head = control(unique=unique)

    first = sent(gateway, request(budget("A"), head=head, ids=("key",)))
    second = sent(gateway, request(budget("B"), head=head, ids=("key",)))

    assert first[0].findtext("status") == "success"
    assert second[0].findtext("status") == "failure"
    assert "previously executed and completed" in errors(second[0])[0][1]
    assert names(gateway) == ["2026 Budget", "A"]


def test_a_failed_function_gives_its_control_id_back(gateway: Gateway) -> None:
    head = control(unique="true")

    sent(gateway, request(WRONG, head=head, ids=("key",)))
    sent(gateway, request(budget("A"), WRONG, head=head, ids=("key", "x"), transaction="true"))
    again = sent(gateway, request(budget("A"), head=head, ids=("key",)))

    assert again[0].findtext("status") == "success"


def test_an_unknown_function_is_refused_by_name(gateway: Gateway) -> None:
    assert "create_invoice" in gateway.refusal("<create_invoice/>")[0][1]


def test_whitespace_is_left_out_on_request_and_both_parse_the_same(gateway: Gateway) -> None:
    head = control(more="<includewhitespace>false</includewhitespace>")
    dense = gateway.post(request("<getDimensions/>", head=head)).text
    loose = gateway.post(request("<getDimensions/>")).text

    assert ">\n" not in dense.split("?>\n")[-1].strip()
    assert loose.count("\n") > 50
    assert dense.count("<dimension>") == loose.count("<dimension>") == 8


def test_of_many_at_once_with_one_control_id_one_is_carried_out(gateway: Gateway) -> None:
    document = request(budget("A"), head=control(unique="true"), ids=("key",))

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: sent(gateway, document)[0], range(8)))

    assert sorted(one.findtext("status") or "" for one in answers) == ["failure"] * 7 + ["success"]
    assert names(gateway) == ["2026 Budget", "A"]
