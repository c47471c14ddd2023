from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.ledger import Currency, from_minor
from intacct.errors import Garbled
from intacct.wire import (
    Value,
    amount_from,
    amount_text,
    count_from,
    date_from,
    date_text,
    element,
    instant_from,
    instant_text,
    legacy_date,
    minor_from,
    parsed,
    required_text,
    text_of,
    value_text,
    yes_or_no,
)

BILLION_LAUGHS = b"""<!DOCTYPE r [
  <!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
  <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
]><response>&c;</response>"""


@given(st.integers(-(10**14), 10**14))
def test_cents_to_the_wire_and_back_are_the_same_cents(cents: int) -> None:
    amount = Decimal(cents).scaleb(-2)

    assert amount_from(amount_text(amount)) == amount


@given(st.dates())
def test_a_date_to_the_wire_and_back_is_the_same_day(day: date) -> None:
    assert date_from(date_text(day)) == day


def test_an_amount_has_two_digits_after_the_point_and_no_exponent() -> None:
    written = [amount_text(Decimal(a)) for a in ("20000", "1E+3", "-0.5", "0", "1.10")]

    assert written == ["20000.00", "1000.00", "-0.50", "0.00", "1.10"]


def test_a_fraction_of_a_hundredth_is_refused_and_not_rounded() -> None:
    with pytest.raises(ValueError, match="fractions of a hundredth"):
        amount_text(Decimal("1.005"))


@pytest.mark.parametrize("text", ["", "1,000.00", "1e3", "NaN", "Infinity", "12.3.4", "0x10", "١٢"])
def test_what_is_no_amount_is_garbled(text: str) -> None:
    with pytest.raises(Garbled):
        amount_from(text)


@pytest.mark.parametrize("text", ["", "-1", "1.0", "²", "many"])
def test_what_is_no_count_is_garbled(text: str) -> None:
    with pytest.raises(Garbled):
        count_from(text)


@pytest.mark.parametrize("text", ["", "2026-01-31", "02/30/2026", "13/01/2026", "31/01/26"])
def test_what_is_no_date_is_garbled(text: str) -> None:
    with pytest.raises(Garbled):
        date_from(text)


def test_an_instant_without_a_zone_is_utc_and_one_with_a_zone_becomes_utc() -> None:
    nine = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)

    assert instant_from("01/31/2026 09:00:00") == nine
    assert instant_from("2026-01-31T09:00:00+00:00") == nine
    assert instant_from("2026-01-31T01:00:00-08:00") == nine
    assert instant_from("2026-01-31T01:00:00-08:00").utcoffset() == timedelta(0)


@pytest.mark.parametrize("text", ["", "yesterday", "01/32/2026 09:00:00", "01/31/2026 25:00:00"])
def test_what_is_no_instant_is_garbled(text: str) -> None:
    with pytest.raises(Garbled):
        instant_from(text)


def test_yes_and_no_come_in_many_spellings_and_nothing_else_does() -> None:
    assert all(map(yes_or_no, ["true", "True", "T", "active"]))
    assert not any(map(yes_or_no, ["false", "False", "F", "inactive", ""]))
    with pytest.raises(Garbled):
        yes_or_no("perhaps")


def test_an_account_number_keeps_its_leading_zeros() -> None:
    record = parsed(b"<GLACCOUNT><ACCOUNTNO> 0400-10 </ACCOUNTNO></GLACCOUNT>")

    assert text_of(record, "ACCOUNTNO") == "0400-10"


def test_a_required_field_that_is_empty_is_garbled() -> None:
    with pytest.raises(Garbled, match="GLACCOUNT comes without ACCOUNTNO"):
        required_text(parsed(b"<GLACCOUNT><ACCOUNTNO/></GLACCOUNT>"), "ACCOUNTNO")


@pytest.mark.parametrize("body", [b"", b"<response><control>", b"plain words", b"\xff\xfe"])
def test_cut_or_strange_text_is_garbled(body: bytes) -> None:
    with pytest.raises(Garbled):
        parsed(body)


@pytest.mark.parametrize(
    "body",
    [
        BILLION_LAUGHS,
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><response>&x;</response>',
        b"<!DOCTYPE response><response/>",
        '<!DOCTYPE r [<!ENTITY a "b">]><response/>'.encode("utf-16"),
    ],
)
def test_an_answer_with_a_doctype_is_refused(body: bytes) -> None:
    with pytest.raises(Garbled):
        parsed(body)


def test_marks_in_text_are_escaped_and_control_characters_refused() -> None:
    assert element("value", "A & B <i>").text == "A & B <i>"
    with pytest.raises(ValueError, match="XML compatible"):
        element("value", "\x00")


CURRENCIES = st.sampled_from([Currency(code) for code in ("USD", "JPY", "KWD", "CLF")])


@given(st.integers(-(10**14), 10**14), CURRENCIES)
def test_coins_written_as_an_amount_are_read_as_the_same_coins(
    coins: int, currency: Currency
) -> None:
    assert minor_from(f"{from_minor(coins, currency):f}", currency) == coins


@pytest.mark.parametrize(
    ("text", "code", "coins"),
    [
        ("-0.05", "USD", -5),
        ("-.5", "USD", -50),
        ("+7.1", "USD", 710),
        ("5.", "USD", 500),
        ("12.00", "JPY", 12),
        ("0012.340000", "KWD", 12340),
    ],
)
def test_amounts_are_read_however_many_digits_they_have(text: str, code: str, coins: int) -> None:
    assert minor_from(text, Currency(code)) == coins


@pytest.mark.parametrize(
    ("text", "code"), [("0.001", "USD"), ("0.5", "JPY"), ("", "USD"), ("1e3", "USD"), (".", "USD")]
)
def test_parts_of_a_coin_and_what_is_no_amount_are_garbled(text: str, code: str) -> None:
    with pytest.raises(Garbled):
        minor_from(text, Currency(code))


@given(st.datetimes(timezones=st.timezones(), min_value=datetime(1900, 1, 2)))  # noqa: DTZ001 - hypothesis wants it bare
def test_an_instant_to_the_wire_and_back_is_the_same_second(moment: datetime) -> None:
    there_and_back = instant_from(instant_text(moment))

    assert there_and_back == moment.astimezone(UTC).replace(microsecond=0)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), datetime(2026, 1, 1)])  # noqa: DTZ001 - that is the point
def test_what_is_no_value_is_not_written(value: Value) -> None:
    with pytest.raises(ValueError, match=r"number|zone"):
        value_text(value)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-05:00"])
def test_an_instant_outside_the_calendar_is_garbled(text: str) -> None:
    with pytest.raises(Garbled):
        instant_from(text)


def test_a_number_of_thousands_of_digits_is_garbled() -> None:
    for read in (amount_from, count_from, lambda text: minor_from(text, Currency("USD"))):
        with pytest.raises(Garbled):
            read("9" * 5000)


def test_nothing_has_no_sign() -> None:
    assert amount_text(Decimal("-0.00")) == "0.00"


def test_a_date_in_parts_has_its_digits() -> None:
    made = legacy_date("asofdate", date(2026, 3, 9))

    assert [(part.tag, part.text) for part in made] == [
        ("year", "2026"),
        ("month", "03"),
        ("day", "09"),
    ]
