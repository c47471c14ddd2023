"""The legacy calls for payments: receive one, apply what is held, take one back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from lxml import etree

from sandbox.company.values import amount
from sandbox.intacct.advances import reverse_advance, write_advance
from sandbox.intacct.ar_documents import active_customer, refused
from sandbox.intacct.asked import Asked
from sandbox.intacct.document_lines import Item, in_hundredths
from sandbox.intacct.legacy import Called, key_answer, layout, read_call
from sandbox.intacct.open_items import document
from sandbox.intacct.receipt_posting import reverse_receipt
from sandbox.intacct.receipts import write_receipt
from sandbox.intacct.received import record_number
from sandbox.intacct.refusal import COULD_NOT, PAID_TOO_MUCH, Complaint, Refused
from sandbox.intacct.rights import permit
from sandbox.intacct.subledger import AR, control_account
from sandbox.intacct.trail import leave_trail
from sandbox.intacct.work import FunctionAnswer, Work

CREATE = layout(
    "customerid! paymentamount:number! translatedamount:number"
    " batchkey|bankaccountid|undepfundsacct refid overpaylocid overpaydeptid datereceived:date!"
    " paymentmethod! basecurr currency"
    " exchratedate:date exchratetype|exchrate:number cctype authcode arpaymentitem*",
    arpaymentitem=layout("invoicekey! amount:number!"),
)
APPLY = layout(
    "arpaymentkey! paymentdate:date! batchkey memo overpaylocid overpaydeptid arpaymentitems!",
    arpaymentitems=layout("arpaymentitem*!", arpaymentitem=layout("invoicekey! amount:number!")),
)
REVERSE = layout("datereversed:date! memo")


def create_arpayment(work: Work, call: etree._Element) -> FunctionAnswer:
    """A payment on the invoices named, the rest an overpayment; with none named, an advance."""
    permit(work, "ARPYMT", "CREATE")
    called = read_call(work, call, CREATE)
    whole = in_hundredths(called.number("paymentamount") or Decimal(0))
    details = [_detail(item) for item in called.parts("arpaymentitem")]
    if not details:
        number = _as_advance(work, called, whole)
        leave_trail(work, "ARADVANCE", number, "create")
        return key_answer(number)
    over = whole - sum(one.cash for one in details)
    if over < 0:
        raise _too_much("The amounts of the items exceed the payment amount.")
    words = {
        **_words(called),
        "OVERPAYMENTAMOUNT": format(amount(over), "f") if over else "",
        "OVERPAYMENTLOCATIONID": called.text("overpaylocid"),
        "OVERPAYMENTDEPARTMENTID": called.text("overpaydeptid"),
    }
    number = write_receipt(work, words, details, complain=_too_much)
    leave_trail(work, "ARPYMT", number, "create")
    return key_answer(number)


def apply_arpayment(work: Work, call: etree._Element) -> FunctionAnswer:
    """An advance or an overpayment applied to invoices; the payment this makes."""
    permit(work, "ARPYMT", "CREATE")
    called = read_call(work, call, APPLY)
    kind, row = _held(work, called.text("arpaymentkey"))
    held = called.part("arpaymentitems")
    details = [
        Asked(
            "ARINVOICE",
            asked.record,
            None,
            0,
            credit=kind,
            credit_record=int(str(row["RECORDNO"])),
            credit_amount=asked.cash,
        )
        for asked in map(_detail, held.parts("arpaymentitem") if held else ())
    ]
    copied = ("CUSTOMERID", "FINANCIALENTITY", "UNDEPOSITEDACCOUNTNO", "PAYMENTMETHOD", "CURRENCY")
    words = {name: str(row[name] or "") for name in copied} | {
        "RECEIPTDATE": called.text("paymentdate"),
        "DESCRIPTION": called.text("memo"),
    }
    number = write_receipt(work, words, details, complain=_too_much)
    leave_trail(work, "ARPYMT", number, "create")
    return key_answer(number)


def reverse_arpayment(work: Work, call: etree._Element) -> FunctionAnswer:
    """A submitted payment taken back on a day; an advance nobody used likewise."""
    permit(work, "ARPYMT", "UPDATE")
    called = read_call(work, call, REVERSE)
    key, day = called.attributes.get("key", ""), called.text("datereversed")
    number = record_number(key)
    if (row := document(work, "ARPYMT", number)) is not None:
        return key_answer(reverse_receipt(work, row, day))
    if (row := document(work, "ARADVANCE", number)) is not None:
        return key_answer(reverse_advance(work, row, day))
    raise refused(f"Cannot find arpymt with key '{key}' to reverse.")


def _detail(called: Called) -> Asked:
    key = called.text("invoicekey")
    if not record_number(key):
        raise refused(f"Invoice with key '{key}' does not exist.")
    return Asked(
        "ARINVOICE", record_number(key), None, in_hundredths(called.number("amount") or Decimal(0))
    )


def _as_advance(work: Work, called: Called, whole: int) -> int:
    customer = active_customer(work, called.text("customerid"))
    account = control_account(work, AR, customer)
    place = called.text("overpaylocid") or work.caller.entity
    places = (("LOCATIONID", place), ("DEPARTMENTID", called.text("overpaydeptid")))
    item = Item(account, account, whole, "", tuple(one for one in places if one[1]))
    if whole <= 0:
        raise refused("paymentamount must be greater than zero.")
    return write_advance(work, _words(called), [item])


def _words(called: Called) -> dict[str, str]:
    if called.text("batchkey"):
        raise refused(f"Payment summary '{called.text('batchkey')}' does not exist.")
    day = called.text("datereceived")
    return {
        "CUSTOMERID": called.text("customerid"),
        "FINANCIALENTITY": called.text("bankaccountid"),
        "UNDEPOSITEDACCOUNTNO": called.text("undepfundsacct"),
        "DOCNUMBER": called.text("refid"),
        "RECEIPTDATE": day,
        "PAYMENTDATE": day,
        "PAYMENTMETHOD": called.text("paymentmethod"),
        "CURRENCY": called.text("currency"),
        "EXCHANGE_RATE": called.text("exchrate"),
    }


def _held(work: Work, key: str) -> tuple[str, Mapping[str, str | int | None]]:
    """The advance or the overpayment a key means: the one of which something is left."""
    number = record_number(key)
    for kind, name in (("ADVANCE", "ARADVANCE"), ("OVERPAYMENT", "ARPYMT")):
        row = document(work, name, number)
        if row is not None and row["TRX_TOTALDUE"]:
            return kind, dict(row)
    raise refused(f"Payment with key '{key}' does not exist or is applied in full.")


def _too_much(text: str) -> Refused:
    whole = f"The amount paid is greater than the amount due for the invoice. {text}"
    return Refused(Complaint(PAID_TOO_MUCH, "", whole), Complaint(COULD_NOT, "", text))
