"""Every page, panel, menu and dialog opens, in every scenario and as every role, and nothing in them is amiss."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize

from kyok.domain.services import DBAAS_POSTGRESQL
from kyok.paths import resources
from kyok_gui.places import PLACES, Place
from kyok_gui.walkthrough.waiting import wait_until
from tests.gui.crawl.crawler import Crawler
from tests.still_cloud import StillCloud

Begin = Callable[..., tuple[Crawler, dict[str, str]]]


def places_of(crawler: Crawler) -> list[Place]:
    """Every place there is to go to: those of the account, and those of the first instance of each kind."""
    entries = crawler.console.context.directory.entries
    database = next((each.guid for each in entries if each.service == DBAAS_POSTGRESQL), None)
    keys = next((each.guid for each in entries if each.service != DBAAS_POSTGRESQL), None)
    found = []
    for kind, about in PLACES.items():
        if not about.fits("emulated"):
            continue  # the page of a real account
        guid = {"database": database, "kms": keys}.get(about.side)
        if kind == "secure-deletion":
            guid = database
        if guid is not None or about.side in ("account", "none"):
            if guid is None and kind == "secure-deletion":
                continue
            found.append(Place(kind, guid))
    return found


ROLES: dict[str, list[dict[str, str]]] = {
    "viewer": [{"role": "Viewer"}],
    "reader": [{"role": "Viewer"}, {"role": "Reader"}],
    "writer": [{"role": "Viewer"}, {"role": "Writer"}],
    "manager": [{"role": "Viewer"}, {"role": "Manager"}],
    "nobody": [],
}
SCENARIOS = sorted(file.stem for file in (resources() / "scenarios").glob("*.json") if file.stem != "ten-thousand-keys")
"""Those of a size in which everything can be pressed; the large one is measured by the bench."""

ALL = os.environ.get("KYOK_CRAWL") == "all"
"""`KYOK_CRAWL=all` sends everybody through every scenario, which takes the better part of an hour on two cores."""
OTHERS_GO = SCENARIOS if ALL else ["walk-done"]


def crawl_everywhere(crawler: Crawler) -> None:
    """Goes to every place and tells what is amiss."""
    for place in places_of(crawler):
        crawler.visit(place)
    report = [f"{fault}  [{way}]" for fault, way in crawler.found.items()]
    assert not report, "\n".join(report)


@pytest.mark.slow
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_nothing_is_amiss_where_an_administrator_goes(crawl: Begin, scenario: str) -> None:
    crawler, _ = crawl(scenario)
    crawl_everywhere(crawler)
    assert crawler.looked > 50


@pytest.mark.slow
def test_nothing_is_amiss_in_a_narrow_window(crawl: Begin) -> None:
    crawler, _ = crawl("walk-done", QSize(1024, 768))
    crawl_everywhere(crawler)
    assert crawler.looked > 50


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("scenario", OTHERS_GO)
def test_nothing_is_amiss_where_others_go(crawl: Begin, still: StillCloud, scenario: str, role: str) -> None:
    crawler, _ = crawl(scenario)
    entry = {"id": still.account_id, "users": [{"email": f"{role}@acme.example", "roles": ROLES[role]}]}
    answer = still.rest().json("PUT", "/emulator/v1/identities", {"accounts": [entry]})
    users = [user for account in answer["accounts"] for user in account["users"]]
    person = next(user["iam_id"] for user in users if user["email"] == f"{role}@acme.example")
    console = crawler.console
    console.link.sign_in_as(person)
    wait_until(lambda: console.context.account.iam_id == person and console.context.rights.settled, "one is another")
    crawl_everywhere(crawler)
    assert crawler.looked >= len(places_of(crawler))
