"""Many keys at once obey the policies of their instance as a single key does."""

from typing import Any

import pytest

from kyok.cloud.activity.events import Caller
from kyok.cloud.keys import operations
from kyok.cloud.keys.making import NewKey
from kyok.cloud.keys.policy_errors import CreationNotAllowed
from kyok.cloud.keys.scope import Address
from tests.core.cloud.keys.policies import of_key, put_instance
from tests.core.cloud.keys.stage import Keys, Stage


def make_many(stage: Stage, keys: Keys, *wanted: NewKey) -> list[str]:
    who, service = stage.manager, stage.cloud.keys
    caller = Caller(who.iam_id, who.account, who.name, "user")

    def work(tx: Any) -> list[str]:
        return service.within(
            tx,
            caller,
            operations.CREATE,
            Address(keys.guid),
            lambda scope: service.making_many.create(tx, scope, wanted),
        )

    return list(stage.perform(work))


def rules(policies: list[dict[str, Any]]) -> dict[str, Any]:
    kinds = ("rotation", "dualAuthDelete")
    return {kind: policy[kind] for policy in policies for kind in kinds if kind in policy}


def creation(stage: Stage, keys: Keys, key: str) -> dict[str, Any]:
    """What the activity log says that was asked for."""
    found = [event for event in stage.events(instance=keys.guid) if event["target"]["id"].endswith(key)]
    (event,) = [event for event in found if event["action"].endswith("secrets.create")]
    return dict(event["requestData"])


def test_policies_of_the_instance_are_given_to_each_of_many(stage: Stage, keys: Keys) -> None:
    put_instance(keys, "dualAuthDelete", True)
    put_instance(keys, "rotation", True, interval_month=4)
    singles = {standard: keys.create(standard=standard) for standard in (False, True)}
    many = make_many(stage, keys, NewKey("root"), NewKey("standard", standard=True), NewKey("none", policies=()))
    for standard, made in zip((False, True), many, strict=False):
        assert rules(of_key(keys, made)) == rules(of_key(keys, singles[standard])) != {}
        assert creation(stage, keys, made) == creation(stage, keys, singles[standard])
    assert of_key(keys, many[2]) == []
    assert keys.send("GET", f"keys/{many[0]}").one["rotation"] == {"enabled": True, "interval_month": 4}


@pytest.mark.parametrize("standard", [False, True], ids=["root", "standard"])
def test_none_of_many_is_made_when_the_instance_is_closed_for_one(stage: Stage, keys: Keys, standard: bool) -> None:
    put_instance(keys, "keyCreateImportAccess", True, **{f"create_{'standard' if standard else 'root'}_key": False})
    with pytest.raises(CreationNotAllowed):
        make_many(stage, keys, NewKey("root"), NewKey("standard", standard=True))
    assert keys.send("GET", "keys").body["metadata"]["collectionTotal"] == 0
    assert len(make_many(stage, keys, NewKey("the-other", standard=not standard))) == 1
