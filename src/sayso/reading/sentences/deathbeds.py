"""Deaths that came after: "died of their wounds in X overnight" tells neither where nor when they were wounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage


def is_of_a_deathbed(passage: Passage, first: int, last: int) -> bool:
    """Tell whether a time or place hangs on a death "of wounds", and so is not that of what caused them."""
    syntax = passage.syntax
    at = syntax.heads[syntax.head_of(first, last)] if syntax else -1
    if syntax is None or at < 0 or syntax.words[at] not in closed("dying of wounds"):
        return False
    return any(
        syntax.words[cause] in closed("wounds") and syntax.child(cause, "case") is not None
        for cause in syntax.children[at]
    )
