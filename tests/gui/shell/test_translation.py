"""Words of the window go through `tr`: they can be extracted, and none escapes where that is claimed."""

from __future__ import annotations

import importlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from kyok.domain.translation import look_up_with, tr
from kyok_gui.pages.settings.profile_form import ProfileForm
from kyok_gui.shell.lock import LockScreen
from kyok_gui.translation import CONTEXT, use_qt_translators
from kyok_gui.widgets.table_chooser import ColumnChooser
from tests.gui.conftest import show
from tests.gui.fakes import FakeContext
from tests.gui.pages.settings.test_settings import Stage

CHECKOUT = Path(__file__).resolve().parents[3]
LEFT = Path(__file__).with_name("words_left.json")
"""How many texts of each module no translator meets yet; it only shrinks."""
DATA = re.compile(
    r"[\d\W]*|Acme Bank( 2f4c1d)?|anna@acme\.example|Unlocked|Emulated cloud on this machine|http://\S+|\.\.\."
)
"""What is no word of the window: figures, names, addresses."""


class Marking(QTranslator):
    """Puts every text that it is asked for in brackets."""

    def translate(self, context: str, text: str, note: str | None = None, count: int = -1) -> str:
        return f"«{text}»" if context == CONTEXT else text


@pytest.fixture
def marked(qapp: QApplication) -> Any:
    translator = Marking()
    assert QCoreApplication.installTranslator(translator)
    use_qt_translators()
    yield translator
    look_up_with(None)
    QCoreApplication.removeTranslator(translator)


def bare_words(root: QWidget) -> list[str]:
    """Every word in sight, or spoken, that did not go through the translator."""
    found: list[str] = []
    for widget in [root, *root.findChildren(QWidget)]:
        texts = [widget.accessibleName(), widget.toolTip()]
        if isinstance(widget, QLabel | QAbstractButton):
            texts.append(widget.text())
        if isinstance(widget, QLineEdit):
            texts.append(widget.placeholderText())
        found += [text for text in texts if "«" not in text and not DATA.fullmatch(text)]
    return sorted(set(found))


def test_values_are_put_in_after_the_translation(marked: Any) -> None:
    assert tr("{count} keys", count=3) == "«3 keys»"
    assert tr("Settings") == "«Settings»"


@pytest.fixture
def extract(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(CHECKOUT / "packaging" / "translation"))
    return importlib.import_module("extract")


def test_words_that_go_round_the_translator_become_fewer(extract: Any) -> None:
    found = {str(path.relative_to(CHECKOUT)): len(extract.untold(path)) for path in extract.sources()}
    assert {path: count for path, count in sorted(found.items()) if count} == json.loads(LEFT.read_text("utf-8"))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('label.setText("Two words")', ["Two words"]),
        ('label.setText(tr("Two words"))', []),
        ('label.setText(f"Key {name} is gone")', [" is gone"]),
        ('log.info("two words of a log")', []),
        ('notices.info("It has begun", done)', ["It has begun"]),
        ('button.setText("Create a key")', ["Create a key"]),
        ('class Gone(KyokError):\n    summary = "It is gone."', []),
        ('class Tile:\n    words = "It is gone."', ["It is gone."]),
        ('"""A docstring of words."""', []),
        ('name = "nodes.table"', []),
        ('if word == "Two words":\n    words = {"Two words": 1}["Two words"]', []),
        ('raise ValueError("two words for programmers")', []),
        ('class State(StrEnum):\n    DONE = "Full committed"', []),
        ('class Secret:\n    def __repr__(self):\n        return "two words"', []),
    ],
)
def test_words_outside_are_found(extract: Any, tmp_path: Path, line: str, found: list[str]) -> None:
    path = tmp_path / "module.py"
    path.write_text(line, encoding="utf-8")
    assert [text for _, text in extract.untold(path)] == found


def test_counts_and_errors_are_met_by_translators_too(extract: Any, tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(
        'plural(3, "key")\nplural(3, "copy", "copies")\nclass Gone(KyokError):\n    remedy = "Reload."\n',
        encoding="utf-8",
    )
    assert sorted(extract.texts_of(path)) == [
        "Reload.", "{count} copies", "{count} copy", "{count} key", "{count} keys"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ("def show(words):\n    return tr(words)", True),
        ("def show(row):\n    return tr(_WORDS[row])", False),
        ("def show(row):\n    return tr(row.title)", False),
        ('_WORDS = tr("Two words")', True),
        ('class Tile:\n    words = tr("Two words")', True),
        ('def show(words=tr("Two words")):\n    return words', True),
        ('show = lambda: tr("Two words")', False),
    ],
)
def test_texts_that_are_not_there_or_come_too_early_are_refused(
    extract: Any, tmp_path: Path, line: str, refused: bool
) -> None:
    path = tmp_path / "module.py"
    path.write_text(line, encoding="utf-8")
    if refused:
        with pytest.raises(extract.NotExtractable):
            list(extract.texts_of(path))
    else:
        list(extract.texts_of(path))


def test_the_file_of_texts_is_up_to_date(extract: Any) -> None:
    assert extract.FILE.read_text(encoding="utf-8") == extract.document(), "run python packaging/translation/extract.py"
    assert "Lock the window without input" in extract.all_texts()


def test_no_word_of_the_settings_escapes(marked: Any, qtbot: Any, context: FakeContext, tmp_path: Path) -> None:
    stage = Stage(qtbot, context, tmp_path)
    assert bare_words(stage.page) == []
    form = ProfileForm(context.profiles)  # type: ignore[arg-type]
    form.open_over(stage.page)
    assert set(bare_words(form)) <= {"Second"}, "a button that is not there"
    form.reject()


def test_no_word_of_the_lock_and_of_the_column_chooser_escapes(marked: Any, qtbot: Any) -> None:
    window = QWidget()
    show(qtbot, window)
    screen = LockScreen(window, lambda *_: None)
    screen.ask_for("passphrase")
    assert bare_words(screen) == []
    screen.ask_for("API key")
    assert bare_words(screen) == []
    assert bare_words(ColumnChooser(window, name="x.table")) == []
