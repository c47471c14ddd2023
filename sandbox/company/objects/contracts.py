"""Contracts, their lines, and when each line is billed and earned."""

from __future__ import annotations

from sandbox.company.shape import (
    CURRENCIES,
    DIMENSIONS,
    Lines,
    Object,
    Relation,
    amounts,
    choice,
    common,
    dates,
    decimals,
    integers,
    make,
    of_dimensions,
    texts,
)

STATES = {"Draft": "D", "In progress": "I", "On hold": "H", "Closed": "C"}
ENTRY_STATES = {"Open": "O", "Posted": "P", "Terminated": "T"}
OF_CONTRACT = Relation("CONTRACT", "CONTRACT", "CONTRACTID", "CONTRACTID")
OF_DETAIL = Relation("CONTRACTDETAIL", "CONTRACTDETAIL", "CONTRACTDETAILKEY", "RECORDNO")


def schedule(name: str) -> tuple[Object, Object]:
    """One schedule of a contract line, and its entries."""
    return (
        make(
            name,
            "RECORDNO",
            integers("CONTRACTDETAILKEY", readonly=True),
            texts("CONTRACTID", "ITEMID"),
            choice("STATE", STATES),
            common(),
            lines=(Lines("SCHEDULEENTRIES", f"{name}ENTRY", "SCHEDULEKEY"),),
            relations=(OF_CONTRACT, OF_DETAIL, *of_dimensions("ITEMID")),
        ),
        make(
            f"{name}ENTRY",
            "RECORDNO",
            integers("SCHEDULEKEY", "CONTRACTDETAILKEY", readonly=True),
            texts("CONTRACTID"),
            dates("POSTINGDATE", "ACTUALPOSTINGDATE"),
            amounts("AMOUNT", "BASEAMOUNT"),
            choice("STATE", ENTRY_STATES),
            texts(*CURRENCIES),
            common(),
            relations=(
                OF_CONTRACT,
                OF_DETAIL,
                Relation("SCHEDULE", name, "SCHEDULEKEY", "RECORDNO"),
            ),
        ),
    )


CONTRACTS = (
    make(
        "CONTRACT",
        "CONTRACTID",
        texts("CONTRACTID"),
        texts("CUSTOMERID", "NAME", required=True),
        texts("CUSTOMERNAME", "DESCRIPTION"),
        dates("BEGINDATE", required=True),
        dates("ENDDATE"),
        texts("TERMNAME", "LOCATIONID", required=True),
        choice("TERMTYPE", {"Termed": "T", "Evergreen": "E"}),
        choice("BILLINGFREQUENCY", {"Monthly": "M", "Quarterly": "Q", "Annually": "A"}),
        choice("STATE", STATES),
        texts(*CURRENCIES, "EXCHRATETYPE"),
        decimals("EXCHANGE_RATE"),
        common(),
        relations=(
            Relation("CUSTOMER", "CUSTOMER", "CUSTOMERID", "CUSTOMERID"),
            Relation("LOCATION", "LOCATION", "LOCATIONID", "LOCATIONID"),
            Relation("TERM", "ARTERM", "TERMNAME", "NAME"),
        ),
    ),
    make(
        "CONTRACTDETAIL",
        "RECORDNO",
        texts("CONTRACTID", required=True),
        integers("CONTRACTKEY", "LINENO", readonly=True),
        dates("BEGINDATE", "ENDDATE", "GLPOSTINGDATE"),
        choice("BILLINGMETHOD", {"Fixed price": "F", "Quantity based": "Q"}),
        choice(
            "BILLINGOPTIONS",
            {
                "One-time": "O",
                "Use billing template": "T",
                "Include with every invoice": "E",
            },
        ),
        amounts("FLATAMOUNT"),
        decimals("QUANTITY", "PRICE", "MULTIPLIER"),
        texts("BILLINGTEMPLATENAME", "REVENUETEMPLATENAME", "REVENUE2TEMPLATENAME"),
        choice("STATE", STATES),
        texts(*(name for name in DIMENSIONS if name != "CONTRACTID"), *CURRENCIES),
        common(),
        relations=(OF_CONTRACT, *of_dimensions()),
    ),
    *schedule("CONTRACTBILLINGSCHEDULE"),
    *schedule("CONTRACTREVENUESCHEDULE"),
    *schedule("CONTRACTREVENUE2SCHEDULE"),
    make(
        "CONTRACTEXPENSE",
        "RECORDNO",
        texts("CONTRACTID", required=True),
        integers("CONTRACTDETAILKEY", readonly=True),
        dates("POSTINGDATE"),
        amounts("AMOUNT"),
        choice("STATE", STATES),
        texts(*(name for name in DIMENSIONS if name != "CONTRACTID"), *CURRENCIES),
        common(),
        relations=(OF_CONTRACT, OF_DETAIL, *of_dimensions()),
    ),
)
