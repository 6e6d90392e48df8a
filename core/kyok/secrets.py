"""Secrets in memory, and where the sealing secret of a home comes from.

`Secret` holds what must never be printed, stored or compared by accident. `open_sealing_key` gives the key under
which everything secret of a home is sealed (DESIGN.md 5 "Sealing secret"). This module imports nothing heavy: the
console uses it before its first frame.

What wiping is worth (reference hsm.md 3.8): best effort against casual reads of memory; no barrier against root or a
debugger. Immutable `bytes` and `str` cannot be wiped, so material lives in a `bytearray`.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, TracebackType
from typing import TYPE_CHECKING, Any, NoReturn

from kyok.domain.translation import tr
from kyok.errors import KyokError

if TYPE_CHECKING:
    from kyok.paths import Home
    from kyok.sealing.key import SealingKey
    from kyok.sealing.keyring_store import KeyringStore

PASSPHRASE_FILE_VARIABLE = "KYOK_PASSPHRASE_FILE"  # noqa: S105 - names a variable
_ZERO_KEY = bytes(32)
_API_KEY = "api-key-"
LONGEST_PASSPHRASE = 4096
"""Bytes read from a descriptor or file; more is refused."""


class PassphraseUnreadable(KyokError):
    """The descriptor or file that should hold the passphrase cannot be read, or holds none."""

    summary = "The passphrase cannot be read."
    remedy = "Check --passphrase-fd or the file that KYOK_PASSPHRASE_FILE names: it holds the passphrase only."


class ApiKeyNotKept(KyokError):
    """The operating system has no keyring to trust with an API key, or the keyring fails."""

    summary = "The API key cannot be kept in the operating system's keyring."
    remedy = "Log in so that the keyring is unlocked, or let the console ask for the API key at each start."


def wipe(buffer: bytearray) -> None:
    """Overwrites a buffer in place with zeros."""
    size = len(buffer)
    buffer[:] = _ZERO_KEY if size == 32 else bytes(size)


class Secret:
    """Holds secret bytes. Its text form is `<secret>`; it refuses to be pickled, copied, hashed or compared by `==`.

    A `bytearray` that is handed in belongs to the secret from then on (it is wiped with it); `bytes` and `str` are
    copied, and their own copy stays with whoever made it.
    """

    __slots__ = ("_value",)

    def __init__(self, value: bytearray | bytes | memoryview | str) -> None:
        if isinstance(value, str):
            value = value.encode()
        self._value = value if isinstance(value, bytearray) else bytearray(value)

    @contextmanager
    def use(self) -> Iterator[bytearray]:
        """Lends the bytes themselves, no copy; the secret keeps them afterwards."""
        yield self._value

    def __enter__(self) -> bytearray:
        """Lends the bytes themselves; they are wiped when the block ends."""
        return self._value

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wipe()

    def wipe(self) -> None:
        """Overwrites the bytes with zeros and forgets their number."""
        wipe(self._value)
        self._value = bytearray()

    def copy(self) -> "Secret":
        """A second secret with bytes of its own."""
        return Secret(bytearray(self._value))

    def text(self) -> str:
        """The secret as text, for the moment it has to be sent. That copy cannot be wiped."""
        return self._value.decode()

    def matches(self, other: "Secret | bytes | bytearray") -> bool:
        """Whether both hold the same bytes, in a time that does not depend on them."""
        import hmac  # the library behind it takes 3 ms to load, and the console's first frame compares nothing

        return hmac.compare_digest(self._value, other._value if isinstance(other, Secret) else other)

    def __len__(self) -> int:
        return len(self._value)

    def __repr__(self) -> str:
        return "<secret>"

    def __eq__(self, other: object) -> bool:
        raise TypeError("secrets are compared with matches()")

    def __hash__(self) -> int:
        raise TypeError("a secret has no hash")

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError("a secret cannot be pickled or copied; copy() makes a second one")


def read_passphrase(descriptor: int | None = None) -> Secret | None:
    """The passphrase from a file descriptor, else from the file that KYOK_PASSPHRASE_FILE names, else None.

    One line end after it is dropped. The descriptor is closed.

    Raises:
        PassphraseUnreadable: nothing can be read there.
    """
    if descriptor is not None:
        return _passphrase(descriptor, tr("descriptor {descriptor}", descriptor=descriptor))
    named = os.environ.get(PASSPHRASE_FILE_VARIABLE)
    if not named:
        return None
    try:
        opened = os.open(Path(named), os.O_RDONLY)
    except OSError as error:
        raise PassphraseUnreadable(
            tr("The passphrase file cannot be read: {strerror}.", strerror=error.strerror)
        ) from error
    return _passphrase(opened, tr("the passphrase file"))


def _passphrase(descriptor: int, source: str) -> Secret:
    value = bytearray()
    try:
        while len(value) <= LONGEST_PASSPHRASE:
            part = os.read(descriptor, LONGEST_PASSPHRASE + 1 - len(value))
            if not part:
                break
            value += part
        os.close(descriptor)
    except OSError as error:
        wipe(value)
        raise PassphraseUnreadable(
            tr("The passphrase cannot be read from {source}: {reason}.", source=source, reason=error.strerror)
        ) from error
    for line_end in (b"\n", b"\r"):
        if value.endswith(line_end):
            del value[-1]
    if not value or len(value) > LONGEST_PASSPHRASE:
        problem = tr("is longer than 4096 bytes") if value else tr("is empty")
        wipe(value)
        raise PassphraseUnreadable(tr("The passphrase from {source} {problem}.", source=source, problem=problem))
    return Secret(value)


def open_sealing_key(
    home: "Home",
    passphrase: Secret | None = None,
    insecure_demo: bool = False,
    keyring_module: ModuleType | Any = None,
) -> "SealingKey":
    """The sealing key of a home; a new home gets one. The caller holds the home's lock.

    What was chosen explicitly goes first: `insecure_demo`, then a passphrase (given, or in the file that
    KYOK_PASSPHRASE_FILE names); with neither, the operating system's keyring. A home remembers what sealed it.

    Raises:
        NoSealingSecret: there is neither a usable keyring nor a passphrase.
        SealingMismatch: the home is sealed by something else than what was given.
        WrongPassphrase: see there; `TooManyAttempts`: wait first.
        PassphraseTooShort: a new home needs twelve characters.
        SealDamaged: a file of the seal is missing or changed.
    """
    from kyok.sealing.opening import open_home

    return open_home(home, passphrase, insecure_demo=insecure_demo, keyring_module=keyring_module)


def keep_api_key(profile_id: str, api_key: Secret, keyring_module: ModuleType | Any = None) -> None:
    """Keeps the API key of a profile in the operating system's keyring, and nowhere else. Raises `ApiKeyNotKept`."""
    with _keyring(keyring_module) as keyring, api_key.use() as key:
        keyring.put(_API_KEY + profile_id, key)


def kept_api_key(profile_id: str, keyring_module: ModuleType | Any = None) -> Secret | None:
    """The API key that was kept for a profile, None when there is none. Raises `ApiKeyNotKept`."""
    with _keyring(keyring_module) as keyring:
        kept = keyring.get(_API_KEY + profile_id)
    return Secret(kept) if kept is not None else None


def forget_api_key(profile_id: str, keyring_module: ModuleType | Any = None) -> None:
    """Takes the API key of a profile out of the keyring. Raises `ApiKeyNotKept`."""
    with _keyring(keyring_module) as keyring:
        keyring.forget(_API_KEY + profile_id)


@contextmanager
def _keyring(keyring_module: ModuleType | Any) -> "Iterator[KeyringStore]":
    from kyok.sealing.errors import KeyringRefused
    from kyok.sealing.keyring_store import usable_keyring

    try:
        yield usable_keyring(keyring_module)
    except KeyringRefused as refused:
        raise ApiKeyNotKept(refused.summary) from refused


def probe_keyring(keyring_module: ModuleType | Any = None) -> str | None:
    """Why the operating system's keyring cannot keep the sealing key, as a sentence's start; None when it can."""
    from kyok.sealing.errors import KeyringRefused
    from kyok.sealing.keyring_store import usable_keyring

    try:
        usable_keyring(keyring_module)
    except KeyringRefused as refused:
        return refused.summary.rstrip(".")
    return None
