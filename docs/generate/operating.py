"""The tables of ``docs/operating.md``: metrics and events, from the code.

    python -m docs.generate.operating

writes them anew; all else on the page is written by hand.
"""

from __future__ import annotations

import re
from typing import Final

from docs.generate import ROOT
from docs.generate.markdown import table
from sayso.observing import logs, metrics

PAGE: Final = ROOT / "docs" / "operating.md"


def with_tables(text: str) -> str:
    """Return the page with its tables as they are to be; raises ValueError where it has no place for one."""
    counters = [(f"`{name}_total`", "counter", says) for name, says in metrics.COUNTERS.items()]
    gauges = [(f"`{name}`", "gauge", says) for name, says in metrics.GAUGES.items()]
    heads = ("event", "fields besides `at`, `level`, `event`, `run`, `trace`")
    text = _put(text, "metrics", table(("metric", "kind", "meaning"), [*counters, *gauges]))
    return _put(text, "events", table(heads, [(f"`{name}`", says) for name, says in logs.EVENTS.items()]))


def _put(text: str, name: str, made: str) -> str:
    place = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    if not place.search(text):
        raise ValueError(f"docs/operating.md has no place for the table of {name}")
    return place.sub(lambda found: f"{found[1]}{made}{found[2]}", text)


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
