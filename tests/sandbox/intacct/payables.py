"""Vendors, bills and payments spoken to a gateway whose company has what they need."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sandbox.company.store import insert
from sandbox.company.values import Value
from tests.sandbox.intacct.small_company import STAMPS
from tests.sandbox.intacct.speaking import LOGIN, Gateway, texts

ACCOUNTS = (
    ("2000", "Payables", "credit"),
    ("8000", "Discounts taken", "credit"),
    ("8200", "Exchange differences", "debit"),
)


def prepare(path: Path) -> None:
    """Adds to the small company a payables account, journals, a bank, terms and two vendors."""
    with sqlite3.connect(path) as company:
        insert(
            company,
            "GLACCOUNT",
            [
                {**STAMPS, "ACCOUNTNO": number, "TITLE": title, "NORMALBALANCE": side}
                for number, title, side in ACCOUNTS
            ],
        )
        for symbol in ("APJ", "CDJ"):
            insert(company, "GLJOURNAL", [{**STAMPS, "SYMBOL": symbol, "TITLE": symbol}])
        bank: dict[str, Value] = {
            "BANKACCOUNTID": "BANK",
            "GLACCOUNTNO": "1000",
            "LOCATIONID": "100",
        }
        insert(company, "CHECKINGACCOUNT", [{**STAMPS, **bank, "CURRENCY": "USD"}])
        term: dict[str, Value] = {
            "NAME": "Net 30",
            "DUEDATE": 30,
            "DUEFROM": "from invoice/bill date",
        }
        insert(company, "APTERM", [{**STAMPS, **term}])
        insert(
            company,
            "VENDOR",
            [
                {**STAMPS, "VENDORID": id_, "NAME": name, "TERMNAME": "Net 30", "TOTALDUE": 0}
                for id_, name in (("V1", "Landlord"), ("V2", "Printer"))
            ],
        )


def item(amount: str, account: str = "6000", location: str = "100", **more: str) -> str:
    words = {"ACCOUNTNO": account, "TRX_AMOUNT": amount, "LOCATIONID": location, **more}
    return f"<APBILLITEM>{elements(words)}</APBILLITEM>"


def bill(*items: str, **words: str) -> str:
    lines = f"<APBILLITEMS>{''.join(items)}</APBILLITEMS>" if items else ""
    return f"<APBILL>{elements(words)}{lines}</APBILL>"


def new_bill(*items: str, number: str = "", vendor: str = "V1", **more: str) -> str:
    """A bill of 10 March 2026 due on 9 April."""
    words = {"VENDORID": vendor, "WHENCREATED": "03/10/2026", "WHENDUE": "04/09/2026", **more}
    words |= {"RECORDID": number} if number else {}
    return f"<create>{bill(*items, **words)}</create>"


def elements(words: dict[str, str]) -> str:
    return "".join(f"<{name}>{value}</{name}>" for name, value in words.items())


def day(tag: str, words: str) -> str:
    """A legacy date."""
    year, month, on = words.split("-")
    return f"<{tag}><year>{year}</year><month>{month}</month><day>{on}</day></{tag}>"


def created(gateway: Gateway, call: str) -> str:
    number = gateway.done(call)[0].findtext("RECORDNO")
    assert number
    return number


def key_of(gateway: Gateway, call: str, sign_in: str = LOGIN) -> str:
    """The key a legacy call answers with."""
    result = gateway.result(call, sign_in)
    assert texts(result, "status") == ["success"], texts(result, "errormessage/error/description2")
    return result.findtext("key") or ""


def row(gateway: Gateway, name: str, number: str) -> dict[str, str]:
    [found] = gateway.sandbox(f"tables/{name}?RECORDNO={number}").json()
    return {column: value or "" for column, value in found.items()}


def due(gateway: Gateway, vendor: str = "V1") -> str:
    """What the vendor is owed."""
    found: str = gateway.sandbox(f"tables/VENDOR?VENDORID={vendor}").json()[0]["TOTALDUE"]
    return found


def posted(gateway: Gateway, batch: str) -> list[tuple[str, str, str]]:
    """Account, location and amount of each ledger line of an entry."""
    rows = gateway.sandbox(f"tables/GLDETAIL?BATCHKEY={batch}").json()
    return [(one["ACCOUNTNO"], one["LOCATIONID"], one["AMOUNT"]) for one in rows]


def balance(gateway: Gateway, account: str = "2000") -> str:
    """What the ledger holds in an account."""
    data = gateway.done(
        "<query><object>GLDETAIL</object><select><sum>AMOUNT</sum></select><filter><equalto>"
        f"<field>ACCOUNTNO</field><value>{account}</value></equalto></filter></query>"
    )
    return (data[0].findtext("SUM.AMOUNT") or "") if len(data) else ""
