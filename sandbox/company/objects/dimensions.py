"""Where an amount belongs: departments, locations, projects and the rest."""

from __future__ import annotations

from sandbox.company.objects.contacts import contact_keys, contact_relations
from sandbox.company.shape import (
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

ITEM_TYPES = {
    "Inventory": "I",
    "Non-Inventory": "NI",
    "Non-Inventory (Purchase only)": "NP",
    "Non-Inventory (Sales only)": "NS",
    "Kit": "K",
    "Stockable Kit": "SK",
}

PROJECT_CONTACTS = ("CONTACTINFO", "BILLTO", "SHIPTO")
SUPERVISOR = Relation("SUPERVISOR", "EMPLOYEE", "SUPERVISORID", "EMPLOYEEID")


def parent(name: str) -> Relation:
    """The step up a hierarchy of the object with this name."""
    return Relation("PARENT", name, "PARENTID", f"{name}ID")


DIMENSION_OBJECTS = (
    make(
        "DEPARTMENT",
        "DEPARTMENTID",
        texts("DEPARTMENTID", "TITLE", required=True),
        integers("PARENTKEY", readonly=True),
        texts("PARENTID", "SUPERVISORID", "CUSTTITLE"),
        texts("SUPERVISORNAME", readonly=True),
        common(),
        relations=(parent("DEPARTMENT"), SUPERVISOR),
    ),
    make(
        "LOCATION",
        "LOCATIONID",
        texts("LOCATIONID", "NAME", required=True),
        integers("PARENTKEY", readonly=True),
        texts("PARENTID", "SUPERVISORID", "CUSTTITLE", "CURRENCY"),
        dates("STARTDATE", "ENDDATE"),
        integers("CONTACTKEY", "SHIPTOKEY", readonly=True),
        common(),
        relations=(
            parent("LOCATION"),
            SUPERVISOR,
            Relation("CONTACTINFO", "CONTACT", "CONTACTKEY", "RECORDNO"),
            Relation("SHIPTO", "CONTACT", "SHIPTOKEY", "RECORDNO"),
        ),
    ),
    make(
        "LOCATIONENTITY",
        "LOCATIONID",
        texts("LOCATIONID", "NAME", required=True),
        texts("REPORTPRINTAS"),
        integers("FIRSTMONTH", "WEEKSTART"),
        texts("FEDERALID"),
        dates("STARTDATE", "ENDDATE"),
        flags("HAS_IE_RELATION"),
        texts("CUSTOMERID", "VENDORID", "CURRENCY", "TAXID", "LEGALNAME", "OPCOUNTRY"),
        common(),
        relations=of_dimensions("LOCATIONID", "CUSTOMERID", "VENDORID"),
    ),
    make(
        "PROJECT",
        "PROJECTID",
        texts("PROJECTID", "NAME", "PROJECTCATEGORY", required=True),
        texts("DESCRIPTION", "PROJECTTYPE", "PROJECTSTATUS", "PARENTID", "CUSTOMERID", "MANAGERID"),
        texts("DOCNUMBER", "CUSTUSERID", "SALESCONTACTID"),
        integers("PARENTKEY", readonly=True),
        texts("PARENTNAME", readonly=True),
        dates("BEGINDATE", "ENDDATE"),
        texts("DEPARTMENTID", "LOCATIONID", "CLASSID", "CURRENCY"),
        amounts("CONTRACTAMOUNT", "BUDGETAMOUNT", "BUDGETEDCOST", "POAMOUNT"),
        decimals("BUDGETQTY"),
        texts("BUDGETID", "BILLINGTYPE", "TERMNAME", "SONUMBER", "PONUMBER"),
        decimals("PERCENTCOMPLETE"),
        flags("INVOICEWITHPARENT", "BILLABLEEXPDEFAULT", "BILLABLEAPPODEFAULT"),
        contact_keys(*PROJECT_CONTACTS),
        common(),
        relations=(
            parent("PROJECT"),
            *contact_relations(*PROJECT_CONTACTS),
            Relation("MANAGER", "EMPLOYEE", "MANAGERID", "EMPLOYEEID"),
            Relation("GLBUDGETHEADER", "GLBUDGETHEADER", "BUDGETID", "BUDGETID"),
            Relation("TERM", "ARTERM", "TERMNAME", "NAME"),
            *of_dimensions("CUSTOMERID", "DEPARTMENTID", "LOCATIONID", "CLASSID"),
        ),
    ),
    make(
        "CLASS",
        "CLASSID",
        texts("CLASSID", "NAME", required=True),
        texts("DESCRIPTION"),
        integers("PARENTKEY", readonly=True),
        texts("PARENTID"),
        common(),
        relations=(parent("CLASS"),),
    ),
    make(
        "EMPLOYEE",
        "EMPLOYEEID",
        texts("EMPLOYEEID", "CONTACTNAME", required=True),
        texts("TITLE", "DEPARTMENTID", "LOCATIONID", "SUPERVISORID"),
        dates("STARTDATE", "ENDDATE", "BIRTHDATE"),
        texts("EMPLOYEETYPE", "TERMINATIONTYPE", "GENDER", "CLASSID", "CURRENCY"),
        common(),
        relations=(
            SUPERVISOR,
            Relation("PERSONALINFO", "CONTACT", "CONTACTNAME", "CONTACTNAME"),
            Relation("CONTACT", "CONTACT", "CONTACTNAME", "CONTACTNAME"),
            *of_dimensions("DEPARTMENTID", "LOCATIONID", "CLASSID"),
        ),
    ),
    make(
        "ITEM",
        "ITEMID",
        texts("ITEMID", "NAME", required=True),
        choice("ITEMTYPE", ITEM_TYPES),
        texts("PRODUCTLINEID", "GLGROUP", "EXTENDED_DESCRIPTION", "SODESCRIPTION"),
        texts("PODESCRIPTION", "NOTE", "UOMGRP", "TAXGROUP", "UPC", "COST_METHOD"),
        decimals("BASEPRICE", "STANDARD_COST", "SHIP_WEIGHT"),
        flags("TAXABLE"),
        common(),
    ),
)
