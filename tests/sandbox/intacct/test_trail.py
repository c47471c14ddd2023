"""What was written, changed or deleted can be told from the records and from the trail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from sandbox.intacct.server import LocalIntacct
from tests.sandbox.intacct.speaking import Gateway
from tests.sandbox.intacct.trading import (
    advance,
    created,
    day,
    detail,
    invoice,
    item,
    key_of,
    make_trading_company,
    payment,
    row,
    rows,
)

NAMED = "<NAME>n</NAME><DISPLAYCONTACT><PRINTAS>n</PRINTAS></DISPLAYCONTACT>"
START = datetime(2026, 3, 20, 9, tzinfo=UTC)


class Ticking:
    """A clock that is a second later at every question."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> datetime:
        self.asked += 1
        return START + timedelta(seconds=self.asked)


@pytest.fixture(scope="module")
def shop(small_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    path = tmp_path_factory.mktemp("trail") / "company.sqlite"
    make_trading_company(small_company, path)
    local = LocalIntacct(path, clock=Ticking())
    local.start()
    with httpx.Client() as client:
        yield Gateway(client, local.url)
    local.stop()


def entry(amount: str, more: str = "") -> str:
    sides = (("6000", 1), ("1000", -1))
    lines = "".join(
        f"<GLENTRY><ACCOUNTNO>{account}</ACCOUNTNO><TR_TYPE>{side}</TR_TYPE>"
        f"<TRX_AMOUNT>{amount}</TRX_AMOUNT><LOCATION>100</LOCATION></GLENTRY>"
        for account, side in sides
    )
    return (
        "<GLBATCH><JOURNAL>GJ</JOURNAL><BATCH_DATE>03/15/2026</BATCH_DATE>"
        f"<BATCH_TITLE>t</BATCH_TITLE>{more}<ENTRIES>{lines}</ENTRIES></GLBATCH>"
    )


def trail(gateway: Gateway, kind: str, key: str) -> list[str]:
    found = rows(gateway, "audithistory", OBJECTTYPE=kind, OBJECTKEY=key)
    return [one["ACCESSMODE"] for one in found]


def test_the_number_of_a_deleted_ledger_entry_is_never_given_again(shop: Gateway) -> None:
    first = key_of(shop, invoice(item("10.00"), number="T1"))
    gone = row(shop, "arinvoice", RECORDNO=first)["PRBATCHKEY"]
    shop.done_without_data(f"<delete><object>ARINVOICE</object><keys>{first}</keys></delete>")

    second = key_of(shop, invoice(item("10.00"), number="T2"))

    assert int(row(shop, "arinvoice", RECORDNO=second)["PRBATCHKEY"]) > int(gone)
    assert trail(shop, "glbatch", gone) == ["C", "D"]


def test_the_entry_that_reverses_another_is_on_the_trail_like_any_other(shop: Gateway) -> None:
    number = created(shop, entry("7.00", "<REVERSEDATE>03/31/2026</REVERSEDATE>"))
    reversal = row(shop, "glbatch", RECORDNO=number)["REVERSEDKEY"]
    assert trail(shop, "glbatch", reversal) == ["C"]

    changed = entry("8.00", f"<RECORDNO>{number}</RECORDNO>")
    shop.done(f"<update>{changed}</update>")

    assert trail(shop, "glbatch", reversal) == ["C", "M"]


def test_the_details_of_a_reversed_payment_are_changed_at_that_moment(shop: Gateway) -> None:
    owed = key_of(shop, invoice(item("10.00"), number="T3"))
    paid = created(shop, payment(detail(owed, "4.00")))
    before = row(shop, "arpymtdetail", PAYMENTKEY=paid)

    key_of(
        shop,
        f'<reverse_arpayment key="{paid}">{day("datereversed", "2026-03-18")}</reverse_arpayment>',
    )

    after = row(shop, "arpymtdetail", PAYMENTKEY=paid)
    assert (before["STATE"], after["STATE"]) == ("Posted", "Reversed")
    assert after["WHENMODIFIED"] > before["WHENMODIFIED"]


@pytest.mark.parametrize("kind", ["ARPYMT", "ARADVANCE"])
def test_a_draft_that_is_submitted_was_made_when_it_was_drafted(shop: Gateway, kind: str) -> None:
    if kind == "ARPYMT":
        owed = key_of(shop, invoice(item("10.00"), number="T4"))
        number = created(shop, payment(detail(owed, "4.00"), action="Draft"))
    else:
        number = created(shop, advance("5.00", action="Draft"))
    before = row(shop, kind, RECORDNO=number)

    shop.done(
        f"<update><{kind}><RECORDNO>{number}</RECORDNO><ACTION>Submit</ACTION></{kind}></update>"
    )

    after = row(shop, kind, RECORDNO=number)
    assert (before["STATE"], after["STATE"]) == ("Draft", "Posted")
    assert after["AUWHENCREATED"] == before["AUWHENCREATED"]
    assert after["WHENMODIFIED"] > before["WHENMODIFIED"]


@pytest.mark.parametrize(
    "record",
    [
        f"<CUSTOMER><CUSTOMERID>T9</CUSTOMERID>{NAMED}</CUSTOMER>",
        f"<VENDOR><VENDORID>T9</VENDORID>{NAMED}</VENDOR>",
        "<GLBUDGETHEADER><BUDGETID>T9</BUDGETID><DESCRIPTION>d</DESCRIPTION></GLBUDGETHEADER>",
        "<CLASS><CLASSID>T9</CLASSID><NAME>n</NAME></CLASS>",
        entry("7.00"),
        advance("5.00", action="Draft"),
    ],
    ids=lambda record: record[1 : record.index(">")],
)
def test_a_deleted_record_leaves_its_number_to_nobody(shop: Gateway, record: str) -> None:
    name = record[1 : record.index(">")]
    first = created(shop, record)
    shop.done_without_data(f"<delete><object>{name}</object><keys>{first}</keys></delete>")

    assert int(created(shop, record)) > int(first)
    assert trail(shop, name.lower(), first) == ["C", "D"]
