"""From a press to the change: reads the consequences, opens the dialog, does it, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kyok.domain.key_states import KeyAction
from kyok.domain.translation import tr
from kyok_gui.context import PageContext
from kyok_gui.pages.keys import dialogs
from kyok_gui.pages.keys.create import NewKey
from kyok_gui.pages.keys.doing import CHANGES, Consequences, consequences, deletion_of
from kyok_gui.pages.keys.edits import KeyEdits
from kyok_gui.pages.keys.key_rights import KeyRights
from kyok_gui.pages.keys.listing import names_of
from kyok_gui.pages.keys.presenter import KeysPresenter
from kyok_gui.pages.keys.rotating import Rotating
from kyok_gui.pages.keys.rows import KeyRow
from kyok_gui.pages.keys.rules import first_reason, row_reason
from kyok_gui.pages.keys.running import DONE, Running
from kyok_gui.widgets import Dialog

_AT_ONCE = frozenset({KeyAction.ENABLE, KeyAction.SYNC, KeyAction.UNSET_FOR_DELETION})
_EDITS = frozenset({KeyAction.ALIAS, KeyAction.PATCH, KeyAction.WRITE_POLICIES})


class KeyActions(QObject):
    """Does what menus, the batch bar and the panel ask for."""

    changed = Signal()
    """Something was done."""
    made = Signal(str)
    """A key was created or imported: its id."""

    def __init__(self, context: PageContext, presenter: KeysPresenter, rights: KeyRights, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._presenter = presenter
        self._rights = rights
        self._page = page
        self._new: NewKey | None = None
        self._running = Running(context, presenter, page)
        self._running.changed.connect(self.changed)
        self._edits = KeyEdits(context, presenter, rights, self._running, page)
        self._rotating = Rotating(context, presenter, self._running, page)

    def new_key(self, *, imported: bool) -> None:
        """Opens Create a key or Import a key."""
        way = self._running.way
        asked = NewKey(self._context, self._presenter, way, imported=imported, made=lambda key: self._made(key.id))
        self._new = asked
        asked.dialog.gone.connect(self._closed)
        asked.dialog.open_over(self._page)

    def _closed(self) -> None:
        self._new = None

    def unsaved(self) -> str:
        """What was entered for a new key and is not on its way."""
        return self._new.unsaved() if self._new is not None else ""

    def give_up(self) -> None:
        """Closes the form of a new key."""
        if self._new is not None:
            self._new.dialog.dismiss()

    def _made(self, key_id: str) -> None:
        self._presenter.reread([key_id])
        self.made.emit(key_id)

    def start(self, action: KeyAction, rows: Sequence[KeyRow]) -> None:
        """Begins an action on keys."""
        if not rows or first_reason(action, rows, self._context.clock.now(), self._rights.may):
            return
        chosen = tuple(rows)
        if action in _AT_ONCE:
            self._running.run(action, chosen, None)
        elif action in _EDITS:
            self._edits.start(action, chosen)
        elif action is KeyAction.ROTATE:
            self._rotating.ask(chosen)
        else:
            self._look_first(action, chosen)

    def require_two_people(self, row: KeyRow) -> None:
        """From now on, two people delete this key."""
        self._edits.require_two_people((row,))

    def _look_first(self, action: KeyAction, chosen: tuple[KeyRow, ...]) -> None:
        api, crn, now = self._context.api, self._presenter.crn, self._context.clock.now()
        names, ids = names_of(self._context.directory), [row.id for row in chosen]

        def found(these: Consequences) -> None:
            rows = [key.row for key in these.keys]
            if len(rows) == len(chosen) and not first_reason(action, rows, self._context.clock.now()):
                self._ask(action, these)
            else:
                self._overtaken(action, chosen, these)

        self._context.tasks.run(lambda: consequences(api, crn, ids, names, now), found, owner=self)

    def _overtaken(self, action: KeyAction, chosen: tuple[KeyRow, ...], found: Consequences) -> None:
        """Somebody else was faster: says so, and shows the keys as they are."""
        present = {key.row.id: key.row for key in found.keys}
        for row in chosen:
            fresh = present.get(row.id)
            against = row_reason(action, fresh, self._context.clock.now()) if fresh else tr("it is purged")
            if against:
                detail = f"{against[0].upper()}{against[1:]}."
                title = tr("{key} cannot be {done}", key=row.name, done=tr(DONE[action]))
                self._context.notices.error(title, detail)
                break
        self._presenter.reread([row.id for row in chosen])

    def _ask(self, action: KeyAction, found: Consequences) -> None:
        rows = tuple(key.row for key in found.keys)
        now, way = self._context.clock.now(), self._running.way
        openers: dict[KeyAction, Callable[[], Dialog]] = {
            KeyAction.DELETE: lambda: dialogs.deletion(found.keys, found.rule, way, now, found.firsts),
            KeyAction.SET_FOR_DELETION: lambda: dialogs.scheduling(found.keys[0], found.rule, way, now),
            KeyAction.DISABLE: lambda: dialogs.disabling(found.keys, way, now),
            KeyAction.RESTORE: lambda: dialogs.restoring(found.keys, found.rule, way, now),
            KeyAction.PURGE: lambda: dialogs.purging(found.keys[0], way, now),
        }
        dialog = openers[action]()
        change = deletion_of(found.keys) if action is KeyAction.DELETE else CHANGES[action]
        dialog.accepted.connect(lambda: self._running.run(action, rows, dialog, change))
        instead = action is KeyAction.DELETE and not first_reason(KeyAction.DISABLE, rows, now, self._rights.may)
        if instead:
            dialog.set_second(tr("Disable instead"), "pause--outline--filled")
            dialog.second.connect(lambda: self._running.run(KeyAction.DISABLE, rows, dialog))
        dialog.link.connect(self._context.navigator.follow)
        dialog.open_over(self._page)
