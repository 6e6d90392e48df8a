"""One story told in answers of the private API: ledger-db under ledger-root in acme-hpcs, and what happens to it."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

NOW = datetime(2026, 11, 23, 17, 45, 0, tzinfo=UTC)
ACCOUNT = "2f4c1d5e8a9b4c3d8e7f6a5b4c3d2e1f"
DB, HPCS, EU = (
    "4c7a1f02-91b3-4c55-8d1e-0a2b3c4d5e6f",
    "7d2e9b41-3c5f-4e6a-9b8c-1d2e3f4a5b6c",
    "e0e0e0e0-1111-4222-8333-444455556666",
)
KEY, POLICY = "9b1c2d3e-4f5a-4b6c-8d7e-9f0a1b2c3d4e", "5ae2f6c0-1b2c-4d3e-8f4a-5b6c7d8e9f0a"
DB_CRN = f"crn:v1:bluemix:public:hyperp-dbaas-postgresql:us-south:a/{ACCOUNT}:{DB}::"
HPCS_CRN = f"crn:v1:bluemix:public:hs-crypto:us-south:a/{ACCOUNT}:{HPCS}::"
EU_CRN = f"crn:v1:bluemix:public:hs-crypto:eu-de:a/{ACCOUNT}:{EU}::"
FLEXIBLE = "c8550ed3-894b-462d-98ee-68e80e3955d4"
FREE = "31c7f2a9-0e5d-4d18-b6a3-7f48c2e9150d"
MACHINE = "the machine is stopped"
ANNA, BEN = "anna@acme.example", "ben@acme.example"

Json = dict[str, Any]


def t(text: str, day: int = 23) -> str:
    """A moment of the story's day, as the API writes it."""
    return f"2026-11-{day:02d}T{text if text.count(':') == 2 else text + ':00'}.000Z"


def node(number: int, name: str, second: int, **more: Any) -> Json:
    return {
        "id": f"{number:032x}",
        "number": number,
        "name": name,
        "zone": f"us-south-{number}",
        "role": "PRIMARY" if number == 1 else "SECONDARY",
        "state": "RUNNING",
        "stopped_reason": "",
        "key_status": "connected",
        "since": t("20:52", 22),
        "stopped_at": None,
        "final": False,
        "last_check_at": t(f"17:44:{second}"),
        "last_passed_at": t(f"17:44:{second}"),
        "latency_ms": 4.1 + (number == 2),
        "next_check_at": t(f"17:45:{second}"),
        "grace_until": None,
        "reason": None,
        "last_event": {"label": "key rotated", "at": t("09:00"), "event_id": "e-rotate"},
        "replication_lag": None if number == 1 else number - 2,
        "volume": {"protection": "Sealed object, AES-256-GCM", "opened_at": t("20:52", 22), "size_bytes": 20480},
    }


def strip() -> Json:
    """96 quarters of an hour up to 17:45, with the evening's 22 minutes of a disabled key."""
    rows = []
    for number in (1, 2, 3):
        buckets = ["p"] * 96
        buckets[11] = buckets[12] = "d"
        if number == 3:
            buckets[33] = "-"
        rows.append({"number": number, "buckets": "".join(buckets)})
    markers = [
        {"at": t("20:30", 22), "label": "disabled", "level": "neutral", "event_id": "e1"},
        {"at": t("20:52", 22), "label": "enabled", "level": "neutral", "event_id": "e2"},
        {"at": t("09:00"), "label": "rotated to version 3", "level": "neutral", "event_id": "e-rotate"},
    ]
    return {"from": t("17:45", 22), "to": t("17:45"), "bucket_seconds": 900, "nodes": rows, "markers": markers}


def connected() -> Json:
    """01: all is well."""
    return {
        "now": t("17:45"),
        "guid": DB,
        "crn": DB_CRN,
        "name": "ledger-db",
        "region": "us-south",
        "plan_id": FLEXIBLE,
        "resource_group_id": "default",
        "created_at": "2026-09-12T08:00:00.000Z",
        "created_by": ANNA,
        "instance_state": "active",
        "cluster_state": "PROVISIONED",
        "failure": "",
        "restorable_until": None,
        "reclamation_id": None,
        "node_driver": "simulated",
        "connectable": False,
        "why_not_connectable": "Nodes are simulated: psql cannot connect.",
        "storage_protection": {
            "name": "Simulated nodes",
            "summary": "Simulated: psql cannot connect. Each node keeps its rows sealed on its own volume.",
            "cipher": "AES-256-GCM, one random key per object, wrapped by the data key",
            "guarantees": [
                {"situation": "Running, disk stolen", "protection": "Protected: rows are on disk only sealed."},
                {"situation": "Root key destroyed", "protection": "Unreadable for ever."},
            ],
        },
        "key_status": "connected",
        "checks": {"interval_seconds": 60, "grace_seconds": 900, "deletion_rule": "discard"},
        "hsm": {
            "guid": HPCS,
            "crn": HPCS_CRN,
            "service": "hs-crypto",
            "name": "acme-hpcs",
            "region": "us-south",
            "units": 2,
            "exists": True,
            "restorable_until": None,
            "initialised": True,
            "recoverable": False,
            "cut_zones": [],
        },
        "root_key": {
            "id": KEY,
            "name": "ledger-root",
            "state": 1,
            "version": 3,
            "version_id": "v3",
            "ring": "ledger",
            "changed_at": t("20:52", 22),
            "changed_by": BEN,
            "expires_at": None,
            "event_id": "e2",
        },
        "authorization": {
            "in_force": True,
            "policy_id": POLICY,
            "role": "Reader",
            "all_instances": True,
            "removed_at": None,
            "removed_by": "",
            "event_id": None,
        },
        "data_key": {"wrapped_version": 3, "wrapped_version_id": "v3", "wrapped_at": t("09:00"), "destroyed_at": None},
        "nodes": [node(1, "dbaas55-29247", 38), node(2, "dbaas61-29302", 41), node(3, "dbaas58-29118", 35)],
        "strip": strip(),
        "data": {"readable": True, "rows": 120, "digest": "9f2c" * 16, "size_bytes": 9771050598},
        "backups": {"count": 7, "latest_at": t("02:00")},
        "connection": {
            "host": "",
            "port": 29494,
            "user": "admin",
            "endpoints": "public",
            "cluster_name": "cluster01",
            "version": "10",
        },
        "sizes": {"ram": 4, "disk": 24, "cpu": 2},
        "restored_from": None,
        "restore": None,
        "secure_deletion": {
            "deleted_at": None,
            "deleted_by": "",
            "delete_event_id": None,
            "reclamation_state": None,
            "reclaim_at": None,
            "removed_at": None,
            "volumes_erased_at": None,
            "data_key_destroyed_at": None,
            "backup_key_destroyed_at": None,
            "backups": 7,
            "first_backup_at": t("02:00", 17),
            "last_backup_at": t("02:00"),
            "other_users": ["payments-db"],
            "registrations": 1,
            "key_deleted_at": None,
            "key_deleted_by": "",
            "key_delete_event_id": None,
            "key_delete_forced": False,
            "key_refusal": None,
            "key_restorable_until": None,
            "key_purge_from": None,
            "key_purged_at": None,
            "key_shredded_at": None,
        },
    }


def _stop(body: Json, status: str, reason: Json, *, at: str, passed: str, final: bool = False) -> Json:
    body["key_status"], body["cluster_state"] = status, "STOPPED"
    for entry, second in zip(body["nodes"], (38, 41, 35), strict=True):
        entry.update(
            state="STOPPED",
            key_status=status,
            since=at,
            stopped_at=at,
            latency_ms=None,
            replication_lag=None,
            last_passed_at=f"{passed}:{second}.000Z",
            reason=reason,
            final=final,
            stopped_reason="EXTERNAL_KEY_DELETED" if status == "deleted" else "EXTERNAL_KEY_UNKNOWN",
        )
        entry["volume"]["opened_at"] = None
        if final:
            entry["next_check_at"] = None
    body["data"].update(readable=False, rows=None, digest=None)
    return body


def _why(status: int | None, code: str, message: str, at: str, event_id: str) -> Json:
    return {"http_status": status, "code": code, "message": message, "at": at, "event_id": event_id}


def _happened(at: str, label: str, level: str, event_id: str) -> Json:
    return {"at": at, "label": label, "level": level, "event_id": event_id}


def _mark(body: Json, letters: str, marker: Json, rows: tuple[int, ...] = (1, 2, 3)) -> None:
    for row in body["strip"]["nodes"]:
        if row["number"] in rows:
            row["buckets"] = row["buckets"][: -len(letters)] + letters
    body["strip"]["markers"].append(marker)


def not_authorized() -> Json:
    """02: anna removed the authorization."""
    body = connected()
    body["authorization"].update(in_force=False, removed_at=t("17:41"), removed_by=ANNA, event_id="e-remove")
    reason = {
        "http_status": 401,
        "code": "UNAUTHORIZED_ERR",
        "message": "no authorization",
        "at": t("17:42"),
        "event_id": "e-401",
    }
    _mark(body, "d", _happened(t("17:41"), "authorization removed", "error", "e-remove"))
    return _stop(body, "not-authorized", reason, at=t("17:42"), passed="2026-11-23T17:41")


def disabled(seconds_ago: int = 120) -> Json:
    """Ben disabled the key."""
    body = connected()
    at = (NOW - timedelta(seconds=seconds_ago)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    body["root_key"].update(state=2, changed_at=at, changed_by=BEN, event_id="e-disable")
    reason = {
        "http_status": 409,
        "code": "KEY_ACTION_INVALID_STATE_ERR",
        "message": "the key is disabled",
        "at": at,
        "event_id": "e-409",
    }
    _mark(body, "d", _happened(at, "disabled", "error", "e-disable"))
    return _stop(body, "disabled", reason, at=at, passed="2026-11-23T17:42")


def zone_cut() -> Json:
    """03: us-south-3 lost its way to the HSM."""
    body = connected()
    body["hsm"]["cut_zones"] = ["us-south-3"]
    body["key_status"] = "not-connected"
    body["nodes"][2].update(
        key_status="not-connected",
        since=t("17:38:35"),
        last_passed_at=t("17:37:35"),
        latency_ms=None,
        grace_until=t("17:53:35"),
        last_check_at=t("17:44:35"),
        reason={
            "http_status": None,
            "code": "CONNECTION_TIMED_OUT",
            "message": "connection timed out",
            "at": t("17:38:35"),
            "event_id": "e-cut",
        },
    )
    _mark(
        body,
        "u",
        {"at": t("17:38"), "label": "us-south-3 loses acme-hpcs", "level": "warning", "event_id": "e-cut"},
        (3,),
    )
    return body


def deleted() -> Json:
    """04: ben deleted the key, and the data key was destroyed."""
    body = connected()
    body["root_key"].update(state=5, changed_at=t("16:58"), changed_by=BEN, event_id="e-delete")
    body["data_key"]["destroyed_at"] = None
    reason = {
        "http_status": 410,
        "code": "KEY_DELETED_ERR",
        "message": "the key is deleted",
        "at": t("16:58:50"),
        "event_id": "e-410",
    }
    _mark(body, "d---", _happened(t("16:58"), "root key deleted", "error", "e-delete"))
    return _stop(body, "deleted", reason, at=t("16:59"), passed="2026-11-23T16:58", final=True)


def default_key() -> Json:
    """Created without a root key of one's own."""
    body = connected()
    body.update(name="notes-db", hsm=None, root_key=None, authorization=None, key_status="default-key")
    body["data_key"].update(wrapped_version=None, wrapped_version_id=None, wrapped_at=None)
    for entry in body["nodes"]:
        entry.update(
            key_status="default-key",
            last_check_at=None,
            last_passed_at=None,
            latency_ms=None,
            next_check_at=None,
            last_event=None,
        )
    body["strip"]["markers"] = []
    for row in body["strip"]["nodes"]:
        row["buckets"] = "-" * 96
    return body


def creating() -> Json:
    """Just ordered: one node is up, two are on their way."""
    body = connected()
    body.update(instance_state="provisioning", cluster_state="CREATING", key_status="checking")
    for entry in body["nodes"][1:]:
        entry.update(
            state="CREATING",
            key_status="checking",
            since=None,
            last_check_at=None,
            last_passed_at=None,
            latency_ms=None,
            next_check_at=None,
            last_event=None,
            replication_lag=None,
        )
    body["strip"]["markers"] = []
    for row in body["strip"]["nodes"]:
        row["buckets"] = "-" * 95 + ("p" if row["number"] == 1 else "-")
    body["data"].update(readable=False, rows=None)
    body["backups"] = {"count": 0, "latest_at": None}
    return body


def restoring() -> Json:
    """A new instance being filled from a backup."""
    body = creating()
    body["restored_from"] = {"guid": "dead", "name": "vault-db", "backup_id": "b1", "backup_created_at": t("02:00")}
    body["restore"] = {
        "task_id": "t1",
        "state": "RUNNING",
        "percent": 40,
        "step": "Decrypting the backup",
        "rows": None,
    }
    return body


def failed() -> Json:
    """The key given over REST does not exist."""
    body = connected()
    body.update(
        instance_state="failed",
        cluster_state="FAILED",
        key_status="checking",
        nodes=[],
        failure="The root key was not found in acme-hpcs.",
    )
    body["strip"]["nodes"] = []
    body["strip"]["markers"] = []
    body["data"].update(readable=False, rows=None)
    return body


def pending() -> Json:
    """18: vault-db is deleted and restorable, its key is destroyed."""
    body = deleted()
    body.update(
        name="vault-db",
        instance_state="pending_reclamation",
        cluster_state="DISABLED",
        restorable_until=t("16:20", 30),
        reclamation_id="rec-1",
    )
    body["root_key"].update(name="vault-root", changed_at=t("10:02", 20), changed_by=BEN)
    for entry in body["nodes"]:
        entry.update(state="DISABLED")
    body["secure_deletion"].update(
        deleted_at=t("16:20"),
        deleted_by=BEN,
        delete_event_id="e-del",
        reclamation_state="SCHEDULED",
        reclaim_at=t("16:20", 30),
        backups=4,
        first_backup_at=t("02:00", 17),
        last_backup_at=t("02:00", 20),
        other_users=[],
        registrations=0,
        key_deleted_at=t("10:02", 20),
        key_deleted_by=BEN,
        key_delete_event_id="e-kd",
        key_delete_forced=True,
        key_refusal={"http_status": 410, "at": t("17:40")},
        key_restorable_until="2026-12-20T10:02:00.000Z",
        key_purge_from=t("14:02", 20),
    )
    return body


def removed() -> Json:
    """Both halves are done."""
    body = pending()
    body.update(instance_state="removed", cluster_state="DELETED", nodes=[], restorable_until=None, reclamation_id=None)
    body["strip"]["nodes"] = []
    body["secure_deletion"].update(
        reclamation_state=None,
        reclaim_at=None,
        removed_at=t("17:44"),
        volumes_erased_at=t("17:44"),
        data_key_destroyed_at=t("17:44"),
        backup_key_destroyed_at=t("17:44"),
        backups=0,
    )
    body["backups"] = {"count": 0, "latest_at": None}
    return body


GOCRYPTFS = {
    "name": "Encrypted file system (gocryptfs)",
    "summary": "Every block is encrypted before it reaches the disk.",
    "cipher": "AES-256-GCM for each 4 KiB block, EME for names",
    "warning": "",
    "guarantees": [
        {"situation": "Disk stolen or copied while the node runs", "protection": "Protected."},
        {
            "situation": "Somebody with root's or our account's rights while the node runs",
            "protection": "Not protected: an open volume is readable by them. The real service has a Secure Service "
            "Container for this.",
        },
        {"situation": "Key destroyed", "protection": "Unreadable for ever."},
    ],
}
SEALED_ON_STOP = {
    "name": "Clear while running, sealed on stop",
    "summary": "Files are clear on the disk while the node runs, and sealed when it stops.",
    "cipher": "AES-256-GCM in chunks of 1 MiB; none while the node runs",
    "warning": "The data of this node lies in clear on the disk while it runs.",
    "guarantees": [{"situation": "Disk stolen or copied while the node runs", "protection": "Not protected: clear."}],
}


def server(number: int, **more: Any) -> Json:
    """A server as a node tells it."""
    return {"pid": 4100 + number, "port": 25000 + number, "memory_bytes": 38 * 2**20, "uptime_seconds": 754} | more


STOPPED_SERVER = {"pid": None, "memory_bytes": None, "uptime_seconds": None}


def real() -> Json:
    """All is well on real servers."""
    body = connected()
    body.update(
        node_driver="gocryptfs", connectable=True, why_not_connectable="", storage_protection=deepcopy(GOCRYPTFS)
    )
    body["connection"].update(host="localhost", port=25000, database="admin", server_version="15.18", certificate=True)
    for entry in body["nodes"]:
        entry["server"] = server(entry["number"])
        entry["lag_bytes"] = None if entry["number"] == 1 else 24576 * (entry["number"] - 2)
        entry["volume"].update(protection="gocryptfs, AES-256-GCM", size_bytes=40828813)
    return body


def real_disabled() -> Json:
    """The servers end with the key."""
    body = disabled()
    whole = real()
    body.update({name: whole[name] for name in ("connectable", "why_not_connectable", "storage_protection")})
    body["connection"] = whole["connection"]
    for entry in body["nodes"]:
        entry["server"] = server(entry["number"], **STOPPED_SERVER)
    return body


def real_starting() -> Json:
    """A node was killed: another one leads, and it copies the data again."""
    body = real()
    body["nodes"][0].update(
        role="SECONDARY",
        state="RESTARTING",
        replication_lag=None,
        server=server(1, **STOPPED_SERVER),
        reason=_why(None, "", "copies the data of the primary", t("17:44:50"), ""),
    )
    body["nodes"][1].update(role="PRIMARY", replication_lag=None, lag_bytes=None)
    return body


def real_failed() -> Json:
    """Two nodes do not run: one cannot, one was stopped. What is left takes no writes."""
    body = real()
    body["nodes"][1].update(
        state="STOPPED",
        stopped_at=t("17:43"),
        replication_lag=None,
        server=server(2, **STOPPED_SERVER),
        reason=_why(None, "", "stopped by an administrator", t("17:43"), ""),
    )
    body["nodes"][2].update(
        state="FAILED",
        stopped_at=t("17:44"),
        replication_lag=None,
        server=server(3, **STOPPED_SERVER),
        reason=_why(None, "", "the disk of the node is full: could not extend file, no space left", t("17:44"), ""),
    )
    return body


def real_creating() -> Json:
    """One server is up, one copies its data, one has not begun."""
    body = creating()
    whole = real()
    body.update({name: whole[name] for name in ("connectable", "why_not_connectable", "storage_protection")})
    body["connection"] = whole["connection"]
    body["nodes"][0].update(state="CREATING", server=server(1))
    body["nodes"][1].update(
        server=server(2, **STOPPED_SERVER),
        reason=_why(None, "", "copies the data of the primary", t("17:44:50"), ""),
    )
    body["nodes"][2]["server"] = server(3, **STOPPED_SERVER)
    return body


def sealed_on_stop() -> Json:
    """The machine has nothing better."""
    body = real()
    body.update(node_driver="sealed-on-stop", storage_protection=deepcopy(SEALED_ON_STOP))
    return body


def free() -> Json:
    """On the free plan, made eight days ago."""
    body = connected()
    body.update(plan_id=FREE, created_at=t("17:45", 15), sizes={"ram": 2, "disk": 5, "cpu": 1})
    return body


def node_stopped() -> Json:
    """The machine of node 3 is stopped."""
    body = connected()
    body["nodes"][2].update(state="STOPPED", stopped_at=t("17:40"), reason=_why(None, "", MACHINE, t("17:40"), ""))
    return body


def left_clear() -> Json:
    """After a crash with volumes that are sealed on stop; the key was disabled meanwhile."""
    body = disabled()
    body.update(node_driver="sealed-on-stop", connectable=True, storage_protection=deepcopy(SEALED_ON_STOP))
    for entry in body["nodes"][:2]:
        entry["state"] = "FAILED"
        entry["volume"]["left_clear"] = True
    return body


STATES = {
    made.__name__: made
    for made in (
        connected,
        not_authorized,
        disabled,
        zone_cut,
        deleted,
        default_key,
        creating,
        restoring,
        failed,
        pending,
        removed,
        real,
        real_disabled,
        real_starting,
        real_failed,
        real_creating,
        sealed_on_stop,
        free,
        node_stopped,
        left_clear,
    )
}


def summary(body: Json) -> Json:
    """The entry of the list of databases for a detail."""
    hsm, key = body["hsm"] or {}, body["root_key"] or {}
    return {
        "guid": body["guid"],
        "crn": body["crn"],
        "name": body["name"],
        "region": body["region"],
        "resource_group_id": body["resource_group_id"],
        "instance_state": body["instance_state"],
        "cluster_state": body["cluster_state"],
        "key_status": body["key_status"],
        "headline_since": None,
        "kms_instance": hsm.get("crn"),
        "kms_key": key.get("id"),
        "kms_key_name": key.get("name"),
        "backups": body["backups"]["count"],
        "latest_backup_at": body["backups"]["latest_at"],
        "nodes": [
            {name: entry[name] for name in ("number", "zone", "role", "state", "key_status", "stopped_at")}
            for entry in body["nodes"]
        ],
    }


def backups(body: Json) -> list[Json]:
    """A week of backups, newest first."""
    days = [23, 22, 21, 20, 19, 18, 17]
    kinds = ["on_demand", "scheduled", "scheduled", "scheduled", "scheduled", "scheduled", "initial"]
    return [
        {
            "id": f"dbaas61-29302-202611{day}-020000F",
            "type": kind,
            "created_at": t("02:00", day),
            "expires_at": t("02:00", day + 7),
            "size_bytes": 20480,
            "rows": 120 - 3 * place,
            "digest": "ab" * 32,
            "node": 2,
        }
        for place, (day, kind) in enumerate(zip(days, kinds, strict=True))
    ][: body["backups"]["count"]]


def copy_of(body: Json) -> Json:
    """A body that may be changed."""
    return deepcopy(body)
