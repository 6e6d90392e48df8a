"""What a pricing plan means for an instance, in words (reference/dbaas.md section 3.5)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kyok.domain import databases, services, texts
from kyok.domain.cluster import InstanceState
from kyok.domain.services import Plan
from kyok.domain.texts import span_words
from kyok.domain.translation import noted, tr

if TYPE_CHECKING:
    from kyok.client.records.detail import DatabaseDetail

KEEP = noted(
    "It cannot be scaled, and not be changed into a flexible one. To keep the data, restore a backup "
    "into a new instance on the flexible plan before then."
)
INCLUDED = noted("Three nodes. Tax and discounts are not included.")


def free_rules() -> str:
    """What becomes of a free instance, and how large it is."""
    rules = tr(
        "For {period}, then the instance is deleted by itself. It cannot be changed into a flexible one.",
        period=span_words(databases.FREE_PERIOD),
    )
    ram, disk, cpu = databases.MINIMUM
    smallest = tr(
        "Each node has {ram} GB RAM, {disk} GB disk and {cpu} vCPU, and cannot be scaled.", ram=ram, disk=disk, cpu=cpu
    )
    return f"{rules} {smallest}"


def plan_of(detail: DatabaseDetail) -> Plan | None:
    """The instance's plan; None when it is not one of the catalog's."""
    found = services.plan_by_id(detail.plan_id)
    return found[1] if found is not None else None


def is_free(detail: DatabaseDetail) -> bool:
    """Whether the instance is on the free plan."""
    plan = plan_of(detail)
    return plan is not None and plan.free


def plan_line(detail: DatabaseDetail) -> str:
    """Plan and documented price, or until when a free instance lives."""
    plan, sizes = plan_of(detail), detail.sizes
    if plan is None:
        return detail.plan_id
    if not plan.free:
        return tr(
            "{plan}, {price} USD per month",
            plan=plan.display_name,
            price=f"{databases.monthly_cost(sizes.ram, sizes.disk, sizes.cpu):,}",
        )
    if detail.created_at is None or detail.instance_state is not InstanceState.ACTIVE:
        return f"{plan.display_name}, {span_words(databases.FREE_PERIOD)}"
    return tr(
        "{plan}, until {moment}",
        plan=plan.display_name,
        moment=texts.date_time(databases.free_until(detail.created_at)),
    )


def free_note(detail: DatabaseDetail, now: datetime) -> tuple[str, str]:
    """Title and text of the note on a free instance; both empty where it does not apply."""
    if not is_free(detail) or detail.created_at is None or detail.instance_state is not InstanceState.ACTIVE:
        return "", ""
    end = databases.free_until(detail.created_at)
    left = texts.span(end - now)
    title = tr(
        "Free plan: this instance is deleted by itself in {left}, on {moment}", left=left, moment=texts.date_time(end)
    )
    return title, tr(KEEP)
