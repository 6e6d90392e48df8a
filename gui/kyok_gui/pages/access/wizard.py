"""Create or edit an authorization: four steps or one page, one draft behind both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyok.domain.services import HS_CRYPTO
from kyok.domain.steps import AUTHORIZATION
from kyok.domain.translation import noted, tr
from kyok_gui import places
from kyok_gui.context import PageContext
from kyok_gui.pages.access import grant_words
from kyok_gui.pages.access.draft import REVIEW, ROLE, SOURCE, TARGET, Draft, changed_fields
from kyok_gui.pages.access.editing import Editing
from kyok_gui.pages.access.facts import AccessFacts
from kyok_gui.pages.access.fields import NAME, ReviewSection, RoleSection, Section, SourceSection, TargetSection
from kyok_gui.pages.access.presenter import AccessPresenter
from kyok_gui.places import Place
from kyok_gui.unsaved import not_created, not_saved
from kyok_gui.widgets import Prose, Rule, Tearsheet, Text, Toggle

if TYPE_CHECKING:
    from kyok.client.records.access import Policy
    from kyok.errors import KyokError
    from kyok_gui.pages.access.presenter import KeyFacts

_SUBTITLE = noted("Let a service use another one. Nothing changes before you press {}.")
_ON_LAST = noted("Let a service use another one. Nothing changes before you press {} on the last step.")


class AuthorizationWizard(QObject):
    """The tearsheet from its opening until the authorization is there or the person changed their mind."""

    authorized = Signal(object)
    """The new or changed `Policy`."""
    closed = Signal(bool)
    """It is gone; True when the authorization was made."""

    def __init__(
        self,
        context: PageContext,
        presenter: AccessPresenter,
        facts: AccessFacts,
        draft: Draft,
        parent: QObject,
        base: Policy | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._presenter = presenter
        self._facts = facts
        self._made = False
        self.editing = Editing(base, draft) if base is not None else None
        self._keys_of = ""
        self.draft = self._began = draft
        self._verb = tr("Save") if base is not None else tr("Authorize")
        title = tr("Edit authorization") if base is not None else tr("Create authorization")
        self.sheet = Tearsheet(title, tr(_ON_LAST).format(self._verb), name=NAME, finish=(self._verb, "checkmark"))
        self.source, self.target, self.role, self.review = (
            SourceSection(),
            TargetSection(),
            RoleSection(),
            ReviewSection(),
        )
        parts: tuple[Section, ...] = (self.source, self.target, self.role, self.review)
        for step, part in zip(AUTHORIZATION.steps, parts, strict=True):
            self.sheet.add_step(step, part)
        self._parts = parts
        self.side = SideWords(self.sheet)
        self.toggle = Toggle(tr("All fields on one page"), name=f"{NAME}.one-page")
        self.sheet.below_steps.addWidget(self.toggle)
        self._connect()
        self._start()

    def _connect(self) -> None:
        source, target = self.source, self.target
        source.service.chosen.connect(lambda chosen: self._change(self.draft.with_source(chosen)))
        source.instance.chosen.connect(lambda chosen: self._change(self.draft.with_source_instance(chosen)))
        source.more.group_chosen.connect(lambda chosen: self._change(self.draft.with_source_group(chosen)))
        target.service.chosen.connect(lambda chosen: self._change(self.draft.with_target(chosen)))
        target.instance.chosen.connect(lambda chosen: self._change(self.draft.with_target_instance(chosen)))
        target.more.group_chosen.connect(lambda chosen: self._change(self.draft.with_target_group(chosen)))
        target.more.ring_chosen.connect(lambda chosen: self._change(self.draft.with_key_ring(chosen)))
        target.more.key_chosen.connect(lambda chosen: self._change(self.draft.with_key(chosen)))
        target.change.connect(lambda: self.sheet.go_to(SOURCE))
        target.creation.connect(self._create_target)
        self.role.reader.toggled.connect(lambda on: self._change(replace(self.draft, reader=on)))
        self.review.description.changed.connect(lambda text: self._change(replace(self.draft, description=text)))
        self.toggle.toggled.connect(self._set_one_page)
        self.sheet.step_changed.connect(self._step_changed)
        self.sheet.finished.connect(self._save)
        self.sheet.gone.connect(self._gone)
        self._presenter.loaded.connect(self._take_facts)
        self._presenter.keys_loaded.connect(self._take_keys)
        self._context.rights.changed.connect(self._show)

    def _start(self) -> None:
        """A form that comes filled in opens at its end: one only confirms. What is edited is seen as a whole."""
        problem_at = next((step for step in (SOURCE, TARGET, ROLE) if self.draft.problem(step, self._facts)), REVIEW)
        if self.editing is not None:
            self.toggle.setChecked(True)
        elif self.draft.source:
            self.sheet.go_to(problem_at)
        self._show()

    def open_over(self, opener: QWidget) -> None:
        """Shows it."""
        self.sheet.open_over(opener)
        self._focus_step()

    def _step_changed(self) -> None:
        self._show()
        self._focus_step()

    def _focus_step(self) -> None:
        """The keyboard goes to the first field of the step, or to Authorize at the end."""
        stops: dict[str, QWidget] = {
            SOURCE: self.source.service,
            TARGET: self.target.service,
            ROLE: self.role.reader,
            REVIEW: self.sheet.next,
        }
        if self.sheet.isVisible():
            stops[self.sheet.step].setFocus(Qt.FocusReason.OtherFocusReason)

    # values -----------------------------------------------------------------------

    def _change(self, draft: Draft) -> None:
        if draft != self.draft:
            self.draft = draft
            self.sheet.set_error("")
            self._show()

    def _take_facts(self, facts: AccessFacts) -> None:
        self._facts = facts
        self._keys_of = ""  # keys may have come or gone as well
        self._show()

    def _take_keys(self, guid: str, keys: KeyFacts) -> None:
        if guid == self.draft.target_guid:
            self.target.set_keys(keys)
            self._show()

    def _read_keys(self) -> None:
        """Asks for rings and keys when another instance was chosen."""
        guid = self.draft.target_guid
        if guid != self._keys_of:
            self._keys_of = guid
            self.target.set_keys(None)
            if guid:
                self._presenter.load_keys(guid)

    def _set_one_page(self, one_page: bool) -> None:
        self.sheet.set_one_page(one_page)
        for part in self._parts:
            part.set_one_page(one_page)
        self._show()

    def _problem(self) -> str:
        """Why the present step cannot be left forwards."""
        at_end = self.sheet.one_page or self.sheet.step == REVIEW
        problem = self.draft.first_problem(self._facts) if at_end else self.draft.problem(self.sheet.step, self._facts)
        if problem or not at_end:
            return problem
        if self.editing is not None and not self._changed():
            return tr("Nothing is changed yet.")
        action = "iam.policy.update" if self.editing is not None else "iam.policy.create"
        grants = "" if self.editing is not None else "Reader"
        target = self._facts.asked_about(self.draft.target_guid, self.draft.target)
        return self._context.rights.reason(action, target, grants=grants)

    def _show(self) -> None:
        draft, facts, sheet = self.draft, self._facts, self.sheet
        self._read_keys()
        for part in (self.source, self.target, self.role, self.review):
            part.show_draft(draft, facts)
        self.side.show_draft(draft, facts)
        if self.editing is not None:
            sheet.set_hint(REVIEW, tr("Check, then Save"))
        for step, hint in ((SOURCE, draft.source_hint(facts)), (TARGET, draft.target_hint(facts))):
            sheet.set_hint(step, hint or AUTHORIZATION.step(step).hint)
        done = {step for step in (SOURCE, TARGET, ROLE) if not draft.problem(step, facts)}
        sheet.set_done(done)
        problem = self._problem()
        sheet.set_can_go(not problem, problem)
        at_end = sheet.one_page or sheet.step == REVIEW
        sheet.subtitle.setText((tr(_SUBTITLE) if at_end else tr(_ON_LAST)).format(self._verb))
        sheet.set_side_visible(sheet.one_page or sheet.step != REVIEW)

    def _changed(self) -> list[str]:
        """What was entered, field by field, since the form came filled in or somebody else changed its values."""
        return changed_fields(self.editing.began if self.editing is not None else self._began, self.draft)

    # ends -------------------------------------------------------------------------

    def unsaved(self) -> str:
        """What was entered and is not on its way."""
        if self.sheet.busy:
            return ""
        return not_saved(self._changed()) if self.editing is not None else not_created(self._changed())

    def give_up(self) -> None:
        """Closes the form, unless it waits for an answer."""
        if not self.sheet.busy:
            self.sheet.dismiss()

    def _save(self) -> None:
        self.sheet.set_busy(True)
        base = self.editing.base if self.editing is not None else None
        self._presenter.save(self.draft, base, self._done, self._failed)

    def _done(self, policy: Policy) -> None:
        self._made = True
        self.authorized.emit(policy)
        self.sheet.dismiss()

    def _failed(self, error: KyokError) -> None:
        if self.editing is not None and getattr(error, "status", 0) == 412:
            self._presenter.one(self.editing.base.id, self._overtaken, self._failed)
            return
        self.sheet.set_busy(False)
        self.sheet.set_error(error.summary, error.remedy)
        self._presenter.load()

    def _overtaken(self, fresh: Policy) -> None:
        """Somebody was quicker: what they changed is told, what was typed stays, and the next Save is on top of it."""
        self._presenter.read(lambda facts: self._tell_overtaken(fresh, facts))

    def _tell_overtaken(self, fresh: Policy, facts: AccessFacts) -> None:
        if self.editing is not None:
            self.sheet.set_busy(False)
            self.sheet.set_error(*self.editing.overtaken(fresh, facts))
            self._show()

    def _create_target(self, service: str) -> None:
        kind = places.CREATE_HPCS if service == HS_CRYPTO else places.CREATE_KEY_PROTECT
        self._context.navigator.go(Place(kind))

    def _gone(self) -> None:
        self._presenter.loaded.disconnect(self._take_facts)
        self._presenter.keys_loaded.disconnect(self._take_keys)
        self._context.rights.changed.disconnect(self._show)
        self.closed.emit(self._made)
        self.deleteLater()


class SideWords:
    """The tile at the right: what is granted, and who waits for it."""

    def __init__(self, sheet: Tearsheet) -> None:
        self._grants = Prose("", name=f"{NAME}.grants")
        self._waiting = Text("", "bodyCompact01", wrap=True, name=f"{NAME}.waiting")
        self._lower = QWidget()
        lower = QVBoxLayout(self._lower)
        lower.setContentsMargins(0, 8, 0, 0)
        lower.setSpacing(8)
        lower.addWidget(Rule())
        lower.addSpacing(4)
        lower.addWidget(Text(tr("Instances that wait for it"), "label01", "helper"))
        lower.addWidget(self._waiting)
        for part in (Text(tr("What this grants"), "heading01"), self._grants, self._lower):
            sheet.side.body.addWidget(part)

    def show_draft(self, draft: Draft, facts: AccessFacts) -> None:
        """Shows what the values mean."""
        self._grants.set_html(grant_words.side_html(draft, facts))
        lines = grant_words.waiting_lines(draft, facts)
        self._waiting.setText("; ".join(lines) if lines else tr("None"))
        self._lower.setVisible(bool(draft.target_instance) and facts.usage_known)
