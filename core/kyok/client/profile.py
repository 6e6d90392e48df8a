"""Where a cloud's APIs are: the emulated cloud or IBM Cloud, told apart by their addresses alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from kyok.domain import services
from kyok.domain.crn import Crn

_PRIVATE_HOST = "localhost"
_DBAAS_HOSTS = {"us-south": "dbaas900", "us-east": "dbaas906", "eu-de": "dbaas902", "au-syd": "dbaas904"}


@dataclass(frozen=True, slots=True)
class Profile:
    """Base addresses without a slash at the end. Templates may hold `{guid}`, `{region}`, `{host}` and `{account}`.

    `emulator_url` is None for a real cloud: pages that need the private API hide then.
    """

    name: str
    kind: Literal["emulated", "ibm-cloud"]
    iam_url: str
    resource_controller_url: str
    catalog_url: str
    kms_urls: Mapping[str, str] = field(default_factory=dict)
    """Template by service name (`hs-crypto`, `kms`)."""
    dbaas_url: str = ""
    tke_url: str | None = None
    emulator_url: str | None = None
    tagging_url: str = ""

    @classmethod
    def emulated(cls, origin: str, name: str = "Emulated cloud") -> Profile:
        """The profile of an emulated cloud at this origin (`http://127.0.0.1:PORT`)."""
        origin = origin.rstrip("/")
        return cls(
            name=name,
            kind="emulated",
            iam_url=origin,
            resource_controller_url=origin,
            catalog_url=f"{origin}/api/v1",
            kms_urls=dict.fromkeys(services.KEY_SERVICES, origin),
            dbaas_url=f"{origin}/api/v3/{{account}}",
            tke_url=origin,
            emulator_url=origin,
            tagging_url=origin,
        )

    @classmethod
    def ibm_cloud(cls, name: str = "IBM Cloud") -> Profile:
        """The profile of IBM Cloud's public endpoints (reference/iam-and-resources.md 1, kms-api.md 1.1)."""
        return cls(
            name=name,
            kind="ibm-cloud",
            iam_url="https://iam.cloud.ibm.com",
            resource_controller_url="https://resource-controller.cloud.ibm.com",
            catalog_url="https://globalcatalog.cloud.ibm.com/api/v1",
            kms_urls={
                services.HS_CRYPTO: "https://{guid}.api.{region}.hs-crypto.appdomain.cloud",
                services.KMS: "https://{region}.kms.cloud.ibm.com",
            },
            dbaas_url="https://{host}.hyperp-dbaas.cloud.ibm.com:20000/api/v3/{account}",
            tagging_url="https://tags.global-search-tagging.cloud.ibm.com",
        )

    @property
    def has_emulator(self) -> bool:
        """Whether the private API is there."""
        return self.emulator_url is not None

    @property
    def private_url(self) -> str:
        """Where an emulated cloud is over its private network (docs/adr/0028); nothing for a real one."""
        if self.emulator_url is None:
            return ""
        origin = urlsplit(self.emulator_url)
        return f"{origin.scheme}://{_PRIVATE_HOST}" + (f":{origin.port}" if origin.port else "")

    @property
    def is_private(self) -> bool:
        """Whether an emulated cloud is reached over its private network, as `private_url` reaches it."""
        return self.emulator_url is not None and urlsplit(self.emulator_url).hostname == _PRIVATE_HOST

    def kms_url(self, instance: Crn) -> str:
        """Base address of the key management API of an HPCS or Key Protect instance."""
        template = self.kms_urls.get(instance.service, "")
        return template.replace("{guid}", instance.instance).replace("{region}", instance.location)

    def database_url(self, region: str, account: str) -> str:
        """Base address of the database API for an account in a region."""
        host = _DBAAS_HOSTS.get(region, _DBAAS_HOSTS["us-south"])
        return self.dbaas_url.replace("{host}", host).replace("{account}", account)
