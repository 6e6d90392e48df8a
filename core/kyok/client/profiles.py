"""The clouds that a console knows: the emulated one of its own home, others at an address, and IBM Cloud.

Kept in a small file of the home, without any secret: API keys lie in the operating system's keyring (`kyok.secrets`).
The console reads it before its first frame, so importing this is cheap.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from kyok.domain.translation import tr
from kyok.errors import KyokError

if TYPE_CHECKING:
    from kyok.client.profile import Profile

Kind = Literal["local", "url", "ibm-cloud"]
_KINDS: tuple[Kind, ...] = ("local", "url", "ibm-cloud")
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_LONGEST = 60


class ProfileRefused(KyokError):
    """A profile that cannot be kept or used."""

    summary = "This profile cannot be kept."
    remedy = "Change what the sentence names."


@dataclass(frozen=True, slots=True)
class KnownProfile:
    """One cloud that the console can connect to. `url` only for an emulated cloud at an address."""

    id: str
    kind: Kind
    name: str
    url: str = ""
    ask_key: bool = False
    """The API key is not kept anywhere: it is asked for at each start."""

    @property
    def real(self) -> bool:
        """Whether it is no emulated cloud."""
        return self.kind == "ibm-cloud"

    @property
    def host(self) -> str:
        """Where it answers, for texts."""
        return urlsplit(self.endpoints().iam_url).netloc if self.kind != "local" else ""

    def endpoints(self) -> Profile:
        """Its addresses. The local cloud's are known only when it runs."""
        from kyok.client.profile import Profile

        if self.kind == "ibm-cloud":
            return Profile.ibm_cloud(self.name)
        return Profile.emulated(self.url, self.name)


LOCAL = KnownProfile("local", "local", "Emulated cloud on this machine")


def checked_url(text: str) -> str:
    """The address of an emulated cloud, as `scheme://host:port`.

    Raises:
        ProfileRefused: it is no address, or the API key would travel readable.
    """
    try:
        parts = urlsplit(text.strip())
        parts.port  # noqa: B018 - a port that is none raises here
    except ValueError as error:
        raise ProfileRefused(tr("This is not an address."), tr("Write it as http://127.0.0.1:8080.")) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query:
        raise ProfileRefused(tr("This is not an address."), tr("Write it as http://127.0.0.1:8080."))
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise ProfileRefused(
            tr("Over http the API key could be read on its way to another machine."),
            tr("Use https, or a tunnel to 127.0.0.1."),
        )
    return f"{parts.scheme}://{parts.netloc}"


class Profiles:
    """The list, the one in use, and the file that keeps both. A file that makes no sense counts as none."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._active, self._others = self._read()

    @property
    def all(self) -> tuple[KnownProfile, ...]:
        """Every profile, the local one first."""
        return (LOCAL, *self._others)

    @property
    def active(self) -> KnownProfile:
        """The one in use."""
        return self.find(self._active) or LOCAL

    def find(self, profile_id: str) -> KnownProfile | None:
        """A profile by its id."""
        return next((one for one in self.all if one.id == profile_id), None)

    def drafted(self, kind: Kind, name: str, url: str = "", *, ask_key: bool = False) -> KnownProfile:
        """A new profile, checked and not kept yet.

        Raises:
            ProfileRefused: the name is empty, too long or taken, or the address is none.
        """
        name = name.strip()
        if not name or len(name) > _LONGEST:
            raise ProfileRefused(tr("A profile needs a name of {longest} characters at most.", longest=_LONGEST))
        if name.lower() in {one.name.lower() for one in self.all}:
            raise ProfileRefused(tr("There is a profile “{name}” already.", name=name), tr("Choose another name."))
        address = checked_url(url) if kind == "url" else ""
        return KnownProfile(os.urandom(6).hex(), kind, name, address, ask_key)

    def add(self, profile: KnownProfile) -> None:
        """Keeps a drafted profile. Raises `ProfileRefused` when the file cannot be written."""
        self._write(self._active, (*self._others, profile))

    def use(self, profile_id: str) -> KnownProfile:
        """Makes a profile the one that a console connects to, also at its next start."""
        found = self.find(profile_id)
        if found is None:
            raise ProfileRefused(tr("This profile is gone."), tr("Choose another one."))
        self._write(found.id, self._others)
        return found

    def remove(self, profile_id: str) -> None:
        """Forgets a profile; the one in use and the local one stay."""
        if profile_id in (LOCAL.id, self._active):
            raise ProfileRefused(tr("The profile in use cannot be removed."), tr("Use another one first."))
        self._write(self._active, tuple(one for one in self._others if one.id != profile_id))

    def _read(self) -> tuple[str, tuple[KnownProfile, ...]]:
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
            others = [_known(one) for one in kept["profiles"]]
            return str(kept["active"]), tuple(one for one in others if one is not None)
        except (OSError, ValueError, KeyError, TypeError):
            return LOCAL.id, ()

    def _write(self, active: str, others: tuple[KnownProfile, ...]) -> None:
        from kyok.durable import write_private

        text = json.dumps({"active": active, "profiles": [asdict(one) for one in others]}, indent=1)
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_private(self._file, text.encode())
        except OSError as error:
            raise ProfileRefused(
                tr(
                    "The list of profiles cannot be written: {reason}.",
                    reason=(error.strerror or tr("no reason given")).lower(),
                ),
                tr("See that you may write into the data folder."),
            ) from error
        self._active, self._others = active, others


def _known(kept: object) -> KnownProfile | None:
    if not isinstance(kept, dict) or kept.get("kind") not in _KINDS[1:]:
        return None
    texts = {name: str(kept.get(name, "")) for name in ("id", "kind", "name", "url")}
    made = KnownProfile(texts["id"], kept["kind"], texts["name"][:_LONGEST], ask_key=kept.get("ask_key") is True)
    if made.kind == "url":
        try:
            made = replace(made, url=checked_url(texts["url"]))
        except ProfileRefused:
            return None
    return made if made.id and made.name else None
