from __future__ import annotations

import re

import pytest
import yaml

from bot.commands import commands
from tests.house.code import ROOT

NAMES = ("USAGE", "Request", "parse", "run", "show")


@pytest.mark.parametrize("command", sorted(commands()))
def test_a_command_file_has_its_five_names(command: str) -> None:
    module = commands()[command]

    assert [name for name in NAMES if not hasattr(module, name)] == []
    assert module.USAGE.startswith(command)


def test_manifest_readme_and_command_files_name_the_same_commands() -> None:
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    listed = {entry["command"] for entry in manifest["features"]["slash_commands"]}
    table = re.findall(r"^\| `(/[a-z-]+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)

    assert listed == set(commands())
    assert set(table) == set(commands())


def test_the_manifest_asks_for_no_more_than_slack_lets_it_say() -> None:
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))

    assert manifest["_metadata"]["major_version"] == 2
    assert manifest["settings"]["interactivity"]["is_enabled"] is True
    for entry in manifest["features"]["slash_commands"]:
        assert re.fullmatch(r"/[a-z-]{1,31}", entry["command"])
        assert len(entry["description"]) <= 2000
        assert len(entry["usage_hint"]) <= 1000
        assert entry["url"].startswith("https://")
