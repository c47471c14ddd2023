"""`approve` and `decline`: what was submitted is decided on."""

from __future__ import annotations

from lxml import etree

from sandbox.intacct.conversions import definition_of
from sandbox.intacct.order_kinds import PURCHASES
from sandbox.intacct.order_lines import wrong
from sandbox.intacct.orders import follow_up, found
from sandbox.intacct.refusal import not_processed
from sandbox.intacct.reply import data
from sandbox.intacct.request import text_of
from sandbox.intacct.rights import permit
from sandbox.intacct.trail import leave_trail, update
from sandbox.intacct.work import FunctionAnswer, Work
from sandbox.intacct.written import record


def approve(work: Work, call: etree._Element) -> FunctionAnswer:
    """Submitted purchases approved."""
    return _decide(work, call, "Approved")


def decline(work: Work, call: etree._Element) -> FunctionAnswer:
    """Submitted purchases declined; the comment says why."""
    return _decide(work, call, "Declined")


def _decide(work: Work, call: etree._Element, state: str) -> FunctionAnswer:
    if not len(call):
        raise not_processed(f"{call.tag} takes at least one document")
    answer = data("objects", len(call))
    for element in call:
        if element.tag != PURCHASES.document:
            raise not_processed(f"{call.tag} is not supported on objects of type {element.tag}")
        permit(work, PURCHASES.document, str(call.tag).upper())
        row = found(work, PURCHASES, text_of(element, "DOCID"))
        if row["STATE"] not in ("Submitted", "Partially Approved"):
            raise wrong(f"{row['DOCID']} is {row['STATE']} and waits for no approval.")
        update(work, PURCHASES.document, row["RECORDNO"], {"STATE": state})
        definition = definition_of(work, PURCHASES, row["DOCPARID"])
        follow_up(work, PURCHASES, definition, row["RECORDNO"])
        leave_trail(work, PURCHASES.document, row["RECORDNO"], "workflow", str(call.tag))
        keys = (("RECORDNO", str(row["RECORDNO"])), ("DOCID", row["DOCID"]))
        answer.append(record(PURCHASES.document.lower(), keys))
    return answer
