"""The values of the Overview page, in words."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kyok.domain import databases, regions, services, texts
from kyok.domain.cluster import InstanceState
from kyok.domain.key_rules import DeletionRule, NodeKeyStatus
from kyok.domain.translation import tr
from kyok_gui.pages.database.parts import authorizations_place, hsm_place, key_place
from kyok_gui.pages.database.plan_words import plan_line
from kyok_gui.widgets import CodeValue, LinkValue, Row

if TYPE_CHECKING:
    from kyok.client.records.detail import DatabaseDetail

_ENDPOINTS = dict(databases.ENDPOINTS)
_VERSIONS = dict(databases.VERSIONS)
_NO_BREAK_HYPHEN = "\u2011"


def connection_rows(detail: DatabaseDetail) -> list[Row]:
    """What a client needs; no address while nothing listens there."""
    known = detail.connection
    address: list[Row] = [(tr("Host"), known.host), (tr("Port"), str(known.port))] if detail.connectable else []
    database: list[Row] = [(tr("Database"), known.database)] if detail.connectable else []
    return [
        *address,
        (tr("User"), known.user),
        *database,
        (tr("Endpoints"), tr(_ENDPOINTS[known.endpoints]) if known.endpoints in _ENDPOINTS else known.endpoints),
        (tr("Data"), data_line(detail)),
    ]


def no_address(detail: DatabaseDetail) -> str:
    """Where the rows are when nothing can connect to them, in the driver's own words."""
    _, _, rest = detail.storage_protection.summary.partition(". ")
    words = f"{tr('There is no host and no port.')} {rest}".strip()
    return f"{words} {tr('Look at the rows and add some on the Nodes page.')}"


def connecting(certificate: Path | None, *, serving: bool) -> str:
    """What stands under the psql command: the certificate, and whether anybody answers."""
    kept = (
        tr("The certificate is in {certificate}.", certificate=certificate)
        if certificate
        else tr("psql looks for cert.pem in the folder where it is started.")
    )
    answers = (
        tr("Only TLS is accepted. psql asks for the password.")
        if serving
        else tr("Only TLS is accepted. No node serves the data now.")
    )
    return f"{kept} {answers}"


def cipher_line(detail: DatabaseDetail) -> str:
    """`Encrypted with AES-256-GCM, one random key per object.`"""
    known = detail.storage_protection
    return tr("Encrypted with {cipher}.", cipher=known.cipher) if known.cipher else ""


def data_line(detail: DatabaseDetail) -> str:
    """How much data there is, or that it cannot be read."""
    if detail.data.rows is None:
        return tr("Not readable now")
    return texts.plural(detail.data.rows, "row")


def encryption_rows(detail: DatabaseDetail, now: datetime) -> list[Row]:
    """Under which key the data stands, and since when that is known."""
    hsm, key, known = detail.hsm, detail.root_key, detail.authorization
    chosen = (
        tr("{day}, cannot be changed", day=texts.date(detail.created_at)) if detail.created_at else tr("At creation")
    )
    if hsm is None or key is None:
        return [(tr("Root key"), tr(databases.AUTOMATIC_KEY)), (tr("Key chosen"), chosen)]
    hsm_at, key_at = hsm_place(detail), key_place(detail)
    assert hsm_at is not None and key_at is not None
    label = tr("HPCS instance") if hsm.service == services.HS_CRYPTO else tr("Key Protect instance")
    rows: list[Row] = [
        (label, LinkValue(hsm.name, hsm_at.href(), "db-overview.hsm")),
        (
            tr("Root key"),
            LinkValue(
                tr("{key}, version {version}", key=key.name, version=key.version), key_at.href(), "db-overview.key"
            ),
        ),
    ]
    if known is not None:
        scope = tr("all instances") if known.all_instances else tr("this instance")
        words = f"{known.role}, {scope}" if known.in_force else tr("Missing")
        there = authorizations_place(detail).href()
        rows.append((tr("Authorization"), LinkValue(words, there, "db-overview.authorization")))
    return [*rows, (tr("Last check"), last_check(detail, now)), (tr("Key chosen"), chosen)]


def last_check(detail: DatabaseDetail, now: datetime) -> str:
    """When keys were checked last, and how many checks passed."""
    times = [node.last_check_at for node in detail.nodes if node.last_check_at is not None]
    if not times:
        return tr("None yet")
    latest = max(times)
    moment = (
        tr("{moment} UTC", moment=texts.time(latest, seconds=True))
        if latest.date() == now.date()
        else texts.when(latest, now)
    )
    passed = sum(node.key_status is NodeKeyStatus.CONNECTED for node in detail.nodes)
    return tr("{moment}, {passed} of {count} nodes", moment=moment, passed=passed, count=len(detail.nodes))


def deletion_note(detail: DatabaseDetail) -> str:
    """What deleting the root key does to this instance, by the rule in force."""
    key = detail.root_key
    if key is None:
        return tr("The service made this key and keeps it. It cannot be disabled, rotated or deleted by you.")
    if detail.key_status is NodeKeyStatus.DELETED:
        return f"{tr('{key} is deleted.', key=key.name)} {detail.checks.deletion_rule.consequence}"
    if detail.checks.deletion_rule is DeletionRule.DISCARD:
        return tr("If {key} is deleted, this instance stops and its data cannot be recovered from it.", key=key.name)
    return tr("If {key} is deleted, this instance stops until the key is restored.", key=key.name)


def protection_rows(detail: DatabaseDetail, now: datetime) -> list[tuple[str, str, str]]:
    """What is encrypted, with what, and where the proof is: as the driver of the nodes says itself."""
    key, wrapped = detail.root_key, detail.data_key
    under = (
        tr("{key}, version {version}", key=key.name, version=wrapped.wrapped_version or key.version)
        if key
        else tr("Key of the service")
    )
    # `Sealed object, AES-256-GCM`: the cipher alone keeps the row on one line.
    ciphers = {node.volume.protection.rpartition(", ")[2] for node in detail.nodes if node.volume.protection}
    volumes = ", ".join([tr("Data key"), *sorted(ciphers)]).replace("-", _NO_BREAK_HYPHEN)
    rows = [
        (tr("Data volumes"), volumes, _volumes(detail, now)),
        (tr("Data key"), under, _wrapped(detail, now)),
        (tr("Backups"), tr("Service key, kept 7 days"), _backups(detail, now)),
    ]
    if detail.connectable:
        rows.append((tr("Connections"), tr("TLS only"), tr("Certificate of this instance")))
    return rows


def _volumes(detail: DatabaseDetail, now: datetime) -> str:
    if not detail.nodes:
        return tr("No volumes")
    opened = [node.volume.opened_at for node in detail.nodes if node.volume.opened_at is not None]
    count = texts.plural(len(detail.nodes), "volume")
    if not opened:
        return tr("{count}, all sealed", count=count)
    first = texts.when(min(opened), now)
    if len(opened) == len(detail.nodes):
        return tr("{count}, open since {first}", count=count, first=first)
    return tr(
        "{count} of {total} volumes open, {sealed} sealed",
        count=len(opened),
        total=len(detail.nodes),
        sealed=len(detail.nodes) - len(opened),
    )


def _wrapped(detail: DatabaseDetail, now: datetime) -> str:
    wrapped = detail.data_key
    if wrapped.destroyed_at is not None:
        return tr("Destroyed {moment}", moment=texts.when_day(wrapped.destroyed_at, now))
    if wrapped.wrapped_at is not None:
        return tr("Wrapped {moment}", moment=texts.when_day(wrapped.wrapped_at, now))
    return tr("Never leaves the service") if detail.root_key is None else tr("Not wrapped yet")


def _backups(detail: DatabaseDetail, now: datetime) -> str:
    backups = detail.backups
    if not backups.count:
        return tr("No backup yet") if detail.instance_state is InstanceState.ACTIVE else tr("No backup")
    count = texts.plural(backups.count, "backup")
    if backups.latest_at is None:
        return count
    return tr("{count}, latest {moment}", count=count, moment=texts.when(backups.latest_at, now))


def instance_rows(detail: DatabaseDetail) -> list[Row]:
    """What the instance is."""
    sizes = detail.sizes
    created = texts.date(detail.created_at) if detail.created_at else ""
    if detail.created_by:
        created = tr("{moment} by {person}", moment=created, person=detail.created_by)
    region = regions.region(detail.region)
    return [
        (tr("Cluster name"), detail.connection.cluster_name),
        (
            tr("Location"),
            f"{region.label if region else detail.region}, {texts.plural(len(detail.nodes) or 3, 'zone')}",
        ),
        (tr("Plan"), plan_line(detail)),
        (tr("Version"), version(detail)),
        (tr("Actual server"), server_version(detail)),
        (
            tr("Size per node"),
            tr("{ram} GB RAM, {disk} GB disk, {cpu} vCPU", ram=sizes.ram, disk=sizes.disk, cpu=sizes.cpu),
        ),
        (tr("Storage used"), storage(detail)),
        (tr("Created"), created),
        ("CRN", CodeValue(detail.crn_text, "db-overview.crn")),
    ]


def version(detail: DatabaseDetail) -> str:
    """`PostgreSQL 10 (emulated)`: what the service is ordered with and says of itself."""
    known = detail.connection.version
    return tr("{version} (emulated)", version=_VERSIONS.get(known, f"PostgreSQL {known}".strip()))


def server_version(detail: DatabaseDetail) -> str:
    """`PostgreSQL 15.18`: what really runs."""
    known = detail.connection.server_version
    return f"PostgreSQL {known}" if known else tr("None, the nodes are simulated")


def storage(detail: DatabaseDetail) -> str:
    """How much of the disk is used."""
    used = max((node.volume.size_bytes for node in detail.nodes), default=detail.data.size_bytes or 0)
    return tr("{size} of {disk} GB per node", size=size(used), disk=detail.sizes.disk)


def size(count: int) -> str:
    """Bytes for people: `20 KB`, `9.1 GB`."""
    amount = float(count)
    for unit in ("bytes", "KB", "MB", "GB"):
        if amount < 1024 or unit == "GB":
            if unit == "bytes":
                return tr("{count} bytes", count=f"{amount:.0f}")
            return f"{amount:.0f} {unit}" if unit == "KB" else f"{amount:.1f} {unit}"
        amount /= 1024
    raise AssertionError
