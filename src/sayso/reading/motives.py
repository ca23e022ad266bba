"""Why it is said to have been done: "in response to …", "to punish …", "over a debt", "demanding the release of …"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.mentions import Mention, mention
from sayso.reading.sentences.grammar import QUOTES, words_of
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed, closed_matcher
from sayso.reading.sentences.verbs import Form, clause_end, verb_table
from sayso.records import Motive
from sayso.vocab import PhraseMatcher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax

LONG: Final = 16
"""What is longer is cut where a clause begins that only describes."""
WANTING: Final = ("want", "wants", "wanted")
WISHES: Final = frozenset({*WANTING, "sought", "seek", "seeks", "intended", "meant", "aimed", "hoped", "wished"})
AIMS: Final = frozenset(
    {"aim", "goal", "intention", "purpose", "object", "objective", "idea", "point", "plan", "motive"}
)
LOOSE: Final = frozenset({"and", "or", "which", "who", "that", "he", ",", "whom"})
"""Words in which no reason ends, beside prepositions and articles."""
IN_REVENGE: Final = ("in revenge", "in vengeance", "in retribution")
RELATIVE: Final = ("that", "which", "who")
ONES: Final = frozenset({"him", "her", "them", "it", "those", "the", "his", "their", "a", "an", "two", "three", "four"})


def find_motives(scan: Scan) -> list[Mention]:
    """Return reasons, each up to its comma: "in response to …", "a grudge over …", "the motive was …"; "for ransom"."""
    found: list[Mention] = []
    for passage in scan.passages:
        for hit in scan.hits(closed_matcher("whole motives"), passage.number):
            found.append(_motive(scan, passage, hit.first, hit.last, hit.last))
        for hit in scan.hits(closed_matcher("motive phrases"), passage.number):
            stop = _comma_or_end(passage, hit.last)
            if stop > hit.last and not _in_words(passage, hit.last, stop):
                found.append(_motive(scan, passage, hit.first, stop, hit.last))
        for hit in scan.hits(closed_matcher("grounds of a quarrel"), passage.number):
            stop = _of_a_noun(passage, hit.first, _comma_or_end(passage, hit.last))
            if stop > hit.last and not _in_words(passage, hit.last, stop):
                first = hit.first - (passage.word(hit.first - 1) in ("a", "an"))
                found.append(_motive(scan, passage, first, stop, hit.last))
        for index, word in enumerate(passage.line.lower):
            if word in ("motive", "motives"):
                found += _told(scan, passage, index)
        found += [*_reasons(scan, passage), *_wishes(scan, passage)]
        if passage.syntax is not None:
            found += _by_grammar(scan, passage, passage.syntax)
    return _longest(found)


def _told(scan: Scan, passage: Passage, at: int) -> Iterator[Mention]:
    """Yield what the motive is said to be: "the motive was a quarrel", "a far-right motive"."""
    first = _predicate(passage, at)
    adjective = passage.word(at - 1) in closed("kinds of motives")
    if first is not None and not adjective:
        yield _motive(scan, passage, first, _comma_or_end(passage, first), at + 1)
    if adjective:
        begin = at - 1 - 2 * (passage.word(at - 2) == "-")
        yield _motive(scan, passage, begin, at + 1, at + 1)


@cache
def _deeds() -> PhraseMatcher[tuple[str, frozenset[Form]]]:
    return PhraseMatcher(verb_table([("deed", sorted(closed("attackers' deeds")))]))


def _is_deed(scan: Scan, passage: Passage, at: int) -> bool:
    """Tell whether a word is a verb of violence, a staging of it, or a noun for an attack."""
    if passage.word(at) in closed("attack nouns", "denied deeds", "accused deeds"):
        return True
    return any(hit.first <= at < hit.last for hit in scan.hits(_deeds(), passage.number))


def _reasons(scan: Scan, passage: Passage) -> list[Mention]:
    """Return why a deed was done that the sentence tells of before its "because"."""
    at = next((i for i, word in enumerate(passage.line.lower) if word == "because"), None)
    if at is None or not any(hit.last <= at for hit in scan.hits(_deeds(), passage.number)):
        return []
    end = next(
        (i for i in range(at + 1, len(passage)) if passage.word(i) in closed("clause ends") | QUOTES), len(passage)
    )
    if end <= at + 2:
        return []
    return [_motive(scan, passage, at, max(_comma_or_end(passage, at + 1), at + 1) if end > at + 1 else end, at + 1)]


def _wishes(scan: Scan, passage: Passage) -> list[Mention]:
    """Return what attackers wanted: "wanted to create panic", "wants two men freed", "their aim was · to sow fear"."""
    words = passage.line.lower
    for at in range(1, len(words) - 2):
        aim = words[at] in ("was", "is") and words[at + 1] == "to" and words[at - 1] in AIMS
        aim = aim or (words[at] == "been" and words[at + 1] == "to" and bool(AIMS & set(words[max(at - 3, 0) : at])))
        if aim:
            return [_motive(scan, passage, at + 1, _comma_or_end(passage, at + 2), at + 1)]
        thing = words[at] in WANTING and words[at + 1] not in (",", ".", "no")
        if words[at] in WISHES and (words[at + 1] == "to" or thing) and _of_attackers(scan, passage, at):
            return [_motive(scan, passage, at, _comma_or_end(passage, at + 1), at + 1)]
    return []


def _of_attackers(scan: Scan, passage: Passage, verb: int) -> bool:
    """Tell whether attackers want it: "the militants wanted", "captors who want"."""
    at = verb - (passage.word(verb - 1) in ("who", "which", "that"))
    at -= passage.word(at - 1) == ","
    if passage.word(at - 1) in closed("captors"):
        return True
    return any(group.attackers and group.last in (at, at - 1) for group in find_groups(scan, passage))


def _by_grammar(scan: Scan, passage: Passage, syntax: Syntax) -> Iterator[Mention]:
    """Yield what the tree hangs as a reason on a verb of violence: a purpose, a demand, an accusation, a quarrel."""
    for at, word in enumerate(syntax.words):
        if word == "to" and syntax.words[at + 1 : at + 2] and passage.word(at + 1) in closed("purposes of attackers"):
            first = at if _purpose(scan, passage, syntax, at + 1) else None
        elif word in closed("reasons in -ing"):
            first = at if _hangs_on_deed(scan, passage, syntax, at) else None
        elif word in ("accusing", "suspecting"):
            first = at if passage.word(at + 1) in ONES and _hangs_on_deed(scan, passage, syntax, at) else None
        elif word == "for" and passage.word(at + 1).endswith("ing"):
            first = at if _hangs_on_deed(scan, passage, syntax, at + 1, sure=True) else None
        elif word == "over":
            first = _over(scan, passage, syntax, at)
        else:
            continue
        if first is not None:
            stop = _comma_or_end(passage, at + 2)
            stop = min(stop, syntax.phrase(syntax.heads[at])[1]) if word == "over" else stop
            if stop > at + 1 and not _in_words(passage, at + 1, stop):
                yield _motive(scan, passage, first, stop, at + 1)


def _purpose(scan: Scan, passage: Passage, syntax: Syntax, verb: int) -> bool:
    """Tell whether an infinitive is what a deed is for: on its verb, on a noun for it, or on what somebody did."""
    over = syntax.heads[verb]
    if over < 0 or syntax.labels[verb] not in ("advcl", "xcomp", "acl", "obl"):
        return False
    if _is_deed(scan, passage, over):
        hurt = syntax.object(over)
        ended = any(g.attackers and hurt is not None and g.first <= hurt < g.last for g in find_groups(scan, passage))
        return not ended and not _unreal(syntax, over)  # "shot the gunman to stop him"
    return syntax.words[over] in closed("purposes govern") and _of_a_deed(scan, passage, syntax, over)


def _of_a_deed(scan: Scan, passage: Passage, syntax: Syntax, verb: int) -> bool:
    """Tell whether a verb such as "staged", "acted", "was meant" is of an attack or of attackers: not "talks were"."""
    around = (syntax.object(verb), syntax.subject(verb), syntax.heads[verb] if syntax.labels[verb] == "acl" else None)
    heads = [at for at in around if at is not None and at >= 0]
    attackers = [group for group in find_groups(scan, passage) if group.attackers]
    armed = any(group.first <= at < group.last for at in heads for group in attackers)
    meant = closed("attack nouns", "owned") | {"it", "this", "they", "he", "attacks", "fires", "blaze", "raids"}
    return not heads or armed or any(syntax.words[at] in meant for at in heads)


def _unreal(syntax: Syntax, verb: int) -> bool:
    around = {syntax.words[at] for at in syntax.children[verb]}
    return bool(around & closed("hypothetical", "negation"))


def _hangs_on_deed(scan: Scan, passage: Passage, syntax: Syntax, verb: int, *, sure: bool = False) -> bool:
    """Tell whether a clause in -ing goes with a deed; ``sure``: what one is killed "for doing", of verbs alone."""
    over = syntax.heads[verb]
    if over < 0 or syntax.labels[verb] not in ("advcl", "acl", "obl", "nmod", "conj"):
        return False
    if sure:
        return any(hit.first <= over < hit.last for hit in scan.hits(_deeds(), passage.number))
    acts = syntax.words[over] in closed("purposes govern", "hostage verbs")
    return acts or _is_deed(scan, passage, over) or _of_people_acting(passage, over)


def _of_people_acting(passage: Passage, at: int) -> bool:
    """Tell whether those who act are described by it: "marchers demanding early elections", "a group calling for"."""
    return passage.word(at) in closed("people who demand")


def _over(scan: Scan, passage: Passage, syntax: Syntax, at: int) -> int | None:
    """Return where the ground of a deed begins behind "over": "stabbed over · a debt", "a protest over · the price"."""
    head = syntax.heads[at]
    if head <= at or syntax.labels[at] != "case" or syntax.labels[head] not in ("obl", "nmod"):
        return None
    on, word = syntax.heads[head], syntax.words[head]
    if on < 0 or word in closed("no grounds") or syntax.upos[head] != "NOUN":
        return None
    numbers = any(syntax.labels[child] == "nummod" for child in syntax.children[head])
    unrest = syntax.words[on] in closed("unrest")
    killed = any(hit.first <= on < hit.last for hit in scan.hits(_deeds(), passage.number))
    return at + 1 if not numbers and (unrest or killed) else None


def _motive(scan: Scan, passage: Passage, first: int, last: int, named: int) -> Mention:
    first, last = trimmed(passage, first, last)
    words = scan.report.text[slice(*passage.offsets(first, last))]
    return mention(passage, "motive", Motive(words=words), (first, last), (named - 1, named))


def trimmed(passage: Passage, first: int, last: int) -> tuple[int, int]:
    """Return a reason without quotation marks around it, "as" or "in" before "revenge", or a loose end behind."""
    last = _end_of_its_clause(passage, first, last)
    loose = (words_of("preposition") | closed("determiners") | LOOSE | QUOTES) - {
        "across",
        "back",
        "out",
        "down",
        "away",
    }
    while last - first > 1 and passage.word(last - 1) in loose:
        last -= 1
    while last - first > 1 and passage.word(first) in QUOTES | {"that", ","}:
        first += 1
    noun = first + 1 + (passage.word(first + 1) in ("a", "an"))
    named = passage.word(noun) in closed("answers named")
    first += named and (passage.word(first) == "as" or passage.phrase(first, first + 2) in IN_REVENGE)
    first += 2 * (passage.phrase(first, first + 2) == "driven by")
    cut = next((at for at in range(first + 4, last) if last - first > LONG and passage.word(at) in RELATIVE), last)
    return first, cut


def _end_of_its_clause(passage: Passage, first: int, last: int) -> int:
    """Return where another clause goes on behind a reason: "angry at the police · set fire to the sub-station"."""
    syntax = passage.syntax
    root = syntax.head_of(first, last) if syntax else first
    outside = [at for at in range(root + 1, last) if syntax and not syntax.hangs_on(at, root)]
    verb = next((at for at in outside if syntax and syntax.upos[at] in ("VERB", "AUX")), None)
    while verb is not None and verb - 1 in outside:
        verb -= 1
    return last if verb is None or verb <= first + 2 else verb


def _in_words(passage: Passage, first: int, last: int) -> bool:
    """Tell whether only something said is answered: "told reporters, in reply to messages shared online"."""
    return any(passage.word(at) in closed("what is answered in words") for at in range(first, min(first + 3, last)))


def _comma_or_end(passage: Passage, after: int) -> int:
    end = clause_end(passage, after)
    return next((index for index in range(after, end) if passage.word(index) == ","), end)


def _of_a_noun(passage: Passage, first: int, last: int) -> int:
    """Return where a noun phrase at ``first`` ends: before the verb whose subject it is, before "that"."""
    syntax = passage.syntax
    verbs = (
        at
        for at in range(first + 2, last)
        if syntax and syntax.upos[at] in ("VERB", "AUX") and syntax.labels[at] not in ("acl", "amod", "advcl")
    )
    relative = (at for at in range(first + 2, last) if passage.word(at) in RELATIVE)
    return min(next(verbs, last), next(relative, last))


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
