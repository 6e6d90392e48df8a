"""The faults `latency` and `errors`: what a client and the nodes' agents meet while they are on."""

import asyncio
import time
from typing import Any

import httpx
import pytest

from kyok.cloud.wire import in_process
from tests.core.cloud.scenarios.house import House

FAULTS = "/emulator/v1/faults"


@pytest.fixture
def made(house: House) -> dict[str, str]:
    return house.load(
        {
            "key_services": [
                {"name": "hpcs", "keys": [{"name": "root"}]},
                {"name": "other", "keys": [{"name": "root"}]},
            ],
            "authorizations": [{"target_instance": "hpcs"}],
            "databases": [{"name": "db", "key": "hpcs/root"}],
        }
    )


def start(house: House, kind: str, **target: Any) -> str:
    status, body = house.send("POST", FAULTS, {"kind": kind, "target": target})
    assert status == 201, body
    return str(body["id"])


def test_every_request_fails_at_a_hundred_percent_and_none_elsewhere(house: House, made: dict[str, str]) -> None:
    fault = start(house, "errors", instance=made["hpcs"], percent=100)
    status, body = house.send("GET", "/api/v2/keys", None, made["hpcs"])
    assert status >= 500
    assert "failed on this request" in str(body)
    assert house.send("GET", "/api/v2/keys", None, made["other"])[0] == 200
    house.cloud.reconciler.tick()
    assert {key for _, key in house.nodes(made["db"])} == {"not-connected"}
    assert house.send("DELETE", f"{FAULTS}/{fault}")[0] == 204
    house.cloud.reconciler.tick()
    assert house.nodes(made["db"]) == [("RUNNING", "connected")] * 3


def test_some_requests_fail_at_some_percent_of_all_services(house: House, made: dict[str, str]) -> None:
    start(house, "errors", percent=50)
    statuses = [house.send("GET", "/api/v2/keys", None, made["other"])[0] for _ in range(60)]
    assert 5 < statuses.count(200) < 55


def test_a_late_key_service_is_late_for_clients_and_agents(house: House, made: dict[str, str]) -> None:
    fault = start(house, "latency", instance=made["hpcs"], milliseconds=150)
    assert asked_over_http(house, made["hpcs"]) >= 0.15
    assert is_prompt(house, made["other"])
    house.cloud.reconciler.tick()
    nodes = house.get(f"/emulator/v1/databases/{made['db']}")["nodes"]
    assert all(node["latency_ms"] >= 150 and node["key_status"] == "connected" for node in nodes)
    house.send("DELETE", f"{FAULTS}/{fault}")
    assert is_prompt(house, made["hpcs"])


def test_an_agent_gives_up_on_what_takes_too_long(
    house: House, made: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_process, "PATIENCE", 0.05)
    start(house, "latency", milliseconds=30_000)
    house.cloud.reconciler.tick()
    assert {key for _, key in house.nodes(made["db"])} == {"not-connected"}


def is_prompt(house: House, instance: str) -> bool:
    """One prompt answer is enough: what is late is late each time, and a busy machine holds up some."""
    return any(asked_over_http(house, instance) < 0.15 for _ in range(20))


def asked_over_http(house: House, instance: str) -> float:
    async def run() -> float:
        transport = httpx.ASGITransport(app=house.cloud.application())
        headers = {**house.headers(), "bluemix-instance": instance}
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=headers) as client:
            begun = time.perf_counter()
            answer = await client.get("/api/v2/keys")
            assert answer.status_code == 200
            return time.perf_counter() - begun

    return asyncio.run(run())
