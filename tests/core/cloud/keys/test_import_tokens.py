"""Import tokens and what is imported with them (reference/kms-api.md 2.17 and 3.2, checklist 19)."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from kyok.client.records.key_policies import ImportToken
from kyok.client.secure_import import SealedMaterial, seal
from kyok.cloud.store.tables import import_token
from kyok.cloud.store.times import rfc3339
from kyok.domain.services import HS_CRYPTO, KMS
from kyok.hsm import transport
from kyok.secrets import Secret
from tests.core.cloud.keys.console import console, crn_of
from tests.core.cloud.keys.policies import put_instance
from tests.core.cloud.keys.stage import KEY_TYPE, Answer, Keys, Stage, collection

MATERIAL = bytes(range(32))
RSA_PRIVATE_KEY = bytes.fromhex("020100300d06092a864886f70d0101010500")
"""How every RSA private key begins in PKCS #8: version 0, rsaEncryption."""
OTHER = bytes(range(100, 132))


@pytest.fixture(autouse=True, scope="module")
def short_keys() -> Iterator[None]:
    """RSA keys of 4096 bits take long to make; tests/hsm makes one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transport, "TOKEN_BITS", 2048)
        yield


def make(keys: Keys, **body: Any) -> Answer:
    return keys.send("POST", "import_token", body)


def fetch(keys: Keys, retrievals: int = 1, **body: Any) -> ImportToken:
    """A new token, retrieved once."""
    assert make(keys, maxAllowedRetrievals=retrievals, **body).status == 200
    return retrieved(keys)


def retrieved(keys: Keys) -> ImportToken:
    answer = keys.send("GET", "import_token")
    assert answer.status == 200, answer.body
    return ImportToken(public_key=answer.body["payload"], nonce=answer.body["nonce"])


def sealed(token: ImportToken, service: str = HS_CRYPTO, material: bytes = MATERIAL) -> dict[str, str]:
    return seal(Secret(material), token, service).members()


def create(keys: Keys, **members: Any) -> Answer:
    return keys.send("POST", "keys", collection(type=KEY_TYPE, name="sealed", **members))


def test_a_token_is_made_retrieved_and_exhausted(stage: Stage, keys: Keys) -> None:
    assert keys.send("GET", "import_token").code == "IMPORT_TOKEN_NOT_FOUND_ERR"
    made = make(keys, expiration=300, maxAllowedRetrievals=2)
    assert (made.status, made.content_type) == (200, "application/vnd.ibm.kms.import_token+json")
    now = stage.clock.now()
    assert made.body["creationDate"] == rfc3339(now)
    assert (made.body["maxAllowedRetrievals"], made.body["remainingRetrievals"]) == (2, 2)
    assert not {"payload", "nonce"} & set(made.body)
    first, second = keys.send("GET", "import_token").body, keys.send("GET", "import_token").body
    assert (first["remainingRetrievals"], second["remainingRetrievals"]) == (1, 0)
    assert first["nonce"] == second["nonce"]
    assert len(base64.b64decode(first["nonce"])) == 12
    assert base64.b64decode(first["payload"]).startswith(b"-----BEGIN PUBLIC KEY-----")
    exhausted = keys.send("GET", "import_token")
    assert (exhausted.status, exhausted.code) == (409, "IMPORT_TOKEN_EXPIRED_ERR")
    told = stage.events(instance=keys.guid, action="hs-crypto.import-token.read", outcome="success")
    assert [event["responseData"]["remainingRetrievals"] for event in told] == [0, 1]
    assert first["nonce"] not in str(stage.events(instance=keys.guid))


def test_defaults_and_rules_of_a_token(stage: Stage, keys: Keys) -> None:
    made = keys.send("POST", "import_token").body
    assert made["maxAllowedRetrievals"] == 1
    for body in (
        *({"expiration": value} for value in (299, 86401, 0, -1, "600", True)),
        *({"maxAllowedRetrievals": value} for value in (0, 501, -1, "1")),
    ):
        refused = make(keys, **body)
        assert (refused.status, refused.code) == (400, "INVALID_FIELD_ERR"), body
        assert refused.message.startswith("Bad Request: Import Token could not be created")
    assert keys.send("GET", "import_token").body["id"] == made["id"]  # a refused one replaces nothing
    reader, writer = stage.person("Reader", instance=keys.guid), stage.person("Writer", instance=keys.guid)
    assert keys.send("POST", "import_token", {}, who=reader).status == 401
    assert keys.send("GET", "import_token", who=reader).status == 401
    assert keys.send("POST", "import_token", {}, who=writer).body["id"] != made["id"]


def test_a_token_expires_by_the_clock_and_its_private_key_goes(stage: Stage, keys: Keys) -> None:
    token = fetch(keys, 3, expiration=300)
    stage.advance(seconds=299)
    assert create(keys, **sealed(token)).status == 201
    stage.advance(seconds=1)
    assert keys.send("GET", "import_token").code == "IMPORT_TOKEN_EXPIRED_ERR"
    refused = create(keys, **sealed(token))
    assert (refused.status, refused.code) == (409, "IMPORT_TOKEN_EXPIRED_ERR")
    stage.perform(stage.cloud.keys.keep_policies)
    with stage.cloud.store.read() as reader:
        assert reader.scalar(select(import_token.c.blob).where(import_token.c.instance == keys.guid)) == b""
    assert keys.send("GET", "import_token").code == "IMPORT_TOKEN_EXPIRED_ERR"


@pytest.mark.parametrize("name", [HS_CRYPTO, KMS])
def test_a_key_is_imported_and_rotated_with_a_token(stage: Stage, name: str) -> None:
    keys = stage.keys(name)
    token = fetch(keys)
    made = create(keys, **sealed(token, name))
    assert made.status == 201, made.body
    key = made.one["id"]
    shown = keys.send("GET", f"keys/{key}").one
    assert (shown["imported"], shown["algorithmBitSize"], "payload" in shown) == (True, 256, False)
    plain = keys.create(payload=base64.b64encode(MATERIAL).decode())
    assert keys.act(plain, "unwrap", {"ciphertext": keys.wrap(key)}).status == 200  # the very same material
    assert keys.act(key, "rotate", sealed(token, name, OTHER[:16])).status == 204  # an import does not use it up
    assert keys.send("GET", f"keys/{key}").one["algorithmBitSize"] == 128
    # Either service takes the other's variant.
    other = KMS if name == HS_CRYPTO else HS_CRYPTO
    assert create(keys, **sealed(token, other)).status == 201


def test_the_algorithm_need_not_be_named(keys: Keys, kms: Keys) -> None:
    for instance, service in ((keys, HS_CRYPTO), (kms, KMS)):
        members = sealed(fetch(instance), service)
        del members["encryptionAlgorithm"]
        assert create(instance, **members).status == 201
        assert create(instance, **members, encryptionAlgorithm="RSA").code == "INVALID_FIELD_ERR"


def test_wrong_nonces(keys: Keys) -> None:
    before = fetch(keys)
    token = fetch(keys)
    good = sealed(token)
    wrong = sealed(ImportToken(public_key=token.public_key, nonce=before.nonce))
    refused = create(keys, **wrong)
    assert (refused.status, refused.code) == (400, "INCORRECT_NONCE_ERR")
    for broken in (
        good | {"iv": base64.b64encode(bytes(16)).decode()},
        good | {"iv": base64.b64encode(bytes(7)).decode()},
        good | {"encryptedNonce": base64.b64encode(bytes(5)).decode()},
        good | {"payload": base64.b64encode(bytes(256)).decode()},
        good | {"payload": base64.b64encode(b"short").decode()},
        sealed(before),
        sealed(token, KMS) | {"encryptionAlgorithm": "RSAES_OAEP_SHA_1"},
    ):
        refused = create(keys, **broken)
        assert (refused.status, refused.code) == (400, "INCORRECT_NONCE_IV_ERR")
        assert "(INCORRECT_NONCE_IV_ERR)" in refused.message
    for member in ("encryptedNonce", "iv", "payload"):
        missing = {name: value for name, value in good.items() if name != member}
        assert create(keys, **missing).code == "INVALID_FIELD_ERR"
    assert create(keys, **good | {"iv": "no base64!"}).code == "INVALID_FIELD_ERR"
    assert create(keys, **good, extractable=True).code == "KEY_ROOT_REQ_ERR"
    key = create(keys, **good).one["id"]
    assert keys.act(key, "rotate", wrong).code == "INCORRECT_NONCE_ERR"
    assert keys.act(keys.create(), "rotate", good).code == "INVALID_QUERY_PARAM_ERR"
    assert keys.send("HEAD", "keys").headers["key-total"] == "2"


def test_without_a_token_nothing_can_be_encrypted_for_one(keys: Keys, kms: Keys) -> None:
    members = sealed(fetch(kms))
    refused = create(keys, **members)
    assert (refused.status, refused.code) == (409, "IMPORT_TOKEN_EXPIRED_ERR")


def restored(keys: Keys, key: str, **members: str) -> Answer:
    return keys.send("POST", f"keys/{key}/restore", collection(**members) if members else None)


def test_a_restored_key_takes_its_own_material_or_none(stage: Stage, keys: Keys) -> None:
    token = fetch(keys)
    key, generated = create(keys, **sealed(token)).one["id"], keys.create()
    for name in (key, generated):
        keys.send("DELETE", f"keys/{name}")
    stage.advance(seconds=30)
    assert restored(keys, key, **sealed(token, material=OTHER)).code == "INVALID_FIELD_ERR"
    wrong = sealed(ImportToken(public_key=token.public_key, nonce=base64.b64encode(bytes(12)).decode()))
    assert restored(keys, key, **wrong).code == "INCORRECT_NONCE_ERR"
    assert restored(keys, key, payload=base64.b64encode(OTHER).decode()).code == "INVALID_FIELD_ERR"
    assert keys.state(key) == 5
    put_instance(keys, "keyCreateImportAccess", True, enforce_token=True)
    plain = {"payload": base64.b64encode(MATERIAL).decode()}
    assert restored(keys, key, **plain).code == "KEY_CREATE_IMPORT_ACCESS_ERR"
    assert restored(keys, key, **sealed(token)).one["state"] == 1
    keys.send("DELETE", f"keys/{key}")
    stage.advance(seconds=30)
    assert restored(keys, key).status == 201
    assert restored(keys, generated, **plain).code == "INVALID_QUERY_PARAM_ERR"
    assert restored(keys, generated).status == 201


def test_enforced_tokens_let_encrypted_material_in(keys: Keys) -> None:
    put_instance(keys, "keyCreateImportAccess", True, enforce_token=True)
    token = fetch(keys)
    made = create(keys, **sealed(token))
    assert made.status == 201
    assert keys.act(made.one["id"], "rotate", sealed(token, material=OTHER)).status == 204


def test_a_purge_leaves_the_token_usable(stage: Stage, keys: Keys, kms: Keys) -> None:
    for instance, service in ((keys, HS_CRYPTO), (kms, KMS)):
        token = fetch(instance, 2)
        gone = instance.create()
        instance.send("DELETE", f"keys/{gone}")
        stage.advance(hours=4)
        later = fetch(instance, 2)  # the first one is too old by now
        assert instance.send("DELETE", f"keys/{gone}/purge", who=stage.purger()).status == 204
        assert retrieved(instance).nonce == later.nonce != token.nonce
        assert create(instance, **sealed(later, service)).status == 201


def test_the_private_key_is_in_no_file_of_the_home(stage: Stage, keys: Keys) -> None:
    token = fetch(keys)
    files = [path.read_bytes() for path in stage.home.root.rglob("*") if path.is_file()]
    pem = base64.b64decode(token.public_key)
    assert any(pem in content for content in files)  # the public one is there, so the right files are looked at
    assert not any(RSA_PRIVATE_KEY in content or b"PRIVATE KEY" in content for content in files)
    assert not any(base64.b64decode(token.nonce) in content for content in files)


def test_a_purge_while_a_token_is_being_made(stage: Stage, keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = keys.create()
    keys.send("DELETE", f"keys/{gone}")
    stage.advance(hours=4)
    tokens = stage.cloud.keys.import_tokens
    real = tokens.make
    calls = 0

    def slow(where: Any) -> Any:
        nonlocal calls
        calls += 1
        made = real(where)
        if calls == 1:
            assert keys.send("DELETE", f"keys/{gone}/purge", who=stage.purger()).status == 204
        return made

    monkeypatch.setattr(tokens, "make", slow)
    token = fetch(keys)
    assert calls == 2
    assert create(keys, **sealed(token)).status == 201


def test_the_hsm_must_be_there_for_tokens(stage: Stage, keys: Keys) -> None:
    fresh = Keys(stage, stage.instance())
    refused = make(fresh)
    assert refused.status == 400
    assert "CKR_IBM_WK_NOT_INITIALIZED in m_GenerateKey" in refused.message
    token = fetch(keys, 2)
    key = create(keys, **sealed(token)).one["id"]
    keys.send("DELETE", f"keys/{key}")
    stage.advance(seconds=30)
    stage.cut(keys.guid)
    try:
        assert make(keys).code == "HSM_UNREACHABLE_ERR"
        assert keys.send("GET", "import_token").code == "HSM_UNREACHABLE_ERR"
        assert restored(keys, key, **sealed(token)).code == "HSM_UNREACHABLE_ERR"
    finally:
        stage.mend()
    assert retrieved(keys).nonce == token.nonce


@pytest.mark.parametrize("name", [HS_CRYPTO, KMS])
def test_the_console_imports_with_a_token(stage: Stage, name: str) -> None:
    keys = stage.keys(name)
    api, crn = console(stage), crn_of(keys)
    token = api.import_tokens.fresh(crn)
    assert (token.retrievals, token.remaining) == (1, 0)
    with Secret(MATERIAL) as raw:
        material: SealedMaterial = seal(Secret(bytes(raw)), token, name)
    made = api.keys.create(crn, "by-console", material=material)
    assert (made.imported, made.bits) == (True, 256)
    api.keys.rotate(crn, made.id, seal(Secret(OTHER), token, name))
    assert len(api.keys.versions(crn, made.id)) == 2
