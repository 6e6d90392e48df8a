"""What is refused about import tokens (reference/kms-api.md 1.6 and 3.2)."""

from kyok.cloud.keys.errors import KeysError


class ImportTokenNotFound(KeysError):
    """The instance has no import token."""

    summary = "The instance has no import token."
    remedy = "Create one first."


class ImportTokenExpired(KeysError):
    """The token's time is over, or it was retrieved as often as it may be."""

    summary = "The import token has expired."
    remedy = "Create another one, and encrypt the key material for it."


class IncorrectNonceIv(KeysError):
    """Material, nonce and IV do not belong together, or the material cannot be decrypted: nobody learns which."""

    summary = "The nonce was not encrypted with the given key material, or the IV does not match."
    remedy = "Encrypt the nonce with the key material, and the key material for the import token."
    target = "encryptedNonce"


class IncorrectNonce(KeysError):
    """The nonce is that of another token."""

    summary = "The nonce does not match the current import token."
    remedy = "Retrieve the import token again, and encrypt its nonce."
    target = "encryptedNonce"
