"""Trees as tar streams: what travels, and what never does."""

import io
import os
import socket
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kyok.postgres.errors import VolumeError
from kyok.postgres.volumes.port import Owner
from kyok.postgres.volumes.trees import pack_tree, unpack_tree
from kyok.sealed_objects import SealedObjectError
from tests.postgres.volumes.bench import put, tree

US = Owner(os.geteuid(), os.getegid())


def packed(folder: Path, skip: frozenset[str] = frozenset()) -> bytes:
    target = io.BytesIO()
    pack_tree(folder, target, skip)
    return target.getvalue()


def pieces(content: bytes, size: int = 700) -> Iterator[bytearray]:
    for start in range(0, len(content), size):
        yield bytearray(content[start : start + size])


def unpacked(content: bytes, folder: Path) -> Path:
    folder.mkdir()
    unpack_tree(pieces(content), folder, US)
    return folder


def tar(*entries: tarfile.TarInfo) -> bytes:
    target = io.BytesIO()
    with tarfile.open(mode="w", fileobj=target) as made:
        for entry in entries:
            made.addfile(entry, io.BytesIO(bytes(entry.size)))
    return target.getvalue()


def entry(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, link
    made.size = 3 if kind == tarfile.REGTYPE else 0
    return made


def test_names_modes_and_contents_come_back(tmp_path: Path) -> None:
    source = tmp_path / "source"
    long = "/".join(["a rather long folder name with ünicode"] * 6)
    put(source, f"{long}/file", os.urandom(5000), mode=0o640)
    put(source, "empty", b"", mode=0o400)
    put(source, "locked/file", b"x")
    (source / "locked").chmod(0o500)
    (source / "nothing here").mkdir(mode=0o750)
    back = unpacked(packed(source), tmp_path / "back")
    assert tree(back) == tree(source)
    assert len(tree(back)) == 11
    (source / "locked").chmod(0o700)
    (back / "locked").chmod(0o700)


def test_only_folders_and_plain_files_travel(tmp_path: Path) -> None:
    source = tmp_path / "s"
    put(source, "data/row", b"row")
    put(source, "data/postmaster.pid", b"4711")
    put(source, "spool/segment", b"segment")
    put(source, "spool.txt", b"stays")
    put(tmp_path, "secret", b"of somebody else")
    (source / "data/link").symlink_to(tmp_path / "secret")
    (source / "folder link").symlink_to(tmp_path)
    os.mkfifo(source / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(source / "socket"))
        back = unpacked(packed(source, frozenset({"spool"})), tmp_path / "back")
    assert {name: found[2] for name, found in tree(back).items()} == {
        "data": None,
        "data/row": b"row",
        "spool.txt": b"stays",
    }


@pytest.mark.parametrize(
    "bad",
    [
        entry("/absolute"),
        entry("../beside"),
        entry("data/../../beside"),
        entry("link", tarfile.SYMTYPE, "/etc"),
        entry("link", tarfile.LNKTYPE, "row"),
        entry("device", tarfile.CHRTYPE),
        entry("pipe", tarfile.FIFOTYPE),
    ],
    ids=lambda bad: f"{bad.name} {bad.type!r}",
)
def test_what_has_no_place_in_a_volume_is_refused(bad: tarfile.TarInfo, tmp_path: Path) -> None:
    with pytest.raises(VolumeError, match="no place"):
        unpacked(tar(entry("row"), bad), tmp_path / "back")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["back", "row"]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        unpacked(tar(entry("row"), entry("row")), tmp_path / "back")


@pytest.mark.parametrize("content", [b"no tar at all" * 100, tar(entry("row"))[:700]])
def test_what_is_no_whole_tar_is_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(VolumeError, match="no tree"):
        unpacked(content, tmp_path / "back")


def test_the_content_is_read_to_its_last_chunk(tmp_path: Path) -> None:
    """The tar ends before the content does; that something was cut off shows only at the end."""

    def cut() -> Iterator[bytearray]:
        yield bytearray(tar(entry("row")))
        yield bytearray(1000)
        raise SealedObjectError()

    (tmp_path / "back").mkdir()
    with pytest.raises(SealedObjectError):
        unpack_tree(cut(), tmp_path / "back", US)


def test_an_empty_tree_is_a_tree(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    assert tree(unpacked(packed(tmp_path / "source"), tmp_path / "back")) == {}


def test_a_running_servers_tar_names_its_own_top(tmp_path: Path) -> None:
    top = entry("./", tarfile.DIRTYPE)
    folder = entry("./base", tarfile.DIRTYPE)
    folder.mode = 0o700
    back = unpacked(tar(top, folder, entry("./base/row")), tmp_path / "back")
    assert (back / "base/row").read_bytes() == bytes(3)
