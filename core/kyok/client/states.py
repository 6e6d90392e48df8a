"""Whole states of an emulated cloud: scenario files, snapshots, export and import."""

from __future__ import annotations

from urllib.parse import quote

from kyok.client.decode import decode, decode_all
from kyok.client.records.states import Exported, PresentState, ScenarioContent, Snapshot
from kyok.client.session import CloudSession
from kyok.secrets import Secret

LONG_SECONDS = 120.0
"""How long an answer may take: large scenarios and real nodes need a while."""


class StatesApi:
    """What replaces or keeps everything. Every call raises `NeedsEmulator` on a profile of a real cloud."""

    def __init__(self, session: CloudSession) -> None:
        self._session = session

    # Scenario files --------------------------------------------------------------------------------------------------

    def scenario_file(self, name: str) -> bytes:
        """The file of a scenario that the cloud offers."""
        return self._session.call("emulator", "GET", f"/emulator/v1/scenarios/{quote(name, safe='')}").content

    def check_scenario(self, content: bytes) -> ScenarioContent:
        """What a scenario file would make; 400 SCENARIO_INVALID names the mistake and its place."""
        body = self._session.request(
            "emulator", "POST", "/emulator/v1/scenarios", params={"check": "true"}, raw=content
        )
        return decode(ScenarioContent, body)

    def load_scenario(self, content: bytes) -> dict[str, str]:
        """Replace the whole state by a scenario file; instance GUIDs by name."""
        body = self._session.request(
            "emulator", "POST", "/emulator/v1/scenarios", raw=content, read_seconds=LONG_SECONDS
        )
        return {str(key): str(value) for key, value in (body.get("instances") or {}).items()}

    def present_state(self, title: str) -> PresentState:
        """The present state as a scenario file, and what is left out of it."""
        body = self._session.request("emulator", "GET", "/emulator/v1/state", params={"title": title})
        return decode(PresentState, body)

    # Snapshots -------------------------------------------------------------------------------------------------------

    def snapshots(self) -> tuple[Snapshot, ...]:
        """The snapshots in the data folder, newest first."""
        return decode_all(Snapshot, self._session.request("emulator", "GET", "/emulator/v1/snapshots").get("snapshots"))

    def make_snapshot(self, name: str) -> Snapshot:
        """Keep the whole state as it is now; nodes are stopped for it and started again."""
        body = self._session.request(
            "emulator", "POST", "/emulator/v1/snapshots", json={"name": name}, read_seconds=LONG_SECONDS
        )
        return decode(Snapshot, body)

    def return_to(self, snapshot_id: str) -> None:
        """Put the state of a snapshot in the place of the present one."""
        path = f"/emulator/v1/snapshots/{quote(snapshot_id, safe='')}/return"
        self._session.call("emulator", "POST", path, json={}, read_seconds=LONG_SECONDS)

    def delete_snapshot(self, snapshot_id: str) -> None:
        """Destroy a snapshot."""
        self._session.call("emulator", "DELETE", f"/emulator/v1/snapshots/{quote(snapshot_id, safe='')}")

    # Export and import -----------------------------------------------------------------------------------------------

    def export(self, path: str, passphrase: Secret) -> Exported:
        """Have the cloud write the whole state into a sealed file at `path` of its own machine."""
        body = {"path": path, "passphrase": passphrase.text()}
        answer = self._session.request("emulator", "POST", "/emulator/v1/export", json=body, read_seconds=LONG_SECONDS)
        return decode(Exported, answer)

    def import_file(self, path: str, passphrase: Secret) -> Exported:
        """Replace the whole state by that of a sealed file on the cloud's machine; the API key stays the same."""
        body = {"path": path, "passphrase": passphrase.text(), "replace": True}
        answer = self._session.request("emulator", "POST", "/emulator/v1/import", json=body, read_seconds=LONG_SECONDS)
        return decode(Exported, answer)
