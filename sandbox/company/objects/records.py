"""What the company keeps beside its books: exchange rates and the trail of changes."""

from __future__ import annotations

from sandbox.company.shape import (
    Lines,
    Relation,
    choice,
    common,
    dates,
    decimals,
    instants,
    integers,
    make,
    texts,
)

ACCESS = {
    "access": "A",
    "modify": "M",
    "create": "C",
    "delete": "D",
    "workflow": "W",
    "activity": "T",
    "user action": "U",
}

RECORDS = (
    make(
        "EXCHANGERATE",
        "RECORDNO",
        texts("TYPENAME", "FROM_CURRENCY", "TO_CURRENCY", required=True),
        common(),
        lines=(Lines("EXCHANGERATEENTRIES", "EXCHANGERATEENTRY", "EXCHANGERATEKEY"),),
    ),
    make(
        "EXCHANGERATEENTRY",
        "RECORDNO",
        integers("EXCHANGERATEKEY"),
        dates("EFFECTIVE_START_DATE"),
        decimals("EXCHANGE_RATE", "RECIPROCAL_RATE"),
        common(),
        relations=(Relation("EXCHANGERATE", "EXCHANGERATE", "EXCHANGERATEKEY", "RECORDNO"),),
    ),
    make(
        "AUDITHISTORY",
        "RECORDNO",
        texts("ID", "OBJECTTYPE", "OBJECTKEY"),
        choice("ACCESSMODE", ACCESS),
        instants("ACCESSTIME"),
        texts("USERID", "SOURCE", "WORKFLOWACTION", "IPADDRESS"),
        common(),
    ),
)
