"""The one route table: every operation that is served, and those that are documented and not emulated."""

from functools import cache

from kyok.cloud.wire import (
    routes_api_keys,
    routes_catalog,
    routes_database_nodes,
    routes_databases,
    routes_emulator,
    routes_iam,
    routes_identities,
    routes_import_tokens,
    routes_key_policies,
    routes_key_rings,
    routes_keys,
    routes_resources,
    routes_scenarios,
    routes_states,
    routes_tags,
    routes_tke,
    routes_usage,
)
from kyok.cloud.wire.route import RouteTable

MODULES = (
    routes_iam,
    routes_api_keys,
    routes_resources,
    routes_tags,
    routes_catalog,
    routes_keys,
    routes_key_rings,
    routes_key_policies,
    routes_import_tokens,
    routes_tke,
    routes_databases,
    routes_database_nodes,
    routes_emulator,
    routes_identities,
    routes_scenarios,
    routes_states,
    routes_usage,
)


@cache
def route_table() -> RouteTable:
    """Every route of every API."""
    return RouteTable([route for module in MODULES for route in module.ROUTES])
