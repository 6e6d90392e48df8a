"""The four policies of an instance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from kyok.domain.translation import noted, tr
from kyok_gui.pages.instance_policies.card import PolicyCard, Value
from kyok_gui.widgets import CheckBox, Choice, NumberField, RadioGroup, Text, Toggle

if TYPE_CHECKING:
    from kyok.client import Profile

DUAL, ACCESS, NETWORK, ROTATION = "dualAuthDelete", "keyCreateImportAccess", "allowedNetwork", "rotation"
PUBLIC, PRIVATE = "public-and-private", "private-only"
_LATER: Final = noted("Keys that exist keep what they have; only keys made from now on get this.")
_ALLOWED: Final = (
    ("create_root_key", noted("Allow creation of root keys")),
    ("create_standard_key", noted("Allow creation of standard keys")),
    ("import_root_key", noted("Allow import of root keys")),
    ("import_standard_key", noted("Allow import of standard keys")),
)
TOKEN: Final = "enforce_token"
_MONTHS: Final = 3


class DualAuthorization(PolicyCard):
    """Two people for each deletion."""

    def __init__(self) -> None:
        super().__init__(
            DUAL,
            tr("Dual authorization deletion"),
            tr(
                "One person schedules the deletion of a key, a different one with the Manager role deletes it within "
                "seven days."
            ),
            tr("{later} A key that has it cannot lose it any more, also when this is switched off.", later=tr(_LATER)),
            name="dual",
        )
        self.box = CheckBox(tr("Require two users to approve key deletions"), name="policies.dual.on")
        self.box.toggled.connect(self.edited)
        self.fields.addWidget(self.box)

    def wanted(self) -> Value:
        """On or off."""
        return self.box.isChecked(), {}

    def show_value(self, enabled: bool, attributes: Mapping[str, Any]) -> None:
        """Sets the tick."""
        self.box.setChecked(enabled)


class CreateAndImport(PolicyCard):
    """Which keys may come into being, and how imported material travels."""

    def __init__(self) -> None:
        super().__init__(
            ACCESS,
            tr("Create and import key access"),
            tr(
                "What is not ticked is refused to everybody, whatever their role. Secure import: imported material "
                "must be encrypted for an import token, also when an imported key is rotated."
            ),
            tr("It acts at once. Keys that exist stay as they are and go on working."),
            name="access",
        )
        self.boxes = {
            attribute: CheckBox(tr(noted_words), name=f"policies.access.{attribute.replace('_', '-')}", checked=True)
            for attribute, noted_words in _ALLOWED
        }
        self.token = CheckBox(tr("Enable secure import"), name="policies.access.enforce-token")
        for box in (*self.boxes.values(), self.token):
            box.toggled.connect(self.edited)
            self.fields.addWidget(box)

    def wanted(self) -> Value:
        """All five attributes; those left out would fall back to what is allowed. Nothing special is no policy."""
        attributes = {attribute: box.isChecked() for attribute, box in self.boxes.items()}
        if all(attributes.values()) and not self.token.isChecked():
            return False, {}
        return True, {**attributes, TOKEN: self.token.isChecked()}

    def show_value(self, enabled: bool, attributes: Mapping[str, Any]) -> None:
        """Sets the ticks."""
        for attribute, box in self.boxes.items():
            box.setChecked(not enabled or attributes.get(attribute, True) is True)
        self.token.setChecked(enabled and attributes.get(TOKEN, False) is True)


def way_back(profile: Profile) -> str:
    """How a policy that closes the public network is taken back: the host name of a request stands for its network.

    See docs/adr/0028.
    """
    if profile.is_private:
        return tr(
            "The way back is here: this console is connected to {address}, the private endpoint, which stays open.",
            address=profile.private_url,
        )
    return tr(
        "The way back is {address}, the private endpoint, which stays open: use a profile of an emulated cloud at that "
        "address, or send the request there.",
        address=profile.private_url,
    )


class AllowedNetwork(PolicyCard):
    """From which networks the instance answers; what closing one means depends on the one that `profile` uses."""

    def __init__(self, profile: Profile) -> None:
        if profile.is_private:
            private = tr("Only networks inside the cloud; this console is in one of them")
            meaning = tr(
                "It acts at once, on everybody. Under “Private only” whoever comes over the public network is refused "
                "everything in this instance. This console, which comes over the private network, goes on."
            )
        else:
            private = tr("Only networks inside the cloud; this console is shut out")
            meaning = tr(
                "It acts at once, on everybody. Under “Private only” this console, which comes over the public "
                "network, is refused everything in this instance: you cannot undo it here."
            )
        super().__init__(
            NETWORK,
            tr("Allowed network"),
            tr("From which networks the service answers requests for this instance."),
            meaning,
            name="network",
        )
        self.group = RadioGroup(
            tr("Network"),
            [
                Choice(PUBLIC, tr("Public and private"), tr("Every network")),
                Choice(PRIVATE, tr("Private only"), private),
            ],
            name="policies.network.choice",
            value=PUBLIC,
        )
        self.group.chosen.connect(self.edited)
        self.fields.addWidget(self.group)
        below = self.body.indexOf(self.meaning) + 1
        self.body.insertWidget(below, Text(way_back(profile), "helperText01", "helper", wrap=True))

    def wanted(self) -> Value:
        """The attribute is always told, also when the policy does not hold."""
        chosen = self.group.value()
        return chosen == PRIVATE, {"allowed_network": chosen}

    def show_value(self, enabled: bool, attributes: Mapping[str, Any]) -> None:
        """Sets the choice."""
        self.group.set_value(PRIVATE if enabled and attributes.get("allowed_network") == PRIVATE else PUBLIC)


class Rotation(PolicyCard):
    """Rotation by itself, of generated root keys."""

    def __init__(self) -> None:
        super().__init__(
            ROTATION,
            tr("Rotation"),
            tr("Generated root keys rotate by themselves. Imported keys rotate only by hand: their material is yours."),
            tr("{later} Each key's own policy can be changed in its menu. A month counts 30 days.", later=tr(_LATER)),
            name="rotation",
        )
        self.switch = Toggle(tr("Rotate new root keys"), name="policies.rotation.on")
        self.months = NumberField(
            tr("Months between rotations"),
            name="policies.rotation.months",
            minimum=1,
            maximum=12,
            value=_MONTHS,
            unit=tr("months"),
            on="tile",
        )
        self.months.setMaximumWidth(240)
        self.months.set_helper(tr("Counts while rotation is on."))
        self.switch.toggled.connect(self.edited)
        self.months.changed.connect(self.edited)
        self.fields.addWidget(self.switch)
        self.fields.addWidget(self.months)

    def wanted(self) -> Value:
        """On with the months, or off."""
        on = self.switch.isChecked()
        return on, {"interval_month": self.months.value()} if on else {}

    def show_value(self, enabled: bool, attributes: Mapping[str, Any]) -> None:
        """Sets switch and months."""
        self.switch.setChecked(enabled)
        months = attributes.get("interval_month")
        self.months.set_value(months if isinstance(months, int) else _MONTHS)
        self.months.setEnabled(enabled)

    def edited(self, *given: object) -> None:
        """The months matter only while it is on."""
        self.months.setEnabled(self.switch.isChecked())
        super().edited(*given)
