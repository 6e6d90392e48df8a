"""What is refused because of policies, or about them (reference/kms-api.md 1.6, 2.13 and 2.14)."""

from kyok.cloud.keys.errors import ActionInvalidState, KeysError


class PolicyMismatch(KeysError):
    """`?policy=` names another policy than the body holds."""

    summary = "The query parameter policy names another policy than the body."
    remedy = "Send the policy that the query parameter names."


class OnePolicyOnly(KeysError):
    """`?policy=` takes one resource."""

    summary = "The query parameter policy takes a body with one policy."
    remedy = "Send one policy, or leave the query parameter out."


class FeatureRestricted(KeysError):
    """This kind of instance has no such policy."""

    summary = "This instance does not offer this."
    remedy = "Only Key Protect has a policy of allowed addresses."


class NetworkRefused(KeysError):
    """The instance's network policy does not let this request in."""

    summary = "The network policy of the instance does not allow this request."
    remedy = "Use the private endpoint of the instance."


class CreationNotAllowed(KeysError):
    """The policy `keyCreateImportAccess` forbids this kind of key, or material without an import token."""

    summary = "A policy of the instance does not allow this."
    remedy = "Ask a Manager of the instance to change its policy for creating and importing keys."


class NotDualAuth(KeysError):
    """The key can be deleted by one person."""

    summary = "The key has no policy that needs two people for its deletion."
    remedy = "Delete the key right away, or give it the policy first."


class AuthorizationsNotMet(KeysError):
    """Another person has to authorize the deletion first."""

    summary = "1 prior authorization(s) are required for deletion"
    remedy = "Another person sets the key for deletion; then you can delete it within seven days."
    detail = "1 prior authorization(s) are required for deletion"


class DualAuthIsFinal(ActionInvalidState):
    """A key that needs two people for its deletion needs them for ever."""

    summary = "The key needs two people for its deletion, and that cannot be taken back."
    remedy = "Delete the key with two people."
