"""Who calls, and what an activity event says."""

from typing import Any, Literal

from msgspec import Struct, field

from kyok.domain.crn import Crn

Outcome = Literal["success", "failure", "pending"]


class Caller(Struct, frozen=True):
    """Who makes a call: a user, a service instance acting under an authorization, or nobody yet."""

    iam_id: str
    account: str
    name: str
    kind: Literal["user", "service", "nobody"]
    crn: Crn | None = None
    """The service instance's CRN when kind is `service`."""
    agent: str = ""
    address: str = ""
    correlation: str = ""


NOBODY = Caller(iam_id="", account="", name="", kind="nobody")


class Event(Struct, frozen=True):
    """What is to be written down. `target` is a CRN as text; `folds` events are counted, not repeated."""

    action: str
    target: str
    target_name: str = ""
    outcome: Outcome = "success"
    status: int = 200
    reason: str = ""
    message: str = ""
    """Empty: built from the action and the target (iam-and-resources.md section 8)."""
    instance: str = ""
    """GUID of the service instance in whose log the event stands."""
    request_data: dict[str, Any] = field(default_factory=dict)
    response_data: dict[str, Any] = field(default_factory=dict)
    severity: str = ""
    """Empty: by status and action (kms-api.md section 6)."""
    folds: bool = False
    """A repeated key check with the same outcome only raises the count of the event before it."""
