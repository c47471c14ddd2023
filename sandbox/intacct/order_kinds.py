"""Order entry and purchasing side by side: their objects, their calls, what they post to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from sandbox.company.objects.orders import SCHEDULE
from sandbox.intacct.legacy import Layout, layout
from sandbox.intacct.subledger import AP, AR, Side

MONEY = "basecurr currency exchratedate:date exchratetype|exchrate:number"
PLACES = "projectid taskid costtypeid customerid vendorid employeeid classid contractid"
SOLD_LINE = (
    "itemid itemaliasid itemdesc taxable:flag warehouseid quantity:number unit"
    " discountpercent:number price:number sourcelinekey:number locationid departmentid memo"
    " customfields:fields revrectemplate revrecstartdate:date revrecenddate:date"
    f" {PLACES} conversiontype sourcedocid sourcedoclineid:number"
)
BOUGHT_LINE = (
    "itemid itemaliasid itemdesc taxable:flag warehouseid quantity:number unit price:number"
    " sourcelinekey:number overridetaxamount:number tax:number locationid departmentid memo"
    f" customfields:fields {PLACES} billable:flag relateddockey:number relateddoclinekey:number"
    " conversiontype sourcedocid sourcedoclineid:number"
)
SUBTOTALS = layout(
    "subtotal*",
    subtotal=layout(
        "description total:number absval:number percentval:number locationid departmentid"
    ),
)
CONTACT = layout("contactname")
DATES = " ".join(f"{name.lower()}:date" for name in SCHEDULE)
# The columns of texts and dates that are kept as they are sent.
KEPT = MappingProxyType(
    {
        "datecreated": "WHENCREATED",
        "dateposted": "WHENPOSTED",
        "origdocdate": "ORIGDOCDATE",
        "referenceno": "PONUMBER",
        "vendordocno": "VENDORDOCNO",
        "message": "MESSAGE",
        "shippingmethod": "SHIPVIA",
        "supdocid": "SUPDOCID",
        "externalid": "EXTERNALID",
        "projectid": "PROJECT",
        "changelognumber": "CHANGELOGNUMBER",
        **{name.lower(): name for name in SCHEDULE},
    }
)


@dataclass(frozen=True, slots=True)
class Trade:
    """Sales or purchases.

    `locked` are the states in which a document may not be changed, `side` and `record_type` say
    how what it posts stands in the ledger.
    """

    module: str
    document: str
    party: str
    terms: str
    ledger: str
    side: Side
    record_type: str
    word: str
    locked: tuple[str, ...]
    contacts: Mapping[str, str]
    items: str
    create: Layout
    change: Layout
    postpone: Layout

    @property
    def line(self) -> str:
        """The object of its lines."""
        return f"{self.document}ENTRY"

    @property
    def item(self) -> str:
        """The element of one line."""
        return self.items.removesuffix("s")


def _layouts(party: str, dates: str, contacts: str, items: str, line: str) -> tuple[Layout, ...]:
    item = items.removesuffix("s")
    needed = line.replace("itemid ", "itemid! ", 1).replace("quantity:number", "quantity:number!")
    new, changed = layout(needed), layout(line)
    names = {name.rstrip("!"): CONTACT for name in contacts.split()}
    create = layout(
        f"transactiontype! datecreated:date! dateposted:date createdfrom {party}! documentno"
        f" {dates} termname datedue:date message shippingmethod {contacts} supdocid externalid"
        f" {MONEY} customfields:fields state projectid changelognumber {DATES} {items}! subtotals",
        **names,
        **{items: layout(f"{item}*!", **{item: new})},
        subtotals=SUBTOTALS,
    )
    change = layout(
        f"datecreated:date dateposted:date {dates} termname datedue:date message shippingmethod"
        f" {contacts.replace('!', '')} supdocid externalid {MONEY} customfields:fields state"
        f" projectid changelognumber {DATES} update{items} updatesubtotals",
        **names,
        **{
            f"update{items}": layout(
                f"update{item}*|{item}*", **{f"update{item}": changed, item: new}
            )
        },
        updatesubtotals=SUBTOTALS,
    )
    return create, change, layout("dateposted:date!")


def _sales() -> Trade:
    create, change, postpone = _layouts(
        "customerid", "origdocdate:date referenceno", "shipto billto", "sotransitems", SOLD_LINE
    )
    return Trade(
        "SO",
        "SODOCUMENT",
        "CUSTOMER",
        "ARTERM",
        "ARINVOICE",
        replace(AR, module="8.SO"),
        "ri",
        "Invoice",
        ("In Progress", "Converted", "Partially Converted"),
        MappingProxyType({"shipto": "SHIPTOKEY", "billto": "BILLTOKEY"}),
        "sotransitems",
        create,
        change,
        postpone,
    )


def _purchases() -> Trade:
    create, change, postpone = _layouts(
        "vendorid",
        "referenceno vendordocno",
        "returnto! payto! deliverto",
        "potransitems",
        BOUGHT_LINE,
    )
    return Trade(
        "PO",
        "PODOCUMENT",
        "VENDOR",
        "APTERM",
        "APBILL",
        replace(AP, module="9.PO"),
        "pi",
        "Bill",
        ("Submitted", "In Progress", "Converted", "Partially Converted"),
        MappingProxyType(
            {"returnto": "RETURNTOKEY", "payto": "PAYTOKEY", "deliverto": "DELIVERTOKEY"}
        ),
        "potransitems",
        create,
        change,
        postpone,
    )


SALES, PURCHASES = _sales(), _purchases()
