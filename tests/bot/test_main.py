"""The command line, as a person types it."""

from __future__ import annotations

import csv
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.audit import AuditEntry, record
from bot.settings import Secret
from bot.store.engine import open_store
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

    done = tieout("audit", "verify", TIEOUT_DATABASE_URL=url, TIEOUT_AUDIT_KEY=KEY)

    assert done.returncode == 0
    assert done.stdout.startswith("ok: 3 rows, head ")


def test_a_record_that_was_changed_is_named_by_its_first_bad_row(tmp_path: Path) -> None:
    url = books_with(3, tmp_path / "tieout.sqlite")
    with sqlite3.connect(tmp_path / "tieout.sqlite") as books:
        for (trigger,) in books.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            books.execute(f"DROP TRIGGER {trigger}")
        books.execute("UPDATE audit SET did = 'did nothing' WHERE seq = 2")

    done = tieout("audit", "verify", TIEOUT_DATABASE_URL=url, TIEOUT_AUDIT_KEY=KEY)

    assert done.returncode == 1
    assert "NOT ok at row 2: changed" in done.stderr


def test_without_the_key_there_is_nothing_to_prove_with() -> None:
    done = tieout("audit", "verify", TIEOUT_DATABASE_URL="", TIEOUT_AUDIT_KEY="")

    assert done.returncode == 1
    assert "Set TIEOUT_DATABASE_URL and TIEOUT_AUDIT_KEY" in done.stderr


def test_a_bot_that_lacks_settings_names_them_and_does_not_start() -> None:
    done = tieout("serve", TIEOUT_AUDIT_KEY="", SLACK_BOT_TOKEN="", INTACCT_SENDER_ID="")

    assert done.returncode == 1
    assert "TIEOUT_AUDIT_KEY is missing" in done.stderr
    assert "Traceback" not in done.stderr


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
