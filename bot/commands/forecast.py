"""/forecast: what the coming months will bring, how sure, and better than last year's figures?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from analytics.errors import NotEnoughHistory
from analytics.forecast.engine import (
    LineForecast,
    forecast,
    total,
    total_backtest,
    whole,
)
from analytics.ledger import Account, AccountNo, FiscalCalendar, shifted
from bot.approvals.sources import balance_rows
from bot.forecasts.answer import Answer, AnswerLine
from bot.forecasts.choose import (
    Chosen,
    choose_accounts,
    choose_entity,
    choose_where,
    entities_of,
)
from bot.forecasts.history import History, histories_of
from bot.forecasts.kept import body_of, keep
from bot.forecasts.request import Request, read_request
from bot.forecasts.shown import message_of, only
from bot.messages import figures
from bot.messages.kept_tables import tables_in
from bot.messages.message import Message
from bot.services import Services
from bot.staged.ledger import Ledger, ledger_from
from intacct.read.balances import BalancesQuestion
from intacct.read.dimensions import Entity

USAGE = "/forecast [what] [horizon] [by dimension] [dept=…] [entity=…] [as of 2025-05] [fresh]"
HISTORY = 60  # months read; what a young ledger has at most, and what the methods were measured on
PROPHET_LINES = 40  # it takes a second for eight lines, and earns its place on few
BATCH = 100  # lines forecast between two words of progress

__all__ = ["USAGE", "Request", "parse", "run", "show"]


def parse(words: str, today: date, calendar: FiscalCalendar) -> Request:
    """The words after the command; nothing means revenue, twelve months."""
    return read_request(words, today, calendar)


def run(request: Request, services: Services) -> Answer:
    """Choose what is meant, read its months, forecast each line, add them up."""
    first = shifted(request.last_actual, 1 - HISTORY)
    ledger = ledger_from(services, first.first, fresh=request.fresh)
    chosen = choose_accounts(request.what, ledger.accounts())
    entity = choose_entity(request.entity, services.default_entity, entities_of(ledger))
    question = _question(request, chosen, entity, ledger)
    services.progress(f"Reading {HISTORY} months of {chosen.name} from the ledger…")
    rows = ledger.balances(question)
    histories = histories_of(rows, chosen.sign, request.last_actual)
    if not histories:
        raise NotEnoughHistory(
            f"{chosen.name} has no postings in {entity.label}{only(question)} in the {HISTORY} "
            f"months up to {request.last_actual}"
        )
    forecasts = _forecasts(histories, request.horizon, services)
    lines = _lines(chosen, histories, forecasts)
    months = total(forecasts, chosen.name)
    answer = Answer(
        id="",
        name=chosen.name,
        sign=chosen.sign,
        entity=entity,
        question=question,
        read_at=ledger.read_at,
        lines=lines,
        total=months,
        whole=whole(months),
        backtest=total_backtest(forecasts),
        rows=balance_rows(0, rows),
        policy_version=services.policy.version,
        copied_for=services.clock() if ledger.copied else None,
        notes=(
            *_without_postings(chosen, histories),
            *_left_out(chosen, question, entity, ledger),
        ),
    )
    return _kept(services, answer)


def _kept(services: Services, answer: Answer) -> Answer:
    """The answer under the id of all it says, its message's tables among it."""
    shown = message_of(answer)
    body = body_of(answer, shown.title, tables_in(shown))
    return replace(answer, id=keep(services.store, body, answer.read_at))


def _question(request: Request, chosen: Chosen, entity: Entity, ledger: Ledger) -> BalancesQuestion:
    return BalancesQuestion(
        entity=entity.id,
        first=shifted(request.last_actual, 1 - HISTORY),
        last=request.last_actual,
        accounts=tuple(sorted(a.number for a in chosen.accounts)),
        by=request.by,
        where=choose_where(ledger, request.where),
    )


def _without_postings(chosen: Chosen, histories: tuple[History, ...]) -> tuple[str, ...]:
    """How many of the accounts asked for have no line, because nothing was posted to them."""
    silent = len(chosen.accounts) - len({history.account for history in histories})
    if not silent:
        return ()
    had = "1 account had" if silent == 1 else f"{silent:,} accounts had"
    return (f"{had} no posting in the {HISTORY} months read, and so no line",)


def _left_out(
    chosen: Chosen, question: BalancesQuestion, entity: Entity, ledger: Ledger
) -> tuple[str, ...]:
    """What inactive accounts of the group had in the last twelve months: it is in no figure."""
    if not chosen.left_out:
        return ()
    names = {a.number: f"{a.number} {a.title}" for a in chosen.left_out}
    year = replace(question, first=shifted(question.last, -11), accounts=tuple(sorted(names)))
    had = ledger.balances(year).groupby("account")["amount"].sum()
    return tuple(
        f"{names[AccountNo(str(number))]} is inactive in Intacct and left out; it had "
        f"{figures.coins(chosen.sign * int(amount), entity.currency)} in the last 12 months"
        for number, amount in had.items()
        if amount
    )


def _lines(
    chosen: Chosen, histories: tuple[History, ...], forecasts: tuple[LineForecast, ...]
) -> tuple[AnswerLine, ...]:
    """Each history beside what comes, under its account's name."""
    accounts: dict[str, Account] = {account.number: account for account in chosen.accounts}
    return tuple(
        AnswerLine(
            title=accounts[history.account].title,
            natural=chosen.sign * accounts[history.account].natural_sign,
            history=history,
            forecast=coming,
        )
        for history, coming in zip(histories, forecasts, strict=True)
    )


def _forecasts(
    histories: tuple[History, ...], horizon: int, services: Services
) -> tuple[LineForecast, ...]:
    """Every line forecast, in a process of its own so that nobody waits for it to acknowledge."""
    done: tuple[LineForecast, ...] = ()
    for at in range(0, len(histories), BATCH):
        services.progress(
            f"Forecasting {figures.count(len(histories), 'line')}, {at:,} done…"
            if at
            else f"Forecasting {figures.count(len(histories), 'line')}…"
        )
        batch = [history.line for history in histories[at : at + BATCH]]
        prophet = len(histories) <= PROPHET_LINES
        done += services.arithmetic(forecast, batch, horizon, prophet=prophet)
    return done


def show(answer: Answer) -> Message:
    """The headline, the chart, the lines, how good it was before, and what can be done with it."""
    return message_of(answer)
