from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from bot.services import Services
from bot.staged.marks import last_runs, marks, want_from
from bot.staged.objects import BY_NAME, LINES
from bot.staged.refresh import keep_up, rebuild, refresh
from bot.staged.vanished import BY_KEYS
from bot.store.tables import staged_line
from intacct.errors import Unreachable
from intacct.read.deletions import TRAIL
from tests.bot.staged.copying import Company, lines_of, records_of


class Killed(BaseException):
    """The process is gone."""


def sales(services: Services) -> list[int]:
    """What account 4000 holds in February in US Inc, line by line, in cents."""
    return sorted(
        int(str(row["amount"]))
        for row in lines_of(services.store)
        if row["account"] == "4000"
        and row["location"] == "100"
        and str(row["entry_date"]).startswith("2026-02")
    )


def test_the_first_reading_keeps_every_line_and_record(services: Services) -> None:
    refresh(services)

    lines, records = lines_of(services.store), records_of(services.store)
    assert len(lines) == 12
    rent = next(row for row in lines if row["account"] == "6000")
    assert (rent["amount"], rent["debit"], rent["currency"]) == (400_00, 400_00, "USD")
    assert (rent["department"], rent["location"], rent["statistical"]) == ("OPS", "100", False)
    heads = [row["amount"] for row in lines if row["statistical"]]
    assert heads == [5_00, 1_00]  # counted in hundredths
    assert sum(int(str(row["amount"])) for row in lines if not row["statistical"]) == 0
    kinds = {row["object"] for row in records}
    assert {"GLACCOUNT", "LOCATIONENTITY", "GLBUDGETITEM", "CUSTOMER", "ARINVOICE"} <= kinds
    assert last_runs(services.store)[0].kind == "whole"


def test_what_was_posted_changed_and_deleted_comes_in_a_handful_of_requests(
    company: Company, services: Services
) -> None:
    gone, changed, _ = company.sell("10.00"), company.sell("20.00"), company.sell("7.00")
    refresh(services)
    company.clock.move(minutes=30)
    company.delete(gone)
    company.post(
        "02/16/2026", ("1000", "21.50", "", "100"), ("4000", "-21.50", "OPS", "100"), number=changed
    )
    company.sell("3.00")
    before = len(company.calls)

    refresh(services)

    assert sales(services) == [-2000_00, -21_50, -7_00, -3_00]
    assert len(company.calls) - before == 5  # changes ×2, deletions, lines, totals
    run = last_runs(services.store)[0]
    assert (run.kind, run.calls, run.outcome.split(";")[0]) == ("changes", 5, "done")
    assert run.rows_changed >= 4
    assert run.rows_deleted >= 2


def test_a_copy_made_anew_is_the_copy_that_was_kept_up(
    company: Company, services: Services
) -> None:
    refresh(services)
    numbers = [company.sell(f"{n}.25", f"0{1 + n % 3}/10/2026") for n in range(1, 6)]
    company.clock.move(minutes=30)
    refresh(services)
    company.delete(numbers[1])
    company.post("01/05/2026", ("9000", "4.00", "SALES", "100"), journal="STJ")
    company.run("UPDATE CUSTOMER SET NAME = 'Jane', WHENMODIFIED = '2026-03-10 09:31:00'")
    company.run("DELETE FROM DEPARTMENT WHERE DEPARTMENTID = 'OLD'")
    company.clock.move(minutes=30)
    refresh(services)
    kept = lines_of(services.store), records_of(services.store)

    rebuild(services)

    assert (lines_of(services.store), records_of(services.store)) == kept
    assert len(kept[0]) == 12 + 4 * 2 + 1


def test_a_paid_invoice_leaves_the_copy_and_an_open_one_stays(
    company: Company, services: Services
) -> None:
    refresh(services)
    company.clock.move(hours=1)
    paid = "UPDATE ARINVOICE SET TOTALDUE = 0, STATE = 'Paid', WHENMODIFIED = ? WHERE RECORDID = ?"
    company.run(paid, ("2026-03-10 10:00:00", "I1"))

    refresh(services)

    ids = [r["business_id"] for r in records_of(services.store) if r["object"] == "ARINVOICE"]
    assert ids == ["I2", "I3"]


def test_a_change_no_stamp_tells_of_is_found_because_the_totals_differ(
    company: Company, services: Services
) -> None:
    refresh(services)
    company.clock.move(hours=1)
    company.run("UPDATE GLENTRY SET AMOUNT = AMOUNT + 100 WHERE ENTRY_DATE = '2026-02-28'")
    company.run("UPDATE ARINVOICE SET TOTALDUE = 500 WHERE RECORDID = 'I3'")

    refresh(services)

    assert sales(services) == [-2001_00]
    assert not marks(services.store)[LINES].behind
    (invoice,) = (r for r in records_of(services.store) if r["business_id"] == "I3")
    assert '"TOTALDUE":"5.00"' in str(invoice["fields"])


@pytest.mark.parametrize("known_at_first", [True, False])
def test_without_the_audit_history_deletions_are_found_by_their_keys(
    company: Company, services: Services, *, known_at_first: bool
) -> None:
    gone = company.sell("10.00")
    company.line.no_history = not known_at_first
    refresh(services)
    company.line.no_history = True
    company.clock.move(hours=1)
    company.delete(gone)
    company.run("DELETE FROM ARINVOICE WHERE RECORDID = 'I2'")

    refresh(services)

    assert sales(services) == [-2000_00]
    assert BY_KEYS in last_runs(services.store)[0].outcome
    ids = [r["business_id"] for r in records_of(services.store) if r["object"] == "ARINVOICE"]
    assert ids == ["I1", "I3"]
    assert (TRAIL in marks(services.store)) is known_at_first


def test_a_run_killed_between_two_objects_leaves_a_copy_that_the_next_run_completes(
    company: Company, services: Services
) -> None:
    refresh(services)
    company.clock.move(hours=1)
    company.sell("10.00")
    company.run("UPDATE GLACCOUNT SET TITLE = 'Banks' WHERE ACCOUNTNO = '1000'")
    before = lines_of(services.store)

    def killed(words: str) -> None:
        if words.startswith("DEPARTMENT"):
            raise Killed

    with pytest.raises(Killed):
        refresh(services, killed)
    halfway = lines_of(services.store)
    refresh(services)

    assert halfway == before
    assert sales(services) == [-2000_00, -10_00]
    kept = lines_of(services.store), records_of(services.store)
    rebuild(services)
    assert (lines_of(services.store), records_of(services.store)) == kept


def test_a_first_reading_that_was_killed_is_no_copy_and_is_begun_again(
    company: Company, services: Services
) -> None:
    def killed(words: str) -> None:
        if words.startswith(LINES):
            raise Killed

    with pytest.raises(Killed):
        refresh(services, killed)

    assert LINES not in marks(services.store)
    refresh(services)
    assert len(lines_of(services.store)) == 12


def test_reading_further_back_that_was_killed_is_begun_again(
    company: Company, services: Services
) -> None:
    company.clock.at = company.clock.at.replace(year=2031, month=2)  # 2025 is older than it goes
    refresh(services)
    want_from(services.store, date(2025, 12, 1))

    def killed(words: str) -> None:
        if words.startswith(LINES):
            raise Killed

    with pytest.raises(Killed):
        refresh(services, killed)
    halfway = marks(services.store)[LINES].first
    refresh(services)

    assert halfway == date(2026, 2, 1)
    assert marks(services.store)[LINES].first == date(2025, 12, 1)
    assert len(lines_of(services.store)) == 12


def test_what_is_posted_while_the_books_are_read_is_there_in_the_end(
    company: Company, services: Services
) -> None:
    posted: list[int] = []

    def meanwhile(words: str) -> None:
        if words.startswith((LINES, "GLACCOUNT")) and len(posted) < 4:
            posted.append(company.sell(f"{len(posted) + 1}.00"))

    refresh(services, meanwhile)
    company.clock.move(minutes=1)
    refresh(services, meanwhile)
    kept = lines_of(services.store)
    rebuild(services)

    assert len(posted) == 4
    assert sales(services) == [-2000_00, -4_00, -3_00, -2_00, -1_00]
    assert lines_of(services.store) == kept


def test_a_record_that_carries_a_time_to_come_hides_no_change_before_it(
    company: Company, services: Services
) -> None:
    number = company.sell("10.00")
    company.run("UPDATE GLBATCH SET WHENMODIFIED = '2026-03-10 17:00:00' WHERE RECORDNO = 1")
    refresh(services)
    company.clock.move(hours=1)
    moved = (("1000", "10.00", "", "100"), ("4000", "-10.00", "OPS", "100"))
    company.post("02/15/2026", *moved, number=number)  # nothing but the department is another

    refresh(services)

    lines = [row for row in lines_of(services.store) if row["batch_key"] == number]
    assert sorted(str(row["department"]) for row in lines) == ["", "OPS"]


def test_intacct_that_does_not_answer_leaves_the_copy_as_it_was(
    company: Company, services: Services
) -> None:
    refresh(services)
    before, held = lines_of(services.store), marks(services.store)
    company.fault("busy", count=1000)

    with pytest.raises(Unreachable):
        refresh(services)

    assert (lines_of(services.store), marks(services.store)) == (before, held)
    assert last_runs(services.store)[0].outcome == "Busy"


def test_the_rounds_make_the_copy_then_let_intacct_rest_until_it_is_due(
    company: Company, services: Services
) -> None:
    keep_up(services)
    made = len(company.calls)
    keep_up(services)
    company.clock.move(minutes=59)
    keep_up(services)
    rested = len(company.calls)
    company.clock.move(minutes=1)
    keep_up(services)

    assert made > 0
    assert rested == made
    assert len(company.calls) > made


def test_a_round_that_failed_is_not_tried_again_at_once(
    company: Company, services: Services
) -> None:
    company.fault("busy", count=1000)
    keep_up(services)
    failed = len(company.calls)
    keep_up(services)
    again = len(company.calls)
    company.fault("none")
    company.clock.move(minutes=6)
    keep_up(services)

    assert again == failed
    assert LINES in marks(services.store)


def test_lines_changed_behind_our_back_are_put_right_by_the_next_run(services: Services) -> None:
    refresh(services)
    kept = lines_of(services.store)
    with services.store.begin() as tx:
        tx.execute(update(staged_line).values(debit=staged_line.c.debit + 1))

    refresh(services)

    assert lines_of(services.store) == kept


def test_every_object_names_the_field_people_know_it_by() -> None:
    assert [one.name for one in BY_NAME.values() if one.key not in one.fields] == []
