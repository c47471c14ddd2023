"""A forecast as it was answered: kept whole, so that what was shown is what can be saved."""

from __future__ import annotations

import hashlib
import json
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine

from analytics.forecast.engine import Backtest, Estimate, LineForecast
from analytics.ledger import PROJECT, AccountNo, Currency, Period, month, shifted
from bot.approvals.question import question_as_json, question_from_json
from bot.approvals.sources import SourceRow, rows_as_json, rows_from_json
from bot.errors import Altered, NotUnderstood
from bot.forecasts.history import History
from bot.store.kept import body_under, keep_under
from intacct.read.balances import BalancesQuestion
from intacct.read.dimensions import Entity

YEAR = 12


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One account in one place: its history, what comes, and `natural`, which turns its amounts
    into the account's own sign (they are kept in the sign of the whole answer)."""

    title: str
    natural: int
    history: History
    forecast: LineForecast

    @property
    def coming(self) -> int:
        """The sum of the months forecast, minor units."""
        return sum(e.mid for e in self.forecast.estimates)

    @property
    def label(self) -> str:
        """The account and where it is, as one label."""
        places = (self.history.department, self.history.location, self.history.project)
        name = f"{self.history.account} {self.title}"
        return " · ".join(word for word in (name, *places) if word)


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything the message shows, and what *Save as budget version* and *Sources* need.

    Amounts of lines and totals are the ledger's times `sign`, so that revenue is positive.
    `copied_for` is when it was asked where the copy of the books answered; `read_at` is when the
    figures were read from Intacct in any case.
    """

    id: str
    name: str
    sign: int
    entity: Entity
    question: BalancesQuestion
    read_at: datetime
    lines: tuple[AnswerLine, ...]
    total: tuple[Estimate, ...]
    whole: Estimate
    backtest: Backtest | None
    rows: tuple[SourceRow, ...]
    policy_version: int
    notes: tuple[str, ...] = ()
    copied_for: datetime | None = None

    @property
    def currency(self) -> Currency:
        """The currency of every figure in it."""
        return self.entity.currency

    @property
    def year_before_known(self) -> bool:
        """Whether the books reach back to the months a year before those forecast."""
        begins = min(line.history.line.first for line in self.lines)
        return begins <= shifted(self.first, -YEAR)

    @property
    def first(self) -> Period:
        """The first month forecast."""
        return self.total[0].period

    @property
    def last(self) -> Period:
        """The last month forecast."""
        return self.total[-1].period


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line of a kept answer: what would go into a budget version, in the account's own sign."""

    account: AccountNo
    title: str
    department: str
    location: str
    method: str
    why: str
    months: tuple[tuple[Period, int], ...]


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as the store holds it."""

    id: str
    name: str
    sign: int
    entity: str
    entity_name: str
    currency: Currency
    read_at: datetime
    question: BalancesQuestion
    lines: tuple[KeptLine, ...]
    rows: tuple[SourceRow, ...]

    @property
    def entity_label(self) -> str:
        """The entity's name with its id, where it has one."""
        return f"{self.entity_name} ({self.entity})" if self.entity else self.entity_name


def of_projects(question: BalancesQuestion) -> bool:
    """Whether it is split by project or narrowed to one; no budget can hold that."""
    return PROJECT in question.by or any(key.name == PROJECT for key in question.where)


def first_year(lines: Sequence[AnswerLine]) -> tuple[int, int]:
    """What comes in the first twelve months at most, and what was in the same months a year before.

    Minor units. Months further ahead have no year before that is known.
    """
    months = [(line.history, e) for line in lines for e in line.forecast.estimates[:YEAR]]
    return sum(e.mid for _, e in months), sum(history.ago(e.period) for history, e in months)


def body_of(answer: Answer) -> str:
    """The answer as text: the same answer is the same text."""
    entity = answer.entity
    raw = {
        "name": answer.name,
        "sign": answer.sign,
        "entity": [entity.id, entity.name, entity.currency],
        "read_at": answer.read_at.isoformat(),
        "copied_for": answer.copied_for.isoformat() if answer.copied_for else "",
        "question": question_as_json(answer.question),
        "lines": [_line_as_json(line) for line in answer.lines],
        "rows": rows_as_json(answer.rows),
    }
    return json.dumps(raw, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def id_of(body: str) -> str:
    """The id of an answer follows from all it says: nobody guesses it, and it proves the body."""
    return "FC-" + b32encode(hashlib.sha256(body.encode()).digest())[:20].decode()


def keep(store: Engine, body: str, at: datetime) -> str:
    """The answer's id, its body in the store; keeping it again changes nothing."""
    id_ = id_of(body)
    keep_under(store, id_, body, at)
    return id_


def kept(store: Engine, id_: str) -> KeptAnswer:
    """The answer as it was shown. NotUnderstood where there is none, Altered where it changed."""
    body = body_under(store, id_)
    if body is None:
        raise NotUnderstood("I no longer have this forecast. Type /forecast again.")
    if id_of(body) != id_:
        raise Altered("This forecast is not what was shown any more. Type /forecast again.")
    return _from_json(id_, json.loads(body))


def _line_as_json(line: AnswerLine) -> dict[str, object]:
    return {
        "account": line.history.account,
        "title": line.title,
        "department": line.history.department,
        "location": line.history.location,
        "method": line.forecast.method,
        "why": line.forecast.why,
        "months": [
            [e.period.first.isoformat(), line.natural * e.mid] for e in line.forecast.estimates
        ],
    }


def _from_json(id_: str, raw: Any) -> KeptAnswer:  # our own text, proven by its hash
    entity, entity_name, currency = raw["entity"]
    question = question_from_json(raw["question"])
    if not isinstance(question, BalancesQuestion):
        raise Altered("This forecast does not say what it was read from. Type /forecast again.")
    return KeptAnswer(
        id=id_,
        name=raw["name"],
        sign=raw["sign"],
        entity=entity,
        entity_name=entity_name,
        currency=Currency(currency),
        read_at=datetime.fromisoformat(raw["read_at"]),
        question=question,
        lines=tuple(_line_from_json(line) for line in raw["lines"]),
        rows=rows_from_json(raw["rows"]),
    )


def _line_from_json(raw: Any) -> KeptLine:
    months = ((date.fromisoformat(first), amount) for first, amount in raw["months"])
    return KeptLine(
        account=AccountNo(raw["account"]),
        title=raw["title"],
        department=raw["department"],
        location=raw["location"],
        method=raw["method"],
        why=raw["why"],
        months=tuple((month(day.year, day.month), amount) for day, amount in months),
    )
