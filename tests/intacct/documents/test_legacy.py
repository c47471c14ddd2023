from __future__ import annotations

from datetime import date

from lxml import etree

from intacct.documents.legacy import legacy_date, optional, optional_date


def test_a_date_is_a_year_a_month_and_a_day() -> None:
    assert etree.tostring(legacy_date("datedue", date(2026, 5, 9))) == (
        b"<datedue><year>2026</year><month>05</month><day>09</day></datedue>"
    )


def test_what_is_not_said_is_not_sent() -> None:
    assert optional("memo", "") == optional_date("datedue", None) == []
    assert [one.text for one in optional("memo", "x")] == ["x"]
    assert [str(one.tag) for one in optional_date("datedue", date(2026, 5, 9))] == ["datedue"]
