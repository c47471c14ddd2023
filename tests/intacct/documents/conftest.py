"""The small company with receivables, one gateway for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from sandbox.company.store import insert, open_company
from sandbox.company.values import Value
from sandbox.intacct.server import LocalIntacct
from tests.intacct.local import Local

ACCOUNTS = (
    ("1050", "Undeposited funds", "balancesheet", "debit"),
    ("1200", "Receivables", "balancesheet", "debit"),
    ("1290", "On account", "balancesheet", "credit"),
    ("2000", "Payables", "balancesheet", "credit"),
    ("4900", "Discounts given", "incomestatement", "debit"),
    ("8000", "Discounts taken", "incomestatement", "credit"),
    ("8200", "Exchange differences", "incomestatement", "debit"),
)
JOURNALS = ("ARJ", "ARA", "CRJ", "APJ", "CDJ")
TERM: dict[str, Value] = {
    "NAME": "2/10 net 30",
    "DUEDATE": 30,
    "DUEFROM": "from invoice/bill date",
    "DISCDATE": 10,
    "DISCFROM": "from invoice/bill date",
    "DISCAMOUNT": Decimal(2),
    "DISCPERCAMN": "%",
    "STATUS": "active",
}


@pytest.fixture(scope="module")
def shop(small_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Local]:
    """The gateway over a company that can invoice and be paid, shared by the module's tests."""
    path = tmp_path_factory.mktemp("shop") / "company.sqlite"
    path.write_bytes(small_company.read_bytes())
    _extend(path)
    gateway = LocalIntacct(path)
    gateway.start()
    local = Local(gateway.url, path)
    yield local
    for books in local.opened:
        books.close()
    gateway.stop()


def _extend(path: Path) -> None:
    """Adds what subledgers post to."""
    connection = open_company(path)
    accounts: list[dict[str, Value]] = [
        {
            "ACCOUNTNO": number,
            "TITLE": title,
            "ACCOUNTTYPE": kind,
            "NORMALBALANCE": side,
            "STATUS": "active",
        }
        for number, title, kind, side in ACCOUNTS
    ]
    insert(connection, "GLACCOUNT", accounts)
    insert(connection, "GLJOURNAL", [{"SYMBOL": name, "TITLE": name} for name in JOURNALS])
    insert(connection, "ARTERM", [TERM])
    bank = {"BANKACCOUNTID": "BANK1", "GLACCOUNTNO": "1000", "LOCATIONID": "100"}
    insert(connection, "CHECKINGACCOUNT", [{**bank, "CURRENCY": "USD", "STATUS": "active"}])
    more: list[dict[str, Value]] = [
        {"CUSTOMERID": id_, "NAME": name, "STATUS": status}
        for id_, name, status in (
            ("C3", "Kestrel Brew", "active"),
            ("C9", "Gone away", "inactive"),
        )
    ]
    insert(connection, "CUSTOMER", more)
    connection.commit()
    connection.close()
