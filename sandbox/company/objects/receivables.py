"""What customers owe: invoices, adjustments, advances and payments."""

from __future__ import annotations

from sandbox.company.objects.contacts import contact_keys, contact_relations
from sandbox.company.shape import (
    CURRENCIES,
    DIMENSIONS,
    Field,
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
    instants,
    integers,
    make,
    of_dimensions,
    texts,
)

STATES = {
    "Draft": "D",
    "Posted": "A",
    "Partially Paid": "PP",
    "Paid": "P",
    "Selected": "SE",
    "Reversed": "V",
    "Reversal": "RV",
    "No Value": "NV",
}
TOTALS = (
    "TOTALENTERED",
    "TOTALSELECTED",
    "TOTALPAID",
    "TOTALDUE",
    "TRX_TOTALENTERED",
    "TRX_TOTALSELECTED",
    "TRX_TOTALPAID",
    "TRX_TOTALDUE",
)
TERM_STARTS = {
    "from invoice/bill date": "0",
    "of the month of invoice/bill date": "1",
    "of next month from invoice/bill date": "2",
    "of 2nd month from invoice/bill date": "3",
}
CREDIT_KEYS = (
    "POSADJKEY",
    "POSADJENTRYKEY",
    "ADJUSTMENTKEY",
    "ADJUSTMENTENTRYKEY",
    "INLINEKEY",
    "INLINEENTRYKEY",
    "ADVANCEKEY",
    "ADVANCEENTRYKEY",
    "OVERPAYMENTKEY",
    "OVERPAYMENTENTRYKEY",
    "NEGATIVEINVOICEKEY",
    "NEGATIVEINVOICEENTRYKEY",
)
CREDIT_AMOUNTS = (
    "TRX_ADJUSTMENTAMOUNT",
    "TRX_INLINEAMOUNT",
    "TRX_POSTEDADVANCEAMOUNT",
    "TRX_POSTEDOVERPAYMENTAMOUNT",
    "TRX_NEGATIVEINVOICEAMOUNT",
    "TRX_TOTALDISCOUNTTOAPPLY",
    "TRX_DISCOUNTAMOUNT",
)


def term(name: str) -> Object:
    """Payment terms, known by their name: days, where they start, discount, grace."""
    return make(
        name,
        "NAME",
        texts("NAME", required=True),
        texts("DESCRIPTION"),
        integers("DUEDATE"),
        choice("DUEFROM", TERM_STARTS),
        integers("DISCDATE"),
        choice("DISCFROM", TERM_STARTS),
        decimals("DISCAMOUNT"),
        texts("DISCPERCAMN"),
        integers("DISCFUDGE"),
        texts("DISCCALCON"),
        common(),
    )


def open_document(party: str) -> tuple[Field, ...]:
    """The columns an invoice, a bill and an adjustment share."""
    return (
        *texts("RECORDID", "DOCNUMBER"),
        *texts(f"{party}ID", required=True),
        *texts(f"{party}NAME", "DESCRIPTION", "TERMNAME"),
        *dates("WHENPOSTED", "WHENDUE", "WHENDISCOUNT", "WHENPAID"),
        *texts(*CURRENCIES),
        *decimals("EXCHANGE_RATE"),
        *amounts(*TOTALS, readonly=True),
        *integers("DUE_IN_DAYS", readonly=True),
        *texts("PRBATCH"),
        *integers("PRBATCHKEY", readonly=True),
        *texts("RECORDTYPE", "MODULEKEY", "SUPDOCID"),
        *flags("SYSTEMGENERATED"),
    )


def document_line(name: str, owner: str) -> Object:
    """One line of an invoice, a bill, an adjustment or an advance."""
    return make(
        name,
        "RECORDNO",
        integers("RECORDKEY", "LINE_NO", readonly=True),
        texts("ACCOUNTNO", "ACCOUNTTITLE", "ACCOUNTLABEL", "OFFSETGLACCOUNTNO"),
        amounts("AMOUNT", "TRX_AMOUNT", "TOTALPAID", "TRX_TOTALPAID"),
        texts("ENTRYDESCRIPTION"),
        dates("ENTRY_DATE"),
        texts("STATE"),
        flags("SUBTOTAL", "BILLABLE"),
        texts(*DIMENSIONS, "DEPARTMENTNAME", "LOCATIONNAME", *CURRENCIES),
        common(),
        relations=(
            Relation(owner, owner, "RECORDKEY", "RECORDNO"),
            Relation("GLACCOUNT", "GLACCOUNT", "ACCOUNTNO", "ACCOUNTNO"),
            *of_dimensions(),
        ),
    )


def payment_columns(party: str) -> tuple[Field, ...]:
    """The columns a payment and an advance share."""
    return (
        *texts("FINANCIALENTITY", "PAYMENTMETHOD", f"{party}ID", f"{party}NAME", "DOCNUMBER"),
        *texts("RECORDID", "DESCRIPTION"),
        *dates("RECEIPTDATE", "PAYMENTDATE", "WHENPAID"),
        *texts("DISPLAYSTATE", "RECORDTYPE", "UNDEPOSITEDACCOUNTNO", "PRBATCH"),
        *amounts(*TOTALS, readonly=True),
        *integers("PRBATCHKEY", readonly=True),
        *texts(*CURRENCIES),
        *decimals("EXCHANGE_RATE"),
        *flags("CLEARED"),
    )


def payment_detail(name: str, payment: str, document: str) -> Object:
    """What a payment paid: which document, which line of it, how much, with which credit."""
    return make(
        name,
        "RECORDNO",
        integers("PAYMENTKEY", "RECORDKEY", "ENTRYKEY", *CREDIT_KEYS),
        amounts("PAYMENTAMOUNT", "TRX_PAYMENTAMOUNT", *CREDIT_AMOUNTS),
        dates("DISCOUNTDATE", "PAYMENTDATE"),
        texts(*CURRENCIES, "STATE"),
        common(),
        relations=(
            Relation(payment, payment, "PAYMENTKEY", "RECORDNO"),
            Relation(document, document, "RECORDKEY", "RECORDNO"),
        ),
    )


CUSTOMER_CONTACTS = ("DISPLAYCONTACT", "CONTACTINFO", "BILLTO", "SHIPTO")
REVERSALS = (
    *dates("REVERSALDATE", "REVERSEDDATE"),
    *integers("REVERSALKEY", "REVERSEDKEY", readonly=True),
)
OF_CUSTOMER = (
    Relation("CUSTOMER", "CUSTOMER", "CUSTOMERID", "CUSTOMERID"),
    Relation("TERM", "ARTERM", "TERMNAME", "NAME"),
)

RECEIVABLES = (
    term("ARTERM"),
    make(
        "CUSTOMER",
        "CUSTOMERID",
        texts("CUSTOMERID"),
        texts("NAME", required=True),
        texts("ENTITY", "PARENTID", "PARENTNAME", "CUSTTYPE", "CUSTREPID", "TERMNAME"),
        amounts("CREDITLIMIT"),
        amounts("TOTALDUE", readonly=True),
        flags("ONHOLD", "ONETIME"),
        texts("TAXID", "CURRENCY", "ARACCOUNT", "OFFSETGLACCOUNTNO", "GLGROUP", "TERRITORYID"),
        texts("DELIVERY_OPTIONS", "COMMENTS"),
        dates("LASTINVOICEDDATE"),
        contact_keys(*CUSTOMER_CONTACTS),
        common(),
        relations=(
            *contact_relations(*CUSTOMER_CONTACTS),
            Relation("PARENT", "CUSTOMER", "PARENTID", "CUSTOMERID"),
            Relation("TERM", "ARTERM", "TERMNAME", "NAME"),
        ),
    ),
    make(
        "ARINVOICE",
        "RECORDNO",
        choice("STATE", STATES),
        open_document("CUSTOMER"),
        texts("PONUMBER", "EXTERNALID", "BILLTOCONTACTNAME", "SHIPTOCONTACTNAME"),
        REVERSALS,
        common_of_document(),
        lines=(Lines("ARINVOICEITEMS", "ARINVOICEITEM", "RECORDKEY"),),
        relations=OF_CUSTOMER,
    ),
    document_line("ARINVOICEITEM", "ARINVOICE"),
    make(
        "ARADJUSTMENT",
        "RECORDNO",
        choice("STATE", STATES),
        open_document("CUSTOMER"),
        REVERSALS,
        common_of_document(),
        lines=(Lines("ARADJUSTMENTITEMS", "ARADJUSTMENTITEM", "RECORDKEY"),),
        relations=OF_CUSTOMER,
    ),
    document_line("ARADJUSTMENTITEM", "ARADJUSTMENT"),
    make(
        "ARPYMT",
        "RECORDNO",
        texts("PAYERNAME"),
        choice("STATE", STATES),
        payment_columns("CUSTOMER"),
        amounts("OVERPAYMENTAMOUNT", "TRX_OVERPAYMENTAMOUNT"),
        texts("OVERPAYMENTLOCATIONID", "OVERPAYMENTDEPARTMENTID"),
        REVERSALS,
        common_of_document(),
        lines=(Lines("ARPYMTDETAILS", "ARPYMTDETAIL", "PAYMENTKEY"),),
        relations=(
            OF_CUSTOMER[0],
            Relation("CHECKINGACCOUNT", "CHECKINGACCOUNT", "FINANCIALENTITY", "BANKACCOUNTID"),
        ),
    ),
    payment_detail("ARPYMTDETAIL", "ARPYMT", "ARINVOICE"),
    make(
        "ARADVANCE",
        "RECORDNO",
        choice("STATE", STATES),
        payment_columns("CUSTOMER"),
        REVERSALS,
        common_of_document(),
        lines=(Lines("ARADVANCEITEMS", "ARADVANCEITEM", "RECORDKEY"),),
        relations=(OF_CUSTOMER[0],),
    ),
    document_line("ARADVANCEITEM", "ARADVANCE"),
    make(
        "CHECKINGACCOUNT",
        "BANKACCOUNTID",
        texts("BANKACCOUNTID", required=True),
        texts("BANKNAME", "BANKACCOUNTNO", "GLACCOUNTNO", "CURRENCY"),
        texts("DEPARTMENTID", "LOCATIONID"),
        instants("LASTRECONCILED"),
        common(),
        relations=of_dimensions("DEPARTMENTID", "LOCATIONID"),
    ),
)
