"""Opening a store: schema version, damage, secure deletion."""

import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, delete, insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from kyok.clock import ManualClock
from kyok.cloud.store import Store
from kyok.cloud.store.database import KNOWN_SCHEMAS, SCHEMA, is_older
from kyok.cloud.store.errors import StoreBusy, StoreDamaged, StoreReadOnly, StoreTooNew, refusal_of
from kyok.cloud.store.migrate import upgrade
from kyok.cloud.store.tables import change, metadata, setting


def open_store(file: Path) -> Store:
    return Store.in_folder(file, ManualClock())


def test_the_migrations_make_exactly_the_declared_tables(tmp_path: Path) -> None:
    file = tmp_path / "cloud.sqlite"
    open_store(file).close()
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": False})
        differences = list(compare_metadata(context, metadata))
    engine.dispose()
    assert differences == []
    assert KNOWN_SCHEMAS[-1] == SCHEMA


@pytest.mark.parametrize(("version", "older"), [(KNOWN_SCHEMAS[0], True), (KNOWN_SCHEMAS[-2], True), (SCHEMA, False)])
def test_a_store_of_an_earlier_version_is_known_before_it_is_opened(tmp_path: Path, version: str, older: bool) -> None:
    plain, file = tmp_path / "cloud.sqlite", tmp_path / "a # cloud?.sqlite"
    engine = create_engine(f"sqlite:///{plain}")
    upgrade(engine, version)
    engine.dispose()
    plain.rename(file)
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    assert is_older(file) is older
    assert list(tmp_path.iterdir()) == [file], "nothing must be left beside it"


def test_what_is_no_store_is_not_an_older_one(tmp_path: Path) -> None:
    file = tmp_path / "cloud.sqlite"
    assert not is_older(file)
    for content in (b"", b"nonsense" * 1000):
        file.write_bytes(content)
        assert not is_older(file)


def test_a_home_of_the_first_version_keeps_its_rows(tmp_path: Path) -> None:
    file = tmp_path / "cloud.sqlite"
    engine = create_engine(f"sqlite:///{file}")
    upgrade(engine, "0001")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO setting (name, value) VALUES ('kept', '\"yes\"')"))
    engine.dispose()
    store = open_store(file)
    with store.read() as reader:
        assert reader.scalar(select(setting.c.value).where(setting.c.name == "kept")) == "yes"
        assert reader.scalar(text("SELECT version_num FROM alembic_version")) == SCHEMA
    store.close()


def test_a_newer_home_is_refused_and_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "cloud.sqlite"
    open_store(file).close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = file.read_bytes()
    with pytest.raises(StoreTooNew) as caught:
        open_store(file)
    assert "newer version" in caught.value.summary
    assert file.read_bytes() == before


def test_a_file_that_is_no_database_is_named_as_such(tmp_path: Path) -> None:
    file = tmp_path / "cloud.sqlite"
    file.write_bytes(b"not a database at all" * 300)
    with pytest.raises(StoreDamaged) as caught:
        open_store(file)
    assert caught.value.remedy


def test_a_deleted_value_is_in_no_file_after_a_checkpoint(tmp_path: Path) -> None:
    store = open_store(tmp_path / "cloud.sqlite")
    planted = "planted-value-7f3a"
    store.writer.perform(lambda tx: tx.execute(insert(setting), {"name": "secret", "value": planted}))
    assert any(planted.encode() in file.read_bytes() for file in tmp_path.iterdir())
    store.writer.perform(lambda tx: tx.execute(delete(setting)))
    assert store.checkpoint()
    assert not any(planted.encode() in file.read_bytes() for file in tmp_path.iterdir())
    store.close()


def test_a_file_that_may_only_be_read_is_refused_and_nothing_is_left_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "cloud.sqlite"
    open_store(file).close()
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with pytest.raises(StoreReadOnly):
        open_store(file)
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_cannot_be_opened_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "cloud.sqlite").mkdir()
    with pytest.raises(StoreReadOnly):
        open_store(tmp_path / "cloud.sqlite")


def test_a_database_that_another_program_holds_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "cloud.sqlite"
    open_store(file).close()
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy) as caught:
        open_store(file)
    assert caught.value.remedy
    holder.close()
    open_store(file).close()


def with_damaged_settings(folder: Path) -> Path:
    """A database file whose table of settings cannot be read."""
    file = folder / "cloud.sqlite"
    open_store(file).close()
    with sqlite3.connect(file) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'setting'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    with file.open("r+b") as raw:
        raw.seek((page - 1) * size)
        raw.write(b"\xff" * size)
    return file


def test_a_page_that_is_damaged_is_told_of_by_readers_and_the_writer(tmp_path: Path) -> None:
    store = open_store(with_damaged_settings(tmp_path))
    with pytest.raises(StoreDamaged), store.read() as reader:
        reader.all(select(setting))
    with pytest.raises(StoreDamaged):
        store.writer.perform(lambda tx: tx.execute(insert(setting), {"name": "a", "value": 1}))
    store.close()


def test_who_shares_a_batch_with_a_reader_of_a_damaged_page_is_not_refused(tmp_path: Path) -> None:
    store = open_store(with_damaged_settings(tmp_path))
    gate = threading.Event()
    held = threading.Thread(target=store.writer.perform, args=(lambda tx: gate.wait(10),))
    held.start()
    with ThreadPoolExecutor(3) as pool:  # all three ride in the batch after the one that is held
        before = pool.submit(store.writer.perform, lambda tx: tx.execute(insert(change), {"kind": "key", "ident": "a"}))
        bad = pool.submit(store.writer.perform, lambda tx: tx.all(select(setting)))
        after = pool.submit(store.writer.perform, lambda tx: tx.execute(insert(change), {"kind": "key", "ident": "b"}))
        deadline = time.monotonic() + 10
        while store.writer._queue.qsize() < 3 and time.monotonic() < deadline:
            time.sleep(0.001)
        gate.set()
        assert isinstance(bad.exception(10), StoreDamaged)
        assert before.result(10) == after.result(10) == 1
    held.join()
    with store.read() as reader:
        assert [row.ident for row in reader.all(select(change.c.ident).order_by(change.c.ident))] == ["a", "b"]
    store.close()


def test_what_only_a_bug_explains_is_not_blamed_on_the_disk(tmp_path: Path) -> None:
    store = open_store(tmp_path / "cloud.sqlite")
    with pytest.raises(OperationalError) as caught, store.read() as reader:
        reader.one(text("SELECT nothing FROM nowhere"))
    assert refusal_of(caught.value) is None
    store.close()


def test_the_text_of_an_error_tells_no_values(tmp_path: Path) -> None:
    store = open_store(tmp_path / "cloud.sqlite")
    with pytest.raises(IntegrityError) as caught:
        store.writer.perform(lambda tx: tx.execute(insert(setting), [{"name": "planted-a", "value": 1}] * 2))
    assert "planted" not in str(caught.value)
    store.close()


def test_a_checkpoint_that_waits_for_a_reader_makes_no_writer_fail(tmp_path: Path) -> None:
    store = open_store(tmp_path / "cloud.sqlite")
    store.writer.perform(lambda tx: tx.execute(insert(setting).values(name="before", value="1")))
    with store.read() as reader, ThreadPoolExecutor(1) as other:
        assert reader.scalar(select(setting.c.value)) == "1"
        store.writer.perform(lambda tx: tx.execute(insert(setting).values(name="during", value="2")))
        emptied = other.submit(store.checkpoint)
        for number in range(20):
            name = f"while waiting {number}"
            store.writer.perform(lambda tx, name=name: tx.execute(insert(setting).values(name=name, value="3")))
        assert not emptied.result(), "a reader still needs the log"
    assert store.checkpoint()
    store.close()
