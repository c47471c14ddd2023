"""`load DIR --ledger F --open-items F --customers F`: a company of one's own figures."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from sandbox.company.csv_rows import Malformed
from sandbox.company.load import Contents, Files, load_company
from sandbox.company.values import counted

COMPANY_FILE = "company.sqlite"
WRONG = 2
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("load")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--ledger",
    type=FILE,
    help="CSV with a header: unique_id, ds (first day of a month), y.",
)
@click.option(
    "--open-items",
    type=FILE,
    help="CSV with a header: business_code, cust_number, doc_id, posting_date, due_in_date,"
    " invoice_currency, total_open_amount; name_customer, invoice_id, baseline_create_date,"
    " cust_payment_terms, term_days if known.",
)
@click.option(
    "--customers",
    type=FILE,
    help="CSV with a header: cust_number; base_name, terms, term_days, currency if known.",
)
@click.option("--currency", default="USD", show_default=True, help="ISO code of the ledger.")
def load(
    directory: Path,
    ledger: Path | None,
    open_items: Path | None,
    customers: Path | None,
    currency: str,
) -> None:
    """Make a company in DIRECTORY from files, plain or gzipped; at least one is needed.

    Monthly series become revenue accounts, open items posted invoices (each business code an
    entity with one currency), customers and their terms what they are.
    """
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise click.BadParameter(f"{currency!r} is not a currency code like USD")
    files = Files(ledger, open_items, customers)
    if files == Files():
        raise click.UsageError("give at least one of --ledger, --open-items, --customers")
    company = directory / COMPANY_FILE
    if company.exists():
        _refuse(f"{company} is already there")
    today = date.today()  # noqa: DTZ011 - a person's today
    try:
        contents = load_company(files, company, currency.upper(), today, _progress)
    except Malformed as error:
        _refuse(str(error))
    except OSError as error:
        _refuse(f"{directory} cannot be written: {error.strerror or error}")
    click.echo(f"{company}: {_summary(contents)} loaded")


def _summary(contents: Contents) -> str:
    counts = (
        (len(contents.series), "row"),
        (len(contents.open_items), "open item"),
        (len(contents.customers), "customer"),
    )
    return ", ".join(counted(number, one) for number, one in counts if number)


def _progress(sentence: str) -> None:
    click.echo(sentence, err=True)


def _refuse(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(WRONG)
