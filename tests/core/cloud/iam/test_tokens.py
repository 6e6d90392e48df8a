"""Tokens: what they say, who is let in, and that nobody but the service itself becomes an instance."""

import base64
import json
import threading
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlalchemy import delete

from kyok.cloud.iam import errors
from kyok.cloud.iam.grants import API_KEY as API_KEY_GRANT
from kyok.cloud.iam.grants import SERVICE, UNSUPPORTED
from kyok.cloud.iam.signing import SigningKey
from kyok.cloud.iam.tokens import CACHED_TOKENS, Principal, Tokens
from kyok.cloud.store.tables import account
from kyok.cloud.wire.route import Request
from kyok.domain.crn import Crn
from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO, service
from kyok.sealed import SealedFileError
from kyok.sealing.key import INSECURE_DEMO, SealingKey
from tests.cloud_parts import API_KEY, START, Parts, signing_key

NESTED = base64.urlsafe_b64encode(b"[" * 30_000).rstrip(b"=").decode()


def grant(parts: Parts, **form: str) -> tuple[int, dict[str, Any]]:
    answer = parts.dispatcher.perform(Request("POST", "/identity/token", body=urlencode(form).encode()))
    return answer.status, json.loads(answer.encoded())


def principal(parts: Parts) -> Principal:
    return Principal("IBMid-1", parts.account_id, "anna@acme.example", display="Anna Vogel")


def asking(value: str | None) -> Request:
    return Request("GET", "/", headers={} if value is None else {"authorization": value, "user-agent": "curl"})


def test_an_api_key_becomes_a_token_that_names_its_user(parts: Parts) -> None:
    status, body = grant(parts, grant_type=API_KEY_GRANT, apikey=API_KEY, response_type="cloud_iam")
    assert status == 200
    assert body["token_type"] == "Bearer"
    assert body["refresh_token"] == "not_supported"
    assert (body["expires_in"], body["expiration"]) == (3600, int(START.timestamp()) + 3600)
    claims = jwt.decode(body["access_token"], options={"verify_signature": False})
    assert claims["account"] == {"valid": True, "bss": parts.account_id}
    assert (claims["iam_id"], claims["realmid"]) == (parts.identities.administrator_id, "IBMid")
    assert (claims["iat"], claims["exp"]) == (int(START.timestamp()), body["expiration"])
    caller = parts.tokens.caller(asking(f"Bearer {body['access_token']}"), "c-1")
    assert (caller.iam_id, caller.name, caller.kind) == (claims["iam_id"], "admin@local.example", "user")
    assert (caller.agent, caller.correlation) == ("curl", "c-1")
    assert parts.events(action="iam-identity.user-apikey.login")[0]["outcome"] == "success"


def test_anybody_can_verify_a_token_with_the_published_key(parts: Parts) -> None:
    status, keys, _ = parts.send("GET", "/identity/keys")
    assert status == 200
    token = parts.tokens.issue(principal(parts), "x").value
    header = jwt.get_unverified_header(token)
    (published,) = [key for key in keys["keys"] if key["kid"] == header["kid"]]
    key = jwt.PyJWK(published)
    assert jwt.decode(token, key, algorithms=["RS256"], options={"verify_exp": False})["iam_id"] == "IBMid-1"


@pytest.mark.parametrize("form", [{"apikey": "not-the-key-0123456789"}, {"apikey": ""}, {}])
def test_an_unknown_api_key_is_refused_and_written_down(parts: Parts, form: dict[str, str]) -> None:
    status, body = grant(parts, grant_type=API_KEY_GRANT, **form)
    assert (status, body["errorCode"]) == (400, "BXNIM0415E")
    assert body["context"]["requestId"]
    event = parts.events()[0]
    assert (event["action"], event["outcome"]) == ("iam-identity.user-apikey.login", "failure")
    assert API_KEY not in json.dumps(parts.events())


@pytest.mark.parametrize("kind", [*UNSUPPORTED, "password", ""])
def test_other_grants_are_refused_clearly(parts: Parts, kind: str) -> None:
    status, body = grant(parts, grant_type=kind, passcode="abc", refresh_token="abc")
    assert status == 400
    assert body["errorCode"].startswith("BXNIM")
    assert body["errorMessage"].endswith(".")


def test_a_form_that_is_no_text_is_refused(parts: Parts) -> None:
    answer = parts.dispatcher.perform(Request("POST", "/identity/token", body=b"\xff\xfe"))
    assert answer.status == 400


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (None, errors.TokenMissing),
        ("", errors.TokenMissing),
        ("Basic Yng6Yng=", errors.TokenMalformed),
        ("Bearer", errors.TokenMalformed),
        ("Bearer  ", errors.TokenMalformed),
        ("Bearer abc", errors.TokenMalformed),
        ("Bearer a.b.c", errors.TokenMalformed),
        ("Bearer \udcff", errors.TokenMalformed),
        (f"Bearer {NESTED}.e30.e30", errors.TokenMalformed),
    ],
)
def test_what_is_no_token_lets_nobody_in(parts: Parts, value: str | None, error: type[Exception]) -> None:
    with pytest.raises(error):
        parts.tokens.caller(asking(value), "c")


def test_a_token_ends_by_the_wall_clock_alone(parts: Parts) -> None:
    token = parts.tokens.issue(principal(parts), "x").value
    parts.perform(lambda tx: parts.clock_control.turn(tx, parts.administrator, {"advance_seconds": 7 * 86_400}))
    assert parts.tokens.principal(token).iam_id == "IBMid-1"
    parts.wall = lambda: START.timestamp() + 3599.9
    assert parts.tokens.principal(token).iam_id == "IBMid-1"
    parts.wall = lambda: START.timestamp() + 3600
    with pytest.raises(errors.TokenExpired):
        parts.tokens.principal(token)


def claims_of(parts: Parts, **changes: Any) -> dict[str, Any]:
    token = parts.tokens.issue(principal(parts), "x").value
    return {**jwt.decode(token, options={"verify_signature": False}), **changes}


def test_a_foreign_signature_lets_nobody_in(parts: Parts) -> None:
    forged = SigningKey.generate().sign(claims_of(parts))
    with pytest.raises(errors.TokenForeign):
        parts.tokens.principal(forged)


def test_other_algorithms_are_no_way_round_the_signature(parts: Parts) -> None:
    claims = claims_of(parts)
    public = parts.tokens.jwks()["keys"][0]["n"]
    ec = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    forgeries = [
        jwt.encode(claims, "", algorithm="none"),
        jwt.encode(claims, public.encode(), algorithm="HS256"),
        jwt.encode(claims, ec, algorithm="ES256"),
    ]
    for forged in forgeries:
        with pytest.raises(errors.TokenRefused):
            parts.tokens.principal(forged)


def test_a_changed_token_lets_nobody_in(parts: Parts) -> None:
    head, body, signature = parts.tokens.issue(principal(parts), "x").value.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["iam_id"] = "IBMid-other"
    changed = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    with pytest.raises(errors.TokenForeign):
        parts.tokens.principal(f"{head}.{changed}.{signature}")


@pytest.mark.parametrize(
    "changes",
    [
        {"iam_id": None, "account": None},
        {"account": {}},
        {"email": None, "account": "x"},
        {"sub_type": "CRN", "sub": "x", "instance_name": "y"},
        {"sub_type": "CRN", "sub": "x"},
    ],
)
def test_a_signed_token_without_a_subject_is_malformed(parts: Parts, changes: dict[str, Any]) -> None:
    token = signing_key().sign(claims_of(parts, **changes))
    with pytest.raises(errors.TokenMalformed):
        parts.tokens.principal(token)


def test_a_token_without_an_end_is_malformed(parts: Parts) -> None:
    claims = claims_of(parts)
    del claims["exp"]
    with pytest.raises(errors.TokenMalformed):
        parts.tokens.principal(signing_key().sign(claims))


def test_a_token_of_an_account_that_is_gone_lets_nobody_in(parts: Parts) -> None:
    other = parts.perform(lambda tx: parts.identities.add_account(tx, "Other"))
    token = parts.tokens.issue(Principal("IBMid-2", other, "ben@acme.example"), "x").value
    assert parts.tokens.principal(token).account == other

    def remove(tx: Any) -> None:
        tx.execute(delete(account).where(account.c.id == other))
        tx.changed("identities", "")

    parts.perform(remove)
    with pytest.raises(errors.AccountForeign):
        parts.tokens.principal(token)


def test_the_cache_of_tokens_is_bounded(parts: Parts) -> None:
    tokens = Tokens(parts.store, signing_key(), parts.randomness, parts.wall)
    token = tokens.issue(principal(parts), "x").value
    tokens.principal(token)
    known = next(iter(tokens._known.values()))
    tokens._known.update({bytes([n % 256, n // 256]): known for n in range(CACHED_TOKENS)})
    tokens.principal(tokens.issue(principal(parts), "y").value)
    assert len(tokens._known) == 1


@pytest.mark.parametrize(
    ("path", "value", "status", "code"),
    [
        ("/api/v1", None, 401, "invalid_token"),
        ("/v1/policies", "Bearer x", 401, "invalid_token"),
        ("/v2/resource_instances", None, 401, "RC-IamAuthUnauthorized"),
        ("/emulator/v1/clock", "Bearer x", 401, "NOT_SIGNED_IN"),
    ],
)
def test_each_api_says_in_its_own_words_that_nobody_is_signed_in(
    parts: Parts, path: str, value: str | None, status: int, code: str
) -> None:
    answer = parts.dispatcher.perform(Request("GET", path, headers=dict(asking(value).headers)))
    assert answer.status == status
    assert code in answer.encoded().decode()
    assert parts.events()[0]["reason"]["reasonCode"] == status


# Service instances --------------------------------------------------------------------------------------------------


def database(parts: Parts) -> Crn:
    entry = service(DBAAS_POSTGRESQL)
    assert entry is not None
    body = {"name": "ledger-db", "target": "us-south", "resource_plan_id": entry.plans[0].id}
    status, made, _ = parts.send("POST", "/v2/resource_instances", body | {"resource_group": parts.default_group()})
    assert status == 202
    return Crn.parse(made["crn"])


def test_the_database_service_gets_tokens_for_its_instances(parts: Parts) -> None:
    crn = database(parts)
    status, body = grant(parts, grant_type=SERVICE, access_token=parts.credential(), desired_iam_id=f"crn-{crn}")
    assert status == 200
    caller = parts.tokens.caller(asking(f"Bearer {body['access_token']}"), "c")
    assert (caller.kind, caller.crn, caller.name, caller.iam_id) == ("service", crn, "ledger-db", f"crn-{crn}")
    assert caller.account == parts.account_id


def test_no_users_token_becomes_an_instance(parts: Parts) -> None:
    crn = database(parts)
    _, mine = grant(parts, grant_type=API_KEY_GRANT, apikey=API_KEY)
    for shown in (mine["access_token"], API_KEY, "", parts.credential()[:-1], "\udcff"):
        form = urlencode({"grant_type": SERVICE, "desired_iam_id": f"crn-{crn}"}) + "&access_token="
        body = form.encode() + shown.encode("utf-8", "surrogateescape")
        answer = parts.dispatcher.perform(Request("POST", "/identity/token", body=body))
        assert answer.status == 400


@pytest.mark.parametrize(
    "desired",
    ["", "IBMid-1", "crn-", "crn-crn:v1:x", f"crn-{Crn.of_instance(DBAAS_POSTGRESQL, 'us-south', 'a', 'unknown')}"],
)
def test_only_instances_that_exist_can_be_acted_for(parts: Parts, desired: str) -> None:
    status, body = grant(parts, grant_type=SERVICE, access_token=parts.credential(), desired_iam_id=desired)
    assert (status, body["errorCode"]) == (400, "BXNIM0513E")


def test_a_service_acts_for_its_own_instances_only(parts: Parts) -> None:
    entry = service(HS_CRYPTO)
    assert entry is not None
    body = {"name": "hpcs", "target": "us-south", "resource_plan_id": entry.plans[0].id}
    _, made, _ = parts.send("POST", "/v2/resource_instances", body | {"resource_group": parts.default_group()})
    status, _ = grant(parts, grant_type=SERVICE, access_token=parts.credential(), desired_iam_id=f"crn-{made['crn']}")
    assert status == 400


def test_secrets_are_not_in_representations(parts: Parts) -> None:
    issued = parts.tokens.issue(principal(parts), "x")
    shown = f"{issued!r} {parts.credential!r} {signing_key()!r} {parts.api_keys!r}"
    assert issued.value not in shown
    assert parts.credential() not in shown


# The key on disk ----------------------------------------------------------------------------------------------------


def test_the_signing_key_is_made_once_and_kept_sealed(tmp_path: Path) -> None:
    file = tmp_path / "token-key.bin"
    sealing = SealingKey(INSECURE_DEMO, bytearray(b"k" * 32))
    made = SigningKey.open(file, sealing)
    token = made.sign({"iat": 1, "exp": 2})
    again = SigningKey.open(file, sealing)
    assert again.id == made.id
    assert again.claims(token) == {"iat": 1, "exp": 2}
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"RSA" not in file.read_bytes()
    with pytest.raises(SealedFileError):
        SigningKey.open(file, SealingKey(INSECURE_DEMO, bytearray(b"o" * 32)))


def test_many_threads_may_ask_at_once(parts: Parts) -> None:
    token = parts.tokens.issue(principal(parts), "x").value
    failures: list[Exception] = []

    def ask() -> None:
        try:
            for _ in range(50):
                parts.tokens.principal(token)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
