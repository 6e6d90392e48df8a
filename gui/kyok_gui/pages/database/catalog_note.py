"""What stands above lists that only servers can give: how such things are made, or why there is no list."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from kyok.client.errors import ApiError
from kyok.domain.cluster import InstanceState
from kyok.domain.translation import tr
from kyok_gui import places
from kyok_gui.places import Place
from kyok_gui.widgets import InlineNote, escape, link_html

if TYPE_CHECKING:
    from kyok.client.records.detail import DatabaseDetail


def read_or_refusal(detail: DatabaseDetail, read: Callable[[], tuple[Any, ...]]) -> tuple[tuple[Any, ...], str]:
    """What the servers list, or nothing and why; simulated nodes are not asked. Runs in a worker.

    Raises:
        ApiError: refused for another reason than that nobody serves the data.
    """
    if not detail.connectable or detail.instance_state is not InstanceState.ACTIVE:
        return (), ""
    try:
        return read(), ""
    except ApiError as error:
        if error.status != HTTPStatus.CONFLICT:
            raise
        return (), error.summary


class CatalogNote(InlineNote):
    """See the module."""

    def __init__(self, *, name: str, list_of: str) -> None:
        super().__init__("info", "", name=name)
        self._list_of = list_of
        self.hide()

    def show_state(self, detail: DatabaseDetail, refusal: str, how: str) -> None:
        """Chooses the words: simulated, not there, not serving, or how things are made; it is away before."""
        self.show()
        nodes = link_html(tr("Open Nodes"), Place(places.NODES, detail.guid).href())
        if detail.instance_state is not InstanceState.ACTIVE:
            title = tr(
                "There is no list of {list_of}: the instance is {state}",
                list_of=self._list_of,
                state=detail.instance_state.word.lower(),
            )
            self.show_note("warning", title, nodes)
        elif not detail.connectable:
            self.show_note(
                "info",
                tr("There is no list of {list_of}: the nodes are simulated", list_of=self._list_of),
                self._simulated(),
            )
        elif refusal:
            title = tr("The {list_of} cannot be listed now", list_of=self._list_of)
            self.show_note("warning", title, f"{escape(refusal)} {nodes}")
        else:
            self.show_note("quiet", "", escape(how))

    def _simulated(self) -> str:
        return escape(
            tr(
                "Simulated nodes run no database server, so there is nobody to ask for {list_of}. Their sample rows "
                "are on the Nodes page. API v3 answers here as a fresh instance of the real service would. Instances "
                "made while PostgreSQL is installed on this machine have real servers.",
                list_of=self._list_of,
            )
        )
