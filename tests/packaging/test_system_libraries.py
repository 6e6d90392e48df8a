"""The script that finds what Qt misses, against a machine that is made up."""

import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "system_libraries.py"

LDD = """\
/venv/PySide6/QtGui.abi3.so:
\tlinux-vdso.so.1 (0x00007ffe)
\tlibEGL.so.1 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)
/venv/PySide6/Qt/plugins/platforms/libqxcb.so:
\tlibxcb-cursor.so.0 => not found
\tlibEGL.so.1 => not found
"""


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("system_libraries", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


script = load()


class Imagined:
    """A machine whose loader says what it is told, until apt-get has run."""

    def __init__(
        self, ldd: str = LDD, after: str = "", tools: Sequence[str] = ("apt-get", "ldd", "sudo"), codes: int = 0
    ) -> None:
        self.ldd, self.after, self.tools, self.codes = ldd, after, tools, codes
        self.sudo_needs_password = False
        self.done: list[list[str]] = []

    def machine(self, is_root: bool = True, **environment: str) -> object:
        return script.Machine(self.ask, self.do, self.which, is_root, environment)

    def ask(self, command: Sequence[str]) -> object:
        if command[0] == "sudo":
            return script.Finished(int(self.sudo_needs_password))
        return script.Finished(0, self.after if self.done else self.ldd)

    def do(self, command: Sequence[str]) -> object:
        self.done.append(list(command))
        return script.Finished(self.codes)

    def which(self, tool: str) -> str | None:
        return f"/usr/bin/{tool}" if tool in self.tools else None


FILES = [Path("QtGui.abi3.so")]
INSTALL = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", "install", "-y", "--no-install-recommends"]


def test_the_loader_s_answer_is_read() -> None:
    assert script.missing_in(LDD) == {"libEGL.so.1", "libxcb-cursor.so.0"}


def test_where_nothing_is_missing_nothing_is_done() -> None:
    imagined = Imagined(ldd="\tlibc.so.6 => /lib/libc.so.6 (0x0)\n")
    assert script.provide(imagined.machine(), FILES) == 0
    assert imagined.done == []


def test_root_installs_and_looks_again() -> None:
    imagined = Imagined()
    assert script.provide(imagined.machine(), FILES) == 0
    assert [command[-1] for command in imagined.done] == ["update", "libxcb-cursor0"]
    assert imagined.done[1] == ["env", "DEBIAN_FRONTEND=noninteractive", *INSTALL, "libegl1", "libxcb-cursor0"]


def test_sudo_without_a_password_is_as_good_as_root() -> None:
    imagined = Imagined()
    assert script.provide(imagined.machine(is_root=False), FILES) == 0
    assert all(command[:2] == ["sudo", "-n"] for command in imagined.done)


def test_sudo_that_asks_for_a_password_is_never_asked(capsys: pytest.CaptureFixture[str]) -> None:
    imagined = Imagined()
    imagined.sudo_needs_password = True
    assert script.provide(imagined.machine(is_root=False), FILES) == 1
    assert imagined.done == []
    said = capsys.readouterr().err
    assert "libEGL.so.1, libxcb-cursor.so.0" in said
    assert "    sudo apt-get update && sudo apt-get install -y libegl1 libxcb-cursor0" in said


def test_a_dry_run_prints_the_line_even_for_root(capsys: pytest.CaptureFixture[str]) -> None:
    imagined = Imagined()
    assert script.provide(imagined.machine(), FILES, dry_run=True) == 1
    assert imagined.done == []
    assert "apt-get install -y libegl1 libxcb-cursor0" in capsys.readouterr().err


def test_a_failed_installation_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert script.provide(Imagined(codes=100).machine(), FILES) == 1
    assert "Run this line" in capsys.readouterr().err


def test_what_is_still_missing_afterwards_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    imagined = Imagined(after="\tlibunheard.so.7 => not found\n")
    assert script.provide(imagined.machine(), FILES) == 1
    assert "libunheard.so.7" in capsys.readouterr().err


def test_without_apt_the_libraries_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert script.provide(Imagined(tools=("ldd",)).machine(), FILES) == 1
    said = capsys.readouterr().err
    assert "libEGL.so.1" in said
    assert "apt-get" not in said


def test_a_library_without_a_known_package_is_kept_apart() -> None:
    assert script.packages_for(["libGL.so.1", "libunheard.so.7"]) == (["libgl1"], ["libunheard.so.7"])


def test_two_libraries_of_one_package_are_installed_once() -> None:
    assert script.packages_for(["libglib-2.0.so.0", "libgthread-2.0.so.0"]) == (["libglib2.0-0"], [])


@pytest.mark.parametrize(
    ("environment", "platforms"),
    [
        ({}, ["offscreen"]),
        ({"DISPLAY": ""}, ["offscreen"]),
        ({"DISPLAY": ":0"}, ["offscreen", "xcb"]),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, ["offscreen", "xcb", "wayland"]),
    ],
)
def test_the_display_decides_which_platforms_are_looked_at(environment: dict[str, str], platforms: list[str]) -> None:
    assert script.platforms_for(environment) == platforms


def test_only_files_that_this_version_has_are_looked_at(tmp_path: Path) -> None:
    plugin = tmp_path / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    plugin.parent.mkdir(parents=True)
    plugin.touch()
    (tmp_path / "QtCore.abi3.so").touch()
    assert script.files_to_load(tmp_path, ["offscreen"]) == [tmp_path / "QtCore.abi3.so"]
    assert script.files_to_load(tmp_path, ["xcb"]) == [tmp_path / "QtCore.abi3.so", plugin]


def test_an_environment_without_qt_is_a_clear_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert script.main(["--venv", str(tmp_path)], Imagined().machine()) == 1
    assert "make setup" in capsys.readouterr().err


def test_the_command_line_reaches_the_loader(tmp_path: Path) -> None:
    pyside = tmp_path / "lib" / "python3.11" / "site-packages" / "PySide6"
    pyside.mkdir(parents=True)
    (pyside / "QtCore.abi3.so").touch()
    imagined = Imagined()
    assert script.main(["--venv", str(tmp_path), "--for", "xcb"], imagined.machine()) == 0
    assert len(imagined.done) == 2


class WithoutX(Imagined):
    """A machine that lacks only what the xcb plugin needs, and where nothing can be installed."""

    def __init__(self) -> None:
        super().__init__(tools=("apt-get", "ldd"))

    def ask(self, command: Sequence[str]) -> object:
        lacks = any(name.endswith("libqxcb.so") for name in command)
        return script.Finished(0, "\tlibxcb-icccm.so.4 => not found\n" if lacks else "")


@pytest.mark.parametrize(("environment", "code"), [({}, 0), ({"DISPLAY": ":0"}, 1)])
def test_what_a_display_will_need_is_looked_for_before_there_is_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], environment: dict[str, str], code: int
) -> None:
    platforms = tmp_path / "lib/python3.11/site-packages/PySide6/Qt/plugins/platforms"
    platforms.mkdir(parents=True)
    (platforms / "libqxcb.so").touch()
    machine = WithoutX().machine(is_root=False, **environment)
    assert script.main(["--venv", str(tmp_path)], machine) == code
    assert "sudo apt-get install -y libxcb-icccm4" in capsys.readouterr().err


@pytest.mark.parametrize(("ending", "shown"), [("exit 0", ""), ("exit 100", "Reading database\n")])
def test_what_an_installation_says_is_shown_only_when_it_fails(
    capfd: pytest.CaptureFixture[str], ending: str, shown: str
) -> None:
    script.Machine().do(["sh", "-c", f"echo Reading database; {ending}"])
    told = capfd.readouterr()
    assert (told.out, told.err) == ("", shown)


def test_where_the_loader_cannot_be_asked_nothing_is_claimed(tmp_path: Path) -> None:
    assert script.main(["--venv", str(tmp_path)], Imagined(tools=()).machine()) == 0


def test_a_wrong_word_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as stopped:
        script.main(["--for", "vga"])
    assert stopped.value.code == 2
