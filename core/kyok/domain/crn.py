"""Cloud Resource Names, the ten-segment addresses of everything in the cloud.

Source of the grammar: IBM docs, page "crn"; see reference/iam-and-resources.md section 6.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kyok.errors import KyokError

SEGMENTS = 10
"""Number of segments of a CRN, `crn` and `v1` included."""


class InvalidCrn(KyokError):
    """A text that should be a CRN is not one."""

    summary = "This is not a cloud resource name (CRN)."
    remedy = "Copy the CRN from the resource's details: it starts with crn:v1: and has ten parts separated by colons."


@dataclass(frozen=True, slots=True)
class Crn:
    """One CRN. Empty segments are empty texts; `resource` may itself hold colons and slashes."""

    cname: str = "bluemix"
    ctype: str = "public"
    service: str = ""
    location: str = ""
    scope: str = ""
    instance: str = ""
    resource_type: str = ""
    resource: str = ""

    @classmethod
    def parse(cls, text: str) -> Crn:
        """The CRN a text stands for; raises `InvalidCrn` when it is none."""
        parts = text.strip().split(":", SEGMENTS - 1)
        if len(parts) != SEGMENTS or parts[0] != "crn" or parts[1] != "v1" or not parts[4]:
            raise InvalidCrn()
        return cls(*parts[2:])

    @classmethod
    def of_instance(cls, service: str, location: str, account: str, guid: str) -> Crn:
        """The CRN of a service instance."""
        return cls(service=service, location=location, scope=f"a/{account}" if account else "", instance=guid)

    @classmethod
    def of_resource_group(cls, account: str, group: str) -> Crn:
        """The CRN of a resource group."""
        return cls(
            service="resource-controller",
            location="global",
            scope=f"a/{account}",
            resource_type="resource-group",
            resource=group,
        )

    @classmethod
    def of_account(cls, service: str, account: str) -> Crn:
        """What an action on a whole account is decided against, for example creating an instance of `service`."""
        return cls(service=service, location="global", scope=f"a/{account}")

    @property
    def account(self) -> str:
        """Account id of the scope, or an empty text for scopes that are no account."""
        kind, _, value = self.scope.partition("/")
        return value if kind == "a" else ""

    @property
    def instance_crn(self) -> Crn:
        """The CRN of the instance this resource belongs to; the CRN itself when it is an instance."""
        return replace(self, resource_type="", resource="")

    @property
    def is_instance(self) -> bool:
        """Whether this names a whole service instance."""
        return bool(self.instance) and not self.resource_type and not self.resource

    def with_resource(self, resource_type: str, resource: str) -> Crn:
        """The CRN of a resource inside this instance, for example `with_resource("key", key_id)`."""
        return replace(self, resource_type=resource_type, resource=resource)

    def __str__(self) -> str:
        return ":".join(
            (
                "crn",
                "v1",
                self.cname,
                self.ctype,
                self.service,
                self.location,
                self.scope,
                self.instance,
                self.resource_type,
                self.resource,
            )
        )
