"""Steps that fail: one clear sentence, the picture, and nothing after it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kyok_gui import demo
from kyok_gui.startup import Console
from kyok_gui.walkthrough.driver import Hand
from kyok_gui.walkthrough.evidence import Evidence, SecondClient
from kyok_gui.walkthrough.opening import NotEmpty, opened, second_client
from kyok_gui.walkthrough.pictures import Photographer
from kyok_gui.walkthrough.runner import Outcome, Runner
from kyok_gui.walkthrough.steps import STEPS, Step
from kyok_gui.walkthrough.story import Proof, Story, compared
from kyok_gui.walkthrough.waiting import StepFailed
from tests.gui.cloud_fixture import EmulatedCloud

EVIDENCE = Evidence("GET /here", 200, {"there": 1})


@pytest.fixture
def story(console: Console, tmp_path: Path) -> Any:
    made = Story(console, Hand(console.window), second_client(console), tmp_path)
    yield made
    made.second.close()


def runner(story: Story, told: list[Outcome], themes: tuple[str, ...] = ("white",)) -> Runner:
    return Runner(story, Photographer(story.console, story.hand, story.folder, themes), told.append)


def fails(story: Story) -> Proof:
    raise StepFailed("The button is gone.", "Look for it.")


def test_a_step_that_fails_leaves_its_picture_and_ends_the_walk(story: Story) -> None:
    told: list[Outcome] = []
    steps = [Step("1 good", "good", lambda _: Proof(EVIDENCE)), Step("2 bad", "bad", fails), STEPS[0]]
    assert not runner(story, told).run(steps)
    assert [(outcome.step, outcome.ok) for outcome in told] == [("1 good", True), ("2 bad", False)]
    assert told[1].problem == "The button is gone. Look for it."
    assert told[1].as_dict()["picture"] == "02-bad-white.png"
    assert (story.folder / "02-bad-white.png").exists()
    assert told[0].as_dict()["evidence"] == {"request": "GET /here", "status": 200, "body": {"there": 1}}


def test_what_the_window_claims_must_be_what_the_cloud_says(story: Story) -> None:
    told: list[Outcome] = []
    lies = Step("1 lies", "lies", lambda _: compared(EVIDENCE, ("number", 2, 1), ("name", "a", "a")))
    assert not runner(story, told).run([lies])
    assert told[0].problem == "number: the window shows 2, the cloud says 1"
    refused = compared(Evidence("GET /x", 404, None), ("number", 1, 1))
    assert refused.differs == "The cloud answered 404 to GET /x."


def test_a_notice_of_a_failure_fails_the_step(story: Story) -> None:
    told: list[Outcome] = []

    def complains(_: Story) -> Proof:
        story.console.context.notices.error("It broke.", "Mend it.")
        return Proof(EVIDENCE)

    assert not runner(story, told).run([Step("1 breaks", "breaks", complains)])
    assert told[0].problem == "It broke. Mend it."


def test_each_picture_is_taken_in_every_theme_without_notices(story: Story) -> None:
    told: list[Outcome] = []
    story.console.context.notices.success("Done", "It is done.")
    assert runner(story, told, ("white", "g100")).run([STEPS[0]])
    assert told[0].as_dict()["pictures"] == ["01-empty-account-white.png", "01-empty-account-g100.png"]
    assert story.console.theme.name == "white"
    assert story.console.window.toasts.shown() == []
    white, dark = ((story.folder / name).read_bytes() for name in told[0].pictures)
    assert white != dark


def test_a_walk_begins_with_an_empty_account(console: Console, cloud: EmulatedCloud, tmp_path: Path) -> None:
    cloud.walked("hpcs")
    console.context.directory.refresh()
    story_of = Story(console, Hand(console.window), second_client(console), tmp_path)
    story_of.hand.row_of("resources.table", "walk-hpcs")
    with pytest.raises(NotEmpty):
        opened(console, tmp_path, "white")
    story_of.second.close()


def test_the_second_client_has_a_token_of_its_own_and_gets_another_when_it_is_refused(story: Story) -> None:
    second = story.second
    assert second.read("/v2/resource_instances").good
    first = second._token
    second._token = "worn out"
    assert second.read("/v2/resource_instances").good
    assert second._token not in ("worn out", "")
    assert first != ""
    assert second.read("/nowhere").status == 404


def test_no_answer_is_a_sentence(console: Console) -> None:
    cloud = console.link.cloud
    assert cloud is not None
    lost = SecondClient(lambda: "http://127.0.0.1:9", cloud.api_key)
    with pytest.raises(StepFailed, match="got no answer from the cloud"):
        lost.read("/v2/resource_instances")
    lost.close()


def test_the_demo_is_offscreen_where_no_window_is_possible(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setenv("QT_SCALE_FACTOR", "1")
    monkeypatch.setattr(demo, "display_there", lambda: False)
    demo._prepare_display(2)
    platform, _, screen = demo.os.environ["QT_QPA_PLATFORM"].partition(":configfile=")
    assert (platform, demo.os.environ["QT_SCALE_FACTOR"]) == ("offscreen", "2")
    assert Path(screen).is_file(), "the screen's own size leaves no room for menus at twice the pixels"
    monkeypatch.setenv("QT_QPA_PLATFORM", "no-such-platform")
    monkeypatch.setattr(demo, "display_there", lambda: True)
    demo._prepare_display(1)
    assert demo.os.environ["QT_QPA_PLATFORM"].partition(":")[0] == "offscreen", "a child tried and could not"


def test_a_report_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(demo.DemoRefused, match="cannot be written"):
        demo._write(tmp_path / "file" / "walk.json", [])
