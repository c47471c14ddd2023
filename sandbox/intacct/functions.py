"""Which functions this gateway carries out; every other is refused by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sandbox.intacct.adjustments import (
    create_aradjustment,
    reverse_aradjustment,
    update_aradjustment,
)
from sandbox.intacct.aging import get_araging
from sandbox.intacct.balances import (
    account_balances,
    account_balances_by_dimensions,
    trial_balance,
)
from sandbox.intacct.bill_calls import create_bill, reverse_bill, update_bill
from sandbox.intacct.bill_payment_calls import void_appayment
from sandbox.intacct.company_facts import (
    get_applications,
    get_company_preferences,
    get_dimensions,
    get_financial_setup,
    read_entity_details,
)
from sandbox.intacct.describe import inspect, lookup
from sandbox.intacct.get_list import get, get_list
from sandbox.intacct.invoices import (
    create_invoice,
    delete_invoice,
    reverse_invoice,
    update_invoice,
)
from sandbox.intacct.journal_calls import create_gltransaction, create_statgltransaction
from sandbox.intacct.legacy_receipts import (
    apply_arpayment,
    create_arpayment,
    reverse_arpayment,
)
from sandbox.intacct.order_approval import approve, decline
from sandbox.intacct.orders import (
    create_potransaction,
    create_sotransaction,
    delete_potransaction,
    delete_sotransaction,
    postpone_potransaction,
    update_potransaction,
    update_sotransaction,
)
from sandbox.intacct.query import query
from sandbox.intacct.read import read, read_by_name
from sandbox.intacct.read_by_query import read_by_query, read_more
from sandbox.intacct.sessions_api import get_api_session
from sandbox.intacct.terms import create_apterm, create_arterm, update_apterm, update_arterm
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
        "create_arterm": create_arterm,
        "update_arterm": update_arterm,
        "create_apterm": create_apterm,
        "update_apterm": update_apterm,
        "create_invoice": create_invoice,
        "update_invoice": update_invoice,
        "reverse_invoice": reverse_invoice,
        "delete_invoice": delete_invoice,
        "create_aradjustment": create_aradjustment,
        "update_aradjustment": update_aradjustment,
        "reverse_aradjustment": reverse_aradjustment,
        "create_gltransaction": create_gltransaction,
        "create_statgltransaction": create_statgltransaction,
        "create_sotransaction": create_sotransaction,
        "update_sotransaction": update_sotransaction,
        "delete_sotransaction": delete_sotransaction,
        "create_potransaction": create_potransaction,
        "update_potransaction": update_potransaction,
        "partialupdate_potransaction": postpone_potransaction,
        "delete_potransaction": delete_potransaction,
        "approve": approve,
        "decline": decline,
        "create_arpayment": create_arpayment,
        "apply_arpayment": apply_arpayment,
        "reverse_arpayment": reverse_arpayment,
        "create_bill": create_bill,
        "update_bill": update_bill,
        "reverse_bill": reverse_bill,
        "void_appayment": void_appayment,
        "get_araging": get_araging,
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
