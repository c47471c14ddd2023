"""The small company with what trading needs: control accounts, journals, items, vendors, terms.

Gadgets are sold to 4000 and bought to 6000; what has no group goes to 4100 and 6000.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from sandbox.company.definitions import DEFINITIONS, Definition, ItemGroup
from sandbox.company.setup import Closed, read_setup, write_setup
from sandbox.company.store import insert, open_company
from sandbox.company.values import Value
from tests.sandbox.intacct.small_company import STAMPS, make_small_company

CUSTOMERS = tuple(f"K{number}" for number in range(1, 21))
VENDORS = tuple(f"V{number}" for number in range(1, 21))
UNNUMBERED = Definition("Order by hand", "SO")
ACCOUNTS = {"Sales Invoice": "4100", "Vendor Invoice": "6000"}


def make_trading_company(path: Path, closed: tuple[Closed, ...] = ()) -> None:
    """Writes the company to a file that must not exist yet."""
    make_small_company(path)
    with closing(open_company(path)) as connection:
        for name, rows in _rows().items():
            insert(connection, name, [{**STAMPS, **row} for row in rows])
        definitions = tuple(replace(one, account=ACCOUNTS.get(one.name, "")) for one in DEFINITIONS)
        setup = replace(
            read_setup(connection),
            closed=closed,
            definitions=(*definitions, UNNUMBERED),
            item_groups=(ItemGroup("Gadgets", "4000", "6000"),),
        )
        write_setup(connection, setup)
        connection.commit()


def _rows() -> dict[str, list[dict[str, Value]]]:
    zero = Decimal(0)
    return {
        "GLACCOUNT": [
            {
                "ACCOUNTNO": number,
                "TITLE": title,
                "ACCOUNTTYPE": "balancesheet",
                "NORMALBALANCE": side,
            }
            for number, title, side in (
                ("1200", "Receivables", "debit"),
                ("2000", "Payables", "credit"),
            )
        ],
        "GLJOURNAL": [
            {"SYMBOL": symbol, "TITLE": symbol} for symbol in ("ARJ", "ARA", "CRJ", "APJ", "CDJ")
        ],
        "ITEM": [
            {"ITEMID": "GADGET", "NAME": "Gadget", "ITEMTYPE": "Inventory", "GLGROUP": "Gadgets"},
            {"ITEMID": "HOUR", "NAME": "Hour", "ITEMTYPE": "Non-Inventory", "GLGROUP": None},
        ],
        "ARTERM": [{"NAME": "N30", "DUEDATE": 30, "DUEFROM": "from invoice/bill date"}],
        "APTERM": [{"NAME": "N10", "DUEDATE": 10, "DUEFROM": "from invoice/bill date"}],
        "CONTACT": [{"CONTACTNAME": "Dock", "PRINTAS": "Loading dock"}],
        "CUSTOMER": [
            {"CUSTOMERID": id_, "NAME": f"Customer {id_}", "TERMNAME": "N30", "TOTALDUE": zero}
            for id_ in CUSTOMERS
        ],
        "VENDOR": [
            {"VENDORID": id_, "NAME": f"Vendor {id_}", "TERMNAME": "N10", "TOTALDUE": zero}
            for id_ in VENDORS
        ],
    }
