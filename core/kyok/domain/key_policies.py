"""Policies of keys and of instances: what they are called, what they may say, and what follows from them.

Source: reference/kms-api.md sections 2.13, 2.14 and 4.4.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from kyok.domain.key_states import DUAL_AUTH_PERIOD, ROTATION_MONTH
from kyok.domain.translation import tr

INTERVAL_MIN, INTERVAL_MAX = 1, 12
"""Months of a rotation policy."""


class KeyPolicyType(StrEnum):
    """What can be ruled for a single key."""

    ROTATION = "rotation"
    DUAL_AUTH_DELETE = "dualAuthDelete"


class InstancePolicyType(StrEnum):
    """What can be ruled for an instance; `ALLOWED_IP` at Key Protect alone."""

    ALLOWED_NETWORK = "allowedNetwork"
    ALLOWED_IP = "allowedIP"
    DUAL_AUTH_DELETE = "dualAuthDelete"
    KEY_CREATE_IMPORT_ACCESS = "keyCreateImportAccess"
    METRICS = "metrics"
    ROTATION = "rotation"


class AllowedNetwork(StrEnum):
    """Networks over which an instance can be reached."""

    PUBLIC_AND_PRIVATE = "public-and-private"
    PRIVATE_ONLY = "private-only"


ACCESS_DEFAULTS: Mapping[str, bool] = {
    "create_root_key": True,
    "create_standard_key": True,
    "import_root_key": True,
    "import_standard_key": True,
    "enforce_token": False,
}
"""Attributes of `keyCreateImportAccess`, and what an omitted one means."""


def interval_problem(months: int) -> str | None:
    """A rotation interval is 1 to 12 months."""
    if not INTERVAL_MIN <= months <= INTERVAL_MAX:
        return tr(
            "interval_month must be from {interval_min} to {interval_max}; {months} was given.",
            interval_min=INTERVAL_MIN,
            interval_max=INTERVAL_MAX,
            months=months,
        )
    return None


def rotation_due(since: datetime, months: int) -> datetime:
    """When a key is rotated by itself that was made or rotated at `since`. A month is 30 days."""
    return since + months * ROTATION_MONTH


def authorized_until(set_at: datetime) -> datetime:
    """How long a first authorization to delete holds."""
    return set_at + DUAL_AUTH_PERIOD


def access_refusal(
    attributes: Mapping[str, Any], *, standard: bool, imported: bool, with_token: bool = False
) -> str | None:
    """Why `keyCreateImportAccess` forbids such a key; None when it does not. Omitted attributes have defaults."""
    rule = {**ACCESS_DEFAULTS, **attributes}
    kind = "standard" if standard else "root"
    if not rule[f"{'import' if imported else 'create'}_{kind}_key"]:
        if standard:
            return (
                tr("The instance does not allow to import standard keys.")
                if imported
                else tr("The instance does not allow to create standard keys.")
            )
        return (
            tr("The instance does not allow to import root keys.")
            if imported
            else tr("The instance does not allow to create root keys.")
        )
    if imported and rule["enforce_token"] and not with_token:
        return tr("The instance takes key material with an import token only.")
    return None


def addresses_problem(addresses: Iterable[str]) -> str | None:
    """Addresses of an `allowedIP` policy are IP addresses or networks in CIDR form, one at least."""
    empty = True
    for text in addresses:
        empty = False
        try:
            ipaddress.ip_network(text, strict=False)
        except ValueError:
            return tr("“{text}” is neither an IP address nor a network such as 192.0.2.0/24.", text=text)
    return tr("allowed_ip names at least one address or network.") if empty else None


def address_allowed(address: str, allowed: Iterable[str]) -> bool:
    """Whether an IP address is one of these, or in one of these networks."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(known in ipaddress.ip_network(text, strict=False) for text in allowed)
