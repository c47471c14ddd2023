"""The trading company with what orders need: items, definitions, a contact, parties in plenty.

Gadgets are sold to 4000 and bought to 6000; what has no group goes to 4100 and 6000. Visits are
sold to 4200, which needs a department, and bought to 6999, which is inactive.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from sandbox.company.definitions import DEFINITIONS, Definition, ItemGroup
from sandbox.company.setup import read_setup, write_setup
from sandbox.company.store import insert, open_company
from sandbox.company.values import Value
from tests.sandbox.intacct.small_company import STAMPS
from tests.sandbox.intacct.trading import make_trading_company

NUMBERS = range(1, 21)
UNNUMBERED = Definition("Order by hand", "SO")
ACCOUNTS = {"Sales Invoice": "4100", "Vendor Invoice": "6000"}


def make_shop(small: Path, path: Path) -> None:
    """Writes the company to a path, from a file of the small one."""
    make_trading_company(small, path)
    with closing(open_company(path)) as connection:
        for name, rows in _rows().items():
            insert(connection, name, [{**STAMPS, **row} for row in rows])
        numbered = (replace(one, account=ACCOUNTS.get(one.name, "")) for one in DEFINITIONS)
        setup = replace(
            read_setup(connection),
            definitions=(*numbered, UNNUMBERED),
            item_groups=(ItemGroup("Gadgets", "4000", "6000"), ItemGroup("Visits", "4200", "6999")),
        )
        write_setup(connection, setup)
        connection.commit()


def _rows() -> dict[str, list[dict[str, Value]]]:
    return {
        "GLACCOUNT": [
            {
                "ACCOUNTNO": "4200",
                "TITLE": "Visits",
                "ACCOUNTTYPE": "incomestatement",
                "NORMALBALANCE": "credit",
                "REQUIREDEPT": True,
            }
        ],
        "ITEM": [
            {"ITEMID": "GADGET", "NAME": "Gadget", "ITEMTYPE": "Inventory", "GLGROUP": "Gadgets"},
            {"ITEMID": "HOUR", "NAME": "Hour", "ITEMTYPE": "Non-Inventory", "GLGROUP": None},
            {"ITEMID": "VISIT", "NAME": "Visit", "ITEMTYPE": "Non-Inventory", "GLGROUP": "Visits"},
        ],
        "ARTERM": [{"NAME": "N30", "DUEDATE": 30, "DUEFROM": "from invoice/bill date"}],
        "APTERM": [{"NAME": "N10", "DUEDATE": 10, "DUEFROM": "from invoice/bill date"}],
        "CONTACT": [{"CONTACTNAME": "Dock", "PRINTAS": "Loading dock"}],
        "CUSTOMER": [_party("CUSTOMER", f"K{number}", "N30") for number in NUMBERS],
        "VENDOR": [_party("VENDOR", f"V{number}", "N10") for number in NUMBERS],
    }


def _party(kind: str, id_: str, term: str) -> dict[str, Value]:
    return {
        f"{kind}ID": id_,
        "NAME": f"{kind.title()} {id_}",
        "TERMNAME": term,
        "TOTALDUE": Decimal(0),
    }
