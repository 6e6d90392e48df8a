"""The catalog: what can be created here."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO, KMS, service
from kyok.domain.translation import noted, tr
from kyok_gui import places
from kyok_gui.account_reader import service_icon
from kyok_gui.context import PageContext
from kyok_gui.page import Page
from kyok_gui.places import Place
from kyok_gui.widgets import Button, Icon, Tag, Text, Tile

CREATE = "resource-controller.instance.create"
"""The action that a new instance of a service needs."""
OFFERED = (
    (HS_CRYPTO, places.CREATE_HPCS),
    (KMS, places.CREATE_KEY_PROTECT),
    (DBAAS_POSTGRESQL, places.CREATE_POSTGRESQL),
)
HISTORY = {
    HS_CRYPTO: noted("IBM has taken no new instances since March 2026. Here it can still be created."),
    DBAAS_POSTGRESQL: noted("The service left IBM's lists in 2023. Here it can still be created."),
}


class CatalogPage(Page):
    """Three services, each with the way to create one."""

    def __init__(self, context: PageContext, place: Place) -> None:
        super().__init__(context, place)
        self.header.set_trail([(tr("Catalog"), None)])
        self.header.set_title(tr("Catalog"))
        self.header.set_subtitle(tr("What this cloud can run. Everything stays on this machine and costs nothing."))
        grid = QGridLayout()
        grid.setSpacing(16)
        for number, (name, kind) in enumerate(OFFERED):
            grid.addWidget(self._card(name, kind), 0, number)
            grid.setColumnStretch(number, 1)
        self.body.addLayout(grid)
        self.body.addStretch(1)

    def _card(self, name: str, kind: str) -> Tile:
        found = service(name)
        if found is None:
            raise LookupError(name)
        card = Tile(name=f"catalog.{name}", padding=24)
        head = QHBoxLayout()
        head.addWidget(Icon(service_icon(name), "iconPrimary", 32))
        head.addStretch(1)
        head.addWidget(Tag(tr(found.category), "gray"))
        create = Button(tr("Create"), "tertiary", name=f"catalog.{name}.create", icon="arrow--right")
        create.setAccessibleName(tr("Create {service}", service=found.display_name))
        create.clicked.connect(lambda: self.context.navigator.go(Place(kind)))
        self.context.rights.guard(create, CREATE, name, what=tr("Create {service}", service=found.display_name))
        card.body.addLayout(head)
        card.body.addSpacing(8)
        card.body.addWidget(Text(found.display_name, "heading02", wrap=True))
        card.body.addWidget(Text(found.description, "body01", "secondary", wrap=True))
        if name in HISTORY:
            card.body.addWidget(Text(tr(HISTORY[name]), "label01", "helper", wrap=True))
        card.body.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(create)
        row.addStretch(1)
        card.body.addSpacing(8)
        card.body.addLayout(row)
        return card
