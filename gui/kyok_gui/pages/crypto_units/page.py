"""The crypto units of an instance: their state, and initialising them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kyok.domain.cluster import RegisterState, UnitState
from kyok.domain.texts import person, plural
from kyok.domain.translation import noted, tr
from kyok_gui import places
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.pages.crypto_units.ceremony import Ceremony, Wish
from kyok_gui.pages.keys.units import SEE_UNITS, units_if_allowed
from kyok_gui.places import Place
from kyok_gui.presenter import Presenter
from kyok_gui.widgets import InlineNote, SectionHead, StaticTable, Text, escape, link_html
from kyok_gui.widgets.status import NONE_YET, Status, instance_state

if TYPE_CHECKING:
    from kyok.client.records.crypto_units import CryptoUnit, CryptoUnits
    from kyok.errors import KyokError

HEADS = [
    noted("Unit"),
    noted("Type"),
    noted("Zone"),
    noted("State"),
    noted("Administrators"),
    noted("Thresholds"),
    noted("New register"),
    noted("Current register"),
]
_TYPES = {"operational": noted("Operational"), "recovery": noted("Recovery")}
_IMPRINT = noted("Imprint mode: a new unit that has no administrators yet, so that its first ones need no signature.")
_REGISTERS = noted(
    "Current register: the master key in use. "
    "New register: a master key that is loaded but not in use yet; otherwise it is empty."
)
STATES = {
    UnitState.IMPRINT: NONE_YET.saying(UnitState.IMPRINT.word),
    UnitState.SECURED: instance_state("active").saying(UnitState.SECURED.word),
    UnitState.ERROR: instance_state("failed").saying(UnitState.ERROR.word),
}


class CryptoUnitsPresenter(Presenter):
    """Reads the units and initialises them."""

    refused = Signal(object)

    def __init__(self, context: PageContext, guid: str, parent: QObject) -> None:
        super().__init__(context, parent, lambda api: units_if_allowed(api, guid))
        self._guid = guid

    def initialise(self, wish: Wish) -> None:
        """Initialises all units at once."""
        api = self._context.api
        self._context.tasks.run(
            lambda: api.crypto_units.initialise(
                self._guid,
                administrators=wish.administrators,
                signature_threshold=wish.signature_threshold,
                revocation_threshold=wish.revocation_threshold,
            ),
            self._done,
            self.refused.emit,
            owner=self,
        )

    def _done(self, units: CryptoUnits) -> None:
        self._context.notices.success(tr("The crypto units are initialized"), tr("Root keys can be created now."))
        self.loaded.emit(units)


class CryptoUnitsPage(Page):
    """Before it can hold a key, an HPCS instance needs administrators and a master key."""

    concerns = frozenset({"crypto-units", "instance"})

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        guid = place.instance or ""
        self._keys = Place(places.KEYS, guid)
        self.header.set_title(tr("Crypto units"))
        self.header.set_subtitle(
            tr("Before it can hold a key, an HPCS instance needs administrators and a master key in its crypto units.")
        )
        self._note = InlineNote("info", tr("Reading the crypto units"), name="crypto-units.note")
        self._note.link.connect(self.follow)
        self._ceremony = Ceremony()
        self._ceremony.hide()
        self._head = SectionHead(tr("Units"))
        self._table = StaticTable(
            [tr(noted_head) for noted_head in HEADS],
            [],
            name="crypto-units.table",
            accessible=tr("Crypto units"),
            row_height=40,
        )
        self.body.addWidget(self._note)
        self.body.addWidget(self._ceremony)
        self.body.addWidget(self._head)
        self._words = Text("", "helperText01", "helper", wrap=True, name="crypto-units.words")
        self.body.addWidget(self._table)
        self.body.addWidget(self._words)
        self.body.addStretch(1)
        self._presenter = CryptoUnitsPresenter(context, guid, self)
        self._presenter.loaded.connect(self._show)
        self._presenter.failed.connect(self._failed)
        self._note.acted.connect(self.look_afresh)
        context.rights.guard(self._ceremony.start_button, SEE_UNITS, guid, what=tr("Initialize the crypto units"))
        context.rights.changed.connect(self.mark_stale)
        self._presenter.refused.connect(self._refused)
        self._ceremony.wished.connect(self._presenter.initialise)
        self.context.directory.changed.connect(self._name)
        self._name()

    def refresh(self) -> None:
        """Reads the units again."""
        self._presenter.load()

    def _name(self) -> None:
        name = self.context.directory.name_of(self.place.instance)
        self.header.set_trail(
            [(tr("Resource list"), Place(places.RESOURCES)), (name, self._keys), (tr("Crypto units"), None)]
        )

    def _failed(self, error: KyokError) -> None:
        self._note.show_note("error", error.summary, escape(error.remedy), tr("Try again"))

    def _show_nothing(self) -> None:
        """Whoever may not look at the units is told why, and what the instance itself says of them."""
        for part in (self._ceremony, self._head, self._table, self._words):
            part.hide()
        needed = self.context.rights.reason(SEE_UNITS, self.place.instance or "")
        self._note.show_note("info", tr("The crypto units are not shown"), escape(f"{needed}." if needed else ""))

    def _show(self, units: CryptoUnits | None) -> None:
        if units is None:
            self._show_nothing()
            return
        for part in (self._head, self._table, self._words):
            part.show()
        self._ceremony.setVisible(not units.initialised)
        self._ceremony.set_busy(False)
        if units.initialised:
            pattern = units.verification_pattern or ""
            self._note.show_note(
                "good",
                tr(
                    "Initialized: {units} hold the same master key",
                    units=plural(len(units.units), "crypto unit"),
                ),
                tr(
                    "Verification pattern {pattern}… {link}",
                    pattern=pattern[:16],
                    link=link_html(tr("Open KMS keys"), self._keys.href()),
                ),
            )
        else:
            self._note.show_note(
                "info",
                tr("Not initialized: no root key can be created here"),
                tr("All units are set up at once. Until you press Initialize, nothing is changed."),
            )
        self._head.set_detail(_agreement(units))
        self._table.set_rows([_cells(unit) for unit in units.units])
        imprint = any(unit.state is UnitState.IMPRINT for unit in units.units)
        self._words.setText(f"{tr(_IMPRINT)} {tr(_REGISTERS)}" if imprint else tr(_REGISTERS))

    def _refused(self, error: KyokError) -> None:
        self._ceremony.set_busy(False)
        self._ceremony.show_problem(error.summary, error.remedy)


def _agreement(units: CryptoUnits) -> str:
    if not units.agree:
        return tr("They do not agree")
    return tr("Both agree") if len(units.units) == 2 else tr("All {count} agree", count=len(units.units))


def _cells(unit: CryptoUnit) -> list[str | Status]:
    register, kind = unit.current_register.state, unit.type.lower()
    current = instance_state("active").saying(register.word) if register is RegisterState.VALID else register.word
    return [
        unit.name,
        tr(_TYPES[kind]) if kind in _TYPES else kind.capitalize(),
        unit.zone,
        STATES[unit.state],
        ", ".join(person(entry.name) for entry in unit.administrators) or tr("None"),
        unit.thresholds,
        unit.new_register.state.word,
        current,
    ]
