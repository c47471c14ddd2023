"""The calls that write adjustments: debit memos above nothing, credit memos below."""

from __future__ import annotations

from types import MappingProxyType

from lxml import etree

from sandbox.intacct.ar_changes import update_document
from sandbox.intacct.ar_documents import Kind, create_document
from sandbox.intacct.ar_reversals import reverse_document
from sandbox.intacct.document_lines import LINE_ITEM
from sandbox.intacct.legacy import key_answer, layout, read_call
from sandbox.intacct.rights import permit
from sandbox.intacct.work import FunctionAnswer, Work

ADJUSTMENT = Kind(
    object="ARADJUSTMENT",
    word="Adjustment",
    journal="ARA",
    record_type="ra",
    number="adjustmentno",
    texts=MappingProxyType({"invoiceno": "DOCNUMBER", "description": "DESCRIPTION"}),
    items="aradjustmentitems",
    updated_items="updatearadjustmentitems",
)
LINE = layout(LINE_ITEM)
CREATE = layout(
    "customerid! datecreated:date! dateposted:date batchkey adjustmentno action invoiceno"
    " description externalid basecurr currency exchratedate:date exchratetype|exchrate:number"
    " nogl:flag customfields:fields taxsolutionid aradjustmentitems!",
    aradjustmentitems=layout("lineitem*!", lineitem=LINE),
)
UPDATE = layout(
    "customerid datecreated:date dateposted:date batchkey adjustmentno action invoiceno"
    " description externalid basecurr currency exchratedate:date exchratetype|exchrate:number"
    " nogl:flag customfields:fields taxsolutionid updatearadjustmentitems",
    updatearadjustmentitems=layout("updatelineitem* lineitem*", updatelineitem=LINE, lineitem=LINE),
)
REVERSE = layout("datereversed:date! description")


def create_aradjustment(work: Work, call: etree._Element) -> FunctionAnswer:
    """A new adjustment; its record number."""
    permit(work, "ARADJUSTMENT", "CREATE")
    return key_answer(create_document(work, read_call(work, call, CREATE), ADJUSTMENT))


def update_aradjustment(work: Work, call: etree._Element) -> FunctionAnswer:
    """An adjustment changed, its lines by their place."""
    permit(work, "ARADJUSTMENT", "UPDATE")
    return key_answer(update_document(work, read_call(work, call, UPDATE), ADJUSTMENT))


def reverse_aradjustment(work: Work, call: etree._Element) -> FunctionAnswer:
    """An adjustment reversed on a day; the record number of its opposite."""
    permit(work, "ARADJUSTMENT", "UPDATE")
    return key_answer(reverse_document(work, read_call(work, call, REVERSE), ADJUSTMENT))
