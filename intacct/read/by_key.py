"""Records by their numbers or by their business ids, owned lines included."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Final, Literal

from lxml import etree

from intacct.client import Intacct
from intacct.wire import element

MOST_KEYS: Final = 100  # in one call


def rows_by_number(
    books: Intacct, name: str, numbers: Sequence[str], fields: Sequence[str] = ()
) -> Generator[etree._Element, None, None]:
    """The records with these record numbers; a number that is not in the books is left out.

    Without fields every field comes, and the lines the record owns inside it. More than a hundred
    keys are asked for in several calls, each key once.
    """
    return _rows(books, "read", name, numbers, fields)


def rows_by_id(
    books: Intacct, name: str, ids: Sequence[str], fields: Sequence[str] = ()
) -> Generator[etree._Element, None, None]:
    """The records with these business ids (CUSTOMERID, ACCOUNTNO), otherwise as `rows_by_number`.

    ValueError for an id with a comma, which the call cannot carry.
    """
    return _rows(books, "readByName", name, ids, fields)


def _rows(
    books: Intacct,
    function: Literal["read", "readByName"],
    name: str,
    keys: Sequence[str],
    fields: Sequence[str],
) -> Generator[etree._Element, None, None]:
    wanted = list(dict.fromkeys(keys))
    if strange := [key for key in wanted if "," in key or not key.strip()]:
        raise ValueError(f"“{strange[0]}” is no key that can be asked for")
    for start in range(0, len(wanted), MOST_KEYS):
        call = element(
            function,
            None,
            element("object", name),
            element("keys", ",".join(wanted[start : start + MOST_KEYS])),
            element("fields", ",".join(fields) or "*"),
        )
        (answer,) = books.ask(call)
        yield from answer.records
