"""The calls that write invoices, element by element."""

from __future__ import annotations

from types import MappingProxyType

from lxml import etree

from sandbox.intacct.ar_changes import update_document
from sandbox.intacct.ar_documents import Kind, create_document
from sandbox.intacct.ar_reversals import delete_document, reverse_document
from sandbox.intacct.document_lines import LINE_ITEM
from sandbox.intacct.legacy import key_answer, layout, read_call
from sandbox.intacct.received import record_number
from sandbox.intacct.refusal import COULD_NOT, Complaint, Refused
from sandbox.intacct.rights import permit
from sandbox.intacct.work import FunctionAnswer, Work

INVOICE = Kind(
    object="ARINVOICE",
    word="Invoice",
    journal="ARJ",
    record_type="ri",
    number="invoiceno",
    texts=MappingProxyType(
        {
            "ponumber": "DOCNUMBER",
            "description": "DESCRIPTION",
            "externalid": "EXTERNALID",
            "supdocid": "SUPDOCID",
        }
    ),
    items="invoiceitems",
    updated_items="updateinvoiceitems",
)
LINE = layout(LINE_ITEM)
CONTACT = layout("contactname")
CREATE = layout(
    "customerid! datecreated:date! dateposted:date datedue:date|termname batchkey action invoiceno"
    " ponumber description externalid billto shipto basecurr currency exchratedate:date"
    " exchratetype|exchrate:number nogl:flag supdocid customfields:fields taxsolutionid"
    " invoiceitems!",
    billto=CONTACT,
    shipto=CONTACT,
    invoiceitems=layout("lineitem*!", lineitem=LINE),
)
UPDATE = layout(
    "customerid datecreated:date dateposted:date datedue:date|termname batchkey action invoiceno"
    " ponumber description externalid billto shipto basecurr currency exchratedate:date"
    " exchratetype|exchrate:number nogl:flag supdocid customfields:fields taxsolutionid"
    " updateinvoiceitems",
    billto=CONTACT,
    shipto=CONTACT,
    updateinvoiceitems=layout("updatelineitem* lineitem*", updatelineitem=LINE, lineitem=LINE),
)
REVERSE = layout("datereversed:date! description")
NOTHING = layout("")


def create_invoice(work: Work, call: etree._Element) -> FunctionAnswer:
    """A new invoice; its record number."""
    permit(work, "ARINVOICE", "CREATE")
    return key_answer(create_document(work, read_call(work, call, CREATE), INVOICE))


def update_invoice(work: Work, call: etree._Element) -> FunctionAnswer:
    """An invoice changed, its lines by their place."""
    permit(work, "ARINVOICE", "UPDATE")
    return key_answer(update_document(work, read_call(work, call, UPDATE), INVOICE))


def reverse_invoice(work: Work, call: etree._Element) -> FunctionAnswer:
    """An invoice reversed on a day; the record number of its opposite."""
    permit(work, "ARINVOICE", "UPDATE")
    return key_answer(reverse_document(work, read_call(work, call, REVERSE), INVOICE))


def delete_invoice(work: Work, call: etree._Element) -> FunctionAnswer:
    """An invoice deleted by its legacy call."""
    permit(work, "ARINVOICE", "DELETE")
    key = read_call(work, call, NOTHING).attributes.get("key", "")
    if not record_number(key):
        text = f"Cannot find arinvoice with key '{key}' to delete."
        raise Refused(Complaint(COULD_NOT, "", text))
    delete_document(work, record_number(key), INVOICE)
    return key_answer(key)


def delete_invoice_record(work: Work, number: int) -> None:
    """An invoice deleted by `delete`."""
    delete_document(work, number, INVOICE)
