"""The service clock goes forward only."""

from datetime import UTC, datetime, timedelta

import pytest

from kyok import clock
from kyok.clock import ClockOnlyForward, ManualClock, ServiceClock


def test_the_manual_clock_stands_still_until_told() -> None:
    manual = ManualClock(datetime(2026, 1, 1, tzinfo=UTC))
    assert manual.now() == manual.now() == datetime(2026, 1, 1, tzinfo=UTC)
    manual.advance(timedelta(days=1))
    manual.advance(hours=1, seconds=30)
    assert manual.now() == datetime(2026, 1, 2, 1, 0, 30, tzinfo=UTC)
    with pytest.raises(ClockOnlyForward):
        manual.advance(seconds=-1)
    assert ManualClock().now().tzinfo is UTC


def test_the_service_clock_is_wall_time_plus_an_offset(monkeypatch: pytest.MonkeyPatch) -> None:
    wall = [1_000_000.0]
    monkeypatch.setattr(clock.time, "time", lambda: wall[0])
    service = ServiceClock(timedelta(days=2))
    start = datetime.fromtimestamp(wall[0], UTC) + timedelta(days=2)
    assert (service.now(), service.offset) == (start, timedelta(days=2))
    wall[0] += 5
    assert service.now() == start + timedelta(seconds=5)
    service.set_offset(timedelta(days=9))
    assert service.now() == start + timedelta(days=7, seconds=5)
    with pytest.raises(ClockOnlyForward) as caught:
        service.set_offset(timedelta(days=8))
    assert caught.value.remedy


def test_it_does_not_follow_a_wall_clock_that_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    wall = [1_000_000.0]
    monkeypatch.setattr(clock.time, "time", lambda: wall[0])
    service = ServiceClock()
    before = service.now()
    wall[0] -= 3600
    assert service.now() == before
    wall[0] += 3601
    assert service.now() == before + timedelta(seconds=1)


def test_a_reset_starts_over() -> None:
    service = ServiceClock(timedelta(days=30))
    ahead = service.now()
    service.start_over()
    assert service.offset == timedelta(0)
    assert service.now() < ahead - timedelta(days=29)
