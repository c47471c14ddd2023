from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import CurrencyMismatch, LedgerError
from analytics.ledger import Currency, Money, from_minor, minor_digits, to_minor

USD, EUR = Currency("USD"), Currency("EUR")
JPY, KWD = Currency("JPY"), Currency("KWD")


def usd(amount: str) -> Money:
    return Money(Decimal(amount), USD)


def test_a_hundred_in_three_gives_the_odd_cent_to_the_first() -> None:
    one = Decimal(1)

    assert usd("100.00").split([one, one, one]) == [usd("33.34"), usd("33.33"), usd("33.33")]


def test_the_odd_cent_goes_to_the_largest_share() -> None:
    # 10.00 by 1 : 1 : 4 is 1.666…, 1.666…, 6.666…; rounded 1.67 + 1.67 + 6.67 is a cent too much.
    shares = usd("10.00").split([Decimal(1), Decimal(1), Decimal(4)])

    assert shares == [usd("1.67"), usd("1.67"), usd("6.66")]


def test_a_credit_is_split_like_a_debit() -> None:
    one = Decimal(1)

    assert usd("-100.00").split([one, one, one]) == [usd("-33.34"), usd("-33.33"), usd("-33.33")]


def test_a_kuwaiti_dinar_is_split_to_the_third_digit() -> None:
    halves = Money(Decimal("0.005"), KWD).split([Decimal(1), Decimal(1)])

    # 0.0025 is 0.003 half up; the first of equals gives back what was too much.
    assert [half.amount for half in halves] == [Decimal("0.002"), Decimal("0.003")]


@given(
    coins=st.integers(-(10**12), 10**12),
    weights=st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any),
)
def test_shares_always_add_up_to_the_whole(coins: int, weights: list[int]) -> None:
    whole = Money(from_minor(coins, USD), USD)

    shares = whole.split([Decimal(weight) for weight in weights])

    assert sum(share.minor for share in shares) == coins


@pytest.mark.parametrize("weights", [[], ["0"], ["1", "-1"]])
def test_nothing_is_split_by_weights_that_add_up_to_nothing(weights: list[str]) -> None:
    with pytest.raises(LedgerError, match="add up to nothing"):
        usd("1.00").split([Decimal(weight) for weight in weights])


def test_two_percent_of_24400_41_is_488_01() -> None:
    discount = Money(Decimal("24400.41") * Decimal("0.02"), USD)

    assert discount.rounded() == usd("488.01")


@pytest.mark.parametrize(
    ("amount", "rounded"), [("0.005", "0.01"), ("-0.005", "-0.01"), ("0.0049", "0.00")]
)
def test_half_a_cent_is_rounded_away_from_nothing(amount: str, rounded: str) -> None:
    assert usd(amount).rounded() == usd(rounded)


@pytest.mark.parametrize(
    ("currency", "digits"),
    [("USD", 2), ("JPY", 0), ("XOF", 0), ("KWD", 3), ("TND", 3), ("JOD", 3), ("CLF", 4)],
)
def test_a_currency_has_the_digits_of_the_standard(currency: str, digits: int) -> None:
    assert minor_digits(Currency(currency)) == digits


def test_an_amount_is_so_many_of_its_smallest_coins() -> None:
    assert to_minor(Decimal("12.34"), USD) == 1234
    assert to_minor(Decimal("-12"), JPY) == -12
    assert to_minor(Decimal("1.234"), KWD) == 1234
    assert Money(Decimal("5.1"), USD).minor == 510


def test_a_fraction_of_a_coin_is_never_rounded_away() -> None:
    with pytest.raises(ValueError, match=r"12\.345 has fractions of the smallest USD coin"):
        to_minor(Decimal("12.345"), USD)


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_amount_is_no_money(amount: str) -> None:
    with pytest.raises(ValueError, match="is no amount"):
        usd(amount)


@given(coins=st.integers(-(10**15), 10**15), currency=st.sampled_from([USD, JPY, KWD]))
def test_coins_become_an_amount_and_back(coins: int, currency: Currency) -> None:
    assert to_minor(from_minor(coins, currency), currency) == coins


def test_money_adds_and_turns_round_in_one_currency() -> None:
    assert usd("1.10") + usd("2.20") == usd("3.30")
    assert usd("1.10") - usd("2.20") == usd("-1.10")
    assert -usd("1.10") == usd("-1.10")


def test_unlike_currencies_do_not_add() -> None:
    with pytest.raises(CurrencyMismatch, match="USD and EUR do not add"):
        usd("1") + Money(Decimal(1), EUR)
    with pytest.raises(CurrencyMismatch):
        usd("1") - Money(Decimal(1), EUR)


def test_a_float_is_no_amount() -> None:
    with pytest.raises(TypeError, match="not float"):
        Money(0.1, USD)  # type: ignore[arg-type]
