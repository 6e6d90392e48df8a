"""Key rings, policies, aliases, two authorizations and import tokens: what is sent, and what comes back."""

import base64
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, padding, serialization
from cryptography.hazmat.primitives.asymmetric import padding as rsa_padding
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kyok.client import CloudApi, UnexpectedAnswer
from kyok.client.records.key_policies import ImportToken
from kyok.client.secure_import import SHA_1, SHA_256, ImportTokenUnreadable, SealedMaterial, seal
from kyok.domain.crn import Crn
from kyok.domain.key_states import KeyState
from kyok.secrets import Secret
from tests.core.client.fake_cloud import Asked, FakeCloud
from tests.core.client.samples import HPCS_CRN, KEY, KEY_BODY, envelope

CRN = Crn.parse(HPCS_CRN)
KEYS = "/api/v2/keys"
NONCE = bytes(range(12))


@pytest.fixture(scope="module")
def private_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def token_of(private_key: rsa.RSAPrivateKey) -> ImportToken:
    pem = private_key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return ImportToken(public_key=base64.b64encode(pem).decode(), nonce=base64.b64encode(NONCE).decode())


def opened(private_key: rsa.RSAPrivateKey, sealed: SealedMaterial, digest: hashes.HashAlgorithm) -> bytes:
    """The material, as the service gets it."""
    oaep = rsa_padding.OAEP(mgf=rsa_padding.MGF1(digest), algorithm=digest, label=None)
    return private_key.decrypt(base64.b64decode(sealed.payload), oaep)


@pytest.mark.parametrize("size", [16, 24, 32])
def test_material_for_hpcs_is_sealed_with_sha_1_and_cbc(private_key: rsa.RSAPrivateKey, size: int) -> None:
    raw = bytes(range(size))
    sealed = seal(Secret(raw), token_of(private_key), "hs-crypto")
    assert sealed.algorithm == SHA_1
    assert opened(private_key, sealed, hashes.SHA1()) == raw
    iv, nonce = base64.b64decode(sealed.iv), base64.b64decode(sealed.nonce)
    assert (len(iv), len(nonce)) == (16, 16)
    decryptor = Cipher(algorithms.AES(raw), modes.CBC(iv)).decryptor()
    unpadder = padding.PKCS7(128).unpadder()
    assert unpadder.update(decryptor.update(nonce) + decryptor.finalize()) + unpadder.finalize() == NONCE


def test_material_for_key_protect_is_sealed_with_sha_256_and_gcm(private_key: rsa.RSAPrivateKey) -> None:
    raw = bytes(range(32))
    sealed = seal(Secret(raw), token_of(private_key), "kms")
    assert sealed.algorithm == SHA_256
    assert opened(private_key, sealed, hashes.SHA256()) == raw
    iv, nonce = base64.b64decode(sealed.iv), base64.b64decode(sealed.nonce)
    assert (len(iv), len(nonce)) == (12, 28)
    assert AESGCM(raw).decrypt(iv, nonce, None) == NONCE


def test_sealing_leaves_the_secret_to_its_owner_and_tells_nothing(private_key: rsa.RSAPrivateKey) -> None:
    secret = Secret(bytes(range(32)))
    sealed = seal(secret, token_of(private_key), "kms")
    assert len(secret) == 32
    assert repr(sealed) == "<material sealed with RSAES_OAEP_SHA_256>"


@pytest.mark.parametrize("token", [ImportToken(public_key="?"), ImportToken(public_key="AAAA", nonce="AAAA")])
def test_a_token_that_cannot_be_read_is_said(token: ImportToken) -> None:
    with pytest.raises(ImportTokenUnreadable):
        seal(Secret(bytes(32)), token, "kms")


def test_a_fresh_token_is_made_and_fetched(cloud: FakeCloud, api: CloudApi) -> None:
    told = {"creationDate": "2026-11-23T17:45:00Z", "expirationDate": "2026-11-23T17:55:00Z",
            "maxAllowedRetrievals": 1, "remainingRetrievals": 1}  # fmt: skip
    cloud.answers["POST /api/v2/import_token"] = 200, told
    cloud.answers["GET /api/v2/import_token"] = 200, {**told, "payload": "cGVt", "nonce": "bm9uY2U="}
    token = api.import_tokens.fresh(CRN)
    assert cloud.asked[-2].json == {"expiration": 600, "maxAllowedRetrievals": 1}
    assert (token.public_key, token.nonce) == ("cGVt", "bm9uY2U=")
    assert token.expires_at == datetime(2026, 11, 23, 17, 55, tzinfo=UTC)


def test_sealed_material_is_sent_as_it_is(cloud: FakeCloud, api: CloudApi) -> None:
    sealed = SealedMaterial("cGF5", "bm9uY2U=", "aXY=", SHA_1)
    cloud.answers[f"POST {KEYS}"] = 201, envelope(KEY_BODY)
    cloud.answers[f"POST {KEYS}/{KEY}/actions/rotate"] = 204, None
    api.keys.create(CRN, "ledger-root", material=sealed, ring="ledger", tags=["prod"])
    sent = cloud.last()
    assert sent.headers["x-kms-key-ring"] == "ledger"
    resource = sent.json["resources"][0]
    assert resource["tags"] == ["prod"]
    wanted = {"payload": "cGF5", "encryptedNonce": "bm9uY2U=", "iv": "aXY=", "encryptionAlgorithm": SHA_1}
    assert {name: resource[name] for name in wanted} == wanted
    api.keys.rotate(CRN, KEY, sealed)
    assert cloud.last().json == wanted


def test_key_rings(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers["GET /api/v2/key_rings"] = (
        200,
        envelope({"id": "default"}, {"id": "ledger", "creationDate": "2026-09-12T08:00:00Z", "createdBy": "IBMid-1"}),
    )
    cloud.answers["POST /api/v2/key_rings/ledger"] = 201, None
    cloud.answers["DELETE /api/v2/key_rings/ledger"] = 204, None
    default, ledger = api.key_rings.every(CRN)
    assert (default.id, default.created_at) == ("default", None)
    assert (ledger.id, ledger.created_by) == ("ledger", "IBMid-1")
    api.key_rings.create(CRN, "ledger")
    api.key_rings.delete(CRN, "ledger", force=True)
    assert cloud.last().query == {"force": "true"}
    assert cloud.last().headers["bluemix-instance"] == CRN.instance


def test_moves_aliases_and_both_authorizations(cloud: FakeCloud, api: CloudApi) -> None:
    place = f"{KEYS}/{KEY}"
    cloud.answers[f"PATCH {place}"] = 200, envelope({**KEY_BODY, "keyRingID": "ledger"})
    for path in ("/aliases/core-ledger", "/actions/setKeyForDeletion", "/actions/unsetKeyForDeletion", "/actions/sync"):
        cloud.answers[f"POST {place}{path}"] = 204, None
    cloud.answers[f"DELETE {place}/aliases/core-ledger"] = 204, None
    assert api.keys.move(CRN, KEY, "ledger").ring == "ledger"
    assert cloud.last().json == {"keyRingID": "ledger"}
    api.keys.add_alias(CRN, KEY, "core-ledger")
    api.keys.remove_alias(CRN, KEY, "core-ledger")
    api.keys.schedule_deletion(CRN, KEY)
    api.keys.cancel_deletion(CRN, KEY)
    api.keys.sync(CRN, KEY)
    assert [one.path.rpartition("/")[2] for one in cloud.asked[-3:]] == [
        "setKeyForDeletion", "unsetKeyForDeletion", "sync",
    ]  # fmt: skip


def test_a_key_tells_of_its_policies(cloud: FakeCloud, api: CloudApi) -> None:
    two = {"enabled": True, "keySetForDeletion": True, "authExpiration": "2026-11-30T17:45:00Z"}
    body = {**KEY_BODY, "dualAuthDelete": two, "rotation": {"enabled": True, "interval_month": 3}}
    cloud.answers[f"GET {KEYS}/{KEY}/metadata"] = 200, envelope(body)
    key = api.keys.key(CRN, KEY)
    assert key.dual_auth.enabled
    assert key.dual_auth.set_for_deletion
    assert key.dual_auth.expires_at == datetime(2026, 11, 30, 17, 45, tzinfo=UTC)
    assert key.rotation is not None
    assert key.rotation.months == 3


def test_keys_of_one_person_share_one_record(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers[f"GET {KEYS}"] = 200, envelope(*({**KEY_BODY, "dualAuthDelete": {"enabled": False}},) * 2)
    first, second = api.keys.page(CRN, brief=True).keys
    assert first.dual_auth is second.dual_auth


def test_policies_of_a_key(cloud: FakeCloud, api: CloudApi) -> None:
    place = f"{KEYS}/{KEY}/policies"
    cloud.answers[f"GET {place}"] = (
        200,
        envelope(
            {"id": "p1", "rotation": {"enabled": True, "interval_month": 6}, "updatedBy": "IBMid-1"},
            {"id": "p2", "dualAuthDelete": {"enabled": True}},
        ),
    )
    cloud.answers[f"PUT {place}"] = 200, envelope()
    rotation, dual = api.key_policies.of_key(CRN, KEY)
    assert rotation.rotation is not None
    assert (rotation.rotation.months, rotation.updated_by) == (6, "IBMid-1")
    assert dual.dual_auth is not None
    api.key_policies.set_rotation(CRN, KEY, enabled=True, months=4)
    assert cloud.last().query == {"policy": "rotation"}
    assert cloud.last().json["resources"][0]["rotation"] == {"enabled": True, "interval_month": 4}
    api.key_policies.set_rotation(CRN, KEY, enabled=False)
    assert cloud.last().json["resources"][0]["rotation"] == {"enabled": False}
    api.key_policies.require_two_people(CRN, KEY)
    assert cloud.last().json["resources"][0]["dualAuthDelete"] == {"enabled": True}


def test_policies_of_an_instance(cloud: FakeCloud, api: CloudApi) -> None:
    place = "/api/v2/instance/policies"
    attributes = {"allowed_network": "private-only"}
    cloud.answers[f"GET {place}"] = (
        200,
        envelope(
            {"policy_type": "dualAuthDelete", "policy_data": {"enabled": True}, "lastUpdated": "2026-11-23T17:45:00Z"},
            {"policy_type": "allowedNetwork", "policy_data": {"enabled": True, "attributes": attributes}},
        ),
    )
    cloud.answers[f"PUT {place}"] = 204, None
    found = api.key_policies.of_instance(CRN)
    assert set(found) == {"dualAuthDelete", "allowedNetwork"}
    assert found["dualAuthDelete"].data.enabled
    assert found["allowedNetwork"].data.attributes == attributes
    api.key_policies.set_instance(CRN, "allowedNetwork", enabled=True, attributes=attributes)
    sent: dict[str, Any] = cloud.last().json["resources"][0]
    assert sent == {"policy_type": "allowedNetwork", "policy_data": {"enabled": True, "attributes": attributes}}
    api.key_policies.set_instance(CRN, "dualAuthDelete", enabled=False)
    assert cloud.last().json["resources"][0]["policy_data"] == {"enabled": False}


def test_long_lists_come_page_by_page(cloud: FakeCloud, api: CloudApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kyok.client.kms_calls.LIST_MAX", 2)
    rings = [{"id": f"ring-{number}"} for number in range(5)]

    def answer(asked: Asked) -> Any:
        offset = int(asked.query.get("offset", "0"))
        return 200, envelope(*rings[offset : offset + 2])

    cloud.answers["GET /api/v2/key_rings"] = answer
    assert [ring.id for ring in api.key_rings.every(CRN)] == [ring["id"] for ring in rings]


def test_keys_are_counted_without_being_read(cloud: FakeCloud, api: CloudApi) -> None:
    cloud.answers[f"HEAD {KEYS}"] = 200, None, {"Key-Total": "12"}
    assert api.keys.count(CRN, ring="ledger", states=(KeyState.DESTROYED,)) == 12
    asked = cloud.last()
    assert (asked.headers["x-kms-key-ring"], asked.query) == ("ledger", {"state": "5"})
    cloud.answers[f"HEAD {KEYS}"] = 200, None
    with pytest.raises(UnexpectedAnswer):
        api.keys.count(CRN)
