"""The first start of a home: an account, its administrator, his API key, a default resource group."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import insert

from kyok.cloud.activity.events import Caller, Event
from kyok.cloud.activity.service import Activity
from kyok.cloud.iam.api_keys import ApiKeys, crn_of
from kyok.cloud.iam.errors import ApiKeyUnknown, IdentityInvalid
from kyok.cloud.iam.identities import HOME, Identities
from kyok.cloud.store import Reader, Store, Transaction
from kyok.cloud.store.tables import setting
from kyok.domain.crn import Crn
from kyok.durable import write_private
from kyok.secrets import Secret

ACCOUNT_NAME = "Local account"
KEY_NAME = "Administrator's key"
EMAIL, NAME = "admin@local.example", "Administrator"


def bootstrap(
    store: Store,
    identities: Identities,
    api_keys: ApiKeys,
    activity: Activity,
    *,
    api_key_file: Path,
    api_key: Secret | None = None,
    account_name: str = ACCOUNT_NAME,
    also: Callable[[Transaction, str], None] = lambda tx, account: None,
) -> bool:
    """Sets a new home up, once; True when it did. `also` makes what an account needs elsewhere (its resource group).

    The key file is written inside the unit of work, before its commit: whoever is killed in between has a key file
    without a cloud, which the next start writes anew, never a cloud without a key file.
    """
    with store.read() as reader:
        known = identities.remember(reader)
        locked_out = known and not _lets_in(reader, identities, api_keys, api_key_file)
    if locked_out:
        store.writer.perform(lambda tx: _renew(tx, identities, api_keys, activity, api_key_file))
    if known:
        return False

    def work(tx: Transaction) -> None:
        account_id = identities.add_account(tx, account_name)
        administrator = identities.add_user(tx, account_id, EMAIL, NAME)
        value = {"account": account_id, "administrator": administrator}
        tx.execute(insert(setting).values(name=HOME, value=value))
        identities.remember(tx)
        identities.make_administrator(tx, administrator)
        also(tx, account_id)
        _, key = api_keys.put(tx, administrator, KEY_NAME, _given(api_key))
        write_private(api_key_file, key.encode())
        caller = Caller(administrator, account_id, EMAIL, "user", agent="kyok serve")
        activity.record(tx, caller, Event("kyok.cloud.create", str(Crn.of_account("kyok", account_id)), account_name))

    store.writer.perform(work)
    return True


def _given(api_key: Secret | None) -> str | None:
    try:
        return api_key.text() if api_key else None
    except UnicodeDecodeError as error:
        raise IdentityInvalid("An API key has printable characters only.", "Give another one.") from error


def _lets_in(reader: Reader, identities: Identities, api_keys: ApiKeys, file: Path) -> bool:
    """Whether the file holds a key of the cloud's own account: it may be lost, and the key in it may be deleted."""
    try:
        row = api_keys.owner(reader, file.read_bytes().decode("ascii").strip())
    except (FileNotFoundError, UnicodeDecodeError, ApiKeyUnknown):
        return False
    return bool(row.account == identities.account_id)


def _renew(tx: Transaction, identities: Identities, api_keys: ApiKeys, activity: Activity, file: Path) -> None:
    """A new key for the administrator: only digests are kept, so without the file nobody could sign in any more."""
    administrator, account_id = identities.administrator_id, identities.account_id
    key_id, key = api_keys.put(tx, administrator, KEY_NAME)
    write_private(file, key.encode())
    caller = Caller(administrator, account_id, EMAIL, "user", agent="kyok serve")
    event = Event("iam-identity.user-apikey.create", str(crn_of(account_id, key_id)), KEY_NAME)
    activity.record(tx, caller, event)
