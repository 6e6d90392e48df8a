"""The console's own client against the cloud in process: what it sends goes through the dispatcher, without sockets."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from kyok.client import CloudApi, CloudSession, Profile
from kyok.client.transport import Reply, Transport
from kyok.cloud.iam.tokens import Principal
from kyok.cloud.wire.route import Request
from kyok.domain.crn import Crn
from kyok.secrets import Secret
from tests.core.cloud.keys.stage import Keys, Stage

ADDRESS = "http://127.0.0.1:1"


class InProcessTransport(Transport):
    """Answers from the stage's dispatcher, as somebody whose token it puts in."""

    def __init__(self, stage: Stage, who: Principal) -> None:
        super().__init__()
        self._stage = stage
        self._who = who

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        content: bytes | None = None,
        form: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        read_seconds: float = 0,
    ) -> Reply:
        split = urlsplit(url)
        if split.path == "/identity/token":
            return Reply(200, {}, self._signed_in())
        named = {name.lower(): value for name, value in headers.items()} | {"host": split.netloc}
        named["authorization"] = f"Bearer {self._stage.token(self._who)}"
        request = Request(method, split.path, urlencode(params or {}), named, content or b"")
        answer = self._stage.cloud.dispatcher.perform(request)
        return Reply(answer.status, answer.headers, answer.encoded())

    def _signed_in(self) -> bytes:
        import json

        return json.dumps({"access_token": self._stage.token(self._who), "expires_in": 3600}).encode()


def console(stage: Stage, who: Principal | None = None) -> CloudApi:
    """Every API of the cloud, signed in as somebody (the account's administrator)."""
    session = CloudSession(Profile.emulated(ADDRESS), Secret(b"test-api-key-0123456789"))
    held: Any = session
    held._transport = InProcessTransport(stage, who or stage.manager)
    return CloudApi(session)


def crn_of(keys: Keys) -> Crn:
    """The CRN of an instance."""
    answer = keys.stage.send("GET", f"/v2/resource_instances/{keys.guid}")
    return Crn.parse(answer.body["crn"])
