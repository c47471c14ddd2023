"""One running bot: the store opened, the jobs started, Slack listened to, and all of it stopped."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from threading import Event
from types import FrameType
from typing import NoReturn

from slack_bolt.app.async_app import AsyncApp
from sqlalchemy import Engine

from analytics.ledger import FiscalCalendar
from bot.app import build
from bot.audit import AuditEntry, record
from bot.desk import answering, deciding, exporting, heard, home
from bot.desk.desk import Desk, reference
from bot.desk.sweeping import EVERY, sweep
from bot.errors import NotDelivered, Overtaken, explain
from bot.jobs.engine import Jobs, new_executor_id, start
from bot.jobs.pool import Pool
from bot.jobs.rounds import rounds
from bot.jobs.work import Work
from bot.messages import picture
from bot.messages.deliver import deliver_due
from bot.messages.signed_in import AGAIN, Door, not_in, sign_in
from bot.messages.workspace import Slack, connect
from bot.policy import Policy, read_policy
from bot.services import Services
from bot.settings import Secret, Settings
from bot.staged.refresh import keep_up
from bot.store.canonical import JSON
from bot.store.engine import open_store
from bot.store.gate import StoreGate
from bot.web import at_our_address, server
from intacct.client import Address, Call, Intacct
from intacct.gate import Limits

log = logging.getLogger("tieout")

SAID_EVERY = 1.0  # seconds
WAITS = (1.0, 3.0, 8.0, 15.0)
CHANGING = {"save", "click", "reviewed", "look again", "commit"}  # what a Home may show
COMMIT_WAITS = (2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0, 240.0, 300.0, 300.0, 300.0)


def serve(settings: Settings) -> None:
    """Run until told to stop (SIGTERM or Ctrl-C); what is under way is handed back, not lost."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    with at_our_address(settings) as address, running(settings) as bot:
        try:
            _take_short_turns()
            log.info("tieout is ready at http://%s:%s", *address.getsockname()[:2])
            serving = server(bot.app, settings, lambda: bot.door.signed_in is not None)
            serving.run(sockets=[address])
        except SystemExit:
            if bot.door.refusal:  # found while it ran: it ends as it would have at the start
                raise bot.door.refusal from None
            raise


def _take_short_turns() -> None:
    """Let an acknowledgement in between the work on a large answer, in this process's threads.

    A full garbage collection stops every thread, and what is loaded by now lives as long as the
    process: without a look at it, and with turns of half a millisecond instead of five, the 99th
    percentile fell from 340 to 70 ms beside forecasts of 500 lines (benchmarks/acknowledgement).
    """
    sys.setswitchinterval(0.0005)
    gc.collect()
    gc.freeze()


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    """Out through every `finally`; the server repeats the signal when it has stopped serving."""
    signal.signal(number, signal.SIG_DFL)  # told a second time, it does not wait
    raise SystemExit(0)


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot at work: its edge, its jobs, and its way into Slack."""

    app: AsyncApp
    jobs: Jobs
    door: Door


@contextmanager
def running(settings: Settings) -> Iterator[Bot]:
    """Everything behind the edge, started in order and stopped in the opposite one.

    Raises Misconfigured, before anything is begun, where Slack does not let the bot in.
    """
    with ExitStack() as undo:
        store = open_store(settings.database_url)
        undo.callback(store.dispose)
        pool = Pool("analytics.forecast.engine")
        undo.callback(pool.close)
        slack = connect(
            settings.slack_api_url,
            settings.slack_bot_token.reveal(),
            store,
            _now,
            draw=lambda part: pool.run(picture.draw, part),
        )
        process = new_executor_id()
        books = _books(settings, store, process)
        undo.callback(books.close)
        services = _services(settings, store, books)
        door = _door(settings, slack, services.policy)
        stirred = Event()
        desk = Desk(replace(services, arithmetic=pool.run), slack, lambda: door.address)
        jobs = start(
            store,
            settings.database_url,
            _jobs(desk, stirred),
            failed=partial(_gave_up, desk),
            may_retry=_may_retry,
            executor_id=process,
        )
        undo.callback(jobs.stop)
        with _beside(desk, door, stirred):
            yield Bot(build(settings, desk, jobs), jobs, door)


def _door(settings: Settings, slack: Slack, policy: Policy) -> Door:
    """Slack, asked once whether it lets us in."""
    door = Door(
        ask=partial(sign_in, slack, settings.slack_app_token, policy.team),
        turned_away=partial(os.kill, os.getpid(), signal.SIGTERM),
    )
    door.knock()
    if door.signed_in:
        for channel in not_in(slack, sorted({policy.approval_channel, *policy.finance_channels})):
            log.warning("the bot is not in channel %s of TIEOUT_POLICY: invite it there", channel)
    return door


@contextmanager
def _beside(desk: Desk, door: Door, stirred: Event) -> Iterator[None]:
    """What goes on beside the jobs: time passes, the books move, Slack comes back."""
    leaving = Event()
    copying = partial(keep_up, desk.services, partial(_go_on, leaving))
    with (
        rounds(partial(deliver_due, desk.slack), SAID_EVERY),
        rounds(partial(sweep, desk, {}), EVERY),
        rounds(partial(home.refresh, desk), EVERY, stirred),
        rounds(copying, EVERY),
        rounds(door.knock_again, AGAIN),
    ):
        try:
            yield
        finally:
            leaving.set()


@contextmanager
def at_work(settings: Settings) -> Iterator[Services]:
    """What a job works with, for work that is asked for at the command line."""
    store = open_store(settings.database_url)
    books = _books(settings, store, new_executor_id())
    try:
        yield _services(settings, store, books)
    finally:
        books.close()
        store.dispose()


def _books(settings: Settings, store: Engine, process: str) -> Intacct:
    """The conversation of this process: every call on record, through the company's one gate."""
    return Intacct(
        _address(settings),
        clock=_now,
        on_call=partial(_on_record, store, settings.audit_key),
        gate=_gate(store, settings, process),
    )


def _services(settings: Settings, store: Engine, books: Intacct) -> Services:
    return Services(
        books=books,
        store=store,
        audit_key=settings.audit_key,
        policy=read_policy(settings.policy_file),
        calendar=FiscalCalendar(settings.first_fiscal_month),
        clock=_now,
        default_entity=settings.default_entity,
        company=settings.intacct_company_id,
        monthly_allowance=settings.intacct_monthly_allowance,
    )


def _go_on(leaving: Event, words: str) -> None:
    """Told of every step of a long reading, and the end of it where the bot is to stop."""
    log.debug("%s", words)
    if leaving.is_set():
        raise Overtaken("The bot is to stop, so the reading ends here.")


def _jobs(desk: Desk, stirred: Event) -> Mapping[str, Callable[[Work], None]]:
    """Which work is done by whom; the names are what is stored, so they never change."""
    jobs = {
        "answer": answering.answer,
        "look again": deciding.look_again,
        "save": deciding.save,
        "click": deciding.click,
        "reviewed": deciding.reviewed,
        "commit": deciding.write,
        "export": exporting.export,
        "home": home.opened,
        "help": heard.help_out,
    }
    return {name: partial(_do, work_on, desk, stirred) for name, work_on in jobs.items()}


def _do(work_on: Callable[[Work, Desk], None], desk: Desk, stirred: Event, work: Work) -> None:
    log.info("job %s %s begins as %s", work.name, reference(work.key), work.key)
    work_on(work, desk)
    log.info("job %s %s done", work.name, reference(work.key))
    if work.name in CHANGING:  # not here: Homes that Slack is slow to take would hold up the work
        stirred.set()


def _may_retry(key: str, number: int, error: Exception) -> float | None:
    """Seconds until the next try: half a minute in all while a person looks on, half an hour for
    what was approved and only has to be written."""
    patient = key.startswith("commit:") or isinstance(error, NotDelivered)
    waits = COMMIT_WAITS if patient else WAITS
    return waits[number - 1] if explain(error).retry and number <= len(waits) else None


def _gave_up(desk: Desk, key: str, args: Mapping[str, JSON], error: Exception) -> None:
    """The one handler of the work: a sentence for the person; the log has had the rest."""
    if key.startswith("event:"):
        return  # nobody looks where its answer would have stood; the log has had it
    if "proposal" in args:
        deciding.write_failed(args, desk, error)
    elif "format" in args:
        exporting.export_failed(key, args, desk, error)
    elif "command" in args:
        answering.answer_failed(key, args, desk, error)
    else:
        deciding.click_failed(key, args, desk, error)


def _on_record(store: Engine, key: Secret, call: Call) -> None:
    """Every call to the gateway is a row: what was called and how it ended, never what was said."""
    body: dict[str, JSON] = {
        "control_id": call.control_id,
        "entity": call.entity,
        "request_sha256": call.request_sha256,
        "reply_sha256": call.reply_sha256,
        "ms": call.ms,
        "outcome": call.outcome,
    }
    if marks := str(call.marks):
        log.warning("intacct %s ended as %s: %s", call.function, call.outcome, marks)
    with store.begin() as tx:
        record(tx, key, AuditEntry(call.at, "bot", f"called {call.function}", "intacct", body))


def _gate(store: Engine, settings: Settings, process: str) -> StoreGate:
    limits = Limits(settings.intacct_in_flight, settings.intacct_per_minute)
    company, allowance = settings.intacct_company_id, settings.intacct_monthly_allowance
    return StoreGate(store, company, limits, allowance, process=process)


def _address(settings: Settings) -> Address:
    return Address(
        url=settings.intacct_url,
        sender_id=settings.intacct_sender_id,
        sender_password=settings.intacct_sender_password.reveal(),
        company_id=settings.intacct_company_id,
        user_id=settings.intacct_user_id,
        user_password=settings.intacct_user_password.reveal(),
    )


def _now() -> datetime:
    return datetime.now(UTC)
