"""Work on projects: tasks, cost types, estimates and changes of scope."""

from __future__ import annotations

from sandbox.company.shape import (
    DIMENSIONS,
    Field,
    Lines,
    Relation,
    amounts,
    choice,
    common,
    dates,
    decimals,
    flags,
    integers,
    make,
    of_dimensions,
    texts,
)

TASK_STATES = {
    "Not Started": "N",
    "Planned": "P",
    "In Progress": "I",
    "Completed": "C",
    "On Hold": "H",
}
ESTIMATE_STATUS = {"active": "T", "inactive": "F", "finalized": "Z"}
WORKFLOW = {
    "original": "O",
    "revision": "R",
    "forecast": "F",
    "pending change": "P",
    "approved change": "A",
    "other": "X",
}
CHANGE_STATES = {"Draft": "D", "Posted": "P"}
POST_TO = {
    "First period": "F",
    "All periods": "A",
    "Estimate date": "E",
}
KEY_OF_TASK = Relation("TASK", "TASK", "TASKKEY", "RECORDNO")


def common_of_estimate() -> tuple[Field, ...]:
    """The common columns of an estimate, which may also be finalized."""
    return (
        *choice("STATUS", ESTIMATE_STATUS),
        *(one for one in common() if one.name != "STATUS"),
    )


PROJECTS = (
    make(
        "STANDARDCOSTTYPE",
        "STANDARDCOSTTYPEID",
        texts("STANDARDCOSTTYPEID", "NAME", required=True),
        texts("DESCRIPTION", "ACCUMULATIONTYPENAME", "ACCOUNTNO", "ITEMID"),
        common(),
        relations=(
            Relation("GLACCOUNT", "GLACCOUNT", "ACCOUNTNO", "ACCOUNTNO"),
            *of_dimensions("ITEMID"),
        ),
    ),
    make(
        "STANDARDTASK",
        "STANDARDTASKID",
        texts("STANDARDTASKID", "NAME", required=True),
        texts("DESCRIPTION", "PARENTID"),
        integers("PARENTKEY", readonly=True),
        flags("BILLABLE"),
        texts("ITEMID"),
        common(),
        lines=(
            Lines(
                "STANDARDTASKSTANDARDCOSTTYPES", "STANDARDTASKSTANDARDCOSTTYPE", "STANDARDTASKKEY"
            ),
        ),
        relations=(
            Relation("PARENT", "STANDARDTASK", "PARENTID", "STANDARDTASKID"),
            *of_dimensions("ITEMID"),
        ),
    ),
    make(
        "STANDARDTASKSTANDARDCOSTTYPE",
        "RECORDNO",
        integers("STANDARDTASKKEY", readonly=True),
        texts("STANDARDTASKID", readonly=True),
        texts("STANDARDCOSTTYPEID", required=True),
        common(),
        relations=(
            Relation("STANDARDTASK", "STANDARDTASK", "STANDARDTASKKEY", "RECORDNO"),
            Relation(
                "STANDARDCOSTTYPE", "STANDARDCOSTTYPE", "STANDARDCOSTTYPEID", "STANDARDCOSTTYPEID"
            ),
        ),
    ),
    make(
        "TASK",
        "RECORDNO",
        texts("TASKID", "NAME", "PROJECTID", required=True),
        choice("TASKSTATUS", TASK_STATES, required=True),
        texts("DESCRIPTION", "STANDARDTASKID", "ITEMID", "CLASSID"),
        dates("PBEGINDATE", "PENDDATE", "ABEGINDATE", "AENDDATE"),
        flags("BILLABLE", "ISMILESTONE", "UTILIZED"),
        integers("PARENTKEY", "TASKNO", "PRIORITY"),
        decimals("BUDGETQTY", "ESTQTY"),
        common(),
        relations=(
            Relation("PARENT", "TASK", "PARENTKEY", "RECORDNO"),
            Relation("STANDARDTASK", "STANDARDTASK", "STANDARDTASKID", "STANDARDTASKID"),
            *of_dimensions("PROJECTID", "ITEMID", "CLASSID"),
        ),
    ),
    make(
        "COSTTYPE",
        "RECORDNO",
        texts("COSTTYPEID", "NAME", "PROJECTID", "TASKID"),
        texts("STANDARDCOSTTYPEID", required=True),
        integers("TASKKEY"),
        texts("DESCRIPTION", "ACCUMULATIONTYPENAME", "ACCOUNTNO", "ITEMID"),
        dates("PBEGINDATE", "PENDDATE", "ABEGINDATE", "AENDDATE"),
        common(),
        relations=(
            KEY_OF_TASK,
            Relation(
                "STANDARDCOSTTYPE", "STANDARDCOSTTYPE", "STANDARDCOSTTYPEID", "STANDARDCOSTTYPEID"
            ),
            Relation("GLACCOUNT", "GLACCOUNT", "ACCOUNTNO", "ACCOUNTNO"),
            *of_dimensions("PROJECTID", "ITEMID"),
        ),
    ),
    make(
        "PJESTIMATETYPE",
        "NAME",
        texts("NAME", required=True),
        texts("DESCRIPTION"),
        common(),
    ),
    make(
        "PJESTIMATE",
        "PJESTIMATEID",
        texts("PJESTIMATEID"),
        texts("DESCRIPTION"),
        texts("PROJECTID", required=True),
        flags("ISPRIMARY", "POSTED"),
        texts("PJESTIMATETYPENAME", "GLBUDGETID"),
        dates("ESTIMATEDATE"),
        choice("POSTTO", POST_TO),
        common_of_estimate(),
        lines=(Lines("ENTRIES", "PJESTIMATEENTRY", "PJESTIMATEKEY"),),
        relations=(
            *of_dimensions("PROJECTID"),
            Relation("PJESTIMATETYPE", "PJESTIMATETYPE", "PJESTIMATETYPENAME", "NAME"),
            Relation("GLBUDGETHEADER", "GLBUDGETHEADER", "GLBUDGETID", "BUDGETID"),
        ),
    ),
    make(
        "PJESTIMATEENTRY",
        "RECORDNO",
        integers("PJESTIMATEKEY", "LINENO", readonly=True),
        texts("PJESTIMATEID"),
        amounts("AMOUNT"),
        decimals("QTY", "UNITCOST", "PRODUCTIONUNITS"),
        texts("EUOM", "MEMO"),
        choice("WFTYPE", WORKFLOW),
        texts("ACCOUNTNO"),
        dates("EFFECTIVEDATE"),
        texts(*DIMENSIONS),
        integers("CHANGEREQUESTENTRYKEY", readonly=True),
        common(),
        relations=(
            Relation("PJESTIMATE", "PJESTIMATE", "PJESTIMATEKEY", "RECORDNO"),
            Relation("GLACCOUNT", "GLACCOUNT", "ACCOUNTNO", "ACCOUNTNO"),
            Relation(
                "CHANGEREQUESTENTRY", "CHANGEREQUESTENTRY", "CHANGEREQUESTENTRYKEY", "RECORDNO"
            ),
            *of_dimensions(),
        ),
    ),
    make(
        "PROJECTCHANGEORDER",
        "PROJECTCHANGEORDERID",
        texts("PROJECTCHANGEORDERID", "PROJECTID", required=True),
        texts("DESCRIPTION", "CHANGEREQUESTSTATUSNAME"),
        dates("PROJECTCHANGEORDERDATE", required=True),
        choice("PROJECTCHANGEORDERSTATE", CHANGE_STATES),
        amounts("TOTALCOST", "TOTALPRICE", readonly=True),
        common(),
        relations=of_dimensions("PROJECTID"),
    ),
    make(
        "CHANGEREQUEST",
        "CHANGEREQUESTID",
        texts("CHANGEREQUESTID", "PROJECTID", required=True),
        texts("DESCRIPTION", "CHANGEREQUESTSTATUSNAME", "PROJECTCHANGEORDERID", "PJESTIMATEID"),
        dates("CHANGEREQUESTDATE", required=True),
        choice("CHANGEREQUESTSTATE", CHANGE_STATES),
        amounts("TOTALCOST", "TOTALPRICE", readonly=True),
        common(),
        lines=(Lines("CHANGEREQUESTENTRIES", "CHANGEREQUESTENTRY", "CHANGEREQUESTKEY"),),
        relations=(
            *of_dimensions("PROJECTID"),
            Relation(
                "PROJECTCHANGEORDER",
                "PROJECTCHANGEORDER",
                "PROJECTCHANGEORDERID",
                "PROJECTCHANGEORDERID",
            ),
            Relation("PJESTIMATE", "PJESTIMATE", "PJESTIMATEID", "PJESTIMATEID"),
        ),
    ),
    make(
        "CHANGEREQUESTENTRY",
        "RECORDNO",
        integers("CHANGEREQUESTKEY", "LINENO", readonly=True),
        amounts("COST", "PRICE"),
        texts("MEMO", "ACCOUNTNO"),
        choice("WFTYPE", WORKFLOW),
        dates("EFFECTIVEDATE"),
        texts(*DIMENSIONS),
        common(),
        relations=(
            Relation("CHANGEREQUEST", "CHANGEREQUEST", "CHANGEREQUESTKEY", "RECORDNO"),
            Relation("GLACCOUNT", "GLACCOUNT", "ACCOUNTNO", "ACCOUNTNO"),
            *of_dimensions(),
        ),
    ),
)
