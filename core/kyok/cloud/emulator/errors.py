"""What the private API refuses, and why."""

from kyok.errors import KyokError


class UnknownField(KyokError):
    """The body has a member that the operation does not know."""

    summary = "The request has a field that is not known here."
    remedy = "Leave the field out."


class BadValue(KyokError):
    """A field has a value that it cannot have."""

    summary = "A value is not valid."
    remedy = "Correct the named field."


class FaultExists(KyokError):
    """The same fault is on already."""

    summary = "This fault is on already."
    remedy = "End it first, or leave it on."


class FaultNotFound(KyokError):
    """There is no such fault (any more)."""

    summary = "There is no fault with this id."
    remedy = "List the faults; one that has ended is gone."


class FaultTargetNotFound(KyokError):
    """What shall break does not exist."""

    summary = "What the fault names does not exist."
    remedy = "Name an existing zone, key service instance or database."


class ScenarioNotFound(KyokError):
    """There is no such scenario."""

    summary = "There is no scenario with this name."
    remedy = "List the scenarios at /emulator/v1/scenarios."


class ScenarioInvalid(KyokError):
    """The file is no scenario, or makes no sense."""

    summary = "The file is not a scenario that can be loaded."
    remedy = "Correct the file; nothing was changed. docs/scenarios.md describes the format."


class ScenarioFailed(KyokError):
    """A step was refused while the scenario was being made."""

    summary = "The scenario could not be loaded."
    remedy = "The account is empty now. Correct the scenario, or load another one."


class ScenarioRunning(KyokError):
    """Another scenario is being loaded."""

    summary = "A scenario is being loaded already."
    remedy = "Wait until it is there."


class ScenarioSlow(KyokError):
    """The scenario is not there yet; it goes on loading."""

    summary = "The scenario takes longer than expected; it is still being loaded."
    remedy = "Look at the instances in a while."
