"""A read written as JSON becomes Intacct's function, in both of its forms.

`{"object": "GLBUDGETITEM", "fields": "PSTARTDATE, ACCT_NO, AMOUNT", "query": "DEPT_NO = 'ENG'",
"pagesize": 1000}`, bare or under the name of the function. `readByQuery` takes the text as it is;
`query` takes the condition the text means. The two differ in what values are called: codes
(`STATE = 'A'`) in the first, labels (`STATE = 'Posted'`) in the second.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from dataclasses import dataclass

from lxml import etree

from intacct.client import Intacct
from intacct.condition import Condition
from intacct.read.query import query_call
from intacct.read.read_by_query import LARGEST_PAGE, read_by_query_call, rows_by_query
from intacct.read.where_parser import parsed_where

_PARTS = ("object", "fields", "query", "pagesize")
_FUNCTIONS = ("readByQuery", "query")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a JSON read asks for: no fields are all of them, and a blank text is every row."""

    object: str
    fields: tuple[str, ...]
    text: str
    page: int

    @property
    def where(self) -> Condition | None:
        """What the text means."""
        return parsed_where(self.text)


def asked_from_json(text: str) -> Asked:
    """The read a JSON text describes; ValueError says which part is wrong, and where."""
    try:
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"that is no JSON at place {error.pos + 1}: {error.msg}") from error
    except RecursionError as error:
        raise ValueError("that has more brackets inside each other than a read needs") from error
    parts = _unwrapped(raw)
    if unknown := [name for name in parts if name not in _PARTS]:
        raise ValueError(f"a read has {', '.join(_PARTS)}, and no {', '.join(unknown)}")
    asked = Asked(_object(parts), _fields(parts), _query(parts), _page(parts))
    parsed_where(asked.text)  # a mistake is told now, not when the read is under way
    return asked


def as_read_by_query(asked: Asked) -> etree._Element:
    """The `readByQuery` call, its text as written."""
    return read_by_query_call(asked.object, asked.fields, asked.text, asked.page)


def as_query(asked: Asked) -> etree._Element:
    """The `query` call for the first page; ValueError without fields, for it knows no “all”."""
    if not asked.fields:
        raise ValueError("query needs its fields named; only readByQuery knows “all”")
    return query_call(asked.object, asked.fields, asked.where, asked.page)


def asked_rows(books: Intacct, asked: Asked) -> Generator[etree._Element, None, None]:
    """The records, page after page to the end, by `readByQuery`."""
    return rows_by_query(books, asked.object, asked.fields, asked.text, page=asked.page)


def _unwrapped(raw: object) -> Mapping[str, object]:
    """The parts, out from under the function's name where it stands around them."""
    if isinstance(raw, dict) and len(raw) == 1:
        ((name, inner),) = raw.items()
        if name in _FUNCTIONS and isinstance(inner, dict):
            return inner
    if not isinstance(raw, dict):
        raise ValueError("a read is a JSON object")
    return raw


def _object(parts: Mapping[str, object]) -> str:
    name = parts.get("object")
    if not isinstance(name, str) or not name.strip():
        raise ValueError("object must name what is read, like GLBUDGETITEM")
    return name.strip()


def _fields(parts: Mapping[str, object]) -> tuple[str, ...]:
    given = parts.get("fields", "*")
    listed = given.split(",") if isinstance(given, str) else given
    if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
        raise ValueError("fields must be a text with commas or a list of names")
    names = tuple(dict.fromkeys(name.strip() for name in listed if name.strip()))
    return () if names == ("*",) else names


def _query(parts: Mapping[str, object]) -> str:
    text = parts.get("query", "")
    if not isinstance(text, str):
        raise ValueError("query must be a text like ACCT_NO = '4000'")
    return text.strip()


def _page(parts: Mapping[str, object]) -> int:
    size = parts.get("pagesize", LARGEST_PAGE)
    number = int(size) if isinstance(size, str) and size.isdecimal() else size
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= LARGEST_PAGE:
        raise ValueError(f"pagesize must be a whole number from 1 to {LARGEST_PAGE}")
    return number
