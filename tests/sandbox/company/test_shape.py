from __future__ import annotations

import pytest

from sandbox.company.shape import Field, Kind, make, of_dimensions, repeats, texts


def test_an_object_does_not_name_a_field_twice() -> None:
    with pytest.raises(ValueError, match="THING names a field twice"):
        make("THING", "RECORDNO", texts("A"), texts("A"))


def test_fields_keep_their_order() -> None:
    thing = make("THING", "B", texts("B"), repeats("C", "B"), texts("A"))

    assert list(thing.fields) == ["B", "C", "A"]
    assert thing.fields["C"].same_as == "B"


def test_a_field_has_a_title_people_read() -> None:
    assert Field("ACCT_NO", Kind.TEXT).title == "Acct No"


def test_dimension_ids_open_the_dimensions_that_are_objects() -> None:
    named = [relation.name for relation in of_dimensions("DEPARTMENTID", "TASKID", "ITEMID")]

    assert named == ["DEPARTMENT", "ITEM"]
    assert len(of_dimensions()) == 8
