"""What identity and access management refuses, and why."""

from kyok.errors import KyokError


class TokenRefused(KyokError):
    """The bearer token lets nobody in; the subclasses say why."""

    summary = "The access token is not valid."
    remedy = "Get a new token from /identity/token and send it as `Authorization: Bearer <token>`."


class TokenMissing(TokenRefused):
    """There is no Authorization header, or it holds no bearer token."""

    summary = "The request carries no access token."


class TokenMalformed(TokenRefused):
    """What was sent as a token is none, or names no subject."""

    summary = "The access token cannot be read."


class TokenExpired(TokenRefused):
    """The token's life is over (wall time)."""

    summary = "The access token has expired."


class TokenForeign(TokenRefused):
    """Somebody else signed the token: another cloud, or this one before its data folder was made anew."""

    summary = "The access token was not issued by this cloud."


class AccountForeign(TokenRefused):
    """The token's account does not exist here (any more)."""

    summary = "The access token belongs to an account that does not exist in this cloud."


class NotAuthorized(KyokError):
    """The caller may not do this to this target. Attributes: `action`, `target_crn`, `instance`.

    `missing` is who needs which role, the beginning of a sentence: `about` ends it with what the role is missing for.
    """

    summary = "You are not authorized to do this."
    remedy = "Ask an administrator of the account for a role that includes this action."
    missing: str = ""

    def about(self, what: str) -> None:
        """Says for what operation a role is missing; `what` is the operation's summary, which begins with a verb."""
        if self.missing:
            self.summary = f"{self.missing} to {what[:1].lower()}{what[1:]}."


class IdentityUnknown(KyokError):
    """There is no user with this IAM id."""

    summary = "There is no such user in this cloud."
    remedy = "List the users: GET /emulator/v1/identities."


class GrantRefused(KyokError):
    """The token endpoint does not take this form."""

    summary = "The token request is not valid."
    remedy = "Send the fields that the grant type needs, form-encoded."


class ApiKeyUnknown(GrantRefused):
    """No user has this API key."""

    summary = "Provided API key could not be found."
    remedy = "Use an API key of this cloud; `kyok serve` prints where the administrator's is kept."


class ApiKeyDisabled(ApiKeyUnknown):
    """The API key is disabled: it exists, and lets nobody in."""

    summary = "Provided API key is disabled."
    remedy = "Enable it on the page API keys, or use another one."


class GrantUnsupported(GrantRefused):
    """The grant type is documented, but nobody here can be signed in with it."""

    summary = "This grant type is not offered by the emulated cloud."
    remedy = "Sign in with an API key (grant type urn:ibm:params:oauth:grant-type:apikey)."


class ServiceTokenRefused(GrantRefused):
    """Only a service of this cloud can act for its instances, and only for those that exist."""

    summary = "The access token does not belong to the service that owns the instance."
    remedy = "Service instances get their tokens from their own service; users cannot act for them."


class ApiKeyNotFound(KyokError):
    """There is no API key with this id for the caller."""

    summary = "There is no API key with this id."
    remedy = "List your API keys; a deleted one cannot be brought back."


class ApiKeyLocked(KyokError):
    """A locked API key is neither changed nor deleted."""

    summary = "The API key is locked."
    remedy = "Unlock it first: DELETE /v1/apikeys/{id}/lock."


class ApiKeyChanged(KyokError):
    """The If-Match header is missing or names another version of the API key."""

    summary = "The API key was changed meanwhile."
    remedy = "Read it again, and send its entity_tag as If-Match."


class IdentityInvalid(KyokError):
    """Accounts, users, roles or API keys that cannot be set up this way."""

    summary = "The identities are not valid."
    remedy = "Correct the named entry; nothing was changed."


class PolicyInvalid(KyokError):
    """The policy cannot exist: its attributes, its pair of services or its roles are impossible."""

    summary = "The policy is not valid."
    remedy = "Correct the policy and send it again."


class AccountIdMissing(KyokError):
    """A list of policies needs to know of which account."""

    summary = "The query parameter account_id is missing."
    remedy = "Add ?account_id=<your account id>."


class PolicyNotFound(KyokError):
    """There is no such policy in the caller's account."""

    summary = "There is no policy with this id in your account."
    remedy = "List the policies of the account first."


class PolicyConflict(KyokError):
    """The same subject already has a policy on the same target. `details` names it."""

    summary = "This authorization exists already."
    remedy = "Change the roles of the existing policy instead."


class PolicyChanged(KyokError):
    """The If-Match header is missing or names an older state of the policy."""

    summary = "The policy was changed since you read it."
    remedy = "Read it again and send the ETag of that answer in If-Match."


class QueryInvalid(KyokError):
    """A query parameter has a value that it cannot have."""

    summary = "A query parameter is not valid."
    remedy = "Correct the query parameter."
