"""The form of the code: folders are packages, modules and functions stay small, no error is swallowed."""

import ast
import re
from pathlib import Path
from statistics import median, quantiles

import pytest

from kyok.cloud.store.database import KNOWN_SCHEMAS, SCHEMA
from tests.architecture.source import CHECKOUT, ROOTS, functions_of, modules

LONGEST_MODULE = 500
MEDIAN_MODULE = 150
LONGEST_FUNCTION = 60
USUAL_FUNCTION = 40
SWALLOWING = {"BaseException", "Exception"}


def folders_with_code(root: Path) -> list[Path]:
    """Folders that hold Python files, themselves or further down."""
    inner = {parent for path in root.rglob("*.py") for parent in path.parents}
    return sorted(folder for folder in inner if folder == root or root in folder.parents)


@pytest.mark.parametrize("root", [*ROOTS.values(), CHECKOUT / "tests"], ids=lambda root: root.name)
def test_every_folder_is_a_package(root: Path) -> None:
    bare = [folder for folder in folders_with_code(root) if not (folder / "__init__.py").exists()]
    assert [str(folder.relative_to(CHECKOUT)) for folder in bare] == []


@pytest.mark.parametrize("root", ROOTS.values(), ids=ROOTS)
def test_the_packages_say_that_they_are_typed(root: Path) -> None:
    assert (root / "py.typed").exists()


def test_no_module_is_too_long() -> None:
    sizes = {str(module.path.relative_to(CHECKOUT)): len(module.text.splitlines()) for module in modules()}
    assert {name: size for name, size in sizes.items() if size > LONGEST_MODULE} == {}
    assert median(sizes.values()) <= MEDIAN_MODULE


def test_functions_are_short() -> None:
    lengths = {f"{module.at(node)} {node.name}": lines for module in modules() for node, lines in functions_of(module)}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}
    if len(lengths) > 1:
        assert quantiles(lengths.values(), n=20)[-1] <= USUAL_FUNCTION


def does_nothing(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant) and statement.value.value is ...
    )


def suppresses_everything(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] == "suppress"
        and any(isinstance(argument, ast.Name) and argument.id in SWALLOWING for argument in node.args)
    )


def test_no_error_is_swallowed() -> None:
    swallowed = [
        module.at(node)
        for module in modules()
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.ExceptHandler) and all(does_nothing(statement) for statement in node.body))
        or suppresses_everything(node)
    ]
    assert swallowed == []


def test_migrations_are_one_chain() -> None:
    links = []
    for file in sorted((CHECKOUT / "core/kyok/cloud/store/migrations/versions").glob("v*.py")):
        named = dict(re.findall(r'^(revision|down_revision) = "?(\w+)"?$', file.read_text("utf-8"), re.MULTILINE))
        assert file.stem.startswith(f"v{named['revision']}_")
        links.append((named["down_revision"], named["revision"]))
    numbers = [f"{number:04}" for number in range(1, len(links) + 1)]
    assert links == list(zip(["None", *numbers], numbers, strict=False))
    assert numbers == list(KNOWN_SCHEMAS)
    assert numbers[-1] == SCHEMA


def test_decision_records_are_numbered_once() -> None:
    numbers = [file.name[:4] for file in sorted((CHECKOUT / "docs" / "adr").glob("*.md"))]
    assert [number for number in set(numbers) if numbers.count(number) > 1] == []
