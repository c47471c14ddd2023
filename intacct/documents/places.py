"""How a line's dimensions are written: in generic calls, in journal entries and in legacy calls.

Dimensions a company defined itself are called as Intacct calls their field, `GLDIM` first; legacy
calls have no place for them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from lxml import etree

from analytics.ledger import DEPARTMENT, LOCATION, DimensionName, Dimensions, value_of
from intacct.wire import element

# In the order of the documented calls.
FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "department": "DEPARTMENTID",
        "location": "LOCATIONID",
        "project": "PROJECTID",
        "task": "TASKID",
        "cost type": "COSTTYPEID",
        "customer": "CUSTOMERID",
        "vendor": "VENDORID",
        "employee": "EMPLOYEEID",
        "item": "ITEMID",
        "class": "CLASSID",
        "contract": "CONTRACTID",
        "warehouse": "WAREHOUSEID",
    }
)
_OWN: Final = re.compile(r"GLDIM[A-Z0-9_]+", re.ASCII)


def is_dimension(name: DimensionName) -> bool:
    """Whether Intacct has a field for it: one of its own, or one a company defined."""
    return name in FIELDS or bool(_OWN.fullmatch(name))


def generic_fields(where: Dimensions) -> dict[str, str]:
    """Field and id of each dimension, as generic calls and `query` name them."""
    order = list(FIELDS)
    known = sorted((k for k in where if k.name in FIELDS), key=lambda k: order.index(k.name))
    own = sorted(key for key in where if key.name not in FIELDS)
    return {FIELDS.get(key.name, str(key.name)): key.id for key in (*known, *own)}


def journal_fields(where: Dimensions) -> dict[str, str]:
    """The same as a journal entry names them: DEPARTMENT and LOCATION without ID."""
    short = {"DEPARTMENTID": "DEPARTMENT", "LOCATIONID": "LOCATION"}
    return {short.get(field, field): id_ for field, id_ in generic_fields(where).items()}


def legacy_places(where: Dimensions) -> list[etree._Element]:
    """`locationid` and `departmentid`, in the order every legacy line has them."""
    found = ((LOCATION, "locationid"), (DEPARTMENT, "departmentid"))
    return [element(tag, id_) for name, tag in found if (id_ := value_of(where, name))]


def legacy_dimensions(where: Dimensions) -> list[etree._Element]:
    """The other dimensions, in the order of Intacct's calls."""
    names = [DimensionName(name) for name in FIELDS if name not in (DEPARTMENT, LOCATION)]
    found = ((FIELDS[name].lower(), value_of(where, name)) for name in names)
    return [element(tag, id_) for tag, id_ in found if id_]


def own_dimensions(where: Dimensions) -> list[str]:
    """The dimensions a company defined itself; legacy calls cannot carry them."""
    return sorted(key.name for key in where if _OWN.fullmatch(key.name))
