"""What the local gateway says its objects are made of."""

from __future__ import annotations

import pytest

from intacct.errors import NotFound
from intacct.read.describe import (
    Relation,
    read_description,
    read_field_names,
    read_object_names,
)
from tests.intacct.read.conftest import Shared


def test_an_object_has_fields_of_a_kind_and_relations_that_lead_on(shared: Shared) -> None:
    invoice = read_description(shared.books, "ARINVOICE")
    fields = {field.id: field for field in invoice.fields}

    assert invoice.name == "ARINVOICE"
    assert fields["CUSTOMERID"].required
    assert fields["TOTALDUE"].read_only
    kinds = [fields[id_].kind for id_ in ("RECORDID", "TOTALDUE", "WHENDUE", "WHENMODIFIED")]
    assert kinds == ["TEXT", "CURRENCY", "DATE", "TIMESTAMP"]
    assert "Posted" in fields["STATE"].values
    assert fields["RECORDID"].values == ()
    customer = next(one for one in invoice.relations if one.path == "CUSTOMER")
    assert customer == Relation("CUSTOMER", "CUSTOMER", "Customer", "MANY2ONE", "CUSTOMERID")


def test_objects_and_their_fields_are_listed_by_name(shared: Shared) -> None:
    assert {"GLDETAIL", "CUSTOMER", "ARPYMT"} <= set(read_object_names(shared.books))
    assert {"RECORDNO", "CUSTOMERID", "TERMNAME"} <= set(read_field_names(shared.books, "CUSTOMER"))


def test_an_object_that_does_not_exist_is_not_found(shared: Shared) -> None:
    with pytest.raises(NotFound):
        read_description(shared.books, "UNICORN")
