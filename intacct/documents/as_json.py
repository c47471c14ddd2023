"""A document as JSON values and back, exactly: what is read is what was written.

A document is made of texts, flags, whole numbers, amounts, days, named choices and nothing, of
tuples of these, of frozen records of these, and of sets of sortable ones. Amounts and days are
texts in JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from types import MappingProxyType, NoneType, UnionType
from typing import Final, Literal, NewType, Union, cast, get_args, get_origin, get_type_hints

from intacct.documents.held import Document
from intacct.documents.kinds import KINDS

_KIND: Final = "kind"
Reader = Callable[[object, str], object]


def as_json(document: Document) -> dict[str, object]:
    """The document as JSON values, its kind first; TypeError for a class that is no kind."""
    for kind, made in KINDS.items():
        if made is type(document):
            return {_KIND: kind, **_record_as_json(document)}
    raise TypeError(f"{type(document).__name__} is no kind of document")


def from_json(raw: object) -> Document:
    """The document that `as_json` wrote; ValueError naming the field for any other shape."""
    if not isinstance(raw, Mapping):
        raise ValueError("a document is an object")
    kind = raw.get(_KIND)
    if not isinstance(kind, str) or kind not in KINDS:
        raise ValueError(f"kind: there is no document of the kind {kind!r}")
    rest = {name: value for name, value in raw.items() if name != _KIND}
    return cast("Document", _record_reader(KINDS[kind])(rest, kind))  # it reads that kind alone


def _as_json(value: object) -> object:
    if isinstance(value, Enum):
        return _as_json(value.value)
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_as_json(one) for one in value]
    if isinstance(value, frozenset):
        return [_as_json(one) for one in sorted(value)]
    return _record_as_json(value)


def _record_as_json(value: object) -> dict[str, object]:
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} cannot be part of a document")
    return {field.name: _as_json(getattr(value, field.name)) for field in fields(value)}


def _reader(hint: object) -> Reader:
    """What reads a value of this type; TypeError for a type no document is made of."""
    if isinstance(hint, NewType):
        return _reader(hint.__supertype__)
    if (origin := get_origin(hint)) is not None:
        return _compound_reader(origin, get_args(hint))
    if hint in _PLAIN:
        return _PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _choice_reader({_as_json(member): member for member in hint})
    if isinstance(hint, type) and is_dataclass(hint):
        return _record_reader(hint)
    raise TypeError(f"{hint} cannot be part of a document")


def _compound_reader(origin: object, arguments: tuple[object, ...]) -> Reader:
    if origin is Literal:
        return _choice_reader({word: word for word in arguments})
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return _list_reader(_reader(arguments[0]))
    if origin is frozenset:
        return _set_reader(_list_reader(_reader(arguments[0])))
    kinds = [one for one in arguments if one is not NoneType]
    if origin in (Union, UnionType) and len(kinds) == 1:
        return _optional_reader(_reader(kinds[0]))
    raise TypeError(f"{origin} of {arguments} cannot be part of a document")


def _record_reader(made: type) -> Reader:
    hints = get_type_hints(made)
    readers = {field.name: _reader(hints[field.name]) for field in fields(made)}

    def read(raw: object, name: str) -> object:
        if not isinstance(raw, Mapping):
            raise ValueError(f"{name}: an object is expected")
        if odd := sorted(map(str, raw.keys() ^ readers.keys())):
            raise ValueError(f"{name}: {odd[0]} is missing or does not belong here")
        return made(**{key: reader(raw[key], key) for key, reader in readers.items()})

    return read


def _list_reader(each: Reader) -> Reader:
    def read(raw: object, name: str) -> object:
        if not isinstance(raw, list):
            raise ValueError(f"{name}: a list is expected")
        return tuple(each(one, name) for one in raw)

    return read


def _set_reader(listed: Reader) -> Reader:
    def read(raw: object, name: str) -> object:
        members = listed(raw, name)
        found = frozenset(members) if isinstance(members, tuple) else frozenset()
        if _as_json(found) != raw:
            raise ValueError(f"{name}: each once and in order is expected")
        return found

    return read


def _optional_reader(reader: Reader) -> Reader:
    return lambda raw, name: None if raw is None else reader(raw, name)


def _choice_reader(choices: Mapping[object, object]) -> Reader:
    def read(raw: object, name: str) -> object:
        if not isinstance(raw, str) or raw not in choices:
            raise ValueError(f"{name}: must be text, one of {', '.join(map(str, choices))}")
        return choices[raw]

    return read


def _text(raw: object, name: str) -> object:
    if not isinstance(raw, str):
        raise ValueError(f"{name}: must be text")
    return raw


def _flag(raw: object, name: str) -> object:
    if not isinstance(raw, bool):
        raise ValueError(f"{name}: must be true or false")
    return raw


def _whole_number(raw: object, name: str) -> object:
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise ValueError(f"{name}: must be a whole number")
    return raw


def _amount(raw: object, name: str) -> object:
    try:
        amount = Decimal(str(_text(raw, name)))
    except InvalidOperation as error:
        raise ValueError(f"{name}: must be an amount written as text") from error
    if str(amount) != raw:
        raise ValueError(f"{name}: must be an amount written as text, the way amounts are written")
    return amount


def _day(raw: object, name: str) -> object:
    try:
        day = date.fromisoformat(str(_text(raw, name)))
    except ValueError as error:
        raise ValueError(f"{name}: must be a day written yyyy-mm-dd") from error
    if day.isoformat() != raw:
        raise ValueError(f"{name}: must be a day written yyyy-mm-dd")
    return day


_PLAIN: Final[Mapping[object, Reader]] = MappingProxyType(
    {str: _text, bool: _flag, int: _whole_number, Decimal: _amount, date: _day}
)
