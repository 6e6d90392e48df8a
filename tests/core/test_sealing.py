"""The sealing key of a home: keyring, passphrase, demo; and every way it can be refused."""

import itertools
import json
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.exceptions import UnsupportedAlgorithm

from kyok.paths import Home
from kyok.sealed import SealedFileError
from kyok.sealing import errors, keyring_store, passphrase
from kyok.sealing.attempts import LONGEST_WAIT, Attempts, back_off
from kyok.sealing.key import SealingKey
from kyok.secrets import PASSPHRASE_FILE_VARIABLE, Secret, open_sealing_key, probe_keyring

CHEAP = passphrase.Derivation(passphrase.ARGON2ID, 19_456, 2, 1)
RIGHT = "correct horse battery"


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSPHRASE_FILE_VARIABLE, raising=False)


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The weakest derivation that is accepted, to save time."""
    monkeypatch.setattr(passphrase, "best_derivation", lambda: CHEAP)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


class Keyring:
    """A keyring that works; the doubles below do one thing wrong each."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_keyring(self) -> Any:
        return self

    def set_password(self, service: str, user: str, value: str) -> None:
        self.kept[service, user] = value

    def get_password(self, service: str, user: str) -> str | None:
        return self.kept.get((service, user))

    def delete_password(self, service: str, user: str) -> None:
        del self.kept[service, user]


def trusted(kind: type[Keyring], name: str = "keyring.backends.SecretService.Keyring") -> type[Keyring]:
    module, _, qualname = name.rpartition(".")
    return type(qualname, (kind,), {"__module__": module})


class Forgetful(Keyring):
    def set_password(self, service: str, user: str, value: str) -> None:
        return None


class Mixing(Keyring):
    def get_password(self, service: str, user: str) -> str | None:
        return "something else"


class Clinging(Keyring):
    def delete_password(self, service: str, user: str) -> None:
        return None


class Failing(Keyring):
    def set_password(self, service: str, user: str, value: str) -> None:
        raise RuntimeError(f"cannot keep {value}")


class Hanging(Keyring):
    gate = threading.Event()

    def set_password(self, service: str, user: str, value: str) -> None:
        self.gate.wait()


class ForgettingLater(Keyring):
    """Passes the probe, then keeps nothing."""

    def set_password(self, service: str, user: str, value: str) -> None:
        if user.startswith("probe-"):
            super().set_password(service, user, value)


# Keyring -------------------------------------------------------------------------------------------------------------


def test_a_working_keyring_keeps_the_key(home: Home) -> None:
    backend = trusted(Keyring)()
    first = open_sealing_key(home, keyring_module=backend)
    again = open_sealing_key(home, keyring_module=backend)
    assert (first.provider, first.insecure) == ("keyring", False)
    assert first.derive(b"label") == again.derive(b"label")
    assert len(backend.kept) == 1
    assert not any(user.startswith("probe-") for _, user in backend.kept)
    record = json.loads(home.seal_json.read_text())
    assert record["provider"] == "keyring"
    assert not home.seal.exists()
    assert not home.demo_secret.exists()


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (Forgetful, "does not give it back"),
        (Mixing, "does not give it back"),
        (Clinging, "does not forget"),
        (Failing, "RuntimeError"),
        (ForgettingLater, "does not give it back"),
    ],
)
def test_a_keyring_that_lies_or_fails_is_refused(home: Home, kind: type[Keyring], says: str) -> None:
    with pytest.raises(errors.NoSealingSecret, match=says) as caught:
        open_sealing_key(home, keyring_module=trusted(kind)())
    for way in ("--passphrase-fd", PASSPHRASE_FILE_VARIABLE, "--insecure-demo"):
        assert way in caught.value.remedy
    assert not home.seal_json.exists()


@pytest.mark.parametrize(
    "name",
    [
        "keyring.backends.fail.Keyring",
        "keyring.backends.null.Keyring",
        "keyrings.alt.file.PlaintextKeyring",
        "keyring.backends.chainer.ChainerBackend",
    ],
)
def test_keyrings_that_are_not_on_the_list_are_not_tried(name: str) -> None:
    backend = trusted(Failing, name)()
    backend.backends = [trusted(Failing, "keyrings.alt.file.PlaintextKeyring")()]  # type: ignore[attr-defined]
    assert "no keyring of the operating system" in (probe_keyring(backend) or "")


def test_a_trusted_keyring_inside_a_chain_is_used_alone() -> None:
    inner = trusted(Keyring)()
    chain = trusted(Failing, "keyring.backends.chainer.ChainerBackend")()
    chain.backends = [trusted(Failing, "keyrings.alt.file.PlaintextKeyring")(), inner]  # type: ignore[attr-defined]
    assert probe_keyring(chain) is None


def test_a_keyring_that_does_not_answer_is_left_alone() -> None:
    try:
        with pytest.raises(errors.KeyringRefused, match="did not answer"):
            keyring_store.usable_keyring(trusted(Hanging)(), seconds=0.05)
    finally:
        Hanging.gate.set()


def test_the_keyrings_words_are_not_repeated(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    problem = probe_keyring(trusted(Failing)())
    assert "cannot keep" not in f"{problem} {caplog.text}"


def test_the_real_package_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = SimpleNamespace(get_keyring=trusted(Keyring, "keyring.backends.null.Keyring"))
    monkeypatch.setitem(sys.modules, "keyring", fake)
    assert "no keyring" in (probe_keyring() or "")


def test_a_keyring_that_lost_or_changed_the_key(home: Home) -> None:
    backend = trusted(Keyring)()
    open_sealing_key(home, keyring_module=backend)
    [entry] = backend.kept
    for value, error in (("zz", errors.NoSealingSecret), ("00", errors.SealDamaged), ("00" * 32, errors.SealDamaged)):
        backend.kept[entry] = value
        with pytest.raises(error):
            open_sealing_key(home, keyring_module=backend)
    backend.kept.clear()
    with pytest.raises(errors.SealDamaged, match="no longer holds"):
        open_sealing_key(home, keyring_module=backend)
    with pytest.raises(errors.NoSealingSecret, match="sealed by the operating system's keyring") as caught:
        open_sealing_key(home, keyring_module=trusted(Failing)())
    assert "unlocked" in caught.value.remedy


# Passphrase ----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("cheap")
def test_a_passphrase_opens_what_it_sealed(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = open_sealing_key(home, passphrase=Secret(RIGHT))
    assert (first.provider, first.insecure) == ("passphrase", False)
    assert open_sealing_key(home, passphrase=Secret(RIGHT)).derive(b"x") == first.derive(b"x")
    named = tmp_path / "named"
    named.write_text(RIGHT + "\n")
    monkeypatch.setenv(PASSPHRASE_FILE_VARIABLE, str(named))
    assert open_sealing_key(home).derive(b"x") == first.derive(b"x")
    assert home.seal.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("short", ["", "elevenchars", "ääääääääääa"])
def test_a_new_passphrase_has_twelve_characters(home: Home, short: str) -> None:
    with pytest.raises(errors.PassphraseTooShort):
        open_sealing_key(home, passphrase=Secret(short))
    assert not home.seal_json.exists()


@pytest.mark.usefixtures("cheap")
def test_wrong_passphrases_are_counted_before_they_are_checked(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    open_sealing_key(home, passphrase=Secret(RIGHT))

    def killed(*arguments: object) -> object:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(passphrase.Seal, "opened_with", killed)
        open_sealing_key(home, passphrase=Secret("wrong wrong wrong"))
    assert json.loads(home.seal_attempts.read_text())["attempts"] == 1
    assert json.loads(home.seal_attempts_copy.read_text())["attempts"] == 1


@pytest.mark.usefixtures("cheap")
def test_a_wrong_passphrase_makes_the_next_wait(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    wall = [1000.0]
    monkeypatch.setattr("kyok.sealing.opening._attempts", lambda home: attempts_of(home, wall))
    open_sealing_key(home, passphrase=Secret(RIGHT))
    for number in (1, 2, 3):
        with pytest.raises(errors.WrongPassphrase, match="is wrong") as caught:
            open_sealing_key(home, passphrase=Secret("wrong wrong wrong"))
        assert (caught.value.attempts, caught.value.wait_seconds) == (number, back_off(number))
    with pytest.raises(errors.TooManyAttempts, match="3 wrong") as refused:
        open_sealing_key(home, passphrase=Secret(RIGHT))
    assert refused.value.wait_seconds == 4
    home.seal_attempts.unlink()
    with pytest.raises(errors.TooManyAttempts):
        open_sealing_key(home, passphrase=Secret(RIGHT))
    wall[0] += 4
    assert open_sealing_key(home, passphrase=Secret(RIGHT)).provider == "passphrase"
    assert json.loads(home.seal_attempts.read_text())["attempts"] == 0


def attempts_of(home: Home, wall: list[float]) -> Attempts:
    def sleep(seconds: float) -> None:
        wall[0] += seconds

    return Attempts((home.seal_attempts, home.seal_attempts_copy), wall=lambda: wall[0], sleep=sleep)


def test_the_wait_grows_and_ends() -> None:
    assert [back_off(number) for number in range(6)] == [0, 1, 2, 4, 8, 16]
    assert back_off(11) == LONGEST_WAIT
    assert back_off(10**9) == LONGEST_WAIT


def test_a_wall_clock_that_was_turned_back_shuts_nobody_out(tmp_path: Path) -> None:
    wall = [1_000_000.0]
    home = Home(tmp_path)
    attempts = attempts_of(home, wall)
    for number in (1, 2, 3):
        assert attempts.begin() == number
        wall[0] += 4
    wall[0] = 10.0
    with pytest.raises(errors.TooManyAttempts):
        attempts.begin()
    wall[0] += 4
    assert attempts.begin() == 4


def test_damaged_counters_count_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path)
    attempts = attempts_of(home, [0.0])
    for text in ("", "[]", "{}", '{"attempts": "x", "last": 0}', '{"attempts": null, "last": 0}'):
        home.seal_attempts.write_text(text)
        home.seal_attempts_copy.write_text(text)
        assert attempts.begin() == 1


@pytest.mark.usefixtures("cheap")
def test_every_change_of_the_seal_is_noticed(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    # The same derived key for every salt and cost: the seal itself must notice that its header was changed.
    monkeypatch.setattr(passphrase.Derivation, "key", lambda self, secret, salt: bytearray(b"k" * 32))
    monkeypatch.setattr("kyok.sealing.opening._attempts", lambda home: attempts_of(home, [0.0]))
    open_sealing_key(home, passphrase=Secret(RIGHT))
    assert open_sealing_key(home, passphrase=Secret(RIGHT))
    whole = home.seal.read_bytes()
    for index in range(len(whole)):
        home.seal_attempts.unlink(missing_ok=True)
        home.seal_attempts_copy.unlink(missing_ok=True)
        home.seal.write_bytes(whole[:index] + bytes([whole[index] ^ 1]) + whole[index + 1 :])
        with pytest.raises((errors.SealDamaged, errors.WrongPassphrase)):
            open_sealing_key(home, passphrase=Secret(RIGHT))
    for broken in (b"", whole[:-1], whole + b"x"):
        home.seal.write_bytes(broken)
        with pytest.raises(errors.SealDamaged):
            open_sealing_key(home, passphrase=Secret(RIGHT))
    home.seal.unlink()
    with pytest.raises(errors.SealDamaged, match="cannot be read"):
        open_sealing_key(home, passphrase=Secret(RIGHT))


@pytest.mark.parametrize(
    "values",
    [
        (passphrase.ARGON2ID, 8, 3, 4),
        (passphrase.ARGON2ID, 64 * 1024 * 1024, 3, 4),
        (passphrase.ARGON2ID, 65_536, 1, 4),
        (passphrase.ARGON2ID, 65_536, 1000, 4),
        (passphrase.ARGON2ID, 65_536, 3, 200),
        (passphrase.SCRYPT, 2**14, 8, 1),
        (passphrase.SCRYPT, 2**21, 8, 1),
        (passphrase.SCRYPT, 2**17 + 1, 8, 1),
        (passphrase.SCRYPT, 2**17, 64, 1),
        (3, 65_536, 3, 4),
    ],
)
def test_a_hostile_seal_neither_weakens_nor_exhausts(values: tuple[int, int, int, int]) -> None:
    header = passphrase._HEADER.pack(passphrase.MAGIC, *values, bytes(16), bytes(12))
    with pytest.raises(errors.SealDamaged, match="out of bounds"):
        passphrase.parsed(header + bytes(48))


def test_the_usual_derivations_are_bearable_and_work(monkeypatch: pytest.MonkeyPatch) -> None:
    assert passphrase.best_derivation() == passphrase.USUAL
    assert passphrase.USUAL.is_bearable()
    assert passphrase.WITHOUT_ARGON2.is_bearable()
    key = bytearray(range(32))
    light = passphrase.Derivation(passphrase.SCRYPT, 2**15, 8, 1)
    seal = passphrase.parsed(passphrase.sealed_under(Secret(RIGHT), key, light))
    assert (seal.opened_with(Secret(RIGHT)), seal.derivation) == (key, light)
    with pytest.raises(passphrase.WrongKey):
        seal.opened_with(Secret("wrong wrong wrong"))

    def missing(**arguments: object) -> object:
        raise UnsupportedAlgorithm("no Argon2id")

    sealed = passphrase.parsed(passphrase.sealed_under(Secret(RIGHT), key, CHEAP))
    monkeypatch.setattr("cryptography.hazmat.primitives.kdf.argon2.Argon2id", missing)
    assert passphrase.best_derivation() == passphrase.WITHOUT_ARGON2
    with pytest.raises(errors.SealDamaged, match="Argon2id"):
        sealed.opened_with(Secret(RIGHT))


def test_a_weaker_derivation_is_replaced_at_the_next_start(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(passphrase, "best_derivation", lambda: CHEAP)
        first = open_sealing_key(home, passphrase=Secret(RIGHT))
    stronger = CHEAP._replace(second=3)
    monkeypatch.setattr(passphrase, "best_derivation", lambda: stronger)
    assert open_sealing_key(home, passphrase=Secret(RIGHT)).derive(b"x") == first.derive(b"x")
    assert passphrase.parsed(home.seal.read_bytes()).derivation == stronger


# Demo, mismatches, damage --------------------------------------------------------------------------------------------


def test_the_demos_secret_lies_beside_the_data_and_says_so(home: Home) -> None:
    first = open_sealing_key(home, insecure_demo=True)
    assert first.insecure
    assert open_sealing_key(home, insecure_demo=True).derive(b"x") == first.derive(b"x")
    assert home.demo_secret.stat().st_mode & 0o777 == 0o600
    home.demo_secret.write_bytes(b"short")
    with pytest.raises(errors.SealDamaged, match="changed"):
        open_sealing_key(home, insecure_demo=True)
    home.demo_secret.write_bytes(bytes(32))
    with pytest.raises(errors.SealDamaged, match="not the one"):
        open_sealing_key(home, insecure_demo=True)
    home.demo_secret.unlink()
    with pytest.raises(errors.SealDamaged, match="cannot be read"):
        open_sealing_key(home, insecure_demo=True)


WAYS: dict[str, dict[str, Any]] = {
    "keyring": {},
    "passphrase": {"passphrase": RIGHT},
    "insecure-demo": {"insecure_demo": True},
}


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize(("made", "opened"), list(itertools.permutations(WAYS, 2)))
def test_a_home_remembers_what_sealed_it(home: Home, made: str, opened: str) -> None:
    backend = trusted(Keyring)()

    def go(way: str) -> SealingKey:
        arguments = dict(WAYS[way])
        if "passphrase" in arguments:
            arguments["passphrase"] = Secret(arguments["passphrase"])
        return open_sealing_key(home, keyring_module=backend, **arguments)

    key = go(made)
    with pytest.raises(errors.SealingMismatch) as caught:
        go(opened)
    wanted = {"keyring": "without a passphrase", "passphrase": "--passphrase-fd", "insecure-demo": "--insecure-demo"}[
        made
    ]
    assert wanted in caught.value.remedy
    assert go(made).derive(b"x") == key.derive(b"x")


def test_without_anything_it_refuses(home: Home) -> None:
    with pytest.raises(errors.NoSealingSecret):
        open_sealing_key(home, keyring_module=trusted(Keyring, "keyring.backends.fail.Keyring")())


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "\xff", '{"format": 1}', '{"format": 1, "provider": "x", "ident": "", "check": ""}']
)
def test_a_damaged_record(home: Home, text: str) -> None:
    open_sealing_key(home, insecure_demo=True)
    home.seal_json.write_bytes(text.encode("latin-1"))
    with pytest.raises(errors.SealDamaged):
        open_sealing_key(home, insecure_demo=True)


def test_a_newer_record(home: Home) -> None:
    open_sealing_key(home, insecure_demo=True)
    record = json.loads(home.seal_json.read_text())
    home.seal_json.write_text(json.dumps(record | {"format": 2}))
    with pytest.raises(errors.SealDamaged, match="newer version"):
        open_sealing_key(home, insecure_demo=True)


@pytest.mark.parametrize("left", ["hsm/guid", "token-key.bin"])
def test_a_lost_record_does_not_make_a_new_key_over_old_data(home: Home, left: str) -> None:
    open_sealing_key(home, insecure_demo=True)
    (home.root / left).mkdir()
    home.seal_json.unlink()
    with pytest.raises(errors.SealDamaged, match=r"seal\.json is missing"):
        open_sealing_key(home, insecure_demo=True)


def test_a_start_that_was_cut_before_the_record_begins_again(home: Home) -> None:
    open_sealing_key(home, insecure_demo=True)
    home.seal_json.unlink()
    assert open_sealing_key(home, insecure_demo=True).provider == "insecure-demo"


# The key itself ------------------------------------------------------------------------------------------------------


def test_subkeys_and_small_files() -> None:
    key = SealingKey("insecure-demo", bytearray(range(32)))
    assert key.derive(b"a") != key.derive(b"b")
    assert len(key.derive(b"a")) == 32
    sealed = key.seal_bytes(b"token key", b"content", b"aad")
    assert b"content" not in sealed
    assert key.open_bytes(b"token key", sealed, b"aad") == b"content"
    for label, data, aad in (
        (b"other", sealed, b"aad"),
        (b"token key", sealed, b""),
        (b"token key", sealed[:-1], b"aad"),
        (b"token key", sealed[:-1] + bytes([sealed[-1] ^ 1]), b"aad"),
        (b"token key", b"", b"aad"),
        (b"token key", b"KYSF\x01\x02" + sealed[6:], b"aad"),
    ):
        with pytest.raises(SealedFileError):
            key.open_bytes(label, data, aad)
    with pytest.raises(SealedFileError, match="newer version"):
        key.open_bytes(b"token key", b"KYSF\x02" + sealed[5:], b"aad")
    assert "<secret>" in repr(key)
    key.wipe()
    with pytest.raises(ValueError, match="wiped"):
        key.derive(b"a")


@pytest.mark.parametrize(("provider", "length"), [("other", 32), ("keyring", 31)])
def test_a_sealing_key_that_is_none(provider: str, length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        SealingKey(provider, bytearray(length))
