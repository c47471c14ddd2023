"""Reporting periods and the budgets written in them."""

from __future__ import annotations

from sandbox.company.shape import (
    OTHER_DIMENSIONS,
    Lines,
    Relation,
    amounts,
    choice,
    common,
    dates,
    flags,
    integers,
    make,
    repeats,
    texts,
)

BUDGETS = (
    make(
        "REPORTINGPERIOD",
        "NAME",
        texts("NAME", required=True),
        texts("HEADER1", "HEADER2"),
        dates("START_DATE", "END_DATE", required=True),
        flags("BUDGETING"),
        common(),
    ),
    make(
        "GLBUDGETHEADER",
        "BUDGETID",
        texts("BUDGETID", "DESCRIPTION", required=True),
        flags("DEFAULT_BUDGET", "ISCONSOLIDATED"),
        texts("CURRENCY"),
        flags("ISPCNBUDGET"),
        common(),
        lines=(Lines("GLBUDGETITEMS", "GLBUDGETITEM", "BUDGETKEY"),),
    ),
    make(
        "GLBUDGETITEM",
        "RECORDNO",
        texts("BUDGETID", readonly=True),
        integers("BUDGETKEY", readonly=True),
        texts("ACCT_NO", required=True),
        texts("ACCTTITLE", readonly=True),
        texts("PERIODNAME", required=True),
        dates("PSTARTDATE", "PENDDATE"),
        texts("DEPT_NO", "LOCATION_NO"),
        repeats("DEPARTMENTID", "DEPT_NO"),
        repeats("LOCATIONID", "LOCATION_NO"),
        texts(*OTHER_DIMENSIONS),
        amounts("AMOUNT", required=True),
        texts("CURRENCY"),
        choice("NORMALBALANCE", {"debit": "1", "credit": "-1"}),
        common(),
        relations=(
            Relation("GLBUDGETHEADER", "GLBUDGETHEADER", "BUDGETKEY", "RECORDNO"),
            Relation("GLACCOUNT", "GLACCOUNT", "ACCT_NO", "ACCOUNTNO"),
            Relation("REPORTINGPERIOD", "REPORTINGPERIOD", "PERIODNAME", "NAME"),
            Relation("DEPARTMENT", "DEPARTMENT", "DEPT_NO", "DEPARTMENTID"),
            Relation("LOCATION", "LOCATION", "LOCATION_NO", "LOCATIONID"),
        ),
    ),
)
