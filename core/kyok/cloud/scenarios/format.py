"""What a scenario file says: its shape, with a default for whatever may be left out (docs/scenarios.md).

A scenario holds what one would make by API, never a secret and never key material. Things are named, not identified:
ids come to be when it is loaded.
"""

from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct, field

from kyok.domain.services import DBAAS_POSTGRESQL

FORMAT: Final = "kyok-scenario/1"
MOST_KEYS, MOST_INSTANCES = 100_000, 1_000
"""Most keys and service instances of one scenario."""

ADMINISTRATORS = ("anna@acme.example", "ben@acme.example")
"""Who initialises crypto units where the file names nobody."""

Text = Annotated[str, Meta(min_length=1, max_length=240)]
Count = Annotated[int, Meta(ge=1, le=MOST_KEYS)]


class Part(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A part of a scenario file."""


class Clock(Part, frozen=True):
    """How far the cloud's clock is ahead of wall time when everything is made."""

    forward_hours: Annotated[float, Meta(ge=0, le=876_000)] = 0.0


class Grant(Part, frozen=True):
    """A role of a user: on everything, on a service, or on one instance of it (by name)."""

    role: Text
    service: str = ""
    instance: str = ""


class User(Part, frozen=True):
    """A person of the account. There is no password: one signs in as a user from the window's header."""

    email: Text
    name: str = ""
    roles: list[Grant] = []


class Ceremony(Part, frozen=True):
    """How crypto units are initialised."""

    signature_threshold: Annotated[int, Meta(ge=1, le=8)] = 2
    revocation_threshold: Annotated[int, Meta(ge=1, le=8)] = 1
    administrators: list[str] = field(default_factory=lambda: list(ADMINISTRATORS))


class Key(Part, frozen=True):
    """A key, made anew with random material. `repeat` makes many, numbered where the name says `{n}`.

    With `dual_authorization` two people must agree to its deletion; `deletion_authorized_by` is the user who has.
    """

    name: Text
    type: Literal["root", "standard"] = "root"
    state: Literal["active", "disabled", "deleted"] = "active"
    description: str = ""
    tags: list[str] = []
    aliases: list[str] = []
    key_ring: str = "default"
    imported: bool = False
    rotations: Annotated[int, Meta(ge=0, le=50)] = 0
    expires_in_days: Annotated[float, Meta(gt=0, le=36_500)] | None = None
    rotation_months: Annotated[int, Meta(ge=1, le=12)] | None = None
    dual_authorization: bool = False
    deletion_authorized_by: str = ""
    repeat: Count = 1


class KeyService(Part, frozen=True):
    """An instance that holds keys."""

    name: Text
    service: Literal["hs-crypto", "kms"] = "hs-crypto"
    region: str = "us-south"
    resource_group: str = ""
    tags: list[str] = []
    units: Literal[2, 3] = 2
    initialized: bool = True
    ceremony: Ceremony | None = None
    key_rings: list[str] = []
    keys: list[Key] = []
    repeat: Count = 1


class Authorization(Part, frozen=True):
    """What one service, or one instance of it, may do with another. Empty instances mean all of them.

    `removed`: it was there while the databases were made, and is not any more.
    """

    source: str = DBAAS_POSTGRESQL
    source_instance: str = ""
    target: str = ""
    target_instance: str = ""
    role: str = "Reader"
    removed: bool = False


class Database(Part, frozen=True):
    """A database instance. `key` is `instance/key`; without one the service makes a key of its own."""

    name: Text
    key: str = ""
    region: str = "us-south"
    resource_group: str = ""
    tags: list[str] = []
    plan: str = ""
    cluster_name: str = "cluster01"
    admin_name: str = "admin"
    cpu: int = 2
    memory_gib: int = 4
    storage_gib: int = 24
    rows: Annotated[int, Meta(ge=0, le=100_000)] = 0
    backups: Annotated[int, Meta(ge=0, le=10)] = 0
    state: Literal["active", "deleted"] = "active"
    repeat: Count = 1


class Fault(Part, frozen=True):
    """A fault that is on at the end. `instance` and `database` are names; what else it takes depends on its kind."""

    kind: Literal["zone-cut", "hsm-cut", "node-stop", "latency", "errors"]
    zone: str = ""
    instance: str = ""
    database: str = ""
    node: int = 0
    milliseconds: int = 0
    percent: int = 0


class Document(Part, frozen=True):
    """A whole scenario file."""

    format: Literal["kyok-scenario/1"]
    title: Text
    summary: str = ""
    clock: Clock = Clock()
    settings: dict[str, Any] = {}
    resource_groups: list[Text] = []
    users: list[User] = []
    key_services: list[KeyService] = []
    authorizations: list[Authorization] = []
    databases: list[Database] = []
    faults: list[Fault] = []
