"""`load DIR --ledger FILE.csv`: a company of one's own figures."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sandbox.company.load import NotALedger, load_ledger
from sandbox.company.values import counted

COMPANY_FILE = "company.sqlite"
WRONG = 2


@click.command("load")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--ledger",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV with a header: unique_id, ds (first day of a month), y.",
)
@click.option("--currency", default="USD", show_default=True, help="ISO code of the one currency.")
def load(directory: Path, ledger: Path, currency: str) -> None:
    """Make a company in DIRECTORY from monthly series, one revenue account each."""
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise click.BadParameter(f"{currency!r} is not a currency code like USD")
    company = directory / COMPANY_FILE
    if company.exists():
        _refuse(f"{company} is already there")
    try:
        count = load_ledger(ledger, company, currency.upper(), _progress)
    except NotALedger as error:
        _refuse(f"{ledger.name}, {error}")
    except OSError as error:
        _refuse(f"{directory} cannot be written: {error.strerror or error}")
    click.echo(f"{company}: {counted(count, 'row')} loaded")


def _progress(sentence: str) -> None:
    click.echo(sentence, err=True)


def _refuse(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(WRONG)
