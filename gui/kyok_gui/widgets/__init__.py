"""The parts that pages are made of. Each module is loaded when a part of it is first asked for.

Most of them are not needed for the first frame, and PySide6 takes its time over every class that a module names.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kyok_gui.widgets.bars import InlineNote, Verdict
    from kyok_gui.widgets.basics import Icon, Prose, Text, escape, link_html, named, plain, set_look
    from kyok_gui.widgets.boxes import CodeValue, EmptyState, KeyValueList, LinkValue, Row, SectionHead, Tile
    from kyok_gui.widgets.buttons import Button, IconButton, Link, MenuButton, MenuEntry
    from kyok_gui.widgets.columns import EN_DASH, Column
    from kyok_gui.widgets.copying import CopyField
    from kyok_gui.widgets.dialog import Dialog
    from kyok_gui.widgets.field import Field, row_of
    from kyok_gui.widgets.fields import NumberField, PasswordField, SearchField, TextArea, TextField
    from kyok_gui.widgets.frames import Frame, Rule
    from kyok_gui.widgets.heads import Breadcrumb, PageHeader
    from kyok_gui.widgets.panel import SidePanel, Tabs
    from kyok_gui.widgets.select import Choice, SelectField
    from kyok_gui.widgets.skeleton import Skeleton
    from kyok_gui.widgets.static_table import StaticTable
    from kyok_gui.widgets.status import (
        DONE,
        NONE_YET,
        NOW,
        Status,
        StatusLabel,
        instance_state,
        key_state,
        key_status,
        node_state,
        outcome,
    )
    from kyok_gui.widgets.steps import ProgressSteps, Step
    from kyok_gui.widgets.table import DataTable
    from kyok_gui.widgets.table_model import TableModel
    from kyok_gui.widgets.tags import FilterChip, Tag
    from kyok_gui.widgets.tearsheet import Tearsheet
    from kyok_gui.widgets.toast import ToastStack
    from kyok_gui.widgets.toggles import CheckBox, RadioGroup, Toggle

__all__ = [
    "DONE",
    "EN_DASH",
    "NONE_YET",
    "NOW",
    "Breadcrumb",
    "Button",
    "CheckBox",
    "Choice",
    "CodeValue",
    "Column",
    "CopyField",
    "DataTable",
    "Dialog",
    "EmptyState",
    "Field",
    "FilterChip",
    "Frame",
    "Icon",
    "IconButton",
    "InlineNote",
    "KeyValueList",
    "Link",
    "LinkValue",
    "MenuButton",
    "MenuEntry",
    "NumberField",
    "PageHeader",
    "PasswordField",
    "ProgressSteps",
    "Prose",
    "RadioGroup",
    "Row",
    "Rule",
    "SearchField",
    "SectionHead",
    "SelectField",
    "SidePanel",
    "Skeleton",
    "StaticTable",
    "Status",
    "StatusLabel",
    "Step",
    "TableModel",
    "Tabs",
    "Tag",
    "Tearsheet",
    "Text",
    "TextArea",
    "TextField",
    "Tile",
    "ToastStack",
    "Toggle",
    "Verdict",
    "escape",
    "instance_state",
    "key_state",
    "key_status",
    "link_html",
    "named",
    "node_state",
    "outcome",
    "plain",
    "row_of",
    "set_look",
]

_HOMES = {
    "bars": "InlineNote Verdict",
    "basics": "Icon Prose Text escape link_html named plain set_look",
    "boxes": "CodeValue EmptyState KeyValueList LinkValue Row SectionHead Tile",
    "buttons": "Button IconButton Link MenuButton MenuEntry",
    "columns": "EN_DASH Column",
    "copying": "CopyField",
    "dialog": "Dialog",
    "field": "Field row_of",
    "fields": "NumberField PasswordField SearchField TextArea TextField",
    "frames": "Frame Rule",
    "heads": "Breadcrumb PageHeader",
    "panel": "SidePanel Tabs",
    "select": "Choice SelectField",
    "skeleton": "Skeleton",
    "static_table": "StaticTable",
    "status": "DONE NONE_YET NOW Status StatusLabel instance_state key_state key_status node_state outcome",
    "steps": "ProgressSteps Step",
    "table": "DataTable",
    "table_model": "TableModel",
    "tags": "FilterChip Tag",
    "tearsheet": "Tearsheet",
    "toast": "ToastStack",
    "toggles": "CheckBox RadioGroup Toggle",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """One of the names above, whose module is imported now."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = found
    return found
