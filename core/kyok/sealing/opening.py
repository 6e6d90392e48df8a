"""Opens a home's seal, or makes it: the order of the providers, and what a later start must bring."""

import hmac
import os
from typing import Any

from kyok.aead import KEY_BYTES
from kyok.durable import write_private
from kyok.paths import Home
from kyok.sealing import keyring_store, passphrase
from kyok.sealing.attempts import Attempts, back_off
from kyok.sealing.errors import (
    KeyringRefused,
    NoSealingSecret,
    SealDamaged,
    SealingMismatch,
    WrongPassphrase,
)
from kyok.sealing.key import INSECURE_DEMO, KEYRING, PASSPHRASE, SealingKey
from kyok.sealing.record import SealRecord, read_record, write_record
from kyok.secrets import Secret, read_passphrase, wipe

_NEEDED = {
    KEYRING: "Start without a passphrase and without --insecure-demo.",
    PASSPHRASE: "Give the passphrase with --passphrase-fd N or KYOK_PASSPHRASE_FILE, and leave out --insecure-demo.",
    INSECURE_DEMO: "Start with --insecure-demo, and without a passphrase.",
}
_WORDS = {
    KEYRING: "by the operating system's keyring",
    PASSPHRASE: "by a passphrase",
    INSECURE_DEMO: "with the insecure secret of the demo",
}


def open_home(
    home: Home, given: Secret | None, *, insecure_demo: bool = False, keyring_module: Any = None
) -> SealingKey:
    """See `kyok.secrets.open_sealing_key`."""
    if given is None and not insecure_demo:
        given = read_passphrase()
    record = read_record(home)
    if record is None:
        return _made(home, given, insecure_demo=insecure_demo, keyring_module=keyring_module)
    asked = INSECURE_DEMO if insecure_demo else PASSPHRASE if given is not None else KEYRING
    if asked != record.provider:
        raise SealingMismatch(f"The data folder is sealed {_WORDS[record.provider]}.", _NEEDED[record.provider])
    if given is not None and not insecure_demo:
        key = _from_passphrase(home, given)
    elif insecure_demo:
        key = _from_file(home)
    else:
        key = _from_keyring(record, keyring_module)
    return _checked(record, key)


def _checked(record: SealRecord, key: bytearray) -> SealingKey:
    sealing = SealingKey(record.provider, key)
    if not hmac.compare_digest(sealing.check_value(), record.check):
        sealing.wipe()
        raise SealDamaged("The sealing secret is not the one that the data folder was sealed with.")
    return sealing


def _made(home: Home, given: Secret | None, *, insecure_demo: bool, keyring_module: Any) -> SealingKey:
    """Seals a new home. `seal.json` is written last: without it, nothing of the seal counts."""
    home.prepare()
    key = passphrase.new_sealing_key()
    ident = f"home-{os.urandom(8).hex()}"
    if insecure_demo:
        provider = INSECURE_DEMO
        write_private(home.demo_secret, key)
    elif given is not None:
        provider = PASSPHRASE
        passphrase.check_new(given)
        write_private(home.seal, passphrase.sealed_under(given, key, passphrase.best_derivation()))
        _attempts(home).passed()
    else:
        provider = KEYRING
        _put_into_keyring(ident, key, keyring_module)
    sealing = SealingKey(provider, key)
    write_record(home, SealRecord(provider, ident, sealing.check_value()))
    return sealing


def _put_into_keyring(ident: str, key: bytearray, keyring_module: Any) -> None:
    try:
        keyring_store.usable_keyring(keyring_module).put(ident, key)
    except KeyringRefused as refused:
        wipe(key)
        raise NoSealingSecret(
            f"{refused.summary} So there is no place to keep the secret that seals the data folder."
        ) from refused


def _from_keyring(record: SealRecord, keyring_module: Any) -> bytearray:
    try:
        key = keyring_store.usable_keyring(keyring_module).get(record.ident)
    except KeyringRefused as refused:
        raise NoSealingSecret(
            f"The data folder is sealed by the operating system's keyring. {refused.summary}",
            "Log in so that the keyring is unlocked, and start again.",
        ) from refused
    if key is None or len(key) != KEY_BYTES:
        raise SealDamaged("The operating system's keyring no longer holds the secret of this data folder.")
    return key


def _from_file(home: Home) -> bytearray:
    try:
        key = bytearray(home.demo_secret.read_bytes())
    except OSError as error:
        raise SealDamaged("The demo's secret beside the data cannot be read.") from error
    if len(key) != KEY_BYTES:
        raise SealDamaged("The demo's secret beside the data was changed.")
    return key


def _attempts(home: Home) -> Attempts:
    return Attempts((home.seal_attempts, home.seal_attempts_copy))


def _from_passphrase(home: Home, given: Secret) -> bytearray:
    try:
        seal = passphrase.parsed(home.seal.read_bytes())
    except OSError as error:
        raise SealDamaged("seal.bin cannot be read.") from error
    attempts = _attempts(home)
    number = attempts.begin()
    try:
        key = seal.opened_with(given)
    except passphrase.WrongKey:
        wait = back_off(number)
        raise WrongPassphrase(
            f"The passphrase is wrong. The next one can be tried in {wait} second{'s' if wait != 1 else ''}.",
            attempts=number,
            wait_seconds=wait,
        ) from None
    best = passphrase.best_derivation()
    if seal.derivation != best:
        # An older or weaker derivation is replaced while the passphrase is at hand.
        write_private(home.seal, passphrase.sealed_under(given, key, best))
    attempts.passed()
    return key
