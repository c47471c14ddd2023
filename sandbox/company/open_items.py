"""Open items as a file lists them: each is a posted invoice of one line, still due in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sandbox.company.csv_rows import (
    Malformed,
    read_amount,
    read_cells,
    read_currency,
    read_day,
    read_days,
    read_id,
)
from sandbox.company.plain_books import RECEIVABLE, SALES
from sandbox.company.posting import Line, Posting, at
from sandbox.company.values import Value, amount

REQUIRED = (
    "business_code",
    "cust_number",
    "doc_id",
    "posting_date",
    "due_in_date",
    "invoice_currency",
    "total_open_amount",
)
OPTIONAL = (
    "name_customer",
    "invoice_id",
    "baseline_create_date",
    "cust_payment_terms",
    "term_days",
)


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One invoice not yet paid; `issued` is the day its term runs from."""

    line: int
    entity: str
    customer: str
    number: str
    reference: str
    posted: date
    issued: date
    due: date
    currency: str
    hundredths: int
    name: str
    term: str
    days: int | None


def read_open_items(lines: Iterable[str]) -> Iterator[OpenItem]:
    """The rows of a CSV with a header, in its order; the first bad one raises Malformed."""
    seen: dict[str, int] = {}
    for line, cells in read_cells(lines, REQUIRED, OPTIONAL):
        item = _item(line, dict(zip((*REQUIRED, *OPTIONAL), cells, strict=True)))
        if item.number in seen:
            raise Malformed(
                f"line {line}: document {item.number} is there already, in line {seen[item.number]}"
            )
        seen[item.number] = line
        yield item


def invoice_rows(
    items: Sequence[OpenItem], names: Mapping[str, str], entities: Mapping[str, str]
) -> Iterator[dict[str, Value]]:
    """The invoices, numbered in the order given; `names` are the customers'."""
    numbers = {id_: number for number, id_ in enumerate(entities, start=1)}
    for number, item in enumerate(items, start=1):
        yield {
            "RECORDNO": number,
            "RECORDID": item.number,
            "DOCNUMBER": item.reference or None,
            "CUSTOMERID": item.customer,
            "CUSTOMERNAME": names[item.customer],
            "DESCRIPTION": item.name or None,
            "TERMNAME": item.term or None,
            "STATE": "Posted",
            "RECORDTYPE": "ri",
            "MODULEKEY": "4.AR",
            "PRBATCH": f"Invoices {item.posted:%Y-%m}",
            "WHENCREATED": item.issued,
            "WHENPOSTED": item.posted,
            "WHENDUE": item.due,
            "SYSTEMGENERATED": False,
            "STATUS": "active",
            "MEGAENTITYKEY": numbers[item.entity],
            "MEGAENTITYID": item.entity,
            "MEGAENTITYNAME": item.entity,
            "CURRENCY": item.currency,
            "BASECURR": item.currency,
            "EXCHANGE_RATE": "1",
            "AUWHENCREATED": at(item.posted, 15),
            "WHENMODIFIED": at(item.posted, 15),
            **_totals(item.hundredths),
        }


def invoice_item_rows(items: Sequence[OpenItem]) -> Iterator[dict[str, Value]]:
    """Their lines: one each, the whole amount as sales."""
    for number, item in enumerate(items, start=1):
        yield {
            "RECORDKEY": number,
            "LINE_NO": 1,
            "ACCOUNTNO": SALES,
            "OFFSETGLACCOUNTNO": RECEIVABLE,
            "AMOUNT": amount(item.hundredths),
            "TRX_AMOUNT": amount(item.hundredths),
            "TOTALPAID": amount(0),
            "TRX_TOTALPAID": amount(0),
            "ENTRY_DATE": item.posted,
            "LOCATIONID": item.entity,
            "CUSTOMERID": item.customer,
            "CURRENCY": item.currency,
            "BASECURR": item.currency,
            "WHENCREATED": at(item.posted, 15),
            "WHENMODIFIED": at(item.posted, 15),
        }


def invoice_postings(items: Iterable[OpenItem], names: Mapping[str, str]) -> Iterator[Posting]:
    """Their entries: receivable against sales, in the entity, on the day they were posted."""
    for item in items:
        yield Posting(
            day=item.posted,
            journal="ARJ",
            title=f"Invoice {item.number}: {names[item.customer]}",
            currency=item.currency,
            lines=(
                Line(RECEIVABLE, item.hundredths, item.entity, customer=item.customer),
                Line(SALES, -item.hundredths, item.entity, customer=item.customer),
            ),
            module="4.AR",
            reference=item.number,
        )


def _item(line: int, cells: Mapping[str, str]) -> OpenItem:
    hundredths = read_amount(cells["total_open_amount"], line)
    if hundredths <= 0:
        raise Malformed(f"line {line}: {cells['total_open_amount']} is not an amount still due")
    posted = read_day(cells["posting_date"], line)
    baseline = cells["baseline_create_date"]
    return OpenItem(
        line=line,
        entity=read_id(cells["business_code"], "business_code", line),
        customer=read_id(cells["cust_number"], "cust_number", line),
        number=read_id(cells["doc_id"], "doc_id", line),
        reference=cells["invoice_id"].strip(),
        posted=posted,
        issued=read_day(baseline, line) if baseline else posted,
        due=read_day(cells["due_in_date"], line),
        currency=read_currency(cells["invoice_currency"], line),
        hundredths=hundredths,
        name=cells["name_customer"].strip(),
        term=cells["cust_payment_terms"].strip(),
        days=read_days(cells["term_days"], line),
    )


def _totals(hundredths: int) -> dict[str, Value]:
    figures = {"ENTERED": hundredths, "SELECTED": 0, "PAID": 0, "DUE": hundredths}
    return {
        f"{prefix}TOTAL{name}": amount(figure)
        for prefix in ("", "TRX_")
        for name, figure in figures.items()
    }
