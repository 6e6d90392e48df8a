import pytest

from kyok.domain.steps import AUTHORIZATION, INITIALISE, RESTORE, START_HERE, StepState


def test_the_wizard_of_the_seed() -> None:
    assert [step.title for step in AUTHORIZATION.steps] == ["Source", "Target", "Role", "Review"]
    assert (AUTHORIZATION.first, AUTHORIZATION.last) == ("source", "review")
    assert AUTHORIZATION.next("source") == "target"
    assert AUTHORIZATION.next("review") is None
    assert AUTHORIZATION.back("source") is None
    assert AUTHORIZATION.back("review") == "role"
    assert AUTHORIZATION.step("role").hint == "Reader role"


def test_one_may_go_where_everything_before_is_done() -> None:
    assert AUTHORIZATION.can_go("source", ())
    assert not AUTHORIZATION.can_go("target", ())
    assert AUTHORIZATION.can_go("target", {"source"})
    assert not AUTHORIZATION.can_go("review", {"source", "role"})
    assert AUTHORIZATION.open_step({"source"}) == "target"
    assert AUTHORIZATION.open_step({step.id for step in AUTHORIZATION.steps}) is None


def test_how_steps_are_drawn() -> None:
    states = [AUTHORIZATION.state(step.id, "target", {"source", "target"}) for step in AUTHORIZATION.steps]
    assert states == [StepState.DONE, StepState.CURRENT, StepState.TODO, StepState.TODO]


def test_an_unknown_step_is_an_error() -> None:
    with pytest.raises(KeyError):
        AUTHORIZATION.next("nowhere")


def test_every_step_has_title_and_hint() -> None:
    for table in (AUTHORIZATION, INITIALISE, RESTORE, START_HERE):
        assert all(step.title and step.hint for step in table.steps)
        assert len({step.id for step in table.steps}) == len(table.steps)
