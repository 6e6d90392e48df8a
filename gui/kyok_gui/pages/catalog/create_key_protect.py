"""Create Key Protect."""

from __future__ import annotations

from kyok.domain.services import KMS
from kyok_gui.pages.catalog.key_service_form import CreateKeyServicePage


class CreateKeyProtectPage(CreateKeyServicePage):
    """An instance on the provider's HSM; it can hold keys at once."""

    service_name = KMS
