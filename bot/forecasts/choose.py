"""From a person's words to accounts, an entity and dimension values that the books have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process, utils

from analytics.ledger import (
    Account,
    DimensionKey,
    DimensionName,
    Dimensions,
    DimensionValue,
    Side,
    Statement,
)
from bot.errors import NotUnderstood
from bot.staged.ledger import Ledger
from intacct.read.dimensions import Entity


@dataclass(frozen=True, slots=True)
class Chosen:
    """The accounts meant and what to call them together; `sign` turns their sum for readers.

    `left_out` are the inactive ones of the same group: they have a past and no future.
    """

    name: str
    accounts: tuple[Account, ...]
    sign: int
    left_out: tuple[Account, ...] = ()


def choose_accounts(words: str, chart: Sequence[Account]) -> Chosen:
    """The accounts these words name: a number, a title, a category, `revenue` or `expenses`.

    NotUnderstood names the closest ones when nothing fits, and all of them when several do.
    """
    active = [a for a in chart if a.active and a.statement is Statement.INCOME]
    inactive = [a for a in chart if not a.active and a.statement is Statement.INCOME]
    wanted = words.casefold()
    named = any(a.category.casefold() == wanted for a in active)
    if not named and (group := _group(words, active)):
        side = group.accounts[0].side
        return replace(group, left_out=tuple(a for a in inactive if a.side is side))
    for field in ("number", "category", "title"):
        hits = tuple(a for a in active if str(getattr(a, field)).casefold() == wanted)
        if hits and (field != "title" or len(hits) == 1):
            alike = (a for a in inactive if a.category.casefold() == wanted)
            return replace(_named(words, field, hits), left_out=tuple(alike))
        if hits:
            numbers = ", ".join(a.number for a in hits)
            raise NotUnderstood(f"Several accounts are called “{words}”: say which of {numbers}.")
    raise NotUnderstood(_nothing_called(words, chart, active))


def entities_of(ledger: Ledger) -> tuple[Entity, ...]:
    """The entities with their currencies; a company that is a single one is one without an id."""
    entities = ledger.entities()
    if entities and all(entity.currency for entity in entities):
        return entities
    base = ledger.base_currency()
    if not entities:
        return (Entity("", "whole company", base, active=True),)
    return tuple(replace(e, currency=e.currency or base) for e in entities)


def choose_entity(words: str, default: str, entities: Sequence[Entity]) -> Entity:
    """The entity named, else the default one, else the only one; NotUnderstood lists them."""
    active = [e for e in entities if e.active]
    listed = ", ".join(f"entity={e.id} ({e.name}, {e.currency})" for e in active)
    wanted = (words or default).casefold()
    for entity in active:
        if wanted and wanted in (entity.id.casefold(), entity.name.casefold()):
            return entity
    near = [e for e in active if words and wanted in e.name.casefold()]
    if len(near) == 1:
        return near[0]
    if wanted:
        raise NotUnderstood(f"There is no entity “{words or default}”. Say one of {listed}.")
    if len(active) == 1:
        return active[0]
    raise NotUnderstood(f"This company has several entities. Add one of {listed}.")


def choose_where(ledger: Ledger, where: Sequence[tuple[DimensionName, str]]) -> Dimensions:
    """The dimension values named, checked against the ledger; NotUnderstood says which is not."""
    return frozenset(
        DimensionKey(name, _value(name, words, ledger.values(name))) for name, words in where
    )


def _value(name: DimensionName, words: str, values: Sequence[DimensionValue]) -> str:
    wanted = words.casefold()
    for value in values:
        if wanted in (value.key.id.casefold(), value.title.casefold()):
            if not value.active:
                raise NotUnderstood(
                    f"{name.capitalize()} {value.key.id} ({value.title}) is inactive in Intacct; "
                    "name an active one."
                )
            return value.key.id
    active = {v.key.id: v.title for v in values if v.active}
    return _refuse_value(name, words, active)


def _refuse_value(name: DimensionName, words: str, active: dict[str, str]) -> str:
    near = _closest(words, {key: f"{key} {title}" for key, title in active.items()})
    named = ", ".join(f"{key} ({active[key]})" for key in (near or list(active)[:5]))
    raise NotUnderstood(f"There is no {name} “{words}”. Did you mean {named}?")


def _group(words: str, active: Sequence[Account]) -> Chosen | None:
    """The two groups every income statement has."""
    sides = {
        "revenue": ("Revenue", Side.CREDIT),
        "revenues": ("Revenue", Side.CREDIT),
        "income": ("Revenue", Side.CREDIT),
        "sales": ("Revenue", Side.CREDIT),
        "expenses": ("Expenses", Side.DEBIT),
        "expense": ("Expenses", Side.DEBIT),
        "costs": ("Expenses", Side.DEBIT),
        "spend": ("Expenses", Side.DEBIT),
    }
    if words.casefold() not in sides:
        return None
    name, side = sides[words.casefold()]
    hits = tuple(a for a in active if a.side is side)
    return Chosen(name, hits, hits[0].natural_sign) if hits else None


def _named(words: str, field: str, hits: tuple[Account, ...]) -> Chosen:
    """What to call them; accounts of both sides are summed as an effect on income."""
    name = hits[0].category if field == "category" else f"{hits[0].number} {hits[0].title}"
    signs = {account.natural_sign for account in hits}
    return Chosen(name or words, hits, signs.pop() if len(signs) == 1 else -1)


def _nothing_called(words: str, chart: Sequence[Account], active: Sequence[Account]) -> str:
    for account in chart:
        if words.casefold() in (account.number.casefold(), account.title.casefold()):
            why = "inactive" if not account.active else f"a {account.statement.value} account"
            return (
                f"Account {account.number} {account.title} is {why}; I forecast active "
                "income-statement accounts."
            )
    names: dict[str, str] = {a.number: f"{a.number} {a.title}" for a in active}
    names |= {a.category: a.category for a in active if a.category}
    near = _closest(words, names)
    meant = f" Did you mean {', '.join(names[key] for key in near)}?" if near else ""
    return (
        f"There is no account or category “{words}”.{meant} You can say an account number or "
        "title, a category, revenue or expenses."
    )


def _closest(words: str, names: dict[str, str]) -> list[str]:
    """Up to three keys whose names look like the words."""
    hits = process.extract(
        words, names, scorer=fuzz.WRatio, processor=utils.default_process, limit=3, score_cutoff=60
    )
    return [key for _, _, key in hits]
