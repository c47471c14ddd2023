"""The demo's folder: one demo at a time, and nothing removed that is not a demo's."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.house.code import ROOT

MAKING = "Making the demo company"


def command(data: Path) -> list[str]:
    return [sys.executable, "-m", "bot", "demo", "--no-browser", "--data", str(data)]


@contextmanager
def begun(data: Path) -> Iterator[list[str]]:
    """A demo from when its Intacct begins; what it said until then. Stopped at the end."""
    with subprocess.Popen(command(data), cwd=ROOT, stderr=subprocess.PIPE, text=True) as demo:
        assert demo.stderr is not None
        said: list[str] = []
        while not any(MAKING in line for line in said):
            line = demo.stderr.readline()
            assert line, f"the demo ended after saying {said}"
            said.append(line)
        try:
            until = time.monotonic() + 60
            while not (data / "intacct").exists() and time.monotonic() < until:
                time.sleep(0.05)
            yield said
        finally:
            demo.terminate()
            demo.stderr.read()


def refused(data: Path) -> str:
    done = subprocess.run(command(data), cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert MAKING not in done.stderr
    return done.stderr


def test_a_second_demo_in_the_same_folder_is_refused_while_the_first_runs(tmp_path: Path) -> None:
    data = tmp_path / "demo"
    with begun(data) as said:
        assert not any("afresh" in line for line in said)
        (data / "kept").write_text("the first demo's", encoding="utf-8")

        assert f"A demo is running in {data}: stop it" in refused(data)
        assert "--data" in refused(data / ".." / "demo")
        assert (data / "kept").exists()


def test_what_an_earlier_demo_kept_is_removed_and_that_is_said(tmp_path: Path) -> None:
    data = tmp_path / "demo"
    data.mkdir()
    (data / "intacct.log").write_text("", encoding="utf-8")
    (data / "tieout.sqlite").write_text("old", encoding="utf-8")

    with begun(data) as said:
        assert said[0] == f"Starting afresh: what an earlier demo kept in {data} is gone.\n"
        assert not (data / "tieout.sqlite").exists()


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")

    assert "holds something that no demo made" in refused(tmp_path)
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "dear"
    (tmp_path.parent / f"{tmp_path.name}.lock").unlink()


def test_a_stand_in_that_does_not_start_says_why(tmp_path: Path) -> None:
    data, nowhere = tmp_path / "demo", tmp_path / "nowhere"
    words = [*command(data), "--company", str(nowhere)]

    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60)

    assert done.returncode == 1
    assert "The local intacct did not start: " in done.stderr
    assert str(nowhere) in done.stderr
    assert f"Its log is {data / 'intacct.log'}" in done.stderr


def test_a_demo_away_from_its_own_folder_says_where_it_can_be_started(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "bot", tmp_path / "bot")  # as an installation has it
    words = command(tmp_path / "demo")

    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, timeout=60)

    assert done.returncode == 1
    assert "The demo needs manifest.yml and policy.toml" in done.stderr
    assert not (tmp_path / "demo").exists()
