"""Help: every place has a text in its form, and a page shows it."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kyok_gui.help_texts import HelpMalformed, help_folder, help_text, parse
from kyok_gui.places import PLACES
from kyok_gui.shell.help_panel import HelpPanel
from kyok_gui.widgets.basics import Prose
from tests.gui import driver
from tests.gui.accessible import nameless
from tests.gui.shell.conftest import Shell

GOOD = """# Keys
Mirrors: KMS keys

## Do it
1. Press **Add**
   and wait.
2. Read `x < y`.

## Good to know
- One thing.
"""


def test_a_text_is_read_in_its_parts() -> None:
    text = parse(GOOD, "keys.md")
    assert (text.title, text.mirrors) == ("Keys", "KMS keys")
    assert [(task.title, task.numbered, task.lines) for task in text.tasks] == [
        ("Do it", True, ("Press **Add** and wait.", "Read `x < y`."))
    ]
    assert text.good_to_know is not None
    assert (text.good_to_know.lines, text.good_to_know.numbered) == (("One thing.",), False)


def test_a_wrapped_line_goes_on_with_what_it_belongs_to() -> None:
    body = "One sentence that goes on\non the next line.\n\nA second paragraph.\n- A point\n  with more.\n"
    text = parse(f"# Keys\nMirrors: KMS\n## Do it\n1. Press\nit.\n## Good to know\n{body}", "keys.md")
    assert text.tasks[0].lines == ("Press it.",)
    assert text.good_to_know is not None
    assert text.good_to_know.lines == (
        "One sentence that goes on on the next line.",
        "A second paragraph.",
        "A point with more.",
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Keys", "first two lines"),
        ("# Keys\nKMS", "first two lines"),
        ("# Keys\nMirrors: KMS\n\nwords", "before the first"),
        ("# Keys\nMirrors: KMS\n## Empty\n## Do\n1. x", "nothing below"),
        ("# Keys\nMirrors: KMS\n## Good to know\n- x", "no task"),
    ],
)
def test_a_text_that_is_not_in_its_form_says_where(text: str, words: str) -> None:
    with pytest.raises(HelpMalformed, match=words):
        parse(text, "keys.md")


@pytest.mark.parametrize("kind", PLACES)
def test_every_place_has_help(kind: str) -> None:
    text = help_text(kind)
    assert text is not None, f"resources/help/{kind}.md is missing"
    steps = [line for task in text.tasks for line in task.lines]
    more = text.good_to_know.lines if text.good_to_know is not None else ()
    assert all(re.match(r"[A-Z*`]", line) and line[-1] in ".:)" for line in [*steps, *more]), steps


def test_no_help_is_left_of_a_place_that_is_gone() -> None:
    assert {file.stem for file in help_folder().glob("*.md")} <= set(PLACES)


def test_a_page_shows_its_help_as_plain_words_with_bold_and_code(shell: Shell) -> None:
    driver.press(shell.window, "page.help")
    panel = driver.find(shell.window, "help")
    text = help_text(shell.context.navigator.here.kind)
    assert text is not None
    assert driver.find(panel, "help.title").words() == text.title  # type: ignore[attr-defined]
    first = driver.find(panel, "help.steps.0.1").words()  # type: ignore[attr-defined]
    assert first == text.tasks[0].lines[0].replace("**", "").replace("`", "")
    assert nameless(panel) == []
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_code_is_shown_as_code_below_the_title_too(qapp: object) -> None:
    panel = HelpPanel(parse("# Keys\nMirrors: `keys-list` of KMS\n## Do it\n1. Press **Add**.\n", "keys.md"))
    mirrors = driver.find(panel, "help.mirrors", Prose)
    assert mirrors.words() == "Mirrors: keys-list of KMS"
    assert "<code>keys-list</code>" in mirrors.text()


def test_f1_opens_the_help_of_the_page(shell: Shell) -> None:
    QTest.keyClick(shell.window, Qt.Key.Key_F1)
    assert driver.exists(shell.window, "help")
