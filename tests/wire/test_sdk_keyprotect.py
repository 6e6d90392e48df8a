"""IBM's `keyprotect` SDK, unmodified: the integration tests that IBM ships in the wheel, and what those leave out.

Run are all but those of KMIP, which is not emulated. Waiting times are made by turning the emulated clock.
"""

import base64
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import files
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from ibm_cloud_sdk_core import ApiException
from ibm_cloud_sdk_core.authenticators import IAMAuthenticator
from keyprotect import IbmKeyProtectApiV2

from kyok.domain.services import HS_CRYPTO, KMS, service
from tests.served import Rest, ServedProcess

PASSED, SKIPPED = 31, 4
"""Of 46 tests. IBM marks four others to be skipped; KMIP is not emulated (11 tests, two of them skipped anyway)."""

POLICY = "application/vnd.ibm.kms.policy"

CONFTEST = '''
import json, os, time, urllib.request

def turn(seconds):
    """Instead of waiting, the emulated clock is turned."""
    request = urllib.request.Request(
        os.environ["KYOK_TEST_URL"] + "/emulator/v1/clock",
        json.dumps({"advance_seconds": seconds}).encode(),
        {"Authorization": "Bearer " + os.environ["KYOK_TEST_TOKEN"], "Content-Type": "application/json"},
        method="PUT",
    )
    urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request).read()

time.sleep = turn
'''


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedProcess]:
    process = ServedProcess(tmp_path_factory.mktemp("served") / "home").start()
    yield process
    process.stop()


@pytest.fixture(scope="module")
def rest(served: ServedProcess) -> Rest:
    return served.rest()


def instance(rest: Rest, name: str) -> str:
    """A new instance that is ready to use."""
    found = service(name)
    assert found is not None
    group = rest.json("GET", "/v2/resource_groups")["resources"][0]["id"]
    body = {"name": "sdk", "target": "us-south", "resource_group": group, "resource_plan_id": found.plans[0].id}
    guid = str(rest.json("POST", "/v2/resource_instances", body)["guid"])
    if name == HS_CRYPTO:
        ceremony = {"signature_threshold": 1, "revocation_threshold": 1, "administrators": ["anna@acme.example"]}
        rest.json("POST", f"/tke/v1/instances/{guid}/auto-init", ceremony)
    return guid


@pytest.mark.parametrize("name", [HS_CRYPTO, KMS])
@pytest.mark.parametrize("folder", ["test/integration", "examples"])
def test_ibms_own_suite(served: ServedProcess, rest: Rest, name: str, folder: str, tmp_path: Path) -> None:
    paths = [path for path in files("keyprotect") or () if str(path).startswith(folder) and path.name.endswith(".py")]
    (shipped,) = paths
    suite = tmp_path / shipped.name
    suite.write_bytes(Path(str(shipped.locate())).read_bytes())
    settings = {
        "URL": served.url,
        "AUTH_TYPE": "iam",
        "AUTH_URL": served.url,
        "APIKEY": served.api_key,
        "BLUEMIX_INSTANCE": instance(rest, name),
    }
    lines = [f"IBM_KEY_PROTECT_API_{key}={value}\n" for key, value in settings.items()]
    (tmp_path / "ibm_key_protect_api_v2.env").write_text("".join(lines), encoding="utf-8")
    (tmp_path / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    environment = {**os.environ, "KYOK_TEST_URL": served.url, "KYOK_TEST_TOKEN": rest.token, "NO_PROXY": "127.0.0.1"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "not kmip", suite.name],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert f"{PASSED} passed, {SKIPPED} skipped" in done.stdout, done.stdout[-4000:]
    assert "failed" not in done.stdout


class Sdk:
    """The generated client, with the arguments that every call repeats."""

    def __init__(self, served: ServedProcess, guid: str) -> None:
        self.client = IbmKeyProtectApiV2(authenticator=IAMAuthenticator(served.api_key, url=served.url))
        self.client.set_service_url(served.url)
        self.guid = guid

    def __call__(self, operation: str, **arguments: Any) -> Any:
        for name, value in arguments.items():
            if name.endswith("_body"):
                arguments[name] = io.BytesIO(json.dumps(value).encode())
        return getattr(self.client, operation)(bluemix_instance=self.guid, **arguments)

    def create(self, **resource: Any) -> dict[str, Any]:
        kind = "application/vnd.ibm.kms.key+json"
        body = {
            "metadata": {"collectionType": kind, "collectionTotal": 1},
            "resources": [{"type": kind, "name": "by-sdk", "extractable": False, **resource}],
        }
        answer = self("create_key", key_create_body=body, prefer="return=representation")
        assert answer.get_status_code() == 201
        found: dict[str, Any] = answer.get_result().json()["resources"][0]
        return found


@pytest.fixture
def sdk(served: ServedProcess, rest: Rest) -> Sdk:
    return Sdk(served, instance(rest, HS_CRYPTO))


def test_an_imported_key_through_its_life(sdk: Sdk, rest: Rest) -> None:
    material = subprocess.run(["openssl", "rand", "-base64", "32"], capture_output=True, text=True, check=True).stdout
    key = sdk.create(payload=material.strip())
    assert key["imported"] is True
    body = {"plaintext": base64.b64encode(b"a data key").decode(), "aad": ["one", "two"]}
    wrapped = sdk("wrap_key", id=key["id"], key_action_wrap_body=body).get_result().json()
    opened = sdk(
        "unwrap_key",
        id=key["id"],
        key_action_unwrap_body={"ciphertext": wrapped["ciphertext"], "aad": ["one", "two"]},
    )
    assert opened.get_result().json()["plaintext"] == body["plaintext"]
    assert sdk("disable_key", id=key["id"]).get_status_code() == 204
    with pytest.raises(ApiException) as refused:
        sdk("wrap_key", id=key["id"], key_action_wrap_body={})
    assert refused.value.status_code == 409
    assert "KEY_ACTION_INVALID_STATE_ERR" in refused.value.http_response.text
    deleted = sdk("delete_key", id=key["id"], prefer="return=representation", force=False)
    assert deleted.get_result().json()["resources"][0]["state"] == 5
    rest.json("PUT", "/emulator/v1/clock", {"advance_seconds": 31})
    assert sdk("restore_key", id=key["id"], prefer="return=representation").get_status_code() == 201
    assert sdk("sync_associated_resources", id=sdk.create()["id"]).get_status_code() == 204


def test_what_ibms_suite_skips(sdk: Sdk, rest: Rest) -> None:
    """Deletion by two people, the port of allowed addresses, and purging."""
    key = sdk.create()["id"]
    policy = {"type": f"{POLICY}+json", "dualAuthDelete": {"enabled": True}}
    body = {"metadata": {"collectionType": f"{POLICY}+json", "collectionTotal": 1}, "resources": [policy]}
    put = sdk.client.put_policy(key, sdk.guid, body, policy="dualAuthDelete")
    assert put.get_status_code() == 200
    assert sdk("set_key_for_deletion", id=key).get_status_code() == 204
    with pytest.raises(ApiException) as refused:
        sdk("delete_key", id=key, prefer="return=representation", force=True)
    assert refused.value.status_code == 409
    assert "AUTHORIZATIONS_NOT_MET" in refused.value.http_response.text
    assert sdk("unset_key_for_deletion", id=key).get_status_code() == 204
    listed = sdk("get_allowed_ip_port").get_result()
    assert (listed.json() if hasattr(listed, "json") else listed)["resources"] == []
    plain = sdk.create()["id"]
    sdk("delete_key", id=plain, prefer="return=minimal")
    rest.json("PUT", "/emulator/v1/clock", {"advance_seconds": 4 * 3600})
    assert sdk("purge_key", id=plain).get_status_code() == 204
    with pytest.raises(ApiException) as refused:
        sdk("get_key", id=plain)
    assert refused.value.status_code == 404


def test_an_import_with_a_token(sdk: Sdk) -> None:
    made = sdk("post_import_token", expiration=600, max_allowed_retrievals=2).get_result()
    assert (made.json() if hasattr(made, "json") else made)["remainingRetrievals"] == 2
    got = sdk("get_import_token").get_result()
    token = got.json() if hasattr(got, "json") else got
    public = serialization.load_pem_public_key(base64.b64decode(token["payload"]))
    assert isinstance(public, rsa.RSAPublicKey)
    assert public.key_size == 4096
    material, iv = os.urandom(32), os.urandom(12)
    digest = hashes.SHA256()
    payload = public.encrypt(material, padding.OAEP(padding.MGF1(digest), digest, None))
    nonce = AESGCM(material).encrypt(iv, base64.b64decode(token["nonce"]), None)
    sealed = {"payload": payload, "encryptedNonce": nonce, "iv": iv}
    key = sdk.create(
        **{name: base64.b64encode(value).decode() for name, value in sealed.items()},
        encryptionAlgorithm="RSAES_OAEP_SHA_256",
    )
    assert (key["imported"], key["algorithmBitSize"]) == (True, 256)


def test_lists_and_counts(sdk: Sdk) -> None:
    names = [sdk.create(name=f"key-{number}")["id"] for number in range(3)]
    listed = sdk("get_keys", limit=2, offset=1, sort="id").get_result()
    found = listed.json() if hasattr(listed, "json") else listed
    assert [key["id"] for key in found["resources"]] == sorted(names)[1:]
    counted = sdk("get_key_collection_metadata", state=[0, 1, 2, 3])
    assert counted.get_headers()["Key-Total"] == "3"
