"""The resource list as JSON, for programs. CSV is what every table offers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from kyok_gui.pages.resources.rows import ResourceRow
from kyok_gui.widgets.table_export import typed


def json_text(rows: Sequence[ResourceRow]) -> str:
    """One object for each row, in their order; moments are ISO 8601 in UTC."""
    return json.dumps([_body(row) for row in rows], indent=2, ensure_ascii=False) + "\n"


def _body(row: ResourceRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "guid": row.guid,
        "crn": row.crn,
        "service": row.service,
        "location": row.region,
        "resource_group": {"id": row.group_id, "name": row.group},
        "status": row.status.word,
        "key_status": row.key_text,
        "locked": row.locked,
        "tags": list(row.tags),
        "created_at": typed(row.created_at),
    }
