from __future__ import annotations

from sandbox.company.schema import OBJECTS
from sandbox.company.shape import Kind

PROMISED = {
    "GLACCOUNT",
    "STATACCOUNT",
    "GLJOURNAL",
    "STATJOURNAL",
    "GLBATCH",
    "GLENTRY",
    "GLDETAIL",
    "REPORTINGPERIOD",
    "GLBUDGETHEADER",
    "GLBUDGETITEM",
    "DEPARTMENT",
    "LOCATION",
    "LOCATIONENTITY",
    "PROJECT",
    "CLASS",
    "EMPLOYEE",
    "ITEM",
    "ARTERM",
    "APTERM",
    "CONTACT",
    "MAILADDRESS",
    "CUSTOMER",
    "VENDOR",
    "ARINVOICE",
    "ARINVOICEITEM",
    "ARPYMT",
    "ARPYMTDETAIL",
    "ARADVANCE",
    "ARADVANCEITEM",
    "ARADJUSTMENT",
    "ARADJUSTMENTITEM",
    "APADJUSTMENT",
    "APADJUSTMENTITEM",
    "APBILL",
    "APBILLITEM",
    "APPYMT",
    "APPYMTDETAIL",
    "PODOCUMENT",
    "PODOCUMENTENTRY",
    "SODOCUMENT",
    "SODOCUMENTENTRY",
    "CONTRACT",
    "CONTRACTDETAIL",
    "CONTRACTBILLINGSCHEDULE",
    "CONTRACTBILLINGSCHEDULEENTRY",
    "CONTRACTREVENUESCHEDULE",
    "CONTRACTREVENUESCHEDULEENTRY",
    "CONTRACTREVENUE2SCHEDULE",
    "CONTRACTREVENUE2SCHEDULEENTRY",
    "CONTRACTEXPENSE",
    "EXCHANGERATE",
    "EXCHANGERATEENTRY",
    "AUDITHISTORY",
    "CHECKINGACCOUNT",
    "TASK",
    "COSTTYPE",
    "STANDARDTASK",
    "STANDARDTASKSTANDARDCOSTTYPE",
    "STANDARDCOSTTYPE",
    "PJESTIMATETYPE",
    "PJESTIMATE",
    "PJESTIMATEENTRY",
    "PROJECTCHANGEORDER",
    "CHANGEREQUEST",
    "CHANGEREQUESTENTRY",
}
COMMON = {
    "RECORDNO",
    "STATUS",
    "WHENCREATED",
    "WHENMODIFIED",
    "CREATEDBY",
    "MODIFIEDBY",
    "MEGAENTITYKEY",
    "MEGAENTITYID",
    "MEGAENTITYNAME",
    "RECORD_URL",
}


def test_every_promised_object_is_there_with_the_common_columns() -> None:
    assert set(OBJECTS) == PROMISED
    for one in OBJECTS.values():
        assert set(one.fields) >= COMMON, one.name
        assert one.fields["RECORDNO"].kind is Kind.INTEGER
        assert one.fields["WHENMODIFIED"].kind is Kind.TIMESTAMP
        assert one.key in one.fields


def test_documents_keep_their_own_date_in_whencreated() -> None:
    for name in ("ARINVOICE", "ARPYMT", "ARADVANCE", "ARADJUSTMENT", "APBILL", "APPYMT"):
        assert OBJECTS[name].fields["WHENCREATED"].kind is Kind.DATE
        assert OBJECTS[name].fields["AUWHENCREATED"].kind is Kind.TIMESTAMP
    assert OBJECTS["CUSTOMER"].fields["WHENCREATED"].kind is Kind.TIMESTAMP


def test_relations_and_lines_lead_to_columns_that_exist() -> None:
    for one in OBJECTS.values():
        for relation in one.relations.values():
            assert relation.via in one.fields, (one.name, relation.name)
            assert relation.to in OBJECTS[relation.object].fields, (one.name, relation.name)
        for line in one.lines:
            assert line.parent in OBJECTS[line.object].fields, (one.name, line.object)


def test_enums_have_labels_with_distinct_codes_and_nothing_else_has() -> None:
    for one in OBJECTS.values():
        for field in one.fields.values():
            assert bool(field.labels) == (field.kind is Kind.ENUM), (one.name, field.name)
            assert len(set(field.labels.values())) == len(field.labels), (one.name, field.name)
