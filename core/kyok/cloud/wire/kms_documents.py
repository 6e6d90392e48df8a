"""Answers of the key management API (reference/kms-api.md 1.4, 2.1, 2.9, 2.15 and 2.16)."""

import base64
from binascii import b2a_base64
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kyok.cloud.keys.aliases import AliasView
from kyok.cloud.keys.listing import KeyPage
from kyok.cloud.keys.records import KeyView
from kyok.cloud.keys.registrations import RegistrationView
from kyok.cloud.keys.rings import RingView
from kyok.cloud.keys.using import RewrapAnswer, UnwrapAnswer, WrapAnswer
from kyok.cloud.keys.versions import VersionView
from kyok.cloud.store.times import rfc3339
from kyok.cloud.wire.route import Response
from kyok.domain.key_states import KeyState
from kyok.secrets import Secret

_PREFIX = "application/vnd.ibm.kms."
KEY = f"{_PREFIX}key+json"
VERSION = f"{_PREFIX}key.version+json"
ALIAS = f"{_PREFIX}alias+json"
RING = f"{_PREFIX}key_ring+json"
REGISTRATION = f"{_PREFIX}registration+json"
ACTION = f"{_PREFIX}key_action+json"
IMPORT_TOKEN = f"{_PREFIX}import_token+json"
ALLOWED_IP = f"{_PREFIX}allowed_ip_metadata+json"
INSTANCE = "application/vnd.ibm.hs-crypto.instance+json"


def collection(
    kind: str, resources: Sequence[dict[str, Any]], status: int = 200, total: int | None = None, **metadata: Any
) -> Response:
    """An answer in the API's envelope; `total` only when the request asked for it."""
    about = {"collectionType": kind, "collectionTotal": len(resources), **metadata}
    if total is not None:
        about["totalCount"] = total
    return Response(status, {"metadata": about, "resources": list(resources)}, content_type=kind)


def key_document(view: KeyView, *, full: bool = True, created: bool = False) -> dict[str, Any]:
    """A key; `created`: as the answer to its creation, which tells no last update."""
    document: dict[str, Any] = {
        "type": KEY,
        "id": view.id,
        "name": view.name,
        "state": int(view.state),
        "extractable": view.standard,
        "crn": view.crn,
        "imported": view.imported,
        "deleted": view.state is KeyState.DESTROYED,
    }
    optional = {
        "aliases": list(view.aliases),
        "description": view.description,
        "tags": list(view.tags),
        "expirationDate": _date(view.expires_at),
    }
    document.update({name: value for name, value in optional.items() if value})
    if full:
        document.update(_details(view, created=created))
    if view.payload is not None and full:
        with view.payload as material:
            document["payload"] = base64.b64encode(material).decode()
    return document


def _details(view: KeyView, *, created: bool) -> dict[str, Any]:
    mode = "CBC_PAD" if view.own_hsm else "Deprecated"
    details: dict[str, Any] = {
        "keyRingID": view.ring,
        "creationDate": rfc3339(view.created_at),
        "createdBy": view.created_by,
        "algorithmType": "AES" if view.own_hsm else "Deprecated",
        "algorithmMetadata": {"bitLength": str(view.bits), "mode": mode},
        "algorithmBitSize": view.bits,
        "algorithmMode": mode,
        "dualAuthDelete": _dual_auth(view),
    }
    if view.rotation is not None:
        details["rotation"] = {"enabled": view.rotation.enabled, "interval_month": view.rotation.months}
    if not created:
        details["lastUpdateDate"] = rfc3339(view.updated_at)
    if view.rotated_at is not None:
        details["lastRotateDate"] = rfc3339(view.rotated_at)
    if not view.standard:
        details["keyVersion"] = {"id": view.version_id, "creationDate": rfc3339(view.version_at)}
    if view.times is not None and view.deleted_at is not None:
        details |= {
            "deletionDate": rfc3339(view.deleted_at),
            "deletedBy": view.deleted_by or "",
            "restoreAllowed": view.times.restorable(view.now),
            "restoreExpirationDate": rfc3339(view.times.restore_until),
            "purgeAllowed": view.times.purgeable(view.now),
            "purgeAllowedFrom": rfc3339(view.times.purge_from),
            "purgeScheduledOn": rfc3339(view.times.purged_at),
        }
    return details


def _date(when: datetime | None) -> str | None:
    return None if when is None else rfc3339(when)


def _dual_auth(view: KeyView) -> dict[str, Any]:
    if not view.dual_auth:
        return {"enabled": False}
    given = view.authorization
    told: dict[str, Any] = {"enabled": True, "keySetForDeletion": given is not None}
    if given is not None:
        told["authExpiration"] = rfc3339(given.until)
    return told


def key_page(page: KeyPage) -> Response:
    """A list of keys."""
    about: dict[str, Any] = {}
    if page.search is not None:
        about["searchQuery"] = {
            "query": page.search.text,
            "scopes": list(page.search.scopes),
            "not": page.search.negated,
            "exact": page.search.exact,
        }
    if page.incomplete:
        about["incompleteSearch"] = True
    return collection(KEY, [key_document(view) for view in page.keys], **about)


def version_document(view: VersionView) -> dict[str, Any]:
    """A version of a key."""
    return {"id": view.id, "creationDate": rfc3339(view.created_at)}


def alias_document(view: AliasView) -> dict[str, Any]:
    """An alias."""
    return {
        "keyId": view.key_id,
        "alias": view.alias,
        "createdBy": view.created_by,
        "creationDate": rfc3339(view.created_at),
    }


def ring_document(view: RingView) -> dict[str, Any]:
    """A key ring; `default` is told without dates."""
    if view.created_at is None:
        return {"id": view.id}
    return {"id": view.id, "creationDate": rfc3339(view.created_at), "createdBy": view.created_by}


def registration_document(view: RegistrationView, *, owner: bool = False) -> dict[str, Any]:
    """A registration; its `owner`, the service, also sees what it left there for itself."""
    version = {"id": view.version_id}
    if view.version_at is not None:
        version["creationDate"] = rfc3339(view.version_at)
    document: dict[str, Any] = {
        "keyId": view.key_id,
        "keyName": view.key_name,
        "resourceCrn": view.resource_crn,
        "createdBy": view.created_by,
        "creationDate": rfc3339(view.created_at),
        "updatedBy": view.updated_by,
        "lastUpdated": rfc3339(view.updated_at),
        "preventKeyDeletion": view.prevent_deletion,
        "keyVersion": version,
    }
    if view.description:
        document["description"] = view.description
    if owner and view.service_data is not None:
        document["registrationMetadata"] = view.service_data
    return document


# The hot path: base64 and UUIDs need no escaping, so the bytes are put together as they are.


def wrapped(answer: WrapAnswer) -> Response:
    """The answer to a wrap; wipes the plaintext that the HSM made."""
    plaintext = b"" if answer.plaintext is None else b'"plaintext":"%s",' % _base64(answer.plaintext)
    body = b'{%s"ciphertext":"%s","keyVersion":{"id":"%s"}}'
    return _action(body % (plaintext, answer.ciphertext.encode(), answer.version.encode()))


def unwrapped(answer: UnwrapAnswer) -> Response:
    """The answer to an unwrap; wipes the plaintext."""
    again = b""
    if answer.ciphertext is not None and answer.newest is not None:
        again = b',"ciphertext":"%s","rewrappedKeyVersion":{"id":"%s"}'
        again %= (answer.ciphertext.encode(), answer.newest.encode())
    return _action(
        b'{"plaintext":"%s","keyVersion":{"id":"%s"}%s}' % (_base64(answer.plaintext), answer.version.encode(), again)
    )


def rewrapped(answer: RewrapAnswer) -> Response:
    """The answer to a rewrap: never a plaintext."""
    body = b'{"ciphertext":"%s","keyVersion":{"id":"%s"},"rewrappedKeyVersion":{"id":"%s"}}'
    return _action(body % (answer.ciphertext.encode(), answer.version.encode(), answer.newest.encode()))


def _base64(secret: Secret) -> bytes:
    with secret as material:
        return b2a_base64(material, newline=False)


def _action(body: bytes) -> Response:
    return Response(200, body, content_type=ACTION)
