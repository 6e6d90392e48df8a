"""Everything about one database instance at one moment, and how the rules see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from kyok.client.decode import Wire
from kyok.client.records.databases import (
    AuthorizationDetail,
    BackupFigures,
    CheckSettings,
    Connection,
    DataFigures,
    DataKeyDetail,
    HsmDetail,
    KeyRefusal,
    NodeDetail,
    NodeSizes,
    RestoredFrom,
    RestoreProgress,
    RootKeyDetail,
    StorageProtection,
    Strip,
)
from kyok.domain import services
from kyok.domain.cluster import InstanceState
from kyok.domain.crn import Crn
from kyok.domain.key_rules import NodeKeyStatus
from kyok.domain.secure_deletion import Checklist, DeletionFacts, checklist
from kyok.domain.standing import AuthorizationFacts, HsmFacts, KeyFacts, NodeFacts, Standing


@dataclass(frozen=True, slots=True)
class DeletionDetail:
    """What is known about the deletion of instance and key; absent moments have not come."""

    deleted_at: datetime | None = None
    deleted_by: str = ""
    delete_event_id: str | None = None
    reclamation_state: str | None = None
    reclaim_at: datetime | None = None
    removed_at: datetime | None = None
    volumes_erased_at: datetime | None = None
    data_key_destroyed_at: datetime | None = None
    backup_key_destroyed_at: datetime | None = None
    backups: int = 0
    first_backup_at: datetime | None = None
    last_backup_at: datetime | None = None
    other_users: tuple[str, ...] = ()
    registrations: int = 0
    key_deleted_at: datetime | None = None
    key_deleted_by: str = ""
    key_delete_event_id: str | None = None
    key_delete_forced: bool = False
    key_refusal: KeyRefusal | None = None
    key_restorable_until: datetime | None = None
    key_purge_from: datetime | None = None
    key_purged_at: datetime | None = None
    key_shredded_at: datetime | None = None
    key_exports: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class DatabaseDetail:
    """The whole instance. `hsm`, `root_key` and `authorization` are None for the default key."""

    now: datetime
    guid: str
    crn_text: Annotated[str, Wire("crn")]
    name: str = ""
    region: str = ""
    plan_id: str = ""
    resource_group_id: str = ""
    created_at: datetime | None = None
    created_by: str = ""
    instance_state: InstanceState = InstanceState.ACTIVE
    cluster_state: str = ""
    failure: str = ""
    restorable_until: datetime | None = None
    reclamation_id: str | None = None
    node_driver: str = ""
    connectable: bool = False
    why_not_connectable: str = ""
    storage_protection: StorageProtection = field(default_factory=StorageProtection)
    key_status: NodeKeyStatus = NodeKeyStatus.CHECKING
    checks: CheckSettings = field(default_factory=CheckSettings)
    hsm: HsmDetail | None = None
    root_key: RootKeyDetail | None = None
    authorization: AuthorizationDetail | None = None
    data_key: DataKeyDetail = field(default_factory=DataKeyDetail)
    nodes: tuple[NodeDetail, ...] = ()
    strip: Strip | None = None
    data: DataFigures = field(default_factory=DataFigures)
    backups: BackupFigures = field(default_factory=BackupFigures)
    connection: Connection = field(default_factory=Connection)
    sizes: NodeSizes = field(default_factory=NodeSizes)
    restored_from: RestoredFrom | None = None
    restore: RestoreProgress | None = None
    secure_deletion: DeletionDetail = field(default_factory=DeletionDetail)

    @property
    def crn(self) -> Crn:
        """The instance's address."""
        return Crn.parse(self.crn_text)

    @property
    def default_key(self) -> bool:
        """Whether the instance uses a random key of the service."""
        return self.root_key is None

    def standing(self, now: datetime | None = None) -> Standing:
        """What verdict and chain speak from; `now` lets a window go on with its own clock between two loads."""
        return Standing(
            now=now or self.now,
            nodes=tuple(_node(node) for node in self.nodes),
            instance_state=self.instance_state,
            hsm=_hsm(self.hsm),
            key=_key(self.root_key),
            authorization=_authorization(self),
            rule=self.checks.deletion_rule,
            data_key_destroyed=self.data_key.destroyed_at is not None,
            wrapped_version=self.data_key.wrapped_version or 1,
            wrapped_since=self.data_key.wrapped_at,
            backups=self.backups.count,
            latest_backup=self.backups.latest_at,
            failure=self.failure,
            restorable_until=self.restorable_until,
            check_interval=self.checks.interval,
            grace=self.checks.grace,
        )

    def deletion(self, now: datetime | None = None) -> Checklist:
        """The secure-deletion checklist."""
        known, refusal = self.secure_deletion, self.secure_deletion.key_refusal
        values = {name: getattr(known, name) for name in DeletionDetail.__slots__ if name != "key_refusal"}
        facts = DeletionFacts(
            instance_name=self.name,
            key_name=self.root_key.name if self.root_key else "",
            key_refusal_status=refusal.http_status if refusal else None,
            key_refusal_at=refusal.at if refusal else None,
            **values,
        )
        return checklist(facts, now or self.now)


def _node(node: NodeDetail) -> NodeFacts:
    reason = node.reason
    return NodeFacts(
        number=node.number,
        zone=node.zone,
        status=node.key_status,
        state=node.state,
        role=node.role,
        since=node.since,
        stopped_at=node.stopped_at,
        grace_until=node.grace_until,
        last_passed_at=node.last_passed_at,
        next_check_at=node.next_check_at,
        latency_ms=node.latency_ms,
        lag_seconds=node.replication_lag,
        http_status=reason.http_status if reason else None,
        code=reason.code if reason else None,
        message=reason.message if reason else "",
        last_check_at=node.last_check_at,
    )


def _hsm(hsm: HsmDetail | None) -> HsmFacts | None:
    if hsm is None:
        return None
    return HsmFacts(
        name=hsm.name,
        region=hsm.region,
        units=hsm.units,
        exists=hsm.exists,
        restorable_until=hsm.restorable_until,
        initialised=hsm.initialised,
        recoverable=hsm.recoverable,
        is_hpcs=hsm.service == services.HS_CRYPTO,
    )


def _key(key: RootKeyDetail | None) -> KeyFacts | None:
    if key is None:
        return None
    return KeyFacts(
        name=key.name,
        state=key.state,
        version=key.version,
        ring=key.ring,
        changed_by=key.changed_by,
        changed_at=key.changed_at,
        expires_at=key.expires_at,
    )


def _authorization(detail: DatabaseDetail) -> AuthorizationFacts | None:
    known = detail.authorization
    if known is None:
        return None
    return AuthorizationFacts(
        in_force=known.in_force,
        role=known.role,
        source=services.short_name(detail.crn.service),
        removed_by=known.removed_by,
        removed_at=known.removed_at,
    )
