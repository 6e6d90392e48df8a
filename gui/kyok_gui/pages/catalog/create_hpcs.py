"""Create Hyper Protect Crypto Services."""

from __future__ import annotations

from kyok.domain.services import HS_CRYPTO
from kyok_gui.pages.catalog.key_service_form import CreateKeyServicePage


class CreateHpcsPage(CreateKeyServicePage):
    """An instance with crypto units of its own; they are initialised afterwards."""

    service_name = HS_CRYPTO
