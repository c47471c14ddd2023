"""What an element says about a record: its columns read by their kind, or what is wrong."""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.company.shape import Field, Kind
from sandbox.company.values import Value, stored
from sandbox.intacct.master_kind import Element, MasterKind, complaint
from sandbox.intacct.received import date_of, flag_of, number_of
from sandbox.intacct.refusal import Complaint
from sandbox.intacct.work import Work

CONTACT = "SELECT RECORDNO, STATUS FROM CONTACT WHERE CONTACTNAME = ?"


def read_record(
    work: Work, kind: MasterKind, element: Element
) -> tuple[dict[str, Value], list[Complaint]]:
    """The columns an element sets, an empty one to nothing, and a complaint for each that is wrong.

    RECORDNO, which only tells records apart, is left out.
    """
    values: dict[str, Value] = {}
    found: list[Complaint] = []
    for name, text in _words(kind, element):
        field = kind.object.fields.get(name)
        if name == "RECORDNO":
            continue
        if field is None:
            found.append(complaint(f"Field {name} is not valid for {kind.name}."))
        elif field.readonly or field.same_as:
            found.append(complaint(f"Field {name} of {kind.name} is read-only."))
        else:
            try:
                values[name] = value_of(field, text or ("active" if name == "STATUS" else ""))
            except ValueError as error:
                found.append(complaint(f"{name}: {error}."))
    for wrapper, column in kind.contacts.items():
        part = element.find(wrapper)
        if part is not None:
            values[column], wrong = _contact(work, wrapper, part)
            found += wrong
    return values, found


def value_of(field: Field, text: str) -> Value:
    """The value a text stands for in this field, nothing for an empty one; else a ValueError."""
    if not text:
        return None
    value: Value = text
    if field.kind is Kind.BOOLEAN:
        value = bool(flag_of(text))
    elif field.kind is Kind.DATE:
        value = date_of(text)
    elif field.kind in (Kind.INTEGER, Kind.DECIMAL, Kind.CURRENCY):
        value = number_of(text)
    elif field.kind is Kind.ENUM and text not in field.labels:
        raise ValueError(f"'{text}' is not one of {', '.join(field.labels)}")
    stored(field, value)
    return value


def missing(kind: MasterKind, values: Mapping[str, Value], *, new: bool) -> list[Complaint]:
    """A complaint for each required column that has nothing in it, or would be emptied."""
    return [
        complaint(f"Required field {field.name} is missing.")
        for field in kind.object.fields.values()
        if field.required and (new or field.name in values) and values.get(field.name) is None
    ]


def _words(kind: MasterKind, element: Element) -> list[tuple[str, str]]:
    elsewhere = {line.wrapper for line in kind.object.lines} | set(kind.contacts) | set(kind.parts)
    words = []
    for one in element:
        name = str(one.tag).upper()
        if name in kind.within:
            words += _words(kind, one)
        elif name not in elsewhere:
            words.append((name, (one.text or "").strip()))
    return words


def _contact(work: Work, wrapper: str, part: Element) -> tuple[int | None, list[Complaint]]:
    name = (part.findtext("CONTACTNAME") or part.findtext("NAME") or "").strip()
    if not name:
        return None, []
    row = work.books.row(CONTACT, [name])
    if row is None or row["STATUS"] == "inactive":
        state = "does not exist" if row is None else "is inactive"
        return None, [complaint(f"Contact '{name}' of {wrapper} {state}.")]
    return row["RECORDNO"], []
