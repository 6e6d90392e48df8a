"""What the HSM refuses, each kind a class of its own; the wire layer knows what each becomes."""

from kyok.errors import KyokError


class HsmError(KyokError):
    """Anything that the HSM refuses or cannot do."""

    summary = "The HSM refused."


# The module as a whole -----------------------------------------------------------------------------------------------


class HsmLocked(HsmError):
    """The HSM was not unlocked, or was locked again."""

    summary = "The HSM is locked."
    remedy = "Unlock it with the sealing secret of the data folder."


class HsmFailed(HsmError):
    """A self-test failed. The state is latched: only a restart whose tests pass leaves it."""

    summary = "The HSM stopped: its self-test failed."
    remedy = "Restart. If that does not help, the installed cryptography library is broken: install it again."


# One HSM -------------------------------------------------------------------------------------------------------------


class HsmUnknown(HsmError):
    """There is no HSM with this id."""

    summary = "There is no such HSM."
    remedy = "Check the id of the service instance."


class HsmExists(HsmError):
    """There is an HSM with this id already."""

    summary = "There is an HSM with this id already."
    remedy = "Use the one that exists, or remove it first."


class HsmNotInitialised(HsmError):
    """No crypto unit holds a current master key: EP11 answers CKR_IBM_WK_NOT_INITIALIZED (hsm.md 1.8)."""

    summary = "The crypto units are not initialized: no master key is loaded (CKR_IBM_WK_NOT_INITIALIZED)."
    remedy = "Initialize the crypto units of the instance first."


class HsmUnavailable(HsmError):
    """Not one crypto unit can serve: their files are missing, changed or rolled back."""

    summary = "No crypto unit of this instance can serve."
    remedy = "Look at the crypto units; restore the data folder from a backup made as a whole."


class HsmStorageFailed(HsmError):
    """The disk did not take a change."""

    summary = "The HSM could not store the change."
    remedy = "Make room on the disk and see that the data folder can be written, then try again."


# Administration ------------------------------------------------------------------------------------------------------


class NotInImprintMode(HsmError):
    """The units are initialised, at least in part: they must be zeroised before they can be initialised anew."""

    summary = "The crypto units are not in imprint mode."
    remedy = "Zeroize all crypto units first. That makes every key of the instance useless."


class ImprintModeOnly(NotInImprintMode):
    """The unit has left imprint mode; there, the command needs signatures."""


class InImprintMode(HsmError):
    """The command is not allowed in imprint mode (EP11 reason 179)."""

    summary = "The crypto unit is in imprint mode."
    remedy = "Add administrators and set the thresholds first."


class ThresholdsRefused(HsmError):
    """Thresholds are 1 to 8 and never above the number of administrators."""

    summary = "The signature thresholds do not fit."
    remedy = "Choose 1 to 8, and not more than there are administrators."


class AdministratorsRefused(HsmError):
    """One to eight administrators, each with a name of its own of at most 30 characters."""

    summary = "The administrators do not fit."
    remedy = "Name 1 to 8 administrators; each name is unique and has 1 to 30 characters."


class RegisterRefused(HsmError):
    """A master key register is not in the state that the command needs."""

    summary = "The master key register is not in the state that this needs."
    remedy = "Load, commit and activate a master key in this order."


class EpochRefused(HsmError):
    """The change of the storage epoch was not begun, or the epoch is unknown."""

    summary = "There is no such storage epoch."
    remedy = "Begin the change of the storage epoch first."


# Keys ----------------------------------------------------------------------------------------------------------------


class BlobCorrupt(HsmError):
    """The key blob was changed, cut short, or stands in the row of another key or version."""

    summary = "The stored key is damaged."
    remedy = "Restore the data folder from a backup made as a whole."


class BlobShredded(BlobCorrupt):
    """The key blob is under a storage key that was destroyed."""

    summary = "The stored key is shredded: the storage key it was sealed under is destroyed."
    remedy = "Nothing opens it again. A key that was imported can be imported again."


class BlobForeignMasterKey(HsmError):
    """The key blob belongs to another master key than the one that is loaded."""

    summary = "The stored key belongs to another master key than the one that is loaded."
    remedy = "Load the master key under which the key was made."


class KeyKindRefused(HsmError):
    """A root key is not revealed; a standard key does not wrap."""

    summary = "The key cannot be used for this."
    remedy = "Root keys wrap and unwrap and never leave the HSM; only the material of a standard key can be read."


class MaterialRefused(HsmError):
    """Root keys have 16, 24 or 32 bytes, standard keys 1 to 7500."""

    summary = "The key material has a length that cannot be used."
    remedy = "Give 16, 24 or 32 bytes for a root key, 1 to 7500 bytes for a standard key."


class TransportRefused(HsmError):
    """Material, encrypted nonce and IV of an import do not belong together; nobody learns which of them is wrong."""

    summary = "The encrypted key material cannot be opened with the import token."
    remedy = "Encrypt material and nonce again, with the algorithms that the service documents."


class NonceWrong(HsmError):
    """The nonce is not that of the token."""

    summary = "The nonce is not that of the import token."
    remedy = "Retrieve the import token again and encrypt its nonce."


class UnwrapFailed(HsmError):
    """Wrong key, wrong additional data, changed or malformed ciphertext: nobody is told which."""

    summary = "The ciphertext cannot be unwrapped with this key."
    remedy = "Check the ciphertext, the additional authenticated data (with their order) and the key."
