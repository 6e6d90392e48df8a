"""The tile of profiles: which clouds the window knows, and which one it is connected to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyok.client.profiles import KnownProfile
from kyok.domain.translation import tr
from kyok_gui.context import PageContext
from kyok_gui.pages.settings.profile_form import ProfileForm
from kyok_gui.pages.settings.words import nodes_line
from kyok_gui.widgets import (
    DONE,
    NONE_YET,
    Column,
    DataTable,
    Dialog,
    InlineNote,
    KeyValueList,
    MenuEntry,
    Status,
    TableModel,
    Text,
    Tile,
    escape,
)

if TYPE_CHECKING:
    from kyok.errors import KyokError


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """A profile as the table shows it."""

    profile: KnownProfile
    kind: str
    state: Status
    used: bool


def _kind(profile: KnownProfile) -> str:
    return {"local": tr("Emulated"), "url": tr("Emulated, at an address")}.get(profile.kind, tr("Real, read only"))


def _columns() -> tuple[Column[ProfileRow], ...]:
    return (
        Column(
            "name", tr("Profile"), lambda row: row.profile.name, kind="link", link=lambda row: not row.used, weight=3
        ),
        Column("kind", tr("Cloud"), lambda row: row.kind, weight=2),
        Column("host", tr("Address"), lambda row: row.profile.host, weight=2),
        Column(
            "state", tr("State"), lambda row: row.state.word, kind="status", status=lambda row: row.state, width=144
        ),
    )


class ProfilesTile(Tile):
    """Profiles are used, added and removed here."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(heading=tr("Profiles"), name="settings.profile", padding=24)
        self._context = context
        self._problem = InlineNote("error", "", name="settings.profile.problem", compact=True)
        self._problem.hide()
        self._model = TableModel[ProfileRow](_columns(), key=lambda row: row.profile.id, parent=self)
        self._table = DataTable(
            self._model,
            name="settings.profiles.table",
            accessible=tr("Profiles"),
            noun=(tr("profile"), tr("profiles")),
            fits=True,
            footer=False,
            row_menu=self._menu,
        )
        add = self._table.toolbar.set_primary(tr("Add a profile"), "add", name="settings.profiles.add")
        add.clicked.connect(self._add)
        self._table.menu_chosen.connect(self._chosen)
        self._table.opened.connect(lambda row, _: self._ask_use(row.profile))
        self._facts = KeyValueList(self._pairs(), name="settings.profile.facts")
        for part in (self._problem, self._table):
            self.body.addWidget(part)
        self.body.addSpacing(16)
        self.body.addWidget(Text(tr("Connected now"), "heading01"))
        self.body.addWidget(self._facts)
        if context.profiles is not None:
            context.profiles.changed.connect(self.show_profiles)
        self.show_profiles()

    def show_profiles(self) -> None:
        """Shows the list as it is now."""
        switch = self._context.profiles
        if switch is None:
            return
        active = switch.active
        used = DONE.saying(tr("In use")) if self._context.connected else NONE_YET.saying(tr("Not connected"))
        other = NONE_YET.saying(tr("Not in use"))
        rows = [
            ProfileRow(one, _kind(one), used if one.id == active.id else other, one.id == active.id)
            for one in switch.all
        ]
        self._model.set_rows(rows)

    def _pairs(self) -> list[tuple[str, str]]:
        facts, account = self._context.cloud, self._context.account
        pairs = [
            (tr("Address"), facts.url or "–"),
            (tr("Account"), account.title or tr("Not connected")),
            (tr("Signed in as"), account.user or "–"),
        ]
        if self._context.connected and facts.kind == "emulated":
            pairs += [
                (tr("HSM"), facts.hsm.capitalize() or "–"),
                (tr("Nodes"), nodes_line(facts.node_driver)),
                (tr("Version"), facts.version or "–"),
            ]
        return pairs

    # acting ---------------------------------------------------------------------

    def _menu(self, row: ProfileRow) -> list[MenuEntry]:
        switch = self._context.profiles
        active = switch is not None and row.profile.id == switch.active.id
        reason = tr("in use") if self._context.connected else tr("chosen already")
        entries = [MenuEntry("use", tr("Use this profile"), icon="connection-signal", reason=reason if active else "")]
        if row.profile.kind != "local":
            reason = tr("use another one first") if active else ""
            entries.append(MenuEntry("remove", tr("Remove"), danger=True, reason=reason))
        return entries

    def _chosen(self, row: ProfileRow, entry: str) -> None:
        if entry == "use":
            self._ask_use(row.profile)
        elif self._context.profiles is not None:
            name = row.profile.name
            done = tr("{profile} removed, and its API key with it", profile=name)
            self._context.profiles.remove(
                row.profile.id, lambda: self._context.notices.success(done), self._show_problem
            )

    def _ask_use(self, profile: KnownProfile) -> None:
        if not profile.real:
            self._use(profile)
            return
        dialog = Dialog(tr("Profile"), tr("Connect to a real account?"), name="settings.real", width=560)
        dialog.add_text(
            tr(
                "{profile} is no emulated cloud. This console lists its Key Protect instances and its authorizations, "
                "and changes nothing there. Every page that needs the emulated cloud is hidden meanwhile.",
                profile=profile.name,
            )
        )
        dialog.set_accept(tr("Connect"), "connection-signal")
        dialog.accepted.connect(dialog.dismiss)
        dialog.accepted.connect(lambda: self._use(profile))
        dialog.open_over(self)

    def _use(self, profile: KnownProfile) -> None:
        if self._context.profiles is not None:
            self._context.profiles.use(profile.id)

    def _add(self) -> None:
        if self._context.profiles is not None:
            form = ProfileForm(self._context.profiles)
            form.kept.connect(lambda name: self._context.notices.success(tr("Profile saved"), name))
            form.open_over(self)

    def _show_problem(self, error: KyokError) -> None:
        self._problem.show_note("error", error.summary, escape(error.remedy))
        self._problem.show()
