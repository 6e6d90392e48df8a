from decimal import Decimal

import pytest

from kyok.domain import databases
from kyok.domain.services import service

SERVICE = service("hyperp-dbaas-postgresql")
assert SERVICE is not None
FLEXIBLE, FREE = SERVICE.plans
GOOD = {
    "name": "cluster01",
    "admin_name": "admin",
    "password": "passWORD4User19",
    "confirm_password": "passWORD4User19",
    "db_version": "10",
    "memory": "2GiB",
    "storage": "5GiB",
    "cpu": 1,
    "service-endpoints": "public",
}


@pytest.mark.parametrize(
    ("ram", "disk", "cpu", "cost"),
    [(2, 5, 1, "196.35"), (4, 24, 2, "430.08"), (128, 1280, 16, "8505.60"), (3, 10, 1, "232.20")],
)
def test_prices(ram: int, disk: int, cpu: int, cost: str) -> None:
    assert databases.monthly_cost(ram, disk, cpu) == Decimal(cost)


def test_the_three_parts_of_the_price() -> None:
    parts = databases.cost(4, 24, 2)
    assert (parts.ram, parts.disk, parts.cpu) == (Decimal("90.00"), Decimal("64.08"), Decimal("276.00"))
    assert parts.total == Decimal("430.08")


def test_the_free_plan_costs_nothing() -> None:
    assert databases.monthly_cost(2, 5, 1, free=True) == 0


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("2GiB", 2),
        ("2gib", 2),
        (" 5 GB ", 5),
        ("2048MiB", 2),
        ("1TB", 1024),
        ("1.5gib", None),
        ("2", None),
        ("", None),
        ("2PB", None),
        ("100MiB", None),
    ],
)
def test_sizes_are_read(text: str, size: int | None) -> None:
    assert databases.parse_size(text) == size


def test_labels() -> None:
    assert databases.size_text(2) == "2gib"
    assert databases.ram_label(2) == "2 GB-RAM/node (6 GB-RAM total)"
    assert databases.disk_label(5) == "5 GB-Disk/node (15 GB-Disk total)"
    assert databases.cpu_label(1) == "1 vCPU/node (3 vCPU total)"


def test_the_value_sets() -> None:
    assert databases.RAM_VALUES == (2, 3, 4, 5, 8, 12, 16, 24, 32, 64, 96, 128)
    assert 320 in databases.DISK_VALUES
    assert 7 not in databases.CPU_VALUES


def test_the_form_has_the_15_documented_fields_in_order() -> None:
    fields = databases.FORM_FIELDS
    assert [field.number for field in fields] == list(range(1, 16))
    assert fields[12].label == "Select a KMS instance"
    assert [field.id for field in fields if field.flexible_only] == ["ram", "disk", "cpu"]
    assert len({field.id for field in fields}) == 15


def test_good_parameters() -> None:
    assert databases.parameter_problems(GOOD, FLEXIBLE) == ()
    assert databases.sizes_of(GOOD, FLEXIBLE) == databases.Sizes(2, 5, 1)
    assert databases.sizes_of({"memory": "4gib", "storage": "24GB", "cpu": "2"}, FLEXIBLE) == databases.Sizes(4, 24, 2)
    assert databases.default_plan() is FLEXIBLE


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "cluster-name"),
        ({"admin_name": "postgres"}, "admin-name"),
        ({"password": "short"}, "password"),
        ({"confirm_password": "passWORD4User20"}, "confirm-password"),
        ({"db_version": "13"}, "version"),
        ({"memory": "7GiB"}, "ram"),
        ({"memory": "lots"}, "ram"),
        ({"storage": "3GB"}, "disk"),
        ({"cpu": 7}, "cpu"),
        ({"cpu": True}, "cpu"),
        ({"cpu": 1.5}, "cpu"),
        ({"kms_instance": "crn:v1:x"}, "root-key"),
        ({"kms_key": "abc"}, "kms-instance"),
        ({"service-endpoints": "moon"}, "endpoints"),
        ({"service-endpoints": ["public"]}, "endpoints"),
        ({"kms_instance": {}}, "kms-instance"),
        ({"kms_key": 7}, "root-key"),
    ],
)
def test_bad_parameters(change: dict[str, object], field: str) -> None:
    problems = databases.parameter_problems({**GOOD, **change}, FLEXIBLE)
    assert [problem.field for problem in problems] == [field]
    assert problems[0].sentence.endswith((".", "”)."))


def test_a_wrong_key_pair_is_accepted_here() -> None:
    assert databases.parameter_problems({**GOOD, "kms_instance": "nonsense", "kms_key": "x"}, FLEXIBLE) == ()


def test_old_spelling_of_the_endpoints() -> None:
    parameters = {name: value for name, value in GOOD.items() if name != "service-endpoints"}
    assert databases.parameter_problems({**parameters, "service_endpoints": "private"}, FLEXIBLE) == ()


def test_the_free_plan_takes_no_sizes() -> None:
    problems = databases.parameter_problems(GOOD, FREE)
    assert [problem.field for problem in problems] == ["ram", "disk", "cpu"]
    plain = {name: value for name, value in GOOD.items() if name not in ("memory", "storage", "cpu")}
    assert databases.parameter_problems(plain, FREE) == ()
    assert databases.sizes_of(GOOD, FREE) == databases.Sizes(2, 5, 1)


def test_every_problem_is_named_at_once() -> None:
    assert len(databases.parameter_problems({}, FLEXIBLE)) == 3
