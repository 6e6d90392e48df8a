"""The one base of every error that a person may see."""

from typing import Any

from kyok.domain.translation import tr


class KyokError(Exception):
    """Something that was refused or went wrong, said so that a person can act on it.

    `summary` says what happened, `remedy` what to do; both are plain sentences without secrets.
    A subclass gives the defaults, which are said in the language of the window; what else the layers above need (a CRN,
    a field name) travels as keyword arguments and becomes attributes.
    """

    summary: str = "Something went wrong."
    remedy: str = ""

    def __init__(self, summary: str | None = None, remedy: str | None = None, **context: Any) -> None:
        self.summary = tr(self.summary) if summary is None else summary
        self.remedy = tr(self.remedy) if remedy is None else remedy
        for name, value in context.items():
            setattr(self, name, value)
        super().__init__(self.summary)

    def __str__(self) -> str:
        return self.summary
