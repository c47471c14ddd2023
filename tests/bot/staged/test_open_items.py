from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.services import Services
from bot.settings import Secret
from bot.staged import open_items
from bot.staged.refresh import refresh
from bot.store.engine import open_store
from intacct.read.open_items import BILLS, INVOICES, RECEIVABLES, read_open_items
from intacct.read.parties import read_customers, read_vendors
from intacct.read.terms import read_customer_terms, read_vendor_terms
from sandbox.company.demo import make_demo
from tests.bot.staged.copying import Company, company_at

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Company, Services]]:
    """The demo company, with its open invoices, credits, advances and bills, and a copy of it."""
    folder: Path = tmp_path_factory.mktemp("demo")
    make_demo(folder / "company.sqlite", date(2026, 11, 21))
    store: Engine = open_store(f"sqlite:///{folder / 'tieout.sqlite'}")
    with company_at(folder / "company.sqlite") as company:
        company.clock.at = NOON
        services = company.services(store, Secret("k"))
        refresh(services)
        yield company, services
    store.dispose()


def test_open_documents_are_what_intacct_says(demo: tuple[Company, Services]) -> None:
    _, services = demo
    kinds = (*RECEIVABLES, BILLS)

    staged = open_items.staged_open_items(services.store, kinds)

    assert staged.equals(read_open_items(services.books, kinds))
    assert set(staged["source"]) == {"ARINVOICE", "ARADJUSTMENT", "ARADVANCE", "APBILL"}


def test_the_open_invoices_of_one_customer_are_theirs_alone(
    demo: tuple[Company, Services],
) -> None:
    _, services = demo
    someone = str(open_items.staged_open_items(services.store, [INVOICES])["party"].iloc[0])

    staged = open_items.staged_open_items(services.store, [INVOICES], [someone])

    assert staged.equals(read_open_items(services.books, [INVOICES], [someone]))
    assert set(staged["party"]) == {someone}


def test_customers_vendors_and_terms_are_what_intacct_says(
    demo: tuple[Company, Services],
) -> None:
    _, services = demo
    books, store = services.books, services.store

    assert open_items.customers(store) == read_customers(books)
    assert open_items.vendors(store) == read_vendors(books)
    assert open_items.customer_terms(store) == read_customer_terms(books)
    assert open_items.vendor_terms(store) == read_vendor_terms(books)
    assert len(open_items.customers(store)) == 40


def test_the_demo_company_is_read_in_few_requests_and_kept_up_in_a_handful(
    demo: tuple[Company, Services],
) -> None:
    company, services = demo
    company.clock.move(minutes=20)
    before = len(company.calls)

    refresh(services)

    assert len(company.calls) - before <= 7  # three entities, 60 months, 27,000 lines
