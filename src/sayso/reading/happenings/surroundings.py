"""What stands around a happening: its place and its time in its own sentence, and what else its passage names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sayso.reading.sentences.passages import Hit, closed
from sayso.reading.times import counts_back
from sayso.reading.where.here import of_an_item
from sayso.values import Moment

if TYPE_CHECKING:
    from sayso.reading.happenings.incidents import Happening
    from sayso.reading.mentions import Mention
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax
    from sayso.values import Place

FAR = 26
"""How many words behind a happening its place may stand, no other happening in between."""
ABOVE = 6
"""So many heads are climbed from a time in search of the happening it dates."""
NEAR = 14
"""How many words may lie between a happening and the place or day that is its own."""
FINENESS: dict[str | None, int] = {"point": 0, "settlement": 0, "district": 1, "province": 2, "area": 4, "country": 5}
"""Order in which precisions are preferred; an unknown place counts between province and area."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the passages of a report name: places, times, happenings.

    ``support``: passages with attackers, weapons or damage, in which a weak word ("attack") means violence.
    ``armed``: those of them with attackers or weapons, for storms do damage too.
    ``sites``: places that are no scene by rule alone, by passage: larger ones around a scene, buildings without a name.
    ``scenes``: passage and first token of a happening → the tokens that the model takes for its place.
    """

    places: list[list[Hit[Place]]]
    times: dict[int, list[Mention]]
    happenings: dict[int, list[Happening]]
    support: frozenset[int]
    armed: frozenset[int] = frozenset()
    scenes: dict[tuple[int, int], list[tuple[int, int]]] = field(default_factory=dict)
    sites: list[list[Hit[Place]]] = field(default_factory=list)


def place_hit(scan: Scan, row: Happening, facts: Facts) -> Hit[Place] | None:
    """Return the place of a happening: the finest one behind it before the next happening, else the last before it."""
    rows = [other for other in facts.happenings.get(row.passage, []) if not other.carried or row.carried]
    stop = min((other.first for other in rows if other.first >= row.last), default=row.last + FAR)
    floor = max((other.last for other in rows if other.last <= row.first), default=0)
    hits = [hit for hit in facts.places[row.passage] if hangs_on(scan.passages[row.passage], hit, row)]
    behind = [hit for hit in hits if row.last <= hit.first < min(stop, row.last + FAR)]
    before = [hit for hit in hits if floor <= hit.first and hit.last <= row.first and row.first - hit.last <= NEAR]
    attributive = [hit for hit in hits if hit.last == row.first and row.part == "noun"]
    item = of_an_item(facts.places[row.passage], scan.passages[row.passage])
    if attributive or item:
        return attributive[0] if attributive else item
    runs = facts.scenes.get((row.passage, row.first), [])
    scene = [hit for hit in hits if any(first < hit.last and hit.first < last for first, last in runs)]
    if scene:
        return min(scene, key=lambda hit: FINENESS.get(hit.value.precision, 3))
    if behind:
        return min(behind, key=lambda hit: FINENESS.get(hit.value.precision, 3))
    return before[-1] if before else None


def hangs_on(passage: Passage, hit: Hit[Any], row: Happening) -> bool:
    """Tell whether the grammar lets a place or time be that of a happening; without grammar every place may be."""
    if hit.first <= row.first < hit.last:  # "a day after the attack" is no day of the attack
        return False
    if isinstance(hit.value, Moment) and counts_back(hit.value):
        return hit.last <= row.first < hit.last + NEAR  # "a day after · gunmen stopped a coach" tells when they did
    syntax = passage.syntax
    if syntax is None:
        return True
    at = syntax.head_of(hit.first, hit.last)
    if isinstance(hit.value, Moment) and _of_a_court(syntax, at, row):
        return False
    return any(syntax.goes_with(at, trigger) or syntax.sets(at, trigger) for trigger in range(row.first, row.last))


def _of_a_court(syntax: Syntax, at: int, row: Happening) -> bool:
    """Tell whether a time is that of a trial or an arrest for a deed: "condemned on Tuesday for cutting a throat"."""
    over = syntax.verb_over(at)
    if over is None or row.first <= over < row.last or syntax.words[over] not in closed("steps of a court"):
        return False
    marks = (syntax.words[mark] for verb in range(row.first, row.last) for mark in syntax.children[verb])
    return any(mark in ("for", "of", "after", "over") for mark in marks) and at < row.first


def _of_another(scan: Scan, hit: Hit[Any], row: Happening, facts: Facts) -> bool:
    """Tell whether the grammar hangs a time below another happening: "the riots … for the murder in December"."""
    syntax = scan.passages[row.passage].syntax
    told = _told_by(scan, row, facts)
    beside = [other for other in facts.happenings.get(row.passage, []) if other is not told]
    named = [
        other for other in beside if not other.carried and other is not row and not hit.first <= other.first < hit.last
    ]
    at = syntax.head_of(hit.first, hit.last) if syntax and named else -1
    for _ in range(ABOVE):
        if syntax is None or at < 0 or row.first <= at < row.last:
            return False
        if syntax.upos[at] == "VERB" and any(syntax.carries(at, trigger) for trigger in range(row.first, row.last)):
            return False  # "in May, gunmen stopped a bus and shot dead …": the day is that of both
        other = next((one for one in named if one.first <= at < one.last), None)
        if other is not None and _are_joined(syntax, row, other):
            return False  # "the hijacking of a ship and the kidnapping of its crew in May"
        if other is not None:
            return syntax.labels[at] != "advcl"  # "hours before it crashed on Friday, they launched …"
        at = syntax.heads[at]
    return False


def _are_joined(syntax: Syntax, row: Happening, other: Happening) -> bool:
    """Tell whether the second of two nouns is joined to the first: what dates it dates both."""
    heads = [syntax.heads[at] for at in range(other.first, other.last) if syntax.labels[at] == "conj"]
    return row.part == other.part == "noun" and any(row.first <= head < row.last for head in heads)


def _told_by(scan: Scan, row: Happening, facts: Facts) -> Happening | None:
    """Return the verb whose subject a noun is, where it tells of the same: "a car bomb · killed 13 in X"."""
    syntax = scan.passages[row.passage].syntax
    if syntax is None or row.part != "noun":
        return None
    at = row.last - 1
    verb = syntax.heads[at] if syntax.labels[at] == "nsubj" else -1
    others = (other for other in facts.happenings.get(row.passage, []) if other is not row and other.part != "noun")
    return next((other for other in others if other.first <= verb < other.last), None)


def own_place(scan: Scan, row: Happening, facts: Facts) -> Place | None:
    """Return where a happening took place, as far as its own sentence tells; at least the country it names."""
    hit = place_hit(scan, row, facts)
    if hit is None and (verb := _told_by(scan, row, facts)) is not None:
        hit = place_hit(scan, verb, facts)
    if hit is not None:
        return hit.value
    countries = [hit.value for hit in facts.places[row.passage] if hit.value.precision == "country"]
    return countries[0] if len(countries) == 1 and row.background else None


def _dated_clause(passage: Passage, row: Happening, facts: Facts) -> Moment | None:
    """Return the time that a clause of its own goes on from: "since 2002, when a bomber killed 21"."""
    when = next((at for at in range(row.first - 1, max(row.first - NEAR, 0), -1) if passage.word(at) == "when"), None)
    if when is None or any(passage.word(at) in (";", "and", "but") for at in range(when, row.first)):
        return None
    end = when - (passage.word(when - 1) == ",")
    for item in facts.times.get(row.passage, []):
        first, last = passage.tokens_of(*item.anchor)
        if last == end and first < end:
            return item.value  # type: ignore[return-value]
    return None


def own_moment(scan: Scan, row: Happening, facts: Facts) -> Moment | None:
    """Return the time nearest to a happening in its sentence."""
    passage: Passage = scan.passages[row.passage]
    if row.superlative:
        return None  # "the deadliest attack since 2002" is no attack of 2002
    dated = _dated_clause(passage, row, facts)
    if dated is not None:
        return dated
    start, end = passage.offsets(row.first, row.last)
    best: tuple[int, Moment] | None = None
    for item in facts.times.get(row.passage, []):
        hit: Hit[Moment] = Hit(*passage.tokens_of(*item.anchor), item.value)  # type: ignore[arg-type]
        if not hangs_on(passage, hit, row) or _of_another(scan, hit, row, facts):
            continue
        gap = max(item.anchor[0] - end, start - item.anchor[1], 0)
        if (gap <= NEAR * 7 or passage.syntax is not None) and (best is None or gap < best[0]):
            best = (gap, item.value)  # type: ignore[assignment]
    return best[1] if best else None
