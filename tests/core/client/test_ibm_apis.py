"""The documented IBM APIs: what is sent, and what comes back."""

import base64
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from kyok.client import ApiError, CloudApi, DatabaseRequest, UnexpectedAnswer
from kyok.domain.authorizations import authorization
from kyok.domain.crn import Crn
from kyok.domain.databases import default_plan
from kyok.domain.key_states import KeyState
from kyok.domain.services import DBAAS_POSTGRESQL, service
from kyok.secrets import Secret
from tests.core.client.fake_cloud import Asked, FakeCloud
from tests.core.client.samples import (
    ACCOUNT,
    DATABASE,
    DATABASE_CRN,
    DESTROYED,
    HPCS,
    HPCS_CRN,
    INSTANCE,
    KEY,
    KEY_BODY,
    POLICY,
    RECLAMATION,
    envelope,
)

CRN = Crn.parse(HPCS_CRN)
KEYS = "/api/v2/keys"


def test_who_is_signed_in(api: CloudApi) -> None:
    assert api.iam.identity().email == "anna@acme.example"
    assert api.profile is api.session.profile


def test_authorizations_come_page_by_page(cloud: FakeCloud, api: CloudApi) -> None:
    def answer(asked: Asked) -> Any:
        if asked.query.get("start") == "two":
            return 200, {"policies": [{**POLICY, "id": "p3", "created_by_id": "crn-crn:v1:x"}]}
        if asked.query.get("start") == "one":
            return 200, {"policies": [{**POLICY, "id": "p2"}], "next": {"start": "two"}}
        return 200, {"policies": [POLICY], "next": {"href": "https://x/v1/policies?start=one&limit=1"}}

    cloud.answers["GET /v1/policies"] = answer
    found = api.iam.authorizations()
    assert [policy.id for policy in found] == ["p1", "p2", "p3"]
    assert cloud.asked[1].query == {"account_id": ACCOUNT, "type": "authorization", "limit": "100"}
    assert found[0].grant.target_instance == HPCS
    assert found[0].modified_at == datetime(2026, 9, 30, 10, tzinfo=UTC)
    assert (found[0].modified_by, found[0].type_word) == ("IBMid-2", "User-defined")
    assert found[2].type_word == "By service"
    cloud.answers["GET /v1/policies"] = 200, {"policies": [1]}
    with pytest.raises(UnexpectedAnswer):
        api.iam.authorizations()


def test_authorizing_sends_the_request_that_the_wizard_shows(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers["POST /v1/policies"] = 201, POLICY, {"ETag": "1-abc"}
    made = api.iam.create(authorization(ACCOUNT, DBAAS_POSTGRESQL, "hs-crypto", target_instance=HPCS))
    assert (made.id, made.etag) == ("p1", "1-abc")
    sent = cloud.last().json
    assert sent == {
        "type": "authorization",
        "subjects": POLICY["subjects"],
        "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader"}],
        "resources": POLICY["resources"],
    }


def test_one_authorization(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers["GET /v1/policies/p1"] = 200, POLICY, {"ETag": "2-x"}
    cloud.answers["DELETE /v1/policies/p1"] = 204, None
    assert api.iam.authorization("p1").etag == "2-x"
    api.iam.remove("p1")
    assert cloud.last().method == "DELETE"


def test_a_removed_authorization_comes_back_as_it_was(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers["GET /v1/policies/p1"] = 200, {**POLICY, "state": "deleted"}, {"ETag": "2-x"}
    cloud.answers["PATCH /v1/policies/p1"] = 200, POLICY, {"ETag": "3-x"}
    assert not api.iam.authorization("p1").grant.active
    assert api.iam.restore("p1").etag == "3-x"
    assert cloud.last().headers["if-match"] == "2-x"
    assert cloud.last().json == {"state": "active"}


def test_removed_authorizations_are_asked_for_by_their_state(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers["GET /v1/policies"] = 200, {"policies": [{**POLICY, "state": "deleted"}]}
    assert [policy.grant.active for policy in api.iam.authorizations(removed=True)] == [False]
    assert cloud.last().query["state"] == "deleted"


def test_an_authorization_is_changed_as_it_was_read(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers["GET /v1/policies/p1"] = 200, POLICY, {"ETag": "2-x"}
    cloud.answers["PUT /v1/policies/p1"] = 200, POLICY, {"ETag": "3-x"}
    known = api.iam.authorization("p1")
    assert api.iam.replace(known, replace(known.grant, description="why")).etag == "3-x"
    assert cloud.last().headers["if-match"] == "2-x"
    assert cloud.last().json["description"] == "why"
    cloud.answers["PUT /v1/policies/p1"] = 412, {"errors": [{"code": "policy_conflict_error", "message": "Changed."}]}
    with pytest.raises(ApiError) as stale:
        api.iam.replace(known, known.grant)
    assert stale.value.status == 412


def test_locking_tagging_and_groups(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers[f"POST /v2/resource_instances/{HPCS}/lock"] = 200, {**INSTANCE, "locked": True}
    cloud.answers[f"DELETE /v2/resource_instances/{HPCS}/lock"] = 200, INSTANCE
    assert api.resources.lock(HPCS, locked=True).locked
    assert not api.resources.lock(HPCS, locked=False).locked
    cloud.answers["POST /v3/tags/attach"] = 200, {"results": [{"resource_id": HPCS_CRN, "is_error": False}]}
    cloud.answers["POST /v3/tags/detach"] = cloud.answers["POST /v3/tags/attach"]
    api.resources.set_tags(HPCS_CRN, ["a", "b"], ["B", "c"])
    sent = [(asked.path, asked.json["tag_names"]) for asked in cloud.asked[-2:]]
    assert sent == [("/v3/tags/detach", ["a"]), ("/v3/tags/attach", ["c"])]
    cloud.answers["POST /v3/tags/attach"] = 200, {"results": [{"is_error": True, "message": "No."}]}
    with pytest.raises(ApiError, match="No"):
        api.resources.set_tags(HPCS_CRN, [], ["c"])
    cloud.answers["POST /v2/resource_groups"] = 201, {"id": "g2"}
    cloud.answers["PATCH /v2/resource_groups/g2"] = 200, {}
    cloud.answers["DELETE /v2/resource_groups/g2"] = 204, None
    assert api.resources.create_group("team") == "g2"
    assert cloud.last().json == {"name": "team", "account_id": ACCOUNT}
    api.resources.rename_group("g2", "crew")
    api.resources.delete_group("g2")
    assert cloud.last().method == "DELETE"


def test_roles_of_a_pair(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers["GET /v2/roles"] = (
        200,
        {
            "custom_roles": [],
            "service_roles": [{"display_name": "Reader", "crn": "c", "actions": ["hs-crypto.secrets.wrap"]}],
            "system_roles": [],
        },
    )
    assert api.iam.roles(DBAAS_POSTGRESQL, "hs-crypto")[0].actions == ("hs-crypto.secrets.wrap",)
    assert cloud.last().query["source_service_name"] == DBAAS_POSTGRESQL


def test_instances(cloud: FakeCloud, api: CloudApi) -> None:
    def answer(asked: Asked) -> Any:
        state = asked.query.get("state")
        if state == "failed":
            return 200, {"resources": [{**INSTANCE, "name": "broken", "state": "failed"}], "next_url": None}
        if state == "inactive":
            return 200, {"resources": [], "next_url": None}
        if asked.query.get("start"):
            return 200, {"resources": [{**INSTANCE, "name": "second"}], "next_url": None}
        return 200, {"resources": [INSTANCE], "next_url": "/v2/resource_instances?limit=1&start=abc"}

    cloud.answers["GET /v2/resource_instances"] = answer
    assert [found.name for found in api.resources.listed()] == ["acme-hpcs", "second", "broken"]
    first = api.resources.instances()[0]
    assert (first.service, first.service_display_name) == ("hs-crypto", "Hyper Protect Crypto Services")
    assert (first.plan_name, first.region, first.crn) == ("Standard", "us-south", CRN)
    assert not first.last_operation.in_progress
    assert not first.last_operation.failed


def test_one_instance_by_crn_or_guid(cloud: FakeCloud, api: CloudApi) -> None:
    other = {**INSTANCE, "resource_plan_id": "x", "last_operation": {"state": "in progress"}}
    cloud.answers[f"GET /v2/resource_instances/{HPCS}"] = 200, other
    found = api.resources.instance(HPCS)
    assert found.plan_name == "x"
    assert found.last_operation.in_progress
    encoded = HPCS_CRN.replace(":", "%3A").replace("/", "%2F")
    cloud.answers[f"DELETE /v2/resource_instances/{encoded}"] = 202, None
    api.resources.delete(HPCS_CRN, recursive=True)
    assert cloud.last().query == {"recursive": "true"}


def test_creating_and_renaming(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers["POST /v2/resource_instances"] = 201, INSTANCE
    cloud.answers[f"PATCH /v2/resource_instances/{HPCS}"] = 200, {**INSTANCE, "name": "new"}
    plan = service("hs-crypto")
    assert plan is not None
    api.resources.create(
        "acme-hpcs",
        plan_id=plan.plans[0].id,
        region="us-south",
        resource_group="g1",
        parameters={"units": 2},
        tags=["env:dev"],
    )
    assert cloud.last().json == {
        "name": "acme-hpcs",
        "target": "us-south",
        "resource_group": "g1",
        "resource_plan_id": plan.plans[0].id,
        "tags": ["env:dev"],
        "parameters": {"units": 2},
    }
    assert api.resources.rename(HPCS, "new").name == "new"


def test_groups_and_reclamations(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers["GET /v2/resource_groups"] = (
        200,
        {"resources": [{"id": "g2", "name": "a"}, {"id": "g1", "name": "Default", "default": True}]},
    )
    cloud.answers["GET /v1/reclamations"] = 200, {"resources": [RECLAMATION]}
    cloud.answers["POST /v1/reclamations/r1/actions/restore"] = 200, {**RECLAMATION, "state": "RESTORING"}
    cloud.answers["POST /v1/reclamations/r1/actions/reclaim"] = 200, {**RECLAMATION, "state": "RECLAIMING"}
    assert [group.id for group in api.resources.groups()] == ["g1", "g2"]
    waiting = api.resources.reclamations(DATABASE)[0]
    assert (waiting.instance_guid, waiting.state) == (DATABASE, "SCHEDULED")
    assert api.resources.restore("r1").state == "RESTORING"
    assert cloud.last().json == {}
    assert api.resources.reclaim("r1", "bye").state == "RECLAIMING"
    assert cloud.last().json == {"comment": "bye"}


def test_a_brief_page_leaves_out_what_a_long_list_does_not_show(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers[f"GET {KEYS}"] = 200, envelope(KEY_BODY)
    whole, brief = api.keys.page(CRN).keys[0], api.keys.page(CRN, brief=True).keys[0]
    assert whole.crn and whole.version is not None
    assert replace(whole, crn="", version=None) == brief


def test_a_page_of_keys(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers[f"GET {KEYS}"] = 200, envelope(KEY_BODY, DESTROYED)
    page = api.keys.page(
        CRN,
        offset=2,
        limit=2,
        states=(KeyState.ACTIVE, KeyState.DESTROYED),
        search="ledger",
        sort="-creationDate",
        standard=False,
    )
    sent = cloud.last()
    assert sent.headers["bluemix-instance"] == HPCS
    assert sent.query == {
        "offset": "2",
        "limit": "2",
        "state": "1,5",
        "search": "ledger",
        "sort": "-creationDate",
        "extractable": "false",
    }
    key, gone = page.keys
    assert (page.offset, page.more) == (2, True)
    assert (key.root, key.usable, key.type_word, key.origin_word) == (True, True, "Root key", "Imported")
    assert (key.ring, key.aliases, key.bits) == ("ledger", ("core-ledger",), 256)
    assert key.version is not None
    assert key.version.id == "v3"
    assert gone.state is KeyState.DESTROYED
    assert gone.restore_until == datetime(2026, 12, 23, 16, 58, tzinfo=UTC)
    assert gone.restore_allowed
    assert not gone.usable


def test_all_keys_and_the_picker(cloud: FakeCloud, api: CloudApi) -> None:
    many = [{**KEY_BODY, "id": str(number), "name": f"Key {9999 - number}"} for number in range(5000)]

    def answer(asked: Asked) -> Any:
        return 200, envelope(*(many if "offset" not in asked.query else many[:3]))

    cloud.answers[f"GET {KEYS}"] = answer
    assert len(api.keys.every(CRN)) == 5003
    assert cloud.last().query == {"offset": "5000", "limit": "5000"}
    assert len(api.keys.every(CRN, at_most=10)) == 5000
    cloud.answers[f"GET {KEYS}"] = 200, envelope({**KEY_BODY, "name": "b"}, {**KEY_BODY, "name": "A"})
    assert [key.name for key in api.keys.usable_root_keys(CRN)] == ["A", "b"]
    assert cloud.last().query["state"] == "1"


def test_creating_a_root_key(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers[f"POST {KEYS}"] = 201, envelope(KEY_BODY)
    made = api.keys.create(
        CRN,
        "ledger-root",
        description="the ledger",
        aliases=["core-ledger"],
        expires_at=datetime(2031, 4, 5, tzinfo=UTC),
        ring="ledger",
    )
    assert made.id == KEY
    sent = cloud.last()
    assert sent.headers["x-kms-key-ring"] == "ledger"
    assert sent.headers["prefer"] == "return=representation"
    assert sent.json["metadata"]["collectionTotal"] == 1
    assert sent.json["resources"] == [
        {
            "type": "application/vnd.ibm.kms.key+json",
            "name": "ledger-root",
            "extractable": False,
            "description": "the ledger",
            "aliases": ["core-ledger"],
            "expirationDate": "2031-04-05T00:00:00Z",
        }
    ]


def test_importing_a_root_key(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers[f"POST {KEYS}"] = 201, envelope(KEY_BODY)
    material = Secret(bytes(range(32)))
    api.keys.create(CRN, "ledger-root", material=material)
    assert base64.b64decode(cloud.last().json["resources"][0]["payload"]) == bytes(range(32))


def test_the_material_of_a_standard_key_is_never_asked_for(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers[f"POST {KEYS}"] = 201, envelope({**KEY_BODY, "extractable": True})
    cloud.answers[f"GET {KEYS}/{KEY}/metadata"] = 200, envelope({**KEY_BODY, "extractable": True})
    made = api.keys.create(CRN, "a secret", standard=True)
    assert "prefer" not in cloud.asked[1].headers
    assert cloud.last().path.endswith("/metadata")
    assert (made.type_word, made.usable) == ("Standard key", False)


def test_life_of_a_key(cloud: FakeCloud, api: CloudApi) -> None:
    for action in ("rotate", "disable", "enable"):
        cloud.answers[f"POST {KEYS}/{KEY}/actions/{action}"] = 204, None
    cloud.answers[f"DELETE {KEYS}/{KEY}"] = 204, None
    cloud.answers[f"DELETE {KEYS}/{KEY}/purge"] = 204, None
    cloud.answers[f"POST {KEYS}/{KEY}/restore"] = 201, envelope(KEY_BODY)
    api.keys.rotate(CRN, KEY)
    assert cloud.last().json == {}
    api.keys.rotate(CRN, KEY, Secret(b"x" * 16))
    assert base64.b64decode(cloud.last().json["payload"]) == b"x" * 16
    api.keys.disable(CRN, KEY)
    api.keys.enable(CRN, KEY)
    api.keys.delete(CRN, KEY)
    assert cloud.last().query == {}
    api.keys.delete(CRN, KEY, force=True)
    assert cloud.last().query == {"force": "true"}
    assert api.keys.restore(CRN, KEY).state is KeyState.ACTIVE
    api.keys.purge(CRN, KEY)
    assert cloud.last().path == f"{KEYS}/{KEY}/purge"


def test_versions_and_registrations(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers[f"GET {KEYS}/{KEY}/versions"] = 200, envelope({"id": "v2"}, {"id": "v1"})
    registration = {
        "keyId": KEY,
        "keyName": "ledger-root",
        "resourceCrn": DATABASE_CRN,
        "preventKeyDeletion": False,
        "creationDate": "2026-09-12T10:00:00Z",
    }
    cloud.answers[f"GET {KEYS}/{KEY}/registrations"] = 200, envelope(registration)
    cloud.answers[f"GET {KEYS}/registrations"] = 200, envelope(registration, registration)
    assert [version.id for version in api.keys.versions(CRN, KEY)] == ["v2", "v1"]
    assert cloud.last().query["allKeyStates"] == "true"
    assert api.keys.registrations(CRN, KEY)[0].resource.instance == DATABASE
    assert len(api.keys.registrations(CRN)) == 2


def test_wrapping_something_of_ones_own(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers[f"POST {KEYS}/{KEY}/actions/wrap"] = 200, {"ciphertext": "c", "keyVersion": {"id": "v3"}}
    cloud.answers[f"POST {KEYS}/{KEY}/actions/rewrap"] = (
        200,
        {"ciphertext": "d", "keyVersion": {"id": "v2"}, "rewrappedKeyVersion": {"id": "v3"}},
    )
    assert api.keys.wrap(CRN, KEY, Secret(b"data")).ciphertext == "c"
    assert cloud.last().json == {"plaintext": "ZGF0YQ=="}
    assert api.keys.rewrap(CRN, KEY, "c").version is not None
    assert cloud.last().json == {"ciphertext": "c"}
    assert api.keys.wrap(CRN, KEY, Secret(b"data"), aad=["a"]).ciphertext == "c"
    assert cloud.last().json == {"plaintext": "ZGF0YQ==", "aad": ["a"]}
    rewrapped = api.keys.rewrap(CRN, KEY, "c", aad=["a"])
    assert rewrapped.new_version is not None
    assert rewrapped.new_version.id == "v3"


def test_an_empty_answer_is_no_key(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers[f"GET {KEYS}/{KEY}/metadata"] = 200, envelope()
    with pytest.raises(UnexpectedAnswer):
        api.keys.key(CRN, KEY)


def test_aliases_are_encoded_into_the_path(cloud: FakeCloud, api: CloudApi) -> None:
    with pytest.raises(ApiError):
        api.keys.key(CRN, "a/b?c")
    assert cloud.last().path == f"{KEYS}/a%2Fb%3Fc/metadata"


def request(**more: Any) -> DatabaseRequest:
    values: dict[str, Any] = {
        "name": "ledger-db",
        "region": "us-south",
        "resource_group": "g1",
        "plan": default_plan(),
        "cluster_name": "cluster01",
        "admin_name": "admin",
        "password": Secret(b"passWORD4User19"),
    }
    return DatabaseRequest(**{**values, **more})


def test_creating_a_database(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers["POST /v2/resource_instances"] = 202, {**INSTANCE, "crn": DATABASE_CRN, "state": "provisioning"}
    api.databases.create(request(kms_instance=HPCS_CRN, kms_key=KEY, ram=4, disk=24, cpu=2))
    assert cloud.last().json == {
        "name": "ledger-db",
        "target": "us-south",
        "resource_group": "g1",
        "resource_plan_id": default_plan().id,
        "parameters": {
            "name": "cluster01",
            "admin_name": "admin",
            "password": "passWORD4User19",
            "confirm_password": "passWORD4User19",
            "db_version": "10",
            "service-endpoints": "public",
            "memory": "4GiB",
            "storage": "24GiB",
            "cpu": 2,
            "kms_instance": HPCS_CRN,
            "kms_key": KEY,
        },
    }
    assert "passWORD" not in repr(request())


def test_a_free_database_with_the_default_key(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers["POST /v2/resource_instances"] = 202, INSTANCE
    postgresql = service(DBAAS_POSTGRESQL)
    assert postgresql is not None
    api.databases.create(request(plan=postgresql.plans[1]))
    assert set(cloud.last().json["parameters"]) == {
        "name",
        "admin_name",
        "password",
        "confirm_password",
        "db_version",
        "service-endpoints",
    }


def test_the_documented_database_api(cloud: FakeCloud, api: CloudApi) -> None:
    base = f"/api/v3/{ACCOUNT}/clusters/{DATABASE}"
    cloud.answers[f"GET {base}"] = (
        200,
        {
            "id": DATABASE,
            "state": "PROVISIONED",
            "resource": {"cpu": 1, "memory": "2gib", "storage": "5gib", "storage_used": "0.19gib"},
            "external_key": {"kms_instance": HPCS_CRN, "kms_key": KEY},
            "nodes": [{"id": "n1", "replica_state": "PRIMARY", "node_state": "RUNNING", "stopped_reason": ""}],
        },
    )
    cloud.answers[f"GET {base}/tasks"] = 200, {"tasks": [{"id": "t1", "state": "running"}]}
    cloud.answers[f"GET {base}/tasks/t1"] = 200, {"id": "t1", "state": "FAILED", "nodes": [], "spec": {}}
    cloud.answers[f"GET {base}/backups"] = 200, {"backups": [{"id": "b1", "type": "scheduled"}]}
    cluster = api.databases.cluster(DATABASE)
    assert cluster.resource is not None
    assert cluster.external_key is not None
    assert (cluster.resource.memory, cluster.external_key.kms_key) == ("2gib", KEY)
    assert cluster.nodes[0].replica_state.word == "Primary"
    assert api.databases.tasks(DATABASE)[0].running
    assert api.databases.task(DATABASE, "t1").failed
    assert api.databases.cluster_backups(DATABASE)[0].id == "b1"


def test_users_databases_and_logs_of_a_cluster(cloud: FakeCloud, api: CloudApi) -> None:
    base = f"/api/v3/{ACCOUNT}"
    cluster = f"{base}/clusters/{DATABASE}"
    cloud.answers[f"GET {cluster}/users"] = 200, {"users": [{"name": "admin", "role_attributes": ["Create DB"]}]}
    cloud.answers[f"GET {cluster}/users/a%2Fb"] = (
        200,
        {"name": "a/b", "role_attributes": [], "db_access": [{"db": "admin", "privileges": ["CONNECT"]}]},
    )
    cloud.answers[f"GET {cluster}/databases"] = (
        200,
        {"total_size": 9, "databases": [{"name": "admin", "size_on_disk": 9}]},
    )
    file = {"filename": "audit.log", "size": 7, "last_modified": "2031-04-05 06:07:08"}
    cloud.answers[f"GET {base}/nodes/n1/logs"] = 200, {"logs": [file]}
    cloud.answers[f"GET {base}/nodes/n1/logs/audit.log"] = 200, b"a line\n"
    assert api.databases.users(DATABASE)[0].role_attributes == ("Create DB",)
    assert api.databases.user(DATABASE, "a/b").db_access[0].privileges == ("CONNECT",)
    assert api.databases.databases_of(DATABASE)[0].size_on_disk == 9
    (log,) = api.databases.logs("n1")
    assert (log.filename, log.size, log.last_modified) == ("audit.log", 7, datetime(2031, 4, 5, 6, 7, 8, tzinfo=UTC))
    assert api.databases.log("n1", "audit.log") == b"a line\n"
    assert cloud.last().headers["accept"] == "application/x-download"


def test_configuration_and_sizes_are_changed_by_tasks(cloud: FakeCloud, api: CloudApi) -> None:
    cluster = f"/api/v3/{ACCOUNT}/clusters/{DATABASE}"
    item = {"default": 1000, "min": 100, "max": 2000, "value": 1001, "requires_restart": False, "type": "integer"}
    cloud.answers[f"GET {cluster}/configuration"] = 200, {"configuration": {"deadlock_timeout": item}}
    cloud.answers[f"PATCH {cluster}/configuration"] = 202, {"task_id": "t1"}
    cloud.answers[f"PATCH {cluster}/resource"] = 202, {"task_id": "t2"}
    node = {"id": "n1", "state": "PENDING", "reason": ""}
    cloud.answers[f"GET {cluster}/tasks/t2"] = (
        200,
        {"id": "t2", "state": "RUNNING", "nodes": [node], "spec": {"cpu": 2}},
    )
    (found,) = api.databases.configuration(DATABASE)
    assert (found.name, found.value, found.min, found.requires_restart) == ("deadlock_timeout", 1001, 100, False)
    assert api.databases.change_configuration(DATABASE, {"deadlock_timeout": 1002}) == "t1"
    assert cloud.last().json == {"configuration": {"deadlock_timeout": 1002}}
    assert api.databases.scale(DATABASE, ram=2, disk=5, cpu=2) == "t2"
    assert cloud.last().json == {"resource": {"cpu": 2, "memory": "2GiB", "storage": "5GiB"}}
    task = api.databases.task(DATABASE, "t2")
    assert task.running
    assert (task.nodes[0].state, task.spec) == ("PENDING", {"cpu": 2})
