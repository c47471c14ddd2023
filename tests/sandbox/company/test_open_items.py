from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import httpx
import pytest

from sandbox.company.csv_rows import Malformed
from sandbox.company.load import Files, load_company
from sandbox.company.setup import read_setup
from sandbox.company.store import open_company
from sandbox.intacct.server import LocalIntacct
from tests.sandbox.intacct.speaking import IN_US, Gateway, table

HEADER = (
    "business_code,cust_number,name_customer,doc_id,posting_date,baseline_create_date,"
    "due_in_date,invoice_currency,total_open_amount,cust_payment_terms,term_days"
)
# C 007 owes 1,000.00 + 250.50, C 8 owes 99.99 dollars; 0009 owes 40 Canadian dollars.
ITEMS = f"""{HEADER}
U1,007,BRIGHT corp,0001,2026-01-05,2026-01-03,2026-02-02,USD,1000.0,N30,30
CA,0009,MAPLE us,0002,2026-01-06,2026-01-06,2026-01-16,CAD,40,N10,10
U1,007,BRIGHT llc,0003,2026-02-01,,2026-03-03,USD,250.50,N30,30
U1,8,,0004,2026-02-03,2026-02-03,2026-02-03,USD,99.99,,
"""
CUSTOMERS = """cust_number,terms,term_days,currency,business_code,base_name
007,N30,30,USD,U1,Bright
8,N30,15,,,
0009,N10,10,CAD,CA,
0010,N45,45,USD,U1,Idle
"""


def files(folder: Path, **texts: str) -> Files:
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return Files(**{name: folder / f"{name}.csv" for name in texts})


@contextmanager
def loaded(folder: Path, **texts: str) -> Iterator[sqlite3.Connection]:
    company = folder / "made" / "company.sqlite"
    load_company(files(folder, **texts), company, "USD", date(2026, 7, 1), lambda _: None)
    with closing(open_company(company)) as connection:
        yield connection


def rows(company: sqlite3.Connection, question: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in company.execute(question)]


def test_each_open_item_is_a_posted_invoice_with_its_line(tmp_path: Path) -> None:
    with loaded(tmp_path, open_items=ITEMS) as company:
        invoices = rows(
            company,
            "SELECT RECORDID, CUSTOMERID, WHENCREATED, WHENPOSTED, WHENDUE, TERMNAME"
            " FROM ARINVOICE WHERE STATE = 'Posted' ORDER BY RECORDNO",
        )
        lines = rows(
            company,
            "SELECT l.RECORDKEY, l.ACCOUNTNO, l.AMOUNT, l.LOCATIONID, i.CURRENCY, i.TOTALDUE,"
            " i.TRX_TOTALDUE, i.MEGAENTITYID FROM ARINVOICEITEM l"
            " JOIN ARINVOICE i ON i.RECORDNO = l.RECORDKEY ORDER BY l.RECORDKEY",
        )

    assert invoices == [
        ("0001", "007", "2026-01-03", "2026-01-05", "2026-02-02", "N30"),
        ("0002", "0009", "2026-01-06", "2026-01-06", "2026-01-16", "N10"),
        ("0003", "007", "2026-02-01", "2026-02-01", "2026-03-03", "N30"),
        ("0004", "8", "2026-02-03", "2026-02-03", "2026-02-03", None),
    ]
    assert lines == [
        (1, "40000", 1000_00, "U1", "USD", 1000_00, 1000_00, "U1"),
        (2, "40000", 40_00, "CA", "CAD", 40_00, 40_00, "CA"),
        (3, "40000", 250_50, "U1", "USD", 250_50, 250_50, "U1"),
        (4, "40000", 99_99, "U1", "USD", 99_99, 99_99, "U1"),
    ]


def test_customers_owe_what_the_control_account_holds_for_them(tmp_path: Path) -> None:
    with loaded(tmp_path, open_items=ITEMS) as company:
        owed = rows(
            company,
            "SELECT CUSTOMERID, NAME, TOTALDUE, LASTINVOICEDDATE FROM CUSTOMER ORDER BY RECORDNO",
        )
        control = rows(
            company,
            "SELECT LOCATIONID, CUSTOMERID, SUM(AMOUNT), RECORDTYPE FROM GLDETAIL"
            " WHERE ACCOUNTNO = '12000' GROUP BY 1, 2 ORDER BY 2",
        )
        sides = rows(company, "SELECT ACCOUNTNO, SUM(AMOUNT) FROM GLDETAIL GROUP BY 1")

    assert owed == [
        ("007", "BRIGHT corp", 1250_50, "2026-02-01"),
        ("0009", "MAPLE us", 40_00, "2026-01-06"),
        ("8", "8", 99_99, "2026-02-03"),
    ]
    assert control == [
        ("CA", "0009", 40_00, "ri"),
        ("U1", "007", 1250_50, "ri"),
        ("U1", "8", 99_99, "ri"),
    ]
    assert sides == [("12000", 1390_49), ("40000", -1390_49)]


def test_each_business_code_is_an_entity_in_its_own_currency(tmp_path: Path) -> None:
    with loaded(tmp_path, open_items=ITEMS) as company:
        entities = rows(company, "SELECT LOCATIONID, CURRENCY FROM LOCATIONENTITY")
        banks = rows(company, "SELECT BANKACCOUNTID, CURRENCY, GLACCOUNTNO FROM CHECKINGACCOUNT")
        setup = read_setup(company)

    assert entities == [("U1", "USD"), ("CA", "CAD")]
    assert banks == [("BANK-U1", "USD", "10100"), ("BANK-CA", "CAD", "10100")]
    assert (setup.base_currency, setup.as_of) == ("", date(2026, 2, 3))


def test_a_list_of_customers_names_them_and_their_terms(tmp_path: Path) -> None:
    with loaded(tmp_path, open_items=ITEMS, customers=CUSTOMERS) as company:
        customers = rows(
            company,
            "SELECT CUSTOMERID, NAME, TERMNAME, CURRENCY, TOTALDUE FROM CUSTOMER ORDER BY RECORDNO",
        )
        terms = rows(company, "SELECT NAME, DUEDATE FROM ARTERM ORDER BY 1")

    assert customers == [
        ("007", "Bright", "N30", "USD", 1250_50),
        ("8", "8", "N30", "USD", 99_99),
        ("0009", "MAPLE us", "N10", "CAD", 40_00),
        ("0010", "Idle", "N45", "USD", 0),
    ]
    # N30 is 30 days three times and 15 days once.
    assert terms == [("N10", 10), ("N30", 30), ("N45", 45)]


def test_customers_alone_make_a_company_of_the_day(tmp_path: Path) -> None:
    with loaded(tmp_path, customers=CUSTOMERS) as company:
        assert rows(company, "SELECT COUNT(*) FROM CUSTOMER") == [(4,)]
        assert read_setup(company).as_of == date(2026, 7, 1)
        assert rows(company, "SELECT COUNT(*), MIN(NAME) FROM REPORTINGPERIOD") == [
            (37, "Month Ended April 2027")
        ]


def test_a_ledger_and_open_items_stand_in_one_company(tmp_path: Path) -> None:
    ledger = "unique_id,ds,y\na,2025-12-01,5\n"
    with loaded(tmp_path, ledger=ledger, open_items=ITEMS, customers=CUSTOMERS) as company:
        sums = rows(company, "SELECT ACCOUNTNO, SUM(AMOUNT) FROM GLDETAIL GROUP BY 1 ORDER BY 1")
        entities = rows(company, "SELECT LOCATIONID FROM LOCATIONENTITY ORDER BY RECORDNO")
        periods = rows(company, "SELECT MIN(START_DATE), MAX(END_DATE) FROM REPORTINGPERIOD")

    assert sums == [("10000", 5_00), ("12000", 1390_49), ("40000", -1390_49), ("40001", -5_00)]
    assert entities == [("100",), ("U1",), ("CA",)]
    assert periods == [("2025-12-01", "2029-02-28")]


def test_a_gzipped_file_reads_the_same(tmp_path: Path) -> None:
    packed = tmp_path / "items.csv.gz"
    packed.write_bytes(gzip.compress(ITEMS.encode()))
    company = tmp_path / "company.sqlite"

    made = load_company(Files(open_items=packed), company, "USD", date(2026, 7, 1), lambda _: None)

    assert [item.number for item in made.open_items] == ["0001", "0002", "0003", "0004"]


def test_half_a_gzip_file_is_refused(tmp_path: Path) -> None:
    packed = tmp_path / "items.csv.gz"
    packed.write_bytes(gzip.compress(ITEMS.encode())[:-20])

    with pytest.raises(Malformed, match=r"items\.csv\.gz, .*not a whole gzip file"):
        load_company(
            Files(open_items=packed), tmp_path / "c", "USD", date(2026, 7, 1), lambda _: None
        )


GOOD: Mapping[str, str] = {
    "business_code": "U1",
    "cust_number": "007",
    "name_customer": "",
    "doc_id": "9",
    "posting_date": "2026-01-05",
    "baseline_create_date": "",
    "due_in_date": "2026-02-02",
    "invoice_currency": "USD",
    "total_open_amount": "1",
    "cust_payment_terms": "",
    "term_days": "",
}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"business_code": " "}, "line 6: business_code is empty"),
        ({"cust_number": ""}, "line 6: cust_number is empty"),
        ({"doc_id": "a\x07"}, "line 6: doc_id 'a\\x07' has characters that cannot be printed"),
        ({"doc_id": "0003"}, "line 6: document 0003 is there already, in line 4"),
        ({"posting_date": "20260105"}, "line 6: '20260105' is not a date like 2026-01-31"),
        ({"baseline_create_date": "soon"}, "line 6: 'soon' is not a date like 2026-01-31"),
        ({"due_in_date": ""}, "line 6: '' is not a date like 2026-01-31"),
        ({"invoice_currency": "usd"}, "line 6: 'usd' is not a currency code like USD"),
        ({"invoice_currency": "EUR"}, "line 6: business code U1 has EUR here and USD in line 2"),
        (
            {"business_code": "EU", "invoice_currency": "EUR"},
            "line 6: customer 007 has EUR here and USD in the list of customers",
        ),
        ({"cust_number": "7"}, "line 6: there is no customer 7 in the list"),
        ({"total_open_amount": "1.005"}, "line 6: 1.005 cannot be an amount"),
        ({"total_open_amount": "-3"}, "line 6: -3 is not an amount still due"),
        ({"total_open_amount": "1e13"}, "line 6: 1e13 is larger than"),
        ({"term_days": "thirty"}, "line 6: 'thirty' is not a number of days"),
    ],
)
def test_a_bad_open_item_is_refused_by_its_line_and_nothing_is_left(
    tmp_path: Path, wrong: dict[str, str], sentence: str
) -> None:
    row = ",".join({**GOOD, **wrong}.values())
    given = files(tmp_path, open_items=f"{ITEMS}{row}\n", customers=CUSTOMERS)

    with pytest.raises(Malformed) as refused:
        load_company(given, tmp_path / "made" / "c", "USD", date(2026, 7, 1), lambda _: None)

    assert str(refused.value).startswith(f"open_items.csv, {sentence}")
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name\nx\n", "line 1: there is no single column cust_number"),
        ("cust_number\n1\n1\n", "line 3: customer 1 is listed a second time"),
        ("cust_number,currency\n1,dollars\n", "line 2: 'dollars' is not a currency code"),
        ("cust_number,terms,terms\n1,a,b\n", "line 1: there is more than one column terms"),
        ("cust_number\n", "the file has no rows"),
    ],
)
def test_a_bad_list_of_customers_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    given = files(tmp_path, customers=text)

    with pytest.raises(Malformed) as refused:
        load_company(given, tmp_path / "made" / "c", "USD", date(2026, 7, 1), lambda _: None)

    assert str(refused.value).startswith(f"customers.csv, {sentence}")


def test_the_gateway_answers_from_a_loaded_company(tmp_path: Path) -> None:
    with loaded(tmp_path, open_items=ITEMS):
        pass
    local = LocalIntacct(tmp_path / "made" / "company.sqlite")
    local.start()
    try:
        with httpx.Client() as client:
            gateway = Gateway(client, local.url)
            inside = IN_US.replace("100", "U1")
            found = gateway.done(
                "<query><object>ARINVOICE</object><select><field>RECORDID</field>"
                "<field>CUSTOMER.NAME</field><field>TOTALDUE</field></select>"
                "<orderby><order><field>RECORDID</field></order></orderby></query>",
                inside,
            )
            balances = gateway.done(
                "<get_trialbalance><reportingperiodname>Month Ended February 2026"
                "</reportingperiodname><locationid>U1</locationid></get_trialbalance>"
            )
    finally:
        local.stop()

    assert [tuple(row.values()) for row in table(found)] == [
        ("0001", "BRIGHT corp", "1000.00"),
        ("0003", "BRIGHT corp", "250.50"),
        ("0004", "8", "99.99"),
    ]
    assert [
        (row["glaccountno"], row["startbalance"], row["endbalance"]) for row in table(balances)
    ] == [
        ("12000", "1000.00", "1350.49"),
        ("40000", "-1000.00", "-1350.49"),
    ]
