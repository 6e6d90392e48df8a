"""Reads the product's source files without importing them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
ROOTS = {"kyok": CHECKOUT / "core" / "kyok", "kyok_gui": CHECKOUT / "gui" / "kyok_gui"}


@dataclass(frozen=True)
class Module:
    """One source file under its import name."""

    name: str
    path: Path

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.path)

    @property
    def package(self) -> str:
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]

    def at(self, node: ast.AST) -> str:
        """Where a node stands, as a line that an editor can follow."""
        return f"{self.path.relative_to(CHECKOUT)}:{getattr(node, 'lineno', 1)}"


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def modules() -> tuple[Module, ...]:
    """All modules of both packages."""
    return tuple(_modules())


def _modules() -> Iterator[Module]:
    for top, root in ROOTS.items():
        for path in sorted(root.rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            names = [top, *(parts[:-1] if parts[-1] == "__init__" else parts)]
            yield Module(".".join(names), path)


def modules_in(*packages: str) -> list[Module]:
    """The modules of these packages, the packages' own files included."""
    return [module for module in modules() if any(is_within(module.name, package) for package in packages)]


def is_within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


@dataclass(frozen=True)
class Import:
    """One imported module, and where."""

    name: str
    place: str


def imports_of(module: Module) -> list[Import]:
    """Everything a module imports, at its top, inside functions and for types only."""
    return list(imports_in(module, {each.name for each in modules()}))


def imports_in(module: Module, known: set[str]) -> Iterator[Import]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, module.at(node))
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(node, module.package)
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                # `from kyok import cloud` imports kyok.cloud; `from kyok import __version__` imports kyok.
                yield Import(inner if inner in known else base, module.at(node))


def _absolute(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    base = parts[: len(parts) - node.level + 1]
    return ".".join([*base, node.module] if node.module else base)


def functions_of(module: Module) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    """Every function and method with its number of lines, decorators left out."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, (node.end_lineno or node.lineno) - node.lineno + 1
