"""The emulated cloud itself: clock, faults, scenarios, change feed, settings, identities, usage, leases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from kyok.client.decode import decode, decode_all
from kyok.client.records.access import Identities
from kyok.client.records.emulator import (
    About,
    Changes,
    ClockState,
    CloudSettings,
    Coming,
    Fault,
    InstanceUsage,
    KeyUsage,
    Scenario,
    ScenarioLoading,
)
from kyok.client.session import CloudSession
from kyok.client.transport import READ_SECONDS
from kyok.domain.cluster import FaultKind
from kyok.domain.rights import Decision, Question

WAIT_SECONDS = 25.0
"""Longest wait of the change feed."""
LEASE_RENEWAL_SECONDS = 10.0
"""How often a console renews its lease, which lives 30 seconds."""


class EmulatorApi:
    """What no IBM API offers. Every call raises `NeedsEmulator` on a profile of a real cloud."""

    def __init__(self, session: CloudSession) -> None:
        self._session = session

    @property
    def available(self) -> bool:
        """Whether there is an emulated cloud behind the session."""
        return self._session.profile.has_emulator

    def about(self) -> About:
        """Version, account and node driver."""
        return decode(About, self._get("/about"))

    def clock(self) -> ClockState:
        """The service clock."""
        return decode(ClockState, self._get("/clock"))

    def set_clock(self, offset: timedelta) -> ClockState:
        """Set the offset to wall time; only forward (409 CLOCK_ONLY_FORWARD)."""
        return decode(ClockState, self._send("PUT", "/clock", {"offset_seconds": offset.total_seconds()}))

    def advance_clock(self, by: timedelta) -> ClockState:
        """Turn the clock forward by this much."""
        return decode(ClockState, self._send("PUT", "/clock", {"advance_seconds": by.total_seconds()}))

    def forecast(self, ahead: timedelta) -> tuple[Coming, ...]:
        """What turning the clock forward by this much will make happen, earliest first."""
        params = {"advance_seconds": f"{ahead.total_seconds():g}"}
        body = self._session.request("emulator", "GET", "/emulator/v1/clock/forecast", params=params)
        return decode_all(Coming, body.get("coming"))

    def faults(self) -> tuple[Fault, ...]:
        """The faults in force."""
        return decode_all(Fault, self._get("/faults").get("faults"))

    def start_fault(self, kind: FaultKind | str, target: Mapping[str, Any]) -> Fault:
        """Start a fault; see `cut_zone`, `cut_hsm`, `stop_node` and `kill_node`."""
        return decode(Fault, self._send("POST", "/faults", {"kind": str(kind), "target": dict(target)}))

    def cut_zone(self, zone: str, instance: str = "") -> Fault:
        """Cut a zone off from one HPCS instance (GUID), or from every one."""
        return self.start_fault(FaultKind.ZONE_CUT, {"zone": zone, **({"instance": instance} if instance else {})})

    def cut_hsm(self, instance: str) -> Fault:
        """Cut an HPCS instance (GUID) off from everybody."""
        return self.start_fault(FaultKind.HSM_CUT, {"instance": instance})

    def stop_node(self, database: str, node: int) -> Fault:
        """Stop one node of a database (GUID, number) until the fault ends."""
        return self.start_fault(FaultKind.NODE_STOP, {"database": database, "node": node})

    def kill_node(self, database: str, node: int) -> None:
        """Kill the server of a node (kill -9), once; nothing is left to end, the node comes back by itself."""
        self.start_fault(FaultKind.NODE_KILL, {"database": database, "node": node})

    def delay_keys(self, milliseconds: int, instance: str = "") -> Fault:
        """Have requests to one key service instance (GUID), or to every one, arrive late."""
        return self.start_fault(FaultKind.LATENCY, _measured(instance, milliseconds=milliseconds))

    def fail_keys(self, percent: int, instance: str = "") -> Fault:
        """Have some of a hundred requests to one key service instance (GUID), or to every one, fail."""
        return self.start_fault(FaultKind.ERRORS, _measured(instance, percent=percent))

    def end_faults(self) -> int:
        """End every fault; how many there were."""
        return int(self._session.request("emulator", "DELETE", "/emulator/v1/faults").get("ended", 0))

    def end_fault(self, fault_id: str) -> None:
        """End a fault."""
        self._session.call("emulator", "DELETE", f"/emulator/v1/faults/{quote(fault_id, safe='')}")

    def scenarios(self) -> tuple[Scenario, ...]:
        """States that can be loaded."""
        return decode_all(Scenario, self._get("/scenarios").get("scenarios"))

    def scenario_loading(self) -> ScenarioLoading | None:
        """How far the scenario is that is being loaded, by whomever; None while none is."""
        found = self._get("/scenarios").get("loading")
        return decode(ScenarioLoading, found) if found else None

    def load_scenario(self, name: str) -> dict[str, str]:
        """Replace the whole state by a scenario; instance GUIDs by name."""
        body = self._send("POST", f"/scenarios/{quote(name, safe='')}", {}, read_seconds=120)
        return {str(key): str(value) for key, value in (body.get("instances") or {}).items()}

    def reset(self) -> None:
        """Back to an empty account; identity and API key stay."""
        self._send("POST", "/reset", {}, read_seconds=120)

    def changes(self, after: int | None = None, wait: float = WAIT_SECONDS) -> Changes:
        """What changed after a sequence number; waits for something. Without `after`: where to start, at once."""
        params = {"after": after, "wait": f"{wait:g}" if after is not None else None}
        body = self._session.request(
            "emulator", "GET", "/emulator/v1/changes", params=params, read_seconds=READ_SECONDS + wait
        )
        return decode(Changes, body)

    def settings(self) -> CloudSettings:
        """The cloud's settings."""
        return decode(CloudSettings, self._get("/settings"))

    def change_settings(self, **values: object) -> CloudSettings:
        """Change some settings; names and ranges are those of `kyok.settings.CLOUD_SETTINGS`."""
        body = {name: str(value) if isinstance(value, str) else value for name, value in values.items()}
        return decode(CloudSettings, self._send("PUT", "/settings", body))

    def identities(self) -> Identities:
        """Accounts and their users."""
        return decode(Identities, self._get("/identities"))

    def put_identities(self, accounts: list[dict[str, Any]]) -> dict[str, Any]:
        """Create or change accounts and users; the raw answer, which holds new API keys this once."""
        return self._send("PUT", "/identities", {"accounts": accounts})

    def decisions(self, questions: Sequence[Question]) -> tuple[Decision, ...]:
        """What the signed-in person may do, answer by answer in the order of the questions."""
        body = {"questions": [{name: text for name, text in asdict(one).items() if text} for one in questions]}
        return decode_all(Decision, self._send("POST", "/decisions", body).get("decisions"))

    def usage(self) -> tuple[InstanceUsage, ...]:
        """Units, initialisation and key counts of every key instance."""
        return decode_all(InstanceUsage, self._get("/usage").get("instances"))

    def key_usage(self, instance_guid: str, key_id: str) -> KeyUsage:
        """Who uses a key and when it was unwrapped last: what deleting it would break."""
        return decode(KeyUsage, self._get(f"/usage/{quote(instance_guid, safe='')}/keys/{quote(key_id, safe='')}"))

    def hold_lease(self, lease_id: str) -> float:
        """Create or renew a lease; how long it lives, seconds."""
        body = self._send("PUT", f"/leases/{quote(lease_id, safe='')}", {})
        return float(body.get("ttl_seconds") or 0)

    def drop_lease(self, lease_id: str) -> None:
        """Give a lease back."""
        self._session.call("emulator", "DELETE", f"/emulator/v1/leases/{quote(lease_id, safe='')}")

    def _get(self, path: str) -> dict[str, Any]:
        return self._session.request("emulator", "GET", f"/emulator/v1{path}")

    def _send(
        self, method: str, path: str, body: Mapping[str, Any], read_seconds: float = READ_SECONDS
    ) -> dict[str, Any]:
        return self._session.request(
            "emulator", method, f"/emulator/v1{path}", json=dict(body), read_seconds=read_seconds
        )


def _measured(instance: str, **measure: int) -> dict[str, Any]:
    return {**({"instance": instance} if instance else {}), **measure}
