"""The canned account for the tests of the resource pages."""

from tests.gui.pages.keys.stage import world  # noqa: F401 - a fixture
