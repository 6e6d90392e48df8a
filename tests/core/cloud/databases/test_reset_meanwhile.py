"""A reset that comes while the reconciler is at work: whatever was read before it is not written after it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, func, select

from kyok.cloud.databases import backups
from kyok.cloud.databases.driver import NodeDriver
from kyok.cloud.store import Transaction
from kyok.cloud.store.tables import (
    backup,
    change,
    database,
    key_check,
    metadata,
    node,
    resource_group,
    sample,
    service_key,
    setting,
    task,
)
from kyok.domain.cluster import TaskState
from tests.core.cloud.databases.fake_keys import FakeKey
from tests.core.cloud.databases.house import ACCOUNT, ANNA, House

_STAYS = (change, resource_group, setting)
_OF_INSTANCES = (database, node, key_check, sample, task, backup, service_key)
_DRIVEN = [name for name in vars(NodeDriver) if not name.startswith("_")]


class Interrupted:
    """A house in which a reset comes before the n-th thing that the reconciler does with store, nodes or key service.

    What belongs to one of these calls, as what a driver asks of itself, does not count: it holds locks.
    """

    def __init__(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        self.house = house
        self.left: int | None = None
        self.seen = 0
        self._inside = False
        writer = house.store.writer
        self._perform = writer.perform
        for owner, names in (
            (writer, ["perform", "post"]),
            (house.store, ["read"]),
            (house.keys, ["send"]),
            (house.driver, _DRIVEN),
        ):
            for name in names:
                monkeypatch.setattr(owner, name, self._counting(getattr(owner, name)))

    def reset(self) -> None:
        """Empties the state as a reset does, and drops what is open."""

        def empty(tx: Transaction) -> None:
            for table in reversed(metadata.sorted_tables):
                if table not in _STAYS:
                    tx.execute(delete(table))
            tx.removes_contents = True
            tx.after_commit(self.house.reconciler.forget_all)

        self._perform(empty)
        self.seen = self._perform(lambda tx: tx.scalar(select(func.max(change.c.seq))) or 0)

    def during(self, work: Callable[[], object], after: int) -> bool:
        """Does work, with a reset before its call number `after`; False when it has no so many."""
        self.left = after
        try:
            work()
        finally:
            came, self.left = self.left is None, None
        return came

    def _counting(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **named: Any) -> Any:
            if self._inside:
                return call(*given, **named)
            self._inside = True
            try:
                if self.left is not None:
                    self.left = self.left - 1 if self.left else None
                    if self.left is None:
                        self.reset()
                return call(*given, **named)
            finally:
                self._inside = False

        return counted


def make(house: House, key: FakeKey) -> Callable[[], object]:
    house.order(key)
    return house.tick


def make_under_the_services_own_key(house: House, key: FakeKey) -> Callable[[], object]:
    house.order()
    return house.tick


def fail_to_make(house: House, key: FakeKey) -> Callable[[], object]:
    key.refusal = (409, "KEY_ACTION_INVALID_STATE_ERR")
    house.order(key)
    return house.tick


def restore(house: House, key: FakeKey) -> Callable[[], object]:
    source = house.ready(key)
    house.add_rows(source, 3)
    again = house.order(key, name="restored-db")

    def plan(tx: Transaction) -> None:
        of = house.service.known(tx, ACCOUNT, source)
        house.service.plan_restore(tx, ANNA, of, backups.of_database(tx, source)[0], again)

    house.store.writer.perform(plan)
    return house.tick


def look_at_the_keys_a_minute_later(house: House, key: FakeKey) -> Callable[[], object]:
    house.ready(key)
    return lambda: house.later(minutes=1)


def hear_of_a_disabled_key(house: House, key: FakeKey) -> Callable[[], object]:
    house.ready(key)
    key.refusal = (409, "KEY_ACTION_INVALID_STATE_ERR")
    house.note("key", f"{house.kms_crn.instance}/{key.id}")
    return house.tick


def rewrap(house: House, key: FakeKey) -> Callable[[], object]:
    house.ready(key)
    key.rotate()
    house.note("key", f"{house.kms_crn.instance}/{key.id}")
    return house.tick


def back_up_every_day(house: House, key: FakeKey) -> Callable[[], object]:
    house.ready(key)
    return lambda: house.later(days=1)


def back_up_when_asked(house: House, key: FakeKey) -> Callable[[], object]:
    house.back_up(house.ready(key))
    return house.tick


def let_old_backups_go(house: House, key: FakeKey) -> Callable[[], object]:
    house.ready(key)
    return lambda: house.later(days=8)


def change_parameters(house: House, key: FakeKey) -> Callable[[], object]:
    guid = house.ready(key)

    def ask(tx: Transaction) -> None:
        of = house.service.known(tx, ACCOUNT, guid)
        house.service.change_configuration(tx, ANNA, of, {"max_connections": 200})

    house.store.writer.perform(ask)
    return house.tick


def erase(house: House, key: FakeKey) -> Callable[[], object]:
    guid = house.ready(key)
    house.hook("deleted", guid, "pending_reclamation")
    house.store.writer.perform(lambda tx: house.service.reclaimed(tx, guid, ANNA))
    return house.tick


def repair_after_a_start(house: House, key: FakeKey) -> Callable[[], object]:
    house.ready(key)
    house.reconciler.forget_all()
    return house.tick


STORIES = (
    make,
    make_under_the_services_own_key,
    fail_to_make,
    restore,
    look_at_the_keys_a_minute_later,
    hear_of_a_disabled_key,
    rewrap,
    back_up_every_day,
    back_up_when_asked,
    let_old_backups_go,
    change_parameters,
    erase,
    repair_after_a_start,
)


@pytest.mark.parametrize(
    ("story", "delay"),
    [*((story, 0) for story in STORIES), (hear_of_a_disabled_key, 600)],
    ids=lambda given: getattr(given, "__name__", given),
)
def test_a_reset_at_any_moment_leaves_nothing_to_do(
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    story: Callable[[House, FakeKey], Callable[[], object]],
    delay: int,
) -> None:
    if delay:
        house.set("propagation_delay_seconds", delay)
    interrupted = Interrupted(house, monkeypatch)
    after = 0
    while interrupted.during(story(house, house.keys.add()), after):
        house.tick()
        house.tick()
        require_nothing(interrupted, f"a reset before call {after}")
        house._seed()
        after += 1
    assert after > 5, "the work has calls before which a reset can come"


def require_nothing(interrupted: Interrupted, when: str) -> None:
    house = interrupted.house
    with house.store.read() as reader:
        rows = {table.name: len(reader.all(select(table))) for table in _OF_INSTANCES}
        told = [(row.kind, row.ident) for row in reader.all(select(change).where(change.c.seq > interrupted.seen))]
    assert not any(rows.values()), f"{when}: {rows}"
    assert [row.action for row in house.events()] == [], when
    assert [note for note in told if note[0] != "clock"] == [], when
    assert house.driver.known() == [], when
    assert house.service.files.instances() == [], when
    assert house.reconciler.agenda.next_due() is None, f"{when}: an instance that is gone is due for ever"
    assert house.reconciler.agenda.quiet(), when


def test_what_is_ordered_right_after_a_reset_is_not_taken_for_interrupted(house: House) -> None:
    house.ready()
    house.reconciler.forget_all()
    ordered: list[str] = []
    plain = house.driver.known

    def somebody_orders() -> list[str]:
        if not ordered:
            ordered.append(house.order(house.keys.add()))
        return plain()

    house.driver.known = somebody_orders  # type: ignore[method-assign]
    house.tick()
    (guid,) = ordered
    assert [each.state for each in house.tasks(guid)] == [TaskState.SUCCEEDED] * 2, "made and backed up"
