"""The error body of each API: kms-api.md 1.5, iam-and-resources.md 2, 4.5 and 7, dbaas.md 2.6."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from kyok.cloud.wire.errors import Wire
from kyok.errors import KyokError

KMS_ERROR_TYPE = "application/vnd.ibm.kms.error+json"
_SEE = "Please see `reasons` for more details"


def _sentence(error: KyokError) -> str:
    return f"{error.summary} {error.remedy}".strip()


_PHRASES = {422: "Unprocessable Entity"}
"""Python renamed it in 3.13; the service did not."""


def _kms(error: KyokError, wire: Wire, correlation: str) -> dict[str, Any]:
    phrase = _PHRASES.get(wire.status) or HTTPStatus(wire.status).phrase
    plain = getattr(error, "plain", "")
    if plain or wire.status == HTTPStatus.UNAUTHORIZED:
        text = f"{phrase}: {plain or error.summary}"
        return {
            "metadata": {"collectionType": KMS_ERROR_TYPE, "collectionTotal": 1},
            "resources": [{"errorMsg": text}],
        }
    said = (getattr(error, "detail", ""), getattr(error, "operation", "") or error.summary.rstrip("."))
    reason: dict[str, Any] = {
        "code": wire.code,
        "message": _sentence(error),
        "status": wire.status,
        "moreInfo": "https://cloud.ibm.com/apidocs/key-protect",
    }
    target = getattr(error, "target", None)
    if target:
        reason["target"] = {"type": getattr(error, "target_kind", "field"), "name": target}
    return {
        "metadata": {"collectionType": KMS_ERROR_TYPE, "collectionTotal": 1},
        "resources": [
            {
                "errorMsg": ": ".join((phrase, *filter(None, said), f"{_SEE} ({wire.code})")),
                "reasons": [reason],
            }
        ],
    }


def _iam(error: KyokError, wire: Wire, correlation: str) -> dict[str, Any]:
    item: dict[str, Any] = {"code": wire.code, "message": _sentence(error)}
    details = getattr(error, "details", None)
    if details:
        item["details"] = details
    return {"trace": correlation, "errors": [item], "status_code": wire.status}


def _resource_controller(error: KyokError, wire: Wire, correlation: str) -> dict[str, Any]:
    return {
        "message": _sentence(error),
        "status_code": wire.status,
        "error_code": wire.code,
        "transaction_id": correlation,
    }


def _token(error: KyokError, wire: Wire, correlation: str) -> dict[str, Any]:
    return {
        "errorCode": wire.code,
        "errorMessage": error.summary,
        "errorDetails": error.remedy,
        "context": {"requestId": correlation, "requestType": "incoming.Identity_Token"},
    }


def _dbaas(error: KyokError, wire: Wire, correlation: str) -> dict[str, Any]:
    return {"code": wire.status, "message": _sentence(error), "reason": wire.code}


def _emulator(error: KyokError, wire: Wire, correlation: str) -> dict[str, Any]:
    return {"code": wire.code, "summary": error.summary, "remedy": error.remedy, "status": wire.status}


_SHAPES: dict[str, Callable[[KyokError, Wire, str], dict[str, Any]]] = {
    "kms": _kms,
    "iam": _iam,
    "rc": _resource_controller,
    "token": _token,
    "dbaas": _dbaas,
    "emulator": _emulator,
}
_TYPES = {"kms": KMS_ERROR_TYPE}


def error_body(shape: str, error: KyokError, wire: Wire, correlation: str) -> tuple[dict[str, Any], str]:
    """The body in the shape of the API that was called, and its content type."""
    return _SHAPES[shape](error, wire, correlation), _TYPES.get(shape, "application/json")
