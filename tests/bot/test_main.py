"""The command line, as a person types it."""

from __future__ import annotations

import csv
import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.audit import AuditEntry, record
from bot.settings import Secret
from bot.store.engine import open_store
from bot.store.gate import StoreGate
from intacct.gate import Limits
from tests.house.code import ROOT

KEY = "a key for the command line"


def tieout(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", *words]
    here = {**os.environ, **env}
    return subprocess.run(command, cwd=ROOT, env=here, capture_output=True, text=True, timeout=120)


def books_with(rows: int, file: Path) -> str:
    url = f"sqlite:///{file}"
    store = open_store(url)
    for number in range(rows):
        with store.begin() as tx:
            at = datetime(2026, 11, 21, 9, number, tzinfo=UTC)
            record(tx, Secret(KEY), AuditEntry(at, "T/U1", f"did {number}", "PRP-1", {}))
    store.dispose()
    return url


def test_the_record_is_proved_from_the_command_line(tmp_path: Path) -> None:
    url = books_with(3, tmp_path / "tieout.sqlite")

    done = verified(url)

    assert done.returncode == 0
    assert done.stdout.startswith("ok: 3 rows, head ")


def test_a_record_that_was_changed_is_named_by_its_first_bad_row(tmp_path: Path) -> None:
    url = books_with(3, tmp_path / "tieout.sqlite")
    changed(tmp_path / "tieout.sqlite", "UPDATE audit SET did = 'did nothing' WHERE seq = 2")

    done = verified(url)

    assert done.returncode == 1
    assert "NOT ok at row 2: changed" in done.stderr


def verified(url: str, *words: str) -> subprocess.CompletedProcess[str]:
    return tieout("audit", "verify", *words, TIEOUT_DATABASE_URL=url, TIEOUT_AUDIT_KEY=KEY)


def changed(file: Path, statement: str) -> None:
    """What somebody with the file could do to it."""
    with closing(sqlite3.connect(file)) as books, books:
        for (trigger,) in books.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            books.execute(f"DROP TRIGGER {trigger}")
        books.execute(statement)


def test_a_head_noted_before_must_still_be_there(tmp_path: Path) -> None:
    file = tmp_path / "tieout.sqlite"
    url = books_with(3, file)
    head = verified(url).stdout.split()[-1]
    assert verified(url, "--head", head).returncode == 0

    changed(file, "DELETE FROM audit WHERE seq = 3")
    without, done = verified(url), verified(url, "--head", head)

    assert without.returncode == 0  # from inside, the cut cannot be seen
    assert done.returncode == 1
    assert "the chain holds up to row 2" in done.stderr
    assert "tail was cut" in done.stderr


def test_a_proposal_that_is_not_on_record_is_named(tmp_path: Path) -> None:
    file = tmp_path / "tieout.sqlite"
    url = books_with(1, file)
    with closing(sqlite3.connect(file)) as books, books:
        books.execute("INSERT INTO snapshot (id, at, body) VALUES ('S', '', '[]')")
        books.execute(
            "INSERT INTO proposal (id, kind, state, team, asked_by, channel, title, body,"
            " payload_hash, sources_hash, snapshot_id, policy_version, made_at, expires_at)"
            " VALUES ('PRP-FOREIGN1', '', 'open', '', '', '', '', '', '', '', 'S', 1, '', '')"
        )

    done = verified(url)

    assert done.returncode == 1
    assert "Proposal PRP-FOREIGN1 is not on record as staged" in done.stderr
    assert done.stdout == ""


def test_a_file_that_is_not_there_is_said_and_not_made(tmp_path: Path) -> None:
    done = verified(f"sqlite:///{tmp_path / 'none.sqlite'}")

    assert done.returncode == 1
    assert "There is no database file" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["nonsense", "postgresql+psycopg://bot:geheim@127.0.0.1:1/books"])
def test_a_database_that_cannot_be_opened_is_one_sentence(url: str) -> None:
    done = verified(url)

    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr
    assert "geheim" not in done.stderr


def test_a_database_with_nothing_on_record_proves_nothing(tmp_path: Path) -> None:
    (tmp_path / "bare.sqlite").touch()
    for url in (books_with(0, tmp_path / "new.sqlite"), f"sqlite:///{tmp_path / 'bare.sqlite'}"):
        done = verified(url)

        assert done.returncode == 1
        assert done.stderr == "Error: Nothing is on record in this database.\n"


def test_without_the_key_there_is_nothing_to_prove_with() -> None:
    done = tieout("audit", "verify", TIEOUT_DATABASE_URL="", TIEOUT_AUDIT_KEY="")

    assert done.returncode == 1
    assert "Set TIEOUT_DATABASE_URL and TIEOUT_AUDIT_KEY" in done.stderr


def test_a_bot_that_lacks_settings_names_them_and_does_not_start() -> None:
    done = tieout("serve", TIEOUT_AUDIT_KEY="", SLACK_BOT_TOKEN="", INTACCT_SENDER_ID="")

    assert done.returncode == 1
    assert "TIEOUT_AUDIT_KEY is missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_bot_whose_address_is_taken_says_which_setting_and_does_not_begin(
    tmp_path: Path,
) -> None:
    keys = ("SENDER_ID", "SENDER_PASSWORD", "COMPANY_ID", "USER_ID", "USER_PASSWORD")
    told = {"TIEOUT_AUDIT_KEY": "x"} | {f"INTACCT_{key}": "x" for key in keys}
    file = tmp_path / "tieout.sqlite"
    with socket.create_server(("127.0.0.1", 0)) as somebody:
        port = str(somebody.getsockname()[1])
        slack = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "x", "SLACK_APP_TOKEN": ""}
        ours = {"TIEOUT_DATABASE_URL": f"sqlite:///{file}", "TIEOUT_PORT": port}
        done = tieout("serve", **told, **slack, **ours, TIEOUT_HOST="127.0.0.1")

    assert done.returncode == 1
    assert done.stderr == (
        f"Error: TIEOUT_HOST and TIEOUT_PORT: nothing can listen at 127.0.0.1:{port} "
        "(Address already in use): stop what is there, or choose another\n"
    )
    assert not file.exists()


def test_what_the_company_was_billed_this_month_is_told(tmp_path: Path) -> None:
    url = books_with(0, tmp_path / "tieout.sqlite")
    store = open_store(url)
    StoreGate(store, "acme", Limits(), 1000).count(380)
    store.dispose()
    ours = {"TIEOUT_DATABASE_URL": url, "INTACCT_COMPANY_ID": "acme"}

    done = tieout("intacct", "usage", **ours, INTACCT_MONTHLY_ALLOWANCE="1000")
    wrong = tieout("intacct", "usage", **ours, INTACCT_MONTHLY_ALLOWANCE="lots")
    nobody = tieout("intacct", "usage", TIEOUT_DATABASE_URL=url, INTACCT_COMPANY_ID="")

    assert "380 of 1,000 (38 %); at this pace " in done.stdout
    assert wrong.stderr == "Error: INTACCT_MONTHLY_ALLOWANCE is no number from 1: lots\n"
    assert nobody.stderr == "Error: Set TIEOUT_DATABASE_URL and INTACCT_COMPANY_ID first.\n"


def test_a_file_of_series_is_forecast(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    rows = [f"a,{2022 + n // 12}-{n % 12 + 1:02d}-01,{100 + n}.50" for n in range(36)]
    source.write_text("\n".join(["unique_id,ds,y", *rows]), encoding="utf-8")

    done = tieout("forecast", "--input", str(source), "--horizon", "3", "--output", str(target))

    written = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    assert done.returncode == 0, done.stderr
    assert [row["ds"] for row in written] == ["2025-01-01", "2025-02-01", "2025-03-01"]
    assert all(float(r["lo95"]) <= float(r["yhat"]) <= float(r["hi95"]) for r in written)
    assert "1 of 1 series forecast" in done.stderr


def test_rows_that_will_not_do_are_named_by_line_and_nothing_is_written(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("unique_id,ds,y\na,2022-01-01,1\na,2022-02-30,2\na,2022-03-01,x\n", "utf-8")

    done = tieout("forecast", "--input", str(source), "--output", str(target))

    assert done.returncode == 1
    assert "line 3" in done.stderr
    assert "line 4" in done.stderr
    assert not target.exists()


def test_the_stand_ins_are_reached_by_the_same_command() -> None:
    done = tieout("sandbox", "--help")

    assert done.returncode == 0
    for name in ("intacct", "slack", "load"):
        assert name in done.stdout


def test_a_database_without_a_copy_of_the_books_says_so(tmp_path: Path) -> None:
    url = books_with(1, tmp_path / "tieout.sqlite")
    done = tieout("staged", "status", TIEOUT_DATABASE_URL=url)

    assert done.returncode == 0
    assert done.stdout == "There is no copy.\n"


def test_reading_the_books_without_settings_names_what_is_missing() -> None:
    done = tieout("staged", "refresh", TIEOUT_AUDIT_KEY="", INTACCT_SENDER_ID="")

    assert done.returncode == 1
    assert "INTACCT_SENDER_ID is missing" in done.stderr
    assert "Traceback" not in done.stderr
