"""Which records were deleted since an instant: only the audit history tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from intacct.condition import all_of, equal, one_of
from intacct.read.extract import Asked, Extract, changed_since, read_extracts
from intacct.wire import instant_from

HISTORY: Final = "AUDITHISTORY"
HAPPENED: Final = "ACCESSTIME"
_FIELDS = ("OBJECTTYPE", "OBJECTKEY", HAPPENED)


@dataclass(frozen=True, slots=True)
class Deleted:
    """A record that is gone: its object in capitals, its number, and when it went."""

    object: str
    number: int
    at: datetime


def read_deleted(
    books: Asked, objects: Iterable[str], since: datetime | None
) -> tuple[Deleted, ...]:
    """What was deleted of these objects since then, ever where that is None.

    Lines are never told of, only the documents they stand in. NotPermitted where the user may not
    see the history.
    """
    where = all_of(
        equal("ACCESSMODE", "D"),  # this one is a code where every other label is a word
        one_of("OBJECTTYPE", [name.lower() for name in objects]),
        *([changed_since(HAPPENED, since)] if since else []),
    )
    (records,) = read_extracts(books, [Extract(HISTORY, _FIELDS, where)])
    return tuple(
        Deleted(
            object=record.fields["OBJECTTYPE"].upper(),
            number=int(record.fields["OBJECTKEY"]),
            at=instant_from(record.fields[HAPPENED]),
        )
        for record in records
        if record.fields["OBJECTKEY"].isascii() and record.fields["OBJECTKEY"].isdigit()
    )
