"""The key management API: policies of keys and of instances (reference/kms-api.md 2.13 and 2.14)."""

from typing import Any

from kyok.cloud.keys import errors as keys
from kyok.cloud.keys import operations, policy_errors
from kyok.cloud.keys.scope import Scope
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.wire import kms_documents, kms_policy_bodies, kms_policy_documents
from kyok.cloud.wire.kms_calls import kms_route, mutation, port_of, query
from kyok.cloud.wire.route import Call, Response, Route
from kyok.domain.key_policies import InstancePolicyType, KeyPolicyType


def _read(call: Call, reader: Reader, scope: Scope) -> Response:
    named = kms_policy_bodies.named_policy(call, KeyPolicyType)
    return kms_policy_documents.key_policies(call.cloud.keys.policies.read(reader, scope, named))


def _write(call: Call, tx: Transaction, scope: Scope) -> Any:
    return call.cloud.keys.policies.write(tx, scope, kms_policy_bodies.key_policies(call))


def _written(call: Call, views: Any) -> Response:
    """Those that were set, and not the others of the key."""
    return kms_policy_documents.key_policies(views)


def _read_instance(call: Call, reader: Reader, scope: Scope) -> Response:
    named = kms_policy_bodies.named_policy(call, InstancePolicyType)
    return kms_policy_documents.instance_policies(call.cloud.keys.instance_policies.read(reader, scope, named))


def _write_instance(call: Call, tx: Transaction, scope: Scope) -> None:
    call.cloud.keys.instance_policies.write(tx, scope, kms_policy_bodies.instance_policies(call))


def _allowed_port(call: Call, reader: Reader, scope: Scope) -> Response:
    """Where an instance with a policy of allowed addresses answers privately: one origin serves everything here."""
    found = call.cloud.keys.instance_policies.read(reader, scope, InstancePolicyType.ALLOWED_IP)
    ports = [{"private_endpoint_port": port_of(call)}] if any(view.enabled for view in found) else []
    return kms_documents.collection(kms_documents.ALLOWED_IP, ports)


_SHAPE = (keys.BadBody, keys.CollectionTotalMismatch, policy_errors.PolicyMismatch, policy_errors.OnePolicyOnly)

ROUTES: list[Route] = [
    kms_route(
        "GET",
        "keys/{id}/policies",
        query(operations.POLICIES_READ, _read),
        "List the policies of a key",
        operations.POLICIES_READ,
        *(keys.KeyNotFound, keys.InvalidQuery),
    ),
    kms_route(
        "PUT",
        "keys/{id}/policies",
        mutation(operations.POLICIES_WRITE, _write, _written),
        "Set policies of a key",
        operations.POLICIES_WRITE,
        *(*_SHAPE, keys.InvalidField, keys.RootKeyRequired, keys.PayloadRequired, keys.ActionInvalidState),
    ),
    kms_route(
        "GET",
        "instance/policies",
        query(operations.INSTANCE_POLICIES_READ, _read_instance),
        "List the policies of the instance",
        operations.INSTANCE_POLICIES_READ,
        keys.InvalidQuery,
    ),
    kms_route(
        "PUT",
        "instance/policies",
        mutation(operations.INSTANCE_POLICIES_WRITE, _write_instance),
        "Set policies of the instance",
        operations.INSTANCE_POLICIES_WRITE,
        *(*_SHAPE, keys.InvalidField, policy_errors.FeatureRestricted),
    ),
    kms_route(
        "GET",
        "instance/allowed_ip_port",
        query(operations.ALLOWED_IP_PORT, _allowed_port),
        "Get the private port of an instance with allowed addresses",
        operations.ALLOWED_IP_PORT,
    ),
]
