"""How far the making of an instance is: nodes getting ready, or a backup being restored into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy

from kyok.domain import texts
from kyok.domain.cluster import InstanceState, NodeState
from kyok.domain.translation import tr
from kyok_gui.pages.database.machine_words import doing
from kyok_gui.widgets import Text, Tile
from kyok_gui.widgets.progress import ProgressBar

if TYPE_CHECKING:
    from kyok.client.records.detail import DatabaseDetail


MAKING = (InstanceState.PROVISIONING, InstanceState.PRE_PROVISIONING, InstanceState.INACTIVE)
"""States of an instance that is not there yet."""


class ProgressTile(Tile):
    """What is being made, the present step, and a bar."""

    def __init__(self) -> None:
        super().__init__(name="nodes.progress")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.title = Text("", "heading01", wrap=True)
        self.step = Text("", "label01", "secondary", wrap=True, name="nodes.progress.step")
        self.bar = ProgressBar(name="nodes.progress.bar")
        for part in (self.title, self.bar, self.step):
            self.body.addWidget(part)
        self.hide()

    def show_progress(self, detail: DatabaseDetail) -> None:
        """Shows how far it is, or nothing when nothing is being made."""
        found = progress(detail)
        self.setVisible(found is not None)
        if found is not None:
            title, step, percent = found
            self.title.setText(title)
            self.step.setText(step)
            self.bar.set_percent(percent)


def progress(detail: DatabaseDetail) -> tuple[str, str, int] | None:
    """Title, step and percent of what is being made; None when nothing is."""
    restore = detail.restore
    if restore is not None and restore.state == "RUNNING":
        source = detail.restored_from
        title = (
            tr("Restoring a backup of {source} into {name}", source=source.name, name=detail.name)
            if source is not None
            else tr("Restoring a backup into {name}", name=detail.name)
        )
        return title, f"{restore.step}, {restore.percent} %", restore.percent
    if detail.instance_state not in MAKING:
        return None
    return tr("Creating {name}", name=detail.name), _step(detail), _percent(detail)


def _step(detail: DatabaseDetail) -> str:
    total = len(detail.nodes) or 3
    ready = sum(node.state is NodeState.RUNNING for node in detail.nodes)
    up = _servers(detail)
    begun = tr("{ready} of {total} nodes are ready.", ready=ready, total=total)
    if up > ready:
        begun = (
            tr("{up} of {total} servers is up.", up=up, total=total)
            if up == 1
            else tr("{up} of {total} servers are up.", up=up, total=total)
        )
    on_their_way = doing([node for node in detail.nodes if node.state is NodeState.CREATING])
    if ready or up or on_their_way:
        return f"{begun} {on_their_way}".strip()
    if any(node.server is not None for node in detail.nodes):
        return tr("The volumes are made, and the first server starts.")
    return (
        tr("The data key is made by the service.")
        if detail.root_key is None
        else tr("The data key is made and wrapped by your root key.")
    )


def _percent(detail: DatabaseDetail) -> int:
    """Servers that are up are not the end of it: the service looks at them before it calls the instance made."""
    total = len(detail.nodes) or 3
    done = max(_servers(detail), sum(node.state is NodeState.RUNNING for node in detail.nodes))
    begun = 20 if any(node.server is not None for node in detail.nodes) else 10
    return begun + (90 - begun) * done // total


def _servers(detail: DatabaseDetail) -> int:
    return sum(node.server is not None and node.server.pid is not None for node in detail.nodes)


def restored_words(detail: DatabaseDetail) -> str:
    """Where the data of a restored instance came from."""
    source, restore = detail.restored_from, detail.restore
    if source is None or (restore is not None and restore.state == "RUNNING"):
        return ""
    name, taken = source.name, texts.date_time(source.backup_created_at) if source.backup_created_at else ""
    if restore is not None and restore.state == "FAILED":
        if taken:
            return tr("Restoring the backup of {name} failed, taken {moment}.", name=name, moment=taken)
        return tr("Restoring the backup of {name} failed.", name=name)
    if taken:
        return tr("The data was restored from a backup of {name}, taken {moment}.", name=name, moment=taken)
    return tr("The data was restored from a backup of {name}.", name=name)
