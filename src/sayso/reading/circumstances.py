"""When it happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.happenings.asides import in_a_since_clause
from sayso.reading.mentions import Mention, mention
from sayso.reading.sentences.deathbeds import is_of_a_deathbed
from sayso.reading.sentences.grammar import words_of
from sayso.reading.sentences.passages import Hit, closed
from sayso.reading.times import EVENT, anchor_of
from sayso.values.moment import find_moments

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax
    from sayso.values import Moment

DAY = len("2020-12-31")
DATELINE = 6
"""So many words may stand before the day of a dateline."""
LET_OUT = 7
"""So many words behind "released" may stand where from: "from the county prison"."""
DAYLESS = "day"
"""What a time of day is counted from that is told without its day."""


def find_times(scan: Scan, said: list[tuple[int, int]]) -> list[Mention]:
    """Return the times that may be those of happenings.

    Args:
        scan: the report.
        said: code points of times that belong to the saying ("said on Monday").

    """
    found = []
    for passage in scan.passages:
        for hit in scan.moments(passage):
            moment: Moment = hit.value
            start, end = passage.offsets(hit.first, hit.last)
            if (hit.first == 0 and _of_the_page(scan, hit.value)) or _of_a_dateline(scan, passage, hit):
                continue
            if _names_a_thing(passage, hit):
                continue
            if any(a < end and start < b for a, b in said) or not _dates(passage, hit.first, hit.last, moment):
                continue
            first, moment = _of_named(scan, passage, hit.first, hit.last, moment)
            found.append(mention(passage, "when", moment, (first, hit.last)))
    return found


def _names_a_thing(passage: Passage, hit: Hit[Moment]) -> bool:
    """Tell whether a feast only says of what sort a thing is: "Christmas lights", "the Easter market"."""
    syntax, at = passage.syntax, hit.last - 1
    if syntax is None or passage.word(at) not in closed("feasts") or syntax.labels[at] not in ("compound", "nmod"):
        return False
    over = syntax.heads[at]
    attack = passage.word(over) in closed("attack nouns") or passage.word(over) in closed("blasts")
    return over == hit.last and syntax.upos[over] == "NOUN" and not attack


def _of_the_page(scan: Scan, moment: Moment) -> bool:
    """Tell whether a full date that opens a sentence only repeats when the report was published."""
    published = scan.report.published
    day = moment.earliest == moment.latest and moment.latest is not None and len(moment.latest) == DAY
    return bool(day and published and moment.latest == published[:DAY] and published[:4] in moment.words)


def _of_a_dateline(scan: Scan, passage: Passage, hit: Hit[Moment]) -> bool:
    """Tell whether a day before a dash, a colon or a bracket is that of the dateline: "LIMA, Feb 21 (X) - A bomb"."""
    published = (scan.report.published or "")[:DAY]
    if passage.number > 1 or hit.first > DATELINE or not passage.line.capital(0) or hit.value.latest != published:
        return False
    return (
        hit.first > 0
        and passage.word(hit.last) in ("-", "--", "–", "—", ":", "(", "/", "")
        and not any(word in words_of("preposition") for word in passage.line.lower[: hit.first])
    )


def _of_named(scan: Scan, passage: Passage, first: int, last: int, moment: Moment) -> tuple[int, Moment]:
    """Return the day in "after Tuesday's attack": the preposition governs the attack, not its day."""
    governed = passage.word(first) in ("after", "before", "since", "following", "until") and _names(passage, last)
    compound = passage.word(first) == "by" and passage.word(first - 1) == "-"  # "a drive-by Wednesday night"
    if not (governed or compound):
        return first, moment
    start, end = passage.offsets(first + 1, last)
    inner = find_moments(scan.report.text[start:end], anchor_of(scan.report.published))
    return (first + 1, inner[0].moment) if inner else (first, moment)


def _names(passage: Passage, last: int) -> bool:
    """Tell whether a day's possessive and a word for an attack stand behind: "Tuesday's rocket attack"."""
    named = any(passage.word(at) in closed("attack nouns") for at in range(last, min(last + 4, len(passage))))
    return named and any(passage.word(at) in ("'s", "’s") for at in (last, last - 1))


def _dates(passage: Passage, first: int, last: int, moment: Moment) -> bool:
    """Tell whether a moment may date a happening: not the day of a toll or arrest, not counted from another event."""
    told = (moment.anchor or "").startswith(f"{EVENT}: ")  # "a day after the vote": of which no day is told
    told = told or (moment.anchor == DAYLESS and passage.word(first) not in ("until", "by", "since", "till"))
    if not moment.resolved and moment.anchor not in (None, "publication date") and not told:
        return False
    if _names(passage, last):
        return True
    measured = passage.word(first - 1) in ("since", "until") or in_a_since_clause(passage, first)
    other = _of_a_toll(passage, first, last) or is_of_a_deathbed(passage, first, last)
    return not measured and not other and not _of_a_life(passage, first, last)


def _of_a_life(passage: Passage, first: int, last: int) -> bool:
    """Tell whether a time is that of what came before or behind the deed in somebody's life.

    "Who was fired last week", "after serving time on a 2006 conviction", "had bought the gun on Friday".
    """
    syntax = passage.syntax
    at = syntax.heads[syntax.head_of(first, last)] if syntax else -1
    if syntax is None or at < 0:
        return False
    let_out = syntax.words[at] == "released" and not closed("places of custody").isdisjoint(
        syntax.words[at : at + LET_OUT]
    )
    return let_out or syntax.words[at] in closed("turns of a life") or _lost_a_job(passage, syntax, at)


def _lost_a_job(passage: Passage, syntax: Syntax, verb: int) -> bool:
    """Tell whether somebody "was fired": shots and rockets are, too, but they are nobody."""
    subject, helper = syntax.child(verb, "nsubj"), syntax.child(verb, "aux")
    if syntax.words[verb] != "fired" or subject is None or helper is None or syntax.words[helper] not in closed("be"):
        return False
    return syntax.words[subject] in ("he", "she", "who")


def _of_a_toll(passage: Passage, first: int, last: int) -> bool:
    """Tell whether a time dates a toll, an arrest or a funeral; arrests may be what the head of a report tells."""
    before = passage.line.lower[max(first - 7, 0) : first] + passage.line.lower[last : last + 2]
    arrests = {"arrested"} if passage.number == 0 or passage.kind == "headline" else set()
    return any(word in closed("toll words") - arrests for word in before)
