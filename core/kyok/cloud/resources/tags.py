"""User tags of instances, as IBM's Global Tagging API attaches and detaches them.

A tag is a text; upper and lower case make no other tag. Tags are no part of what a lock protects: IBM keeps them in a
service of its own. Access tags and service tags are not emulated. A request is all or nothing: IBM answers for each
resource on its own, here one that cannot be tagged refuses the whole request.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from kyok.cloud.activity.events import Caller, Event
from kyok.cloud.activity.service import Activity
from kyok.cloud.iam.decisions import Decisions
from kyok.cloud.resources import instance_rows
from kyok.cloud.resources.errors import InstanceNotFound, InstancePending, InstanceRemoved, TagInvalid
from kyok.cloud.resources.instance_filters import filtered
from kyok.cloud.resources.instance_rules import TAGS_MAX
from kyok.cloud.store import Reader, Transaction
from kyok.domain.cluster import LISTED_STATES, InstanceState
from kyok.domain.crn import Crn
from kyok.domain.names import tags_problem
from kyok.domain.roles import TAG_ATTACH, TAG_DETACH

_SEE = "resource-controller.instance.retrieve"
_LISTED = {"state": ",".join(sorted(state.value for state in LISTED_STATES))}


class Tags:
    """The user tags of all instances."""

    def __init__(self, decisions: Decisions, activity: Activity) -> None:
        self._decisions = decisions
        self._activity = activity

    def page(self, reader: Reader, caller: Caller, query: Mapping[str, str]) -> list[str]:
        """The tags of one instance (`attached_to`), or all that are in use in the caller's account; in their order."""
        if query.get("account_id", caller.account) != caller.account or query.get("tag_type", "user") != "user":
            return []
        if "attached_to" in query:
            rows: Sequence[Row[Any]] = [self._row(reader, caller, query["attached_to"])]
        else:
            found = reader.all(filtered(caller.account, _LISTED))
            rows = [row for row in found if self._may(reader, caller, _SEE, row)]
        names = {tag.casefold(): tag for row in rows for tag in row.tags}
        down = query.get("order_by_name") == "desc"
        return [names[key] for key in sorted(names, reverse=down)]

    def attach(self, tx: Transaction, caller: Caller, body: Mapping[str, Any], *, replace: bool) -> list[str]:
        """Adds tags to instances, or gives them these and no others; answers the instances' CRNs.

        Raises:
            TagInvalid, InstanceNotFound, InstancePending, InstanceRemoved, NotAuthorized: no instance is changed.
        """
        wanted = _names(body)
        return self._each(tx, caller, body, TAG_ATTACH, lambda tags: wanted if replace else _with(tags, wanted))

    def detach(self, tx: Transaction, caller: Caller, body: Mapping[str, Any]) -> list[str]:
        """Takes tags away from instances; one that is not attached is no fault. Raises as `attach` does."""
        gone = {tag.casefold() for tag in _names(body)}
        return self._each(
            tx, caller, body, TAG_DETACH, lambda tags: [tag for tag in tags if tag.casefold() not in gone]
        )

    def _each(
        self,
        tx: Transaction,
        caller: Caller,
        body: Mapping[str, Any],
        action: str,
        change: Callable[[list[str]], list[str]],
    ) -> list[str]:
        rows = [self._for_change(tx, caller, ident, action) for ident in _resources(body)]
        for row in rows:
            tags = change(row.tags)
            if len(tags) > TAGS_MAX:
                raise TagInvalid(f"{row.name} would have more than {TAGS_MAX} tags.", "Take some away first.")
            if tags != row.tags:
                instance_rows.change(tx, row.guid, caller.iam_id, tags=tags)
                self._record(tx, caller, action, row, tags)
        return [row.crn for row in rows]

    def _for_change(self, tx: Transaction, caller: Caller, ident: str, action: str) -> Row[Any]:
        row = self._row(tx, caller, ident)
        self._decisions.require(tx, caller, action, Crn.parse(row.crn), group=row.group_id)
        about = {"target_crn": row.crn, "target_name": row.name, "instance": row.guid}
        if row.state == InstanceState.REMOVED:
            raise InstanceRemoved(**about)
        if row.state == InstanceState.PENDING_RECLAMATION:
            raise InstancePending(**about)
        return row

    def _row(self, reader: Reader, caller: Caller, ident: str) -> Row[Any]:
        row = instance_rows.find(reader, caller.account, ident)
        if row is None or not self._may(reader, caller, _SEE, row):
            raise InstanceNotFound()
        return row

    def _may(self, reader: Reader, caller: Caller, action: str, row: Row[Any]) -> bool:
        return self._decisions.allows(reader, caller, action, Crn.parse(row.crn), group=row.group_id)

    def _record(self, tx: Transaction, caller: Caller, action: str, row: Row[Any], tags: list[str]) -> None:
        verb = "attach" if action == TAG_ATTACH else "detach"
        before, after = set(row.tags), set(tags)
        event = Event(
            f"global-search-tagging.tag.{verb}",
            row.crn,
            row.name,
            instance=row.guid,
            response_data={
                "attached": sorted(after - before),
                "detached": sorted(before - after),
                "detail": ", ".join(sorted(before ^ after)),
            },
        )
        self._activity.record(tx, caller, event)


def _names(body: Mapping[str, Any]) -> list[str]:
    given = body.get("tag_names", [body["tag_name"]] if "tag_name" in body else None)
    if not isinstance(given, list) or not given or not all(isinstance(tag, str) for tag in given):
        raise TagInvalid("tag_name or tag_names is missing.", "Name at least one tag.")
    names = [tag.strip() for tag in given]
    problem = tags_problem(names)
    if problem:
        raise TagInvalid(problem)
    return _with([], names)


def _with(tags: Sequence[str], more: Sequence[str]) -> list[str]:
    """Both, in their order, each once whatever its case."""
    found: dict[str, str] = {}
    for tag in (*tags, *more):
        found.setdefault(tag.casefold(), tag)
    return list(found.values())


def _resources(body: Mapping[str, Any]) -> list[str]:
    given = body.get("resources")
    idents = [entry.get("resource_id") for entry in given if isinstance(entry, dict)] if isinstance(given, list) else []
    if not idents or not all(isinstance(ident, str) and ident for ident in idents):
        raise TagInvalid("resources is missing.", "Name each instance by its CRN, as resource_id.")
    return list(dict.fromkeys(str(ident) for ident in idents))
