"""Who may import whom: the arrows of the plan, read from the source files."""

import ast
import subprocess
import sys

import pytest

from tests.architecture.source import Module, imports_of, is_within, modules, modules_in

QT = ("PySide6", "shiboken6")
SERVICES = tuple(f"kyok.cloud.{name}" for name in ("iam", "resources", "keys", "databases", "activity"))
GUI_MAY_IMPORT = (
    *("kyok.domain", "kyok.client", "kyok.errors", "kyok.settings", "kyok.secrets", "kyok.paths", "kyok.qt_libraries"),
)
INPUT_AND_OUTPUT = (
    *("asyncio", "concurrent", "ctypes", "fcntl", "http", "io", "logging", "multiprocessing", "os", "pathlib", "queue"),
    *("random", "secrets", "select", "shutil", "signal", "socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile"),
    *("threading", "time", "urllib"),
    *("alembic", "cryptography", "filelock", "jwt", "keyring", "platformdirs", "requests", "sqlalchemy", "starlette"),
    *("uvicorn", *QT),
)


def crossings(packages: tuple[str, ...], forbidden: tuple[str, ...]) -> list[str]:
    """Imports from these packages into forbidden ones, one readable line each."""
    return [
        f"{found.place}: {module.name} imports {found.name}"
        for module in modules_in(*packages)
        for found in imports_of(module)
        if any(is_within(found.name, package) for package in forbidden)
    ]


def test_there_is_something_to_look_at() -> None:
    names = {module.name for module in modules()}
    assert {"kyok", "kyok_gui", "kyok.domain", "kyok.cloud"} <= names


def test_the_core_knows_neither_qt_nor_the_window() -> None:
    assert crossings(("kyok",), (*QT, "kyok_gui")) == []


def test_the_window_knows_the_client_and_the_domain_only() -> None:
    crossed = [
        f"{found.place}: {module.name} imports {found.name}"
        for module in modules_in("kyok_gui")
        for found in imports_of(module)
        if is_within(found.name, "kyok")
        and found.name != "kyok"
        and not any(is_within(found.name, package) for package in GUI_MAY_IMPORT)
    ]
    assert crossed == []


def test_the_hsm_knows_nothing_of_the_cloud() -> None:
    assert crossings(("kyok.hsm",), ("kyok.cloud", "kyok.client")) == []


def test_the_client_knows_the_cloud_by_its_rest_api_only() -> None:
    assert crossings(("kyok.client",), ("kyok.cloud", "kyok.hsm")) == []


def test_the_store_has_no_rules() -> None:
    assert crossings(("kyok.cloud.store",), (*SERVICES, "kyok.cloud.wire", "kyok.cloud.app", "kyok.hsm")) == []


def test_the_wire_has_no_rules() -> None:
    assert crossings(("kyok.cloud.wire",), ("sqlalchemy", "kyok.cloud.store.tables", "kyok.hsm")) == []


def test_the_services_know_nothing_of_the_wire() -> None:
    assert crossings(SERVICES, ("kyok.cloud.wire", "starlette", "uvicorn")) == []


def test_the_domain_does_no_input_or_output() -> None:
    assert crossings(("kyok.domain",), INPUT_AND_OUTPUT) == []


def test_the_domain_knows_nothing_but_itself_and_the_errors() -> None:
    crossed = [
        f"{found.place}: {module.name} imports {found.name}"
        for module in modules_in("kyok.domain")
        for found in imports_of(module)
        if is_within(found.name, "kyok") and not is_within(found.name, "kyok.domain") and found.name != "kyok.errors"
    ]
    assert crossed == []


def calls_forbidden_in_the_domain(module: Module) -> list[str]:
    """Calls that read a file or the wall clock."""
    names = {"open", "print", "input"}
    attributes = {"now", "today", "utcnow"}
    return [
        module.at(node)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id in names)
            or (isinstance(node.func, ast.Attribute) and node.func.attr in attributes)
        )
    ]


def test_the_domain_asks_no_file_and_no_clock() -> None:
    assert [place for module in modules_in("kyok.domain") for place in calls_forbidden_in_the_domain(module)] == []


@pytest.mark.parametrize("statement", ["import kyok", "import kyok.client", "import kyok.cli"])
def test_the_core_starts_without_qt(statement: str) -> None:
    code = f"{statement}; import sys; print(sorted(name for name in sys.modules if name.startswith('PySide6')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr
