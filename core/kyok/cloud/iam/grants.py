"""The token endpoint: who gets an access token for what (reference iam-and-resources.md section 2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from kyok.cloud.activity.events import Caller, Event
from kyok.cloud.activity.service import Activity
from kyok.cloud.iam.api_keys import ApiKeys, crn_of
from kyok.cloud.iam.errors import ApiKeyUnknown, GrantRefused, GrantUnsupported, IdentityUnknown, ServiceTokenRefused
from kyok.cloud.iam.service_credentials import ServiceCredential
from kyok.cloud.iam.tokens import Issued, Principal, Tokens
from kyok.cloud.store import Reader, Transaction
from kyok.cloud.store.tables import instance, user
from kyok.domain.crn import Crn, InvalidCrn

_URN = "urn:ibm:params:oauth:grant-type:"
API_KEY = f"{_URN}apikey"
SERVICE = f"{_URN}iam-authz"
UNSUPPORTED = {
    "refresh_token": "Refresh tokens are not issued, so none can be redeemed.",
    f"{_URN}passcode": "One-time passcodes are not issued.",
    f"{_URN}cr-token": "Compute resource tokens are not issued.",
    f"{_URN}assume": "Trusted profiles cannot be assumed.",
}
LOGIN = "iam-identity.user-apikey.login"
ACT_AS = "kyok.identity.login"
"""An administrator of the emulated cloud goes on as one of its users."""
SERVICE_LOGIN = "iam-identity.service.login"


@dataclass(frozen=True, slots=True)
class Granted:
    """A token with the event that tells of it."""

    issued: Issued
    principal: Principal
    event: Event


class Grants:
    """Exchanges credentials for access tokens."""

    def __init__(
        self, tokens: Tokens, api_keys: ApiKeys, activity: Activity, credentials: Iterable[ServiceCredential]
    ) -> None:
        self._tokens = tokens
        self._api_keys = api_keys
        self._activity = activity
        self._credentials = tuple(credentials)

    def grant(self, reader: Reader, form: Mapping[str, str]) -> Granted:
        """The token that a form asks for.

        Raises:
            GrantRefused: and its subclasses, by grant type.
        """
        kind = form.get("grant_type", "")
        if kind == API_KEY:
            return self._by_api_key(reader, form)
        if kind == SERVICE:
            return self._for_instance(reader, form)
        if kind in UNSUPPORTED:
            raise GrantUnsupported(UNSUPPORTED[kind])
        raise GrantRefused("The field grant_type is missing." if not kind else "The grant type is not known.")

    def record(self, tx: Transaction, granted: Granted, agent: str, address: str, correlation: str) -> None:
        """Writes down who signed in."""
        who = granted.principal
        caller = Caller(who.iam_id, who.account, who.name, who.kind, who.crn, agent, address, correlation)
        self._activity.record(tx, caller, granted.event)

    def act_as(self, tx: Transaction, caller: Caller, iam_id: str) -> Issued:
        """A token of somebody else, for whoever may do everything in the cloud anyway; the log says who asked.

        Raises:
            IdentityUnknown: there is no such user.
        """
        row = tx.one(select(user).where(user.c.iam_id == iam_id))
        if row is None:
            raise IdentityUnknown()
        principal = Principal(row.iam_id, row.account, row.email, display=row.name)
        target = str(Crn.of_account("iam-identity", row.account).with_resource("user", row.iam_id))
        self._activity.record(tx, caller, Event(ACT_AS, target, row.email))
        return self._tokens.issue(principal, ACT_AS)

    def _by_api_key(self, reader: Reader, form: Mapping[str, str]) -> Granted:
        value = form.get("apikey", "")
        if not value:
            raise ApiKeyUnknown("The field apikey is missing.")
        row = self._api_keys.owner(reader, value)
        principal = Principal(row.iam_id, row.account, row.email, display=row.user_name)
        event = Event(LOGIN, str(crn_of(row.account, row.id)), row.name)
        return Granted(self._tokens.issue(principal, API_KEY), principal, event)

    def _for_instance(self, reader: Reader, form: Mapping[str, str]) -> Granted:
        shown = form.get("access_token", "")
        service = next((known.service for known in self._credentials if known.matches(shown)), None)
        if service is None:
            raise ServiceTokenRefused()
        crn = _instance_crn(form.get("desired_iam_id", ""))
        row = reader.one(select(instance).where(instance.c.guid == crn.instance, instance.c.crn == str(crn)))
        if row is None or row.service != service:
            raise ServiceTokenRefused("The service has no instance with this identity.")
        principal = Principal(f"crn-{crn}", row.account, row.name, "service", crn)
        event = Event(SERVICE_LOGIN, row.crn, row.name, instance=row.guid, folds=True)
        return Granted(self._tokens.issue(principal, SERVICE), principal, event)


def _instance_crn(iam_id: str) -> Crn:
    kind, _, text = iam_id.partition("-")
    if kind != "crn":
        raise ServiceTokenRefused("desired_iam_id must be `crn-` and the CRN of a service instance.")
    try:
        return Crn.parse(text)
    except InvalidCrn as error:
        raise ServiceTokenRefused("desired_iam_id names no service instance.") from error
