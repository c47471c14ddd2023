"""Two entities, eight accounts and five journal entries, all of it checkable by hand.

January 2026: US sells 1,000.00 (SALES) and 250.50 (OPS), pays 400.00 rent (OPS).
February 2026: US sells 2,000.00 (SALES); UK sells 300.00. Heads: 5 in January, 1 more in February.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from sandbox.company.setup import SANDBOX_SENDERS, SANDBOX_USERS, Setup, write_setup
from sandbox.company.store import create_company, finish, insert
from sandbox.company.values import Value

MADE = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
STAMPS: Mapping[str, Value] = {"STATUS": "active", "WHENCREATED": MADE, "WHENMODIFIED": MADE}

ACCOUNTS = (
    ("1000", "Cash", "balancesheet", "debit", "active"),
    ("3000", "Retained earnings", "balancesheet", "credit", "active"),
    ("4000", "Sales", "incomestatement", "credit", "active"),
    ("4100", "Service", "incomestatement", "credit", "active"),
    ("6000", "Rent", "incomestatement", "debit", "active"),
    ("6999", "Old costs", "incomestatement", "debit", "inactive"),
)
DEPARTMENTS = (
    ("SALES", "Sales", None, "active"),
    ("OPS", "Operations", None, "active"),
    ("WEST", "Sales west", "SALES", "active"),
    ("OLD", "Closed down", None, "inactive"),
)
LOCATIONS = (
    ("100", "US Inc", None, "USD"),
    ("200", "UK Ltd", None, "GBP"),
    ("110", "Boston", "100", None),
)
# day, title, journal, then lines: account, debit (1) or credit (-1), amount, department, location
ENTRIES: tuple[tuple[str, str, str, tuple[tuple[str, int, str, str | None, str], ...]], ...] = (
    (
        "2025-12-31",
        "Last year",
        "GJ",
        (("1000", 1, "70.00", None, "100"), ("4000", -1, "70.00", "SALES", "100")),
    ),
    (
        "2026-01-31",
        "January US",
        "GJ",
        (
            ("1000", 1, "850.50", None, "100"),
            ("4000", -1, "1000.00", "SALES", "100"),
            ("4000", -1, "250.50", "OPS", "110"),
            ("6000", 1, "400.00", "OPS", "100"),
        ),
    ),
    (
        "2026-02-28",
        "February US",
        "GJ",
        (("1000", 1, "2000.00", None, "100"), ("4000", -1, "2000.00", "SALES", "100")),
    ),
    (
        "2026-02-28",
        "February UK",
        "GJ",
        (("1000", 1, "300.00", None, "200"), ("4000", -1, "300.00", "SALES", "200")),
    ),
    ("2026-01-31", "Heads in January", "STJ", (("9000", 1, "5.00", "SALES", "100"),)),
    ("2026-02-28", "Heads in February", "STJ", (("9000", 1, "1.00", "SALES", "100"),)),
)
MONTHS = (
    ("Month Ended December 2025", "2025-12-01", "2025-12-31", True),
    ("Month Ended January 2026", "2026-01-01", "2026-01-31", True),
    ("Month Ended February 2026", "2026-02-01", "2026-02-28", True),
    ("Month Ended March 2026", "2026-03-01", "2026-03-31", True),
    ("Quarter Ended March 2026", "2026-01-01", "2026-03-31", False),
)
BUDGET = (
    ("4000", "credit", "Month Ended January 2026", "SALES", "100", "900.00"),
    ("4000", "credit", "Month Ended February 2026", "SALES", "100", "2100.00"),
    ("6000", "debit", "Month Ended January 2026", "OPS", "100", "380.00"),
)


def make_small_company(path: Path) -> None:
    """Writes the company to a file that must not exist yet."""
    connection = create_company(path)
    setup = Setup(
        company_id="acme",
        company_name="Acme",
        base_currency="",
        first_fiscal_month=1,
        as_of=date(2026, 3, 1),
        seed=0,
        senders=SANDBOX_SENDERS,
        users=SANDBOX_USERS,
    )
    write_setup(connection, setup)
    for name, rows in _rows().items():
        insert(connection, name, [{**STAMPS, **row} for row in rows])
    finish(connection)


def _rows() -> dict[str, list[dict[str, Value]]]:
    made: dict[str, list[dict[str, Value]]] = {
        "GLACCOUNT": [
            {
                "ACCOUNTNO": number,
                "TITLE": title,
                "ACCOUNTTYPE": kind,
                "NORMALBALANCE": side,
                "CLOSINGACCOUNTNO": "3000" if kind == "incomestatement" else None,
                "STATUS": status,
            }
            for number, title, kind, side, status in ACCOUNTS
        ],
        "STATACCOUNT": [{"ACCOUNTNO": "9000", "TITLE": "Heads", "ACCOUNTTYPE": "cumulative"}],
        "GLJOURNAL": [{"SYMBOL": "GJ", "TITLE": "General journal"}],
        "STATJOURNAL": [{"SYMBOL": "STJ", "TITLE": "Statistical journal"}],
        "DEPARTMENT": [
            {"DEPARTMENTID": id_, "TITLE": title, "PARENTID": parent, "STATUS": status}
            for id_, title, parent, status in DEPARTMENTS
        ],
        "LOCATION": [
            {"LOCATIONID": id_, "NAME": name, "PARENTID": parent, "CURRENCY": currency}
            for id_, name, parent, currency in LOCATIONS
        ],
        "LOCATIONENTITY": [
            {"LOCATIONID": id_, "NAME": name, "CURRENCY": currency}
            for id_, name, parent, currency in LOCATIONS
            if parent is None
        ],
        "REPORTINGPERIOD": [
            {"NAME": name, "START_DATE": first, "END_DATE": last, "BUDGETING": budgeting}
            for name, first, last, budgeting in MONTHS
        ],
        "GLBUDGETHEADER": [
            {"BUDGETID": "2026 Budget", "DESCRIPTION": "The year's plan", "DEFAULT_BUDGET": True}
        ],
        "CUSTOMER": [
            {"CUSTOMERID": "C1", "NAME": "Jane's Deli", "CREDITLIMIT": Decimal("100.00")},
            {"CUSTOMERID": "C2", "NAME": "ORBIT <Holdings> & Co", "CREDITLIMIT": None},
        ],
        "ARINVOICE": [
            {"RECORDID": "I1", "CUSTOMERID": "C1", "TOTALDUE": Decimal("20.00"), "STATE": "Posted"},
            {"RECORDID": "I2", "CUSTOMERID": "C2", "TOTALDUE": Decimal("9.00"), "STATE": "Paid"},
            {
                "RECORDID": "I3",
                "CUSTOMERID": "C1",
                "TOTALDUE": Decimal("100.00"),
                "STATE": "Posted",
            },
        ],
    }
    for row in made["ARINVOICE"]:
        row.update(WHENCREATED=date(2026, 2, 3), AUWHENCREATED=MADE)
    return made | {"GLBATCH": _batches(), "GLENTRY": _lines(), "GLBUDGETITEM": _budget()}


def _batches() -> list[dict[str, Value]]:
    return [
        {
            "RECORDNO": number,
            "BATCHNO": number,
            "BATCH_DATE": day,
            "BATCH_TITLE": title,
            "JOURNAL": journal,
            "STATE": "Posted",
            "MODULE": "2.GL",
        }
        for number, (day, title, journal, _) in enumerate(ENTRIES, start=1)
    ]


def _lines() -> list[dict[str, Value]]:
    currencies = {id_: currency or "USD" for id_, _, _, currency in LOCATIONS}
    return [
        {
            "BATCHNO": batch,
            "BATCH_NUMBER": batch,
            "LINE_NO": line,
            "TR_TYPE": side,
            "ENTRY_DATE": day,
            "AMOUNT": Decimal(amount),
            "TRX_AMOUNT": Decimal(amount),
            "ACCOUNTNO": account,
            "STATISTICAL": journal == "STJ",
            "DEPARTMENT": department,
            "LOCATION": location,
            "CURRENCY": None if journal == "STJ" else currencies[location],
            "BASECURR": None if journal == "STJ" else currencies[location],
        }
        for batch, (day, _, journal, lines) in enumerate(ENTRIES, start=1)
        for line, (account, side, amount, department, location) in enumerate(lines, start=1)
    ]


def _budget() -> list[dict[str, Value]]:
    days = {name: (first, last) for name, first, last, _ in MONTHS}
    return [
        {
            "BUDGETID": "2026 Budget",
            "BUDGETKEY": 1,
            "ACCT_NO": account,
            "NORMALBALANCE": side,
            "PERIODNAME": period,
            "PSTARTDATE": days[period][0],
            "PENDDATE": days[period][1],
            "DEPT_NO": department,
            "LOCATION_NO": location,
            "AMOUNT": Decimal(amount),
        }
        for account, side, period, department, location, amount in BUDGET
    ]
