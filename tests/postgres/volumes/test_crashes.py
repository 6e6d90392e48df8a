"""A process that is killed between any two steps leaves the old content or the new one, whole."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kyok.postgres.volumes.guarantees import VolumeKind
from kyok.postgres.volumes.port import NodeVolume
from tests.postgres.volumes.bench import DEK, Bench, Owner, files_with, fill, put, tree

SEALED_KINDS = (VolumeKind.RAM_SEALED, VolumeKind.SEALED_ON_STOP)
MOST_STEPS = 30


def main(kind: str, root: str, uid: str, gid: str, act: str, last: str) -> None:
    """What the killed process does: one act, and its own end before step number `last`."""
    steps = 0

    def observe(step: str) -> None:
        nonlocal steps
        del step
        steps += 1
        if steps == int(last):
            os.kill(os.getpid(), signal.SIGKILL)

    volume = Bench(VolumeKind(kind), Path(root), Owner(int(uid), int(gid))).volume(observe=observe)
    if act == "base":
        with volume.new_base(DEK) as target:
            target.write(tar_of_row(b"new"))
    else:
        getattr(volume, act)(*() if act == "destroy" else (DEK,))


def tar_of_row(content: bytes) -> bytes:
    import io
    import tarfile

    target = io.BytesIO()
    with tarfile.open(mode="w", fileobj=target) as tar:
        entry = tarfile.TarInfo("row")
        entry.size = len(content)
        tar.addfile(entry, io.BytesIO(content))
    return target.getvalue()


def killed(bench: Bench, act: str, step: int) -> bool:
    """Acts in another process; False when there was no such step."""
    checkout = Path(__file__).parents[3]
    arguments = [bench.kind, str(bench.root), str(bench.owner.uid), str(bench.owner.gid), act, str(step)]
    code = f"import sys; from {__name__} import main; main(*sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=checkout, capture_output=True, text=True, check=False
    )
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr
    return done.returncode != 0


def steps() -> range:
    return range(1, MOST_STEPS)


def reset(bench: Bench, content: bytes) -> NodeVolume:
    volume = bench.volume()
    volume.create(DEK)
    fill(volume, bench.owner)
    put(volume.clear, "data/row", content, bench.owner)
    volume.close(DEK)
    return volume


def row(volume: NodeVolume) -> bytes:
    return (volume.clear / "data/row").read_bytes()


@pytest.mark.parametrize("outlived", [True, False], ids=["cloud killed", "power cut"])
def test_sealing_at_a_close_in_memory(ram: Bench, outlived: bool) -> None:
    found = set()
    for step in steps():
        volume = reset(ram, b"old")
        volume.open(DEK)
        put(volume.clear, "data/row", b"new", ram.owner)
        before = tree(volume.clear)
        more = killed(ram, "close", step)
        if not outlived:
            for path in volume.clear.parent.iterdir():
                shutil.rmtree(path)
        again = ram.volume()
        again.open(DEK)
        found.add(row(again))
        assert not outlived or tree(again.clear) == before
        assert len(tree(again.clear)) == len(before)
        again.close(DEK)
        assert files_with(ram.root) == []
        assert sum(1 for _ in ram.sealed().iterdir()) == 1
        if not more:
            break
    assert step > 6
    assert found == ({b"new"} if outlived else {b"old", b"new"})


def test_sealing_at_a_close_on_disk(on_stop: Bench) -> None:
    for step in steps():
        volume = reset(on_stop, b"old")
        volume.open(DEK)
        put(volume.clear, "data/row", b"new", on_stop.owner)
        before = tree(volume.clear)
        more = killed(on_stop, "close", step)
        again = on_stop.volume()
        again.open(DEK)
        assert tree(again.clear) == before
        again.close(DEK)
        assert files_with(on_stop.root) == []
        if not more:
            break
    assert step > 6


@pytest.mark.parametrize("kind", SEALED_KINDS)
def test_opening(kind: VolumeKind, root: Path, request: pytest.FixtureRequest) -> None:
    bench: Bench = request.getfixturevalue("ram" if kind is VolumeKind.RAM_SEALED else "on_stop")
    volume = reset(bench, b"old")
    for step in steps():
        more = killed(bench, "open", step)
        assert not volume.is_open() or row(volume) == b"old"
        volume.open(DEK)
        assert (row(volume), len(tree(volume.clear))) == (b"old", 12)
        volume.close(DEK)
        if not more:
            break
    assert step > 2


def test_a_new_base_of_a_running_server(ram: Bench) -> None:
    found = set()
    for step in steps():
        volume = reset(ram, b"old")
        volume.open(DEK)
        more = killed(ram, "base", step)
        shutil.rmtree(volume.clear)
        volume.open(DEK)
        found.add(row(volume))
        assert (volume.clear / "whole").exists()
        volume.close(DEK)
        assert sum(1 for _ in ram.sealed().iterdir()) == 1
        if not more:
            break
    assert step > 7
    assert found == {b"old", b"new"}


@pytest.mark.parametrize("act", ["create", "destroy"])
def test_making_and_destroying(bench: Bench, act: str) -> None:
    for step in steps():
        before = bench.volume() if act == "create" else reset(bench, b"old")
        if act == "destroy":
            before.open(DEK)
        more = killed(bench, act, step)
        volume = bench.volume()
        volume.create(DEK)
        assert tree(volume.clear) == {}
        volume.destroy()
        before.destroy()  # the helper of an opened volume was its child
        assert not bench.sealed().exists()
        assert list(volume.clear.parent.iterdir()) == []
        if not more:
            break
    assert step > 2
