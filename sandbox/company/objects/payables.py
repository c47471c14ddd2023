"""What we owe vendors, and what we paid them."""

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
    Lines,
    Relation,
    amounts,
    choice,
    common,
    common_of_document,
    dates,
    flags,
    make,
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
VENDOR_CONTACTS = ("DISPLAYCONTACT", "CONTACTINFO", "PAYTO", "RETURNTO")
PRIORITIES = {"urgent": "0", "high": "1", "normal": "2", "low": "3"}


PAYABLES = (
    term("APTERM"),
    make(
        "VENDOR",
        "VENDORID",
        texts("VENDORID"),
        texts("NAME", required=True),
        texts("ENTITY", "PARENTNAME", readonly=True),
        texts("PARENTID", "VENDTYPE", "TERMNAME", "TAXID", "CURRENCY"),
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
        "APADJUSTMENT",
        "RECORDNO",
        choice("STATE", BILL_STATES),
        open_document("VENDOR"),
        REVERSALS,
        common_of_document(),
        lines=(Lines("APADJUSTMENTITEMS", "APADJUSTMENTITEM", "RECORDKEY"),),
        relations=(
            Relation("VENDOR", "VENDOR", "VENDORID", "VENDORID"),
            Relation("TERM", "APTERM", "TERMNAME", "NAME"),
        ),
    ),
    document_line("APADJUSTMENTITEM", "APADJUSTMENT"),
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
)
