"""Import with an import token: the window encrypts; what the instance policy enforces and forbids is said."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from kyok.client.records.key_policies import ImportToken
from kyok.client.secure_import import SHA_1, SHA_256, SealedMaterial
from kyok.domain.key_states import KeyAction
from tests.gui import driver
from tests.gui.accessible import nameless
from tests.gui.pages.keys.fake_cloud import FakeCloud, refusal
from tests.gui.pages.keys.keys_object import KeysObject
from tests.gui.pages.keys.stage import World

RAW = bytes(range(32))


@pytest.fixture(scope="module")
def private_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture
def material(tmp_path: Path) -> str:
    file = tmp_path / "key.b64"
    file.write_text(base64.b64encode(RAW).decode())
    return str(file)


@pytest.fixture
def tokens(world: World, private_key: rsa.RSAPrivateKey) -> FakeCloud:
    pem = private_key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    world.cloud.token = ImportToken(
        public_key=base64.b64encode(pem).decode(), nonce=base64.b64encode(bytes(12)).decode()
    )
    return world.cloud


def policy(cloud: FakeCloud, **attributes: bool) -> None:
    data = {"enabled": True, "attributes": attributes}
    cloud.instance_policies["keyCreateImportAccess"] = {"policy_type": "keyCreateImportAccess", "policy_data": data}


def opened(world: World, kind: str, instance: str = "acme-hpcs") -> KeysObject:
    page = KeysObject(world, instance)
    if instance == "acme-kp":
        page.press("keys.empty.second")
    else:
        page.add(kind)
    world.rest()
    return page


def sent(cloud: FakeCloud) -> SealedMaterial:
    found = cloud.calls[-1][-1]
    assert isinstance(found, SealedMaterial)
    return found


@pytest.mark.parametrize(
    ("instance", "algorithm", "digest", "words"),
    [
        ("acme-hpcs", SHA_1, hashes.SHA1(), "RSA-OAEP with SHA-1, the proof with AES-CBC"),
        ("acme-kp", SHA_256, hashes.SHA256(), "RSA-OAEP with SHA-256, the proof with AES-GCM"),
    ],
)
def test_both_services_get_material_in_their_way(
    world: World,
    tokens: FakeCloud,
    material: str,
    private_key: rsa.RSAPrivateKey,
    instance: str,
    algorithm: str,
    digest: hashes.HashAlgorithm,
    words: str,
) -> None:
    page = opened(world, "import", instance)
    page.write("keys.import.name", "treasury-root")
    page.write("keys.import.material.file", material)
    driver.find(page.stage, "keys.import.travel.token").click()
    assert words in page.text("keys.import.travel.words")
    page.press("keys.import.accept")
    page.follow_up()
    assert tokens.names() == ["import token", "create"]
    assert sent(tokens).algorithm == algorithm
    oaep = padding.OAEP(mgf=padding.MGF1(digest), algorithm=digest, label=None)
    assert private_key.decrypt(base64.b64decode(sent(tokens).payload), oaep) == RAW


def test_an_enforced_token_leaves_no_other_way_and_says_why(world: World, tokens: FakeCloud, material: str) -> None:
    policy(tokens, enforce_token=True)
    page = opened(world, "import")
    plain = driver.find(page.stage, "keys.import.travel.plain")
    assert not plain.isEnabled()
    assert plain.accessibleDescription() == "The instance policy enforces secure import"
    driver.find(page.stage, "keys.import.type.standard").click()
    assert page.text("keys.import.travel.words") == (
        "The instance policy enforces secure import. Standard keys cannot be imported with a token."
    )
    assert not driver.find(page.stage, "keys.import.accept").isEnabled()
    driver.find(page.stage, "keys.import.type.root").click()
    page.write("keys.import.name", "treasury-root")
    page.write("keys.import.material.file", material)
    page.press("keys.import.accept")
    page.follow_up()
    assert sent(tokens).algorithm == SHA_1


def test_types_that_the_policy_forbids_are_off_with_the_reason(world: World) -> None:
    policy(world.cloud, create_root_key=False)
    page = opened(world, "create")
    root = driver.find(page.stage, "keys.create.type.root")
    assert not root.isEnabled()
    assert root.accessibleDescription() == "The instance policy does not allow it"
    page.write("keys.create.name", "smtp-2")
    page.press("keys.create.accept")
    page.follow_up()
    assert world.cloud.calls[0][:3] == ("create", "smtp-2", True)


def test_what_a_new_key_inherits_is_said_before_it_is_made(world: World) -> None:
    policies = world.cloud.instance_policies
    policies["dualAuthDelete"] = {"policy_type": "dualAuthDelete", "policy_data": {"enabled": True}}
    rotation = {"enabled": True, "attributes": {"interval_month": 3}}
    policies["rotation"] = {"policy_type": "rotation", "policy_data": rotation}
    page = opened(world, "create")
    assert page.text("keys.create.inherits") == (
        "By the instance policies two people are needed to delete it and it rotates every 3 months."
    )
    driver.find(page.stage, "keys.create.type.standard").click()
    assert page.text("keys.create.inherits") == "By the instance policies two people are needed to delete it."


def test_nothing_can_be_made_where_both_types_are_forbidden(world: World) -> None:
    policy(world.cloud, create_root_key=False, create_standard_key=False)
    page = opened(world, "create")
    accept = driver.find(page.stage, "keys.create.accept")
    assert not accept.isEnabled()
    assert accept.accessibleDescription() == "The instance policy does not allow it"


def test_who_may_not_read_the_policy_can_still_try(world: World, material: str) -> None:
    world.cloud.fail["policies"] = refusal(401, "UNAUTHORIZED_ERR", "You are not allowed to do this here.")
    page = opened(world, "import")
    page.write("keys.import.name", "treasury-root")
    page.write("keys.import.material.file", material)
    page.press("keys.import.accept")
    page.follow_up()
    assert world.cloud.calls[-1][-1] == RAW


def test_a_token_that_cannot_be_read_is_told_and_the_material_is_wiped(world: World, material: str) -> None:
    page = opened(world, "import")
    page.write("keys.import.name", "treasury-root")
    page.write("keys.import.material.file", material)
    driver.find(page.stage, "keys.import.travel.token").click()
    page.press("keys.import.accept")
    page.follow_up()
    words = page.dialog_words("keys.import")
    assert "The import token cannot be read." in words
    assert "The material was wiped: give it again." in words
    assert world.cloud.names() == ["import token"]


def test_an_imported_key_is_rotated_with_a_token(world: World, tokens: FakeCloud, material: str) -> None:
    page = KeysObject(world)
    page.act(KeyAction.ROTATE, "evidence-root")
    world.rest()
    page.write("keys.rotate.material.file", material)
    driver.find(page.stage, "keys.rotate.travel.token").click()
    page.press("keys.rotate.accept")
    page.follow_up()
    assert sent(tokens).algorithm == SHA_1


def test_a_key_is_made_in_a_ring_with_tags(world: World) -> None:
    page = opened(world, "create")
    page.write("keys.create.name", "treasury-root")
    page.write("keys.create.tags", "prod, pci")
    driver.choose(page.stage, "keys.create.ring", "ledger")
    page.press("keys.create.accept")
    page.follow_up()
    assert world.cloud.made_in == ("ledger", ("prod", "pci"))
    assert page.cells("treasury-root")[6] == "ledger"


def test_every_part_has_a_name(world: World) -> None:
    page = opened(world, "import")
    assert nameless(page.dialog("keys.import")) == []
