"""The window as Viewer, Reader, Writer and Manager: what the service would refuse is off, and says why."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QMenu, QWidget

from kyok_gui import places
from kyok_gui.pages.identity.users import sample_users
from kyok_gui.places import Place
from kyok_gui.startup import Console
from kyok_gui.widgets import InlineNote, MenuButton
from kyok_gui.widgets.bars import MissingRoles
from tests.gui import driver
from tests.gui.accessible import nameless
from tests.gui.cloud_fixture import EmulatedCloud
from tests.gui.shell.test_sign_in_as import go_on_as

NOBODY: frozenset[str] = frozenset()
READERS = frozenset({"Reader", "Writer", "Manager"})
WRITERS = frozenset({"Writer", "Manager"})
MANAGERS = frozenset({"Manager"})
CONTROLS: dict[str, dict[str, frozenset[str]]] = {
    places.CATALOG: {
        "catalog.hs-crypto.create": NOBODY,
        "catalog.kms.create": NOBODY,
        "catalog.hyperp-dbaas-postgresql.create": NOBODY,
    },
    places.CREATE_HPCS: {"create-hpcs.create": NOBODY},
    places.CREATE_POSTGRESQL: {"create-postgresql.create": NOBODY},
    places.AUTHORIZATIONS: {"authorizations.create": READERS},
    places.KEYS: {"keys.add": WRITERS},
    places.NODES: {"nodes.check-now": READERS, "nodes.break": MANAGERS, "nodes.data.add": MANAGERS},
    places.BACKUPS: {"backups.now": MANAGERS, "backups.restore": NOBODY},
    places.SETTINGS: {
        "settings.deletion-rule": NOBODY,
        "settings.grace-seconds": NOBODY,
        "settings.rotation-limit": NOBODY,
    },
}
"""Who may press what, of the four. Each of the others has Viewer too, so that instances are seen."""
ENTRIES: dict[str, tuple[str, dict[str, frozenset[str]]]] = {
    places.DB_OVERVIEW: ("db-overview.actions", {"back-up": MANAGERS, "delete": NOBODY}),
    places.HPCS_OVERVIEW: ("hpcs-overview.actions", {"keys": frozenset({"Viewer"}) | READERS, "delete": NOBODY}),
}
READ_BY_READERS = {places.NODES, places.BACKUPS, places.DB_OVERVIEW, places.KEYS}
"""Pages that a Viewer is refused as a whole, with words: nothing on them can be pressed."""
OF_DATABASE = {places.NODES, places.BACKUPS, places.DB_OVERVIEW}
OF_HSM = {places.KEYS, places.HPCS_OVERVIEW, places.CRYPTO_UNITS}


class Account:
    def __init__(self, console: Console, cloud: EmulatedCloud, qtbot: Any) -> None:
        self.console, self.qtbot = console, qtbot
        made = cloud.rest.json("POST", "/emulator/v1/scenarios/walk-done", {})["instances"]
        self.instances = {"database": made["ledger-db"], "hsm": made["acme-hpcs"]}
        entry = {"id": cloud.account_id, "users": sample_users()}
        cloud.rest.json("PUT", "/emulator/v1/identities", {"accounts": [entry]})
        driver.wait_for(qtbot, lambda: len(console.people.persons) == 5)

    def become(self, role: str) -> None:
        person = next(one for one in self.console.people.persons if one.name == role)
        go_on_as(self.console, self.qtbot, person.iam_id)

    def open(self, kind: str) -> QWidget:
        side = "database" if kind in OF_DATABASE else "hsm" if kind in OF_HSM else ""
        self.console.context.navigator.go(Place(kind, self.instances[side] if side else None))
        self.rest()
        page = self.console.window.page
        assert page is not None
        return page

    def rest(self) -> None:
        """Nothing is on its way, and every right is known."""
        driver.wait_for(self.qtbot, lambda: not self.console.tasks.busy and self.console.context.rights.settled)
        self.qtbot.wait(1)
        driver.wait_for(self.qtbot, lambda: not self.console.tasks.busy and self.console.context.rights.settled)


def said(page: QWidget) -> str:
    notes = [note.words() for note in page.findChildren(MissingRoles) if note.isVisibleTo(page)]
    return " ".join(notes)


def entries_of(page: QWidget, name: str) -> dict[str, Any]:
    button = driver.find(page, name, MenuButton)
    return {str(action.data()): action for action in button.findChildren(QMenu)[0].actions()}


def test_nothing_is_on_that_the_service_would_refuse(console: Console, cloud: EmulatedCloud, qtbot: Any) -> None:
    account = Account(console, cloud, qtbot)
    for role in ("Viewer", "Reader", "Writer", "Manager"):
        account.become(role)
        for kind, controls in CONTROLS.items():
            page = account.open(kind)
            for name, who in controls.items():
                shown = driver.exists(page, name)
                on = shown and driver.find(page, name).isEnabled()
                if role in who:
                    assert on, f"{role}: {name} is off: {said(page)}"
                else:
                    assert not on, f"{role}: {name} is on"
                if shown and role not in who and not (kind in READ_BY_READERS and role == "Viewer"):
                    assert "Needs the" in said(page), f"{role}: {kind} does not say which role {name} needs"
            assert nameless(page) == []
            if kind == places.BACKUPS and role == "Viewer":
                assert not driver.exists(page, "backups.empty"), "what could not be read is not called empty"
        units = account.open(places.CRYPTO_UNITS)
        note = driver.find(units, "crypto-units.note", InlineNote)
        expected_words = "Initialized" if role in MANAGERS else "Needs the Manager role on acme-hpcs"
        driver.wait_for(qtbot, lambda note=note, words=expected_words: words in note.words())
        for kind, (menu, expected) in ENTRIES.items():
            if role == "Viewer" and kind in READ_BY_READERS | {places.HPCS_OVERVIEW}:
                continue
            page = account.open(kind)
            for entry, who in expected.items():
                action = entries_of(page, menu)[entry]
                assert action.isEnabled() == (role in who), f"{role}: {menu} {entry}: {action.text()}"
                assert action.isEnabled() or "Needs the" in action.text()


def test_what_one_may_is_on(console: Console, cloud: EmulatedCloud, qtbot: Any) -> None:
    """The administrator is missing nothing."""
    account = Account(console, cloud, qtbot)
    for kind, controls in CONTROLS.items():
        page = account.open(kind)
        assert said(page) == "", kind
        off = {"create-postgresql.create"}  # nothing is filled in
        for name in set(controls) - off:
            driver.wait_for(qtbot, lambda page=page, name=name: driver.find(page, name).isEnabled())
    page = account.open(places.DB_OVERVIEW)
    assert all(action.isEnabled() for action in entries_of(page, "db-overview.actions").values() if action.data())
