import pytest

from kyok.domain import names
from kyok.domain.passwords import check_password, password_problem


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("passWORD4User19", None),
        ("passWORD4User1", "too short"),
        ("passWORD4User1&", "not allowed"),
        ("passWORD4User1#", "not allowed"),
        ("pass WORD4User1", "not allowed"),
        ("passWÖRD4User19", "not allowed"),
        ("password4user19", "upper case"),
        ("PASSWORD4USER19", "lower case"),
        ("passWORDdUserxx", "digit"),
        ("", "too short"),
    ],
)
def test_passwords(password: str, word: str | None) -> None:
    problem = password_problem(password)
    assert (problem is None) if word is None else (problem is not None and word in problem)
    assert check_password(password).ok == (word is None)


def test_both_must_be_the_same() -> None:
    assert password_problem("passWORD4User19", "passWORD4User19") is None
    assert "not the same" in (password_problem("passWORD4User19", "other") or "")


def test_the_four_ticks() -> None:
    ticks = check_password("passWORD").ticks
    assert ticks == (
        ("15 characters or more", False),
        ("upper case", True),
        ("lower case", True),
        ("digit", False),
    )


def test_the_checks_hold_nothing_of_the_password() -> None:
    assert "passWORD4" not in repr(check_password("passWORD4User19"))


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("ledger-db", True),
        ("a b.c_d:e-1", True),
        ("", False),
        ("  ", False),
        ("x" * 180, True),
        ("x" * 181, False),
        ("a/b", False),
        ("ä", False),
    ],
)
def test_service_names(name: str, good: bool) -> None:
    assert (names.service_name_problem(name) is None) == good


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("admin", True),
        ("_x", True),
        ("1x", False),
        ("", False),
        ("x" * 63, True),
        ("x" * 64, False),
        ("a b", False),
    ],
)
def test_identifiers(name: str, good: bool) -> None:
    assert (names.cluster_name_problem(name) is None) == good
    assert (names.admin_name_problem(name) is None) == good


@pytest.mark.parametrize("name", ["postgres", "Replicator", "ibm-cloud-admin", "pg_monitor"])
def test_kept_names(name: str) -> None:
    assert names.cluster_name_problem(name) is None
    assert "kept for the service" in (names.admin_name_problem(name) or "")


def test_tags_and_suggested_names() -> None:
    assert names.tags_problem(["env:dev"]) is None
    assert names.tags_problem(("x" * 129,))
    assert names.tags_problem(["a,b"])
    assert names.suggested_service_name("Key Protect", "k3") == "Key Protect-k3"
    assert names.service_name_problem(names.suggested_service_name("Hyper Protect DBaaS for PostgreSQL", "k3")) is None
