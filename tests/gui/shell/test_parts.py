"""What the shell is made of, without a window: places, navigator, commands, times, clock, notices, settings."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from kyok.errors import KyokError
from kyok_gui import places, times
from kyok_gui.cloud_clock import CloudClock
from kyok_gui.commands import COMMANDS, bind, in_menu
from kyok_gui.navigation import Navigator, page_class
from kyok_gui.notices import Notices
from kyok_gui.places import PLACES, Place
from kyok_gui.settings_store import SETTINGS, SettingsStore
from kyok_gui.theme.icons import known

NOW = datetime(2026, 11, 23, 17, 45, 3, tzinfo=UTC)

# places ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place",
    [
        Place(places.RESOURCES),
        Place(places.KEYS, "guid-1"),
        Place(places.KEYS, "a/b c", "item?x", (("key", "1&2"), ("empty", ""))),
        Place(places.ACTIVITY, query=(("instance", "g"),)),
    ],
)
def test_a_place_goes_round_through_its_link(place: Place) -> None:
    assert Place.of_href(place.href()) == place


def test_foreign_links_are_no_places() -> None:
    assert Place.of_href("https://example.com") is None
    assert Place.of_href("place:nowhere") is None


def test_a_query_can_be_read_and_changed() -> None:
    place = Place(places.KEYS, "g").with_query(key="1")
    assert place.value("key") == "1" and place.value("other", "x") == "x"
    assert place.page_key == ("keys", "g", None)


def test_every_place_has_a_title_and_a_shipped_icon() -> None:
    for kind, known_kind in PLACES.items():
        assert known_kind.title and ":" in known_kind.factory
        assert not known_kind.icon or known(known_kind.icon), kind
    listed = {*places.ACCOUNT_PAGES, *places.ACCESS_PAGES, *places.KMS_PAGES, *places.DATABASE_PAGES}
    assert listed <= PLACES.keys()


def test_a_page_is_imported_when_it_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = places.PlaceKind("Sample", "tests.gui.shell.sample:SamplePage", "account")
    monkeypatch.setitem(places.PLACES, "sample", kind)
    assert page_class("sample").__name__ == "SamplePage"


# navigator ------------------------------------------------------------------------


def test_back_and_forward(qtbot: Any) -> None:
    navigator = Navigator()
    moved: list[Place] = []
    navigator.moved.connect(moved.append)
    assert navigator.here == places.HOME and not navigator.can_go_back
    navigator.back()
    navigator.forward()
    navigator.go(Place(places.CATALOG))
    navigator.go(Place(places.KEYS, "g"))
    navigator.back()
    assert navigator.here.kind == places.CATALOG and navigator.can_go_forward
    navigator.forward()
    assert navigator.here.kind == places.KEYS
    navigator.back()
    navigator.go(Place(places.SETTINGS))
    assert not navigator.can_go_forward
    assert [place.kind for place in moved] == ["catalog", "keys", "catalog", "keys", "catalog", "settings"]


def test_going_where_one_is_tells_again_and_adds_no_step(qtbot: Any) -> None:
    navigator = Navigator()
    with qtbot.waitSignal(navigator.moved):
        navigator.go(places.HOME)
    assert not navigator.can_go_back
    navigator.replace(places.HOME.with_query(filter="x"))
    assert navigator.here.value("filter") == "x"


def test_links_are_followed_and_unknown_places_are_a_fault() -> None:
    navigator = Navigator()
    assert navigator.follow(Place(places.CATALOG).href())
    assert not navigator.follow("https://example.com")
    with pytest.raises(ValueError, match="nowhere"):
        navigator.go(Place("nowhere"))


# commands -------------------------------------------------------------------------


def test_ids_and_shortcuts_are_unique() -> None:
    ids = Counter(command.id for command in COMMANDS)
    shortcuts = Counter(QKeySequence(command.shortcut).toString() for command in COMMANDS if command.shortcut)
    assert max(ids.values()) == max(shortcuts.values()) == 1
    assert "" not in shortcuts


def test_commands_lead_to_known_places_with_known_icons() -> None:
    for command in COMMANDS:
        assert not command.place or command.place in PLACES
        assert not command.icon or known(command.icon)
    titles = [command.title for command in in_menu("manage")]
    assert titles[0] == "Resource list" and "Settings" in titles


def test_every_command_gets_an_action(qtbot: Any) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    done: list[str] = []
    actions = bind(window, {command.id: (lambda c=command.id: done.append(c)) for command in COMMANDS})
    for action in actions.values():
        action.trigger()
    assert done == [command.id for command in COMMANDS]


# times ----------------------------------------------------------------------------


def test_times_are_utc_in_the_words_of_the_window() -> None:
    assert times.at(NOW) == "23 Nov 2026 17:45 UTC"
    assert times.clock_time(NOW, seconds=True) == "17:45:03"
    assert times.day(NOW.date()) == "23 Nov 2026"
    assert times.day_word(NOW - timedelta(hours=1), NOW) == "Today 16:45"
    assert times.day_word(NOW - timedelta(days=2), NOW) == "21 Nov 2026"
    assert times.short_at(NOW, NOW) == "17:45:03"
    assert times.short_at(NOW - timedelta(days=1), NOW) == "22 Nov 17:45"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "now"), (38, "in 38 s"), (720, "in 12 min"), (3 * 3600, "in 3 h"), (6 * 86400, "in 6 days"), (-5, "now")],
)
def test_until(seconds: int, words: str) -> None:
    assert times.until(NOW + timedelta(seconds=seconds), NOW) == words


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(days=6, hours=22, minutes=5), "6 days 22 hours"),
        (timedelta(hours=1, seconds=3), "1 hour 3 seconds"),
        (timedelta(seconds=1), "1 second"),
        (timedelta(), "0 seconds"),
    ],
)
def test_spans(length: timedelta, words: str) -> None:
    assert times.span(length) == words


def test_countdowns() -> None:
    assert times.countdown(NOW + timedelta(seconds=42), NOW) == "0:42"
    assert times.countdown(NOW + timedelta(hours=2, seconds=5), NOW) == "2:00:05"


# clock ----------------------------------------------------------------------------


def test_the_clock_runs_on_from_what_the_cloud_said(qtbot: Any) -> None:
    tick = [100.0]
    clock = CloudClock(tick=lambda: tick[0])
    assert not clock.known
    with qtbot.waitSignals([clock.turned, clock.second]):
        clock.set(NOW)
    tick[0] += 30
    assert clock.now() == NOW + timedelta(seconds=30) and clock.known
    with qtbot.assertNotEmitted(clock.turned):
        clock.set(NOW + timedelta(seconds=31))
    with qtbot.waitSignal(clock.turned):
        clock.set(NOW + timedelta(days=1))
    clock.stop()


# notices --------------------------------------------------------------------------


def test_notices_are_told_and_kept() -> None:
    notices = Notices()
    told: list[str] = []
    notices.posted.connect(lambda notice: told.append(notice.level))
    notices.success("Done")
    notices.info("Known")
    notices.warning("Careful")
    notices.failure(KyokError("It failed.", "Try again."))
    assert told == ["good", "info", "warning", "error"]
    assert notices.history[-1].detail == "Try again."


# settings -------------------------------------------------------------------------


def test_settings_are_kept_and_private(tmp_path: Path, qtbot: Any) -> None:
    file = tmp_path / "home" / "config" / "console.ini"
    store = SettingsStore(file)
    with qtbot.waitSignal(store.changed):
        store.theme = "g100"
    store.set("theme", "g100")
    store.geometry = QByteArray(b"some bytes")
    store.save()
    again = SettingsStore(file)
    assert again.theme == "g100" and again.geometry == QByteArray(b"some bytes")
    assert (tmp_path / "home").stat().st_mode & 0o077 == 0


def test_bad_and_missing_settings_fall_back(tmp_path: Path) -> None:
    file = tmp_path / "config" / "console.ini"
    file.parent.mkdir()
    file.write_text("[General]\ntheme=pink\n")
    store = SettingsStore(file)
    assert store.theme == "white" and store.geometry.isEmpty()
    assert store.value("side_navigation") == "open"
    with pytest.raises(KeyError):
        store.value("password")
    assert not any("key" in name or "pass" in name for name in SETTINGS)


def test_a_home_that_cannot_be_made_is_not_the_settings_business(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = SettingsStore(tmp_path / "file" / "config" / "console.ini")
    assert store.theme == "white"
