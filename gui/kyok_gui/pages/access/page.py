"""Manage > Access (IAM) > Authorizations: which service may use which, and who would stop without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyok.domain.key_rules import AUTHORIZATION_NOTE
from kyok.domain.rights import Question
from kyok.domain.services import KEY_SERVICES, display_name
from kyok.domain.texts import listed
from kyok.domain.translation import noted, tr
from kyok_gui import places
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.access.choices import usual_first
from kyok_gui.pages.access.draft import EVERY, Draft
from kyok_gui.pages.access.facts import AccessFacts, Missing
from kyok_gui.pages.access.grant_words import whole
from kyok_gui.pages.access.panel import DETAILS, USED_BY, AuthorizationPanel
from kyok_gui.pages.access.presenter import AccessPresenter
from kyok_gui.pages.access.remove import removal
from kyok_gui.pages.access.removed import RemovedTable
from kyok_gui.pages.access.rows import COLUMNS, AuthorizationRow, row_of, rows_of
from kyok_gui.pages.access.wizard import AuthorizationWizard
from kyok_gui.places import Place
from kyok_gui.widgets import DataTable, EmptyState, InlineNote, MenuEntry, TableModel, Tabs, Text, escape, link_html

if TYPE_CHECKING:
    from kyok.client.records.access import Policy
    from kyok.client.records.databases import DatabaseSummary
    from kyok.errors import KyokError
    from kyok_gui.widgets import Dialog

_SUBTITLE = noted(
    "An authorization lets one service use another. "
    "A database service needs one, with the Reader role, to use root keys."
)
_FILL_IN = "fill-in"
IN_FORCE, REMOVED = "in-force", "removed"


def _note() -> str:
    note = tr(AUTHORIZATION_NOTE)
    return tr(
        "Removing is in each row's menu. It shows first which instances stop. "
        "Only an Administrator of the target can remove; {note}",
        note=note[0].lower() + note[1:],
    )


class AuthorizationsPage(Page):
    """The account's authorizations."""

    concerns: ClassVar[frozenset[str]] = frozenset(
        {"policy", "instance", "database", "key", "crypto-units", "reclamation"}
    )

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        self._presenter = AccessPresenter(context, self)
        self._wizard: AuthorizationWizard | None = None
        self._back = False
        """Whether the form leads back where one came from when it is closed."""
        self._wanted: Place | None = None
        self._notes: list[InlineNote] = []
        self._missing: list[Missing] = []
        self.header.set_trail([(tr("Manage"), None), (tr("Access (IAM)"), None), (tr("Authorizations"), None)])
        self.header.set_title(tr("Authorizations"))
        self.header.set_subtitle(tr(_SUBTITLE))
        self._note_box = QVBoxLayout()
        self._note_box.setSpacing(8)
        self.body.addLayout(self._note_box)
        self._failure = InlineNote("error", "", name="authorizations.failure", action=tr("Try again"))
        self._failure.acted.connect(self._try_again)
        self._failure.hide()
        self.body.addWidget(self._failure)
        self._build_table()
        self._presenter.loaded.connect(self._show)
        self._presenter.failed.connect(self._show_failure)
        context.navigator.moved.connect(self._moved)

    def _build_table(self) -> None:
        self._model = TableModel[AuthorizationRow](
            COLUMNS, key=lambda row: row.id, parent=self, also=lambda row: row.id
        )
        self._table = DataTable(
            self._model,
            name="authorizations.table",
            accessible=tr("Authorizations"),
            noun=("authorization", "authorizations"),
            row_height=64,
            fits=True,
            search=tr("Search by service, instance, scope, role or ID"),
            copies={"ID": lambda row: row.id},
            row_menu=self._entries,
        )
        self._create = self._table.toolbar.set_primary(tr("Create"), "add", name="authorizations.create")
        self._create.clicked.connect(lambda: self.open_form(Draft()))
        self._create.set_enabled_because(False, tr("The authorizations are being read."))
        self.context.rights.guard_any(
            self._create,
            [Question("iam.policy.create", service, grants="Reader") for service in KEY_SERVICES],
            what=tr("Create an authorization"),
        )
        self._table.opened.connect(lambda row, _: self._open_panel(row, USED_BY))
        self._table.menu_chosen.connect(self._menu)
        self._empty = EmptyState(
            "keep-your-own-key",
            tr("No authorizations yet"),
            tr(
                "Without one, no database instance can use a root key in this account, "
                "and the creation form offers no keys."
            ),
            name="authorizations.empty",
            button=tr("Create authorization"),
        )
        self._empty.setMaximumHeight(520)
        self._empty.setMinimumHeight(400)
        self._empty.pressed.connect(lambda: self.open_form(Draft()))
        self._empty.link.connect(self._empty_link)
        self._table.set_empty(self._empty)
        self._table.set_loading(True)
        self._foot = Text(_note(), "helperText01", "helper", wrap=True, name="authorizations.note")
        self._foot.hide()
        self._removed = RemovedTable(self.context, self._presenter)
        in_force = QWidget()
        column = QVBoxLayout(in_force)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._table)
        column.addWidget(self._foot)
        column.addStretch(1)
        self._tabs = Tabs(name="authorizations.views")
        self._tabs.add(IN_FORCE, tr("In force"), in_force)
        self._tabs.add(REMOVED, tr("Recently removed"), self._removed)
        self.body.addWidget(self._tabs, 1)

    # what Page asks -----------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the authorizations."""
        self._presenter.load()

    def arrived(self, place: Place) -> None:
        """`create=1` opens the form with the values of the link, `policy=<id>` the panel of that authorization."""
        self._wanted = place if place.value("create") or place.value("policy") else None
        if self._wanted is not None:
            # Coming back here later must not open it again.
            self.context.navigator.replace(Place(places.AUTHORIZATIONS))
            self._presenter.load()

    def unsaved(self) -> str:
        """What was entered in the form."""
        return self._wizard.unsaved() if self._wizard is not None else ""

    def give_up(self) -> None:
        """Closes the form; it leads nowhere back, as one is about to go elsewhere."""
        wizard = self._wizard
        if wizard is not None:
            self._back = False
            wizard.give_up()

    def keeps(self, place: Place) -> bool:
        """The form lies over whatever page is in sight, and is closed on every way but the one back to this page."""
        return place.page_key == self.place.page_key

    def _moved(self, place: Place) -> None:
        if place.page_key != self.place.page_key:
            self.give_up()

    # showing ------------------------------------------------------------------------

    def _show(self, facts: AccessFacts) -> None:
        self._failure.hide()
        self._tabs.show()
        self._create.set_enabled_because(True, "")
        self._removed.show_facts(facts)
        self._model.set_rows(rows_of(facts))
        self._table.set_loading(False)
        self._foot.setVisible(bool(facts.policies))
        self._show_missing(facts.missing())
        self._show_usual(facts)
        panel = self.panel
        if isinstance(panel, AuthorizationPanel):
            policy = next((one for one in facts.policies if one.id == panel.row.id), None)
            if policy is None:
                self.close_panel()
            else:
                panel.show_row(row_of(policy, facts), facts)
        self._open_wanted()

    def _show_failure(self, error: KyokError) -> None:
        self._tabs.setVisible(self._presenter.facts is not None)  # nobody knows whether there are any
        self._failure.show_note("error", error.summary, escape(error.remedy), tr("Try again"))
        self._failure.show()

    def _try_again(self) -> None:
        self._failure.hide()
        self.look_afresh()

    def _show_missing(self, missing: list[Missing]) -> None:
        if missing == self._missing:
            return
        self._missing = missing
        for note in self._notes:
            self._note_box.removeWidget(note)
            note.hide()
            note.deleteLater()
        self._notes = [self._missing_note(place, one) for place, one in enumerate(missing)]
        for note in self._notes:
            self._note_box.addWidget(note)

    def _missing_note(self, place: int, one: Missing) -> InlineNote:
        names = listed([database.name for database in one.databases])
        title = (
            tr("{names} is stopped: no authorization lets it use {target}", names=names, target=one.target.name)
            if len(one.databases) == 1
            else tr("{names} are stopped: no authorization lets them use {target}", names=names, target=one.target.name)
        )
        note = InlineNote(
            "warning",
            title,
            tr("Source and target are known, so the form opens filled in. You only confirm."),
            name=f"authorizations.missing.{place + 1}",
            action=tr("Create this authorization"),
        )
        draft = Draft(one.source_service, EVERY, one.target.service, one.target.guid, reader=True)
        note.acted.connect(lambda: self.open_form(draft))
        return note

    def _show_usual(self, facts: AccessFacts) -> None:
        draft = usual_first(facts)
        if draft is None:
            words = escape(tr("No instance holds root keys yet. "))
            link = link_html(
                tr("Create a Hyper Protect Crypto Services instance first"), Place(places.CREATE_HPCS).href()
            )
            self._empty.set_extra(tr("Before the first one"), words + link)
            return
        target = whole(facts.name_of(draft.target_instance))
        words = tr(
            "{source}, all service instances, may use {target} with the Reader role. ",
            source=display_name(draft.source),
            target=target,
        )
        self._empty.set_extra(
            tr("Usually the first one"), escape(words) + link_html(tr("Fill in these values"), _FILL_IN)
        )

    def _empty_link(self, href: str) -> None:
        facts = self._presenter.facts
        draft = usual_first(facts) if facts is not None else None
        if href == _FILL_IN and draft is not None:
            self.open_form(draft)
        else:
            self.follow(href)

    # creating -----------------------------------------------------------------------

    def open_form(self, draft: Draft, *, back: bool = False, base: Policy | None = None) -> None:
        """Opens the form, to change `base` or to create one; `back` leads where one came from when it is closed."""
        facts = self._presenter.facts
        if facts is None or self._wizard is not None:
            return
        wizard = AuthorizationWizard(self.context, self._presenter, facts, draft, self, base)
        self._wizard, self._back = wizard, back
        wizard.authorized.connect(lambda policy: self._authorized(policy, wizard.draft))
        wizard.closed.connect(lambda made: self._wizard_closed())
        wizard.open_over(self)

    def _authorized(self, policy: Policy, draft: Draft) -> None:
        facts = self._presenter.facts
        detail = ""
        if facts is not None:
            source = draft.source_words(facts)
            detail = tr(
                "{source} may use {target}.",
                source=source[:1].upper() + source[1:],
                target=draft.target_words(facts),
            )
            waiting = facts.waiting_for(policy.grant)
            if waiting:
                detail += tr(
                    " The nodes of {waiting} restart by themselves.", waiting=listed([one.name for one in waiting])
                )
        title = tr("Authorization changed") if draft.policy_id else tr("Authorization created")
        self.context.notices.success(title, detail)
        self._tabs.choose(IN_FORCE)
        self._presenter.read(lambda _: self._table.select_key(policy.id))

    def _wizard_closed(self) -> None:
        self._wizard = None
        if self._back and self.context.navigator.can_go_back:
            self.context.navigator.back()

    def _open_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is None or not self.isVisible():
            return  # somebody who went on meanwhile is not called back
        if wanted.value("create"):
            self.open_form(Draft.of_query(dict(wanted.query)), back=bool(wanted.value("back")))
            return
        row = next((row for row in self._model.rows() if row.id == wanted.value("policy")), None)
        if row is not None:
            self._tabs.choose(IN_FORCE)
            self._table.select_key(row.id)
            self._open_panel(row, USED_BY)
        elif self._removed.select(wanted.value("policy")):
            self._tabs.choose(REMOVED)

    # rows ---------------------------------------------------------------------------

    def _entries(self, row: AuthorizationRow) -> list[MenuEntry]:
        grant = row.policy.grant
        facts = self._presenter.facts
        target = facts.asked_about(grant.target_instance, grant.target_service) if facts is not None else ""
        unshown = "" if Draft.of_policy(grant) else tr("Says more than the form can show")
        edit = self.context.rights.reason("iam.policy.update", target) or unshown
        return [
            MenuEntry("details", tr("View details"), icon="view"),
            MenuEntry("edit", tr("Edit"), icon="edit", reason=edit),
            MenuEntry(
                "remove", tr("Remove"), danger=True, reason=self.context.rights.reason("iam.policy.delete", target)
            ),
        ]

    def _edit(self, policy_id: str) -> None:
        """Reads it afresh, for its ETag and its values of now."""
        self._presenter.one(policy_id, self._open_edit, self.context.notices.failure)

    def _open_edit(self, policy: Policy) -> None:
        draft = Draft.of_policy(policy.grant)
        if draft is not None and policy.grant.active:
            self.open_form(draft, base=policy)
        else:
            self.context.notices.info(
                tr("This authorization cannot be edited here"), tr("Somebody changed it meanwhile.")
            )
            self._presenter.load()

    def _menu(self, row: AuthorizationRow, entry: str) -> None:
        if entry == "details":
            self._open_panel(row, DETAILS)
        elif entry == "edit":
            self._edit(row.id)
        else:
            self._presenter.read(lambda facts: self._ask_removal(row.id, facts))

    def _open_panel(self, row: AuthorizationRow, tab: str) -> None:
        facts = self._presenter.facts
        if facts is None:
            return
        panel = AuthorizationPanel(row)
        panel.show_row(row, facts)
        panel.tabs.choose(tab)
        panel.link.connect(self.follow)
        self.open_panel(panel)

    def _ask_removal(self, policy_id: str, facts: AccessFacts) -> None:
        policy = next((one for one in facts.policies if one.id == policy_id), None)
        if policy is None:
            self.context.notices.info(tr("This authorization is gone already"), tr("Somebody removed it meanwhile."))
            return
        dialog, stops = removal(row_of(policy, facts), facts)
        dialog.accepted.connect(lambda: self._remove(policy_id, dialog, stops))
        dialog.link.connect(lambda href: self._leave(dialog, href))
        dialog.open_over(self)

    def _leave(self, dialog: Dialog, href: str) -> None:
        dialog.dismiss()
        self.follow(href)

    def _remove(self, policy_id: str, dialog: Dialog, stops: list[DatabaseSummary]) -> None:
        dialog.set_busy(True)

        def done() -> None:
            dialog.dismiss()
            names = listed([one.name for one in stops])
            now = tr("{names} stops now.", names=names) if len(stops) == 1 else tr("{names} stop now.", names=names)
            self.context.notices.success(tr("Authorization removed"), now if stops else tr("Nothing stops."))
            self._presenter.load()

        def failed(error: KyokError) -> None:
            dialog.set_error(error.summary, error.remedy)

        self._presenter.remove(policy_id, done, failed)
