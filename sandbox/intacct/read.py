"""`read` and `readByName`: records by record number or by business id, lines included."""

from __future__ import annotations

from lxml import etree

from sandbox.company.schema import OBJECTS
from sandbox.company.shape import Object
from sandbox.intacct.conditions import Sql
from sandbox.intacct.records import UnknownFields, fetch, wanted_fields, with_lines
from sandbox.intacct.refusal import no_object, not_processed
from sandbox.intacct.reply import data
from sandbox.intacct.request import text_of
from sandbox.intacct.visible import check_readable
from sandbox.intacct.work import FunctionAnswer, Work
from sandbox.intacct.written import formatted

MOST_KEYS = 100
UNKNOWN = "XXX"  # the number recorded for a read of an object that does not exist


def read(work: Work, call: etree._Element) -> FunctionAnswer:
    """The records with these record numbers; keys that do not exist are simply missing."""
    one = known_object(call, UNKNOWN)
    return _read(work, call, one, "RECORDNO")


def read_by_name(work: Work, call: etree._Element) -> FunctionAnswer:
    """The records with these business ids."""
    one = known_object(call, UNKNOWN)
    return _read(work, call, one, one.key)


def known_object(call: etree._Element, errorno: str) -> Object:
    """The object a call names, or a refusal under the number this call uses."""
    name = text_of(call, "object")
    if name.upper() not in OBJECTS:
        raise no_object(name, errorno)
    return OBJECTS[name.upper()]


def keys_of(call: etree._Element) -> list[str]:
    """The keys of a call, at most a hundred."""
    keys = [key.strip() for key in text_of(call, "keys").split(",") if key.strip()]
    if not 1 <= len(keys) <= MOST_KEYS:
        raise not_processed(f"keys must hold 1 to {MOST_KEYS} keys, not {len(keys)}")
    return keys


def _read(work: Work, call: etree._Element, one: Object, key: str) -> FunctionAnswer:
    check_readable(work, one, "READ")
    keys, words = keys_of(call), text_of(call, "fields", "*")
    try:
        fields = wanted_fields(one, words)
    except UnknownFields as error:
        raise not_processed(str(error)) from error
    marks = ", ".join("?" for _ in keys)
    # A key is text on the wire; the column's own affinity turns it into a number where it is one.
    condition = Sql(f't0."{key}" IN ({marks})', tuple(keys))
    rows = fetch(work, one, ["RECORDNO", *fields], [condition])
    kind = text_of(call, "returnFormat", "xml").lower()
    if kind in ("csv", "json"):
        return formatted([list(row[1:]) for row in rows], fields, kind)
    tag = text_of(call, "object")
    answer = data(tag, len(rows))
    nested = words.strip() in ("", "*") or any(o.wrapper in words.upper() for o in one.lines)
    answer.extend(with_lines(work, one, tag, row[1:], row[0][1], lines=nested) for row in rows)
    return answer
