"""What the supervisors of real nodes tell the cloud."""

import threading

from kyok.cloud.databases.node_choice import NodeChoice
from tests.core.cloud.databases.house import House


def test_news_of_data_keep_no_reset_waiting(house: House) -> None:
    """A reset closes every node from the writer's thread, and waits for the supervisor that tells the news."""
    choice = NodeChoice(house.home, house.store, lambda guid: None)
    supervisor = threading.Thread(target=choice._data_changed, args=("some-instance",))
    told = []
    house.store.writer.subscribe(told.extend)
    waited = []

    def closes() -> None:
        supervisor.start()
        supervisor.join(5)
        waited.append(not supervisor.is_alive())

    house.store.writer.perform(lambda tx: tx.after_commit(closes))
    supervisor.join(10)
    assert waited == [True], "the supervisor waited for the writer, and the writer for the supervisor"
    house.store.writer.perform(lambda tx: None)
    assert ("database", "some-instance") in told
