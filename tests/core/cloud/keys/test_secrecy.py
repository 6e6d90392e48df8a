"""No plaintext reaches a file, and the sealed cache never outlives a change."""

import asyncio
import base64
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from kyok.cloud.keys.making import NewKey
from kyok.cloud.keys.minting import Given
from kyok.cloud.keys.using import UnwrapAnswer, WrapAnswer
from kyok.cloud.store.bulk import BulkInsert
from kyok.cloud.wire.route import Request, Write
from kyok.errors import KyokError
from kyok.secrets import Secret
from tests.core.cloud.keys.stage import Keys, Stage

roots = st.sampled_from([16, 24, 32]).flatmap(lambda size: st.binary(min_size=size, max_size=size))


def forms(value: bytes) -> list[bytes]:
    return [value, value.hex().encode(), value.hex().upper().encode(), base64.b64encode(value).rstrip(b"=")[:-1]]


def found_in(folder: Path, value: bytes) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files for form in forms(value) if form in path.read_bytes()]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(material=roots, payload=st.binary(min_size=16, max_size=64), plaintext=st.binary(min_size=16, max_size=64))
def test_no_file_of_the_home_holds_a_plaintext(keys: Keys, material: bytes, payload: bytes, plaintext: bytes) -> None:
    # Bytes that repeat may stand in any file by chance; these cannot.
    marked = [
        bytes(byte ^ (17 * index + 91) % 256 for index, byte in enumerate(value))
        for value in (material, payload, plaintext)
    ]
    root, inner, data = marked
    key = keys.create(payload=base64.b64encode(root).decode())
    other = keys.create(standard=True, payload=base64.b64encode(inner).decode())
    body = {"plaintext": base64.b64encode(data).decode()}
    ciphertext = keys.act(key, "wrap", body).body["ciphertext"]
    assert keys.act(key, "unwrap", {"ciphertext": ciphertext}).body == {**body, "keyVersion": _version(keys, key)}
    keys.act(key, "rotate", {"payload": base64.b64encode(root).decode()})
    keys.act(key, "rewrap", {"ciphertext": ciphertext})
    keys.send("GET", f"keys/{other}")
    made = base64.b64decode(keys.act(key, "wrap").body["plaintext"])
    for value in (root, inner, data, made):
        assert found_in(keys.stage.home.root, value) == []


def _version(keys: Keys, key: str) -> dict[str, str]:
    return {"id": keys.send("GET", f"keys/{key}/versions").one["id"]}


def test_answers_and_requests_do_not_print_what_they_hold() -> None:
    secret = Secret(b"very secret")
    new = NewKey("name", given=Given("cGF5"))
    shown = repr(WrapAnswer("c", "v", secret)) + repr(UnwrapAnswer(secret, "v")) + repr(new)
    assert "very" not in shown
    assert "cGF5" not in shown


def together(stage: Stage, *requests: Request) -> list[Any]:
    """Answers of requests that share one batch of the writer."""

    async def run() -> list[Any]:
        begun = [stage.cloud.dispatcher.begin(request, internal=True) for request in requests]
        assert all(isinstance(outcome, Write) for outcome in begun)
        done = await asyncio.gather(*(stage.cloud.store.writer.performed(outcome.work) for outcome in begun))  # type: ignore[union-attr]
        return [outcome.render(result) for outcome, result in zip(begun, done, strict=True)]  # type: ignore[union-attr]

    return asyncio.run(run())


def action(keys: Keys, key: str, name: str) -> Request:
    headers = {"authorization": f"Bearer {keys.stage.token(keys.stage.manager)}", "bluemix-instance": keys.guid}
    return Request("POST", f"/api/v2/keys/{key}/actions/{name}", headers=headers)


def test_a_disabled_key_is_refused_within_the_very_batch_that_disables_it(stage: Stage, keys: Keys) -> None:
    key = keys.create()
    order = ("wrap", "wrap", "disable", "wrap", "rotate")
    answers = together(stage, *(action(keys, key, name) for name in order))
    assert [answer.status for answer in answers] == [200, 200, 204, 409, 409]
    assert keys.act(key, "wrap").status == 409


def test_a_new_version_is_used_within_the_batch_that_makes_it(stage: Stage, keys: Keys) -> None:
    key = keys.create()
    answers = together(stage, *(action(keys, key, name) for name in ("wrap", "rotate", "wrap")))
    first, last = (json.loads(answers[index].encoded())["keyVersion"]["id"] for index in (0, 2))
    assert first != last
    assert last == keys.send("GET", f"keys/{key}/versions").body["resources"][0]["id"]


def test_a_batch_that_could_not_be_written_leaves_nothing_in_the_cache(
    stage: Stage, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = keys.create()
    ciphertext = keys.wrap(key)

    def full(self: BulkInsert, connection: Any, rows: Any) -> None:
        cause = sqlite3.OperationalError("database or disk is full")
        cause.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise OperationalError("INSERT", {}, cause)

    with monkeypatch.context() as patch:
        patch.setattr(BulkInsert, "run", full)
        with pytest.raises(KyokError, match="disk"):
            together(stage, action(keys, key, "disable"), action(keys, key, "wrap"))
    assert keys.state(key) == 1
    assert keys.act(key, "unwrap", {"ciphertext": ciphertext}).status == 200


def test_a_key_with_many_versions_is_not_kept_in_the_cache(
    stage: Stage, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kyok.cloud.keys.sealed_keys.CACHED_VERSIONS", 1)
    monkeypatch.setattr("kyok.cloud.keys.sealed_keys.CACHED_KEYS", 1)
    key, other, third = keys.create(), keys.create(), keys.create()
    ciphertext = keys.wrap(key)
    keys.act(key, "rotate")
    assert keys.act(key, "unwrap", {"ciphertext": ciphertext}).status == 200
    assert [keys.act(each, "wrap").status for each in (other, third, other)] == [200, 200, 200]
