from __future__ import annotations

import ast
import re

import pytest

from tests.house.code import PRODUCT, ROOT, functions, modules, tracked

LONGEST_FUNCTION, LONGEST_FILE = 40, 300
LARGEST = 1_000_000
FORBIDDEN_NAMES = {"utils", "helpers", "common", "base", "manager", "handler", "processor"}


def test_no_function_is_longer_than_forty_lines() -> None:
    long = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
        for file in modules(*PRODUCT, "sandbox")
        for node in functions(file)
        if (node.end_lineno or node.lineno) - node.lineno + 1 > LONGEST_FUNCTION
    ]

    assert long == []


def test_no_file_answers_two_questions() -> None:
    long = [
        f"{file.relative_to(ROOT)}"
        for file in modules(*PRODUCT, "sandbox")
        if len(file.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE
    ]

    assert long == []


def test_every_file_begins_with_its_answer() -> None:
    silent = [
        f"{file.relative_to(ROOT)}"
        for file in modules(*PRODUCT, "sandbox")
        if not ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
    ]

    assert silent == []


def test_modules_are_named_for_a_question() -> None:
    assert [f.name for f in modules(*PRODUCT, "sandbox") if f.stem in FORBIDDEN_NAMES] == []


def test_no_file_is_large() -> None:
    assert [f.name for f in tracked() if f.stat().st_size > LARGEST] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_carry_versions_and_hashes_and_no_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pinned = re.findall(r"^[A-Za-z0-9_.\[\]-]+==", text, re.MULTILINE)

    assert len(pinned) > 50
    assert "://" not in text
    assert "--index" not in text
    assert text.count("--hash=sha256:") >= len(pinned)


def test_nothing_names_a_path_of_a_machine_or_a_registry() -> None:
    names = (
        "/wo" + "rk/",
        "/ro" + "ot/",
        "py" + "pi.org",
        "pythonho" + "sted",
        "registry.np" + "m",
    )
    found = [
        f"{file.relative_to(ROOT)}: {name}"
        for file in tracked()
        if file.suffix not in {".png"}
        for name in names
        if name in file.read_text(encoding="utf-8", errors="ignore")
    ]

    assert found == []


def test_no_merge_was_left_halfway() -> None:
    marks = ("<" * 7 + " ", ">" * 7 + " ")
    halfway = [
        f"{file.relative_to(ROOT)}"
        for file in tracked()
        if file.suffix != ".png"
        and any(line.startswith(marks) for line in file.read_text("utf-8").splitlines())
    ]

    assert halfway == []


def test_only_two_handlers_catch_everything() -> None:
    broad = [
        file.relative_to(ROOT).as_posix()
        for file in modules(*PRODUCT)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"})
        and not isinstance(node.body[-1], ast.Raise)  # cleaning up and passing on hides nothing
    ]

    assert broad == ["bot/jobs/attempt.py"]  # the worker's; the edge's is Bolt's own hook


def test_every_invariant_in_the_architecture_names_a_test_that_exists() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text)

    assert len(named) >= 10
    for file, test in named:
        source = (ROOT / file).read_text(encoding="utf-8")
        assert not test or f"def {test}" in source, f"{file}::{test}"
