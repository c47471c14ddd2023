"""Clients others published, at the local Intacct: `python -m benchmarks.peers [FOLDER]`.

Each signs in, reads with a filter and page by page, creates, posts journal entries, is refused a
duplicate, a wrong password and an unbalanced entry, and has a half-done batch rolled back. What
it saw is compared with the tables of the company itself. FOLDER keeps the installed clients.
"""

from __future__ import annotations

import sys
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.peers.clients import CLIENTS, Client, drive, install
from benchmarks.peers.served import serving, table_of
from benchmarks.report import machine, table

ROWS = 6_000
STEPS = (
    "sign in",
    "wrong password",
    "filtered read",
    "paged read",
    "create",
    "duplicate",
    "roll-back",
    "journal entry",
    "unbalanced entry",
)
# Its parser of errors takes one error for a list; it stops with this instead of Intacct's words.
BROKEN_WORDS = "data.map is not a function"


def main(arguments: list[str]) -> int:
    """Drive every client; the exit code is 1 when a step did not go as it must."""
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as made:
        folder = Path(arguments[0]).absolute() if arguments else Path(made) / "clients"
        install(folder)
        with serving(Path(made) / "company", ROWS) as at:
            columns = [_steps(client, folder, at, wrong) for client in CLIENTS]
    rows = [(step, *(column.get(step, "–") for column in columns)) for step in STEPS]
    print(table(("step", *(client.name for client in CLIENTS)), rows))
    print("\n".join(["", *wrong, machine()]))
    return 1 if wrong else 0


def _steps(client: Client, folder: Path, at: dict[str, Any], wrong: list[str]) -> dict[str, str]:
    """Each step's mark; what went wrong is added to the list."""
    meant = _before(at)
    seen = dict(drive(client, folder, at | {"step": "conform"}))
    marks = {}
    for step in STEPS:
        found = str(seen.get(step, "not reached"))
        right = _went_well(step, found, meant)
        marks[step] = "yes" if right else "**no**"
        if not right:
            wrong.append(f"{client.name}, {step}: {found[:300]} {seen.get('stopped', '')}")
    wrong += [f"{client.name}: {one}" for one in _in_the_books(client, at)]
    return marks


def _before(at: dict[str, Any]) -> dict[str, str]:
    """What the reads must find, from the tables themselves."""
    accounts = [one for one in table_of(at, "GLACCOUNT") if one["ACCOUNTTYPE"] == "incomestatement"]
    entries = table_of(at, "GLENTRY")
    cents = sum(int(Decimal(one["AMOUNT"] or "0") * 100) for one in entries)
    return {
        "filtered read": str(len(accounts)),
        "paged read": f"{len(entries)} rows, {cents} cents",
    }


def _went_well(step: str, found: str, meant: dict[str, str]) -> bool:
    match step:
        case "sign in":
            return found == "opened"
        case "wrong password":
            return "Sign-in information is incorrect" in found or found == BROKEN_WORDS
        case "filtered read" | "paged read":
            return found == meant[step]
        case "create" | "journal entry":
            return found == "numbered"
        case "duplicate":
            return "already exists" in found
        case "roll-back":
            return found.startswith("0 left:") and "already exists" in found
        case _:
            return "do not balance" in found


def _in_the_books(client: Client, at: dict[str, Any]) -> list[str]:
    """Where the company does not hold exactly one class and one entry of this client."""
    classes = [one["CLASSID"] for one in table_of(at, "CLASS")]
    ours = [one for one in classes if str(one).startswith(f"{client.prefix}-")]
    titles = [one["BATCH_TITLE"] for one in table_of(at, "GLBATCH")]
    posted = titles.count(f"Entry of {client.prefix}")
    wrong = [] if ours == [f"{client.prefix}-1"] else [f"the books hold the classes {ours}"]
    return wrong + ([] if posted == 1 else [f"the books hold {posted} of its entries"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
