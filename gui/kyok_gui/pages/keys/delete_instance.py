"""Deleting an instance that holds keys: refused while keys live in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from kyok.domain.databases import RECLAMATION_PERIOD
from kyok.domain.texts import listed, plural, span_words
from kyok.domain.translation import tr
from kyok.errors import KyokError
from kyok_gui import places
from kyok_gui.context import PageContext
from kyok_gui.pages.keys.overview_reading import Obstacles, Overview, read_obstacles
from kyok_gui.places import Place
from kyok_gui.widgets import Dialog, LinkValue, key_state

_SHOWN = 6


class DeleteInstance(QObject):
    """Reads what is in the way, asks, deletes."""

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page

    def ask(self, overview: Overview) -> None:
        """Opens the dialog when it is known whether keys live in the instance."""
        api = self._context.api
        self._context.tasks.run(
            lambda: read_obstacles(api, overview), lambda found: self._open(overview, found), owner=self
        )

    def _open(self, overview: Overview, found: Obstacles) -> None:
        path = " / ".join(part for part in (self._context.account.name, overview.instance.name) if part)
        dialog = Dialog(tr("Delete instance"), overview.instance.name, path=path, name="hpcs-delete", width=720)
        keys = Place(places.KEYS, overview.instance.guid)
        if found.keys:
            add_refusal(dialog, overview, found, keys)
            dialog.second.connect(self._leave(dialog, keys))
        else:
            add_consequences(dialog, overview, found)
        dialog.link.connect(lambda href: self._leave(dialog, Place.of_href(href) or keys)())
        dialog.accepted.connect(lambda: self._delete(dialog, overview))
        dialog.open_over(self._page)

    def _leave(self, dialog: Dialog, place: Place) -> Callable[[], None]:
        def leave() -> None:
            dialog.dismiss()
            self._context.navigator.go(place)

        return leave

    def _delete(self, dialog: Dialog, overview: Overview) -> None:
        api, instance = self._context.api, overview.instance
        dialog.set_busy(True)

        def done(_: object) -> None:
            dialog.dismiss()
            self._context.notices.success(
                tr("{instance} is deleted", instance=instance.name), tr("It can be restored for {span}.", span=_span())
            )
            self._context.navigator.go(Place(places.RESOURCES))

        def failed(error: KyokError) -> None:
            dialog.set_error(error.summary, error.remedy)

        self._context.tasks.run(lambda: api.resources.delete(instance.guid), done, failed, owner=self)


def _span() -> str:
    return span_words(RECLAMATION_PERIOD)


def add_refusal(dialog: Dialog, overview: Overview, found: Obstacles, keys: Place) -> None:
    """Says which keys are in the way; the last button stays off."""
    name = overview.instance.name
    one, keys_in_words = len(found.keys) == 1, found.in_words()
    title, why = (
        tr("{name} cannot be deleted: {keys} live in it", name=name, keys=keys_in_words),
        tr("{keys} live in {name}.", name=name, keys=keys_in_words),
    )
    if one:
        title = tr("{name} cannot be deleted: {keys} lives in it", name=name, keys=keys_in_words)
        why = tr("{keys} lives in {name}.", name=name, keys=keys_in_words)
    dialog.add_effect(
        "error--filled",
        "supportError",
        title,
        tr("Delete the keys first. Each deletion says what it breaks."),
    )
    users = {one.kms_key: one.name for one in overview.databases if one.kms_key}
    shown = sorted(found.keys, key=lambda key: (key.id not in users, key.name))[:_SHOWN]
    rows = [
        (
            LinkValue(key.name, keys.with_query(key=key.id).href(), name=f"hpcs-delete.key.{place}"),
            key_state(int(key.state)),
            users.get(key.id, tr("No instance")),
        )
        for place, key in enumerate(shown)
    ]
    more = len(found.keys) - len(shown)
    label = (
        tr("Keys in the way, {count} of {total}", count=len(shown), total=len(found.keys))
        if more
        else tr("Keys in the way")
    )
    dialog.add_evidence((tr("Key"), tr("State"), tr("Used by")), rows, label=label, widths=(256, 160, 0))
    dialog.set_accept(tr("Delete instance"), "trash-can", danger=True)
    dialog.set_second(tr("Open KMS keys"), "arrow--right")
    dialog.set_ready(False, why)


def add_consequences(dialog: Dialog, overview: Overview, found: Obstacles) -> None:
    """Says what goes with an instance that holds no live key, and asks for its name."""
    name = overview.instance.name
    dialog.add_effect(
        "trash-can",
        "iconPrimary",
        tr("{name} leaves the account; no key lives in it", name=name),
        tr("It can be restored for {span}. Then it is gone for good.", span=_span()),
    )
    if overview.units is not None:
        dialog.add_effect(
            "hardware-security-module",
            "iconPrimary",
            tr("Then its crypto units are erased too"),
            tr("Their master key is lost with them. A new instance starts without administrators (in imprint mode)."),
        )
    destroyed = overview.counts.destroyed
    if destroyed:
        dialog.add_effect(
            "time",
            "iconSecondary",
            tr("{keys} can no longer be restored", keys=plural(destroyed, "destroyed key")),
            tr("A destroyed key can be restored only while its instance is there."),
        )
    if overview.databases:
        names = listed([one.name for one in overview.databases])
        dialog.add_effect(
            "ibm-cloud--hyper-protect-dbaas",
            "iconSecondary",
            tr("{names} was encrypted under a key of this instance", names=names)
            if len(overview.databases) == 1
            else tr("{names} were encrypted under a key of this instance", names=names),
            tr("That key is destroyed already. Without this instance it can never come back."),
        )
    if found.authorizations:
        dialog.add_effect(
            "user--access",
            "iconSecondary",
            tr(
                "{authorizations} for it reach nothing any more",
                authorizations=plural(found.authorizations, "authorization"),
            )
            if found.authorizations > 1
            else tr("1 authorization for it reaches nothing any more"),
            tr("Remove it under Authorizations, or keep it for the day the instance is restored."),
        )
    dialog.add_typed_name(name)
    dialog.set_accept(tr("Delete instance"), "trash-can", danger=True)
