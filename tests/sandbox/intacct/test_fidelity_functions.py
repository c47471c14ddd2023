"""The lines of the fidelity checklist about running functions: 14 to 18 and 48."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.sandbox.intacct.speaking import LOGIN, Gateway, control, errors, request, texts

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


def test_14_functions_are_answered_in_their_order_under_their_control_ids(shared: Gateway) -> None:
    results = sent(shared, request(NAMES, "<getDimensions/>", NAMES, ids=("c", "a 1:2", "b")))

    assert [one.findtext("controlid") for one in results] == ["c", "a 1:2", "b"]
    assert [one.findtext("function") for one in results] == ["query", "getDimensions", "query"]


def test_15_a_failing_function_leaves_the_others_done(gateway: Gateway) -> None:
    results = sent(gateway, request(budget("A"), WRONG, budget("B")))

    assert [one.findtext("status") for one in results] == ["success", "failure", "success"]
    assert names(gateway) == ["2026 Budget", "A", "B"]


def test_16_a_transaction_with_a_failure_keeps_nothing(gateway: Gateway) -> None:
    results = sent(gateway, request(budget("A"), WRONG, budget("B"), transaction="true"))

    assert [one.findtext("status") for one in results] == ["aborted", "failure", "aborted"]
    assert [errors(one)[-1][0] for one in results] == ["XL03000009"] * 3
    assert "NOTHING" in errors(results[1])[0][1]
    assert names(gateway) == ["2026 Budget"]


def test_17_a_used_control_id_is_refused_and_an_unguarded_one_repeats(gateway: Gateway) -> None:
    guarded, free = control(unique="true"), control(unique="false")
    first, again = (
        sent(gateway, request(budget(name), head=guarded, ids=("key",)))[0] for name in "AB"
    )
    for name in "CD":
        sent(gateway, request(budget(name), head=free, ids=("key",)))
    reads = [sent(gateway, request(NAMES, head=guarded, ids=("look",)))[0] for _ in range(2)]

    assert [one.findtext("status") for one in (first, again)] == ["success", "failure"]
    assert "previously executed and completed" in errors(again)[0][1]
    assert [one.findtext("status") for one in reads] == ["success", "failure"]
    assert names(gateway) == ["2026 Budget", "A", "C", "D"]


@pytest.mark.parametrize("true", ["true", "True"])
def test_18_flags_are_understood_with_and_without_a_capital(gateway: Gateway, true: str) -> None:
    false = {"true": "false", "True": "False"}[true]
    entity = LOGIN.replace("</login>", "<locationid>200</locationid></login>")
    gateway.done(budget("uk"), entity)

    def seen(private: str, fold: str) -> list[str]:
        options = (
            f"<options><showprivate>{private}</showprivate>"
            f"<caseinsensitive>{fold}</caseinsensitive></options></query>"
            "<filter><equalto><field>BUDGETID</field><value>UK</value></equalto></filter>"
        )
        whole, _, condition = options.partition("</query>")
        call = NAMES.replace("</query>", f"{condition}{whole}</query>")
        return texts(gateway.done(call), "GLBUDGETHEADER/BUDGETID")

    said = [
        [
            sent(gateway, request("<getDimensions/>", head=control(unique=word), ids=(word,)))
            for _ in range(2)
        ][1][0].findtext("status")
        for word in (true, false)
    ]

    assert [seen(true, true), seen(false, true), seen(true, false)] == [["uk"], [], []]
    assert said == ["failure", "success"]


def test_48_additional_information_has_every_part_when_it_is_asked_for(shared: Gateway) -> None:
    head = control(more="<showadditionalerrorinfo>true</showadditionalerrorinfo>")
    error = shared.result(budget("2026 Budget"), head=head).find("errormessage/error")
    assert error is not None
    more = error.find("additionalinfo")
    assert more is not None

    assert [one.tag for one in more] == [
        "errorid",
        "category",
        "target",
        "description",
        "cdescription",
        "correction",
    ]
    assert set(more[2].keys()) == {"domain", "requestinfo", "object", "field", "businessinfo"}
    for part in list(more)[3:]:
        assert [one.tag for one in part] == ["messageid", "target", "placeholders"]
    assert (more[0].text, more[3][0].text) == ("GL-0493", "IA.DUPLICATE_BUDGET")
    [placeholder] = more[3][2]
    assert dict(placeholder.items()) == {"name": "BUDGETID", "value": "2026 Budget"}
    assert shared.result(budget("2026 Budget")).find(".//additionalinfo") is None
