"""Rights: what a role is missing for is off and says so; a page's own reasons hold beside it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyok.domain.rights import Decision, Question
from kyok.errors import KyokError
from kyok_gui import places
from kyok_gui.live import Live
from kyok_gui.page import Page
from kyok_gui.places import Place
from kyok_gui.rights import PENDING, Rights
from kyok_gui.tasks import TaskRunner
from kyok_gui.widgets import Button, SelectField, SidePanel, Text
from kyok_gui.widgets.bars import MissingRoles
from tests.gui.conftest import show
from tests.gui.driver import find
from tests.gui.fakes import FakeContext

MANAGER = Decision(False, ("Manager",), "instance", "acme-hpcs")
ALLOWED = Decision(True, ("Manager",), "instance", "acme-hpcs")
REASON = "Needs the Manager role on acme-hpcs"


class Cloud:
    """Answers as a test sets it; counts its requests."""

    def __init__(self) -> None:
        self.answers: dict[str, Decision] = {}
        self.asked: list[tuple[Question, ...]] = []
        self.real = False
        self.error: KyokError | None = None
        self.hold = threading.Event()
        self.hold.set()

    def decide(self, questions: Sequence[Question]) -> list[Decision] | None:
        self.asked.append(tuple(questions))
        answers = [self.answers.get(one.action, ALLOWED) for one in questions]
        assert self.hold.wait(20)
        if self.error is not None:
            raise self.error
        return None if self.real else answers


class World:
    def __init__(self) -> None:
        self.cloud = Cloud()
        self.tasks = TaskRunner()
        self.live = Live(self.tasks)
        self.rights = Rights(self.tasks, self.live, self.cloud.decide, self.tasks)


@pytest.fixture
def world(qapp: Any) -> Iterator[World]:
    made = World()
    yield made
    made.cloud.hold.set()
    assert made.tasks.close()


@pytest.fixture
def page(context: FakeContext, qtbot: Any) -> Page:
    made = Page(context, Place(places.RESOURCES))
    show(qtbot, made)
    return made


def button(page: Page, name: str = "Rotate") -> Button:
    made = Button(name, name=f"test.{name.lower()}")
    page.body.addWidget(made)
    return made


def settled(qtbot: Any, world: World) -> None:
    qtbot.waitUntil(lambda: world.rights.settled, timeout=20_000)


def note(page: QWidget) -> str:
    return find(page, "page.rights", MissingRoles).words()


def test_a_refused_control_is_off_and_the_page_says_which_role_it_needs(world: World, page: Page, qtbot: Any) -> None:
    rotate, delete, look = button(page), button(page, "Delete"), button(page, "Look")
    world.cloud.answers = {"secrets.rotate": MANAGER, "secrets.delete": MANAGER}
    world.rights.guard(rotate, "secrets.rotate", "g")
    world.rights.guard(delete, "secrets.delete", "g", what="Delete keys")
    world.rights.guard(look, "secrets.list", "g")
    settled(qtbot, world)
    assert (rotate.isEnabled(), delete.isEnabled(), look.isEnabled()) == (False, False, True)
    assert rotate.accessibleDescription() == rotate.toolTip() == REASON
    assert note(page) == f"{REASON}: Rotate, Delete keys"
    assert find(page, "page.rights").isVisible()


def test_questions_of_a_page_go_out_together_and_answers_are_kept(world: World, page: Page, qtbot: Any) -> None:
    for name in ("Rotate", "Delete", "Enable"):
        world.rights.guard(button(page, name), f"secrets.{name.lower()}", "g")
    settled(qtbot, world)
    world.rights.guard(button(page, "Again"), "secrets.rotate", "g")
    assert world.rights.reason("secrets.delete", "g") == ""
    settled(qtbot, world)
    assert [len(batch) for batch in world.cloud.asked] == [3]


def test_the_page_s_own_reasons_hold_beside_a_missing_role(world: World, page: Page, qtbot: Any) -> None:
    rotate = button(page)
    world.cloud.answers = {"secrets.rotate": MANAGER}
    world.rights.guard(rotate, "secrets.rotate", "g")
    settled(qtbot, world)
    rotate.set_enabled_because(True, "")
    assert (rotate.isEnabled(), rotate.accessibleDescription()) == (False, REASON)
    rotate.set_enabled_because(False, "The keys are being read.")
    assert rotate.accessibleDescription() == REASON
    world.cloud.answers = {}
    world.live.tell({"policy"})
    settled(qtbot, world)
    assert not rotate.isEnabled(), "the page itself still wants it off"
    rotate.set_enabled_because(True, "")
    assert (rotate.isEnabled(), rotate.accessibleDescription()) == (True, "")
    assert not find(page, "page.rights").isVisible()


def test_a_changed_policy_asks_again_and_tells(world: World, page: Page, qtbot: Any) -> None:
    assert world.rights.reason("secrets.rotate", "g") == ""
    settled(qtbot, world)
    world.cloud.answers = {"secrets.rotate": MANAGER}
    with qtbot.waitSignal(world.rights.changed):
        world.live.tell({"policy"})
    assert world.rights.reason("secrets.rotate", "g") == REASON
    settled(qtbot, world)
    asked = len(world.cloud.asked)
    world.live.tell({"key"})
    assert (world.rights.settled, len(world.cloud.asked)) == (True, asked), "a changed key changes no roles"


def test_while_signed_in_as_somebody_nothing_unknown_is_on(world: World, page: Page, qtbot: Any) -> None:
    rotate = button(page)
    world.rights.guard(rotate, "secrets.rotate", "g")
    settled(qtbot, world)
    assert rotate.isEnabled()
    world.cloud.hold.clear()
    world.rights.forget(cautious=True)
    assert (rotate.isEnabled(), rotate.toolTip()) == (False, PENDING)
    world.cloud.hold.set()
    settled(qtbot, world)
    assert rotate.isEnabled()


def test_answers_for_the_person_before_are_not_taken(world: World, page: Page, qtbot: Any) -> None:
    rotate = button(page)
    world.cloud.hold.clear()
    world.rights.guard(rotate, "secrets.rotate", "g")
    qtbot.waitUntil(lambda: len(world.cloud.asked) == 1)
    world.cloud.answers = {"secrets.rotate": MANAGER}
    world.rights.forget(cautious=True)
    world.cloud.hold.set()
    settled(qtbot, world)
    assert (rotate.isEnabled(), rotate.toolTip()) == (False, REASON)
    assert len(world.cloud.asked) >= 2


def test_what_is_hidden_needs_no_words(world: World, page: Page, qtbot: Any) -> None:
    rotate = button(page)
    world.cloud.answers = {"secrets.rotate": MANAGER}
    world.rights.guard(rotate, "secrets.rotate", "g")
    settled(qtbot, world)
    assert find(page, "page.rights").isVisible()
    rotate.hide()
    qtbot.waitUntil(lambda: not find(page, "page.rights").isVisible())
    rotate.show()
    qtbot.waitUntil(lambda: find(page, "page.rights").isVisible())
    box = QWidget()
    QVBoxLayout(box).addWidget(rotate)
    page.body.addWidget(box)
    box.hide()
    qtbot.waitUntil(lambda: not find(page, "page.rights").isVisible())
    box.show()
    qtbot.waitUntil(lambda: find(page, "page.rights").isVisible())


def test_one_allowed_thing_is_enough_for_a_control_of_several(world: World, page: Page, qtbot: Any) -> None:
    create = button(page, "Create")
    world.cloud.answers = {"a": MANAGER}
    world.rights.guard_any(create, [Question("a"), Question("b")])
    settled(qtbot, world)
    assert create.isEnabled()
    world.cloud.answers["b"] = MANAGER
    world.live.tell({"identities"})
    settled(qtbot, world)
    assert not create.isEnabled()


def test_a_real_cloud_guards_nothing(world: World, page: Page, qtbot: Any) -> None:
    world.cloud.real = True
    rotate = button(page)
    world.rights.guard(rotate, "secrets.rotate", "g")
    settled(qtbot, world)
    assert rotate.isEnabled()


def test_without_a_way_to_ask_pages_are_left_alone(page: Page) -> None:
    rights, rotate = Rights(), button(page)
    rights.guard(rotate, "secrets.rotate", "g")
    assert rotate.isEnabled()
    assert rights.settled or rights.reason("secrets.rotate", "g") == ""


def test_a_failed_question_is_told_and_can_be_asked_again(world: World, page: Page, qtbot: Any) -> None:
    told: list[KyokError] = []
    world.tasks.failed_unheard.connect(told.append)
    world.cloud.error = KyokError("No answer.")
    rotate = button(page)
    world.rights.guard(rotate, "secrets.rotate", "g")
    settled(qtbot, world)
    assert told
    world.cloud.error, world.cloud.answers = None, {"secrets.rotate": MANAGER}
    world.live.tell_everything()
    settled(qtbot, world)
    assert not rotate.isEnabled()


def test_fields_and_the_panel_that_holds_them(world: World, page: Page, qtbot: Any) -> None:
    panel, inside = SidePanel("Key", name="test.panel"), QWidget()
    field = SelectField("Rule", name="test.rule")
    QVBoxLayout(inside).addWidget(field)
    panel.add_tab("details", "Details", inside)
    world.cloud.answers = {"policies.write": MANAGER}
    world.rights.guard(field, "policies.write", "g", what="Change the policy")
    page.open_panel(panel)
    settled(qtbot, world)
    assert not field.isEnabled()
    assert find(panel, "test.panel.rights", MissingRoles).words() == f"{REASON}: Change the policy"
    assert not page.findChildren(MissingRoles, "page.rights")


def test_what_cannot_be_guarded_is_no_silent_hole(world: World) -> None:
    with pytest.raises(TypeError):
        world.rights.guard(Text("words"), "secrets.rotate", "g")


def test_parts_that_are_gone_are_forgotten(world: World, page: Page, qtbot: Any) -> None:
    rotate = button(page)
    world.cloud.answers = {"secrets.rotate": MANAGER}
    world.rights.guard(rotate, "secrets.rotate", "g")
    settled(qtbot, world)
    with qtbot.waitSignal(rotate.destroyed):
        rotate.deleteLater()
    world.live.tell({"policy"})
    settled(qtbot, world)
    assert not find(page, "page.rights").isVisible()
