"""Volumes of gocryptfs: an encrypted folder whose clear view is mounted with FUSE (postgres-nodes.md 6.1).

What it does not see: gocryptfs binds each 4 KiB block to its place in its file, but a file neither to its name nor to
its time. Whoever can write the encrypted folder can put an older state of a whole file back, or cut a file at a block.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from kyok.aead import KEY_BYTES, Bytes, derived, framed
from kyok.durable import FILE_MODE, FOLDER_MODE, Disk
from kyok.postgres import children
from kyok.postgres.account import ServerAccount
from kyok.postgres.errors import NoRoom, VolumeError, VolumeMissing, WrongVolumeKey
from kyok.postgres.volumes import mounts
from kyok.postgres.volumes.common import (
    PART,
    Observer,
    WithoutLog,
    count_files,
    explained,
    give,
    give_folder,
    unobserved,
)
from kyok.postgres.volumes.port import Owner, VolumeId, total_size
from kyok.secrets import wipe

DEVICE = "/dev/fuse"
KIND = "fuse.gocryptfs"
SENTINEL = ".kyok-volume"
ROOM = 128 * 1024 * 1024
"""Bytes that must be free on the disk before a volume is made."""
_EMPTY_MOUNT_POINT = 0o500
_WRONG_PASSWORD = 12
_TIMEOUT = 20.0
_REASONS = {
    10: "the mount point cannot be used",
    19: "FUSE refuses; is /dev/fuse there, and may this account use it",
    23: "its settings cannot be read",
}


class GocryptfsVolume(WithoutLog):
    """See `kyok.postgres.volumes.port.NodeVolume`.

    The helper runs in a session of its own and survives us; who comes later finds its mount and proves the key again.
    A wrong key leaves a volume that is open already as it is.

    It runs under the servers' account. Where that is not ours, we are root: then we open `/dev/fuse` and the encrypted
    folder, mount, and hand both over, since that account may reach neither. (Run by root for others, gocryptfs 2.3
    refuses about every second file that two processes make at the same time, and takes five times as long.)
    """

    def __init__(
        self, volume: VolumeId, sealed: Path, clear: Path, owner: Owner, observe: Observer = unobserved
    ) -> None:
        self.sealed = sealed
        # The table of mounts knows real paths only; the mount point itself may not answer.
        self.clear = clear.parent.resolve() / clear.name
        self._volume = volume
        self._owner = owner
        self._observe = observe
        self._cipher = sealed / "cipher"
        # A source of our own choice: a path may hold letters that the table of mounts cannot.
        self._mark = f"kyok-{sha256(bytes(self._cipher.resolve())).hexdigest()[:24]}"
        self._helper: subprocess.Popen[bytes] | None = None

    def create(self, dek: Bytes) -> None:
        """See the port."""
        self.destroy()
        try:
            with explained("The node's volume could not be made"):
                Disk().make_folder(self.sealed)
                if shutil.disk_usage(self.sealed).free < ROOM:
                    raise NoRoom()
                self._make(dek)
                self._mount(dek)
                self._mark_as_ours()
        except BaseException:
            self.destroy()
            raise

    def _make(self, dek: Bytes) -> None:
        part = self._cipher.with_name(self._cipher.name + PART)
        give_folder(part, self._owner)
        self._observe("make")
        with self._reachable(part) as (path, handed):
            # The key is random already: a costly derivation would only make opening slow.
            helper = self._run(["-init", "-scryptn", "10", path], dek, handed)
        if not mounts.until(lambda: helper.poll() is not None, _TIMEOUT):
            children.end(helper)
        if helper.returncode:
            raise VolumeError(f"The encrypted folder could not be made: gocryptfs ended with {helper.returncode}.")
        for file in part.iterdir():
            _sync(file)
        Disk().sync_folder(part)
        self._observe("rename")
        Disk().replace(part, self._cipher)

    def exists(self) -> bool:
        """See the port."""
        return (self._cipher / "gocryptfs.conf").is_file()

    def open(self, dek: Bytes) -> None:
        """See the port."""
        if not self.exists():
            raise VolumeMissing()
        with explained("The node's volume could not be opened"):
            if self.is_open():
                self._prove(dek)
                return
            self._unmount()
            self._mount(dek)
            if not any(self.clear.iterdir()):  # a crash in `create`, before the sentinel
                self._mark_as_ours()
            if not self.is_open():
                self._unmount()
                raise VolumeError("What was mounted is not the node's volume: its mark is missing.")

    def is_open(self) -> bool:
        """See the port. A mount whose helper died is not open."""
        with explained("The node's volume could not be looked at"):
            mount = mounts.mount_at(self.clear)
            ours = mount is not None and (mount.kind, mount.source) == (KIND, self._mark)
            return ours and mounts.alive(self.clear) and (self.clear / SENTINEL).is_file()

    def close(self, dek: Bytes) -> None:
        """See the port. gocryptfs sealed every byte when it was written: nothing but the view has to go."""
        del dek
        self.drop()

    def drop(self) -> None:
        """See the port. Should a program still use the view, it is detached and its helper ended: it gets errors."""
        with explained("The node's volume could not be unmounted"):
            self._unmount()

    def destroy(self) -> int:
        """See the port."""
        self.drop()
        with explained("The node's volume could not be removed"):
            files = count_files(self.sealed)
            if self.sealed.exists():
                self._observe("remove")
                shutil.rmtree(self.sealed)
                Disk().sync_folder(self.sealed.parent)
            if self.clear.exists():
                self.clear.rmdir()
        return files

    def size(self) -> int:
        """See the port."""
        return total_size(self.sealed.rglob("*"))

    # Mounting ---------------------------------------------------------------------------------------------------------

    def _mount(self, dek: Bytes) -> None:
        self._prepare_mount_point(self.clear)
        self._observe("mount")
        self._helper = self._mounted(dek, self.clear, self._mark)

    def _prepare_mount_point(self, folder: Path) -> None:
        """Empty and ours. It cannot be written while nothing is mounted: what landed there would be clear on disk."""
        folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        if any(folder.iterdir()):
            raise VolumeError(
                "The place of the node's clear view holds files that are not encrypted.",
                f"Look at {folder}; move the files away if you need them, else remove them.",
            )
        # fusermount asks for the right to write, which root has always.
        folder.chmod(_EMPTY_MOUNT_POINT if os.geteuid() == 0 else FOLDER_MODE)

    def _mounted(self, dek: Bytes, folder: Path, mark: str, *more: str) -> "subprocess.Popen[bytes]":
        """Starts the helper of a mount and waits until it answers.

        Raises:
            WrongVolumeKey, VolumeError: nothing is mounted, and the helper is gone.
        """
        with self._reachable(self._cipher) as (cipher, handed), self._mount_point(folder, mark, more) as (at, fuse):
            arguments = ["-fg", "-nosyslog", "-fsname", mark, *more, cipher, at]
            helper = self._run(arguments, dek, (*handed, *fuse))
        mounts.until(lambda: helper.poll() is not None or mounts.mount_at(folder) is not None, _TIMEOUT)
        if helper.poll() is None:
            if mounts.mount_at(folder) is not None and mounts.alive(folder):
                return helper
            if not mounts.until(lambda: helper.poll() is not None, 1.0):
                children.end(helper)
        self._take_down(folder)
        if helper.returncode == _WRONG_PASSWORD:
            raise WrongVolumeKey()
        reason = _REASONS.get(helper.returncode, f"gocryptfs ended with code {helper.returncode}")
        raise VolumeError(f"The node's volume could not be mounted: {reason}.")

    @property
    def _switches(self) -> bool:
        return self._owner.uid != os.geteuid()

    @contextmanager
    def _reachable(self, folder: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
        """How the helper finds a folder, and the open files that it needs for it: what is above may be closed to it."""
        if not self._switches:
            yield str(folder), ()
            return
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield f"/dev/fd/{descriptor}", (descriptor,)
        finally:
            os.close(descriptor)

    @contextmanager
    def _mount_point(self, folder: Path, mark: str, more: tuple[str, ...]) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Where the helper mounts, and the open files for it; as root it is mounted already, and waits for a helper."""
        if not self._switches:
            yield str(folder), ()
            return
        descriptor = os.open(DEVICE, os.O_RDWR)
        try:
            mounts.mount_for(descriptor, folder, KIND, mark, self._owner, read_only="-ro" in more)
            yield f"/dev/fd/{descriptor}", (descriptor,)
        finally:
            os.close(descriptor)  # the helper's copy is the last one: when it ends, so does the mount

    def _run(self, arguments: list[str], dek: Bytes, handed: tuple[int, ...]) -> "subprocess.Popen[bytes]":
        program = shutil.which("gocryptfs")
        if program is None:
            raise VolumeError("The program gocryptfs is not installed.", "apt-get install gocryptfs fuse3")
        account = ServerAccount("", self._owner.uid, self._owner.gid, switch=self._switches)
        variables = children.environment(Path(mounts.fusermount()).parent)
        command = [program, "-q", *arguments]
        passphrase = self._passphrase(dek)
        try:
            # Its output goes nowhere: a pipe that ends with us would end a helper that has to outlive us.
            helper = children.spawn(command, account, variables, stdin=subprocess.PIPE, handed=handed)
            assert helper.stdin is not None
            with helper.stdin as pipe, suppress(BrokenPipeError):  # its exit code says why it did not read
                os.write(pipe.fileno(), passphrase)
        finally:
            wipe(passphrase)
        return helper

    def _passphrase(self, dek: Bytes) -> bytearray:
        """A line with a subkey of the data key for this node alone, so that no other folder opens with it."""
        if len(dek) != KEY_BYTES:
            raise ValueError("a data key has 32 bytes")
        key = derived(dek, framed(b"gocryptfs volume", self._volume.guid.encode(), str(self._volume.node).encode()))
        line = bytearray()
        for value in key:
            line += b"%02x" % value
        line += b"\n"
        wipe(key)
        return line

    def _mark_as_ours(self) -> None:
        give(self.clear, self._owner)
        self.clear.chmod(FOLDER_MODE)
        sentinel = self.clear / SENTINEL
        sentinel.write_bytes(os.urandom(16).hex().encode())
        sentinel.chmod(FILE_MODE)
        _sync(sentinel)
        Disk().sync_folder(self.clear)

    def _prove(self, dek: Bytes) -> None:
        """Mounts the folder a second time, for reading: that needs the key, and shows the same sentinel."""
        beside = self.clear.with_name(f"{self.clear.name}.proof")
        mark = f"{self._mark}-proof"
        self._take_down(beside)
        try:
            self._prepare_mount_point(beside)
            helper = self._mounted(dek, beside, mark, "-ro")
            try:
                same = (beside / SENTINEL).read_bytes() == (self.clear / SENTINEL).read_bytes()
            finally:
                self._take_down(beside)
                self._await_end(helper, mark)
        finally:
            beside.rmdir()
        if not same:
            raise WrongVolumeKey()

    # Unmounting -------------------------------------------------------------------------------------------------------

    def _unmount(self) -> None:
        self._observe("unmount")
        self._take_down(self.clear)
        self._await_end(self._helper, self._mark)
        self._helper = None

    def _take_down(self, folder: Path) -> None:
        if mounts.mount_at(folder) is not None:
            mounts.unmount(folder)
        if folder.exists():
            folder.chmod(_EMPTY_MOUNT_POINT)

    def _await_end(self, helper: "subprocess.Popen[bytes] | None", mark: str) -> None:
        """Waits until the helper, whoever started it, is gone with the key; one that files still hold is killed."""

        def gone() -> bool:
            if helper is not None and helper.poll() is None:
                return False  # a child is gone when it was reaped, not when its arguments are
            return not mounts.running(mark, self._owner.uid)

        if mounts.until(gone, 2.0):
            return
        for process in mounts.running(mark, self._owner.uid):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        if not mounts.until(gone):
            raise VolumeError("The helper of the node's volume does not end.")


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
