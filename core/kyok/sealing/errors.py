"""What can be wrong with the sealing secret of a home."""

from kyok.errors import KyokError


class SealingError(KyokError):
    """Anything that keeps a home sealed."""


class NoSealingSecret(SealingError):
    """There is no keyring to trust and no passphrase was given."""

    summary = "There is no place to keep the secret that seals the data folder."
    remedy = (
        "Give a passphrase with --passphrase-fd N, or in a file that KYOK_PASSPHRASE_FILE names; "
        "to try things out without protection, use --insecure-demo."
    )


class SealingMismatch(SealingError):
    """The home is sealed by something else than what was given."""

    summary = "The data folder is sealed in another way."
    remedy = "Start as the data folder was made, or choose another folder with --home."


class WrongPassphrase(SealingError):
    """The passphrase does not open the seal."""

    summary = "The passphrase is wrong."
    remedy = "Try again; each wrong one makes the next wait longer. Nobody can recover a lost passphrase."
    attempts: int = 0
    wait_seconds: int = 0


class TooManyAttempts(SealingError):
    """Wrong passphrases came before; the next may be tried only later."""

    summary = "Too many wrong passphrases: wait before the next one."
    remedy = "Wait, then try again. Nothing was lost."
    wait_seconds: int = 0


class PassphraseTooShort(SealingError):
    """A new passphrase has fewer than twelve characters."""

    summary = "The passphrase is too short."
    remedy = "Use at least 12 characters; several words are best."


class SealDamaged(SealingError):
    """A file of the seal is missing, changed or of a newer version."""

    summary = "The seal of the data folder is damaged."
    remedy = "Restore the data folder from a backup made as a whole, or start over with `kyok reset`."


class KeyringRefused(SealingError):
    """The operating system's keyring cannot keep the sealing key."""

    summary = "The operating system's keyring cannot be used."
    remedy = NoSealingSecret.remedy
