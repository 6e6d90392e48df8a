import json

import pytest

from kyok.client.errors import api_error

KMS = {
    "metadata": {"collectionType": "application/vnd.ibm.kms.error+json", "collectionTotal": 1},
    "resources": [
        {
            "errorMsg": "Conflict: Key could not be purged: Please see `reasons` for more details (REQ_TOO_EARLY_ERR)",
            "reasons": [
                {
                    "code": "REQ_TOO_EARLY_ERR",
                    "message": "Too early. Purge operation is allowed 4h0m0s after key is deleted",
                    "status": 409,
                }
            ],
        }
    ],
}


@pytest.mark.parametrize(
    ("status", "body", "code", "summary", "remedy"),
    [
        (409, KMS, "REQ_TOO_EARLY_ERR", "Too early.", "Purge operation is allowed 4h0m0s after key is deleted"),
        (
            401,
            {"resources": [{"errorMsg": "Unauthorized: The user does not have access"}]},
            "UNAUTHORIZED_ERR",
            "You are not allowed to do this here.",
            "Ask an administrator of the account for a role that contains this action.",
        ),
        (
            409,
            {"trace": "x", "errors": [{"code": "policy_conflict_error", "message": "exists"}], "status_code": 409},
            "policy_conflict_error",
            "There is already an authorization for this source and target.",
            "Use the existing one; to change its role, remove it and create it again.",
        ),
        (
            422,
            {"message": "It is pending_reclamation.", "status_code": 422, "error_code": "RC-Pending"},
            "RC-Pending",
            "It is pending_reclamation.",
            "Correct the values and try again.",
        ),
        (
            404,
            {"code": 404, "message": "No such cluster", "reason": "not_found"},
            "not_found",
            "No such cluster",
            "It may have been removed meanwhile: reload the page.",
        ),
        (
            409,
            {"status": 409, "code": "CLOCK_ONLY_FORWARD", "summary": "Only forward.", "remedy": "Choose later."},
            "CLOCK_ONLY_FORWARD",
            "Only forward.",
            "Choose later.",
        ),
        (
            400,
            {"errorCode": "BXNIM0109E", "errorMessage": "Bad grant.", "errorDetails": "", "context": {}},
            "BXNIM0109E",
            "Bad grant.",
            "Correct the values and try again.",
        ),
        (
            400,
            {"resources": [{"errorMsg": "Bad Request: rpc error: CKR_IBM_WK_NOT_INITIALIZED in m_UnwrapKey"}]},
            "CKR_IBM_WK_NOT_INITIALIZED",
            "The crypto units of this instance are not initialized.",
            "Initialize them on the Crypto units page, then try again.",
        ),
        (
            500,
            None,
            "",
            "The cloud refused the request (500).",
            "Try again in a moment; if it goes on, look into the log of the cloud.",
        ),
        (418, {"message": None}, "", "The cloud refused the request (418).", "Try again."),
        (400, {"errors": ["x"], "resources": []}, "", "The cloud refused the request (400).", None),
        (501, {"code": "NOT_BUILT", "summary": "Later."}, "NOT_BUILT", "Later.", None),
    ],
)
def test_every_shape_is_read(status: int, body: object, code: str, summary: str, remedy: str | None) -> None:
    raw = json.dumps(body).encode() if body is not None else b"<html>"
    error = api_error("POST", "/x", status, raw, {})
    assert (error.status, error.code, error.summary) == (status, code, summary)
    if remedy is not None:
        assert error.remedy == remedy
    assert error.remedy


def test_an_error_knows_where_it_came_from() -> None:
    error = api_error("GET", "/x?search=secret", 404, b"[]", {"correlation-id": "c1"})
    assert (error.method, error.path, error.correlation_id) == ("GET", "/x", "c1")
    assert error.not_found
    assert not error.denied
    assert str(error) == error.summary
    assert api_error("GET", "/x", 404, b"", {"transaction-id": "t1"}).correlation_id == "t1"


def test_details_of_a_conflict() -> None:
    body = {"errors": [{"code": "policy_conflict_error", "details": {"conflicts_with": {"etag": "1-x"}}}]}
    error = api_error("POST", "/v1/policies", 409, json.dumps(body).encode(), {})
    assert error.details["conflicts_with"] == {"etag": "1-x"}


def test_endless_messages_are_cut() -> None:
    body = {"message": "x" * 5000}
    assert len(api_error("GET", "/x", 400, json.dumps(body).encode(), {}).summary) == 600
