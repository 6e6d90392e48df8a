"""Does the operations of a batch with one unit. This is the hot path: a wrap is a few microseconds.

Every operation opens its key with the master key anew; no application key outlives the operation that needs it. Its
bytes stand in one buffer that is wiped as soon as the library holds the key. What is remembered of a blob is its inner
layer, which is sealed under the master key.
"""

import hmac
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kyok.aead import cipher_of, random_key
from kyok.hsm import blob, envelope, transport
from kyok.hsm.blob import Attributes, Epochs, MasterSeal
from kyok.hsm.errors import (
    BlobCorrupt,
    BlobForeignMasterKey,
    HsmError,
    KeyKindRefused,
    MaterialRefused,
    UnwrapFailed,
)
from kyok.hsm.operations import (
    ROOT_LENGTHS,
    GenerateKey,
    ImportKey,
    KeyKind,
    KeyMade,
    MakeImportToken,
    Operation,
    ReadNonce,
    Reseal,
    Revealed,
    RevealStandardKey,
    Rewrap,
    Rewrapped,
    SameMaterial,
    StoredKey,
    TokenMade,
    Transported,
    Unwrap,
    Unwrapped,
    Wrap,
    Wrapped,
)
from kyok.hsm.snapshot import Served, Snapshot
from kyok.secrets import Secret, wipe

LONGEST_STANDARD_KEY = 7500


class Context(NamedTuple):
    """What an operation works with."""

    master: MasterSeal
    epochs: Epochs


def perform(snapshot: Snapshot, served: Served, operations: Sequence[Operation[Any]]) -> list[Any]:
    """One result, or one `HsmError`, for each operation, in their order."""
    context = _context(snapshot, served, len(operations))
    results: list[Any] = []
    for operation in operations:
        try:
            results.append(_done(context, snapshot, operation))
        except HsmError as error:
            # A traceback would keep the frames, and with them what the operation held.
            results.append(error.with_traceback(None))
    return results


def run(snapshot: Snapshot, served: Served, operation: Operation[Any]) -> Any:
    """The result of one operation. Raises the `HsmError` that `perform` would give."""
    try:
        return _done(_context(snapshot, served, 1), snapshot, operation)
    except HsmError as error:
        raise error.with_traceback(None) from None


def _context(snapshot: Snapshot, served: Served, operations: int) -> Context | None:
    if not (snapshot.serving and snapshot.epochs):
        return None
    master = served.take(snapshot.serving, operations).master
    return Context(master, snapshot.epochs) if master else None


def _done(context: Context | None, snapshot: Snapshot, operation: Operation[Any]) -> Any:
    if context is not None:
        return _HANDLERS[type(operation)](context, operation)
    if type(operation) is Reseal and snapshot.epochs:
        return KeyMade(blob.reseal(snapshot.epochs, operation.key))
    raise snapshot.why_not()


def _reseal(context: Context, operation: Reseal) -> KeyMade:
    return KeyMade(blob.reseal(context.epochs, operation.key))


def _generate(context: Context, operation: GenerateKey) -> KeyMade:
    material = random_key()
    try:
        return _sealed(context, operation, Attributes(operation.kind, True), material)
    finally:
        wipe(material)


def _import(context: Context, operation: ImportKey) -> KeyMade:
    if isinstance(operation.material, Transported):
        if operation.kind is not KeyKind.ROOT:
            raise KeyKindRefused("Only a root key is imported with an import token.")
        with Secret(transport.received(context.master, context.epochs, operation.material)) as received:
            return _sealed(context, operation, Attributes(KeyKind.ROOT, False), received)
    with operation.material.use() as material:
        length = len(material)
        if operation.kind is KeyKind.ROOT and length not in ROOT_LENGTHS:
            raise MaterialRefused(f"The key material has {length} bytes: a root key needs 16, 24 or 32.")
        if not 1 <= length <= LONGEST_STANDARD_KEY:
            raise MaterialRefused(f"The key material has {length} bytes: a standard key needs 1 to 7500.")
        return _sealed(context, operation, Attributes(operation.kind, False), material)


def _sealed(
    context: Context, operation: GenerateKey | ImportKey, attributes: Attributes, material: bytearray
) -> KeyMade:
    if attributes.kind is KeyKind.IMPORT_TOKEN:
        raise KeyKindRefused("An import token is made, not generated or imported as a key.")
    sealed = blob.seal(context.master, context.epochs, operation.key_id, operation.version, attributes, material)
    return KeyMade(sealed, len(material) * 8)


def _same(context: Context, operation: SameMaterial) -> bool:
    attributes, material = blob.open_key(context.master, context.epochs, operation.key)
    with Secret(material) as own:
        if attributes.kind is not KeyKind.ROOT:
            raise KeyKindRefused("Only a root key's material is compared.")
        if isinstance(operation.material, Transported):
            with Secret(transport.received(context.master, context.epochs, operation.material)) as received:
                return hmac.compare_digest(own, received)
        with operation.material.use() as given:
            return hmac.compare_digest(own, given)


def _make_token(context: Context, operation: MakeImportToken) -> TokenMade:
    return transport.make_token(context.master, context.epochs, operation.token_id)


def _read_nonce(context: Context, operation: ReadNonce) -> bytes:
    return transport.nonce_of(context.master, context.epochs, operation.token)


def _reveal(context: Context, operation: RevealStandardKey) -> Revealed:
    attributes, material = blob.open_key(context.master, context.epochs, operation.key)
    if not attributes.extractable:
        wipe(material)
        raise KeyKindRefused("A root key is never revealed.")
    return Revealed(Secret(material))


def _root_cipher(context: Context, key: StoredKey) -> AESGCM:
    attributes, material = blob.open_key(context.master, context.epochs, key)
    if attributes.kind is not KeyKind.ROOT:
        wipe(material)
        raise KeyKindRefused("A standard key does not wrap: only a root key does.")
    return cipher_of(material)


def _wrap(context: Context, operation: Wrap) -> Wrapped:
    cipher = _root_cipher(context, operation.key)
    plaintext, handle = operation.plaintext, operation.key.handle
    if plaintext is None:
        made = random_key()
        return Wrapped(envelope.sealed(cipher, handle, made, operation.aad), Secret(made))
    if isinstance(plaintext, Secret):
        with plaintext.use() as value:
            return Wrapped(envelope.sealed(cipher, handle, value, operation.aad), None)
    return Wrapped(envelope.sealed(cipher, handle, plaintext, operation.aad), None)


def _opened(context: Context, operation: Unwrap | Rewrap) -> tuple[bytearray, StoredKey]:
    """The plaintext and the version that opened it: the named one first, then the newest downwards."""
    parsed = envelope.parsed(operation.envelope)
    unusable: HsmError | None = None
    for key in sorted(operation.keys, key=lambda key: (key.handle == parsed.handle, key.version), reverse=True):
        try:
            cipher = _root_cipher(context, key)
        except (BlobCorrupt, BlobForeignMasterKey) as error:
            unusable = unusable or error
            continue
        plaintext = envelope.opened(cipher, parsed, operation.aad)
        if plaintext is not None:
            return plaintext, key
    # A stored key that cannot be used explains the failure better, and tells nothing about the ciphertext.
    raise unusable or UnwrapFailed()


def _newest(keys: Sequence[StoredKey]) -> StoredKey:
    return max(keys, key=lambda key: key.version)


def _unwrap(context: Context, operation: Unwrap) -> Unwrapped:
    plaintext, key = _opened(context, operation)
    newest = _newest(operation.keys)
    if key is newest:
        return Unwrapped(Secret(plaintext), key.handle, True, None)
    try:
        rewrapped = envelope.sealed(_root_cipher(context, newest), newest.handle, plaintext, operation.aad)
    except (BlobCorrupt, BlobForeignMasterKey):
        # The newest version is damaged: what the older one protects must stay readable.
        rewrapped = None
    return Unwrapped(Secret(plaintext), key.handle, False, rewrapped)


def _rewrap(context: Context, operation: Rewrap) -> Rewrapped:
    plaintext, key = _opened(context, operation)
    newest = _newest(operation.keys)
    try:
        text = envelope.sealed(_root_cipher(context, newest), newest.handle, plaintext, operation.aad)
    finally:
        wipe(plaintext)
    return Rewrapped(text, key.handle, newest.handle)


_HANDLERS: dict[type[Operation[Any]], Callable[[Context, Any], Any]] = {
    GenerateKey: _generate,
    ImportKey: _import,
    RevealStandardKey: _reveal,
    SameMaterial: _same,
    MakeImportToken: _make_token,
    ReadNonce: _read_nonce,
    Wrap: _wrap,
    Unwrap: _unwrap,
    Rewrap: _rewrap,
    Reseal: _reseal,
}
