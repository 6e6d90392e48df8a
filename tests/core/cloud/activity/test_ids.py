"""What a search finds of an event besides its words: the ids that it tells."""

from kyok.cloud.activity.events import Caller, Event
from kyok.cloud.activity.words import instance_of, searched


def test_ids_of_an_event_are_found() -> None:
    event = Event(
        action="hyperp-dbaas-postgresql.backup.delete",
        target="crn:v1:bluemix:public:hyperp-dbaas-postgresql:us-south:a/x:G-1::",
        target_name="ledger-db",
        response_data={"backupIds": ["B-1", "B-2"], "taskId": "T-9", "rows": 7, "keyId": None},
    )
    caller = Caller("crn-1", "x", "Daily schedule", "service")
    words = searched(caller, event, "delete backup ledger-db").split()
    assert {"b-1", "b-2", "t-9", "ledger-db", "backup", "expired", "crn-1"} <= set(words)
    assert "7" not in words and "none" not in words


def test_the_instance_of_a_target() -> None:
    assert instance_of("crn:v1:bluemix:public:kms:us-east:a/x:G-1:key:k-1") == "G-1"
    assert instance_of("crn:v1:bluemix:public:iam-access-management::a/x::policy:p-1") == ""
    assert instance_of("crn:x") == ""
