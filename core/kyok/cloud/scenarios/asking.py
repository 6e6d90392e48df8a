"""Requests of whoever loads a scenario, over the same REST routes that a client uses."""

import base64
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kyok.cloud.activity.events import Caller
from kyok.cloud.databases.exchange import Answered, Asked
from kyok.cloud.emulator.errors import ScenarioFailed
from kyok.cloud.iam.bootstrap import EMAIL
from kyok.cloud.iam.grants import API_KEY
from kyok.cloud.iam.tokens import Principal

if TYPE_CHECKING:
    from kyok.cloud.app import Cloud

AGENT = "kyok-scenario"
AT_ONCE = 100
"""Requests that are sent together: they share durable commits."""
KEY_TYPE = "application/vnd.ibm.kms.key+json"
POLICY_TYPE = "application/vnd.ibm.kms.policy+json"
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Question:
    """One request. `about` names the thing for whoever reads a refusal."""

    method: str
    path: str
    body: Any = None
    instance: str = ""
    about: str = ""
    ring: str = ""


class Asking:
    """Acts as a user; as the cloud's own administrator, if none is named.

    A reset leaves no other user: whoever asked for the scenario may be gone by then.
    """

    def __init__(self, cloud: "Cloud", iam_id: str = "", email: str = EMAIL) -> None:
        self._cloud = cloud
        identities = cloud.identities
        self.account = identities.account_id
        iam_id = iam_id or identities.administrator_id
        self.caller = Caller(iam_id, self.account, email, "user", agent=AGENT)
        principal = Principal(iam_id, self.account, email)
        token = cloud.tokens.issue(principal, API_KEY).value
        self._headers = {"authorization": f"Bearer {token}", "user-agent": AGENT}

    def send(self, method: str, path: str, body: Any = None, *, instance: str = "", about: str = "") -> dict[str, Any]:
        """One request that must succeed.

        Raises:
            ScenarioFailed: it was refused; the answer's own words are told.
        """
        return self.send_all([Question(method, path, body, instance, about)])[0]

    def send_all(self, questions: Sequence[Question]) -> list[dict[str, Any]]:
        """Many requests, some at a time; answers in order. Raises `ScenarioFailed`."""
        answers: list[dict[str, Any]] = []
        for start in range(0, len(questions), AT_ONCE):
            some = questions[start : start + AT_ONCE]
            answered = self._cloud.exchange.send([self._asked(question) for question in some])
            answers += [_decoded(question, answer) for question, answer in zip(some, answered, strict=True)]
        return answers

    def _asked(self, question: Question) -> Asked:
        headers = dict(self._headers)
        if question.instance:
            headers["bluemix-instance"] = question.instance
        if question.ring:
            headers["x-kms-key-ring"] = question.ring
        content = b"" if question.body is None else json.dumps(question.body).encode()
        return Asked(question.method, question.path, headers, content)


def _decoded(question: Question, answer: Answered) -> dict[str, Any]:
    decoded: dict[str, Any] = json.loads(answer.body) if answer.body else {}
    if answer.status is None or answer.status >= 300:
        about = f"{question.about}: " if question.about else ""
        words = _words(decoded) or f"{question.method} {question.path} answered {answer.status}"
        raise ScenarioFailed(f"The scenario could not be loaded. {about}{words.rstrip('.')}.")
    return decoded


def _words(body: Any) -> str:
    """What the answer of whichever API says, in its own shape."""
    if isinstance(body, dict):
        for name in ("message", "errorMsg", "errorMessage", "detail", "description"):
            if isinstance(body.get(name), str):
                return str(body[name])
        for value in body.values():
            if words := _words(value):
                return words
    if isinstance(body, list) and body:
        return _words(body[0])
    return ""


def key_body(name: str, **fields: Any) -> dict[str, Any]:
    """The body that makes a key."""
    resource = {"type": KEY_TYPE, "name": name, **{field: value for field, value in fields.items() if value}}
    resource.setdefault("extractable", False)
    return {"metadata": {"collectionType": KEY_TYPE, "collectionTotal": 1}, "resources": [resource]}


def random_material() -> str:
    """Material for a key that counts as imported. Nobody else ever has it."""
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def policy_body(policy: str, value: dict[str, Any]) -> dict[str, Any]:
    """The body that sets one policy of a key."""
    return {
        "metadata": {"collectionType": POLICY_TYPE, "collectionTotal": 1},
        "resources": [{"type": POLICY_TYPE, policy: value}],
    }
