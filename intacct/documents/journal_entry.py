"""A journal entry: its lines balance in every entity, or count things in a statistical journal.

Found again by its reference number in its journal, of which Intacct keeps at least 45 characters
and which Intacct does not keep unique: it is looked for before it is posted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from lxml import etree

from analytics.ledger import AccountNo, Currency, Dimensions, Problem
from intacct.condition import Empty, all_of, equal
from intacct.documents import checks
from intacct.documents.held import Expected, Held, Lines
from intacct.documents.legacy import optional
from intacct.documents.places import journal_fields
from intacct.wire import amount_text, date_text, element

LONGEST_TITLE: Final = 80
MOST_LINES: Final = 2000  # thousands of lines run into Intacct's time-out
CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line: an amount above nothing on one side of an account, in an entity's books.

    `entity` is the one that owns the line's location, "" where the company has but one. The rate
    is given where the currency is not that entity's own.
    """

    account: AccountNo
    side: Literal["debit", "credit"]
    amount: Decimal
    currency: Currency  # "" in a statistical entry
    entity: str = ""
    where: Dimensions = frozenset()
    memo: str = ""
    rate: Decimal | None = None

    @property
    def base(self) -> Decimal:
        """The amount in the entity's own currency, debits positive."""
        amount = self.amount if self.side == "debit" else -self.amount
        return (amount * (1 if self.rate is None else self.rate)).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """An entry in one journal on one day, posted or left a draft; reversed by itself if told so.

    `base_location` names the source entity of an entry across entities: Intacct then adds the
    lines between them, and only the whole has to balance.
    """

    reference: str
    journal: str
    day: date
    title: str
    lines: tuple[JournalLine, ...]
    draft: bool = False
    statistical: bool = False
    reverse_on: date | None = None
    base_location: str = ""
    entity: str = ""

    @property
    def key(self) -> str:
        """The reference number."""
        return self.reference

    def problems(self) -> tuple[Problem, ...]:
        """What Intacct would refuse, one sentence each; empty where it may be posted."""
        found = [*_head_problems(self), *_line_problems(self)]
        return tuple(found or _balance_problems(self))

    def wire(self) -> etree._Element:
        """The `create` call that enters it; ValueError where `problems` names an amount."""
        turned = [element("REVERSEDATE", date_text(self.reverse_on))] if self.reverse_on else []
        head = element(
            "GLBATCH",
            None,
            element("JOURNAL", self.journal),
            element("BATCH_DATE", date_text(self.day)),
            *turned,
            element("BATCH_TITLE", self.title),
            element("REFERENCENO", self.reference),
            *optional("BASELOCATION_NO", self.base_location),
            element("STATE", _state(self)),
            element("ENTRIES", None, *map(_line, self.lines)),
        )
        return element("create", None, head)

    def held(self) -> Held:
        """The entry itself, not the one that reverses it, and all its lines."""
        head: dict[str, Expected] = {
            "BATCH_DATE": self.day,
            "BATCH_TITLE": self.title,
            "STATE": _state(self),
            **({"REVERSED": self.reverse_on} if self.reverse_on and not self.draft else {}),
        }
        own = all_of(
            equal("REFERENCENO", self.reference),
            equal("JOURNAL", self.journal),  # subledgers put their documents' numbers there too
            Empty("REVERSEDFROM"),
        )
        foreign = any(line.rate is not None for line in self.lines)
        each = tuple(
            _held_line(line) | _held_worth(self, line, foreign=foreign) for line in self.lines
        )
        lines = Lines("GLENTRY", "BATCHNO", each, others=bool(self.base_location))
        return Held("GLBATCH", own, head, (lines,))


def _state(entry: JournalEntry) -> str:
    return "Draft" if entry.draft else "Posted"


def _line(line: JournalLine) -> etree._Element:
    return element(
        "GLENTRY",
        None,
        element("ACCOUNTNO", line.account),
        element("TR_TYPE", "1" if line.side == "debit" else "-1"),
        element("TRX_AMOUNT", amount_text(line.amount)),
        *optional("DESCRIPTION", line.memo),
        *(element(field, id_) for field, id_ in journal_fields(line.where).items()),
        *optional("CURRENCY", line.currency),
        *optional("EXCHANGE_RATE", "" if line.rate is None else f"{line.rate:f}"),
    )


def _held_worth(entry: JournalEntry, line: JournalLine, *, foreign: bool) -> dict[str, Expected]:
    """What a line is worth in the entity's own currency: by its rate, or as it stands."""
    if entry.statistical:
        return {}
    if not foreign:
        return {"AMOUNT": line.amount}
    return {"CURRENCY": line.currency, "EXCHANGE_RATE": line.rate or Decimal(1)}


def _held_line(line: JournalLine) -> dict[str, Expected]:
    return {
        "ACCOUNTNO": line.account,
        "TR_TYPE": "1" if line.side == "debit" else "-1",
        "TRX_AMOUNT": line.amount,
        "DESCRIPTION": line.memo,
        **journal_fields(line.where),
    }


def _head_problems(entry: JournalEntry) -> Iterator[Problem]:
    about = entry.reference.strip() or "journal entry"
    yield from checks.natural_key(about, "The reference number", entry.reference)
    yield from checks.wording(about, "The journal", entry.journal, checks.LONGEST_KEY)
    yield from checks.wording(about, "The entry's title", entry.title, LONGEST_TITLE)
    yield from checks.day(about, "The entry's date", entry.day)
    for what, id_ in (("The base location", entry.base_location), ("The entity", entry.entity)):
        yield from checks.optional_wording(about, what, id_, checks.LONGEST_KEY)
    if entry.reverse_on and entry.reverse_on <= entry.day:
        yield Problem(about, "The reversal must be later than the entry; choose a later day.")
    fewest = 1 if entry.statistical else 2
    if not fewest <= len(entry.lines) <= MOST_LINES:
        words = f"The entry has {len(entry.lines)} lines; it takes {fewest} to {MOST_LINES:,}."
        yield Problem(about, words)


def _line_problems(entry: JournalEntry) -> Iterator[Problem]:
    for number, line in enumerate(entry.lines, start=1):
        about = f"line {number}, {line.account or '(no account)'}"
        yield from checks.wording(about, "The account", line.account, checks.LONGEST_KEY)
        yield from checks.positive(about, line.amount, line.currency or None)
        yield from checks.places(about, line.where)
        yield from checks.optional_wording(about, "The memo", line.memo, checks.LONGEST_TEXT)
        if entry.statistical and (line.currency or line.rate is not None):
            yield Problem(about, "A statistical line counts things; it has no currency.")
        if not entry.statistical:
            yield from checks.currency(about, "The line's currency", line.currency)
        yield from checks.rate(about, line.rate)


def _balance_problems(entry: JournalEntry) -> Iterator[Problem]:
    """Debits less credits, per entity unless Intacct adds the lines between entities."""
    if entry.statistical:
        return
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in entry.lines:
        sums["" if entry.base_location else line.entity] += line.base
    for entity, total in sorted(sums.items()):
        if total:
            name = f"entity {entity}" if entity else entry.reference
            more = "debits" if total > 0 else "credits"
            yield Problem(name, f"The {more} are {abs(total):,.2f} more; an entry balances.")
