"""Order entry and purchasing: documents of some definition, and their lines."""

from __future__ import annotations

from sandbox.company.shape import (
    CURRENCIES,
    DIMENSIONS,
    Lines,
    Object,
    Relation,
    amounts,
    choice,
    common,
    common_of_document,
    dates,
    decimals,
    flags,
    integers,
    make,
    of_dimensions,
    texts,
)

STATES = {
    "Draft": "I",
    "Pending": "O",
    "Closed": "D",
    "Submitted": "S",
    "Partially Approved": "X",
    "Approved": "A",
    "Declined": "R",
    "In Progress": "G",
    "Converted": "C",
    "Partially Converted": "P",
}
# When construction work begins, ends and is handed over.
SCHEDULE = (
    "SCHEDULESTARTDATE",
    "ACTUALSTARTDATE",
    "SCHEDULEDCOMPLETIONDATE",
    "REVISEDCOMPLETIONDATE",
    "SUBSTANTIALCOMPLETIONDATE",
    "ACTUALCOMPLETIONDATE",
    "NOTICETOPROCEED",
    "RESPONSEDUE",
    "EXECUTEDON",
)


def order(name: str, party: str, terms: str, ledger: str, *contacts: str) -> Object:
    """A purchasing or order-entry document, known by its definition and number."""
    return make(
        name,
        "DOCID",
        texts("DOCID", "DOCNO", "DOCPARID", readonly=True),
        choice("STATE", STATES),
        dates("WHENDUE", "WHENPOSTED", "ORIGDOCDATE"),
        texts("CUSTVENDID", "CUSTVENDNAME", "CREATEDFROM", "PONUMBER", "VENDORDOCNO", "TERMNAME"),
        amounts("SUBTOTAL", "TOTAL", "TRX_SUBTOTAL", "TRX_TOTAL", "REVISEDTOTAL"),
        texts(*CURRENCIES, "PROJECT", "MESSAGE", "NOTE"),
        decimals("EXCHRATE"),
        dates("EXCHRATEDATE"),
        texts("EXCHRATETYPES", "SHIPVIA", "SUPDOCID", "EXTERNALID", "CHANGELOGNUMBER"),
        dates(*SCHEDULE),
        integers("PRRECORDKEY", readonly=True),
        integers(*(f"{one}KEY" for one in contacts), readonly=True),
        common_of_document(),
        lines=(Lines(f"{name}ENTRIES", f"{name}ENTRY", "DOCHDRNO"),),
        relations=(
            Relation(party, party, "CUSTVENDID", f"{party}ID"),
            Relation("TERM", terms, "TERMNAME", "NAME"),
            Relation(ledger, ledger, "PRRECORDKEY", "RECORDNO"),
            *(Relation(one, "CONTACT", f"{one}KEY", "RECORDNO") for one in contacts),
        ),
    )


def order_line(header: str) -> Object:
    """One line of an order; DOCHDRNO is the record number of its header.

    PRICE and TOTAL are in the books' currency, UIPRICE and TRX_VALUE in the document's. What was
    converted is in the document's currency too; REVISED… is the line with its change orders.
    """
    return make(
        f"{header}ENTRY",
        "RECORDNO",
        integers("DOCHDRNO", readonly=True),
        texts("DOCHDRID", readonly=True),
        integers("LINE_NO", readonly=True),
        texts("ITEMDESC", "UNIT", "MEMO"),
        decimals("QUANTITY", "PRICE", "UIPRICE", "DISCOUNTPERCENT"),
        amounts("TOTAL", "TRX_VALUE"),
        texts("SOURCE_DOCID"),
        integers("SOURCE_DOCKEY", "SOURCE_DOCLINEKEY"),
        choice("CONVERSIONTYPE", {"Quantity": "Q", "Price": "P"}),
        decimals("QTY_CONVERTED"),
        amounts("PRICE_CONVERTED"),
        integers("RELATEDDOCKEY", "RELATEDDOCLINEKEY"),
        decimals("REVISEDUNITQTY", "REVISEDUNITPRICE"),
        amounts("REVISEDPRICE"),
        flags("TAXABLE", "BILLABLE"),
        texts("REVRECTEMPLATE"),
        dates("REVRECSTARTDATE", "REVRECENDDATE"),
        texts(*DIMENSIONS, *CURRENCIES),
        common(),
        relations=(
            Relation(header, header, "DOCHDRNO", "RECORDNO"),
            Relation("SOURCE", header, "SOURCE_DOCKEY", "RECORDNO"),
            *of_dimensions(),
        ),
    )


ORDERS = (
    order("PODOCUMENT", "VENDOR", "APTERM", "APBILL", "RETURNTO", "PAYTO", "DELIVERTO"),
    order_line("PODOCUMENT"),
    order("SODOCUMENT", "CUSTOMER", "ARTERM", "ARINVOICE", "SHIPTO", "BILLTO"),
    order_line("SODOCUMENT"),
)
