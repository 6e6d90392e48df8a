"""Sign in as: the administrator goes on as a user of the cloud, and comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QMenu

from kyok.client import CloudApi
from kyok.domain import services
from kyok.paths import Home
from kyok_gui import places
from kyok_gui.pages.activity.presenter import ActivityPresenter
from kyok_gui.places import Place
from kyok_gui.startup import Console
from tests.gui import driver
from tests.gui.cloud_fixture import EmulatedCloud
from tests.gui.shell.conftest import Shell
from tests.gui.shell.sample import PERSONS
from tests.served import Rest

BEN = "ben@acme.example"


def seed(cloud: EmulatedCloud, *roles: dict[str, str], email: str = BEN) -> str:
    """A user with these roles; his IAM id."""
    entry = {"id": cloud.account_id, "users": [{"email": email, "name": "Ben", "roles": list(roles)}]}
    answer = cloud.rest.json("PUT", "/emulator/v1/identities", {"accounts": [entry]})
    users = [user for account in answer["accounts"] for user in account["users"]]
    return str(next(user["iam_id"] for user in users if user["email"] == email))


def entries(console: Console) -> dict[str, str]:
    menu = driver.find(console.window, "header.user.menu", QMenu)
    return {str(action.data()): action.text() for action in menu.actions() if action.data()}


def go_on_as(console: Console, qtbot: Any, iam_id: str) -> None:
    driver.wait_for(qtbot, lambda: iam_id in entries(console))
    menu = driver.find(console.window, "header.user.menu", QMenu)
    next(action for action in menu.actions() if action.data() == iam_id).trigger()
    driver.wait_for(qtbot, lambda: console.context.account.iam_id == iam_id and console.context.rights.settled)


def test_the_header_says_who_is_signed_in_and_whom_one_may_be(shell: Shell, qtbot: Any) -> None:
    header = shell.window.header
    driver.wait_for(qtbot, lambda: header.user.text() == "anna@acme.example")
    assert header.user.accessibleName().startswith("Signed in as anna@acme.example")
    menu = driver.find(shell.window, "header.user.menu", QMenu)
    titles = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert titles[:2] == [f"{person.title}: {person.roles}" for person in PERSONS]
    shell.window.resize(1024, 768)
    assert header.user.isVisible() and header.user.text() == ""
    assert not driver.exists(shell.window, "window.acting")


def test_one_goes_on_as_somebody_and_comes_back(console: Console, cloud: EmulatedCloud, qtbot: Any) -> None:
    window, context = console.window, console.context
    own = context.account
    ben = seed(cloud, {"role": "Viewer"})
    before = window.page
    go_on_as(console, qtbot, ben)
    assert driver.find(window, "window.acting.words").text() == (  # type: ignore[attr-defined]
        "You are signed in as Ben (ben@acme.example). Viewer on all services."
    )
    assert window.header.user.accessibleName().startswith("Signed in as Ben")
    assert context.rights.cautious
    assert window.page is not before, "nothing of what the administrator saw stays"
    assert context.api.session.identity().email == BEN
    assert context.rights.reason("kyok.emulator.manage") in ("", "Your roles are being read")
    driver.wait_for(qtbot, lambda: "Administrator" in context.rights.reason("kyok.emulator.manage"))
    answer = cloud.rest.json("GET", "/emulator/v1/identities")
    users = {user["email"]: user["api_keys"] for user in answer["accounts"][0]["users"]}
    assert users[BEN] == [], "no API key was needed for it"
    driver.press(window, "window.acting.back")
    driver.wait_for(qtbot, lambda: context.account == own)
    assert not driver.exists(window, "window.acting")
    driver.wait_for(qtbot, lambda: context.rights.settled)
    assert context.rights.reason("kyok.emulator.manage") == ""


def test_who_is_no_user_any_more_cannot_stay(console: Console, cloud: EmulatedCloud, qtbot: Any) -> None:
    own = console.context.account
    go_on_as(console, qtbot, seed(cloud, {"role": "Viewer"}))
    cloud.rest.json("POST", "/emulator/v1/reset", {})
    driver.wait_for(qtbot, lambda: console.context.account == own)
    assert any("no user any more" in notice.title for notice in console.context.notices.history)


def gone_by_reset(api: CloudApi) -> Callable[[], None]:
    return api.emulator.reset


def gone_by_return(api: CloudApi) -> Callable[[], None]:
    before = api.states.make_snapshot("Before Ben")
    return lambda: api.states.return_to(before.id)


GONE = pytest.mark.parametrize("gone_by", [gone_by_reset, gone_by_return])


def go_on_as_ben(console: Console, qtbot: Any) -> None:
    api = console.link.own
    account = api.session.account_id
    users = [{"email": BEN, "name": "Ben", "roles": [{"role": "Viewer"}]}]
    api.emulator.put_identities([{"id": account, "users": users}])
    ben = next(one.iam_id for one in api.emulator.identities().accounts[0].users if one.email == BEN)
    go_on_as(console, qtbot, ben)
    driver.wait_for(qtbot, lambda: not console.tasks.busy)


@GONE
def test_who_is_gone_when_the_cloud_comes_back_cannot_stay(
    own: Console, qtbot: Any, gone_by: Callable[[CloudApi], Callable[[], None]]
) -> None:
    administrator, link = own.context.account, own.link
    be_gone = gone_by(link.own)
    go_on_as_ben(own, qtbot)
    as_ben, page = link.api, own.window.page
    own.live.stop()  # the window does not hear of it before the cloud is gone
    be_gone()
    link.cloud._child.kill()  # type: ignore[union-attr]
    driver.wait_for(qtbot, own.window.connection.isVisible)
    driver.wait_for(qtbot, lambda: link.is_connected)
    assert own.context.account == administrator and link.api is link.own is not as_ben
    assert not driver.exists(own.window, "window.acting")
    assert own.window.page is not page, "nothing of what Ben saw stays"
    driver.wait_for(qtbot, lambda: own.context.rights.settled and not own.tasks.busy)
    assert own.context.rights.reason("kyok.emulator.manage") == ""
    assert [notice.title for notice in own.context.notices.history] == ["Ben is no user any more"]
    assert own.context.notices.history[0].detail == f"Back to {administrator.user}."


@GONE
def test_who_is_gone_while_the_cloud_stays_cannot_stay(
    own: Console, qtbot: Any, gone_by: Callable[[CloudApi], Callable[[], None]]
) -> None:
    administrator, link = own.context.account, own.link
    be_gone = gone_by(link.own)
    go_on_as_ben(own, qtbot)
    be_gone()
    driver.wait_for(qtbot, lambda: own.context.account == administrator)
    driver.wait_for(qtbot, lambda: own.context.rights.settled and not own.tasks.busy)
    assert link.api is link.own
    assert [notice.title for notice in own.context.notices.history] == ["Ben is no user any more"]


@GONE
def test_who_is_gone_when_his_token_is_to_be_renewed_cannot_stay(
    own: Console, qtbot: Any, gone_by: Callable[[CloudApi], Callable[[], None]]
) -> None:
    be_gone = gone_by(own.link.own)
    go_on_as_ben(own, qtbot)
    own.live.stop()
    be_gone()
    own.link.api.session.sign_out()  # as when his token's time is over
    own.context.directory.refresh()
    driver.wait_for(qtbot, lambda: not own.context.account.acting)
    driver.wait_for(qtbot, lambda: own.context.rights.settled and not own.tasks.busy)
    assert [notice.title for notice in own.context.notices.history] == ["Ben is no user any more"]


def test_who_is_gone_when_the_window_is_unlocked_cannot_stay(own: Console, qtbot: Any) -> None:
    administrator, link = own.context.account, own.link
    go_on_as_ben(own, qtbot)
    key = link.cloud.home.api_key_file.read_text().strip()  # type: ignore[union-attr]
    other = Rest(link.api.profile.iam_url, key)
    own.window.actions_by_id["lock"].trigger()
    other.json("POST", "/emulator/v1/reset", {})
    driver.write(own.window, "lock.field", key)
    driver.press(own.window, "lock.open")
    driver.wait_for(qtbot, lambda: not link.locked and link.is_connected)
    assert own.context.account == administrator and link.api is link.own
    assert own.context.notices.history[-1].title == "Ben is no user any more"


def test_who_is_gone_cannot_be_chosen(console: Console, cloud: EmulatedCloud, qtbot: Any) -> None:
    administrator, history = console.context.account, console.context.notices
    ben = seed(cloud, {"role": "Viewer"})
    driver.wait_for(qtbot, lambda: ben in entries(console))
    console.live.stop()  # the menu does not hear of it
    cloud.rest.json("POST", "/emulator/v1/reset", {})
    menu = driver.find(console.window, "header.user.menu", QMenu)
    next(action for action in menu.actions() if action.data() == ben).trigger()
    driver.wait_for(qtbot, lambda: history.history)
    assert history.history[-1].title == "There is no such user in this cloud."
    assert console.context.account == administrator


def test_who_was_created_a_moment_ago_can_stay(console: Console, cloud: EmulatedCloud, qtbot: Any) -> None:
    own, people = console.context.account, console.people
    driver.wait_for(qtbot, lambda: people.persons)
    console.live.stop()  # the window has not heard of Ben yet
    ben = seed(cloud, {"role": "Viewer"})
    assert people.person(ben) is None
    console.link.sign_in_as(ben)
    driver.wait_for(qtbot, lambda: people.person(ben) is not None and not console.tasks.busy)
    assert console.context.account.iam_id == ben
    assert "Viewer on all services" in driver.find(console.window, "window.acting.words").text()  # type: ignore[attr-defined]
    assert console.context.notices.history == ()
    cloud.rest.json("POST", "/emulator/v1/reset", {})
    people.refresh()
    driver.wait_for(qtbot, lambda: console.context.account == own)
    assert [notice.title for notice in console.context.notices.history] == ["Ben is no user any more"]


def test_two_consoles_as_two_people_see_each_other_s_changes(
    console: Console, cloud: EmulatedCloud, qtbot: Any, qapp: QApplication
) -> None:
    ben = seed(cloud, {"role": "Viewer"}, {"role": "Editor"})
    other = Console(qapp, Home(cloud.home))
    other.show()
    try:
        driver.wait_for(qtbot, lambda: other.link.is_connected and other.context.directory.known, 30_000)
        go_on_as(other, qtbot, ben)
        assert not console.context.account.acting, "the other window is somebody else's"
        api = other.context.api
        group = api.resources.groups()[0].id
        plan = services.service(services.KMS).plans[0].id  # type: ignore[union-attr]
        api.resources.create("made-by-ben", plan_id=plan, region="us-south", resource_group=group)
        driver.wait_for(qtbot, lambda: "made-by-ben" in [one.name for one in console.context.directory.entries], 2_000)
        event = cloud.rest.json("GET", "/emulator/v1/activity?action=kms.instance.create")["events"][0]
        assert event["initiator"]["name"] == BEN
    finally:
        other.end()


def test_what_was_asked_as_the_person_before_does_not_come_back(
    console: Console, cloud: EmulatedCloud, qtbot: Any, monkeypatch: Any
) -> None:
    held: list[Any] = []
    link, run = console.link, console.tasks.run
    monkeypatch.setattr(console.tasks, "run", lambda job, done=None, *more, **named: held.append((job, done)))
    heard: list[Any] = []
    link.read_account(heard.append, console)
    monkeypatch.setattr(console.tasks, "run", run)
    (job, done), *_ = held
    about_before = job()
    ben = seed(cloud, {"role": "Viewer"})
    go_on_as(console, qtbot, ben)
    done(about_before)
    assert heard == []
    link.read_account(heard.append, console)
    driver.wait_for(qtbot, lambda: heard)
    assert heard[0].account.iam_id == ben


def test_who_may_not_read_the_log_is_told_so_and_does_not_ask_for_it(
    console: Console, cloud: EmulatedCloud, qtbot: Any, monkeypatch: Any
) -> None:
    """A refusal is an event, and the page follows events: it would ask for ever."""
    asked: list[Any] = []
    plain = ActivityPresenter.load
    monkeypatch.setattr(ActivityPresenter, "load", lambda one, query: (asked.append(query), plain(one, query)))
    go_on_as(console, qtbot, seed(cloud))
    console.context.navigator.go(Place(places.ACTIVITY))
    driver.wait_for(qtbot, lambda: driver.exists(console.window, "activity.failure"))
    driver.wait_for(qtbot, lambda: console.context.rights.settled and not console.tasks.busy)
    assert asked == []
    cloud.rest.json("PUT", "/emulator/v1/identities", {"accounts": [_with_viewer(cloud)]})
    driver.wait_for(qtbot, lambda: driver.table_rows(console.window, "activity.table"))
    assert not driver.exists(console.window, "activity.failure"), "with a role the page reads by itself"


def test_a_role_on_one_service_shows_its_instances_and_asks_for_nothing_that_is_closed(
    console: Console, cloud: EmulatedCloud, qtbot: Any
) -> None:
    cloud.walked("initialise")
    ben = seed(cloud, {"role": "Viewer", "service": services.HS_CRYPTO})
    go_on_as(console, qtbot, ben)
    for _ in range(3):
        driver.wait_for(qtbot, lambda: console.context.rights.settled and not console.tasks.busy)
        driver.wait_for(qtbot, lambda: [row[0] for row in _listed(console)] == ["walk-hpcs"])
        console.window.page.look_afresh()  # type: ignore[union-attr]
    driver.wait_for(qtbot, lambda: not console.tasks.busy)
    refused = cloud.rest.json("GET", "/emulator/v1/activity?outcome=failure&checks=true")["events"]
    assert [event["action"] for event in refused if event["initiator"]["name"] == BEN] == []


def _listed(console: Console) -> list[list[str]]:
    return driver.table_rows(console.window, "resources.table")


def _with_viewer(cloud: EmulatedCloud) -> dict[str, Any]:
    user = {"email": BEN, "name": "Ben", "roles": [{"role": "Viewer"}]}
    return {"id": cloud.account_id, "users": [user]}
