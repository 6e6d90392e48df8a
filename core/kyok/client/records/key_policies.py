"""Key rings, policies and import tokens of the key management API (reference/kms-api.md sections 2.13 to 2.17)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any

from kyok.client.decode import Wire
from kyok.client.records.keys import DualAuth, RotationRule


@dataclass(frozen=True, slots=True)
class KeyRing:
    """A key ring; `default` has no dates."""

    id: str
    created_at: Annotated[datetime | None, Wire("creationDate")] = None
    created_by: Annotated[str, Wire("createdBy")] = ""


@dataclass(frozen=True, slots=True)
class KeyPolicy:
    """One policy of a key: rotation or dual authorization, never both."""

    id: str = ""
    rotation: RotationRule | None = None
    dual_auth: Annotated[DualAuth | None, Wire("dualAuthDelete")] = None
    updated_at: Annotated[datetime | None, Wire("lastUpdateDate")] = None
    updated_by: Annotated[str, Wire("updatedBy")] = ""


@dataclass(frozen=True, slots=True)
class PolicyData:
    """Whether a policy holds, and what it says."""

    enabled: bool = False
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InstancePolicy:
    """One policy of an instance; those that were never set are not listed."""

    type: Annotated[str, Wire("policy_type")]
    data: Annotated[PolicyData, Wire("policy_data")]
    updated_at: Annotated[datetime | None, Wire("lastUpdated")] = None
    updated_by: Annotated[str, Wire("updatedBy")] = ""


@dataclass(frozen=True, slots=True)
class ImportToken:
    """What material is encrypted for: a public key, and a nonce that proves that it was made now. Neither is secret."""

    created_at: Annotated[datetime | None, Wire("creationDate")] = None
    expires_at: Annotated[datetime | None, Wire("expirationDate")] = None
    retrievals: Annotated[int, Wire("maxAllowedRetrievals")] = 0
    remaining: Annotated[int, Wire("remainingRetrievals")] = 0
    public_key: Annotated[str, Wire("payload")] = ""
    """Base64 of a PEM text."""
    nonce: str = ""
    """Base64 of twelve bytes."""
