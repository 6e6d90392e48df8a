"""What the steps share: the hand, the second client, and what came into being on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kyok_gui.startup import Console
from kyok_gui.walkthrough.driver import Hand
from kyok_gui.walkthrough.evidence import Evidence, SecondClient
from kyok_gui.walkthrough.waiting import StepFailed, wait_until

HPCS, ROOT_KEY, IMPORTED_KEY, DATABASE = "acme-hpcs", "ledger-root", "archive-root", "ledger-db"
RESTORED = "ledger-db-restored"
PASSWORD = "passWORD4User19"
ADMINISTRATOR = "anna@acme.example"


@dataclass(frozen=True, slots=True)
class Proof:
    """What a step left behind: the cloud's own words, and what the window says, compared by the step.

    `differs` is a sentence when the two do not say the same.
    """

    evidence: Evidence
    differs: str = ""


@dataclass
class Story:
    """One walk from an empty account on."""

    console: Console
    hand: Hand
    second: SecondClient
    folder: Path
    """A folder of the walk's own, for the key file."""
    facts: dict[str, Any] = field(default_factory=dict)

    def guid(self, name: str) -> str:
        """The id of an instance, asked from the cloud once."""
        known = self.facts.setdefault("guids", {})
        if name not in known:
            listed = self.second.read("/v2/resource_instances").body["resources"]
            known.update({one["name"]: one["guid"] for one in listed})
        if name not in known:
            raise StepFailed(f"The cloud knows no instance {name}.")
        return str(known[name])

    def key_id(self, name: str) -> str:
        """The id of a key of the HPCS instance."""
        known = self.facts.setdefault("keys", {})
        if name not in known:
            for key in self.keys().body["resources"]:
                known[key["name"]] = key["id"]
        if name not in known:
            raise StepFailed(f"The cloud knows no key {name}.")
        return str(known[name])

    def keys(self) -> Evidence:
        """All keys of the HPCS instance, as the cloud lists them."""
        return self.second.read("/api/v2/keys?state=0,1,2,3,5", Bluemix_Instance=self.guid(HPCS))

    def key(self, name: str) -> Evidence:
        """One key, as the cloud tells it."""
        return self.second.read(f"/api/v2/keys/{self.key_id(name)}/metadata", Bluemix_Instance=self.guid(HPCS))

    def database(self, name: str = DATABASE) -> str:
        """Where the cloud tells about a database instance."""
        return f"/emulator/v1/databases/{self.guid(name)}"

    def database_when(self, what: str, holds: Callable[[Any], object], name: str = DATABASE) -> Evidence:
        """What the cloud tells of an instance, once it fits."""
        return self.second.read_until(self.database(name), holds, what)

    def claim(self, says: Callable[[], object], what: str) -> None:
        """Waits until the window says something.

        Raises:
            StepFailed: it does not.
        """
        wait_until(says, f"the window says that {what}")


def compared(evidence: Evidence, *pairs: tuple[str, Any, Any]) -> Proof:
    """Compares what the window shows with what the cloud says: `(of what, shown, true)`."""
    if not evidence.good:
        return Proof(evidence, f"The cloud answered {evidence.status} to {evidence.request}.")
    wrong = [
        f"{what}: the window shows {shown!r}, the cloud says {true!r}" for what, shown, true in pairs if shown != true
    ]
    return Proof(evidence, "; ".join(wrong))
