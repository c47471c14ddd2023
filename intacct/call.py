"""One request to the gateway as it is kept on record, whatever becomes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from time import perf_counter

from lxml import etree

from intacct.errors import UNMARKED, IntacctError, Marks


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the gateway as it is kept on record: no password, session id or body.

    `request_sha256` is of the functions alone, so that the same question has the same hash;
    `reply_sha256` is "" where no reply came. `outcome` is "success" or the error's class name, and
    `marks` what Sage calls the failure.
    """

    at: datetime
    function: str
    control_id: str
    entity: str
    request_sha256: str
    reply_sha256: str = ""
    ms: int = 0
    outcome: str = "unfinished"
    marks: Marks = UNMARKED


@dataclass(slots=True)
class Heard:
    """What came back while the request was under way."""

    reply_sha256: str = ""

    def hear(self, content: bytes) -> None:
        """Keep the hash of a reply."""
        self.reply_sha256 = sha256(content).hexdigest()


@contextmanager
def on_record(call: Call, keep: Callable[[Call], None]) -> Iterator[Heard]:
    """Keep the call when the block ends, with its reply, its time and how it ended."""
    heard, began = Heard(), perf_counter()
    outcome, marks = call.outcome, call.marks
    try:
        yield heard
        outcome = "success"
    except IntacctError as error:
        outcome, marks = type(error).__name__, error.marks
        raise
    finally:
        ms = round((perf_counter() - began) * 1000)
        ended = replace(call, reply_sha256=heard.reply_sha256, ms=ms, outcome=outcome, marks=marks)
        keep(ended)


def named(calls: Sequence[etree._Element]) -> str:
    """The functions of a request for the record: `query`, or `query ×3`."""
    names = Counter(str(call.tag) for call in calls)
    return ", ".join(name if n == 1 else f"{name} ×{n}" for name, n in names.items())
