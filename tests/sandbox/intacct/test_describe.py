from __future__ import annotations

import pytest
from lxml import etree

from tests.sandbox.intacct.speaking import Gateway, texts


@pytest.fixture
def gateway(shared: Gateway) -> Gateway:
    """One for all: nothing here writes."""
    return shared


def looked_up(gateway: Gateway, name: str) -> etree._Element:
    data = gateway.done(f"<lookup><object>{name}</object></lookup>")
    found = data.find("Type")
    assert found is not None
    return found


def test_lookup_types_every_field_and_lists_labels(gateway: Gateway) -> None:
    one = looked_up(gateway, "ARINVOICE")
    fields = {field.findtext("ID"): field for field in one.findall("Fields/Field")}

    assert dict(one.items()) == {"Name": "ARINVOICE", "DocumentType": ""}
    assert [part.tag for part in fields["STATE"]] == [
        "ID",
        "LABEL",
        "DESCRIPTION",
        "REQUIRED",
        "READONLY",
        "DATATYPE",
        "VALIDVALUES",
        "ISCUSTOM",
    ]
    assert fields["WHENMODIFIED"].findtext("DATATYPE") == "TIMESTAMP"
    assert fields["WHENDUE"].findtext("DATATYPE") == "DATE"
    assert fields["TOTALDUE"].findtext("DATATYPE") == "CURRENCY"
    assert "Paid" in texts(fields["STATE"], "VALIDVALUES/VALIDVALUE")


def test_inspect_lists_objects_and_describes_one(gateway: Gateway) -> None:
    every = gateway.done('<inspect detail="0"><object>*</object></inspect>')
    names = gateway.done('<inspect detail="0"><object>DEPARTMENT</object></inspect>')
    detail = gateway.done('<inspect detail="1"><object>DEPARTMENT</object></inspect>')

    assert {"GLBUDGETHEADER", "GLDETAIL", "CUSTOMER"} <= set(texts(every, "type"))
    assert "TITLE" in texts(names, "Type/Fields/Field")
    assert "TITLE" in texts(detail, "Type/Fields/Field/ID")


def test_unknown_objects_are_named(gateway: Gateway) -> None:
    for call in ("lookup", "inspect"):
        assert gateway.refusal(f"<{call}><object>NOTHING</object></{call}>")[0][1] == (
            "Object definition NOTHING not found"
        )
