"""Places that are themselves what is struck: "Goma was shelled", "an air strike on Tal Zafran"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.means.weapon_words import weapon_matcher
from sayso.reading.sentences.passages import closed
from sayso.reading.where.place_words import kind_words

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage
    from sayso.reading.where.country import View

UPON: Final = ("on", "upon", "onto")
NOT_AIMED: Final = frozenset({
    "shooting", "killing", "murder", "assassination", "kidnapping", "abduction", "stabbing", "incident", "crime",
    "violence", "explosion", "blast", "operation",
})  # fmt: skip
"""Attack nouns behind which "on" tells the street, not whom it was aimed at: "a shooting on Madison"."""


def is_struck(view: View, passage: Passage, first: int, last: int) -> bool:
    """Tell whether a place that is known, or that the model takes for one, is itself what is struck."""
    if not (_acted_on(passage, first, last) or _aimed_at(view, passage, first, last)):
        return False
    words = view.scan.report.text[slice(*passage.offsets(first, last))]
    resolved = view.by_span.get(passage.offsets(first, last))
    if resolved is not None:
        return resolved.place.precision != "country" and view.scan.world.actor(words) is None
    return bool(view.scan.world.places(words)) and view.scan.world.country(words) is None


def _acted_on(passage: Passage, first: int, last: int) -> bool:
    """Tell whether a verb of striking acts on a name: "Goma was shelled", "rocked central Aleppo"."""
    syntax = passage.syntax
    facility = kind_words(passage, last)  # "attacked Kidal airport"
    head = syntax.head_of(first, last + facility) if syntax else -1
    if syntax is None or head < 0 or syntax.labels[head] not in ("obj", "nsubj") or syntax.heads[head] < 0:
        return False
    verb = syntax.heads[head]
    passive = syntax.child(verb, "aux") is not None and head < verb
    struck = syntax.words[verb] in closed("striking a place") and passive == (syntax.labels[head] == "nsubj")
    return struck and (syntax.upos[head] == "PROPN" or bool(facility))


def _aimed_at(view: View, passage: Passage, first: int, last: int) -> bool:
    """Tell whether a name stands behind "an attack on", or "dropped barrel bombs on"."""
    first -= passage.word(first - 1) == "the"
    if passage.word(first - 1) not in UPON:
        return False
    nouns = closed("attack nouns") - NOT_AIMED
    if any(passage.phrase(first - 1 - size, first - 1) in nouns for size in (1, 2)):
        return True
    syntax = passage.syntax
    head = syntax.head_of(first, last) if syntax else -1
    if syntax is None or head < 0 or syntax.labels[head] not in ("obl", "nmod"):
        return False
    over = syntax.heads[head]
    thing = syntax.object(over) if over >= 0 and syntax.upos[over] == "VERB" else over
    hits = view.scan.hits(weapon_matcher(), passage.number)
    return thing is not None and any(hit.first <= thing < hit.last and hit.value[1] == "nouns" for hit in hits)
