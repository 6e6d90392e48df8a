"""The form that initialises all crypto units at once, in the manner of recovery crypto units."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kyok.domain.steps import INITIALISE
from kyok.domain.texts import plural
from kyok.domain.translation import tr
from kyok_gui.widgets import Button, InlineNote, NumberField, ProgressSteps, Text, TextField, Tile, escape
from kyok_gui.widgets.steps import Step

MAX_ADMINISTRATORS = 8
MAX_NAME = 30


@dataclass(frozen=True, slots=True)
class Wish:
    """What the units are to be set up with."""

    administrators: tuple[str, ...]
    signature_threshold: int
    revocation_threshold: int


class Ceremony(QWidget):
    """Steps at the left with what each leaves behind, the form at the right."""

    wished = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("crypto-units.ceremony")
        steps = Tile(name="crypto-units.steps")
        steps.setFixedWidth(320)
        self._progress = ProgressSteps([Step(one.id, one.title, one.hint) for one in INITIALISE.steps])
        steps.body.addWidget(self._progress)
        steps.body.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(steps)
        row.addWidget(self._form(), 1)

    def _form(self) -> Tile:
        tile = Tile(heading=tr("Initialize the crypto units"), name="crypto-units.form", padding=24)
        tile.body.addWidget(
            Text(
                tr(
                    "Each administrator gets a signature key of their own. The master key is made at random inside the "
                    "units and copied to all of them; nobody ever sees it."
                ),
                "body01",
                "secondary",
                wrap=True,
            )
        )
        self._names: list[TextField] = []
        self._people = QVBoxLayout()
        self._people.setSpacing(12)
        tile.body.addLayout(self._people)
        self._more = Button(tr("Add an administrator"), "ghost", name="crypto-units.add-administrator", icon="add")
        self._more.clicked.connect(lambda: self._add_person(""))
        tile.body.addWidget(self._more)
        self._signatures = _threshold(tr("Signature threshold"), "crypto-units.signature-threshold")
        self._revocations = _threshold(tr("Revocation threshold"), "crypto-units.revocation-threshold")
        thresholds = QHBoxLayout()
        thresholds.setSpacing(16)
        for field in (self._signatures, self._revocations):
            field.changed.connect(self._check)
            thresholds.addWidget(field, 1)
        tile.body.addLayout(thresholds)
        self._problem = InlineNote("error", "", name="crypto-units.problem", compact=True)
        self._problem.hide()
        self._start = Button(tr("Initialize"), "primary", name="crypto-units.initialize", icon="arrow--right")
        self._start.clicked.connect(self._send)
        self._reason = Text("", "label01", "secondary", wrap=True)
        tile.body.addWidget(self._problem)
        buttons = QHBoxLayout()
        buttons.addWidget(self._start)
        buttons.addSpacing(16)
        buttons.addWidget(self._reason, 1)
        tile.body.addSpacing(8)
        tile.body.addLayout(buttons)
        self._add_person("Administrator 1")
        return tile

    def _add_person(self, name: str) -> None:
        number = len(self._names) + 1
        field = TextField(
            tr("Administrator {number}", number=number),
            name=f"crypto-units.administrator-{number}",
            value=name,
            placeholder=tr("Name, for example anna@acme.example"),
            on="tile",
        )
        field.changed.connect(self._check)
        self._names.append(field)
        self._people.addWidget(field)
        self._more.setVisible(len(self._names) < MAX_ADMINISTRATORS)
        if len(self._names) > 1:
            field.edit.setFocus()
        if hasattr(self, "_reason"):
            self._check()

    @property
    def start_button(self) -> QWidget:
        """What begins it."""
        return self._start

    def _wish(self) -> Wish:
        names = tuple(name for name in (field.value().strip() for field in self._names) if name)
        return Wish(names, self._signatures.value(), self._revocations.value())

    def _problem_of(self, wish: Wish) -> str:
        if not wish.administrators:
            return tr("Name at least one administrator.")
        if len(set(wish.administrators)) != len(wish.administrators):
            return tr("Two administrators have the same name.")
        if any(len(name) > MAX_NAME for name in wish.administrators):
            return tr("A name has {max_name} characters or fewer.", max_name=MAX_NAME)
        if max(wish.signature_threshold, wish.revocation_threshold) > len(wish.administrators):
            return tr("A threshold cannot be more than there are administrators.")
        return ""

    def _check(self, *_: object) -> None:
        wish = self._wish()
        problem = self._problem_of(wish)
        self._show_progress(wish, problem)
        self._start.set_enabled_because(not problem, problem)
        self._reason.setText(problem)

    def _show_progress(self, wish: Wish, problem: str) -> None:
        """The steps follow what is filled in: the units are all chosen, the master key comes with Initialize."""
        people = plural(len(wish.administrators), "administrator")
        self._progress.set_hint("administrators", people if wish.administrators else tr(INITIALISE.steps[1].hint))
        self._progress.set_hint(
            "thresholds",
            tr(
                "{sign} to sign, {remove} to remove",
                sign=wish.signature_threshold,
                remove=wish.revocation_threshold,
            ),
        )
        self._progress.set_done({"units"} if problem else {"units", "administrators", "thresholds"})
        self._progress.set_current("administrators" if problem else "master-key")

    def _send(self) -> None:
        self._problem.hide()
        self.set_busy(True)
        self.wished.emit(self._wish())

    def set_busy(self, busy: bool) -> None:
        """While the units are being set up, nothing can be pressed twice."""
        if busy:
            self._start.set_enabled_because(False, tr("The units are being initialized."))
            self._reason.setText(tr("The units are being initialized."))
        else:
            self._check()

    def show_problem(self, summary: str, remedy: str) -> None:
        """Says why the units were not initialised."""
        self._problem.show_note("error", summary, escape(remedy))
        self._problem.show()


def _threshold(label: str, name: str) -> NumberField:
    return NumberField(label, name=name, minimum=1, maximum=MAX_ADMINISTRATORS, value=1, on="tile")
