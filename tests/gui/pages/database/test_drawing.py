"""What is painted by hand: the chain and the strip of key checks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QImage

from kyok.domain.chain import Link, chain
from kyok.domain.key_rules import NodeKeyStatus
from kyok.domain.key_states import KeyState
from kyok.domain.standing import AuthorizationFacts
from kyok.domain.verdict import Level
from kyok_gui.pages.database.chain_box import ChainBox, shortened, status_of
from kyok_gui.pages.database.chain_view import ChainView, arrow_kind
from kyok_gui.pages.database.check_strip import CheckStrip
from kyok_gui.pages.database.strip_data import Marker, StripData, StripRow, hours, place_markers, spoken
from kyok_gui.theme import ThemeManager, colour
from tests.core.domain.facts import key, node, nodes, standing, stopped
from tests.gui.conftest import show

END = datetime(2026, 11, 23, 17, 45, tzinfo=UTC)
START = END - timedelta(days=1)


def box(link_id: Any = "key", *, broken: bool = False, cut: bool = False, level: Level | None = Level.ERROR) -> Link:
    return Link(link_id, "Title", "name", "line", "word", level if broken else Level.SUCCESS, broken, cut)


def test_arrows_say_what_lies_before_and_behind_the_break() -> None:
    assert arrow_kind(box(), box()) == "whole"
    assert arrow_kind(box(), box(broken=True)) == "broken"
    assert arrow_kind(box(broken=True), box(cut=True)) == "broken"
    assert arrow_kind(box(cut=True), box(cut=True)) == "pale"
    assert arrow_kind(box(broken=True, level=Level.WARNING), box()) == "strained"


@pytest.mark.parametrize(
    ("link", "icon"),
    [
        (Link("key", "Root key", "k", "l", "Destroyed", Level.ERROR, state="destroyed"), "misuse--outline"),
        (Link("key", "Root key", "k", "l", "Purged", Level.ERROR, state="destroyed"), "misuse--outline"),
        (Link("key", "Root key", "k", "l", "Suspended", Level.ERROR, state="suspended"), "pause--outline--filled"),
        (
            Link("key", "Root key", "k", "l", "Deactivated, still unwraps", Level.WARNING, state="deactivated"),
            "warning--diamond-fill",
        ),
        (Link("data-key", "Data key", "k", "l", "Destroyed", Level.ERROR, state="destroyed"), "misuse--outline"),
        (Link("data-key", "Data key", "k", "l", "Kept, not readable now", None), "locked"),
        (Link("nodes", "Nodes", "k", "l", "0 of 3 connected", Level.ERROR), "pause--outline--filled"),
        (Link("hsm", "HSM", "k", "l", "No path", Level.WARNING), "warning--alt--filled"),
    ],
)
def test_icons_of_boxes(link: Link, icon: str) -> None:
    status = status_of(link, NodeKeyStatus.DISABLED)
    assert (status.icon, status.word) == (icon, link.word)


def removed(moment: datetime, person: str) -> Link:
    gone = AuthorizationFacts(in_force=False, removed_by=person, removed_at=moment)
    return chain(standing(stopped(NodeKeyStatus.NOT_AUTHORIZED), authorization=gone))[2]


def test_boxes_shorten_in_a_fixed_way() -> None:
    assert shortened(chain(standing(nodes(NodeKeyStatus.CONNECTED)))[1]).name == "ledger-root, v3"
    gone = removed(END.replace(minute=41), "anna")
    assert (shortened(gone).line, shortened(gone).word) == ("17:41, anna@", "Removed")
    nobody = removed(END.replace(day=22, minute=41), "")
    assert (shortened(nobody).line, shortened(nobody).word) == ("22 Nov 17:41", "Removed")
    cut = node(3, NodeKeyStatus.NOT_CONNECTED, since=END, grace_until=END)
    path = chain(standing((*nodes(NodeKeyStatus.CONNECTED)[:2], cut)))
    assert (shortened(path[0]).line, shortened(path[0]).word) == ("From us-south-3", "No path")
    assert shortened(path[3]).word == "In 2 of 3 nodes"
    kept = chain(standing(stopped(NodeKeyStatus.DISABLED), key=key(state=KeyState.SUSPENDED)))[3]
    assert kept.line == "Under version 3 since 09:00"
    assert (shortened(kept).line, shortened(kept).word) == ("Under version 3", "Kept, unreadable")


@pytest.mark.parametrize(
    ("width", "moment", "person", "shown"),
    [
        (192, END.replace(minute=41), "anna", ("PostgreSQL → acme-hpcs", "Removed 17:41 by anna")),
        (192, END.replace(hour=3, minute=6), "admin", ("PostgreSQL → acme-hpcs", "Removed 03:06 by admin")),
        (192, END.replace(day=22, minute=41), "anna", ("PostgreSQL → acme-hpcs", "Removed 22 Nov 17:41")),
        (160, END.replace(minute=41), "anna", ("17:41, anna@", "Removed")),
    ],
)
def test_a_removed_authorization_reads_as_in_the_mock_ups(
    qtbot: Any, width: int, moment: datetime, person: str, shown: tuple[str, str]
) -> None:
    made = ChainBox("authorization")
    qtbot.addWidget(made)
    made.resize(width, made.height())
    made.show_link(removed(moment, person), NodeKeyStatus.NOT_AUTHORIZED)
    assert (made.shown().line, made.shown().word) == shown


def test_a_box_says_everything_to_a_screen_reader(qtbot: Any) -> None:
    made = ChainBox("key")
    qtbot.addWidget(made)
    made.show_link(
        Link("key", "Root key", "ledger-root, version 3", "Key ring ledger", "Active"), NodeKeyStatus.CONNECTED
    )
    assert made.accessibleName() == "Root key: ledger-root, version 3. Key ring ledger. Active."


def test_a_change_of_theme_is_a_repaint(qtbot: Any, themed: ThemeManager) -> None:
    view = ChainView()
    show(qtbot, view, 1120, 104)
    view.show_chain([box("hsm"), box("key", broken=True), box("nodes")], NodeKeyStatus.DISABLED)
    white = view.grab().toImage()
    themed.switch("g100")
    dark = view.grab().toImage()
    assert white.pixelColor(5, 5) != dark.pixelColor(5, 5)
    assert dark.pixelColor(20, 5) == colour("layer01")
    assert edge_of(dark, view) == colour("supportError")


def edge_of(image: QImage, view: ChainView) -> Any:
    broken = view.boxes()[1]
    return image.pixelColor(broken.x() + 1, 40)


# strip ------------------------------------------------------------------------


def data(*markers: Marker, buckets: str = "p" * 96) -> StripData:
    rows = tuple(StripRow(number, f"us-south-{number}", buckets) for number in (1, 2, 3))
    return StripData(START, END, END, rows, markers)


def placed(*markers: Marker) -> list[tuple[str, str]]:
    """Words of each label and the side on which it stands."""
    found = place_markers(data(*markers), 100, 960, lambda text: 6 * len(text))
    return [(one.text, "none" if not one.width else "right" if one.left > one.x else "left") for one in found]


def at(hours_ago: float) -> datetime:
    return END - timedelta(hours=hours_ago)


def test_labels_stand_inside_and_near_ones_are_shared() -> None:
    evening, enabled, morning = (
        Marker(at(21.25), "disabled"),
        Marker(at(20.875), "enabled"),
        Marker(at(8.75), "rotated"),
    )
    assert placed(evening, enabled, morning) == [
        ("20:30 disabled, 20:52 enabled", "right"),
        ("09:00 rotated", "left"),
    ]


def test_what_still_holds_keeps_its_label() -> None:
    long = "rotated to version 3 and everything was well for a long time"
    found = placed(Marker(at(2), long), Marker(at(0.1), "authorization removed by somebody", "error"))
    assert found[1] == ("17:39 authorization removed by somebody", "left")
    assert found[0][1] == "none" or found[0][1] == "left"
    assert placed(Marker(at(30), "too old")) == []


def test_of_markers_at_one_place_the_gravest_is_seen(qtbot: Any) -> None:
    deleted, cut = Marker(at(1), "root key deleted", "error"), Marker(at(1), "us-south-3 loses acme-hpcs", "warning")
    long = Marker(at(1), "us-south-3 loses acme-hpcs, the instance that holds the root key " + "of all " * 8, "warning")
    assert placed(deleted, long)[0] == ("16:45 root key deleted", "left")
    strip = CheckStrip()
    show(qtbot, strip, 1120, 176)
    strip.show_strip(data(deleted, cut))
    image = strip.grab().toImage()
    inks = {image.pixelColor(x, 57).name() for x in range(144, 1100)}
    assert colour("supportError").name() in inks
    assert colour("supportWarning").name() not in inks


def test_hours_are_every_third_and_midnight_has_its_date() -> None:
    assert [label for _, label in hours(data())] == [
        *("18:00", "21:00", "23 Nov 00:00", "03:00", "06:00", "09:00", "12:00", "15:00"),
    ]


def test_the_strip_in_words() -> None:
    words = spoken(data(Marker(at(21.25), "disabled"), buckets="p" * 11 + "dd" + "p" * 83))
    assert "Node 1, us-south-1: denied 20:30 to 21:00" in words
    assert words.endswith("20:30 disabled.")
    assert "all checks passed" in spoken(data())


def test_marks_differ_in_height_not_only_in_colour(qtbot: Any) -> None:
    strip = CheckStrip()
    show(qtbot, strip, 1120, 176)
    strip.show_strip(data(buckets="p" * 24 + "d" * 24 + "u" * 24 + "-" * 24))
    image = strip.grab().toImage()
    heights = [sum(image.pixelColor(x, y) != colour("layer01") for y in range(68, 92)) for x in (200, 430, 670, 910)]
    assert heights == [8, 16, 12, 2]


def test_a_mark_says_its_time(qtbot: Any) -> None:
    strip = CheckStrip()
    show(qtbot, strip, 1120, 176)
    strip.show_strip(data(buckets="p" * 11 + "dd" + "p" * 83))
    assert strip.mark_words(QPoint(144 + 115, 80)) == "Node 1, 20:30 to 20:45 UTC: denied"
    assert strip.mark_words(QPoint(20, 80)) == ""
    strip.show_words("None.")
    assert strip.mark_words(QPoint(259, 80)) == ""
    assert strip.sizeHint() == QSize(640, 72)
