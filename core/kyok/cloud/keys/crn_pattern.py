"""The CRN query of registration lists: whole segments, or `*` for one (reference/kms-api.md 2.16)."""

from dataclasses import dataclass

from kyok.cloud.keys.errors import InvalidQuery
from kyok.domain.crn import SEGMENTS

PARAMETER = "urlEncodedResourceCRNQuery"
_FIXED = 8
"""Segments that may hold no `*` when all keys are searched."""


@dataclass(frozen=True, slots=True)
class CrnPattern:
    """A CRN of which segments may be `*`; the last one may also end with it."""

    segments: tuple[str, ...]

    @classmethod
    def parse(cls, text: str, *, all_keys: bool) -> "CrnPattern":
        """The pattern of a decoded query value.

        Raises:
            InvalidQuery: too few segments, or a `*` where none may stand.
        """
        segments = tuple(text.split(":", SEGMENTS - 1))
        problem = None
        if len(segments) != SEGMENTS:
            problem = "names a CRN of ten segments"
        elif any("*" in segment and segment != "*" for segment in segments[:-1]):
            problem = "has * only in place of a whole segment"
        elif "*" in segments[-1].removesuffix("*"):
            problem = "has * only at the end of its last segment"
        elif all_keys and "*" in segments[:_FIXED]:
            problem = "names the first eight segments when all keys are searched"
        if problem:
            raise InvalidQuery(f"{PARAMETER} {problem}.", target=PARAMETER)
        return cls(segments)

    def matches(self, crn: str) -> bool:
        """Whether a CRN fits."""
        parts = crn.split(":", SEGMENTS - 1)
        if len(parts) != SEGMENTS:
            return False
        *wanted, last = self.segments
        if any(segment not in ("*", part) for segment, part in zip(wanted, parts, strict=False)):
            return False
        return parts[-1].startswith(last[:-1]) if last.endswith("*") else parts[-1] == last
