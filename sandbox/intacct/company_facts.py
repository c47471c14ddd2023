"""What the company is: its currencies, its fiscal year, its dimensions, its entities."""

from __future__ import annotations

from lxml import etree

from sandbox.intacct.reply import child, data
from sandbox.intacct.work import FunctionAnswer, Work
from sandbox.intacct.written import record

DIMENSIONS = (
    ("DEPARTMENT", "Department"),
    ("LOCATION", "Location"),
    ("PROJECT", "Project"),
    ("CUSTOMER", "Customer"),
    ("VENDOR", "Vendor"),
    ("EMPLOYEE", "Employee"),
    ("ITEM", "Item"),
    ("CLASS", "Class"),
)


APPLICATIONS = (
    ("2.GL", "General Ledger"),
    ("3.AP", "Accounts Payable"),
    ("4.AR", "Accounts Receivable"),
    ("8.SO", "Order Entry"),
    ("9.PO", "Purchasing"),
    ("11.CM", "Cash Management"),
    ("48.PROJACCT", "Project Costing"),
)


def base_currency_of(work: Work, location: str) -> str:
    """The base currency of the entity a location belongs to; the company's own at the top level."""
    found = work.books.row(
        "SELECT e.CURRENCY FROM LOCATION_ENTITY l JOIN LOCATIONENTITY e "
        "ON e.LOCATIONID = l.ENTITYID WHERE l.LOCATIONID = ?",
        [location],
    )
    own = work.books.setup().base_currency
    return (found[0] if found else None) or own


def several_currencies(work: Work) -> bool:
    """Whether entities keep their books in different currencies."""
    return not work.books.setup().base_currency


def get_financial_setup(work: Work, _: etree._Element) -> FunctionAnswer:
    """Base currency (of the entity, or empty where there are several), year, and what is shared."""
    setup = work.books.setup()
    several = several_currencies(work)
    answer = data("financialSetup", 1)
    answer.append(
        record(
            "financialSetup",
            (
                ("baseCurrency", base_currency_of(work, work.caller.entity)),
                ("defaultBook", "ACCRUAL"),
                ("firstFiscalMonth", str(setup.first_fiscal_month)),
                ("multiBaseCurrency", str(several).lower()),
                ("multiBook", "false"),
                ("multiCurrency", str(several).lower()),
                ("multiEntityShared", str(_entities(work) > 1).lower()),
            ),
        )
    )
    return answer


def get_dimensions(_: Work, __: etree._Element) -> FunctionAnswer:
    """The dimensions ledger lines may carry."""
    answer = data("dimensions", len(DIMENSIONS))
    dimensions = child(answer, "dimensions")
    for name, label in DIMENSIONS:
        fields = (
            ("objectName", name),
            ("objectLabel", label),
            ("termLabel", label),
            ("userDefinedDimension", "false"),
            ("enabledInGL", "true"),
        )
        dimensions.append(record("dimension", fields))
    return answer


def read_entity_details(work: Work, _: etree._Element) -> FunctionAnswer:
    """The entities this user may enter."""
    rows = work.books.rows(
        "SELECT LOCATIONID, NAME, RECORDNO, CURRENCY FROM LOCATIONENTITY "
        "WHERE STATUS IS NOT 'inactive' ORDER BY RECORDNO"
    )
    month = str(work.books.setup().first_fiscal_month)
    answer = data("entity", len(rows))
    for id_, name, number, currency in rows:
        fields = (("id", id_), ("name", name), ("recordno", str(number)))
        answer.append(
            record("entity", (*fields, ("currency", currency or ""), ("firstfiscalmonth", month)))
        )
    return answer


def get_applications(_: Work, __: etree._Element) -> FunctionAnswer:
    """The applications the company has subscribed to."""
    answer = data("applications", len(APPLICATIONS))
    for id_, name in APPLICATIONS:
        child(answer, "application", id_).set("name", name)
    return answer


def get_company_preferences(work: Work, call: etree._Element) -> FunctionAnswer:
    """What the company chose in one application; only the ledger's choices are kept here."""
    application = call.get("application", "")
    setup = work.books.setup()
    kept = {
        "BASECURRENCY": setup.base_currency,
        "FIRSTMONTH": str(setup.first_fiscal_month),
        "MULTIENTITY": str(_entities(work) > 1).lower(),
    }
    chosen = kept if application == "GL" else {}
    answer = data("companyprefs", len(chosen))
    for name, value in chosen.items():
        fields = (("application", application), ("preference", name), ("prefvalue", value))
        answer.append(record("companypref", fields))
    return answer


def _entities(work: Work) -> int:
    found = work.books.row("SELECT COUNT(*) FROM LOCATIONENTITY")
    return int(found[0]) if found else 0
