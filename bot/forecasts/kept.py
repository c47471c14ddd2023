"""An answer as the store holds it: written whole, under an id that proves it, and read back."""

from __future__ import annotations

import hashlib
import json
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine

from analytics.forecast.engine import Backtest, Estimate, total, whole
from analytics.ledger import AccountNo, Currency, Period, month, months_between
from bot.approvals.question import question_as_json, question_from_json
from bot.approvals.sources import SourceRow, rows_as_json, rows_from_json
from bot.errors import Altered, NotUnderstood
from bot.forecasts.answer import YEAR, Answer, AnswerLine, first_year, in_order
from bot.messages.kept_tables import table_as_json, table_from_json
from bot.messages.message import Table
from bot.store.kept import body_under, keep_under
from intacct.read.balances import BalancesQuestion


@dataclass(frozen=True, slots=True)
class Said:
    """The figures said of a line or of several: what comes, its 80 % range, and the year before.

    Minor units in the sign of the answer; `before` is None where the books do not reach back.
    """

    coming: int
    low80: int
    high80: int
    before: int | None


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line of a kept answer: what would go into a budget version, in the account's own sign.

    `own` turns amounts of the ledger into that sign. Answers kept by older versions have neither
    `own` nor what was `said`, and name no project.
    """

    account: AccountNo
    title: str
    department: str
    location: str
    method: str
    why: str
    months: tuple[tuple[Period, int], ...]
    project: str | None = None
    own: int = 0
    said: Said | None = None

    @property
    def label(self) -> str:
        """The account and where it is, as one label."""
        places = (self.department, self.location, self.project or "")
        return " · ".join(word for word in (f"{self.account} {self.title}", *places) if word)


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
    title: str = ""
    policy_version: int = 0
    copied_for: datetime | None = None
    total: Said | None = None
    rest: Said | None = None
    months: tuple[tuple[Period, Said], ...] = ()
    backtest: tuple[tuple[str, str], ...] = ()
    tables: tuple[Table, ...] = ()

    @property
    def entity_label(self) -> str:
        """The entity's name with its id, where it has one."""
        return f"{self.entity_name} ({self.entity})" if self.entity else self.entity_name


def body_of(answer: Answer, title: str = "", tables: Sequence[Table] = ()) -> str:
    """The answer as text, with the tables its message shows: the same answer is the same text."""
    entity = answer.entity
    lines = in_order(answer.lines)
    rest = lines[tables[0].shown :] if tables else []
    raw = {
        "name": answer.name,
        "sign": answer.sign,
        "entity": [entity.id, entity.name, entity.currency],
        "read_at": answer.read_at.isoformat(),
        "copied_for": answer.copied_for.isoformat() if answer.copied_for else "",
        "question": question_as_json(answer.question),
        "lines": [_line_as_json(line, answer) for line in answer.lines],
        "rows": rows_as_json(answer.rows),
        "title": title,
        "policy": answer.policy_version,
        "total": _said_as_json(lines, answer),
        "rest": _said_as_json(rest, answer) if rest else None,
        "months": [_month_as_json(e, answer) for e in answer.total],
        "backtest": _backtest_as_json(answer.backtest),
        "tables": [table_as_json(table) for table in tables],
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


def _line_as_json(line: AnswerLine, answer: Answer) -> dict[str, object]:
    return {
        "account": line.history.account,
        "title": line.title,
        "department": line.history.department,
        "location": line.history.location,
        "project": line.history.project,
        "method": line.forecast.method,
        "why": line.forecast.why,
        "own": line.natural * answer.sign,
        "said": _said_as_json([line], answer),
        "months": [
            [
                e.period.first.isoformat(),
                line.natural * e.mid,
                line.natural * e.low80,
                line.natural * e.high80,
            ]
            for e in line.forecast.estimates
        ],
    }


def _said_as_json(lines: Sequence[AnswerLine], answer: Answer) -> list[int | None]:
    """As `Said`: the mids of lines and months add, their ranges go together as errors do."""
    coming = whole(total([line.forecast for line in lines], answer.name))
    _, before = first_year(lines)
    known = answer.year_before_known
    return [coming.mid, coming.low80, coming.high80, before if known else None]


def _month_as_json(coming: Estimate, answer: Answer) -> list[object]:
    before = sum(line.history.ago(coming.period) for line in answer.lines)
    known = answer.year_before_known and months_between(answer.first, coming.period) < YEAR
    figures = [coming.mid, coming.low80, coming.high80, before if known else None]
    return [coming.period.first.isoformat(), figures]


def _backtest_as_json(test: Backtest | None) -> list[list[str]]:
    """How good it was before, as names and texts; shares are written out in full."""
    if test is None:
        return []
    shares = (
        ("WAPE", test.wape),
        ("WAPE of repeating last year", test.naive_wape),
        ("Bias", test.bias),
        ("Months inside the 80 % range", test.coverage80),
    )
    return [
        ["Backtest origins", str(test.origins)],
        ["Backtest horizon, months", str(test.horizon)],
        *([name, str(value)] for name, value in shares if value is not None),
    ]


def _from_json(id_: str, raw: Any) -> KeptAnswer:  # our own text, proven by its hash
    entity, entity_name, currency = raw["entity"]
    question = question_from_json(raw["question"])
    if not isinstance(question, BalancesQuestion):
        raise Altered("This forecast does not say what it was read from. Type /forecast again.")
    copied_for = raw.get("copied_for", "")
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
        title=raw.get("title", ""),
        policy_version=raw.get("policy", 0),
        copied_for=datetime.fromisoformat(copied_for) if copied_for else None,
        total=_said(raw.get("total")),
        rest=_said(raw.get("rest")),
        months=tuple((_month(first), Said(*said)) for first, said in raw.get("months", ())),
        backtest=tuple((name, value) for name, value in raw.get("backtest", ())),
        tables=tuple(table_from_json(table) for table in raw.get("tables", ())),
    )


def _line_from_json(raw: Any) -> KeptLine:
    return KeptLine(
        account=AccountNo(raw["account"]),
        title=raw["title"],
        department=raw["department"],
        location=raw["location"],
        method=raw["method"],
        why=raw["why"],
        months=tuple((_month(first), amount) for first, amount, *_ in raw["months"]),
        project=raw.get("project"),
        own=raw.get("own", 0),
        said=_said(raw.get("said")),
    )


def _said(raw: Any) -> Said | None:
    return None if raw is None else Said(*raw)


def _month(first: str) -> Period:
    day = date.fromisoformat(first)
    return month(day.year, day.month)
