"""Every place looks as it did: pictures of each in both themes, both sizes and both scales.

`make golden` renews them, after a look at what changed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QScrollArea

from kyok_gui.places import PLACES
from tests.golden.camera import ALL_VIEWS, PICTURES, TWO_VIEWS, View, difference, load, photograph, save
from tests.golden.conftest import Studio
from tests.golden.scenes import SCENES, Scene
from tests.gui.crawl.looks import faults

RENEW = os.environ.get("KYOK_GOLDEN") == "renew"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("golden"),
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),  # menus ask for the keyboard
]


def views(scene: Scene) -> tuple:  # type: ignore[type-arg]
    return TWO_VIEWS if scene.also else ALL_VIEWS


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_the_place_looks_as_it_did(studio: Studio, scene: Scene, tmp_path: Path) -> None:
    studio.arrange(scene)
    told = []
    for view in views(scene):
        studio.show(view)
        told += [f"{scene.name} at {view.size.width()}: {fault}" for fault in faults(studio.window)]
        seen, file = photograph(studio.window, view.scale), view.file(scene.name)
        kept = load(file)
        changed = difference(seen, kept) if not kept.isNull() else "there is no picture of it"
        if changed and RENEW:
            save(seen, file)
        elif changed:
            save(seen, tmp_path / file.name)
            told.append(f"{file.name}: {changed}; it is now {tmp_path / file.name}")
    assert not told, "\n".join(told)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_nothing_is_cut_off_in_a_narrow_window(studio: Studio, scene: Scene) -> None:
    """At the least width of the window, and at the least at which the side navigation is open."""
    studio.arrange(scene)
    told = []
    for size in (QSize(800, 600), QSize(1056, 700)):
        studio.show(View("white", size, 1))
        told += [f"{scene.name} at {size.width()}: {fault}" for fault in faults(studio.window)]
        for area in studio.window.findChildren(QScrollArea):
            inside = area.widget()
            if area.isVisible() and inside.minimumSizeHint().width() > area.viewport().width():
                told.append(f"{scene.name} at {size.width()}: {inside.minimumSizeHint().width()} in {area.width()}")
    assert not told, "\n".join(told)


def test_every_place_has_a_picture() -> None:
    assert {scene.kind for scene in SCENES if not scene.also} == set(PLACES)


def test_no_picture_is_left_of_a_scene_that_is_gone() -> None:
    wanted = {view.file(scene.name) for scene in SCENES for view in views(scene)}
    left = set(PICTURES.glob("*.webp")) - wanted
    if RENEW:
        for file in left:
            file.unlink()
        left = set()
    assert not left


def test_pictures_differ_by_what_an_eye_sees() -> None:
    one = QImage(100, 100, QImage.Format.Format_RGB32)
    one.fill(0xFFFFFFFF)
    other = one.copy()
    assert difference(one, other) == ""
    for column in range(40):
        other.setPixel(column, 7, 0xFFF8F8F8)
    assert difference(one, other) == "", "a shade is not seen"
    for column in range(40):
        other.setPixel(column + 3, 7, 0xFF000000)
    assert difference(one, other) == "40 pixels differ, within 3,7 to 42,7"
    assert difference(one, one.copy(0, 0, 50, 100)) == "100 x 100 instead of 50 x 100"
