from __future__ import annotations

from dataclasses import replace

import pytest

from bot.desk.exporting import content_of, name_of
from bot.errors import NotUnderstood
from tests.bot.desk.test_paper_windows import paper


def test_the_lines_and_the_source_rows_are_files_of_their_own() -> None:
    lines, rows = content_of(paper(), "csv"), content_of(paper(), "rows")

    assert lines.decode("utf-8-sig").splitlines()[:2] == ["Line,New,%", "4000 Sales,2.50,n/m"]
    assert rows.decode("utf-8-sig").splitlines()[1] == "4000,2024-01,MKT,1.10"
    assert len(lines.splitlines()) == 46
    assert content_of(paper(), "xlsx")[:2] == b"PK"


def test_what_cannot_be_made_is_said() -> None:
    for kind in ("exe", ""):
        with pytest.raises(NotUnderstood, match="Choose another format"):
            content_of(paper(), kind)
    with pytest.raises(NotUnderstood, match="Choose another format"):
        content_of(replace(paper(), tables=()), "csv")


def test_a_file_is_named_for_what_it_holds_and_names_no_folder() -> None:
    odd = replace(paper(), title="../4000 <Sales>/Müller: forecast, US Inc (100)")

    assert name_of(odd, "rows") == (
        "4000 Sales Müller forecast, US Inc (100) source rows 2026-11-21 FC-ABCDEFGHI.csv"
    )
    assert name_of(paper(), "xlsx").endswith(".xlsx")
    long = "Expenses forecast, US Inc (100), Apr 2024 – Jan 2025 (10 months already over) and more"
    assert name_of(replace(paper(), title=long), "csv") == (
        "Expenses forecast, US Inc (100), Apr 2024 - Jan 2025 (10 months already over) "
        "2026-11-21 FC-ABCDEFGHI.csv"
    )
    assert name_of(replace(paper(), title="x" * 300), "csv").startswith(f"{'x' * 80} 2026")
