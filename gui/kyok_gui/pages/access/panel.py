"""The panel of one authorization: who uses it, and all its values."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyok.domain.crn import Crn
from kyok.domain.translation import tr
from kyok_gui import places
from kyok_gui.pages.access.facts import AccessFacts
from kyok_gui.pages.access.remove import now_status
from kyok_gui.pages.access.rows import AuthorizationRow, author
from kyok_gui.places import Place, activity_of
from kyok_gui.times import at
from kyok_gui.widgets import CodeValue, KeyValueList, LinkValue, Row, SidePanel, StaticTable, Text

USED_BY, DETAILS = "used-by", "details"


class AuthorizationPanel(SidePanel):
    """Used by, Details."""

    link = Signal(str)

    def __init__(self, row: AuthorizationRow) -> None:
        super().__init__(row.title, row.role, name="authorizations.panel")
        self.row = row
        self._words = Text("", "bodyCompact01", "secondary", wrap=True, name="authorizations.panel.words")
        self._table = StaticTable(
            (tr("Instance"), tr("Root key"), tr("Now")),
            name="authorizations.panel.users",
            accessible=tr("Instances that use this authorization"),
            widths=(120, 128, 0),
            row_height=40,
            on="layer01",
        )
        self._table.link.connect(self.link)
        users = QWidget()
        column = QVBoxLayout(users)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._words)
        column.addWidget(self._table)
        self._values = KeyValueList(label_width=184, name="authorizations.panel.values")
        self._values.link.connect(self.link)
        self.add_tab(USED_BY, tr("Used by"), users)
        self.add_tab(DETAILS, tr("Details"), self._values)

    def show_row(self, row: AuthorizationRow, facts: AccessFacts) -> None:
        """Shows the authorization as it is now."""
        self.row = row
        users = facts.used_by(row.policy)
        self._table.set_rows(
            [
                (
                    LinkValue(one.name, Place(places.NODES, one.guid).href()),
                    LinkValue(one.kms_key_name or "", self._key_href(one.kms_instance, one.kms_key)),
                    now_status(one),
                )
                for one in users
            ]
        )
        self._table.setVisible(bool(users))
        words = tr(
            "These instances use their root key through this authorization. Running ones stop when it is removed."
        )
        if not users:
            words = tr("No instance uses this authorization now.")
        self._words.setText(words)
        self._values.set_rows(self._value_rows(row, facts))

    def _key_href(self, kms: str | None, key: str | None) -> str:
        guid = (kms or "").split(":")[7] if (kms or "").count(":") > 7 else ""
        return Place(places.KEYS, guid).with_query(key=key or "").href()

    def _value_rows(self, row: AuthorizationRow, facts: AccessFacts) -> list[Row]:
        policy = row.policy
        rows: list[Row] = [
            ("ID", CodeValue(policy.id, "authorizations.panel.id")),
            (tr("Source service"), row.source),
            (tr("Source service instance"), row.source_instance),
            (tr("Source account"), row.account),
            (tr("Target service"), row.target),
            (tr("Target service instance"), row.target_instance),
            (tr("Role"), row.role),
            (tr("Type"), row.type),
            (tr("Scope"), row.scope or tr("Nothing narrows it further")),
            (tr("Description"), row.description or tr("None")),
        ]
        if policy.created_at is not None:
            rows.append((tr("Created"), at(policy.created_at)))
        if policy.modified_at is not None:
            who = author(policy, facts)
            rows.append((tr("Last modified"), at(policy.modified_at) + (tr(" by {who}", who=who) if who else "")))
        crn = Crn(service="iam-access-management", scope=f"a/{facts.account_id}").with_resource("policy", policy.id)
        there = activity_of(target=str(crn), name=row.title)
        rows.append(
            (
                tr("Activity"),
                LinkValue(tr("Activity of this authorization"), there.href(), "authorizations.panel.activity"),
            )
        )
        return rows
