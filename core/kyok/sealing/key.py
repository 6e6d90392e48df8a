"""The sealing key itself: 32 random bytes that never leave this object but as subkeys."""

from kyok.aead import KEY_BYTES, derived
from kyok.sealed import pack, unpack
from kyok.secrets import Secret, wipe

KEYRING = "keyring"
PASSPHRASE = "passphrase"  # noqa: S105 - a provider's name
INSECURE_DEMO = "insecure-demo"
PROVIDERS = (KEYRING, PASSPHRASE, INSECURE_DEMO)

_INFO = b"kyok sealing key v1\0"
_CHECK = b"check value"
_FILE = b"file\0"


class SealingKey:
    """The key of one home, with the name of what keeps it (`keyring`, `passphrase` or `insecure-demo`).

    Everything that is sealed is sealed under a subkey with a label of its own.
    """

    def __init__(self, provider: str, key: bytearray) -> None:
        if provider not in PROVIDERS or len(key) != KEY_BYTES:
            raise ValueError("a sealing key has 32 bytes and one of three providers")
        self.provider = provider
        self._key = Secret(key)

    def __repr__(self) -> str:
        return f"SealingKey({self.provider!r}, <secret>)"

    @property
    def insecure(self) -> bool:
        """Whether the secret lies beside the data, so that sealing protects nothing: a red banner says so."""
        return self.provider == INSECURE_DEMO

    def derive(self, label: bytes) -> bytearray:
        """The 32-byte subkey for a purpose; the caller wipes it.

        Raises:
            ValueError: the key was wiped.
        """
        if not len(self._key):
            raise ValueError("the sealing key is wiped")
        with self._key.use() as key:
            return derived(key, _INFO + label)

    def check_value(self) -> str:
        """Tells two sealing keys apart without telling the key."""
        return self.derive(_CHECK)[:8].hex()

    def seal_bytes(self, label: bytes, plaintext: bytes | bytearray, aad: bytes = b"") -> bytes:
        """The content of a small sealed file; `label` names its purpose, `aad` what else it is bound to."""
        key = self.derive(_FILE + label)
        try:
            return pack(key, plaintext, aad)
        finally:
            wipe(key)

    def open_bytes(self, label: bytes, sealed: bytes, aad: bytes = b"") -> bytearray:
        """What `seal_bytes` sealed under the same label and AAD; the caller wipes it.

        Raises:
            kyok.sealed.SealedFileError: it does not open.
        """
        key = self.derive(_FILE + label)
        try:
            return unpack(key, sealed, aad).body
        finally:
            wipe(key)

    def wipe(self) -> None:
        """Forgets the key; nothing can be sealed or opened with this object any more."""
        self._key.wipe()
