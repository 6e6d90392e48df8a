"""The second client: reads what the cloud itself says, with a token of its own, never through the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kyok.secrets import Secret
from kyok_gui.walkthrough.waiting import PATIENCE, StepFailed, wait_until

if TYPE_CHECKING:
    import requests

_GRANT = "urn:ibm:params:oauth:grant-type:apikey"
_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Evidence:
    """One answer of the cloud, as it came."""

    request: str
    status: int
    body: Any

    @property
    def good(self) -> bool:
        """Whether the cloud answered what was asked."""
        return 200 <= self.status < 300

    def as_dict(self) -> dict[str, Any]:
        """For the report."""
        return {"request": self.request, "status": self.status, "body": self.body}


class SecondClient:
    """Signs in by itself and asks in plain HTTP. Where the cloud is, is asked before each question: it may restart."""

    def __init__(self, where: Callable[[], str], api_key: Callable[[], Secret]) -> None:
        import requests

        self._where = where
        self._api_key = api_key
        self._token = ""
        self._http = requests.Session()
        self._http.trust_env = False

    def read(self, path: str, **headers: str) -> Evidence:
        """Asks; headers are named with underscores for dashes."""
        if not self._token:
            self._sign_in()
        answer = self._get(path, headers)
        if answer.status_code == 401:
            self._sign_in()
            answer = self._get(path, headers)
        told = "".join(f" ({name.replace('_', '-')}: {value})" for name, value in headers.items())
        return Evidence(f"GET {path}{told}", answer.status_code, _body(answer))

    def read_until(
        self, path: str, holds: Callable[[Any], object], what: str, seconds: float = PATIENCE, **headers: str
    ) -> Evidence:
        """Asks again and again, while the window lives on, until the answer fits."""
        last: list[Evidence] = []

        def fits() -> bool:
            last[:] = [self.read(path, **headers)]
            return last[0].good and bool(holds(last[0].body))

        wait_until(fits, what, seconds)
        return last[0]

    def close(self) -> None:
        """Ends the connection and forgets the token."""
        self._token = ""
        self._http.close()

    def _get(self, path: str, headers: dict[str, str]) -> requests.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named["Authorization"] = f"Bearer {self._token}"
        return self._ask(lambda: self._http.get(self._where() + path, headers=named, timeout=_SECONDS))

    def _sign_in(self) -> None:
        with self._api_key() as key:
            form = {"grant_type": _GRANT, "apikey": key.decode()}
            answer = self._ask(lambda: self._http.post(f"{self._where()}/identity/token", form, timeout=_SECONDS))
        if not answer.ok:
            raise StepFailed(f"The second client could not sign in: status {answer.status_code}.")
        self._token = str(answer.json()["access_token"])

    def _ask(self, call: Callable[[], requests.Response]) -> requests.Response:
        import requests

        try:
            return call()
        except requests.RequestException as error:
            raise StepFailed(f"The second client got no answer from the cloud ({type(error).__name__}).") from None


def _body(answer: requests.Response) -> Any:
    try:
        return answer.json() if answer.content else None
    except ValueError:
        return answer.text
