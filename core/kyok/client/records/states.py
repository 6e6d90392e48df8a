"""Records of whole states of an emulated cloud: scenario files, snapshots, exports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ScenarioContent:
    """What a scenario file would make, in figures."""

    title: str
    summary: str = ""
    key_services: int = 0
    keys: int = 0
    databases: int = 0
    authorizations: int = 0
    users: int = 0
    faults: int = 0
    forward_hours: float = 0.0


@dataclass(frozen=True, slots=True)
class PresentState:
    """The present state as the text of a scenario file, and sentences on what is left out of it."""

    scenario: str
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copy of the whole state inside the data folder."""

    id: str
    name: str
    created_at: datetime
    created_by: str = ""
    clock: datetime | None = None
    instances: int = 0
    keys: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class Exported:
    """A state that was written to a file, or read from one."""

    path: str
    size: int = 0
    account_name: str = ""
    exported_at: datetime | None = None
