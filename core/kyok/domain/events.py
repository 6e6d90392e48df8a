"""Activity: action names, severities, and the plain words of each event.

Sources: reference/kms-api.md section 6, reference/iam-and-resources.md section 8, reference/dbaas.md section 8. Ours,
not documented by anyone: `node.stop`, `node.start`, `node.promote`, `key.check`, `backup.create`, `backup.delete`,
`data-key.*`, `tag.*`, and everything of the prefix `kyok`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from kyok.domain.services import DBAAS_POSTGRESQL
from kyok.domain.translation import noted, tr


class Outcome(StrEnum):
    """How it ended."""

    SUCCESS = "success"
    FAILURE = "failure"
    PENDING = "pending"

    @property
    def word(self) -> str:
        """What people read."""
        return {"success": tr("Success"), "failure": tr("Failed"), "pending": tr("Pending")}[self.value]


class Severity(StrEnum):
    """How much attention it deserves. Only critical gets a pill."""

    NORMAL = "normal"
    WARNING = "warning"
    CRITICAL = "critical"

    @property
    def word(self) -> str:
        """What people read."""
        return {"normal": tr("Normal"), "warning": tr("Warning"), "critical": tr("Critical")}[self.value]


_WORDS: dict[str, tuple[str, str]] = {
    # object.verb without service prefix: (what happened, what was attempted)
    "secrets.create": (noted("Key created"), noted("Create key")),
    "secrets.import": (noted("Key imported"), noted("Import key")),
    "secrets.list": (noted("Keys listed"), noted("List keys")),
    "secrets.head": (noted("Keys counted"), noted("Count keys")),
    "secrets.read": (noted("Key read"), noted("Read key")),
    "secrets-metadata.read": (noted("Key details read"), noted("Read key details")),
    "secrets-key-versions.list": (noted("Key versions listed"), noted("List key versions")),
    "secrets.wrap": (noted("Data key wrapped"), noted("Wrap")),
    "secrets.unwrap": (noted("Data key unwrapped"), noted("Unwrap")),
    "secrets.rewrap": (noted("Data key rewrapped"), noted("Rewrap")),
    "secrets.rotate": (noted("Key rotated"), noted("Rotate key")),
    "secrets.disable": (noted("Key disabled"), noted("Disable key")),
    "secrets.enable": (noted("Key enabled"), noted("Enable key")),
    "secrets.delete": (noted("Key deleted"), noted("Delete key")),
    "secrets.restore": (noted("Key restored"), noted("Restore key")),
    "secrets.purge": (noted("Key purged"), noted("Purge key")),
    "secrets.patch": (noted("Key moved to another ring"), noted("Change key")),
    "secrets.expire": (noted("Key expired"), noted("Expire key")),
    "secrets.sync": (noted("Users of the key notified"), noted("Notify the users of the key")),
    "secrets.setkeyfordeletion": (noted("Key set for deletion"), noted("Set key for deletion")),
    "secrets.unsetkeyfordeletion": (
        noted("Authorization to delete the key cancelled"),
        noted("Cancel the authorization to delete"),
    ),
    "secrets-with-policy-overrides.create": (noted("Key created with policies"), noted("Create key with policies")),
    "secrets-alias.create": (noted("Key alias created"), noted("Create key alias")),
    "secrets-alias.delete": (noted("Key alias deleted"), noted("Delete key alias")),
    "key-rings.create": (noted("Key ring created"), noted("Create key ring")),
    "key-rings.delete": (noted("Key ring deleted"), noted("Delete key ring")),
    "key-rings.list": (noted("Key rings listed"), noted("List key rings")),
    "policies.read": (noted("Key policies read"), noted("Read key policies")),
    "policies.write": (noted("Key policies changed"), noted("Change key policies")),
    "instance-policies.read": (noted("Instance policies read"), noted("Read instance policies")),
    "instance-policies.write": (noted("Instance policies changed"), noted("Change instance policies")),
    "instance-allowed-ip-port.read": (
        noted("Port for allowed addresses read"),
        noted("Read port for allowed addresses"),
    ),
    "import-token.create": (noted("Import token created"), noted("Create import token")),
    "import-token.read": (noted("Import token retrieved"), noted("Retrieve import token")),
    "secrets-event.ack": (noted("Key event acknowledged"), noted("Acknowledge key event")),
    "secrets.default": (noted("Invalid key request"), noted("Key request")),
    "registrations.create": (noted("Key registered to a resource"), noted("Register key")),
    "registrations.merge": (noted("Key registration changed"), noted("Change key registration")),
    "registrations.write": (noted("Key registration replaced"), noted("Replace key registration")),
    "registrations.delete": (noted("Key registration removed"), noted("Remove key registration")),
    "registrations.list": (noted("Associated resources listed"), noted("List associated resources")),
    "tke-cryptounit-admin.add": (noted("Crypto unit administrator added"), noted("Add crypto unit administrator")),
    "tke-cryptounit-threshold.set": (noted("Signature thresholds set"), noted("Set signature thresholds")),
    "tke-cryptounit-master-key-register.add": (noted("Master key loaded"), noted("Load master key")),
    "tke-cryptounit-master-key-register.commit": (noted("Master key committed"), noted("Commit master key")),
    "tke-cryptounit-master-key-register.activate": (noted("Master key activated"), noted("Activate master key")),
    "tke-cryptounit.reset": (noted("Crypto units zeroized"), noted("Zeroize crypto units")),
    "tke-cryptounit.read": (noted("Crypto units read"), noted("Read crypto units")),
    "policy.create": (noted("Authorization created"), noted("Create authorization")),
    "policy.update": (noted("Authorization changed"), noted("Change authorization")),
    "policy.delete": (noted("Authorization removed"), noted("Remove authorization")),
    "policy.read": (noted("Authorization read"), noted("Read authorization")),
    "policy.list": (noted("Authorizations listed"), noted("List authorizations")),
    "role.list": (noted("Roles listed"), noted("List roles")),
    "user-apikey.login": (noted("Signed in with an API key"), noted("Sign in with an API key")),
    "user-apikey.create": (noted("API key created"), noted("Create API key")),
    "user-apikey.update": (noted("API key changed"), noted("Change API key")),
    "user-apikey.disable": (noted("API key disabled"), noted("Disable API key")),
    "user-apikey.enable": (noted("API key enabled"), noted("Enable API key")),
    "user-apikey.delete": (noted("API key deleted"), noted("Delete API key")),
    "user-apikey.list": (noted("API keys listed"), noted("List API keys")),
    "user-apikey.read": (noted("API key read"), noted("Read API key")),
    "user.list": (noted("Users listed"), noted("List users")),
    "service.login": (noted("Service token issued"), noted("Issue service token")),
    "instance.create": (noted("Instance created"), noted("Create instance")),
    "instance.update": (noted("Instance changed"), noted("Change instance")),
    "instance.delete": (noted("Instance deleted"), noted("Delete instance")),
    "instance.restore": (noted("Instance restored"), noted("Restore instance")),
    "instance.reclaim": (noted("Instance deleted for good"), noted("Delete instance for good")),
    "instance.read": (noted("Instance read"), noted("Read instance")),
    "instance.list": (noted("Instances listed"), noted("List instances")),
    "reclamation.restore": (noted("Instance restored"), noted("Restore or end instance")),
    "reclamation.read": (noted("Reclamations listed"), noted("List reclamations")),
    "group.create": (noted("Resource group created"), noted("Create resource group")),
    "group.update": (noted("Resource group renamed"), noted("Rename resource group")),
    "group.delete": (noted("Resource group deleted"), noted("Delete resource group")),
    "group.read": (noted("Resource groups listed"), noted("List resource groups")),
    "tag.attach": (noted("Tags added"), noted("Add tags")),
    "tag.detach": (noted("Tags removed"), noted("Remove tags")),
    "tag.update": (noted("Tags changed"), noted("Change tags")),
    "tag.list": (noted("Tags listed"), noted("List tags")),
    "entry.read": (noted("Catalog read"), noted("Read catalog")),
    "cluster.create": (noted("Database cluster created"), noted("Create database cluster")),
    "cluster.delete": (noted("Database cluster deleted"), noted("Delete database cluster")),
    "cluster.read": (noted("Database cluster read"), noted("Read database cluster")),
    "database.restore": (noted("Backup restored"), noted("Restore backup")),
    "backup.create": (noted("Backup taken"), noted("Take backup")),
    "backup.delete": (noted("Backup expired"), noted("Remove backup")),
    "node.stop": (noted("Nodes stopped"), noted("Stop nodes")),
    "node.start": (noted("Nodes started"), noted("Start nodes")),
    "node.create": (noted("Nodes created"), noted("Create nodes")),
    "node.promote": (noted("Primary changed"), noted("Change primary")),
    "configuration.update": (noted("Configuration changed"), noted("Change configuration")),
    "configuration.read": (noted("Configuration read"), noted("Read configuration")),
    "resource.scale": (noted("Nodes scaled"), noted("Scale nodes")),
    "logs.list": (noted("Log files listed"), noted("List log files")),
    "log.get": (noted("Log file downloaded"), noted("Download log file")),
    "clear-data.erase": (noted("Clear data erased"), noted("Erase clear data")),
    "sample-rows.create": (noted("Sample rows added"), noted("Add sample rows")),
    "key.check": (noted("Key check"), noted("Key check")),
    "data-key.create": (noted("Data key created"), noted("Create data key")),
    "data-key.destroy": (noted("Data key destroyed"), noted("Destroy data key")),
    "clock.update": (noted("Clock turned forward"), noted("Turn clock")),
    "fault.create": (noted("Fault started"), noted("Start fault")),
    "fault.delete": (noted("Fault ended"), noted("End fault")),
    "settings.update": (noted("Settings changed"), noted("Change settings")),
    "identities.update": (noted("Identities changed"), noted("Change identities")),
    "identity.login": (noted("Signed in as somebody else"), noted("Sign in as somebody else")),
    "scenario.load": (noted("Scenario loaded"), noted("Load scenario")),
    "cloud.reset": (noted("Cloud reset"), noted("Reset cloud")),
    "cloud.create": (noted("Cloud set up"), noted("Set up cloud")),
    "cloud.read": (noted("Cloud looked at"), noted("Look at cloud")),
    "clock.read": (noted("Clock read"), noted("Read clock")),
    "settings.read": (noted("Settings read"), noted("Read settings")),
    "identities.read": (noted("Identities read"), noted("Read identities")),
    "fault.list": (noted("Faults listed"), noted("List faults")),
    "scenario.read": (noted("Scenario read"), noted("Read scenario")),
    "scenario.save": (noted("Present state saved as a scenario"), noted("Save scenario")),
    "snapshot.list": (noted("Snapshots listed"), noted("List snapshots")),
    "snapshot.create": (noted("Snapshot made"), noted("Make snapshot")),
    "snapshot.return": (noted("Returned to a snapshot"), noted("Return to snapshot")),
    "snapshot.delete": (noted("Snapshot deleted"), noted("Delete snapshot")),
    "cloud.export": (noted("Cloud exported"), noted("Export cloud")),
    "cloud.import": (noted("Cloud imported"), noted("Import cloud")),
    "scenario.list": (noted("Scenarios listed"), noted("List scenarios")),
    "changes.read": (noted("Changes read"), noted("Read changes")),
    "activity.list": (noted("Activity searched"), noted("Search activity")),
    "activity.read": (noted("Activity event read"), noted("Read activity event")),
    "lease.update": (noted("Console attached"), noted("Attach console")),
    "lease.delete": (noted("Console detached"), noted("Detach console")),
}

_ONE_NODE = {
    "node.stop": (noted("Node stopped"), noted("Stop node")),
    "node.start": (noted("Node started"), noted("Start node")),
    "node.create": (noted("Node created"), noted("Create node")),
}
"""The words where a single node did it."""

_A_NODE = re.compile(r"Node \d+")
_CRITICAL_STATUS = frozenset({401, 403, 500, 503, 507})
_WARNING_STATUS = frozenset({400, 409, 424, 502, 504, 505})
_CRITICAL = frozenset(
    {
        "secrets.delete",
        "secrets.purge",
        "registrations.delete",
        "policy.delete",
        "instance.delete",
        "instance.reclaim",
        "cluster.delete",
        "node.stop",
        "data-key.destroy",
        "cloud.reset",
    }
)
_WARNING = frozenset(
    {
        "secrets.rotate",
        "secrets.restore",
        "secrets.enable",
        "secrets.disable",
        "secrets.setkeyfordeletion",
        "secrets.unsetkeyfordeletion",
        "policies.write",
        "instance-policies.write",
        "policy.create",
        "policy.update",
        "instance.restore",
        "fault.create",
        "settings.update",
    }
)

KEY_CHECK_PASSED = f"{DBAAS_POSTGRESQL}.key.check"
"""The action under which passed key checks are counted; lists fold them away."""


def kind_of(action: str) -> str:
    """`secrets.disable` of `hs-crypto.secrets.disable`: the action without its service."""
    return ".".join(action.split(".")[-2:])


@lru_cache(1024)
def severity(action: str, status: int | None = None) -> Severity:
    """Status first, then action; everything of the crypto units is critical. `status` is an HTTP status."""
    kind = kind_of(action)
    if kind.startswith("tke-") and kind != "tke-cryptounit.read":
        return Severity.CRITICAL
    if status in _CRITICAL_STATUS:
        return Severity.CRITICAL
    if status in _WARNING_STATUS:
        return Severity.WARNING
    if status is not None and status >= 400:
        return Severity.NORMAL
    if kind in _CRITICAL:
        return Severity.CRITICAL
    return Severity.WARNING if kind in _WARNING else Severity.NORMAL


def title(
    action: str,
    outcome: Outcome | str = Outcome.SUCCESS,
    status: int | None = None,
    detail: str = "",
    *,
    by: str = "",
) -> str:
    """What happened in plain words: `Key disabled`, `Unwrap denied (401)`, `Nodes stopped: not authorized`.

    `detail` is added when it was done: a reason after a colon, `to version 3` without. `by` is who did it: what
    `Node 1` does, one node does.
    """
    kind = kind_of(action)
    noted_words = (_ONE_NODE.get(kind) if _A_NODE.fullmatch(by) else None) or _WORDS.get(kind)
    done, attempted = (action, action) if noted_words is None else (tr(noted_words[0]), tr(noted_words[1]))
    if outcome == Outcome.FAILURE:
        denied = status in (401, 403, 409, 410)
        text = (
            tr("{attempted} denied", attempted=attempted) if denied else tr("{attempted} failed", attempted=attempted)
        )
        return text + (f" ({status})" if status else "")
    text = done if outcome == Outcome.SUCCESS else tr("{attempted} started", attempted=attempted)
    if detail.startswith("to "):
        return f"{text} {detail}"
    return f"{text}: {detail}" if detail else text
