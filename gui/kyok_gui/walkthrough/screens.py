"""Pages as a person meets them: what they say, and what is pressed there. Used by the demo and by tests."""

from __future__ import annotations

from kyok_gui.pages.database.node_tile import NodeTile
from kyok_gui.walkthrough.driver import Hand
from kyok_gui.walkthrough.waiting import wait_until
from kyok_gui.widgets import CheckBox, InlineNote, MenuButton, Prose, SelectField, StaticTable, StatusLabel, Text


class Screen:
    """Anything in the window."""

    def __init__(self, hand: Hand) -> None:
        self.hand = hand

    def text(self, name: str) -> str:
        """The words of a text in sight; none when it is not there."""
        found = self.hand.seen(name)
        words = found.words() if isinstance(found, Text | Prose | StatusLabel | InlineNote) else ""
        return words.replace("\N{NON-BREAKING HYPHEN}", "-")

    def words(self, name: str) -> list[str]:
        """Every sentence in sight in a part of the window."""
        part = self.hand.find(name)
        texts: list[Text | Prose] = [*part.findChildren(Text), *part.findChildren(Prose)]
        return [text.words() for text in texts if text.isVisible() and text.words()]

    def rows(self, table: str) -> list[list[str]]:
        """What a table shows, cell by cell."""
        model = self.hand.table(table).model
        columns = range(model.columnCount())
        return [[str(model.index(row, column).data()) for column in columns] for row in range(model.rowCount())]

    def arrive(self, page: str) -> None:
        """Waits until the page is in sight and loaded."""
        self.hand.find(f"page.{page}")
        self.hand.wait_rest()

    def on(self, name: str) -> bool:
        """Whether something in sight is switched on."""
        found = self.hand.seen(name)
        return found is not None and found.isEnabled()


class Header(Screen):
    """The bar on top."""

    def home(self) -> None:
        """To the resource list."""
        self.hand.press("header.home")
        self.arrive("resources")

    def open_instance(self, name: str) -> None:
        """Home, and there to an instance by the link in its row."""
        self.home()
        self.hand.open_row("resources.table", name)

    def catalog(self, service: str) -> None:
        """Through the catalog to the creation page of a service."""
        self.hand.press("header.catalog")
        self.arrive("catalog")
        self.hand.press(f"catalog.{service}.create")

    def manage(self, command: str) -> None:
        """Chooses from the Manage menu."""
        self.hand.from_menu("header.manage", command)

    def turn_clock(self, button: str) -> None:
        """Turns the clock forward in the clock's panel."""
        self.hand.press("header.clock")
        self.hand.press(f"clock.{button}")
        self.hand.wait_gone("clock.panel")
        self.hand.close_notices()

    def let_time_pass(self) -> None:
        """Turns the clock by the length that the panel offers to change, an hour and a half."""
        self.turn_clock("turn")
        self.hand.wait_rest()

    def side(self, page: str) -> None:
        """Chooses from the side navigation."""
        self.hand.press(f"sidenav.{page}")
        self.arrive(page)

    def linked(self, name: str) -> None:
        """Chooses a linked instance from the side navigation."""
        self.hand.press(f"sidenav.linked.{name}")
        self.hand.wait_rest()


class Keys(Screen):
    """KMS keys."""

    TABLE = "keys.table"

    def state_of(self, name: str) -> str:
        """The state in the row of a key; none when it has no row."""
        return next((row[1] for row in self.rows(self.TABLE) if row[0] == name), "")

    def create(self, name: str) -> None:
        """Creates a root key."""
        self._add("create")
        self.hand.type("keys.create.name", name)
        self.hand.press("keys.create.accept")
        self.hand.wait_gone("keys.create")

    def start_import(self, name: str, file: str) -> None:
        """Fills in the form for a key from a file."""
        self._add("import")
        self.hand.type("keys.import.name", name)
        self.hand.type("keys.import.material.file", file)

    def finish_import(self) -> None:
        """Sends the form."""
        self.hand.press("keys.import.accept")
        self.hand.wait_gone("keys.import")

    def _add(self, entry: str) -> None:
        wait_until(lambda: self.on("keys.add") or self.hand.sees("keys.empty.button"), "keys can be added")
        if self.hand.sees("keys.empty.button"):
            self.hand.press("keys.empty.button" if entry == "create" else "keys.empty.second")
        else:
            self.hand.from_menu("keys.add", entry)
        self.hand.find(f"keys.{entry}")

    def act(self, name: str, action: str) -> None:
        """Chooses from the menu of a key's row."""
        self.close_panel()
        self.hand.row_menu(self.TABLE, name, action)

    def close_panel(self) -> None:
        """Closes the details."""
        if self.hand.sees("keys.panel"):
            self.hand.press("keys.panel.close")
            self.hand.wait_gone("keys.panel")

    def disable(self, name: str) -> None:
        """Disables a key, ticking what it would stop."""
        self.act(name, "disable")
        self.hand.find("keys.disable")
        if self.hand.sees("keys.disable.tick"):
            self.hand.press("keys.disable.tick")
        self.hand.press("keys.disable.accept")
        self.hand.wait_gone("keys.disable")

    def rotate(self, name: str) -> None:
        """Rotates a key."""
        self.act(name, "rotate")
        self.hand.press("keys.rotate.accept")
        self.hand.wait_gone("keys.rotate")

    def start_deleting(self, name: str) -> None:
        """Opens the dialog and types the name."""
        self.act(name, "delete")
        self.hand.type("keys.delete.typed", name)

    def finish_deleting(self) -> None:
        """Deletes it."""
        self.hand.press("keys.delete.accept")
        self.hand.wait_gone("keys.delete")


class Authorizations(Screen):
    """Manage > Access (IAM) > Authorizations."""

    TABLE = "authorizations.table"
    WIZARD = "authorizations.wizard"

    def open(self) -> None:
        """By the Manage menu."""
        Header(self.hand).manage("go.authorizations")
        self.arrive("authorizations")

    def start(self) -> None:
        """Opens the wizard."""
        empty = "authorizations.empty.button"
        wait_until(lambda: self.on("authorizations.create") or self.hand.sees(empty), "the authorizations are read")
        self.hand.press(empty if self.hand.sees(empty) else "authorizations.create")
        self.hand.find(self.WIZARD)

    def choose_source(self, service: str) -> None:
        """Source service; all of its instances."""
        self.hand.choose(f"{self.WIZARD}.source-service", service)
        self.hand.choose(f"{self.WIZARD}.source-instance", "All service instances")
        self.next()

    def choose_target(self, service: str, instance: str) -> None:
        """Target service and the instance to authorize."""
        self.hand.choose(f"{self.WIZARD}.target-service", service)
        self.hand.choose(f"{self.WIZARD}.target-instance", instance)

    def next(self) -> None:
        """To the next step."""
        self.hand.press(f"{self.WIZARD}.next")

    def grant_reader(self) -> None:
        """Enables the Reader role."""
        reader = self.hand.find(f"{self.WIZARD}.reader", CheckBox)
        if not reader.isChecked():
            self.hand.press(f"{self.WIZARD}.reader")

    def authorize(self) -> None:
        """The last button."""
        self.next()
        self.hand.wait_gone(self.WIZARD)

    def start_removing(self, source: str) -> None:
        """Opens the removal dialog of a row and ticks."""
        self.hand.row_menu(self.TABLE, source, "remove")
        self.hand.find("authorizations.remove")
        if self.hand.sees("authorizations.remove.tick"):
            self.hand.press("authorizations.remove.tick")

    def finish_removing(self) -> None:
        """Removes it."""
        self.hand.press("authorizations.remove.accept")
        self.hand.wait_gone("authorizations.remove")


class Nodes(Screen):
    """Nodes of a database instance."""

    def tiles(self) -> list[NodeTile]:
        """The tiles in sight, in their order."""
        found = (self.hand.seen(f"nodes.node{number}", NodeTile) for number in (1, 2, 3))
        return [tile for tile in found if tile is not None]

    def statuses(self) -> list[str]:
        """Key status of each node, as its tile says."""
        return [tile.status.words() for tile in self.tiles()]

    def states(self) -> list[str]:
        """Whether each node runs, as its tile says."""
        return [tile.facts.words()["Node state"] for tile in self.tiles()]

    def countdown(self, number: int) -> str:
        """The count that runs down at a node."""
        return self.tiles()[number - 1].pill.words()

    @property
    def sentence(self) -> str:
        """The verdict."""
        return self.text("nodes.verdict.sentence")

    @property
    def count(self) -> int:
        """How many rows the page says there are; -1 when it says none can be read."""
        words = self.text("nodes.data.count")
        return int(words.split()[0].replace(",", "")) if words else -1

    def newest(self) -> str:
        """Reference of the newest row."""
        rows = self.hand.find("nodes.data.rows", StaticTable).words()
        return rows[0][0] if rows else ""

    def add_rows(self) -> None:
        """Adds sample rows."""
        before = self.count
        self.hand.press("nodes.data.add")
        wait_until(lambda: self.count > before, "more rows are shown")

    def check_now(self) -> None:
        """Lets every node check its key."""
        self.hand.press("nodes.check-now")

    def cure(self) -> None:
        """Presses the one button that cures it."""
        self.hand.press("nodes.verdict.button")

    def break_something(self, entry: str) -> None:
        """Starts a fault."""
        self.hand.from_menu("nodes.break", entry)

    def end_faults(self) -> None:
        """Ends the fault in force, from the same menu."""
        button = self.hand.find("nodes.break", MenuButton)
        ends = [one.id for one in button.entries() if one.id.startswith("end:")]
        self.hand.from_menu("nodes.break", ends[0])


class Pickers(Screen):
    """KMS instance and root key, on the creation page and in the restore dialog."""

    def __init__(self, hand: Hand, place: str) -> None:
        super().__init__(hand)
        self._place = place

    def choose_instance(self, name: str) -> None:
        """The KMS instance."""
        self.hand.choose(f"{self._place}.kms-instance", name)

    def choose_key(self, name: str) -> None:
        """The root key."""
        self.hand.choose(f"{self._place}.root-key", name)

    def key_field(self) -> str:
        """What the closed field of the root key says."""
        return self.hand.find(f"{self._place}.root-key.field", SelectField).box.shown


class Creation(Screen):
    """The creation page of a database instance."""

    PLACE = "create-postgresql"

    @property
    def pickers(self) -> Pickers:
        """Its two pickers."""
        return Pickers(self.hand, self.PLACE)

    def fill_in(self, name: str, password: str) -> None:
        """Service name and password; the rest is left as it is."""
        self.hand.type(f"{self.PLACE}.service-name", name)
        self.hand.type(f"{self.PLACE}.password", password)
        self.hand.type(f"{self.PLACE}.confirm-password", password)

    @property
    def why_not(self) -> str:
        """Why Create is off."""
        return self.text(f"{self.PLACE}.why-not.text")

    @property
    def can_create(self) -> bool:
        """Whether Create is on."""
        return self.on(f"{self.PLACE}.create")
