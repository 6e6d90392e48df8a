"""Volumes that are clear on disk while open: nothing that is sealed nowhere goes without being asked."""

import pytest

from kyok.postgres.errors import VolumeError, WrongVolumeKey
from kyok.postgres.volumes.sealed_on_stop import SealedOnStopVolume, UnsealedLeft
from tests.postgres.volumes.bench import DEK, OTHER_DEK, Bench, files_with, fill, put, tree


@pytest.fixture
def volume(on_stop: Bench) -> SealedOnStopVolume:
    """Open, with a small tree in it that was sealed once, and a file that was not."""
    made = on_stop.on_stop()
    made.create(DEK)
    fill(made, on_stop.owner)
    made.close(DEK)
    made.open(DEK)
    put(made.clear, "data/late", b"written since", on_stop.owner)
    return made


def test_what_a_crash_left_is_kept_for_its_own_key(on_stop: Bench, volume: SealedOnStopVolume) -> None:
    before = tree(volume.clear)
    again = on_stop.on_stop()
    assert again.is_open()
    with pytest.raises(WrongVolumeKey):
        again.open(OTHER_DEK)
    with pytest.raises(WrongVolumeKey):
        again.close(OTHER_DEK)
    again.open(DEK)
    assert tree(again.clear) == before
    again.close(DEK)
    assert files_with(on_stop.root) == []
    again.open(DEK)
    assert tree(again.clear) == before


def test_clear_data_that_is_sealed_nowhere_is_not_dropped(on_stop: Bench, volume: SealedOnStopVolume) -> None:
    before = tree(volume.clear)
    with pytest.raises(UnsealedLeft, match="in clear on this disk"):
        on_stop.on_stop().drop()
    assert tree(volume.clear) == before


def test_erasing_falls_back_to_the_last_close(on_stop: Bench, volume: SealedOnStopVolume) -> None:
    (volume.clear / "data/late").unlink()
    before = tree(volume.clear)
    put(volume.clear, "data/late", b"written since", on_stop.owner)
    on_stop.on_stop().erase_clear()
    assert not volume.is_open()
    assert files_with(on_stop.root) == []
    volume.drop()
    volume.open(DEK)
    assert tree(volume.clear) == before


def test_what_a_crash_left_beside_goes_with_the_next_call(on_stop: Bench, volume: SealedOnStopVolume) -> None:
    volume.close(DEK)
    for end in (".part", ".gone"):
        put(volume.clear.with_name(volume.clear.name + end), "data/row", b"half a tree", on_stop.owner)
    (on_stop.sealed() / "base.9.tree.sealed.part").write_bytes(b"half an object")
    on_stop.on_stop().drop()
    assert list(volume.clear.parent.iterdir()) == []
    assert [path.name for path in on_stop.sealed().iterdir()] == ["base.3.tree.sealed"]


def test_it_keeps_no_base_of_a_running_server(volume: SealedOnStopVolume) -> None:
    assert (volume.spool, volume.replay, volume.seal_spool(DEK)) == (None, None, 0)
    with pytest.raises(VolumeError):
        volume.new_base(DEK)
