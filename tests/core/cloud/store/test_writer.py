"""The single writer: group commit, savepoints per unit, what happens when the disk says no."""

import asyncio
import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from kyok.clock import ManualClock
from kyok.cloud.store import Store, Transaction
from kyok.cloud.store.errors import StoreBusy, StoreFailed, StoreUnavailable
from kyok.cloud.store.tables import activity, change, setting
from kyok.errors import KyokError


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.in_folder(tmp_path / "cloud.sqlite", ManualClock())
    yield opened
    opened.close()


def put(tx: Transaction, name: str, value: Any = 1) -> str:
    tx.execute(insert(setting), {"name": name, "value": value})
    tx.changed("settings", name)
    return name


def names(store: Store) -> list[str]:
    with store.read() as reader:
        return sorted(row.name for row in reader.all(select(setting)))


def test_a_unit_is_durable_when_perform_returns(store: Store) -> None:
    assert store.writer.perform(lambda tx: put(tx, "a")) == "a"
    assert names(store) == ["a"]
    with store.read() as reader:
        assert [(row.kind, row.ident) for row in reader.all(select(change))] == [("settings", "a")]


def test_a_refused_unit_leaves_nothing_and_raises_its_own_error(store: Store) -> None:
    def refuse(tx: Transaction) -> None:
        put(tx, "gone")
        raise KyokError("No.", "Ask again.")

    with pytest.raises(KyokError, match="No"):
        store.writer.perform(refuse)
    assert names(store) == []


def test_a_unit_that_reads_first_holds_the_lock_that_it_will_write_under(store: Store, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "cloud.sqlite", timeout=0, isolation_level=None, check_same_thread=False)

    def read_then_write(tx: Transaction) -> str:
        assert tx.one(select(setting)) is None
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")  # as a checkpoint does, which would hold the lock for a while
        return put(tx, "a")

    try:
        assert store.writer.perform(read_then_write) == "a"
    finally:
        other.close()


def name_nothing(tx: Transaction) -> None:
    """Breaks a constraint that the database looks at when the transaction commits."""
    tx.execute(insert(activity), {"event_id": "e-1", "at": 1, "content": 1 << 40, "correlation": ""})


@pytest.mark.parametrize("bad", [lambda tx: put(tx, "a"), name_nothing], ids=["at once", "at the commit"])
def test_a_unit_that_breaks_a_constraint_takes_nothing_else_of_its_batch_down(
    store: Store, bad: Callable[[Transaction], Any]
) -> None:
    gate = threading.Event()
    results: list[object] = []

    def hold(tx: Transaction) -> None:
        gate.wait(10)

    def call(work: Callable[[Transaction], Any]) -> None:
        try:
            results.append(store.writer.perform(work))
        except Exception as error:
            results.append(type(error).__name__)

    first = threading.Thread(target=lambda: store.writer.perform(hold))
    first.start()
    good = [lambda tx, name=name: put(tx, name) for name in ("a", "b", "c")]
    others = [threading.Thread(target=call, args=(work,)) for work in (good[0], bad, *good[1:])]
    for other in others:
        other.start()
    gate.set()
    for thread in [first, *others]:
        thread.join(10)
    assert sorted(str(result) for result in results) == ["IntegrityError", "a", "b", "c"]
    assert names(store) == ["a", "b", "c"]


class Plaintext:
    """Stands for what a request brings, and what a unit gives back."""


def test_what_a_request_brought_is_not_held_until_the_next_one(store: Store) -> None:
    gone = [threading.Event(), threading.Event()]

    def perform() -> None:
        brought, given = Plaintext(), Plaintext()
        for one, event in zip((brought, given), gone, strict=True):
            weakref.finalize(one, event.set)
        store.writer.perform(lambda tx: (brought, given)[1])

    perform()
    assert [event.wait(10) for event in gone] == [True, True]


def test_many_units_share_commits(store: Store) -> None:
    commits: list[int] = []
    store.writer.subscribe(lambda notes: commits.append(len(notes)))

    async def storm() -> None:
        await asyncio.gather(*(store.writer.performed(lambda tx, n=n: put(tx, f"n{n}")) for n in range(100)))

    asyncio.run(storm())
    assert len(names(store)) == 100
    assert sum(commits) == 100
    assert len(commits) < 50


def test_listeners_hear_only_of_what_was_kept(store: Store) -> None:
    heard: list[tuple[str, str]] = []
    store.writer.subscribe(heard.extend)

    def refuse(tx: Transaction) -> None:
        put(tx, "x")
        raise KyokError()

    with pytest.raises(KyokError):
        store.writer.perform(refuse)
    store.writer.perform(lambda tx: put(tx, "y"))
    assert heard == [("settings", "y")]


def test_undo_lets_a_unit_go_on_with_a_note_about_the_refusal(store: Store) -> None:
    def work(tx: Transaction) -> str:
        put(tx, "half")
        tx.undo()
        return put(tx, "refusal")

    assert store.writer.perform(work) == "refusal"
    assert names(store) == ["refusal"]


def test_a_commit_that_fails_fails_every_unit_and_keeps_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.writer.perform(lambda tx: put(tx, "before"))

    def full(tx: Transaction) -> None:
        put(tx, "lost", "x" * 200_000)

    store.writer.perform(lambda tx: tx.connection.exec_driver_sql("PRAGMA max_page_count=1"))
    with pytest.raises(StoreFailed) as caught:
        store.writer.perform(full)
    assert "disk" in caught.value.summary
    store.writer.perform(lambda tx: tx.connection.exec_driver_sql("PRAGMA max_page_count=1073741823"))
    store.writer.perform(lambda tx: put(tx, "after"))
    assert names(store) == ["after", "before"]


def test_a_database_that_another_program_keeps_locked_is_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kyok.cloud.store.database._BUSY_MS", 20)
    store = Store.in_folder(tmp_path / "cloud.sqlite", ManualClock())
    other = sqlite3.connect(tmp_path / "cloud.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    ran: list[str] = []

    async def two() -> list[Any]:
        asked = [store.writer.performed(lambda tx, name=name: ran.append(name)) for name in ("a", "b")]
        return list(await asyncio.gather(*asked, return_exceptions=True))

    assert [type(error) for error in asyncio.run(two())] == [StoreBusy, StoreBusy]
    assert ran == []
    other.close()
    assert store.writer.perform(lambda tx: put(tx, "later")) == "later"
    store.close()


def test_a_unit_must_not_wait_for_another(store: Store) -> None:
    with pytest.raises(RuntimeError, match="must not wait"):
        store.writer.perform(lambda tx: store.writer.perform(lambda inner: None))


def test_a_closed_store_refuses_with_a_sentence(tmp_path: Path) -> None:
    store = Store.in_folder(tmp_path / "cloud.sqlite", ManualClock())
    store.close()
    store.close()
    with pytest.raises(StoreUnavailable) as caught:
        store.writer.perform(lambda tx: None)
    assert caught.value.remedy


def test_after_commit_runs_only_when_durable_and_a_failing_listener_changes_nothing(store: Store) -> None:
    ran: list[str] = []

    def work(tx: Transaction) -> None:
        put(tx, "a")
        tx.after_commit(lambda: ran.append("good"))
        tx.after_commit(lambda: ran.index("missing") and None)

    store.writer.perform(work)
    assert ran == ["good"]
    assert names(store) == ["a"]


def test_readers_see_the_last_commit_and_the_clock(store: Store) -> None:
    with store.read() as reader:
        assert reader.now == ManualClock().now()
        assert reader.one(select(setting)) is None
        assert reader.scalar(select(setting.c.name)) is None
