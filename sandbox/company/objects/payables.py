"""What we owe vendors, and the orders behind it and behind sales."""

from __future__ import annotations

from sandbox.company.objects.contacts import contact_keys, contact_relations
from sandbox.company.objects.receivables import (
    REVERSALS,
    document_line,
    open_document,
    payment_columns,
    payment_detail,
    term,
)
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

BILL_STATES = {
    "Draft": "D",
    "Partially Approved": "PA",
    "Submitted": "S",
    "Declined": "U",
    "Posted": "A",
    "Selected": "SE",
    "Partially Paid": "PP",
    "Paid": "P",
    "Reversed": "V",
    "Reversal": "RV",
    "No Value": "NV",
}
PAYMENT_STATES = {
    "Posted": "C",
    "Draft": "D",
    "Approved": "A",
    "Submitted": "S",
    "Void": "V",
}
ORDER_STATES = {
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
VENDOR_CONTACTS = ("DISPLAYCONTACT", "CONTACTINFO", "PAYTO", "RETURNTO")
PRIORITIES = {"urgent": "0", "high": "1", "normal": "2", "low": "3"}


def order(name: str, party: str, terms: str) -> Object:
    """A purchasing or order-entry document, known by its definition and number."""
    return make(
        name,
        "DOCID",
        texts("DOCID", "DOCNO", "DOCPARID", readonly=True),
        choice("STATE", ORDER_STATES),
        dates("WHENDUE", "WHENPOSTED"),
        texts("CUSTVENDID", "CUSTVENDNAME", "CREATEDFROM", "PONUMBER", "VENDORDOCNO", "TERMNAME"),
        amounts("SUBTOTAL", "TOTAL", "TRX_SUBTOTAL", "TRX_TOTAL"),
        texts(*CURRENCIES, "PROJECT", "MESSAGE", "NOTE"),
        integers("PRRECORDKEY", readonly=True),
        common_of_document(),
        lines=(Lines(f"{name}ENTRIES", f"{name}ENTRY", "DOCHDRNO"),),
        relations=(
            Relation(party, party, "CUSTVENDID", f"{party}ID"),
            Relation("TERM", terms, "TERMNAME", "NAME"),
        ),
    )


def order_line(header: str) -> Object:
    """One line of an order; DOCHDRNO is the record number of its header."""
    return make(
        f"{header}ENTRY",
        "RECORDNO",
        integers("DOCHDRNO", readonly=True),
        texts("DOCHDRID", readonly=True),
        integers("LINE_NO", readonly=True),
        texts("ITEMDESC", "UNIT", "MEMO"),
        decimals("QUANTITY", "PRICE", "UIPRICE"),
        amounts("TOTAL", "TRX_VALUE"),
        integers("SOURCE_DOCKEY", "SOURCE_DOCLINEKEY"),
        texts(*DIMENSIONS, *CURRENCIES),
        common(),
        relations=(Relation(header, header, "DOCHDRNO", "RECORDNO"), *of_dimensions()),
    )


PAYABLES = (
    term("APTERM"),
    make(
        "VENDOR",
        "VENDORID",
        texts("VENDORID"),
        texts("NAME", required=True),
        texts("ENTITY", "PARENTID", "PARENTNAME", "VENDTYPE", "TERMNAME", "TAXID", "CURRENCY"),
        texts("APACCOUNT", "OFFSETGLACCOUNTNO", "GLGROUP", "PAYMETHODKEY", "BILLINGTYPE"),
        texts("NAME1099", "FORM1099TYPE", "FORM1099BOX", "SUPDOCID", "VENDORACCOUNTNO"),
        texts("OBJECTRESTRICTION", "RESTRICTEDLOCATIONS", "RESTRICTEDDEPARTMENTS"),
        choice("PAYMENTPRIORITY", PRIORITIES),
        amounts("CREDITLIMIT"),
        amounts("TOTALDUE", readonly=True),
        flags("ONHOLD", "ONETIME", "DONOTCUTCHECK", "HIDEDISPLAYCONTACT"),
        flags("MERGEPAYMENTREQ", "PAYMENTNOTIFY", "DISPLAYTERMDISCOUNT"),
        texts("COMMENTS"),
        contact_keys(*VENDOR_CONTACTS),
        common(),
        relations=(
            Relation("PARENT", "VENDOR", "PARENTID", "VENDORID"),
            Relation("TERM", "APTERM", "TERMNAME", "NAME"),
            Relation("GLACCOUNT", "GLACCOUNT", "APACCOUNT", "ACCOUNTNO"),
            *contact_relations(*VENDOR_CONTACTS),
        ),
    ),
    make(
        "APBILL",
        "RECORDNO",
        choice("STATE", BILL_STATES),
        open_document("VENDOR"),
        dates("RECPAYMENTDATE"),
        choice("PAYMENTPRIORITY", PRIORITIES),
        flags("ONHOLD"),
        texts("EXTERNALID", "BILLTOPAYTOCONTACTNAME", "SHIPTORETURNTOCONTACTNAME"),
        REVERSALS,
        common_of_document(),
        lines=(Lines("APBILLITEMS", "APBILLITEM", "RECORDKEY"),),
        relations=(
            Relation("VENDOR", "VENDOR", "VENDORID", "VENDORID"),
            Relation("TERM", "APTERM", "TERMNAME", "NAME"),
            Relation("PAYTO", "CONTACT", "BILLTOPAYTOCONTACTNAME", "CONTACTNAME"),
            Relation("RETURNTO", "CONTACT", "SHIPTORETURNTOCONTACTNAME", "CONTACTNAME"),
        ),
    ),
    document_line("APBILLITEM", "APBILL"),
    make(
        "APPYMT",
        "RECORDNO",
        choice("STATE", PAYMENT_STATES),
        texts("PAYMENTREQUESTMETHOD"),
        payment_columns("VENDOR"),
        REVERSALS,
        common_of_document(),
        lines=(Lines("APPYMTDETAILS", "APPYMTDETAIL", "PAYMENTKEY"),),
        relations=(
            Relation("VENDOR", "VENDOR", "VENDORID", "VENDORID"),
            Relation("CHECKINGACCOUNT", "CHECKINGACCOUNT", "FINANCIALENTITY", "BANKACCOUNTID"),
        ),
    ),
    payment_detail("APPYMTDETAIL", "APPYMT", "APBILL"),
    order("PODOCUMENT", "VENDOR", "APTERM"),
    order_line("PODOCUMENT"),
    order("SODOCUMENT", "CUSTOMER", "ARTERM"),
    order_line("SODOCUMENT"),
)
