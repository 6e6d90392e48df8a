"""The whole walk by keyboard alone: no mouse event is sent, and the cloud says that each step happened."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication

from kyok_gui.walkthrough.waiting import wait_until
from tests.gui.acceptance.conftest import CONNECTED, Stage
from tests.gui.acceptance.keyboard import Keyboard

PASSWORD = "passWORD4User19"
RUNNING, STOPPED = ["Running"] * 3, ["Stopped"] * 3
_MOUSE = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick})


class MouseWatch(QObject):
    """Counts presses of the mouse."""

    def __init__(self) -> None:
        super().__init__()
        self.presses = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.presses += event.type() in _MOUSE
        return False


@pytest.fixture
def no_mouse(qapp: QApplication) -> Iterator[None]:
    watch = MouseWatch()
    qapp.installEventFilter(watch)
    yield
    qapp.removeEventFilter(watch)
    assert watch.presses == 0


@pytest.fixture
def keyboard(stage: Stage) -> Keyboard:
    stage.console.window.activateWindow()
    wait_until(stage.console.window.isActiveWindow, "the window has the keyboard")
    return Keyboard(stage.hand)


def create_key_service(keyboard: Keyboard, stage: Stage) -> str:
    keyboard.shortcut(Qt.Key.Key_5)
    keyboard.use("catalog.hs-crypto.create")
    keyboard.type("create-hpcs.name", "acme-hpcs")
    keyboard.use("create-hpcs.create")
    keyboard.type("crypto-units.administrator-1", "anna@acme.example")
    keyboard.use("crypto-units.initialize")
    wait_until(lambda: "same master key" in stage.screen.text("crypto-units.note"), "the units are initialized")
    page = stage.console.window.page
    assert keyboard.focused is page or (page is not None and page.isAncestorOf(keyboard.focused))
    return str(stage.cloud.rest.json("GET", "/v2/resource_instances")["resources"][0]["guid"])


def create_root_key(keyboard: Keyboard, stage: Stage) -> None:
    keyboard.use("sidenav.keys")
    keyboard.use("keys.empty.button")
    keyboard.type("keys.create.name", "ledger-root")
    keyboard.press(Qt.Key.Key_Return)
    wait_until(lambda: stage.keys.state_of("ledger-root") == "Active", "the key is active")
    keyboard.press(Qt.Key.Key_Escape)
    stage.hand.wait_gone("keys.panel")


def authorize(keyboard: Keyboard, stage: Stage) -> None:
    keyboard.shortcut(Qt.Key.Key_3)
    keyboard.use("authorizations.empty.button")
    wizard = "authorizations.wizard"
    keyboard.choose(f"{wizard}.source-service", "Hyper Protect DBaaS for PostgreSQL")
    keyboard.choose(f"{wizard}.source-instance", "All service instances")
    keyboard.use(f"{wizard}.next")
    keyboard.choose(f"{wizard}.target-service", "Hyper Protect Crypto Services")
    keyboard.choose(f"{wizard}.target-instance", "acme-hpcs")
    keyboard.use(f"{wizard}.next")
    stage.hand.find(f"{wizard}.reader")
    if not stage.hand.find(f"{wizard}.reader").property("checked"):
        keyboard.use(f"{wizard}.reader")
    keyboard.use(f"{wizard}.next")
    keyboard.use(f"{wizard}.next")
    stage.hand.wait_gone(wizard)
    wait_until(lambda: keyboard.focused.objectName() == "authorizations.table", "the focus on the new row")


def create_database(keyboard: Keyboard, stage: Stage) -> None:
    keyboard.shortcut(Qt.Key.Key_5)
    keyboard.use("catalog.hyperp-dbaas-postgresql.create")
    place = "create-postgresql"
    keyboard.type(f"{place}.service-name", "ledger-db")
    keyboard.type(f"{place}.password", PASSWORD)
    keyboard.type(f"{place}.confirm-password", PASSWORD)
    keyboard.choose(f"{place}.kms-instance", "acme-hpcs")
    keyboard.choose(f"{place}.root-key", "ledger-root")
    keyboard.use(f"{place}.create")
    stage.nodes.arrive("nodes")
    stage.sees_nodes(CONNECTED, RUNNING)


def delete_key(keyboard: Keyboard, stage: Stage) -> None:
    keyboard.use("sidenav.linked.acme-hpcs")
    stage.keys.arrive("keys")
    keyboard.row_menu("keys.table", 0, "delete")
    keyboard.type("keys.delete.typed", "ledger-root")
    keyboard.press(Qt.Key.Key_Return)
    stage.hand.wait_gone("keys.delete")


def test_the_walk_by_keyboard_alone(keyboard: Keyboard, stage: Stage, no_mouse: None) -> None:
    hpcs = create_key_service(keyboard, stage)
    create_root_key(keyboard, stage)
    authorize(keyboard, stage)
    create_database(keyboard, stage)
    keyboard.use("nodes.data.add")
    stage.sees_rows(10)
    wait_until(lambda: keyboard.focused.objectName() == "nodes.data.add", lambda: "the focus on the button again")
    delete_key(keyboard, stage)
    keyboard.use("sidenav.linked.ledger-db")
    stage.nodes.arrive("nodes")
    stage.sees_nodes(["Deleted"] * 3, STOPPED)
    keyboard.use("nodes.verdict.button")
    stage.hand.find("restore")
    keyboard.choose("restore.kms-instance", "Automatic")
    keyboard.use("restore.accept")
    stage.hand.wait_gone("restore")
    stage.sees_nodes(["Default key"] * 3, RUNNING)
    keys = stage.cloud.rest.json("GET", "/api/v2/keys?state=5", Bluemix_Instance=hpcs)["resources"]
    assert [key["name"] for key in keys] == ["ledger-root"]
