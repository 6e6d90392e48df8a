"""Holds the coverage floor: line and branch coverage of each part may rise and never fall.

`python -m tests.coverage_ratchet` reads .coverage as the last test run left it and compares it with
coverage_floor.json. With --raise it writes the whole per cent that were reached. It never writes, nor accepts, less
than what was there: the floor of the last commit and the first floors below count as well.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from coverage import Coverage
from coverage.exceptions import NoDataError

HERE = Path(__file__).resolve().parent
FLOOR_FILE = HERE / "coverage_floor.json"
FIRST_FLOORS = {"core": 90, "hsm": 90, "gui": 75}
FOLDERS = (("hsm", "core/kyok/hsm/"), ("core", "core/kyok/"), ("gui", "gui/kyok_gui/"))  # the first that fits


@dataclass
class Part:
    """What was counted in one part of the product."""

    covered: int = 0
    countable: int = 0

    @property
    def percent(self) -> float:
        """Covered lines and branches of a hundred."""
        return 100.0 * self.covered / self.countable if self.countable else 0.0


def part_of(path: str) -> str | None:
    """The part that a source file belongs to."""
    return next((name for name, folder in FOLDERS if folder in Path(path).as_posix()), None)


def add_up(files: Mapping[str, Mapping[str, int]]) -> dict[str, Part]:
    """Sum the counts of coverage's report by part."""
    parts = {name: Part() for name in FIRST_FLOORS}
    for path, counts in files.items():
        name = part_of(path)
        if name is not None:
            parts[name].covered += counts["covered_lines"] + counts.get("covered_branches", 0)
            parts[name].countable += counts["num_statements"] + counts.get("num_branches", 0)
    return parts


def measured(data: Path) -> dict[str, Part]:
    """Read the data of the last test run."""
    coverage = Coverage(data_file=str(data))
    coverage.load()
    report = data.with_name(".coverage.report.json")
    try:
        coverage.json_report(outfile=str(report))
        files = json.loads(report.read_text(encoding="utf-8"))["files"]
    except NoDataError:  # the tests that ran touched nothing of the product
        files = {}
    finally:
        report.unlink(missing_ok=True)
    return add_up({path: entry["summary"] for path, entry in files.items()})


def committed_floor() -> dict[str, int]:
    """The floor of the last commit; none where there is no history to ask."""
    asked = ["git", "-C", str(HERE), "show", f"HEAD:./{FLOOR_FILE.name}"]
    try:
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return {}
    return json.loads(done.stdout) if done.returncode == 0 else {}


def lowered(floor: Mapping[str, int], earlier: Iterable[Mapping[str, int]]) -> list[str]:
    """Sentences about parts whose floor stands below an earlier one."""
    return [
        f"The floor of {name} was lowered from {bar} % to {floor.get(name, 0)} %; it may only rise."
        for before in earlier
        for name, bar in before.items()
        if floor.get(name, 0) < bar
    ]


def fallen(parts: Mapping[str, Part], floor: Mapping[str, int]) -> list[str]:
    """Sentences about parts that are covered less than their floor."""
    return [
        f"{name} is covered to {parts[name].percent:.2f} %, its floor is {bar} %."
        for name, bar in floor.items()
        if parts[name].percent < bar
    ]


def raised(parts: Mapping[str, Part], floor: Mapping[str, int]) -> dict[str, int]:
    """The floor that the measured parts allow: whole per cent, never below what stood there."""
    return {name: max(bar, int(parts[name].percent)) for name, bar in floor.items()}


def main(arguments: list[str] | None = None) -> int:
    """Compare, or raise; return the exit code."""
    parser = argparse.ArgumentParser(description="Hold the coverage floor.")
    parser.add_argument("--raise", dest="lift", action="store_true", help="raise the floor to what was reached")
    parser.add_argument("--data", type=Path, default=HERE.parent / ".coverage", help="the file that coverage wrote")
    options = parser.parse_args(arguments)
    if not options.data.exists():
        print("There is no coverage data: run `make coverage` first.", file=sys.stderr)
        return 1
    floor = json.loads(FLOOR_FILE.read_text(encoding="utf-8"))
    parts = measured(options.data)
    for name, part in parts.items():
        print(f"coverage of {name:4}  {part.percent:6.2f} %   floor {floor.get(name, 0)} %")
    problems = [*lowered(floor, (FIRST_FLOORS, committed_floor())), *fallen(parts, floor)]
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 1
    if options.lift:
        FLOOR_FILE.write_text(json.dumps(raised(parts, floor), indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
