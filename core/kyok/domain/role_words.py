"""What roles a person has, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from kyok.domain import services
from kyok.domain.texts import listed
from kyok.domain.translation import tr


class Granted(Protocol):
    """A role on every service, on one, or on one instance of it."""

    @property
    def role(self) -> str:
        """The role's name."""

    @property
    def service(self) -> str | None:
        """The service; None: every one."""

    @property
    def instance(self) -> str | None:
        """GUID of the instance; None: all of them."""


def role_words(grants: Iterable[Granted], name_of: Callable[[str], str] = lambda guid: guid) -> tuple[str, ...]:
    """One text for each thing that roles are held on, the widest first: `Viewer and Manager on all services`."""
    held: dict[tuple[str | None, str | None], list[str]] = {}
    for grant in grants:
        held.setdefault((grant.service, grant.instance), []).append(grant.role)
    return tuple(
        tr("{roles} on {place}", roles=_roles(roles), place=_place(*where, name_of))
        for where, roles in sorted(held.items(), key=_width)
    )


def roles_sentence(grants: Iterable[Granted], name_of: Callable[[str], str] = lambda guid: guid) -> str:
    """All of them in one line; "No roles" for nobody's."""
    return "; ".join(role_words(grants, name_of)) or tr("No roles")


def _width(entry: tuple[tuple[str | None, str | None], list[str]]) -> tuple[bool, bool]:
    (service, instance), _ = entry
    return service is not None, instance is not None


def _roles(names: Sequence[str]) -> str:
    return listed(list(dict.fromkeys(names)))


def _place(service: str | None, instance: str | None, name_of: Callable[[str], str]) -> str:
    if instance:
        return name_of(instance)
    return services.display_name(service) if service else tr("all services")
