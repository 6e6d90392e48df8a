"""Replaces the whole state by a scenario: reads it to the end first, then empties the account, then builds."""

import logging
from typing import TYPE_CHECKING, Any

from kyok.cloud.activity.events import Caller
from kyok.cloud.emulator.scenarios import Instances, Scenario, Scenarios, Tell
from kyok.cloud.scenarios import library
from kyok.cloud.scenarios.building import Building
from kyok.cloud.scenarios.reading import read
from kyok.cloud.scenarios.writing import present_state

if TYPE_CHECKING:
    from kyok.cloud.app import Cloud

log = logging.getLogger(__name__)
EVENT = "kyok.scenario.load"


def load(cloud: "Cloud", caller: Caller, content: bytes, tell: Tell = lambda step: None) -> Instances:
    """Loads a scenario file; instance GUIDs by name.

    Raises:
        ScenarioInvalid: nothing was changed.
        ScenarioFailed: something was refused on the way; the account is empty then.
    """
    document, made = read(content)
    cloud.store.writer.perform(lambda tx: cloud.reset.run(tx, caller, EVENT))
    try:
        return Building(cloud, document, made, tell).run()
    except Exception:
        cloud.store.writer.perform(cloud.reset.empty)  # half of a scenario is nobody's wish
        raise


def described(content: bytes) -> dict[str, Any]:
    """What a file would make, in figures. Raises `ScenarioInvalid`."""
    document, made = read(content)
    return {
        "title": document.title,
        "summary": document.summary,
        "key_services": len(made.holders),
        "keys": made.key_count,
        "databases": len(made.databases),
        "authorizations": len([grant for grant in document.authorizations if not grant.removed]),
        "users": len(document.users),
        "faults": len(document.faults),
        "forward_hours": document.clock.forward_hours,
    }


class ScenarioFiles:
    """What can be done with scenario files; satisfies `Files` of the emulator."""

    def __init__(self, cloud: "Cloud") -> None:
        self._cloud = cloud

    def described(self, content: bytes) -> dict[str, Any]:
        """See `described`."""
        return described(content)

    def load(self, caller: Caller, content: bytes, tell: Tell) -> Instances:
        """See `load`."""
        return load(self._cloud, caller, content, tell)

    def present(self, title: str) -> dict[str, Any]:
        """See `kyok.cloud.scenarios.writing.present_state`."""
        return present_state(self._cloud, title)


def scenarios(cloud: "Cloud") -> Scenarios:
    """The shipped scenarios, in the order in which they are shown, and files of one's own."""
    files = ScenarioFiles(cloud)
    return Scenarios([_offered(files, each) for each in library.shipped()], files)


def _offered(files: ScenarioFiles, shipped: library.Shipped) -> Scenario:
    return Scenario(
        shipped.name,
        shipped.title,
        shipped.summary,
        lambda caller, tell: files.load(caller, shipped.content(), tell),
        shipped.content,
    )
