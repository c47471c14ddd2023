from __future__ import annotations

from analytics.ledger import DEPARTMENT, LOCATION, PROJECT, Currency, DimensionKey, DimensionValue
from intacct.read.dimensions import (
    Entity,
    read_departments,
    read_entities,
    read_locations,
    read_projects,
)
from tests.intacct.paper import Desk, listed, signed_in


def test_entities_come_by_id_with_their_currency() -> None:
    uk = {"LOCATIONID": "200", "NAME": "UK Ltd", "CURRENCY": "GBP", "STATUS": "inactive"}
    us = {"LOCATIONID": "100", "NAME": "US Inc", "CURRENCY": "USD", "STATUS": "active"}
    desk = Desk(signed_in(), listed("LOCATIONENTITY", uk, us))

    assert read_entities(desk.books) == (
        Entity("100", "US Inc", Currency("USD"), active=True),
        Entity("200", "UK Ltd", Currency("GBP"), active=False),
    )


def test_a_department_is_known_by_its_title_and_the_others_by_their_name() -> None:
    desk = Desk(
        signed_in(),
        listed("DEPARTMENT", {"DEPARTMENTID": "20", "TITLE": "Sales", "STATUS": "active"}),
        listed("LOCATION", {"LOCATIONID": "30", "NAME": "Oslo", "STATUS": "inactive"}),
        listed("PROJECT", {"PROJECTID": "P-7", "NAME": "Bridge", "STATUS": "active"}),
    )

    assert read_departments(desk.books) == (
        DimensionValue(DimensionKey(DEPARTMENT, "20"), "Sales", active=True),
    )
    assert read_locations(desk.books) == (
        DimensionValue(DimensionKey(LOCATION, "30"), "Oslo", active=False),
    )
    assert read_projects(desk.books) == (
        DimensionValue(DimensionKey(PROJECT, "P-7"), "Bridge", active=True),
    )
