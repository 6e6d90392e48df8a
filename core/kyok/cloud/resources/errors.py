"""What the resource controller refuses, and why."""

from kyok.errors import KyokError


class InstanceNotFound(KyokError):
    """There is no such instance that the caller may see."""

    summary = "There is no service instance with this id in your account."
    remedy = "Use the instance's GUID, or its CRN percent-encoded."


class InstanceInvalid(KyokError):
    """An instance cannot be made or changed this way. `target` names the field."""

    summary = "The service instance is not valid."
    remedy = "Correct the named field and send the request again."


class InstanceLocked(KyokError):
    """A locked instance is neither changed nor deleted."""

    summary = "The service instance is locked."
    remedy = "Unlock it first (DELETE /v2/resource_instances/{id}/lock)."


class InstanceRemoved(KyokError):
    """The instance is gone for good."""

    summary = "The service instance was removed."
    remedy = "It cannot be brought back; create a new one."


class InstancePending(KyokError):
    """The instance is deleted already and waits for its reclamation."""

    summary = "The service instance is in the state pending_reclamation."
    remedy = "Restore it, or delete it for good, through its reclamation (/v1/reclamations)."


class InstanceInUse(KyokError):
    """The service broker refuses the deletion: something living depends on the instance."""

    summary = "The service refuses to delete this instance."
    remedy = "Remove first what still depends on it."


class NotCancelable(KyokError):
    """The last operation of the instance cannot be cancelled."""

    summary = "The instance is not cancelable."
    remedy = "Wait until the operation has ended."


class TagInvalid(KyokError):
    """Tags cannot be attached or detached this way."""

    summary = "The tags are not valid."
    remedy = "Correct the tags and send the request again."


class GroupNotFound(KyokError):
    """There is no such resource group in the caller's account."""

    summary = "There is no resource group with this id in your account."
    remedy = "List the resource groups of the account."


class GroupInvalid(KyokError):
    """A resource group cannot be made or changed this way."""

    summary = "The resource group is not valid."
    remedy = "Choose another name of 1 to 40 letters, digits, blanks and _ - . : characters."


class GroupInUse(KyokError):
    """The group is the default one, or instances are in it."""

    summary = "The resource group cannot be deleted while it is the default group or holds instances."
    remedy = "Delete its instances for good first, also those that wait for their reclamation."


class ReclamationNotFound(KyokError):
    """There is no such reclamation: it never was, was restored, or its time was up."""

    summary = "There is no reclamation with this id in your account."
    remedy = "List the reclamations of the account; the id is not that of the instance."


class ReclamationActionUnknown(KyokError):
    """A reclamation can be restored or reclaimed, nothing else."""

    summary = "A reclamation takes the actions restore and reclaim only."
    remedy = "POST to /v1/reclamations/{id}/actions/restore or .../reclaim."


class CatalogEntryNotFound(KyokError):
    """The catalog has no such entry."""

    summary = "The catalog has no entry with this id."
    remedy = "List the catalog at /api/v1."


class FilterInvalid(KyokError):
    """A query parameter of a list has a value that it cannot have."""

    summary = "A query parameter is not valid."
    remedy = "Correct the query parameter."
