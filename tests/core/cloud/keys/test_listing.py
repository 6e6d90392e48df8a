"""Lists of keys against a model: any filter, sort and page, over buckets and over keys that have just expired."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from kyok.clock import ManualClock
from kyok.cloud.keys import counters, errors, listing
from kyok.cloud.keys.instances import KeyInstance
from kyok.cloud.keys.list_query import DateTerm, ListQuery, Search
from kyok.cloud.store import Store, Transaction
from kyok.cloud.store.tables import instance, key, key_alias, key_count, key_version, resource_group
from kyok.cloud.store.times import milliseconds
from kyok.domain.crn import Crn
from kyok.domain.key_states import KeyState

GUID = "0a4b6e7c-2f1d-4d83-9a57-3f6e2b1c5d90"
CRN = Crn.of_instance("hs-crypto", "us-south", "acc", GUID)
INSTANCE = KeyInstance(GUID, "hs-crypto", "us-south", "acc", CRN, True, "acme-hpcs")
SECOND = timedelta(seconds=1)


@dataclass
class ModelKey:
    """A key as the model sees it; times are seconds from the start."""

    id: str
    name: str
    state: int
    standard: bool
    imported: bool
    created: int
    rotated: int | None = None
    deleted: int | None = None
    expires: int | None = None
    aliases: list[str] = field(default_factory=list)
    number: int = 0

    def now_state(self, now: int) -> int:
        return 3 if self.state == 1 and self.expires is not None and self.expires <= now else self.state


class World:
    """A store with keys that were put there without an HSM."""

    def __init__(self, folder: Path) -> None:
        self.clock = ManualClock()
        self.start = self.clock.now()
        self.store = Store.in_folder(folder / "cloud.sqlite", self.clock)
        self.clock.advance(seconds=10)  # half of the expiration dates that the tests draw are past
        self.store.writer.perform(self._prepare)
        self.keys: list[ModelKey] = []

    def _prepare(self, tx: Transaction) -> None:
        group = {"id": "g", "account": "acc", "name": "Default", "is_default": True, "created_at": 0}
        tx.execute(insert(resource_group).values(**group))
        texts = {
            "plan_id": "",
            "region": "us-south",
            "group_id": "g",
            "state": "active",
            "created_by": "",
            "updated_by": "",
        }
        tx.execute(
            insert(instance).values(
                guid=GUID, seq=1, account="acc", crn=str(CRN), name="acme-hpcs", service="hs-crypto", **texts,
                parameters={}, tags=[], last_operation={}, locked=False, created_at=0, updated_at=0,
            )
        )  # fmt: skip

    def fill(self, keys: list[ModelKey]) -> None:
        self.keys = sorted(keys, key=lambda found: found.created)
        self.store.writer.perform(self._fill)

    def _fill(self, tx: Transaction) -> None:
        for table in (key_alias, key_version, key, key_count):
            tx.execute(delete(table))
        for found in self.keys:
            tx.execute(insert(key).values(**self._row(found)))
            found.number = tx.scalar(select(key.c.pk).where(key.c.id == found.id))
            version = {"key_pk": found.number, "number": 1, "blob": b"", "epoch": 1, "created_at": 0}
            tx.execute(insert(key_version).values(id=str(uuid.uuid4()), **version))
            for alias in found.aliases:
                who = {"created_at": 0, "created_by": ""}
                tx.execute(insert(key_alias).values(instance=GUID, alias=alias, key_pk=found.number, **who))
            counters.add(tx, GUID, found.id, KeyState(found.state), standard=found.standard)

    def _row(self, found: ModelKey) -> dict[str, Any]:
        def at(seconds: int | None) -> int | None:
            # A fraction that clients never see: whole seconds are compared.
            return None if seconds is None else milliseconds(self.start) + seconds * 1000 + 437

        return {
            "instance": GUID, "id": found.id, "name": found.name, "state": found.state, "extractable": found.standard,
            "imported": found.imported, "ring": "default", "version": 1, "bits": 256,
            "expires_at": None if found.expires is None else milliseconds(self.start) + found.expires * 1000,
            "created_at": at(found.created), "created_by": "", "updated_at": at(found.created),
            "rotated_at": at(found.rotated), "deleted_at": at(found.deleted),
        }  # fmt: skip

    def page(self, query: ListQuery) -> list[str]:
        with self.store.read() as reader:
            return [view.id for view in listing.page(reader, INSTANCE, query).keys]

    def count(self, query: ListQuery) -> int:
        with self.store.read() as reader:
            return listing.count(reader, INSTANCE, query)

    def close(self) -> None:
        self.store.close()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    world = World(tmp_path_factory.mktemp("listing"))
    yield world
    world.close()


@pytest.fixture(autouse=True)
def near(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small lists go through the buckets, too."""
    monkeypatch.setattr(listing, "NEAR", 2)


# The model ------------------------------------------------------------------------------------------------------------

_FIELDS = {
    "creationDate": lambda found: found.created,
    "lastUpdateDate": lambda found: found.created,
    "lastRotateDate": lambda found: found.rotated,
    "deletionDate": lambda found: found.deleted,
    "expirationDate": lambda found: found.expires,
}


def fits(term: DateTerm, found: ModelKey, start: datetime) -> bool:
    seconds = _FIELDS[term.name](found)
    if term.when is None or seconds is None:
        return term.when is None and seconds is None
    shown = start + seconds * SECOND
    outcomes = {"eq": shown == term.when, "gt": shown > term.when, "gte": shown >= term.when, "lt": shown < term.when}
    return outcomes.get(term.comparison, shown <= term.when)


def chosen(world: World, query: ListQuery) -> list[ModelKey]:
    now = int((world.clock.now() - world.start).total_seconds())
    found = [
        each
        for each in world.keys
        if each.now_state(now) in query.states
        and query.standard in (None, each.standard)
        and all(fits(term, each, world.start) for term in query.dates)
        and (query.search is None or query.search.matches({"name": [each.name], "alias": each.aliases}))
    ]
    found.sort(key=lambda each: each.id)
    for name, down in reversed(query.sort):
        found.sort(key=lambda each, name=name: order(each, name, now), reverse=down)
    return found


def order(found: ModelKey, name: str, now: int) -> Any:
    simple = {"id": found.id, "state": found.now_state(now), "extractable": found.standard, "imported": found.imported}
    if name in simple:
        return simple[name]
    if name == "creationDate":
        return found.number
    value = _FIELDS[name](found)
    return (value is not None, value or 0)


states = st.sampled_from([0, 1, 1, 1, 2, 3, 5])
seconds = st.integers(0, 20)
maybe = st.none() | seconds
model_keys = st.lists(
    st.builds(
        ModelKey,
        id=st.uuids(version=4).map(str),
        name=st.text(alphabet="abcä%_", min_size=2, max_size=4),
        state=states,
        standard=st.booleans(),
        imported=st.booleans(),
        created=seconds,
        rotated=maybe,
        deleted=maybe,
        expires=maybe,
    ),
    max_size=10,
    unique_by=lambda found: found.id,
)
date_terms = st.builds(
    DateTerm,
    name=st.sampled_from(sorted(_FIELDS)),
    comparison=st.sampled_from(["eq", "gt", "gte", "lt", "lte"]),
    when=seconds.map(lambda after: ManualClock().now() + after * SECOND),
) | st.builds(DateTerm, name=st.sampled_from(sorted(_FIELDS)), comparison=st.just("none"))
sorts = st.lists(
    st.tuples(st.sampled_from(["id", "state", "extractable", "imported", *_FIELDS]), st.booleans()),
    min_size=1,
    max_size=3,
    unique_by=lambda part: part[0],
).map(tuple)
queries = st.builds(
    ListQuery,
    limit=st.integers(1, 6),
    offset=st.integers(0, 12),
    states=st.sets(st.sampled_from(list(KeyState)), min_size=1).map(frozenset),
    standard=st.none() | st.booleans(),
    search=st.none()
    | st.builds(Search, text=st.text(alphabet="abcÄ%_", min_size=1, max_size=2), negated=st.booleans()),
    sort=st.just((("id", False),)) | st.just((("id", True),)) | sorts,
    dates=st.just(()) | st.lists(date_terms, max_size=2).map(tuple),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(keys=model_keys, some=st.lists(queries, min_size=1, max_size=6))
def test_every_page_is_that_of_the_model(world: World, keys: list[ModelKey], some: list[ListQuery]) -> None:
    world.fill(keys)
    for query in some:
        model = [found.id for found in chosen(world, query)]
        assert world.page(query) == model[query.offset : query.offset + query.limit]
        if query.search is None:
            assert world.count(query) == len(model)


def test_keys_that_have_just_expired_are_listed_as_deactivated(world: World) -> None:
    world.fill([*some_keys(3, expires=10), *some_keys(6, expires=11)[3:]])
    for wanted in (frozenset({KeyState.ACTIVE}), frozenset({KeyState.DEACTIVATED}), ListQuery().states):
        for sort in ((("id", False),), (("state", True), ("id", False))):
            query = ListQuery(states=wanted, sort=sort)
            model = [found.id for found in chosen(world, query)]
            assert world.page(query) == model
            assert world.count(query) == len(model)


def some_keys(number: int, **more: Any) -> list[ModelKey]:
    return [
        ModelKey(
            str(uuid.UUID(int=(index * 7919 % 256 << 120) | index, version=4)),
            f"key-{index}",
            1,
            False,
            False,
            index,
            **more,
        )
        for index in range(number)
    ]


@pytest.mark.parametrize("down", [False, True])
def test_pages_in_order_are_the_whole_list(world: World, down: bool) -> None:
    world.fill(some_keys(300))
    listed: list[str] = []
    while page := world.page(ListQuery(limit=7, offset=len(listed), sort=(("id", down),))):
        listed.extend(page)
    assert listed == sorted((found.id for found in world.keys), reverse=down)
    assert world.page(ListQuery(offset=5000)) == []


def test_a_search_over_too_many_keys_is_refused_unless_it_names_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "SEARCH_MAX", 20)
    keys = some_keys(20)
    keys[3].aliases = ["third"]
    world.fill(keys)
    assert len(world.page(ListQuery(search=Search("KEY-")))) == 20
    world.fill([*keys, *some_keys(22)[20:]])
    with pytest.raises(errors.SearchTooBroad):
        world.page(ListQuery(search=Search("key-")))
    for text in (keys[3].id, keys[3].id.upper(), "third"):
        with world.store.read() as reader:
            page = listing.page(reader, INSTANCE, ListQuery(search=Search(text)))
        assert ([view.id for view in page.keys], page.incomplete) == ([keys[3].id], True)
    with pytest.raises(errors.SearchTooBroad):
        world.page(ListQuery(search=Search("third", negated=True)))
    assert world.page(ListQuery(search=Search("key-"), states=frozenset({KeyState.DESTROYED}))) == []


def test_the_key_that_a_search_names_comes_first(world: World) -> None:
    keys = some_keys(6)
    keys[5].aliases = ["key-1"]
    world.fill(keys)
    assert world.page(ListQuery(search=Search("key-1"))) == [keys[5].id, keys[1].id]
    assert world.page(ListQuery(search=Search("key-1"), limit=1, offset=1)) == [keys[1].id]


def test_counters_can_be_counted_again(world: World) -> None:
    world.fill([*some_keys(5), ModelKey(str(uuid.uuid4()), "gone", 5, True, False, 9, deleted=9)])
    with world.store.read() as reader:
        before = counters.by_state(reader, GUID)
    world.store.writer.perform(lambda tx: tx.execute(delete(key_count)))
    world.store.writer.perform(lambda tx: counters.recount(tx, GUID))
    with world.store.read() as reader:
        assert counters.by_state(reader, GUID) == before
        assert before == {(KeyState.ACTIVE, False): 5, (KeyState.DESTROYED, True): 1}
