"""The catalog: services, plans, and which of them may use or be used by others.

Names and known ids: reference/iam-and-resources.md sections 4.10 and 7.3. Ids that IBM's are not known for are
invented, marked so, and fixed for ever: clients store them.
"""

from __future__ import annotations

from dataclasses import dataclass

from kyok.domain.translation import noted, tr

HS_CRYPTO = "hs-crypto"
KMS = "kms"
DBAAS_POSTGRESQL = "hyperp-dbaas-postgresql"
DBAAS_MONGODB = "hyperp-dbaas-mongodb"

KEY_SERVICES: frozenset[str] = frozenset({HS_CRYPTO, KMS})
"""Services that hold root keys and speak the key management API."""

CATALOG_CATEGORIES: tuple[str, ...] = (
    noted("Databases"),
    noted("Security"),
    noted("Storage"),
    noted("Compute"),
    noted("Containers"),
    noted("Developer tools"),
    noted("Integration"),
    noted("Logging and monitoring"),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A pricing plan of a service. `reclaimable` plans wait `RECLAMATION_PERIOD` before they are gone."""

    name: str
    id: str
    display_name: str
    free: bool = False
    summary: str = ""
    reclaimable: bool = True

    @property
    def description(self) -> str:
        """The summary in the language of the window."""
        return tr(self.summary)


@dataclass(frozen=True, slots=True)
class Service:
    """A catalog entry. Only `creatable` services can be instantiated here; the others fill the source menu."""

    name: str
    display_name: str
    short_name: str
    catalog_id: str
    category: str
    summary: str
    plans: tuple[Plan, ...] = ()
    regions: tuple[str, ...] = ()
    creatable: bool = False
    is_source: bool = False
    is_target: bool = False
    slug: str = ""
    """Last part of the service's documentation and catalog address."""

    @property
    def description(self) -> str:
        """The summary in the language of the window."""
        return tr(self.summary, service=self.display_name)

    def plan(self, name_or_id: str) -> Plan | None:
        """The plan with this name or id, or None."""
        return next((plan for plan in self.plans if name_or_id in (plan.name, plan.id)), None)


_USES_KEYS = noted("{service} can use root keys of a key management service.")
_KEY_REGIONS = ("us-south", "us-east", "eu-de", "eu-gb", "eu-es", "br-sao", "ca-tor", "jp-tok", "au-syd")
_DBAAS_REGIONS = ("us-south", "us-east", "eu-de", "au-syd")


def _source(name: str, display_name: str, short_name: str, catalog_id: str, category: str) -> Service:
    return Service(
        name=name,
        display_name=display_name,
        short_name=short_name,
        catalog_id=catalog_id,
        category=category,
        summary=_USES_KEYS,
        is_source=True,
    )


CREATABLE_SERVICES: tuple[Service, ...] = (
    Service(
        name=HS_CRYPTO,
        display_name="Hyper Protect Crypto Services",
        short_name="HPCS",
        catalog_id="5f1b0c7e-3d42-4a86-9c57-e1a04b6d2f38",  # invented
        category="Security",
        summary=noted("Keep your own key: a dedicated hardware security module whose master key only you hold."),
        plans=(
            Plan(
                "standard",
                "a8d3c1f4-6b29-4e75-8f10-52c97e0b3d64",  # invented
                "Standard",
                summary=noted("Two or three crypto units, key management API, keep your own key."),
            ),
        ),
        regions=_KEY_REGIONS,
        creatable=True,
        is_target=True,
        slug="hyper-protect-crypto-services",
    ),
    Service(
        name=KMS,
        display_name="Key Protect",
        short_name="Key Protect",
        catalog_id="ee41347f-b18e-4ca6-bf80-b5467c63f9a6",
        category="Security",
        summary=noted("Bring your own key: root keys in a shared hardware security module that the provider runs."),
        plans=(
            Plan(
                "tiered-pricing",
                "eedd3585-90c6-4c8f-be3d-062069e99fc3",
                "Tiered Pricing",
                summary=noted("Pay by key version. The module is ready at once."),
            ),
        ),
        regions=_KEY_REGIONS,
        creatable=True,
        is_target=True,
        slug="key-protect",
    ),
    Service(
        name=DBAAS_POSTGRESQL,
        display_name="Hyper Protect DBaaS for PostgreSQL",
        short_name="PostgreSQL",
        catalog_id="0d9e6b52-7c1f-4b3a-a4e8-93f5d7210c6b",  # invented
        category="Databases",
        summary=noted("Three database nodes in three zones, encrypted under a root key that you control."),
        plans=(
            Plan(
                "postgresql-flexible",
                "c8550ed3-894b-462d-98ee-68e80e3955d4",
                "Flexible",
                summary=noted("Memory, disk and vCPU chosen one by one and changed later."),
            ),
            Plan(
                "postgresql-free",
                "31c7f2a9-0e5d-4d18-b6a3-7f48c2e9150d",  # invented
                "Free",
                free=True,
                reclaimable=False,
                summary=noted("30 days, fixed size, deleted by itself, cannot be converted."),
            ),
        ),
        regions=_DBAAS_REGIONS,
        creatable=True,
        is_source=True,
        slug="hyper-protect-dbaas-for-postgresql",
    ),
)

SOURCE_ONLY_SERVICES: tuple[Service, ...] = (
    Service(
        name=DBAAS_MONGODB,
        display_name="Hyper Protect DBaaS for MongoDB",
        short_name="MongoDB",
        catalog_id="9b2e41d7-58c3-4f06-8ad1-c36e7f90b5a2",  # invented
        category="Databases",
        summary=_USES_KEYS,
        plans=(Plan("mongodb-flexible", "1563f33f-874f-4d83-b6de-09384cdfb1ef", "Flexible"),),
        regions=_DBAAS_REGIONS,
        is_source=True,
        slug="hyper-protect-dbaas-for-mongodb",
    ),
    _source(
        "cloud-object-storage",
        "Cloud Object Storage",
        "Object Storage",
        "dff97f5c-bc5e-4455-b470-411c3edbe49c",
        "Storage",
    ),
    # Every id below is invented.
    _source(
        "server-protect",
        "Block Storage for VPC",
        "Block Storage",
        "4a70d1c8-92be-4f35-a60c-1d58e3b7f942",
        "Storage",
    ),
    _source("is", "VPC Infrastructure Services", "VPC", "c25f9e03-7b84-4d61-9a2f-e80b16c4d753", "Compute"),
    _source(
        "databases-for-postgresql",
        "Databases for PostgreSQL",
        "Databases for PostgreSQL",
        "7e18b4d5-03fa-4c92-b7d6-5a94f0e2c138",
        "Databases",
    ),
    _source(
        "databases-for-mongodb",
        "Databases for MongoDB",
        "Databases for MongoDB",
        "16d9a3f7-e45c-4b08-8e71-f2c05d7b9a64",
        "Databases",
    ),
    _source(
        "databases-for-redis",
        "Databases for Redis",
        "Databases for Redis",
        "b3f60e2d-1c97-4a58-93d4-06e8a7f1c52b",
        "Databases",
    ),
    _source(
        "databases-for-elasticsearch",
        "Databases for Elasticsearch",
        "Databases for Elasticsearch",
        "e97c05b1-4fd2-4e36-a8b9-3d6071f5c8a4",
        "Databases",
    ),
    _source(
        "databases-for-enterprisedb",
        "Databases for EnterpriseDB",
        "Databases for EnterpriseDB",
        "2c84f6d0-b51e-4937-85ca-9e07d3b2f16a",
        "Databases",
    ),
    _source(
        "databases-for-etcd",
        "Databases for etcd",
        "Databases for etcd",
        "80a5d2e7-36cf-4b94-9f08-c1e7b46d35f2",
        "Databases",
    ),
    _source(
        "messages-for-rabbitmq",
        "Messages for RabbitMQ",
        "RabbitMQ",
        "f4e193b6-5d80-4c7a-b2f5-68a0c9d7e314",
        "Databases",
    ),
    _source(
        "dashdb-for-transactions",
        "Db2 on Cloud",
        "Db2",
        "5d06c7f9-a2e3-4185-8cb4-7f91e0d6b23c",
        "Databases",
    ),
    _source(
        "containers-kubernetes",
        "Kubernetes Service",
        "Kubernetes",
        "a1b7e4c2-90d5-4f68-b3a7-25c8f6e01d97",
        "Containers",
    ),
    _source(
        "power-iaas",
        "Power Systems Virtual Server",
        "Power Virtual Server",
        "d83f50a6-7e1b-4c29-9d64-b0f7c5a2e813",
        "Compute",
    ),
    _source("vmware-solutions", "VMware Solutions", "VMware", "39e6b0d4-c8f7-4a51-8b2e-e6d10f93a7c5", "Compute"),
    _source("messagehub", "Event Streams", "Event Streams", "6af2c985-1d0e-4b73-a9c6-04f5e8d7b132", "Integration"),
    _source("schematics", "Schematics", "Schematics", "c07b3f1e-8a64-4d95-b1e0-d952a6f4c387", "Developer tools"),
    _source(
        "continuous-delivery",
        "Continuous Delivery",
        "Continuous Delivery",
        "94d8e7a3-5b0c-4f12-8c6d-71b3f0e2a5d9",
        "Developer tools",
    ),
    _source(
        "sysdig-monitor",
        "Monitoring",
        "Monitoring",
        "0be54d92-f7a1-4c38-93e5-a6c8d1f0b274",
        "Logging and monitoring",
    ),
    _source("appid", "App ID", "App ID", "e5a9c6f0-2d17-4b8e-8f43-13d7b05e9ac6", "Security"),
    _source(
        "secrets-manager", "Secrets Manager", "Secrets Manager", "7132f8d5-bc4e-4a09-a5d2-c9e60f7b1d48", "Security"
    ),
    _source(
        "compliance",
        "Security and Compliance Center",
        "Compliance Center",
        "aa4c17e9-60d3-4f5b-92b8-8e05f3c7d16b",
        "Security",
    ),
)

SERVICES: tuple[Service, ...] = CREATABLE_SERVICES + SOURCE_ONLY_SERVICES

_BY_NAME = {entry.name: entry for entry in SERVICES}
_BY_ID = {entry.catalog_id: entry for entry in SERVICES}
_BY_PLAN = {plan.id: (entry, plan) for entry in SERVICES for plan in entry.plans}


def service(name: str) -> Service | None:
    """The service with this technical name, or None."""
    return _BY_NAME.get(name)


def service_by_id(catalog_id: str) -> Service | None:
    """The service with this catalog id, or None."""
    return _BY_ID.get(catalog_id)


def plan_by_id(plan_id: str) -> tuple[Service, Plan] | None:
    """The service and plan with this plan id, or None."""
    return _BY_PLAN.get(plan_id)


def display_name(name: str) -> str:
    """IBM's display name of a service; the technical name for one that is not listed."""
    found = _BY_NAME.get(name)
    return found.display_name if found else name


def short_name(name: str) -> str:
    """Short name for chains and tables (`PostgreSQL`); the technical name for one that is not listed."""
    found = _BY_NAME.get(name)
    return found.short_name if found else name


def sources() -> tuple[Service, ...]:
    """Services of the Source service menu, Hyper Protect databases first, the rest by display name."""
    first = (DBAAS_POSTGRESQL, DBAAS_MONGODB)
    entries = [entry for entry in SERVICES if entry.is_source]
    return tuple(
        sorted(entries, key=lambda entry: (entry.name not in first, entry.name == DBAAS_MONGODB, entry.display_name))
    )


def targets() -> tuple[Service, ...]:
    """Services of the Target service menu."""
    return tuple(entry for entry in SERVICES if entry.is_target)
