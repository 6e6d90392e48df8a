"""Sentences of the keys pages, from facts alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kyok.client.decode import decode
from kyok.client.records.emulator import KeyUsage
from kyok.client.records.keys import Key
from kyok.domain.key_rules import DeletionRule
from kyok.secrets import Secret
from kyok_gui.pages.keys.batch import batch_state
from kyok_gui.pages.keys.comeback import of_purging, of_restoring
from kyok_gui.pages.keys.effects import understood
from kyok_gui.pages.keys.form import expiration_in, expiration_sentence
from kyok_gui.pages.keys.impact import Affected, of_deleting, of_disabling, size_words
from kyok_gui.pages.keys.material import MaterialProblem, decoded
from kyok_gui.pages.keys.rows import KeyRow
from tests.gui.pages.keys import story


def affected(name: str = "ledger-root", databases: tuple[dict[str, Any], ...] = (), **more: Any) -> Affected:
    key = decode(Key, story.key(name, **more))
    usage = decode(KeyUsage, {"key_id": key.id, "registrations": len(databases), "databases": list(databases)})
    return Affected(KeyRow(key), usage)


def database(name: str = "ledger-db", status: str = "connected", running: int = 3, **more: Any) -> dict[str, Any]:
    body = story.database(name, "acme-hpcs", "ledger-root", status, running=running)
    return story.key_database(body) | more


def words(key: Affected, rule: DeletionRule = DeletionRule.DISCARD) -> str:
    return "\n".join(f"{one.title} / {one.text}" for one in of_deleting([key], rule, story.NOW).effects)


def test_a_database_without_backup_is_lost_for_good() -> None:
    told = words(affected(databases=(database(backups=0),)))
    assert "ledger-db has no backup / Nothing brings its data back." in told
    assert "has no backup" not in words(affected(databases=(database(backups=0),)), DeletionRule.KEEP)


def test_one_backup() -> None:
    told = words(affected(databases=(database(backups=1),)))
    assert "1 backup stays usable until it is 7 days old / It is sealed under a service key" in told


def test_a_database_that_lost_its_data_is_not_counted_again() -> None:
    told = words(affected(databases=(database(status="deleted", running=0),)))
    assert told.startswith("ledger-db has lost its data already / ")
    assert "backups" not in told


def test_a_database_waiting_for_reclamation() -> None:
    waiting = database(status="connected", running=0, instance_state="pending_reclamation")
    told = words(affected(databases=(waiting,)))
    title = "ledger-db is deleted and loses its data if it is restored before its root key"
    assert f"{title} / Restore the root key first, then the instance." in told
    assert "Nothing brings" not in told
    assert "does not bring ledger-db back" not in told
    assert "Now ledger-db: deleted, restorable." in words(affected(databases=(waiting,)), DeletionRule.KEEP)


def test_the_tick_names_what_stops_or_counts_it() -> None:
    assert understood(["ledger-db"]) == "I understand that ledger-db stops within a minute"
    assert understood(["ledger-db", "hr-db"]) == "I understand that ledger-db and hr-db stop within a minute"
    many = ["claims-db", "fraud-db", "ledger-db", "payments-db", "reports-db"]
    assert understood(many) == "I understand that 5 instances stop within a minute"
    assert understood(["x" * 180]) == "I understand that 1 instance stops within a minute"


def test_an_expiration_date_shortens_the_time_to_restore() -> None:
    soon = story.wire(story.NOW + timedelta(days=5))
    assert "can be restored until 28 Nov 2026 and is purged after 90 days" in words(affected(expirationDate=soon))
    past = story.wire(story.NOW - timedelta(days=5))
    assert "cannot be restored: the expiration date has passed" in words(affected(expirationDate=past))


def test_an_imported_key_lives_on_in_its_owners_copy() -> None:
    assert "ledger-root was imported: your own copy of the material is not deleted here." in words(
        affected(imported=True)
    )
    purged = of_purging(affected(imported=True), story.NOW)
    assert "only as gone as your own copy" in purged[1].text


def test_disabling_tells_of_instances_that_stand_still_already() -> None:
    key = affected(databases=(database(), database("hr-db", "not-authorized", 0)))
    titles = [one.title for one in of_disabling([key], story.NOW).effects]
    assert "1 more instance uses it and is stopped already" in titles


def test_restoring_under_the_keeping_rule() -> None:
    titles = [one.title for one in of_restoring([affected(databases=(database(),))], DeletionRule.KEEP, story.NOW)]
    assert titles == ["ledger-root becomes active again", "ledger-db returns"]


def test_a_batch_with_a_standard_key() -> None:
    rows = [KeyRow(decode(Key, story.key("a-root"))), KeyRow(decode(Key, story.key("b-secret", extractable=True)))]
    assert batch_state(rows, story.NOW).sentence == (
        "Rotate and Disable are off: b-secret is a standard key. Both need root keys."
    )


def test_a_batch_that_must_wait() -> None:
    rows = [KeyRow(decode(Key, story.key(name, 2) | {"lastUpdateDate": story.wire(story.NOW)})) for name in ("a", "b")]
    told = batch_state(rows, story.NOW).sentence
    assert "Enable is off: a and b must wait, possible in 31 seconds." in told


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("", None),
        ("2027-12-31", datetime(2027, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("2027-12-31 14:30", datetime(2027, 12, 31, 14, 30, tzinfo=UTC)),
        ("2027-12-31T14:30Z", datetime(2027, 12, 31, 14, 30, tzinfo=UTC)),
        ("2027-12-31 14:30 utc", datetime(2027, 12, 31, 14, 30, tzinfo=UTC)),
    ],
)
def test_expiration_dates(text: str, moment: datetime | None) -> None:
    assert expiration_in(text) == moment
    assert expiration_sentence(text, story.NOW) == ""


@pytest.mark.parametrize(
    ("size", "text"), [(12, "12 bytes"), (20480, "20 KB"), (1500, "1.5 KB"), (9_100_000_000, "9.1 GB")]
)
def test_sizes(size: int, text: str) -> None:
    assert size_words(size) == text


def test_material_across_lines_is_accepted_and_the_text_stays_with_its_owner() -> None:
    text = bytearray(b"Kk2D2o3h3WvJ0R4m\nVtBqkFQ9WmC0u5mJmN6ljm1mX8Q=\r\n")
    with decoded(text, standard=False) as material:
        assert len(material) == 32
    assert text.startswith(b"Kk2D")


def test_a_problem_never_quotes_the_material() -> None:
    with pytest.raises(MaterialProblem) as caught:
        decoded(bytearray(b"c2VjcmV0IHdvcmRz"), standard=False)
    assert "secret" not in str(caught.value)
    assert "c2Vj" not in str(caught.value)
    assert repr(Secret(b"x")) == "<secret>"
