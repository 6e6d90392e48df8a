"""Edit key aliases, Change key ring, Edit key rotation policy."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from kyok.domain.key_states import KeyAction
from kyok.domain.translation import tr
from kyok_gui.context import PageContext
from kyok_gui.pages.keys.aliases import AliasDialog, save_aliases
from kyok_gui.pages.keys.dialogs import done_words, path_of, requiring
from kyok_gui.pages.keys.key_rights import KeyRights
from kyok_gui.pages.keys.moving import MoveDialog
from kyok_gui.pages.keys.presenter import KeysPresenter
from kyok_gui.pages.keys.rotation_policy import RotationPolicyDialog, saved_words
from kyok_gui.pages.keys.rows import KeyRow
from kyok_gui.pages.keys.running import DONE, Running

Rows = tuple[KeyRow, ...]


class KeyEdits(QObject):
    """Opens the dialogs that change what is written at a key."""

    def __init__(
        self, context: PageContext, presenter: KeysPresenter, rights: KeyRights, running: Running, page: QWidget
    ) -> None:
        super().__init__(page)
        self._context = context
        self._presenter = presenter
        self._rights = rights
        self._running = running
        self._page = page

    def start(self, action: KeyAction, rows: Rows) -> None:
        """Opens the dialog of an action."""
        if action is KeyAction.ALIAS:
            self._aliases(rows)
        elif action is KeyAction.PATCH:
            self._move(rows)
        else:
            self._rotation_policy(rows)

    def _aliases(self, rows: Rows) -> None:
        row = rows[0]
        removing = self._rights.may_remove_aliases(row.key.ring)
        dialog = AliasDialog(row, path_of(self._running.way, rows), removing=removing)

        def save() -> None:
            wanted = dialog.wanted()
            notice = (tr("Aliases saved"), f"{row.name}: {', '.join(wanted) or tr('none')}")
            self._running.run(
                KeyAction.ALIAS, rows, dialog, lambda api, crn, row: save_aliases(api, crn, row, wanted), notice=notice
            )

        dialog.accepted.connect(save)
        dialog.open_over(self._page)

    def require_two_people(self, rows: Rows) -> None:
        """Asks before a key gets dual authorization, which cannot be taken back."""
        dialog = requiring(rows[0], path_of(self._running.way, rows))
        notice = (
            tr("Two people delete {name} from now on", name=rows[0].name),
            tr("The first one schedules it in the key's menu."),
        )
        dialog.accepted.connect(
            lambda: self._running.run(
                KeyAction.WRITE_POLICIES,
                rows,
                dialog,
                lambda api, crn, row: api.key_policies.require_two_people(crn, row.id),
                notice=notice,
            )
        )
        dialog.open_over(self._page)

    def _move(self, rows: Rows) -> None:
        api, crn = self._context.api, self._presenter.crn
        self._context.tasks.run(
            lambda: [ring.id for ring in api.key_rings.every(crn)],
            lambda rings: self._ask_ring(rows, rings),
            owner=self,
        )

    def _ask_ring(self, rows: Rows, rings: list[str]) -> None:
        dialog = MoveDialog(rows, rings, path_of(self._running.way, rows))

        def move() -> None:
            ring = dialog.field.value()
            self._running.run(
                KeyAction.PATCH,
                rows,
                dialog,
                lambda api, crn, row: api.keys.move(crn, row.id, ring),
                notice=(done_words(tr(DONE[KeyAction.PATCH]), rows)[0], tr("Now in key ring {ring}.", ring=ring)),
            )

        dialog.accepted.connect(move)
        dialog.open_over(self._page)

    def _rotation_policy(self, rows: Rows) -> None:
        api, crn, row = self._context.api, self._presenter.crn, rows[0]

        def found(policies: object) -> None:
            assert isinstance(policies, tuple)
            rule = next((one.rotation for one in policies if one.rotation is not None), None)
            path = path_of(self._running.way, rows)
            dialog = RotationPolicyDialog(row, rule, path, self._context.clock.now())
            dialog.accepted.connect(lambda: self._save_policy(rows, dialog))
            dialog.open_over(self._page)

        self._context.tasks.run(lambda: api.key_policies.of_key(crn, row.id), found, owner=self)

    def _save_policy(self, rows: Rows, dialog: RotationPolicyDialog) -> None:
        on, months = dialog.wanted()
        self._running.run(
            KeyAction.WRITE_POLICIES,
            rows,
            dialog,
            lambda api, crn, row: api.key_policies.set_rotation(crn, row.id, enabled=on, months=months if on else None),
            notice=(tr("Rotation policy saved"), f"{rows[0].name}: {saved_words(on, months)}"),
        )
