from __future__ import annotations

import pytest

from analytics.errors import LedgerError
from analytics.ledger import DEPARTMENT, ENTITY, PROJECT, DimensionKey, dimensions, value_of


def test_a_combination_is_the_same_in_any_order() -> None:
    assert dimensions({"entity": "100", "department": "SALES"}) == dimensions(
        {"department": "SALES", "entity": "100"}
    )


def test_a_combination_knows_its_values_and_what_it_does_not_name() -> None:
    where = dimensions({"entity": "100", "department": "SALES"})

    assert value_of(where, ENTITY) == "100"
    assert value_of(where, DEPARTMENT) == "SALES"
    assert value_of(where, PROJECT) is None


@pytest.mark.parametrize("blank", ["", "  "])
def test_an_id_is_never_blank(blank: str) -> None:
    with pytest.raises(LedgerError, match="no id for department, project"):
        dimensions({"project": blank, "entity": "100", "department": blank})


def test_leading_zeros_make_another_value() -> None:
    assert DimensionKey(ENTITY, "0100") != DimensionKey(ENTITY, "100")


def test_keys_sort_by_name_and_then_id() -> None:
    keys = [DimensionKey(PROJECT, "1"), DimensionKey(ENTITY, "2"), DimensionKey(ENTITY, "1")]

    assert sorted(keys) == [keys[2], keys[1], keys[0]]
