"""Lines across entities: what one entity pays for another is owed between them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sandbox.intacct.journal_lines import Line, Places, complaint, out_of_balance
from sandbox.intacct.refusal import Refused
from sandbox.intacct.work import Work


def balanced_by_entity(
    work: Work, source: str, lines: Sequence[Line], places: Places
) -> tuple[Line, ...]:
    """The lines, with those added that make each entity balance against the source entity.

    Nothing is added where no source is named, the lines balance, or the company has no accounts
    for it; what is then out of balance is for the caller to refuse.
    """
    setup, differing = work.books.setup().accounts, out_of_balance(lines, places)
    if not source or not differing or not (setup.due_from and setup.due_to):
        return tuple(lines)
    if source not in places.currencies:
        raise Refused(complaint(f"BASELOCATION_NO: '{source}' is not an entity."))
    if sum(differing.values()):
        return tuple(lines)
    if missing := [n for n in (setup.due_from, setup.due_to) if n not in places.accounts]:
        raise Refused(complaint(f"Inter-entity account '{missing[0]}' does not exist."))
    currencies = {places.currencies.get(entity) for entity in (source, *differing)}
    if len(currencies) > 1:
        raise Refused(complaint("Entities with different currencies cannot owe each other."))
    added = []
    for entity, total in sorted(differing.items()):
        if entity != source:
            added += [
                _line(setup.due_to if total > 0 else setup.due_from, entity, -total),
                _line(setup.due_from if total > 0 else setup.due_to, source, total),
            ]
    return (*lines, *added)


def _line(account: str, entity: str, debit: Decimal) -> Line:
    side = 1 if debit > 0 else -1
    words = {"LOCATION": entity, "DESCRIPTION": "Inter-entity"}
    return Line(account, side, abs(debit), Decimal(1), words)
