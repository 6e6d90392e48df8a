"""Other profiles and the lock, in a whole console. The emulated cloud plays IBM Cloud: same APIs, no private ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kyok.client.profile import Profile
from kyok.domain.services import KMS, service
from kyok.paths import Home
from kyok.sealing import keyring_store
from kyok_gui import places
from kyok_gui.places import Place
from kyok_gui.shell.help_panel import HelpPanel
from kyok_gui.startup import Console
from kyok_gui.widgets import KeyValueList, Text
from tests.core.test_sealing import Keyring, trusted
from tests.gui import driver
from tests.gui.cloud_fixture import EmulatedCloud
from tests.gui.pages.settings.settings_object import SettingsObject


class Desk:
    """A console with a person at it."""

    def __init__(self, console: Console, cloud: EmulatedCloud, qtbot: Any) -> None:
        self.console, self.cloud, self.qtbot = console, cloud, qtbot
        self.window = console.window
        self.key = Home(cloud.home).api_key_file.read_text().strip()

    def until(self, condition: Any) -> None:
        driver.wait_for(self.qtbot, condition)

    def settings(self) -> SettingsObject:
        self.console.context.navigator.go(Place(places.SETTINGS))
        self.until(lambda: driver.exists(self.window, "page.settings"))
        return SettingsObject(driver.find(self.window, "page.settings"))

    def add_profile(self, kind: str, name: str, url: str = "") -> SettingsObject:
        page = self.settings()
        page.fill_form(kind, name, url, self.key)
        page.press_form("accept")
        self.until(lambda: len(page.profiles()) == 2)
        return page

    def to_the_real_one(self) -> None:
        self.add_profile("ibm-cloud", "Bank").use("Bank")
        driver.press(self.window, "settings.real.accept")
        self.until(lambda: driver.exists(self.window, "page.real-cloud"))

    def unlock(self, text: str) -> None:
        driver.write(self.window, "lock.field", text)
        driver.press(self.window, "lock.open")


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    backend = trusted(Keyring)()
    monkeypatch.setattr(keyring_store, "usable_keyring", lambda module=None: keyring_store.KeyringStore(backend))
    return backend


@pytest.fixture
def desk(
    console: Console, cloud: EmulatedCloud, qtbot: Any, monkeypatch: pytest.MonkeyPatch, keyring: Keyring
) -> Iterator[Desk]:
    real = replace(Profile.emulated(cloud.process.url), name="Bank", kind="ibm-cloud", emulator_url=None, tke_url=None)
    monkeypatch.setattr(Profile, "ibm_cloud", classmethod(lambda cls, name="": real))
    yield Desk(console, cloud, qtbot)
    Home(cloud.home).config.joinpath("profiles.json").unlink(missing_ok=True)


def make_key_protect(cloud: EmulatedCloud, name: str) -> None:
    found = service(KMS)
    assert found is not None
    group = cloud.rest.json("GET", f"/v2/resource_groups?account_id={cloud.account_id}")["resources"][0]["id"]
    body = {"name": name, "target": "us-south", "resource_group": group, "resource_plan_id": found.plans[0].id}
    cloud.rest.json("POST", "/v2/resource_instances", body)


def enabled(window: Any, command: str) -> bool:
    return bool(window.findChild(QAction, f"command.{command}").isEnabled())


def test_a_real_account_is_shown_read_only_and_cannot_be_mistaken(desk: Desk, keyring: Keyring) -> None:
    desk.cloud.walked("authorize")
    make_key_protect(desk.cloud, "bank-kp")
    desk.to_the_real_one()
    window = desk.window
    desk.until(lambda: len(driver.table_rows(window, "real-cloud.authorizations")) == 1)
    desk.until(lambda: [row[0] for row in driver.table_rows(window, "real-cloud.instances")] == ["bank-kp"])
    (grant,) = driver.table_rows(window, "real-cloud.authorizations")
    assert grant[0].startswith("Hyper Protect DBaaS for PostgreSQL") and grant[2] == "Reader"
    assert window.header.mode.text() == "IBM Cloud: real account" and window.header.mode._real
    assert [item.text() for item in window.sidenav.items()] == ["IBM Cloud, read only", "Settings"]
    assert not driver.exists(window, "header.catalog")
    assert not enabled(window, "go.resources") and not enabled(window, "clock") and enabled(window, "go.settings")
    assert {result.place.kind for result in window._results("e")} == {places.REAL_CLOUD, places.SETTINGS}
    desk.console.context.navigator.go(Place(places.AUTHORIZATIONS))
    assert driver.exists(window, "page.real-cloud") and not driver.exists(window, "page.authorizations")
    assert not driver.exists(driver.find(window, "page.real-cloud"), "authorizations.create")
    page = desk.settings()
    assert not driver.exists(page.stage, "settings.rules")
    assert len(keyring.kept) == 1 and desk.key not in str(keyring.kept)
    page.use("Emulated cloud on this machine")
    desk.until(lambda: driver.exists(window, "page.resources"))
    desk.until(lambda: len(driver.table_rows(window, "resources.table")) == 2)
    assert window.header.mode.text() == "Emulated cloud" and enabled(window, "clock")
    assert driver.exists(window, "header.catalog")


def test_a_cloud_that_is_left_in_the_middle_of_a_change_is_asked_for_nothing_more(desk: Desk, keyring: Keyring) -> None:
    desk.add_profile("url", "Lab", desk.cloud.process.url)
    context, faults = desk.console.context, []
    context.tasks.crashed.connect(faults.append)
    context.navigator.go(Place(places.AUTHORIZATIONS))
    desk.until(lambda: driver.exists(desk.window, "page.authorizations") and not context.tasks.busy)
    for profile in ("Lab", "Emulated cloud on this machine"):
        context.live.tell({"instance", "policy"})
        context.directory.refresh()
        (wanted,) = [one.id for one in context.profiles.all if one.name == profile]
        context.profiles.use(wanted)
        desk.until(lambda: desk.console.link.is_connected and context.rights.settled and not context.tasks.busy)
        assert not driver.exists(desk.window, "crash") and faults == []
        make_key_protect(desk.cloud, f"made-at-{wanted}")
        desk.until(lambda w=wanted: f"made-at-{w}" in [entry.name for entry in context.directory.entries])


def test_an_emulated_cloud_at_an_address_does_everything(desk: Desk, keyring: Keyring) -> None:
    desk.cloud.walked("authorize")
    desk.add_profile("url", "Lab", desk.cloud.process.url).use("Lab")
    desk.until(lambda: driver.exists(desk.window, "page.resources"))
    desk.until(lambda: len(driver.table_rows(desk.window, "resources.table")) == 1)
    assert desk.window.header.mode.text().startswith("Emulated cloud at 127.0.0.1:")
    assert desk.console.context.live.running()
    keyring.kept.clear()
    page = desk.settings()
    page.use("Emulated cloud on this machine")
    desk.until(lambda: driver.exists(desk.window, "page.resources"))
    desk.settings().use("Lab")
    desk.until(lambda: driver.exists(desk.window, "api-key.field"))
    driver.write(desk.window, "api-key.field", "no such key")
    driver.press(desk.window, "api-key.accept")
    desk.until(lambda: driver.exists(desk.window, "api-key.field") and "accept" in dialog_words(desk))
    driver.write(desk.window, "api-key.field", desk.key)
    driver.press(desk.window, "api-key.accept")
    desk.until(lambda: driver.exists(desk.window, "page.resources"))


def wait_for_the_key(desk: Desk, keyring: Keyring) -> None:
    """The real account's key is not kept any more, and the dialog that asks for it was cancelled."""
    page = desk.add_profile("ibm-cloud", "Bank")
    keyring.kept.clear()
    page.use("Bank")
    driver.press(desk.window, "settings.real.accept")
    desk.until(lambda: driver.exists(desk.window, "api-key.field"))
    driver.press(desk.window, "api-key.cancel")
    assert desk.window.start.failed and driver.exists(desk.window, "start.failure.second")
    desk.window.activateWindow()  # the menu of the row took that away, and keys go to the active window
    desk.until(desk.window.isActiveWindow)


@pytest.mark.parametrize("way", ["sidenav", "keys", "mode", "search"])
def test_a_profile_that_waits_for_its_key_can_be_left_through_the_settings(
    desk: Desk, keyring: Keyring, way: str
) -> None:
    wait_for_the_key(desk, keyring)
    window = desk.window
    if way == "sidenav":
        driver.press(window, "sidenav.settings")
    elif way == "keys":
        QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    elif way == "mode":
        driver.press(window, "header.mode")
    else:
        (found,) = [one for one in window._results("settings") if one.place.kind == places.SETTINGS]
        window.header.search.chosen.emit(found.place)
    desk.until(lambda: driver.exists(window, "page.settings"))
    assert window.windowTitle() == "Settings - KYOK Console"
    assert [item.text() for item in window.sidenav.items() if item.isChecked()] == ["Settings"]
    page = SettingsObject(driver.find(window, "page.settings"))
    (facts,) = page.stage.findChildren(KeyValueList)
    assert facts.words() == {"Address": "–", "Account": "Not connected", "Signed in as": "–"}
    now, why = driver.find(window, "settings.lock-now"), driver.find(window, "settings.lock.nothing", Text)
    assert not now.isEnabled() and why.isVisible()
    words = "There is nothing to lock before a cloud is connected: the window shows no data and has no token."
    assert why.words() == words
    assert now.accessibleDescription() == why.words()
    assert not driver.exists(window, "settings.rules") and not driver.exists(window, "crash")
    page.use("Emulated cloud on this machine")
    desk.until(lambda: driver.exists(window, "page.resources"))
    page = desk.settings()
    assert driver.find(window, "settings.lock-now").isEnabled() and driver.exists(window, "settings.rules")
    assert not driver.exists(window, "settings.lock.nothing")


def test_from_the_settings_one_comes_back_to_where_the_key_is_asked_for(desk: Desk, keyring: Keyring) -> None:
    wait_for_the_key(desk, keyring)
    window, navigator = desk.window, desk.console.context.navigator
    driver.press(window, "sidenav.settings")
    driver.press(window, "sidenav.real-cloud")
    assert driver.exists(window, "start.failure") and not driver.exists(window, "page.settings")
    assert [item.text() for item in window.sidenav.items() if item.isChecked()] == ["IBM Cloud, read only"]
    navigator.back()
    assert driver.exists(window, "page.settings")
    navigator.forward()
    driver.press(window, "start.failure.button")
    desk.until(lambda: driver.exists(window, "api-key.field"))
    driver.write(window, "api-key.field", desk.key)
    driver.press(window, "api-key.accept")
    desk.until(lambda: driver.exists(window, "page.real-cloud"))


def test_who_is_in_the_settings_when_the_cloud_answers_stays_there_and_sees_its_settings(
    desk: Desk, keyring: Keyring
) -> None:
    wait_for_the_key(desk, keyring)
    window, link = desk.window, desk.console.link
    driver.press(window, "start.failure.second")
    driver.press(window, "sidenav.settings")
    before = window.page
    assert before is not None and not link.is_connected
    desk.until(lambda: driver.exists(window, "settings.rules"))
    assert window.page is not before and window.windowTitle() == "Settings - KYOK Console"
    desk.until(lambda: driver.find(window, "settings.rules").isEnabled())


def test_who_is_in_the_settings_hears_that_the_cloud_does_not_answer(
    desk: Desk, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait_for_the_key(desk, keyring)
    window, away = desk.window, replace(Profile.ibm_cloud(), iam_url="http://127.0.0.1:9")
    monkeypatch.setattr(Profile, "ibm_cloud", classmethod(lambda cls, name="": away))
    driver.press(window, "start.failure.button")
    desk.until(lambda: driver.exists(window, "api-key.field"))
    driver.write(window, "api-key.field", desk.key)
    driver.press(window, "api-key.accept")
    driver.press(window, "sidenav.settings")
    words = "Bank cannot be reached: 127.0.0.1:9 does not answer."
    desk.until(lambda: words in [notice.title for notice in desk.console.context.notices.history])
    assert driver.exists(window, "page.settings")
    driver.press(window, "sidenav.real-cloud")
    assert window.start.failure.headline.words() == words


def test_help_and_shortcuts_open_while_the_key_is_waited_for(desk: Desk, keyring: Keyring) -> None:
    wait_for_the_key(desk, keyring)
    window = desk.window
    QTest.keyClick(window, Qt.Key.Key_F1)
    panel = driver.find(window, "help", HelpPanel)
    assert panel.isVisible() and panel.width() == 480 and panel.height() == window.start.height()
    assert panel.title.words() == "IBM Cloud, read only"
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not driver.exists(window, "help")
    QTest.keyClick(window, Qt.Key.Key_Question)
    assert driver.exists(window, "shortcuts.window")
    driver.press(window, "shortcuts.cancel")
    driver.press(window, "sidenav.settings")
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert driver.find(window, "help", HelpPanel).title.words() == "Settings"


def dialog_words(desk: Desk) -> str:
    from kyok_gui.widgets import Text

    dialog = driver.dialog(desk.window, "api-key")
    return " ".join(text.words() for text in dialog.findChildren(Text))


def test_over_localhost_an_instance_that_is_private_only_stays_open(desk: Desk, keyring: Keyring) -> None:
    """What the page of policies says of a console on the private network is so."""
    guid = str(desk.cloud.walked("initialise").ledger.facts["hpcs"])
    desk.add_profile("url", "Inside", desk.cloud.process.url.replace("127.0.0.1", "localhost")).use("Inside")
    desk.until(lambda: driver.exists(desk.window, "page.resources"))
    desk.console.context.navigator.go(Place(places.INSTANCE_POLICIES, guid))
    desk.until(lambda: driver.exists(desk.window, "policies.network.choice.private-only"))
    desk.until(lambda: desk.console.context.rights.settled and not desk.console.tasks.busy)
    for choice in ("private-only", "public-and-private"):
        driver.find(desk.window, f"policies.network.choice.{choice}").click()  # type: ignore[attr-defined]
        driver.press(desk.window, "policies.network.save")
        desk.until(lambda: not desk.console.tasks.busy)
        desk.until(lambda: not driver.exists(desk.window, "policies.failure"))
        saved = desk.console.context.api.key_policies.of_instance(desk.console.context.api.resources.instance(guid).crn)
        assert saved["allowedNetwork"].data.enabled == (choice == "private-only")


def test_without_a_network_the_window_says_so_and_leads_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    page = desk.add_profile("ibm-cloud", "Bank")
    away = replace(Profile.ibm_cloud(), iam_url="http://127.0.0.1:9")
    monkeypatch.setattr(Profile, "ibm_cloud", classmethod(lambda cls, name="": away))
    page.use("Bank")
    driver.press(desk.window, "settings.real.accept")
    desk.until(lambda: desk.window.start.failed)
    words = desk.window.start.failure.headline.words()
    assert words == "Bank cannot be reached: 127.0.0.1:9 does not answer."
    driver.press(desk.window, "start.failure.second")
    desk.until(lambda: driver.exists(desk.window, "page.resources"))


# lock -----------------------------------------------------------------------------


def test_a_locked_window_shows_nothing_asks_for_nothing_and_opens_as_it_was(desk: Desk) -> None:
    desk.cloud.walked("authorize")
    window, link = desk.window, desk.console.link
    page = desk.settings()
    page.press("settings.lock-now")
    assert link.locked and driver.exists(window, "lock.field")
    for hidden in ("header", "sidenav", "page.settings"):
        assert not driver.exists(window, hidden), hidden
    assert window.windowTitle() == "KYOK Console"
    assert link.api.session._token._token is None, "the token is gone"
    assert not enabled(window, "go.resources") and not enabled(window, "lock")
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert desk.console.context.navigator.here.kind == places.SETTINGS
    desk.console.context.notices.success("Key ledger-root created")
    assert not window.toasts.shown()
    desk.unlock("wrong")
    desk.until(lambda: "not the API key" in lock_error(desk))
    assert link.locked and not driver.find(window, "lock.open").isEnabled()
    desk.until(lambda: not window.lock.screen._wait.isActive())
    desk.unlock(desk.key)
    desk.until(lambda: not link.locked and link.is_connected)
    assert driver.exists(window, "page.settings") and driver.exists(window, "header")
    assert not driver.exists(window, "lock.field") and driver.find(window, "lock.field").text() == ""  # type: ignore[attr-defined]
    assert enabled(window, "go.resources")
    desk.console.context.navigator.go(Place(places.RESOURCES))
    desk.until(lambda: len(driver.table_rows(window, "resources.table")) == 1)


def lock_error(desk: Desk) -> str:
    return desk.window.lock.screen.field.error


def test_a_dialog_is_hidden_and_comes_back(desk: Desk) -> None:
    page = desk.settings()
    page.press("settings.profiles.add")
    desk.window.actions_by_id["lock"].trigger()
    assert not driver.exists(desk.window, "profile-form.name")
    desk.unlock(desk.key)
    desk.until(lambda: not desk.console.link.locked)
    assert driver.exists(desk.window, "profile-form.name")


def test_it_locks_when_nobody_is_there_and_any_touch_begins_the_time_anew(desk: Desk) -> None:
    idle = desk.window.lock._idle
    desk.console.settings.set_number("auto_lock_minutes", 5)
    timer = idle._timer
    assert timer.isActive() and timer.interval() == 300_000
    timer.start(60_000_000)
    spot = desk.window.rect().center().toPointF()
    nothing = Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, spot, spot, nothing, nothing, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(desk.window, move)
    assert timer.remainingTime() > 60_000, "begun anew"
    timer.start(1)
    desk.until(lambda: desk.console.link.locked)
    desk.unlock(desk.key)
    desk.until(lambda: not desk.console.link.locked)
    assert timer.isActive()
    desk.console.settings.set_number("auto_lock_minutes", 0)
    assert not timer.isActive()


def test_a_real_account_unlocks_with_its_own_key_only(desk: Desk) -> None:
    desk.to_the_real_one()
    desk.window.actions_by_id["lock"].trigger()
    desk.unlock("wrong")
    desk.until(lambda: "not the API key" in lock_error(desk))
    desk.until(lambda: not desk.window.lock.screen._wait.isActive())
    desk.unlock(desk.key)
    desk.until(lambda: not desk.console.link.locked)
    assert driver.exists(desk.window, "page.real-cloud")
