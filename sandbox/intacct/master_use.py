"""What a record refers to, and what refers to it: both read off the objects' relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sandbox.company.schema import OBJECTS
from sandbox.company.shape import Object, Relation
from sandbox.company.values import Stored, Value
from sandbox.intacct.master_kind import complaint
from sandbox.intacct.refusal import Complaint
from sandbox.intacct.work import Work

NAMES = ("CONTACTNAME", "NAME", "TITLE")
WORDS = {
    "APTERM": "Term",
    "ARTERM": "Term",
    "GLACCOUNT": "Account number",
    "GLBUDGETHEADER": "Budget",
    "CHECKINGACCOUNT": "Bank account",
    "PJESTIMATE": "Project estimate",
    "PJESTIMATETYPE": "Project estimate type",
    "PROJECTCHANGEORDER": "Project change order",
    "STANDARDTASK": "Standard task",
    "STANDARDCOSTTYPE": "Standard cost type",
}
DEEPEST = 100


def reference_complaints(work: Work, one: Object, values: Mapping[str, Value]) -> list[Complaint]:
    """A complaint for each record that is referred to but does not exist or is inactive."""
    found: list[Complaint] = []
    for via, relation in _references(one):
        wanted = values.get(via)
        if wanted is None:
            continue
        row = _referred(work, relation, wanted)
        if row is None or row["STATUS"] == "inactive":
            state = "does not exist" if row is None else "is inactive"
            word = WORDS.get(relation.object, relation.object.title())
            text = f"{via}: {word} '{wanted}' {state}."
            name = "IA.NOT_FOUND" if row is None else "IA.INACTIVE"
            found.append(complaint(text, name, VALUE=str(wanted)))
    return found


def copied(work: Work, one: Object, values: Mapping[str, Value]) -> dict[str, Value]:
    """The columns that repeat a referred record: PARENTKEY and PARENTNAME beside PARENTID."""
    made: dict[str, Value] = {}
    for via, relation in _references(one):
        key, name = f"{relation.name}KEY", f"{relation.name}NAME"
        if via not in values or via == key:
            continue
        row = _referred(work, relation, values[via])
        if key in one.fields:
            made[key] = row["RECORDNO"] if row else None
        if name in one.fields and name != via:
            titles = [n for n in NAMES if n in OBJECTS[relation.object].fields]
            made[name] = row[titles[0]] if row and titles else None
    return made


def climbs_to_itself(work: Work, one: Object, values: Mapping[str, Stored]) -> bool:
    """Whether a record would be above itself in its own hierarchy."""
    relation = one.relations.get("PARENT")
    if relation is None:
        return False
    above, steps = values.get(relation.via), 0
    while above is not None and steps < DEEPEST:
        if above == values.get(relation.to):
            return True
        row = work.books.row(
            f'SELECT "{relation.via}" FROM "{one.name}" WHERE "{relation.to}" = ?',  # noqa: S608 - schema names
            [above],
        )
        above, steps = (row[0] if row else None), steps + 1
    return False


def used_by(work: Work, name: str, number: int) -> str:
    """The first object with a record that refers to this one; empty if there is none."""
    row = work.books.row(f'SELECT * FROM "{name}" WHERE RECORDNO = ?', [number])  # noqa: S608 - schema names
    assert row is not None
    owned = {line.object for line in OBJECTS[name].lines}
    for one in OBJECTS.values():
        if one.view or one.name in owned:
            continue
        for relation in one.relations.values():
            if relation.object != name or row[relation.to] is None:
                continue
            others = f"AND RECORDNO <> {number}" if one.name == name else ""
            statement = f'SELECT 1 FROM "{one.name}" WHERE "{relation.via}" = ? {others} LIMIT 1'  # noqa: S608
            if work.books.row(statement, [row[relation.to]]):
                return one.name
    return ""


def _references(one: Object) -> Iterator[tuple[str, Relation]]:
    seen: set[str] = set()
    for relation in one.relations.values():
        if relation.via not in seen and relation.via != "RECORDNO":
            seen.add(relation.via)
            yield relation.via, relation


def _referred(work: Work, relation: Relation, wanted: Value) -> Mapping[str, Stored] | None:
    row = work.books.row(
        f'SELECT * FROM "{relation.object}" WHERE "{relation.to}" = ?',  # noqa: S608 - schema names
        [str(wanted)],
    )
    return dict(row) if row else None
