"""Which units are handed to the writer together, and when."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from kyok.cloud.store.errors import StoreUnavailable
from kyok.cloud.store.gathering import BATCH, PATIENCE, Gathering, Jobs


class Desk:
    """A writer that takes what it is given and answers when it is told to; the clock is turned by hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self.taken: list[Jobs] = []
        self.is_closed = False
        self.gathering = Gathering(asyncio.get_running_loop(), self._take, lambda: self.now)

    def _take(self, jobs: Jobs) -> None:
        if self.is_closed:
            raise StoreUnavailable()
        self.taken.append(jobs)

    def add(self, count: int) -> list["asyncio.Future[Any]"]:
        return [self.gathering.add(lambda tx: None) for _ in range(count)]

    async def rounds(self, count: int = 5) -> list[int]:
        """Lets the loop go round; how many units each hand-over had."""
        for _ in range(count):
            await asyncio.sleep(0)
        return [len(jobs.works) for jobs in self.taken]

    def answer(self, error: BaseException | None = None) -> None:
        jobs = self.taken[-1]
        jobs.deliver([(7, error)] * len(jobs.works))


def run(test: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(test, 10))


def test_one_unit_alone_waits_for_nobody() -> None:
    async def test() -> None:
        desk = Desk()
        (asked,) = desk.add(1)
        assert await desk.rounds() == [1]
        desk.answer()
        assert await asked == 7
        desk.add(1)
        assert await desk.rounds() == [1, 1]

    run(test())


def test_units_of_several_rounds_go_together_while_more_arrive() -> None:
    async def test() -> None:
        desk = Desk()
        desk.add(2)
        await desk.rounds(1)
        desk.add(3)
        assert await desk.rounds() == [5]

    run(test())


def test_what_comes_while_a_batch_is_written_waits_for_its_end_and_for_those_whom_it_answers() -> None:
    async def test() -> None:
        desk = Desk()
        first = desk.add(3)
        assert await desk.rounds() == [3]
        desk.add(2)
        assert await desk.rounds(20) == [3]
        desk.answer()
        assert await asyncio.gather(*first) == [7, 7, 7]
        assert await desk.rounds(20) == [3]  # five are expected, two are here
        desk.add(3)
        assert await desk.rounds() == [3, 5]

    run(test())


def test_who_does_not_come_again_is_waited_for_a_moment_only() -> None:
    async def test() -> None:
        desk = Desk()
        desk.add(3)
        await desk.rounds()
        desk.add(1)
        desk.answer()
        assert await desk.rounds(20) == [3]
        desk.now += PATIENCE
        assert await desk.rounds() == [3, 1]
        desk.answer()
        await desk.rounds()
        desk.add(1)
        assert await desk.rounds() == [3, 1, 1]  # nobody else is expected now

    run(test())


def test_a_batch_has_an_end() -> None:
    async def test() -> None:
        desk = Desk()
        for number in range(BATCH):
            desk.add(1)
            await asyncio.sleep(0)
            assert not desk.taken or number >= BATCH - 2
        assert await desk.rounds() == [BATCH]

    run(test())


def test_more_than_a_batch_goes_in_several() -> None:
    async def test() -> None:
        desk = Desk()
        asked = desk.add(2 * BATCH + 1)
        for _ in range(3):
            await desk.rounds()
            desk.now += PATIENCE
            await desk.rounds()
            desk.answer()
        assert await asyncio.gather(*asked) == [7] * len(asked)
        assert [len(jobs.works) for jobs in desk.taken] == [BATCH, BATCH, 1]

    run(test())


def test_no_error_keeps_those_behind_it_waiting() -> None:
    async def test() -> None:
        desk = Desk()
        (asked,) = desk.add(1)
        await desk.rounds()
        desk.answer(StopIteration())
        with pytest.raises(RuntimeError, match="StopIteration"):
            await asked
        desk.add(1)
        assert await desk.rounds() == [1, 1]

    run(test())


def test_an_error_is_the_callers_and_who_went_away_is_passed_over() -> None:
    async def test() -> None:
        desk = Desk()
        gone, here = desk.add(2)
        await desk.rounds()
        gone.cancel()
        desk.answer(ValueError("no"))
        with pytest.raises(ValueError, match="no"):
            await here
        assert gone.cancelled()

    run(test())


def test_a_writer_that_takes_no_more_refuses_all_who_wait() -> None:
    async def test() -> None:
        desk = Desk()
        asked = desk.add(BATCH + 2)
        desk.is_closed = True
        for one in asked:
            with pytest.raises(StoreUnavailable):
                await one
        desk.is_closed = False
        desk.add(1)
        assert await desk.rounds() == [1]

    run(test())
