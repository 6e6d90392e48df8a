"""No word of the pages of a database instance goes round the translator."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget

from kyok.client.decode import decode
from kyok.client.records.detail import DatabaseDetail
from kyok_gui import places
from kyok_gui.pages.database.verdict_words import shown_verdict
from kyok_gui.widgets import Dialog
from tests.gui.driver import choose_action, press
from tests.gui.escaped import bracketed, untold  # noqa: F401 - a fixture
from tests.gui.pages.database import canned
from tests.gui.pages.database.conftest import Open
from tests.gui.pages.database.fakes import FakeCloud

pytestmark = pytest.mark.usefixtures("bracketed")

NAMES = (
    r"Acme Bank|(anna|ben|admin)(@acme\.example)?|(ledger|vault|notes|payments)(-db|-root|-hpcs)?|acme-hpcs",
    r"us-south(-\d)?|Dallas|Default|Reader|localhost|cluster01|dbaas\d+-\d+|ibm-cloud-admin|postgresql[\d-]*\.log",
    r"Hyper Protect DBaaS for PostgreSQL|PostgreSQL( [\d.]+)?|Databases|Flexible|Free",
    r"Create role|Create DB|Replication",
    r"(shared|max|deadlock)_\w+|AES[-‑]256[-‑]GCM|CRN|ID|RAM|vCPU|SQL|YYYY-MM-DD|crn:\S+|psql \".*\"",
    r"\d+ [A-Z][a-z]{2}( \d{4})?( \d\d:\d\d)?|[\d.,]+ ([KMG]B|ms|s)|MB|ms|[0-9a-f]{8}-[0-9a-f…-]+",
)
"""Names, regions, plans, parameters, identifiers, dates and sizes."""
SENT = (
    r"Simulated nodes|Protected|(Root k|K)ey destroyed|no authorization|[Cc]onnection timed out",
    r"disabled|enabled|rotated to version 3|us-south-3 loses acme-hpcs|authorization removed|key rotated",
    r"The database server does not start: no memory|Decrypting the backup|Invoice \d+|Monthly rent|Refund|Subscription",
    r"Amber Bakery|Birch Tools|Cedar Optics|Delta Foods|Elm Press",
)
"""What the services of these tests say of tasks and events in a few words, and what stands in the sample rows."""
DOMAIN = (r"forced|destroyed|go|SCHEDULED",)
"""Values of sentences of the checklist of secure deletion."""


def sentences(body: object) -> Iterator[str]:
    """What the service says of the instance in three words and more, whole and in parts."""
    if isinstance(body, dict | list):
        for inner in body.values() if isinstance(body, dict) else body:
            yield from sentences(inner)
    elif isinstance(body, str):
        for part in (body, *re.split(r"[.:] ", body)):
            if part.count(" ") > 1:
                yield re.escape(part.rstrip(".")[1:])


def escaped(page: QWidget, cloud: FakeCloud) -> list[str]:
    said = sorted(set(sentences(cloud.body)), key=len, reverse=True)
    return untold(page, "|".join((*(rf"\w{one}" for one in said), *NAMES, *SENT, *DOMAIN)))


PAGES = (
    places.DB_OVERVIEW,
    places.NODES,
    places.BACKUPS,
    places.CONFIGURATION,
    places.DATABASES,
    places.DB_RESOURCES,
    places.DB_USERS,
    places.GETTING_STARTED,
    places.LOG_FILES,
    places.OBSERVABILITY,
    places.SECURE_DELETION,
    places.TASKS,
)


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("state", ["connected", "real"])
def test_of_an_instance_that_runs(open_page: Open, fake_cloud: FakeCloud, kind: str, state: str) -> None:
    assert escaped(open_page(kind, state), fake_cloud) == []


@pytest.mark.parametrize(
    "state", ["disabled", "deleted", "not_authorized", "zone_cut", "default_key", "creating", "restoring", "left_clear"]
)
@pytest.mark.parametrize("kind", [places.DB_OVERVIEW, places.NODES])
def test_of_an_instance_in_trouble_or_on_its_way(open_page: Open, fake_cloud: FakeCloud, kind: str, state: str) -> None:
    assert escaped(open_page(kind, state), fake_cloud) == []


@pytest.mark.parametrize("state", ["deleted", "pending", "removed", "failed", "free"])
@pytest.mark.parametrize("kind", [places.DB_OVERVIEW, places.BACKUPS, places.SECURE_DELETION])
def test_of_an_instance_that_ends(open_page: Open, fake_cloud: FakeCloud, kind: str, state: str) -> None:
    assert escaped(open_page(kind, state), fake_cloud) == []


@pytest.mark.parametrize("kind", [places.CREATE_POSTGRESQL, places.SECURE_DELETION_LIST])
def test_of_pages_of_the_account(open_page: Open, fake_cloud: FakeCloud, kind: str) -> None:
    assert escaped(open_page(kind), fake_cloud) == []


@pytest.mark.parametrize(
    ("kind", "button", "entry"),
    [(places.DB_OVERVIEW, "db-overview.actions", "delete"), (places.BACKUPS, "backups.restore", "")],
)
def test_of_dialogs(open_page: Open, fake_cloud: FakeCloud, kind: str, button: str, entry: str) -> None:
    page = open_page(kind)
    if entry:
        choose_action(page, button, entry)
    else:
        press(page, button)
    assert page.findChildren(Dialog)
    assert escaped(page, fake_cloud) == []


def test_key_and_instance_are_links_in_any_language(fake_cloud: FakeCloud) -> None:
    html = shown_verdict(decode(DatabaseDetail, fake_cloud.body), canned.NOW).detail_html
    assert [re.sub(r"<.*?>", "", one) for one in re.findall(r"<a .*?</a>", html)] == ["ledger-root", "acme-hpcs"]
