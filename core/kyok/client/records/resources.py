"""Instances, resource groups and reclamations (reference/iam-and-resources.md section 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any

from kyok.client.decode import Wire
from kyok.domain import services
from kyok.domain.cluster import InstanceState, OperationState
from kyok.domain.crn import Crn


@dataclass(frozen=True, slots=True)
class LastOperation:
    """What was done last to an instance, and how far it is."""

    type: str = ""
    state: str = ""
    description: str = ""

    @property
    def in_progress(self) -> bool:
        """Whether it still goes on."""
        return self.state == OperationState.IN_PROGRESS

    @property
    def failed(self) -> bool:
        """Whether it failed."""
        return self.state == OperationState.FAILED


@dataclass(frozen=True, slots=True)
class ServiceInstance:
    """A service instance as the resource controller knows it."""

    guid: str
    name: str
    crn_text: Annotated[str, Wire("crn")]
    state: InstanceState = InstanceState.ACTIVE
    region: Annotated[str, Wire("region_id", shared=True)] = ""
    account_id: Annotated[str, Wire("account_id", shared=True)] = ""
    resource_id: Annotated[str, Wire("resource_id", shared=True)] = ""
    plan_id: Annotated[str, Wire("resource_plan_id", shared=True)] = ""
    resource_group_id: Annotated[str, Wire("resource_group_id", shared=True)] = ""
    created_at: datetime | None = None
    created_by: Annotated[str, Wire("created_by", shared=True)] = ""
    updated_at: datetime | None = None
    deleted_at: datetime | None = None
    deleted_by: str = ""
    scheduled_reclaim_at: datetime | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    extensions: Mapping[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    last_operation: LastOperation = field(default_factory=LastOperation)
    locked: bool = False
    dashboard_url: str = ""

    @property
    def crn(self) -> Crn:
        """The instance's address."""
        return Crn.parse(self.crn_text)

    @property
    def service(self) -> str:
        """Technical name of the service."""
        return self.crn.service

    @property
    def service_display_name(self) -> str:
        """IBM's name of the service."""
        return services.display_name(self.service)

    @property
    def plan_name(self) -> str:
        """Display name of the plan; its id when it is not listed."""
        found = services.plan_by_id(self.plan_id)
        return found[1].display_name if found else self.plan_id


@dataclass(frozen=True, slots=True)
class ResourceGroup:
    """A resource group; the group of an instance cannot be changed later."""

    id: str
    name: str
    crn: str = ""
    default: bool = False
    state: str = "ACTIVE"
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reclamation:
    """The wait before a deleted instance is gone for good."""

    id: str
    instance_guid: Annotated[str, Wire("resource_instance_id")]
    instance_crn: Annotated[str, Wire("entity_crn")] = ""
    state: str = ""
    target_time: datetime | None = None
    created_at: datetime | None = None
    created_by: str = ""
