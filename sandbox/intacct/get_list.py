"""`get_list` and `get`: the oldest way to read, lower case throughout, each record with its key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Literal

from lxml import etree

from sandbox.company.schema import OBJECTS
from sandbox.company.shape import Object
from sandbox.company.values import Stored
from sandbox.intacct.columns import Columns, NoSuchField
from sandbox.intacct.conditions import Condition, Joined, Reading, Sql, Test, compiled, joined
from sandbox.intacct.counts import NUMBER, counted
from sandbox.intacct.listing import Listing, Shown, listing, shown_as
from sandbox.intacct.refusal import no_object, not_processed
from sandbox.intacct.request import is_true, text_of
from sandbox.intacct.visible import check_readable, visible
from sandbox.intacct.work import FunctionAnswer, Work

OPERATORS: Mapping[str, str] = MappingProxyType(
    {
        "=": "equalto",
        "!=": "notequalto",
        "<>": "notequalto",
        "<": "lessthan",
        "<=": "lessthanorequalto",
        ">": "greaterthan",
        ">=": "greaterthanorequalto",
        "like": "like",
        "is null": "isnull",
        "is not null": "isnotnull",
    }
)
OTHER_NAMES: Mapping[str, str] = MappingProxyType(
    {"invoice": "ARINVOICE", "bill": "APBILL", "arpayment": "ARPYMT", "gltransaction": "GLBATCH"}
)
USUAL, MOST = 100, 1000


def get_list(work: Work, call: etree._Element) -> FunctionAnswer:
    """So many records from a place on, and beside them how many there are."""
    one = _object(work, call)
    columns, fields = Columns(one), _fields(one, call)
    try:
        every = _selection(work, columns, call)
    except NoSuchField as error:
        raise not_processed(f"{one.name} has no field {error}") from error
    except ValueError as error:
        raise not_processed(str(error)) from error
    start, size = _whole(call, "start", 0, 2**31), _whole(call, "maxitems", USUAL, MOST)
    page = f"{_selected(fields, every)} {_sorted(columns, call)} LIMIT ? OFFSET ?"
    rows = work.books.rows(page, (*every.values, size, start))
    heading = etree.Element("listtype", start=str(start), end=str(max(start + len(rows) - 1, 0)))
    heading.set("total", str(counted(work.books, Sql(f"SELECT 1 {every.text}", every.values))))
    heading.text = call.get("object")
    return replace(_listed(call, fields, rows), heading=heading)


def get(work: Work, call: etree._Element) -> FunctionAnswer:
    """One record by its business id, or by its record number."""
    one = _object(work, call)
    fields = _fields(one, call)
    seen = visible(one, work.caller, private=True)
    key = call.get("key", "")
    for name in dict.fromkeys((one.key, "RECORDNO")):
        where = joined("AND", [*seen, Sql(f't0."{name}" = ?', (key,))])
        found = Sql(f'FROM "{one.name}" t0 WHERE {where.text}', where.values)
        if rows := work.books.rows(_selected(fields, found), found.values):
            return _listed(call, fields, rows)
    raise not_processed(f"There is no {call.get('object', '')} with key '{key}'")


def _object(work: Work, call: etree._Element) -> Object:
    asked = call.get("object", "")
    name = OTHER_NAMES.get(asked.lower(), asked.upper())
    if name not in OBJECTS:
        raise no_object(asked)
    check_readable(work, OBJECTS[name], "READ_BY_QUERY")
    return OBJECTS[name]


def _fields(one: Object, call: etree._Element) -> list[tuple[str, Shown]]:
    """The columns asked for, or all; the key comes first, whatever was asked."""
    asked = [(part.text or "").strip().upper() for part in call.findall("fields/field")]
    if unknown := [name for name in asked if name not in one.fields]:
        raise not_processed(f"{one.name} has no field {', '.join(unknown)}")
    shown = [(name, shown_as(one.fields[name], name.lower())) for name in asked or one.fields]
    return [(one.key, shown_as(one.fields[one.key], "key")), *shown]


def _selected(fields: list[tuple[str, Shown]], rows: Sql) -> str:
    columns = ", ".join(f't0."{name}"' for name, _ in fields)
    return f"SELECT {columns} {rows.text}"


def _listed(
    call: etree._Element, fields: list[tuple[str, Shown]], rows: Sequence[Sequence[Stored]]
) -> Listing:
    return listing(call.get("object", "").lower(), [one for _, one in fields], rows, {})


def _selection(work: Work, columns: Columns, call: etree._Element) -> Sql:
    private = is_true(call.get("showprivate", ""))
    conditions = visible(columns.object, work.caller, private=private)
    part = call.find("filter")
    if part is not None and len(part):
        conditions.append(compiled(_condition(part[0]), columns, Reading()))
    where = joined("AND", [*conditions, Sql("TRUE")])
    return Sql(f"{columns.source()} WHERE {where.text}", where.values)


def _condition(part: etree._Element) -> Condition:
    if part.tag == "logical":
        word: Literal["AND", "OR"] = "OR" if part.get("logical_operator") == "or" else "AND"
        if not len(part):
            raise ValueError("Element 'logical' needs an expression inside")
        return Joined(word, tuple(_condition(one) for one in part))
    operator = OPERATORS.get(text_of(part, "operator").lower())
    if part.tag != "expression" or operator is None:
        raise ValueError(f"Element '{part.tag}' is not an expression with a known operator")
    values = () if operator.endswith("null") else (text_of(part, "value"),)
    return Test(text_of(part, "field"), operator, values)


def _sorted(columns: Columns, call: etree._Element) -> str:
    keys = []
    for part in call.findall("sorts/sortfield"):
        name = (part.text or "").strip()
        if name.upper() not in columns.object.fields:
            raise not_processed(f"{columns.object.name} has no field {name}")
        keys.append(columns.find(name).sql + (" DESC" if part.get("order") == "desc" else ""))
    return f"ORDER BY {', '.join([*keys, NUMBER])}"


def _whole(call: etree._Element, name: str, default: int, most: int) -> int:
    text = call.get(name, str(default))
    if not text.isdecimal() or int(text) > most:
        raise not_processed(f"{name} must be a whole number up to {most}, not {text}")
    return int(text)
