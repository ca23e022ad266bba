"""How often anybody may ask: buckets that fill with time, and pauses that double with each wrong password."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and so many a second in the long run."""

    name: str
    burst: float
    a_second: float


READS: Final = Rate("reads", 120, 20)
WRITES: Final = Rate("writes", 40, 2)
"""Also readings of texts: each takes a processor for a moment."""
FETCHES: Final = Rate("fetches", 6, 1 / 10)
DOOR: Final = Rate("door", 60, 2)
"""Of one network address that has not logged in, or names a token that is none."""
LOGINS: Final = Rate("logins", 10, 1 / 6)
"""Of one network address."""
NAMES: Final = Rate("names", 30, 1 / 2)
"""Of logins under one name, wherever they come from."""
FREE: Final = 4
"""Wrong passwords for one name from one network address before the first pause."""
PAUSE: Final = 300.0
"""Seconds of the longest pause. It is of name and network address together: no stranger shuts anybody out."""
FORGOTTEN: Final = 3600.0
"""Seconds after which a wrong password no longer counts."""
KEPT: Final = 20_000
"""Buckets that are remembered; the one unused for longest goes first."""


@dataclass(slots=True)
class Limits:
    """Counts who asks how often.

    Attributes:
        clock: seconds that only grow.

    """

    clock: Callable[[], float] = time.monotonic
    _levels: OrderedDict[tuple[str, str], tuple[float, float]] = field(default_factory=OrderedDict)
    _wrong: OrderedDict[str, tuple[int, float]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, rate: Rate, who: str) -> float:
        """Count one and return 0; or count nothing and return the seconds until one more may come."""
        with self._lock:
            now = self.clock()
            level, then = self._levels.pop((rate.name, who), (rate.burst, now))
            level = min(rate.burst, level + (now - then) * rate.a_second)
            enough = level >= 1
            self._levels[rate.name, who] = (level - enough, now)
            if len(self._levels) > KEPT:
                self._levels.popitem(last=False)
        return 0.0 if enough else (1 - level) / rate.a_second

    def pause(self, name: str) -> float:
        """Return the seconds for which no password for this name is looked at, whether or not there is such a name."""
        with self._lock:
            times, then = self._wrong.get(name, (0, 0.0))
            over = then + min(PAUSE, 2.0 ** (times - FREE)) if times > FREE else 0.0
            return max(0.0, over - self.clock())

    def wrong(self, name: str) -> None:
        """Count a wrong password."""
        with self._lock:
            now = self.clock()
            times, then = self._wrong.pop(name, (0, now))
            self._wrong[name] = (times + 1 if now - then < FORGOTTEN else 1, now)
            if len(self._wrong) > KEPT:
                self._wrong.popitem(last=False)

    def right(self, name: str) -> None:
        """Forget the wrong ones."""
        with self._lock:
            self._wrong.pop(name, None)
