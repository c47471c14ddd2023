"""Object-specific calls: lower case, in a fixed order, dates in three elements, answered by a key.

A layout is written as words: `datecreated:date!` is a date that must be there, `datedue|termname`
is one of the two in the same place, `lineitem*` may come again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from lxml import etree

from sandbox.company.schema import OBJECTS
from sandbox.company.values import Value, stored
from sandbox.intacct.received import flag_of, number_of, received
from sandbox.intacct.refusal import BAD_XML, COULD_NOT, Complaint, Refused
from sandbox.intacct.work import Work

EVERY_KIND = ("text", "date", "number", "flag", "fields")


@dataclass(frozen=True, slots=True)
class Part:
    """One element of a call: its kind, and the layout of what is inside it."""

    name: str
    kind: str = "text"
    required: bool = False
    many: bool = False
    inside: Layout = ()


Place: TypeAlias = tuple[Part, ...]
Layout: TypeAlias = tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Called:
    """What a call said: dates as yyyy-mm-dd, absent elements absent, empty ones the empty text."""

    name: str
    texts: Mapping[str, str]
    inside: Mapping[str, tuple[Called, ...]]
    custom: Mapping[str, str]
    attributes: Mapping[str, str]

    def text(self, name: str, default: str = "") -> str:
        """The text of an element; the default where it is absent or empty."""
        return self.texts.get(name) or default

    def sent(self, name: str) -> bool:
        """Whether the element was there, even if empty."""
        return name in self.texts or name in self.inside

    def number(self, name: str) -> Decimal | None:
        """The number in an element; nothing where it is absent or empty."""
        return Decimal(self.texts[name]) if self.texts.get(name) else None

    def flag(self, name: str) -> bool:
        """Whether a flag is set."""
        return bool(self.texts.get(name)) and bool(flag_of(self.texts[name]))

    def parts(self, name: str) -> tuple[Called, ...]:
        """The nested elements of this name."""
        return self.inside.get(name, ())

    def part(self, name: str) -> Called | None:
        """The only nested element of this name."""
        return next(iter(self.parts(name)), None)


def layout(words: str, **inside: Layout) -> Layout:
    """The places a text of words describes; `inside` gives the layout of nested elements."""
    return tuple(tuple(_part(word, inside) for word in place.split("|")) for place in words.split())


def read_call(work: Work, element: etree._Element, places: Layout) -> Called:
    """The call as its layout reads it; Refused, with every complaint, where it does not fit."""
    complaints: list[Complaint] = []
    called = _read(element, places, complaints, ordered=work.settings.legacy_order_matters)
    if complaints:
        raise Refused(*complaints)
    return called


def key_answer(key: int | str) -> etree._Element:
    """The answer of a legacy write: the record number or the document's id."""
    made = etree.Element("key")
    made.text = str(key)
    return made


def custom_columns(object_name: str, called: Called) -> dict[str, Value]:
    """The custom fields of a call as columns of the object; an unknown one is Refused."""
    fields, columns = OBJECTS[object_name].fields, dict[str, Value]()
    for name, text in called.custom.items():
        field = fields.get(name.upper())
        if field is None or not field.custom:
            raise Refused(Complaint(COULD_NOT, "", f"Custom field '{name}' does not exist."))
        try:
            columns[field.name] = received(field, text) if text else None
            stored(field, columns[field.name])
        except ValueError as error:
            raise Refused(Complaint(COULD_NOT, "", f"{name}: {error}.")) from error
    return columns


def _part(word: str, inside: Mapping[str, Layout]) -> Part:
    bare = word.rstrip("!*")
    marks = word[len(bare) :]
    name, _, kind = bare.partition(":")
    if (kind or "text") not in EVERY_KIND:
        raise ValueError(f"{kind} is not a kind of element")
    kind = "parts" if name in inside else kind or "text"
    return Part(name, kind, "!" in marks, "*" in marks, inside.get(name, ()))


def _read(
    element: etree._Element, places: Layout, complaints: list[Complaint], *, ordered: bool
) -> Called:
    texts: dict[str, str] = {}
    inside: dict[str, tuple[Called, ...]] = {}
    custom: dict[str, str] = {}
    for child, part in _placed(element, places, complaints, ordered=ordered):
        if part.kind == "parts":
            made = _read(child, part.inside, complaints, ordered=ordered)
            inside[part.name] = (*inside.get(part.name, ()), made)
        elif part.kind == "fields":
            custom.update(_custom(child))
        else:
            texts[part.name] = _text(child, part, complaints)
    _missing(element, places, {**texts, **inside}, complaints)
    attributes = {str(name): str(value) for name, value in element.attrib.items()}
    return Called(str(element.tag), texts, inside, custom, attributes)


def _placed(
    element: etree._Element, places: Layout, complaints: list[Complaint], *, ordered: bool
) -> list[tuple[etree._Element, Part]]:
    """The children with the parts they are, as far as they stand where they may."""
    found: list[tuple[etree._Element, Part]] = []
    seen, last = set[int](), -1
    known = {part.name: (index, part) for index, place in enumerate(places) for part in place}
    for child in element:
        index, part = known.get(str(child.tag), (-1, None))
        again = index in seen and not (part and part.many)
        if part is None or again or (ordered and index < last):
            expected = ", ".join(one.name for place in places[max(last, 0) :] for one in place)
            text = f"Element '{child.tag}': This element is not expected. "
            complaints.append(_schema(f"{text}Expected is one of ( {expected} )."))
        if part is None or again:
            continue
        seen.add(index)
        last = max(last, index)
        found.append((child, part))
    return found


def _missing(
    element: etree._Element,
    places: Layout,
    got: Mapping[str, object],
    complaints: list[Complaint],
) -> None:
    for place in places:
        if any(part.required for part in place) and not any(got.get(p.name) for p in place):
            names = " or ".join(part.name for part in place)
            text = f"Element '{element.tag}': Missing child element(s). Expected is ( {names} )."
            complaints.append(_schema(text))


def _text(child: etree._Element, part: Part, complaints: list[Complaint]) -> str:
    text = (child.text or "").strip()
    try:
        if part.kind == "date":
            return _day(child)
        if part.kind == "number" and text:
            number_of(text)
        if part.kind == "flag" and text:
            flag_of(text)
    except ValueError as error:
        complaints.append(Complaint(COULD_NOT, "", f"{part.name}: {error}."))
    return text


def _day(child: etree._Element) -> str:
    words = [(child.findtext(name) or "").strip() for name in ("year", "month", "day")]
    if not any(words):
        return ""
    try:
        return date(*(int(word) for word in words)).isoformat()
    except ValueError as error:
        raise ValueError(f"'{'/'.join(words)}' is not a year, a month and a day") from error


def _custom(child: etree._Element) -> dict[str, str]:
    return {
        (one.findtext("customfieldname") or "").strip(): (
            one.findtext("customfieldvalue") or ""
        ).strip()
        for one in child.findall("customfield")
    }


def _schema(text: str) -> Complaint:
    return Complaint(BAD_XML, "XML Parse schema error", text)


def complaints_of(texts: Sequence[str]) -> list[Complaint]:
    """A complaint for each text."""
    return [Complaint(COULD_NOT, "", text) for text in texts]
