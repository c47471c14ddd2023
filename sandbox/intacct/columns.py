"""A dotted field name becomes a column, and the joins that lead to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from sandbox.company.schema import OBJECTS
from sandbox.company.shape import Field, Object


class NoSuchField(Exception):
    """The object has no such field, or the path to it cannot be walked."""


@dataclass(frozen=True, slots=True)
class Column:
    """A field, and where its values are in the statement."""

    field: Field
    sql: str


@dataclass(slots=True)
class Columns:
    """The columns a statement over one object uses; the object itself is `t0`."""

    object: Object
    joins: list[str] = field(default_factory=list)
    _aliases: dict[tuple[str, ...], str] = field(default_factory=dict)

    def find(self, name: str) -> Column:
        """The column of a field, or of a field behind many-to-one relations (`CUSTOMER.NAME`)."""
        *path, last = name.upper().split(".")
        alias, one = self._walk(tuple(path), name)
        if last not in one.fields:
            raise NoSuchField(name)
        return Column(one.fields[last], f'{alias}."{last}"')

    def source(self) -> str:
        """The FROM part with every join asked for so far."""
        return " ".join((f'FROM "{self.object.name}" t0', *self.joins))

    def _walk(self, path: tuple[str, ...], name: str) -> tuple[str, Object]:
        alias, one, climbed = "t0", self.object, False
        for depth, step in enumerate(path, start=1):
            if step not in one.relations:
                raise NoSuchField(name)
            relation = one.relations[step]
            if relation.object == one.name and climbed:
                raise NoSuchField(name)
            climbed = climbed or relation.object == one.name
            target = OBJECTS[relation.object]
            known = self._aliases.get(path[:depth])
            if known is None:
                known = f"t{len(self._aliases) + 1}"
                self._aliases[path[:depth]] = known
                self.joins.append(
                    f'LEFT JOIN "{target.name}" {known} '
                    f'ON {known}."{relation.to}" = {alias}."{relation.via}"'
                )
            alias, one = known, target
        return alias, one
