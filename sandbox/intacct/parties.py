"""Customers and vendors: created, changed and deleted with their contacts and terms."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from lxml import etree

from sandbox.company.schema import OBJECTS
from sandbox.company.shape import Field, Kind
from sandbox.company.store import insert
from sandbox.company.values import LARGEST, Value, stored
from sandbox.intacct.contacts import PARTS_OF_CONTACT, contact_named, kept_contact
from sandbox.intacct.received import number_of, received
from sandbox.intacct.refusal import ALREADY_THERE, COULD_NOT, Complaint, Refused
from sandbox.intacct.trail import leave_trail, new_record, next_number, update
from sandbox.intacct.work import Work

Keys = tuple[tuple[str, str], ...]
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Party:
    """A kind of party: its object, its terms, its named contacts, and what may refer to it."""

    object: str
    prefix: str
    terms: str
    contacts: tuple[str, ...]
    accounts: tuple[str, ...]
    used_in: tuple[tuple[str, str], ...]

    @property
    def id(self) -> str:
        """The column of its business id."""
        return f"{self.object}ID"

    @property
    def word(self) -> str:
        """What people call it."""
        return self.object.title()


def create_party(work: Work, element: etree._Element, party: Party) -> Keys:
    """A new customer or vendor with its display contact; Refused with all that is wrong."""
    id_ = (element.findtext(party.id) or "").strip()
    if work.settings.parties_are_numbered:
        id_ = id_ or _next_id(work, party)
    complaints = _missing(element, party, id_)
    columns = _columns(work, element, party, id_, complaints)
    if id_ and work.books.row(f"SELECT 1 FROM {party.object} WHERE {party.id} = ?", [id_]):  # noqa: S608 - one of two
        complaints.insert(0, _already_there(party, id_))
    if complaints:
        raise Refused(*complaints)
    number = next_number(work, party.object)
    row: dict[str, Value] = {
        **new_record(work),
        "RECORDNO": number,
        party.id: id_,
        "ENTITY": f"{party.prefix}{id_}",
        "TOTALDUE": Decimal(0),
        "ONHOLD": False,
        "ONETIME": False,
        **columns,
        **_contacts(work, element, party, f"{columns['NAME']}({party.prefix}{id_})", {}),
    }
    insert(work.books.connection, party.object, [row])
    leave_trail(work, party.object, number, "create")
    return (("RECORDNO", str(number)), (party.id, id_))


def update_party(work: Work, element: etree._Element, party: Party) -> Keys:
    """What was sent is changed, an empty element clears, what was left out stays."""
    key = "RECORDNO" if element.findtext("RECORDNO") else party.id
    wanted = (element.findtext(key) or "").strip()
    row = work.books.row(
        f"SELECT * FROM {party.object} WHERE {key} = ?",  # noqa: S608 - one of two
        [wanted],
    )
    if row is None:
        text = f"Cannot update non-existing {party.object} with {key}={wanted}."
        raise Refused(Complaint(text))
    id_, complaints = str(row[party.id]), list[Complaint]()
    columns = _columns(work, element, party, id_, complaints)
    if (element.findtext(party.id) or "").strip() not in ("", id_):
        complaints.append(_wrong(f"{party.id} of {party.object} cannot be changed."))
    if "NAME" in columns and not columns["NAME"]:
        complaints.append(_wrong("Required field NAME is missing."))
    if complaints:
        raise Refused(*complaints)
    name = f"{columns.get('NAME', row['NAME'])}({party.prefix}{id_})"
    keys = {f"{one}KEY": row[f"{one}KEY"] for one in party.contacts}
    changes = {**columns, **_contacts(work, element, party, name, keys)}
    update(work, party.object, row["RECORDNO"], changes)
    leave_trail(work, party.object, row["RECORDNO"], "modify")
    return (("RECORDNO", str(row["RECORDNO"])), (party.id, id_))


def delete_party(work: Work, number: int, party: Party) -> None:
    """Gone, unless something refers to it."""
    row = work.books.row(
        f"SELECT {party.id} FROM {party.object} WHERE RECORDNO = ?",  # noqa: S608 - one of two
        [number],
    )
    id_ = row[0] if row else ""
    for table, column in party.used_in:
        if work.books.row(f'SELECT 1 FROM "{table}" WHERE "{column}" = ?', [id_]):  # noqa: S608 - our own names
            raise Refused(_wrong(f"{party.word} '{id_}' is used in {table} and cannot be deleted."))
    work.books.run(f"DELETE FROM {party.object} WHERE RECORDNO = ?", [number])  # noqa: S608 - one of two
    leave_trail(work, party.object, number, "delete")


def _next_id(work: Work, party: Party) -> str:
    return f"{party.prefix}-{next_number(work, party.object):05}"


def _missing(element: etree._Element, party: Party, id_: str) -> list[Complaint]:
    needed = {
        party.id: id_,
        "NAME": (element.findtext("NAME") or "").strip(),
        "DISPLAYCONTACT/PRINTAS": (element.findtext("DISPLAYCONTACT/PRINTAS") or "").strip(),
    }
    return [
        _wrong(f"Required field {name} is missing.") for name, text in needed.items() if not text
    ]


def _columns(
    work: Work, element: etree._Element, party: Party, id_: str, complaints: list[Complaint]
) -> dict[str, Value]:
    """The party's own columns; contacts are apart."""
    fields, columns = OBJECTS[party.object].fields, dict[str, Value]()
    for one in element:
        name, text = str(one.tag), (one.text or "").strip()
        if name in ("RECORDNO", party.id, *party.contacts, *PARTS_OF_CONTACT):
            continue
        field = fields.get(name)
        if field is None or field.readonly or name in ("ENTITY", "PARENTNAME"):
            complaints.append(_wrong(f"Field {name} is not valid for {party.object}."))
            continue
        try:
            columns[name] = _value(field, text)
        except ValueError as error:
            complaints.append(_wrong(f"{name}: {error}."))
    complaints += _references(work, columns, party, id_)
    if columns.get("PARENTID"):
        parent = work.books.row(
            f"SELECT NAME FROM {party.object} WHERE {party.id} = ?",  # noqa: S608 - one of two
            [str(columns["PARENTID"])],
        )
        columns["PARENTNAME"] = parent[0] if parent else None
    elif "PARENTID" in columns:
        columns["PARENTNAME"] = None
    return columns


def _value(field: Field, text: str) -> Value:
    if not text:
        return None
    if field.kind is Kind.CURRENCY:
        figure = number_of(text)
        if figure < 0:
            raise ValueError(f"'{text}' is not an amount of nothing or more")
        if figure * 100 > LARGEST:
            raise ValueError(f"'{text}' is too large")
        return figure.quantize(HUNDREDTH, ROUND_HALF_UP)
    kept = received(field, text)
    value: Value = bool(kept) if field.kind is Kind.BOOLEAN else kept
    stored(field, value)
    return value


def _references(work: Work, columns: dict[str, Value], party: Party, id_: str) -> list[Complaint]:
    """Terms, accounts and parents that are not there, are inactive, or lead back to the party."""
    found = []
    wanted = [("TERMNAME", party.terms, "NAME", "Term")]
    wanted += [(column, "GLACCOUNT", "ACCOUNTNO", "Account number") for column in party.accounts]
    for column, table, key, word in wanted:
        if columns.get(column) and not work.books.row(
            f"SELECT 1 FROM {table} WHERE {key} = ? AND STATUS IS NOT 'inactive'",  # noqa: S608 - our own names
            [str(columns[column])],
        ):
            found.append(_wrong(f"{word} '{columns[column]}' does not exist or is inactive."))
    if columns.get("PARENTID"):
        found += _parent_complaints(work, str(columns["PARENTID"]), party, id_)
    return found


def _parent_complaints(work: Work, parent: str, party: Party, id_: str) -> list[Complaint]:
    above, step = set[str](), parent
    while step and step not in above:
        above.add(step)
        row = work.books.row(
            f"SELECT PARENTID FROM {party.object} WHERE {party.id} = ?",  # noqa: S608 - one of two
            [step],
        )
        if row is None:
            return [_wrong(f"{party.word} '{step}' does not exist.")]
        step = row[0]
    if id_ in above:
        return [_wrong(f"{party.word} '{id_}' cannot be below itself.")]
    return []


def _contacts(
    work: Work, element: etree._Element, party: Party, name: str, kept: dict[str, Value]
) -> dict[str, Value]:
    """The record numbers of the contacts that were sent: described here, or named."""
    keys: dict[str, Value] = {}
    for role in party.contacts:
        sent = element.find(role)
        if sent is None:
            continue
        if role == "DISPLAYCONTACT":
            keys[f"{role}KEY"] = kept_contact(work, sent, name, kept.get(f"{role}KEY"))
        else:
            keys[f"{role}KEY"] = contact_named(work, (sent.findtext("CONTACTNAME") or "").strip())
    return keys


def _already_there(party: Party, id_: str) -> Complaint:
    return Complaint(
        ALREADY_THERE,
        "",
        f"Another {party.word} with the given value(s) {id_}  already exists",
        "Use a unique value instead.",
        "PL-0014",
        "IA.DUPLICATE_ID",
        {"VALUE": id_},
    )


def _wrong(text: str) -> Complaint:
    return Complaint(COULD_NOT, "", text)
