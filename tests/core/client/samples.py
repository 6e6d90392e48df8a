"""Answers in the shapes of the APIs."""

from typing import Any

ACCOUNT = "a" * 32
HPCS = "11111111-1111-4111-8111-111111111111"
DATABASE = "22222222-2222-4222-8222-222222222222"
KEY = "33333333-3333-4333-8333-333333333333"
HPCS_CRN = f"crn:v1:bluemix:public:hs-crypto:us-south:a/{ACCOUNT}:{HPCS}::"
DATABASE_CRN = f"crn:v1:bluemix:public:hyperp-dbaas-postgresql:us-south:a/{ACCOUNT}:{DATABASE}::"
NOW = "2026-11-23T17:45:00.000Z"

INSTANCE: dict[str, Any] = {
    "id": HPCS_CRN,
    "guid": HPCS,
    "crn": HPCS_CRN,
    "name": "acme-hpcs",
    "region_id": "us-south",
    "account_id": ACCOUNT,
    "resource_plan_id": "a8d3c1f4-6b29-4e75-8f10-52c97e0b3d64",
    "resource_group_id": "g1",
    "state": "active",
    "created_at": "2026-09-12T10:00:00Z",
    "created_by": "IBMid-1",
    "deleted_at": None,
    "parameters": {"units": 2},
    "last_operation": {"type": "create", "state": "succeeded", "async": False, "description": "Completed"},
    "locked": False,
}
RECLAMATION = {
    "id": "r1",
    "resource_instance_id": DATABASE,
    "entity_crn": DATABASE_CRN,
    "state": "SCHEDULED",
    "target_time": "2026-11-30T16:20:00Z",
}
KEY_BODY: dict[str, Any] = {
    "type": "application/vnd.ibm.kms.key+json",
    "id": KEY,
    "name": "ledger-root",
    "state": 1,
    "extractable": False,
    "imported": True,
    "keyRingID": "ledger",
    "aliases": ["core-ledger"],
    "crn": HPCS_CRN.replace("::", f":key:{KEY}"),
    "algorithmBitSize": 256,
    "creationDate": "2026-09-12T10:00:00Z",
    "createdBy": "IBMid-1",
    "keyVersion": {"id": "v3", "creationDate": "2026-11-23T09:00:00Z"},
    "deleted": False,
}
DESTROYED = {
    **KEY_BODY,
    "state": 5,
    "deletionDate": "2026-11-23T16:58:00Z",
    "deletedBy": "IBMid-2",
    "restoreAllowed": True,
    "restoreExpirationDate": "2026-12-23T16:58:00Z",
    "purgeAllowed": False,
    "purgeAllowedFrom": "2026-11-23T20:58:00Z",
    "purgeScheduledOn": "2027-02-21T16:58:00Z",
}
POLICY: dict[str, Any] = {
    "id": "p1",
    "type": "authorization",
    "state": "active",
    "subjects": [
        {
            "attributes": [
                {"name": "accountId", "value": ACCOUNT},
                {"name": "serviceName", "value": "hyperp-dbaas-postgresql"},
            ]
        }
    ],
    "roles": [{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:Reader", "display_name": "Reader"}],
    "resources": [
        {
            "attributes": [
                {"name": "accountId", "value": ACCOUNT},
                {"name": "serviceName", "value": "hs-crypto"},
                {"name": "serviceInstance", "value": HPCS},
            ]
        }
    ],
    "created_at": "2026-09-12T10:00:00.000Z",
    "created_by_id": "IBMid-1",
    "last_modified_at": "2026-09-30T10:00:00.000Z",
    "last_modified_by_id": "IBMid-2",
}


def envelope(*resources: dict[str, Any]) -> dict[str, Any]:
    return {
        "metadata": {"collectionType": "application/vnd.ibm.kms.key+json", "collectionTotal": len(resources)},
        "resources": list(resources),
    }


def node(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": f"{number:032x}",
        "number": number,
        "name": f"dbaas55-2924{number}",
        "zone": f"us-south-{number}",
        "role": "PRIMARY" if number == 1 else "SECONDARY",
        "state": "RUNNING",
        "stopped_reason": "",
        "key_status": "connected",
        "since": "2026-11-22T20:52:00.000Z",
        "stopped_at": None,
        "final": False,
        "last_check_at": "2026-11-23T17:44:38.000Z",
        "last_passed_at": "2026-11-23T17:44:38.000Z",
        "latency_ms": 4.1,
        "next_check_at": "2026-11-23T17:45:38.000Z",
        "grace_until": None,
        "reason": None,
        "last_event": {"label": "key rotated", "at": "2026-11-23T09:00:00.000Z", "event_id": "e9"},
        "replication_lag": None if number == 1 else 0,
        "volume": {
            "protection": "Sealed object, AES-256-GCM",
            "opened_at": "2026-11-22T20:52:00.000Z",
            "size_bytes": 20480,
        },
        **more,
    }


DENIED = {
    "state": "STOPPED",
    "key_status": "not-authorized",
    "stopped_reason": "EXTERNAL_KEY_UNKNOWN",
    "stopped_at": "2026-11-23T17:42:00.000Z",
    "latency_ms": None,
    "reason": {
        "http_status": 401,
        "code": "UNAUTHORIZED_ERR",
        "message": "no authorization",
        "at": "2026-11-23T17:42:00.000Z",
        "event_id": "e2",
    },
}
DETAIL: dict[str, Any] = {
    "now": NOW,
    "guid": DATABASE,
    "crn": DATABASE_CRN,
    "name": "ledger-db",
    "region": "us-south",
    "plan_id": "c8550ed3-894b-462d-98ee-68e80e3955d4",
    "resource_group_id": "g1",
    "created_at": "2026-09-12T10:00:00.000Z",
    "created_by": "anna@acme.example",
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
        "summary": "Rows in sealed objects.",
        "cipher": "AES-256-GCM",
        "guarantees": [{"situation": "Key disabled", "protection": "Nothing can be read"}],
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
        "changed_at": None,
        "changed_by": "",
        "expires_at": None,
        "event_id": None,
    },
    "authorization": {
        "in_force": True,
        "policy_id": "p1",
        "role": "Reader",
        "all_instances": True,
        "removed_at": None,
        "removed_by": "",
        "event_id": None,
    },
    "data_key": {
        "wrapped_version": 3,
        "wrapped_version_id": "v3",
        "wrapped_at": "2026-11-23T09:00:12.000Z",
        "destroyed_at": None,
    },
    "nodes": [node(1), node(2), node(3)],
    "strip": {
        "from": "2026-11-22T17:45:00.000Z",
        "to": NOW,
        "bucket_seconds": 900,
        "nodes": [{"number": number, "buckets": "p" * 96} for number in (1, 2, 3)],
        "markers": [{"at": "2026-11-22T20:30:00.000Z", "label": "disabled", "level": "neutral", "event_id": "e1"}],
    },
    "data": {"readable": True, "rows": 120, "digest": "ab", "size_bytes": 20480},
    "backups": {"count": 7, "latest_at": "2026-11-23T02:00:00.000Z"},
    "connection": {
        "host": "dbaas900.hyperp-dbaas.cloud.ibm.com",
        "port": 29494,
        "user": "admin",
        "endpoints": "public",
        "cluster_name": "cluster01",
        "version": "10",
    },
    "sizes": {"ram": 4, "disk": 24, "cpu": 2},
    "restored_from": None,
    "restore": None,
    "secure_deletion": {"backups": 7, "other_users": ["payments-db"], "registrations": 1},
}
UNITS: dict[str, Any] = {
    "instance": HPCS,
    "initialised": False,
    "usable": False,
    "agree": True,
    "verification_pattern": None,
    "units": [
        {
            "number": 1,
            "name": "Crypto unit 1",
            "type": "OPERATIONAL",
            "zone": "us-south-1",
            "location": "[us-south].[AZ1-CS1].[00].[01]",
            "state": "imprint",
            "administrators": [],
            "signature_threshold": 0,
            "revocation_threshold": 0,
            "new_register": {"state": "Empty", "verification_pattern": None},
            "current_register": {"state": "Empty", "verification_pattern": None},
        }
    ],
}
EVENT: dict[str, Any] = {
    "seq": 1033,
    "folded": 0,
    "id": "e2",
    "eventTime": "2026-11-23T17:42:35.000Z",
    "eventType": "activity",
    "action": "hs-crypto.secrets.unwrap",
    "outcome": "failure",
    "severity": "critical",
    "message": "Hyper Protect Crypto Services: unwrap secrets ledger-root -failure",
    "initiator": {"id": f"crn-{DATABASE_CRN}", "name": "ledger-db", "typeURI": "x", "host": {}},
    "target": {"id": HPCS_CRN, "name": "ledger-root", "typeURI": "hs-crypto/secrets"},
    "observer": {"name": "ActivityTracker"},
    "reason": {"reasonCode": 401, "reasonForFailure": "no authorization"},
    "requestData": {},
    "responseData": {},
    "correlationId": "c1",
}
