"""The canned cloud of the database pages, with several instances of one story."""

from tests.gui.pages.database.conftest import fake_cloud  # noqa: F401 - a fixture
