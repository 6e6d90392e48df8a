"""What a scenario says is there once it is loaded: made by the services, and settled."""

from typing import Any

import pytest

from kyok.cloud.emulator.errors import ScenarioFailed, ScenarioInvalid
from kyok.cloud.scenarios import library, reading
from kyok.domain.scenario_steps import ScenarioStep
from tests.core.cloud.scenarios.house import House

CONNECTED, STOPPED = "RUNNING", "STOPPED"


def shipped(house: House, name: str) -> dict[str, str]:
    return house.load(library.named(name).content())


def test_the_walk_done_is_connected_with_its_rows_and_its_first_backup(house: House) -> None:
    made = shipped(house, "walk-done")
    assert sorted(made) == ["acme-hpcs", "ledger-db"]
    assert house.nodes(made["ledger-db"]) == [(CONNECTED, "connected")] * 3
    detail = house.get(f"/emulator/v1/databases/{made['ledger-db']}")
    assert detail["data"]["rows"] == 120
    assert len(house.get(f"/emulator/v1/databases/{made['ledger-db']}/backups")["backups"]) == 1


def test_each_step_is_told_as_it_begins(house: House) -> None:
    told: list[ScenarioStep] = []
    house.load(library.named("walk-done").content(), told.append)
    assert told == list(ScenarioStep)[1:], "it begins with the first one"
    assert [step.number for step in told] == [2, 3, 4, 5, 6, 7]
    assert len({step.word for step in ScenarioStep}) == len(ScenarioStep)


def test_an_authorization_that_is_missing_stops_its_instance(house: House) -> None:
    made = shipped(house, "authorization-missing")
    assert house.nodes(made["ledger-db"]) == [(STOPPED, "not-authorized")] * 3
    listed = house.get(f"/v1/policies?account_id={house.account}&type=authorization&state=active")
    assert listed["policies"] == []


def test_a_zone_that_is_cut_leaves_one_node_in_its_grace(house: House) -> None:
    made = shipped(house, "zone-cut")
    states = house.nodes(made["ledger-db"])
    assert sorted(states) == [(CONNECTED, "connected"), (CONNECTED, "connected"), (CONNECTED, "not-connected")]
    (fault,) = house.get("/emulator/v1/faults")["faults"]
    assert fault["target"] == {"zone": "us-south-3", "instance": made["acme-hpcs"]}


def test_a_deleted_key_takes_the_data_and_leaves_the_backups(house: House) -> None:
    made = shipped(house, "key-deleted")
    assert house.nodes(made["ledger-db"]) == [(STOPPED, "deleted")] * 3
    assert len(house.get(f"/emulator/v1/databases/{made['ledger-db']}/backups")["backups"]) == 2
    assert {key["name"]: key["state"] for key in house.keys(made["acme-hpcs"])} == {
        "ledger-root": 5,
        "ledger-root-2": 1,
    }


def test_a_deletion_waits_for_the_second_person(house: House) -> None:
    made = shipped(house, "dual-authorization")
    by_name = {key["name"]: key for key in house.keys(made["acme-hpcs"])}
    waiting = by_name["ledger-root"]["dualAuthDelete"]
    assert (waiting["enabled"], waiting["keySetForDeletion"]) == (True, True)
    status, _ = house.send("DELETE", f"/api/v2/keys/{by_name['spare-root']['id']}", None, made["acme-hpcs"])
    assert status == 409
    saved = house.get("/emulator/v1/state")["scenario"]
    assert '"deletion_authorized_by": "anna@acme.example"' in saved
    assert '"rotation_months": 3' in saved
    again = {key["name"]: key for key in house.keys(house.load(saved.encode())["acme-hpcs"])}
    assert again["ledger-root"]["dualAuthDelete"]["keySetForDeletion"] is True


def test_the_operations_desk_has_every_state_that_an_operator_meets(house: House) -> None:
    made = shipped(house, "operations-desk")
    seen = {
        name: set(house.nodes(guid)) for name, guid in made.items() if name.endswith("-db") and name != "archive-db"
    }
    assert seen["cards-db"] == {(STOPPED, "disabled"), (STOPPED, "not-connected")}  # one node is in the cut zone
    assert seen["vault-db"] == {(STOPPED, "deleted")}
    assert seen["loans-db"] == {(STOPPED, "not-authorized")}
    assert (CONNECTED, "not-connected") in seen["ledger-db"]
    assert (STOPPED, "checking") in seen["payments-db"] or (STOPPED, "connected") in seen["payments-db"]
    assert seen["sandbox-db"] == {(CONNECTED, "default-key")}
    assert seen["staging-db"] == {(CONNECTED, "connected")}
    states = {each["name"]: each["state"] for each in house.get("/v2/resource_instances")["resources"]}
    assert states.get("archive-db", "pending_reclamation") == "pending_reclamation"
    assert house.get(f"/tke/v1/instances/{made['acme-lab']}/crypto_units")["initialised"] is False
    people = house.get("/emulator/v1/identities")["accounts"][0]["users"]
    assert [person["name"] for person in people] == ["Administrator", "Anna", "Ben"]


def test_every_act_is_in_the_log_and_the_first_one_is_the_loading(house: House) -> None:
    shipped(house, "walk-done")
    events = house.get("/emulator/v1/activity?limit=200")["events"]
    assert events[-1]["action"] == "kyok.scenario.load"
    acts = [event["action"] for event in events]
    for act in ("hs-crypto.secrets.create", "iam-am.policy.create"):
        assert act in acts
    created = next(event for event in events if event["action"] == "hs-crypto.secrets.create")
    assert created["target"]["name"] == "ledger-root"


def test_many_keys_are_made_together_and_each_works(house: House) -> None:
    keys: list[dict[str, Any]] = [
        {"name": "app-{n:04}", "repeat": 1_200, "aliases": []},
        {"name": "old-{n}", "repeat": 3, "state": "disabled", "rotations": 1},
        {"name": "named", "aliases": ["the-one"], "expires_in_days": 3, "description": "One of its kind"},
        {"name": "brought", "imported": True, "key_ring": "theirs"},
        {"name": "ringed", "key_ring": "theirs"},
        {"name": "plain-{n}", "repeat": 2, "type": "standard"},
    ]
    made = house.load({"key_services": [{"name": "hpcs", "key_rings": ["theirs"], "keys": keys}]})
    found = {key["name"]: key for key in house.keys(made["hpcs"])}
    assert len(found) == 1_208
    assert {name for name, key in found.items() if key["keyRingID"] == "theirs"} == {"brought", "ringed"}
    assert {found[f"old-{n}"]["state"] for n in (1, 2, 3)} == {2}
    assert found["named"]["aliases"] == ["the-one"]
    assert found["named"]["expirationDate"]
    assert found["brought"]["imported"] is True
    assert found["plain-1"]["extractable"] is True
    status, body = house.send(
        "POST", f"/api/v2/keys/{found['app-1200']['id']}/actions/wrap", {"plaintext": "aGVsbG8="}, made["hpcs"]
    )
    assert status == 200
    unwrapped = house.send(
        "POST",
        f"/api/v2/keys/{found['app-1200']['id']}/actions/unwrap",
        {"ciphertext": body["ciphertext"]},
        made["hpcs"],
    )
    assert unwrapped[1]["plaintext"] == "aGVsbG8="
    total = house.send("HEAD", "/api/v2/keys", None, made["hpcs"])
    assert total[0] == 200


def test_a_file_that_is_wrong_changes_nothing(house: House) -> None:
    made = shipped(house, "walk-done")
    with pytest.raises(ScenarioInvalid):
        house.load({"databases": [{"name": "db", "key": "nowhere/x"}]})
    assert house.nodes(made["ledger-db"]) == [(CONNECTED, "connected")] * 3


def test_a_scenario_that_is_refused_on_the_way_leaves_an_empty_account(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "check", lambda document, made: None)  # as if nothing had foreseen it
    nobody = {"email": "nobody@acme.example"}  # without a role, so he cannot authorize
    one = {"name": "one", "dual_authorization": True, "deletion_authorized_by": nobody["email"]}
    with pytest.raises(ScenarioFailed) as refused:
        house.load({"users": [nobody], "key_services": [{"name": "hpcs", "keys": [one]}]})
    assert "one: " in refused.value.summary
    assert house.get("/v2/resource_instances")["resources"] == []


def test_the_present_state_is_written_as_a_scenario_that_makes_the_same_again(house: House) -> None:
    shipped(house, "operations-desk")
    saved = house.get("/emulator/v1/state?title=Once+more")
    assert any("Key material" in words for words in saved["left_out"])
    assert "BEGIN" not in saved["scenario"]
    before = seen(house)
    house.load(saved["scenario"].encode())
    assert seen(house) == before


def test_a_saved_state_leaves_out_an_authorization_to_delete_that_nobody_in_it_could_give(house: House) -> None:
    made = house.load({"key_services": [{"name": "hpcs", "keys": [{"name": "one", "dual_authorization": True}]}]})
    (key,) = house.keys(made["hpcs"])
    path = f"/api/v2/keys/{key['id']}/actions/setKeyForDeletion"
    assert house.send("POST", path, None, made["hpcs"])[0] == 204  # by the administrator, whom no file names
    saved = house.get("/emulator/v1/state")
    assert "Who authorized the deletion of the key “one” in hpcs." in saved["left_out"]
    (key,) = house.keys(house.load(saved["scenario"].encode())["hpcs"])
    assert key["dualAuthDelete"] == {"enabled": True, "keySetForDeletion": False}


def test_long_runs_of_keys_are_saved_as_one_entry(house: House) -> None:
    house.load({"key_services": [{"name": "hpcs", "keys": [{"name": "app-{n:03}", "repeat": 150}, {"name": "last"}]}]})
    saved = house.get("/emulator/v1/state")["scenario"]
    assert '"app-{n:03}"' in saved
    made = house.load(saved.encode())
    assert len(house.keys(made["hpcs"])) == 151


def test_over_rest_files_are_checked_loaded_and_read(house: House) -> None:
    content = library.named("key-deleted").content()
    assert house.send("GET", "/emulator/v1/scenarios/key-deleted")[1]["title"] == "A key deleted, a backup left"
    status, told = house.send("POST", "/emulator/v1/scenarios?check=true", content)
    assert (status, told["keys"], told["databases"]) == (200, 2, 1)
    status, refused = house.send("POST", "/emulator/v1/scenarios", b'{"format": 1}')
    assert (status, refused["code"]) == (400, "SCENARIO_INVALID")


def test_no_state_is_saved_under_a_title_that_could_not_be_loaded(house: House) -> None:
    status, refused = house.send("GET", "/emulator/v1/state?title=Mi%E2%80%AEne")
    assert (status, refused["code"]) == (400, "BAD_VALUE")
    assert refused["summary"] == "A scenario title has no control characters."


def seen(house: House) -> Any:
    """What a person sees of the account: names, states, sizes; no ids and no times."""
    instances = sorted(
        (each["name"], each["state"], each["region_id"]) for each in house.get("/v2/resource_instances")["resources"]
    )
    services = [each for each in house.get("/v2/resource_instances")["resources"] if "hpcs" in each["name"]]
    keys = [
        (service["name"], [(key["name"], key["state"]) for key in sorted(house.keys(service["guid"]), key=str)])
        for service in sorted(services, key=lambda each: str(each["name"]))
    ]
    nodes = sorted(
        (each["name"], sorted(house.nodes(each["guid"])))
        for each in house.get("/v2/resource_instances")["resources"]
        if each["name"].endswith("-db")
    )
    faults = [(fault["kind"], sorted(fault["target"])) for fault in house.get("/emulator/v1/faults")["faults"]]
    people = [
        (each["email"], each["name"], sorted(role["role"] for role in each["roles"]))
        for each in house.get("/emulator/v1/identities")["accounts"][0]["users"]
    ]
    return instances, [(name, sorted(found)) for name, found in keys], nodes, faults, people
