"""The list of users: who doubts that somebody is one hears the answer, or that there is none yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from kyok.client.errors import CloudUnreachable
from kyok.errors import KyokError
from kyok_gui.people import People, Person
from kyok_gui.startup import Console
from tests.gui import driver
from tests.gui.cloud_fixture import EmulatedCloud
from tests.gui.fakes import FakeContext
from tests.gui.shell.sample import PERSONS
from tests.gui.shell.test_sign_in_as import go_on_as, seed

NOBODY = "IBMid-nobody"


class List:
    """The cloud's list, which can be away."""

    def __init__(self) -> None:
        self.away = False
        self.reads = 0

    def __call__(self) -> Sequence[Person]:
        self.reads += 1
        if self.away:
            raise CloudUnreachable()
        return PERSONS


@pytest.fixture
def listed() -> List:
    return List()


@pytest.fixture
def people(context: FakeContext, listed: List) -> People:
    return People(context.tasks, context.live, listed, context.tasks)


def test_who_asks_while_the_list_cannot_be_read_is_told_and_answered_when_it_can(
    people: People, listed: List, qtbot: Any
) -> None:
    heard: list[object] = []
    listed.away = True
    people.make_sure(NOBODY, lambda: heard.append("absent"), heard.append)
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert isinstance(heard[0], CloudUnreachable)
    listed.away = False
    people.refresh()
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[1] == "absent"
    people.refresh()
    qtbot.waitUntil(lambda: listed.reads == 3)
    assert len(heard) == 2, "it is answered once"


def test_a_list_that_nobody_waits_for_may_fail_quietly(people: People, listed: List, qtbot: Any) -> None:
    listed.away = True
    people.refresh()
    qtbot.waitUntil(lambda: listed.reads == 1)
    assert people.persons == ()


def test_what_was_asked_of_a_cloud_that_was_left_does_not_come_in(people: People, listed: List, qtbot: Any) -> None:
    heard: list[object] = []
    people.refresh()
    qtbot.waitUntil(lambda: people.persons == PERSONS)
    people.changed.connect(lambda: heard.append("changed"))
    people.make_sure(NOBODY, lambda: heard.append("absent"), heard.append)
    people.forget()
    assert people.persons == ()
    qtbot.waitUntil(lambda: listed.reads == 2 and not people._tasks.busy)
    assert heard == [] and people.persons == ()


def test_the_window_says_that_it_is_unknown_and_asks_again_when_it_is_connected_again(
    console: Console, cloud: EmulatedCloud, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, people, link = console.context.account, console.people, console.link
    ben = seed(cloud, {"role": "Viewer"})
    go_on_as(console, qtbot, ben)
    driver.wait_for(qtbot, lambda: not console.tasks.busy)
    console.live.stop()  # the list is read only when somebody asks
    others = tuple(one for one in people.persons if one.iam_id != ben)
    answers: list[Sequence[Person] | KyokError] = [KyokError("The list is broken."), others]

    def load() -> Sequence[Person]:
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, KyokError):
            raise answer
        return answer

    monkeypatch.setattr(people, "_load", load)
    people.persons = others
    people.changed.emit()
    driver.wait_for(qtbot, lambda: console.context.notices.history)
    (notice,) = console.context.notices.history
    assert notice.title == "It is unknown whether Ben is still a user"
    assert notice.detail == "The list is broken. It is asked again when the cloud answers."
    assert console.context.account.iam_id == ben
    link._tell_loss()
    link.open()
    driver.wait_for(qtbot, lambda: console.context.account == own)
    assert console.context.notices.history[-1].title == "Ben is no user any more"
