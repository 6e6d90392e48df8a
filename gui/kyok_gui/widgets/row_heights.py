"""The heights of table rows that a person can choose."""

from __future__ import annotations

from kyok.domain.translation import tr
from kyok_gui.widgets.select import Choice


def row_heights() -> list[Choice]:
    """By the values of the setting `row_height`."""
    return [
        Choice("page", tr("As each page suggests")),
        Choice("24", tr("Compact, 24 pixels")),
        Choice("32", tr("Dense, 32 pixels")),
        Choice("40", tr("Normal, 40 pixels")),
        Choice("48", tr("Tall, 48 pixels")),
    ]
