from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sandbox.company.setup import Closed, read_setup, write_setup
from sandbox.company.store import open_company
from sandbox.intacct.settings import Settings
from tests.sandbox.intacct.speaking import IN_UK, Gateway, texts
from tests.sandbox.intacct.trading import (
    adjustment,
    created,
    day,
    detail,
    invoice,
    item,
    key_of,
    ledger,
    payment,
    row,
    rows,
    served,
)


@pytest.fixture(scope="module")
def shop(small_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with served(small_company, tmp_path_factory.mktemp("invoices")) as gateway:
        yield gateway


def reverse(key: str, on: str = "2026-03-18", kind: str = "invoice") -> str:
    return f'<reverse_{kind} key="{key}">{day("datereversed", on)}</reverse_{kind}>'


def posted(gateway: Gateway, reference: str) -> list[tuple[str, ...]]:
    """The ledger lines of a document: side, account, amount, location, department, customer."""
    names = ("TR_TYPE", "ACCOUNTNO", "AMOUNT", "LOCATION", "DEPARTMENT", "CUSTOMERID")
    found = rows(gateway, "glentry", DOCUMENT=reference)
    return [tuple(one[name] or "" for name in names) for one in found]


def test_an_invoice_is_in_the_ledger_against_the_control_account(shop: Gateway) -> None:
    west = "<departmentid>WEST</departmentid>"
    lines = item("120.005", "4000", "110", west), item("30.00", "4100")
    key = key_of(shop, invoice(*lines, number="L-1"))
    one = row(shop, "arinvoice", RECORDNO=key)
    assert (one["TOTALENTERED"], one["TOTALDUE"], one["STATE"]) == ("150.01", "150.01", "Posted")
    assert (one["WHENDUE"], one["CURRENCY"], one["CUSTOMERNAME"]) == (
        "03/31/2026",
        "USD",
        "Jane's Deli",
    )
    assert posted(shop, "L-1") == [
        ("1", "1200", "150.01", "100", "", "C1"),
        ("-1", "4000", "120.01", "110", "WEST", "C1"),
        ("-1", "4100", "30.00", "100", "", "C1"),
    ]
    batch = row(shop, "glbatch", RECORDNO=one["PRBATCHKEY"])
    assert (batch["JOURNAL"], batch["MODULE"], batch["BATCH_DATE"]) == ("ARJ", "4.AR", "03/01/2026")
    assert [one["LINE_NO"] for one in rows(shop, "arinvoiceitem", RECORDKEY=key)] == ["1", "2"]


def test_a_draft_is_in_no_ledger_until_it_is_submitted(shop: Gateway) -> None:
    before = row(shop, "customer", CUSTOMERID="C2")["TOTALDUE"]
    key = key_of(shop, invoice(item("10.00"), number="L-2", customer="C2", action="Draft"))
    one = row(shop, "arinvoice", RECORDNO=key)
    assert (one["STATE"], one["TOTALENTERED"], one["TOTALDUE"]) == ("Draft", "10.00", "0.00")
    assert posted(shop, "L-2") == []
    assert row(shop, "customer", CUSTOMERID="C2")["TOTALDUE"] == before

    key_of(shop, f'<update_invoice key="{key}"><action>Submit</action></update_invoice>')
    assert row(shop, "arinvoice", RECORDNO=key)["TOTALDUE"] == "10.00"
    after = row(shop, "customer", CUSTOMERID="C2")["TOTALDUE"]
    assert Decimal(after) - Decimal(before) == 10
    assert len(posted(shop, "L-2")) == 2


@pytest.mark.parametrize(
    ("call", "number", "text"),
    [
        (invoice(item("1"), customer="NO"), "BL01001973", "Customer 'NO' does not exist."),
        (invoice(item("1"), customer="GONE"), "BL01001973", "Customer 'GONE' is inactive."),
        (invoice(item("1", "7777")), "BL01001973", "Account number '7777' does not exist."),
        (invoice(item("1", "6999")), "BL01001973", "Account number '6999' is inactive."),
        (invoice(item("1", "9000")), "BL01001973", "Account 9000 is statistical."),
        (invoice(item("1", location="900")), "BL01001973", "Location '900' does not exist."),
        (
            invoice(item("1", location="")),
            "BL03000018",
            "Missing the Location dimension for Account 4000.",
        ),
        (
            invoice(item("1", more="<departmentid>OLD</departmentid>")),
            "BL01001973",
            "Department 'OLD' is inactive.",
        ),
        (
            invoice(item("1"), due="<termname>Old</termname>"),
            "BL01001973",
            "Term 'Old' does not exist or is inactive.",
        ),
        (
            invoice(item("1"), item("2", location="200")),
            "BL01001973",
            "The lines belong to entities with different currencies: GBP and USD.",
        ),
        (
            invoice(item("1"), on="2027-03-01"),
            "BL01001973",
            "There is no reporting period for 03/01/2027.",
        ),
        (invoice(item("1"), action="Later"), "BL01001973", "action cannot be 'Later'."),
    ],
)
def test_an_invoice_that_will_not_do_is_refused(
    shop: Gateway, call: str, number: str, text: str
) -> None:
    before = len(rows(shop, "arinvoice")), len(rows(shop, "glentry"))
    assert (number, text) in shop.refusal(call)
    assert (len(rows(shop, "arinvoice")), len(rows(shop, "glentry"))) == before


def test_a_number_is_taken_once(shop: Gateway) -> None:
    key_of(shop, invoice(item("1.00"), number="ONCE"))
    [(number, text)] = shop.refusal(invoice(item("2.00"), number="ONCE"))
    assert number == "BL34000061"
    assert "ONCE  already exists" in text


def test_lines_are_changed_by_their_place_and_added_at_the_end(shop: Gateway) -> None:
    key = key_of(shop, invoice(item("10.00"), item("20.00"), number="L-3"))
    kept = [one["RECORDNO"] for one in rows(shop, "arinvoiceitem", RECORDKEY=key)]
    key_of(
        shop,
        f'<update_invoice key="{key}"><description>New</description><updateinvoiceitems>'
        '<updatelineitem line_num="2"><amount>25.00</amount><memo>More</memo></updatelineitem>'
        f"{item('5.00', '4100')}</updateinvoiceitems></update_invoice>",
    )
    lines = rows(shop, "arinvoiceitem", RECORDKEY=key)
    assert [one["AMOUNT"] for one in lines] == ["10.00", "25.00", "5.00"]
    assert [one["RECORDNO"] for one in lines][:2] == kept
    assert row(shop, "arinvoice", RECORDNO=key)["TOTALDUE"] == "40.00"
    assert [one[:3] for one in posted(shop, "L-3")] == [
        ("1", "1200", "40.00"),
        ("-1", "4000", "10.00"),
        ("-1", "4000", "25.00"),
        ("-1", "4100", "5.00"),
    ]
    [(_, text)] = shop.refusal(
        f'<update_invoice key="{key}"><updateinvoiceitems><updatelineitem line_num="9">'
        "<amount>1</amount></updatelineitem></updateinvoiceitems></update_invoice>"
    )
    assert text == "There is no line with line_num '9'."


def test_what_is_paid_in_part_keeps_its_lines_but_not_its_text(shop: Gateway) -> None:
    key = key_of(shop, invoice(item("10.00"), number="L-4"))
    created(shop, payment(detail(key, "4.00")))
    change = f'<update_invoice key="{key}">{{}}</update_invoice>'
    lines = f"<updateinvoiceitems>{item('1.00')}</updateinvoiceitems>"
    [(_, text)] = shop.refusal(change.format(lines))
    assert text == "Invoice L-4 is Partially Paid and cannot be changed."
    key_of(shop, change.format("<description>Promised</description>"))
    assert row(shop, "arinvoice", RECORDNO=key)["DESCRIPTION"] == "Promised"
    for call in (reverse(key), f'<delete_invoice key="{key}"/>'):
        assert "is Partially Paid and cannot be" in shop.refusal(call)[0][1]


def test_a_reversed_invoice_is_settled_by_its_opposite(shop: Gateway) -> None:
    before = ledger(shop, "1200"), ledger(shop, "4000")
    key = key_of(shop, invoice(item("10.00"), number="L-5"))
    [(_, text)] = shop.refusal(reverse(key, "2026-02-28"))
    assert text == "The reversal date must be on or after the date of the document."
    other = key_of(shop, reverse(key))
    names = ("STATE", "TOTALENTERED", "TOTALPAID", "TOTALDUE")
    first, second = (row(shop, "arinvoice", RECORDNO=one) for one in (key, other))
    assert [first[name] for name in names] == ["Reversed", "10.00", "10.00", "0.00"]
    assert [second[name] for name in names] == ["Reversal", "-10.00", "-10.00", "0.00"]
    assert (first["REVERSEDKEY"], second["REVERSALKEY"]) == (other, key)
    assert (ledger(shop, "1200"), ledger(shop, "4000")) == before
    batches = [row(shop, "glbatch", RECORDNO=one["PRBATCHKEY"]) for one in (first, second)]
    assert batches[0]["REVERSEDKEY"] == batches[1]["RECORDNO"]
    assert (batches[1]["BATCH_DATE"], batches[1]["REVERSEDFROM"]) == ("03/18/2026", "03/01/2026")
    assert "is Reversed and cannot be reversed" in shop.refusal(reverse(key))[0][1]


def test_an_unpaid_invoice_is_deleted_where_the_company_lets_it(
    shop: Gateway, small_company: Path, tmp_path: Path
) -> None:
    before = len(rows(shop, "glentry"))
    key = key_of(shop, invoice(item("10.00")))
    shop.done_without_data(f"<delete><object>ARINVOICE</object><keys>{key}</keys></delete>")
    assert rows(shop, "arinvoice", RECORDNO=key) == []
    assert len(rows(shop, "glentry")) == before
    assert row(shop, "audithistory", OBJECTTYPE="arinvoice", OBJECTKEY=key, ACCESSMODE="D")

    with served(small_company, tmp_path, Settings(unpaid_may_be_deleted=False)) as strict:
        key = key_of(strict, invoice(item("10.00"), number="S-1"))
        [(_, text)] = strict.refusal(f'<delete_invoice key="{key}"/>')
        assert text == "Invoice S-1 is Posted and cannot be deleted."
        draft = key_of(strict, invoice(item("10.00"), action="Draft"))
        assert key_of(strict, f'<delete_invoice key="{draft}"/>') == draft


def test_an_entity_sees_its_own_and_the_top_levels_invoices_only(shop: Gateway) -> None:
    result = shop.result(invoice(item("3.00", location="200")), IN_UK)
    key = texts(result, "key")[0]
    assert row(shop, "arinvoice", RECORDNO=key)["MEGAENTITYID"] == "200"
    [(_, text)] = shop.refusal(invoice(item("3.00", location="100")), IN_UK)
    assert text == "Location '100' does not exist."


def test_a_closed_period_takes_no_invoice_and_gives_none_back(
    small_company: Path, tmp_path: Path
) -> None:
    with served(small_company, tmp_path) as gateway:
        key = key_of(gateway, invoice(item("10.00"), on="2026-02-10"))
        connection = open_company(tmp_path / "trading.sqlite")
        setup = read_setup(connection)
        closed = (Closed("100", "AR", date(2026, 2, 28)),)
        write_setup(connection, replace(setup, closed=closed))
        connection.commit()
        connection.close()
        for call in (
            invoice(item("1.00"), on="2026-02-28"),
            reverse(key, "2026-02-28"),
            f'<delete_invoice key="{key}"/>',
        ):
            assert "is closed for entity 100 in AR" in gateway.refusal(call)[0][1]
        assert key_of(gateway, reverse(key, "2026-03-01"))


def test_an_amount_in_another_currency_is_kept_in_both(shop: Gateway) -> None:
    foreign = invoice(item("5890.00"), number="EUR-1").replace(
        "<invoiceitems>", "<currency>EUR</currency><exchrate>1.16</exchrate><invoiceitems>"
    )
    key = key_of(shop, foreign)
    one = row(shop, "arinvoice", RECORDNO=key)
    # 5,890.00 at 1.16 is 6,832.40.
    assert (one["TRX_TOTALDUE"], one["TOTALDUE"], one["BASECURR"]) == (
        "5890.00",
        "6832.40",
        "USD",
    )
    bare = foreign.replace("<exchrate>1.16</exchrate>", "").replace("EUR-1", "EUR-2")
    assert shop.refusal(bare)[0][1] == "Exchange rate is missing for currency EUR."


def test_a_memo_goes_up_or_down_and_is_reversed(shop: Gateway) -> None:
    before = ledger(shop, "1200")
    credit, debit = key_of(shop, adjustment("-30.00")), key_of(shop, adjustment("12.00"))
    assert ledger(shop, "1200") - before == -18
    assert row(shop, "aradjustment", RECORDNO=credit)["TOTALDUE"] == "-30.00"
    key_of(
        shop,
        f'<update_aradjustment key="{credit}"><updatearadjustmentitems>'
        '<updatelineitem line_num="1"><amount>-20.00</amount></updatelineitem>'
        "</updatearadjustmentitems></update_aradjustment>",
    )
    assert ledger(shop, "1200") - before == -8
    for key in (credit, debit):
        key_of(shop, reverse(key, kind="aradjustment"))
    assert ledger(shop, "1200") == before


def test_an_invoice_names_contacts_that_are_known(shop: Gateway) -> None:
    named = "<billto><contactname>Nobody</contactname></billto><invoiceitems>"
    call = invoice(item("1.00")).replace("<invoiceitems>", named)
    assert shop.refusal(call)[0][1] == "Contact 'Nobody' does not exist."
    key = key_of(shop, call.replace("Nobody", ""))
    assert not row(shop, "arinvoice", RECORDNO=key)["BILLTOCONTACTNAME"]


def test_a_deleted_invoices_number_is_never_given_again(shop: Gateway) -> None:
    key = key_of(shop, invoice(item("1.00")))
    key_of(shop, f'<delete_invoice key="{key}"/>')
    assert int(key_of(shop, invoice(item("1.00")))) > int(key)
