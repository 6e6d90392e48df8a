"""The reader of imports itself: a rule that sees nothing holds nothing."""

from pathlib import Path

import pytest

from tests.architecture.source import Module, functions_of, imports_in, is_within

KNOWN = {"kyok", "kyok.cloud", "kyok.cloud.keys", "kyok.errors"}


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("import kyok.cloud.keys", "kyok.cloud.keys"),
        ("import kyok.cloud as other", "kyok.cloud"),
        ("from kyok import cloud", "kyok.cloud"),
        ("from kyok import __version__", "kyok"),
        ("from kyok.errors import KyokError", "kyok.errors"),
        ("from . import cloud", "kyok.cloud"),
        ("from .cloud import keys", "kyok.cloud.keys"),
        ("def later():\n    import kyok.errors", "kyok.errors"),
        ("if TYPE_CHECKING:\n    from kyok.cloud import keys", "kyok.cloud.keys"),
    ],
)
def test_every_way_to_import_is_seen(line: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.architecture.source.CHECKOUT", tmp_path)
    path = tmp_path / "place.py"
    path.write_text(line, encoding="utf-8")
    assert [found.name for found in imports_in(Module("kyok.place", path), KNOWN)] == [name]


def test_a_name_is_within_its_package_and_not_within_a_longer_word() -> None:
    assert is_within("kyok.cloud.keys", "kyok.cloud")
    assert not is_within("kyok.clouds", "kyok.cloud")


def test_the_lines_of_a_function_are_counted_without_its_decorators(tmp_path: Path) -> None:
    path = tmp_path / "place.py"
    path.write_text("@wrapped\ndef outer():\n    def inner():\n        return 1\n    return inner\n", encoding="utf-8")
    assert [(node.name, lines) for node, lines in functions_of(Module("place", path))] == [("outer", 4), ("inner", 2)]
