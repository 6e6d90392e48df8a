"""From an answer of the key service to the words of a node's key status."""

from typing import Any

import msgspec

from kyok.cloud.databases.exchange import Answered
from kyok.domain.key_rules import WK_NOT_INITIALIZED, Answer, AnswerKind, classify

TIMED_OUT = Answer(AnswerKind.UNREACHABLE, None, "CONNECTION_TIMED_OUT", "connection timed out")
"""What a machine says that reaches no key service."""
_WORDS = {
    400: "the key cannot be used for this",
    401: "no authorization",
    403: "no authorization",
    404: "the key service instance does not exist",
    409: "the key is disabled",
    410: "the key is deleted",
    422: "the wrapped data key does not open under this key",
}


def key_answer(response: Answered | Answer) -> Answer:
    """The answer that a response of the key service (or of IAM) stands for, in short words of ours."""
    if isinstance(response, Answer):
        return response
    if response.status is None:
        return TIMED_OUT
    if 200 <= response.status < 300:
        return Answer(AnswerKind.PASSED, response.status)
    code, message = _reason(response)
    found = classify(response.status, code, message)
    return Answer(found.kind, found.http_status, found.code, _words(found))


def _words(answer: Answer) -> str:
    if answer.code == WK_NOT_INITIALIZED:
        return "the crypto units are not initialized"
    if answer.code == "KEY_NOT_FOUND_ERR":
        return "the key does not exist"
    status = answer.http_status or 0
    return _WORDS.get(status, "the key service is not available")


def _reason(response: Answered) -> tuple[str | None, str]:
    """Reason code and text of an error body of the key management API."""
    try:
        body: Any = msgspec.json.decode(response.body)
        resource = body["resources"][0]
    except (msgspec.DecodeError, KeyError, IndexError, TypeError):
        return None, ""
    reasons = resource.get("reasons") or [{}]
    text = f"{resource.get('errorMsg', '')} {reasons[0].get('message', '')}"
    return reasons[0].get("code"), text
