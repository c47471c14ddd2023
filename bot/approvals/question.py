"""Which questions to the books a proposal rests on, as text that asks the same again later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analytics.ledger import AccountNo, DimensionKey, DimensionName, Period
from bot.store.canonical import JSON
from intacct.read.balances import BalancesQuestion
from intacct.read.budgets import BudgetQuestion


@dataclass(frozen=True, slots=True)
class PeriodsQuestion:
    """Which of these reporting periods take budgets."""

    names: tuple[str, ...]


Question = BalancesQuestion | BudgetQuestion | PeriodsQuestion


LISTED = 20  # accounts named one by one


def question_in_words(question: Question, entity: str = "") -> str:
    """What was asked of Intacct and with which filters, in a sentence.

    `entity` is what people call the entity asked about, where its id is not enough.
    """
    match question:
        case BalancesQuestion():
            split = f", by {' and '.join(question.by)}" if question.by else ""
            only = "".join(f", {key.name} {key.id} only" for key in sorted(question.where))
            whose = entity or (question.entity and f"entity {question.entity}")
            return (
                f"Account balances of {whose or 'the whole company'}, a row "
                f"for each month of {_span(question)}{split}{only}. "
                f"{_accounts_in_words(question.accounts)}."
            )
        case BudgetQuestion():
            accounts = _accounts_in_words(question.accounts)
            return f"The lines of budget “{question.budget_id}”. {accounts}."
        case PeriodsQuestion():
            return f"Which of {len(question.names):,} reporting periods take budgets."


def _span(question: BalancesQuestion) -> str:
    first, last = question.first, question.last
    return str(first) if first == last else f"{first} – {last}"


def _accounts_in_words(accounts: tuple[AccountNo, ...]) -> str:
    if not accounts:
        return "All accounts of the income statement"
    more = f" and {len(accounts) - LISTED:,} more" if len(accounts) > LISTED else ""
    return f"{'Account' if len(accounts) == 1 else 'Accounts'} {', '.join(accounts[:LISTED])}{more}"


def question_as_json(question: Question) -> dict[str, JSON]:
    """The question as plain JSON: dates and ids as text, sets sorted."""
    match question:
        case BalancesQuestion():
            return {
                "ask": "balances",
                "entity": question.entity,
                "first": _period_as_json(question.first),
                "last": _period_as_json(question.last),
                "accounts": list(question.accounts),
                "by": list(question.by),
                "where": [[key.name, key.id] for key in sorted(question.where)],
                "statistical": question.statistical,
            }
        case BudgetQuestion():
            return {
                "ask": "budget",
                "budget_id": question.budget_id,
                "accounts": list(question.accounts),
            }
        case PeriodsQuestion():
            return {"ask": "periods", "names": list(question.names)}


def question_from_json(raw: Mapping[str, object]) -> Question:
    """The question that was written; ValueError where it is none we know."""
    match raw:
        case {"ask": "balances", "by": list(by), "where": list(where)}:
            return BalancesQuestion(
                entity=str(raw["entity"]),
                first=_period_from_json(raw["first"]),
                last=_period_from_json(raw["last"]),
                accounts=_accounts(raw["accounts"]),
                by=tuple(DimensionName(str(name)) for name in by),
                where=frozenset(DimensionKey(DimensionName(name), id_) for name, id_ in where),
                statistical=raw["statistical"] is True,
            )
        case {"ask": "budget"}:
            return BudgetQuestion(str(raw["budget_id"]), _accounts(raw["accounts"]))
        case {"ask": "periods", "names": list(names)}:
            return PeriodsQuestion(tuple(str(name) for name in names))
    raise ValueError(f"no question we know: {raw.get('ask')}")


def _period_as_json(period: Period) -> list[str]:
    return [period.first.isoformat(), period.last.isoformat()]


def _period_from_json(raw: object) -> Period:
    match raw:
        case [str(first), str(last)]:
            return Period(date.fromisoformat(first), date.fromisoformat(last))
    raise ValueError(f"no period: {raw}")


def _accounts(raw: object) -> tuple[AccountNo, ...]:
    match raw:
        case list():
            return tuple(AccountNo(str(number)) for number in raw)
    raise ValueError(f"no accounts: {raw}")
