"""A process that asks a gateway as often as it is told, as fast as the store's gate lets it."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from bot.store.engine import open_store
from bot.store.gate import StoreGate
from intacct.client import Address, Intacct
from intacct.gate import Limits
from intacct.wire import element

THREADS = 4


def main(store_url: str, gateway: str, questions: int, limits: Limits) -> None:
    """Ask from several threads and leave."""
    store = open_store(store_url)
    gate = StoreGate(store, "acme", limits, 1_000_000, process="hammer")
    books = Intacct(
        Address(gateway, "sender", "s", "acme", "user", "u"),
        clock=lambda: datetime.now(UTC),
        on_call=lambda _: None,
        gate=gate,
    )
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(lambda _: books.ask(element("query")), range(questions)))
    books.close()
    store.dispose()


def hold_a_turn(store_url: str, seconds: float) -> None:
    """Take the only turn and never give it back."""
    gate = StoreGate(open_store(store_url), "acme", Limits(1), 100, process="holder")
    with gate.passing(longest=seconds, patience=5):
        sys.stdout.write("held\n")
        sys.stdout.flush()
        sys.stdin.readline()


if __name__ == "__main__":
    if sys.argv[1] == "hold":
        hold_a_turn(sys.argv[2], float(sys.argv[3]))
    else:
        url, gateway, questions, at_once, a_window, window = sys.argv[2:]
        limits = Limits(int(at_once), int(a_window), float(window))
        main(url, gateway, int(questions), limits)
