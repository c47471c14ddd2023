"""What a manifest allows."""

from __future__ import annotations

from pathlib import Path

from sandbox.slack.manifest import Manifest, read_manifest


def test_without_a_manifest_everything_goes() -> None:
    anything = Manifest()

    assert anything.allows("chat:write")
    assert anything.knows("/forecast")
    assert anything.hears("app_mention")
    assert anything.interactive


def test_an_empty_manifest_allows_nothing(tmp_path: Path) -> None:
    (tmp_path / "manifest.yml").write_text("display_information: {name: Tieout}")
    nothing = read_manifest(tmp_path / "manifest.yml")

    assert not nothing.allows("chat:write")
    assert not nothing.knows("/forecast")
    assert not nothing.hears("app_mention")
    assert nothing.allows()


def test_interactivity_can_be_switched_off(tmp_path: Path) -> None:
    (tmp_path / "manifest.yml").write_text("settings: {interactivity: {is_enabled: false}}")

    assert not read_manifest(tmp_path / "manifest.yml").interactive
