"""`create`, `update` and `delete`: up to a hundred records a call, rights first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from lxml import etree

from sandbox.company.schema import OBJECTS
from sandbox.intacct.advances import create_advance, delete_advance, update_advance
from sandbox.intacct.bill_calls import create_bill_record, update_bill_record
from sandbox.intacct.bill_changes import delete_bill
from sandbox.intacct.bill_payment_calls import create_payment, update_payment
from sandbox.intacct.bill_payments import delete_payment
from sandbox.intacct.budgets import create_budget, delete_budget, delete_item, update_budget
from sandbox.intacct.change_requests import create_request, delete_request, update_request
from sandbox.intacct.customers import create_customer, delete_customer, update_customer
from sandbox.intacct.estimates import (
    create_entry,
    create_estimate,
    delete_entry,
    delete_estimate,
    update_entry,
    update_estimate,
)
from sandbox.intacct.invoices import delete_invoice_record
from sandbox.intacct.journals import (
    create_journal_entry,
    delete_journal_entry,
    update_journal_entry,
)
from sandbox.intacct.master_table import MASTERS
from sandbox.intacct.master_write import create_master, delete_master, update_master
from sandbox.intacct.orders import delete_purchase_record, delete_sales_record
from sandbox.intacct.read import keys_of
from sandbox.intacct.receipts import create_receipt, delete_receipt, update_receipt
from sandbox.intacct.refusal import (
    COULD_NOT,
    NO_PERMISSION,
    Complaint,
    Refused,
    no_object,
    not_processed,
)
from sandbox.intacct.reply import data
from sandbox.intacct.request import text_of
from sandbox.intacct.work import FunctionAnswer, Work
from sandbox.intacct.written import record

MOST_RECORDS = 100
Written = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Writer:
    """What may be done with an object; nothing where it may not."""

    create: Callable[[Work, etree._Element], Written] | None = None
    update: Callable[[Work, etree._Element], Written] | None = None
    delete: Callable[[Work, int], None] | None = None


def _master(name: str) -> Writer:
    kind = MASTERS[name]
    change = None if name == "EXCHANGERATE" else partial(update_master, kind)
    remove = None if name == "EXCHANGERATE" else partial(delete_master, kind)
    return Writer(partial(create_master, kind), change, remove)


WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        **{name: _master(name) for name in MASTERS},
        "GLBUDGETHEADER": Writer(create_budget, update_budget, delete_budget),
        "GLBUDGETITEM": Writer(delete=delete_item),
        "CUSTOMER": Writer(create_customer, update_customer, delete_customer),
        "ARADVANCE": Writer(create_advance, update_advance, delete_advance),
        "ARPYMT": Writer(create_receipt, update_receipt, delete_receipt),
        "ARINVOICE": Writer(delete=delete_invoice_record),
        "SODOCUMENT": Writer(delete=delete_sales_record),
        "PODOCUMENT": Writer(delete=delete_purchase_record),
        "APBILL": Writer(create_bill_record, update_bill_record, delete_bill),
        "APPYMT": Writer(create_payment, update_payment, delete_payment),
        "PJESTIMATE": Writer(create_estimate, update_estimate, delete_estimate),
        "PJESTIMATEENTRY": Writer(create_entry, update_entry, delete_entry),
        "CHANGEREQUEST": Writer(create_request, update_request, delete_request),
        "GLBATCH": Writer(create_journal_entry, update_journal_entry, delete_journal_entry),
    }
)


def create(work: Work, call: etree._Element) -> FunctionAnswer:
    """All the records, or none and every complaint."""
    answer, complaints = data("objects", 0), []
    for element in _records(call):
        name = _permitted(work, element, "CREATE")
        make = WRITERS.get(name, Writer()).create
        if make is None:
            raise _unsupported("CREATE", name)
        try:
            answer.append(record(name.lower(), make(work, element)))
        except Refused as refusal:
            general = Complaint(COULD_NOT, "", f"Could not create {name} record.")
            complaints += [*refusal.complaints, general]
    if complaints:
        raise Refused(*complaints, data=data("objects", 0))
    answer.set("count", str(len(answer)))
    return answer


def update(work: Work, call: etree._Element) -> FunctionAnswer:
    """The records in their order up to the first that is refused; those before it stay changed."""
    answer = data("objects", 0)
    for element in _records(call):
        name = _permitted(work, element, "UPDATE")
        change = WRITERS.get(name, Writer()).update
        if change is None:
            raise _unsupported("UPDATE", name)
        work.books.run("SAVEPOINT one_record")
        try:
            answer.append(record(name.lower(), change(work, element)))
        except Refused as refusal:
            work.books.run("ROLLBACK TO one_record")
            raise Refused(*refusal.complaints, data=answer) from refusal
        finally:
            work.books.run("RELEASE one_record")
            answer.set("count", str(len(answer)))
    return answer


def delete(work: Work, call: etree._Element) -> FunctionAnswer:
    """Nothing but its status; a key that does not exist refuses the whole call."""
    name = text_of(call, "object").upper()
    _permit(work, name, text_of(call, "object"), "DELETE")
    remove = WRITERS.get(name, Writer()).delete
    if remove is None:
        raise _unsupported("DELETE", name)
    for key in keys_of(call):
        if not key.isdecimal() or not _exists(work, name, key):
            text = f"Cannot find {name.lower()} with key '{key}' to delete."
            raise Refused(Complaint(COULD_NOT, "", text))
        remove(work, int(key))
    return None


def _exists(work: Work, name: str, key: str) -> bool:
    statement = f'SELECT 1 FROM "{name}" WHERE RECORDNO = CAST(? AS INTEGER)'  # noqa: S608 - schema names
    return work.books.row(statement, [key]) is not None


def _records(call: etree._Element) -> Sequence[etree._Element]:
    if not 1 <= len(call) <= MOST_RECORDS:
        raise not_processed(f"{call.tag} takes 1 to {MOST_RECORDS} records, not {len(call)}")
    return list(call)


def _permitted(work: Work, element: etree._Element, operation: str) -> str:
    _permit(work, str(element.tag).upper(), str(element.tag), operation)
    return str(element.tag).upper()


def _permit(work: Work, name: str, asked: str, operation: str) -> None:
    if name not in OBJECTS:
        raise no_object(asked)
    if not work.caller.may_write(name):
        text = (
            f"You do not have permission for API operation {operation} on objects of type {name}."
        )
        raise Refused(Complaint(NO_PERMISSION, "", text), data=data("objects", 0))


def _unsupported(operation: str, name: str) -> Refused:
    return Refused(
        Complaint(
            COULD_NOT, "", f"Operation {operation} is not supported on objects of type {name}."
        ),
        data=data("objects", 0),
    )
