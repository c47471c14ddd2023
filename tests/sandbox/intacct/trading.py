"""The small company with what trade needs: control accounts, journals, terms, banks, two customers.

Its today is 20 March 2026, its clock stands at nine in the morning, and nobody owes anything.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import httpx

from sandbox.company.store import insert, open_company
from sandbox.company.values import Value
from sandbox.intacct.server import LocalIntacct
from sandbox.intacct.settings import Settings
from tests.sandbox.intacct.small_company import STAMPS
from tests.sandbox.intacct.speaking import Gateway, texts

NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)
ACCOUNTS = (
    ("1050", "Undeposited funds", "None"),
    ("1200", "Accounts receivable", "Receivables account"),
    ("2000", "Accounts payable", "Payables account"),
    ("2300", "Customer deposits", "None"),
    ("4900", "Credits and discounts", "None"),
    ("8000", "Discounts taken", "None"),
    ("8200", "Exchange differences", "None"),
)
BANKS = (("BANKUS", "USD", "100"), ("BANKBOS", "USD", "110"), ("BANKUK", "GBP", "200"))
TERMS: tuple[dict[str, Value], ...] = (
    {"NAME": "Net 30", "DUEDATE": 30, "DUEFROM": "from invoice/bill date"},
    {
        "NAME": "2/10 Net 30",
        "DUEDATE": 30,
        "DUEFROM": "from invoice/bill date",
        "DISCDATE": 10,
        "DISCFROM": "from invoice/bill date",
        "DISCAMOUNT": Decimal(2),
        "DISCPERCAMN": "%",
    },
    {"NAME": "Old", "DUEDATE": 5, "STATUS": "inactive"},
)


def make_trading_company(small: Path, path: Path) -> None:
    """Writes the company to a path, from a file of the small one."""
    shutil.copy(small, path)
    connection = open_company(path)
    _fill(connection)
    connection.commit()
    connection.close()


@contextmanager
def served(small: Path, folder: Path, settings: Settings | None = None) -> Iterator[Gateway]:
    """The trading company behind an address, until the end of the block."""
    path = folder / "trading.sqlite"
    make_trading_company(small, path)
    local = LocalIntacct(path, settings=settings, clock=lambda: NOW)
    local.start()
    try:
        with httpx.Client() as client:
            yield Gateway(client, local.url)
    finally:
        local.stop()


def key_of(gateway: Gateway, call: str) -> str:
    """The key a legacy call that must succeed is answered with."""
    result = gateway.result(call)
    assert texts(result, "status") == ["success"], [one.text for one in result.iter()]
    return texts(result, "key")[0]


def created(gateway: Gateway, record: str) -> str:
    """The record number of a record that must be created."""
    return gateway.done(f"<create>{record}</create>")[0].findtext("RECORDNO") or ""


def new_customer(gateway: Gateway, id_: str) -> str:
    """A customer nobody else deals with."""
    contact = f"<DISPLAYCONTACT><PRINTAS>{id_}</PRINTAS></DISPLAYCONTACT>"
    inside = f"<CUSTOMERID>{id_}</CUSTOMERID><NAME>{id_}</NAME>{contact}"
    created(gateway, f"<CUSTOMER>{inside}</CUSTOMER>")
    return id_


def row(gateway: Gateway, table: str, **where: str) -> dict[str, str]:
    """The only row of a table that fits."""
    found = rows(gateway, table, **where)
    assert len(found) == 1, found
    return found[0]


def rows(gateway: Gateway, table: str, **where: str) -> list[dict[str, str]]:
    """The rows of a table that fit."""
    query = "&".join(f"{name}={value}" for name, value in where.items())
    found: list[dict[str, str]] = gateway.sandbox(f"tables/{table}?{query}").json()
    return found


def day(name: str, text: str) -> str:
    """A legacy date element from yyyy-mm-dd."""
    year, month, of_month = text.split("-")
    inside = f"<year>{year}</year><month>{month}</month><day>{of_month}</day>"
    return f"<{name}>{inside}</{name}>"


def item(amount: str, account: str = "4000", location: str = "100", more: str = "") -> str:
    """A line of an invoice or an adjustment."""
    return (
        f"<lineitem><glaccountno>{account}</glaccountno><amount>{amount}</amount>"
        f"<locationid>{location}</locationid>{more}</lineitem>"
    )


def invoice(
    *lines: str,
    number: str = "",
    customer: str = "C1",
    on: str = "2026-03-01",
    due: str = "<termname>Net 30</termname>",
    action: str = "",
) -> str:
    """A call that creates an invoice."""
    return (
        f"<create_invoice><customerid>{customer}</customerid>{day('datecreated', on)}{due}"
        + (f"<action>{action}</action>" if action else "")
        + (f"<invoiceno>{number}</invoiceno>" if number else "")
        + f"<invoiceitems>{''.join(lines)}</invoiceitems></create_invoice>"
    )


def adjustment(amount: str, *, customer: str = "C1", on: str = "2026-03-02") -> str:
    """A call that creates an adjustment of one line."""
    line = item(amount, "4900")
    return (
        f"<create_aradjustment><customerid>{customer}</customerid>{day('datecreated', on)}"
        f"<aradjustmentitems>{line}</aradjustmentitems></create_aradjustment>"
    )


def payment(
    *details: str,
    customer: str = "C1",
    on: str = "03/15/2026",
    action: str = "Submit",
    bank: str = "BANKUS",
    more: str = "",
) -> str:
    """A payment of these details."""
    who = f"<CUSTOMERID>{customer}</CUSTOMERID>" if customer else ""
    return (
        f"<ARPYMT><FINANCIALENTITY>{bank}</FINANCIALENTITY><PAYMENTMETHOD>EFT</PAYMENTMETHOD>{who}"
        f"<RECEIPTDATE>{on}</RECEIPTDATE>{more}<ACTION>{action}</ACTION>"
        f"<ARPYMTDETAILS>{''.join(details)}</ARPYMTDETAILS></ARPYMT>"
    )


def detail(key: str, amount: str = "", **more: str) -> str:
    """A detail that pays an invoice; further elements by their names."""
    words = {"RECORDKEY": key, "TRX_PAYMENTAMOUNT": amount, **more}
    inside = "".join(f"<{name}>{text}</{name}>" for name, text in words.items() if text)
    return f"<ARPYMTDETAIL>{inside}</ARPYMTDETAIL>"


def advance(amount: str, *, customer: str = "C1", on: str = "03/10/2026", action: str = "") -> str:
    """An advance of one line on the control account."""
    return (
        f"<ARADVANCE><CUSTOMERID>{customer}</CUSTOMERID><PAYMENTMETHOD>EFT</PAYMENTMETHOD>"
        f"<PAYMENTDATE>{on}</PAYMENTDATE><RECEIPTDATE>{on}</RECEIPTDATE>"
        f"<FINANCIALENTITY>BANKUS</FINANCIALENTITY><ACTION>{action}</ACTION>"
        "<ARADVANCEITEMS><ARADVANCEITEM><ACCOUNTNO>1200</ACCOUNTNO>"
        f"<TRX_AMOUNT>{amount}</TRX_AMOUNT><LOCATIONID>100</LOCATIONID>"
        "</ARADVANCEITEM></ARADVANCEITEMS></ARADVANCE>"
    )


def ledger(gateway: Gateway, account: str, **where: str) -> Decimal:
    """What the ledger detail of an account adds up to."""
    found = rows(gateway, "gldetail", ACCOUNTNO=account, **where)
    return sum((Decimal(one["AMOUNT"]) for one in found), Decimal(0))


def _fill(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM ARINVOICE")
    connection.execute("UPDATE CUSTOMER SET TOTALDUE = 0")
    made: dict[str, list[dict[str, Value]]] = {
        "GLACCOUNT": [
            {
                "ACCOUNTNO": number,
                "TITLE": title,
                "ACCOUNTTYPE": "balancesheet",
                "NORMALBALANCE": "debit",
                "ALTERNATIVEACCOUNT": alternative,
            }
            for number, title, alternative in ACCOUNTS
        ],
        "GLJOURNAL": [{"SYMBOL": s, "TITLE": s} for s in ("ARJ", "ARA", "CRJ", "APJ", "CDJ")],
        "CHECKINGACCOUNT": [
            {
                "BANKACCOUNTID": bank,
                "BANKNAME": bank,
                "GLACCOUNTNO": "1000",
                "CURRENCY": currency,
                "LOCATIONID": location,
            }
            for bank, currency, location in BANKS
        ],
    }
    for name, found in made.items():
        insert(connection, name, [{**STAMPS, **one} for one in found])
    for term in TERMS:
        insert(connection, "ARTERM", [{**STAMPS, **term}])
    gone: dict[str, Value] = {"CUSTOMERID": "GONE", "NAME": "Gone", "STATUS": "inactive"}
    insert(connection, "CUSTOMER", [{**STAMPS, **gone}])
