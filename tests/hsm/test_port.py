"""The HSMs of a home: making, initialising, removing, and what status tells."""

import json
import os
import threading
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_private_key

from kyok.durable import Disk
from kyok.hsm import (
    GenerateKey,
    Hsm,
    Initialisation,
    ModuleState,
    Register,
    StoredKey,
    UnitMode,
    Wrap,
    recovery,
    selftest,
)
from kyok.hsm.errors import (
    AdministratorsRefused,
    HsmExists,
    HsmFailed,
    HsmLocked,
    HsmUnknown,
    NotInImprintMode,
    ThresholdsRefused,
)
from kyok.hsm.fileset import FileSet
from kyok.sealing.key import SealingKey
from tests.hsm.conftest import GUID


def test_new_units_are_in_imprint_mode(hsm: Hsm) -> None:
    status = hsm.status(GUID)
    assert (status.initialised, status.usable, status.verification_pattern) == (False, False, None)
    assert status.initialisation is Initialisation.NOT_INITIALISED
    assert [(unit.number, unit.zone) for unit in status.units] == [(1, "us-south-1"), (2, "us-south-2")]
    for unit in status.units:
        assert (unit.mode, unit.usable, unit.problem) == (UnitMode.IMPRINT, False, None)
        assert (unit.current_register, unit.new_register) == (Register.EMPTY, Register.EMPTY)
        assert (unit.signature_threshold, unit.revocation_threshold, unit.administrators) == (0, 0, ())


def test_auto_init_makes_all_units_alike(hsm: Hsm) -> None:
    status = hsm.auto_init(GUID, 2, 1, [" Anna ", "Ben"])
    assert status == hsm.status(GUID)
    assert status.initialised
    assert status.usable
    assert len(status.verification_pattern or "") == 64
    for unit in status.units:
        assert (unit.mode, unit.current_register, unit.new_register) == (
            UnitMode.SECURED,
            Register.VALID,
            Register.EMPTY,
        )
        assert (unit.signature_threshold, unit.revocation_threshold) == (2, 1)
        assert [administrator.name for administrator in unit.administrators] == ["Anna", "Ben"]
        assert unit.current_pattern == status.verification_pattern
        assert unit.transaction_counter == 5
        assert unit.usable
    assert status.units[0].administrators == status.units[1].administrators


def test_the_signature_keys_are_real(ready: Hsm, sealing: SealingKey, tmp_path: Path) -> None:
    files = FileSet(tmp_path / "hsm" / GUID, GUID, sealing, Disk())
    files.load()
    kept = recovery.decoded(files.read(recovery.NAME))
    skis = {administrator.ski for administrator in ready.status(GUID).units[0].administrators}
    assert {ski.hex() for ski, _ in kept} == skis
    for _, private in kept:
        key = load_der_private_key(bytes(private), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        assert key.curve.name == "secp521r1"


def test_recovery_bodies_that_are_none() -> None:
    body = recovery.encoded([(b"s" * 32, bytearray(b"key"))])
    assert recovery.decoded(body) == [(b"s" * 32, bytearray(b"key"))]
    assert recovery.decoded(bytearray()) == []
    for broken in (body[:-1], body[:36]):
        with pytest.raises(ValueError, match=r"cut short|without its name"):
            recovery.decoded(broken)


@pytest.mark.parametrize("thresholds", [(0, 1), (1, 0), (3, 1), (1, 3), (9, 1), (-1, 1)])
def test_thresholds_that_do_not_fit(hsm: Hsm, thresholds: tuple[int, int]) -> None:
    with pytest.raises(ThresholdsRefused, match="1 to 2"):
        hsm.auto_init(GUID, *thresholds, ["Anna", "Ben"])
    assert hsm.status(GUID).initialisation is Initialisation.NOT_INITIALISED


@pytest.mark.parametrize(
    "names", [[], [""], ["x" * 31], ["Anna", "anna "], ["a\nb"], [f"a{number}" for number in range(9)]]
)
def test_administrators_that_do_not_fit(hsm: Hsm, names: list[str]) -> None:
    with pytest.raises(AdministratorsRefused):
        hsm.auto_init(GUID, 1, 1, names)
    assert hsm.status(GUID).initialisation is Initialisation.NOT_INITIALISED


def test_eight_administrators_fit(hsm: Hsm) -> None:
    assert hsm.auto_init(GUID, 8, 8, [f"administrator {number:>016}" for number in range(8)]).initialised


def test_units_are_initialised_once(ready: Hsm) -> None:
    pattern = ready.status(GUID).verification_pattern
    with pytest.raises(NotInImprintMode):
        ready.auto_init(GUID, 1, 1, ["Carl"])
    assert ready.status(GUID).verification_pattern == pattern


def test_zeroize_and_a_new_beginning(ready: Hsm) -> None:
    before = ready.status(GUID)
    zeroized = ready.zeroize(GUID)
    assert zeroized.initialisation is Initialisation.NOT_INITIALISED
    assert all(unit.administrators == () and unit.mode is UnitMode.IMPRINT for unit in zeroized.units)
    assert zeroized.generation > before.generation
    assert zeroized.units[0].transaction_counter > before.units[0].transaction_counter
    after = ready.auto_init(GUID, 1, 1, ["Anna"])
    assert after.initialised
    assert after.verification_pattern != before.verification_pattern
    assert after.units[0].administrators[0].ski != before.units[0].administrators[0].ski


def test_the_providers_hsm_is_ready_at_once(hsm: Hsm) -> None:
    status = hsm.create("provider", 1, ["provider"], initialised_by_provider=True)
    assert status.initialised
    assert hsm.run("provider", GenerateKey(str(uuid.uuid4()), 1)).blob


def test_another_start_finds_everything(
    ready: Hsm, sealing: SealingKey, tmp_path: Path, new_key: Callable[[], StoredKey]
) -> None:
    key = new_key()
    again = Hsm(tmp_path / "hsm")
    again.unlock(sealing)
    assert again.ids() == [GUID]
    first, second = ready.status(GUID), again.status(GUID)
    assert first.verification_pattern == second.verification_pattern
    assert again.run(GUID, Wrap(key)).envelope


def test_units_take_turns(ready: Hsm, new_key: Callable[[], StoredKey]) -> None:
    key = new_key()
    before = [unit.served for unit in ready.status(GUID).units]
    for _ in range(10):
        ready.perform(GUID, [Wrap(key), Wrap(key)])
    after = [unit.served for unit in ready.status(GUID).units]
    assert [new - old for new, old in zip(after, before, strict=True)] == [10, 10]


def test_locked_means_nothing_goes(tmp_path: Path, ready: Hsm, sealing: SealingKey) -> None:
    fresh = Hsm(tmp_path / "hsm")
    assert fresh.state is ModuleState.LOCKED
    assert fresh.ids() == [GUID]
    for refused in (
        lambda: fresh.perform(GUID, []),
        lambda: fresh.status(GUID),
        lambda: fresh.create("other", 2, ["z"]),
        lambda: fresh.remove(GUID),
    ):
        with pytest.raises(HsmLocked):
            refused()
    ready.status(GUID)
    ready.lock()
    with pytest.raises(HsmLocked):
        ready.status(GUID)
    ready.unlock(sealing)
    assert ready.state is ModuleState.OPERATIONAL
    assert ready.status(GUID).initialised


def test_an_unknown_hsm(hsm: Hsm, tmp_path: Path) -> None:
    for name in ("none", "..", "a/b", ""):
        assert not hsm.exists(name)
        with pytest.raises(HsmUnknown):
            hsm.perform(name, [])
        hsm.remove(name)
    assert hsm.exists(GUID)
    assert Hsm(tmp_path / "nowhere").ids() == []


@pytest.mark.parametrize(
    ("name", "units", "zones"), [("../x", 2, ["z"]), ("", 2, ["z"]), ("a", 0, ["z"]), ("a", 9, ["z"]), ("a", 2, [])]
)
def test_an_hsm_that_makes_no_sense(hsm: Hsm, name: str, units: int, zones: list[str]) -> None:
    with pytest.raises(ValueError, match="an HSM has"):
        hsm.create(name, units, zones)


def test_an_id_is_taken_once(ready: Hsm) -> None:
    pattern = ready.status(GUID).verification_pattern
    with pytest.raises(HsmExists):
        ready.create(GUID, 2, ["z"])
    assert ready.status(GUID).verification_pattern == pattern


def test_remove_leaves_nothing(ready: Hsm, tmp_path: Path) -> None:
    ready.remove(GUID)
    assert list((tmp_path / "hsm").iterdir()) == []
    with pytest.raises(HsmUnknown):
        ready.status(GUID)
    assert ready.create(GUID, 3, ["a", "b"]).units[2].zone == "a"


def test_files_are_for_the_owner_only(ready: Hsm, tmp_path: Path) -> None:
    paths = list((tmp_path / "hsm").rglob("*"))
    names = sorted(str(path.relative_to(tmp_path / "hsm" / GUID)) for path in paths if path.is_file())
    assert names == ["epoch.bin", "instance.json", "recovery.bin", "state.bin", "units/1/unit.bin", "units/2/unit.bin"]
    for path in paths:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600)
    about = json.loads((tmp_path / "hsm" / GUID / "instance.json").read_text())
    assert (about["format"], about["id"]) == (1, GUID)


@pytest.mark.parametrize("test", selftest.TESTS, ids=lambda test: test.__name__)
def test_a_failing_self_test_latches(tmp_path: Path, sealing: SealingKey, test: Callable[[], bool]) -> None:
    works = [False]

    def broken() -> bool:
        return works[0]

    broken.__name__ = test.__name__
    module = Hsm(tmp_path / "hsm", tests=(*(each for each in selftest.TESTS if each is not test), broken))
    with pytest.raises(HsmFailed, match=test.__name__):
        module.unlock(sealing)
    works[0] = True
    with pytest.raises(HsmFailed):
        module.unlock(sealing)
    with pytest.raises(HsmFailed):
        module.status(GUID)
    assert module.state is ModuleState.ERROR


def test_a_self_test_that_raises_has_failed() -> None:
    def raises() -> bool:
        raise ValueError("no curve")

    assert selftest.failures((raises,)) == ["raises"]
    assert selftest.failures() == []


def test_self_tests_notice_wrong_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    class Careless:
        """Encrypts right, and does not look at tags."""

        def __init__(self, key: bytes) -> None:
            self._real = real(key)

        def encrypt(self, *arguments: bytes) -> bytes:
            return self._real.encrypt(*arguments)

        def decrypt(self, nonce: bytes, data: bytes, aad: bytes) -> bytes:
            stream = self._real.encrypt(nonce, bytes(len(data) - 16), aad)
            return bytes(a ^ b for a, b in zip(data[:-16], stream, strict=False))

    class Wrong(Careless):
        def encrypt(self, *arguments: bytes) -> bytes:
            return os.urandom(48)

    real = selftest.AESGCM
    for double in (Careless, Wrong):
        monkeypatch.setattr(selftest, "AESGCM", double)
        assert selftest.failures((selftest.aes_gcm,)) == ["aes_gcm"]


def test_many_threads_share_it(ready: Hsm, new_key: Callable[[], StoredKey]) -> None:
    key = new_key()
    failures: list[object] = []

    def work() -> None:
        for result in ready.perform(GUID, [Wrap(key, b"p") for _ in range(200)]):
            if not hasattr(result, "envelope"):
                failures.append(result)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sum(unit.served for unit in ready.status(GUID).units) == 801
