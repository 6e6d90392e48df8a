"""The script that sees to a PostgreSQL for database nodes, against a machine that is made up."""

import importlib.util
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
APT = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("packaging_postgres", PACKAGING / "postgres.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(PACKAGING))  # as it is when the script is run
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(PACKAGING))
    return module


script = load()


class Imagined:
    """A machine without PostgreSQL, until a command has run that brings one."""

    def __init__(self, cured_by: str = "postgresql", tools: Sequence[str] = ("apt-get", "sudo")) -> None:
        self.cured_by, self.tools = cured_by, set(tools)
        self.usable = self.sudo_needs_password = False
        self.failing = ""
        self.done: list[list[str]] = []

    def machine(self, is_root: bool = True, **environment: str) -> object:
        return script.Machine(self.ask, self.do, self.which, is_root, environment)

    def ask(self, command: Sequence[str]) -> object:
        finished = sys.modules["system_libraries"].Finished
        return finished(int(self.sudo_needs_password if command[0] == "sudo" else not self.usable))

    def do(self, command: Sequence[str]) -> object:
        self.done.append(list(command))
        failed = bool(self.failing) and any(self.failing in word for word in command)
        if not failed:
            self.usable = self.usable or self.cured_by in command
            self.tools |= set(script.VOLUME_TOOLS) if "gocryptfs" in command else set()
        return sys.modules["system_libraries"].Finished(int(failed))

    def which(self, tool: str) -> str | None:
        return f"/usr/bin/{tool}" if tool in self.tools else None

    @property
    def installed(self) -> list[str]:
        """The last word of each command."""
        return [command[-1] for command in self.done]


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    python = tmp_path / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    return tmp_path / "venv"


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "etc" / "createcluster.conf"


def test_where_all_is_there_nothing_is_done(venv: Path, settings: Path) -> None:
    imagined = Imagined(tools=("apt-get", *script.VOLUME_TOOLS))
    imagined.usable = True
    assert script.provide(imagined.machine(), venv, settings) == 0
    assert imagined.done == []


def test_root_forbids_a_cluster_and_installs(venv: Path, settings: Path) -> None:
    imagined = Imagined()
    assert script.provide(imagined.machine(), venv, settings) == 0
    forbid, update, server, volumes = imagined.done
    assert "create_main_cluster = false" in forbid[-1]
    assert str(settings) in forbid[-1]
    assert update == ["env", "DEBIAN_FRONTEND=noninteractive", *APT, "update"]
    install = ["env", "DEBIAN_FRONTEND=noninteractive", *APT, "install", "-y", "--no-install-recommends"]
    assert server == [*install, "postgresql"]
    assert volumes == [*install, "gocryptfs", "fuse3"]


def test_sudo_without_a_password_is_as_good_as_root(venv: Path, settings: Path) -> None:
    imagined = Imagined()
    assert script.provide(imagined.machine(is_root=False), venv, settings) == 0
    assert len(imagined.done) == 4
    assert all(command[:2] == ["sudo", "-n"] for command in imagined.done)


def test_a_cluster_that_cannot_be_forbidden_stops_the_installation(venv: Path, settings: Path) -> None:
    imagined = Imagined()
    imagined.failing = "create_main_cluster"
    assert script.provide(imagined.machine(), venv, settings) == 1
    assert not any("apt-get" in command for command in imagined.done)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, "create_main_cluster = false\n"),
        ("# create_main_cluster = true\n", "# create_main_cluster = true\ncreate_main_cluster = false\n"),
        ("ssl = on", "ssl = on\ncreate_main_cluster = false\n"),
    ],
)
def test_what_the_settings_say_is_kept(settings: Path, before: str | None, after: str) -> None:
    if before is not None:
        settings.parent.mkdir()
        settings.write_text(before)
    command = script.command_for_settings(settings)
    subprocess.run(command, check=True)
    assert settings.read_text() == after
    assert script.command_for_settings(settings) is None


def test_a_decision_of_the_administrator_stands(venv: Path, settings: Path) -> None:
    settings.parent.mkdir()
    settings.write_text("create_main_cluster = true\n")
    imagined = Imagined()
    assert script.provide(imagined.machine(), venv, settings) == 0
    assert imagined.installed == ["update", "postgresql", "fuse3"]


def test_only_the_volumes_tools_may_be_missing(venv: Path, settings: Path) -> None:
    imagined = Imagined()
    imagined.usable = True
    assert script.provide(imagined.machine(), venv, settings) == 0
    assert imagined.installed == ["update", "fuse3"]


def test_volumes_tools_that_cannot_be_had_are_no_failure(
    venv: Path, settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imagined = Imagined()
    imagined.failing = "gocryptfs"
    assert script.provide(imagined.machine(), venv, settings) == 0
    assert capsys.readouterr().err == ""


def test_without_root_a_wheel_is_tried(
    venv: Path, settings: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(script.sys, "version_info", (3, 11, 2))
    imagined = Imagined(cured_by=script.EMBEDDED)
    imagined.sudo_needs_password = True
    assert script.provide(imagined.machine(is_root=False), venv, settings) == 0
    assert imagined.done == [
        [f"{venv}/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", script.EMBEDDED]
    ]
    assert capsys.readouterr().err == ""


def test_a_wheel_that_does_not_run_is_followed_by_the_next(venv: Path) -> None:
    imagined = Imagined(cured_by=script.EMBEDDED, tools=())
    assert script.install_wheel(imagined.machine(), venv / "bin" / "python", (3, 12))
    assert imagined.installed == [script.BINARIES, script.EMBEDDED]


def test_packages_that_do_not_help_are_followed_by_a_wheel(venv: Path, settings: Path) -> None:
    imagined = Imagined(cured_by=script.EMBEDDED)
    assert script.provide(imagined.machine(), venv, settings) == 0
    assert imagined.installed[-1] == script.EMBEDDED


def test_where_nothing_helps_the_line_is_printed_each_time_but_tried_once(
    venv: Path, settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imagined = Imagined(cured_by="nothing")
    imagined.sudo_needs_password = True
    machine = imagined.machine(is_root=False)
    assert script.provide(machine, venv, settings) == 1
    said = capsys.readouterr().err
    assert "database nodes are simulated" in said
    assert "apt-get install -y --no-install-recommends postgresql gocryptfs fuse3" in said
    assert f"'create_main_cluster = false' >> {settings}" in said
    tried = len(imagined.done)
    assert script.provide(machine, venv, settings) == 1
    assert capsys.readouterr().err == said
    assert len(imagined.done) == tried
    assert script.provide(machine, venv, settings, again=True) == 1
    assert len(imagined.done) == 2 * tried


def test_the_printed_line_is_one_that_a_shell_understands(settings: Path, tmp_path: Path) -> None:
    line = script.explain(True, settings).splitlines()[-1].strip()
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    for name, body in {"sudo": 'exec "$@"', "apt-get": f'echo "$@" >> {tmp_path}/asked'}.items():
        (bin_folder / name).write_text(f"#!/bin/sh\n{body}\n")
        (bin_folder / name).chmod(0o755)
    subprocess.run(["sh", "-c", line], check=True, env={"PATH": f"{bin_folder}:/usr/bin:/bin"})
    assert settings.read_text() == "create_main_cluster = false\n"
    expected = "update\ninstall -y --no-install-recommends postgresql gocryptfs fuse3\n"
    assert (tmp_path / "asked").read_text() == expected


def test_a_dry_run_prints_the_line_even_for_root(
    venv: Path, settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imagined = Imagined()
    assert script.provide(imagined.machine(), venv, settings, dry_run=True) == 1
    assert imagined.done == []
    assert not (venv / script.TRIED).exists()
    assert "Run this line" in capsys.readouterr().err


def test_without_apt_no_line_of_debian_is_printed(
    venv: Path, settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imagined = Imagined(cured_by="nothing", tools=())
    assert script.provide(imagined.machine(), venv, settings) == 1
    said = capsys.readouterr().err
    assert "14 to 18" in said
    assert "apt-get" not in said


def test_a_setting_that_names_no_postgresql_is_said_and_nothing_installed(
    venv: Path, settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imagined = Imagined()
    assert script.provide(imagined.machine(KYOK_POSTGRES="/nowhere"), venv, settings) == 1
    assert imagined.done == []
    assert "KYOK_POSTGRES names no usable PostgreSQL" in capsys.readouterr().err


def test_the_command_line_reaches_the_machine(venv: Path, settings: Path) -> None:
    imagined = Imagined()
    assert script.main(["--venv", str(venv)], imagined.machine(), settings) == 0
    assert len(imagined.done) == 4


def test_without_an_environment_set_up_comes_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert script.main(["--venv", str(tmp_path)], Imagined().machine()) == 1
    assert "make setup" in capsys.readouterr().err


def test_the_program_answers_the_question(tmp_path: Path) -> None:
    environment = {"KYOK_POSTGRES": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-c", script.QUESTION], env=environment, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"ModuleNotFoundError" not in done.stderr


def test_the_wheels_are_those_of_the_optional_extra() -> None:
    extra = (PACKAGING.parent / "pyproject.toml").read_text(encoding="utf-8")
    assert f"\"{script.BINARIES}; python_version >= '3.12'\"" in extra
    assert f"\"{script.EMBEDDED}; python_version < '3.12'\"" in extra
