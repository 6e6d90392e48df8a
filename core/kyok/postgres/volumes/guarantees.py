"""What each kind of volume honestly protects from, as data for screens and documents (postgres-nodes.md 6)."""

from dataclasses import dataclass
from enum import StrEnum


class VolumeKind(StrEnum):
    """The ways to keep clear data off the disk, the best first."""

    GOCRYPTFS = "gocryptfs"
    RAM_SEALED = "ram-sealed"
    SEALED_ON_STOP = "sealed-on-stop"


@dataclass(frozen=True, slots=True)
class Row:
    """In which situation the data is protected, and how."""

    situation: str
    protection: str


@dataclass(frozen=True, slots=True)
class VolumeGuarantees:
    """What one kind says about itself. `warning` is to be shown for as long as a volume is open; mostly empty."""

    kind: VolumeKind
    display_name: str
    summary: str
    cipher: str
    rows: tuple[Row, ...]
    warning: str = ""


STOLEN_RUNNING = "Disk stolen or copied while the node runs"
SAME_MACHINE = "Somebody with root's or our account's rights while the node runs"
STOPPED = "Node stopped"
CRASHED = "After kill -9 or a power cut"
LOSS = "Data lost by a crash"
KEY_GONE = "Key destroyed"
PUT_BACK = "Old state of sealed files put back by somebody who can write them"

_NOBODY = "Not protected: an open volume is readable by them. The real service has a Secure Service Container for this."

_GOCRYPTFS = VolumeGuarantees(
    VolumeKind.GOCRYPTFS,
    "Encrypted file system (gocryptfs)",
    "Every block is encrypted before it reaches the disk; servers see the clear view only while the volume is mounted.",
    "AES-256-GCM for each 4 KiB block, EME for names; its master key is wrapped by a subkey of the data key",
    (
        Row(STOLEN_RUNNING, "Protected."),
        Row(SAME_MACHINE, _NOBODY),
        Row(STOPPED, "Protected."),
        Row(CRASHED, "Protected."),
        Row(LOSS, "None: what a server has confirmed is on the disk, encrypted."),
        Row(KEY_GONE, "Unreadable for ever."),
        Row(PUT_BACK, "Not noticed for whole files; changed blocks are."),
    ),
)

_RAM_SEALED = VolumeGuarantees(
    VolumeKind.RAM_SEALED,
    "In memory, sealed on disk",
    "Servers work in memory; a sealed base and the sealed write-ahead log follow on disk.",
    "AES-256-GCM in chunks of 1 MiB, a key for each object, wrapped by the data key",
    (
        Row(STOLEN_RUNNING, "Protected, if no memory is swapped to a disk."),
        Row(SAME_MACHINE, _NOBODY),
        Row(STOPPED, "Protected."),
        Row(
            CRASHED,
            "Protected on disk. After a kill the clear view stays in memory until the node is opened or closed.",
        ),
        Row(
            LOSS,
            "Power cut, or kill and the key is denied then: what was not archived yet, about two seconds. Else none.",
        ),
        Row(KEY_GONE, "Unreadable for ever."),
        Row(PUT_BACK, "Noticed for changed, swapped and missing parts; not for the whole volume or its last segments."),
    ),
)

_SEALED_ON_STOP = VolumeGuarantees(
    VolumeKind.SEALED_ON_STOP,
    "Clear while running, sealed on stop",
    "Files are clear on the disk while the node runs, and sealed when it stops: only where nothing better works.",
    "AES-256-GCM in chunks of 1 MiB, a key for each object, wrapped by the data key; none while the node runs",
    (
        Row(STOLEN_RUNNING, "Not protected: clear."),
        Row(SAME_MACHINE, _NOBODY),
        Row(STOPPED, "Protected; the medium may keep copies of clear files that were removed."),
        Row(CRASHED, "Not protected: clear until the node is opened and stopped again, or its clear data is erased."),
        Row(LOSS, "None, unless the clear data is erased: then what was written since the last stop."),
        Row(KEY_GONE, "Unreadable for ever if it was sealed; see above."),
        Row(PUT_BACK, "Noticed for changed and swapped parts; not for the whole volume."),
    ),
    "The data of this node lies in clear on the disk while it runs.",
)

_ALL = {one.kind: one for one in (_GOCRYPTFS, _RAM_SEALED, _SEALED_ON_STOP)}
SWAP_WARNING = "Swap is on: memory, and with it clear data, may be written to the disk."


def guarantees(kind: VolumeKind, *, swap: bool = False) -> VolumeGuarantees:
    """The guarantees of a kind. `swap`: memory may be written to a disk, see `memory.swap_on`."""
    found = _ALL[kind]
    if not swap or kind is not VolumeKind.RAM_SEALED:
        return found
    return VolumeGuarantees(
        found.kind, found.display_name, found.summary, found.cipher, found.rows, warning=SWAP_WARNING
    )
