from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox.intacct.speaking import IN_UK, Gateway, texts
from tests.sandbox.intacct.trading import (
    advance,
    created,
    day,
    detail,
    invoice,
    item,
    key_of,
    payment,
    served,
)

WEST = "<departmentid>WEST</departmentid>"
US = "<locationid>100</locationid>"
FIRST = "<agingperiods>0-30,31-</agingperiods>"


@pytest.fixture(scope="module")
def shop(small_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A: 100.00 of 10 January, 60.00 paid on 12 February and taken back on 15 March.

    B: 50.00 in Boston (WEST) and 5.00 at the top, of 1 March, 20.00 settled by an advance on
    15 March. C: 8.00 in the UK. D: reversed on 10 March. E: a draft.
    """
    with served(small_company, tmp_path_factory.mktemp("aging")) as gateway:
        first = key_of(gateway, invoice(item("100.00"), number="A", on="2026-01-10"))
        lines = item("50.00", location="110", more=WEST), item("5.00")
        second = key_of(gateway, invoice(*lines, number="B"))
        key_of(gateway, invoice(item("8.00", location="200"), number="C", customer="C2"))
        gone = key_of(gateway, invoice(item("3.00"), number="D", on="2026-02-01"))
        key_of(gateway, invoice(item("9.00"), number="E", action="Draft"))
        paid = created(gateway, payment(detail(first, "60.00"), on="02/12/2026"))
        words = {"ADVANCEKEY": created(gateway, advance("20.00"))}
        words["TRX_POSTEDADVANCEAMOUNT"] = "20.00"
        created(gateway, payment(detail(second, **words)))
        for kind, key, on in (("arpayment", paid, "15"), ("invoice", gone, "10")):
            when = day("datereversed", f"2026-03-{on}")
            key_of(gateway, f'<reverse_{kind} key="{key}">{when}</reverse_{kind}>')
        yield gateway


def aged(gateway: Gateway, inside: str, sign_in: str = "") -> dict[str, list[str]]:
    call = f"<get_araging>{inside}</get_araging>"
    found = gateway.done(call, sign_in) if sign_in else gateway.done(call)
    return {
        one.findtext("customerid") or "": texts(one, "aging/totalamount")
        for one in found.findall("araging")
    }


def test_today_is_what_the_invoices_say(shop: Gateway) -> None:
    # A is 69 days old and open in full again; B is 19 days old with 35.00 left.
    assert aged(shop, FIRST + US) == {"C1": ["35.00", "100.00"]}


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        # The payment on A stood, D was reversed on the 10th, B was unpaid.
        ("2026-03-14", ["55.00", "40.00"]),
        ("2026-03-09", ["55.00", "43.00"]),
        ("2026-03-15", ["35.00", "100.00"]),
        ("2026-02-12", ["3.00", "40.00"]),
        ("2026-02-11", ["3.00", "100.00"]),
        ("2026-02-09", ["103.00", "0.00"]),
    ],
)
def test_an_earlier_day_is_what_stood_then(shop: Gateway, on: str, expected: list[str]) -> None:
    assert aged(shop, FIRST + US + day("asofdate", on)) == {"C1": expected}


def test_places_and_departments_take_their_own_lines(shop: Gateway) -> None:
    assert aged(shop, FIRST + "<locationid>110</locationid>") == {"C1": ["30.00", "0.00"]}
    sales = US + "<departmentid>SALES</departmentid>"
    assert aged(shop, FIRST + sales) == {"C1": ["30.00", "0.00"]}
    assert aged(shop, FIRST, IN_UK) == {"C2": ["8.00", "0.00"]}


def test_age_may_run_from_the_due_day(shop: Gateway) -> None:
    # A was due on 9 February, 39 days ago; B is due on 31 March and counts as new.
    due = "<agingperiods>0-38,39-39,40-</agingperiods>" + US + "<useduedate>true</useduedate>"
    assert aged(shop, due) == {"C1": ["35.00", "100.00", "0.00"]}


def test_one_customer_one_invoice_and_its_details(shop: Gateway) -> None:
    inside = FIRST + "<customerid>C1</customerid><invoiceno>B</invoiceno>" + US
    found = shop.done(f"<get_araging>{inside}<showdetails>true</showdetails></get_araging>")
    path = "araging/aging/agingdetails/agingdetail"
    assert texts(found, f"{path}/invoiceno") == ["B"]
    assert texts(found, f"{path}/age") == ["19"]
    assert texts(found, f"{path}/totalamount") == ["35.00"]
    assert texts(found, f"{path}/duedate") == ["03/31/2026"]


def test_customers_without_a_balance_show_where_they_are_wanted(shop: Gateway) -> None:
    shown = aged(shop, FIRST + US + "<showzerowithactivity>true</showzerowithactivity>")
    assert shown == {"C1": ["35.00", "100.00"], "C2": ["0.00", "0.00"]}


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (FIRST, "locationid is required"),
        (f"<agingperiods>30</agingperiods>{US}", "'30' is not an aging period."),
        (f"<agingperiods>30-1</agingperiods>{US}", "ends before it begins"),
        ("<locationid>NO</locationid>", "Location 'NO' does not exist."),
        (f"<customerid>NO</customerid>{US}", "Customer 'NO' does not exist."),
    ],
)
def test_an_aging_that_cannot_be_made_is_refused(shop: Gateway, inside: str, text: str) -> None:
    assert text in shop.refusal(f"<get_araging>{inside}</get_araging>")[0][1]
