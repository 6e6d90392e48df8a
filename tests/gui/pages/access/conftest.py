"""The canned account for the tests of the authorizations page."""

from tests.gui.pages.keys.stage import world  # noqa: F401 - a fixture
