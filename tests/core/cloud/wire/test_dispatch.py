"""The dispatcher on its own: routing, refusals and where they are written down, long polls, sizes."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from sqlalchemy import insert, select

from kyok.clock import ManualClock
from kyok.cloud.activity.events import Caller
from kyok.cloud.activity.service import Activity
from kyok.cloud.changes import ChangeSignal
from kyok.cloud.store import Store
from kyok.cloud.store.tables import activity, activity_log, setting
from kyok.cloud.wire.asgi import MAX_BODY, MAX_HEAD, application
from kyok.cloud.wire.dispatch import Dispatcher, _is_local
from kyok.cloud.wire.errors import NotEmulated
from kyok.cloud.wire.route import Call, Outcome, Request, Response, Route, RouteTable, Wait, Write
from kyok.errors import KyokError
from kyok.randomness import SeededRandomness

LOCAL = {"host": "127.0.0.1:8080"}


class NoToken(KyokError):
    summary = "No token."
    remedy = "Send one."


class Tokens:
    def caller(self, request: Request, correlation: str) -> Caller:
        if request.headers.get("authorization") != "Bearer good":
            raise NoToken()
        return Caller("IBMid-1", "acc", "anna@acme.example", "user", correlation=correlation)


def add(call: Call) -> Outcome:
    body = call.json()

    def work(tx: Any) -> Response:
        tx.execute(insert(setting), {"name": body["name"], "value": 1})
        tx.changed("settings", body["name"])
        if body["name"] == "refused":
            raise NotEmulated()
        return Response(201, {"name": body["name"]})

    return Write(work)


def broken(call: Call) -> Outcome:
    raise ZeroDivisionError


def broken_write(call: Call) -> Outcome:
    return Write(lambda tx: {}["missing"])


def poll(call: Call) -> Outcome:
    def ready(final: bool) -> Response | None:
        with call.cloud.store.read() as reader:
            found = [row.name for row in reader.all(select(setting))]
        return Response(200, found) if found or final else None

    return Wait(ready, float(call.query.get("wait", "5")))


ROUTES = [
    Route("GET", "/open", lambda call: Response(200, {"q": call.query}), "open", "emulator", public=True),
    Route("GET", "/things/{id}", lambda call: Response(200, dict(call.params)), "one", "iam"),
    Route("GET", "/things/special", lambda call: Response(200, "special"), "special", "iam"),
    Route("GET", "/things/{id}/parts/{part}", lambda call: Response(200, dict(call.params)), "part", "iam"),
    Route("POST", "/things", add, "add", "kms", activity="hs-crypto.secrets.create"),
    Route("GET", "/broken", broken, "broken", "rc"),
    Route("GET", "/broken-write", broken_write, "broken", "dbaas"),
    Route("GET", "/poll", poll, "poll", "emulator"),
]


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Any]:
    store = Store.in_folder(tmp_path / "cloud.sqlite", ManualClock())
    fake = SimpleNamespace(
        store=store,
        tokens=Tokens(),
        activity=Activity(SeededRandomness(1)),
        randomness=SeededRandomness(2),
        changes=ChangeSignal(),
    )
    store.writer.subscribe(lambda notes: fake.changes.announce())
    fake.dispatcher = Dispatcher(fake, RouteTable(ROUTES))
    yield fake
    store.close()


def ask(cloud: Any, method: str, path: str, *, token: str = "good", **more: Any) -> httpx.Response:
    async def run() -> httpx.Response:
        app = application(cloud.dispatcher, cloud.store.writer, cloud.changes)
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as client:
            headers = {"authorization": f"Bearer {token}", **more.pop("headers", {})}
            return await client.request(method, path, headers=headers, **more)

    return asyncio.run(run())


def events(cloud: Any) -> list[Any]:
    with cloud.store.read() as reader:
        return list(reader.all(select(activity_log).order_by(activity.c.seq)))


def test_a_fixed_segment_wins_over_a_parameter_and_values_are_decoded_after_splitting(cloud: Any) -> None:
    assert ask(cloud, "GET", "/things/special").json() == "special"
    assert ask(cloud, "GET", "/things/crn%3Av1%3Aa%2Fb%3A%3A").json() == {"id": "crn:v1:a/b::"}
    assert ask(cloud, "GET", "/things/special/parts/7").json() == {"id": "special", "part": "7"}


def test_an_empty_query_value_counts_as_not_given(cloud: Any) -> None:
    assert ask(cloud, "GET", "/open?a=1&b=&a=2", token="none").json() == {"q": {"a": "2"}}


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nowhere", 404), ("DELETE", "/things/1", 405), ("GET", "/things/", 405)]
)
def test_what_is_not_served_is_refused_and_written_down(cloud: Any, method: str, path: str, status: int) -> None:
    answer = ask(cloud, method, path)
    assert answer.status_code == status
    assert [(row.action, row.outcome) for row in events(cloud)] == [("kyok.request.refuse", "failure")]
    assert ("allow" in answer.headers) == (status == 405)


def test_a_call_without_a_token_is_refused_in_the_shape_of_its_api(cloud: Any) -> None:
    answer = ask(cloud, "GET", "/things/1", token="bad")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["message"] == "No token. Send one."
    assert events(cloud)[0].outcome == "failure"


@pytest.mark.parametrize("host", ["x" * 256, f"localhost:{'1' * 256}"])
def test_a_long_host_is_refused_and_not_remembered(cloud: Any, host: str) -> None:
    _is_local.cache_clear()
    assert ask(cloud, "GET", "/open", headers={"host": host}).status_code == 403
    assert _is_local.cache_info().currsize == 0


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "", "[::2]:80"])
def test_a_foreign_host_is_refused(cloud: Any, host: str) -> None:
    answer = ask(cloud, "GET", "/open", headers={"host": host})
    assert answer.status_code == 403
    assert answer.json()["code"] == "FOREIGN_HOST_ERR"


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1", "[::1]", "[::1]:99"])
def test_this_machine_is_let_in(cloud: Any, host: str) -> None:
    assert ask(cloud, "GET", "/open", headers={"host": host}).status_code == 200


def test_any_origin_is_refused_and_no_cors_header_is_sent(cloud: Any) -> None:
    answer = ask(cloud, "GET", "/open", headers={"origin": "http://127.0.0.1:8080"})
    assert answer.status_code == 403
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert len(events(cloud)) == 1


def test_a_body_over_one_mebibyte_gets_413_and_is_written_down(cloud: Any) -> None:
    async def stream() -> Any:
        for _ in range(11):
            yield b"x" * (MAX_BODY // 10)

    for content in (b"x" * (MAX_BODY + 1), stream()):
        answer = ask(cloud, "POST", "/things", content=content)
        assert answer.status_code == 413
        assert answer.headers["connection"] == "close"
    assert [row.action for row in events(cloud)] == ["hs-crypto.secrets.create"] * 2


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/open", {"bluemix-instance": "x" * MAX_HEAD}),
        (f"/open/{'x' * 65_000}", {"x": "x" * 1000}),
        (f"/open?q={'x' * 65_000}", {"x": "x" * 1000}),
    ],
    ids=["header", "path", "query"],
)
def test_a_head_over_64_kibibytes_is_refused_and_written_down_shortly(
    cloud: Any, path: str, headers: dict[str, str]
) -> None:
    assert ask(cloud, "GET", path, headers=headers).status_code == 431
    (event,) = events(cloud)
    assert len(str(event)) < 3000


BEGUN = {"type": "http.request", "body": b'{"name": "a"}', "more_body": True}


@pytest.mark.parametrize("parts", [[], [BEGUN], [BEGUN | {"body": b"x" * MAX_BODY}]], ids=["none", "a part", "much"])
def test_nothing_is_done_for_who_went_away_before_his_request_was_whole(cloud: Any, parts: list[Any]) -> None:
    sent: list[Any] = []
    incoming = iter([*parts, {"type": "http.disconnect"}])

    async def receive() -> Any:
        return next(incoming)

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"host", b"localhost"), (b"authorization", b"Bearer good"), (b"content-length", b"99")]
    scope = {"type": "http", "method": "POST", "path": "/things", "query_string": b"", "headers": headers}
    asyncio.run(application(cloud.dispatcher, cloud.store.writer, cloud.changes)(scope, receive, send))
    assert sent == []
    assert events(cloud) == []
    with cloud.store.read() as reader:
        assert reader.scalar(select(setting.c.name)) is None


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"\xff\xfe", b'{"name": NaN}'])
def test_a_body_that_is_not_a_json_object_is_refused(cloud: Any, body: bytes) -> None:
    answer = ask(cloud, "POST", "/things", content=body)
    assert answer.status_code == 400
    assert "(BAD_BODY_ERR)" in answer.json()["resources"][0]["errorMsg"]
    assert answer.headers["content-type"] == "application/vnd.ibm.kms.error+json"


def test_what_is_said_of_requests_and_answers_holds_no_secret() -> None:
    request = Request("POST", "/things", "code=S3CRET", {"authorization": "Bearer S3CRET"}, b"S3CRET")
    assert repr(request) == "Request(POST /things)"
    assert repr(Response(201, {"plaintext": "S3CRET"}, {"x": "S3CRET"})) == "Response(201)"


def test_a_mutation_answers_once_it_is_durable(cloud: Any) -> None:
    answer = ask(cloud, "POST", "/things", json={"name": "a"}, headers={"correlation-id": "abc"})
    assert answer.status_code == 201
    assert answer.headers["correlation-id"] == "abc"
    with cloud.store.read() as reader:
        assert reader.scalar(select(setting.c.name)) == "a"


def test_a_refusal_inside_a_mutation_takes_its_writes_back_and_is_written_in_the_same_commit(cloud: Any) -> None:
    answer = ask(cloud, "POST", "/things", json={"name": "refused"})
    assert answer.status_code == 501
    with cloud.store.read() as reader:
        assert reader.all(select(setting)) == []
    (event,) = events(cloud)
    assert (event.action, event.outcome) == ("hs-crypto.secrets.create", "failure")
    assert event.initiator == "anna@acme.example"
    assert event.document["reason"]["reasonCode"] == 501


@pytest.mark.parametrize(("path", "field"), [("/broken", "error_code"), ("/broken-write", "reason")])
def test_a_bug_answers_500_without_its_insides(
    cloud: Any, path: str, field: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = ask(cloud, "GET", path)
    assert answer.status_code == 500
    assert answer.json()[field] == "INTERNAL_ERR"
    assert "ZeroDivision" not in answer.text
    assert "missing" not in answer.text
    (event,) = events(cloud)
    assert (event.outcome, event.document["reason"]["reasonCode"]) == ("failure", 500)


def test_a_long_poll_answers_at_the_next_change_or_at_its_end(cloud: Any) -> None:
    assert ask(cloud, "GET", "/poll?wait=0.05").json() == []

    async def both() -> tuple[httpx.Response, httpx.Response]:
        app = application(cloud.dispatcher, cloud.store.writer, cloud.changes)
        headers = {"authorization": "Bearer good"}
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url="http://127.0.0.1", headers=headers
        ) as client:
            waiting = asyncio.create_task(client.get("/poll?wait=20"))
            await asyncio.sleep(0)
            made = await client.post("/things", json={"name": "b"})
            return await asyncio.wait_for(waiting, 10), made

    waited, made = asyncio.run(both())
    assert made.status_code == 201
    assert waited.json() == ["b"]


def test_in_process_calls_need_no_host_but_everything_else(cloud: Any) -> None:
    good = {"authorization": "Bearer good"}
    assert cloud.dispatcher.perform(Request("GET", "/things/1", headers=good)).body == {"id": "1"}
    assert cloud.dispatcher.perform(Request("POST", "/things", headers=good, body=b'{"name":"c"}')).status == 201
    assert cloud.dispatcher.perform(Request("GET", "/things/1")).status == 400


def test_two_routes_for_one_address_are_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="two routes"):
        RouteTable([ROUTES[0], ROUTES[0]])
