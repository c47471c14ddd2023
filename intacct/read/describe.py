"""What an object of the books is made of: its fields, and the relations to other objects."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from intacct.client import Intacct
from intacct.errors import Garbled
from intacct.wire import element, required_text, text_of, yes_or_no


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `kind` is Intacct's word (TEXT, CURRENCY, DATE, …), `values` those of an ENUM."""

    id: str
    label: str
    description: str
    kind: str
    required: bool
    read_only: bool
    custom: bool
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A step of a dotted path: its name, the object it leads to, and our field that leads there."""

    path: str
    object: str
    label: str
    kind: str
    related_by: str


@dataclass(frozen=True, slots=True)
class Description:
    """An object by its name, with its fields and relations in Intacct's order."""

    name: str
    fields: tuple[Field, ...]
    relations: tuple[Relation, ...]


def read_description(books: Intacct, name: str, *, definition: str = "") -> Description:
    """The fields and relations of an object; `definition` names a kind of order document."""
    call = element("lookup", None, element("object", name))
    if definition:
        call.append(element("docparid", definition))
    (answer,) = books.ask(call)
    found = answer.data.find("Type")
    if found is None:
        raise Garbled(f"the description of {name} is missing from its answer")
    return Description(
        name=found.get("Name", name),
        fields=tuple(map(_field, found.iterfind("Fields/Field"))),
        relations=tuple(map(_relation, found.iterfind("Relationships/Relationship"))),
    )


def read_object_names(books: Intacct) -> tuple[str, ...]:
    """The names of all objects, whatever this user may do with them."""
    (answer,) = books.ask(_inspect("*"))
    return tuple(record.get("typename") or (record.text or "").strip() for record in answer.records)


def read_field_names(books: Intacct, name: str) -> tuple[str, ...]:
    """The names of an object's fields."""
    (answer,) = books.ask(_inspect(name))
    return tuple((field.text or "").strip() for field in answer.data.iterfind("Type/Fields/Field"))


def _inspect(name: str) -> etree._Element:
    call = element("inspect", None, element("object", name))
    call.set("detail", "0")
    return call


def _field(record: etree._Element) -> Field:
    return Field(
        id=required_text(record, "ID"),
        label=text_of(record, "LABEL"),
        description=text_of(record, "DESCRIPTION"),
        kind=required_text(record, "DATATYPE"),
        required=yes_or_no(text_of(record, "REQUIRED")),
        read_only=yes_or_no(text_of(record, "READONLY")),
        custom=yes_or_no(text_of(record, "ISCUSTOM")),
        values=tuple(
            (value.text or "").strip() for value in record.iterfind("VALIDVALUES/VALIDVALUE")
        ),
    )


def _relation(record: etree._Element) -> Relation:
    return Relation(
        path=required_text(record, "OBJECTPATH"),
        object=required_text(record, "OBJECTNAME"),
        label=text_of(record, "LABEL"),
        kind=text_of(record, "RELATIONSHIPTYPE"),
        related_by=text_of(record, "RELATEDBY"),
    )
