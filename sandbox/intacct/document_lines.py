"""The lines of an invoice or an adjustment: read from a call, checked, kept, and posted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from sandbox.company.shape import DIMENSIONS
from sandbox.company.store import insert
from sandbox.company.values import Value, amount
from sandbox.intacct.legacy import Called
from sandbox.intacct.masters import BY_COLUMN, account_complaints, accounts, dimension_complaints
from sandbox.intacct.refusal import COULD_NOT, MISSING_DIMENSION, Complaint, Refused
from sandbox.intacct.subledger import Leg, base_currencies, entity_place
from sandbox.intacct.trail import new_record, update
from sandbox.intacct.work import Work

TOO_LARGE = 10**16  # hundredths
PARTIES = ("Customer", "Vendor")  # every document has its own
WORDS = {name.lower(): name for name in DIMENSIONS}
# What a line may say, in this order; the dimensions come last.
LINE_ITEM = (
    "glaccountno|accountlabel offsetglaccountno amount:number allocationid memo locationid"
    " departmentid key totalpaid:number totaldue:number customfields:fields revrectemplate"
    " defrevaccount revrecstartdate:date revrecenddate:date projectid taskid costtypeid customerid"
    " vendorid employeeid itemid classid contractid warehouseid"
)


@dataclass(frozen=True, slots=True)
class Item:
    """One line in hundredths of the document's currency; `number` is its record, if it has one."""

    account: str
    control: str
    trx: int
    memo: str
    places: tuple[tuple[str, str], ...]
    number: int | None = None

    @property
    def location(self) -> str:
        """Where it belongs."""
        return dict(self.places).get("LOCATIONID", "")


def read_item(called: Called, work: Work, control: str, old: Item | None = None) -> Item:
    """The line a call describes, or an old line with what the call changes in it."""
    if called.text("accountlabel"):
        raise _refused(f"Account label '{called.text('accountlabel')}' does not exist.")
    if called.text("allocationid"):
        raise _refused(f"Allocation '{called.text('allocationid')}' does not exist.")
    figure = called.number("amount")
    if figure is None and old is None:
        raise _refused("Required field amount is missing.")
    base = old or Item("", control, 0, "", (("LOCATIONID", work.caller.entity),))
    places = dict(base.places) | {
        WORDS[name]: text for name, text in called.texts.items() if name in WORDS
    }
    return replace(
        base,
        account=called.text("glaccountno", base.account),
        control=called.text("offsetglaccountno", base.control),
        trx=base.trx if figure is None else in_hundredths(figure),
        memo=called.texts.get("memo", base.memo),
        places=tuple((name, text) for name, text in places.items() if text),
    )


def check_items(work: Work, items: Sequence[Item]) -> None:
    """Refused with every account, dimension and place that will not do."""
    if not items:
        raise _refused("At least one line item is required.")
    known = accounts(work)
    if [item for item in items if not item.account]:
        raise _refused("Required field glaccountno is missing.")
    found = account_complaints(known, [one for x in items for one in (x.account, x.control)])
    for column, name in {
        "DEPARTMENTID": "DEPARTMENT",
        "LOCATIONID": "LOCATION",
        **BY_COLUMN,
    }.items():
        found += dimension_complaints(
            work, name, (dict(item.places).get(column, "") for item in items)
        )
    several = len(work.books.rows("SELECT 1 FROM LOCATIONENTITY")) > 1
    for item in items if not found else ():
        account = known[item.account]
        if account.statistical:
            found.append(_wrong(f"Account {item.account} is statistical."))
        for need in sorted({*account.needs, *(("Location",) if several else ())}):
            if need not in PARTIES and not dict(item.places).get(f"{need.upper()}ID"):
                text = f"Missing the {need} dimension for Account {item.account}."
                found.append(Complaint(MISSING_DIMENSION, "", text))
    if found:
        raise Refused(*found)


def base_currency(work: Work, items: Sequence[Item]) -> str:
    """The currency of the books the lines belong to; Refused where they differ."""
    known, own = base_currencies(work), work.books.setup().base_currency
    found = sorted({known.get(item.location) or own for item in items})
    if len(found) != 1:
        named = " and ".join(found)
        raise _refused(f"The lines belong to entities with different currencies: {named}.")
    return found[0]


def in_books(trx: int, rate: Decimal) -> int:
    """An amount in hundredths at a rate, rounded half up."""
    return _whole(trx * rate)


def in_hundredths(figure: Decimal) -> int:
    """An amount in hundredths; more than two decimals are rounded half up."""
    return _whole(figure * 100)


def _whole(figure: Decimal) -> int:
    if abs(figure) >= TOO_LARGE:
        raise _refused("An amount is too large.")
    return int(figure.quantize(Decimal(1), ROUND_HALF_UP))


def keep_items(
    work: Work,
    name: str,
    record: int,
    items: Sequence[Item],
    header: Mapping[str, Value],
    rate: Decimal,
) -> None:
    """Writes the lines of a document: those that are known are changed, others are added."""
    for position, item in enumerate(items, start=1):
        columns: dict[str, Value] = {
            "RECORDKEY": record,
            "LINE_NO": position,
            "ACCOUNTNO": item.account,
            "OFFSETGLACCOUNTNO": item.control,
            "AMOUNT": amount(in_books(item.trx, rate)),
            "TRX_AMOUNT": amount(item.trx),
            "ENTRYDESCRIPTION": item.memo or None,
            "ENTRY_DATE": header.get("WHENPOSTED") or header.get("RECEIPTDATE"),
            "CURRENCY": header["CURRENCY"],
            "BASECURR": header["BASECURR"],
            "CUSTOMERID": header["CUSTOMERID"],
            **dict.fromkeys(one for one in DIMENSIONS if one != "CUSTOMERID"),
            **dict(item.places),
        }
        if item.number is not None:
            update(work, name, item.number, columns)
            continue
        paid: dict[str, Value] = {"TOTALPAID": Decimal(0), "TRX_TOTALPAID": Decimal(0)}
        insert(work.books.connection, name, [{**new_record(work), **paid, **columns}])


def kept_items(work: Work, name: str, record: int) -> list[Item]:
    """The lines as they are kept."""
    rows = work.books.rows(
        f"SELECT * FROM {name} WHERE RECORDKEY = ? ORDER BY LINE_NO",  # noqa: S608 - our own names
        [record],
    )
    return [
        Item(
            row["ACCOUNTNO"] or "",
            row["OFFSETGLACCOUNTNO"] or work.books.setup().accounts.receivable,
            row["TRX_AMOUNT"] or 0,
            row["ENTRYDESCRIPTION"] or "",
            tuple((one, row[one]) for one in DIMENSIONS if row[one]),
            row["RECORDNO"],
        )
        for row in rows
    ]


def legs_of(work: Work, items: Sequence[Item], customer: str, rate: Decimal) -> tuple[Leg, ...]:
    """Each line against the control account of its entity, in the customer's name."""
    legs: list[Leg] = []
    for item in items:
        base = in_books(item.trx, rate)
        dimensions = {"CUSTOMERID": customer, **dict(item.places)}
        dimensions.pop("LOCATIONID", None)
        place = entity_place(work, item.location)
        legs += [
            Leg(item.control, base, item.trx, place, (("CUSTOMERID", customer),)),
            Leg(
                item.account, -base, -item.trx, item.location, tuple(dimensions.items()), item.memo
            ),
        ]
    return tuple(legs)


def _wrong(text: str) -> Complaint:
    return Complaint(COULD_NOT, "", text)


def _refused(text: str) -> Refused:
    return Refused(_wrong(text))
