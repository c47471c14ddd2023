"""Master records are written by one rule for all kinds; what is special stands in their kind."""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.company.store import insert
from sandbox.company.values import Stored, Value, stored
from sandbox.intacct.conditions import Sql, joined
from sandbox.intacct.master_kind import Element, Keys, MasterKind, Row, complaint
from sandbox.intacct.master_use import climbs_to_itself, copied, reference_complaints, used_by
from sandbox.intacct.master_words import missing, read_record
from sandbox.intacct.refusal import ALREADY_THERE, Complaint, Refused
from sandbox.intacct.trail import leave_trail, new_record, next_number, update
from sandbox.intacct.visible import visible
from sandbox.intacct.work import Work


def create_master(kind: MasterKind, work: Work, element: Element) -> Keys:
    """A new record; its keys, or everything that is wrong with it."""
    values, wrong = read_record(work, kind, element)
    values = {name: value for name, value in values.items() if value is not None}
    if kind.fill and not wrong:
        values = kind.fill(work, values) | values
    values = dict(kind.defaults) | values
    wrong += missing(kind, values, new=True)
    row = {name: stored(kind.object.fields[name], value) for name, value in values.items()}
    wrong = wrong or _complaints(work, kind, values, row)
    if wrong:
        raise Refused(*wrong)
    number = next_number(work, kind.name)
    whole = new_record(work) | values | copied(work, kind.object, values)
    insert(work.books.connection, kind.name, [whole | {"RECORDNO": number}])
    _finish(work, kind, number, element, None)
    leave_trail(work, kind.name, number, "create")
    return _keys(work, kind, number)


def update_master(kind: MasterKind, work: Work, element: Element) -> Keys:
    """The record with the sent columns changed, emptied where they came empty."""
    before = find(work, kind, element)
    number = int(before["RECORDNO"] or 0)
    values, wrong = read_record(work, kind, element)
    changed = {
        name: value
        for name, value in values.items()
        if stored(kind.object.fields[name], value) != before[name]
    }
    wrong += [
        complaint(f"{name} of {kind.name} cannot be changed.")
        for name in (*kind.identity, *kind.fixed)
        if name in changed
    ]
    wrong += missing(kind, values, new=False)
    row = before | {n: stored(kind.object.fields[n], value) for n, value in changed.items()}
    wrong = wrong or _complaints(work, kind, changed, row)
    if wrong:
        raise Refused(*wrong)
    update(work, kind.name, number, changed | copied(work, kind.object, changed))
    _finish(work, kind, number, element, before)
    leave_trail(work, kind.name, number, "modify")
    return _keys(work, kind, number)


def delete_master(kind: MasterKind, work: Work, number: int) -> None:
    """The record and the lines it owns are gone, unless something refers to it."""
    seen = joined(
        "AND", [*visible(kind.object, work.caller, private=True), Sql("RECORDNO = ?", (number,))]
    )
    row = work.books.row(f'SELECT * FROM "{kind.name}" t0 WHERE {seen.text}', seen.values)  # noqa: S608
    if row is None:
        raise Refused(complaint(f"Cannot find {kind.name.lower()} with key '{number}' to delete."))
    if user := used_by(work, kind.name, number):
        name = dict(_keys(work, kind, number)).get(kind.object.key, str(number))
        raise Refused(
            complaint(f"{kind.word} '{name}' cannot be deleted because it is used by {user}.")
        )
    if kind.guard and (wrong := kind.guard(work, dict(row))):
        raise Refused(*(complaint(text) for text in wrong))
    for line in kind.object.lines:
        work.books.run(
            f'DELETE FROM "{line.object}" WHERE "{line.parent}" = ?',  # noqa: S608 - schema names
            [number],
        )
    work.books.run(f'DELETE FROM "{kind.name}" WHERE RECORDNO = ?', [number])  # noqa: S608
    leave_trail(work, kind.name, number, "delete")


def find(work: Work, kind: MasterKind, element: Element) -> Row:
    """The record an update names by RECORDNO or by its business id."""
    words = {str(one.tag).upper(): (one.text or "").strip() for one in element}
    columns = ["RECORDNO"] if words.get("RECORDNO") else list(kind.identity)
    seen = visible(kind.object, work.caller, private=True)
    wanted = [Sql(f't0."{name}" = ?', (words.get(name, ""),)) for name in columns]
    where = joined("AND", [*seen, *wanted])
    row = work.books.row(
        f'SELECT * FROM "{kind.name}" t0 WHERE {where.text}',  # noqa: S608 - schema names
        where.values,
    )
    if row is None:
        named = " and ".join(f"{name}={words.get(name, '')}" for name in columns)
        raise Refused(Complaint(f"Cannot update non-existing {kind.name} with {named}."))
    return dict(row)


def already_there(word: str, name: str, *values: str) -> Complaint:
    """A second record with the values that tell records of its kind apart."""
    said = ", ".join(values)
    return Complaint(
        ALREADY_THERE,
        "",
        f"Another {word} with the given value(s) {said}  already exists",
        "Use a unique value instead.",
        "GL-0493",
        f"IA.DUPLICATE_{name}",
        {"VALUE": said},
    )


def _complaints(
    work: Work, kind: MasterKind, changed: Mapping[str, Value], row: Row
) -> list[Complaint]:
    found = reference_complaints(work, kind.object, changed)
    if not found and any(name in changed for name in kind.identity):
        found += _duplicates(work, kind, row)
    if climbs_to_itself(work, kind.object, row):
        found.append(complaint(f"{kind.word} '{row[kind.object.key]}' cannot be above itself."))
    if not found and kind.check:
        found = [complaint(text) for text in kind.check(work, row)]
    return found


def _duplicates(work: Work, kind: MasterKind, row: Mapping[str, Stored]) -> list[Complaint]:
    where = " AND ".join(f'"{name}" IS ?' for name in kind.identity)
    values = [row.get(name) for name in kind.identity]
    statement = f'SELECT 1 FROM "{kind.name}" WHERE {where}'  # noqa: S608 - schema names
    if not work.books.row(statement, values):
        return []
    return [already_there(kind.word, kind.name, *(str(value) for value in values))]


def _finish(
    work: Work, kind: MasterKind, number: int, element: Element, before: Row | None
) -> None:
    if kind.finish:
        row = work.books.row(f'SELECT * FROM "{kind.name}" WHERE RECORDNO = ?', [number])  # noqa: S608
        assert row is not None
        kind.finish(work, dict(row), element, before)


def _keys(work: Work, kind: MasterKind, number: int) -> Keys:
    key = kind.object.key
    row = work.books.row(f'SELECT "{key}" FROM "{kind.name}" WHERE RECORDNO = ?', [number])  # noqa: S608
    assert row is not None
    return tuple({"RECORDNO": str(number), key: str(row[0])}.items())
