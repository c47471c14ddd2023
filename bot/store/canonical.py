"""How a value is written down: one value, one text, whoever writes it and whenever."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeAlias

JSON: TypeAlias = "bool | int | str | Sequence[JSON] | Mapping[str, JSON] | None"


def canonical(value: JSON) -> str:
    """The one text of a JSON value: sorted keys, no spaces, characters as they are.

    Raises TypeError for a float, a Decimal, a date or any key that is not text: amounts and
    dates are texts before they come here.
    """
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def instant(at: datetime) -> str:
    """The instant in UTC to the microsecond, ending in Z, so that texts sort as times do.

    Raises ValueError for a time without a zone.
    """
    if at.utcoffset() is None:
        raise ValueError("a time without a zone is no instant")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def read_instant(written: str) -> datetime:
    """The instant that `instant` wrote."""
    return datetime.fromisoformat(written)


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        if wrong := [key for key in value if not isinstance(key, str)]:
            raise TypeError(f"{type(wrong[0]).__name__} is no key of a canonical value")
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [_plain(held) for held in value]
    raise TypeError(f"{type(value).__name__} has no canonical text")
