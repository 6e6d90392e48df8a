"""Why an instance could not be created, as a sentence that names the cause."""

from kyok.domain.key_rules import WK_NOT_INITIALIZED, Answer, AnswerKind

_BY_CODE = {
    WK_NOT_INITIALIZED: "the crypto units of the key service instance are not initialized",
    "KEY_NOT_FOUND_ERR": "there is no key {key} in the key service instance",
    "KEY_ROOT_REQ_ERR": "key {key} is a standard key, not a root key",
    "KEY_ROOT_REQ_REG_ERR": "key {key} is a standard key, not a root key",
}
_BY_STATUS = {
    401: "no authorization lets the database service use this key service instance",
    403: "no authorization lets the database service use this key service instance",
    404: "the key service instance does not exist",
    409: "key {key} is not active",
    410: "key {key} is deleted",
    422: "key {key} is not active",
}


def failure_sentence(answer: Answer, key_id: str, what: str) -> str:
    """`The root key could not be used: there is no key 1b2c... in the key service instance.`"""
    if answer.kind is AnswerKind.PASSED:
        return f"{what}."
    cause = _BY_CODE.get(answer.code or "") or _BY_STATUS.get(answer.http_status or 0)
    if cause is None:
        cause = "the key service did not answer" if answer.http_status is None else f"{answer.message}"
    return f"{what}: {cause.format(key=key_id)}."
