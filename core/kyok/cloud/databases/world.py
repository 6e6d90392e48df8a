"""What surrounds the nodes at one moment: settings of the cloud and faults of the emulated world."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from kyok.cloud.store import Reader
from kyok.cloud.store.tables import fault, setting
from kyok.domain import databases as rules
from kyok.domain.cluster import FaultKind
from kyok.domain.key_rules import DEFAULT_CHECK_INTERVAL, DEFAULT_GRACE, DeletionRule

_SETTINGS = select(setting.c.name, setting.c.value)
_FAULTS = select(fault.c.kind, fault.c.target)


@dataclass(frozen=True, slots=True)
class World:
    """Settings and faults as they are now."""

    check_interval: timedelta = DEFAULT_CHECK_INTERVAL
    grace: timedelta = DEFAULT_GRACE
    propagation_delay: timedelta = timedelta(0)
    """How long after a change of a key or an authorization the nodes' agents learn of it."""
    rule: DeletionRule = DeletionRule.DISCARD
    backup_interval: timedelta = rules.BACKUP_INTERVAL
    faults: tuple[tuple[str, Mapping[str, Any]], ...] = ()

    def cut(self, zone: str, kms_guid: str) -> bool:
        """Whether a machine in `zone` cannot reach this key service instance."""
        for kind, target in self.faults:
            if kind == FaultKind.HSM_CUT and target.get("instance") == kms_guid:
                return True
            here = kind == FaultKind.ZONE_CUT and target.get("zone") == zone
            if here and target.get("instance") in (None, "", kms_guid):
                return True
        return False

    def stopped(self, guid: str, number: int) -> bool:
        """Whether the machine of this node is stopped."""
        return any(
            kind == FaultKind.NODE_STOP and target.get("database") == guid and target.get("node") == number
            for kind, target in self.faults
        )


def world(reader: Reader) -> World:
    """The present settings and faults; a setting that was never set has its default."""
    values = {row.name: row.value for row in reader.all(_SETTINGS)}
    faults = tuple((row.kind, row.target) for row in reader.all(_FAULTS))
    return World(
        check_interval=_seconds(values.get("check_interval_seconds"), DEFAULT_CHECK_INTERVAL),
        grace=_seconds(values.get("grace_seconds"), DEFAULT_GRACE),
        propagation_delay=_seconds(values.get("propagation_delay_seconds"), timedelta(0)),
        rule=DeletionRule(values.get("deletion_rule", DeletionRule.DISCARD)),
        backup_interval=_hours(values.get("backup_interval_hours"), rules.BACKUP_INTERVAL),
        faults=faults,
    )


def _seconds(value: Any, default: timedelta) -> timedelta:
    return default if value is None else timedelta(seconds=value)


def _hours(value: Any, default: timedelta) -> timedelta:
    return default if value is None else timedelta(hours=value)
