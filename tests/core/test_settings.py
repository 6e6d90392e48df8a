import pytest

from kyok.settings import CLOUD_SETTINGS, SETTINGS, BadSetting, Scope, checked, defaults


def test_every_setting_is_declared_once_and_takes_its_default() -> None:
    assert len(SETTINGS) == len({setting.name for setting in SETTINGS.values()})
    for setting in SETTINGS.values():
        assert setting.problem(setting.default) is None
        assert setting.description.endswith(".")


def test_the_defaults_of_the_cloud() -> None:
    assert defaults(Scope.CLOUD) == {
        "deletion_rule": "discard",
        "node_driver": "auto",
        "check_interval_seconds": 30,
        "grace_seconds": 60,
        "propagation_delay_seconds": 0,
        "backup_interval_hours": 24,
        "rotation_limit": False,
        "activity_retention_days": 365,
    }
    assert set(defaults(Scope.CLOUD)) == {setting.name for setting in CLOUD_SETTINGS}


def test_good_values_pass() -> None:
    assert checked(Scope.CLOUD, {"grace_seconds": 0, "deletion_rule": "keep"}) == {
        "grace_seconds": 0,
        "deletion_rule": "keep",
    }


@pytest.mark.parametrize(
    ("scope", "values", "words"),
    [
        (Scope.CLOUD, {"grace_seconds": -1}, "from 0 to 86,400 seconds"),
        (Scope.CLOUD, {"check_interval_seconds": 0}, "from 1 to 3,600"),
        (Scope.CLOUD, {"grace_seconds": True}, "a whole number"),
        (Scope.CLOUD, {"grace_seconds": "60"}, "a whole number"),
        (Scope.CLOUD, {"rotation_limit": 1}, "true or false"),
        (Scope.CLOUD, {"deletion_rule": "forget"}, "one of: discard, keep"),
        (Scope.CLOUD, {"theme": "white"}, "no setting"),
        (Scope.CONSOLE, {"theme": 3}, "text"),
        (Scope.CONSOLE, {"nothing": 3}, "no setting"),
    ],
)
def test_bad_values_are_explained(scope: Scope, values: dict[str, object], words: str) -> None:
    with pytest.raises(BadSetting, match=words) as caught:
        checked(scope, values)
    assert caught.value.setting == next(iter(values))  # type: ignore[attr-defined]
