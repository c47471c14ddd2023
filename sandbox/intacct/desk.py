"""The control address: faults on request, what people do in Intacct, and a look into the books."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from urllib.parse import parse_qsl

from sandbox.company.schema import OBJECTS
from sandbox.intacct.faults import Faults, read_fault
from sandbox.intacct.gateway import Gateway
from sandbox.intacct.limits import Limits, read_limit
from sandbox.intacct.page import budget_page
from sandbox.intacct.people import CONTROLLER, close_periods, post_entry
from sandbox.intacct.refusal import Refused
from sandbox.intacct.shown import shown

JSON_TYPE = "application/json"
HTML_TYPE = "text/html; charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the control address answers: JSON, or a page."""

    body: object
    status: int = 200
    content_type: str = JSON_TYPE


class Desk:
    """Where tests and people reach the gateway from the side."""

    def __init__(self, gateway: Gateway, faults: Faults, limits: Limits) -> None:
        self._gateway = gateway
        self._books = gateway.books
        self._faults = faults
        self._limits = limits

    def post(self, path: str, body: bytes) -> Answer:
        """Carries out one control request."""
        actions = {
            "/sandbox/fault": self._fault,
            "/sandbox/post": self._post,
            "/sandbox/close": self._close,
            "/sandbox/limits": self._limit,
        }
        if path not in actions:
            return Answer({"error": f"there is nothing at {path}"}, 404)
        try:
            words = json.loads(body or b"{}")
            if not isinstance(words, dict):
                raise ValueError("a JSON object is needed")
            return Answer(actions[path](words))
        except (ValueError, Refused) as error:
            return Answer({"error": str(error)}, 400)

    def get(self, path: str, query: str) -> Answer:
        """The page of budgets, the rows of a table, or what the gateway was sent."""
        name = path.removeprefix("/sandbox/tables/").upper()
        if path.startswith("/sandbox/tables/") and name in OBJECTS:
            try:
                return Answer(self._table(name, dict(parse_qsl(query))))
            except ValueError as error:
                return Answer({"error": str(error)}, 400)
        if path == "/sandbox/limits":
            return Answer(asdict(self._limits.now()[1]))
        if path == "/sandbox/":
            with self._books.lock:
                return Answer(budget_page(self._books), content_type=HTML_TYPE)
        return Answer({"error": f"there is nothing at {path}"}, 404)

    def _fault(self, words: Mapping[str, object]) -> object:
        if words.get("kind") == "none":
            self._faults.clear()
            return {"ok": True}
        fault = read_fault(words)
        if fault.kind == "expire_sessions" and not fault.function and not fault.after:
            self._gateway.sessions.expire_all()
        else:
            self._faults.add(fault)
        return {"ok": True}

    def _limit(self, words: Mapping[str, object]) -> object:
        limit = read_limit(words, self._limits.now()[0])
        self._limits.set(limit)
        return {"ok": True, **asdict(limit)}

    def _post(self, words: Mapping[str, object]) -> object:
        work = self._gateway.work_for(CONTROLLER, alone=True)
        with self._books.lock:
            return {"ok": True, "RECORDNO": post_entry(work, words)}

    def _close(self, words: Mapping[str, object]) -> object:
        with self._books.lock:
            close_periods(self._books, date.fromisoformat(str(words.get("through", ""))))
        return {"ok": True}

    def _table(self, name: str, wanted: Mapping[str, str]) -> list[dict[str, str | None]]:
        fields = OBJECTS[name].fields
        if unknown := [column for column in wanted if column.upper() not in fields]:
            raise ValueError(f"{name} has no field {', '.join(unknown)}")
        with self._books.lock:
            rows = self._books.rows(f'SELECT * FROM "{name}" ORDER BY RECORDNO')  # noqa: S608 - schema names
        shown_rows = [
            {
                f.name: None if row[f.name] is None else shown(f, row[f.name])
                for f in fields.values()
            }
            for row in rows
        ]
        return [
            row
            for row in shown_rows
            if all(row[column.upper()] == value for column, value in wanted.items())
        ]
