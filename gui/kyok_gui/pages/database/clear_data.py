"""What a crash left in clear on the disk (volumes sealed on stop, key denied since): said, and offered to be erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from kyok.domain import texts
from kyok.domain.translation import tr
from kyok_gui.context import PageContext
from kyok_gui.widgets import Dialog, InlineNote, escape

if TYPE_CHECKING:
    from kyok.client.records.detail import DatabaseDetail

ACTION = "clusters.configuration.update"
NAME = "nodes.clear-data"


def left_in_clear(detail: DatabaseDetail) -> list[int]:
    """Numbers of the nodes whose data a crash left in clear."""
    return [node.number for node in detail.nodes if node.volume.left_clear]


class ClearDataNote(InlineNote):
    """Away while nothing lies in clear. One node is erased at a time."""

    erased = Signal()

    def __init__(self, context: PageContext, guid: str) -> None:
        super().__init__("error", "", name=NAME, action=tr("Erase the clear data"))
        self._context = context
        self._detail: DatabaseDetail | None = None
        self.acted.connect(self._ask)
        context.rights.guard(self._action, ACTION, guid)
        self.hide()

    def show_detail(self, detail: DatabaseDetail) -> None:
        """Names the nodes, what it means, and the two ways out."""
        self._detail = detail
        numbers = left_in_clear(detail)
        self.setVisible(bool(numbers))
        if not numbers:
            return
        self.show_note(
            "error",
            tr(
                "A crash left the data of node {names} in clear on this disk",
                names=texts.listed([str(one) for one in numbers]),
            )
            if len(numbers) == 1
            else tr(
                "A crash left the data of nodes {names} in clear on this disk",
                names=texts.listed([str(one) for one in numbers]),
            ),
            escape(
                tr(
                    "Its key is denied, so it cannot be sealed. Make the key usable again and it is opened and sealed "
                    "as usual, or erase it: then what was written since the volume was sealed last is lost."
                )
            ),
            tr("Erase the clear data of node {number}", number=numbers[0]),
        )

    def _ask(self) -> None:
        detail = self._detail
        if detail is None or not left_in_clear(detail):
            return
        number = left_in_clear(detail)[0]
        path = tr("{detail} / node {number}", detail=detail.name, number=number)
        dialog = Dialog(
            tr("Erase clear data"), tr("Node {number}", number=number), path=path, name="nodes.erase-clear", width=640
        )
        dialog.add_effect(
            "error--filled",
            "supportError",
            tr("What was written since the volume was sealed last is lost on this node"),
            tr("If no other node and no backup has it, it is gone for good."),
        )
        dialog.add_effect(
            "warning--alt--filled",
            "supportWarning",
            tr("Erasing files is not shredding"),
            tr("The medium, the file system's journal and its snapshots may keep copies of what was clear."),
        )
        dialog.add_effect(
            "locked",
            "iconSecondary",
            tr("What is sealed stays sealed"),
            tr("It opens with the key, as it was sealed last."),
        )
        dialog.add_typed_name(detail.name)
        dialog.set_accept(tr("Erase clear data"), "trash-can", danger=True)
        dialog.accepted.connect(lambda: self._erase(dialog, detail, number))
        dialog.open_over(self)

    def _erase(self, dialog: Dialog, detail: DatabaseDetail, number: int) -> None:
        api = self._context.api

        def done(_: object) -> None:
            dialog.set_busy(False)
            dialog.dismiss()
            self._context.notices.success(
                tr("Clear data of node {number} erased", number=number), tr("What is sealed is untouched.")
            )
            self.erased.emit()

        dialog.set_busy(True)
        self._context.tasks.run(
            lambda: api.databases.erase_clear(detail.guid, number),
            done,
            lambda error: dialog.set_error(error.summary, error.remedy),
            owner=dialog,
        )
