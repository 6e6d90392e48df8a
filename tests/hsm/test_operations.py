"""Wrap, unwrap, rewrap and the rest, through the port."""

import base64
import json
import os
import uuid
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kyok.hsm import (
    GenerateKey,
    Hsm,
    ImportKey,
    KeyKind,
    Operation,
    Reseal,
    RevealStandardKey,
    Rewrap,
    StoredKey,
    Unwrap,
    Wrap,
    envelope,
)
from kyok.hsm.errors import (
    BlobCorrupt,
    BlobForeignMasterKey,
    HsmError,
    HsmNotInitialised,
    KeyKindRefused,
    MaterialRefused,
    UnwrapFailed,
)
from kyok.secrets import Secret
from tests.hsm.conftest import GUID, stored

NewKey = Callable[..., StoredKey]
aads = st.lists(st.text(max_size=40), max_size=4)


def members(text: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(base64.b64decode(text))
    return found


def packed(found: dict[str, str]) -> str:
    return base64.b64encode(json.dumps(found).encode()).decode()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(plaintext=st.binary(max_size=4096), aad=aads)
def test_what_is_wrapped_unwraps(ready: Hsm, new_key: NewKey, plaintext: bytes, aad: list[str]) -> None:
    key = new_key()
    wrapped = ready.run(GUID, Wrap(key, plaintext, aad))
    assert wrapped.plaintext is None
    opened = ready.run(GUID, Unwrap([key], wrapped.envelope, aad))
    assert opened.plaintext.matches(plaintext)
    assert (opened.handle, opened.is_newest, opened.rewrapped) == (key.handle, True, None)


def test_without_a_plaintext_the_hsm_makes_32_bytes(ready: Hsm, new_key: NewKey) -> None:
    key = new_key()
    first, second = ready.perform(GUID, [Wrap(key), Wrap(key)])
    assert len(first.plaintext) == 32
    assert not first.plaintext.matches(second.plaintext)
    assert ready.run(GUID, Unwrap([key], first.envelope)).plaintext.matches(first.plaintext)


@pytest.mark.parametrize(
    "plaintext", [b"0123456789abcdef", bytearray(b"0123456789abcdef"), Secret(b"0123456789abcdef")]
)
def test_a_plaintext_may_be_a_secret(ready: Hsm, new_key: NewKey, plaintext: Secret | bytes | bytearray) -> None:
    key = new_key()
    wrapped = ready.run(GUID, Wrap(key, plaintext))
    assert ready.run(GUID, Unwrap([key], wrapped.envelope)).plaintext.matches(b"0123456789abcdef")


def test_the_envelope_has_ibms_shape(ready: Hsm, new_key: NewKey) -> None:
    key = new_key()
    found = members(ready.run(GUID, Wrap(key, b"x" * 32)).envelope)
    assert list(found) == ["ciphertext", "iv", "version", "handle"]
    assert (found["version"], found["handle"]) == ("4.0.0", key.handle)
    assert len(base64.b64decode(found["iv"])) == 12
    assert len(base64.b64decode(found["ciphertext"])) == 32 + 16


def changed(text: str, **new: str) -> str:
    return packed({**members(text), **new})


def flipped(text: str, member: str) -> str:
    raw = bytearray(base64.b64decode(members(text)[member]))
    raw[0] ^= 1
    return changed(text, **{member: base64.b64encode(raw).decode()})


@pytest.mark.parametrize(
    "tamper",
    [
        lambda text: "",
        lambda text: "not base64",
        lambda text: base64.b64encode(b"no json").decode(),
        lambda text: base64.b64encode(b"[]").decode(),
        lambda text: packed({name: value for name, value in members(text).items() if name != "iv"}),
        lambda text: changed(text, extra="x"),
        lambda text: changed(text, version="4.0.1"),
        lambda text: changed(text, handle=str(uuid.uuid4())),
        lambda text: changed(text, iv=base64.b64encode(b"short").decode()),
        lambda text: changed(text, iv="*"),
        lambda text: changed(text, ciphertext=""),
        lambda text: changed(text, ciphertext="AAAA"),
        lambda text: flipped(text, "ciphertext"),
        lambda text: flipped(text, "iv"),
        lambda text: text + "A",
    ],
)
def test_a_changed_envelope_fails_in_one_way_only(ready: Hsm, new_key: NewKey, tamper: Callable[[str], str]) -> None:
    key = new_key()
    text = ready.run(GUID, Wrap(key, b"p" * 32, ["a"])).envelope
    for operation in (Unwrap([key], tamper(text), ["a"]), Rewrap([key], tamper(text), ["a"])):
        error = ready.perform(GUID, [operation])[0]
        assert type(error) is UnwrapFailed
        assert (error.summary, error.remedy) == (UnwrapFailed.summary, UnwrapFailed.remedy)
        assert error.__traceback__ is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(aad=aads, other=aads)
def test_only_the_same_aad_in_the_same_order_opens(
    ready: Hsm, new_key: NewKey, aad: list[str], other: list[str]
) -> None:
    key = new_key()
    text = ready.run(GUID, Wrap(key, b"p" * 32, aad)).envelope
    result = ready.perform(GUID, [Unwrap([key], text, other)])[0]
    assert isinstance(result, UnwrapFailed) is (aad != other)


@given(first=st.tuples(st.text(max_size=5), aads), second=st.tuples(st.text(max_size=5), aads))
def test_associated_data_can_be_read_in_one_way_only(
    first: tuple[str, list[str]], second: tuple[str, list[str]]
) -> None:
    assert (envelope.authenticated(*first) == envelope.authenticated(*second)) is (first == second)


def test_a_lone_surrogate_is_no_crash(ready: Hsm, new_key: NewKey) -> None:
    key = new_key()
    text = ready.run(GUID, Wrap(key, b"p", ["\ud800"])).envelope
    assert ready.run(GUID, Unwrap([key], text, ["\ud800"])).plaintext.matches(b"p")


def test_another_key_does_not_open(ready: Hsm, new_key: NewKey) -> None:
    text = ready.run(GUID, Wrap(new_key())).envelope
    with pytest.raises(UnwrapFailed):
        ready.run(GUID, Unwrap([new_key()], text))
    with pytest.raises(UnwrapFailed):
        ready.run(GUID, Unwrap([], text))


def test_older_versions_go_on_opening_and_are_rewrapped(ready: Hsm, new_key: NewKey) -> None:
    first = new_key()
    old = ready.run(GUID, Wrap(first, b"p" * 32, ["a"])).envelope
    second = new_key(first.key_id, 2)
    opened = ready.run(GUID, Unwrap([second, first], old, ["a"]))
    assert (opened.handle, opened.is_newest) == (first.handle, False)
    assert opened.rewrapped
    assert ready.run(GUID, Unwrap([second], opened.rewrapped, ["a"])).plaintext.matches(b"p" * 32)
    moved = ready.run(GUID, Rewrap([first, second], old, ["a"]))
    assert (moved.handle, moved.newest) == (first.handle, second.handle)
    assert members(moved.envelope)["handle"] == second.handle
    assert ready.run(GUID, Unwrap([first, second], moved.envelope, ["a"])).is_newest


def test_the_same_material_imported_elsewhere_opens(ready: Hsm) -> None:
    material = os.urandom(32)

    def imported(hsm_id: str) -> StoredKey:
        key_id = str(uuid.uuid4())
        return stored(ready.run(hsm_id, ImportKey(key_id, 1, Secret(material))).blob, key_id)

    ready.create("other", 3, ["eu-de-1"], initialised_by_provider=True)
    here, there = imported(GUID), imported("other")
    text = ready.run(GUID, Wrap(here, b"p" * 32)).envelope
    opened = ready.run("other", Unwrap([there], text))
    assert opened.plaintext.matches(b"p" * 32)
    assert opened.handle == there.handle


@pytest.mark.parametrize("length", [16, 24, 32])
def test_root_keys_of_each_length_wrap(ready: Hsm, length: int) -> None:
    material = Secret(os.urandom(length))
    key_id = str(uuid.uuid4())
    key = stored(ready.run(GUID, ImportKey(key_id, 1, material)).blob, key_id)
    assert len(material) == length
    text = ready.run(GUID, Wrap(key, b"p")).envelope
    assert ready.run(GUID, Unwrap([key], text)).plaintext.matches(b"p")


@pytest.mark.parametrize(
    ("length", "kind"),
    [(0, KeyKind.ROOT), (15, KeyKind.ROOT), (33, KeyKind.ROOT), (0, KeyKind.STANDARD), (7501, KeyKind.STANDARD)],
)
def test_material_of_another_length_is_refused(ready: Hsm, length: int, kind: KeyKind) -> None:
    with pytest.raises(MaterialRefused, match=str(length)):
        ready.run(GUID, ImportKey(str(uuid.uuid4()), 1, Secret(bytes(length)), kind))


@pytest.mark.parametrize("length", [1, 7500])
def test_standard_keys_are_read_and_do_not_wrap(ready: Hsm, length: int) -> None:
    key_id = str(uuid.uuid4())
    key = stored(ready.run(GUID, ImportKey(key_id, 1, Secret(b"s" * length), KeyKind.STANDARD)).blob, key_id)
    assert ready.run(GUID, RevealStandardKey(key)).material.matches(b"s" * length)
    with pytest.raises(KeyKindRefused):
        ready.run(GUID, Wrap(key))
    generated = ready.run(GUID, GenerateKey(key_id, 2, KeyKind.STANDARD))
    assert len(ready.run(GUID, RevealStandardKey(stored(generated.blob, key_id, 2))).material) == 32


def test_a_root_key_is_never_revealed(ready: Hsm, new_key: NewKey) -> None:
    with pytest.raises(KeyKindRefused):
        ready.run(GUID, RevealStandardKey(new_key()))


def test_a_batch_keeps_its_order_and_its_good_ones(ready: Hsm, new_key: NewKey) -> None:
    key = new_key()
    broken = stored(key.blob[:-1], key.key_id)
    text = ready.run(GUID, Wrap(key, b"p")).envelope
    operations: list[Operation[object]] = [
        Wrap(key),
        Wrap(broken),
        Unwrap([key], text),
        Unwrap([key], "no"),
        Reseal(key),
    ]
    kinds = [type(result).__name__ for result in ready.perform(GUID, operations)]
    assert kinds == ["Wrapped", "BlobCorrupt", "Unwrapped", "UnwrapFailed", "KeyMade"]
    assert ready.perform(GUID, []) == []


def test_damage_of_a_version_does_not_hide_the_others(ready: Hsm, new_key: NewKey) -> None:
    first = new_key()
    second = new_key(first.key_id, 2)
    broken = StoredKey(second.handle, second.key_id, 2, second.blob[:-1])
    text = ready.run(GUID, Wrap(first, b"p")).envelope
    opened = ready.run(GUID, Unwrap([first, broken], text))
    assert opened.plaintext.matches(b"p")
    assert (opened.is_newest, opened.rewrapped) == (False, None)
    with pytest.raises(BlobCorrupt):
        ready.run(GUID, Rewrap([first, broken], text))
    with pytest.raises(BlobCorrupt):
        ready.run(GUID, Unwrap([broken], text))


def test_without_a_master_key_nothing_is_done(hsm: Hsm, sealing: object) -> None:
    key = stored(b"")
    operations: list[Operation[object]] = [GenerateKey(str(uuid.uuid4()), 1), Wrap(key), Unwrap([key], "x")]
    for error in hsm.perform(GUID, operations):
        assert type(error) is HsmNotInitialised
        assert "CKR_IBM_WK_NOT_INITIALIZED" in error.summary


def test_after_zeroize_no_blob_opens(ready: Hsm, new_key: NewKey) -> None:
    """Invariant 5 of hsm.md 5.1."""
    key = new_key()
    text = ready.run(GUID, Wrap(key)).envelope
    ready.zeroize(GUID)
    with pytest.raises(HsmNotInitialised):
        ready.run(GUID, Unwrap([key], text))
    ready.auto_init(GUID, 1, 1, ["Anna"])
    with pytest.raises(BlobForeignMasterKey):
        ready.run(GUID, Unwrap([key], text))
    # The storage layer still moves it: another master key does not matter there.
    assert ready.run(GUID, Reseal(key)).blob != key.blob


def test_every_refusal_is_an_error_of_the_hsm() -> None:
    assert issubclass(UnwrapFailed, HsmError)
    assert HsmError().summary
