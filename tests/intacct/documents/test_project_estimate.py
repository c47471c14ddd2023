"""Project estimates enter the local gateway once, or not at all; its budget follows the primary."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from analytics.ledger import AccountNo, dimensions
from intacct.client import Intacct
from intacct.documents.project_estimate import EstimateEntry, ProjectEstimate
from intacct.errors import DuplicateDocument, Rejected
from intacct.post import find_posted, post, read_back
from intacct.wire import element
from tests.intacct.documents.entering import (
    enters_once,
    is_found_when_its_answer_is_lost,
    is_refused_twice,
)
from tests.intacct.local import Local

STEEL = EstimateEntry(AccountNo("6000"), Decimal("30.02"), memo="steel <I-beams>")
CRANE = EstimateEntry(
    AccountNo("6000"),
    Decimal("5.00"),
    kind="revision",
    where=dimensions({"location": "100", "department": "SALES"}),
    effective=date(2026, 2, 3),
)
ESTIMATE = ProjectEstimate("E1", "BRIDGE", "Bridge & road", date(2026, 1, 5), (STEEL, CRANE))


def started(depot: Local, project: str) -> ProjectEstimate:
    """An estimate for a project of January to March, with a budget of the project's name."""
    books = depot.books()
    words = {"PROJECTID": project, "NAME": project, "PROJECTCATEGORY": "Contract"}
    days = {"BEGINDATE": "01/10/2026", "ENDDATE": "03/20/2026"}
    made = [element(name, text) for name, text in {**words, **days}.items()]
    named = [element("BUDGETID", project), element("DESCRIPTION", project)]
    new = (element("PROJECT", None, *made), element("GLBUDGETHEADER", None, *named))
    books.write(element("create", None, *new), key=f"project:{project}")
    return replace(ESTIMATE, id=f"E-{project}", project=project)


def posted(estimate: ProjectEstimate) -> ProjectEstimate:
    """The same as the project's primary estimate, posted to the project's budget."""
    return replace(estimate, primary=True, posted=True, budget=estimate.project)


def budget(depot: Local, project: str) -> list[tuple[object, ...]]:
    """What the project's budget holds: month, account, department, location and amount."""
    names = ("PERIODNAME", "ACCT_NO", "DEPT_NO", "LOCATION_NO", "AMOUNT")
    held = [row for row in depot.table("GLBUDGETITEM") if row["BUDGETID"] == project]
    return sorted(tuple(row[name] or "" for name in names) for row in held)


def test_an_estimate_is_written_with_its_entries() -> None:
    written = etree.tostring(replace(posted(ESTIMATE), type="Bid").wire()).decode()

    assert written == (
        "<create><PJESTIMATE><PJESTIMATEID>E1</PJESTIMATEID>"
        "<DESCRIPTION>Bridge &amp; road</DESCRIPTION><PROJECTID>BRIDGE</PROJECTID>"
        "<ISPRIMARY>true</ISPRIMARY><POSTED>true</POSTED>"
        "<PJESTIMATETYPENAME>Bid</PJESTIMATETYPENAME><GLBUDGETID>BRIDGE</GLBUDGETID>"
        "<ESTIMATEDATE>01/05/2026</ESTIMATEDATE><POSTTO>First period</POSTTO><ENTRIES>"
        "<PJESTIMATEENTRY><ACCOUNTNO>6000</ACCOUNTNO><AMOUNT>30.02</AMOUNT>"
        "<WFTYPE>original</WFTYPE><MEMO>steel &lt;I-beams&gt;</MEMO></PJESTIMATEENTRY>"
        "<PJESTIMATEENTRY><ACCOUNTNO>6000</ACCOUNTNO><AMOUNT>5.00</AMOUNT>"
        "<WFTYPE>revision</WFTYPE><EFFECTIVEDATE>02/03/2026</EFFECTIVEDATE>"
        "<DEPARTMENTID>SALES</DEPARTMENTID><LOCATIONID>100</LOCATIONID></PJESTIMATEENTRY>"
        "</ENTRIES></PJESTIMATE></create>"
    )


def test_an_estimate_that_is_not_the_primary_one_enters_once_and_no_budget(depot: Local) -> None:
    estimate = replace(posted(started(depot, "SECOND")), primary=False)

    assert enters_once(depot, depot.books(), estimate, "e:second")

    assert budget(depot, "SECOND") == []


def test_the_primary_estimate_is_in_its_budget_when_it_is_posted(depot: Local) -> None:
    books, estimate = depot.books(), posted(started(depot, "FIRST"))
    draft = replace(estimate, id="E-DRAFT", primary=False, posted=False, budget="")
    post(books, draft, "e:draft")
    assert budget(depot, "FIRST") == []

    assert enters_once(depot, books, estimate, "e:first")

    # steel in the month the project begins, the crane in the month of its own day
    assert budget(depot, "FIRST") == [
        ("Month Ended February 2026", "6000", "SALES", "100", "5.00"),
        ("Month Ended January 2026", "6000", "", "", "30.02"),
    ]


def test_an_estimate_may_be_budgeted_over_all_months_of_its_project(depot: Local) -> None:
    estimate = posted(started(depot, "SPREAD"))
    spread = replace(estimate, entries=(STEEL,), post_to="All periods")

    assert enters_once(depot, depot.books(), spread, "e:spread")

    # 30.02 in three: 10.00 each and two hundredths over, which go to the last month
    assert [(row[0], row[-1]) for row in budget(depot, "SPREAD")] == [
        ("Month Ended February 2026", "10.00"),
        ("Month Ended January 2026", "10.00"),
        ("Month Ended March 2026", "10.02"),
    ]


def test_an_estimate_whose_answer_was_lost_is_there_and_budgeted_once(depot: Local) -> None:
    estimate = posted(started(depot, "LOST"))

    assert is_found_when_its_answer_is_lost(depot, depot.books(), estimate, "e:lost")

    assert [row[-1] for row in budget(depot, "LOST")] == ["5.00", "30.02"]


def test_the_same_id_under_another_key_is_a_duplicate(depot: Local) -> None:
    books, estimate = depot.books(), started(depot, "TWICE")
    post(books, estimate, "e:twice-1")

    with pytest.raises(DuplicateDocument):
        post(books, estimate, "e:twice-2")

    assert find_posted(books, estimate) is not None


def test_what_somebody_changed_since_is_told(depot: Local) -> None:
    books, estimate = depot.books(), started(depot, "CHANGED")
    number = post(books, estimate, "e:changed").record_no
    change(books, number)

    told = [problem.sentence for problem in read_back(books, estimate)]

    assert told == ["Intacct has True as POSTED; it should be False."]


def change(books: Intacct, number: str) -> None:
    """Somebody posts the estimate in Intacct itself."""
    changed = element("PJESTIMATE", None, element("RECORDNO", number), element("POSTED", "true"))
    books.write(element("update", None, changed), key=f"changed:{number}")


def test_a_second_primary_estimate_of_a_project_is_refused(depot: Local) -> None:
    books, estimate = depot.books(), posted(started(depot, "BOTH"))
    post(books, estimate, "e:both-1")

    with pytest.raises(Rejected, match="E-BOTH"):
        post(books, replace(estimate, id="E-OTHER"), "e:both-2")

    assert [row[-1] for row in budget(depot, "BOTH")] == ["5.00", "30.02"]


BAD: dict[str, tuple[ProjectEstimate, str]] = {
    "no project": (replace(ESTIMATE, project=""), "The project is blank"),
    "posted to nothing": (
        replace(ESTIMATE, primary=True, posted=True),
        "name the budget it posts to",
    ),
    "no account": (
        replace(posted(ESTIMATE), entries=(replace(STEEL, account=AccountNo("")),)),
        "The account is blank",
    ),
    "an unknown place": (
        replace(ESTIMATE, entries=(replace(STEEL, where=dimensions({"region": "7"})),)),
        "Intacct knows no dimension",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_will_not_do_is_told_before_and_refused_after(depot: Local, name: str) -> None:
    document, words = BAD[name]
    project = started(depot, name).project if document.project else ""
    bad = replace(document, id=f"B-{name}", project=project, budget=document.budget and project)
    assert is_refused_twice(depot.books(), bad, f"bad:{name}", words)


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (replace(ESTIMATE, id=""), "The estimate's id is blank"),
        (replace(ESTIMATE, description=""), "The description is blank"),
        (replace(ESTIMATE, day=date(202, 1, 5)), "check the year"),
        (replace(ESTIMATE, entries=()), "There are 0 entries; it takes 1 to 1,000."),
        (replace(ESTIMATE, entries=(STEEL,) * 1001), "There are 1001 entries"),
        (
            replace(ESTIMATE, entries=(replace(STEEL, account=AccountNo("")),)),
            "The account is blank",
        ),
        (
            replace(ESTIMATE, entries=(replace(STEEL, amount=Decimal("0.005")),)),
            "fractions of a hundredth",
        ),
        (
            replace(ESTIMATE, entries=(replace(STEEL, amount=Decimal("1E14")),)),
            "larger than Intacct can hold",
        ),
        (
            replace(ESTIMATE, entries=(replace(STEEL, where=dimensions({"project": "X"})),)),
            "The project is the estimate's; leave it out of the entry.",
        ),
        (
            replace(ESTIMATE, entries=(replace(STEEL, effective=date(3026, 1, 1)),)),
            "The effective date is 3026-01-01; check the year.",
        ),
    ],
)
def test_what_cannot_be_sent_as_it_is_is_told(document: ProjectEstimate, words: str) -> None:
    (problem,) = document.problems()
    assert words in problem.sentence
