"""What a hostile or careless client sends: refused in words, written down, never a bug and never half of it done."""

import http.client
import json
from typing import Any
from urllib.parse import quote

import pytest

from kyok.cloud.wire.table import route_table
from kyok.domain.services import DBAAS_POSTGRESQL, service
from tests.e2e.walk import PASSWORD, Ledger, Walk
from tests.served import Rest, ServedProcess

MIB = 1024 * 1024
EVE = "key-eve-0123456789abcdef"
DEEP = b'{"a":' * 20_000 + b"1" + b"}" * 20_000
NO_JSON = {"/identity/token", "/oidc/token"} | {
    f"/api/v2/keys/{{id}}/actions/{verb}" for verb in ("disable", "enable", "sync")
}
"""Forms, and what takes no body by IBM's documentation and looks at none."""


@pytest.fixture(scope="module")
def rest(served: ServedProcess) -> Rest:
    return served.rest()


@pytest.fixture(scope="module")
def facts(served: ServedProcess, rest: Rest) -> dict[str, Any]:
    """An initialised HPCS instance with one root key, and a second account with an administrator of its own."""
    ledger = Ledger()
    walk = Walk(rest, served.account_id, ledger)
    for step in (walk.hpcs, walk.initialise, walk.key):
        step()
    roles = [{"role": "Administrator"}, {"role": "Manager"}]
    users = [{"email": "eve@other.example", "api_key": EVE, "roles": roles}]
    rest.json("PUT", "/emulator/v1/identities", {"accounts": [{"name": "Other Bank", "users": users}]})
    return ledger.facts


@pytest.fixture(scope="module")
def eve(served: ServedProcess, facts: dict[str, Any]) -> Rest:
    return Rest(served.url, EVE)


def plain(rest: Rest, method: str, path: str, body: bytes = b"", *headers: tuple[str, str]) -> tuple[int, Any]:
    """A request byte by byte: headers may repeat."""
    connection = http.client.HTTPConnection(rest.url.removeprefix("http://"), timeout=30)
    connection.putrequest(method, path, skip_host=any(name == "Host" for name, _ in headers))
    for name, value in (*headers, ("Content-Length", str(len(body)))):
        connection.putheader(name, value)
    connection.endheaders(body)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, json.loads(content) if content else None


def signed(rest: Rest) -> tuple[str, str]:
    return ("Authorization", f"Bearer {rest.token}")


def newest(rest: Rest, action: str) -> dict[str, Any]:
    found: dict[str, Any] = rest.json("GET", f"/emulator/v1/activity?limit=1&action={action}")["events"][0]
    return found


@pytest.mark.parametrize("body", [b"{nope", b"[]", b'"x"', b"\0\0", b'{"a":"\xff"}', b'{"a":NaN}', DEEP], ids=range(7))
def test_a_body_that_is_no_json_object_is_refused_by_every_route(
    rest: Rest, facts: dict[str, Any], body: bytes
) -> None:
    instance = ("Bluemix-Instance", facts["hpcs"])
    wrong = {}
    for route in route_table().routes:
        if route.method not in ("POST", "PUT", "PATCH") or route.path in NO_JSON:
            continue
        path = route.path.replace("{guid}", facts["hpcs"]).replace("{name}", "empty-account")
        path = path.replace("{id}", facts["key"] if "/keys/" in path else "x").replace("{crn}", "crn%3Av1")
        path = "".join(part if not part.startswith("{") else "x" for part in path.replace("}", "}\n").split("\n"))
        status, _ = plain(rest, route.method, path, body, signed(rest), instance)
        if status < 400 or status == 500:
            wrong[route.method, route.path] = status
    assert wrong == {}
    assert rest.json("GET", f"/tke/v1/instances/{facts['hpcs']}/crypto_units")["initialised"]


@pytest.mark.parametrize(
    "path", ["/emulator/v1/reset", "/emulator/v1/leases/a", "/emulator/v1/scenarios/empty-account"]
)
def test_what_takes_no_members_takes_none(rest: Rest, facts: dict[str, Any], path: str) -> None:
    answer = rest.send("PUT" if "leases" in path else "POST", path, {"planted": 1})
    assert (answer.status_code, answer.json()["code"]) == (400, "UNKNOWN_FIELD")
    assert rest.json("GET", f"/v2/resource_instances/{facts['hpcs']}")["state"] == "active"


@pytest.mark.parametrize("size", [MIB + 1, 10 * MIB])
def test_a_large_body_is_refused_before_anything_else(rest: Rest, facts: dict[str, Any], size: int) -> None:
    status, body = plain(rest, "POST", "/api/v2/keys", b"x" * size, signed(rest))
    assert status == 413
    assert "BODY_TOO_LARGE_ERR" in str(body)
    assert newest(rest, "hs-crypto.secrets.create")["reason"]["reasonCode"] == 413


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80", "0.0.0.0"])
def test_a_foreign_host_is_refused(rest: Rest, host: str) -> None:
    status, body = plain(rest, "GET", "/identity/keys", b"", ("Host", host))
    assert (status, body["errorCode"]) == (403, "FOREIGN_HOST_ERR")


@pytest.mark.parametrize("hosts", [("evil.example", "127.0.0.1"), ("127.0.0.1", "evil.example")])
def test_of_two_hosts_none_may_be_foreign(rest: Rest, hosts: tuple[str, str]) -> None:
    status, body = plain(rest, "GET", "/identity/keys", b"", *(("Host", host) for host in hosts))
    assert (status, body["errorCode"]) == (403, "FOREIGN_HOST_ERR")


@pytest.mark.parametrize("origin", ["null", "https://evil.example", "http://127.0.0.1"])
def test_web_pages_are_refused_even_with_a_token(rest: Rest, origin: str) -> None:
    status, body = plain(rest, "GET", "/emulator/v1/about", b"", signed(rest), ("Origin", origin))
    assert (status, body["code"]) == (403, "FOREIGN_ORIGIN_ERR")
    assert newest(rest, "kyok.cloud.read")["outcome"] == "failure"


def test_two_tokens_are_no_token(rest: Rest, eve: Rest) -> None:
    assert plain(rest, "GET", "/emulator/v1/about", b"", signed(rest), signed(eve))[0] == 401


def test_another_accounts_administrator_learns_nothing_of_a_key(rest: Rest, facts: dict[str, Any], eve: Rest) -> None:
    known = f"/emulator/v1/usage/{facts['hpcs']}/keys/{facts['key']}"
    assert rest.json("GET", known)["key_id"] == facts["key"]
    foreign, unknown = eve.send("GET", known), eve.send("GET", "/emulator/v1/usage/nothing/keys/x")
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.json() == unknown.json()
    assert foreign.json()["code"] == "INSTANCE_NOT_FOUND"


def test_another_accounts_administrator_changes_nothing(
    rest: Rest, served: ServedProcess, facts: dict[str, Any], eve: Rest
) -> None:
    hpcs, key = facts["hpcs"], facts["key"]
    attempts = [
        ("POST", "/emulator/v1/reset", {}),
        ("POST", "/emulator/v1/scenarios/empty-account", {}),
        ("PUT", "/emulator/v1/clock", {"advance_seconds": 1}),
        ("PUT", "/emulator/v1/settings", {"deletion_rule": "keep"}),
        ("POST", "/emulator/v1/faults", {"kind": "hsm-cut", "target": {"instance": hpcs}}),
        ("PUT", "/emulator/v1/identities", {"accounts": []}),
        ("POST", f"/tke/v1/instances/{hpcs}/auto-init", {}),
        ("DELETE", f"/v2/resource_instances/{hpcs}", None),
        ("DELETE", f"/api/v2/keys/{key}?force=true", None),
        ("POST", f"/api/v2/keys/{key}/actions/wrap", {}),
        ("GET", f"/v2/accounts/{served.account_id}/users", None),
    ]
    for method, path, body in attempts:
        answer = eve.send(method, path, body, Bluemix_Instance=hpcs)
        assert answer.status_code in (401, 403, 404), (method, path, answer.text)
    seen = eve.json("GET", "/emulator/v1/identities")["accounts"]
    assert served.account_id not in [account["id"] for account in seen], "she sees her own account, and no other"
    assert rest.json("GET", f"/api/v2/keys/{key}/metadata", Bluemix_Instance=hpcs)["resources"][0]["state"] == 1
    assert rest.json("GET", "/emulator/v1/faults")["faults"] == []


@pytest.mark.parametrize(
    "change",
    [
        {"kms_instance": {"a": 1}},
        {"kms_instance": [[]]},
        {"kms_key": 2**63},
        {"kms_key": ["x"]},
        {"service-endpoints": ["public"]},
        {"service_endpoints": {}},
        {"name": True},
        {"password": [PASSWORD], "confirm_password": [PASSWORD]},
    ],
    ids=str,
)
def test_parameters_of_a_wrong_kind_are_named(
    rest: Rest, served: ServedProcess, facts: dict[str, Any], change: dict[str, Any]
) -> None:
    found = service(DBAAS_POSTGRESQL)
    assert found is not None
    group = rest.json("GET", f"/v2/resource_groups?account_id={served.account_id}")["resources"][0]["id"]
    good = {"name": "cluster01", "admin_name": "admin", "password": PASSWORD}
    keys = {"kms_instance": facts["hpcs_crn"], "kms_key": facts["key"]}
    body = {
        "name": "odd-db",
        "target": "us-south",
        "resource_group": group,
        "resource_plan_id": found.plans[0].id,
        "parameters": {**good, **keys, **change},
    }
    answer = rest.send("POST", "/v2/resource_instances", body)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "BAD_VALUE")
    assert f"The parameter {next(iter(change))} is a text." in answer.json()["message"]
    assert not any(made["name"] == "odd-db" for made in rest.json("GET", "/v2/resource_instances")["resources"])


def test_a_refusal_takes_little_room_whatever_was_sent(rest: Rest, facts: dict[str, Any]) -> None:
    long = "b" * 40_000
    sent = [
        ("GET", f"/nothing/{long}", ()),
        ("GET", f"/api/v2/keys/{long}", (("Bluemix-Instance", facts["hpcs"]),)),
        ("GET", "/api/v2/keys", (("Bluemix-Instance", long),)),
        ("GET", "/nothing", (("User-Agent", long),)),
        ("GET", "/nothing", (("Correlation-Id", long),)),
    ]
    for method, path, headers in sent:
        before = rest.json("GET", "/emulator/v1/activity?limit=1")["total"]
        assert plain(rest, method, path, b"", signed(rest), *headers)[0] >= 400
        page = rest.json("GET", "/emulator/v1/activity?limit=1")
        assert page["total"] == before + 1
        assert len(json.dumps(page["events"][0])) < 3_000, path[:40]


@pytest.mark.parametrize("ident", ["..", "../provider", "provider", "\0", "a/b", "%", "é"])
def test_ids_lead_nowhere_else(rest: Rest, ident: str) -> None:
    coded = quote(ident, safe="")
    for path in (
        f"/tke/v1/instances/{coded}/crypto_units",
        f"/emulator/v1/databases/{coded}",
        f"/v2/resource_instances/{coded}",
        f"/emulator/v1/usage/{coded}/keys/x",
        f"/crypto_v2/instances/{coded}",
    ):
        assert rest.send("GET", path).status_code in (401, 403, 404), path
    assert rest.send("GET", "/api/v2/keys", Bluemix_Instance="provider").status_code == 401


def test_every_refusal_of_the_private_api_says_what_to_do(rest: Rest, facts: dict[str, Any]) -> None:
    for method, path, body in (
        ("GET", "/tke/v1/instances/nothing/crypto_units", None),
        ("GET", "/emulator/v1/databases/nothing", None),
        ("POST", "/emulator/v1/faults", {"kind": "node-kill", "target": {}}),
        ("PUT", "/emulator/v1/clock", {"advance_seconds": -1}),
        ("GET", "/emulator/v1/changes?wait=1e9", None),
        ("PUT", f"/emulator/v1/leases/{'a' * 65}", {}),
    ):
        answer = rest.send(method, path, body).json()
        assert answer["summary"], path
        assert answer["remedy"], path
