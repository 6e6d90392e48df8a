"""What a supervisor publishes of its cluster: one immutable picture, replaced after each look."""

from dataclasses import dataclass, field

from kyok.postgres.contents import Contents
from kyok.postgres.member import Figures, Phase


@dataclass(frozen=True, slots=True)
class NodeStatus:
    """One node. `leads`: it is the primary and takes connections. `reason`: why it is not up, or what it waits for."""

    phase: Phase = Phase.CLOSED
    leads: bool = False
    reason: str = ""
    pid: int | None = None
    figures: Figures = field(default_factory=Figures)
    size: int = 0
    started_at: float = 0.0
    left_clear: bool = False
    """Whether a crash left its data in clear on the disk, and it cannot be sealed now."""


@dataclass(frozen=True, slots=True)
class ClusterStatus:
    """A whole cluster. `primary` None: nobody serves the data. `read_only`: no second node confirms writes."""

    nodes: dict[int, NodeStatus] = field(default_factory=dict)
    primary: int | None = None
    read_only: bool = False
    contents: Contents | None = None
    problem: str = ""
    """What the last look ran into; empty when all went well."""

    def up(self) -> list[int]:
        """Nodes that run, in order."""
        return [number for number, node in sorted(self.nodes.items()) if node.phase is Phase.UP]

    def settled(self) -> tuple[object, ...]:
        """What the service above acts on; figures change without it."""
        return (self.primary, self.read_only, tuple((n, node.phase, node.reason) for n, node in self.nodes.items()))
