"""Calls of the HSM, with its refusals in the words of the key management API."""

from typing import Any, TypeVar

from kyok.cloud.keys import errors
from kyok.cloud.keys.import_errors import IncorrectNonce, IncorrectNonceIv
from kyok.cloud.keys.instances import KeyInstance
from kyok.hsm import GenerateKey, Hsm, MakeImportToken
from kyok.hsm import errors as hsm_errors
from kyok.hsm.operations import Operation

R = TypeVar("R")


def run(hsm: Hsm, instance: KeyInstance, operation: Operation[R]) -> R:
    """The result of one operation in the HSM of the instance.

    Raises:
        KeysError: MasterKeyMissing, MasterKeyForeign, KeyDamaged, CiphertextRefused, RootKeyRequired, InvalidField
            or HsmUnreachable.
    """
    try:
        return hsm.run(instance.hsm, operation)
    except hsm_errors.HsmError as error:
        raise translated(error, operation) from None


def translated(error: hsm_errors.HsmError, operation: Operation[Any]) -> errors.KeysError:
    """The refusal of this service that a refusal of the HSM becomes."""
    generating = isinstance(operation, GenerateKey | MakeImportToken)
    call = "m_GenerateKey" if generating else "m_UnwrapKey"
    if isinstance(error, hsm_errors.UnwrapFailed):
        return errors.CiphertextRefused()
    if isinstance(error, hsm_errors.HsmNotInitialised):
        return errors.MasterKeyMissing(plain=_rpc("CKR_IBM_WK_NOT_INITIALIZED", call))
    if isinstance(error, hsm_errors.BlobForeignMasterKey):
        return errors.MasterKeyForeign(plain=_rpc("CKR_IBM_WKID_MISMATCH", call))
    if isinstance(error, hsm_errors.BlobCorrupt):
        return errors.KeyDamaged()
    if isinstance(error, hsm_errors.KeyKindRefused):
        return errors.RootKeyRequired()
    if isinstance(error, hsm_errors.TransportRefused):
        return IncorrectNonceIv()
    if isinstance(error, hsm_errors.NonceWrong):
        return IncorrectNonce()
    if isinstance(error, hsm_errors.MaterialRefused):
        return errors.InvalidField(error.summary, error.remedy, target="payload")
    return errors.HsmUnreachable(error.summary, error.remedy)


def _rpc(code: str, call: str) -> str:
    """How failures of the crypto units surface (reference/kms-api.md 1.6)."""
    return f"rpc error: code = Unknown desc = CKR error: {code} in {call}"
