"""How a value of each kind is kept: money in whole hundredths, instants in UTC, nothing rounded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Context, Decimal, InvalidOperation
from types import MappingProxyType

from sandbox.company.shape import Field, Kind

Value = str | int | Decimal | date | datetime | bool | None
Stored = str | int | None

INSTANT = "%Y-%m-%d %H:%M:%S"
LARGEST = 2**63 - 1
_WIDE = Context(prec=60)


def stored(field: Field, value: Value) -> Stored:
    """The value as the store keeps it; a value of another kind, or one not exact, is refused."""
    if value is None:
        return None
    try:
        return _KEEPERS[field.kind](field, value)
    except (ValueError, InvalidOperation) as error:
        raise ValueError(f"{field.name} cannot hold {value!r}: {error}") from error


def hundredths(amount: Decimal | int | str) -> int:
    """An amount in whole hundredths; a fraction of a hundredth is a ValueError."""
    scaled = _number(amount).scaleb(2, _WIDE)
    whole = int(scaled)
    if scaled != whole:
        raise ValueError("it has a fraction of a hundredth")
    if abs(whole) > LARGEST:
        raise ValueError("it is too large")
    return whole


def amount(kept: int) -> Decimal:
    """The amount that so many hundredths are, with two decimals."""
    return Decimal(kept).scaleb(-2, _WIDE)


def _number(value: Value) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        raise ValueError("it is not an exact number")
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError("it is not a finite number")
    return number


def _currency(_: Field, value: Value) -> int:
    return hundredths(_number(value))


def _decimal(_: Field, value: Value) -> str:
    return format(_number(value), "f")


def _integer(_: Field, value: Value) -> int:
    number = _number(value)
    if number != int(number) or abs(number) > LARGEST:
        raise ValueError("it is not a whole number of the size we keep")
    return int(number)


def _boolean(_: Field, value: Value) -> int:
    if not isinstance(value, bool):
        raise ValueError("it is neither true nor false")
    return int(value)


def _text(_: Field, value: Value) -> str:
    if not isinstance(value, str):
        raise ValueError("it is not text")
    return value


def _date(_: Field, value: Value) -> str:
    if isinstance(value, datetime):
        raise ValueError("it is an instant, not a date")
    if isinstance(value, date):
        return value.isoformat()
    return datetime.strptime(_text(_, value), "%Y-%m-%d").date().isoformat()  # noqa: DTZ007 - a date


def _instant(_: Field, value: Value) -> str:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("it has no time zone")
        return value.astimezone(UTC).strftime(INSTANT)
    return datetime.strptime(_text(_, value), INSTANT).replace(tzinfo=UTC).strftime(INSTANT)


def _label(field: Field, value: Value) -> str:
    if not isinstance(value, str) or value not in field.labels:
        raise ValueError(f"it is not one of {', '.join(field.labels)}")
    return value


_KEEPERS: Mapping[Kind, Callable[[Field, Value], Stored]] = MappingProxyType(
    {
        Kind.TEXT: _text,
        Kind.INTEGER: _integer,
        Kind.DECIMAL: _decimal,
        Kind.CURRENCY: _currency,
        Kind.BOOLEAN: _boolean,
        Kind.DATE: _date,
        Kind.TIMESTAMP: _instant,
        Kind.ENUM: _label,
    }
)


def counted(number: int, one: str) -> str:
    """How many of a thing there are: `1 row`, `1,200 rows`."""
    return f"{number:,} {one}{'' if number == 1 else 's'}"
