"""The help of each kind of place, read from `resources/help/<kind>.md`; the user guide is made from the same files.

A file holds, in this order: `# <title>`, `Mirrors: <the IBM page or term>`, tasks as `## <task>` with numbered steps or
plain paragraphs below, and last, if there is more to say, `## Good to know`. As in any Markdown, a step, point or
paragraph may be wrapped, and a blank line parts paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kyok.paths import resources

GOOD_TO_KNOW = "Good to know"
_STEP = re.compile(r"(?:\d+\.|-) +(.*)")


class HelpMalformed(ValueError):
    """A help file is not in its form; names the file and the line."""


@dataclass(frozen=True, slots=True)
class HelpSection:
    """One task, or what is good to know. A line is a numbered step (`numbered`), a point, or a paragraph."""

    title: str
    lines: tuple[str, ...]
    numbered: bool


@dataclass(frozen=True, slots=True)
class HelpText:
    """What a place's help says."""

    title: str
    mirrors: str
    tasks: tuple[HelpSection, ...]
    good_to_know: HelpSection | None


def help_folder() -> Path:
    """Where the files lie."""
    return resources() / "help"


def help_text(kind: str) -> HelpText | None:
    """The help of a kind of place, or None when it has none.

    Raises:
        HelpMalformed: the file is not in its form.
    """
    file = help_folder() / f"{kind}.md"
    return parse(file.read_text("utf-8"), file.name) if file.is_file() else None


def parse(text: str, name: str) -> HelpText:
    """Reads one file.

    Raises:
        HelpMalformed: title, `Mirrors:` or every task is missing, or a task has nothing below it.
    """
    lines = text.strip().splitlines()
    if len(lines) < 2 or not lines[0].startswith("# ") or not lines[1].startswith("Mirrors: "):
        raise HelpMalformed(f"{name}: the first two lines are `# <title>` and `Mirrors: <what>`")
    sections: list[tuple[str, list[str]]] = []
    wraps = False
    for number, line in enumerate(lines[2:], start=3):
        if line.startswith("## "):
            sections.append((line[3:].strip(), []))
        elif line.strip():
            if not sections:
                raise HelpMalformed(f"{name}:{number}: words before the first `## <task>`")
            _take_line(sections[-1][1], line, wraps=wraps)
        wraps = bool(line.strip())
    made = [_section(title, body, name) for title, body in sections]
    good = made.pop() if made and made[-1].title == GOOD_TO_KNOW else None
    if not made:
        raise HelpMalformed(f"{name}: no task")
    return HelpText(lines[0][2:].strip(), lines[1].removeprefix("Mirrors: ").strip(), tuple(made), good)


def _take_line(body: list[str], line: str, *, wraps: bool) -> None:
    """A line that is indented, or right below another and without a mark of its own, goes on with what is before it."""
    if body and (line.startswith("  ") or (wraps and _STEP.fullmatch(line) is None)):
        body[-1] = f"{body[-1]} {line.strip()}"
    else:
        body.append(line.strip())


def _section(title: str, body: list[str], name: str) -> HelpSection:
    if not body:
        raise HelpMalformed(f"{name}: nothing below `## {title}`")
    numbered = body[0][0].isdigit() and _STEP.fullmatch(body[0]) is not None
    found = [_STEP.fullmatch(line) for line in body]
    return HelpSection(
        title, tuple(one.group(1) if one else line for one, line in zip(found, body, strict=True)), numbered
    )
