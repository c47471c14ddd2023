"""`readByQuery` and `readMore`: a condition as text, and a snapshot given out page by page."""

from __future__ import annotations

from lxml import etree

from sandbox.intacct.columns import Columns, NoSuchField
from sandbox.intacct.conditions import Condition, Reading, Sql, compiled, fields_of
from sandbox.intacct.cursors import Page, Read
from sandbox.intacct.listing import Listing, listing
from sandbox.intacct.read import known_object
from sandbox.intacct.records import UnknownFields, fetch, selection, shown_fields, wanted_fields
from sandbox.intacct.refusal import Complaint, Refused
from sandbox.intacct.request import text_of
from sandbox.intacct.shown import Dialect
from sandbox.intacct.visible import check_readable
from sandbox.intacct.where_text import read_where
from sandbox.intacct.work import FunctionAnswer, Work
from sandbox.intacct.written import formatted

QUERY_FAILED = "Query Failed"
MORE_FAILED = "readMore failed"
LARGEST_PAGE = 1000


def read_by_query(work: Work, call: etree._Element) -> FunctionAnswer:
    """The first page of the rows as they are now."""
    one = known_object(call, QUERY_FAILED)
    check_readable(work, one, "READ_BY_QUERY")
    size = _page_size(text_of(call, "pagesize") or "100")
    try:
        fields = wanted_fields(one, text_of(call, "fields", "*"))
        columns = Columns(one)
        conditions = _conditions(read_where(text_of(call, "query")), columns)
    except (ValueError, UnknownFields) as error:
        raise _failed(str(error)) from error
    except NoSuchField as error:
        raise _failed(f"{one.name} has no field {error} that can be queried") from error
    kind = text_of(call, "returnFormat", "xml").lower()
    if kind in ("csv", "json"):
        return formatted(
            [list(row) for row in fetch(work, one, fields, conditions)[:size]], fields, kind
        )
    statement = selection(work, one, fields, conditions)
    numbers = selection(work, one, ["RECORDNO"], conditions)
    user, tag = work.caller.user.id, one.name.lower()
    read = Read(user, tag, shown_fields(one, fields), statement, numbers, size)
    return _given(work.cursors.begin(work.books, read))


def read_more(work: Work, call: etree._Element) -> FunctionAnswer:
    """The next page of a read begun earlier; used up or invented, it is refused.

    An object's name instead of an id means the last read of it that has pages left.
    """
    user, name = work.caller.user.id, text_of(call, "object").lower()
    result_id = text_of(call, "resultId") or work.cursors.latest(user, name)
    page = work.cursors.more(user, result_id)
    if page is None:
        raise Refused(
            Complaint(
                MORE_FAILED,
                "",
                f"Attempt to readMore with an invalid or expired resultId: {result_id}",
            )
        )
    return _given(page)


def _conditions(condition: Condition | None, columns: Columns) -> list[Sql]:
    if condition is None:
        return []
    for name in fields_of(condition):
        if "." in name:
            raise NoSuchField(name)
    return [compiled(condition, columns, Reading(Dialect.CODES))]


def _page_size(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= LARGEST_PAGE:
        raise _failed(f"pagesize must be a whole number from 1 to {LARGEST_PAGE}, not {text}")
    return int(text)


def _failed(text: str) -> Refused:
    return Refused(Complaint(QUERY_FAILED, "", text))


def _given(page: Page) -> Listing:
    return listing(
        page.read.tag,
        page.read.fields,
        page.rows,
        {
            "listtype": page.read.tag,
            "count": len(page.rows),
            "totalcount": page.total,
            "numremaining": page.left,
            "resultId": page.result_id,
        },
    )
