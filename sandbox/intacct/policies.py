"""Transport policies: the answer to a request is posted later, to an address agreed beforehand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPException
from threading import Lock, Thread
from urllib.parse import urlsplit

from sandbox.intacct.reply import Reply

PATIENCE = 10


class Policies:
    """The policies there are by name, and the answers that are still under way."""

    def __init__(self, addresses: Mapping[str, str]) -> None:
        self._addresses = dict(addresses)
        self._lock = Lock()
        self._under_way: list[Thread] = []

    def __contains__(self, name: str) -> bool:
        return name in self._addresses

    def later(self, name: str, answer: Callable[[], Reply]) -> None:
        """Works the answer out in a thread of its own and posts it to the policy's address."""
        thread = Thread(target=lambda: _post(self._addresses[name], answer()), daemon=True)
        with self._lock:
            self._under_way = [one for one in self._under_way if one.is_alive()]
            self._under_way.append(thread)
            thread.start()

    def close(self) -> None:
        """Waits until every answer was posted, or could not be."""
        with self._lock:
            under_way, self._under_way = self._under_way, []
        for thread in under_way:
            thread.join()


def _post(address: str, reply: Reply) -> None:
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port or 80, timeout=PATIENCE)
    path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    try:
        connection.request("POST", path, reply.body, {"Content-Type": reply.content_type})
        connection.getresponse().read()
    except (OSError, HTTPException):
        return  # nobody listens there now, and nobody would hear a complaint either
    finally:
        connection.close()
