from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.intacct.settings import Settings
from tests.sandbox.intacct.speaking import Gateway, table
from tests.sandbox.intacct.trading import created, invoice, item, key_of, row, served


@pytest.fixture(scope="module")
def shop(small_company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with served(small_company, tmp_path_factory.mktemp("parties")) as gateway:
        yield gateway


def customer(id_: str, more: str = "", name: str = "Nordlys AS") -> str:
    return (
        f"<CUSTOMER><CUSTOMERID>{id_}</CUSTOMERID><NAME>{name}</NAME>"
        f"<DISPLAYCONTACT><PRINTAS>{name}</PRINTAS><EMAIL1>ar@nordlys.example</EMAIL1>"
        "<MAILADDRESS><CITY>Oslo</CITY><ZIP>0150</ZIP></MAILADDRESS></DISPLAYCONTACT>"
        f"{more}</CUSTOMER>"
    )


def change(id_: str, inside: str) -> str:
    return f"<update><CUSTOMER><CUSTOMERID>{id_}</CUSTOMERID>{inside}</CUSTOMER></update>"


def test_a_customer_is_created_with_contacts_terms_and_limit(shop: Gateway) -> None:
    more = "<TERMNAME>Net 30</TERMNAME><CREDITLIMIT>1000.005</CREDITLIMIT><ONHOLD>true</ONHOLD>"
    more += "<COMMENTS>Pays late</COMMENTS><PARENTID>C1</PARENTID>"
    answer = shop.done(f"<create>{customer('N1', more)}</create>")
    one = row(shop, "customer", CUSTOMERID="N1")
    assert table(answer) == [{"RECORDNO": one["RECORDNO"], "CUSTOMERID": "N1"}]
    assert {k: one[k] for k in ("TERMNAME", "CREDITLIMIT", "ONHOLD", "COMMENTS", "PARENTNAME")} == {
        "TERMNAME": "Net 30",
        "CREDITLIMIT": "1000.01",
        "ONHOLD": "true",
        "COMMENTS": "Pays late",
        "PARENTNAME": "Jane's Deli",
    }
    asked = shop.done(
        "<query><object>CUSTOMER</object><select><field>ENTITY</field>"
        "<field>DISPLAYCONTACT.EMAIL1</field><field>DISPLAYCONTACT.MAILADDRESS.CITY</field>"
        "<field>TOTALDUE</field></select><filter><equalto><field>CUSTOMERID</field>"
        "<value>N1</value></equalto></filter></query>"
    )
    assert table(asked) == [
        {
            "ENTITY": "CN1",
            "DISPLAYCONTACT.EMAIL1": "ar@nordlys.example",
            "DISPLAYCONTACT.MAILADDRESS.CITY": "Oslo",
            "TOTALDUE": "0.00",
        }
    ]


def test_a_change_keeps_what_it_does_not_name_and_clears_what_it_leaves_empty(
    shop: Gateway,
) -> None:
    created(shop, customer("N2", "<COMMENTS>Old</COMMENTS><CREDITLIMIT>5</CREDITLIMIT>"))
    shop.done(
        change(
            "N2",
            "<COMMENTS/><ONHOLD>true</ONHOLD><DISPLAYCONTACT><PHONE1>12</PHONE1></DISPLAYCONTACT>",
        )
    )
    one = row(shop, "customer", CUSTOMERID="N2")
    assert not one["COMMENTS"]
    assert (one["CREDITLIMIT"], one["ONHOLD"]) == ("5.00", "true")
    contact = row(shop, "contact", RECORDNO=one["DISPLAYCONTACTKEY"])
    assert (contact["PHONE1"], contact["EMAIL1"]) == ("12", "ar@nordlys.example")
    assert contact["CONTACTNAME"] == "Nordlys AS(CN2)"


def test_a_customer_keeps_its_id(shop: Gateway) -> None:
    number = created(shop, customer("N10"))
    renamed = f"<RECORDNO>{number}</RECORDNO><CUSTOMERID>N11</CUSTOMERID><NAME>n</NAME>"

    refusal = shop.refusal(f"<update><CUSTOMER>{renamed}</CUSTOMER></update>")

    assert refusal[0][1] == "CUSTOMERID of CUSTOMER cannot be changed."
    assert row(shop, "customer", RECORDNO=number)["CUSTOMERID"] == "N10"


def test_a_known_contact_may_be_named_to_send_bills_to(shop: Gateway) -> None:
    created(shop, customer("N3"))
    name = "<BILLTO><CONTACTNAME>Nordlys AS(CN3)</CONTACTNAME></BILLTO>"
    shop.done(change("N3", name))
    one = row(shop, "customer", CUSTOMERID="N3")
    assert one["BILLTOKEY"] == one["DISPLAYCONTACTKEY"]
    [(_, text)] = shop.refusal(change("N3", name.replace("CN3", "X")))
    assert text == "Contact 'Nordlys AS(X)' does not exist."


@pytest.mark.parametrize(
    ("record", "number", "text"),
    [
        (
            customer("C1"),
            "BL34000061",
            "Another Customer with the given value(s) C1  already exists",
        ),
        (customer(""), "BL01001973", "Required field CUSTOMERID is missing."),
        (customer("N9", name=""), "BL01001973", "Required field NAME is missing."),
        (customer("N9", "<TOTALDUE>1</TOTALDUE>"), "BL01001973", "Field TOTALDUE is not valid"),
        (customer("N9", "<TERMNAME>Old</TERMNAME>"), "BL01001973", "Term 'Old' does not exist"),
        (customer("N9", "<PARENTID>NO</PARENTID>"), "BL01001973", "Customer 'NO' does not exist"),
        (customer("N9", "<CREDITLIMIT>-1</CREDITLIMIT>"), "BL01001973", "'-1' is not an amount"),
        (customer("N9", f"<CREDITLIMIT>{'9' * 30}</CREDITLIMIT>"), "BL01001973", "is too large"),
    ],
)
def test_a_customer_that_will_not_do_is_refused(
    shop: Gateway, record: str, number: str, text: str
) -> None:
    refusal = shop.refusal(f"<create>{record}</create>")
    assert any(found[0] == number and text in found[1] for found in refusal), refusal
    assert refusal[-1] == ("BL01001973", "Could not create CUSTOMER record.")


def test_a_customer_is_never_below_itself(shop: Gateway) -> None:
    created(shop, customer("N4"))
    created(shop, customer("N5", "<PARENTID>N4</PARENTID>"))
    [(_, text)] = shop.refusal(change("N4", "<PARENTID>N5</PARENTID>"))
    assert text == "Customer 'N4' cannot be below itself."


def test_a_customer_nobody_knows_cannot_be_changed(shop: Gateway) -> None:
    [(number, _)] = shop.refusal(change("NO", "<COMMENTS>x</COMMENTS>"))
    assert number == "Cannot update non-existing CUSTOMER with CUSTOMERID=NO."


def test_a_customer_with_an_invoice_stays(shop: Gateway) -> None:
    created(shop, customer("N6"))
    key_of(shop, invoice(item("1.00"), customer="N6"))
    number = row(shop, "customer", CUSTOMERID="N6")["RECORDNO"]
    gone = f"<delete><object>CUSTOMER</object><keys>{number}</keys></delete>"
    [(_, text)] = shop.refusal(gone)
    assert text == "Customer 'N6' is used in ARINVOICE and cannot be deleted."

    free = created(shop, customer("N7"))
    shop.done_without_data(f"<delete><object>CUSTOMER</object><keys>{free}</keys></delete>")


def test_ids_are_given_where_the_company_numbers_its_customers(
    small_company: Path, tmp_path: Path
) -> None:
    with served(small_company, tmp_path, Settings(parties_are_numbered=True)) as gateway:
        answer = gateway.done(f"<create>{customer('')}</create>")
        assert table(answer)[0]["CUSTOMERID"] == "C-00004"
