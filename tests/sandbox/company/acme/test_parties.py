from __future__ import annotations

import sqlite3

from sandbox.company.acme.parties import term_rows


def test_a_term_has_its_days_and_one_a_discount() -> None:
    plain, early = term_rows((("Net 45", 45), ("2/10 Net 30", 30)))

    assert (plain["DUEDATE"], plain["DISCDATE"]) == (45, None)
    assert (early["DUEDATE"], early["DISCDATE"], str(early["DISCAMOUNT"])) == (30, 10, "2")


def test_every_customer_has_a_limit_that_fits_its_size(demo: sqlite3.Connection) -> None:
    limits = dict(demo.execute("SELECT CUSTOMERID, CREDITLIMIT FROM CUSTOMER").fetchall())

    assert min(limits.values()) > 0
    assert limits["C-1001"] > limits["C-1018"]
