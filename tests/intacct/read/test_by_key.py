"""Records by their keys at the local gateway."""

from __future__ import annotations

import pytest

from intacct.read.by_key import rows_by_id, rows_by_number
from intacct.wire import text_of
from tests.intacct.read.conftest import Shared


def test_records_come_by_number_and_by_id_and_missing_ones_are_left_out(shared: Shared) -> None:
    by_number = rows_by_number(shared.books, "GLACCOUNT", ["1", "3", "999"], ("ACCOUNTNO",))
    by_id = rows_by_id(shared.books, "GLACCOUNT", ["4000", "nowhere"], ("ACCOUNTNO", "TITLE"))

    assert [text_of(record, "ACCOUNTNO") for record in by_number] == ["1000", "4000"]
    assert [text_of(record, "TITLE") for record in by_id] == ["Sales"]


def test_without_fields_the_lines_of_an_entry_come_with_it(shared: Shared) -> None:
    (batch,) = rows_by_number(shared.books, "GLBATCH", ["2"])

    lines = [
        (text_of(line, "ACCOUNTNO"), text_of(line, "TR_TYPE"), text_of(line, "AMOUNT"))
        for line in batch.iterfind("ENTRIES/glentry")
    ]
    assert lines == [
        ("1000", "1", "850.50"),
        ("4000", "-1", "1000.00"),
        ("4000", "-1", "250.50"),
        ("6000", "1", "400.00"),
    ]


def test_more_than_a_hundred_keys_are_asked_for_in_several_calls(shared: Shared) -> None:
    keys = [str(n) for n in range(1, 202)]
    before = len(shared.local.outcomes("read"))

    found = list(rows_by_number(shared.books, "GLENTRY", [*keys, "1", "2"], ("RECORDNO",)))

    assert len(shared.local.outcomes("read")) == before + 3
    numbers = [text_of(record, "RECORDNO") for record in found]
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]


def test_no_keys_cost_no_call(shared: Shared) -> None:
    before = len(shared.local.calls)

    assert list(rows_by_id(shared.books, "GLACCOUNT", [])) == []
    assert len(shared.local.calls) == before


@pytest.mark.parametrize("key", ["4000,4100", "", "  "])
def test_what_is_no_key_is_not_asked_for(shared: Shared, key: str) -> None:
    with pytest.raises(ValueError, match="no key"):
        list(rows_by_id(shared.books, "GLACCOUNT", ["1000", key]))
