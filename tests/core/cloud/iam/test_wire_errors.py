"""One refusal, several APIs: each says it with its own status and code."""

import pytest

from kyok.cloud.iam import errors as iam
from kyok.cloud.wire import errors, routes_emulator, routes_iam
from kyok.cloud.wire.route import BodyNotJson
from kyok.errors import KyokError

ROUTES = routes_iam.ROUTES + routes_emulator.ROUTES


@pytest.mark.parametrize(
    ("error", "shape", "status", "code"),
    [
        (iam.TokenMissing(), "kms", 401, "UNAUTHORIZED_ERR"),
        (iam.TokenExpired(), "kms", 401, "UNAUTHORIZED_ERR"),
        (iam.TokenForeign(), "kms", 401, "UNAUTHORIZED_ERR"),
        (iam.AccountForeign(), "kms", 401, "UNAUTHORIZED_ERR"),
        (iam.TokenMalformed(), "kms", 400, "BEARER_SUB_EXTRACTION_ERR"),
        (iam.NotAuthorized(), "kms", 401, "UNAUTHORIZED_ERR"),
        (iam.TokenMalformed(), "iam", 401, "invalid_token"),
        (iam.NotAuthorized(), "iam", 403, "insufficent_permissions"),
        (BodyNotJson(), "iam", 400, "invalid_body"),
        (iam.TokenExpired(), "rc", 401, "RC-IamAuthUnauthorized"),
        (iam.NotAuthorized(), "rc", 403, "RC-IamAuthForbidden"),
        (iam.TokenMalformed(), "dbaas", 401, "UNAUTHORIZED_ERR"),
        (iam.NotAuthorized(), "dbaas", 403, "FORBIDDEN_ERR"),
        (iam.TokenMissing(), "emulator", 401, "NOT_SIGNED_IN"),
        (iam.NotAuthorized(), "emulator", 403, "NOT_AUTHORIZED"),
        (errors.NotEmulated(), "emulator", 501, "NOT_BUILT"),
        (errors.NotEmulated(), "iam", 501, "NOT_EMULATED_ERR"),
        (KyokError(), "iam", 400, "BAD_REQUEST_ERR"),
    ],
)
def test_status_and_code(error: KyokError, shape: str, status: int, code: str) -> None:
    assert errors.wire_of(error, shape) == (status, code)


def test_every_declared_refusal_has_a_status_of_its_own() -> None:
    for route in ROUTES:
        for kind in route.errors:
            assert errors.wire_of(kind(), route.shape).code != "BAD_REQUEST_ERR", (route.path, kind)


def test_only_the_token_endpoint_and_its_keys_are_public() -> None:
    assert {route.path for route in ROUTES if route.public} == {
        "/identity/token",
        "/oidc/token",
        "/identity/keys",
        "/identity/.well-known/keys",
    }
