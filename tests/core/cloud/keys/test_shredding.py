"""Purges, and that what was purged cannot be opened with any copy of the database (reference/hsm.md 3.6)."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from kyok.cloud.databases import vault
from kyok.cloud.keys.shredding import Shredding
from kyok.cloud.store import Store
from kyok.cloud.store.tables import database, key_count, key_version, purged_key, service_key
from kyok.domain.services import KMS
from kyok.hsm import StoredKey, Wrap
from kyok.hsm.errors import BlobShredded
from tests.core.cloud.keys.stage import Keys, Stage, staged


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Stage]:
    """A cloud of the test's own, because it is stopped and started."""
    with staged(tmp_path) as stage:
        yield stage


def purge(keys: Keys, key: str) -> None:
    keys.send("DELETE", f"keys/{key}")
    keys.stage.advance(hours=4)
    assert keys.send("DELETE", f"keys/{key}/purge", who=keys.stage.purger()).status == 204


def stolen(stage: Stage, key: str, folder: Path) -> StoredKey:
    """A key's blob out of a copy of the database files."""
    for name in ("cloud.sqlite", "cloud.sqlite-wal"):
        shutil.copy(stage.home.root / name, folder / name)
    with sqlite3.connect(folder / "cloud.sqlite") as copy:
        joined = "kms_key_version v JOIN kms_key k ON k.pk = v.key_pk"
        query = f"SELECT v.id, k.id, v.number, v.blob FROM {joined} WHERE k.id = ?"
        row = copy.execute(query, (key,)).fetchone()
    copy.close()
    return StoredKey(*row)


def open_change(stage: Stage, hsm_id: str) -> bool:
    return stage.cloud.hsm.status(hsm_id).epoch_change_open


def evidence(stage: Stage, key: str) -> Any:
    with stage.cloud.store.read() as reader:
        return reader.one(select(purged_key).where(purged_key.c.id == key))


def test_an_old_copy_of_the_database_does_not_open_what_was_purged(stage: Stage, keys: Keys, tmp_path: Path) -> None:
    doomed, kept = keys.create("doomed"), keys.create("kept")
    ciphertext = keys.wrap(kept)
    copy = stolen(stage, doomed, tmp_path)
    assert stage.cloud.hsm.run(keys.guid, Wrap(copy)).envelope
    purge(keys, doomed)
    with pytest.raises(BlobShredded):
        stage.cloud.hsm.run(keys.guid, Wrap(copy))
    assert keys.act(kept, "unwrap", {"ciphertext": ciphertext}).status == 200
    assert not open_change(stage, keys.guid)
    wal = stage.home.database.with_name("cloud.sqlite-wal").read_bytes()
    assert copy.blob not in wal
    assert copy.blob not in stage.home.database.read_bytes()


def test_a_purge_leaves_evidence(stage: Stage, keys: Keys) -> None:
    key = keys.create("doomed", aliases=["was-mine"])
    purge(keys, key)
    row = evidence(stage, key)
    assert (row.name, row.hsm, row.purged_by, row.shredded_at) == ("doomed", keys.guid, stage.purger().name, None)
    stage.perform(stage.cloud.keys.expire_and_purge)
    assert evidence(stage, key).shredded_at is not None
    event = stage.events(instance=keys.guid, action="hs-crypto.secrets.purge")[0]
    assert (event["target"]["name"], event["severity"]) == ("doomed", "critical")
    assert event["responseData"]["storageEpoch"] == row.epoch
    assert keys.create(aliases=["was-mine"])
    with stage.cloud.store.read() as reader:
        counted = reader.scalar(
            text("SELECT sum(number) FROM kms_key_count WHERE instance = :guid"), {"guid": keys.guid}
        )
    assert counted == 1


def test_keys_that_the_database_service_holds_survive_a_purge_in_key_protect(stage: Stage, kms: Keys) -> None:
    ledger = stage.database()
    guid = ledger.crn.instance  # type: ignore[union-attr]
    service = vault.ProviderHsm(stage.cloud.hsm)
    made = service.make(guid, vault.BACKUP)
    envelope, material = service.wrap(made, ("aad",))
    stage.perform(lambda tx: _hold(tx, guid, made))
    doomed, kept = kms.create(), kms.create()
    ciphertext = kms.wrap(kept)
    purge(kms, doomed)
    with stage.cloud.store.read() as reader:
        found = vault.find(reader, guid, vault.BACKUP)
    assert found is not None
    assert service.unwrap(found, envelope, ("aad",)) == material
    assert kms.act(kept, "unwrap", {"ciphertext": ciphertext}).status == 200
    stage.perform(lambda tx: tx.execute(service_key.delete()))


def _hold(tx: Any, guid: str, made: vault.ServiceKey) -> None:
    words = dict.fromkeys(("cluster_name", "admin_name", "version", "memory", "storage", "endpoints", "state"), "")
    tx.execute(insert(database).values(guid=guid, account="", cpu=1, document={}, created_at=0, updated_at=0, **words))
    vault.keep(tx, made)


@pytest.mark.parametrize("service", ["hs-crypto", KMS])
@pytest.mark.parametrize("step", ["begun", "committed", "log not emptied"])
def test_a_crash_between_any_two_steps_is_taken_up_at_the_next_start(
    own: Stage, service: str, step: str, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    keys = own.keys(service)
    doomed, kept = keys.create(), keys.create()
    ciphertext = keys.wrap(kept)
    hsm_id = keys.guid if service == "hs-crypto" else "provider"
    copy = stolen(own, doomed, tmp_path_factory.mktemp("copy"))
    if step == "begun":
        own.cloud.hsm.begin_epoch(hsm_id)
    elif step == "committed":
        with monkeypatch.context() as patch:
            patch.setattr(Shredding, "_finish", lambda self, hsm_id: None)
            purge(keys, doomed)
    else:
        with monkeypatch.context() as patch:
            patch.setattr(Store, "checkpoint", lambda self: False)
            own.reopen()
            purge(keys, doomed)
            assert open_change(own, hsm_id)
            own.cloud.keys.settle()
            assert evidence(own, doomed).shredded_at is None
    assert open_change(own, hsm_id)
    assert keys.act(kept, "unwrap", {"ciphertext": ciphertext}).status == 200
    own.reopen()
    assert not open_change(own, hsm_id)
    with pytest.raises(BlobShredded):
        own.cloud.hsm.run(hsm_id, Wrap(copy))
    assert keys.act(kept, "unwrap", {"ciphertext": ciphertext}).status == 200
    if step != "begun":
        assert evidence(own, doomed).shredded_at is not None
    else:
        assert keys.act(doomed, "wrap").status == 200


def test_the_reconciler_goes_on_where_a_reader_was_in_the_way(
    stage: Stage, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = keys.create()
    with monkeypatch.context() as patch:
        patch.setattr(Shredding, "_finish", lambda self, hsm_id: None)
        purge(keys, key)
    stage.perform(stage.cloud.keys.expire_and_purge)
    assert evidence(stage, key).shredded_at is None
    stage.cloud.keys.settle()
    assert not open_change(stage, keys.guid)
    assert evidence(stage, key).shredded_at is not None


def test_many_survivors_are_sealed_anew_in_parts(stage: Stage, keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kyok.cloud.keys.shredding.CHUNK", 2)
    doomed, *kept = [keys.create() for _ in range(6)]
    keys.act(kept[0], "rotate")
    ciphertexts = {key: keys.wrap(key) for key in kept}
    purge(keys, doomed)
    epoch = stage.cloud.hsm.status(keys.guid).epoch
    with stage.cloud.store.read() as reader:
        query = text(
            "SELECT DISTINCT v.epoch FROM kms_key_version v JOIN kms_key k ON k.pk = v.key_pk WHERE k.instance = :guid"
        )
        assert [row.epoch for row in reader.all(query, {"guid": keys.guid})] == [epoch]
    for key, ciphertext in ciphertexts.items():
        assert keys.act(key, "unwrap", {"ciphertext": ciphertext}).status == 200


def test_a_survivor_that_does_not_open_stops_the_purge(stage: Stage, keys: Keys) -> None:
    doomed, damaged = keys.create(), keys.create()
    spoil = text("UPDATE kms_key_version SET blob = x'00' WHERE key_pk = (SELECT pk FROM kms_key WHERE id = :key)")
    stage.perform(lambda tx: tx.execute(spoil, {"key": damaged}))
    keys.send("DELETE", f"keys/{doomed}")
    stage.advance(hours=4)
    refused = keys.send("DELETE", f"keys/{doomed}/purge", who=stage.purger())
    assert (refused.status, refused.code) == (500, "INCOMPLETE_METADATA_ERR")
    assert keys.state(doomed) == 5
    stage.perform(lambda tx: tx.execute(text("DELETE FROM kms_key WHERE id = :key"), {"key": damaged}))
    assert keys.send("DELETE", f"keys/{doomed}/purge", who=stage.purger()).status == 204


# What happens by itself -----------------------------------------------------------------------------------------------


def test_keys_are_purged_by_themselves_after_ninety_days(own: Stage) -> None:
    keys = own.keys()
    gone, later, kept = keys.create("gone"), keys.create("later"), keys.create("kept")
    keys.send("DELETE", f"keys/{gone}")
    own.advance(days=1)
    keys.send("DELETE", f"keys/{later}")
    with own.cloud.store.read() as reader:
        due = own.cloud.keys.next_due(reader)
    own.advance(days=89)
    assert due == own.clock.now()
    assert own.perform(own.cloud.keys.expire_and_purge) == 1
    assert keys.send("GET", f"keys/{gone}").status == 404
    assert (keys.state(later), keys.state(kept)) == (5, 1)
    assert not open_change(own, keys.guid)
    (event,) = own.events(instance=keys.guid, action="hs-crypto.secrets.purge")
    assert event["initiator"]["name"] == "Key management"
    assert own.perform(own.cloud.keys.expire_and_purge) == 1  # it notes that the key is shredded
    assert own.perform(own.cloud.keys.expire_and_purge) == 0


def test_expiry_is_stored_and_told(own: Stage) -> None:
    keys = own.keys()
    key = keys.create("short-lived", expirationDate="2026-11-23T18:45:00Z")
    ciphertext = keys.wrap(key)
    with own.cloud.store.read() as reader:
        due = own.cloud.keys.next_due(reader)
    assert own.perform(own.cloud.keys.expire_and_purge) == 0
    own.advance(hours=1)
    assert due == own.clock.now()
    assert keys.state(key) == 3
    assert keys.act(key, "wrap").status == 409
    assert own.perform(own.cloud.keys.expire_and_purge) == 1
    assert keys.state(key) == 3
    assert keys.act(key, "unwrap", {"ciphertext": ciphertext}).status == 200
    (event,) = own.events(instance=keys.guid, action="hs-crypto.secrets.expire")
    assert (event["target"]["name"], event["responseData"]["newValue"]) == ("short-lived", {"keyState": 3})
    assert keys.send("HEAD", "keys?state=3").headers["key-total"] == "1"
    with own.cloud.store.read() as reader:
        assert own.cloud.keys.next_due(reader) is None
        usage = own.cloud.keys.usage(reader, keys.guid)
        assert ({int(state): number for state, number in usage.root_keys.items()}, usage.standard_keys) == ({3: 1}, {})


# The end of an instance -----------------------------------------------------------------------------------------------


def end(stage: Stage, guid: str) -> None:
    """Deletes an instance and its reclamation."""
    assert stage.send("DELETE", f"/v2/resource_instances/{guid}").status in (202, 204)
    for found in stage.send("GET", "/v1/reclamations").body["resources"]:
        if found["resource_instance_id"] == guid:
            assert stage.send("POST", f"/v1/reclamations/{found['id']}/actions/reclaim", {}).status == 200


@pytest.mark.parametrize("service", ["hs-crypto", KMS])
def test_with_an_instance_its_keys_and_crypto_units_end(own: Stage, service: str) -> None:
    keys = own.keys(service)
    hsm_id = keys.guid if service == "hs-crypto" else "provider"
    key = keys.create("last-key")
    epoch = own.cloud.hsm.status(hsm_id).epoch
    keys.send("DELETE", f"keys/{key}")
    end(own, keys.guid)
    assert keys.send("GET", "keys").status in (401, 404)
    with own.cloud.store.read() as reader:
        for table in (key_version, key_count):
            assert reader.all(select(table)) == []
    own.perform(own.cloud.keys.expire_and_purge)
    assert evidence(own, key).shredded_at is not None
    if service == "hs-crypto":
        assert not own.cloud.hsm.exists(keys.guid)
    else:
        assert own.cloud.hsm.status("provider").epoch > epoch


def test_an_empty_key_protect_instance_ends_without_a_new_storage_key(own: Stage) -> None:
    keys = own.keys(KMS)
    epoch = own.cloud.hsm.status("provider").epoch
    end(own, keys.guid)
    assert own.cloud.hsm.status("provider").epoch == epoch


def test_crypto_units_without_instance_are_removed_at_the_next_start(
    own: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, ended = own.keys(), own.instance()
    own.cloud.hsm.create("4f1d9a1e-0b63-4f0e-8a51-52d0e1c3b7aa", 2, ["us-south-1"])
    with monkeypatch.context() as patch:
        patch.setattr(own.cloud.hsm, "remove", lambda hsm_id: None)
        end(own, ended)
    assert len(own.cloud.hsm.ids()) == 4
    own.reopen()
    assert sorted(own.cloud.hsm.ids()) == sorted([kept.guid, "provider"])
    assert kept.create()


def test_a_lost_hsm_is_told_and_nothing_is_made_up(own: Stage) -> None:
    keys = own.keys()
    key = keys.create()
    own.cloud.hsm.remove(keys.guid)
    assert keys.act(key, "wrap").code == "HSM_UNREACHABLE_ERR"
    assert own.send("GET", f"/tke/v1/instances/{keys.guid}/crypto_units").status == 503
    keys.send("DELETE", f"keys/{key}")
    own.advance(hours=4)
    assert keys.send("DELETE", f"keys/{key}/purge", who=own.purger()).status == 204
