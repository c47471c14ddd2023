"""Which functions this gateway carries out; every other is refused by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sandbox.intacct.balances import (
    account_balances,
    account_balances_by_dimensions,
    trial_balance,
)
from sandbox.intacct.company_facts import (
    get_applications,
    get_company_preferences,
    get_dimensions,
    get_financial_setup,
    read_entity_details,
)
from sandbox.intacct.describe import inspect, lookup
from sandbox.intacct.get_list import get, get_list
from sandbox.intacct.query import query
from sandbox.intacct.read import read, read_by_name
from sandbox.intacct.read_by_query import read_by_query, read_more
from sandbox.intacct.sessions_api import get_api_session
from sandbox.intacct.user_facts import get_user_permissions, read_user_formatting
from sandbox.intacct.work import Carry
from sandbox.intacct.writes import create, delete, update

FUNCTIONS: Mapping[str, Carry] = MappingProxyType(
    {
        "getAPISession": get_api_session,
        "query": query,
        "readByQuery": read_by_query,
        "readMore": read_more,
        "read": read,
        "readByName": read_by_name,
        "lookup": lookup,
        "inspect": inspect,
        "getFinancialSetup": get_financial_setup,
        "getDimensions": get_dimensions,
        "readEntityDetails": read_entity_details,
        "get_list": get_list,
        "get": get,
        "getUserPermissions": get_user_permissions,
        "readUserFormatting": read_user_formatting,
        "get_applications": get_applications,
        "get_companyprefs": get_company_preferences,
        "get_accountbalances": account_balances,
        "get_accountbalancesbydimensions": account_balances_by_dimensions,
        "get_trialbalance": trial_balance,
        "create": create,
        "update": update,
        "delete": delete,
    }
)

# These only look, so they need not wait for those who write; the balances sum up as they go.
READS = frozenset(
    {
        "getAPISession",
        "query",
        "readByQuery",
        "readMore",
        "read",
        "readByName",
        "lookup",
        "inspect",
        "getFinancialSetup",
        "getDimensions",
        "readEntityDetails",
        "get_list",
        "get",
        "getUserPermissions",
        "readUserFormatting",
        "get_applications",
        "get_companyprefs",
    }
)
