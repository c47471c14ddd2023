from __future__ import annotations

import re
from pathlib import Path

from bot.policy import read_policy
from tests.house.code import ROOT, modules


def named_in(file: Path) -> set[str]:
    return set(re.findall(r'"((?:TIEOUT|INTACCT|SLACK)_[A-Z_]+)"', file.read_text("utf-8")))


def test_the_example_environment_names_just_the_settings_there_are() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    listed = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))

    assert listed == named_in(ROOT / "bot/settings.py")


def test_only_the_settings_and_the_command_line_read_the_environment() -> None:
    readers = {
        file.relative_to(ROOT).as_posix()
        for file in modules("analytics", "intacct", "bot")
        if re.search(r"os\.environ|getenv", file.read_text(encoding="utf-8"))
    }

    assert readers <= {"bot/__main__.py", "bot/demo.py"}


def test_the_policy_that_ships_can_be_read() -> None:
    assert read_policy(ROOT / "policy.toml").version >= 1
