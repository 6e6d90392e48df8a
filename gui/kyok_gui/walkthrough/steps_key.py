"""Step 1: an HPCS instance, its crypto units, a root key made there and one brought along."""

from __future__ import annotations

import base64
import secrets

from kyok.domain.services import HS_CRYPTO
from kyok_gui.walkthrough.screens import Header, Keys, Screen
from kyok_gui.walkthrough.story import ADMINISTRATOR, HPCS, IMPORTED_KEY, ROOT_KEY, Proof, Story, compared

UNITS = 2


def empty_account(story: Story) -> Proof:
    """The console opens on the resource list of an empty account."""
    Header(story.hand).home()
    story.hand.find("resources.empty")
    evidence = story.second.read("/v2/resource_instances")
    return compared(evidence, ("number of instances", 0, len(evidence.body["resources"])))


def order_hpcs(story: Story) -> Proof:
    """Catalog, Hyper Protect Crypto Services: the form is filled in, nothing is made yet."""
    Header(story.hand).catalog(HS_CRYPTO)
    Screen(story.hand).arrive("create-hpcs")
    story.hand.type("create-hpcs.name", HPCS)
    story.claim(lambda: Screen(story.hand).on("create-hpcs.create"), "the instance can be created")
    evidence = story.second.read("/v2/resource_instances")
    return compared(evidence, ("number of instances", 0, len(evidence.body["resources"])))


def create_hpcs(story: Story) -> Proof:
    """Create: the instance is active, its crypto units are not initialised."""
    story.hand.press("create-hpcs.create")
    screen = Screen(story.hand)
    screen.arrive("crypto-units")
    story.hand.type("crypto-units.administrator-1", ADMINISTRATOR)
    story.claim(lambda: "Not initialized" in _note(story), "the units are not initialized")
    evidence = story.second.read(f"/tke/v1/instances/{story.guid(HPCS)}/crypto_units")
    states = [unit["state"] for unit in evidence.body["units"]]
    return compared(evidence, ("state of the units", ["imprint"] * UNITS, states))


def initialise(story: Story) -> Proof:
    """Initialize: both units hold the same master key."""
    story.hand.press("crypto-units.initialize")
    story.claim(lambda: "hold the same master key" in _note(story), "the units hold the same master key")
    evidence = story.second.read(f"/tke/v1/instances/{story.guid(HPCS)}/crypto_units")
    body = evidence.body
    return compared(
        evidence,
        ("initialised and alike", (True, True), (body["initialised"], body["agree"])),
        ("verification pattern", True, str(body["verification_pattern"])[:16] in _note(story)),
    )


def _note(story: Story) -> str:
    return Screen(story.hand).text("crypto-units.note")


def create_root_key(story: Story) -> Proof:
    """KMS keys, Add key, Create a key: a root key is made inside the crypto units."""
    Header(story.hand).side("keys")
    keys = Keys(story.hand)
    keys.create(ROOT_KEY)
    story.claim(lambda: keys.state_of(ROOT_KEY) == "Active", f"{ROOT_KEY} is active")
    evidence = story.key(ROOT_KEY)
    found = evidence.body["resources"][0]
    return compared(
        evidence,
        ("state", keys.state_of(ROOT_KEY), {1: "Active"}.get(found["state"], found["state"])),
        ("material shown by the cloud", None, found.get("payload")),
    )


def read_key_file(story: Story) -> Proof:
    """Import a key: a file as `openssl rand -base64 32` writes it is read; nothing is sent yet."""
    file = story.folder / "root-key.b64"
    file.write_bytes(base64.b64encode(secrets.token_bytes(32)) + b"\n")
    keys = Keys(story.hand)
    keys.close_panel()
    keys.start_import(IMPORTED_KEY, str(file))
    note = "keys.import.material.file.note"
    story.claim(lambda: keys.text(note) == "32 bytes, an AES-256 key", "the file holds an AES-256 key")
    evidence = story.keys()
    return compared(evidence, ("number of keys", 1, len(evidence.body["resources"])))


def import_root_key(story: Story) -> Proof:
    """Import key: the root key is there, marked as imported."""
    keys = Keys(story.hand)
    keys.finish_import()
    (story.folder / "root-key.b64").unlink()
    story.claim(lambda: keys.state_of(IMPORTED_KEY) == "Active", f"{IMPORTED_KEY} is active")
    keys.close_panel()
    evidence = story.keys()
    true = {key["name"]: (key["state"], key["imported"], key["extractable"]) for key in evidence.body["resources"]}
    shown = {row[0] for row in keys.rows(keys.TABLE)}
    return compared(
        evidence,
        ("names of the keys", shown, set(true)),
        ("imported key", (1, True, False), true.get(IMPORTED_KEY)),
        ("created key", (1, False, False), true.get(ROOT_KEY)),
    )
