"""IAM over HTTP: tokens, API keys, users, policies v1 and v2, roles."""

from collections.abc import Callable
from typing import Any

from kyok.cloud.iam import errors as iam
from kyok.cloud.iam.policy_bodies import body_of
from kyok.cloud.iam.policy_rows import Api, StoredPolicy
from kyok.cloud.iam.role_lists import role_lists
from kyok.cloud.wire import errors
from kyok.cloud.wire.errors import NotEmulated, Wire
from kyok.cloud.wire.paging import PageInvalid, page
from kyok.cloud.wire.route import BodyNotJson, Call, Handler, Outcome, Response, Route, Write

errors.add(
    {
        iam.TokenRefused: Wire(401, "UNAUTHORIZED_ERR"),
        iam.NotAuthorized: Wire(403, "FORBIDDEN_ERR"),
        iam.GrantRefused: Wire(400, "BXNIM0109E"),
        iam.ApiKeyUnknown: Wire(400, "BXNIM0415E"),
        iam.GrantUnsupported: Wire(400, "BXNIM0137E"),
        iam.ServiceTokenRefused: Wire(400, "BXNIM0513E"),
        iam.IdentityInvalid: Wire(400, "invalid_body"),
        iam.PolicyInvalid: Wire(400, "invalid_body"),
        iam.AccountIdMissing: Wire(400, "missing_required_query_parameter"),
        iam.PolicyNotFound: Wire(404, "policy_not_found"),
        iam.PolicyConflict: Wire(409, "policy_conflict_error"),
        iam.PolicyChanged: Wire(412, "policy_conflict_error"),
        iam.QueryInvalid: Wire(400, "invalid_query_parameter"),
        PageInvalid: Wire(400, "invalid_query_parameter"),
    }
)
errors.add(
    {
        iam.TokenRefused: Wire(401, "invalid_token"),
        iam.NotAuthorized: Wire(403, "insufficent_permissions"),  # sic
        BodyNotJson: Wire(400, "invalid_body"),
    },
    "iam",
)
errors.add(
    {
        iam.TokenRefused: Wire(401, "RC-IamAuthUnauthorized"),
        iam.NotAuthorized: Wire(403, "RC-IamAuthForbidden"),
        BodyNotJson: Wire(400, "RC-InvalidBody"),
    },
    "rc",
)
errors.add(
    {
        iam.TokenMalformed: Wire(400, "BEARER_SUB_EXTRACTION_ERR"),
        iam.NotAuthorized: Wire(
            401, "UNAUTHORIZED_ERR"
        ),  # the key service says 401 for a missing role (kms-api.md 1.6)
    },
    "kms",
)
errors.add(
    {
        iam.TokenRefused: Wire(401, "NOT_SIGNED_IN"),
        iam.NotAuthorized: Wire(403, "NOT_AUTHORIZED"),
        iam.IdentityInvalid: Wire(400, "BAD_VALUE"),
        BodyNotJson: Wire(400, "BAD_BODY"),
    },
    "emulator",
)


def token(call: Call) -> Outcome:
    """`POST /identity/token`."""
    with call.cloud.store.read() as reader:
        granted = call.cloud.grants.grant(reader, call.form())
    agent, address = call.header("user-agent") or "", call.request.address
    return Write(
        lambda tx: call.cloud.grants.record(tx, granted, agent, address, call.correlation),
        lambda result: Response(200, granted.issued.body(), {"cache-control": "no-store"}),
    )


def keys(call: Call) -> Outcome:
    """`GET /identity/keys`."""
    return Response(200, call.cloud.tokens.jwks())


def users(call: Call) -> Outcome:
    """`GET /v2/accounts/{account_id}/users`: of the caller's own account only."""
    if call.params["account_id"] != call.caller.account:
        raise iam.NotAuthorized("You may list the users of your own account only.")
    with call.cloud.store.read() as reader:
        found = call.cloud.identities.users(reader, call.caller)
    query = {"limit": call.query.get("limit", "100"), "start": call.query.get("_start", "0")}
    shown = page(found, query, default=100, most=100)
    path = f"/v2/accounts/{call.caller.account}/users"
    body = {
        "total_results": len(found),
        "limit": shown.limit,
        "first_url": path,
        "resources": list(shown.items),
    }
    if shown.next is not None:
        body["next_url"] = f"{path}?_start={shown.next}&limit={shown.limit}"
    return Response(200, body)


def roles(call: Call) -> Outcome:
    """`GET /v2/roles`."""
    return Response(200, role_lists(call.query))


def not_emulated(call: Call) -> Outcome:
    """Documented by IBM, not offered here: never a false success."""
    raise NotEmulated()


class PolicyHandlers:
    """The handlers of one version of the policy API."""

    def __init__(self, api: Api) -> None:
        self._api: Api = api

    def page(self, call: Call) -> Outcome:
        """`GET /{api}/policies`."""
        with call.cloud.store.read() as reader:
            found = call.cloud.policies.page(reader, call.caller, call.query)
        shown = page(found, call.query, default=max(len(found), 1), most=1000)
        body: dict[str, Any] = {"policies": [self._body(call, known) for known in shown.items]}
        if "limit" in call.query:
            href = (
                f"{base_address(call)}/{self._api}/policies?account_id={call.query['account_id']}&limit={shown.limit}"
            )
            body |= {"limit": shown.limit, "first": {"href": href}}
            if shown.next is not None:
                body["next"] = {"href": f"{href}&start={shown.next}", "start": shown.next}
        return Response(200, body)

    def create(self, call: Call) -> Outcome:
        """`POST /{api}/policies`."""
        body = call.json()
        return Write(
            lambda tx: call.cloud.policies.create(tx, call.caller, body, self._api), self._answer(call, status=201)
        )

    def get(self, call: Call) -> Outcome:
        """`GET /{api}/policies/{id}`."""
        with call.cloud.store.read() as reader:
            return self._answer(call)(call.cloud.policies.get(reader, call.caller, call.params["id"]))

    def replace(self, call: Call) -> Outcome:
        """`PUT /{api}/policies/{id}`."""
        body, policy_id, tag = call.json(), call.params["id"], call.header("if-match")
        return Write(
            lambda tx: call.cloud.policies.replace(tx, call.caller, policy_id, body, self._api, tag),
            self._answer(call),
        )

    def restore(self, call: Call) -> Outcome:
        """`PATCH /{api}/policies/{id}`."""
        body, policy_id, tag = call.json(), call.params["id"], call.header("if-match")
        return Write(lambda tx: call.cloud.policies.restore(tx, call.caller, policy_id, body, tag), self._answer(call))

    def remove(self, call: Call) -> Outcome:
        """`DELETE /{api}/policies/{id}`."""
        policy_id = call.params["id"]
        return Write(lambda tx: call.cloud.policies.remove(tx, call.caller, policy_id), lambda result: Response(204))

    def routes(self) -> list[Route]:
        """The routes of this version."""
        collection, one = f"/{self._api}/policies", f"/{self._api}/policies/{{id}}"
        refused = (iam.NotAuthorized, iam.PolicyNotFound)
        changing = (*refused, iam.PolicyInvalid, iam.PolicyConflict, iam.PolicyChanged)

        def route(
            method: str, path: str, handler: Handler, summary: str, verb: str, raised: tuple[type[Any], ...]
        ) -> Route:
            return Route(
                method,
                path,
                handler,
                summary,
                "iam",
                action=f"iam.policy.{'update' if verb == 'restore' else verb}",
                activity=f"iam-am.policy.{'update' if verb == 'restore' else verb}",
                errors=raised,
            )

        return [
            route("GET", collection, self.page, "List policies", "read", (iam.AccountIdMissing, iam.QueryInvalid)),
            route("POST", collection, self.create, "Create a policy", "create", changing),
            route("GET", one, self.get, "Get a policy", "read", refused),
            route("PUT", one, self.replace, "Change a policy", "update", changing),
            route("PATCH", one, self.restore, "Restore a removed policy", "restore", changing),
            route("DELETE", one, self.remove, "Remove a policy", "delete", refused),
        ]

    def _answer(self, call: Call, status: int = 200) -> Callable[[StoredPolicy], Response]:
        return lambda known: Response(status, self._body(call, known), {"etag": known.etag})

    def _body(self, call: Call, known: StoredPolicy) -> dict[str, Any]:
        return body_of(known, self._api, base_address(call), call.query.get("format", ""))


def base_address(call: Call) -> str:
    """Where the client reached the cloud."""
    host = call.header("host")
    return f"http://{host}" if host else ""


_LOGIN = "iam-identity.user-apikey.login"
ROUTES: list[Route] = [
    Route("POST", path, token, "Get an access token", "token", activity=_LOGIN, public=True, errors=(iam.GrantRefused,))
    for path in ("/identity/token", "/oidc/token")
]
ROUTES += [
    Route("GET", path, keys, "Get the public keys of access tokens", "token", public=True)
    for path in ("/identity/keys", "/identity/.well-known/keys")
]
ROUTES += PolicyHandlers("v1").routes() + PolicyHandlers("v2").routes()
ROUTES += [
    Route(
        "GET",
        "/v2/accounts/{account_id}/users",
        users,
        "List users",
        "iam",
        activity="user-management.user.list",
        errors=(iam.NotAuthorized,),
    ),
    Route("GET", "/v2/roles", roles, "List roles", "iam", activity="iam-am.role.list", errors=(iam.QueryInvalid,)),
    *(
        Route(
            method,
            path,
            not_emulated,
            f"{verb} a custom role",
            "iam",
            activity="iam-am.role.update",
            errors=(NotEmulated,),
        )
        for verb, method, path in (
            ("Create", "POST", "/v2/roles"),
            ("Get", "GET", "/v2/roles/{id}"),
            ("Change", "PUT", "/v2/roles/{id}"),
            ("Delete", "DELETE", "/v2/roles/{id}"),
        )
    ),
]
