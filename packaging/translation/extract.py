"""Writes resources/translations/kyok.ts: every text of the window that goes through `tr`, for Qt Linguist.

Run it from a checkout's virtual environment: `python packaging/translation/extract.py`. `--check` writes nothing and
exits with 1 when the file is old. A test does the same.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard
from xml.sax.saxutils import escape

CHECKOUT = Path(__file__).resolve().parents[2]
CORE, GUI = CHECKOUT / "core" / "kyok", CHECKOUT / "gui" / "kyok_gui"
FILE = CHECKOUT / "resources" / "translations" / "kyok.ts"

NO_WORDS = ("translation.py", "__init__.py")
SENTENCES = frozenset({"summary", "remedy"})
"""Attributes of error classes, which are shown through `tr`."""
SHOWN = SENTENCES | {
    "title",
    "description",
    "unit",
    "word",
    "label",
    "hint",
    "value_title",
    "detail_title",
    "short",
    "category",
}
"""Attributes of the rows of tables, whose words are noted where they are written."""
SILENT = frozenset({"debug", "info", "warning", "error", "exception"})
"""Methods of a log: nobody sees those words in the window."""
NAMES = frozenset(
    {
        "setObjectName",
        "setProperty",
        "setStyle",
        "setRawHeader",
        "QKeySequence",
        "TableKey",
        "Template",
        "compile",
        "sub",
    }
)
"""What takes names, keys and patterns instead of words."""
TERMINAL = frozenset({"ArgumentParser", "add_argument"})
"""What a program says in a terminal."""
FAULTS = frozenset(
    {"AssertionError", "AttributeError", "KeyError", "LookupError", "RuntimeError", "TypeError", "ValueError"}
)
"""Faults in the program, told to programmers; what people read is a `KyokError`."""
CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")
"""How a constant is called; its words are noted where it is written."""
WORDS = re.compile(r"[A-Za-z]{2,}[^A-Za-z]* ([A-Za-z] )?[^A-Za-z]*[A-Za-z]{2,}|^[A-Z][a-z]+[.:]?$")
"""Two words, or one with a capital: what a person may read."""


class NotExtractable(SystemExit):
    """`tr` was called with something that is no text written there."""


def sources() -> Iterator[Path]:
    """Modules whose words the window shows. The demo's words are the report of a program, those of packages names."""
    for path in (*CORE.glob("*.py"), *(CORE / "domain").rglob("*.py"), *(CORE / "client").rglob("*.py")):
        if path.name not in (*NO_WORDS, "cli.py", "doctor.py", "qt_libraries.py", "state_commands.py"):
            yield path
    for path in GUI.rglob("*.py"):
        if path.name not in (*NO_WORDS, "demo.py") and "walkthrough" not in path.parts:
            yield path


def called(node: ast.AST) -> str:
    """The name of what is called, without the object that it belongs to."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def texts_of(path: Path) -> Iterator[str]:
    """What a module hands to `tr` and `noted`, counts with `plural`, and says in its errors.

    Not written there are the words of tables (settings, places, commands, levels) and variables named `noted_...`.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    at_import = {id(node) for node in (*_evaluated_at_import(tree), *_called_at_import(tree))}
    for node in ast.walk(tree):
        name = called(node)
        if name in ("tr", "noted"):
            if name == "tr" and id(node) in at_import:
                raise NotExtractable(f"{path}:{node.lineno}: tr() at import, before there is a translator; use noted()")
            yield from _told(path, node)
        elif name == "plural":
            yield from _counted(node.args[1:])
        elif isinstance(node, ast.keyword) and node.arg == "noun" and isinstance(node.value, ast.Tuple):
            yield from (noun.value for noun in node.value.elts if isinstance(noun, ast.Constant))  # what a table counts
        elif isinstance(node, ast.keyword) and node.arg == "copies" and isinstance(node.value, ast.Dict):
            # what can be copied of a row
            yield from (key.value for key in node.value.keys if isinstance(key, ast.Constant))
        elif isinstance(node, ast.ClassDef):
            yield from (text.value for text in _sentences(node))


def _told(path: Path, node: ast.Call) -> Iterator[str]:
    given = node.args[0]
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        yield given.value
    elif not (
        (
            isinstance(given, ast.Attribute)
            and (given.attr in SHOWN or given.attr.startswith("noted_") or CONSTANT.fullmatch(given.attr))
        )
        or _root(given).startswith("noted_")
        or _root(given) == "noun"
        or CONSTANT.fullmatch(_root(given))
        or (isinstance(given, ast.Attribute) and CONSTANT.fullmatch(given.attr))
    ):
        raise NotExtractable(f"{path}:{node.lineno}: tr() needs a text written there")


def _root(node: ast.AST) -> str:
    """The name at the beginning: `_WORDS` of `_WORDS[row.state]` and of `_WORDS.get(state, "")`."""
    while isinstance(node, ast.Subscript | ast.Call | ast.Attribute):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _evaluated_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """All but the bodies of functions: modules, classes, default arguments, decorators."""
    yield node
    for name, inner in ast.iter_fields(node):
        if name == "body" and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        for each in inner if isinstance(inner, list) else [inner]:
            if isinstance(each, ast.AST):
                yield from _evaluated_at_import(each)


def _called_at_import(tree: ast.Module) -> Iterator[ast.AST]:
    """The bodies of the module's functions that it calls itself, to build a table."""
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    for name in {called(node) for node in _evaluated_at_import(tree)} & set(functions):
        for statement in functions[name].body:
            yield from _evaluated_at_import(statement)


def _counted(given: list[ast.expr]) -> Iterator[str]:
    nouns = [each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    if nouns:
        yield from (f"{{count}} {noun}" for noun in (nouns[0], nouns[1] if nouns[1:] else nouns[0] + "s"))


def _sentences(node: ast.ClassDef) -> Iterator[ast.Constant]:
    for inner in node.body:
        value = getattr(inner, "value", None)
        targets = inner.targets if isinstance(inner, ast.Assign) else [getattr(inner, "target", None)]
        named = {target.id for target in targets if isinstance(target, ast.Name)}
        if named & SENTENCES and isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value


def untold(path: Path) -> list[tuple[int, str]]:
    """Line and text of what a person may read there and no translator would meet."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(each) for node in ast.walk(tree) for part in _wordless(node) for each in ast.walk(part)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        and id(node) not in told and WORDS.search(node.value)
    ]  # fmt: skip


def _wordless(node: ast.AST) -> Iterator[ast.AST]:
    """Parts that hold no words for the window, or words that translators meet."""
    if isinstance(node, ast.Call):
        if called(node) in {"tr", "noted", "plural"} | NAMES | TERMINAL | FAULTS or _logs(node):
            yield from node.args
            yield from (each.value for each in node.keywords if called(node) in NAMES | TERMINAL)
    elif isinstance(node, ast.ClassDef):
        yield from _sentences(node)
        if any("Enum" in ast.unparse(base) for base in node.bases):
            yield from (each for each in node.body if isinstance(each, ast.Assign))
    elif _has_wordless_value(node):
        yield node.value
    elif isinstance(node, ast.Subscript | ast.arg | ast.AnnAssign):
        yield from _annotations(node)
    elif isinstance(node, ast.Dict):
        yield from (key for key in node.keys if key is not None)
    elif isinstance(node, ast.Compare):  # what is compared does not depend on the language
        yield from (node.left, *node.comparators)
    elif isinstance(node, ast.FunctionDef):
        yield from node.body if node.name == "__repr__" else ()
        yield from (node.returns,) if node.returns is not None else ()


def _has_wordless_value(node: ast.AST) -> TypeGuard[ast.Expr | ast.MatchValue | ast.keyword | ast.Assign]:
    """Docstrings, what a `match` compares, nouns of tables, which are met as they are, and `__all__`."""
    return (
        (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        or isinstance(node, ast.MatchValue)
        or (isinstance(node, ast.keyword) and node.arg == "noun")
        or (isinstance(node, ast.Assign) and "__all__" in (ast.unparse(target) for target in node.targets))
    )


def _logs(node: ast.Call) -> bool:
    """Whether this is a line of a log: notices have such methods too."""
    return called(node) in SILENT and "log" in ast.unparse(node.func).lower()


def _annotations(node: ast.Subscript | ast.arg | ast.AnnAssign) -> Iterator[ast.AST]:
    given = node.slice if isinstance(node, ast.Subscript) else node.annotation
    return ast.walk(given) if given is not None else iter(())


def all_texts() -> list[str]:
    """Every text once, in order."""
    from kyok.settings import CLOUD_SETTINGS
    from kyok_gui.commands import COMMANDS
    from kyok_gui.places import PLACES
    from kyok_gui.widgets.status import LEVELS

    found = {text for path in sources() for text in texts_of(path)}
    for setting in CLOUD_SETTINGS:
        found |= {setting.title, setting.description, setting.unit}
    found |= {command.title for command in COMMANDS} | {known.title for known in PLACES.values()}
    found |= {mark.word for mark in LEVELS.values()}
    return sorted(found - {""})


def document() -> str:
    """The file as it should be."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        "<!DOCTYPE TS>",
        '<TS version="2.1" sourcelanguage="en">',
        "<context>",
        "    <name>kyok</name>",
    ]
    for text in all_texts():
        lines += [
            "    <message>",
            f"        <source>{escape(text)}</source>",
            '        <translation type="unfinished"></translation>',
            "    </message>",
        ]
    return "\n".join([*lines, "</context>", "</TS>", ""])


def main() -> int:
    """Writes the file, or compares it."""
    parser = argparse.ArgumentParser(description="Write the texts to be translated.")
    parser.add_argument("--check", action="store_true", help="only say whether the file is up to date")
    parser.add_argument("--untold", nargs="*", metavar="FILE", help="list words that go round it, in all or some files")
    given = parser.parse_args()
    if given.untold is not None:
        paths = [Path(name).resolve() for name in given.untold] or list(sources())
        rows = [f"{path.relative_to(CHECKOUT)}:{line}: {text!r}" for path in paths for line, text in untold(path)]
        print(*rows, sep="\n")
        return 1 if rows else 0
    fresh = document()
    if FILE.exists() and FILE.read_text(encoding="utf-8") == fresh:
        print("Up to date.")
        return 0
    if not given.check:
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(fresh, encoding="utf-8")
    print("Old." if given.check else "Written.")
    return 1 if given.check else 0


if __name__ == "__main__":
    sys.exit(main())
