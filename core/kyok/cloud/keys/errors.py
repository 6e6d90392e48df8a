"""What the key management service refuses, and why (reference/kms-api.md 1.6).

Attributes that the error body and the activity log take from an error: `operation` (what could not be done), `detail`
(a phrase before it), `target` and `target_kind` (a field, a query parameter or a header), `plain` (the whole message,
for failures of the HSM, which carry no reasons), `activity`, `target_crn`, `target_name`, `instance`, `request_data`.
"""

from kyok.errors import KyokError

FIELD = "field"
QUERY = "query_param"
HEADER = "header"


class KeysError(KyokError):
    """Base of all refusals of this service."""

    operation: str = ""
    detail: str = ""
    target: str = ""
    target_kind: str = FIELD
    plain: str = ""


# Who may -------------------------------------------------------------------------------------------------------------


class AccessDenied(KeysError):
    """No permission, or an instance that is unknown, of another account or no key service: nobody learns which."""

    summary = "The user does not have access to the specified resource"
    remedy = "Check the id of the instance, and ask an administrator of the account for a role on it."


class ServiceOnly(KeysError):
    """Registrations and acknowledgments are made by services, not by users."""

    summary = "Only a service can do this."
    remedy = "Registrations are made by the service whose resource the key protects."


class ResourceOwner(KeysError):
    """A service asks for what is not its own."""

    summary = "A service cannot do this to a resource that it does not own."
    remedy = "Ask the owner of the resource."


class InstanceGone(KeysError):
    """The instance exists, but is not active: it waits for its reclamation, or was removed."""

    summary = "The service instance is deleted."
    remedy = "Restore the instance from its reclamation first, while that is possible."


# Requests ------------------------------------------------------------------------------------------------------------


class BadBody(KeysError):
    """The body does not have the form that the operation takes."""

    summary = "The request body does not have the right form."
    remedy = "Send the body that the API reference shows for this operation."


class NoBody(KeysError):
    """Unwrap and rewrap need a body."""

    summary = "The request body is missing."
    remedy = "Send a JSON object with the ciphertext."


class CollectionTotalMismatch(KeysError):
    """`metadata.collectionTotal` is not the number of resources."""

    summary = "collectionTotal in the metadata is not the number of resources."
    remedy = "Correct metadata.collectionTotal."


class InvalidField(KeysError):
    """A member of the body, or a header, breaks its rule; `target` names it."""

    summary = "A field of the request is not valid."
    remedy = "Correct the field that is named."


class InvalidQuery(KeysError):
    """A query parameter has a value that it cannot have."""

    summary = "A query parameter is not valid."
    remedy = "Correct the query parameter that is named."
    target_kind = QUERY


class SearchTooBroad(KeysError):
    """A search looks at 5000 keys at most."""

    summary = "The search covers more than 5000 keys."
    remedy = "Narrow it down by state or type, or look the key up by its ID or alias."
    target = "search"
    target_kind = QUERY


# Keys ----------------------------------------------------------------------------------------------------------------


class KeyNotFound(KeysError):
    """No key has this id or alias, or it was purged."""

    summary = "The key does not exist."
    remedy = "Check the ID or alias. A purged key cannot be found any more."


class KeyRingNotFound(KeysError):
    """The key ring does not exist."""

    summary = "The key ring does not exist."
    remedy = "Use one of the key rings of the instance, or create it first."


class KeyRingNotUnique(KeysError):
    """There is a key ring with this id already."""

    summary = "There is a key ring with this ID already."
    remedy = "Choose another ID."


class KeyRingQuota(KeysError):
    """An instance has at most 50 key rings beside `default`."""

    summary = "The instance has 50 key rings already."
    remedy = "Delete one first."


class KeyRingNotEmpty(KeysError):
    """The key ring holds keys; destroyed ones count until they are purged."""

    summary = "The key ring holds keys. Destroyed keys count, too."
    remedy = "Move the keys to another ring; destroyed ones go to “default” when the deletion is forced."


class KeyRingKeysNotDeleted(KeysError):
    """A forced deletion of a key ring moves destroyed keys only."""

    summary = "The key ring holds keys that are not deleted."
    remedy = "Move them to another ring, or delete them first."


class RootKeyRequired(KeysError):
    """Only root keys do this."""

    summary = "This needs a root key, and the key is a standard key."
    remedy = "Use a root key."


class ActionInvalidState(KeysError):
    """The state of the key does not allow the action."""

    summary = "The state of the key does not allow this."
    remedy = "Look at the state of the key first."


class KeyDeleted(KeysError):
    """The key is deleted."""

    summary = "The key is deleted."
    remedy = "Restore it first: that is possible for 30 days after its deletion."


class TooEarly(KeysError):
    """The waiting time is not over."""

    summary = "It is too early for this."
    remedy = "Wait and try again."


class RotationNotPermitted(KeysError):
    """A key can be rotated once an hour (a setting, off in training)."""

    summary = "A key can be rotated once an hour."
    remedy = "Wait until an hour has passed since the last rotation."


class PayloadRequired(KeysError):
    """An imported key is rotated with new material."""

    summary = "The key was imported, so its rotation needs new key material."
    remedy = "Send the new material, base64-encoded, as payload."
    target = "payload"


class PayloadNotAllowed(InvalidQuery):
    """A generated key is rotated without material."""

    summary = "Key material can be provided only if the key is imported."
    remedy = "Rotate the key without payload."
    target = "payload"
    target_kind = FIELD


class RestoreExpired(KeysError):
    """More than 30 days have passed since the deletion."""

    summary = "The key was deleted more than 30 days ago and cannot be restored."
    remedy = "Create another key."


class KeyExpired(KeysError):
    """The expiration date of the key has passed."""

    summary = "The key has expired and cannot be restored."
    remedy = "Create another key."


class AliasNotUnique(KeysError):
    """Another key of the instance has the alias."""

    summary = "The alias belongs to a key of this instance already."
    remedy = "Choose another alias."


class AliasQuota(KeysError):
    """Five aliases a key, 1000 an instance."""

    summary = "There are too many aliases."
    remedy = "A key has at most 5 aliases, an instance 1000. Delete one first."


class AliasNotFound(KeysError):
    """The key has no such alias."""

    summary = "The key has no such alias."
    remedy = "Look at the aliases of the key."


class ProtectedResource(KeysError):
    """Resources are encrypted under the key."""

    summary = "The key protects resources."
    remedy = "Delete those first, or force the deletion: their data can then not be read any more."


class PreventsDeletion(KeysError):
    """A resource with a retention policy is encrypted under the key."""

    summary = "The key protects a resource that has a retention policy."
    remedy = "It cannot be deleted, not even by force, while that resource exists."


# Registrations -------------------------------------------------------------------------------------------------------


class RegistrationExists(KeysError):
    """The resource is registered to this key already."""

    summary = "The resource is registered to this key already."
    remedy = "Change the existing registration."


class RegistrationNotFound(KeysError):
    """The resource is not registered to this key."""

    summary = "The resource is not registered to this key."
    remedy = "Register it first."


class RegistrationChanged(KeysError):
    """If-Match names another state of the registration."""

    summary = "The registration was changed since it was read."
    remedy = "Read it again and send its ETag in If-Match."


class RegistrationNeedsActiveKey(KeysError):
    """Resources are registered to active keys only."""

    summary = "A resource can be registered to an active key only."
    remedy = "Look at the state of the key first."


class RegistrationNeedsRootKey(KeysError):
    """Resources are registered to root keys only."""

    summary = "A resource can be registered to a root key only."
    remedy = "Use a root key."


class VersionNotNewer(KeysError):
    """A registration moves to newer versions of the key only."""

    summary = "The key version is not newer than the registered one, or not a version of this key."
    remedy = "Send the ID of a newer version of the key."
    target = "keyVersionId"


# The HSM -------------------------------------------------------------------------------------------------------------


class MasterKeyMissing(KeysError):
    """The crypto units hold no master key (CKR_IBM_WK_NOT_INITIALIZED)."""

    summary = "The crypto units are not initialized."
    remedy = "Initialize the crypto units of the instance first."


class MasterKeyForeign(KeysError):
    """The key was made under another master key than the one in the crypto units."""

    summary = "The key belongs to another master key than the one in the crypto units."
    remedy = "Load the master key under which the key was made."


class KeyDamaged(KeysError):
    """What is stored of the key does not open."""

    summary = "The stored key is damaged."
    remedy = "Restore the data folder from a copy that was made as a whole."


class CiphertextRefused(KeysError):
    """Wrong key, wrong additional data or a changed ciphertext: nobody learns which."""

    summary = "The ciphertext cannot be unwrapped with this key."
    remedy = "Check that ciphertext, additional authentication data (with their order) and key belong together."
    target = "ciphertext"


class HsmUnreachable(KeysError):
    """The HSM is cut off (a fault that somebody started), or none of its units can serve."""

    summary = "The HSM of the instance cannot be reached."
    remedy = "Wait until it is back."


# Crypto units --------------------------------------------------------------------------------------------------------


class NoCryptoUnits(KeysError):
    """The instance has no crypto units of its own."""

    summary = "This instance has no crypto units of its own."
    remedy = "Only Hyper Protect Crypto Services instances have them."


class UnknownField(KeysError):
    """A member of a private request that nobody knows."""

    summary = "The request has a member that is not known here."
    remedy = "Leave it out."


class AlreadyInitialised(KeysError):
    """Initialising needs every unit in imprint mode."""

    summary = "The crypto units are initialized already."
    remedy = "A new master key would make every key of the instance useless, so it is not replaced."


class BadCeremony(KeysError):
    """Administrators and thresholds do not fit."""

    summary = "Administrators and signature thresholds do not fit."
    remedy = "Name 1 to 8 administrators, and choose thresholds of 1 to 8, none above their number."
