"""One half of secure deletion: its steps, each with its evidence."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kyok.domain.secure_deletion import NO_EVIDENCE, DeletionHalf, DeletionLine, DeletionStep
from kyok.domain.steps import StepState
from kyok.domain.translation import noted, tr
from kyok_gui.pages.database.node_words import event_href
from kyok_gui.widgets import DONE, NONE_YET, NOW, Icon, Prose, Rule, Status, StatusLabel, Text, Tile, escape, link_html

_MARKS = {StepState.DONE: DONE, StepState.CURRENT: NOW, StepState.TODO: NONE_YET}
_OPEN = Status(noted("not done"), "time", "supportCautionMajor")
_DONE = (noted("Half one: done"), noted("Half two: done"))
_NOT_DONE = (noted("Half one: not done"), noted("Half two: not done"))


class HalfTile(Tile):
    """The instance's or the key's half."""

    link = Signal(str)

    def __init__(self, place: int) -> None:
        super().__init__(name=f"secure-deletion.half{place + 1}", padding=24)
        self._place = place
        self._half: DeletionHalf | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.body.setSpacing(0)
        self.body.setContentsMargins(24, 20, 24, 4)
        self.title = Text("", "heading03")
        self.state = StatusLabel(NONE_YET, name=f"secure-deletion.half{place + 1}.state")
        self._steps = QVBoxLayout()
        self._steps.setSpacing(0)
        self.body.addWidget(self.title)
        self.body.addSpacing(8)
        self.body.addWidget(self.state)
        self.body.addSpacing(16)
        self.body.addLayout(self._steps)
        self.body.addStretch(1)

    def show_half(self, half: DeletionHalf) -> None:
        """Shows a half; nothing is rebuilt while it is the same."""
        if half == self._half:
            return
        self._half = half
        self.title.setText(f"{self._place + 1}  {half.title}")
        mark = DONE if half.done else _OPEN
        self.state.set_status(mark, tr(_DONE[self._place]) if half.done else tr(_NOT_DONE[self._place]))
        while (item := self._steps.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, step in enumerate(half.steps, start=1):
            self._steps.addWidget(Rule())
            shown = StepRow(step, name=f"{self.objectName()}.step{number}")
            shown.link.connect(self.link)
            self._steps.addWidget(shown)

    def tab_stops(self) -> list[QWidget]:
        """The links to evidence, from top to bottom."""
        return [row.evidence for row in self._rows()]

    def _rows(self) -> list[StepRow]:
        items = (self._steps.itemAt(place) for place in range(self._steps.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, StepRow)]

    def words(self) -> list[str]:
        """The steps as a person reads them."""
        return [row.words() for row in self._rows()]


class StepRow(QWidget):
    """A step: mark, title, what happened, evidence."""

    link = Signal(str)

    def __init__(self, step: DeletionStep, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        mark = _MARKS[step.state]
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(Text(step.title, "heading01", wrap=True))
        words.addWidget(Text(step.detail, "label01", "secondary", wrap=True))
        self.evidence = self._evidence(step, name)
        words.addWidget(self.evidence)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 14, 0, 10)
        row.setSpacing(12)
        row.addWidget(Icon(mark.icon, mark.token), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(f"{step.title}: {mark.word}")
        self.setAccessibleDescription(
            tr("{detail}. Evidence: {evidence}", detail=step.detail, evidence=_told(step.evidence))
        )

    def _evidence(self, step: DeletionStep, name: str) -> Prose:
        words = tr("Evidence: {evidence}", evidence=_told(step.evidence))
        html = link_html(words, event_href(step.event_id)) if step.event_id else escape(words)
        tone = "helper" if step.evidence == NO_EVIDENCE or step.state is StepState.TODO else "secondary"
        prose = Prose(html, "label01", tone, name=f"{name}.evidence")
        prose.link.connect(self.link)
        return prose

    def words(self) -> str:
        """The step as a person hears it."""
        return f"{self.accessibleName()}. {self.accessibleDescription()}"


class MeaningTile(Tile):
    """The things that secure deletion means, each with its evidence."""

    def __init__(self) -> None:
        super().__init__(name="secure-deletion.meaning")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._lines: tuple[DeletionLine, ...] = ()
        self._row = QHBoxLayout()
        self._row.setSpacing(16)
        self.body.setContentsMargins(24, 16, 24, 16)
        self.body.addLayout(self._row)
        self.setAccessibleName(tr("What secure deletion means"))

    def show_lines(self, lines: tuple[DeletionLine, ...]) -> None:
        """Shows the lines side by side."""
        if lines == self._lines:
            return
        self._lines = lines
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, line in enumerate(lines, start=1):
            self._row.addWidget(_Line(line, name=f"secure-deletion.meaning{place}"), 1)

    def words(self) -> list[tuple[str, bool]]:
        """Title of each line, and whether it is so."""
        return [(line.title, line.done) for line in self._lines]


class _Line(QWidget):
    def __init__(self, line: DeletionLine, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        mark = DONE if line.done else NONE_YET
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(StatusLabel(mark.saying(line.title)))
        evidence = Text(_told(line.evidence), "label01", "secondary" if line.done else "helper", wrap=True)
        evidence.setContentsMargins(24, 0, 0, 0)
        column.addWidget(evidence)
        column.addStretch(1)
        self.setAccessibleName(
            tr("{title}: yes. {evidence}", title=line.title, evidence=_told(line.evidence))
            if line.done
            else tr("{title}: not yet. {evidence}", title=line.title, evidence=_told(line.evidence))
        )


def _told(evidence: str) -> str:
    return tr(NO_EVIDENCE) if evidence == NO_EVIDENCE else evidence
