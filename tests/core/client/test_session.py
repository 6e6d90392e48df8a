import subprocess
import sys
import threading
from typing import Any
from urllib.parse import parse_qs

import pytest

from kyok.client import (
    ApiError,
    CloudSession,
    CloudUnreachable,
    NeedsEmulator,
    NotSignedIn,
    Profile,
    UnexpectedAnswer,
)
from kyok.client.token import identity_of
from kyok.domain.crn import Crn
from kyok.secrets import Secret
from tests.core.client.fake_cloud import ACCOUNT, Asked, FakeCloud, running, token

CLOCK = "GET /emulator/v1/clock"
KEY = b"api-key-of-anna"


class Ticks:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_api_key_is_exchanged_once_and_the_token_sent(cloud: FakeCloud, session: CloudSession) -> None:
    cloud.answers[CLOCK] = 200, {"now": 1}
    for _ in range(3):
        assert session.request("emulator", "GET", "/emulator/v1/clock") == {"now": 1}
    assert [asked.path for asked in cloud.asked] == ["/identity/token", *["/emulator/v1/clock"] * 3]
    form = parse_qs(cloud.asked[0].raw.decode())
    assert form == {
        "grant_type": ["urn:ibm:params:oauth:grant-type:apikey"],
        "apikey": ["api-key-of-anna"],
        "response_type": ["cloud_iam"],
    }
    assert "authorization" not in cloud.asked[0].headers
    sent = cloud.last().headers
    assert sent["authorization"] == f"Bearer {token(1)}"
    assert sent["user-agent"] == "kyok-console"
    assert len(sent["correlation-id"]) == 36


def test_a_token_is_renewed_at_80_percent_of_its_life(cloud: FakeCloud) -> None:
    cloud.answers[CLOCK] = 200, {}
    cloud.lifetime = 100
    ticks = Ticks()
    session = CloudSession(Profile.emulated(cloud.url), Secret(KEY), monotonic=ticks)
    session.request("emulator", "GET", "/emulator/v1/clock")
    ticks.now += 79.9
    session.request("emulator", "GET", "/emulator/v1/clock")
    assert cloud.tokens == 1
    ticks.now += 0.1
    session.request("emulator", "GET", "/emulator/v1/clock")
    assert cloud.tokens == 2
    assert cloud.last().headers["authorization"] == f"Bearer {token(2)}"
    session.close()


def test_threads_share_one_exchange(cloud: FakeCloud, session: CloudSession) -> None:
    cloud.answers[CLOCK] = 200, {}
    start = threading.Barrier(8)
    failed: list[BaseException] = []

    def work() -> None:
        start.wait()
        try:
            for _ in range(5):
                session.request("emulator", "GET", "/emulator/v1/clock")
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert cloud.tokens == 1
    assert len(cloud.asked) == 41


@pytest.mark.parametrize(
    "refusal",
    [
        {"errors": [{"code": "invalid_token", "message": "expired"}]},
        {"resources": [{"errorMsg": "Unauthorized: The access token has expired."}]},
        {"code": "NOT_SIGNED_IN", "summary": "The access token was not issued by this cloud.", "remedy": ""},
    ],
)
def test_an_expired_token_is_exchanged_anew_once(cloud: FakeCloud, session: CloudSession, refusal: Any) -> None:
    def answer(asked: Asked) -> Any:
        if asked.headers["authorization"] == f"Bearer {token(1)}":
            return 401, refusal
        return 200, {"ok": True}

    cloud.answers["GET /v1/policies"] = answer
    assert session.request("iam", "GET", "/v1/policies") == {"ok": True}
    assert cloud.tokens == 2


def test_a_missing_role_is_not_taken_for_an_expired_token(cloud: FakeCloud, session: CloudSession) -> None:
    cloud.answers["GET /v1/policies"] = 401, {"resources": [{"errorMsg": "Unauthorized: no access"}]}
    with pytest.raises(ApiError) as caught:
        session.request("iam", "GET", "/v1/policies")
    assert caught.value.denied
    assert cloud.tokens == 1


def test_a_token_that_stays_refused_ends_the_call(cloud: FakeCloud, session: CloudSession) -> None:
    cloud.answers["GET /v1/policies"] = 401, {"errors": [{"code": "invalid_token", "message": "x"}]}
    with pytest.raises(ApiError) as caught:
        session.request("iam", "GET", "/v1/policies")
    assert caught.value.code == "invalid_token"
    assert cloud.tokens == 2


def test_who_is_signed_in(session: CloudSession) -> None:
    identity = session.identity()
    assert (identity.iam_id, identity.account_id, identity.name) == ("IBMid-1", ACCOUNT, "Anna")
    assert identity.short_account == "aaaaaa"
    assert session.account_id == ACCOUNT
    assert session.host.startswith("127.0.0.1:")


@pytest.mark.parametrize("text", ["", "a.b", "a.e30.c", "a.!!!.c", "a.bnVsbA.c"])
def test_a_token_without_an_account_is_not_understood(text: str) -> None:
    with pytest.raises(UnexpectedAnswer):
        identity_of(text)


def test_a_wrong_api_key_means_not_signed_in(cloud: FakeCloud, session: CloudSession) -> None:
    cloud.answers["POST /identity/token"] = (
        400,
        {"errorCode": "BXNIM0415E", "errorMessage": "Provided API key could not be found.", "context": {}},
    )
    with pytest.raises(NotSignedIn) as caught:
        session.request("emulator", "GET", "/emulator/v1/clock")
    assert caught.value.code == "BXNIM0415E"  # type: ignore[attr-defined]
    assert caught.value.summary == "The API key was not accepted."


def test_a_token_service_in_trouble_is_told_as_such(cloud: FakeCloud, session: CloudSession) -> None:
    cloud.answers["POST /identity/token"] = 503, {}
    with pytest.raises(ApiError) as caught:
        session.identity()
    assert caught.value.status == 503
    cloud.answers["POST /identity/token"] = 200, {"access_token": 1}
    with pytest.raises(UnexpectedAnswer):
        session.identity()


def test_no_api_key_means_not_signed_in(cloud: FakeCloud) -> None:
    session = CloudSession(Profile.emulated(cloud.url), lambda: None)
    with pytest.raises(NotSignedIn):
        session.identity()
    assert cloud.asked == []
    with pytest.raises(NotSignedIn):
        CloudSession(Profile.emulated(cloud.url), Secret(b"")).identity()


def test_the_key_is_asked_for_only_when_it_is_needed(cloud: FakeCloud) -> None:
    cloud.answers[CLOCK] = 200, {}
    calls: list[int] = []

    def key() -> Secret:
        calls.append(1)
        return Secret(KEY)

    session = CloudSession(Profile.emulated(cloud.url), key)
    assert calls == []
    session.request("emulator", "GET", "/emulator/v1/clock")
    session.request("emulator", "GET", "/emulator/v1/clock")
    assert calls == [1]
    session.sign_out()
    session.request("emulator", "GET", "/emulator/v1/clock")
    assert calls == [1, 1]
    session.close()


def test_nobody_answers() -> None:
    with running(FakeCloud()) as gone:
        url = gone.url
    session = CloudSession(Profile.emulated(url), Secret(KEY))
    with pytest.raises(CloudUnreachable) as caught:
        session.request("emulator", "GET", "/emulator/v1/clock")
    assert "Check that it runs" in caught.value.remedy
    session.close()


def test_an_answer_that_takes_too_long(cloud: FakeCloud, session: CloudSession) -> None:
    release = threading.Event()

    def answer(asked: Asked) -> Any:
        release.wait(10)
        return 200, {}

    cloud.answers[CLOCK] = answer
    session.identity()
    with pytest.raises(CloudUnreachable, match="in time"):
        session.call("emulator", "GET", "/emulator/v1/clock", read_seconds=0.05)
    release.set()


def test_secrets_do_not_leak_from_errors_and_texts(cloud: FakeCloud) -> None:
    with running(FakeCloud()) as gone:
        url = gone.url
    session = CloudSession(Profile.emulated(url), Secret(KEY))
    with pytest.raises(CloudUnreachable) as caught:
        session.identity()
    chain: list[BaseException | None] = [caught.value, caught.value.__cause__]
    for error in chain:
        assert error is not None
        assert "api-key-of-anna" not in repr(error) + str(error)
        assert getattr(error, "request", None) is None
    assert "api-key" not in repr(session) + repr(vars(session))
    session.move_to(Profile.emulated(cloud.url))
    session.identity()
    assert token(1) not in repr(vars(session)) + repr(vars(session._token))
    session.close()


def test_the_session_moves_with_the_cloud(cloud: FakeCloud, session: CloudSession) -> None:
    cloud.answers[CLOCK] = 200, {"at": 1}
    session.request("emulator", "GET", "/emulator/v1/clock")
    with running(FakeCloud()) as other:
        other.answers[CLOCK] = 200, {"at": 2}
        session.move_to(Profile.emulated(other.url))
        assert session.profile.iam_url == other.url
        assert session.request("emulator", "GET", "/emulator/v1/clock") == {"at": 2}
        assert other.tokens == 1
        session.close()


def test_another_session_acts_as_somebody_without_an_api_key(cloud: FakeCloud, session: CloudSession) -> None:
    path = "POST /emulator/v1/identities/IBMid-2/token"
    cloud.answers[path] = 200, {"access_token": token(9, iam_id="IBMid-2", name="Ben"), "expires_in": 3600}
    cloud.answers["GET /v2/resource_instances"] = 200, {}
    other = session.acting_as("IBMid-2")
    assert (other.identity().name, session.identity().name) == ("Ben", "Anna")
    other.request("resource-controller", "GET", "/v2/resource_instances")
    assert cloud.last().headers["authorization"] == f"Bearer {token(9, iam_id='IBMid-2', name='Ben')}"
    asked = next(one for one in cloud.asked if one.path.endswith("/IBMid-2/token"))
    assert asked.headers["authorization"] == f"Bearer {token(1)}"
    other.close()


def test_query_values(cloud: FakeCloud, session: CloudSession) -> None:
    cloud.answers["GET /x"] = 200, {}
    session.request("iam", "GET", "/x", params={"a": True, "b": None, "c": "", "d": 5, "e": "1,2"})
    assert cloud.last().query == {"a": "true", "d": "5", "e": "1,2"}


def test_answers_that_are_no_objects(cloud: FakeCloud, session: CloudSession) -> None:
    for body in (b"<html>", b"[1]", b'"x"'):
        cloud.answers["GET /x"] = 200, body
        with pytest.raises(UnexpectedAnswer):
            session.request("iam", "GET", "/x")
    cloud.answers["GET /x"] = 204, None
    assert session.request("iam", "GET", "/x") == {}


def test_redirects_are_not_followed(cloud: FakeCloud, session: CloudSession) -> None:
    cloud.answers["GET /x"] = 302, None, {"Location": "http://192.0.2.1/"}
    with pytest.raises(ApiError) as caught:
        session.request("iam", "GET", "/x")
    assert caught.value.status == 302


def test_a_real_cloud_has_no_private_api() -> None:
    session = CloudSession(Profile.ibm_cloud(), Secret(KEY))
    for base in ("emulator", "tke"):
        with pytest.raises(NeedsEmulator):
            session.call(base, "GET", "/x")
    assert not session.profile.has_emulator


def test_addresses_of_the_profiles() -> None:
    hpcs = Crn.of_instance("hs-crypto", "eu-de", ACCOUNT, "1234")
    protect = Crn.of_instance("kms", "us-south", ACCOUNT, "5678")
    real, emulated = Profile.ibm_cloud(), Profile.emulated("http://127.0.0.1:8080/")
    assert (real.private_url, emulated.private_url) == ("", "http://localhost:8080")
    inside = Profile.emulated("http://LocalHost:8080")
    assert inside.private_url == emulated.private_url
    assert [one.is_private for one in (real, emulated, inside)] == [False, False, True]
    assert real.kms_url(hpcs) == "https://1234.api.eu-de.hs-crypto.appdomain.cloud"
    assert real.kms_url(protect) == "https://us-south.kms.cloud.ibm.com"
    assert emulated.kms_url(hpcs) == emulated.kms_url(protect) == "http://127.0.0.1:8080"
    assert real.database_url("eu-de", ACCOUNT) == f"https://dbaas902.hyperp-dbaas.cloud.ibm.com:20000/api/v3/{ACCOUNT}"
    assert emulated.database_url("eu-de", ACCOUNT) == f"http://127.0.0.1:8080/api/v3/{ACCOUNT}"
    session = CloudSession(emulated, Secret(KEY))
    assert session.base_url(hpcs) == "http://127.0.0.1:8080"
    assert session.base_url("catalog") == "http://127.0.0.1:8080/api/v1"
    assert session.base_url("https://elsewhere.example") == "https://elsewhere.example"


def test_importing_the_client_is_cheap() -> None:
    code = (
        "import sys, kyok.client, kyok.client.records.detail; "
        "print([m for m in ('requests', 'urllib3', 'msgspec', 'cryptography', 'keyring') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_connection_closed_meanwhile_is_replaced(cloud: FakeCloud, session: CloudSession) -> None:
    """The server closes each connection after its answer without saying so."""
    cloud.answers[CLOCK] = 200, {}
    cloud.silent_close = True
    for _ in range(3):
        assert session.request("emulator", "GET", "/emulator/v1/clock") == {}


def hanging_up_once() -> Any:
    calls: list[int] = []

    def answer(asked: Asked) -> Any:
        calls.append(1)
        return None if len(calls) == 1 else (200, {"ok": True})

    return answer


def test_a_read_is_repeated_once_when_the_cloud_hangs_up(cloud: FakeCloud, session: CloudSession) -> None:
    cloud.answers[CLOCK] = hanging_up_once()
    assert session.request("emulator", "GET", "/emulator/v1/clock") == {"ok": True}
    cloud.answers[CLOCK] = None
    with pytest.raises(CloudUnreachable):
        session.request("emulator", "GET", "/emulator/v1/clock")


def test_a_change_is_never_repeated(cloud: FakeCloud, session: CloudSession) -> None:
    cloud.answers["POST /emulator/v1/reset"] = hanging_up_once()
    session.identity()
    with pytest.raises(CloudUnreachable):
        session.request("emulator", "POST", "/emulator/v1/reset", json={})
    assert [asked.path for asked in cloud.asked] == ["/identity/token", "/emulator/v1/reset"]


@pytest.mark.parametrize("address", ["http://[bad", "http://"])
def test_an_address_that_is_none(cloud: FakeCloud, session: CloudSession, address: str) -> None:
    session.identity()
    with pytest.raises(CloudUnreachable):
        session.call(address, "GET", "")


def test_the_parts_of_the_client_come_with_their_first_use() -> None:
    code = (
        "import sys, kyok.client; before = 'kyok.client.databases' in sys.modules; "
        "from kyok.client import DatabaseRequest; print(before, hasattr(kyok.client, 'nothing'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False False"
