"""The Overview page and what its Actions menu does."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from kyok_gui import places, saving
from kyok_gui.pages.database import overview
from kyok_gui.pages.database.overview_words import size
from kyok_gui.pages.database.terminal import Terminal, find_terminal
from kyok_gui.places import Place
from tests.gui.driver import press, wait_for, write
from tests.gui.fakes import FakeContext
from tests.gui.pages.database import canned
from tests.gui.pages.database.conftest import Open
from tests.gui.pages.database.fakes import CERTIFICATE, FakeCloud, refusal
from tests.gui.pages.database.keyboard import tab_round
from tests.gui.pages.database.pages import Overview, unnamed


def test_what_encrypts_the_data(open_page: Open) -> None:
    page = Overview(open_page(places.DB_OVERVIEW))
    assert page.key_status == "Connected"
    assert page.values("encryption") == {
        "HPCS instance": "acme-hpcs",
        "Root key": "ledger-root, version 3",
        "Authorization": "Reader, all instances",
        "Last check": "17:44:41 UTC, 3 of 3 nodes",
        "Key chosen": "12 Sep 2026, cannot be changed",
    }
    assert "its data cannot be recovered" in page.text("db-overview.deletion-note")


def test_no_host_is_claimed_where_nothing_listens(open_page: Open) -> None:
    page = Overview(open_page(places.DB_OVERVIEW))
    assert page.not_connectable.startswith("Nodes are simulated: psql cannot connect.")
    assert "Each node keeps its rows sealed on its own volume." in page.not_connectable
    assert "Host" not in page.values("connection")
    assert "Port" not in page.values("connection")
    assert not page.sees("db-overview.psql")
    assert not page.sees("db-overview.certificate")


COMMAND = 'psql "host=localhost port=25000 user=admin dbname=admin sslmode=verify-full sslrootcert={}"'


def test_a_real_instance_is_reached_with_psql(open_page: Open, qapp: QApplication) -> None:
    page = Overview(open_page(places.DB_OVERVIEW, "real"))
    assert not page.sees("db-overview.not-connectable")
    assert page.values("connection") == {
        "Host": "localhost",
        "Port": "25000",
        "User": "admin",
        "Database": "admin",
        "Endpoints": "Public network",
        "Data": "120 rows",
    }
    page.press("db-overview.psql.copy")
    assert qapp.clipboard().text() == COMMAND.format("cert.pem")
    assert page.note.endswith("psql asks for the password.")


def test_the_service_says_one_version_and_the_server_has_another(open_page: Open) -> None:
    values = Overview(open_page(places.DB_OVERVIEW, "real")).values("instance")
    assert (values["Version"], values["Actual server"]) == ("PostgreSQL 10 (emulated)", "PostgreSQL 15.18")


def test_simulated_nodes_have_no_server(open_page: Open) -> None:
    values = Overview(open_page(places.DB_OVERVIEW)).values("instance")
    assert (values["Version"], values["Actual server"]) == ("PostgreSQL 10 (emulated)", "None, the nodes are simulated")


def test_the_command_names_the_certificate_where_it_was_saved(
    open_page: Open, context: FakeContext, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "my files" / "cert.pem"
    file.parent.mkdir()
    monkeypatch.setattr(saving, "choose_file", lambda *_: file)
    page = Overview(open_page(places.DB_OVERVIEW, "real"))
    page.press("db-overview.certificate")
    wait_for(qtbot, lambda: context.told)
    assert file.read_text() == CERTIFICATE
    assert page.command == COMMAND.format(f"'{file}'")
    assert page.note.startswith(f"The certificate is in {file}.")


def test_a_certificate_that_cannot_be_written_is_told(
    open_page: Open, context: FakeContext, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "choose_file", lambda *_: tmp_path / "missing" / "cert.pem")
    page = Overview(open_page(places.DB_OVERVIEW, "real"))
    page.press("db-overview.certificate")
    wait_for(qtbot, lambda: context.told)
    assert context.told[0].title.endswith("could not be written: no such file or directory.")
    assert page.command == COMMAND.format("cert.pem")


def test_changing_ones_mind_saves_nothing(
    open_page: Open, fake_cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "choose_file", lambda *_: None)
    page = Overview(open_page(places.DB_OVERVIEW, "real"))
    page.press("db-overview.certificate")
    assert fake_cloud.calls == []


def test_a_terminal_is_opened_with_the_saved_certificate_and_without_a_password(
    open_page: Open, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    asked: list[Path] = []

    def ask(*_: object) -> Path:
        asked.append(tmp_path / "cert.pem")
        return asked[-1]

    monkeypatch.setattr(overview, "find_terminal", lambda: Terminal("/bin/xterm", "-e", "/bin/psql"))
    monkeypatch.setattr(overview, "open_psql", lambda _, conninfo: started.append(conninfo))
    monkeypatch.setattr(saving, "choose_file", ask)
    page = Overview(open_page(places.DB_OVERVIEW, "real"))
    page.press("db-overview.terminal")
    wait_for(qtbot, lambda: started)
    page.press("db-overview.terminal")
    assert started == [COMMAND.format(tmp_path / "cert.pem").removeprefix('psql "').removesuffix('"')] * 2
    assert len(asked) == 1
    assert "password" not in started[0]


def test_a_terminal_that_does_not_start_is_told(
    open_page: Open, context: FakeContext, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = Terminal(str(tmp_path / "none"), "-e", "/bin/psql")
    monkeypatch.setattr(overview, "find_terminal", lambda: nowhere)
    monkeypatch.setattr(saving, "choose_file", lambda *_: tmp_path / "cert.pem")
    page = Overview(open_page(places.DB_OVERVIEW, "real"))
    page.press("db-overview.terminal")
    wait_for(qtbot, lambda: len(context.told) == 2)
    assert context.told[1].title == "The terminal could not be opened."


@pytest.mark.parametrize(
    ("there", "environment", "found"),
    [
        ({"psql", "xterm", "konsole"}, {"DISPLAY": ":0"}, "/bin/konsole"),
        ({"psql", "x-terminal-emulator", "xterm"}, {"WAYLAND_DISPLAY": "wayland-0"}, "/bin/x-terminal-emulator"),
        ({"psql", "xterm"}, {}, None),
        ({"psql"}, {"DISPLAY": ":0"}, None),
        ({"xterm"}, {"DISPLAY": ":0"}, None),
    ],
)
def test_which_terminal_is_taken(there: set[str], environment: dict[str, str], found: str | None) -> None:
    terminal = find_terminal(lambda name: f"/bin/{name}" if name in there else None, environment)
    assert (terminal.program if terminal else None) == found


def test_a_terminal_runs_psql_and_stays_when_it_fails(tmp_path: Path) -> None:
    fake = tmp_path / "psql"
    fake.write_text('#!/bin/sh\necho "got $1"\nexit 2\n')
    fake.chmod(0o755)
    argv = Terminal("xterm", "-e", str(fake)).arguments("host=localhost user='a b'")
    done = subprocess.run(argv[1:], input="\n", capture_output=True, text=True, check=False)
    assert done.stdout.startswith("got host=localhost user='a b'\n")
    assert "Press Enter" in done.stdout


def test_no_terminal_no_button(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview, "find_terminal", lambda: None)
    assert not Overview(open_page(places.DB_OVERVIEW, "real")).sees("db-overview.terminal")


def test_what_weakens_the_storage_is_said_for_as_long_as_it_does(
    open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    page = Overview(open_page(places.DB_OVERVIEW, "sealed_on_stop"))
    assert page.warning.startswith("The data of this node lies in clear on the disk while it runs.")
    assert "sealed on stop" in page.warning
    fake_cloud.body = canned.real()
    context.live.tell({"database"}, {canned.DB})
    wait_for(qtbot, lambda: not page.sees("db-overview.storage-warning"))


def test_stopped_nodes_answer_nobody(open_page: Open) -> None:
    assert Overview(open_page(places.DB_OVERVIEW, "real_disabled")).note.endswith("No node serves the data now.")


def test_the_hpcs_instance_is_a_link(open_page: Open, context: FakeContext) -> None:
    page = Overview(open_page(places.DB_OVERVIEW))
    page.press("db-overview.hsm")
    assert context.navigator.here == Place(places.HPCS_OVERVIEW, canned.HPCS)
    page.press("db-overview.key")
    assert context.navigator.here.value("key") == canned.KEY
    page.press("db-overview.open-nodes")
    assert context.navigator.here == Place(places.NODES, canned.DB)


def test_the_instance(open_page: Open) -> None:
    values = Overview(open_page(places.DB_OVERVIEW)).values("instance")
    assert values["Plan"] == "Flexible, 430.08 USD per month"
    assert values["Location"] == "Dallas (us-south), 3 zones"
    assert values["CRN"] == canned.DB_CRN
    assert values["Created"] == "12 Sep 2026 by anna@acme.example"


def test_storage_protection(open_page: Open) -> None:
    rows = Overview(open_page(places.DB_OVERVIEW)).protection()
    assert [row[0] for row in rows] == ["Data volumes", "Data key", "Backups"]
    assert rows[0][1].replace("\N{NON-BREAKING HYPHEN}", "-") == "Data key, AES-256-GCM"
    assert rows[1][1:] == ["ledger-root, version 3", "Wrapped 09:00 today"]
    assert rows[2][1:] == ["Service key, kept 7 days", "7 backups, latest 02:00"]


def test_sealed_volumes_are_told(open_page: Open) -> None:
    page = Overview(open_page(places.DB_OVERVIEW, "deleted"))
    assert page.protection()[0][2] == "3 volumes, all sealed"
    assert page.text("db-overview.deletion-note").startswith("ledger-root is deleted.")
    assert page.values("connection")["Data"] == "Not readable now"


def test_the_driver_says_how_far_its_protection_reaches(open_page: Open) -> None:
    page = Overview(open_page(places.DB_OVERVIEW))
    assert page.text("db-overview.reach.driver") == "Simulated nodes"
    assert page.text("db-overview.reach.cipher").startswith("Encrypted with AES-256-GCM")
    assert page.reach()[0] == ["Running, disk stolen", "Protected: rows are on disk only sealed."]


def test_the_default_key(open_page: Open) -> None:
    page = Overview(open_page(places.DB_OVERVIEW, "default_key"))
    assert page.values("encryption")["Root key"] == "Automatic disk encryption key (default)"
    assert page.protection()[1][1] == "Key of the service"


def test_deleting_needs_the_name_and_explains_the_reclamation(
    open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    stage = open_page(places.DB_OVERVIEW)
    page = Overview(stage)
    assert page.actions()[-1] == "Delete instance"
    page.act("delete")
    assert not page.button("db-delete.accept").isEnabled()
    write(stage, "db-delete.typed", "ledger-d")
    assert not page.button("db-delete.accept").isEnabled()
    write(stage, "db-delete.typed", "ledger-db")
    press(stage, "db-delete.accept")
    wait_for(qtbot, lambda: context.told)
    assert fake_cloud.calls == [("delete", canned.DB)]
    assert context.navigator.here == places.HOME
    assert not page.sees("db-delete.accept")


def test_a_refused_deletion_stays_in_the_dialog(open_page: Open, fake_cloud: FakeCloud, qtbot: Any) -> None:
    fake_cloud.fail["delete"] = refusal(403, "FORBIDDEN", "You may not delete instances.", "Ask an Editor.")
    stage = open_page(places.DB_OVERVIEW)
    page = Overview(stage)
    page.act("delete")
    write(stage, "db-delete.typed", "ledger-db")
    press(stage, "db-delete.accept")
    wait_for(qtbot, lambda: page.sees("db-delete.error"))
    assert page.button("db-delete.accept").isEnabled()
    press(stage, "db-delete.cancel")


def test_a_deleted_instance_can_be_restored(
    open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any
) -> None:
    page = Overview(open_page(places.DB_OVERVIEW, "pending"))
    assert page.sees("db-overview.state")
    assert "Delete instance" not in page.actions()
    page.act("restore")
    wait_for(qtbot, lambda: context.told)
    assert fake_cloud.calls == [("restore_instance", "rec-1")]


def test_a_refused_restore_says_why(open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any) -> None:
    fake_cloud.fail["restore_instance"] = refusal(404, "GONE", "The instance is gone.")
    page = Overview(open_page(places.DB_OVERVIEW, "pending"))
    page.act("restore")
    wait_for(qtbot, lambda: context.told)
    assert context.told[0].title == "The instance is gone."


def test_a_backup_from_the_menu(open_page: Open, fake_cloud: FakeCloud, context: FakeContext, qtbot: Any) -> None:
    page = Overview(open_page(places.DB_OVERVIEW))
    page.act("back-up")
    wait_for(qtbot, lambda: context.told)
    assert fake_cloud.calls == [("back_up", canned.DB)]


def test_the_checklist_from_the_menu(open_page: Open, context: FakeContext) -> None:
    Overview(open_page(places.DB_OVERVIEW)).act("secure-deletion")
    assert context.navigator.here == Place(places.SECURE_DELETION, canned.DB)


def test_a_failed_load_is_told(open_page: Open, fake_cloud: FakeCloud, qtbot: Any) -> None:
    fake_cloud.fail["detail"] = refusal(503, "BUSY", "The cloud is busy.")
    page = Overview(open_page(places.DB_OVERVIEW))
    assert page.sees("db-overview.failure")
    fake_cloud.fail.clear()
    page.press("db-overview.failure.action")
    wait_for(qtbot, lambda: page.sees("db-overview.connection"))


@pytest.mark.parametrize("state", [*canned.STATES])
def test_every_state_is_drawn_and_named(open_page: Open, state: str) -> None:
    stage = open_page(places.DB_OVERVIEW, state, 1024, 768)
    assert not stage.grab().isNull()
    assert unnamed(stage) == []


def test_links_are_reached_in_the_order_of_the_page(open_page: Open) -> None:
    reached = tab_round(open_page(places.DB_OVERVIEW))
    wanted = ["db-overview.actions", "db-overview.hsm", "db-overview.key", "db-overview.authorization"]
    places_of = [reached.index(name) for name in [*wanted, "db-overview.open-nodes", "db-overview.crn.copy"]]
    assert places_of == sorted(places_of)


def test_command_certificate_and_terminal_are_reached_by_keyboard(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overview, "find_terminal", lambda: Terminal("/bin/xterm", "-e", "/bin/psql"))
    reached = tab_round(open_page(places.DB_OVERVIEW, "real"))
    wanted = ["db-overview.actions", "db-overview.psql.copy", "db-overview.certificate", "db-overview.terminal"]
    places_of = [reached.index(name) for name in [*wanted, "db-overview.hsm"]]
    assert places_of == sorted(places_of)


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 bytes"), (900, "900 bytes"), (20480, "20 KB"), (5 * 2**20, "5.0 MB"), (9_771_050_598, "9.1 GB")],
)
def test_sizes_in_words(count: int, words: str) -> None:
    assert size(count) == words
