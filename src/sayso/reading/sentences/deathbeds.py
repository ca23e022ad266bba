"""What came after: "died of wounds in X", "taken to Y hospital" tell neither where nor when they were wounded."""

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


def is_where_taken(passage: Passage, first: int, last: int) -> bool:
    """Tell whether a place is only where somebody was brought: "was shot and taken to Hale Hospital"."""
    syntax = passage.syntax
    if syntax is None:
        return False
    at = syntax.head_of(first, last)
    over = syntax.heads[at]
    if over >= 0 and syntax.words[over] in closed("hospitals") and syntax.labels[at] in ("compound", "nmod", "flat"):
        at, over = over, syntax.heads[over]
    case = syntax.child(at, "case")
    return over >= 0 and case is not None and syntax.words[case] == "to" and syntax.words[over] in closed("taken away")
