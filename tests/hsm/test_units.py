"""State machine of a crypto unit: invariants 1, 2 and 5 of hsm.md 5.1, and the codec of its file."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from kyok.hsm import unit_codec
from kyok.hsm.errors import (
    AdministratorsRefused,
    HsmError,
    ImprintModeOnly,
    InImprintMode,
    RegisterRefused,
    ThresholdsRefused,
)
from kyok.hsm.master_key import verification_pattern
from kyok.hsm.status import Register, UnitMode
from kyok.hsm.unit import AdministratorRecord, UnitRecord

names = st.text(min_size=0, max_size=34)


def administrator(name: str, ski: bytes | None = None) -> AdministratorRecord:
    return AdministratorRecord(name, ski or os.urandom(32), os.urandom(133))


def secured() -> UnitRecord:
    record = UnitRecord()
    record.add_administrators([administrator("Anna"), administrator("Ben")])
    record.set_thresholds(2, 1)
    return record


class Unit(RuleBasedStateMachine):
    """Any commands in any order: what is refused changes nothing, what is done keeps the invariants."""

    def __init__(self) -> None:
        super().__init__()
        self.record = UnitRecord()
        self.counter = 0
        self.pattern = b""

    def attempt(self, command: str, *arguments: object) -> bool:
        before = bytes(unit_codec.encoded(self.record))
        try:
            getattr(self.record, command)(*arguments)
        except HsmError:
            assert bytes(unit_codec.encoded(self.record)) == before
            return False
        assert self.record.transaction_counter == self.counter + 1
        self.counter += 1
        return True

    @rule(name=names, ski=st.binary(min_size=32, max_size=32))
    def add(self, name: str, ski: bytes) -> None:
        if self.attempt("add_administrators", [administrator(name, ski)]):
            assert 1 <= len(name) <= 30

    @rule(signature=st.integers(-1, 9), revocation=st.integers(-1, 9))
    def set_thresholds(self, signature: int, revocation: int) -> None:
        self.attempt("set_thresholds", signature, revocation)

    @rule(key=st.binary(min_size=30, max_size=33) | st.just(bytes(32)))
    def load(self, key: bytes) -> None:
        if self.attempt("load_new", bytearray(key)):
            self.pattern = verification_pattern(key)

    @rule(right=st.booleans())
    def commit(self, right: bool) -> None:
        before = self.record.new_register
        if self.attempt("commit_new", self.pattern if right else os.urandom(32)):
            assert right
            assert before is Register.FULL_UNCOMMITTED

    @rule()
    def activate(self) -> None:
        before = self.record.new_register
        if self.attempt("activate_new"):
            assert before is Register.FULL_COMMITTED
            assert self.record.current is not None
            assert verification_pattern(self.record.current) == self.pattern

    @rule()
    def zeroize(self) -> None:
        held = [register for register in (self.record.current, self.record.new) if register is not None]
        assert self.attempt("zeroize")
        assert self.record.mode is UnitMode.IMPRINT
        assert all(not any(register) for register in held)

    @invariant()
    def imprint_mode_holds_no_master_key(self) -> None:
        if self.record.mode is UnitMode.IMPRINT:
            assert self.record.current_register is Register.EMPTY
            assert self.record.new_register is Register.EMPTY

    @invariant()
    def thresholds_fit_the_administrators(self) -> None:
        record = self.record
        assert len(record.administrators) <= 8
        assert len({each.ski for each in record.administrators}) == len(record.administrators)
        if record.mode is UnitMode.SECURED:
            assert 1 <= record.signature_threshold <= len(record.administrators)
            assert 1 <= record.revocation_threshold <= len(record.administrators)

    @invariant()
    def the_file_gives_it_back(self) -> None:
        body = unit_codec.encoded(self.record)
        assert unit_codec.encoded(unit_codec.decoded(body)) == body


TestUnit = Unit.TestCase


def test_commands_of_the_other_mode_are_refused() -> None:
    fresh = UnitRecord()
    for refused in (lambda: fresh.load_new(bytearray(b"k" * 32)), lambda: fresh.commit_new(b""), fresh.activate_new):
        with pytest.raises(InImprintMode):
            refused()
    record = secured()
    with pytest.raises(ImprintModeOnly):
        record.add_administrators([administrator("Carl")])
    with pytest.raises(ImprintModeOnly):
        record.set_thresholds(1, 1)


def test_the_registers_go_through_their_states_in_order() -> None:
    record = secured()
    key = bytearray(b"k" * 32)
    assert record.new_register is Register.EMPTY
    with pytest.raises(RegisterRefused):
        record.commit_new(verification_pattern(key))
    record.load_new(key)
    assert record.new_register is Register.FULL_UNCOMMITTED
    with pytest.raises(RegisterRefused):
        record.load_new(key)
    with pytest.raises(RegisterRefused):
        record.activate_new()
    with pytest.raises(RegisterRefused, match="pattern"):
        record.commit_new(bytes(32))
    record.commit_new(verification_pattern(key))
    assert record.new_register is Register.FULL_COMMITTED
    record.activate_new()
    assert (record.current_register, record.new_register) == (Register.VALID, Register.EMPTY)
    first = record.current
    other = bytearray(b"o" * 32)
    record.load_new(other)
    record.commit_new(verification_pattern(other))
    record.activate_new()
    assert record.current == other
    assert first == bytes(32)


@pytest.mark.parametrize(
    "added",
    [
        [administrator("x" * 31)],
        [administrator("")],
        [administrator(f"a{number}") for number in range(9)],
        [administrator("Anna"), administrator("anna")],
        [administrator("Anna", b"s" * 32), administrator("Ben", b"s" * 32)],
    ],
)
def test_administrators_that_do_not_fit(added: list[AdministratorRecord]) -> None:
    with pytest.raises(AdministratorsRefused):
        UnitRecord().add_administrators(added)


def test_thresholds_need_administrators() -> None:
    with pytest.raises(ThresholdsRefused):
        UnitRecord().set_thresholds(1, 1)


@given(body=st.binary(max_size=200))
def test_any_body_is_a_unit_or_refused(body: bytes) -> None:
    try:
        record = unit_codec.decoded(bytearray(body).ljust(12, b"\0"))
    except unit_codec.UnitBodyDamaged:
        return
    assert unit_codec.decoded(unit_codec.encoded(record)).transaction_counter == record.transaction_counter


def test_a_name_that_is_no_text_is_refused() -> None:
    body = unit_codec.encoded(secured())
    at = body.index(b"Anna")
    body[at] = 0xFF
    with pytest.raises(unit_codec.UnitBodyDamaged):
        unit_codec.decoded(body)
