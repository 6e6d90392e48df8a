"""The pages on the real emulated cloud: the acceptance scenarios of dbaas.md, section 12, that a person can see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kyok.domain.services import HS_CRYPTO
from kyok_gui import places
from kyok_gui.places import Place
from kyok_gui.startup import Console
from kyok_gui.widgets import SelectField
from tests.gui.cloud_fixture import EmulatedCloud
from tests.gui.driver import choose, find, press, row_action, table_rows, wait_for, write
from tests.gui.pages.database.pages import Create, Deletion, Nodes, Overview, PageObject

WAIT = 60_000


class Story:
    """A console on an account in which the walk is done, and a second client that does what others do."""

    def __init__(self, console: Console, cloud: EmulatedCloud, qtbot: Any) -> None:
        self.console = console
        self.rest = cloud.rest
        self.account = cloud.account_id
        self.qtbot = qtbot
        made = self.rest.json("POST", "/emulator/v1/scenarios/walk-done", {})["instances"]
        self.database: str = made["ledger-db"]
        self.hpcs: str = made["acme-hpcs"]
        self.key: str = self.detail()["root_key"]["id"]
        self.window = console.window

    def until(self, condition: Callable[[], Any]) -> None:
        wait_for(self.qtbot, condition, WAIT)

    def go(self, kind: str, instance: str | None = None) -> None:
        self.console.context.navigator.go(Place(kind, instance))

    def nodes(self, instance: str | None = None) -> Nodes:
        self.go(places.NODES, instance or self.database)
        page = Nodes(self.window)
        self.until(lambda: page.sees("nodes.verdict"))
        return page

    def detail(self, instance: str | None = None) -> Any:
        return self.rest.json("GET", f"/emulator/v1/databases/{instance or self.database}")

    def kms(self, method: str, path: str, body: Any = None) -> Any:
        return self.rest.json(method, f"/api/v2{path}", body, Bluemix_Instance=self.hpcs)

    def act(self, action: str) -> None:
        self.kms("POST", f"/keys/{self.key}/actions/{action}", {})

    def first_backup(self) -> Any:
        """The backup after creation; on real servers it takes a moment."""
        path = f"/emulator/v1/databases/{self.database}/backups"
        return self.rest.wait("a backup", lambda: self.rest.json("GET", path)["backups"])[0]

    def delete_key(self) -> None:
        self.kms("DELETE", f"/keys/{self.key}?force=true")

    def another_key(self, name: str) -> str:
        body = {
            "metadata": {"collectionType": "application/vnd.ibm.kms.key+json", "collectionTotal": 1},
            "resources": [{"type": "application/vnd.ibm.kms.key+json", "name": name, "extractable": False}],
        }
        return str(self.kms("POST", "/keys", body)["resources"][0]["id"])

    def turn(self, seconds: float) -> None:
        self.rest.json("PUT", "/emulator/v1/clock", {"advance_seconds": seconds})


@pytest.fixture
def story(console: Console, cloud: EmulatedCloud, qtbot: Any) -> Story:
    return Story(console, cloud, qtbot)


def all_are(page: Nodes, status: str) -> Callable[[], bool]:
    state = "Running" if status == "Connected" else "Stopped"
    return lambda: page.statuses() == [status] * 3 and page.states() == [state] * 3


def through_the_wizard(page: PageObject, story: Story) -> bool:
    """Presses Next and Authorize whenever they are on; true when the wizard has led back."""
    if page.sees("authorizations.wizard.next") and page.button("authorizations.wizard.next").isEnabled():
        page.press("authorizations.wizard.next")
    return story.console.context.navigator.here.kind == places.CREATE_POSTGRESQL


def test_creation_is_blocked_until_the_service_is_authorized(story: Story) -> None:
    """Scenario 3."""
    policy = story.detail()["authorization"]["policy_id"]
    story.rest.json("DELETE", f"/v1/policies/{policy}")
    story.go(places.CREATE_POSTGRESQL)
    page = Create(story.window)
    field = find(story.window, "create-postgresql.kms-instance.field", SelectField)
    story.until(lambda: story.hpcs in {choice.id for choice in field.choices()})
    page.fill(name="second-db")
    page.choose("kms-instance", story.hpcs)
    missing = "Cannot create yet: the authorization for acme-hpcs is missing. Create authorization"
    story.until(lambda: page.why_not == missing)
    page.press("create-postgresql.kms-instance.note.link")
    story.until(lambda: page.sees("authorizations.wizard"))
    made_names = [one["name"] for one in story.rest.json("GET", "/v2/resource_instances")["resources"]]
    assert "second-db" not in made_names
    story.until(lambda: through_the_wizard(page, story))  # everything is filled in
    assert page.value("service-name") == "second-db"
    assert page.value("password") == "passWORD4User19"
    story.until(lambda: find(story.window, "create-postgresql.root-key.field", SelectField).choices())
    page.choose("root-key", story.key)
    story.until(lambda: page.can_create)
    page.create()
    nodes = Nodes(story.window)
    story.until(lambda: story.console.context.navigator.here.kind == places.NODES)
    story.until(all_are(nodes, "Connected"))
    made = story.console.context.navigator.here.instance
    assert story.detail(made)["root_key"]["id"] == story.key


def test_without_a_key_the_default_key_is_used(story: Story) -> None:
    """Scenario 4."""
    story.go(places.CREATE_POSTGRESQL)
    page = Create(story.window)
    page.fill(name="plain-db")
    story.until(lambda: page.can_create)
    page.create()
    nodes = Nodes(story.window)
    story.until(lambda: nodes.sees("nodes.verdict") and nodes.statuses() == ["Default key"] * 3)
    story.until(lambda: nodes.states() == ["Running"] * 3)
    assert "external_key" not in story.rest.json(
        "GET", f"/api/v3/{story.account}/clusters/{story.console.context.navigator.here.instance}"
    )


def test_a_deleted_key_stops_every_node_and_the_backup_lives_on(story: Story) -> None:
    """Scenarios 5 and 9: the rows of the restored instance are the backup's, not those that came after it."""
    page = story.nodes()
    before = story.first_backup()["rows"]
    present = story.detail()["data"]["rows"]
    page.press("nodes.data.add")
    story.until(lambda: page.rows.startswith(f"{present + 10} rows"))
    second = story.another_key("second-root")
    story.delete_key()
    story.until(all_are(page, "Deleted"))
    assert page.cure == "Restore backup into a new instance"
    assert page.unreadable
    page.press_cure()
    key = find(story.window, "restore.root-key.field", SelectField)
    story.until(lambda: second in {choice.id for choice in key.choices()})
    write(story.window, "restore.name", "ledger2-db")
    choose(story.window, "restore.root-key", second)
    press(story.window, "restore.accept")
    story.until(lambda: story.console.context.navigator.here.instance != story.database)
    made = story.console.context.navigator.here.instance
    story.until(lambda: page.rows == f"{before} rows on all three nodes")
    restored = story.detail(made)
    assert (restored["data"]["rows"], restored["root_key"]["id"]) == (before, second)
    assert restored["restored_from"]["name"] == "ledger-db"
    story.go(places.BACKUPS, story.database)
    story.until(lambda: table_rows(story.window, "backups.table"))


def test_a_disabled_key_is_enabled_by_the_cure(story: Story) -> None:
    """Scenario 6."""
    page = story.nodes()
    digest = story.detail()["data"]["digest"]
    story.act("disable")
    story.until(all_are(page, "Disabled"))
    assert not page.button("nodes.verdict.button").isEnabled()
    story.turn(31)
    story.until(lambda: page.button("nodes.verdict.button").isEnabled())
    page.press_cure()
    story.until(all_are(page, "Connected"))
    story.until(lambda: story.detail()["data"]["digest"] == digest)  # real nodes run before their rows are read


def test_a_removed_authorization_is_restored_by_the_cure(story: Story) -> None:
    """Scenario 7."""
    page = story.nodes()
    policy = story.detail()["authorization"]["policy_id"]
    story.rest.json("DELETE", f"/v1/policies/{policy}")
    story.until(all_are(page, "Not authorized"))
    assert page.broken() == ["authorization"]
    page.press_cure()
    story.until(all_are(page, "Connected"))
    assert story.rest.json("GET", f"/v1/policies/{policy}")["state"] == "active"


def test_a_rotation_stops_nothing(story: Story) -> None:
    """Scenario 8."""
    page = story.nodes()
    story.act("rotate")
    story.until(lambda: "version 2" in page.tiles()[0].reason.words())
    assert all_are(page, "Connected")()
    story.until(lambda: story.detail()["data_key"]["wrapped_version"] == 2)


def test_a_cut_zone_counts_down_stops_and_comes_back(story: Story) -> None:
    """Rules of the key: unreachable starts a grace period, then seals; the other nodes go on."""
    page = story.nodes()
    page.break_something("zone-cut:us-south-3")
    story.until(lambda: page.statuses() == ["Connected", "Connected", "Not connected"])
    assert page.countdown(3).startswith("Stops in ")
    assert page.cure == ""
    story.turn(61)
    story.until(lambda: page.states() == ["Running", "Running", "Stopped"])
    page.break_something(page.training.entries()[0].id)
    story.until(all_are(page, "Connected"))


def test_a_stopped_machine_hands_its_role_over(story: Story) -> None:
    page = story.nodes()
    page.break_something("node-stop:1")
    story.until(lambda: page.states() == ["Stopped", "Running", "Running"])
    story.until(lambda: page.roles()[0] == "Secondary" and page.roles().count("Primary") == 1)
    page.break_something(page.training.entries()[0].id)
    story.until(lambda: page.states() == ["Running"] * 3)


def test_a_deleted_instance_comes_back_and_goes_for_good(story: Story) -> None:
    """Scenarios 10 and 18."""
    story.go(places.DB_OVERVIEW, story.database)
    overview = Overview(story.window)
    story.until(lambda: overview.sees("db-overview.encryption"))
    overview.act("delete")
    write(story.window, "db-delete.typed", "ledger-db")
    press(story.window, "db-delete.accept")
    story.until(lambda: story.console.context.navigator.here == places.HOME)
    story.go(places.SECURE_DELETION, story.database)
    page = Deletion(story.window)
    story.until(lambda: page.finish == "Delete instance for good")
    story.until(lambda: page.sees("secure-deletion.restore"))
    assert page.headline.startswith("Incomplete: the instance can still be restored, the root key still exists")
    assert page.half(1)[0] == "Half one: not done"
    page.press("secure-deletion.restore")
    story.until(lambda: story.detail()["instance_state"] == "active")
    story.until(lambda: page.finish == "Delete instance")
    page.press("secure-deletion.finish")
    page.confirm("db-delete", "ledger-db")
    story.until(lambda: page.finish == "Delete instance for good")
    page.press("secure-deletion.finish")
    page.confirm("db-reclaim", "ledger-db")
    story.until(lambda: page.finish == "Delete root key")
    assert page.headline.startswith("Incomplete: the instance is gone, the root key still exists")
    assert page.half(1)[0] == "Half one: done"
    story.delete_key()
    story.until(lambda: page.headline.startswith("Securely deleted"))
    story.go(places.SECURE_DELETION_LIST)
    story.until(lambda: table_rows(story.window, "secure-deletion-list.table"))
    assert table_rows(story.window, "secure-deletion-list.table")[0][-1] == "Securely deleted"


def test_after_seven_days_it_is_gone_by_itself(story: Story) -> None:
    """Scenario 11."""
    crn = story.detail()["crn"]
    story.rest.send("DELETE", f"/v2/resource_instances/{story.database}")
    story.go(places.SECURE_DELETION, story.database)
    page = Deletion(story.window)
    story.until(lambda: page.sees("secure-deletion.restore"))
    story.turn(8 * 86_400)
    story.until(lambda: page.half(1)[0] == "Half one: done")
    assert story.detail()["instance_state"] == "removed"
    assert story.rest.send("GET", f"/v2/resource_instances/{story.database}").json()["crn"] == crn


def test_only_the_instance_with_its_key_gone_is_half_done(story: Story) -> None:
    """Scenario 18, the other half."""
    story.delete_key()
    story.go(places.SECURE_DELETION, story.database)
    page = Deletion(story.window)
    story.until(lambda: page.sees("secure-deletion.headline"))
    story.until(lambda: page.half(2)[0] == "Half two: done")
    assert page.headline.startswith("Incomplete: the root key is destroyed, the instance still exists")


def test_check_now_checks_at_once(story: Story) -> None:
    page = story.nodes()
    story.until(lambda: page.sees("nodes.check-now"))
    before = story.detail()["nodes"][0]["last_check_at"]
    story.turn(5)
    page.press("nodes.check-now")
    story.until(lambda: story.detail()["nodes"][0]["last_check_at"] > before)


def test_a_backup_on_demand_appears(story: Story) -> None:
    story.go(places.BACKUPS, story.database)
    page = PageObject(story.window)
    story.until(lambda: table_rows(story.window, "backups.table"))
    count = len(table_rows(story.window, "backups.table"))
    page.press("backups.now")
    story.until(lambda: len(table_rows(story.window, "backups.table")) == count + 1)
    assert table_rows(story.window, "backups.table")[0][1] == "On demand"
    row_action(story.window, "backups.table", 0, "restore")
    story.until(lambda: page.sees("restore.backup"))
    press(story.window, "restore.cancel")


def test_a_wrong_key_over_rest_fails_and_the_page_says_why(story: Story) -> None:
    """Scenario 2 as the window shows it."""
    group = story.rest.json("GET", f"/v2/resource_groups?account_id={story.account}")["resources"][0]["id"]
    detail = story.detail()
    body = {
        "name": "wrong-db",
        "target": "us-south",
        "resource_group": group,
        "resource_plan_id": detail["plan_id"],
        "parameters": {
            "name": "cluster01",
            "admin_name": "admin",
            "password": "passWORD4User19",
            "confirm_password": "passWORD4User19",
            "memory": "2GiB",
            "storage": "5GiB",
            "cpu": 1,
            "kms_instance": detail["hsm"]["crn"],
            "kms_key": "00000000-0000-4000-8000-000000000000",
        },
    }
    assert detail["hsm"]["service"] == HS_CRYPTO
    made = story.rest.json("POST", "/v2/resource_instances", body)["guid"]
    page = story.nodes(made)
    story.until(lambda: page.sentence.startswith("Provisioning failed"))
    assert page.tiles() == []
