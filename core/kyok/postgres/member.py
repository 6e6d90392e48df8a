"""One node of a cluster as its supervisor sees it: a volume, a server on it, and what is wanted of them."""

import ctypes
import os
import subprocess
import threading
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from kyok.aead import Bytes
from kyok.postgres.configuration import ServerConf, pg_hba_conf, postgresql_conf
from kyok.postgres.layout import Layout
from kyok.postgres.plain_files import make_plain, opened_folder
from kyok.postgres.programs import Programs
from kyok.postgres.server import Server
from kyok.postgres.sessions import Door, KeptDoor, Passwords
from kyok.postgres.volumes.port import NodeVolume
from kyok.secrets import wipe


class Phase(StrEnum):
    """How far a node is."""

    CLOSED = "closed"
    STARTING = "starting"
    UP = "up"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Figures:
    """What is measured of a running node, now and then."""

    memory: int = 0
    """Bytes, shared pages shared out."""
    lag_bytes: int = 0
    lag_seconds: float = 0.0
    streaming: bool = False
    connections: int | None = None
    """Sessions of clients, where the node is the primary."""


@dataclass(slots=True)
class Retry:
    """When a node that failed is tried again: each time later, up to half a minute."""

    at: float = 0.0
    wait: float = 0.0

    def put_off(self, now: float) -> None:
        """The next try is later than the one before."""
        self.wait = min(max(self.wait * 2, 1.0), 30.0)
        self.at = now + self.wait

    def clear(self) -> None:
        """It worked."""
        self.at = self.wait = 0.0


@dataclass(slots=True)
class Member:
    """See the module. Only the supervisor's thread changes it, but for `wanted` and the data key, under `lock`."""

    number: int
    port: int
    volume: NodeVolume
    programs: Programs
    tls: bool
    wanted: bool = False
    fresh: bool = False
    """Its volume is to be made, empty."""
    shutting: bool = False
    """Its key was taken away, and the volume is not closed yet; should it be wanted again, it is closed first."""
    left: bool = False
    """A cloud that crashed left it open: it goes on until somebody decides."""
    dek: bytearray | None = field(default=None, repr=False)
    phase: Phase = Phase.CLOSED
    reason: str = ""
    figures: Figures = field(default_factory=Figures)
    size: int = 0
    started_at: float = 0.0
    unfollowed_since: float = 0.0
    """Monotonic moment since which it runs as a standby without streaming; 0 when it does."""
    retry: Retry = field(default_factory=Retry)
    conf: ServerConf | None = None
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _server: Server | None = None
    _helper: subprocess.Popen[bytes] | None = None
    _kept: KeptDoor = field(default_factory=KeptDoor, repr=False)

    @property
    def name(self) -> str:
        """Its name as a standby."""
        return f"n{self.number}"

    @property
    def layout(self) -> Layout:
        """What lies where in the open volume."""
        return Layout(self.volume.clear)

    @property
    def server(self) -> Server:
        """The server of this node."""
        if self._server is None:
            self._server = Server(self.layout, self.programs)
        return self._server

    @property
    def usable(self) -> bool:
        """Whether the volume is open and the node is wanted."""
        return self.wanted and not self.shutting and self.phase in (Phase.STARTING, Phase.UP)

    @property
    def has_data(self) -> bool:
        """Whether a whole data folder is in the volume."""
        return self.layout.whole.exists()

    @property
    def follows(self) -> bool:
        """Whether its data is a standby's; a former primary's must be rewound before it may follow."""
        return self.layout.standby.exists()

    def key(self) -> bytes:
        """A copy of the data key for a volume's helper; empty when it was taken away meanwhile."""
        with self.lock:
            return b"" if self.dek is None else bytes(self.dek)

    def want(self, dek: bytearray, *, fresh: bool) -> None:
        """Takes a data key over: the node is to be open."""
        with self.lock:
            if self.dek is not None:
                wipe(self.dek)
            self.dek = dek
            self.wanted, self.left = True, False
            self.fresh = self.fresh or fresh

    def unwant(self) -> bool:
        """The node is to be closed; the key goes when it is. True when it was wanted."""
        with self.lock:
            was, self.wanted, self.left = self.wanted, False, False
            self.shutting = True
        return was

    def forget_key(self) -> None:
        """Wipes the data key."""
        with self.lock:
            if self.dek is not None:
                wipe(self.dek)
                self.dek = None

    def door(self) -> Door:
        """How the supervisor reaches the server."""
        return Door(self.port, self.layout, Passwords.read(self.layout), self.tls)

    def configure(self, conf: ServerConf, *, standby: bool | None) -> bool:
        """Writes the configuration files; True when they differ from what the server had. `standby` None: as it is."""
        changed = conf != self.conf
        layout = self.layout
        if changed or standby is not None:
            put(layout.conf, postgresql_conf(conf), self.programs)
            put(layout.hba, pg_hba_conf(tls=self.tls), self.programs)
        if standby is not None:
            put(layout.auto_conf, "", self.programs)
            if standby:
                put(layout.standby, "", self.programs)
            else:
                layout.standby.unlink(missing_ok=True)
        self.conf = conf
        return changed

    def watched(self) -> KeptDoor:
        """The door of the supervisor's thread, whose connection stays open."""
        return self._kept.to(self.door())

    def leave(self) -> None:
        """Ends the supervisor's own connection."""
        self._kept.close()

    def flush(self) -> None:
        """Waits until everything in the volume is on the disk. FUSE passes no such call on: both sides are told."""
        library = ctypes.CDLL(None, use_errno=True)
        for folder in {self.volume.clear, self.volume.sealed}:
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                if library.syncfs(descriptor) != 0:
                    code = ctypes.get_errno()
                    raise OSError(code, os.strerror(code), str(folder))
            finally:
                os.close(descriptor)

    def helped(self, process: subprocess.Popen[bytes]) -> None:
        """Remembers a program that works on the volume, so that closing can end it."""
        self._helper = process

    def end_helper(self) -> None:
        """Ends the program that works on the volume, from any thread."""
        helper = self._helper
        if helper is not None and helper.poll() is None:
            helper.kill()


def put(path: Path, text: str | Bytes, programs: Programs) -> None:
    """Writes a small file of a volume in one step, for the servers' account only."""
    part = f".{path.name}.new"
    with opened_folder(path.parent) as folder:
        with make_plain(part, folder, programs.account) as file:
            file.write(text.encode() if isinstance(text, str) else text)
        os.replace(part, path.name, src_dir_fd=folder, dst_dir_fd=folder)
