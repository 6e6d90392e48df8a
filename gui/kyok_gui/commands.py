"""Commands of the window, declared once: menus, shortcuts and the list of shortcuts come from this table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from kyok.domain.translation import noted, tr
from kyok_gui import places
from kyok_gui.places import PLACES


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `menu` names the menu that holds it, `place` where it leads, `emulated` needs the emulated cloud."""

    id: str
    noted_title: str
    shortcut: str = ""
    menu: str = ""
    place: str = ""
    icon: str = ""
    emulated: bool = False

    @property
    def title(self) -> str:
        """What the command is called in menus."""
        return tr(self.noted_title)

    @property
    def group(self) -> str:
        """Under which head the sheet of shortcuts lists it."""
        return noted("Go to") if self.id.startswith("go.") else noted("Window")

    def fits(self, cloud_kind: str) -> bool:
        """Whether it means something with this kind of cloud."""
        if self.place:
            return PLACES[self.place].fits(cloud_kind)
        return not self.emulated or cloud_kind == "emulated"


COMMANDS: tuple[Command, ...] = (
    Command("go.resources", noted("Resource list"), "Alt+1", "manage", places.RESOURCES, "list--boxes"),
    Command("go.key-health", noted("Key health"), "Alt+6", "manage", places.KEY_HEALTH, "health-cross"),
    Command("go.activity", noted("Activity"), "Alt+2", "manage", places.ACTIVITY, "activity"),
    Command(
        "go.authorizations",
        noted("Access (IAM): Authorizations"),
        "Alt+3",
        "manage",
        places.AUTHORIZATIONS,
        "user--access",
    ),
    Command("go.api-keys", noted("Access (IAM): API keys"), "Alt+7", "manage", places.API_KEYS, "password"),
    Command("go.users", noted("Access (IAM): Users"), "Alt+8", "manage", places.USERS, "user--multiple"),
    Command(
        "go.secure-deletion", noted("Secure deletion"), "Alt+4", "manage", places.SECURE_DELETION_LIST, "list--checked"
    ),
    Command("go.reclamation", noted("Reclamation"), "", "manage", places.RECLAMATION, "reset"),
    Command("go.resource-groups", noted("Resource groups"), "", "manage", places.RESOURCE_GROUPS, "group--resource"),
    Command("go.emulator", noted("Emulator"), "Alt+0", "manage", places.EMULATOR, "laptop", emulated=True),
    Command("go.settings", noted("Settings"), "Ctrl+,", "manage", places.SETTINGS, "settings"),
    Command("go.catalog", noted("Catalog"), "Alt+5", "", places.CATALOG, "catalog"),
    Command("go.back", noted("Back"), "Alt+Left"),
    Command("go.forward", noted("Forward"), "Alt+Right"),
    Command("search", noted("Search resources and pages"), "Ctrl+K"),
    Command("refresh", noted("Look again"), "F5"),
    Command("theme", noted("Switch between light and dark"), "Ctrl+Shift+D"),
    Command("navigation", noted("Open or fold the side navigation"), "Ctrl+B"),
    Command("clock", noted("Turn the clock forward"), "Ctrl+Shift+T", emulated=True),
    Command("help", noted("Help for this page"), "F1", "help", icon="help"),
    Command("shortcuts", noted("Keyboard shortcuts"), "?", "help", icon="information"),
    Command("lock", noted("Lock the window"), "Ctrl+Shift+L", icon="locked"),
    Command("about", noted("About KYOK Console"), "", "help", icon="kyok-mark"),
    Command("quit", noted("Quit"), "Ctrl+Q"),
)
"""Every command of the window."""


def in_menu(menu: str, cloud_kind: str = "emulated") -> list[Command]:
    """The commands of a menu that mean something with this kind of cloud, in order."""
    return [command for command in COMMANDS if command.menu == menu and command.fits(cloud_kind)]


def bind(window: QWidget, acts: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """Gives the window an action for every command, with its shortcut; all of them must have an act."""
    actions = {}
    for command in COMMANDS:
        action = QAction(command.title, window)
        action.setObjectName(f"command.{command.id}")
        if command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        act = acts[command.id]
        action.triggered.connect(lambda _=False, act=act: act())
        window.addAction(action)
        actions[command.id] = action
    return actions
