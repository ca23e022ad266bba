"""Where else a happening took place by its own sentence: the region around its place, the building in it.

"In a billiard hall in Irapuato, in the state of Guanajuato" names three places of one shooting, each finer than the
next; a rule that takes one of them loses the others.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.reading.happenings.scenes import lies_around
from sayso.reading.happenings.surroundings import hangs_on
from sayso.reading.sentences.deathbeds import is_of_a_deathbed
from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.happenings.incidents import Happening
    from sayso.reading.happenings.surroundings import Facts
    from sayso.reading.mentions import Mention
    from sayso.reading.sentences.passages import Hit, Passage, Scan
    from sayso.reading.sentences.syntax import Syntax
    from sayso.values import Place

UP: Final = 4
"""How many nouns are climbed from a place to the one around or inside it."""
INSIDE: Final = frozenset({"nmod", "appos", "compound", "flat", "conj"})
"""Relations between a place and what lies around it: "Strabane, County Tyrone", "Lyon's station", "a bar in Eket"."""
APART: Final = frozenset({"from", "to", "between", "for", "with", "against", "by", "about", "as", "than", "towards"})
"""Prepositions that lead to no larger place."""
SCENES: Final = frozenset({
    "in", "at", "inside", "outside", "into", "on", "onto", "near", "beside", "behind", "opposite", "within", "through",
    "around", "across", "off", "under", "beneath", "along",
})  # fmt: skip
"""Prepositions that lead from a happening to the building that it was in."""


def places_around(view: Scan, row: Happening, facts: Facts, hit: Hit[Place] | None) -> list[Hit[Place]]:
    """Return the further places of a happening whose place is ``hit``: around it, in it, the building it was in."""
    passage = view.passages[row.passage]
    syntax = passage.syntax
    if syntax is None or not facts.sites:
        return []
    near = [other for other in (*facts.places[row.passage], *facts.sites[row.passage]) if other != hit]
    near = [other for other in near if other.value.precision != "country"]
    linked = [other for other in near if hit and _linked(syntax, passage, hit, other)]
    return linked + [other for other in near if other not in linked and _was_in(passage, syntax, other, row)]


def _linked(syntax: Syntax, passage: Passage, hit: Hit[Place], other: Hit[Place]) -> bool:
    """Tell whether one of two places says where the other lies, or both are told in one breath."""
    inner, outer = (hit.first, hit.last), (other.first, other.last)
    if hit.first <= other.first < hit.last:
        return True  # "Beni in North Kivu" was read as one
    if _is_elsewhere(passage, other.first) or _is_elsewhere(passage, hit.first):
        return False
    if lies_around(passage.line, outer, inner) or lies_around(passage.line, inner, outer):
        return True
    one, two = syntax.head_of(*inner), syntax.head_of(*outer)
    return _climbs(syntax, passage, one, two) or _climbs(syntax, passage, two, one)


def _is_elsewhere(passage: Passage, first: int) -> bool:
    """Tell whether a name is somebody's origin or only measures where another lies: "west of X", "20 km from X"."""
    first -= passage.word(first - 1) in closed("determiners")
    measures = closed("directions", "units of distance") | {"away", ")", "outside"}
    return passage.word(first - 1) in APART or (passage.word(first - 1) == "of" and passage.word(first - 2) in measures)


def _climbs(syntax: Syntax, passage: Passage, at: int, top: int) -> bool:
    for _ in range(UP):
        case = syntax.child(at, "case")
        word = syntax.words[case] if case is not None else ""
        if syntax.labels[at] not in INSIDE or word in APART or syntax.heads[at] < 0:
            return False
        at = syntax.heads[at]
        if at == top:
            return True
        if syntax.upos[at] not in ("NOUN", "PROPN"):
            return False
    return False


def _was_in(passage: Passage, syntax: Syntax, site: Hit[Place], row: Happening) -> bool:
    """Tell whether a building without a name is where a happening took place."""
    head = syntax.head_of(site.first, site.last)
    case = syntax.child(head, "case")
    named = site.value.precision != "point" or site.value.lat is not None
    if named or case is None or syntax.words[case] not in SCENES or syntax.labels[head] not in ("obl", "nmod"):
        return False
    return hangs_on(passage, site, row) and not is_of_a_deathbed(passage, site.first, site.last)


def buildings_struck(view: Scan, targets: list[Mention], facts: Facts) -> list[Mention]:
    """Return the buildings that were aimed at as places: "overran a flow station" tells where, too."""
    found = []
    for item in targets if facts.sites else ():
        passage = view.passages[item.passage]
        first, last = passage.tokens_of(*item.anchor)
        for site in facts.sites[item.passage]:
            if site.value.precision == "point" and first < site.last and site.first < last and item.stance is None:
                span = passage.offsets(site.first, site.last)
                place = replace(item, field="where", value=site.value, anchor=span, weak=False)
                found.append(place.with_evidence(*span))
    return found
