"""Orders spoken at the wire: their XML, and what the books say about them."""

from __future__ import annotations

from lxml import etree

from tests.sandbox.intacct.speaking import LOGIN, Gateway, table, texts
from tests.sandbox.intacct.trading import day


def line(item: str, quantity: str, price: str = "", *, more: str = "", last: str = "") -> str:
    """The elements of a line in US Inc; `more` follows the price, `last` ends it."""
    priced = f"<price>{price}</price>" if price else ""
    return (
        f"<itemid>{item}</itemid><quantity>{quantity}</quantity>{priced}{more}"
        f"<locationid>100</locationid><departmentid>SALES</departmentid>{last}"
    )


def sale(
    definition: str, number: str, customer: str, *lines: str, more: str = "", head: str = ""
) -> str:
    """A call for a document of order entry, dated 3 February 2026."""
    held = "".join(f"<sotransitem>{one}</sotransitem>" for one in lines)
    return (
        f"<create_sotransaction><transactiontype>{definition}</transactiontype>"
        f"{day('datecreated', '2026-02-03')}{head}<customerid>{customer}</customerid>"
        f"<documentno>{number}</documentno>{more}<sotransitems>{held}</sotransitems>"
        "</create_sotransaction>"
    )


def purchase(
    definition: str, number: str, vendor: str, *lines: str, more: str = "", head: str = ""
) -> str:
    """A call for a document of purchasing, dated 3 February 2026."""
    held = "".join(f"<potransitem>{one}</potransitem>" for one in lines)
    return (
        f"<create_potransaction><transactiontype>{definition}</transactiontype>"
        f"{day('datecreated', '2026-02-03')}{head}<vendorid>{vendor}</vendorid>"
        f"<documentno>{number}</documentno>"
        "<returnto><contactname/></returnto><payto><contactname/></payto>"
        f"{more}<potransitems>{held}</potransitems></create_potransaction>"
    )


def change(kind: str, key: str, inside: str) -> str:
    """A call that updates a document; `kind` is so or po."""
    return f'<update_{kind}transaction key="{key}">{inside}</update_{kind}transaction>'


def wrote(gateway: Gateway, call: str) -> str:
    """The key a call answers, which must succeed."""
    result = gateway.result(call)
    assert texts(result, "status") == ["success"], etree.tostring(result).decode()
    assert result.find("data") is None
    return result.findtext("key") or ""


def found(
    gateway: Gateway, name: str, fields: str, where: str = "", sign_in: str = LOGIN
) -> list[tuple[str, ...]]:
    """The fields of all records that satisfy a readByQuery condition."""
    call = (
        f"<readByQuery><object>{name}</object><fields>{fields}</fields><query>{where}</query>"
        "<pagesize>1000</pagesize></readByQuery>"
    )
    return [tuple(row.values()) for row in table(gateway.done(call, sign_in))]


def state(gateway: Gateway, name: str, key: str) -> str:
    """The state of a document."""
    return found(gateway, name, "STATE", f"DOCID = '{key}'")[0][0]


def line_keys(gateway: Gateway, name: str, key: str) -> list[str]:
    """The record numbers of a document's lines, in their order."""
    rows = found(gateway, f"{name}ENTRY", "LINE_NO,RECORDNO", f"DOCHDRID = '{key}'")
    return [number for _, number in sorted(rows, key=lambda row: int(row[0]))]


def ledger(gateway: Gateway, where: str) -> list[tuple[str, ...]]:
    """Account and amount of each ledger line that satisfies a condition, debits positive."""
    return sorted(found(gateway, "GLDETAIL", "ACCOUNTNO,AMOUNT", where))
