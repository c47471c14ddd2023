"""`lookup` and `inspect`: what an object is made of."""

from __future__ import annotations

from lxml import etree

from sandbox.company.schema import OBJECTS
from sandbox.company.shape import Field, Kind, Object
from sandbox.intacct.read import known_object
from sandbox.intacct.refusal import ROLLED_BACK
from sandbox.intacct.reply import child, data
from sandbox.intacct.request import text_of
from sandbox.intacct.work import FunctionAnswer, Work


def lookup(_: Work, call: etree._Element) -> FunctionAnswer:
    """The object's fields with their kinds and labels, and the relations a dotted path may take."""
    one = known_object(call, ROLLED_BACK)
    answer = data("All", 1)
    answer.append(_type(one))
    return answer


def inspect(_: Work, call: etree._Element) -> FunctionAnswer:
    """Every object's name for `*`; one object's fields with detail="1", else their names."""
    if text_of(call, "object") == "*":
        answer = data("All", len(OBJECTS))
        for name in OBJECTS:
            child(answer, "type", name).set("typename", name)
        return answer
    one = known_object(call, ROLLED_BACK)
    answer = data("All", 1)
    answer.append(_type(one) if call.get("detail") == "1" else _names(one))
    return answer


def _names(one: Object) -> etree._Element:
    made = etree.Element("Type", Name=one.name)
    fields = child(made, "Fields")
    for name in one.fields:
        child(fields, "Field", name)
    return made


def _type(one: Object) -> etree._Element:
    made = etree.Element("Type", Name=one.name, DocumentType="")
    fields = child(made, "Fields")
    for field in one.fields.values():
        fields.append(_field(field))
    relationships = child(made, "Relationships")
    for relation in one.relations.values():
        part = child(relationships, "Relationship")
        child(part, "OBJECTPATH", relation.name)
        child(part, "OBJECTNAME", relation.object)
        child(part, "LABEL", relation.name.title())
        child(part, "RELATIONSHIPTYPE", "MANY2ONE")
        child(part, "RELATEDBY", relation.via)
    return made


def _field(field: Field) -> etree._Element:
    part = etree.Element("Field")
    child(part, "ID", field.name)
    child(part, "LABEL", field.title)
    child(part, "DESCRIPTION", field.title)
    child(part, "REQUIRED", str(field.required).lower())
    child(part, "READONLY", str(field.readonly).lower())
    child(part, "DATATYPE", field.kind.value)
    if field.kind is Kind.ENUM:
        values = child(part, "VALIDVALUES")
        for label in field.labels:
            child(values, "VALIDVALUE", label)
    child(part, "ISCUSTOM", str(field.custom).lower())
    return part
