from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from sandbox.company.demo import make_demo
from sandbox.company.setup import Closed, read_setup
from sandbox.company.store import open_company
from tests.sandbox.company.conftest import AS_OF

BY_ENTITY_AND_MONTH = """
    SELECT ENTITYID, SUBSTR(ENTRY_DATE, 1, 7), SUM(AMOUNT)
    FROM GLDETAIL JOIN LOCATION_ENTITY USING (LOCATIONID)
    WHERE NOT STATISTICAL GROUP BY 1, 2
"""
CONTROL = """
    SELECT ENTITYID, SUM(AMOUNT) FROM GLDETAIL JOIN LOCATION_ENTITY USING (LOCATIONID)
    WHERE ACCOUNTNO = ? GROUP BY 1
"""


def rows(company: sqlite3.Connection, question: str, *values: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in company.execute(question, values)]


def sums(company: sqlite3.Connection, question: str, *values: str) -> dict[str, int]:
    return dict(company.execute(question, values).fetchall())


def due(company: sqlite3.Connection, document: str) -> dict[str, int]:
    asked = f"SELECT MEGAENTITYID, SUM(TOTALDUE) FROM {document} GROUP BY 1"
    return dict(company.execute(asked).fetchall())


def test_the_same_seed_and_date_make_the_same_bytes(demo_file: Path, tmp_path: Path) -> None:
    make_demo(tmp_path / "again.sqlite", AS_OF)
    make_demo(tmp_path / "other.sqlite", AS_OF, seed=1)

    # Opening a company for reading leaves its file as it was made.
    assert (tmp_path / "again.sqlite").read_bytes() == demo_file.read_bytes()
    assert (tmp_path / "other.sqlite").read_bytes() != demo_file.read_bytes()
    assert demo_file.stat().st_size < 30_000_000


def test_every_entity_balances_in_every_month(demo: sqlite3.Connection) -> None:
    months = rows(demo, BY_ENTITY_AND_MONTH)

    assert len(months) == 3 * 49  # 48 full months and the current one, in three entities
    assert [month for month in months if month[2] != 0] == []


def test_every_entry_balances_in_every_entity(demo: sqlite3.Connection) -> None:
    off = """
        SELECT BATCHKEY FROM GLDETAIL JOIN LOCATION_ENTITY USING (LOCATIONID)
        WHERE NOT STATISTICAL GROUP BY BATCHKEY, ENTITYID HAVING SUM(AMOUNT) <> 0
    """

    assert rows(demo, off) == []


def test_open_invoices_less_unapplied_are_the_receivables_account(
    demo: sqlite3.Connection,
) -> None:
    invoices, credits_, advances = (
        due(demo, name) for name in ("ARINVOICE", "ARADJUSTMENT", "ARADVANCE")
    )
    unapplied = {
        entity: credits_.get(entity, 0) - advances.get(entity, 0)
        for entity in ("100", "200", "300")
    }

    assert min(invoices.values()) > 0
    assert sum(unapplied.values()) < 0
    assert sums(demo, CONTROL, "1200") == {
        entity: invoices[entity] + unapplied[entity] for entity in ("100", "200", "300")
    }


def test_open_bills_are_the_payables_account(demo: sqlite3.Connection) -> None:
    bills = due(demo, "APBILL")

    assert min(bills.values()) > 0
    assert sums(demo, CONTROL, "2000") == {entity: -open_ for entity, open_ in bills.items()}


@pytest.mark.parametrize(
    ("party", "control", "sign"), [("CUSTOMER", "1200", 1), ("VENDOR", "2000", -1)]
)
def test_what_customers_and_vendors_owe_is_the_control_account(
    demo: sqlite3.Connection, party: str, control: str, sign: int
) -> None:
    in_ledger = sums(
        demo,
        f"SELECT {party}ID, {sign} * SUM(AMOUNT) FROM GLDETAIL WHERE ACCOUNTNO = ? GROUP BY 1",
        control,
    )

    assert in_ledger == sums(demo, f"SELECT {party}ID, TOTALDUE FROM {party}")


@pytest.mark.parametrize(("document", "payment"), [("ARINVOICE", "ARPYMT"), ("APBILL", "APPYMT")])
def test_documents_are_their_lines_and_what_was_paid_on_them(
    demo: sqlite3.Connection, document: str, payment: str
) -> None:
    lines = f"""
        SELECT d.RECORDID FROM {document} d JOIN {document}ITEM i ON i.RECORDKEY = d.RECORDNO
        GROUP BY d.RECORDNO
        HAVING SUM(i.AMOUNT) <> d.TOTALENTERED OR SUM(i.TOTALPAID) <> d.TOTALPAID
            OR d.TOTALENTERED - d.TOTALPAID <> d.TOTALDUE
            OR (d.TOTALDUE = 0) <> (d.STATE = 'Paid')
    """
    details = f"""
        SELECT d.RECORDID FROM {document} d
        LEFT JOIN {payment}DETAIL p ON p.RECORDKEY = d.RECORDNO GROUP BY d.RECORDNO
        HAVING TOTAL(p.PAYMENTAMOUNT) + TOTAL(p.TRX_ADJUSTMENTAMOUNT) <> d.TOTALPAID
    """
    money = f"""
        SELECT p.RECORDID FROM {payment} p JOIN {payment}DETAIL d ON d.PAYMENTKEY = p.RECORDNO
        GROUP BY p.RECORDNO HAVING SUM(d.PAYMENTAMOUNT) <> p.TOTALENTERED
    """

    for question in (lines, details, money):
        assert rows(demo, question) == []


def test_a_credit_is_used_by_the_payment_that_names_it(demo: sqlite3.Connection) -> None:
    used = rows(
        demo,
        """
        SELECT a.RECORDID, -a.TOTALPAID, SUM(d.TRX_ADJUSTMENTAMOUNT) FROM ARADJUSTMENT a
        LEFT JOIN ARPYMTDETAIL d ON d.ADJUSTMENTKEY = a.RECORDNO GROUP BY a.RECORDNO
        """,
    )

    assert [one for one in used if one[1] != (one[2] or 0)] == []
    assert len([one for one in used if one[2] is None]) == 4  # still unapplied
    assert (
        rows(demo, "SELECT RECORDID FROM ARADJUSTMENT WHERE (TOTALDUE = 0) <> (STATE = 'Paid')")
        == []
    )


def test_nothing_is_dated_after_as_of(demo: sqlite3.Connection) -> None:
    day = AS_OF.isoformat()
    for table, column in (
        ("GLENTRY", "ENTRY_DATE"),
        ("ARINVOICE", "WHENCREATED"),
        ("ARPYMT", "RECEIPTDATE"),
        ("ARADJUSTMENT", "WHENCREATED"),
        ("ARADVANCE", "RECEIPTDATE"),
        ("APBILL", "WHENCREATED"),
        ("APPYMT", "PAYMENTDATE"),
    ):
        assert rows(demo, f"SELECT MAX({column}) <= ? FROM {table}", day) == [(1,)], table
        changed = f"SELECT SUBSTR(MAX(WHENMODIFIED), 1, 10) <= ? FROM {table}"
        assert rows(demo, changed, day) == [(1,)], table


def test_cash_never_runs_out(demo: sqlite3.Connection) -> None:
    lowest = """
        SELECT MIN(CASH) FROM (SELECT SUM(AMOUNT) OVER (PARTITION BY LOCATIONID ORDER BY
            SUBSTR(ENTRY_DATE, 1, 7) RANGE UNBOUNDED PRECEDING) AS CASH
            FROM GLDETAIL WHERE ACCOUNTNO = '1000')
    """

    ((cash,),) = rows(demo, lowest)
    assert isinstance(cash, int)
    assert cash > 0


def test_the_books_are_of_a_believable_size(demo: sqlite3.Connection) -> None:
    counted = {
        name: demo.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0]
        for name in ("GLENTRY", "CUSTOMER", "VENDOR", "GLACCOUNT", "PODOCUMENT", "SODOCUMENT")
    }

    assert 15_000 < counted.pop("GLENTRY") < 40_000
    assert 40 <= counted.pop("GLACCOUNT") <= 55
    assert counted == {"CUSTOMER": 40, "VENDOR": 15, "PODOCUMENT": 30, "SODOCUMENT": 20}


def test_the_setup_names_who_may_enter_and_what_is_closed(demo: sqlite3.Connection) -> None:
    setup = read_setup(demo)

    assert (setup.company_id, setup.base_currency, setup.as_of) == ("acme", "", AS_OF)
    assert Closed("200", "GL", date(2026, 9, 30)) in setup.closed
    assert len(setup.closed) == 12


@pytest.mark.parametrize("as_of", [date(2024, 2, 29), date(2026, 1, 1), date(2025, 12, 31)])
def test_any_day_makes_books_that_balance(as_of: date, tmp_path: Path) -> None:
    make_demo(tmp_path / "acme.sqlite", as_of)

    with closing(open_company(tmp_path / "acme.sqlite")) as company:
        months = rows(company, BY_ENTITY_AND_MONTH)
        assert {month[2] for month in months} == {0}
        assert len(months) == 3 * 49
        assert company.execute("SELECT MAX(ENTRY_DATE) FROM GLENTRY").fetchone()[0] <= str(as_of)


def test_a_company_that_is_there_is_not_made_again(demo_file: Path) -> None:
    with pytest.raises(FileExistsError):
        make_demo(demo_file, AS_OF)
