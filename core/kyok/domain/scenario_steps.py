"""What is done, one after another, while a scenario is loaded."""

from __future__ import annotations

from enum import StrEnum

from kyok.domain.translation import noted, tr


class ScenarioStep(StrEnum):
    """Values are those on the wire, in the order in which they come."""

    EMPTYING = "emptying"
    KEYS = "keys"
    ACCESS = "access"
    DATABASES = "databases"
    DATA = "data"
    AFTERMATH = "aftermath"
    NODES = "nodes"

    @property
    def number(self) -> int:
        """Which one it is, from 1."""
        return list(ScenarioStep).index(self) + 1

    @property
    def word(self) -> str:
        """What is being done, the end of a sentence."""
        return tr(_WORDS[self])


_WORDS = {
    ScenarioStep.EMPTYING: noted("emptying the account"),
    ScenarioStep.KEYS: noted("making key service instances and keys"),
    ScenarioStep.ACCESS: noted("making users and authorizations"),
    ScenarioStep.DATABASES: noted("making database instances"),
    ScenarioStep.DATA: noted("writing rows and taking backups"),
    ScenarioStep.AFTERMATH: noted("bringing keys, authorizations and instances to their state"),
    ScenarioStep.NODES: noted("waiting for nodes to check their keys"),
}
