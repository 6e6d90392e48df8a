"""The four parts of the form: Source, Target, Role, Review. The wizard shows them one by one, the form all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kyok.domain.services import DBAAS_POSTGRESQL, display_name, short_name
from kyok.domain.translation import tr
from kyok_gui.pages.access import choices, grant_words
from kyok_gui.pages.access.draft import DESCRIPTION_MAX, Draft
from kyok_gui.pages.access.facts import AccessFacts
from kyok_gui.pages.access.more_options import SourceOptions, TargetOptions
from kyok_gui.widgets import CheckBox, InlineNote, KeyValueList, Link, Prose, SelectField, Text, TextField, Tile
from kyok_gui.widgets.bars import EdgedBox

if TYPE_CHECKING:
    from kyok_gui.pages.access.presenter import KeyFacts

NAME = "authorizations.wizard"


class Section(QWidget):
    """A part of the form: heading, one explaining line, fields."""

    def __init__(self, heading: str, explanation: str) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(24)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Text(heading, "heading03"))
        self.explanation = Text(explanation, "body01", "secondary", wrap=True)
        words.addWidget(self.explanation)
        self.column.addLayout(words)
        self.pair = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self.pair.setSpacing(24)

    def add_pair(self, *fields: QWidget) -> None:
        """Adds the fields: below each other in a step, side by side on the one page."""
        for field in fields:
            self.pair.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(self.pair)

    def set_one_page(self, one_page: bool) -> None:
        """Leaves out what only a single step needs, and needs less height."""
        self.explanation.setVisible(not one_page)
        across = QBoxLayout.Direction.LeftToRight
        self.pair.setDirection(across if one_page else QBoxLayout.Direction.TopToBottom)
        self.column.setSpacing(12 if one_page else 24)


class SourceSection(Section):
    """Source service and Source service instance."""

    def __init__(self) -> None:
        super().__init__(
            tr("Source"), tr("The service that is given access. Only services that can use others are listed.")
        )
        self.service = SelectField(
            tr("Source service"), name=f"{NAME}.source-service", placeholder=tr("Choose a service")
        )
        self.instance = SelectField(tr("Source service instance"), name=f"{NAME}.source-instance")
        self.service.set_choices(choices.source_choices())
        self.more = SourceOptions(NAME)
        self.add_pair(self.service, self.instance)
        self.column.addWidget(self.more)

    def show_draft(self, draft: Draft, facts: AccessFacts) -> None:
        self.service.set_value(draft.source)
        if draft.source:
            self.instance.set_choices(choices.source_instance_choices(draft, facts))
            self.instance.set_value(draft.source_instance)
        else:
            self.instance.set_blocked(tr("Choose the source service first"))
        self.more.show_draft(draft, facts)


class TargetSection(Section):
    """Target service and Target service instance, with the choice of the step before in sight."""

    change = Signal()
    creation = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            tr("Target"), tr("The service and the instance that may be used. It is always in your own account.")
        )
        self._before = SourceSummary()
        self._before.change.connect(self.change)
        self.service = SelectField(
            tr("Target service"), name=f"{NAME}.target-service", placeholder=tr("Choose a service")
        )
        self.instance = SelectField(
            tr("Target service instance"),
            name=f"{NAME}.target-instance",
            placeholder=tr("Choose the instance to authorize"),
        )
        self._target = ""
        self.instance.note_link.connect(lambda: self.creation.emit(self._target))
        self.more = TargetOptions(NAME)
        self._keys: KeyFacts | None = None
        self.column.addWidget(self._before)
        self.add_pair(self.service, self.instance)
        self.column.addWidget(self.more)

    def set_one_page(self, one_page: bool) -> None:
        super().set_one_page(one_page)
        self._before.setVisible(not one_page)

    def set_keys(self, keys: KeyFacts | None) -> None:
        """Key rings and keys of the chosen instance; None while they are not known."""
        self._keys = keys

    def show_draft(self, draft: Draft, facts: AccessFacts) -> None:
        self._before.show_draft(draft, facts)
        self._target = draft.target
        self.service.set_choices(choices.target_choices(draft))
        self.service.set_value(draft.target)
        service = short_name(draft.source)
        words = tr("Only services that can protect a {service} service are listed.", service=service)
        if not draft.source:
            words = tr("Only services that can protect a source instance are listed.")
        elif draft.source == DBAAS_POSTGRESQL:
            words = tr("Only services that can protect a {service} instance are listed.", service=service)
        self.service.set_helper(words)
        offered = choices.target_instance_choices(draft, facts)
        self.instance.set_note("", "iconPrimary", "")
        if not draft.target:
            self.instance.set_blocked(tr("Choose the target service first"))
        elif not offered:
            name = display_name(draft.target)
            self.instance.set_blocked(tr("No {name} instance in this account", name=name))
            words = tr("Create an instance of {name} first.", name=name)
            self.instance.set_note("information--filled", "supportInfo", words, tr("Create it"))
        else:
            self.instance.set_choices(offered)
            self.instance.set_value(draft.target_instance)
        self.instance.set_error(draft.duplicate_problem(facts))
        self.more.show_draft(draft, facts, self._keys)


class SourceSummary(Tile):
    """What the step before chose."""

    change = Signal()

    def __init__(self) -> None:
        super().__init__(name=f"{NAME}.source")
        self._values = [Text("", "bodyCompact01"), Text("", "bodyCompact01")]
        row = QHBoxLayout()
        row.setSpacing(16)
        for label, value in zip((tr("Source service"), tr("Source service instance")), self._values, strict=True):
            pair = QVBoxLayout()
            pair.setSpacing(6)
            pair.addWidget(Text(label, "label01", "secondary"))
            pair.addWidget(value)
            row.addLayout(pair, 1)
        link = Link(tr("Change"), name=f"{NAME}.change-source", accessible=tr("Change the source"))
        link.clicked.connect(lambda _=False: self.change.emit())
        row.addWidget(link)
        self.body.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def show_draft(self, draft: Draft, facts: AccessFacts) -> None:
        for text, (_, value) in zip(self._values, draft.values(facts), strict=False):
            text.setText(value)


class RoleSection(Section):
    """Reader role."""

    def __init__(self) -> None:
        super().__init__(
            tr("Role"), tr("What the source may do with the target. For root keys the Reader role is enough.")
        )
        self.reader = CheckBox(tr("Reader role"), name=f"{NAME}.reader")
        self._lines = KeyValueList(label_width=96, name=f"{NAME}.role-values")
        tile = Tile(name=f"{NAME}.role")
        tile.body.setSpacing(12)
        tile.body.addWidget(self.reader)
        tile.body.addWidget(self._lines)
        self.column.addWidget(tile)

    def set_one_page(self, one_page: bool) -> None:
        super().set_one_page(one_page)
        self._lines.setVisible(not one_page)

    def show_draft(self, draft: Draft, facts: AccessFacts) -> None:
        self.reader.setChecked(draft.reader)
        self._lines.set_rows(grant_words.role_lines(draft))


class ReviewSection(Section):
    """The sentence, then the five values, what they would stop or repeat, and the description."""

    def __init__(self) -> None:
        super().__init__(tr("Review"), "")
        self.explanation.hide()
        self.sentence = Prose("", tone="primary", name=f"{NAME}.sentence")
        box = EdgedBox("quiet", name=f"{NAME}.review")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(24, 12, 24, 12)
        inside.addWidget(self.sentence)
        self._left = KeyValueList(label_width=184, name=f"{NAME}.values.left")
        self._right = KeyValueList(label_width=184, name=f"{NAME}.values.right")
        self._values = QWidget()
        row = QHBoxLayout(self._values)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(32)
        row.addWidget(self._left, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._right, 1, Qt.AlignmentFlag.AlignTop)
        self._stops = InlineNote("warning", "", name=f"{NAME}.stops", compact=True)
        self._covered = InlineNote("info", "", name=f"{NAME}.covered", compact=True)
        self.description = TextField(
            tr("Description (optional)"),
            name=f"{NAME}.description",
            helper=tr(
                "Why it is there, for others who read the list. At most {description_max} characters.",
                description_max=DESCRIPTION_MAX,
            ),
        )
        for part in (box, self._stops, self._covered, self._values, self.description):
            self.column.addWidget(part)

    def set_one_page(self, one_page: bool) -> None:
        self._values.setVisible(not one_page)
        self.column.setSpacing(12 if one_page else 24)

    def show_draft(self, draft: Draft, facts: AccessFacts) -> None:
        problem = draft.first_problem(facts)
        self.sentence.set_html(problem or grant_words.review_html(draft, facts))
        values = draft.values(facts)
        more = [pair for pair in draft.more_values(facts) if pair[0] != tr("Description")]
        self._left.set_rows([values[0], values[2], values[4]])
        self._right.set_rows([values[1], values[3], *more])
        self.description.set_value(draft.description)
        for note, level, words in (
            (self._stops, "warning", grant_words.stop_words(draft, facts)),
            (self._covered, "info", draft.covered_words(facts) if not problem else ""),
        ):
            note.show_note(level, words)
            note.setVisible(bool(words))
