"""``Desk``: what every page needs: the project's ledger, who sits at the desk, and the token against forged forms."""

from __future__ import annotations

import contextlib
import hmac
import secrets
import threading
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from sayso.errors import RefusedError, SaysoError, SetupError
from sayso.ledger import Ledger, open_ledger
from sayso.settings import Project
from sayso.web.limits import Limits

if TYPE_CHECKING:
    from sayso.intake.fetching import Fetcher

COOKIE: Final = "sayso_desk"


class ForbiddenError(SaysoError):
    """A write that may not be done by who asks for it."""


class BusyError(SaysoError):
    """Too much is going on for one thing more."""


LOADING: Final = 30.0
"""Seconds that the language model may take to load."""
TURN: Final = 30.0
"""Seconds after which a text that waits to be read is told to come again."""


class Desk:
    """The ledger of one project, or none: then texts can be read, and nothing else.

    Args:
        project: whose ledger is shown.
        who: the person who sits at it: judgements bear this name.
        login: whether everybody has to say who they are; then ``who`` is nobody in particular.
        secure: whether it is reached through TLS: the cookie is then kept to that.
        proxied: whether a proxy in front names whoever asks (``X-Forwarded-For``).
        fetcher: gets what stands at addresses, past the guard at the door; None: nothing is fetched.

    """

    def __init__(
        self,
        project: Project | None,
        who: str = "",
        *,
        login: bool = False,
        secure: bool = False,
        proxied: bool = False,
        fetcher: Fetcher | None = None,
    ) -> None:
        self.project = project
        self.who = who
        self.login = login
        self.secure = secure
        self.proxied = proxied
        self.fetcher = fetcher
        self.limits = Limits()
        self._fetching = threading.Lock()  # one address at a time: the fetcher is polite, and has one connection
        self._reading = threading.Lock()  # one text at a time: reading takes all processors as it is
        self._secret = secrets.token_bytes(32)
        self._opening = threading.Lock()
        self._ledger: Ledger | None = None
        self._warming: threading.Thread | None = None

    @property
    def ledger(self) -> Ledger:
        """The ledger, open for reading; raises SetupError where there is no project."""
        if self.project is None:
            raise SetupError(
                "no project is open", way_out="sayso serve --project DIR, in a project that sayso init made"
            )
        with self._opening:
            if self._ledger is None:
                self._ledger = open_ledger(self.project)
        return self._ledger

    @property
    def cookie(self) -> str:
        """Name of the cookie; ``__Host-`` keeps what other servers of the domain set from passing for it."""
        return f"__Host-{COOKIE}" if self.secure else COOKIE

    @property
    def second(self) -> bool:
        """Tell whether every claim needs a second person's judgement."""
        return self.project is not None and self.project.desk.second_person

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Wait for one's turn to read a text; raises BusyError after TURN seconds."""
        if not self._reading.acquire(timeout=TURN):
            raise BusyError("other texts are being read", way_out="send it again in a minute")
        try:
            yield
        finally:
            self._reading.release()

    @contextlib.contextmanager
    def fetching(self) -> Iterator[Fetcher]:
        """Wait for one's turn at the fetcher; raises RefusedError where there is none, BusyError after TURN seconds."""
        if self.fetcher is None:
            raise RefusedError("this desk fetches nothing", way_out="save the page, and choose the file")
        if not self._fetching.acquire(timeout=TURN):
            raise BusyError("other addresses are being fetched", way_out="send it again in a minute")
        try:
            yield self.fetcher
        finally:
            self._fetching.release()

    @contextlib.contextmanager
    def writing(self) -> Iterator[Ledger]:
        """Give the ledger open for writing; raises SetupError where nobody may write."""
        if self.project is None:
            raise SetupError("no project is open", way_out="sayso serve --project DIR")
        with open_ledger(self.project, "write") as ledger:
            yield ledger

    def close(self) -> None:
        """Let go of the ledger's files; one that ends while the model loads would crash, so that is waited for."""
        if self._warming is not None:
            self._warming.join(LOADING)
        if self._ledger is not None:
            self._ledger.close()
        if self.fetcher is not None:
            self.fetcher.close()

    def warm(self) -> None:
        """Load the language model beside whatever else is done, so that the first text need not wait for it."""
        self._warming = threading.Thread(target=self._warm, daemon=True)
        self._warming.start()

    def _warm(self) -> None:
        from sayso.intake import report_of_text
        from sayso.pipeline import read_one

        with self._reading, contextlib.suppress(SaysoError):
            read_one(report_of_text("Police said two people were killed in Paris."))

    def token(self, session: str) -> str:
        """Return what a form of this session must bring along, so that no other site can send it."""
        return hmac.new(self._secret, session.encode("utf-8", "surrogatepass"), sha256).hexdigest()

    def sign(self, session: str, ids: Sequence[str]) -> str:
        """Return what a page brings along to prove which ids it showed to this session."""
        listed = ",".join(ids)
        return f"{listed}.{self.token(f'{session} showed {listed}')}"

    def signed(self, session: str, given: str) -> list[str]:
        """Return the ids that :meth:`sign` vouched for; none where it did not."""
        listed, _, seal = given.rpartition(".")
        return listed.split(",") if self.is_token(f"{session} showed {listed}", seal) and session else []

    def is_token(self, session: str, given: str) -> bool:
        """Tell whether a form brought the token of its session."""
        return bool(session) and hmac.compare_digest(
            self.token(session).encode(), given.encode("utf-8", "surrogatepass")
        )
