"""What a request counts for against the company's monthly allowance of transactions.

As connector vendors report it: a page of a read is one; each record created, updated or deleted is
one, its lines are not, and putting many into one request does not help. Signing in is taken to be
free. What was refused is taken to be free too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lxml import etree

from intacct.wire import text_of

FREE: Final = frozenset({"getAPISession"})
PER_RECORD: Final = frozenset({"create", "update"})
PER_KEY: Final = frozenset({"delete"})


def billed(calls: Iterable[etree._Element]) -> int:
    """How many transactions the calls of a request are."""
    return sum(map(_one, calls))


def _one(call: etree._Element) -> int:
    if call.tag in FREE:
        return 0
    if call.tag in PER_RECORD:
        return len(call)
    if call.tag in PER_KEY:
        return len([key for key in text_of(call, "keys").split(",") if key.strip()])
    return 1
