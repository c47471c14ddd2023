"""The condition of a readByQuery: SQL-like text, values in single quotes, backslash escapes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sandbox.intacct.conditions import Condition, Joined, Not, Test

TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^'\\]|\\.)*')|(?P<number>-?\d+(?:\.\d+)?)|(?P<word>[A-Za-z_][\w.]*)"
    r"|(?P<sign><=|>=|<|>|=|\(|\)|,))",
    re.DOTALL,
)
SIGNS = {
    "=": "equalto",
    "<": "lessthan",
    "<=": "lessthanorequalto",
    ">": "greaterthan",
    ">=": "greaterthanorequalto",
}
KEYWORDS = ("AND", "OR", "NOT", "LIKE", "IN", "IS", "NULL")
DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the condition."""

    kind: str
    text: str


def read_where(text: str) -> Condition | None:
    """The condition, nothing for an empty text, a ValueError naming the place of a mistake."""
    tokens = _tokens(text)
    if not tokens:
        return None
    parser = _Parser(tokens)
    condition = parser.either(0)
    parser.end()
    return condition


def _tokens(text: str) -> list[Token]:
    tokens, at = [], 0
    while text[at:].strip():
        found = TOKEN.match(text, at)
        if found is None:
            raise ValueError(f"the query cannot be read at: {text[at : at + 30].strip()}")
        tokens.append(_token(found))
        at = found.end()
    return tokens


def _token(found: re.Match[str]) -> Token:
    kind, text = found.lastgroup or "", found.group(found.lastgroup or 0)
    if kind == "text":
        return Token("value", re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL))
    if kind == "number":
        return Token("value", text)
    if kind == "word" and text.upper() in KEYWORDS:
        return Token(text.upper(), text)
    return Token(kind if kind == "word" else text, text)


class _Parser:
    """Reads tokens from the left: OR binds loosest, then AND, then NOT."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def either(self, depth: int) -> Condition:
        """One or more conditions with OR between them."""
        if depth > DEEPEST:
            raise ValueError("the query has too many parentheses inside each other")
        parts = [self._both(depth)]
        while self._next_is("OR"):
            parts.append(self._both(depth))
        return parts[0] if len(parts) == 1 else Joined("OR", tuple(parts))

    def end(self) -> None:
        """Nothing may be left."""
        if self._at < len(self._tokens):
            raise ValueError(f"the query goes on with: {self._tokens[self._at].text}")

    def _both(self, depth: int) -> Condition:
        parts = [self._single(depth)]
        while self._next_is("AND"):
            parts.append(self._single(depth))
        return parts[0] if len(parts) == 1 else Joined("AND", tuple(parts))

    def _single(self, depth: int) -> Condition:
        if depth > DEEPEST:
            raise ValueError("the query has too many NOTs inside each other")
        if self._next_is("NOT"):
            return Not(self._single(depth + 1))
        if self._next_is("("):
            inner = self.either(depth + 1)
            self._need(")")
            return inner
        return self._test()

    def _test(self) -> Test:
        field = self._need("word").text
        for sign, operator in SIGNS.items():
            if self._next_is(sign):
                return Test(field, operator, (self._need("value").text,))
        if self._next_is("IS"):
            operator = "isnotnull" if self._next_is("NOT") else "isnull"
            self._need("NULL")
            return Test(field, operator)
        negated = "not" if self._next_is("NOT") else ""
        if self._next_is("LIKE"):
            return Test(field, f"{negated}like", (self._need("value").text,))
        self._need("IN")
        return Test(field, f"{negated}in", self._list())

    def _list(self) -> tuple[str, ...]:
        self._need("(")
        values = [self._need("value").text]
        while self._next_is(","):
            values.append(self._need("value").text)
        self._need(")")
        return tuple(values)

    def _next_is(self, kind: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at].kind == kind:
            self._at += 1
            return True
        return False

    def _need(self, kind: str) -> Token:
        if not self._next_is(kind):
            found = self._tokens[self._at].text if self._at < len(self._tokens) else "its end"
            raise ValueError(f"the query has {found} where {kind} was expected")
        return self._tokens[self._at - 1]
