"""The page of the Python interface: the public names of ``sayso``, with their signatures and docstrings."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Final

import sayso
from docs.generate.markdown import MADE
from sayso import settings

BESIDES: Final = {
    "sayso.ledger.frames.Records": "class",
    "sayso.ledger.asking.selecting.Near": "class",
    "sayso.ledger.asking.gathering.Gathered": "class",
    "sayso.linking.overview.Overview": "class",
    "sayso.ledger.asking.reviews.Review": "class",
    "sayso.ledger.chain.Head": "class",
    "sayso.linking.findings.Judged": "class",
    "sayso.linking.findings.Display": "class",
    "sayso.linking.scene.Told": "class",
    "sayso.linking.weighing.Conflict": "class",
    "sayso.linking.weighing.Revision": "class",
    "sayso.adding.Tally": "class",
    "sayso.adding.Outcome": "class",
    "sayso.settings.Project": "class",
    **{f"sayso.settings.{each.__name__}": "class" for each in settings.TABLES.values()},
}
"""What the public functions take and give, where it has no name of its own in ``sayso``."""
RECORDS: Final = "sayso.records"
INSIDE: Final = ("linker", "memory", "transaction", "rehearsal", "derived", "freshen")
"""Methods of a ledger that its own parts use: they hand out what only these understand."""


def undescribed() -> Iterator[str]:
    """Yield a sentence for each public name, or public method of one, without a docstring."""
    for name in sayso.__all__:
        thing = getattr(sayso, name)
        if not inspect.getdoc(thing):
            yield f"sayso.{name}: has no docstring"
        if inspect.isclass(thing) and thing.__module__ != RECORDS:
            for method, held in vars(thing).items():
                if not method.startswith("_") and callable(held) and not inspect.getdoc(held):
                    yield f"sayso.{name}.{method}: has no docstring"


def pages() -> dict[str, str]:
    """Return the page of the Python interface."""
    things = {name: getattr(sayso, name) for name in sayso.__all__}
    records = [name for name, thing in things.items() if inspect.isclass(thing) and thing.__module__ == RECORDS]
    functions = [name for name, thing in things.items() if not inspect.isclass(thing)]
    classes = [name for name, thing in things.items() if inspect.isclass(thing) and name not in records]
    listed = ", ".join(f"{{py:class}}`~sayso.records.{name}`" for name in records)
    parts = [
        f"{MADE}# Python\n\nThese names are public: they change with a line in the changelog only. All are typed"
        " (`py.typed`). `import sayso` costs nothing; parts are loaded when they are first used.\n",
        f"Records: {listed} and the others on [their page](records.md). Errors are on [theirs](errors.md).\n",
        *(_auto("function", f"sayso.{name}") for name in functions),
        *(_auto("class", f"sayso.{name}") for name in classes),
        "## What these take and give\n",
        *(_auto(kind, name) for name, kind in BESIDES.items()),
    ]
    return {"reference/python.md": "\n".join(parts)}


def _auto(kind: str, name: str) -> str:
    options = f"\n   :members:\n   :exclude-members: {', '.join(INSIDE)}" if kind == "class" else ""
    return f"```{{eval-rst}}\n.. auto{kind}:: {name}{options}\n```\n"
