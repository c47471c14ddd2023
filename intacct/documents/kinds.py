"""Which kinds of documents there are, under the names they are stored by."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from intacct.documents.ap_bill import APBill
from intacct.documents.ar_adjustment import ARAdjustment
from intacct.documents.ar_advance import ARAdvance
from intacct.documents.ar_invoice import ARInvoice
from intacct.documents.ar_payment import ARPayment, PaymentSubmission
from intacct.documents.budget_version import BudgetVersion
from intacct.documents.change_order import ChangeOrder
from intacct.documents.customer import Customer
from intacct.documents.customer_change import CustomerChange
from intacct.documents.customer_note import CustomerNote
from intacct.documents.held import Document
from intacct.documents.item import Item
from intacct.documents.journal_entry import JournalEntry
from intacct.documents.project_estimate import ProjectEstimate
from intacct.documents.purchase_order import PurchaseOrder
from intacct.documents.reversal import Reversal
from intacct.documents.sales_order_state import SalesOrderState
from intacct.documents.vendor import Vendor
from intacct.documents.vendor_invoice import VendorInvoice

# A name is stored with every document of its kind: it may be added, and never changed.
KINDS: Final[Mapping[str, type[Document]]] = MappingProxyType(
    {
        "budget_version": BudgetVersion,
        "journal_entry": JournalEntry,
        "customer": Customer,
        "customer_change": CustomerChange,
        "customer_note": CustomerNote,
        "ar_invoice": ARInvoice,
        "ar_adjustment": ARAdjustment,
        "ar_advance": ARAdvance,
        "ar_payment": ARPayment,
        "payment_submission": PaymentSubmission,
        "reversal": Reversal,
        "ap_bill": APBill,
        "purchase_order": PurchaseOrder,
        "change_order": ChangeOrder,
        "vendor_invoice": VendorInvoice,
        "sales_order_state": SalesOrderState,
        "project_estimate": ProjectEstimate,
        "item": Item,
        "vendor": Vendor,
    }
)
