"""Notes stand behind what was there; a text that moved meanwhile is never written over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from intacct.documents.contact import Contact
from intacct.documents.customer import Customer
from intacct.documents.customer_note import CustomerNote
from intacct.errors import DuplicateDocument, Rejected
from intacct.post import find_posted, post, read_back
from tests.intacct.documents.entering import enters_once, is_found_when_its_answer_is_lost
from tests.intacct.local import Local

FIRST = CustomerNote("C1", "PRP-A:1", date(2026, 3, 20), "Promised 30 % by <Friday>", "")
SECOND = CustomerNote(
    "C1", "PRP-B:1", date(2026, 3, 21), "Paid", "2026-03-20 [PRP-A:1] Promised 30 % by <Friday>"
)


def somebody(local: Local, id_: str) -> CustomerNote:
    """The first note on a customer nobody else speaks of."""
    post(local.books(), Customer(id_, id_, Contact(id_)), f"new {id_}")
    return replace(FIRST, customer=id_)


def comments(local: Local, customer: str) -> object:
    (row,) = [row for row in local.table("CUSTOMER") if row["CUSTOMERID"] == customer]
    return row["COMMENTS"]


def test_one_note_stands_behind_the_other_and_both_stay_found(shop: Local) -> None:
    books, first = shop.books(), somebody(shop, "N1")
    second = replace(SECOND, customer="N1")

    assert enters_once(shop, books, first, "n:1")
    assert enters_once(shop, books, second, "n:2")

    assert comments(shop, "N1") == (
        "2026-03-20 [PRP-A:1] Promised 30 % by <Friday>\n2026-03-21 [PRP-B:1] Paid"
    )
    assert find_posted(books, first) is not None
    assert read_back(books, first) == ()


def test_a_note_whose_answer_was_lost_is_found_and_not_written_again(shop: Local) -> None:
    books, note = shop.books(), somebody(shop, "N2")
    assert is_found_when_its_answer_is_lost(shop, books, note, "n:3")

    with pytest.raises(DuplicateDocument, match="N2 has a note PRP-A:1 already"):
        post(books, note, "another key")

    assert comments(shop, "N2") == note.after


def test_a_text_somebody_changed_meanwhile_is_not_written_over(shop: Local) -> None:
    books, first = shop.books(), somebody(shop, "N3")
    post(books, first, "n:4")
    from_before = replace(SECOND, customer="N3", before="")

    with pytest.raises(Rejected, match="The comments of N3 changed since they were read"):
        post(books, from_before, "n:5")

    assert comments(shop, "N3") == first.after
    assert find_posted(books, from_before) is None


def test_a_note_whose_customer_is_unknown_is_refused(shop: Local) -> None:
    with pytest.raises(Rejected):
        post(shop.books(), replace(FIRST, customer="NOBODY"), "n:6")


def test_a_note_that_says_something_else_in_intacct_is_told(shop: Local) -> None:
    books, note = shop.books(), somebody(shop, "N4")
    post(books, note, "n:7")

    (problem,) = read_back(books, replace(note, text="Promised everything"))

    assert problem.sentence.endswith("should be 2026-03-20 [PRP-A:1] Promised everything.")


@pytest.mark.parametrize(
    ("note", "words"),
    [
        (replace(FIRST, reference="A_1"), "letters, digits, colons, points and hyphens only"),
        (replace(FIRST, text="one\ntwo"), "a note is one line"),
        (replace(FIRST, text=""), "The note is blank"),
        (replace(FIRST, before="[PRP-A:1] x"), "hold a note PRP-A:1 already"),
        (replace(FIRST, before="x" * 3990), "The comments would have 4037 characters; 4,000 fit."),
        (replace(FIRST, before=" x"), "begins or ends with a blank"),
    ],
)
def test_a_note_that_will_not_do_is_told(note: CustomerNote, words: str) -> None:
    assert [p.sentence for p in note.problems() if words in p.sentence] != []
