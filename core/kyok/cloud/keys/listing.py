"""Lists of keys: any page of any size of instance, quickly (docs/adr/0020).

Ids are picked on an index that holds all that is filtered, rows are joined afterwards. An offset into the default order
is found by counting whole buckets first. Keys that have expired since the reconciler ran last count as deactivated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal_column, select

from kyok.cloud.keys import counters, errors, records
from kyok.cloud.keys.instances import KeyInstance
from kyok.cloud.keys.list_query import DateTerm, ListQuery, Search
from kyok.cloud.keys.records import KeyView
from kyok.cloud.store import Reader
from kyok.cloud.store.tables import key, key_alias
from kyok.cloud.store.times import milliseconds
from kyok.domain.key_fields import DEFAULT_KEY_RING, SEARCH_MAX
from kyok.domain.key_states import KeyState

NEAR = 2_000
"""Up to this offset, walking the index is quicker than counting buckets."""

_DATES = {
    "creationDate": key.c.created_at,
    "lastUpdateDate": key.c.updated_at,
    "lastRotateDate": key.c.rotated_at,
    "deletionDate": key.c.deleted_at,
    "expirationDate": key.c.expires_at,
}
_COLUMNS = {"id": key.c.id, "extractable": key.c.extractable, "imported": key.c.imported, **_DATES}
_NOT_DEFAULT = key.c.ring != literal_column("'default'")
"""Said once more of a ring that is another one, so that the partial index of those rings serves."""
_LAPSED = key.c.state == literal_column("1")  # a literal, so that the partial index of expiring keys serves


@dataclass(frozen=True, slots=True)
class KeyPage:
    """One page. `incomplete`: the search was too broad, only the key that it names directly is here."""

    keys: Sequence[KeyView]
    search: Search | None = None
    incomplete: bool = False


def page(reader: Reader, instance: KeyInstance, query: ListQuery) -> KeyPage:
    """The keys of one page.

    Raises:
        SearchTooBroad: a search over more than 5000 keys.
    """
    if query.search is not None:
        return _searched(reader, instance, query, query.search)
    chosen = _chosen(reader, instance.guid, query)
    order = _order(reader, instance.guid, query)
    if query.offset > NEAR and _plain(reader, instance.guid, query):
        chosen, offset = _skipped(reader, instance.guid, query, chosen)
    else:
        offset = query.offset
    picked = chosen.order_by(*order).limit(query.limit).offset(offset).subquery()
    statement = select(key).join(picked, picked.c.pk == key.c.pk)
    return KeyPage(_views(reader, instance, statement.order_by(*order)))


def count(reader: Reader, instance: KeyInstance, query: ListQuery) -> int:
    """How many keys the query finds, whatever its page."""
    if _plain(reader, instance.guid, query):
        return counters.total(reader, instance.guid, query.states, query.standard)
    chosen = _chosen(reader, instance.guid, query).subquery()
    return int(reader.scalar(select(func.count()).select_from(chosen)))


def _views(reader: Reader, instance: KeyInstance, statement: Select[Any]) -> list[KeyView]:
    rows = reader.all(statement)
    numbers = [row.pk for row in rows]
    aliases, rules = records.aliases_of(reader, numbers), records.rules_of(reader, numbers)
    prefix, now = instance.prefix, reader.now
    return [records.view_of(row, instance, prefix, aliases.get(row.pk, ()), now, rules.get(row.pk, {})) for row in rows]


def _lapsed(reader: Reader, guid: str) -> bool:
    """Whether keys have expired that are still stored as active."""
    where = (key.c.instance == guid, _LAPSED, key.c.expires_at <= milliseconds(reader.now))
    return reader.scalar(select(key.c.pk).where(*where).limit(1)) is not None


def _state(reader: Reader, guid: str) -> ColumnElement[int]:
    """The state of a key now; the plain column as long as it tells the truth."""
    if not _lapsed(reader, guid):
        return key.c.state
    gone = (key.c.state == int(KeyState.ACTIVE)) & (key.c.expires_at <= milliseconds(reader.now))
    return case((gone, int(KeyState.DEACTIVATED)), else_=key.c.state)


def _plain(reader: Reader, guid: str, query: ListQuery) -> bool:
    """Whether the counters know how many keys the query finds, in the order of their buckets."""
    counted = not query.dates and query.ring is None
    return counted and query.sort[0][0] == "id" and not _lapsed(reader, guid)


def _chosen(reader: Reader, guid: str, query: ListQuery) -> Select[Any]:
    states = sorted(int(state) for state in query.states)
    chosen = select(key.c.pk).where(key.c.instance == guid, _state(reader, guid).in_(states))
    if query.standard is not None:
        chosen = chosen.where(key.c.extractable == query.standard)
    if query.ring is not None:
        chosen = chosen.where(key.c.ring == query.ring)
        if query.ring != DEFAULT_KEY_RING:
            chosen = chosen.where(_NOT_DEFAULT)
    return chosen.where(*map(_dated, query.dates))


def _dated(term: DateTerm) -> ColumnElement[bool]:
    """Clients see whole seconds, so whole seconds are compared."""
    column = _DATES[term.name]
    if term.when is None:
        return column.is_(None)
    shown, when = column // 1000 * 1000, milliseconds(term.when)
    comparisons = {"eq": shown == when, "gt": shown > when, "gte": shown >= when, "lt": shown < when}
    return comparisons.get(term.comparison, shown <= when)


def _order(reader: Reader, guid: str, query: ListQuery) -> list[ColumnElement[Any]]:
    order: list[ColumnElement[Any]] = []
    for name, down in query.sort:
        # Keys are numbered in the order of their creation, and there is an index of it.
        column: ColumnElement[Any] = key.c.pk if name == "creationDate" else _COLUMNS.get(name, key.c.state)
        if name == "state":
            column = _state(reader, guid)
        order.append(column.desc() if down else column.asc())
        if name in ("id", "creationDate"):
            return order
    return [*order, key.c.id.asc()]


def _skipped(reader: Reader, guid: str, query: ListQuery, chosen: Select[Any]) -> tuple[Select[Any], int]:
    """The choice without the buckets that lie wholly before the offset, and what is left of the offset."""
    buckets = counters.per_bucket(reader, guid, query.states, query.standard)
    down = query.sort[0][1]
    left = query.offset
    for bucket, number in reversed(buckets) if down else buckets:
        if left < number:
            bound = key.c.id < f"{bucket + 1:02x}" if down and bucket < counters.BUCKETS - 1 else key.c.id >= "0"
            return chosen.where(bound if down else key.c.id >= f"{bucket:02x}"), left
        left -= number
    return chosen.where(key.c.id.is_(None)), 0


def _searched(reader: Reader, instance: KeyInstance, query: ListQuery, search: Search) -> KeyPage:
    chosen = _chosen(reader, instance.guid, query)
    order = _order(reader, instance.guid, query)
    direct = None if search.negated else _direct(reader, instance.guid, chosen, search.text)
    too_broad = len(reader.all(chosen.limit(SEARCH_MAX + 1))) > SEARCH_MAX
    if too_broad and direct is None:
        raise errors.SearchTooBroad()
    hits = [] if too_broad else _hits(reader, instance.guid, chosen.order_by(*order), search)
    if direct is not None:
        hits = [direct, *(pk for pk in hits if pk != direct)]
    wanted = hits[query.offset : query.offset + query.limit]
    statement = select(key).where(key.c.pk.in_(wanted))
    found = {view.pk: view for view in _views(reader, instance, statement)}
    return KeyPage([found[pk] for pk in wanted], search, incomplete=too_broad)


def _direct(reader: Reader, guid: str, chosen: Select[Any], text: str) -> int | None:
    """The key whose id or alias this text is."""
    named = select(key_alias.c.key_pk).where(key_alias.c.instance == guid, key_alias.c.alias == text)
    pk = reader.scalar(chosen.where((key.c.id == text.lower()) | key.c.pk.in_(named)))
    return None if pk is None else int(pk)


def _hits(reader: Reader, guid: str, chosen: Select[Any], search: Search) -> list[int]:
    aliases: dict[int, list[str]] = {}
    for row in reader.all(select(key_alias.c.key_pk, key_alias.c.alias).where(key_alias.c.instance == guid)):
        aliases.setdefault(row.key_pk, []).append(row.alias)
    rows = reader.all(chosen.add_columns(key.c.name))
    return [row.pk for row in rows if search.matches({"name": [row.name], "alias": aliases.get(row.pk, [])})]
