from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from sandbox.intacct.server import LocalIntacct
from tests.sandbox.intacct.payables import (
    balance,
    bill,
    created,
    day,
    due,
    item,
    key_of,
    new_bill,
    posted,
    prepare,
    row,
)
from tests.sandbox.intacct.speaking import READER, Gateway


@pytest.fixture
def company(company: Path) -> Path:
    prepare(company)
    return company


@pytest.fixture(scope="module")
def shared(
    small_company: Path, tmp_path_factory: pytest.TempPathFactory, client: httpx.Client
) -> Iterator[Gateway]:
    """One gateway for the tests that only try what is refused."""
    path = tmp_path_factory.mktemp("bills") / "company.sqlite"
    path.write_bytes(small_company.read_bytes())
    prepare(path)
    local = LocalIntacct(path)
    local.start()
    yield Gateway(client, local.url)
    local.stop()


def test_a_bill_is_owed_and_stands_in_the_ledger(gateway: Gateway) -> None:
    number = created(
        gateway,
        new_bill(item("100.00", DEPARTMENTID="OPS"), item("20.505", "1000", "110"), number="B1"),
    )

    kept = row(gateway, "APBILL", number)
    # 20.505 is rounded half up to 20.51: 100.00 + 20.51 = 120.51
    assert (kept["STATE"], kept["TOTALDUE"], kept["VENDORNAME"]) == ("Posted", "120.51", "Landlord")
    assert (kept["CURRENCY"], kept["WHENPOSTED"], kept["MODULEKEY"]) == (
        "USD",
        "03/10/2026",
        "3.AP",
    )
    assert posted(gateway, kept["PRBATCHKEY"]) == [
        ("2000", "100", "-120.51"),
        ("6000", "100", "100.00"),
        ("1000", "110", "20.51"),
    ]
    assert (due(gateway), balance(gateway)) == ("120.51", "-120.51")
    assert row(gateway, "GLBATCH", kept["PRBATCHKEY"])["JOURNAL"] == "APJ"
    assert row(gateway, "VENDOR", "1")["WHENMODIFIED"] > "03/01/2026 08:00:00"


def test_a_draft_is_not_owed_until_it_is_submitted(gateway: Gateway) -> None:
    number = created(gateway, f"<create>{bill(ACTION='Draft', DESCRIPTION='Later')}</create>")
    assert (row(gateway, "APBILL", number)["STATE"], balance(gateway)) == ("Draft", "")

    words = {"RECORDNO": number, "ACTION": "Submit", "WHENDUE": "04/09/2026"}
    refusal = gateway.refusal(f"<update>{bill(item('5.00'), **words)}</update>")
    assert refusal == [("BL01001973", "Required field VENDORID is missing.")]
    words |= {"VENDORID": "V2", "WHENCREATED": "03/10/2026"}
    gateway.done(f"<update>{bill(item('5.00'), **words)}</update>")
    assert (row(gateway, "APBILL", number)["DESCRIPTION"], due(gateway, "V2")) == ("Later", "5.00")


def test_an_update_replaces_the_lines_that_are_sent_and_the_ledger_follows(
    gateway: Gateway,
) -> None:
    number = created(gateway, new_bill(item("10.00"), item("20.00"), number="B1"))
    gateway.done(f"<update>{bill(item('7.50'), RECORDNO=number, WHENDUE='05/01/2026')}</update>")

    kept = row(gateway, "APBILL", number)
    assert (kept["TOTALENTERED"], kept["WHENDUE"], due(gateway)) == ("7.50", "05/01/2026", "7.50")
    assert (balance(gateway), balance(gateway, "6000")) == ("-7.50", "407.50")
    gateway.done(f"<update>{bill(RECORDNO=number, WHENDUE='05/01/2026', DESCRIPTION='x')}</update>")
    assert len(gateway.sandbox(f"tables/APBILLITEM?RECORDKEY={number}").json()) == 1
    # Only a text changed: the entry in the ledger is the one it was.
    assert row(gateway, "APBILL", number)["PRBATCHKEY"] == kept["PRBATCHKEY"]
    without = gateway.refusal(f"<update>{bill(RECORDNO=number, DESCRIPTION='y')}</update>")
    assert without == [("BL01001973", "Required field WHENDUE is missing.")]


def test_a_bill_is_deleted_with_its_lines_its_entry_and_a_trail(gateway: Gateway) -> None:
    number = created(gateway, new_bill(item("10.00"), number="B1"))
    gateway.done_without_data(f"<delete><object>APBILL</object><keys>{number}</keys></delete>")

    assert (due(gateway), balance(gateway)) == ("0.00", "")
    assert gateway.sandbox("tables/APBILLITEM").json() == []
    trail = gateway.sandbox(f"tables/AUDITHISTORY?OBJECTTYPE=apbill&OBJECTKEY={number}").json()
    assert [one["ACCESSMODE"] for one in trail] == ["C", "D"]
    assert created(gateway, new_bill(item("10.00"), number="B1")) != number


def test_a_reversed_bill_is_settled_by_its_opposite(gateway: Gateway) -> None:
    number = created(gateway, new_bill(item("10.00"), number="B1"))
    early = f'<reverse_bill key="{number}">{day("datereversed", "2026-03-09")}</reverse_bill>'
    assert "must be on or after 03/10/2026" in gateway.refusal(early)[0][1]
    call = f'<reverse_bill key="{number}">{day("datereversed", "2026-03-20")}</reverse_bill>'
    opposite = key_of(gateway, call)

    kept, back = row(gateway, "APBILL", number), row(gateway, "APBILL", opposite)
    assert (kept["STATE"], kept["TOTALDUE"], kept["REVERSEDKEY"]) == ("Reversed", "0.00", opposite)
    assert (back["STATE"], back["TOTALENTERED"]) == ("Reversal", "-10.00")
    assert posted(gateway, back["PRBATCHKEY"]) == [
        ("2000", "100", "10.00"),
        ("6000", "100", "-10.00"),
    ]
    assert (due(gateway), balance(gateway)) == ("0.00", "0.00")
    assert "is Reversed" in gateway.refusal(call)[0][1]


LEGACY = (
    "<create_bill><vendorid>V1</vendorid>" + day("datecreated", "2026-03-10") + "{due}"
    "<billno>{number}</billno><billitems>{lines}</billitems></create_bill>"
)
LINE = (
    "<lineitem><glaccountno>6000</glaccountno><amount>{0}</amount><memo>m</memo>"
    "<locationid>100</locationid></lineitem>"
)


def test_the_legacy_calls_write_the_same_bills(gateway: Gateway) -> None:
    call = LEGACY.format(due="", number="L1", lines=LINE.format("4.00") + LINE.format("6.00"))
    number = key_of(gateway, call)

    kept = row(gateway, "APBILL", number)
    # Net 30 from 10 March.
    assert (kept["RECORDID"], kept["WHENDUE"], kept["TOTALDUE"]) == ("L1", "04/09/2026", "10.00")
    lines = gateway.sandbox(f"tables/APBILLITEM?RECORDKEY={number}").json()
    changed = (
        f'<update_bill key="{number}"><updatebillitems><updatelineitem line_num="2">'
        "<amount>1.00</amount></updatelineitem>" + LINE.format("2.00") + "</updatebillitems>"
        "</update_bill>"
    )
    assert key_of(gateway, changed) == number
    after = gateway.sandbox(f"tables/APBILLITEM?RECORDKEY={number}").json()
    assert [one["AMOUNT"] for one in after] == ["4.00", "1.00", "2.00"]
    assert [one["RECORDNO"] for one in after[:2]] == [one["RECORDNO"] for one in lines]
    assert (due(gateway), balance(gateway)) == ("7.00", "-7.00")


def test_a_foreign_bill_is_owed_in_the_currency_of_the_books(gateway: Gateway) -> None:
    missing = gateway.refusal(new_bill(item("10.00"), CURRENCY="EUR"))
    assert missing[0][1] == "Exchange rate is missing for currency EUR."
    number = created(gateway, new_bill(item("10.01"), CURRENCY="EUR", EXCHANGE_RATE="1.1"))

    kept = row(gateway, "APBILL", number)
    # 10.01 x 1.1 = 11.011
    assert (kept["TRX_TOTALDUE"], kept["TOTALDUE"], due(gateway)) == ("10.01", "11.01", "11.01")


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (new_bill(item("1.00"), vendor="NO"), "VENDORID: Vendor 'NO' does not exist."),
        (new_bill(), "At least one line item is required."),
        (new_bill(item("1.00", "9999")), "'9999' does not exist"),
        (new_bill(item("1.00", "6999")), "'6999' is inactive"),
        (new_bill(item("1.00", location="NO")), "Location 'NO' does not exist."),
        (new_bill(item("1.00", DEPARTMENTID="OLD")), "Department 'OLD' is inactive."),
        (new_bill(item("1.00", location="")), "Missing the Location dimension for Account 6000."),
        (new_bill(item("")), "Required field TRX_AMOUNT is missing."),
        (new_bill(item("x")), "'x' is not a number."),
        (new_bill(item("1.00", COLOUR="red")), "Field COLOUR is not valid for APBILLITEM."),
        (new_bill(item("1.00"), item("1.00", location="200")), "different currencies: GBP and USD"),
        (new_bill(item("1.00"), TERMNAME="Net 9"), "TERMNAME: Term 'Net 9' does not exist."),
        (new_bill(item("1.00"), WHENDUE=""), "Required field WHENDUE is missing."),
        (new_bill(item("1.00"), WHENDUE="03/09/2026"), "Date must be on or after WHENCREATED."),
        (new_bill(item("1.00"), WHENCREATED="01/01/1999"), "no reporting period for 01/01/1999"),
        (new_bill(item("1.00"), TOTALDUE="1"), "Field TOTALDUE of APBILL is read-only."),
        (new_bill(item("1.00"), STATE="Posted"), "Field STATE of APBILL is read-only."),
        (new_bill(item("1.00"), ACTION="Post"), "ACTION cannot be 'Post'."),
    ],
)
def test_what_will_not_do_is_refused_by_name(shared: Gateway, call: str, named: str) -> None:
    refusal = shared.refusal(call)

    assert named in refusal[0][1]
    assert refusal[-1] == ("BL01001973", "Could not create APBILL record.")


def test_a_vendor_bills_a_number_once(shared: Gateway) -> None:
    shared.done(new_bill(item("1.00"), number="ONCE"))

    again = shared.refusal(new_bill(item("2.00"), number="ONCE"))[0]
    assert again == ("BL34000061", "Another Bill with the given value(s) ONCE  already exists")
    shared.done(new_bill(item("2.00"), number="ONCE", vendor="V2"))


def test_a_closed_period_takes_no_bill_and_gives_none_back(gateway: Gateway) -> None:
    number = created(gateway, new_bill(item("1.00")))
    gateway.sandbox("close", {"through": "2026-03-31"})

    assert "closed for entity 100" in gateway.refusal(new_bill(item("1.00")))[0][1]
    delete = f"<delete><object>APBILL</object><keys>{number}</keys></delete>"
    assert "closed for entity 100" in gateway.refusal(delete)[0][1]
    changed = bill(item("2.00"), RECORDNO=number, WHENDUE="05/01/2026")
    assert "closed for entity 100" in gateway.refusal(f"<update>{changed}</update>")[0][1]
    assert due(gateway) == "1.00"
    created(gateway, new_bill(item("1.00"), ACTION="Draft"))


def test_rights_and_missing_bills_are_told_apart(shared: Gateway) -> None:
    legacy = LEGACY.format(due="", number="R1", lines=LINE.format("4.00"))
    assert "do not have permission" in shared.refusal(legacy, READER)[0][1]
    [(number, _)] = shared.refusal(f"<update>{bill(RECORDNO='999', WHENDUE='')}</update>")
    assert number == "Cannot update non-existing APBILL with RECORDNO=999."
    missing = shared.refusal(
        '<reverse_bill key="999">' + day("datereversed", "2026-03-20") + "</reverse_bill>"
    )
    assert missing[0][0] == "Cannot update non-existing APBILL with RECORDNO=999."


def test_a_bill_kept_out_of_the_ledger_takes_no_other_vendors_entry_with_it(
    gateway: Gateway,
) -> None:
    posted_bill = created(gateway, new_bill(item("40.00"), number="SAME", vendor="V1"))
    entry = row(gateway, "APBILL", posted_bill)["PRBATCHKEY"]
    outside = (
        f"<create_bill><vendorid>V2</vendorid>{day('datecreated', '2026-03-10')}"
        f"{day('datedue', '2026-04-09')}<billno>SAME</billno><nogl>true</nogl><billitems><lineitem>"
        "<glaccountno>6000</glaccountno><amount>7.00</amount><locationid>100</locationid>"
        "</lineitem></billitems></create_bill>"
    )
    lines = posted(gateway, entry)

    gone = key_of(gateway, outside)
    gateway.done_without_data(f"<delete><object>APBILL</object><keys>{gone}</keys></delete>")
    taken_back = key_of(gateway, outside)
    key_of(
        gateway,
        f'<reverse_bill key="{taken_back}">{day("datereversed", "2026-03-25")}</reverse_bill>',
    )

    assert posted(gateway, entry) == lines
    assert (balance(gateway), due(gateway), due(gateway, "V2")) == ("-40.00", "40.00", "0.00")
