"""The command: what it prints, and how it leaves."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from sandbox.__main__ import main
from tests.sandbox.slack.validate.written import post, section, tap, written

ROOT = Path(__file__).resolve().parents[4]


def held(file: Path) -> tuple[int, str, str]:
    """The command over this file: how it left, what it said, what it complained of."""
    done = CliRunner().invoke(main, ["validate-messages", str(file)])
    return done.exit_code, done.stdout, done.stderr


def test_a_clean_recording_is_summed_up_in_a_line(tmp_path: Path) -> None:
    file = tmp_path / "slack.jsonl"
    file.write_text(written(tap(), post(section("12.00"))))

    assert held(file) == (0, "2 lines: 1 calls (1 chat), 1 deliveries. 0 findings.\n", "")


def test_findings_are_printed_a_line_each_by_tieout_itself(tmp_path: Path) -> None:
    file = tmp_path / "slack.jsonl"
    file.write_text(written(tap(), post(section("<!channel> 12.00"), text="12")))

    command = [sys.executable, "-m", "bot", "validate-messages", str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    place = "line 2 chat.postMessage /blocks/0/text/text"
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        f"{place}: would ring everybody: “<!channel…” is not escaped",
        "2 lines: 1 calls (1 chat), 1 deliveries. 1 findings.",
    ]


LINE = json.dumps(post(section("12.00")))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "line 1: the file is empty"),
        (f"{LINE}\nhello", "line 2: not JSON"),
        (f"{LINE}\n{LINE}\n[1]", "line 3: no call and no delivery"),
        (json.dumps({"method": "chat.postMessage"}), "line 1: no call and no delivery ('at')"),
        (LINE.replace("+00:00", ""), "line 1: no call and no delivery (`at` names no zone)"),
        (json.dumps({**tap(), "inbound": "smoke"}), "unknown inbound 'smoke'"),
    ],
)
def test_what_is_no_recording_is_refused_by_its_line(tmp_path: Path, text: str, why: str) -> None:
    file = tmp_path / "other.txt"
    file.write_text(text)

    code, said, complained = held(file)

    assert (code, said) == (2, "")
    assert why in complained
