"""Look, lock and rules: saved at once, told, refused in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kyok.client import CloudSession
from kyok.client.errors import CloudUnreachable
from kyok.client.profiles import KnownProfile, Profiles
from kyok.client.records.emulator import CloudSettings
from kyok.errors import KyokError
from kyok.secrets import ApiKeyNotKept, Secret
from kyok.settings import CLOUD_SETTINGS
from kyok_gui import places, profile_switch
from kyok_gui.context import Account
from kyok_gui.pages.settings import rules
from kyok_gui.pages.settings.page import SettingsPage
from kyok_gui.places import Place
from kyok_gui.profile_switch import ProfileSwitch, Tried
from kyok_gui.settings_store import SettingsStore
from tests.gui import driver
from tests.gui.conftest import show
from tests.gui.fakes import FakeContext
from tests.gui.pages.settings.settings_object import SettingsObject


class FakeEmulator:
    """Keeps settings, and refuses when told to."""

    def __init__(self) -> None:
        self.now = CloudSettings(**{one.name: one.default for one in CLOUD_SETTINGS})
        self.asked: list[dict[str, Any]] = []
        self.refusal: KyokError | None = None

    def settings(self) -> CloudSettings:
        return self.now

    def change_settings(self, **values: Any) -> CloudSettings:
        self.asked.append(values)
        if self.refusal is not None:
            raise self.refusal
        self.now = replace(self.now, **values)
        return self.now


class FakeLink:
    """Is told which profile to use."""

    def __init__(self) -> None:
        self.used: list[tuple[str, Secret | None]] = []

    def use(self, profile: Any, api_key: Secret | None = None) -> None:
        self.used.append((profile.name, api_key))


class Stage:
    """The page on fakes."""

    def __init__(self, qtbot: Any, context: FakeContext, folder: Path) -> None:
        self.qtbot, self.context = qtbot, context
        self.emulator, self.link = FakeEmulator(), FakeLink()
        context.api = SimpleNamespace(emulator=self.emulator)
        self.profiles = Profiles(folder / "config" / "profiles.json")
        link: Any = self.link
        context.profiles = ProfileSwitch(self.profiles, link, context.tasks, context.tasks)
        self.page = SettingsPage(context, Place(places.SETTINGS))
        show(qtbot, self.page)
        self.page.come(Place(places.SETTINGS))
        self.until(lambda: driver.find(self.page, "settings.rules").isEnabled())
        self.object = SettingsObject(self.page)

    def until(self, condition: Any) -> None:
        driver.wait_for(self.qtbot, condition)

    def told(self) -> list[tuple[str, str]]:
        return [(one.title, one.detail) for one in self.context.told]


@pytest.fixture
def stage(qtbot: Any, context: FakeContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setattr(rules, "_REST_MS", 1)
    yield Stage(qtbot, context, tmp_path)
    context.theme.switch("white")


def test_theme_height_and_lock_are_saved_at_once(stage: Stage, tmp_path: Path) -> None:
    page, settings = stage.object, stage.context.settings
    page.choose_radio("settings.theme.g10")
    assert stage.context.theme.name == settings.theme == "g10"
    page.choose("settings.row-height", "24")
    page.choose("settings.auto-lock", "15")
    settings.save()
    again = SettingsStore(tmp_path / "config" / "console.ini")
    assert (again.theme, again.value("row_height"), again.number("auto_lock_minutes")) == ("g10", "24", 15)
    assert stage.told() == [
        ("Theme saved", "Gray 10"),
        ("Height of table rows saved", "Compact, 24 pixels"),
        ("Lock saved", "After 15 minutes"),
    ]
    assert driver.table(stage.page, "settings.profiles.table").row_height == 24


def test_the_first_page_is_saved_at_once(stage: Stage, tmp_path: Path) -> None:
    stage.object.choose("settings.first-page", "key-health")
    stage.context.settings.save()
    assert SettingsStore(tmp_path / "config" / "console.ini").value("first_page") == "key-health"
    assert stage.told() == [("First page saved", "Key health")]


def test_the_theme_of_the_desktop_is_followed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    theme = stage.context.theme
    stage.object.choose_radio("settings.theme.system")
    assert (theme.wish, theme.name, stage.context.settings.theme) == ("system", "white", "system")
    hints = SimpleNamespace(colorScheme=lambda: Qt.ColorScheme.Dark)
    monkeypatch.setattr(theme, "_app", SimpleNamespace(styleHints=lambda: hints, setPalette=theme._app.setPalette))
    theme._system_changed()
    assert (theme.wish, theme.name) == ("system", "g100")
    theme.switch("white")
    assert stage.object.radio("settings.theme.white").isChecked()
    theme._system_changed()
    assert theme.name == "white"


def test_every_rule_is_shown_and_saved_at_once(stage: Stage) -> None:
    page = stage.object
    page.choose_radio("settings.deletion-rule.keep")
    stage.until(lambda: stage.emulator.now.deletion_rule == "keep")
    page.choose("settings.node-driver", "simulated")
    stage.until(lambda: stage.emulator.now.node_driver == "simulated")
    QTest.mouseClick(driver.find(stage.page, "settings.rotation-limit"), Qt.MouseButton.LeftButton)
    stage.until(lambda: stage.emulator.now.rotation_limit)
    page.number("settings.grace-seconds", "90")
    stage.until(lambda: stage.emulator.now.grace_seconds == 90)
    stage.until(lambda: len(stage.told()) == 4)
    assert stage.told() == [
        ("Setting saved", "When a root key is deleted: Keep"),
        ("Setting saved", "Nodes of new instances: Simulated"),
        ("Setting saved", "One rotation an hour: On"),
        ("Setting saved", "Grace period: 90 seconds"),
    ]
    assert len(stage.emulator.asked) == 4
    for setting in CLOUD_SETTINGS:
        name = f"settings.{setting.name.replace('_', '-')}"
        assert any(driver.exists(stage.page, f"{name}{end}") for end in ("", ".field", ".box")), name


def test_pressing_more_several_times_is_one_change(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_REST_MS", 700)
    tile = driver.find(stage.page, "settings.rules", rules.RulesTile)
    rest = tile._rests["check_interval_seconds"]
    rest.setInterval(5_000)
    for _ in range(3):
        driver.press(stage.page, "settings.check-interval-seconds.more")
    assert stage.emulator.asked == [] and rest.isActive()
    stage.page.look_afresh()
    stage.until(lambda: not stage.context.tasks.busy)
    assert driver.find(stage.page, "settings.check-interval-seconds").text() == "33"  # type: ignore[attr-defined]
    rest.setInterval(1)
    rest.start()
    stage.until(lambda: stage.emulator.asked == [{"check_interval_seconds": 33}])


def test_a_refusal_is_said_and_the_rule_in_force_comes_back(stage: Stage) -> None:
    stage.emulator.refusal = KyokError("You may not do this.", "Ask an administrator.")
    stage.object.choose_radio("settings.deletion-rule.keep")
    stage.until(lambda: "was not changed" in stage.object.note("settings.problem"))
    assert stage.object.radio("settings.deletion-rule.discard").isChecked()
    assert "When a root key is deleted was not changed: You may not do this." in stage.object.note("settings.problem")
    assert stage.told() == []


def test_rules_that_cannot_be_read_are_not_shown_as_if_they_were(
    qtbot: Any, context: FakeContext, tmp_path: Path
) -> None:
    def refused() -> CloudSettings:
        raise KyokError("You may not read this.", "Ask an administrator.")

    context.api = SimpleNamespace(emulator=SimpleNamespace(settings=refused))
    page = SettingsPage(context, Place(places.SETTINGS))
    show(qtbot, page)
    page.come(Place(places.SETTINGS))
    driver.wait_for(qtbot, lambda: "You may not read this." in SettingsObject(page).note("settings.problem"))
    assert not driver.exists(page, "settings.grace-seconds.box")


def test_rules_need_an_administrator_of_the_cloud(qtbot: Any, context: FakeContext, tmp_path: Path) -> None:
    guarded: list[tuple[str, str]] = []
    guard = context.rights.guard

    def noted(widget: Any, action: str, *rest: Any, **given: Any) -> None:
        guarded.append((widget.objectName(), action))
        guard(widget, action, *rest, **given)

    context.rights.guard = noted  # type: ignore[method-assign]
    Stage(qtbot, context, tmp_path)
    assert len(guarded) == len(CLOUD_SETTINGS)
    assert {action for _, action in guarded} == {"kyok.emulator.manage"}


# profiles -------------------------------------------------------------------------


def test_the_cloud_of_this_machine_cannot_be_removed(stage: Stage) -> None:
    assert stage.object.profiles() == [["Emulated cloud on this machine", "Emulated", "–", "In use"]]
    entries = stage.object.profile_menu("Emulated cloud on this machine")
    assert ("Use this profile: in use", False) in entries
    assert not any("Remove" in text for text, _ in entries)


def test_the_chosen_profile_is_not_in_use_while_nothing_is_connected(stage: Stage) -> None:
    stage.context.account = Account()
    stage.context.profiles.changed.emit()  # type: ignore[union-attr]
    assert stage.object.profiles() == [["Emulated cloud on this machine", "Emulated", "–", "Not connected"]]
    assert ("Use this profile: chosen already", False) in stage.object.profile_menu("Emulated cloud on this machine")


def test_the_form_says_at_once_where_the_key_will_be(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    problem: list[str | None] = ["There is no keyring"]
    monkeypatch.setattr(profile_switch.secrets, "probe_keyring", lambda: problem[0])
    page = stage.object
    page.fill_form("ibm-cloud", "Mine", "", "secret key")
    helper: Any = page.form("key.helper")
    stage.until(lambda: helper.text().startswith("There is no keyring: let the console ask"))
    page.form("ask").click()  # type: ignore[attr-defined]
    assert helper.text().startswith("Not kept")
    QTest.keyClick(page.form("name"), Qt.Key.Key_Escape)
    problem[0] = None
    page.fill_form("ibm-cloud", "Mine", "", "secret key")
    helper = page.form("key.helper")
    assert helper.text().startswith("Kept in the keyring")


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768)])
def test_the_form_stays_where_it_is_while_it_is_filled_in(
    stage: Stage, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profile_switch.secrets, "probe_keyring", lambda: None)
    window = stage.page.window()
    window.resize(*size)
    stage.object.press("settings.profiles.add")
    card = driver.find(window, "profile-form")
    stage.until(lambda: stage.object.form("key.helper").text().startswith("Kept in the keyring"))  # type: ignore[attr-defined]
    places, heights = {(card.x(), card.y(), card.width())}, {card.height()}

    def look() -> None:
        QApplication.processEvents()
        places.add((card.x(), card.y(), card.width()))
        heights.add(card.height())

    def choose(kind: str) -> None:
        radio = driver.find(window, f"profile-form.kind.{kind}")
        radio.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(radio, Qt.Key.Key_Space)
        look()

    for kind in ("ibm-cloud", "url", "ibm-cloud"):
        choose(kind)
    driver.write(window, "profile-form.key", "secret key")
    look()
    assert len(places) == 1, places
    assert len(heights) > 1, "what a kind does not need takes no room"
    window.resize(size[0] - 100, size[1] - 50)
    look()
    assert card.geometry().center().x() == pytest.approx(window.rect().center().x(), abs=1)
    assert abs((card.y() + card.height() / 2) - window.height() / 2) <= 1, "another window, another middle"
    choose("url")  # it may need room above as well, and keeps that
    places.clear()
    for kind in ("ibm-cloud", "url"):
        choose(kind)
    assert len(places) == 1, places


def test_what_was_said_of_another_draft_goes(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str, key: Secret) -> None:
        raise ApiKeyNotKept("The operating system's keyring fails.")

    monkeypatch.setattr(profile_switch.secrets, "keep_api_key", refuse)
    page = stage.object
    page.fill_form("ibm-cloud", "Mine", "", "secret key")
    page.press_form("accept")
    stage.until(page.form("outcome").isVisible)
    page.form("ask").click()  # type: ignore[attr-defined]
    assert not page.form("outcome").isVisible()


def test_ibm_cloud_out_of_reach_is_no_matter_of_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(session: CloudSession) -> None:
        raise CloudUnreachable()

    monkeypatch.setattr(CloudSession, "identity", unreachable)
    with pytest.raises(CloudUnreachable) as told:
        profile_switch.try_connection(KnownProfile("x", "ibm-cloud", "Mine"), Secret(b"key"))
    assert "internet" in told.value.remedy and "address" not in told.value.remedy


def test_a_profile_is_tried_kept_used_and_removed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, bytes] = {}
    tried: list[str] = []

    def try_it(profile: Any, key: Secret) -> Tried:
        tried.append(f"{profile.url} {key.text()}")
        return Tried("anna@acme.example", "2f4c1d")

    monkeypatch.setattr(profile_switch, "try_connection", try_it)
    monkeypatch.setattr(
        profile_switch.secrets, "keep_api_key", lambda name, key: kept.update({name: key.text().encode()})
    )
    monkeypatch.setattr(profile_switch.secrets, "forget_api_key", kept.pop)
    page = stage.object
    page.fill_form("url", "Lab", "http://127.0.0.1:9", "")
    assert not page.form("try").isEnabled() and not page.form("accept").isEnabled()
    assert page.form("why").text() == "Give the API key first."  # type: ignore[attr-defined]
    driver.write(stage.page.window(), "profile-form.key", "secret key")
    page.press_form("try")
    outcome = page.form("outcome")
    stage.until(outcome.isVisible)
    assert "Signed in as anna@acme.example, account 2f4c1d." in outcome.words()  # type: ignore[attr-defined]
    assert tried == ["http://127.0.0.1:9 secret key"]
    page.press_form("accept")
    stage.until(lambda: ("Profile saved", "Lab") in stage.told())
    assert list(kept.values()) == [b"secret key"]
    assert "secret" not in (stage.profiles._file).read_text()
    assert page.profiles()[1] == ["Lab", "Emulated, at an address", "127.0.0.1:9", "Not in use"]
    page.use("Lab")
    assert [name for name, _ in stage.link.used] == ["Lab"] and stage.profiles.active.name == "Lab"
    assert ("Remove: use another one first", False) in page.profile_menu("Lab")
    page.use("Emulated cloud on this machine")
    page.remove("Lab")
    stage.until(lambda: len(page.profiles()) == 1)
    assert kept == {} and stage.told()[-1][0] == "Lab removed, and its API key with it"


def test_what_cannot_be_kept_is_said_and_nothing_is_kept(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str, key: Secret) -> None:
        raise ApiKeyNotKept("The operating system's keyring fails.")

    monkeypatch.setattr(profile_switch.secrets, "keep_api_key", refuse)
    page = stage.object
    page.fill_form("url", "Lab", "http://example.com", "secret key")
    page.press_form("accept")
    outcome = page.form("outcome")
    assert "could be read on its way" in outcome.words()  # type: ignore[attr-defined]
    driver.write(stage.page.window(), "profile-form.url", "http://127.0.0.1:9")
    page.press_form("accept")
    stage.until(lambda: "keyring fails" in outcome.words())  # type: ignore[attr-defined]
    assert len(page.profiles()) == 1
    page.form("ask").click()  # type: ignore[attr-defined]
    driver.write(stage.page.window(), "profile-form.key", "")
    page.press_form("accept")
    stage.until(lambda: len(page.profiles()) == 2)
    assert stage.profiles.all[1].ask_key


def test_a_connection_that_fails_is_said(stage: Stage) -> None:
    page = stage.object
    page.fill_form("url", "Lab", "http://127.0.0.1:9", "secret key")
    page.press_form("try")
    outcome = page.form("outcome")
    stage.until(outcome.isVisible)
    words = outcome.words()  # type: ignore[attr-defined]
    assert "127.0.0.1:9 does not answer." in words and "network" in words
    QTest.keyClick(page.form("name"), Qt.Key.Key_Escape)
    assert page.form("key").text() == ""  # type: ignore[attr-defined]
