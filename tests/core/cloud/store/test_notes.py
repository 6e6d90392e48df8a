"""What caches hear of changes: at the note, and at the end of the batch, whatever became of the unit."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from kyok.clock import ManualClock
from kyok.cloud.store import Store, Transaction
from kyok.cloud.store.tables import setting
from kyok.errors import KyokError


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.in_folder(tmp_path / "cloud.sqlite", ManualClock())
    yield opened
    opened.close()


def put(tx: Transaction, name: str = "a") -> None:
    tx.execute(insert(setting), {"name": name, "value": 1})
    tx.changed("settings", name)


def test_the_note_and_the_end_are_told_apart(store: Store) -> None:
    heard: list[tuple[str, str]] = []
    store.writer.on_change(
        ("settings",), lambda kind: heard.append(("note", kind)), lambda kind: heard.append(("end", kind))
    )
    store.writer.on_change(("settings",), lambda kind: heard.append(("both", kind)))
    store.writer.perform(put)
    assert heard == [("note", "settings"), ("both", "settings"), ("end", "settings"), ("both", "settings")]


def test_nothing_is_heard_of_other_kinds(store: Store) -> None:
    heard: list[str] = []
    store.writer.on_change(("key", "fault"), heard.append)
    store.writer.perform(put)
    assert heard == []


def test_the_end_comes_for_an_undone_unit_too(store: Store) -> None:
    heard: list[str] = []
    store.writer.on_change(("settings",), lambda kind: None, heard.append)

    def refuse(tx: Transaction) -> None:
        put(tx)
        raise KyokError("no")

    with pytest.raises(KyokError):
        store.writer.perform(refuse)
    assert heard == ["settings"]
    store.writer.perform(lambda tx: None)
    assert heard == ["settings"]


def test_the_end_comes_for_a_failed_commit_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    store.writer.on_change(("settings",), lambda kind: None, heard.append)

    def fail(*arguments: Any) -> None:
        raise ValueError("full")

    monkeypatch.setattr(store.writer, "_write_owed", fail)
    with pytest.raises(ValueError, match="full"):
        store.writer.perform(put)
    assert heard == ["settings"]


def test_a_reader_apart_sees_what_is_durable_while_this_thread_reads_an_older_state(store: Store) -> None:
    with store.read() as reader:
        assert reader.all(select(setting)) == []
        store.writer.perform(put)
        assert reader.all(select(setting)) == []
        with store.read_apart() as now:
            assert len(now.all(select(setting))) == 1
