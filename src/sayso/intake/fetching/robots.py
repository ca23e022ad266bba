"""What sites ask of robots (RFC 9309), by Protego; an answer is good for a day."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any, Final

_DAY: Final = 86_400.0
_LONGEST: Final = 512 * 1024
"""Bytes of a robots.txt that are read: RFC 9309 asks for 500 KiB at least."""


@dataclass(slots=True)
class Robots:
    """What each site has asked for."""

    _sites: dict[str, tuple[float, Any]] = field(default_factory=dict)

    def knows(self, origin: str) -> bool:
        """Tell whether the site's wishes are known, and not older than a day."""
        return origin in self._sites and self._sites[origin][0] > time.monotonic()

    def learn(self, origin: str, status: int, body: bytes) -> None:
        """Take in an answer: none of ours to read means all is allowed (4xx), a failing server that nothing is.

        Args:
            origin: scheme, host and port.
            status: of the answer; 0 where there was none.
            body: of the answer.

        """
        if 400 <= status < 500 and status != 429:
            wishes: Any = None
        else:
            from protego import Protego

            text = body[:_LONGEST].decode("utf-8", "replace") if status == 200 else "User-agent: *\nDisallow: /\n"
            wishes = Protego.parse(text)
        lasts = _DAY if status == 200 or wishes is None else 600.0
        self._sites[origin] = (time.monotonic() + lasts, wishes)

    def allows(self, origin: str, url: str, agent: str) -> bool:
        """Tell whether the site lets this robot have the address."""
        wishes = self._sites[origin][1]
        return wishes is None or bool(wishes.can_fetch(url, agent))

    def delay(self, origin: str, agent: str) -> float | None:
        """Return the pause that the site asks for, in seconds."""
        wishes = self._sites.get(origin, (0.0, None))[1]
        asked = wishes.crawl_delay(agent) if wishes is not None else None
        return float(asked) if asked is not None else None
