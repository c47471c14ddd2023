"""The calls that write bills: generic records, and object-specific calls element by element."""

from __future__ import annotations

from types import MappingProxyType

from lxml import etree

from sandbox.company.values import Value
from sandbox.intacct.bill_changes import change_bill, reverse_bill_on
from sandbox.intacct.bill_lines import ITEMS, BillLine, called_line, kept_lines, read_lines
from sandbox.intacct.bills import action_in, add_bill, vendor_of
from sandbox.intacct.legacy import Called, custom_columns, key_answer, layout, read_call
from sandbox.intacct.master_kind import Element, Keys, MasterKind, Row, complaint
from sandbox.intacct.master_use import reference_complaints
from sandbox.intacct.master_words import read_record
from sandbox.intacct.master_write import find
from sandbox.intacct.received import flag_of
from sandbox.intacct.refusal import Refused
from sandbox.intacct.rights import permit
from sandbox.intacct.subledger import AP, control_account
from sandbox.intacct.trail import leave_trail
from sandbox.intacct.work import FunctionAnswer, Work

BILL = MasterKind(
    "APBILL", "Bill", parts=("ACTION", "EXCH_RATE_DATE", "EXCH_RATE_TYPE_ID", "HISTORY_COMMENT")
)
WRITABLE = frozenset(
    {"VENDORID", "WHENCREATED", "WHENPOSTED", "WHENDUE", "WHENDISCOUNT", "RECPAYMENTDATE"}
    | {"RECORDID", "DOCNUMBER", "DESCRIPTION", "TERMNAME", "SUPDOCID", "EXTERNALID"}
    | {"PAYMENTPRIORITY", "ONHOLD", "CURRENCY", "BASECURR", "EXCHANGE_RATE"}
    | {"BILLTOPAYTOCONTACTNAME", "SHIPTORETURNTOCONTACTNAME"}
)
CONTACT = layout("contactname")
LINE = layout(
    "glaccountno|accountlabel offsetglaccountno amount:number allocationid memo locationid"
    " departmentid item1099:flag key totalpaid:number totaldue:number customfields:fields"
    " projectid taskid costtypeid customerid vendorid employeeid itemid classid contractid"
    " warehouseid billable:flag"
)
HEAD = (
    "datecreated:date{0} dateposted:date datedue:date termname batchkey action billno ponumber"
    " onhold:flag description externalid payto returnto basecurr currency exchratedate:date"
    " exchratetype|exchrate:number nogl:flag supdocid customfields:fields taxsolutionid"
)
CREATE = layout(
    f"vendorid! {HEAD.format('!')} billitems!",
    payto=CONTACT,
    returnto=CONTACT,
    billitems=layout("lineitem*!", lineitem=LINE),
)
UPDATE = layout(
    f"vendorid {HEAD.format('')} updatebillitems",
    payto=CONTACT,
    returnto=CONTACT,
    updatebillitems=layout("updatelineitem* lineitem*", updatelineitem=LINE, lineitem=LINE),
)
REVERSE = layout("datereversed:date! description")
COLUMNS = MappingProxyType(
    {
        "vendorid": "VENDORID",
        "datecreated": "WHENCREATED",
        "dateposted": "WHENPOSTED",
        "datedue": "WHENDUE",
        "termname": "TERMNAME",
        "billno": "RECORDID",
        "ponumber": "DOCNUMBER",
        "description": "DESCRIPTION",
        "externalid": "EXTERNALID",
        "basecurr": "BASECURR",
        "currency": "CURRENCY",
        "supdocid": "SUPDOCID",
    }
)


def create_bill_record(work: Work, element: Element) -> Keys:
    """A bill by the generic `create`."""
    draft = action_in(_text(element, "ACTION"), "Submit") == "Draft"
    sent = {name: value for name, value in _sent(work, element).items() if value is not None}
    vendor = vendor_of(work, str(sent.get("VENDORID", "")), draft=draft)
    lines = read_lines(work, element, control_account(work, AP, vendor))
    number = add_bill(work, sent, lines, draft=draft, nogl=False)
    leave_trail(work, "APBILL", number, "create")
    return (("RECORDNO", str(number)),)


def update_bill_record(work: Work, element: Element) -> Keys:
    """A bill by the generic `update`: lines that are sent replace all there were."""
    row = find(work, BILL, element)
    usual = "Draft" if row["STATE"] == "Draft" else "Submit"
    submitted = action_in(_text(element, "ACTION"), usual) == "Submit"
    if row["STATE"] != "Draft" and not submitted:
        raise Refused(complaint("A posted bill cannot become a draft."))
    sent = _sent(work, element)
    if submitted and not sent.get("WHENDUE"):
        raise Refused(complaint("Required field WHENDUE is missing."))
    vendor = vendor_of(work, str(sent.get("VENDORID", row["VENDORID"]) or ""), draft=not submitted)
    lines = None
    if element.find(ITEMS) is not None:
        lines = read_lines(work, element, control_account(work, AP, vendor))
    change_bill(work, row, sent, lines, submitted=submitted)
    return (("RECORDNO", str(row["RECORDNO"])),)


def create_bill(work: Work, call: etree._Element) -> FunctionAnswer:
    """A bill by its object-specific call; its record number."""
    permit(work, "APBILL", "CREATE")
    called = read_call(work, call, CREATE)
    vendor = vendor_of(work, called.text("vendorid"), draft=False)
    control = control_account(work, AP, vendor)
    held = called.part("billitems")
    lines = [called_line(one, work, control) for one in (held.parts("lineitem") if held else ())]
    draft = action_in(called.text("action"), "Submit") == "Draft"
    sent: dict[str, Value] = {n: v for n, v in _called(work, called).items() if v is not None}
    if not sent.get("WHENDUE") and not sent.get("TERMNAME"):
        sent["TERMNAME"] = str(vendor["TERMNAME"] or "") or None
    number = add_bill(work, sent, lines, draft=draft, nogl=called.flag("nogl"))
    leave_trail(work, "APBILL", number, "create")
    return key_answer(number)


def update_bill(work: Work, call: etree._Element) -> FunctionAnswer:
    """A bill changed by its object-specific call, its lines by their place."""
    permit(work, "APBILL", "UPDATE")
    called = read_call(work, call, UPDATE)
    row = _keyed(work, called)
    usual = "Draft" if row["STATE"] == "Draft" else "Submit"
    submitted = action_in(called.text("action"), usual) == "Submit"
    sent = _called(work, called)
    change_bill(work, row, sent, _changed(work, called, row), submitted=submitted)
    return key_answer(str(row["RECORDNO"]))


def reverse_bill(work: Work, call: etree._Element) -> FunctionAnswer:
    """A bill reversed on a day; the record number of its opposite."""
    permit(work, "APBILL", "UPDATE")
    called = read_call(work, call, REVERSE)
    row = _keyed(work, called)
    number = int(row["RECORDNO"] or 0)
    return key_answer(reverse_bill_on(work, number, called.text("datereversed")))


def _sent(work: Work, element: Element) -> dict[str, Value]:
    """The header's columns; what only the ledger writes, or refers to nothing, is Refused."""
    values, wrong = read_record(work, BILL, element)
    wrong += [
        complaint(f"Field {name} of APBILL is read-only.")
        for name in values
        if name not in WRITABLE
    ]
    wrong += reference_complaints(work, BILL.object, values)
    if wrong:
        raise Refused(*wrong)
    return values


def _called(work: Work, called: Called) -> dict[str, Value]:
    for name, word in (("batchkey", "Batch"), ("taxsolutionid", "Tax solution")):
        if called.text(name):
            raise Refused(complaint(f"{word} '{called.text(name)}' does not exist."))
    sent: dict[str, Value] = {
        column: called.text(name) or None for name, column in COLUMNS.items() if called.sent(name)
    }
    if called.sent("onhold"):
        sent["ONHOLD"] = bool(called.text("onhold") and flag_of(called.text("onhold")))
    if called.number("exchrate"):
        sent["EXCHANGE_RATE"] = called.number("exchrate")
    for role, column in (
        ("payto", "BILLTOPAYTOCONTACTNAME"),
        ("returnto", "SHIPTORETURNTOCONTACTNAME"),
    ):
        if (part := called.part(role)) is not None:
            sent[column] = part.text("contactname") or None
    if wrong := reference_complaints(work, BILL.object, sent):
        raise Refused(*wrong)
    return sent | custom_columns("APBILL", called)


def _keyed(work: Work, called: Called) -> Row:
    element = etree.Element("APBILL")
    etree.SubElement(element, "RECORDNO").text = called.attributes.get("key", "")
    return find(work, BILL, element)


def _changed(work: Work, called: Called, row: Row) -> list[BillLine] | None:
    """The lines after the call; nothing where it names none."""
    held = called.part("updatebillitems")
    if held is None:
        return None
    vendor = vendor_of(work, str(row["VENDORID"] or ""), draft=True)
    control = control_account(work, AP, vendor)
    lines = kept_lines(work, int(row["RECORDNO"] or 0), control)
    for one in held.parts("updatelineitem"):
        position = one.attributes.get("line_num", "")
        if not position.isdecimal() or not 1 <= int(position) <= len(lines):
            raise Refused(complaint(f"There is no line with line_num '{position}'."))
        index = int(position) - 1
        lines[index] = called_line(one, work, control, lines[index])
    return [*lines, *(called_line(one, work, control) for one in held.parts("lineitem"))]


def _text(element: Element, name: str) -> str:
    return (element.findtext(name) or "").strip()
