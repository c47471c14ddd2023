"""/forecast: what the coming months will bring, how sure, and better than last year's figures?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pandas as pd

from analytics.errors import NotEnoughHistory
from analytics.forecast.engine import Estimate, Line, LineForecast, forecast
from analytics.forecast.total import total, total_backtest, whole
from analytics.ledger import (
    PROJECT,
    Account,
    DimensionName,
    FiscalCalendar,
    Period,
    from_minor,
    months_between,
    shifted,
)
from bot.forecasts.answer import Answer, AnswerLine, SourceRow, answer_id
from bot.forecasts.choose import choose_accounts, choose_entity, choose_where
from bot.forecasts.request import Request, read_request
from bot.messages import figures
from bot.messages.message import (
    Bold,
    Button,
    Buttons,
    Column,
    LineChart,
    LineSeries,
    Message,
    Paragraph,
    Part,
    Table,
    says,
)
from bot.services import Services
from intacct.read.accounts import read_accounts
from intacct.read.balances import BalancesQuestion, read_balances
from intacct.read.dimensions import read_entities

USAGE = "/forecast [what] [horizon] [by dimension] [dept=…] [entity=…] [as of 2025-05]"
HISTORY = 60  # months read; what a young ledger has at most, and what the methods were measured on
SHOWN = 10
CHART_POINTS = 20

__all__ = ["USAGE", "Request", "parse", "run", "show"]


def parse(words: str, today: date, calendar: FiscalCalendar) -> Request:
    """The words after the command; nothing means revenue, twelve months."""
    return read_request(words, today, calendar)


def run(request: Request, services: Services) -> Answer:
    """Choose what is meant, read its months, forecast each line, add them up."""
    books = services.books
    chosen = choose_accounts(request.what, read_accounts(books))
    entity = choose_entity(request.entity, services.default_entity, read_entities(books))
    question = BalancesQuestion(
        entity=entity.id,
        first=shifted(request.last_actual, 1 - HISTORY),
        last=request.last_actual,
        accounts=tuple(sorted(a.number for a in chosen.accounts)),
        by=request.by,
        where=choose_where(books, request.where),
    )
    services.progress(f"Reading {HISTORY} months of {chosen.name} from the ledger…")
    read_at = services.clock()
    rows = read_balances(books, question)
    histories = histories_of(rows, chosen.sign, request.last_actual)
    if not histories:
        raise NotEnoughHistory(
            f"{chosen.name} has no postings in {entity.name} up to {request.last_actual}"
        )
    forecasts = _forecasts(histories, request.horizon, services)
    return _answer(request, chosen, entity, question, read_at, rows, histories, forecasts, services)


def show(answer: Answer) -> Message:
    """The headline, the chart, the lines, how good it was before, and what can be done with it."""
    return Message(
        title=f"{answer.name} forecast, {figures.span(answer.first, answer.last)}",
        result=_headline(answer),
        parts=(
            _accuracy(answer),
            _chart(answer),
            _table(answer),
            *_notes(answer),
            Buttons(_buttons(answer)),
        ),
        footer=(
            f"actuals through {answer.question.last} · read {figures.instant(answer.read_at)} · "
            f"{figures.count(len(answer.rows), 'balance')} from Sage Intacct, entity "
            f"{answer.entity.id} · policy v{answer.policy_version} · #{answer.id[:9]}"
        ),
    )
