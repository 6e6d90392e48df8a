"""The database service: sizes, prices, versions, and the rules of the creation form.

Source: reference/dbaas.md section 3. Sizes are per node; the window says GB, the backend means GiB.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from kyok.domain import names, passwords
from kyok.domain.services import DBAAS_POSTGRESQL, Plan, service
from kyok.domain.translation import noted, tr

NODES = 3
"""Nodes of an instance: one primary, two secondaries, each in its own zone."""

RAM_VALUES: tuple[int, ...] = (2, 3, 4, 5, 8, 12, 16, 24, 32, 64, 96, 128)
DISK_VALUES: tuple[int, ...] = (5, 10, 16, 24, 32, 64, 128, 160, 256, 320, 512, 640, 1280)
CPU_VALUES: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 8, 9, 12, 16)
MINIMUM = (2, 5, 1)
"""RAM, disk and vCPU of the smallest instance, also the size of a free one."""

RAM_PRICE, DISK_PRICE, CPU_PRICE = Decimal("7.50"), Decimal("0.89"), Decimal("46.00")
"""USD a month for one GB of RAM, one GB of disk, one vCPU."""

VERSIONS: tuple[tuple[str, str], ...] = (("10", "PostgreSQL 10"),)
"""Value and label of each database version that can be chosen."""

ENDPOINTS: tuple[tuple[str, str], ...] = (
    ("public", noted("Public network")),
    ("private", noted("Private network")),
    ("public-and-private", noted("Both")),
)
"""Value (`service-endpoints`) and label of the endpoint choices; cannot be changed later."""

AUTOMATIC_KEY = noted("Automatic disk encryption key (default)")
"""First entry of the KMS instance and root key pickers."""

FREE_PERIOD = timedelta(days=30)
"""A free instance is deleted by itself at this age."""
RECLAMATION_PERIOD = timedelta(days=7)
"""A deleted instance can be restored for this long."""
BACKUP_PERIOD = timedelta(days=7)
"""Backups are kept for this long."""
BACKUP_INTERVAL = timedelta(days=1)
LOG_DAYS, AUDIT_DAYS = 30, 90
"""Days for which the server logs and the audit logs of a node are kept."""

_CENT = Decimal("0.01")
_SIZE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(mb|mib|gb|gib|tb|tib)\s*", re.IGNORECASE)
_GIB = {"m": Decimal(1) / 1024, "g": Decimal(1), "t": Decimal(1024)}


@dataclass(frozen=True, slots=True)
class Cost:
    """Estimated USD a month for all three nodes, with its three parts."""

    ram: Decimal
    disk: Decimal
    cpu: Decimal

    @property
    def total(self) -> Decimal:
        """The sum of the parts."""
        return self.ram + self.disk + self.cpu


def cost(ram: int, disk: int, cpu: int) -> Cost:
    """Monthly cost of an instance with these sizes per node, rounded half up to cents."""
    return Cost(
        (NODES * ram * RAM_PRICE).quantize(_CENT, ROUND_HALF_UP),
        (NODES * disk * DISK_PRICE).quantize(_CENT, ROUND_HALF_UP),
        (NODES * cpu * CPU_PRICE).quantize(_CENT, ROUND_HALF_UP),
    )


def monthly_cost(ram: int, disk: int, cpu: int, *, free: bool = False) -> Decimal:
    """`3 x (7.50 RAM + 0.89 disk + 46 vCPU)` USD; nothing on the free plan."""
    return Decimal("0.00") if free else cost(ram, disk, cpu).total


def free_until(created_at: datetime) -> datetime:
    """When a free instance is deleted by itself."""
    return created_at + FREE_PERIOD


def parse_size(text: str) -> int | None:
    """Whole GiB of `2GiB`, `2gib`, `2048MiB`, `1TB` (case-insensitive, GB means GiB); None for anything else."""
    match = _SIZE.fullmatch(text)
    if match is None:
        return None
    amount = Decimal(match[1]) * _GIB[match[2][0].lower()]
    return int(amount) if amount == amount.to_integral_value() else None


def size_text(gib: int) -> str:
    """A size as the API answers it: `2gib`."""
    return f"{gib}gib"


def ram_label(value: int) -> str:
    """`2 GB-RAM/node (6 GB-RAM total)`."""
    return tr("{value} GB-RAM/node ({nodes} GB-RAM total)", value=value, nodes=NODES * value)


def disk_label(value: int) -> str:
    """`5 GB-Disk/node (15 GB-Disk total)`."""
    return tr("{value} GB-Disk/node ({nodes} GB-Disk total)", value=value, nodes=NODES * value)


def cpu_label(value: int) -> str:
    """`1 vCPU/node (3 vCPU total)`."""
    return tr("{value} vCPU/node ({nodes} vCPU total)", value=value, nodes=NODES * value)


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of the creation form in screen order. `parameter` is its name in the request, if it has one there."""

    number: int
    id: str
    label: str
    parameter: str | None = None
    required: bool = False
    flexible_only: bool = False
    hint: str = ""


FORM_FIELDS: tuple[FormField, ...] = (
    FormField(1, "service-name", noted("Service name"), required=True),
    FormField(2, "resource-group", noted("Select a resource group (cannot be changed later)"), required=True),
    FormField(3, "tags", noted("Tags (optional)"), hint=noted("Examples: env:dev, version:1")),
    FormField(4, "access-tags", noted("Access management tags (optional)"), hint=noted("Examples: access:dev")),
    FormField(5, "cluster-name", noted("Cluster name"), "name", required=True),
    FormField(6, "admin-name", noted("Database admin name"), "admin_name", required=True),
    FormField(7, "password", noted("Database admin password"), "password", required=True),
    FormField(8, "confirm-password", noted("Confirm password"), "confirm_password", required=True),
    FormField(9, "version", noted("Select a database version"), "db_version", required=True),
    FormField(10, "ram", noted("Select an initial RAM allocation"), "memory", flexible_only=True),
    FormField(11, "disk", noted("Select an initial disk allocation"), "storage", flexible_only=True),
    FormField(12, "cpu", noted("Select an initial vCPU allocation"), "cpu", flexible_only=True),
    FormField(
        13,
        "kms-instance",
        noted("Select a KMS instance"),
        "kms_instance",
        hint=noted("The database service must be authorized for it under Manage > Access (IAM) > Authorizations."),
    ),
    FormField(
        14,
        "root-key",
        noted("Select a root key"),
        "kms_key",
        hint=noted("Deleting this key loses all data of the instance."),
    ),
    FormField(15, "endpoints", noted("Endpoints"), "service-endpoints", required=True),
)
"""The 15 documented fields; region and pricing plan stand above them."""

_TEXTS = {field.parameter: field.id for field in FORM_FIELDS if field.parameter and not field.flexible_only}
_TEXTS["service_endpoints"] = _TEXTS["service-endpoints"]
del _TEXTS["db_version"]  # a number reads the same

KEY_WARNING = (
    noted("The key cannot be changed later"),
    noted("Deleting it loses all data of the instance; backups stay 7 days."),
)
"""Title and line of the note above the two key pickers."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A field (a `FormField.id`) with what is wrong in it."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Sizes:
    """RAM and disk in GiB and vCPUs, per node."""

    ram: int
    disk: int
    cpu: int


def sizes_of(parameters: Mapping[str, Any], plan: Plan) -> Sizes:
    """The sizes that good parameters ask for; a free instance and absent values have the smallest."""
    if plan.free:
        return Sizes(*MINIMUM)
    return Sizes(
        parse_size(str(parameters.get("memory", ""))) or MINIMUM[0],
        parse_size(str(parameters.get("storage", ""))) or MINIMUM[1],
        _whole(parameters.get("cpu")) or MINIMUM[2],
    )


def parameter_problems(parameters: Mapping[str, Any], plan: Plan) -> tuple[Problem, ...]:
    """Everything wrong with the `parameters` of a creation request.

    Whether the KMS instance and key exist and may be used is not checked: the API accepts a bad pair, and provisioning
    fails (reference/dbaas.md section 3.1).
    """
    if wrong := _text_problems(parameters):
        return wrong
    confirmation = parameters.get("confirm_password")
    found = [
        Problem("cluster-name", sentence)
        for sentence in [names.cluster_name_problem(str(parameters.get("name", "")))]
        if sentence
    ]
    if sentence := names.admin_name_problem(str(parameters.get("admin_name", ""))):
        found.append(Problem("admin-name", sentence))
    if sentence := passwords.password_problem(str(parameters.get("password", ""))):
        found.append(Problem("password", sentence))
    elif confirmation is not None and confirmation != parameters.get("password"):
        found.append(Problem("confirm-password", tr("The two passwords are not the same.")))
    if str(parameters.get("db_version", VERSIONS[0][0])) not in {value for value, _ in VERSIONS}:
        found.append(
            Problem(
                "version",
                tr(
                    "Only {label} can be chosen (db_version “{version}”).",
                    label=VERSIONS[0][1],
                    version=VERSIONS[0][0],
                ),
            )
        )
    found.extend(_size_problems(parameters, plan))
    if sentence := key_pair_problem(parameters.get("kms_instance"), parameters.get("kms_key")):
        found.append(Problem("kms-instance" if not parameters.get("kms_instance") else "root-key", sentence))
    endpoints = parameters.get("service-endpoints", parameters.get("service_endpoints", "public"))
    if endpoints not in {value for value, _ in ENDPOINTS}:
        found.append(Problem("endpoints", tr("Endpoints are public, private or public-and-private.")))
    return tuple(found)


def _text_problems(parameters: Mapping[str, Any]) -> tuple[Problem, ...]:
    given = ((name, field, parameters.get(name)) for name, field in _TEXTS.items())
    return tuple(
        Problem(field, tr("The parameter {name} is a text.", name=name))
        for name, field, value in given
        if value is not None and not isinstance(value, str)
    )


def key_pair_problem(kms_instance: object, kms_key: object) -> str | None:
    """A KMS instance and a root key are a pair: both or none."""
    if bool(kms_instance) != bool(kms_key):
        missing = tr("root key") if kms_instance else tr("KMS instance")
        return tr("A KMS instance and a root key are chosen together: the {missing} is missing.", missing=missing)
    return None


def size_problem(what: str, value: int | None) -> str | None:
    """What is wrong with one size; `what` is `ram`, `disk` or `cpu`."""
    label, allowed = {
        "ram": (tr("RAM sizes in GB"), RAM_VALUES),
        "disk": (tr("Disk sizes in GB"), DISK_VALUES),
        "cpu": (tr("Numbers of vCPUs"), CPU_VALUES),
    }[what]
    if value in allowed:
        return None
    return tr("{label} per node are {sizes}.", label=label, sizes=", ".join(map(str, allowed)))


def default_plan() -> Plan:
    """The plan that the form starts with."""
    entry = service(DBAAS_POSTGRESQL)
    assert entry is not None
    return entry.plans[0]


def _size_problems(parameters: Mapping[str, Any], plan: Plan) -> list[Problem]:
    given = [
        ("ram", "memory", parse_size(str(parameters.get("memory", "")))),
        ("disk", "storage", parse_size(str(parameters.get("storage", "")))),
        ("cpu", "cpu", _whole(parameters.get("cpu"))),
    ]
    if plan.free:
        return [
            Problem(field, tr("Sizes cannot be chosen on the free plan."))
            for field, parameter, _ in given
            if parameter in parameters
        ]
    problems = []
    for field, parameter, value in given:
        sentence = size_problem(field, value) if parameter in parameters else None
        if sentence:
            problems.append(Problem(field, sentence))
    return problems


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.isdecimal() else None
