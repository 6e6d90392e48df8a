"""Killed at any step of an exchange, the next start finds the old state or the new one, whole."""

import contextlib
from pathlib import Path

import pytest

from kyok.cloud.keeping import replacing
from kyok.durable import Disk
from kyok.paths import Home


class Killed(BaseException):
    """The process is gone."""


def laid(root: Path) -> Home:
    """A home with an old state, and a new one laid out."""
    home = Home(root)
    home.prepare()
    write(home.root, "old", wal=True)
    write(replacing.scratch(home), "new", wal=False)
    return home


def write(folder: Path, word: str, *, wal: bool) -> None:
    for name in ("hsm/provider/state.bin", "databases/x/rows"):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(word)
    (folder / "cloud.sqlite").write_text(word)
    if wal:
        (folder / "cloud.sqlite-wal").write_text(word)


def words(home: Home) -> set[str]:
    """What the files of the present state say."""
    parts = [part for part in replacing.parts(home) if part.exists()]
    files = [path for part in parts for path in (part, *part.rglob("*")) if path.is_file()]
    return {path.read_text() for path in files}


def steps(monkeypatch: pytest.MonkeyPatch, stop_after: int) -> list[str]:
    """Lets so many renames and removals happen, then kills."""
    done: list[str] = []
    for name in ("replace", "remove", "write"):
        real = getattr(Disk, name)

        def act(self: Disk, *args: object, real: object = real, name: str = name) -> object:
            if len(done) >= stop_after:
                raise Killed()
            done.append(name)
            return real(self, *args)  # type: ignore[operator]

        monkeypatch.setattr(Disk, name, act)
    return done


def test_an_exchange_leaves_the_new_state_and_keeps_the_old_one_until_it_is_forgotten(tmp_path: Path) -> None:
    home = laid(tmp_path / "home")
    replacing.replace(home)
    assert words(home) == {"new"}
    assert not home.database.with_name("cloud.sqlite-wal").exists()
    replacing.take_back(home)
    assert words(home) == {"old"}
    assert home.database.with_name("cloud.sqlite-wal").exists()
    write(replacing.scratch(home), "new", wal=False)
    replacing.replace(home)
    replacing.forget_old(home)
    assert sorted(path.name for path in home.root.iterdir()) == ["cloud.sqlite", "databases", "hsm"]


def test_killed_at_any_step_a_start_finds_one_whole_state(tmp_path: Path) -> None:
    seen: list[str] = []
    number = 0
    while True:
        home = laid(tmp_path / f"home-{number}")
        with pytest.MonkeyPatch.context() as monkeypatch:
            done = steps(monkeypatch, number)
            try:
                replacing.replace(home)
                replacing.forget_old(home)
                finished = True
            except Killed:
                finished = False
        replacing.settle(home)
        (word,) = words(home)
        seen.append(word)
        assert not any(path.name.startswith(".") for path in home.root.iterdir())
        if finished:
            break
        assert len(done) == number
        number += 1
    assert seen[0] == "old"
    assert seen[-1] == "new"
    assert seen == sorted(seen, reverse=True), "once it counts, it counts"
    assert number > 10


def test_killed_while_a_start_finishes_the_exchange(tmp_path: Path) -> None:
    for number in range(1, 12):
        home = laid(tmp_path / f"home-{number}")
        with pytest.MonkeyPatch.context() as monkeypatch:
            steps(monkeypatch, 4)
            with pytest.raises(Killed):
                replacing.replace(home)
        with pytest.MonkeyPatch.context() as monkeypatch:
            steps(monkeypatch, number)
            with contextlib.suppress(Killed):
                replacing.settle(home)
        replacing.settle(home)
        assert words(home) == {"new"}


def test_a_start_without_anything_to_do_does_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    write(home.root, "old", wal=True)
    assert replacing.settle(home) is False
    assert words(home) == {"old"}
