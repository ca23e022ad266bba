"""``Desk``: what every page needs: the project's ledger, who sits at the desk, and the token against forged forms."""

from __future__ import annotations

import contextlib
import hmac
import secrets
import threading
from collections.abc import Iterator
from hashlib import sha256

from sayso.errors import SaysoError, SetupError
from sayso.ledger import Ledger, open_ledger
from sayso.settings import Project

COOKIE = "sayso_desk"


class ForbiddenError(SaysoError):
    """A write that may not be done by who asks for it."""


LOADING = 30.0
"""Seconds that the language model may take to load."""


class Desk:
    """The ledger of one project, or none: then texts can be read, and nothing else.

    Args:
        project: whose ledger is shown.
        who: the person who sits at it: judgements bear this name.

    """

    def __init__(self, project: Project | None, who: str = "") -> None:
        self.project = project
        self.who = who
        self.reading = threading.Lock()  # one text at a time: reading takes all processors as it is
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

    def warm(self) -> None:
        """Load the language model beside whatever else is done, so that the first text need not wait for it."""
        self._warming = threading.Thread(target=self._warm, daemon=True)
        self._warming.start()

    def _warm(self) -> None:
        from sayso.intake import report_of_text
        from sayso.pipeline import read_one

        with self.reading, contextlib.suppress(SaysoError):
            read_one(report_of_text("Police said two people were killed in Paris."))

    def token(self, session: str) -> str:
        """Return what a form of this session must bring along, so that no other site can send it."""
        return hmac.new(self._secret, session.encode(), sha256).hexdigest()

    def is_token(self, session: str, given: str) -> bool:
        """Tell whether a form brought the token of its session."""
        return bool(session) and hmac.compare_digest(self.token(session).encode(), given.encode())
