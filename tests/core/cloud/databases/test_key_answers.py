"""What answers of the key service and of IAM become."""

from collections.abc import Sequence

import pytest

from kyok.cloud.databases.exchange import Answered, Asked
from kyok.cloud.databases.failures import failure_sentence
from kyok.cloud.databases.key_client import KeyClient, KeyUse
from kyok.cloud.databases.key_errors import key_answer
from kyok.cloud.databases.token_source import InstanceTokens, TokenRefused
from kyok.domain.crn import Crn
from kyok.domain.key_rules import Answer, AnswerKind

CRN = Crn.of_instance("hyperp-dbaas-postgresql", "us-south", "a" * 32, "guid")
USE = KeyUse(CRN, "kms", "key", "text", "agent")


class Line:
    """An exchange with prepared answers."""

    def __init__(self, *answers: Answered) -> None:
        self.answers = list(answers)
        self.asked: list[Asked] = []

    def send(self, requests: Sequence[Asked]) -> list[Answered]:
        self.asked += requests
        return [self.answers.pop(0) for _ in requests]


class Refusing:
    def token(self, crn: Crn) -> str:
        raise TokenRefused(Answer(AnswerKind.DENIED, 401, None, "no authorization"))

    def forget(self, crn: Crn) -> None:
        raise AssertionError

    def forget_all(self) -> None:
        raise AssertionError


@pytest.mark.parametrize(
    ("status", "body", "kind", "message"),
    [
        (None, b"", "unreachable", "connection timed out"),
        (200, b"{}", "passed", ""),
        (401, b"{}", "denied", "no authorization"),
        (404, b'{"resources": [{"reasons": [{"code": "KEY_NOT_FOUND_ERR"}]}]}', "denied", "the key does not exist"),
        (404, b"{}", "denied", "the key service instance does not exist"),
        (409, b"not json", "denied", "the key is disabled"),
        (410, b"{}", "denied", "the key is deleted"),
        (503, b"{}", "unreachable", "the key service is not available"),
        (
            400,
            b'{"resources": [{"errorMsg": "CKR_IBM_WK_NOT_INITIALIZED"}]}',
            "unreachable",
            "the crypto units are not",
        ),
    ],
)
def test_words_of_answers(status: int | None, body: bytes, kind: str, message: str) -> None:
    answer = key_answer(Answered(status, body))
    assert answer.kind.value == kind
    assert answer.message.startswith(message)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(AnswerKind.UNREACHABLE), "the key service did not answer."),
        (Answer(AnswerKind.UNREACHABLE, 503, None, "the key service is not available"), "is not available."),
        (Answer(AnswerKind.DENIED, 410), "key abc is deleted."),
        (Answer(AnswerKind.DENIED, 404, "KEY_NOT_FOUND_ERR"), "there is no key abc in the key service instance."),
        (Answer(AnswerKind.PASSED, 200), "It failed."),
    ],
)
def test_sentences_of_failures(answer: Answer, words: str) -> None:
    assert failure_sentence(answer, "abc", "It failed").endswith(words)


def test_refused_token_is_the_answer_of_every_call() -> None:
    keys = KeyClient(Line(), Refusing())
    assert [answer.answer.http_status for answer in keys.unwrap([USE, USE])] == [401, 401]
    assert keys.wrap(CRN, "kms", "key").answer.http_status == 401
    assert keys.rewrap(USE).answer.http_status == 401
    assert keys.register(CRN, "kms", "key").http_status == 401


def test_token_that_iam_refuses_and_one_that_is_kept() -> None:
    tokens = InstanceTokens(Line(Answered(400, b"{}")), lambda: "secret")
    with pytest.raises(TokenRefused):
        tokens.token(CRN)
    given = Answered(200, b'{"access_token": "t", "expiration": 99999999999}')
    line = Line(given, given)
    tokens = InstanceTokens(line, lambda: "secret")
    assert tokens.token(CRN) == tokens.token(CRN) == "t"
    assert len(line.asked) == 1
    tokens.forget_all()
    assert tokens.token(CRN) == "t"
    assert len(line.asked) == 2, "after the state was replaced it is asked for again"


def test_nothing_answers() -> None:
    token = Answered(200, b'{"access_token": "t", "expiration": 99999999999}')
    line = Line(token, Answered(None))
    keys = KeyClient(line, InstanceTokens(line, lambda: "secret"))
    assert keys.unwrap([USE])[0].answer.code == "CONNECTION_TIMED_OUT"
