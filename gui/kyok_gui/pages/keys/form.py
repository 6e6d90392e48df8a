"""The fields of a new key, the same for creating and importing one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyok.domain import key_fields
from kyok.domain.key_fields import DEFAULT_KEY_RING
from kyok.domain.translation import noted, tr
from kyok_gui.unsaved import Valued
from kyok_gui.widgets import Choice, Dialog, Field, RadioGroup, SelectField, TextField, row_of
from kyok_gui.widgets.dialog import loss_dialog

ROOT, STANDARD = "root", "standard"
_DATE_HELP = noted("Example: 2027-12-31 (its end, UTC). Cannot be changed.")


@dataclass(frozen=True, slots=True)
class KeyValues:
    """What was filled in."""

    name: str
    standard: bool
    aliases: tuple[str, ...]
    description: str
    expires_at: datetime | None
    ring: str = DEFAULT_KEY_RING
    tags: tuple[str, ...] = ()


def aliases_in(text: str) -> tuple[str, ...]:
    """Aliases separated by commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def expiration_in(text: str) -> datetime | None:
    """A date, meaning the end of that day, or date and time; UTC. None for no text. Raises ValueError."""
    text = text.strip().upper().removesuffix("UTC").removesuffix("Z").strip()
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    if len(text) <= len("2027-12-31"):
        moment = datetime.combine(moment.date(), time(23, 59, 59))
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def expiration_sentence(text: str, now: datetime) -> str:
    """What is wrong with an expiration date, or nothing."""
    try:
        moment = expiration_in(text)
    except ValueError:
        return tr("Write the date as year-month-day, for example 2027-12-31.")
    return key_fields.expiration_problem(moment, now) or "" if moment is not None else ""


class FormDialog(Dialog):
    """A dialog that asks for values: the keyboard stands in its first field, not on Cancel."""

    first: QWidget | None = None
    losing: Callable[[], str] | None = None
    """Says what was entered and would be lost, in a sentence; closing without sending asks first then."""

    def _first_focus(self) -> QWidget:
        return self.first if self.first is not None else self.cancel

    def reject(self) -> None:
        """Closes without having done anything, unless one would rather stay with what was entered."""
        lost = self.losing() if self.losing is not None and self.isVisible() and not self.busy else ""
        if lost:
            self._ask(lost)
        else:
            super().reject()

    def _ask(self, lost: str) -> None:
        words = f"{lost} {tr('If you close the form, that is lost.')}"
        asked = loss_dialog(self.title.words(), tr("Close this form?"), words, tr("Close"))

        def close() -> None:
            asked.dismiss()
            super(FormDialog, self).reject()

        asked.accepted.connect(close)
        asked.open_over(self)


class KeyFields(QWidget):
    """Key type, key name, key alias, description and expiration date."""

    submitted = Signal()
    type_chosen = Signal(bool)

    def __init__(self, now: Callable[[], datetime], *, name: str) -> None:
        super().__init__()
        self._now = now
        self.kind = RadioGroup(
            tr("Key type"),
            [
                Choice(ROOT, tr("Root key"), tr("Wraps the data keys of databases and never leaves the service")),
                Choice(STANDARD, tr("Standard key"), tr("A secret that is stored and can be read out again")),
            ],
            name=f"{name}.type",
            value=ROOT,
        )
        self.key_name = TextField(tr("Key name"), name=f"{name}.name", placeholder="ledger-root")
        self.alias = TextField(
            tr("Key alias (optional)"), name=f"{name}.alias", helper=tr("Up to five, separated by commas")
        )
        self.description = TextField(tr("Description (optional)"), name=f"{name}.description")
        self.expires = TextField(tr("Expiration date (optional)"), name=f"{name}.expires", helper=tr(_DATE_HELP))
        self.tags = TextField(tr("Tags (optional)"), name=f"{name}.tags", helper=tr("Up to 30, separated by commas"))
        self.ring = SelectField(tr("Key ring ID"), name=f"{name}.ring")
        self.set_rings([DEFAULT_KEY_RING])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.kind)
        column.addLayout(row_of(self.key_name, self.alias))
        column.addLayout(row_of(self.ring, self.expires))
        column.addLayout(row_of(self.description, self.tags))
        self._checks: list[tuple[TextField, Callable[[str], str]]] = [
            (self.key_name, lambda text: key_fields.name_problem(text.strip()) or ""),
            (self.alias, lambda text: key_fields.aliases_problem(aliases_in(text)) or ""),
            (self.description, lambda text: key_fields.description_problem(text.strip()) or ""),
            (self.tags, lambda text: key_fields.tags_problem(aliases_in(text)) or ""),
            (self.expires, lambda text: expiration_sentence(text, self._now())),
        ]
        for field, check in self._checks:
            # While a person types, an error already shown goes as soon as it is mended; a new one waits for the end.
            field.changed.connect(lambda text, field=field, check=check: field.error and field.set_error(check(text)))
            field.edit.editingFinished.connect(
                lambda field=field, check=check: field.set_error(check(field.value()) if field.value() else "")
            )
            field.submitted.connect(self.submitted)
        self.kind.chosen.connect(lambda value: self.type_chosen.emit(value == STANDARD))

    def named(self) -> dict[str, Valued]:
        """The fields as one speaks of them."""
        return {
            tr("Key type"): self.kind,
            tr("Key name"): self.key_name,
            tr("Key alias"): self.alias,
            tr("Key ring ID"): self.ring,
            tr("Expiration date"): self.expires,
            tr("Description"): self.description,
            tr("Tags"): self.tags,
        }

    def set_rings(self, rings: Sequence[str]) -> None:
        """Offers these key rings; what was chosen stays."""
        chosen = self.ring.value() or DEFAULT_KEY_RING
        self.ring.set_choices([Choice(ring, ring) for ring in rings])
        self.ring.set_value(chosen)

    def forbid(self, root: str, standard: str) -> None:
        """Switches types off that may not be made, with the reasons; the other one is chosen then."""
        self.kind.set_off(ROOT, root)
        self.kind.set_off(STANDARD, standard)
        if root and not standard and self.kind.value() == ROOT:
            self.kind.set_value(STANDARD)
            self.type_chosen.emit(True)

    def wrong_field(self) -> Field | None:
        """The first field that is wrong; every fault is shown."""
        wrong = None
        for field, check in self._checks:
            field.set_error(check(field.value()))
            if field.error and wrong is None:
                wrong = field
        return wrong

    def values(self) -> KeyValues:
        """What was filled in; only after `wrong_field` found nothing."""
        return KeyValues(
            name=self.key_name.value().strip(),
            standard=self.kind.value() == STANDARD,
            aliases=aliases_in(self.alias.value()),
            description=self.description.value().strip(),
            expires_at=expiration_in(self.expires.value()),
            ring=self.ring.value(),
            tags=aliases_in(self.tags.value()),
        )
