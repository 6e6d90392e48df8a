"""What a page that changes a running cluster must know: the instance, its tasks, its parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Generic, TypeVar

from kyok.client.errors import ApiError
from kyok.domain import changing
from kyok.domain.changing import ChangedNode
from kyok.domain.cluster import TaskType
from kyok.domain.databases import Sizes
from kyok_gui.pages.database.task_words import task_word

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.records.clusters import ConfigurationItem, Task
    from kyok.client.records.detail import DatabaseDetail

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ChangeView:
    """`last`: the change of the page's kind that runs, or else the newest one, with its nodes.

    `items` is empty while no node serves the data: then the servers cannot be asked for their parameters.
    """

    detail: DatabaseDetail
    running: Task | None = None
    last: Task | None = None
    items: tuple[ConfigurationItem, ...] = field(default_factory=tuple)

    @property
    def sizes(self) -> Sizes:
        """The present sizes of each node."""
        known = self.detail.sizes
        return Sizes(known.ram, known.disk, known.cpu)

    @property
    def parameters(self) -> Mapping[str, int]:
        """The present parameters, by name."""
        return {item.name: item.value for item in self.items}

    def nodes(self) -> list[ChangedNode]:
        """The nodes as the rules see them."""
        return [
            ChangedNode(node.number, node.state, node.role, node.reason.message.rstrip(".") if node.reason else "")
            for node in self.detail.nodes
        ]

    def obstacle(self) -> str:
        """Why nothing can be changed now; nothing when it can."""
        task = task_word(self.running.type) if self.running is not None else ""
        return changing.obstacle(self.detail.instance_state, self.nodes(), task=task)


class Applied(Generic[T]):
    """What was last applied, until the change that it began is over: for so long it would not be lost."""

    def __init__(self) -> None:
        self._sent: tuple[T, str] | None = None

    def begin(self, what: T, view: ChangeView) -> None:
        """It is sent now; `view` is what one saw before."""
        self._sent = what, view.last.id if view.last is not None else ""

    def look(self, view: ChangeView) -> None:
        """Forgets it when another change than the last one before is over."""
        over = view.last.id if view.last is not None and not view.last.running else ""
        if over and self._sent is not None and self._sent[1] != over:
            self.forget()

    def forget(self) -> None:
        """It was refused."""
        self._sent = None

    def holds(self, what: T) -> bool:
        """Whether this is what was applied."""
        return self._sent is not None and self._sent[0] == what


def read_change_view(api: CloudApi, guid: str, kind: TaskType, before: ChangeView | None) -> ChangeView:
    """Reads everything; runs in a worker. Servers that are being changed are not asked what they told `before`."""
    detail = api.databases.detail(guid)
    tasks = _or_none(lambda: api.databases.tasks(guid, detail.region)) or ()
    newest = next((task for task in tasks if task.type == kind), None)
    last = api.databases.task(guid, newest.id, detail.region) if newest is not None else None
    running = next((task for task in tasks if task.running), None)
    if running is not None and before is not None and before.items:
        return ChangeView(detail, running, last, before.items)
    items = _or_none(lambda: api.databases.configuration(guid, detail.region)) or ()
    return ChangeView(detail, running, last, items)


def _or_none(call: Callable[[], T]) -> T | None:
    """What the API tells, or None when it says that there is nothing to tell now: deleted, or no node serves."""
    try:
        return call()
    except ApiError as error:
        if error.status in (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT):
            return None
        raise
