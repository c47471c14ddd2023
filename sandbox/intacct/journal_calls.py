"""The object-specific calls for journal entries, turned into the records they stand for."""

from __future__ import annotations

from types import MappingProxyType

from lxml import etree

from sandbox.intacct.journals import create_journal_entry
from sandbox.intacct.legacy import Called, Layout, key_answer, layout, read_call
from sandbox.intacct.master_kind import complaint
from sandbox.intacct.refusal import Refused
from sandbox.intacct.reply import child
from sandbox.intacct.rights import permit
from sandbox.intacct.shown import american
from sandbox.intacct.work import FunctionAnswer, Work

LINE = (
    "trtype! amount:number! glaccountno! document datecreated:date memo locationid departmentid"
    " customerid vendorid employeeid projectid taskid costtypeid itemid classid contractid"
    " warehouseid customfields:fields recon_date:date"
)
HEAD = "journalid! datecreated:date! reversedate:date description! referenceno sourceentity"
CREATE = layout(
    f"{HEAD} customfields:fields gltransactionentries!",
    gltransactionentries=layout(
        "glentry*!",
        glentry=layout(f"{LINE} currency exchratedate:date exchratetype|exchrate:number"),
    ),
)
CREATE_STATISTICAL = layout(
    f"{HEAD} customfields:fields statgltransactionentries!",
    statgltransactionentries=layout("statglentry*!", statglentry=layout(LINE)),
)
SIDES = MappingProxyType({"debit": "1", "credit": "-1", "increase": "1", "decrease": "-1"})
HEADERS = MappingProxyType(
    {
        "journalid": "JOURNAL",
        "datecreated": "BATCH_DATE",
        "reversedate": "REVERSEDATE",
        "description": "BATCH_TITLE",
        "referenceno": "REFERENCENO",
        "sourceentity": "BASELOCATION_NO",
    }
)
COLUMNS = MappingProxyType(
    {
        "amount": "TRX_AMOUNT",
        "glaccountno": "ACCOUNTNO",
        "document": "DOCUMENT",
        "memo": "DESCRIPTION",
        "locationid": "LOCATION",
        "departmentid": "DEPARTMENT",
        "currency": "CURRENCY",
        "exchratedate": "EXCH_RATE_DATE",
        "exchratetype": "EXCH_RATE_TYPE_ID",
        "exchrate": "EXCHANGE_RATE",
        **{
            f"{name}id": f"{name.upper()}ID"
            for name in ("customer", "vendor", "employee", "project", "task", "costtype")
        },
        **{f"{name}id": f"{name.upper()}ID" for name in ("item", "class", "contract", "warehouse")},
    }
)
DAYS = ("datecreated", "reversedate", "exchratedate")


def create_gltransaction(work: Work, call: etree._Element) -> FunctionAnswer:
    """A journal entry; its record number."""
    return _create(work, call, CREATE, ("gltransactionentries", "glentry"))


def create_statgltransaction(work: Work, call: etree._Element) -> FunctionAnswer:
    """A statistical journal entry; its record number."""
    return _create(work, call, CREATE_STATISTICAL, ("statgltransactionentries", "statglentry"))


def _create(
    work: Work, call: etree._Element, places: Layout, held: tuple[str, str]
) -> FunctionAnswer:
    permit(work, "GLBATCH", "CREATE")
    called = read_call(work, call, places)
    made = etree.Element("GLBATCH")
    _columns(made, called, HEADERS)
    entries = child(made, "ENTRIES")
    for one in (one for part in called.parts(held[0]) for one in part.parts(held[1])):
        line = child(entries, "GLENTRY")
        side = one.text("trtype").lower()
        if side not in SIDES:
            raise Refused(complaint(f"trtype cannot be '{one.text('trtype')}'."))
        child(line, "TR_TYPE", SIDES[side])
        _columns(line, one, COLUMNS)
    return key_answer(dict(create_journal_entry(work, made))["RECORDNO"])


def _columns(made: etree._Element, called: Called, names: MappingProxyType[str, str]) -> None:
    for name, column in names.items():
        if text := called.text(name):
            child(made, column, american(text) if name in DAYS else text)
