"""How keys are checked: `checks` of the private API."""

from datetime import timedelta
from typing import Any

from kyok.cloud.databases.world import World

_SECOND = timedelta(seconds=1)


def checks_body(surroundings: World) -> dict[str, Any]:
    """The settings in force."""
    return {
        "interval_seconds": surroundings.check_interval / _SECOND,
        "grace_seconds": surroundings.grace / _SECOND,
        "deletion_rule": surroundings.rule.value,
        "propagation_delay_seconds": surroundings.propagation_delay / _SECOND,
    }
