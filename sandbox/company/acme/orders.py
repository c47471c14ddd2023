"""Orders in flight: purchases waiting for their bill, sales waiting for their invoice."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from sandbox.company.acme.documents import Party
from sandbox.company.acme.payables import VENDORS
from sandbox.company.acme.places import ENTITIES, Entity
from sandbox.company.acme.plan import History
from sandbox.company.acme.receivables import Customer
from sandbox.company.posting import at
from sandbox.company.values import Value, amount

Rows = tuple[list[dict[str, Value]], list[dict[str, Value]]]


def purchase_orders(told: History) -> Rows:
    """Thirty purchase orders of the last half year, headers and lines; old ones are converted."""
    rng = Random(f"{told.seed}/purchase orders")
    headers, lines = [], []
    for number in range(1, 31):
        vendor, entity = rng.choice(VENDORS), rng.choice(ENTITIES)
        day = told.as_of - timedelta(days=rng.randint(1, 180))
        price, quantity = rng.randint(50, 900) * 100, rng.randint(1, 12)
        state = "Converted" if (told.as_of - day).days > 60 else rng.choice(("Pending", "Draft"))
        headers.append(
            _header(f"Purchase Order-PO{number:04}", vendor, entity, day, state, price * quantity)
        )
        lines.append(
            _line(number, headers[-1], entity, rng.choice(("LIC", "FIT")), quantity, price)
        )
    return headers, lines


def sales_orders(told: History, everyone: list[Customer]) -> Rows:
    """Twenty sales orders of the last three months, headers and lines."""
    rng = Random(f"{told.seed}/sales orders")
    headers, lines = [], []
    for number in range(1, 21):
        customer = rng.choice(everyone)
        day = told.as_of - timedelta(days=rng.randint(1, 90))
        price, quantity = rng.randint(80, 1500) * 100, rng.randint(1, 9)
        state = "Closed" if (told.as_of - day).days > 45 else rng.choice(("Pending", "Draft"))
        headers.append(
            _header(
                f"Sales Order-SO{number:04}",
                customer.party,
                customer.entity,
                day,
                state,
                price * quantity,
            )
        )
        lines.append(_line(number, headers[-1], customer.entity, "GATE", quantity, price))
    return headers, lines


def _header(
    id_: str, party: Party, entity: Entity, day: date, state: str, total: int
) -> dict[str, Value]:
    definition, _, number = id_.rpartition("-")
    return {
        "DOCID": id_,
        "DOCNO": number,
        "DOCPARID": definition,
        "STATE": state,
        "WHENCREATED": day,
        "WHENDUE": day + timedelta(days=party.days),
        "CUSTVENDID": party.id,
        "CUSTVENDNAME": party.name,
        "TERMNAME": party.term,
        "SUBTOTAL": amount(total),
        "TOTAL": amount(total),
        "TRX_SUBTOTAL": amount(total),
        "TRX_TOTAL": amount(total),
        "CURRENCY": entity.currency,
        "BASECURR": entity.currency,
        "MEGAENTITYID": entity.id,
        "MEGAENTITYNAME": entity.name,
        "STATUS": "active",
        "AUWHENCREATED": at(day, 14),
        "WHENMODIFIED": at(day, 14),
    }


def _line(
    header: int, of: dict[str, Value], entity: Entity, item: str, quantity: int, price: int
) -> dict[str, Value]:
    return {
        "DOCHDRNO": header,
        "DOCHDRID": of["DOCID"],
        "LINE_NO": 0,  # these lines are read counting from nought
        "ITEMID": item,
        "QUANTITY": quantity,
        "UNIT": "Each",
        "PRICE": amount(price),
        "UIPRICE": amount(price),
        "TOTAL": amount(price * quantity),
        "DEPARTMENTID": "OPS",
        "LOCATIONID": entity.id,
        "CURRENCY": entity.currency,
        "BASECURR": entity.currency,
        "WHENMODIFIED": of["WHENMODIFIED"],
    }
