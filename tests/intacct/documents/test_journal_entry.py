"""Journal entries enter the local gateway once, balanced in every entity, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from analytics.ledger import AccountNo, Currency, dimensions
from intacct.condition import equal
from intacct.documents.journal_entry import JournalEntry, JournalLine
from intacct.errors import DuplicateDocument, PeriodClosed, Rejected
from intacct.post import find_posted, post, read_back
from intacct.read.query import tuples
from intacct.wire import amount_from
from sandbox.company.setup import Accounts
from tests.intacct.documents.entering import (
    enters_once,
    is_found_when_its_answer_is_lost,
    is_refused_twice,
)
from tests.intacct.local import Local
from tests.sandbox.intacct.test_journal_entry import third_entity

USD, NONE = Currency("USD"), Currency("")
BOSTON = dimensions({"department": "OPS", "location": "110"})
RENT = JournalLine(
    AccountNo("6000"), "debit", Decimal("120.10"), USD, "100", BOSTON, "Rent <March> & heat"
)
CASH = JournalLine(
    AccountNo("1000"), "credit", Decimal("120.10"), USD, "100", dimensions({"location": "100"})
)
ENTRY = JournalEntry("JE-1", "GJ", date(2026, 3, 31), "Rent of March", (RENT, CASH))
HEADS = JournalEntry(
    "ST-1",
    "STJ",
    date(2026, 3, 31),
    "Heads",
    (JournalLine(AccountNo("9000"), "debit", Decimal(3), NONE, "100", BOSTON),),
    statistical=True,
)


def sentences(entry: JournalEntry) -> list[str]:
    return [problem.sentence for problem in entry.problems()]


def of(local: Local, reference: str) -> list[dict[str, object]]:
    return [row for row in local.table("GLBATCH") if row["REFERENCENO"] == reference]


@settings(max_examples=15)
@given(st.lists(st.integers(1, 10**13), min_size=1, max_size=6))
def test_every_cent_that_goes_in_comes_out(shop: Local, cents: list[int]) -> None:
    # hypothesis tries entry after entry in the same books, so each has a reference of its own
    reference = uuid4().hex
    debits = tuple(replace(RENT, amount=Decimal(one).scaleb(-2)) for one in cents)
    credit = replace(CASH, amount=Decimal(sum(cents)).scaleb(-2))
    entry = replace(ENTRY, reference=reference, lines=(*debits, credit))
    books = shop.books()

    receipt = post(books, entry, reference)

    assert read_back(books, entry) == ()
    where = equal("BATCHNO", receipt.record_no)
    found = [amount_from(amount) for (amount,) in tuples(books, "GLENTRY", ("AMOUNT",), where)]
    assert sorted(int(amount.scaleb(2)) for amount in found) == sorted([*cents, sum(cents)])


def test_an_entry_is_written_in_intaccts_order() -> None:
    entry = replace(ENTRY, reverse_on=date(2026, 4, 1), base_location="100", draft=True)

    head = entry.wire()[0]

    assert [str(one.tag) for one in head] == [
        "JOURNAL",
        "BATCH_DATE",
        "REVERSEDATE",
        "BATCH_TITLE",
        "REFERENCENO",
        "BASELOCATION_NO",
        "STATE",
        "ENTRIES",
    ]
    assert etree.tostring(head[7][0]).decode() == (
        "<GLENTRY><ACCOUNTNO>6000</ACCOUNTNO><TR_TYPE>1</TR_TYPE><TRX_AMOUNT>120.10</TRX_AMOUNT>"
        "<DESCRIPTION>Rent &lt;March&gt; &amp; heat</DESCRIPTION><DEPARTMENT>OPS</DEPARTMENT>"
        "<LOCATION>110</LOCATION><CURRENCY>USD</CURRENCY></GLENTRY>"
    )


def test_an_entry_enters_once_and_is_read_back_to_the_cent(shop: Local) -> None:
    assert enters_once(shop, shop.books(), ENTRY, "p:1")

    assert [row["STATE"] for row in of(shop, "JE-1")] == ["Posted"]


def test_an_entry_whose_answer_was_lost_is_found_and_there_once(shop: Local) -> None:
    lost = replace(ENTRY, reference="JE-LOST")

    assert is_found_when_its_answer_is_lost(shop, shop.books(), lost, "p:lost")

    assert len(of(shop, "JE-LOST")) == 1


def test_an_entry_of_another_currency_or_rate_under_its_number_is_told(shop: Local) -> None:
    def at(currency: str, rate: str) -> JournalEntry:
        worth = Decimal(rate) if rate else None
        lines = [replace(one, currency=Currency(currency), rate=worth) for one in (RENT, CASH)]
        return replace(ENTRY, reference="JE-WORTH", lines=tuple(lines))

    books = shop.books()
    post(books, at("EUR", "1.10"), "p:worth")

    assert read_back(books, at("EUR", "1.100")) == ()
    for other in (at("USD", ""), at("EUR", "1.20"), at("GBP", "1.10")):
        assert len(read_back(books, other)) == 2 * 2  # each line is lacking, and another is there


def test_a_draft_stays_a_draft_and_heads_need_no_balance(shop: Local) -> None:
    assert enters_once(shop, shop.books(), replace(ENTRY, reference="JE-D", draft=True), "p:draft")
    assert enters_once(shop, shop.books(), HEADS, "p:heads")

    assert [row["STATE"] for row in of(shop, "JE-D")] == ["Draft"]


def test_an_entry_that_reverses_itself_is_found_once_beside_its_opposite(shop: Local) -> None:
    accrual = replace(ENTRY, reference="JE-ACC", day=date(2026, 2, 28), reverse_on=date(2026, 3, 1))

    receipt = enters_once(shop, shop.books(), accrual, "p:accrual")

    entry, opposite = of(shop, "JE-ACC")
    assert (str(entry["RECORDNO"]), opposite["REVERSEDFROM"]) == (receipt.record_no, "02/28/2026")


def test_what_entities_then_owe_each_other_is_no_difference(shop: Local) -> None:
    third_entity(shop.path, Accounts(due_from="3000", due_to="2000"))
    west = replace(CASH, entity="300", where=dimensions({"location": "300"}))
    across = replace(ENTRY, reference="JE-WEST", lines=(RENT, west), base_location="300")

    receipt = enters_once(shop, shop.books(), across, "p:west")

    held = [row for row in shop.table("GLENTRY") if str(row["BATCHNO"]) == receipt.record_no]
    assert [row["ACCOUNTNO"] for row in held] == ["6000", "1000", "2000", "3000"]


def test_an_entry_made_in_an_entity_is_found_from_the_top(shop: Local) -> None:
    entry = replace(ENTRY, reference="JE-UK", entity="100")

    assert enters_once(shop, shop.books(), entry, "p:entity")

    assert shop.calls[-1].entity == ""
    assert "100" in {call.entity for call in shop.calls if call.function == "create"}


def test_a_foreign_line_carries_its_rate(shop: Local) -> None:
    # 100.00 EUR at 1.2010 are 120.10 USD
    euros = replace(
        RENT, amount=Decimal("100.00"), currency=Currency("EUR"), rate=Decimal("1.2010")
    )
    entry = replace(ENTRY, reference="JE-EUR", lines=(euros, CASH))

    assert enters_once(shop, shop.books(), entry, "p:eur")


def test_a_currency_that_is_not_the_entitys_own_is_never_taken_for_it(shop: Local) -> None:
    books, uk = shop.books(), dimensions({"location": "200"})
    lines = tuple(replace(line, entity="200", where=uk) for line in (RENT, CASH))
    dollars = replace(ENTRY, reference="JE-USD", lines=lines)

    with pytest.raises(Rejected, match="Exchange rate is missing for currency USD"):
        post(books, dollars, "p:usd")

    assert find_posted(books, dollars) is None


def test_two_entries_under_one_reference_are_an_error_and_not_the_first_of_them(
    shop: Local,
) -> None:
    books, twice = shop.books(), replace(ENTRY, reference="JE-TWICE")
    post(books, twice, "p:twice-1")
    post(books, twice, "p:twice-2")

    with pytest.raises(DuplicateDocument, match=r"2 records under JE-TWICE: numbers \d+, \d+"):
        find_posted(books, twice)


def test_what_was_changed_in_intacct_is_told_line_by_line(shop: Local) -> None:
    books, entry = shop.books(), replace(ENTRY, reference="JE-BACK")
    post(books, entry, "p:back")
    other = replace(
        entry,
        title="Rent",
        lines=(replace(RENT, amount=Decimal("120.00")), replace(CASH, amount=Decimal("120.00"))),
    )

    told = [problem.sentence for problem in read_back(books, other)]

    assert told[0] == "Intacct has Rent of March as BATCH_TITLE; it should be Rent."
    assert told[1].startswith("Intacct lacks a line: ACCOUNTNO 6000, TR_TYPE 1, TRX_AMOUNT 120.00")
    assert told[3].startswith(
        "Intacct has a line too many: ACCOUNTNO 6000, TR_TYPE 1, TRX_AMOUNT 120.10"
    )
    assert len(told) == 5


def test_beyond_ten_differences_are_counted(shop: Local) -> None:
    books, entry = shop.books(), replace(ENTRY, reference="JE-MANY")
    post(books, entry, "p:many")
    cents = (Decimal(n).scaleb(-2) for n in range(1, 13))
    lines = tuple(replace(RENT, amount=cent) for cent in cents)

    told = read_back(books, replace(entry, lines=lines))

    # twelve lines it lacks and two it has too many
    assert len(told) == 11
    assert told[-1].sentence == "And 4 more differences."


def test_an_entry_that_does_not_balance_in_each_entity_is_refused_twice(shop: Local) -> None:
    uk = replace(
        CASH, entity="200", where=dimensions({"location": "200"}), currency=Currency("GBP")
    )
    across = replace(ENTRY, reference="JE-X", lines=(RENT, uk))

    assert sentences(across) == [
        "The debits are 120.10 more; an entry balances.",
        "The credits are 120.10 more; an entry balances.",
    ]
    assert "do not balance" in is_refused_twice(shop.books(), across, "p:x", "120.10")
    assert sentences(replace(across, base_location="100")) == []


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (replace(ENTRY, reference="B1", lines=(RENT,)), "1 lines; it takes 2 to 2,000"),
        (replace(ENTRY, reference="B2", title=""), "title is blank"),
        (replace(ENTRY, reference="B3", journal=""), "journal is blank"),
        (replace(ENTRY, reference="B4", reverse_on=ENTRY.day), "choose a later day"),
        (
            replace(ENTRY, reference="B5", lines=(replace(RENT, amount=Decimal(0)), CASH)),
            "0 must be greater than zero",
        ),
        (
            replace(ENTRY, reference="B6", lines=(replace(RENT, account=AccountNo("")), CASH)),
            "account is blank",
        ),
        (
            replace(
                ENTRY,
                reference="B7",
                lines=(replace(RENT, where=dimensions({"colour": "red"})), CASH),
            ),
            "no dimension “colour”",
        ),
    ],
)
def test_what_will_not_do_is_told_before_and_refused_after(
    shop: Local, entry: JournalEntry, words: str
) -> None:
    if "colour" in words:  # there is no element to send it in
        assert any(words in sentence for sentence in sentences(entry))
    else:
        assert is_refused_twice(shop.books(), entry, f"p:{entry.reference}", words)


def test_yen_have_no_cents_and_heads_have_no_currency() -> None:
    yen = replace(RENT, amount=Decimal("1.50"), currency=Currency("JPY"))
    dollars = replace(HEADS.lines[0], currency=USD)

    assert "JPY has no coins so small" in sentences(replace(ENTRY, lines=(yen, CASH)))[0]
    assert sentences(replace(HEADS, lines=(dollars,))) == [
        "A statistical line counts things; it has no currency."
    ]


def test_a_day_without_a_period_is_the_gateways_to_refuse(shop: Local) -> None:
    books, early = shop.books(), replace(ENTRY, reference="JE-1999", day=date(1999, 1, 1))

    with pytest.raises(PeriodClosed):
        post(books, early, "p:1999")

    assert find_posted(books, early) is None
