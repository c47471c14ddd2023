"""What an Intacct object is made of: fields of a kind, lines it owns, relations to cross."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType


class Kind(Enum):
    """How a field is written on the wire and kept in the store."""

    TEXT = "TEXT"
    INTEGER = "INTEGER"
    DECIMAL = "DECIMAL"
    CURRENCY = "CURRENCY"
    BOOLEAN = "BOOLEAN"
    DATE = "DATE"
    TIMESTAMP = "TIMESTAMP"
    ENUM = "ENUM"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of an object.

    `labels` maps the label of an ENUM to the code that readByQuery uses.
    `same_as` names another column of the object that this one only repeats; it cannot be inserted.
    """

    name: str
    kind: Kind
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    required: bool = False
    readonly: bool = False
    custom: bool = False
    same_as: str = ""

    @property
    def title(self) -> str:
        """The field's name as people read it: `WHENDUE` is Whendue, `ACCT_NO` is Acct No."""
        return self.name.replace("_", " ").title()


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines an object owns: their wrapper element, their object, the line's column naming us."""

    wrapper: str
    object: str
    parent: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A many-to-one step of a dotted path: our column `via` holds the other's column `to`."""

    name: str
    object: str
    via: str
    to: str


@dataclass(frozen=True, slots=True)
class Object:
    """One Intacct object: its business id, its fields, its lines, its relations.

    A `view` is computed by the store and cannot be inserted into.
    """

    name: str
    key: str
    fields: Mapping[str, Field]
    lines: tuple[Lines, ...] = ()
    relations: Mapping[str, Relation] = field(default_factory=lambda: MappingProxyType({}))
    view: bool = False


def make(
    name: str,
    key: str,
    *columns: tuple[Field, ...],
    lines: tuple[Lines, ...] = (),
    relations: tuple[Relation, ...] = (),
    view: bool = False,
) -> Object:
    """An object of the given columns, in their order; a column named twice is a mistake of ours."""
    fields = [one for group in columns for one in group]
    by_name = {one.name: one for one in fields}
    if len(by_name) != len(fields):
        raise ValueError(f"{name} names a field twice")
    crossings = MappingProxyType({one.name: one for one in relations})
    return Object(name, key, MappingProxyType(by_name), lines, crossings, view)


def texts(*names: str, required: bool = False, readonly: bool = False) -> tuple[Field, ...]:
    """Text columns."""
    return tuple(Field(n, Kind.TEXT, required=required, readonly=readonly) for n in names)


def integers(*names: str, required: bool = False, readonly: bool = False) -> tuple[Field, ...]:
    """Whole-number columns."""
    return tuple(Field(n, Kind.INTEGER, required=required, readonly=readonly) for n in names)


def decimals(*names: str) -> tuple[Field, ...]:
    """Columns of exact numbers that are not money: rates and quantities."""
    return tuple(Field(n, Kind.DECIMAL) for n in names)


def amounts(*names: str, required: bool = False, readonly: bool = False) -> tuple[Field, ...]:
    """Columns of money, kept in hundredths."""
    return tuple(Field(n, Kind.CURRENCY, required=required, readonly=readonly) for n in names)


def flags(*names: str) -> tuple[Field, ...]:
    """True-or-false columns."""
    return tuple(Field(n, Kind.BOOLEAN) for n in names)


def dates(*names: str, required: bool = False) -> tuple[Field, ...]:
    """Calendar dates."""
    return tuple(Field(n, Kind.DATE, required=required) for n in names)


def instants(*names: str) -> tuple[Field, ...]:
    """Instants, which only the ledger writes."""
    return tuple(Field(n, Kind.TIMESTAMP, readonly=True) for n in names)


def choice(name: str, labels: Mapping[str, str], *, required: bool = False) -> tuple[Field, ...]:
    """One column that holds one of these labels."""
    return (Field(name, Kind.ENUM, MappingProxyType(dict(labels)), required=required),)


def repeats(name: str, same_as: str, kind: Kind = Kind.TEXT) -> tuple[Field, ...]:
    """One column that is another column under a second name."""
    return (Field(name, kind, readonly=True, same_as=same_as),)


ACTIVE = MappingProxyType({"active": "T", "inactive": "F"})
CURRENCIES = ("BASECURR", "CURRENCY")
OTHER_DIMENSIONS = (
    "PROJECTID",
    "TASKID",
    "COSTTYPEID",
    "CUSTOMERID",
    "VENDORID",
    "EMPLOYEEID",
    "ITEMID",
    "CLASSID",
    "CONTRACTID",
    "WAREHOUSEID",
)
DIMENSIONS = ("DEPARTMENTID", "LOCATIONID", *OTHER_DIMENSIONS)


def owner() -> tuple[Field, ...]:
    """Who wrote the record, and the entity that owns it; empty means the top level."""
    return (
        *integers("CREATEDBY", "MODIFIEDBY", "MEGAENTITYKEY", readonly=True),
        *texts("MEGAENTITYID", "MEGAENTITYNAME", "RECORD_URL", readonly=True),
    )


def common() -> tuple[Field, ...]:
    """The columns every object has."""
    return (
        *integers("RECORDNO", readonly=True),
        *choice("STATUS", ACTIVE),
        *instants("WHENCREATED", "WHENMODIFIED"),
        *owner(),
    )


def common_of_document() -> tuple[Field, ...]:
    """The same for receivables and payables, whose WHENCREATED is the document's own date."""
    return (
        *integers("RECORDNO", readonly=True),
        *choice("STATUS", ACTIVE),
        *dates("WHENCREATED"),
        *instants("AUWHENCREATED", "WHENMODIFIED"),
        *owner(),
    )


def of_dimensions(*columns: str) -> tuple[Relation, ...]:
    """The relations that dimension ids open: DEPARTMENTID opens DEPARTMENT."""
    known = ("DEPARTMENT", "LOCATION", "PROJECT", "CUSTOMER", "VENDOR", "EMPLOYEE", "ITEM", "CLASS")
    return tuple(
        Relation(name, name, f"{name}ID", f"{name}ID")
        for name in known
        if f"{name}ID" in (columns or DIMENSIONS)
    )
