"""Short-lived rights Slack hands out: trigger ids and response addresses."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sandbox.slack.store import Store
from sandbox.slack.wire import Clock, Refused

TRIGGER_LIFE = timedelta(seconds=3)
RESPONSE_LIFE = timedelta(minutes=30)
RESPONSE_USES = 5


@dataclass(slots=True)
class Trigger:
    """The right to open one view for one person."""

    person: str
    made: datetime
    channel: str | None = None  # where it was typed or clicked
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """The right to answer where something was typed or clicked."""

    person: str
    channel: str
    made: datetime
    original: str | None  # the ts of the message that was clicked
    uses: int = 0


class Tickets:
    """Everything handed out so far."""

    def __init__(self, clock: Clock, store: Store) -> None:
        self._clock = clock
        self._store = store
        self._triggers: dict[str, Trigger] = {}
        self._responses = {
            token: ResponseUrl(**{**kept, "made": datetime.fromisoformat(kept["made"])})
            for token, kept, _ in store.all("response")
        }

    def trigger(self, person: str, channel: str | None = None) -> str:
        """A new trigger id."""
        now = self._clock()
        trigger_id = (
            f"{int(now.timestamp() * 1000)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        )
        self._triggers[trigger_id] = Trigger(person, now, channel)
        return trigger_id

    def check_trigger(self, trigger_id: str) -> Trigger:
        """Whom it was made for, and where; refused when unknown, used or too old."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self._clock() - trigger.made > TRIGGER_LIFE:
            raise Refused("expired_trigger_id")
        return trigger

    def use_trigger(self, trigger_id: str) -> None:
        """Marks it as used."""
        self._triggers[trigger_id].used = True

    def response(self, person: str, channel: str, original: str | None = None) -> str:
        """A new response address, its last part."""
        token = secrets.token_urlsafe(18)
        self._keep(token, ResponseUrl(person, channel, self._clock(), original))
        return token

    def use_response(self, token: str) -> ResponseUrl:
        """Counts one use; refused when unknown, used up or too old."""
        response = self._responses.get(token)
        if response is None or response.uses >= RESPONSE_USES:
            raise Refused("used_url")
        if self._clock() - response.made > RESPONSE_LIFE:
            raise Refused("expired_url")
        response.uses += 1
        self._keep(token, response)
        return response

    def _keep(self, token: str, response: ResponseUrl) -> None:
        self._responses[token] = response
        kept = {**asdict(response), "made": response.made.isoformat()}
        self._store.put("response", token, kept)
