"""Rules for the database administrator's password; see reference/dbaas.md section 3.2."""

from __future__ import annotations

from dataclasses import dataclass

from kyok.domain.translation import tr

MIN_LENGTH = 15
FORBIDDEN: frozenset[str] = frozenset("&#<>\"'\\` ")
"""Characters refused: documented are special ones such as & and #; the rest is our conservative choice."""


@dataclass(frozen=True, slots=True)
class PasswordChecks:
    """The result of each check, for the ticks under the field. Holds nothing of the password."""

    length: bool
    upper: bool
    lower: bool
    digit: bool
    characters: bool

    @property
    def ok(self) -> bool:
        """Whether the password is good."""
        return self.length and self.upper and self.lower and self.digit and self.characters

    @property
    def problem(self) -> str | None:
        """The first thing that is wrong as a sentence, or None."""
        if not self.characters:
            return tr(
                "The password has a character that is not allowed: no & # < > \" ' \\ ` and no blanks or accents."
            )
        if not self.length:
            return tr("The password is too short: it needs {min_length} characters or more.", min_length=MIN_LENGTH)
        if not self.upper:
            return tr("The password needs an upper case letter.")
        if not self.lower:
            return tr("The password needs a lower case letter.")
        if not self.digit:
            return tr("The password needs a digit.")
        return None

    @property
    def ticks(self) -> tuple[tuple[str, bool], ...]:
        """Label and result of the four checks shown live under the field."""
        return (
            (tr("{min_length} characters or more", min_length=MIN_LENGTH), self.length),
            (tr("upper case"), self.upper),
            (tr("lower case"), self.lower),
            (tr("digit"), self.digit),
        )


def check_password(password: str) -> PasswordChecks:
    """Check a password as it is typed."""
    return PasswordChecks(
        length=len(password) >= MIN_LENGTH,
        upper=any("A" <= char <= "Z" for char in password),
        lower=any("a" <= char <= "z" for char in password),
        digit=any("0" <= char <= "9" for char in password),
        characters=all("!" <= char <= "~" and char not in FORBIDDEN for char in password),
    )


def password_problem(password: str, confirmation: str | None = None) -> str | None:
    """What is wrong with a password and its repetition as one sentence, or None."""
    problem = check_password(password).problem
    if problem is None and confirmation is not None and password != confirmation:
        return tr("The two passwords are not the same.")
    return problem
