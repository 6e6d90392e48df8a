"""Names of machines, ports, hosts and backups in the forms that the service used (reference/dbaas.md section 2)."""

import re
from datetime import UTC, datetime

from kyok.randomness import Randomness

_HOSTS = {"us-south": "dbaas900", "us-east": "dbaas906", "eu-de": "dbaas902", "au-syd": "dbaas904"}
_BACKUP = re.compile(r"dbaas\d+-\d+-(\d{8})-(\d{6})F")
_DOMAIN = "hyperp-dbaas.cloud.ibm.com"


def host(region: str, *, private: bool = False) -> str:
    """The documented host of a region; regions that the service never had share the first one's form."""
    machine = _HOSTS.get(region, "dbaas900")
    return f"{machine}.private.{_DOMAIN}" if private else f"{machine}.{_DOMAIN}"


def port(randomness: Randomness) -> int:
    """A database port."""
    return 20000 + int.from_bytes(randomness.draw(2)) % 10000


def machine_names(randomness: Randomness, count: int) -> list[str]:
    """Names like `dbaas55-29247`: machine and port, no two alike."""
    names: list[str] = []
    while len(names) < count:
        name = f"dbaas{11 + randomness.draw(1)[0] % 89}-{port(randomness)}"
        if name not in names:
            names.append(name)
    return names


def backup_id(machine: str, when: datetime) -> str:
    """`dbaas23-20022-20220410-140000F`: machine, port, date, time, F for a full backup."""
    return f"{machine}-{when:%Y%m%d}-{when:%H%M%S}F"


def backup_moment(name: str) -> datetime | None:
    """When the backup with this id was taken; None for a text that is no such id."""
    match = _BACKUP.fullmatch(name)
    try:
        return datetime.strptime(match[1] + match[2], "%Y%m%d%H%M%S").replace(tzinfo=UTC) if match else None
    except ValueError:
        return None
