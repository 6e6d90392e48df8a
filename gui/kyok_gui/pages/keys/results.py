"""What became of a change of several keys, key by key, when some of them were refused."""

from __future__ import annotations

from kyok.domain.texts import listed, plural
from kyok.domain.translation import tr
from kyok_gui.pages.keys.doing import Outcome
from kyok_gui.widgets import Dialog

_NAMED = 50


def result_dialog(outcome: Outcome, verb: str) -> Dialog:
    """Names each key that was refused and why, then those that were done."""
    title = outcome.problem(verb)[0]
    dialog = Dialog(tr("Not all keys"), title, name="keys.result", width=720)
    dialog.cancel.setText(tr("Close"))
    dialog.accept_button.hide()
    for row, error in outcome.refused[:_NAMED]:
        dialog.add_effect("error--filled", "supportError", row.name, f"{error.summary} {error.remedy}".strip())
    if len(outcome.refused) > _NAMED:
        dialog.add_text(tr("And {keys}.", keys=plural(len(outcome.refused) - _NAMED, "more key")))
    if outcome.done:
        names = [row.name for row in outcome.done]
        more = [tr("{count} more", count=len(names) - _NAMED)] if len(names) > _NAMED else []
        words = tr("{keys} {done}", keys=plural(len(names), "key"), done=verb)
        dialog.add_effect("checkmark--filled", "supportSuccess", words, listed([*names[:_NAMED], *more]))
    return dialog
