"""The one object that a page gets: every API of a cloud, by name."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kyok.client.profile import Profile
from kyok.client.session import CloudSession

if TYPE_CHECKING:
    from kyok.client.activity import ActivityApi
    from kyok.client.api_keys import ApiKeysApi
    from kyok.client.crypto_units import CryptoUnitsApi
    from kyok.client.databases import DatabasesApi
    from kyok.client.emulator import EmulatorApi
    from kyok.client.iam import IamApi
    from kyok.client.import_tokens import ImportTokensApi
    from kyok.client.key_policies import KeyPoliciesApi
    from kyok.client.key_rings import KeyRingsApi
    from kyok.client.keys import KeysApi
    from kyok.client.resources import ResourcesApi
    from kyok.client.states import StatesApi


class CloudApi:
    """A cloud's APIs over one session. Blocking and thread-safe.

    Each API is imported when it is used first: together they take longer than the first answer of the cloud.
    """

    def __init__(self, session: CloudSession) -> None:
        self.session = session

    @property
    def profile(self) -> Profile:
        """Where the cloud is."""
        return self.session.profile

    def close(self) -> None:
        """Close all connections."""
        self.session.close()

    @cached_property
    def iam(self) -> IamApi:
        """Identity, authorizations, roles."""
        from kyok.client.iam import IamApi

        return IamApi(self.session)

    @cached_property
    def api_keys(self) -> ApiKeysApi:
        """API keys of users."""
        from kyok.client.api_keys import ApiKeysApi

        return ApiKeysApi(self.session)

    @cached_property
    def resources(self) -> ResourcesApi:
        """Instances, groups, reclamations."""
        from kyok.client.resources import ResourcesApi

        return ResourcesApi(self.session)

    @cached_property
    def keys(self) -> KeysApi:
        """Keys of HPCS and Key Protect instances."""
        from kyok.client.keys import KeysApi

        return KeysApi(self.session)

    @cached_property
    def key_rings(self) -> KeyRingsApi:
        """Key rings of HPCS and Key Protect instances."""
        from kyok.client.key_rings import KeyRingsApi

        return KeyRingsApi(self.session)

    @cached_property
    def key_policies(self) -> KeyPoliciesApi:
        """Policies of single keys and of whole instances."""
        from kyok.client.key_policies import KeyPoliciesApi

        return KeyPoliciesApi(self.session)

    @cached_property
    def import_tokens(self) -> ImportTokensApi:
        """Tokens for an import that is encrypted on the way."""
        from kyok.client.import_tokens import ImportTokensApi

        return ImportTokensApi(self.session)

    @cached_property
    def crypto_units(self) -> CryptoUnitsApi:
        """Crypto units of HPCS instances."""
        from kyok.client.crypto_units import CryptoUnitsApi

        return CryptoUnitsApi(self.session)

    @cached_property
    def databases(self) -> DatabasesApi:
        """Database instances."""
        from kyok.client.databases import DatabasesApi

        return DatabasesApi(self.session)

    @cached_property
    def activity(self) -> ActivityApi:
        """The activity log."""
        from kyok.client.activity import ActivityApi

        return ActivityApi(self.session)

    @cached_property
    def emulator(self) -> EmulatorApi:
        """The emulated cloud itself."""
        from kyok.client.emulator import EmulatorApi

        return EmulatorApi(self.session)

    @cached_property
    def states(self) -> StatesApi:
        """Whole states of an emulated cloud."""
        from kyok.client.states import StatesApi

        return StatesApi(self.session)
