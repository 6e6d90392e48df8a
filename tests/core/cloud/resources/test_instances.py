"""Service instances: creation, lists, changes, locks, deletion, reclamation."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from kyok.cloud.resources.errors import InstanceInUse
from kyok.cloud.resources.instances import system
from kyok.cloud.store import Transaction
from kyok.cloud.store.tables import instance
from kyok.domain import services
from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO, KMS, service
from kyok.errors import KyokError
from tests.cloud_parts import Noting, Parts

PATH = "/v2/resource_instances"
DAY = 86_400


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    made = Parts(tmp_path, {name: Noting() for name in (HS_CRYPTO, KMS, DBAAS_POSTGRESQL)})
    yield made
    made.close()


def broker(parts: Parts, name: str = HS_CRYPTO) -> Any:
    return parts.brokers[name]


def request(parts: Parts, service_name: str = HS_CRYPTO, **more: Any) -> dict[str, Any]:
    entry = service(service_name)
    assert entry is not None
    return {
        "name": "acme-hpcs",
        "target": "us-south",
        "resource_group": parts.default_group(),
        "resource_plan_id": entry.plans[0].id,
    } | more


def make(parts: Parts, service_name: str = HS_CRYPTO, **more: Any) -> Any:
    status, made, _ = parts.send("POST", PATH, request(parts, service_name, **more))
    assert status in (201, 202), made
    return made


def turn(parts: Parts, **seconds: float) -> None:
    parts.perform(lambda tx: parts.clock_control.turn(tx, parts.administrator, seconds))


def test_an_instance_is_there_at_once_with_the_fields_that_sdks_expect(parts: Parts) -> None:
    made = make(parts, parameters={"units": 2}, tags=["env:dev", "env:dev"])
    assert (
        made["id"] == made["crn"] == f"crn:v1:bluemix:public:hs-crypto:us-south:a/{parts.account_id}:{made['guid']}::"
    )
    assert (made["state"], made["locked"], made["type"]) == ("active", False, "service_instance")
    assert made["last_operation"]["type"] == "create"
    assert made["last_operation"]["state"] == "succeeded"
    assert made["last_operation"]["async"] is False
    assert made["onetime_credentials"] is not None
    assert made["parameters"] == {"units": 2}
    assert made["tags"] == ["env:dev"]
    assert made["resource_group_crn"].endswith(f"resource-group:{parts.default_group()}")
    assert made["target_crn"].endswith("%3Aus-south")
    assert made["extensions"]["endpoints"]["public"] == (
        f"https://{made['guid']}.api.us-south.hs-crypto.appdomain.cloud"
    )
    assert made["created_by"] == parts.identities.administrator_id
    assert made["created_at"] == "2026-11-23T17:45:00.000Z"
    assert broker(parts).heard == [("created", made["guid"])]
    event = parts.events(action="hs-crypto.instance.create")[0]
    assert (event["target"]["id"], event["target"]["name"]) == (made["crn"], "acme-hpcs")
    for ident in (made["guid"], made["crn"].replace(":", "%3A").replace("/", "%2F")):
        assert parts.send("GET", f"{PATH}/{ident}")[1] == made


def test_a_database_takes_its_time_and_its_password_is_kept_nowhere(parts: Parts) -> None:
    secret = "Very-Secret-Password-1"
    passwords = {"password": secret, "confirm_password": secret}
    parameters = {"name": "cluster01", **passwords, "deep": {"Password": secret}, "list": [[passwords, 1]]}
    status, made, _ = parts.send("POST", PATH, request(parts, DBAAS_POSTGRESQL, parameters=parameters))
    assert status == 202
    assert made["state"] == "provisioning"
    assert made["last_operation"]["state"] == "in progress"
    assert made["parameters"] == {"name": "cluster01", "deep": {}, "list": [[{}, 1]]}
    assert broker(parts, DBAAS_POSTGRESQL).parameters["password"] == secret
    with parts.store.read() as reader:
        assert secret not in str(reader.all(select(instance)))
    assert secret not in json.dumps(parts.events(limit="500"))
    assert secret not in str(parts.send("GET", f"{PATH}/{made['guid']}"))


def test_older_clients_names_of_fields_are_taken(parts: Parts) -> None:
    sent = request(parts)
    group = f"crn:v1:bluemix:public:resource-controller:global:a/x::resource-group:{sent.pop('resource_group')}"
    plan = sent["resource_plan_id"]
    sent["target_crn"] = f"crn:v1:bluemix:public:globalcatalog::::deployment:{plan}%3Aeu-de"
    del sent["target"]
    status, made, _ = parts.send("POST", PATH, sent | {"resource_group_id": group})
    assert (status, made["region_id"]) == (201, "eu-de")


MONGODB = service(services.DBAAS_MONGODB)
assert MONGODB is not None


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"name": None}, 400),
        ({"name": ""}, 400),
        ({"name": "with/slash"}, 400),
        ({"name": "x" * 181}, 400),
        ({"target": None}, 400),
        ({"target": "mars"}, 400),
        ({"target": "global"}, 400),
        ({"target": "crn:v1:x"}, 400),
        ({"resource_plan_id": None}, 400),
        ({"resource_plan_id": "no-such-plan"}, 400),
        ({"resource_plan_id": MONGODB.plans[0].id}, 400),
        ({"resource_group": None}, 400),
        ({"resource_group": "0" * 32}, 404),
        ({"parameters": "x"}, 400),
        ({"tags": "x"}, 400),
        ({"tags": [7]}, 400),
        ({"tags": ["no/slash"]}, 400),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_made(parts: Parts, change: dict[str, Any], status: int) -> None:
    got, answer, _ = parts.send("POST", PATH, request(parts) | change)
    assert got == status
    assert answer["status_code"] == status
    assert answer["message"]
    assert answer["transaction_id"]
    assert parts.send("GET", PATH)[1]["rows_count"] == 0
    assert broker(parts).heard == []


def test_when_the_service_refuses_nothing_is_made(parts: Parts) -> None:
    broker(parts).refusals["created"] = KyokError("No room.", "Later.")
    assert parts.send("POST", PATH, request(parts))[0] == 400
    assert parts.send("GET", PATH)[1]["rows_count"] == 0
    assert parts.events()[0]["outcome"] == "failure"


def test_lists_show_filter_and_page(parts: Parts) -> None:
    first, second = make(parts), make(parts, KMS, name="byok")
    third = make(parts, DBAAS_POSTGRESQL, name="ledger-db")
    _, page, _ = parts.send("GET", PATH)
    assert [row["guid"] for row in page["resources"]] == [first["guid"], second["guid"], third["guid"]]
    assert (page["rows_count"], page["next_url"]) == (3, None)
    assert page["resources"][0] == first
    _, page, _ = parts.send("GET", f"{PATH}?limit=2")
    assert page["rows_count"] == 2
    _, rest, _ = parts.send("GET", page["next_url"])
    assert [row["guid"] for row in rest["resources"]] == [third["guid"]]
    kms = service(KMS)
    assert kms is not None
    for query, found in (
        (f"guid={first['guid']}", [first]),
        ("name=byok", [second]),
        (f"resource_id={kms.catalog_id}", [second]),
        ("resource_id=unknown", []),
        (f"resource_plan_id={first['resource_plan_id']}", [first]),
        (f"resource_group_id={parts.default_group()}", [first, second, third]),
        ("state=provisioning", [third]),
        ("state=removed,active", [first, second]),
        ("type=service_instance", [first, second, third]),
        ("type=other", []),
        ("sub_type=kms", []),
        ("updated_from=2026-11-23T17:45:00.000Z", [first, second, third]),
        ("updated_from=2026-11-24T00:00:00", []),
        ("updated_to=2026-11-23T17:00:00Z", []),
    ):
        _, page, _ = parts.send("GET", f"{PATH}?{query}")
        assert [row["guid"] for row in page["resources"]] == [row["guid"] for row in found], query


@pytest.mark.parametrize("query", ["state=asleep", "limit=101", "limit=x", "updated_from=yesterday"])
def test_a_bad_filter_is_refused(parts: Parts, query: str) -> None:
    assert parts.send("GET", f"{PATH}?{query}")[0] == 400


def test_name_and_parameters_change_and_plans_do_not(parts: Parts) -> None:
    made = make(parts, parameters={"units": 2})
    place = f"{PATH}/{made['guid']}"
    turn(parts, advance_seconds=60)
    status, changed, _ = parts.send("PATCH", place, {"name": "new name", "parameters": {"x": 1, "password": "p"}})
    assert (status, changed["name"], changed["parameters"]) == (200, "new name", {"units": 2, "x": 1})
    assert changed["last_operation"]["type"] == "update"
    assert changed["updated_at"] == "2026-11-23T17:46:00.000Z"
    assert parts.send("PATCH", place, {"resource_plan_id": made["resource_plan_id"]})[0] == 200
    for body in ({"resource_plan_id": "other"}, {"name": ""}, {"parameters": 7}):
        assert parts.send("PATCH", place, body)[0] == 400


def test_a_locked_instance_stays_as_it_is(parts: Parts) -> None:
    status, made, _ = parts.send("POST", PATH, request(parts), entity_lock="true")
    assert (status, made["locked"]) == (201, True)
    place = f"{PATH}/{made['guid']}"
    assert parts.send("PATCH", place, {"name": "x"})[0] == 400
    status, answer, _ = parts.send("DELETE", place)
    assert (status, answer["error_code"]) == (400, "RC-ServiceInstanceLocked")
    status, after, _ = parts.send("DELETE", f"{place}/lock")
    assert (status, after["locked"], after["last_operation"]["state"]) == (200, False, "succeeded")
    status, after, _ = parts.send("POST", f"{place}/lock")
    assert (status, after["locked"]) == (200, True)
    parts.send("DELETE", f"{place}/lock")
    assert parts.send("PATCH", place, {"name": "x"})[0] == 200


def test_what_is_not_emulated_says_so(parts: Parts) -> None:
    made = make(parts)
    place = f"{PATH}/{made['guid']}"
    assert parts.send("DELETE", f"{place}/last_operation")[1]["message"].startswith("The instance is not cancelable.")
    for kind in ("resource_keys", "resource_aliases"):
        assert parts.send("GET", f"{place}/{kind}")[1]["resources"] == []
        assert parts.send("GET", f"/v2/{kind}")[1]["resources"] == []
        assert parts.send("POST", f"/v2/{kind}", {})[0] == 501
    assert parts.send("GET", f"{PATH}/unknown/resource_keys")[0] == 404


# Deletion and reclamation -------------------------------------------------------------------------------------------


def deleted(parts: Parts, service_name: str = DBAAS_POSTGRESQL) -> tuple[Any, Any]:
    made = make(parts, service_name, name="ledger-db")
    assert parts.send("DELETE", f"{PATH}/{made['guid']}")[0] == 202
    _, page, _ = parts.send("GET", f"/v1/reclamations?account_id={parts.account_id}")
    return made, page["resources"][-1]


def test_a_deleted_instance_waits_seven_days(parts: Parts) -> None:
    made, entry = deleted(parts)
    assert parts.send("GET", PATH)[1]["rows_count"] == 0
    _, found, _ = parts.send("GET", f"{PATH}/{made['guid']}")
    assert found["state"] == "pending_reclamation"
    assert found["last_operation"]["type"] == "reclamation"
    assert found["scheduled_reclaim_at"] == "2026-11-30T17:45:00.000Z"
    assert found["scheduled_reclaim_by"] == found["deleted_by"] == parts.identities.administrator_id
    assert (entry["state"], entry["entity_crn"]) == ("SCHEDULED", made["crn"])
    assert entry["target_time"] == "2026-11-30T17:45:00.000Z"
    assert entry["resource_instance_id"] == made["guid"]
    status, answer, _ = parts.send("DELETE", f"{PATH}/{made['guid']}")
    assert status == 422
    assert "pending_reclamation" in answer["message"]
    assert parts.send("PATCH", f"{PATH}/{made['guid']}", {"name": "x"})[0] == 422
    assert broker(parts, DBAAS_POSTGRESQL).heard[-1] == ("deleted", made["guid"])


def test_restore_brings_it_back(parts: Parts) -> None:
    made, entry = deleted(parts)
    turn(parts, advance_seconds=6 * DAY)
    body = {"request_by": "anna", "comment": "a mistake"}
    status, answer, _ = parts.send("POST", f"/v1/reclamations/{entry['id']}/actions/restore", body)
    assert (status, answer["state"]) == (200, "RESTORING")
    _, found, _ = parts.send("GET", f"{PATH}/{made['guid']}")
    assert found["state"] == "active"
    assert found["restored_at"] == "2026-11-29T17:45:00.000Z"
    assert (found["deleted_at"], found["scheduled_reclaim_at"]) == (None, None)
    assert parts.send("GET", "/v1/reclamations")[1]["resources"] == []
    assert broker(parts, DBAAS_POSTGRESQL).heard[-1] == ("restored", made["guid"])
    assert parts.events(action="hyperp-dbaas-postgresql.instance.restore")[0]["requestData"] == {"comment": "a mistake"}
    assert parts.send("POST", f"/v1/reclamations/{entry['id']}/actions/restore", {})[0] == 404


def test_reclaim_ends_it_for_good(parts: Parts) -> None:
    made, entry = deleted(parts)
    status, answer, _ = parts.send("POST", f"/v1/reclamations/{entry['id']}/actions/reclaim", {})
    assert (status, answer["state"]) == (200, "RECLAIMING")
    _, found, _ = parts.send("GET", f"{PATH}/{made['guid']}")
    assert found["state"] == "removed"
    assert parts.send("DELETE", f"{PATH}/{made['guid']}")[0] == 410
    assert broker(parts, DBAAS_POSTGRESQL).heard[-1] == ("reclaimed", made["guid"])
    assert parts.events(action="hyperp-dbaas-postgresql.instance.reclaim")[0]["severity"] == "critical"


def test_the_wait_ends_by_the_service_clock(parts: Parts) -> None:
    made, _ = deleted(parts)
    with parts.store.read() as reader:
        due = parts.reclamations.next_due(reader)
    assert due is not None
    assert due.isoformat() == "2026-11-30T17:45:00+00:00"
    turn(parts, advance_seconds=7 * DAY - 1)
    assert parts.perform(lambda tx: parts.reclamations.reclaim_due(tx, system)) == 0
    turn(parts, advance_seconds=1)
    assert parts.perform(lambda tx: parts.reclamations.reclaim_due(tx, system)) == 1
    assert parts.send("GET", f"{PATH}/{made['guid']}")[1]["state"] == "removed"
    assert parts.events(action="hyperp-dbaas-postgresql.instance.reclaim")[0]["initiator"]["name"] == (
        "Resource controller"
    )
    with parts.store.read() as reader:
        assert parts.reclamations.next_due(reader) is None


def test_a_free_instance_is_deleted_by_itself(parts: Parts) -> None:
    entry = service(DBAAS_POSTGRESQL)
    assert entry is not None
    free = next(plan for plan in entry.plans if plan.free)
    made = make(parts, DBAAS_POSTGRESQL, resource_plan_id=free.id)
    parts.perform(lambda tx: _set_state(tx, made["guid"], "active"))
    turn(parts, advance_seconds=30 * DAY - 1)
    assert parts.perform(parts.instances.delete_outlived) == 0
    turn(parts, advance_seconds=1)
    assert parts.perform(parts.instances.delete_outlived) == 1
    assert parts.send("GET", f"{PATH}/{made['guid']}")[1]["state"] == "removed", (
        "it does not wait: nobody can restore it"
    )
    assert parts.perform(parts.instances.delete_outlived) == 0


def _set_state(tx: Transaction, guid: str, state: str) -> None:
    tx.execute(update(instance).where(instance.c.guid == guid).values(state=state))
    tx.changed("instance", guid)


@pytest.mark.parametrize("hook", ["may_delete", "deleted"])
def test_the_service_may_refuse_a_deletion(parts: Parts, hook: str) -> None:
    made = make(parts)
    broker(parts).refusals[hook] = InstanceInUse("There are keys in the instance.", "Delete them first.")
    status, answer, _ = parts.send("DELETE", f"{PATH}/{made['guid']}")
    assert (status, answer["error_code"]) == (409, "RC-ServiceBrokerErrorResponse")
    assert parts.send("GET", f"{PATH}/{made['guid']}")[1]["state"] == "active"
    assert parts.send("GET", "/v1/reclamations")[1]["resources"] == []


def test_a_plan_without_reclamation_is_gone_at_once(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    made = make(parts)
    found = services.plan_by_id(made["resource_plan_id"])
    assert found is not None
    at_once = (found[0], replace(found[1], reclaimable=False))
    monkeypatch.setattr("kyok.cloud.resources.instances.plan_by_id", lambda plan_id: at_once)
    assert parts.send("DELETE", f"{PATH}/{made['guid']}")[0] == 204
    assert parts.send("GET", f"{PATH}/{made['guid']}")[1]["state"] == "removed"
    assert broker(parts).heard[-1] == ("reclaimed", made["guid"])


def test_reclamations_filter_and_refuse_what_they_do_not_know(parts: Parts) -> None:
    made, entry = deleted(parts)
    for query, count in (
        (f"resource_instance_id={made['guid']}", 1),
        ("resource_instance_id=unknown", 0),
        (f"resource_group_id={parts.default_group()}", 1),
        ("resource_group_id=unknown", 0),
        ("account_id=unknown", 0),
    ):
        assert len(parts.send("GET", f"/v1/reclamations?{query}")[1]["resources"]) == count, query
    assert parts.send("POST", f"/v1/reclamations/{entry['id']}/actions/forget", {})[0] == 400
    assert parts.send("POST", "/v1/reclamations/unknown/actions/restore", {})[0] == 404


def test_what_was_locked_meanwhile_is_not_ended_by_hand(parts: Parts) -> None:
    made, entry = deleted(parts)

    def lock(tx: Transaction) -> None:
        tx.execute(update(instance).where(instance.c.guid == made["guid"]).values(locked=True))
        tx.changed("instance", made["guid"])

    parts.perform(lock)
    assert parts.send("POST", f"/v1/reclamations/{entry['id']}/actions/reclaim", {})[0] == 400
    assert parts.send("POST", f"/v1/reclamations/{entry['id']}/actions/restore", {})[0] == 200


def test_without_a_broker_an_instance_lives_and_dies_as_well(tmp_path: Path) -> None:
    parts = Parts(tmp_path)
    for action in ("restore", "reclaim"):
        _, entry = deleted(parts)
        assert parts.send("POST", f"/v1/reclamations/{entry['id']}/actions/{action}", {})[0] == 200
    parts.close()


# Who may ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "sees", "creates", "deletes"),
    [
        (None, 404, 403, 404),
        ("Reader", 404, 403, 404),
        ("Viewer", 200, 403, 403),
        ("Editor", 200, 201, 202),
        ("Administrator", 200, 201, 202),
    ],
)
def test_who_may_see_create_and_delete(parts: Parts, role: str | None, sees: int, creates: int, deletes: int) -> None:
    made = make(parts)
    user = parts.seed_user("ben@acme.example", *([{"role": role, "service": HS_CRYPTO}] if role else []))
    place = f"{PATH}/{made['guid']}"
    assert parts.send("GET", place, who=user)[0] == sees
    assert parts.send("GET", PATH, who=user)[1]["rows_count"] == (sees == 200)
    assert parts.send("POST", PATH, request(parts), who=user)[0] == creates
    assert parts.send("POST", PATH, request(parts, KMS), who=user)[0] == 403
    assert parts.send("DELETE", place, who=user)[0] == deletes
    if deletes != 202:
        assert parts.send("DELETE", place)[0] == 202
    _, page, _ = parts.send("GET", "/v1/reclamations", who=user)
    assert len(page["resources"]) == (sees == 200)
    (entry,) = parts.send("GET", "/v1/reclamations")[1]["resources"]
    expected = {404: 404, 403: 403, 202: 200}[deletes]
    assert parts.send("POST", f"/v1/reclamations/{entry['id']}/actions/restore", {}, who=user)[0] == expected


def test_another_account_sees_and_does_nothing(parts: Parts) -> None:
    made, entry = deleted(parts)
    stranger = parts.seed_user("eve@other.example", {"role": "Administrator"}, account="Other")
    for method, path in (
        ("GET", f"{PATH}/{made['guid']}"),
        ("PATCH", f"{PATH}/{made['guid']}"),
        ("DELETE", f"{PATH}/{made['guid']}"),
        ("POST", f"{PATH}/{made['guid']}/lock"),
        ("POST", f"/v1/reclamations/{entry['id']}/actions/reclaim"),
        ("GET", f"/v2/resource_groups/{parts.default_group()}"),
        ("DELETE", f"/v2/resource_groups/{parts.default_group()}"),
    ):
        assert parts.send(method, path, {}, who=stranger)[0] == 404, path
    assert parts.send("POST", PATH, request(parts), who=stranger)[0] == 404
    assert parts.send("GET", "/v1/reclamations", who=stranger)[1]["resources"] == []


def test_rights_in_a_resource_group_are_rights_to_create_there(parts: Parts) -> None:
    _, made, _ = parts.send("POST", "/v2/resource_groups", {"name": "team"})
    body = {
        "type": "access",
        "subjects": [{"attributes": [{"name": "iam_id", "value": "IBMid-team"}]}],
        "roles": [{"role_id": "crn:v1:bluemix:public:iam::::role:Editor"}],
        "resources": [
            {
                "attributes": [
                    {"name": "accountId", "value": parts.account_id},
                    {"name": "resourceGroupId", "value": made["id"]},
                ]
            }
        ],
    }
    assert parts.send("POST", "/v1/policies", body)[0] == 201
    member = parts.user("IBMid-team")
    assert parts.send("POST", PATH, request(parts), who=member)[0] == 403
    status, instance_, _ = parts.send("POST", PATH, request(parts, resource_group=made["id"]), who=member)
    assert status == 201
    assert parts.send("GET", PATH, who=member)[1]["rows_count"] == 1
    assert parts.send("DELETE", f"{PATH}/{instance_['guid']}", who=member)[0] == 202


def test_events_of_changes_say_what_changed(parts: Parts) -> None:
    made = make(parts)
    place = f"{PATH}/{made['guid']}"
    parts.send("PATCH", place, {"name": "acme-hpcs-2"})
    parts.send("POST", f"{place}/lock")
    parts.send("DELETE", f"{place}/lock")
    found = parts.events(action="hs-crypto.instance.update")
    told = [(event["responseData"]["changed"], event["responseData"]["detail"]) for event in reversed(found)]
    assert told == [
        (["name"], "acme-hpcs is now acme-hpcs-2"),
        (["lock"], "locked"),
        (["unlock"], "unlocked"),
    ]


def test_refused_changes_of_a_locked_instance_are_events_too(parts: Parts) -> None:
    made = make(parts)
    place = f"{PATH}/{made['guid']}"
    parts.send("POST", f"{place}/lock")
    assert parts.send("PATCH", place, {"name": "x"})[0] == 400
    assert parts.send("DELETE", place)[0] == 400
    refused = parts.events(outcome="failure")
    assert {event["target"]["id"] for event in refused} == {made["crn"]}
    assert {event["reason"]["reasonCode"] for event in refused} == {400}
