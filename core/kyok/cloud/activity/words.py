"""The message of an event: iam-and-resources.md section 8."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from kyok.cloud.activity.events import Caller, Event
from kyok.domain import events
from kyok.domain.crn import Crn, InvalidCrn
from kyok.domain.services import display_name


def message_of(event: Event) -> str:
    """`<Service name>: <verb> <object> [name] [-failure]`."""
    words = _words(event.action)
    if event.target_name:
        words = f"{words} {event.target_name}"
    return words if event.outcome == "success" else f"{words} -{event.outcome}"


@lru_cache(1024)
def _words(action: str) -> str:
    service, _, rest = action.partition(".")
    thing, _, verb = rest.rpartition(".")
    return " ".join(word for word in (f"{display_name(service)}:", verb or rest, thing.replace(".", " ")) if word)


def searched(caller: Caller, event: Event, message: str) -> str:
    """What a search for an event looks at, in lower case: what people read of it, and every id in it.

    In English, as everything that the cloud keeps. Its correlation is looked for apart.
    """
    detail = str(event.response_data.get("detail", ""))
    title = events.title(event.action, event.outcome, event.status, detail)
    read = (title, event.action, message, caller.name, caller.iam_id, event.target_name, event.target, event.reason)
    return " ".join(dict.fromkeys(part for part in (*read, *_ids(event.response_data)) if part)).lower()


def _ids(data: Mapping[str, Any]) -> list[str]:
    """Ids among what an event tells besides: of a version, a backup, a task."""
    found: list[str] = []
    for name, value in data.items():
        if name.endswith("Id") and isinstance(value, str):
            found.append(value)
        elif name.endswith("Ids") and isinstance(value, list):
            found += [str(one) for one in value]
    return found


def instance_of(target: str) -> str:
    """GUID of the service instance that a target is or lies in; empty for what belongs to none."""
    try:
        return Crn.parse(target).instance
    except InvalidCrn:
        return ""
