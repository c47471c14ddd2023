"""The demo company's chart of accounts and journals."""

from __future__ import annotations

from sandbox.company.values import Value

CASH = "1000"
RECEIVABLE = "1200"
ALLOWANCE = "1290"
PREPAID = "1300"
EQUIPMENT = "1500"
DEPRECIATED = "1590"
PAYABLE = "2000"
ACCRUED = "2100"
PAYROLL_DUE = "2150"
TAX_DUE = "2400"
STOCK = "3000"
RETAINED = "3900"
HEADS = "9000"
INACTIVE = frozenset({"6999"})

BALANCE_SHEET = (
    (CASH, "Operating account", "debit", "Cash"),
    (RECEIVABLE, "Accounts receivable", "debit", "Receivables"),
    (ALLOWANCE, "Allowance for doubtful accounts", "credit", "Receivables"),
    (PREPAID, "Prepaid expenses", "debit", "Other current assets"),
    (EQUIPMENT, "Equipment", "debit", "Fixed assets"),
    (DEPRECIATED, "Accumulated depreciation", "credit", "Fixed assets"),
    (PAYABLE, "Accounts payable", "credit", "Payables"),
    (ACCRUED, "Accrued expenses", "credit", "Payables"),
    (PAYROLL_DUE, "Payroll liabilities", "credit", "Payables"),
    (TAX_DUE, "Income tax payable", "credit", "Payables"),
    (STOCK, "Common stock", "credit", "Equity"),
    (RETAINED, "Retained earnings", "credit", "Equity"),
)
INCOME_STATEMENT = (
    ("4000", "Subscription revenue", "credit", "Revenue"),
    ("4100", "Professional services", "credit", "Revenue"),
    ("4200", "Support and training", "credit", "Revenue"),
    ("4300", "Hardware sales", "credit", "Revenue"),
    ("4900", "Credits to customers", "credit", "Revenue"),
    ("5000", "Hosting", "debit", "Cost of sales"),
    ("5100", "Third-party licences", "debit", "Cost of sales"),
    ("5200", "Delivery contractors", "debit", "Cost of sales"),
    ("5300", "Cost of hardware", "debit", "Cost of sales"),
    ("5400", "Payment processing", "debit", "Cost of sales"),
    ("6000", "Salaries and wages", "debit", "Payroll"),
    ("6010", "Bonuses", "debit", "Payroll"),
    ("6020", "Commissions", "debit", "Payroll"),
    ("6050", "Payroll taxes", "debit", "Payroll"),
    ("6060", "Employee benefits", "debit", "Payroll"),
    ("6100", "Advertising", "debit", "Marketing"),
    ("6120", "Events", "debit", "Marketing"),
    ("6150", "Agencies", "debit", "Marketing"),
    ("6200", "Rent", "debit", "Facilities"),
    ("6210", "Utilities", "debit", "Facilities"),
    ("6220", "Repairs and maintenance", "debit", "Facilities"),
    ("6230", "Insurance", "debit", "Facilities"),
    ("6300", "Airfare and lodging", "debit", "Travel"),
    ("6310", "Meals", "debit", "Travel"),
    ("6400", "Legal fees", "debit", "Professional fees"),
    ("6410", "Audit and tax advice", "debit", "Professional fees"),
    ("6420", "Consulting", "debit", "Professional fees"),
    ("6500", "Software subscriptions", "debit", "Technology"),
    ("6520", "Telephone and internet", "debit", "Technology"),
    ("6600", "Office supplies", "debit", "Office"),
    ("6700", "Recruiting", "debit", "People"),
    ("6710", "Training", "debit", "People"),
    ("6800", "Depreciation", "debit", "Depreciation"),
    ("6900", "Bad debt expense", "debit", "Bad debt"),
    ("6999", "Miscellaneous (do not use)", "debit", "Office"),
    ("8000", "Interest income", "credit", "Other income and expense"),
    ("8100", "Bank charges", "debit", "Other income and expense"),
    ("8200", "Exchange differences", "debit", "Other income and expense"),
    ("8900", "Income tax", "debit", "Income tax"),
)
SIDES = {number: side for number, _, side, _ in (*BALANCE_SHEET, *INCOME_STATEMENT)}
TITLES = {number: title for number, title, _, _ in (*BALANCE_SHEET, *INCOME_STATEMENT)} | {
    HEADS: "Headcount"
}
JOURNALS = (
    ("GJ", "General journal"),
    ("PYRJ", "Payroll journal"),
    ("ARJ", "Sales invoices"),
    ("ARA", "Customer credits"),
    ("CRJ", "Cash receipts"),
    ("APJ", "Vendor bills"),
    ("CDJ", "Cash disbursements"),
)
CONTROLS = {RECEIVABLE: "Receivables account", PAYABLE: "Payables account"}


def account_rows() -> list[dict[str, Value]]:
    """The general-ledger accounts."""
    return [
        {
            "ACCOUNTNO": number,
            "TITLE": title,
            "NORMALBALANCE": side,
            "CATEGORY": category,
            "ACCOUNTTYPE": kind,
            "CLOSINGTYPE": closing,
            "CLOSINGACCOUNTNO": RETAINED if closing == "closing account" else None,
            "ALTERNATIVEACCOUNT": CONTROLS.get(number, "None"),
            "STATUS": "inactive" if number in INACTIVE else "active",
            "REQUIRELOC": True,
        }
        for chart, kind, closing in (
            (BALANCE_SHEET, "balancesheet", "non-closing account"),
            (INCOME_STATEMENT, "incomestatement", "closing account"),
        )
        for number, title, side, category in chart
    ]


def statistical_rows() -> list[dict[str, Value]]:
    """The statistical account for heads: entries are joiners and leavers, the balance is heads."""
    return [
        {
            "ACCOUNTNO": HEADS,
            "TITLE": TITLES[HEADS],
            "CATEGORY": "Headcount",
            "ACCOUNTTYPE": "cumulative",
            "STATUS": "active",
            "REQUIREDEPT": True,
        }
    ]


def journal_rows() -> list[dict[str, Value]]:
    """The journals for amounts."""
    return [
        {"SYMBOL": symbol, "TITLE": title, "BOOKID": "ACCRUAL", "ADJ": False, "STATUS": "active"}
        for symbol, title in JOURNALS
    ]


def statistical_journal_rows() -> list[dict[str, Value]]:
    """The journal for quantities."""
    return [
        {
            "SYMBOL": "STJ",
            "TITLE": "Statistical journal",
            "BOOKID": "ACCRUAL",
            "ADJ": False,
            "STATUS": "active",
        }
    ]
