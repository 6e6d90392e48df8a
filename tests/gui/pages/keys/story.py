"""The account of the mock-ups, 23 Nov 2026 17:45 UTC: its instances, keys, databases and authorizations as bodies."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from kyok.domain import authorizations, services

Json = dict[str, Any]

NOW = datetime(2026, 11, 23, 17, 45, tzinfo=UTC)
ACCOUNT = "2f4c1d8e9a3b4c5d6e7f8091a2b3c4d5"
ANNA, BEN = "IBMid-270001ANNA", "IBMid-270002BEN"
PEOPLE = {ANNA: "anna@acme.example", BEN: "ben@acme.example"}


def guid(name: str) -> str:
    """The same id for a name in every run."""
    return str(uuid.UUID(bytes=uuid.uuid5(uuid.NAMESPACE_URL, name).bytes, version=4))


def wire(moment: datetime | None) -> str | None:
    """A time as the APIs write it."""
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%SZ")


REGIONS = {
    "acme-hpcs": "us-south",
    "acme-hpcs-eu": "eu-de",
    "acme-lab": "us-east",
    "acme-kp": "us-east",
    "ledger-db": "us-south",
    "payments-db": "us-south",
    "hr-db": "us-east",
    "cards-db": "eu-de",
    "archive-db": "us-south",
}
SERVICES = {"acme-hpcs": "hs-crypto", "acme-hpcs-eu": "hs-crypto", "acme-lab": "hs-crypto", "acme-kp": "kms"}
DATABASE = "hyperp-dbaas-postgresql"


def crn(name: str) -> str:
    """CRN of an instance of the story."""
    service = SERVICES.get(name, DATABASE)
    return f"crn:v1:bluemix:public:{service}:{REGIONS[name]}:a/{ACCOUNT}:{guid(name)}::"


def instance(name: str, state: str = "active") -> Json:
    """An instance as the resource controller answers it."""
    service = services.service(SERVICES.get(name, DATABASE))
    assert service is not None
    return {
        "guid": guid(name),
        "crn": crn(name),
        "name": name,
        "state": state,
        "region_id": REGIONS[name],
        "account_id": ACCOUNT,
        "resource_id": service.catalog_id,
        "resource_plan_id": service.plans[0].id,
        "resource_group_id": "9f1d",
        "created_at": wire(NOW - timedelta(days=72)),
        "created_by": ANNA,
        "extensions": {
            "endpoints": {
                "public": f"https://{guid(name)}.api.{REGIONS[name]}.hs-crypto.appdomain.cloud",
                "private": f"https://{guid(name)}.api.private.{REGIONS[name]}.hs-crypto.appdomain.cloud",
            }
        },
    }


def key(name: str, state: int = 1, *, alias: str = "", days: float = 3, **more: Any) -> Json:
    """A key as the key management API lists it."""
    changed = NOW - timedelta(days=days)
    key_id = guid(f"key {name}")
    body: Json = {
        "type": "application/vnd.ibm.kms.key+json",
        "id": key_id,
        "name": name,
        "state": state,
        "extractable": False,
        "imported": False,
        "keyRingID": "default",
        "crn": crn("acme-hpcs").removesuffix("::") + f":key:{key_id}",
        "aliases": [alias] if alias else [],
        "algorithmBitSize": 256,
        "creationDate": wire(NOW - timedelta(days=72)),
        "createdBy": ANNA,
        "lastUpdateDate": wire(changed),
        "keyVersion": {"id": guid(f"version {name}"), "creationDate": wire(changed)},
    }
    if state == 5:
        body |= {
            "deletionDate": wire(changed),
            "deletedBy": BEN,
            "restoreAllowed": True,
            "restoreExpirationDate": wire(changed + timedelta(days=30)),
            "purgeAllowedFrom": wire(changed + timedelta(hours=4)),
            "purgeScheduledOn": wire(changed + timedelta(days=90)),
        }
    return body | more


def two_people(since: datetime | None = None) -> Json:
    """Dual authorization of a key; since when its deletion is scheduled, if it is."""
    if since is None:
        return {"enabled": True}
    return {"enabled": True, "keySetForDeletion": True, "authExpiration": wire(since + timedelta(days=7))}


def rings() -> list[Json]:
    """Two key rings besides `default`."""
    return [
        {"id": name, "creationDate": wire(NOW - timedelta(days=days)), "createdBy": ANNA}
        for name, days in (("ledger", 60), ("payments", 30))
    ]


def hpcs_keys() -> list[Json]:
    """Eleven root keys, four standard keys, three destroyed ones."""
    today = 0.01
    return [
        key("trading-root", days=4),
        key("atm-root", days=70),
        key("branch-root", alias="branch", days=2),
        key("clearing-root", days=3),
        key("evidence-root", alias="worm", days=today, imported=True),
        key("hr-root", 2, days=0.35),
        key("ledger-root", alias="core-ledger", days=today),
        key("legacy-root", 3, days=54, expirationDate=wire(NOW - timedelta(days=54))),
        key("mobile-root", alias="mobile", days=1),
        key("payments-root", alias="pay", days=today),
        key("swift-root", alias="swift", days=0.2, description="SWIFT gateway"),
        key("archive-root", 5, days=6),
        key("test-root", 5, days=0.05),
        key("old-root", 5, days=45),
        key("smtp-password", extractable=True, keyVersion=None),
        key("api-token", extractable=True, keyVersion=None),
        key("backup-code", extractable=True, keyVersion=None),
        key("vpn-psk", extractable=True, keyVersion=None),
    ]


def registration(key_name: str, resource: str, *, days: float = 72) -> Json:
    """A registration of a database with a key."""
    return {
        "keyId": guid(f"key {key_name}"),
        "keyName": key_name,
        "resourceCrn": crn(resource),
        "creationDate": wire(NOW - timedelta(days=days)),
        "preventKeyDeletion": False,
    }


def database(
    name: str, kms: str, key_name: str, status: str = "connected", *, running: int = 3, since: float = 0.2
) -> Json:
    """A database in the list of the private API."""
    states = ["RUNNING"] * running + ["STOPPED"] * (3 - running)
    return {
        "guid": guid(name),
        "crn": crn(name),
        "name": name,
        "region": REGIONS[name],
        "instance_state": "active",
        "cluster_state": "PROVISIONED",
        "key_status": status,
        "headline_since": wire(NOW - timedelta(days=since)),
        "kms_instance": crn(kms),
        "kms_key": guid(f"key {key_name}"),
        "kms_key_name": key_name,
        "backups": 7,
        "nodes": [
            {"number": place + 1, "zone": f"{REGIONS[name]}-{place + 1}", "state": state, "key_status": status}
            for place, state in enumerate(states)
        ],
    }


def databases() -> list[Json]:
    """Two that run, one disabled, one not authorized, one whose key was deleted."""
    return [
        database("ledger-db", "acme-hpcs", "ledger-root"),
        database("payments-db", "acme-hpcs", "payments-root"),
        database("hr-db", "acme-hpcs", "hr-root", "disabled", running=0),
        database("archive-db", "acme-hpcs", "archive-root", "deleted", running=0),
        database("cards-db", "acme-hpcs-eu", "cards-root", "not-authorized", running=0, since=0.988),
    ]


def key_database(body: Json, *, rows: int = 120, backups: int = 7) -> Json:
    """A database in the usage of its key."""
    running = sum(node["state"] == "RUNNING" for node in body["nodes"])
    return {
        "guid": body["guid"],
        "crn": body["crn"],
        "name": body["name"],
        "instance_state": body["instance_state"],
        "running_nodes": running,
        "nodes": 3,
        "key_status": body["key_status"],
        "rows": rows,
        "size_bytes": 20480,
        "backups": backups,
        "since": wire(NOW - timedelta(days=72)),
    }


def policy(
    source: str,
    target: str,
    *,
    source_instance: str = "",
    target_instance: str = "",
    days: float = 72,
    by: str = ANNA,
) -> Json:
    """An authorization as IAM answers it."""
    made = authorizations.authorization(
        ACCOUNT, source, target, source_instance=source_instance, target_instance=target_instance
    )
    moment = wire(NOW - timedelta(days=days))
    return {
        **authorizations.policy_body(made),
        "id": guid(f"policy {source} {target} {source_instance} {target_instance}"),
        "state": "active",
        "created_at": moment,
        "last_modified_at": moment,
        "created_by_id": by,
        "last_modified_by_id": by,
    }


def policies() -> list[Json]:
    """The five of mock-up 07; the fourth was made by a service, the last one's target is gone."""
    kp, hpcs = guid("acme-kp"), guid("acme-hpcs")
    service = "crn-crn:v1:bluemix:public:databases-for-mongodb:us-south:a/x:y::"
    return [
        policy(DATABASE, "hs-crypto", target_instance=hpcs, days=72),
        policy(DATABASE, "kms", target_instance=kp, days=54, by=BEN),
        policy(
            "cloud-object-storage", "hs-crypto", source_instance=guid("acme-evidence"), target_instance=hpcs, days=40
        ),
        policy("databases-for-mongodb", "kms", target_instance=kp, days=21, by=service),
        policy(DATABASE, "hs-crypto", target_instance=guid("gone"), days=112, by=BEN),
    ]


def usage() -> list[Json]:
    """How the key instances are used."""
    return [
        {"guid": guid("acme-hpcs"), "service": "hs-crypto", "units": 2, "initialised": True,
         "root_keys": {"1": 9, "2": 1, "3": 1, "5": 3}, "standard_keys": 4},
        {"guid": guid("acme-hpcs-eu"), "service": "hs-crypto", "units": 2, "initialised": True, "root_keys": {"1": 2}},
        {"guid": guid("acme-lab"), "service": "hs-crypto", "units": 2, "initialised": False, "root_keys": {}},
        {"guid": guid("acme-kp"), "service": "kms", "units": 0, "initialised": True, "root_keys": {"1": 2}},
    ]  # fmt: skip
