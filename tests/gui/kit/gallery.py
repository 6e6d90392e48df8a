"""Windows that hold every widget of the kit, with data like that of the mock-ups."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kyok_gui.widgets import (
    Button,
    CheckBox,
    Choice,
    CodeValue,
    Column,
    CopyField,
    DataTable,
    Dialog,
    EmptyState,
    FilterChip,
    IconButton,
    InlineNote,
    KeyValueList,
    Link,
    LinkValue,
    MenuButton,
    MenuEntry,
    NumberField,
    PasswordField,
    RadioGroup,
    SearchField,
    SectionHead,
    SelectField,
    SidePanel,
    StatusLabel,
    Step,
    TableModel,
    Tag,
    Tearsheet,
    Text,
    TextArea,
    TextField,
    Tile,
    Toggle,
    Verdict,
    key_state,
    key_status,
    link_html,
    node_state,
    row_of,
)
from kyok_gui.widgets.frames import scrolled


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key as the keys page shows it."""

    name: str
    state: str
    used_by: str
    last_used: str
    ring: str
    alias: str


@dataclass(frozen=True, slots=True)
class GrantRow:
    """An authorization as its page shows it."""

    id: str
    source: str
    source_instance: str
    target: str
    target_instance: str
    role: str
    used_by: str
    modified: str
    by: str


KEYS = (
    KeyRow("atm-root", "Active", "No registration", "Never", "default", ""),
    KeyRow("branch-root", "Active", "No registration", "21 Nov 2026", "default", "branch"),
    KeyRow("hr-root", "Suspended", "hr-db", "Today 09:11", "hr", ""),
    KeyRow("ledger-root", "Active", "ledger-db", "Today 17:44", "ledger", "core-ledger"),
    KeyRow("legacy-root", "Deactivated", "No registration", "30 Sep 2026", "default", ""),
)
_PG = "Hyper Protect DBaaS for PostgreSQL"
_HPCS = "Hyper Protect Crypto Services"
GRANTS = (
    GrantRow("1", _PG, "All service instances", _HPCS, "acme-hpcs", "Reader", "4 instances", "12 Sep 2026", "by anna@"),
    GrantRow(
        "2", _PG, "All service instances", "Key Protect", "acme-kp", "Reader", "2 instances", "30 Sep 2026", "by ben@"
    ),
    GrantRow("3", "Cloud Object Storage", "acme-evidence", _HPCS, "acme-hpcs", "Reader", "", "14 Oct 2026", "by anna@"),
)


def key_columns() -> tuple[Column[KeyRow], ...]:
    """The columns of the keys page."""
    return (
        Column("name", "Name", lambda r: r.name, kind="link", icon=lambda r: "password", weight=3),
        Column("state", "State", lambda r: r.state, kind="status", status=lambda r: key_state(r.state), weight=2),
        Column("used", "Used by", lambda r: r.used_by, kind="link", link=lambda r: r.used_by.endswith("-db"), weight=2),
        Column("last", "Last used", lambda r: r.last_used, weight=2),
        Column("ring", "Key ring", lambda r: r.ring, weight=2),
        Column("alias", "Alias", lambda r: r.alias, weight=2),
    )


def grant_columns() -> tuple[Column[GrantRow], ...]:
    """The columns of the authorizations page."""
    return (
        Column("source", "Source", lambda r: r.source, detail=lambda r: r.source_instance, width=264),
        Column("target", "Target", lambda r: r.target, detail=lambda r: r.target_instance, width=224, tone="primary"),
        Column("role", "Role", lambda r: r.role, width=80, tone="primary"),
        Column("account", "Source account", lambda r: "This account", width=136),
        Column("type", "Type", lambda r: "User-defined", width=120),
        Column("used", "Used by", lambda r: r.used_by, kind="link", width=112),
        Column("modified", "Last modified", lambda r: r.modified, detail=lambda r: r.by),
    )


def key_table() -> DataTable[KeyRow]:
    """A dense table with ticks."""
    model = TableModel[KeyRow](key_columns(), key=lambda r: r.name)
    table = DataTable(
        model,
        name="keys.table",
        accessible="KMS keys",
        noun=("root key", "root keys"),
        row_height=32,
        head_height=32,
        checkable=True,
        row_menu=lambda r: [MenuEntry("rotate", "Rotate"), MenuEntry("delete", "Delete", danger=True)],
        search="Search by name or alias",
    )
    model.setParent(table)
    table.toolbar.add_tool("Filter", "filter", name="keys.filter")
    table.toolbar.set_primary("Add key", "add", name="keys.add")
    table.batch.add_action("rotate", "Rotate", "rotate")
    table.batch.add_action("disable", "Disable", "pause--outline--filled")
    table.batch.add_action("delete", "Delete", "trash-can", danger=True)
    model.set_rows(KEYS)
    return table


def grant_table() -> DataTable[GrantRow]:
    """A table with two-line cells."""
    model = TableModel[GrantRow](grant_columns(), key=lambda r: r.id)
    table = DataTable(
        model,
        name="authorizations.table",
        accessible="Authorizations",
        noun=("authorization", "authorizations"),
        row_height=64,
        row_menu=lambda r: [MenuEntry("remove", "Remove", danger=True)],
        search="Search by service, instance, role or ID",
    )
    model.setParent(table)
    table.toolbar.set_primary("Create", "add", name="authorizations.create")
    model.set_rows(GRANTS)
    return table


def verdict(level: str = "error") -> Verdict:
    """A verdict with its cure."""
    made = Verdict(name="nodes.verdict")
    if level == "error":
        made.show_verdict(
            "error",
            "All three nodes stopped at 17:42: the authorization was removed by anna@acme.example.",
            "No data is lost. Nodes restart by themselves once the authorization is back. "
            + link_html("View event", "place:activity"),
            "Restore authorization",
        )
    else:
        made.show_verdict(
            "good",
            "All three nodes connected: the last key checks passed at 17:44 UTC.",
            f"Root key {link_html('ledger-root', 'place:keys')} in {link_html('acme-hpcs', 'place:keys')} "
            "protects this instance. Every node checks its access to the key once a minute.",
        )
    return made


def note() -> InlineNote:
    """A warning with one way out."""
    return InlineNote(
        "warning",
        "cards-db is stopped: no authorization lets it use acme-hpcs-eu",
        "Source and target are known, so the form opens filled in. You only confirm.",
        name="authorizations.missing",
        action="Create this authorization",
    )


def instance_choices() -> tuple[Choice, ...]:
    """Choices with icon, second line and reason."""
    return (
        Choice(
            "a", "acme-hpcs", "us-south", key_state("Active"), "Authorized already: change the role in its row instead"
        ),
        Choice("b", "acme-hpcs-eu", "eu-de, 2 crypto units, 2 active root keys", key_state("Active")),
        Choice("c", "acme-lab", "us-east, 2 crypto units. Can be authorized now", key_state("Pre-active")),
    )


def buttons() -> QWidget:
    """Every kind of button."""
    box = QWidget()
    row = QHBoxLayout(box)
    for kind in ("primary", "secondary", "tertiary", "ghost", "danger", "danger-tertiary"):
        row.addWidget(Button(kind.capitalize(), kind, name=f"gallery.{kind}", icon="add"))
    off = Button("Off", "primary", name="gallery.off")
    off.set_enabled_because(False, "Nothing is chosen.")
    row.addWidget(off)
    row.addWidget(
        MenuButton("Actions", [MenuEntry("a", "Rename"), MenuEntry("d", "Delete", danger=True)], name="gallery.menu")
    )
    row.addWidget(IconButton("renew", "Look again", name="gallery.renew"))
    row.addWidget(Link("View event", name="gallery.link"))
    row.addStretch(1)
    return box


def form() -> QWidget:
    """Every kind of field."""
    box = QWidget()
    column = QVBoxLayout(box)
    name = TextField("Service name", name="form.name", value="ledger-db")
    wrong = TextField("Cluster name", name="form.cluster", value="1")
    wrong.set_error("A cluster name starts with a letter.")
    column.addLayout(
        row_of(name, wrong, TextField("Tags (optional)", name="form.tags", placeholder="Examples: env:prod"))
    )
    password = PasswordField("Database admin password", name="form.password")
    password.set_checks([("15 characters or more", True), ("upper case", True), ("digit", False)])
    select = SelectField("Select a KMS instance", name="form.kms", choices=instance_choices(), value="b")
    select.set_note("checkmark--filled", "supportSuccess", "Authorization found: PostgreSQL → acme-hpcs", "View")
    blocked = SelectField(
        "Select a root key", name="form.key", helper="Fills by itself as soon as the authorization exists."
    )
    blocked.set_blocked("No keys: the service may not list them")
    column.addLayout(row_of(password, select, blocked))
    number = NumberField("Signature threshold", name="form.threshold", minimum=1, maximum=8, value=2)
    column.addLayout(row_of(number, SearchField("Search services", name="form.search", accessible="Search services")))
    choices = (
        Choice("discard", "Discard", "The data of the instance is lost"),
        Choice("keep", "Keep", "Nodes come back"),
    )
    radios = RadioGroup("Deletion rule", choices, name="form.rule", value="discard")
    toggle = Toggle("Dark theme", name="form.dark", checked=True)
    tick = CheckBox("I understand that ledger-db stops within a minute", name="form.tick", checked=True)
    column.addLayout(row_of(radios, toggle, tick, TextArea("Key material", name="form.material", rows=2, mono=True)))
    return box


def tiles() -> QWidget:
    """Tiles with values and states."""
    box = QWidget()
    row = QHBoxLayout(box)
    connection = Tile(heading="Connection")
    values = KeyValueList(
        [
            ("Host", "dbaas900.hyperp-dbaas.cloud.ibm.com"),
            ("HPCS instance", LinkValue("acme-hpcs", "place:keys")),
            ("Key status", key_status("connected")),
            ("CRN", CodeValue("crn:v1:bluemix:public:hs-crypto:us-south:a/2f4c1d8e9a3b:4c7a1f02::", "tile.crn")),
        ]
    )
    connection.body.addWidget(values)
    connection.body.addWidget(
        CopyField('psql "host=dbaas900 user=admin"', name="tile.psql", accessible="psql command", lines=True)
    )
    node = Tile(heading="")
    node.body.addWidget(StatusLabel(key_status("not authorized"), size="lg"))
    node.body.addWidget(StatusLabel(node_state("Stopped")))
    node.body.addLayout(row_of(Tag("Critical", "red"), Tag("Stops in 0:42", "warm-gray"), stretch=True))
    node.body.addLayout(row_of(FilterChip("Type: Root key", name="tile.chip"), stretch=True))
    row.addWidget(connection, 1)
    row.addWidget(node, 1)
    return box


def gallery() -> QWidget:
    """All parts, one below the other."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(32, 24, 32, 24)
    column.setSpacing(16)
    parts = (
        buttons(),
        verdict(),
        verdict("good"),
        note(),
        form(),
        tiles(),
        SectionHead("Units", "Both agree"),
        key_table(),
        grant_table(),
    )
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return scrolled(inside)


def empty() -> EmptyState:
    """What an account without authorizations sees."""
    made = EmptyState(
        "keep-your-own-key",
        "No authorizations yet",
        "Without one, no database instance can use a root key in this account, and the creation form offers no keys.",
        name="authorizations.empty",
        button="Create authorization",
    )
    made.set_extra(
        "Usually the first one",
        f"{_PG}, all service instances, may use acme-hpcs with the Reader role. "
        + link_html("Fill in these values", "place:authorizations"),
    )
    return made


def remove_dialog() -> Dialog:
    """The dialog of mock-up 10."""
    made = Dialog(
        "Remove authorization",
        "PostgreSQL → acme-hpcs, Reader",
        path="Acme Bank / Access (IAM) / Authorizations / a41c90d2-5e1b",
        name="authorizations.remove",
    )
    made.add_effect(
        "error--filled",
        "supportError",
        "2 running instances stop within a minute (6 nodes)",
        "Their databases close. No data is lost.",
    )
    icon = "ibm-cloud--databases"
    connected = key_status("connected").saying("3 nodes connected")
    made.add_evidence(
        ["Instance", "Root key", "Now"],
        [
            [(icon, LinkValue("ledger-db", "place:nodes/1")), "ledger-root", connected],
            [(icon, LinkValue("payments-db", "place:nodes/2")), "payments-root", connected],
        ],
        widths=(168, 168, 200),
        row_height=40,
    )
    made.add_effect(
        "information--filled",
        "supportInfo",
        "2 more instances use it and are stopped already",
        "hr-db (key disabled) and archive-db (key deleted). For them nothing changes now.",
    )
    made.add_effect(
        "undo",
        "iconPrimary",
        "How to come back",
        "Restore the authorization from the Nodes page or from its entry in Activity. "
        "The nodes then restart by themselves.",
    )
    made.add_tick("I understand that ledger-db and payments-db stop within a minute").setChecked(True)
    made.set_accept("Remove authorization", "trash-can", danger=True)
    return made


def delete_dialog() -> Dialog:
    """The dialog of mock-up 15."""
    made = Dialog(
        "Delete root key",
        "ledger-root",
        path="Acme Bank / acme-hpcs / key ring ledger / ledger-root",
        name="keys.delete",
        width=720,
    )
    made.add_effect(
        "error--filled",
        "supportError",
        "ledger-db stops within a minute and its data is lost",
        "3 nodes, 4 databases, 9.1 GB. The data cannot be recovered from this instance.",
    )
    made.add_effect(
        "data-backup",
        "iconPrimary",
        "7 backups stay usable until each is 7 days old",
        "They are sealed under a service key, not under ledger-root. Restore one into a new instance.",
    )
    made.add_effect(
        "time",
        "iconPrimary",
        "The key can be restored for 30 days and is purged after 90",
        "Restoring the key does not bring ledger-db back.",
    )
    made.add_evidence(
        ["What", "Read back from"],
        [
            ["1 registration", "ledger-db, since 12 Sep 2026; the key is deleted in spite of it"],
            ["Last unwrap", "Today 17:44:41 by node 2 (us-south-2)"],
            ["Unwraps in 24 hours", "4,254 passed, 66 denied"],
        ],
        label="Evidence",
        widths=(184, 0),
    )
    made.add_typed_name("ledger-root").set_value("ledger-ro")
    made.set_accept("Delete key", "trash-can", danger=True)
    made.set_second("Disable instead", "pause--outline--filled")
    return made


def wizard() -> Tearsheet:
    """The tearsheet of mock-up 08."""
    made = Tearsheet(
        "Create authorization",
        "Let a service use another one. Nothing changes before you press Authorize on the last step.",
        name="authorizations.wizard",
        finish=("Authorize", "checkmark"),
    )
    target = QWidget()
    column = QVBoxLayout(target)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(24)
    column.addWidget(Text("Target", "heading03"))
    service = SelectField(
        "Target service",
        name="authorizations.target-service",
        choices=[Choice("hs-crypto", _HPCS)],
        value="hs-crypto",
        helper="Only services that can protect a PostgreSQL instance are listed.",
    )
    column.addWidget(service)
    column.addWidget(
        SelectField(
            "Target service instance", name="authorizations.target-instance", choices=instance_choices(), value="b"
        )
    )
    made.add_step(Step("source", "Source", "PostgreSQL, all instances"), QWidget())
    made.add_step(Step("target", "Target", "Choose what may be used"), target)
    made.add_step(Step("role", "Role", "Reader role"), QWidget())
    made.add_step(Step("review", "Review", "Check, then Authorize"), QWidget())
    made.side.body.addWidget(Text("What this grants", "heading01"))
    made.side.body.addWidget(
        Text("All PostgreSQL instances in Acme Bank may use the keys of acme-hpcs-eu.", tone="secondary", wrap=True)
    )
    made.go_to("target")
    return made


def panel() -> SidePanel:
    """A side panel with two tabs and its actions."""
    made = SidePanel("ledger-root", "Root key, Active", name="keys.panel")
    details = KeyValueList(
        [("State", key_state("Active")), ("ID", CodeValue("02fd6835-6001-4482-a892-13bd2085f75d", "panel.id"))]
    )
    made.add_tab("details", "Details", details)
    made.add_tab("versions", "Versions", Text("Three versions"))
    made.set_actions(
        [
            Button("Rotate", "secondary", name="keys.panel.rotate", icon="rotate"),
            Button("Delete", "danger", name="keys.panel.delete", icon="trash-can"),
        ]
    )
    return made
