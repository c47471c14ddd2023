"""Every kind of master record that may be written, and the rules that are its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from types import MappingProxyType

from sandbox.company.objects.ledger import REQUIRED_DIMENSIONS
from sandbox.company.values import Value
from sandbox.intacct.catalogue import COST_TYPE, STANDARD_COST_TYPE, STANDARD_TASK, TASK
from sandbox.intacct.change_requests import ORDER
from sandbox.intacct.exchange_rates import EXCHANGE_RATE
from sandbox.intacct.master_kind import MasterKind, Row
from sandbox.intacct.vendors import CONTACT, VENDOR
from sandbox.intacct.work import Work

NEEDS_NOTHING: Mapping[str, Value] = MappingProxyType(dict.fromkeys(REQUIRED_DIMENSIONS, False))
BALANCE_SHEET: Mapping[str, Value] = MappingProxyType(
    {
        "ACCOUNTTYPE": "balancesheet",
        "NORMALBALANCE": "debit",
        "CLOSINGTYPE": "non-closing account",
        "ALTERNATIVEACCOUNT": "None",
        "TAXABLE": False,
        **NEEDS_NOTHING,
    }
)
OTHER_CHART = MappingProxyType({"GLACCOUNT": "STATACCOUNT", "STATACCOUNT": "GLACCOUNT"})


def _in_order(first: str, last: str) -> Callable[[Work, Row], list[str]]:
    """A check that one day of the record is not after another."""

    def wrong(_: Work, row: Row) -> list[str]:
        start, end = row.get(first), row.get(last)
        late = start is not None and end is not None and str(start) > str(end)
        return [f"{last} must be on or after {first}."] if late else []

    return wrong


def _account_wrong(name: str) -> Callable[[Work, Row], list[str]]:
    """A check that an account's number is in one chart only, and that it closes somewhere."""

    def wrong(work: Work, row: Row) -> list[str]:
        other = OTHER_CHART[name]
        statement = f"SELECT 1 FROM {other} WHERE ACCOUNTNO = ?"  # noqa: S608 - one of two
        found = []
        if work.books.row(statement, [row["ACCOUNTNO"]]):
            found.append(f"Duplicate account number: '{row['ACCOUNTNO']}' is in {other}.")
        if row.get("CLOSINGTYPE") == "closing account" and not row.get("CLOSINGACCOUNTNO"):
            found.append("Required field CLOSINGACCOUNTNO is missing for a closing account.")
        return found

    return wrong


def _posted_to(work: Work, row: Row) -> list[str]:
    """What keeps an account: subledgers, or a bank, post to it."""
    number = row["ACCOUNTNO"]
    bank = "SELECT BANKACCOUNTID FROM CHECKINGACCOUNT WHERE GLACCOUNTNO = ?"
    if number in asdict(work.books.setup().accounts).values():
        return [f"Account {number} cannot be deleted because subledgers post to it."]
    if found := work.books.row(bank, [number]):
        return [f"Account {number} cannot be deleted because it is that of bank {found[0]}."]
    return []


def _period_wrong(work: Work, row: Row) -> list[str]:
    found = _in_order("START_DATE", "END_DATE")(work, row)
    other = work.books.row(
        "SELECT NAME FROM REPORTINGPERIOD WHERE BUDGETING = 1 AND NAME <> ? "
        "AND START_DATE <= ? AND END_DATE >= ? AND STATUS IS NOT 'inactive'",
        [row["NAME"], row["END_DATE"], row["START_DATE"]],
    )
    if row.get("BUDGETING") and row.get("STATUS") != "inactive" and other:
        found.append(f"The budgetable period '{row['NAME']}' overlaps '{other['NAME']}'.")
    if work.books.row(
        "SELECT 1 FROM GLBUDGETITEM WHERE PERIODNAME = ? AND (PSTARTDATE <> ? OR PENDDATE <> ?)",
        [row["NAME"], row["START_DATE"], row["END_DATE"]],
    ):
        found.append(f"The days of '{row['NAME']}' cannot change: budgets have items in it.")
    return found


KINDS = (
    MasterKind(
        "GLACCOUNT",
        "GL account",
        defaults=BALANCE_SHEET,
        check=_account_wrong("GLACCOUNT"),
        guard=_posted_to,
    ),
    MasterKind(
        "STATACCOUNT",
        "Statistical account",
        defaults=MappingProxyType({"ACCOUNTTYPE": "for period", **NEEDS_NOTHING}),
        check=_account_wrong("STATACCOUNT"),
    ),
    MasterKind("DEPARTMENT", "Department"),
    MasterKind(
        "LOCATION",
        "Location",
        contacts=MappingProxyType({"CONTACTINFO": "CONTACTKEY", "SHIPTO": "SHIPTOKEY"}),
        check=_in_order("STARTDATE", "ENDDATE"),
    ),
    MasterKind(
        "PROJECT",
        "Project",
        defaults=MappingProxyType({"INVOICEWITHPARENT": False}),
        contacts=MappingProxyType(
            {name: f"{name}KEY" for name in ("CONTACTINFO", "BILLTO", "SHIPTO")}
        ),
        check=_in_order("BEGINDATE", "ENDDATE"),
    ),
    MasterKind("CLASS", "Class"),
    MasterKind(
        "EMPLOYEE",
        "Employee",
        within=("PERSONALINFO",),
        check=_in_order("STARTDATE", "ENDDATE"),
    ),
    MasterKind(
        "ITEM",
        "Item",
        defaults=MappingProxyType({"ITEMTYPE": "Non-Inventory"}),
        fixed=("ITEMTYPE",),
    ),
    MasterKind(
        "REPORTINGPERIOD",
        "Reporting period",
        defaults=MappingProxyType({"BUDGETING": False}),
        check=_period_wrong,
    ),
    TASK,
    COST_TYPE,
    STANDARD_TASK,
    STANDARD_COST_TYPE,
    CONTACT,
    VENDOR,
    EXCHANGE_RATE,
    ORDER,
    MasterKind("PJESTIMATETYPE", "Project estimate type"),
)
MASTERS: Mapping[str, MasterKind] = MappingProxyType({one.name: one for one in KINDS})
