"""Which kinds of documents there are, under the names they are stored by."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from intacct.documents.ar_adjustment import ARAdjustment
from intacct.documents.ar_advance import ARAdvance
from intacct.documents.ar_invoice import ARInvoice
from intacct.documents.ar_payment import ARPayment, PaymentSubmission
from intacct.documents.budget_version import BudgetVersion
from intacct.documents.customer import Customer
from intacct.documents.customer_change import CustomerChange
from intacct.documents.customer_note import CustomerNote
from intacct.documents.held import Document
from intacct.documents.journal_entry import JournalEntry
from intacct.documents.reversal import Reversal

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
    }
)
