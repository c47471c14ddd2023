"""What a loaded company has beside its figures: a short chart, journals, entities, banks."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace

from sandbox.company.definitions import DEFINITIONS as ALL_DEFINITIONS
from sandbox.company.setup import Accounts
from sandbox.company.store import insert
from sandbox.company.values import Value

ENTITY = "100"
CLEARING = "10000"
BANK = "10100"
RECEIVABLE = "12000"
PAYABLE = "20000"
SALES = "40000"  # series begin at the number after it
ACCOUNTS = Accounts(
    receivable=RECEIVABLE,
    payable=PAYABLE,
    discounts_given="40900",
    discounts_taken="80000",
    exchange="82000",
)
GENERAL = (("GJ", "General journal"),)
SUBLEDGERS = (
    ("ARJ", "Sales invoices"),
    ("ARA", "Customer credits"),
    ("CRJ", "Cash receipts"),
    ("APJ", "Vendor bills"),
    ("CDJ", "Cash disbursements"),
)
PURCHASES = "50000"
DEFINITIONS = tuple(
    replace(one, account=(SALES if one.module == "SO" else PURCHASES) if one.posts else "")
    for one in ALL_DEFINITIONS
)
CONTROLS = {RECEIVABLE: "Receivables account", PAYABLE: "Payables account"}


def account(number: str, title: str, category: str, kind: str, side: str) -> dict[str, Value]:
    """One account of the chart."""
    closes = kind == "incomestatement"
    return {
        "ACCOUNTNO": number,
        "TITLE": title,
        "CATEGORY": category,
        "ACCOUNTTYPE": kind,
        "NORMALBALANCE": side,
        "CLOSINGTYPE": "closing account" if closes else "non-closing account",
        "ALTERNATIVEACCOUNT": CONTROLS.get(number, "None"),
        "STATUS": "active",
    }


def clearing_accounts() -> list[dict[str, Value]]:
    """The account that monthly series are posted against."""
    return [account(CLEARING, "Clearing", "Clearing", "balancesheet", "debit")]


def trading_accounts() -> list[dict[str, Value]]:
    """What invoices, bills and payments need: a bank, both control accounts, sales, purchases."""
    return [
        account(BANK, "Bank", "Cash", "balancesheet", "debit"),
        account(RECEIVABLE, "Accounts receivable", "Receivables", "balancesheet", "debit"),
        account(PAYABLE, "Accounts payable", "Payables", "balancesheet", "credit"),
        account(SALES, "Sales", "Revenue", "incomestatement", "credit"),
        account(PURCHASES, "Purchases", "Costs", "incomestatement", "debit"),
        account(ACCOUNTS.discounts_given, "Discounts given", "Revenue", "incomestatement", "debit"),
        account(ACCOUNTS.discounts_taken, "Discounts taken", "Other", "incomestatement", "credit"),
        account(ACCOUNTS.exchange, "Exchange differences", "Other", "incomestatement", "debit"),
    ]


def write_journals(connection: sqlite3.Connection, *, trades: bool) -> None:
    """The general journal, and those of receivables and payables where the company trades."""
    insert(
        connection,
        "GLJOURNAL",
        [
            {
                "SYMBOL": symbol,
                "TITLE": title,
                "STATUS": "active",
                "BOOKID": "ACCRUAL",
                "ADJ": False,
            }
            for symbol, title in (GENERAL + SUBLEDGERS if trades else GENERAL)
        ],
    )


def write_entities(
    connection: sqlite3.Connection, entities: Mapping[str, str], *, trades: bool
) -> None:
    """The entities with their currencies, each a location, and a bank account for each that trades.

    Entities and locations are numbered in the order given.
    """
    places: list[dict[str, Value]] = [
        {
            "LOCATIONID": id_,
            "NAME": "Company" if id_ == ENTITY else id_,
            "STATUS": "active",
            "CURRENCY": currency,
        }
        for id_, currency in entities.items()
    ]
    insert(connection, "LOCATION", places)
    insert(connection, "LOCATIONENTITY", [{**place, "FIRSTMONTH": 1} for place in places])
    banks: list[dict[str, Value]] = [
        {
            "BANKACCOUNTID": f"BANK-{id_}",
            "BANKNAME": f"Bank account of {id_}",
            "GLACCOUNTNO": BANK,
            "CURRENCY": currency,
            "LOCATIONID": id_,
            "STATUS": "active",
        }
        for id_, currency in entities.items()
    ]
    insert(connection, "CHECKINGACCOUNT", banks if trades else [])
