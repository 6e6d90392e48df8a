"""The global catalog: services, their plans, their deployments (reference iam-and-resources.md 7.3)."""

from collections.abc import Mapping, Sequence
from typing import Any

from kyok.cloud.resources.errors import CatalogEntryNotFound
from kyok.domain import databases
from kyok.domain.services import DBAAS_POSTGRESQL, SERVICES, Plan, Service, plan_by_id, service_by_id

_PROVIDER = {"name": "IBM", "email": "", "contact": "", "support_email": "", "phone": ""}


def entries(query: Mapping[str, str]) -> list[dict[str, Any]]:
    """The services that `q` finds: `name:<word>`, or words that stand in name or display name; all without it."""
    words = query.get("q", "").lower().split()
    return [_service(service) for service in SERVICES if all(_mentions(service, word) for word in words)]


def entry(ident: str) -> dict[str, Any]:
    """A service, plan or deployment by id; services by name too.

    Raises:
        CatalogEntryNotFound: there is none.
    """
    service = _found(ident)
    if service is not None:
        return _service(service)
    plan_id, _, region = ident.replace("%3A", ":").partition(":")
    found = plan_by_id(plan_id)
    if found is not None and not region:
        return _plan(*found)
    if found is not None and region in found[0].regions:
        return _deployment(*found, region)
    raise CatalogEntryNotFound()


def children(ident: str, kind: str) -> list[dict[str, Any]]:
    """Plans of a service, or deployments of a plan; `kind` is `plan`, `deployment` or `*`."""
    service = _found(ident)
    if service is not None:
        return [_plan(service, plan) for plan in service.plans] if kind in ("plan", "*") else []
    found = plan_by_id(ident)
    if found is None:
        raise CatalogEntryNotFound()
    if kind not in ("deployment", "*"):
        return []
    return [_deployment(*found, region) for region in found[0].regions]


def pricing(ident: str) -> dict[str, Any]:
    """What a plan costs, in USD a month and unit; only the flexible database plan has documented prices."""
    found = plan_by_id(ident)
    if found is None:
        raise CatalogEntryNotFound()
    service, plan = found
    prices: Sequence[tuple[str, str, Any]] = ()
    if service.name == DBAAS_POSTGRESQL and not plan.free:
        prices = (
            ("GB-RAM", "GB of memory", databases.RAM_PRICE),
            ("GB-DISK", "GB of disk", databases.DISK_PRICE),
            ("VIRTUAL_PROCESSOR_CORE", "Virtual processor core", databases.CPU_PRICE),
        )
    return {
        "deployment_id": plan.id,
        "type": "Free" if plan.free else "Paid",
        "metrics": [
            {
                "metric_id": metric,
                "charge_unit_display_name": words,
                "amounts": [
                    {"country": "USA", "currency": "USD", "prices": [{"quantity_tier": 1, "price": float(price)}]}
                ],
            }
            for metric, words, price in prices
        ],
    }


def _found(ident: str) -> Service | None:
    return service_by_id(ident) or next((service for service in SERVICES if service.name == ident), None)


def _mentions(service: Service, word: str) -> bool:
    name, _, exact = word.partition(":")
    if name == "name" and exact:
        return exact.strip('"') == service.name
    return word.strip('"') in f"{service.name} {service.display_name}".lower()


def _service(service: Service) -> dict[str, Any]:
    return _entry(
        service.catalog_id,
        service.name,
        "service",
        service.display_name,
        service.description,
        tags=[service.category.lower().replace(" ", "_")],
        geo_tags=list(service.regions),
        metadata={"service": {"rc_provisionable": service.creatable, "plan_updateable": False}},
    )


def _plan(service: Service, plan: Plan) -> dict[str, Any]:
    return _entry(
        plan.id,
        plan.name,
        "plan",
        plan.display_name,
        plan.description,
        parent_id=service.catalog_id,
        tags=["free"] if plan.free else [],
        geo_tags=list(service.regions),
        metadata={"plan": {"reservable": False, "allow_internal_users": True}},
    )


def _deployment(service: Service, plan: Plan, region: str) -> dict[str, Any]:
    return _entry(
        f"{plan.id}:{region}",
        f"{service.name}-{plan.name}-{region}",
        "deployment",
        region,
        "",
        parent_id=plan.id,
        geo_tags=[region],
        metadata={
            "deployment": {
                "location": region,
                "location_url": "",
                "target_crn": f"crn:v1:bluemix:public:globalcatalog::::deployment:{plan.id}%3A{region}",
            }
        },
    )


def _entry(ident: str, name: str, kind: str, title: str, summary: str, **more: Any) -> dict[str, Any]:
    words = {"display_name": title, "description": summary, "long_description": summary}
    return {
        "id": ident,
        "name": name,
        "kind": kind,
        "catalog_crn": f"crn:v1:bluemix:public:globalcatalog::::{kind}:{ident}",
        "overview_ui": {"en": words},
        "active": True,
        "disabled": False,
        "group": False,
        "images": {"image": ""},
        "parent_id": "",
        "tags": [],
        "provider": _PROVIDER,
        **more,
    }
