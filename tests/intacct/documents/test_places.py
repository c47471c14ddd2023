from __future__ import annotations

from lxml import etree

from analytics.ledger import dimensions
from intacct.documents.places import (
    generic_fields,
    journal_fields,
    legacy_dimensions,
    legacy_places,
    own_dimensions,
)

WHERE = dimensions(
    {"class": "C", "project": "P-7", "location": "100", "department": "S", "GLDIMREGION": "9"}
)


def tags(elements: list[etree._Element]) -> list[tuple[str, str | None]]:
    return [(str(one.tag), one.text) for one in elements]


def test_generic_calls_name_every_dimension_with_its_id_field() -> None:
    assert list(generic_fields(WHERE).items()) == [
        ("DEPARTMENTID", "S"),
        ("LOCATIONID", "100"),
        ("PROJECTID", "P-7"),
        ("CLASSID", "C"),
        ("GLDIMREGION", "9"),
    ]


def test_a_journal_entry_names_department_and_location_without_id() -> None:
    assert list(journal_fields(WHERE)) == [
        "DEPARTMENT",
        "LOCATION",
        "PROJECTID",
        "CLASSID",
        "GLDIMREGION",
    ]


def test_a_legacy_line_has_the_location_first_and_the_others_in_their_order() -> None:
    assert tags(legacy_places(WHERE)) == [("locationid", "100"), ("departmentid", "S")]
    assert tags(legacy_dimensions(WHERE)) == [("projectid", "P-7"), ("classid", "C")]
    assert legacy_places(frozenset()) == legacy_dimensions(frozenset()) == []


def test_dimensions_a_company_defined_are_told_apart() -> None:
    assert own_dimensions(WHERE) == ["GLDIMREGION"]
