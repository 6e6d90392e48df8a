"""`epoch.bin`: the storage epoch keys. Destroying one makes every blob under it useless, wherever a copy lies (3.6).

Body: number of keys 1, then each: epoch 4 | key 32, oldest first; big-endian. Usually one key; two while blobs are
moved from the old to the new one.
"""

from kyok.aead import KEY_BYTES, cipher_of, random_key
from kyok.hsm.blob import LARGEST_EPOCH, Epochs
from kyok.hsm.errors import EpochRefused
from kyok.sealed import SealedFileError
from kyok.secrets import wipe

NAME = "epoch.bin"
_ENTRY = 4 + KEY_BYTES
_MOST = 2


class EpochKeys:
    """The keys themselves, for as long as the file is being read or changed; `wipe` them then."""

    def __init__(self, keys: dict[int, bytearray]) -> None:
        self._keys = keys

    @classmethod
    def first(cls) -> "EpochKeys":
        """Epoch 1 of a new HSM."""
        return cls({1: random_key()})

    @classmethod
    def decoded(cls, body: bytearray) -> "EpochKeys":
        """What `encoded` wrote.

        Raises:
            SealedFileError: it did not.
        """
        count = body[0] if body else 0
        if not 1 <= count <= _MOST or len(body) != 1 + count * _ENTRY:
            raise SealedFileError()
        entries = [body[1 + index * _ENTRY : 1 + (index + 1) * _ENTRY] for index in range(count)]
        return cls({int.from_bytes(entry[:4], "big"): entry[4:] for entry in entries})

    def encoded(self) -> bytearray:
        """The body of the file; the caller wipes it."""
        body = bytearray(1 + len(self._keys) * _ENTRY)
        body[0] = len(self._keys)
        for index, (epoch, key) in enumerate(self._keys.items()):
            start = 1 + index * _ENTRY
            body[start : start + 4] = epoch.to_bytes(4, "big")
            body[start + 4 : start + _ENTRY] = key
        return body

    @property
    def newest(self) -> int:
        """The epoch that new blobs go under."""
        return max(self._keys)

    @property
    def change_is_open(self) -> bool:
        """Whether there are two: blobs are being moved."""
        return len(self._keys) == _MOST

    def begin(self) -> None:
        """Adds a new epoch.

        Raises:
            EpochRefused: the numbers are used up.
        """
        if self.newest == LARGEST_EPOCH:
            raise EpochRefused("The storage epochs are used up.", "Start over with a new service instance.")
        self._keys[self.newest + 1] = random_key()

    def drop(self, epoch: int) -> None:
        """Forgets one key."""
        wipe(self._keys.pop(epoch))

    def drop_old(self) -> None:
        """Forgets all but the newest."""
        for epoch in [epoch for epoch in self._keys if epoch != self.newest]:
            self.drop(epoch)

    def ciphers(self) -> Epochs:
        """Ciphers for the hot path; the keys in this object are wiped."""
        newest = self.newest
        return Epochs(newest, {epoch: cipher_of(key) for epoch, key in self._keys.items()})

    def wipe(self) -> None:
        """Overwrites the keys in memory."""
        for key in self._keys.values():
            wipe(key)
