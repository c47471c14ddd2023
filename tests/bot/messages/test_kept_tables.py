from __future__ import annotations

import json
from decimal import Decimal

import pytest

from bot.messages.kept_tables import table_as_json, table_from_json, tables_in
from bot.messages.message import Column, Message, Ratio, Table, says

TABLE = Table(
    "Lines",
    (Column("Line", wraps=True), Column("New", "right", adds=True), Column("%", "right")),
    (
        ("4000 <Sales>", Decimal("10.50"), Ratio(Decimal("0.0610"), digits=2, signed=True)),
        ("4100", None, Ratio(None)),
        ("4200", 7, "new"),
    ),
    total=("Total", Decimal("-0.00"), None),
    rest=("and 2 more", Decimal("1E+2"), None),
    shown=1,
)


def test_a_table_read_back_is_the_table_that_was_written() -> None:
    written = json.dumps(table_as_json(TABLE))

    assert table_from_json(json.loads(written)) == TABLE
    assert str(table_from_json(json.loads(written)).total[1]) == "-0.00"


def test_a_cell_of_a_kind_there_is_not_is_refused() -> None:
    raw = {**table_as_json(TABLE), "total": [{"amount": 150}]}

    with pytest.raises(ValueError, match="no cell"):
        table_from_json(raw)


def test_the_tables_of_a_message_are_numbered_in_their_order() -> None:
    other = Table("Other", (Column("A"),), ())

    assert tables_in(Message("T", "R", (TABLE, says("between"), other))) == (TABLE, other)
