"""Fields, drop-downs, ticks and switches."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from kyok_gui.theme import colour
from kyok_gui.widgets import (
    CheckBox,
    Choice,
    NumberField,
    PasswordField,
    RadioGroup,
    SearchField,
    SelectField,
    TextArea,
    TextField,
    Toggle,
)
from kyok_gui.widgets.frames import scrolled
from kyok_gui.widgets.select import ChoiceList
from tests.gui import driver
from tests.gui.conftest import show
from tests.gui.kit import gallery


@pytest.fixture
def form(qtbot: Any) -> QWidget:
    made = gallery.form()
    show(qtbot, made, 1200, 600)
    return made


def test_a_field_is_named_by_its_label_and_speaks_its_error(qtbot: Any) -> None:
    field = TextField("Service name", name="form.name", value="a", helper="Letters and digits.", mono=True)
    show(qtbot, field, 400, 120)
    edit = driver.find(field, "form.name", QLineEdit)
    assert edit.accessibleName() == "Service name"
    field.set_error("Too short.")
    assert field.error == "Too short." and edit.accessibleDescription() == "Too short."
    assert driver.find(field, "form.name.helper").text() == "Too short."  # type: ignore[attr-defined]
    assert edit.property("invalid") == "true"
    field.set_error("")
    assert driver.find(field, "form.name.helper").text() == "Letters and digits."  # type: ignore[attr-defined]
    field.set_helper("")
    field.set_label("Instance name")
    assert edit.accessibleName() == field.label == "Instance name"


def test_typing_tells_and_enter_submits(qtbot: Any) -> None:
    field = TextField("Name", name="form.name")
    told: list[str] = []
    field.changed.connect(told.append)
    field.submitted.connect(lambda: told.append("!"))
    show(qtbot, field, 400, 120)
    driver.write(field, "form.name", "ab")
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    field.set_value("ab")
    assert told == ["a", "ab", "!"] and field.value() == "ab"


def test_a_note_under_a_field_can_be_followed(form: QWidget) -> None:
    select = driver.find(form, "form.kms.field", SelectField)
    followed: list[int] = []
    select.note_link.connect(lambda: followed.append(1))
    driver.press(form, "form.kms.note.link")
    assert followed == [1]
    select.set_note("", "", "")
    assert not driver.exists(form, "form.kms.note")


def test_a_password_is_hidden_shown_by_the_eye_and_wiped(form: QWidget) -> None:
    field = driver.find(form, "form.password.field", PasswordField)
    driver.write(form, "form.password", "Secret words 12")
    assert field.edit.echoMode() == QLineEdit.EchoMode.Password
    driver.press(form, "form.password.eye")
    assert field.edit.echoMode() == QLineEdit.EchoMode.Normal
    assert field.eye.accessibleName() == "Hide Database admin password"
    driver.press(form, "form.password.eye")
    field.set_checks([("digit", True)])
    assert driver.find(form, "form.password.checks").accessibleName() == "digit: met"
    field.wipe()
    assert field.value() == "" and not field.edit.isUndoAvailable()


def test_a_passphrase_is_typed_twice_with_tab_between(qtbot: Any) -> None:
    form = QWidget()
    first, again = PasswordField("Passphrase", name="form.first"), PasswordField("Again", name="form.again")
    column = QVBoxLayout(form)
    column.addWidget(first)
    column.addWidget(again)
    show(qtbot, form, 400, 200)
    first.setFocus()
    QTest.keyClicks(first.edit, "Secret words 12")
    QTest.keyClick(first.edit, Qt.Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "Secret words 12")
    assert again.edit.hasFocus() and first.value() == again.value() == "Secret words 12"
    QTest.keyClick(again.edit, Qt.Key.Key_Backtab)
    assert first.edit.hasFocus()


def test_the_eye_leaves_the_focus_in_the_field_and_has_a_shortcut(qtbot: Any) -> None:
    field = PasswordField("Passphrase", name="form.first")
    show(qtbot, field, 400, 100)
    field.setFocus()
    QTest.mouseClick(field.eye, Qt.MouseButton.LeftButton)
    assert field.edit.hasFocus() and field.edit.echoMode() == QLineEdit.EchoMode.Normal
    assert field.eye.toolTip() == "Hide Passphrase (Alt+F8)" and field.eye.accessibleName() == "Hide Passphrase"
    QTest.keyClick(field.edit, Qt.Key.Key_F8, Qt.KeyboardModifier.AltModifier)
    assert field.edit.echoMode() == QLineEdit.EchoMode.Password and field.value() == ""
    assert field.eye.toolTip() == "Show Passphrase (Alt+F8)"
    QTest.keyClick(field.edit, Qt.Key.Key_F8)
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.edit.echoMode() == QLineEdit.EchoMode.Password


def test_an_area_lets_tab_go_and_forgets(qtbot: Any) -> None:
    area = TextArea("Key material", name="form.material", helper="Base64")
    told: list[str] = []
    area.changed.connect(told.append)
    show(qtbot, area, 400, 200)
    driver.write(area, "form.material", "abc")
    area.wipe()
    assert area.value() == "" and not area.edit.document().isUndoAvailable()
    area.set_value("x")
    area.set_value("x")
    assert told[-1] == "x"


def test_a_number_stays_inside_its_bounds(qtbot: Any) -> None:
    field = NumberField("Threshold", name="form.n", minimum=1, maximum=3, value=2, unit="people")
    told: list[int] = []
    field.changed.connect(told.append)
    show(qtbot, field, 400, 120)
    driver.press(field, "form.n.more")
    assert not driver.find(field, "form.n.more").isEnabled()
    driver.press(field, "form.n.less")
    driver.write(field, "form.n", "99")
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.value() == 3
    driver.write(field, "form.n", "x")
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.edit.text() == "3"
    assert told == [3, 2, 3]
    assert driver.find(field, "form.n", QLineEdit).accessibleName() == "Threshold, people"


def test_a_search_waits_for_a_rest(qtbot: Any) -> None:
    field = SearchField("Search services", name="form.search", accessible="Search services")
    show(qtbot, field, 400, 80)
    with qtbot.waitSignal(field.changed) as told:
        QTest.keyClicks(field.edit, "pg")
    assert told.args == ["pg"] and field.value() == "pg"


# drop-down ----------------------------------------------------------------------


@pytest.fixture
def select(qtbot: Any) -> SelectField:
    box = QWidget()
    column = QVBoxLayout(box)
    made = SelectField("Target instance", name="form.target", choices=gallery.instance_choices())
    column.addWidget(made)
    column.addStretch(1)
    show(qtbot, box, 500, 400)
    return made


def opened(select: SelectField) -> ChoiceList:
    found = select.open_choices()
    assert found is not None
    return found


def test_it_opens_by_key_and_chooses_past_what_cannot_be_chosen(select: SelectField) -> None:
    chosen: list[str] = []
    select.chosen.connect(chosen.append)
    assert select.box.accessibleName() == "Target instance: Choose an option"
    select.box.setFocus()
    QTest.keyClick(select.box, Qt.Key.Key_Down)
    listing = opened(select)
    assert listing.hasFocus()
    QTest.keyClick(listing, Qt.Key.Key_Return)
    assert chosen == ["b"] and select.value() == "b"
    assert select.box.accessibleName() == "Target instance: acme-hpcs-eu"
    assert select.open_choices() is None and select.box.hasFocus()


def test_escape_and_a_press_elsewhere_close_it(select: SelectField, qtbot: Any) -> None:
    driver.press(select.window(), "form.target")
    opened(select).grab()
    QTest.keyClick(opened(select), Qt.Key.Key_Escape)
    assert select.open_choices() is None
    select.open_list()
    QTest.mouseClick(select.window(), Qt.MouseButton.LeftButton, pos=QPoint(5, 395))
    assert select.open_choices() is None
    select.open_list()
    QTest.mouseClick(select.box, Qt.MouseButton.LeftButton)
    assert select.open_choices() is None


def test_the_mouse_chooses(select: SelectField) -> None:
    select.open_list()
    listing = opened(select)
    off = listing.visualRect(listing.model().index(0, 0)).center()
    QTest.mouseClick(listing.viewport(), Qt.MouseButton.LeftButton, pos=off)
    assert select.value() == ""
    spot = listing.visualRect(listing.model().index(2, 0)).center()
    QTest.mouseClick(listing.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert select.value() == "c"


def test_a_blocked_field_says_why(select: SelectField) -> None:
    select.set_value("b")
    select.set_blocked("No keys: the service may not list them")
    assert not select.box.isEnabled() and select.value() == ""
    assert "may not list them" in select.box.accessibleName()
    select.open_list()
    assert select.open_choices() is None
    select.set_choices([Choice("k", "ledger-root", short="ledger-root (Active)")])
    select.choose("k")
    select.choose("k")
    assert select.box.shown == "ledger-root (Active)" and select.box.isEnabled()
    select.set_error("Gone.")
    select.box.grab()
    select.set_choices([])
    assert select.value() == ""


def test_it_opens_upwards_near_the_bottom(qtbot: Any) -> None:
    box = QWidget()
    column = QVBoxLayout(box)
    column.addStretch(1)
    made = SelectField("Unit", name="form.unit", choices=gallery.instance_choices())
    column.addWidget(made)
    show(qtbot, box, 400, 400)
    made.open_list()
    assert opened(made).geometry().bottom() < made.box.mapTo(box, QPoint(0, 0)).y() + 1
    opened(made).shut()


def test_tab_in_an_open_list_closes_it_and_goes_on_from_the_field(qtbot: Any) -> None:
    box = QWidget()
    column = QVBoxLayout(box)
    for name in ("header.menu", "form.before"):
        column.addWidget(TextField(name, name=name))
    made = SelectField("Unit", name="form.unit", choices=gallery.instance_choices())
    column.addWidget(made)
    column.addWidget(TextField("After", name="form.after"))
    column.addStretch(1)
    show(qtbot, box, 400, 600)
    for key, expected in ((Qt.Key.Key_Tab, "form.after"), (Qt.Key.Key_Backtab, "form.before")):
        made.box.setFocus()
        QTest.keyClick(made.box, Qt.Key.Key_Space)
        QTest.keyClick(opened(made), key)
        assert made.open_choices() is None and driver.focused_name() == expected


def many() -> list[Choice]:
    return [Choice(str(number), f"Service {number}") for number in range(30)]


def test_a_long_list_is_as_wide_as_its_field_and_its_scroll_bar_lies_on_its_ground(qtbot: Any) -> None:
    box = QWidget()
    column = QVBoxLayout(box)
    made = SelectField("Service", name="form.service", choices=many())
    column.addWidget(made)
    column.addStretch(1)
    show(qtbot, box, 400, 400)
    made.open_list()
    listing = opened(made)
    bar = listing.verticalScrollBar()
    assert bar.isVisible() and listing.width() == made.box.width()
    picture = box.grab().toImage()
    left, low = listing.geometry().right(), listing.geometry().bottom() - 12  # below the handle
    assert picture.pixelColor(left, low) == colour("borderTile01")
    assert {picture.pixelColor(left - 1 - step, low).name() for step in range(9)} == {colour("layer01").name()}
    listing.shut()


def test_a_long_list_ends_before_the_buttons_below(qtbot: Any) -> None:
    box, form = QWidget(), QWidget()
    inner = QVBoxLayout(form)
    made = SelectField("Service", name="form.service", choices=many())
    inner.addWidget(made)
    inner.addStretch(1)
    last = SelectField("Role", name="form.role", choices=many()[:6])
    inner.addWidget(last)
    column = QVBoxLayout(box)
    column.addWidget(scrolled(form), 1)
    foot = QPushButton("Next")
    column.addWidget(foot)
    show(qtbot, box, 400, 600)
    for field, upwards in ((made, False), (last, True)):
        field.open_list()
        place = opened(field).geometry()
        assert place.bottom() < foot.y() and place.height() > 200
        assert (place.y() < field.box.mapTo(box, QPoint(0, 0)).y()) is upwards
        opened(field).shut()


# ticks --------------------------------------------------------------------------


def test_ticks_switches_and_radios_answer_to_keys_and_mouse(form: QWidget) -> None:
    tick = driver.find(form, "form.tick", CheckBox)
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    assert not tick.isChecked()
    toggle = driver.find(form, "form.dark", Toggle)
    toggle.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(toggle, Qt.Key.Key_Space)
    assert not toggle.isChecked()
    group = driver.find(form, "form.rule", RadioGroup)
    chosen: list[str] = []
    group.chosen.connect(chosen.append)
    driver.press(form, "form.rule.keep")
    assert chosen == ["keep"] and group.value() == "keep"
    group.set_value("discard")
    group.set_value("nothing")
    assert group.value() == "discard"
    form.grab()
