import pytest

from tests.gui.pages.emulator.emulator_object import Files


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Files:
    return Files(monkeypatch)
