"""Which keys of the list are shown: by type, state and key ring."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kyok.domain.key_states import KeyState
from kyok.domain.translation import noted, tr
from kyok_gui.pages.keys.rows import KeyRow
from kyok_gui.widgets import MenuEntry

WAITING = "waiting"
"""The filter of keys whose deletion waits for a second person."""
_TYPES = (("root", noted("Root keys")), ("standard", noted("Standard keys")), ("", noted("All types")))
_CHIPS = {"root": noted("Type: Root key"), "standard": noted("Type: Standard key")}
_NOUNS = {"root": (noted("root key"), noted("root keys")), "standard": (noted("standard key"), noted("standard keys"))}
_STATE, _RING = "state:", "ring:"


def _states() -> list[tuple[str, str]]:
    found = [(str(int(state)), state.word) for state in KeyState if state is not KeyState.PRE_ACTIVE]
    return [*found, (WAITING, tr("Set for deletion"))]


@dataclass(frozen=True, slots=True)
class Sieve:
    """What is shown: which type ("root", "standard" or "" for both), which state ("" for all), which key ring ("" for
    all), and destroyed ones or not. A filter for destroyed keys shows them.
    """

    type: str = "root"
    destroyed: bool = False
    state: str = ""
    ring: str = ""

    def of_type(self, row: KeyRow) -> bool:
        """Whether a key has the type that is shown."""
        return not self.type or row.key.standard == (self.type == "standard")

    def shows(self, row: KeyRow) -> bool:
        """Whether a key is shown."""
        return bool(self.sift([row]))

    @property
    def with_destroyed(self) -> bool:
        """Whether destroyed keys may be among the ones shown."""
        return self.destroyed or self.state == str(int(KeyState.DESTROYED))

    def sift(self, rows: Iterable[KeyRow]) -> list[KeyRow]:
        """The rows that are shown; ten thousand at once, so in one plain pass for each filter in force."""
        either, standard, destroyed = not self.type, self.type == "standard", self.with_destroyed
        found = [
            row
            for row in rows
            if (either or row.key.standard == standard) and (destroyed or row.key.state is not KeyState.DESTROYED)
        ]
        if self.state == WAITING:
            found = [row for row in found if row.key.dual_auth.set_for_deletion]
        elif self.state:
            state = KeyState(int(self.state))
            found = [row for row in found if row.key.state is state]
        return [row for row in found if row.key.ring == self.ring] if self.ring else found

    @property
    def chips(self) -> dict[str, str]:
        """The words of each filter in force, by what it filters."""
        states = dict(_states())
        found = {
            "type": tr(_CHIPS[self.type]) if self.type in _CHIPS else "",
            "state": tr("State: {state}", state=states[self.state]) if self.state else "",
            "ring": tr("Key ring: {ring}", ring=self.ring) if self.ring else "",
        }
        return {name: words for name, words in found.items() if words}

    def without(self, name: str) -> Sieve:
        """The same with one filter taken away."""
        empty = {"type": replace(self, type=""), "state": replace(self, state=""), "ring": replace(self, ring="")}
        return empty[name]

    def chosen(self, entry: str) -> Sieve:
        """The same with what was chosen in the menu; choosing it again takes it away."""
        if entry.startswith(_STATE):
            state = entry.removeprefix(_STATE)
            return replace(self, state="" if state == self.state else state)
        if entry.startswith(_RING):
            ring = entry.removeprefix(_RING)
            return replace(self, ring="" if ring == self.ring else ring)
        return replace(self, type=entry)

    def entries(self, rings: Iterable[str]) -> list[MenuEntry]:
        """The menu of filters; those in force have a tick."""

        def entry(entry_id: str, title: str, on: bool, rule: bool = False) -> MenuEntry:
            return MenuEntry(entry_id, title, icon="checkmark" if on else "", rule_above=rule)

        found = [entry(kind, tr(noted_title), kind == self.type) for kind, noted_title in _TYPES]
        for place, (state, word) in enumerate(_states()):
            found.append(entry(f"{_STATE}{state}", tr("State: {word}", word=word), state == self.state, not place))
        for place, ring in enumerate(sorted(rings)):
            found.append(entry(f"{_RING}{ring}", tr("Key ring: {ring}", ring=ring), ring == self.ring, not place))
        return found

    @property
    def noun(self) -> tuple[str, str]:
        """What the rows shown are called, one and many."""
        return _NOUNS.get(self.type, ("key", "keys"))
