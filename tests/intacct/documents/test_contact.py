from __future__ import annotations

from lxml import etree

from intacct.documents.contact import Contact, contact_problems, display_contact


def test_a_contact_says_what_is_known_and_nothing_else() -> None:
    known = Contact("Kestrel Brew", phone="+1 555", city="Boston")

    assert etree.tostring(display_contact(known)).decode() == (
        "<DISPLAYCONTACT><PRINTAS>Kestrel Brew</PRINTAS><PHONE1>+1 555</PHONE1>"
        "<MAILADDRESS><CITY>Boston</CITY></MAILADDRESS></DISPLAYCONTACT>"
    )
    assert [str(x.tag) for x in display_contact(Contact("K"))] == ["PRINTAS"]


def test_a_contact_has_a_printed_name_and_parts_that_fit() -> None:
    assert [p.sentence for p in contact_problems("C", Contact("", email="x" * 101))] == [
        "The printed name is blank; give it one.",
        "The mail address has 101 characters; at most 100 fit.",
    ]
