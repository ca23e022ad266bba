"""Who gives a number or an account without a word for saying: "the ministry had 22 killed", "by the army's count".

Four ways: a verb that counts or gives, with what came to harm behind it; a noun for an account before a colon ("gave a
grimmer account: …"); "by the count of X", "in X's telling"; an idiom that lays the blame ("laid it at Y's door").
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.attribution.cues import tells_a_count
from sayso.reading.attribution.drafts import Draft
from sayso.reading.attribution.sayers import can_say
from sayso.reading.sentences.grammar import QUOTES, words_of
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.syntax import syntax_of
from sayso.reading.sentences.verbs import forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.reading.attribution.contents import Range
    from sayso.reading.attribution.drafts import Drafts
    from sayso.reading.sentences.grammar import Line
    from sayso.reading.sentences.syntax import Syntax

LONG: Final = 120
"""Sentences with more words are no sentences."""
NEAR: Final = 14
"""So many words behind its verb may the number stand."""
OWNER: Final = 9
"""So many words may name whose count it is."""
_ENDS: Final = ("but", "while", "whereas", "although", "though")


def givers(drafts: Drafts) -> Iterator[Draft]:
    """Yield the attributions of those who give a number or an account, where none of those found has them."""
    taken: dict[int, list[Draft]] = {}
    for item in drafts.found:
        if not item.doubtful:
            taken.setdefault(item.line, []).append(item)
    for number, line in enumerate(drafts.lines):
        if line.shouting or len(line) > LONG:
            continue
        known = list(taken.get(number, ()))
        for found in _of_line(drafts, line, number):
            if not _is_known(known, found):
                _cut(known, found)
                known.append(found)
                yield found


def _of_line(drafts: Drafts, line: Line, number: int) -> Iterator[Draft]:
    words = set(line.lower)
    if not words.isdisjoint(closed("account nouns")):
        yield from _by_count(line, number)
        yield from _before_colon(drafts, line, number)
    giving, blaming = closed("giving verbs of counts"), _blaming()
    verbs = [at for at, word in enumerate(line.lower) if word in giving or word in blaming]
    syntax = syntax_of(drafts.analysis, line.sentence, line.lower) if verbs else None
    for verb in verbs if syntax else ():
        found = _counted(line, syntax, verb) or _blames(line, syntax, verb)  # type: ignore[arg-type]
        if found is not None:
            yield Draft(*found, number)


def _is_known(found: Sequence[Draft], item: Draft) -> bool:
    """Tell whether the cue is somebody's already, or stands in what somebody says, or the source is a sayer's."""
    cue, source = item.cue or (0, 0), item.source or (0, 0)
    return any(
        (one.cue and one.cue[0] < cue[1] and cue[0] < one.cue[1])
        or any(start <= cue[0] < end and start <= source[0] < end for start, end in one.contents)
        for one in found
    )


def _cut(found: Sequence[Draft], item: Draft) -> None:
    """End what one says before the next who speaks in his sentence."""
    spots = [part[0] for one in found for part in (one.source, one.cue) if part]
    start, end = item.contents[-1]
    item.contents[-1] = (start, min([spot for spot in spots if spot > start] + [end]))


# ---------------------------------------------------------------------------------------------- verbs


def _counted(line: Line, syntax: Syntax, verb: int) -> tuple[Range, Range, list[Range]] | None:
    """Return source, cue and content of "the survivors counted sixteen", "police had spoken of five dead"."""
    subject = _subject(line, syntax, verb)
    if subject is None or not _is_active(line, syntax, verb):
        return None
    start = verb + 1
    if line.at(start) in ("of", "to", "at", "up", "with") and line.at(start + 1) not in ("least", "most"):
        start += 1
    toll = _toll_behind(line, syntax, verb)
    if not (toll or _harm_behind(line, start, 5 if line.at(verb) in ("has", "have", "had") else NEAR)):
        return None
    begin = verb
    while line.at(begin - 1) in words_of("auxiliary") and begin - 1 >= subject[1]:
        begin -= 1
    end = _clause_stop(line, start)
    told = begin < verb and line.at(begin) in ("has", "have", "had")
    plain = toll or told or line.at(verb + 1) == "to"
    if end <= start or (line.at(verb) in closed("acts of counting") and not plain):
        return None  # "medics treated 60 wounded traders": what they did the report tells
    source = (line.start(subject[0]), line.end(subject[1]))
    return source, (line.start(begin), line.end(verb + 1)), [(line.start(start), line.end(end))]


def _subject(line: Line, syntax: Syntax, verb: int) -> Range | None:
    """Return the subject of a verb, in tokens with what is put behind its name, where it can say something."""
    head = syntax.child(verb, "nsubj")
    if head is None and syntax.labels[verb] == "conj" and syntax.heads[verb] >= 0:
        head = syntax.child(syntax.heads[verb], "nsubj")
    if head is None or head > verb or line.at(head) in words_of("relative", "first or second person"):
        return None
    first, last = syntax.phrase(head)
    if line.at(first) in ("them", "him", "us"):
        return None
    behind = next((at for at in syntax.children[head] if at > head and syntax.labels[at] == "nmod"), None)
    if behind is not None and line.at(last) in words_of("preposition"):
        last = max(last, syntax.phrase(behind)[1])
    return (first, last) if last <= verb and can_say(line, (first, last)) else None


def _is_active(line: Line, syntax: Syntax, verb: int) -> bool:
    helpers = [
        line.at(at) for at in syntax.children[verb] if syntax.labels[at] in ("aux", "mark", "advmod") and at < verb
    ]
    ruled_out = words_of("be", "negation") | {"to", "if", "whether", "may", "might", "could", "would", "will"}
    return syntax.upos[verb] in ("VERB", "AUX") and syntax.labels[verb] != "amod" and ruled_out.isdisjoint(helpers)


def _harm_behind(line: Line, start: int, near: int) -> bool:
    """Tell whether a number and a word for those who came to harm follow: "22 killed", "five bodies and 22 injured"."""
    words = line.lower[start : _clause_stop(line, start)][:near]
    numbered = tells_a_count(" ".join(words[:6]))
    return numbered and not closed("counted as harmed").isdisjoint(words)


def _toll_behind(line: Line, syntax: Syntax, verb: int) -> bool:
    """Tell whether the object is a toll and a number follows: "put the dead at seven", "gave the losses as two"."""
    head = syntax.object(verb)
    if line.at(verb) not in closed("setting verbs") or head is None or line.at(head) not in closed("tolls"):
        return False
    behind = line.lower[head + 1 : head + 1 + NEAR]
    numbers = words_of("counted harm") | closed("numbers in words")
    return any(word[:1].isdigit() or word in numbers for word in (*line.lower[verb + 1 : head], *behind))


def _clause_stop(line: Line, start: int) -> int:
    """Return where the words behind a verb end: with the sentence, a semicolon, or before ", but", ", while"."""
    for at, word in enumerate(line.lower[start : line.stop()], start):
        if word in (";", "--", "—", "–") or (word == "," and line.at(at + 1) in _ENDS):
            return at
    return line.stop()


@cache
def _blaming() -> dict[str, frozenset[str]]:
    """Return what must follow each form of a verb that lays the blame: "laid" → "door", "held" → "responsible"."""
    found: dict[str, frozenset[str]] = {}
    for verb, _, tail in (row.partition(" … ") for row in closed("laying the blame")):
        for form in forms(verb):
            found[form] = found.get(form, frozenset()) | {tail}
    return found


def _blames(line: Line, syntax: Syntax, verb: int) -> tuple[Range, Range, list[Range]] | None:
    """Return source, cue and content of "the army laid the raid at the door of X", "police suspect X"."""
    tails = _blaming().get(line.at(verb), frozenset())
    subject = _subject(line, syntax, verb) if tails else None
    end = _clause_stop(line, verb + 1)
    if subject is None or end <= verb + 1 or not _is_active(line, syntax, verb):
        return None
    words = f" {' '.join(line.lower[verb + 1 : end])} "
    if not any(f" {tail} " in words for tail in tails):
        return None
    if line.at(verb).startswith(("link", "tie", "tying", "credit")) and closed("attack nouns").isdisjoint(line.lower):
        return None  # "linked it to her private server"
    source = (line.start(subject[0]), line.end(subject[1]))
    return source, (line.start(verb), line.end(verb + 1)), [(line.start(verb + 1), line.end(end))]


# ---------------------------------------------------------------------------------------------- colon


def _before_colon(drafts: Drafts, line: Line, number: int) -> Iterator[Draft]:
    """Yield "the coalition gave another account: …", "he has a ready explanation: …": all behind the colon is his."""
    colon = next((at for at in range(3, line.stop()) if line.at(at) == ":"), None)
    if colon is None or line.stop() - colon < 3:
        return
    noun = next((at for at in range(colon - 1, 1, -1) if line.at(at) in closed("account nouns")), None)
    syntax = syntax_of(drafts.analysis, line.sentence, line.lower)
    verb = syntax.verb_over(noun) if syntax and noun is not None else None
    if syntax is None or noun is None or verb is None or verb > noun:
        return
    subject = _subject(line, syntax, verb)
    if subject is None or line.at(verb) not in closed("setting verbs") or not _is_active(line, syntax, verb):
        return
    source, cue = (line.start(subject[0]), line.end(subject[1])), (line.start(verb), line.end(colon + 1))
    yield Draft(source, cue, [(line.start(colon + 1), line.end(line.stop()))], number)


# ---------------------------------------------------------------------------------------------- by the count of


def _by_count(line: Line, number: int) -> Iterator[Draft]:
    """Yield "by the count of X, …", "…, in X's telling": what stands with it in its clause is X's."""
    for at, word in enumerate(line.lower):
        if word not in ("by", "in", "on") or line.at(at - 1) in words_of("be"):
            continue
        found = _owner(line, at + 1)
        if found is None:
            continue
        source, last = found
        contents = _beside(line, at, last)
        if contents:
            cue = (line.start(at), line.end(at + 1)) if source[0] == at + 1 else (line.start(at), line.end(source[0]))
            yield Draft((line.start(source[0]), line.end(source[1])), cue, contents, number)


def _owner(line: Line, first: int) -> tuple[Range, int] | None:
    """Return whose count it is, in tokens, and where the phrase ends: "the count of X", "X's count", "his count"."""
    nouns = closed("counts of somebody")
    if line.at(first) in ("its", "his", "her", "their"):
        noun = first + 1 + (line.at(first + 1) == "own")
        return ((first, first + 1), noun + 1) if line.at(noun) in nouns else None
    noun = first + (line.at(first) in ("the", "an", "a", "one"))
    if line.at(noun) in nouns and line.at(noun + 1) in ("of", "from"):
        ends = (at for at in range(noun + 2, min(noun + 2 + OWNER, line.stop())) if _ends_name(line, at))
        last = next(ends, line.stop())
        return ((noun + 2, last), last) if last > noun + 2 and can_say(line, (noun + 2, last)) else None
    owned = (at for at in range(first + 1, min(first + OWNER, line.stop())) if line.at(at) in ("'s", "’s", "'", "’"))
    mark = next(owned, None)
    noun = mark + 1 + (line.at(mark + 1) in ("own", "latest")) if mark is not None else 0
    if mark is None or line.at(noun) not in nouns or not can_say(line, (first, mark)):
        return None
    return (first, mark), noun + 1


def _ends_name(line: Line, at: int) -> bool:
    ends = (
        words_of("auxiliary")
        | words_of("preposition") - {"of", "for", "in"}
        | words_of("pronoun")
        | {",", ";", ":", "("}
    )
    numbered = line.at(at)[:1].isdigit() or line.at(at) in ("at", "more", "some", "another")
    return line.at(at) in ends - {"'s", "’s"} or numbered


def _beside(line: Line, at: int, last: int) -> list[Range]:
    """Return what such a phrase is said of: all behind it where it opens, else what stands before it in its clause."""
    stop = _clause_stop(line, last)
    behind = last + (line.at(last) in (",", ":"))
    before = line.at(at - 1) if line.at(at - 1) != "," else line.at(at - 2)
    opens = at == 0 or line.at(at - 1) in ("and", "but", "where", "that", ";", ":", "which", "when")
    verbal = before in words_of("auxiliary") or before.endswith(("ed", "left", "where"))
    if opens or (line.at(at - 1) == "," and line.at(last) == "," and verbal):
        return [(line.start(behind), line.end(stop))] if behind < stop and line.at(behind) not in QUOTES else []
    begin = max((i + 1 for i in range(at - 1) if line.at(i) in (";", ":") or _joins(line, i)), default=0)
    end = at - (line.at(at - 1) == ",")
    return [(line.start(begin), line.end(end))] if end - begin > 1 else []


def _joins(line: Line, at: int) -> bool:
    return line.at(at) == "," and line.at(at + 1) in ("and", *_ENDS)
