"""What a connection to a cloud is: what is known at once, its API key, and what can go wrong. No widgets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kyok import secrets
from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok_gui.context import Account, CloudFacts

if TYPE_CHECKING:
    from kyok.client import CloudApi
    from kyok.client.profiles import KnownProfile
    from kyok.secrets import Secret


@dataclass(frozen=True, slots=True)
class Connected:
    """What a connection found out at once."""

    api: CloudApi
    account: Account
    facts: CloudFacts
    now: datetime
    person: str = ""
    """IAM id of who signed in."""
    operates: bool = False
    """Whether who is signed in looks after the instances of others: may see them, but create none."""


class CloudNotWanted(KyokError):
    """The window was closed while it connected. Nobody sees this."""

    summary = "The window was closed."
    remedy = "Start the console again."


class KeyWanted(KyokError):
    """The profile's API key is kept nowhere, or the one that was kept is refused."""

    summary = "The API key of this profile is needed."
    remedy = "Type it, and the console connects."


def facts_of(api: CloudApi, own: CloudApi) -> Connected:
    """What the cloud says of itself, and who is signed in; runs in a worker."""
    if not api.profile.has_emulator:
        return _real_facts(api)
    about, clock, identity = api.emulator.about(), api.emulator.clock(), api.session.identity()
    name = about.account_name
    if identity.account_id != about.account_id:
        other = api.emulator.identities().account(identity.account_id)
        name = other.name if other is not None else ""
    user = identity.name or identity.email
    account = Account(identity.account_id, name, user, identity.email, identity.iam_id, acting=api is not own)
    url = str(api.profile.emulator_url or "")
    facts = CloudFacts("emulated", url, about.version, about.insecure_demo, about.hsm, about.node_driver)
    return Connected(api, account, facts, clock.now, identity.iam_id, _operates(api))


def facts_of_who_is_left(api: CloudApi, own: CloudApi) -> Connected:
    """As `facts_of`; as the console's own identity when the person that one went on as is no user any more."""
    try:
        return facts_of(api, own)
    except KyokError as error:
        if not about_person_gone(error):
            raise
        return facts_of(own, own)


def _operates(api: CloudApi) -> bool:
    from kyok.domain.rights import Question
    from kyok.domain.roles import CREATE_INSTANCE
    from kyok.domain.services import DBAAS_POSTGRESQL

    return not api.emulator.decisions([Question(CREATE_INSTANCE, DBAAS_POSTGRESQL)])[0].allowed


def _real_facts(api: CloudApi) -> Connected:
    """A real cloud says who is signed in; its clock is that of this machine."""
    identity = api.session.identity()
    user = identity.name or identity.email
    account = Account(identity.account_id, api.profile.name, user, identity.email, identity.iam_id)
    return Connected(api, account, CloudFacts("ibm-cloud", api.session.host), datetime.now(UTC), identity.iam_id)


def about_key(error: KyokError) -> bool:
    """Whether another API key may help."""
    from kyok.client.errors import NotSignedIn

    return isinstance(error, KeyWanted | NotSignedIn)


def about_person_gone(error: KyokError) -> bool:
    """Whether the person that one went on as is no user any more, so that there is no token of his."""
    from kyok.client.errors import IDENTITY_NOT_FOUND, ApiError

    return isinstance(error, ApiError) and error.code == IDENTITY_NOT_FOUND


def in_words(error: KyokError, profile: KnownProfile | None) -> KyokError:
    """Which cloud does not answer, and what works all the same."""
    from kyok.client.errors import CloudUnreachable

    if profile is None or not isinstance(error, CloudUnreachable):
        return error
    return CloudUnreachable(
        tr("{name} cannot be reached: {host} does not answer.", name=profile.name, host=profile.host),
        tr("Check the network of this machine, or use the emulated cloud, which needs none."),
    )


class ProfileKey:
    """The API key of the profile in use: typed, or from the keyring; in memory until it is forgotten."""

    def __init__(self) -> None:
        self._held: Secret | None = None

    def give(self, api_key: Secret | None) -> None:
        """Takes what was typed; None forgets."""
        self.forget()
        self._held = api_key

    def forget(self) -> None:
        """Wipes it."""
        if self._held is not None:
            self._held.wipe()
            self._held = None

    def of(self, profile: KnownProfile) -> Secret:
        """The key; asks the keyring, so it runs in a worker. Raises `KeyWanted`."""
        if self._held is not None:
            return self._held
        if profile.ask_key:
            raise KeyWanted()
        try:
            kept = secrets.kept_api_key(profile.id)
        except secrets.ApiKeyNotKept as refused:
            raise KeyWanted(refused.summary, tr("Type the API key, and the console connects.")) from refused
        if kept is None:
            raise KeyWanted(tr("The keyring no longer holds the API key of this profile."))
        self._held = kept
        return kept
