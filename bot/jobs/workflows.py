"""What the durable engine is told and asked; with `attempt.py`, all that knows it is DBOS."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer, SetWorkflowID
from sqlalchemy.engine import make_url

from bot.errors import Misconfigured
from bot.jobs.attempt import GaveUp

QUEUE = "jobs"
VERSION = "1"  # of the workflow in attempt.py; raise it when its steps change order
_UNFINISHED = ["ENQUEUED", "PENDING", "DELAYED"]
_UNTIL_IT_LISTENS = 15.0


@dataclass(frozen=True, slots=True)
class Held:
    """A job a process has under way, and since when (milliseconds of the engine's clock)."""

    key: str
    executor_id: str
    since: int | None
    queue: str


def beside(database_url: str) -> str:
    """Where the engine keeps its own: a second SQLite file, or the same PostgreSQL database."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "")
        url = url.set(database=str(file.with_name(f"{file.stem}-jobs.sqlite")))
    return url.render_as_string(hide_password=False)


def open_engine(url: str, executor_id: str, run: Callable[[str], None]) -> Callable[[str], None]:
    """Start the engine as this executor and return the workflow that runs a job by its key.

    There is one engine in a process: Misconfigured if it is at work already.
    """
    if listens():
        raise Misconfigured("jobs are already at work in this process")
    if make_url(url).get_backend_name() == "sqlite":
        _write_ahead(url)
    config: DBOSConfig = {
        "name": "tieout",
        "system_database_url": url,
        "executor_id": executor_id,
        "application_version": VERSION,
        "serializer": DBOSPortableJSONSerializer(),
        "db_engine_kwargs": {"hide_parameters": True},  # what steps kept stays out of its log
        "use_listen_notify": False,
        "notification_listener_polling_interval_sec": 0.2,
        "log_level": "WARNING",
        "enable_otlp": False,
    }

    def job(key: str) -> None:
        run(key)

    DBOS(config=config)
    logging.getLogger("dbos").addFilter(_is_news)
    workflow = DBOS.workflow(name="job", max_recovery_attempts=None)(job)
    try:
        DBOS.launch()
    except BaseException:
        DBOS.destroy(destroy_registry=True)
        raise
    return workflow


def listen(at_once: int, look: timedelta) -> None:
    """Begin to take jobs from the queue; returns when the engine does. Misconfigured if it never
    begins."""
    DBOS.register_queue(
        QUEUE,
        worker_concurrency=at_once,
        polling_interval_sec=look.total_seconds(),
        on_conflict="always_update",
    )
    until = time.monotonic() + _UNTIL_IT_LISTENS
    while not listens():
        if time.monotonic() > until:
            raise Misconfigured("the durable engine does not take jobs from its queue")
        time.sleep(0.02)


def listens() -> bool:
    """Whether the thread that takes jobs from the queue is alive."""
    return any(
        thread.name == f"queue-worker-{QUEUE}" and thread.is_alive()
        for thread in threading.enumerate()
    )


def hand_in(workflow: Callable[[str], None], key: str) -> None:
    """Give the engine a job; one it has already, done or not, stays as it is."""
    with SetWorkflowID(key):
        DBOS.enqueue_workflow(QUEUE, workflow, key)


def busy() -> bool:
    """Whether the engine has a job that is not finished, here or in another process."""
    found = DBOS.list_workflows(status=_UNFINISHED, limit=1, load_input=False, load_output=False)
    return bool(found)


def under_way(executor_id: str | None = None) -> tuple[Held, ...]:
    """What this process has under way; without one, what any process has."""
    found = DBOS.list_workflows(
        status="PENDING", executor_id=executor_id, load_input=False, load_output=False
    )
    return tuple(
        Held(one.workflow_id, one.executor_id, one.dequeued_at, one.queue_name or QUEUE)
        for one in found
        if one.executor_id
    )


def run_again(held: Iterable[Held]) -> None:
    """Put what nobody works on any more back into the queue; what has ended meanwhile stays."""
    for one in held:
        DBOS.resume_workflow(one.key, queue_name=one.queue)


def close_engine(url: str, executor_id: str, goodbye: timedelta) -> None:
    """Take nothing new, let what is under way come to an end, and put back what does not."""
    DBOS.destroy(
        destroy_registry=True, workflow_completion_timeout_sec=int(goodbye.total_seconds())
    )
    client = DBOSClient(system_database_url=url, serializer=DBOSPortableJSONSerializer())
    try:
        left = client.list_workflows(
            status="PENDING", executor_id=executor_id, load_input=False, load_output=False
        )
        if left:
            client.resume_workflows([held.workflow_id for held in left], queue_name=QUEUE)
    finally:
        client.destroy()


def _is_news(line: logging.LogRecord) -> bool:
    # A job that failed has been reported with its own error; the engine would add a second one.
    return not (line.exc_info and isinstance(line.exc_info[1], GaveUp))


def _write_ahead(url: str) -> None:
    # The engine does not ask for it, and without it readers and writers wait for each other.
    with closing(sqlite3.connect(make_url(url).database or "")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
