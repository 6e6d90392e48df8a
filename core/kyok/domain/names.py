"""Rules for names. Each `*_problem` function returns a sentence, or None when the name is good."""

from __future__ import annotations

import re

from kyok.domain.translation import tr

SERVICE_NAME_MAX = 180
IDENTIFIER_MAX = 63
"""PostgreSQL's limit for identifiers, bytes."""
HPCS_NAME_MAX = 30
ADMINISTRATOR_NAME_MAX = 30
"""Longest name of a crypto unit administrator."""
RESERVED_ADMIN_NAMES: frozenset[str] = frozenset({"postgres", "replicator", "ibm-cloud-admin"})

_SERVICE_NAME = re.compile(r"[A-Za-z0-9 ._:-]+")
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_TAG = re.compile(r"[A-Za-z0-9 _.:-]{1,128}")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Characters that draw nothing, break a line, or turn the direction of what is written around them."""


def service_name_problem(name: str) -> str | None:
    """A service instance's name: 1 to 180 letters, digits, spaces and `- . _ :` (resource controller)."""
    if not name.strip():
        return tr("The service name is missing.")
    if len(name) > SERVICE_NAME_MAX:
        return tr(
            "A service name has at most {service_name_max} characters; this one has {count}.",
            service_name_max=SERVICE_NAME_MAX,
            count=len(name),
        )
    if not _SERVICE_NAME.fullmatch(name):
        return tr("A service name has only letters, digits, spaces and - . _ :")
    return None


def cluster_name_problem(name: str) -> str | None:
    """A database cluster's name: 1 to 63 letters, digits, dashes and underscores, a letter or underscore first."""
    return _identifier_problem(tr("cluster name"), name)


def admin_name_problem(name: str) -> str | None:
    """A database administrator's name: as a cluster name, and none that PostgreSQL or the service keeps for itself."""
    problem = _identifier_problem(tr("database admin name"), name)
    if problem is None and (name.lower() in RESERVED_ADMIN_NAMES or name.lower().startswith("pg_")):
        return tr("The name “{name}” is kept for the service itself; choose another.", name=name)
    return problem


def tags_problem(tags: tuple[str, ...] | list[str]) -> str | None:
    """User tags of an instance: at most 128 letters, digits, spaces and `_ - . :` each."""
    for tag in tags:
        if not _TAG.fullmatch(tag):
            return tr("A tag has 1 to 128 letters, digits, spaces and _ - . : – “{tag}” has not.", tag=tag[:40])
    return None


def snapshot_name_problem(name: str) -> str | None:
    """A snapshot's name."""
    return unseen_problem(tr("snapshot name"), name)


def scenario_title_problem(title: str) -> str | None:
    """A scenario's title."""
    return unseen_problem(tr("scenario title"), title)


def unseen_problem(what: str, name: str) -> str | None:
    """A name that is free otherwise has no character that draws nothing or turns the direction of writing."""
    return tr("A {what} has no control characters.", what=what) if _UNSEEN.search(name) else None


def suggested_service_name(display_name: str, suffix: str) -> str:
    """The name a creation form starts with: `Hyper Protect DBaaS for PostgreSQL-k3`."""
    return f"{display_name}-{suffix}"


def _identifier_problem(what: str, name: str) -> str | None:
    if not name:
        return tr("The {what} is missing.", what=what)
    if len(name.encode()) > IDENTIFIER_MAX:
        return tr(
            "A {what} has at most {identifier_max} bytes; this one has {count}.",
            what=what,
            identifier_max=IDENTIFIER_MAX,
            count=len(name.encode()),
        )
    if not _IDENTIFIER.fullmatch(name):
        return tr(
            "A {what} starts with a letter or underscore and has only letters, digits, dashes and underscores.",
            what=what,
        )
    return None
