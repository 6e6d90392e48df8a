"""Requests that the database service makes as a client of the other services, and their answers.

The service knows REST paths and bodies, not who serves them: the cloud hands in an `Exchange`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. Header names are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Answered:
    """Its answer. `status` None: nothing answered."""

    status: int | None
    body: bytes = b""
    latency_ms: float = 0.0


class Exchange(Protocol):
    """Carries requests to whoever serves them."""

    def send(self, requests: Sequence[Asked]) -> list[Answered]:
        """Sends all at once and waits for all; answers in order. Never raises for what a server may do."""
