"""The demo company `acme`: three entities, two currencies, four years of books, made by rule."""

from __future__ import annotations

import sqlite3
from collections import Counter
from datetime import date
from pathlib import Path

from sandbox.company.acme import budgets, chart, journals, orders, places
from sandbox.company.acme.contracts import (
    SCHEDULES,
    contract_detail_rows,
    contract_rows,
    contracts,
    schedule_entry_rows,
    schedule_rows,
)
from sandbox.company.acme.credits import (
    Credit,
    advance_item_rows,
    advance_posting,
    advance_rows,
    advances,
    credit_item_rows,
    credit_posting,
    credit_rows,
    credits_given,
)
from sandbox.company.acme.documents import Document, document_posting, document_rows, item_rows
from sandbox.company.acme.parties import customer_rows, term_rows, vendor_rows
from sandbox.company.acme.payables import TERMS as AP_TERMS
from sandbox.company.acme.payables import bills
from sandbox.company.acme.payments import detail_rows, payment_posting, payment_rows, payments
from sandbox.company.acme.people import head_postings, payroll_postings
from sandbox.company.acme.plan import History, history
from sandbox.company.acme.receivables import TERMS as AR_TERMS
from sandbox.company.acme.receivables import Customer, customers, invoices
from sandbox.company.periods import last_of_month, later, longer_periods, month_periods
from sandbox.company.posting import Posting, write_postings
from sandbox.company.setup import SANDBOX_SENDERS, SANDBOX_USERS, Closed, Setup, write_setup
from sandbox.company.store import insert, making

SEED = 20_260
MONTHS_AHEAD = 24


def make_demo(path: Path, as_of: date, seed: int = SEED) -> None:
    """Writes the demo company to a new file: the same seed and as-of date make the same bytes."""
    with making(path) as company:
        _fill(company, history(as_of, seed))


def _fill(company: sqlite3.Connection, told: History) -> None:
    write_setup(company, _setup(told))
    _masters(company, told)
    everyone = customers(told)
    postings = [
        *journals.opening_postings(told),
        *journals.month_end_postings(told),
        *journals.accrual_postings(told),
        *payroll_postings(told),
        *head_postings(told),
        *_receivables(company, told, everyone),
        *_payables(company, told),
    ]
    known = [posting for posting in postings if posting.day <= told.as_of]
    write_postings(company, known, chart.TITLES, places.entity_of)
    _orders(company, told, everyone)
    insert(company, "GLBUDGETHEADER", budgets.header_rows(told))
    insert(company, "GLBUDGETITEM", budgets.item_rows(told))


def _setup(told: History) -> Setup:
    through = last_of_month(later(told.as_of, -2))
    return Setup(
        company_id="acme",
        company_name="Acme",
        base_currency="",
        first_fiscal_month=1,
        as_of=told.as_of,
        seed=told.seed,
        senders=SANDBOX_SENDERS,
        users=SANDBOX_USERS,
        closed=tuple(
            Closed(entity.id, application, through)
            for entity in places.ENTITIES
            for application in ("GL", "AR", "AP", "CM")
        ),
    )


def _masters(company: sqlite3.Connection, told: History) -> None:
    start, end = told.first, later(told.as_of, MONTHS_AHEAD)
    for name, rows in (
        ("GLACCOUNT", chart.account_rows()),
        ("STATACCOUNT", chart.statistical_rows()),
        ("GLJOURNAL", chart.journal_rows()),
        ("STATJOURNAL", chart.statistical_journal_rows()),
        ("REPORTINGPERIOD", month_periods(start, end) + longer_periods(start, end)),
        ("LOCATIONENTITY", places.entity_rows(start)),
        ("LOCATION", places.location_rows()),
        ("DEPARTMENT", places.department_rows()),
        ("PROJECT", places.project_rows(start)),
        ("ITEM", places.item_rows()),
        ("CHECKINGACCOUNT", places.bank_rows()),
        ("ARTERM", term_rows(AR_TERMS)),
        ("APTERM", term_rows(AP_TERMS)),
        (
            "EXCHANGERATE",
            [{"TYPENAME": "Company rate", "FROM_CURRENCY": "GBP", "TO_CURRENCY": "USD"}],
        ),
        ("EXCHANGERATEENTRY", places.rate_rows(start, told.as_of, told.seed)),
    ):
        dated = [{**row, "WHENMODIFIED": f"{start} 08:00:00"} for row in rows]
        insert(company, name, dated)


def _receivables(
    company: sqlite3.Connection, told: History, everyone: list[Customer]
) -> list[Posting]:
    issued = invoices(told, everyone)
    given, taken = credits_given(issued, told), advances(told, everyone)
    _documents(company, "ARINVOICE", "ARPYMT", issued, given)
    insert(company, "ARADJUSTMENT", credit_rows(given))
    insert(company, "ARADJUSTMENTITEM", credit_item_rows(given))
    insert(company, "ARADVANCE", advance_rows(taken))
    insert(company, "ARADVANCEITEM", advance_item_rows(taken))
    _contracts(company, told, everyone, issued)
    due = Counter[str]()
    for invoice in issued:
        due[invoice.party.id] += invoice.due_still
    for credit in given:
        due[credit.invoice.party.id] -= 0 if credit.used else credit.hundredths
    for advance in taken:
        due[advance.customer.party.id] -= advance.hundredths
    insert(company, "CUSTOMER", customer_rows(told, everyone, due))
    return [
        *map(document_posting, issued),
        *map(payment_posting, payments(issued)),
        *map(credit_posting, given),
        *map(advance_posting, taken),
    ]


def _payables(company: sqlite3.Connection, told: History) -> list[Posting]:
    received = bills(told)
    _documents(company, "APBILL", "APPYMT", received, [])
    due = Counter[str]()
    for bill in received:
        due[bill.party.id] += bill.due_still
    insert(company, "VENDOR", vendor_rows(told, due))
    return [*map(document_posting, received), *map(payment_posting, payments(received))]


def _documents(
    company: sqlite3.Connection,
    document: str,
    payment: str,
    documents: list[Document],
    given: list[Credit],
) -> None:
    made = payments(documents)
    keys = {one.number: number for number, one in enumerate(documents, start=1)}
    credit_keys = {one.invoice.number: number for number, one in enumerate(given, start=1)}
    insert(company, document, document_rows(documents))
    insert(company, f"{document}ITEM", item_rows(documents))
    insert(company, payment, payment_rows(made))
    insert(company, f"{payment}DETAIL", detail_rows(made, keys, credit_keys))


def _orders(company: sqlite3.Connection, told: History, everyone: list[Customer]) -> None:
    for name, (headers, lines) in (
        ("PODOCUMENT", orders.purchase_orders(told)),
        ("SODOCUMENT", orders.sales_orders(told, everyone)),
    ):
        insert(company, name, headers)
        insert(company, f"{name}ENTRY", lines)


def _contracts(
    company: sqlite3.Connection, told: History, everyone: list[Customer], issued: list[Document]
) -> None:
    made = contracts(told, everyone, issued)
    insert(company, "CONTRACT", contract_rows(made))
    insert(company, "CONTRACTDETAIL", contract_detail_rows(made))
    for name in SCHEDULES:
        insert(company, name, schedule_rows(made))
        insert(company, f"{name}ENTRY", schedule_entry_rows(told, made))
