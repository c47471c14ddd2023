from __future__ import annotations

import pytest

from tests.sandbox.intacct.speaking import Gateway, table


@pytest.fixture
def gateway(shared: Gateway) -> Gateway:
    """One for all: nothing here writes."""
    return shared


def get_list(name: str, inside: str = "", **marks: int) -> str:
    more = "".join(f' {mark}="{value}"' for mark, value in marks.items())
    return f'<get_list object="{name}"{more}>{inside}</get_list>'


def having(field: str, operator: str, value: str = "") -> str:
    return (
        f"<expression><field>{field}</field><operator>{operator}</operator>"
        f"<value>{value}</value></expression>"
    )


def keys(gateway: Gateway, call: str) -> list[str]:
    return [one["key"] for one in table(gateway.done(call))]


def test_records_are_lower_case_with_a_key_and_the_list_type_stands_beside_them(
    gateway: Gateway,
) -> None:
    fields = "<fields><field>title</field><field>status</field></fields>"
    result = gateway.result(get_list("glaccount", fields, start=1, maxitems=2))
    kind, data = result.find("listtype"), result.find("data")
    assert kind is not None
    assert data is not None

    assert [one.tag for one in result] == ["status", "function", "controlid", "listtype", "data"]
    assert (kind.text, dict(kind.items())) == (
        "glaccount",
        {"start": "1", "end": "2", "total": "6"},
    )
    assert [one.tag for one in data] == ["glaccount", "glaccount"]
    assert table(data) == [
        {"key": "3000", "title": "Retained earnings", "status": "active"},
        {"key": "4000", "title": "Sales", "status": "active"},
    ]


def test_filters_and_sorts_are_understood(gateway: Gateway) -> None:
    either = (
        f'<filter><logical logical_operator="or">{having("accountno", "&lt;", "3000")}'
        f"{having('title', 'like', 'R%')}</logical></filter>"
    )
    order = '<sorts><sortfield order="desc">accountno</sortfield></sorts>'

    assert keys(gateway, get_list("glaccount", either)) == ["1000", "3000", "6000"]
    assert keys(gateway, get_list("glaccount", either + order)) == ["6000", "3000", "1000"]
    null = f"<filter>{having('CLOSINGACCOUNTNO', 'is null')}</filter>"
    assert keys(gateway, get_list("glaccount", null)) == ["1000", "3000"]


def test_nothing_found_is_an_empty_list(gateway: Gateway) -> None:
    result = gateway.result(
        get_list("customer", f"<filter>{having('customerid', '=', 'x')}</filter>")
    )
    kind = result.find("listtype")
    assert kind is not None

    assert dict(kind.items()) == {"start": "0", "end": "0", "total": "0"}


def test_get_finds_one_record_by_its_id_or_number_under_its_older_name(gateway: Gateway) -> None:
    by_id = gateway.done('<get object="customer" key="C2"/>')
    by_number = gateway.done('<get object="customer" key="1"/>')
    invoice = gateway.done('<get object="invoice" key="2"/>')

    assert [table(one)[0]["name"] for one in (by_id, by_number)] == [
        "ORBIT <Holdings> & Co",
        "Jane's Deli",
    ]
    assert (invoice[0].tag, table(invoice)[0]["recordid"]) == ("invoice", "I2")
    assert "C9" in gateway.refusal('<get object="customer" key="C9"/>')[0][1]


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (get_list("nothing"), "nothing"),
        (get_list("glaccount", maxitems=5000), "maxitems"),
        (get_list("glaccount", f"<filter>{having('other', '=', 'x')}</filter>"), "OTHER"),
        (get_list("glaccount", f"<filter>{having('title', 'near', 'x')}</filter>"), "expression"),
        (get_list("glaccount", "<filter><logical/></filter>"), "logical"),
        (get_list("glaccount", "<fields><field>other</field></fields>"), "OTHER"),
        (get_list("glaccount", "<sorts><sortfield>other</sortfield></sorts>"), "other"),
    ],
)
def test_what_cannot_be_answered_is_refused_by_name(
    gateway: Gateway, call: str, named: str
) -> None:
    assert named.lower() in gateway.refusal(call)[0][1].lower()
