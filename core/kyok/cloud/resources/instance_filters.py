"""The filters of the instance list."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, false, select

from kyok.cloud.resources.errors import FilterInvalid
from kyok.cloud.store.tables import instance
from kyok.cloud.store.times import milliseconds
from kyok.domain.cluster import InstanceState
from kyok.domain.services import service_by_id

SHOWN = (InstanceState.ACTIVE, InstanceState.PROVISIONING)
"""States of a list without the filter `state`."""
_SAME = {
    "guid": instance.c.guid,
    "name": instance.c.name,
    "resource_group_id": instance.c.group_id,
    "resource_plan_id": instance.c.plan_id,
}


def filtered(account: str, query: Mapping[str, str]) -> Select[Any]:
    """The account's instances that a query asks for, oldest first. `state` may list several, which IBM's cannot.

    Raises:
        FilterInvalid: a value that the filter cannot have.
    """
    statement = select(instance).where(instance.c.account == account).order_by(instance.c.seq)
    for name, column in _SAME.items():
        if name in query:
            statement = statement.where(column == query[name])
    if "resource_id" in query:
        service = service_by_id(query["resource_id"])
        statement = statement.where(instance.c.service == service.name if service else false())
    if query.get("type", "service_instance") != "service_instance" or "sub_type" in query:
        statement = statement.where(false())
    for name, after in (("updated_from", True), ("updated_to", False)):
        if name in query:
            limit = milliseconds(_time(name, query[name]))
            statement = statement.where(instance.c.updated_at >= limit if after else instance.c.updated_at <= limit)
    return statement.where(instance.c.state.in_([state.value for state in _states(query.get("state"))]))


def _states(text: str | None) -> tuple[InstanceState, ...]:
    if text is None:
        return SHOWN
    try:
        return tuple(InstanceState(word) for word in text.split(","))
    except ValueError as error:
        raise FilterInvalid(f"There is no instance state “{text[:60]}”.") from error


def _time(name: str, text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise FilterInvalid(f"{name} must be a time like 2026-11-23T17:45:00.000Z.") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)
