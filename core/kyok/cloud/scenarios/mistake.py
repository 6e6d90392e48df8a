"""A mistake in a scenario file."""


class Mistake(Exception):
    """Something in a scenario that cannot be; `path` leads to it."""

    def __init__(self, path: str, words: str) -> None:
        super().__init__(words)
        self.path = path
