"""Buttons, texts, states, boxes and bars."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtGui import Qt as RichText
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyok.domain.cluster import ClusterState, InstanceState, NodeState
from kyok.domain.key_rules import NodeKeyStatus
from kyok.domain.key_states import KeyState
from kyok_gui.places import Place
from kyok_gui.theme import theme
from kyok_gui.theme.icons import known
from kyok_gui.theme.manager import ThemeManager
from kyok_gui.widgets import (
    Breadcrumb,
    Button,
    CopyField,
    FilterChip,
    IconButton,
    InlineNote,
    KeyValueList,
    Link,
    LinkValue,
    MenuButton,
    MenuEntry,
    PageHeader,
    ProgressSteps,
    Prose,
    Skeleton,
    StatusLabel,
    Step,
    Tag,
    Text,
    escape,
    instance_state,
    key_state,
    key_status,
    link_html,
    node_state,
    outcome,
    plain,
)
from kyok_gui.widgets.basics import tip
from kyok_gui.widgets.status import INSTANCE_STATE, KEY_STATE, KEY_STATUS, LEVELS, NODE_STATE, OUTCOMES
from tests.gui import driver
from tests.gui.conftest import show
from tests.gui.kit import gallery


def boxed(qtbot: Any, *widgets: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    for widget in widgets:
        column.addWidget(widget)
    show(qtbot, box, 900, 500)
    return box


# states -----------------------------------------------------------------------


def test_every_word_of_the_domain_has_a_state() -> None:
    for status in NodeKeyStatus:
        assert key_status(str(status)).icon != "information--filled", status
    for state in KeyState:
        assert key_state(int(state)) in KEY_STATE.values()
    for node in NodeState:
        assert node_state(str(node)) in NODE_STATE.values(), node
    for instance in InstanceState:
        assert instance_state(str(instance)).icon != "information--filled", instance
    for cluster in ClusterState:
        assert instance_state(cluster.word).icon != "information--filled", cluster


@pytest.mark.parametrize("table", [KEY_STATUS, KEY_STATE, NODE_STATE, INSTANCE_STATE, OUTCOMES, LEVELS])
def test_every_state_has_a_shipped_icon_and_a_known_token(table: dict[str, Any]) -> None:
    for status in table.values():
        assert known(status.icon), status
        assert theme().value(status.token)


def test_shape_alone_tells_the_key_states_apart() -> None:
    shapes = [status.icon for status in KEY_STATUS.values()]
    assert len(shapes) == len(set(shapes))


def test_a_state_can_say_other_words(qtbot: Any) -> None:
    label = StatusLabel(key_status("connected"), size="lg", name="node.status")
    boxed(qtbot, label)
    label.set_status(key_status("not-authorized"), "0 of 3 connected")
    label.set_tone("error")
    assert label.words() == label.accessibleName() == "0 of 3 connected"
    assert key_status("new word").word == "New word"
    assert outcome("failure").word == "Failed"


# buttons ----------------------------------------------------------------------


def test_a_button_is_named_by_its_words(qtbot: Any) -> None:
    button = Button("Create", name="x.create", icon="add")
    boxed(qtbot, button)
    assert (button.objectName(), button.accessibleName()) == ("x.create", "Create")
    button.setText("Authorize")
    button.set_kind("danger")
    button.set_icon_name("checkmark")
    assert button.accessibleName() == "Authorize" and button.kind == "danger"


def test_a_button_that_is_off_says_why() -> None:
    button = Button("Create", name="x.create")
    button.set_enabled_because(False, "The authorization is missing.")
    assert not button.isEnabled() and button.accessibleDescription() == "The authorization is missing."
    button.set_enabled_because(True, "")
    assert button.isEnabled() and not button.accessibleDescription()


def test_an_icon_button_must_have_a_name() -> None:
    with pytest.raises(ValueError, match="accessible name"):
        IconButton("add", "", name="x.add")
    button = IconButton("add", "Add", name="x.add")
    button.set_icon_name("subtract", "Take away")
    assert button.accessibleName() == "Take away"


def test_a_menu_button_opens_and_tells_its_choice(qtbot: Any) -> None:
    chosen: list[str] = []
    button = MenuButton(
        "Actions", [MenuEntry("rename", "Rename"), MenuEntry("delete", "Delete", danger=True)], name="x.act"
    )
    button.chosen.connect(chosen.append)
    box = boxed(qtbot, button)
    driver.press(box, "x.act")
    assert button._menu.isVisible()
    button._menu.close()
    driver.choose_action(box, "x.act", "delete")
    assert chosen == ["delete"]
    button.set_entries([])
    assert not button.isEnabled()


def test_links_and_chips_press_by_key(qtbot: Any) -> None:
    pressed: list[str] = []
    link = Link("View event", name="x.link", icon="launch")
    link.clicked.connect(lambda: pressed.append("link"))
    chip = FilterChip("Type: Root key", name="x.chip")
    chip.removed.connect(lambda: pressed.append("chip"))
    box = boxed(qtbot, link, chip, Tag("Critical", "red"))
    for widget in (link, chip):
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(widget, Qt.Key.Key_Space)
    box.grab()
    assert pressed == ["link", "chip"]
    link.setText("Other")
    assert link.accessibleName() == "Other"


@pytest.mark.parametrize("theme_name", ["white", "g100"])
def test_every_part_paints_in_both_themes(qtbot: Any, themed: ThemeManager, theme_name: str) -> None:
    themed.switch(theme_name)
    made = gallery.gallery()
    show(qtbot, made, 1440, 1700)
    assert made.grab().width() == 1440


# texts ------------------------------------------------------------------------


def test_prose_keeps_words_and_tells_links(qtbot: Any, themed: ThemeManager) -> None:
    followed: list[str] = []
    prose = Prose(f"Root key {link_html('a<b', 'place:keys')} and <b>more</b>", name="x.prose")
    prose.link.connect(followed.append)
    boxed(qtbot, prose)
    assert prose.words() == prose.accessibleName() == "Root key a<b and more"
    prose.clearFocus()
    prose.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(prose, Qt.Key.Key_Return)
    assert followed == ["place:keys"]
    before = prose.text()
    themed.switch("g100")
    qtbot.waitUntil(lambda: prose.text() != before)
    prose.set_tone("error")
    assert plain(escape("a & b")) == "a & b"


def test_words_wrap_without_pushing_the_page_apart(qtbot: Any) -> None:
    text = Text("one two three " * 40, wrap=True)
    assert text.minimumSizeHint().height() < 24
    assert text.heightForWidth(300) > 100


# boxes and bars ---------------------------------------------------------------


def test_values_are_lines_links_states_and_codes(qtbot: Any) -> None:
    followed: list[str] = []
    values = KeyValueList([("Host", ""), ("HPCS instance", LinkValue("acme-hpcs", "place:keys/1"))], name="x.values")
    values.link.connect(followed.append)
    boxed(qtbot, values)
    driver.press(values, "x.values.hpcs-instance")
    assert followed == ["place:keys/1"]
    values.set_rows([("State", key_state(2)), ("Note", Text("free"))])
    assert values.words() == {"State": "Suspended", "Note": "free"}


def test_a_verdict_shows_one_cure_or_none(qtbot: Any) -> None:
    verdict = gallery.verdict()
    pressed: list[int] = []
    verdict.pressed.connect(lambda: pressed.append(1))
    boxed(qtbot, verdict)
    driver.press(verdict, "nodes.verdict.button")
    assert pressed == [1] and verdict.level == "error"
    verdict.show_verdict("good", "All well.")
    assert not verdict.button.isVisible() and not verdict.detail.isVisible()


def test_a_note_has_words_and_a_way_out(qtbot: Any) -> None:
    note = InlineNote("warning", "The key cannot be changed later", "Backups stay 7 days.", name="x.note", compact=True)
    acted: list[int] = []
    note.acted.connect(lambda: acted.append(1))
    boxed(qtbot, note)
    assert note.words() == "The key cannot be changed later Backups stay 7 days."
    note.show_note("error", "Wrong", "", "Cure")
    driver.press(note, "x.note.action")
    assert acted == [1]


def test_an_empty_state_offers_the_first_step(qtbot: Any) -> None:
    empty = gallery.empty()
    told: list[str] = []
    empty.pressed.connect(lambda: told.append("pressed"))
    empty.link.connect(told.append)
    boxed(qtbot, empty)
    driver.press(empty, "authorizations.empty.button")
    assert told == ["pressed"]
    empty.set_extra("Usually", link_html("again", "x"))


def test_copying_copies_the_whole_text_and_says_so(qtbot: Any) -> None:
    field = CopyField("crn:v1:" + "x" * 200, name="x.crn", accessible="CRN")
    box = boxed(qtbot, field)
    box.resize(300, 200)
    driver.press(box, "x.crn.copy")
    assert QGuiApplication.clipboard().text() == field.text()
    assert field.button.accessibleName() == "Copied CRN"
    assert "…" in field._words.text() and field._words.accessibleName() == field.text()
    field._told.timeout.emit()
    assert field.button.accessibleName() == "Copy CRN"


def test_the_head_shows_the_way_and_its_links_go(qtbot: Any) -> None:
    gone: list[Place] = []
    head = PageHeader()
    head.breadcrumb.chosen.connect(gone.append)
    head.set_trail([("Resource list", Place("resources")), ("acme", Place("keys", "1")), ("KMS keys", None)])
    head.set_title("KMS keys")
    head.set_subtitle("Root keys protect the data keys.")
    head.add_beside_title(Tag("Beta"))
    head.add_action(Button("First", name="x.first"))
    head.add_action(Button("Second", name="x.second"))
    boxed(qtbot, head, Button("After", name="x.after"))
    driver.press(head, "page.breadcrumb.1")
    assert gone == [Place("keys", "1")]
    assert head.breadcrumb.words() == ["Resource list", "acme", "KMS keys"]


def test_tab_follows_the_eye_even_for_parts_made_late(qtbot: Any) -> None:
    head = PageHeader()
    body = Button("Body", name="x.body")
    box = boxed(qtbot, head, body)
    head.add_action(Button("Action", name="x.action"))
    head.set_trail([("One", Place("resources")), ("Two", Place("catalog")), ("Three", None)])
    qtbot.waitUntil(lambda: driver.find(box, "page.breadcrumb.1").isVisible())
    driver.find(box, "page.breadcrumb.0").setFocus(Qt.FocusReason.TabFocusReason)
    order = []
    for _ in range(5):
        order.append(driver.focused_name())
        QTest.keyClick(box.focusWidget(), Qt.Key.Key_Tab)
    assert order == ["page.breadcrumb.0", "page.breadcrumb.1", "x.action", "page.help", "x.body"]


def test_steps_say_where_one_is(qtbot: Any) -> None:
    steps = ProgressSteps([Step("a", "Source"), Step("b", "Target", "Choose")], name="x.steps")
    steps.set_current("b")
    steps.set_done({"a"})
    steps.set_hint("a", "PostgreSQL")
    boxed(qtbot, steps, Skeleton(2)).grab()
    assert steps.accessibleName() == "Steps. Source: done, Target: current"


def test_a_breadcrumb_that_stays_is_not_rebuilt(qtbot: Any) -> None:
    crumb = Breadcrumb()
    crumb.set_trail([("A", Place("resources")), ("B", None)])
    boxed(qtbot, crumb)
    before = driver.find(crumb, "page.breadcrumb.0")
    crumb.set_trail([("A", Place("resources")), ("B", None)])
    assert driver.find(crumb, "page.breadcrumb.0") is before


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("plain", "plain"),
        ("a < b & c", "a < b & c"),
        ("key <b>bold</b>", "key <b>bold</b>"),
        ("<img src='file:///etc/passwd'>", "<img src='file:///etc/passwd'>"),
        ("a &lt; b", "a &lt; b"),
    ],
)
def test_a_tooltip_shows_a_name_as_it_is_written(qtbot: Any, words: str, seen: str) -> None:
    shown = QTextDocument()
    told = tip(words)
    if RichText.mightBeRichText(told):
        shown.setHtml(told)
    else:
        shown.setPlainText(told)
    assert shown.toPlainText().replace("\xa0", " ") == seen
    button = Button("Delete", name="tooltip.button")
    qtbot.addWidget(button)
    button.set_enabled_because(False, words)
    assert button.toolTip() == told
    assert button.accessibleDescription() == words
