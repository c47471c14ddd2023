"""*Export*: a working paper becomes a file in the direct messages of whoever asked for it."""

from __future__ import annotations

import hashlib
import re
import textwrap
from typing import Any

from bot.approvals.evidence import asked_on_record
from bot.audit import AuditEntry, record
from bot.desk.desk import Desk, reference
from bot.desk.papers import paper
from bot.desk.telling import tell
from bot.errors import NotAllowed, NotUnderstood, explain
from bot.jobs.work import Work
from bot.messages import files, send
from bot.messages.as_csv import as_csv
from bot.messages.as_xlsx import as_xlsx
from bot.messages.figures import instant
from bot.messages.paper import Paper
from bot.messages.words import inert, unmarked
from bot.policy import Person


def export(work: Work, desk: Desk) -> None:
    """The file is made and handed over, once for each window sent back, and it is on record.

    NotAllowed where the person may not see it, or the edge has not put the request on record.
    """
    args: Any = work.args
    who, services = Person(args["team"], args["user"]), desk.services
    asked = asked_on_record(services, work.key, who, args["value"], args["verdict"])
    if not asked or not services.policy.may_see(who):
        raise NotAllowed("You may not export this. Ask finance to add you to the policy.")
    found = paper(desk, args["value"])
    content = services.arithmetic(content_of, found, args["format"])
    name = name_of(found, args["format"])
    channel = send.direct_channel(desk.slack, who.user)
    words = unmarked(inert(f"{found.title}, as read {instant(found.read_at)}"))
    files.share(desk.slack, f"export:{work.key}", channel, name, content, found.title, words)
    body = {"file": name, "sha256": hashlib.sha256(content).hexdigest(), "for": who.user}
    with services.store.begin() as tx:
        entry = AuditEntry(services.clock(), "bot", "exported", found.id, body)
        record(tx, services.audit_key, entry)


def export_failed(key: str, args: Any, desk: Desk, error: Exception) -> None:
    """It came to nothing; its person is told why in the direct messages."""
    sentence = f"{explain(error).sentence} Reference {reference(key)}."
    tell(desk, key, args, "Export", sentence)


def content_of(found: Paper, kind: str) -> bytes:
    """The bytes of the file; NotUnderstood for a kind there is not."""
    if kind == "xlsx":
        return as_xlsx(found)
    if kind == "csv" and found.tables:
        (table, *_) = found.tables
        return as_csv(table.columns, table.rows)
    if kind == "rows":
        return as_csv(found.columns, found.rows)
    raise NotUnderstood("There is no such file to export. Choose another format.")


def name_of(found: Paper, kind: str) -> str:
    """A name that says what it is: `Revenue forecast 2026-11-21 FC-ABCDEFGHI.xlsx`."""
    title = re.sub(r"[^\w.,()-]+", " ", found.title.replace("–", "-"))
    words = textwrap.shorten(title, 80, placeholder="").strip(" .,") or title.strip(" .")[:80]
    rows = " source rows" if kind == "rows" else ""
    ending = "xlsx" if kind == "xlsx" else "csv"
    return f"{words}{rows} {found.read_at:%Y-%m-%d} {found.id[:12]}.{ending}"
