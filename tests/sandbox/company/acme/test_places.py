from __future__ import annotations

import sqlite3
from decimal import Decimal

from sandbox.company.acme.places import ENTITIES, entity_of, place


def test_three_entities_keep_books_in_two_currencies(demo: sqlite3.Connection) -> None:
    found = demo.execute("SELECT LOCATIONID, NAME, CURRENCY FROM LOCATIONENTITY").fetchall()

    assert [tuple(row) for row in found] == [
        ("100", "US Inc", "USD"),
        ("200", "UK Ltd", "GBP"),
        ("300", "US West", "USD"),
    ]


def test_engineers_and_operations_sit_at_the_second_site() -> None:
    us, uk, west = ENTITIES

    assert [place(us, "ENG"), place(uk, "OPS"), place(us, "SALES")] == ["110", "210", "100"]
    assert place(west, "ENG") == "300"
    assert [entity_of(one) for one in ("110", "210", "300")] == ["100", "200", "300"]


def test_an_owner_is_named_by_the_record_number_of_its_location(demo: sqlite3.Connection) -> None:
    stray = demo.execute(
        "SELECT COUNT(*) FROM ARINVOICE i LEFT JOIN LOCATION l ON l.RECORDNO = i.MEGAENTITYKEY"
        " WHERE l.LOCATIONID IS NOT i.MEGAENTITYID"
    ).fetchone()[0]

    assert stray == 0


def test_a_pound_has_a_rate_every_month_and_its_reciprocal(demo: sqlite3.Connection) -> None:
    rates = demo.execute("SELECT EXCHANGE_RATE, RECIPROCAL_RATE FROM EXCHANGERATEENTRY").fetchall()

    assert len(rates) == 49
    for rate, reciprocal in rates:
        assert Decimal("1.18") <= Decimal(rate) <= Decimal("1.36")
        assert abs(Decimal(rate) * Decimal(reciprocal) - 1) < Decimal("0.000001")


def test_masters_refer_to_what_exists(demo: sqlite3.Connection) -> None:
    for question in (
        "SELECT COUNT(*) FROM PROJECT WHERE CUSTOMERID NOT IN (SELECT CUSTOMERID FROM CUSTOMER)",
        "SELECT COUNT(*) FROM CUSTOMER WHERE TERMNAME NOT IN (SELECT NAME FROM ARTERM)",
        "SELECT COUNT(*) FROM VENDOR WHERE TERMNAME NOT IN (SELECT NAME FROM APTERM)",
        (
            "SELECT COUNT(*) FROM ARPYMT WHERE FINANCIALENTITY NOT IN"
            " (SELECT BANKACCOUNTID FROM CHECKINGACCOUNT)"
        ),
        (
            "SELECT COUNT(*) FROM GLENTRY WHERE DEPARTMENT NOT IN"
            " (SELECT DEPARTMENTID FROM DEPARTMENT)"
        ),
        "SELECT COUNT(*) FROM GLENTRY WHERE LOCATION NOT IN (SELECT LOCATIONID FROM LOCATION)",
        (
            "SELECT COUNT(*) FROM GLBATCH WHERE JOURNAL NOT IN (SELECT SYMBOL FROM GLJOURNAL"
            " UNION SELECT SYMBOL FROM STATJOURNAL)"
        ),
        "SELECT COUNT(*) FROM GLDETAIL WHERE ACCOUNTTITLE IS NULL",
    ):
        assert demo.execute(question).fetchone()[0] == 0, question
