"""Puts another whole state in the place of a home's present one: old or new, never a mixture, whenever one is killed.

The new state is laid out in `.coming` first. Renaming that to `.arriving` is the moment it counts: a start that finds
`.arriving` finishes the exchange, one that finds `.coming` alone throws it away. What was there goes to `.leaving`, so
that a state that does not open can be taken back, and is destroyed at the end.
"""

import json
from pathlib import Path

from kyok.cloud.keeping import trees
from kyok.durable import FOLDER_MODE, Disk
from kyok.paths import Home

COMING, ARRIVING, LEAVING = ".coming", ".arriving", ".leaving"
_MANIFEST = "arriving.json"
_SCRATCH = (COMING, LEAVING, ".export")


def parts(home: Home) -> list[Path]:
    """What a state is made of. Seal, API key file and the key that signs tokens stay with the home."""
    sqlite = [home.database, *(home.database.with_name(home.database.name + end) for end in ("-wal", "-shm"))]
    return [*sqlite, home.hsm, home.databases]


def scratch(home: Home, name: str = COMING) -> Path:
    """An empty folder of this name in the home; what was in it is gone."""
    folder = home.root / name
    trees.remove(folder)
    folder.mkdir(mode=FOLDER_MODE)
    return folder


def settle(home: Home) -> bool:
    """At a start: finishes an exchange that counts already, clears away what never did; True when it finished one.

    The caller holds the home's lock.
    """
    finished = (home.root / ARRIVING).is_dir()
    if finished:
        _exchange(home)
    for name in _SCRATCH:
        trees.remove(home.root / name)
    return finished


def replace(home: Home) -> None:
    """Exchanges the present state for the one in `.coming`. Nobody uses the home meanwhile. `forget_old` comes last."""
    coming = home.root / COMING
    disk = Disk()
    names = sorted(path.name for path in coming.iterdir())
    disk.write(coming / _MANIFEST, json.dumps(names).encode())
    disk.sync_folder(coming)
    trees.remove(home.root / LEAVING)
    disk.replace(coming, home.root / ARRIVING)
    _exchange(home)


def take_back(home: Home) -> None:
    """Puts the former state back: the new one does not open."""
    leaving = home.root / LEAVING
    for part in parts(home):
        trees.remove(part)
        former = leaving / part.name
        if former.exists():
            Disk().replace(former, part)
    trees.remove(leaving)


def forget_old(home: Home) -> None:
    """Destroys the state that was replaced."""
    trees.remove(home.root / LEAVING)


def _exchange(home: Home) -> None:
    arriving, leaving = home.root / ARRIVING, home.root / LEAVING
    manifest = arriving / _MANIFEST
    if manifest.exists():  # without it everything is in its place
        leaving.mkdir(mode=FOLDER_MODE, exist_ok=True)
        names = frozenset(json.loads(manifest.read_bytes()))
        for part in parts(home):
            _one(part, arriving / part.name, leaving / part.name, comes=part.name in names)
        Disk().remove(manifest)
    trees.remove(arriving)


def _one(present: Path, coming: Path, former: Path, *, comes: bool) -> None:
    """Each of the two renames may be the last thing that happens; whoever goes on sees by what is there."""
    if comes and not coming.exists():
        return  # it is in its place
    if present.exists() and not former.exists():
        Disk().replace(present, former)
    if comes:
        Disk().replace(coming, present)
