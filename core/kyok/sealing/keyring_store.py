"""The operating system's keyring: trusted only when it is a known one and passes a real probe (hsm.md 3.4).

"A backend exists" proves nothing: some keep the value readable in a file, some accept and forget, some wait for a
prompt that nobody sees. Every call has a time limit, in a thread of its own.
"""

import hmac
import importlib
import logging
import os
import queue
import threading
from collections.abc import Callable
from types import ModuleType
from typing import Any

from kyok.sealing.errors import KeyringRefused

log = logging.getLogger(__name__)

SERVICE = "kyok-console"
PROBE_SECONDS = 5.0
USE_SECONDS = 60.0
"""A locked keyring may ask the person; that takes longer than a probe."""
TRUSTED = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }
)
_CHAINER = "keyring.backends.chainer.ChainerBackend"


def usable_keyring(keyring_module: ModuleType | Any = None, seconds: float = PROBE_SECONDS) -> "KeyringStore":
    """The keyring, after it kept and gave back a random value.

    Raises:
        KeyringRefused: it is unknown, fails, lies or does not answer in time.
    """
    module = keyring_module or importlib.import_module("keyring")
    backend = within(seconds, lambda: _trusted_backend(module))
    store = KeyringStore(backend)
    within(seconds, store.probe)
    return store


def within(seconds: float, work: Callable[[], Any]) -> Any:
    """What `work` returns, if it does so in time; it may raise anything.

    Raises:
        KeyringRefused: it failed or takes too long. Then its thread is left alone: nothing can stop it.
    """
    answers: queue.Queue[tuple[Any, BaseException | None]] = queue.Queue()

    def run() -> None:
        try:
            answers.put((work(), None))
        except BaseException as error:  # noqa: BLE001 - it is raised again in the waiting thread
            answers.put((None, error))

    threading.Thread(target=run, name="kyok-keyring", daemon=True).start()
    try:
        result, error = answers.get(timeout=seconds)
    except queue.Empty:
        raise KeyringRefused(f"The operating system's keyring did not answer within {seconds:.0f} seconds.") from None
    if isinstance(error, KeyringRefused):
        raise error
    if error is not None:
        # Only the kind: a foreign error text may quote what it was given.
        log.info("the keyring failed: %s", type(error).__name__)
        raise KeyringRefused(f"The operating system's keyring fails ({type(error).__name__}).")
    return result


def _name(backend: Any) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def _trusted_backend(module: Any) -> Any:
    chosen = module.get_keyring()
    candidates = list(chosen.backends) if _name(chosen) == _CHAINER else [chosen]
    for backend in candidates:
        if _name(backend) in TRUSTED:
            return backend
    raise KeyringRefused("There is no keyring of the operating system that keeps secrets safely.")


class KeyringStore:
    """One trusted backend."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend

    def probe(self) -> None:
        """Sets, reads, compares and deletes a random value.

        Raises:
            KeyringRefused: what came back is not what was set.
        """
        user, value = f"probe-{os.urandom(8).hex()}", os.urandom(16).hex()
        self._backend.set_password(SERVICE, user, value)
        kept = self._backend.get_password(SERVICE, user)
        if not isinstance(kept, str) or not hmac.compare_digest(kept, value):
            raise KeyringRefused("The operating system's keyring accepts a secret and does not give it back.")
        self._backend.delete_password(SERVICE, user)
        if self._backend.get_password(SERVICE, user) is not None:
            raise KeyringRefused("The operating system's keyring does not forget what it is told to forget.")

    def put(self, ident: str, key: bytearray) -> None:
        """Keeps a key and reads it back.

        Raises:
            KeyringRefused: it is not kept.
        """
        within(USE_SECONDS, lambda: self._backend.set_password(SERVICE, ident, key.hex()))
        kept = self.get(ident)
        if kept is None or not hmac.compare_digest(kept, key):
            raise KeyringRefused("The operating system's keyring accepts a secret and does not give it back.")

    def get(self, ident: str) -> bytearray | None:
        """The key that was kept, None when there is none.

        Raises:
            KeyringRefused: the keyring fails, or the entry is no key.
        """
        kept = within(USE_SECONDS, lambda: self._backend.get_password(SERVICE, ident))
        if kept is None:
            return None
        try:
            return bytearray.fromhex(kept)
        except (ValueError, TypeError):
            raise KeyringRefused("The entry in the operating system's keyring is not a sealing key.") from None

    def forget(self, ident: str) -> None:
        """Deletes what was kept, if anything was.

        Raises:
            KeyringRefused: the keyring fails, or keeps it all the same.
        """
        if self.get(ident) is None:
            return
        within(USE_SECONDS, lambda: self._backend.delete_password(SERVICE, ident))
        if self.get(ident) is not None:
            raise KeyringRefused("The operating system's keyring does not forget what it is told to forget.")
