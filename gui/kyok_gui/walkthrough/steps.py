"""The walk's steps in their order: name, picture, and what does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kyok_gui.walkthrough import steps_access, steps_database, steps_deletion, steps_key, steps_trouble
from kyok_gui.walkthrough.story import Proof, Story


@dataclass(frozen=True, slots=True)
class Step:
    """One step: it acts in the window and proves with the cloud's own words that it happened."""

    name: str
    picture: str
    take: Callable[[Story], Proof]


STEPS = (
    Step("1 empty account", "empty-account", steps_key.empty_account),
    Step("1 order the HPCS instance", "create-hpcs", steps_key.order_hpcs),
    Step("1 create the HPCS instance", "crypto-units", steps_key.create_hpcs),
    Step("1 initialize the crypto units", "initialized", steps_key.initialise),
    Step("1 create a root key", "root-key", steps_key.create_root_key),
    Step("1 read the key file", "import-key", steps_key.read_key_file),
    Step("1 import a root key", "kms-keys", steps_key.import_root_key),
    Step("2 blocked without authorization", "blocked", steps_access.blocked),
    Step("2 choose source and target", "authorize-target", steps_access.choose_target),
    Step("2 review", "authorize-review", steps_access.review),
    Step("2 authorize", "authorize", steps_access.authorize),
    Step("3 choose the root key", "create-instance", steps_database.choose_key),
    Step("3 create the instance", "nodes-connected", steps_database.create),
    Step("3 add rows", "sample-rows", steps_database.add_rows),
    Step("3 overview", "overview", steps_database.overview),
    Step("3 back up", "backups", steps_database.back_up),
    Step("3 rotate the key", "rotated", steps_database.rotate),
    Step("3 disable the key", "disabled", steps_trouble.disable),
    Step("3 enable the key", "enabled", steps_trouble.enable),
    Step("3 ask before removing the authorization", "remove-authorization", steps_trouble.ask_removal),
    Step("3 remove the authorization", "not-authorized", steps_trouble.remove),
    Step("3 restore the authorization", "authorized-again", steps_trouble.grant),
    Step("3 cut a zone off", "zone-cut", steps_trouble.cut_zone),
    Step("3 let the grace period end", "zone-stopped", steps_trouble.let_grace_end),
    Step("3 reconnect the zone", "zone-back", steps_trouble.heal_zone),
    Step("4 add more rows", "more-rows", steps_deletion.add_more_rows),
    Step("4 ask before deleting the key", "delete-key", steps_deletion.ask_deletion),
    Step("4 delete the key", "nodes-deleted", steps_deletion.delete_key),
    Step("4 choose a backup", "choose-backup", steps_deletion.choose_backup),
    Step("4 restore the backup", "restored", steps_deletion.restore),
    Step("4 delete the instance", "secure-deletion", steps_deletion.delete_instance),
    Step("4 wait seven days", "securely-deleted", steps_deletion.wait_seven_days),
    Step("4 purge the key", "purged", steps_deletion.purge),
    Step("4 activity", "activity", steps_deletion.activity),
    Step("4 what is left", "resource-list", steps_deletion.the_end),
)
"""From the empty account to secure deletion."""
