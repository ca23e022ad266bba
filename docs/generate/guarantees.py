"""The page of the promises: each with what proves it, from ``evaluation/guarantees``."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from docs.generate.markdown import MADE, table, words_of
from evaluation import guarantees


def every() -> dict[str, ModuleType]:
    """Return name → module of each promise that is proved."""
    return {name: import_module(f"evaluation.guarantees.{name.lower()}") for name in guarantees.NAMES}


def undescribed() -> Iterator[str]:
    """Yield a sentence for each promise without words, or whose proof does not say what it does."""
    for name, module in every().items():
        if not getattr(module, "PROMISE", "").strip():
            yield f"guarantee {name}: has no PROMISE"
        if not (module.__doc__ or "").strip():
            yield f"guarantee {name}: its module does not say how it is proved"


def pages() -> dict[str, str]:
    """Return the page of the promises."""
    found = every()
    rows = [(f"[{name}](#{name.lower()})", module.PROMISE) for name, module in found.items()]
    proofs = "\n".join(
        f"### {name}\n\n{module.PROMISE[0].upper()}{module.PROMISE[1:]}.\n\n{words_of(module)}\n"
        for name, module in found.items()
    )
    return {
        "reference/guarantees.md": f"{MADE}# Promises\n\nWhat is promised, and how each promise is proved. `sayso doctor"
        " --guarantees` in a checkout proves all of them on your computer and prints the figures; `--full` does much more"
        " of the same, `--only G11` proves one; `sayso eval G11 --data DIR` prints its figures as an exam does."
        f"\n\n{table(('', 'promise'), rows)}\n## How they are proved\n\n{proofs}"
    }
