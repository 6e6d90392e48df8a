"""Recently removed authorizations: each can come back as it was, as long as nobody granted the same anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyok.domain.translation import noted, tr
from kyok_gui.context import PageContext
from kyok_gui.pages.access.facts import AccessFacts
from kyok_gui.pages.access.presenter import AccessPresenter
from kyok_gui.pages.access.rows import REMOVED_COLUMNS, RemovedRow, removed_rows
from kyok_gui.widgets import DataTable, EmptyState, MenuEntry, TableModel, Text

if TYPE_CHECKING:
    from kyok.client.records.access import Policy

_NOTE = noted(
    "Restoring brings the authorization back with its own id, values and description. "
    "The nodes of instances that wait for it then start by themselves."
)


class RemovedTable(QWidget):
    """The table and what its rows can do."""

    def __init__(self, context: PageContext, presenter: AccessPresenter) -> None:
        super().__init__()
        self._context = context
        self._presenter = presenter
        self._model = TableModel[RemovedRow](REMOVED_COLUMNS, key=lambda one: one.id, parent=self)
        self._table = DataTable(
            self._model,
            name="authorizations.removed",
            accessible=tr("Recently removed authorizations"),
            noun=("removed authorization", "removed authorizations"),
            row_height=64,
            fits=True,
            search=tr("Search by service, instance, scope or ID"),
            row_menu=self._entries,
            copies={"ID": lambda one: one.id},
        )
        empty = EmptyState(
            "keep-your-own-key",
            tr("No removed authorizations"),
            tr("An authorization that is removed waits here and can be restored."),
            name="authorizations.removed.empty",
        )
        empty.setMaximumHeight(520)
        empty.setMinimumHeight(400)
        self._table.set_empty(empty)
        self._table.set_loading(True)
        self._table.menu_chosen.connect(lambda one, _: self._restore(one))
        self._note = Text(tr(_NOTE), "helperText01", "helper", wrap=True, name="authorizations.removed.note")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._table)
        column.addWidget(self._note)
        column.addStretch(1)

    def show_facts(self, facts: AccessFacts) -> None:
        """Shows what was removed."""
        rows = removed_rows(facts)
        self._model.set_rows(rows)
        self._table.set_loading(False)
        self._note.setVisible(bool(rows))

    def select(self, policy_id: str) -> bool:
        """Makes a removed authorization the current row; answers whether it is one."""
        return self._table.select_key(policy_id)

    def _entries(self, one: RemovedRow) -> list[MenuEntry]:
        grant = one.row.policy.grant
        facts = self._presenter.facts
        target = facts.asked_about(grant.target_instance, grant.target_service) if facts is not None else ""
        lacking = self._context.rights.reason("iam.policy.update", target)
        reason = lacking or (tr("The same authorization exists again") if one.again else "")
        return [MenuEntry("restore", tr("Restore"), icon="undo", reason=reason)]

    def _restore(self, one: RemovedRow) -> None:
        def done(policy: Policy) -> None:
            words = (
                tr("{waiting}: the nodes restart by themselves.", waiting=one.waiting)
                if one.waiting
                else tr("Nothing waited for it.")
            )
            self._context.notices.success(tr("Authorization restored"), words)
            self._presenter.load()

        self._presenter.restore(one.id, done, self._context.notices.failure)
