from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import Misconfigured
from bot.jobs.alone import be_alone

HOLD = """
import sys
from pathlib import Path
from bot.jobs.alone import be_alone
held = be_alone(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_process_is_refused_until_the_first_is_gone_however_it_went(
    tmp_path: Path,
) -> None:
    database = tmp_path / "tieout.sqlite"
    first = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        with pytest.raises(Misconfigured, match=r"already working on tieout\.sqlite"):
            be_alone(database)
        first.kill()

    be_alone(database).release()


def test_a_place_given_free_can_be_taken_again(tmp_path: Path) -> None:
    be_alone(tmp_path / "tieout.sqlite").release()
    be_alone(tmp_path / "tieout.sqlite").release()
