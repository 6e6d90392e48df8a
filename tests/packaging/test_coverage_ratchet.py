"""The ratchet of the coverage floor."""

from pathlib import Path

import pytest

from tests.coverage_ratchet import Part, add_up, fallen, lowered, main, part_of, raised

FLOOR = {"core": 90, "hsm": 92, "gui": 75}


def test_a_file_belongs_to_the_part_it_lies_in() -> None:
    assert part_of("core/kyok/hsm/port.py") == "hsm"
    assert part_of("core/kyok/cloud/app.py") == "core"
    assert part_of("gui/kyok_gui/window.py") == "gui"
    assert part_of("tests/wire/test_keys.py") is None


def test_lines_and_branches_are_added_up() -> None:
    counts = {"covered_lines": 8, "num_statements": 10, "covered_branches": 1, "num_branches": 2}
    parts = add_up({"core/kyok/a.py": counts, "core/kyok/b.py": {"covered_lines": 3, "num_statements": 3}})
    assert parts["core"] == Part(12, 15)
    assert parts["core"].percent == 80.0


def test_a_part_without_code_has_no_coverage() -> None:
    assert Part().percent == 0.0


def test_a_part_below_its_floor_is_named() -> None:
    parts = {"core": Part(90, 100), "hsm": Part(91, 100), "gui": Part(80, 100)}
    assert fallen(parts, FLOOR) == ["hsm is covered to 91.00 %, its floor is 92 %."]


def test_a_floor_never_goes_down() -> None:
    assert lowered({"core": 89, "hsm": 92, "gui": 75}, [{"core": 90}, {}]) == [
        "The floor of core was lowered from 90 % to 89 %; it may only rise."
    ]
    assert lowered(FLOOR, [FLOOR]) == []


def test_raising_keeps_what_is_higher() -> None:
    parts = {"core": Part(955, 1000), "hsm": Part(91, 100), "gui": Part(75, 100)}
    assert raised(parts, FLOOR) == {"core": 95, "hsm": 92, "gui": 75}


def test_without_data_nothing_is_claimed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path / ".coverage")]) == 1
    assert "make coverage" in capsys.readouterr().err
