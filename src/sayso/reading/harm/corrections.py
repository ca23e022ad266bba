"""Counts that somebody gives or takes back: who sets a toll, what it was before, "not three as X reported"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from sayso.reading.actors import subject_actor
from sayso.reading.attribution.sources import source_before
from sayso.reading.mentions import Mention, mention
from sayso.reading.sentences.grammar import is_adverb
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import Form, clause_start, use_of, verb_table
from sayso.reading.speaking.holders import Holders
from sayso.values import Actor, Quantity
from sayso.vocab import PhraseMatcher

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reading.sentences.passages import Hit, Passage, Scan

SETTER_REACH = 5
"""How many words may stand between "raised" and "death toll"."""
HOLDER_REACH = 10
"""How many words a holder may take between "as" and "reported"."""
PRONOUNS = ("it", "they", "he", "she")


@cache
def _setting() -> PhraseMatcher[tuple[str, frozenset[Form]]]:
    return PhraseMatcher(verb_table([("set", sorted(closed("toll setting")))]))


def toll_setter(scan: Scan, passage: Passage, toll: int) -> Actor | None:
    """Return who puts, raises or gives the toll named at the token ``toll``; a pronoun is left for ``claims.py``."""
    for hit in reversed(scan.hits(_setting(), passage.number)):
        if not 0 <= toll - hit.last <= SETTER_REACH:
            continue
        use = use_of(passage, hit.first, hit.last, hit.value[1])
        if use is None or use.voice != "active":
            return None
        at = use.begin - 1
        while is_adverb(passage.word(at)) or passage.word(at) in closed("adverbs"):  # "he later put it at nine"
            at -= 1
        if passage.word(at) in PRONOUNS:
            return Actor(name=None, kind="unknown", words=passage.line.tokens[at].text)
        return subject_of(scan, passage, use.begin)
    return None


def subject_of(scan: Scan, passage: Passage, begin: int, *, known: bool = True) -> Actor | None:
    """Return the subject of the verb group at ``begin`` where it is a body or a person, as statements have holders.

    ``known`` False: whoever it is, "observers" too.
    """
    floor = clause_start(passage, begin)
    found = subject_actor(scan, passage, begin, floor)
    if found:
        return found[0]
    span = source_before(passage.line, begin, floor)
    if span is None or passage.word(span[1] - 1) in closed("no actors"):
        return None
    holder = Holders(scan.report, scan.world).resolve(scan.report.span(*passage.offsets(*span))).holder
    return holder if holder.kind != "unknown" or not known else None


def toll_counts(scan: Scan, passage: Passage, first: int, end: int) -> list[Hit[Quantity]]:
    """Return the toll in [first, end) and, behind it, the one it takes the place of: "from 6 to 8", "8, up from 6"."""
    counts = [count for count in scan.counts(passage) if first <= count.first < end]
    if not counts:
        return []
    if passage.word(counts[0].first) == "from" and counts[0].value.high not in (None, counts[0].value.low):
        return _from_to(counts[0])
    after = [c for c in scan.counts(passage) if counts[0].last <= c.first <= counts[0].last + 4]
    if after and passage.word(counts[0].first - 1) == "from" and passage.word(after[0].first - 1) == "to":
        return [after[0], counts[0]]
    if after and passage.phrase(after[0].first - 2, after[0].first) in ("up from", "down from"):
        return [counts[0], after[0]]
    return counts[:1]


def _from_to(both: Hit[Quantity]) -> list[Hit[Quantity]]:
    """Return the new toll of "from four to five", then the old one."""
    words = both.value.words
    ends = [end for end in (both.value.high, both.value.low) if end is not None]
    return [replace(both, value=Quantity(low=end, high=end, words=words)) for end in ends]


def toll_before(scan: Scan, passage: Passage, first: int) -> list[Hit[Quantity]]:
    """Return the toll of "lowered to two · the number of dead", and the old one of "from four to two"."""
    at = first - (passage.word(first - 1) in ("the", "its", "their", "his", "her"))
    before = next((count for count in scan.counts(passage) if count.last == at), None)
    if before is not None and passage.word(before.first) == "from" and before.value.high != before.value.low:
        return _from_to(before)
    return [before] if before is not None and passage.word(before.first - 1) == "to" else []


def corrected(scan: Scan, passage: Passage, found: Sequence[Mention]) -> list[Mention]:
    """Return the count that somebody else is said to have given: "four were taken, not three as the charity said".

    Args:
        scan: the report.
        passage: the sentence.
        found: the counts read in it; the last one before the correction tells the field and the group.

    """
    rows = []
    for count in scan.counts(passage):
        negated = (
            passage.word(count.first - 1) == "not" or passage.phrase(count.first - 2, count.first) == "rather than"
        )
        start, _ = passage.offsets(count.first, count.last)
        before = [item for item in found if item.anchor[0] < start and isinstance(item.value, Quantity)]
        sayer = _sayer(scan, passage, count.last) if negated and before else None
        if sayer and isinstance(before[-1].value, Quantity):
            value = count.value.model_copy(update={"of": before[-1].value.of})
            span = (count.first - 1, sayer[1])
            rows.append(mention(passage, before[-1].field, value, (count.first, count.last), span, holder=sayer[0]))
    return rows


def _sayer(scan: Scan, passage: Passage, at: int) -> tuple[Actor, int] | None:
    """Return the holder of "as X (had) reported" or "as reported by X" right behind a count, and where it ends."""
    as_at = next((index for index in range(at, min(at + 4, len(passage))) if passage.word(index) == "as"), None)
    if as_at is None:
        return None
    said = closed("said of counts")
    cue = next((i for i in range(as_at + 1, min(as_at + HOLDER_REACH, len(passage))) if passage.word(i) in said), None)
    if cue is None:
        return None
    first, last, end = as_at + 1, cue, cue + 1
    if passage.word(cue + 1) == "by":
        first, last = cue + 2, next((i for i in range(cue + 2, len(passage)) if not passage.line.word(i)), len(passage))
        end = last
    while last > first and (
        passage.word(last - 1) in closed("before a predicate") | {"first", "earlier"}
        or passage.word(last - 1).endswith("ly")
    ):
        last -= 1
    if last <= first:
        return None
    return Holders(scan.report, scan.world).resolve(scan.report.span(*passage.offsets(first, last))).holder, end
