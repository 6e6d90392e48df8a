"""What the emulated cloud measured of a database instance lately (private API)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from kyok.client.decode import Wire


@dataclass(frozen=True, slots=True)
class NodeSample:
    """One node at one moment; None: not measured then.

    `latency_ms` is that of the node's last key check that passed, `lag_bytes` how far a secondary is behind.
    """

    number: int
    running: bool = False
    size_bytes: int | None = None
    memory_bytes: int | None = None
    lag_bytes: int | None = None
    latency_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """An instance at one moment. `connections`: sessions of clients at the primary."""

    at: datetime
    nodes: tuple[NodeSample, ...] = ()
    connections: int | None = None
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Metrics:
    """Samples of a window of time, oldest first. Where there are none the cloud was stopped, or its clock turned."""

    begin: Annotated[datetime, Wire("from")]
    end: Annotated[datetime, Wire("to")]
    step_seconds: int = 60
    samples: tuple[Sample, ...] = ()

    @property
    def step(self) -> timedelta:
        """How far apart samples are."""
        return timedelta(seconds=self.step_seconds)
