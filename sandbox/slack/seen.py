"""How far each person has read each channel."""

from __future__ import annotations

from sandbox.slack.store import Store


class Seen:
    """The `ts` each person has read up to, by channel."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read = {key: str(kept["ts"]) for key, kept, _ in store.all("read")}

    def up_to(self, person: str, channel: str) -> str:
        """The last `ts` this person has seen here; empty before the first."""
        return self._read.get(f"{person}/{channel}", "")

    def mark(self, person: str, channel: str, ts: str) -> None:
        """The person has read up to here."""
        self._read[f"{person}/{channel}"] = ts
        self._store.put("read", f"{person}/{channel}", {"ts": ts})
