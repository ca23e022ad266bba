"""When it happened, why it is said to have been done, and whether evidence was shown."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sayso.reading.happenings.asides import in_a_since_clause
from sayso.reading.mentions import Mention, mention
from sayso.reading.sentences.deathbeds import is_of_a_deathbed
from sayso.reading.sentences.grammar import QUOTES, words_of
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import Hit, closed, closed_matcher
from sayso.reading.sentences.verbs import Form, clause_end, verb_table
from sayso.reading.times import EVENT, anchor_of
from sayso.records import EvidenceOffered, Motive
from sayso.values.moment import find_moments
from sayso.vocab import PhraseMatcher

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.values import Moment

DAY = len("2020-12-31")
DATELINE = 6
"""So many words may stand before the day of a dateline."""
DAYLESS = "day"
"""What a time of day is counted from that is told without its day."""
AUTHOR_REACH = 14
"""How many words behind "no evidence" may tell that it is of who did it."""
EVIDENCE_REACH = 5
"""How many words may stand between "provide" and "evidence"."""


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
            if any(a < end and start < b for a, b in said) or not _dates(passage, hit.first, hit.last, moment):
                continue
            first, moment = _of_named(scan, passage, hit.first, hit.last, moment)
            found.append(mention(passage, "when", moment, (first, hit.last)))
    return found


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
    return not measured and not _of_a_toll(passage, first, last) and not is_of_a_deathbed(passage, first, last)


def _of_a_toll(passage: Passage, first: int, last: int) -> bool:
    """Tell whether a time dates a toll, an arrest or a funeral; arrests may be what the head of a report tells."""
    before = passage.line.lower[max(first - 7, 0) : first] + passage.line.lower[last : last + 2]
    arrests = {"arrested"} if passage.number == 0 or passage.kind == "headline" else set()
    return any(word in closed("toll words") - arrests for word in before)


def find_motives(scan: Scan) -> list[Mention]:
    """Return reasons, each up to its comma: "in response to …", "a grudge over …", "the motive was …"; "for ransom"."""
    found: list[Mention] = []
    for passage in scan.passages:
        for hit in scan.hits(closed_matcher("whole motives"), passage.number):
            found.append(_motive(scan, passage, hit.first, hit.last, hit.last))
        for name in ("motive phrases", "grounds of a quarrel"):
            for hit in scan.hits(closed_matcher(name), passage.number):
                stop = _comma_or_end(passage, hit.last)
                if stop > hit.last and not _in_words(passage, hit.last, stop):
                    found.append(_motive(scan, passage, hit.first, stop, hit.last))
        for index, word in enumerate(passage.line.lower):
            if word in ("motive", "motives") and (first := _predicate(passage, index)) is not None:
                found.append(_motive(scan, passage, first, _comma_or_end(passage, first), index + 1))
        found += [*_reasons(scan, passage), *_wishes(scan, passage)]
    return _longest(found)


@cache
def _deeds() -> PhraseMatcher[tuple[str, frozenset[Form]]]:
    return PhraseMatcher(verb_table([("deed", sorted(closed("attackers' deeds")))]))


def _reasons(scan: Scan, passage: Passage) -> list[Mention]:
    """Return why a deed was done that the sentence tells of before its "because"."""
    at = next((i for i, word in enumerate(passage.line.lower) if word == "because"), None)
    if (
        at is None
        or passage.word(at + 1) == "of"
        or not any(hit.last <= at for hit in scan.hits(_deeds(), passage.number))
    ):
        return []
    end = next(
        (i for i in range(at + 1, len(passage)) if passage.word(i) in closed("clause ends") | QUOTES), len(passage)
    )
    return (
        [_motive(scan, passage, at, _comma_or_end(passage, at + 1) if end > at + 1 else end, at + 1)]
        if end > at + 2
        else []
    )


def _wishes(scan: Scan, passage: Passage) -> list[Mention]:
    """Return what attackers wanted: "the militants wanted to · create panic", "their aim was to · sow fear"."""
    words = passage.line.lower
    for at in range(1, len(words) - 2):
        wanted = words[at] in ("wanted", "sought", "intended", "meant", "aimed", "hoped") and words[at + 1] == "to"
        aim = (
            words[at] in ("was", "is")
            and words[at + 1] == "to"
            and words[at - 1] in ("aim", "goal", "intention", "purpose")
        )
        who = wanted and any(group.attackers and group.last in (at, at - 1) for group in find_groups(scan, passage))
        if who or aim:
            return [_motive(scan, passage, at + 2, _comma_or_end(passage, at + 2), at + 1)]
    return []


def _motive(scan: Scan, passage: Passage, first: int, last: int, named: int) -> Mention:
    words = scan.report.text[slice(*passage.offsets(first, last))]
    return mention(passage, "motive", Motive(words=words), (first, last), (named - 1, named))


def _in_words(passage: Passage, first: int, last: int) -> bool:
    """Tell whether only something said is answered: "told reporters, in reply to messages shared online"."""
    return any(passage.word(at) in closed("what is answered in words") for at in range(first, min(first + 3, last)))


def _comma_or_end(passage: Passage, after: int) -> int:
    end = clause_end(passage, after)
    return next((index for index in range(after, end) if passage.word(index) == ","), end)


def _predicate(passage: Passage, motive: int) -> int | None:
    """Return where it is said what the motive is: behind "was", "could be"; None where it is open."""
    end = _comma_or_end(passage, motive)
    verb = next((at for at in range(motive + 1, end) if passage.word(at) in ("is", "was", "be", "been", "were")), None)
    if verb is None or any(passage.word(at) in closed("open motives") for at in range(motive + 1, min(verb + 4, end))):
        return None
    return verb + 1 if verb + 1 < end else None


def _longest(found: list[Mention]) -> list[Mention]:
    """Return the longest of those that overlap: "a grudge against …" and not "had a grudge"."""
    kept: list[Mention] = []
    for one in sorted(found, key=lambda item: (item.anchor[0] - item.anchor[1], item.anchor)):
        if all(one.anchor[1] <= other.anchor[0] or other.anchor[1] <= one.anchor[0] for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda item: item.anchor)


def find_evidence(scan: Scan) -> list[Mention]:
    """Return whether evidence was shown: "gave no details linking …", "did not provide any evidence"."""
    found = []
    for passage in scan.passages:
        for index, word in enumerate(passage.line.lower):
            if word == "nothing":
                found += _nothing(passage, index)
            if word not in closed("evidence words"):
                continue
            given = _given(passage, index)
            if given is None:
                continue
            first, provided = given
            last = clause_end(passage, index)
            span = (first, min(last, index + 10))
            found.append(
                mention(passage, "evidence_offered", EvidenceOffered(provided=provided), span, (first, index + 1))
            )
    return found


def _nothing(passage: Passage, at: int) -> list[Mention]:
    """Return that nothing was shown: "offered nothing to back up the boast"."""
    given = passage.word(at - 1) in closed("giving verbs") and passage.word(at + 1) == "to"
    if not given or passage.word(at + 2) not in ("back", "support", "prove", "substantiate", "corroborate", "show"):
        return []
    span = (at - 1, min(clause_end(passage, at), at + EVIDENCE_REACH + 3))
    return [mention(passage, "evidence_offered", EvidenceOffered(provided=False), span, (at - 1, at + 1))]


def _at_clause_end(passage: Passage, at: int) -> bool:
    """Tell whether nothing says what the details would be of: "gave no details" may be of who did it."""
    return not passage.line.word(at + 1)


def _of_the_author(passage: Passage, at: int) -> bool:
    """Tell whether evidence is of who did it: "no evidence that X was involved", not "… of fighters in the school"."""
    ahead = passage.line.lower[at + 1 : at + 1 + AUTHOR_REACH]
    meant = closed("attack nouns") | closed("part in a deed") | closed("of authorship")
    return ahead[:1] in (("linking",), ("connecting",), ("tying",)) or any(word in meant for word in ahead)


def _given(passage: Passage, at: int) -> tuple[int, bool] | None:
    """Return where the giving begins and whether it took place; None where evidence is only mentioned."""
    window = range(at - 1, max(at - EVIDENCE_REACH - 3, -1), -1)
    verb = next((index for index in window if passage.word(index) in closed("giving verbs")), None)
    evidence = passage.word(at) in ("evidence", "proof")
    links = evidence and passage.word(at + 1) in ("that", "of", "to", "for")
    links = links or passage.word(at + 1) in ("linking", "connecting", "tying")
    none = next((index for index in window if passage.word(index) in ("no", "without")), None)
    if verb is None:
        lacking = none is not None and none >= at - 3
        behind = evidence and passage.word(at + 1) in closed("accompanying")
        return (none or 0, False) if lacking and (behind or (links and _of_the_author(passage, at))) else None
    nots = [
        index
        for index in range(max(verb - 4, 0), at)
        if passage.word(index) in words_of("negation") | {"no", "without", "any"}
    ]
    if nots:
        return (min(nots), False) if evidence or links or _at_clause_end(passage, at) else None
    if evidence:
        return verb, True
    return None
