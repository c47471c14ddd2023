"""The SQL-like text of `readByQuery` as a condition.

`< > <= >= = like, not like, in, not in, is null, is not null, and, or, not` and parentheses; OR
binds loosest, then AND, then NOT. Values stand in single quotes with backslash escapes, numbers
may stand bare. A NOT is carried inwards, which selects the same rows, empty fields included.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NoReturn

from intacct.condition import (
    Between,
    Compared,
    Comparison,
    Condition,
    Either,
    Empty,
    Every,
    Like,
    OneOf,
    none_of,
    one_of,
)

DEEPEST: Final = 100  # parentheses and NOTs inside each other
_TOKEN = re.compile(
    r"\s*(?:'(?P<quoted>(?:[^'\\]|\\.)*)'|(?P<number>[+-]?\d+(?:\.\d+)?(?![\w.]))"
    r"|(?P<word>[A-Za-z_]\w*)|(?P<sign><=|>=|[<>=(),]))",
    re.DOTALL | re.ASCII,
)
_KEYWORDS: Final = frozenset(("AND", "OR", "NOT", "LIKE", "IN", "IS", "NULL"))
_COMPARISONS: Final[Mapping[str, Comparison]] = MappingProxyType(
    {
        "=": "equalto",
        "<": "lessthan",
        "<=": "lessthanorequalto",
        ">": "greaterthan",
        ">=": "greaterthanorequalto",
    }
)
_OPPOSITES: Final[Mapping[Comparison, Comparison]] = MappingProxyType(
    {
        "equalto": "notequalto",
        "notequalto": "equalto",
        "lessthan": "greaterthanorequalto",
        "greaterthanorequalto": "lessthan",
        "greaterthan": "lessthanorequalto",
        "lessthanorequalto": "greaterthan",
    }
)


def parsed_where(text: str) -> Condition | None:
    """The condition, None for blank text; ValueError names the place of what cannot be read."""
    reader = _Reader(_tokens(text), len(text))
    if reader.ended():
        return None
    condition = reader.either(0)
    if not reader.ended():
        reader.refuse("the end")
    return condition


def opposite(condition: Condition) -> Condition:
    """What NOT makes of a condition; fields that hold nothing meet neither."""
    match condition:
        case Compared(field, comparison, value):
            return Compared(field, _OPPOSITES[comparison], value)
        case Between(field, low, high):
            return Either((Compared(field, "lessthan", low), Compared(field, "greaterthan", high)))
        case OneOf(field, values, negated):
            return OneOf(field, values, not negated)
        case Like(field, pattern, negated):
            return Like(field, pattern, not negated)
        case Empty(field, negated):
            return Empty(field, not negated)
        case Every(parts):
            return Either(tuple(map(opposite, parts)))
        case Either(parts):
            return Every(tuple(map(opposite, parts)))


@dataclass(frozen=True, slots=True)
class _Token:
    """A keyword, a sign, a `field` or a `value`, and where in the text it begins."""

    kind: str
    text: str
    place: int


def _tokens(text: str) -> list[_Token]:
    tokens, at, end = list[_Token](), 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            place = at + len(text[at:]) - len(text[at:].lstrip())
            raise ValueError(f"the query cannot be read at place {place + 1}: {text[place:][:30]}")
        tokens.append(_token(found))
        at = found.end()
    return tokens


def _token(found: re.Match[str]) -> _Token:
    kind = found.lastgroup or ""
    text, place = found[kind], found.start(kind)
    if kind == "quoted":
        return _Token("value", re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL), place - 1)
    if kind == "number":
        return _Token("value", text, place)
    if kind == "word":
        word = text.upper()
        return _Token(word if word in _KEYWORDS else "field", text, place)
    return _Token(text, text, place)


class _Reader:
    """Reads the tokens from left to right."""

    def __init__(self, tokens: list[_Token], end: int) -> None:
        self._tokens = tokens
        self._end = end
        self._at = 0

    def ended(self) -> bool:
        """Nothing is left."""
        return self._at == len(self._tokens)

    def either(self, depth: int) -> Condition:
        """Conditions with OR between them."""
        parts = [self._every(depth)]
        while self._next_is("OR"):
            parts.append(self._every(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def refuse(self, wanted: str) -> NoReturn:
        """Says what stands where something else was expected."""
        found = None if self.ended() else self._tokens[self._at]
        place = found.place if found else self._end
        what = f"“{found.text[:30]}”" if found else "its end"
        raise ValueError(f"the query has {what} at place {place + 1}, where {wanted} is expected")

    def _every(self, depth: int) -> Condition:
        parts = [self._single(depth)]
        while self._next_is("AND"):
            parts.append(self._single(depth))
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _single(self, depth: int) -> Condition:
        if depth > DEEPEST:
            self.refuse(f"no more than {DEEPEST} parentheses or NOTs inside each other")
        if self._next_is("NOT"):
            return opposite(self._single(depth + 1))
        if self._next_is("("):
            inner = self.either(depth + 1)
            self._need(")", "“)”")
            return inner
        return self._test(self._need("field", "a field"))

    def _test(self, field: str) -> Condition:
        for sign, comparison in _COMPARISONS.items():
            if self._next_is(sign):
                return Compared(field, comparison, self._value())
        if self._next_is("IS"):
            negated = self._next_is("NOT")
            self._need("NULL", "NULL")
            return Empty(field, negated)
        negated = self._next_is("NOT")
        if self._next_is("LIKE"):
            return Like(field, self._value(), negated)
        self._need("IN", "LIKE or IN" if negated else "an operator")
        return (none_of if negated else one_of)(field, self._list())

    def _list(self) -> list[str]:
        self._need("(", "“(”")
        values = [self._value()]
        while self._next_is(","):
            values.append(self._value())
        self._need(")", "“)”")
        return values

    def _value(self) -> str:
        return self._need("value", "a value")

    def _next_is(self, kind: str) -> bool:
        if self.ended() or self._tokens[self._at].kind != kind:
            return False
        self._at += 1
        return True

    def _need(self, kind: str, wanted: str) -> str:
        if not self._next_is(kind):
            self.refuse(wanted)
        return self._tokens[self._at - 1].text
