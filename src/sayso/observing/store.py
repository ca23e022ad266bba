"""A ledger that tells a run what is written and how long it takes, and a linker that tells how long it compares."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any, cast

from sayso.ledger import Ledger
from sayso.ledger.chain import Entry
from sayso.ledger.linker import Linker
from sayso.observing.run import Run
from sayso.settings import Project


class WatchedLedger(Ledger):
    """The ledger of a project, open for writing, with a run that looks on.

    Args:
        project: the folder with its settings.
        run: is told of every entry of the log.
        linker: what brings accounts together; ``sayso.linking`` if left out.

    """

    def __init__(self, project: Project, run: Run, *, linker: Linker | None = None) -> None:
        self._run = run
        super().__init__(project, "write", linker=linker)

    @property
    def linker(self) -> Linker:
        """What brings accounts together, with a clock on it."""
        if not isinstance(self._linker, _Timed):
            self._linker = cast(Linker, _Timed(super().linker, self._run))
        return self._linker

    @contextlib.contextmanager
    def transaction(self, what: str, about: str, detail: Mapping[str, Any] | None = None) -> Iterator[Entry]:
        """Give an entry as :meth:`Ledger.transaction` does, and tell of it when it is on the disk."""
        began, before = time.perf_counter(), self._run.status.seconds.get("link", 0.0)
        with super().transaction(what, about, detail) as entry:
            self._run.status.now = "store"
            yield entry
        if entry.changed:
            linked = self._run.status.seconds.get("link", 0.0) - before
            told = {"entry": entry.seq, **entry.detail}
            self._run.entered(what, about, told, max(0.0, time.perf_counter() - began - linked))


class _Timed:
    """Whatever links, with a clock on all that it does."""

    def __init__(self, linker: Linker, run: Run) -> None:
        self._linker, self._run = linker, run

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._linker, name)
        if not callable(found):
            return found
        timed = self._timed(found)
        setattr(self, name, timed)
        return timed

    def _timed(self, work: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(work)
        def call(*args: Any, **more: Any) -> Any:
            began = time.perf_counter()
            try:
                return work(*args, **more)
            finally:
                self._run.linking(time.perf_counter() - began)

        return call
