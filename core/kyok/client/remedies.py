"""What to do about the error codes of the APIs, in plain words. Codes: kms-api.md 1.6, iam-and-resources.md 4.5."""

from __future__ import annotations

from kyok.domain.key_rules import WK_NOT_INITIALIZED
from kyok.domain.translation import noted, tr

_KNOWN: dict[str, tuple[str, str]] = {
    # code: (summary instead of the API's own, or empty to keep it; remedy)
    "UNAUTHORIZED_ERR": (
        noted("You are not allowed to do this here."),
        noted("Ask an administrator of the account for a role that contains this action."),
    ),
    "BEARER_SUB_EXTRACTION_ERR": (noted("The access token cannot be read."), noted("Sign in again.")),
    "invalid_token": (noted("The access token is missing or has expired."), noted("Sign in again.")),
    "insufficent_permissions": (
        noted("You are not allowed to do this here."),
        noted("Only an Administrator of the target can do it; ask one."),
    ),
    "BXNIM0415E": (noted("The API key was not found."), noted("Check the API key, or create a new one.")),
    "policy_conflict_error": (
        noted("There is already an authorization for this source and target."),
        noted("Use the existing one; to change its role, remove it and create it again."),
    ),
    "policy_not_found": (noted("This authorization does not exist any more."), noted("Reload the list.")),
    "KEY_NOT_FOUND_ERR": (noted("This key does not exist, or it has been purged."), noted("Reload the list of keys.")),
    "KEY_DELETED_ERR": (
        noted("This key is deleted."),
        noted("Restore it first; that is possible for 30 days after its deletion."),
    ),
    "KEY_ACTION_INVALID_STATE_ERR": ("", noted("Reload the key: its state allows other actions now.")),
    "KEY_ROOT_REQ_ERR": (noted("Only root keys can do this."), noted("Choose a root key.")),
    "KEY_PAYLOAD_REQ_ERR": (
        noted("An imported key needs new key material to rotate."),
        noted("Give the new material as base64."),
    ),
    "KEY_RESTORE_EXPIRED": (
        noted("The key was deleted more than 30 days ago."),
        noted("It can no longer be restored; restore a backup into a new instance instead."),
    ),
    "KEY_EXPIRED_ERR": (noted("The key has expired and cannot come back."), noted("Use another key.")),
    "KEY_SEARCH_TOO_BROAD": (
        noted("The search covers too many keys."),
        noted("Search for the full ID, or narrow the filter."),
    ),
    "PROTECTED_RESOURCE_ERR": (
        noted("The key protects resources and was not deleted."),
        noted("Confirm that their data may become unreadable, then delete it by force."),
    ),
    "PREV_KEY_DEL_ERR": (
        noted("A resource with a retention policy uses the key: it cannot be deleted."),
        noted("Wait until the retention period of that resource is over."),
    ),
    "AUTHORIZATIONS_NOT_MET": (
        noted("A second person must approve the deletion of this key."),
        noted("Let another Manager delete it."),
    ),
    "INCORRECT_NONCE_IV_ERR": ("", noted("Encrypt material and nonce again, and try once more.")),
    "NOT_DUAL_AUTH_ERR": (noted("One person can delete this key."), noted("Delete it right away.")),
    "KEY_CREATE_IMPORT_ACCESS_ERR": ("", noted("Ask a Manager of the instance to change its policy.")),
    "REQ_TOO_EARLY_ERR": ("", noted("Wait until the time named, then try again.")),
    "KEY_ROTATION_NOT_PERMITTED": (noted("A key can be rotated once an hour."), noted("Try again later.")),
    "UNPROCESSABLE_CIPHERTEXT_ERR": (
        noted("This cannot be unwrapped with that key."),
        noted("Use the key and the additional data with which it was wrapped."),
    ),
    "KEY_ALIAS_NOT_UNIQUE_ERR": (noted("The alias is taken in this instance."), noted("Choose another alias.")),
    "IMPORT_TOKEN_EXPIRED_ERR": (
        noted("The import token is used up or has expired."),
        noted("Try again: a new one is made."),
    ),
    "INCORRECT_NONCE_ERR": (
        noted("Somebody else made an import token meanwhile, so this one does not hold any more."),
        noted("Try again: a new one is made."),
    ),
    "KEY_RING_NOT_FOUND_ERR": (
        noted("This key ring does not exist."),
        noted("Choose one of the key rings of the instance."),
    ),
    "KEY_RING_NOT_UNIQUE_ERR": (noted("There is a key ring with this ID already."), noted("Choose another ID.")),
    "KEY_RING_QUOTA_ERR": (noted("The instance has 50 key rings already."), noted("Delete one first.")),
    "KEY_RING_NOT_EMPTY_ERR": (
        noted("The key ring holds keys. Destroyed keys count, too."),
        noted("Move its keys to another ring; destroyed ones go to “default” when you force the deletion."),
    ),
    "KEY_RING_KEYS_NOT_DELETED_ERR": ("", noted("Move them to another ring, or delete them first.")),
    "INVALID_FIELD_ERR": ("", noted("Correct the value and try again.")),
    "BAD_BODY_ERR": ("", noted("Check the values and try again.")),
    "CONFIG_RULE_CONFLICT_ERR": (
        noted("A network or configuration rule of the instance forbids this."),
        noted("Use the network that the instance allows."),
    ),
    WK_NOT_INITIALIZED: (
        noted("The crypto units of this instance are not initialized."),
        noted("Initialize them on the Crypto units page, then try again."),
    ),
    "NOT_EMULATED_ERR": ("", noted("See the list of emulated operations in the documentation.")),
}

_BY_STATUS: dict[int, str] = {
    400: noted("Correct the values and try again."),
    401: noted("Ask an administrator of the account for a role that contains this action."),
    403: noted("Ask an administrator of the account for a role that contains this action."),
    404: noted("It may have been removed meanwhile: reload the page."),
    409: noted("Something changed meanwhile: reload the page and try again."),
    410: noted("It is gone: reload the page."),
    412: noted("Somebody changed it meanwhile: reload the page and try again."),
    413: noted("Send less at once."),
    422: noted("Correct the values and try again."),
    429: noted("The cloud is busy: wait a little, then try again."),
    501: noted("The emulated cloud does not offer this yet."),
}


def known(code: str) -> tuple[str, str]:
    """Our summary (empty: keep the API's) and remedy for a code; empty texts for one that is not known."""
    noted_summary, noted_remedy = _KNOWN.get(code, ("", ""))
    return tr(noted_summary), tr(noted_remedy)


def remedy_for_status(status: int) -> str:
    """What to do when only the HTTP status is known."""
    if status >= 500 and status not in _BY_STATUS:
        return tr("Try again in a moment; if it goes on, look into the log of the cloud.")
    return tr(_BY_STATUS[status]) if status in _BY_STATUS else tr("Try again.")
