"""One way to ask a source over the network: patient, and told in one message when it fails."""

import os
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from helpers.data.peers.shape import PeersProblem

TIMEOUT = (5.0, 15.0)
"""Seconds to wait for a connection, and for each part of an answer."""
BACKOFF = 0.5
"""Seconds before the second try; twice as many before each one after it."""

_BUSY = (429, 500, 502, 503, 504)
_LONGEST_WAIT = 60


class Client:
    """Asks one source.

    Parameters
    ----------
    label : str
        The source's name, in messages.
    variable : str
        The environment variable that names another address than `address`.
    on_call : callable, optional
        Called after each answer.
    """

    def __init__(
        self, label: str, variable: str, address: str, on_call: Callable[[], object] = lambda: None
    ) -> None:
        self.label = label
        self.base = (os.environ.get(variable) or address).rstrip("/") + "/"
        self._on_call = on_call
        self._session = requests.Session()
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=_patience()))

    def get(self, path: str, **query: str | int) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Get what lies at a path below the source's address, or at the path of a next page.

        Raises
        ------
        PeersProblem
            If it does not answer, or not with JSON.
        """
        return self._ask("GET", path, query)

    def find(self, path: str) -> Any:  # noqa: ANN401
        """Get what lies at a path, None where the source has nothing there."""
        return self._ask("GET", path, {}, may_lack=True)

    def post(self, path: str, body: dict[str, Any], **query: str | int) -> Any:  # noqa: ANN401
        """Post a question; as `get`."""
        return self._ask("POST", path, query, body)

    def _ask(
        self,
        method: str,
        path: str,
        query: Mapping[str, str | int],
        body: dict[str, Any] | None = None,
        may_lack: bool = False,
    ) -> Any:  # noqa: ANN401
        try:
            answer = self._session.request(
                method, self._at(path), params=query, json=body, timeout=TIMEOUT
            )
        except requests.RequestException as error:
            raise self.problem("svarar inte, eller slutade svara") from error
        if may_lack and 400 <= answer.status_code < 500:
            return None
        if not answer.ok:
            raise self.problem(f"svarade med felkod {answer.status_code}")
        self._on_call()
        try:
            return answer.json()
        except requests.JSONDecodeError as error:
            raise self.changed() from error

    def _at(self, path: str) -> str:
        """Place a path at the source's own address, whatever host a next page is said to be at."""
        parts = urlsplit(path)
        return urljoin(self.base, parts._replace(scheme="", netloc="").geturl())

    def problem(self, what: str) -> PeersProblem:
        """Tell what went wrong, and that nothing was changed."""
        return PeersProblem(
            f"{self.label} {what} ({self.base}). Inget sparades, och det som hämtats förut finns "
            "kvar. Försök igen senare."
        )

    def changed(self) -> PeersProblem:
        """Tell that the answer does not look as the source's own description says."""
        return self.problem("svarade med något annat än väntat; kanske har tjänsten ändrats")


def _patience() -> Retry:
    return Retry(
        total=5,
        connect=2,
        read=1,
        status_forcelist=_BUSY,
        allowed_methods=None,
        backoff_factor=BACKOFF,
        backoff_max=_LONGEST_WAIT,
        retry_after_max=_LONGEST_WAIT,
        raise_on_status=False,
    )
