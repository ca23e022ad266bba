"""Words that attribute: the lexicon ``vocab/cues.toml``, and where its words stand in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from sayso.reading.attribution.sources import source_before
from sayso.reading.sentences.grammar import QUOTES, is_adverb, words_of
from sayso.reading.speaking.title_words import titles
from sayso.records import Stance
from sayso.vocab import Entry, load_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reading.sentences.grammar import Line

Part = Literal["verb", "phrase", "noun", "said_of"]
Content = Literal["clause", "object", "infinitive", "quote", "whether", "as_saying", "of"]
Form = Literal["base", "third", "past", "ing", "other"]


class CueGroup(Entry):
    """Words that attribute alike: one entry of ``vocab/cues.toml``."""

    name: str
    part: Part
    stance: Stance
    content: tuple[Content, ...]
    recipient: bool = False
    inverts: bool = False
    keeps: str | None = None
    words: tuple[str, ...]
    forms: dict[str, tuple[str, ...]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue in a sentence.

    ``first`` and ``last`` bound the whole verb group with its auxiliaries (``last`` one past); ``verb`` is the place
    of the word that the lexicon knows.
    """

    first: int
    last: int
    verb: int
    group: CueGroup
    form: Form
    passive: bool
    negated: bool
    subject: tuple[int, int] | None = None  # the noun phrase right before a verb, in tokens


@cache
def cue_groups() -> tuple[CueGroup, ...]:
    """Return the groups of the lexicon in file order."""
    return load_table("cues", CueGroup)


@cache
def _table() -> dict[str, tuple[tuple[tuple[str, ...], CueGroup, Form], ...]]:
    """First word → (all words, group, form), the longest first."""
    table: dict[str, list[tuple[tuple[str, ...], CueGroup, Form]]] = {}
    for group in cue_groups():
        for base in group.words:
            for form, written in _inflect(base, group):
                words = tuple(written.split())
                table.setdefault(words[0], []).append((words, group, form))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in table.items()}


@cache
def groups_by_word() -> dict[str, CueGroup]:
    """Return the group of every spelling of every cue, lower case; the first group of the file wins."""
    table: dict[str, CueGroup] = {}
    for group in cue_groups():
        for base in group.words:
            for _, written in _inflect(base, group):
                table.setdefault(written, group)
    return table


def _inflect(base: str, group: CueGroup) -> list[tuple[Form, str]]:
    if group.part != "verb":
        return [("other", base)]
    if base in group.forms:
        third, past, ing, *other = group.forms[base]
        bare: list[tuple[Form, str]] = (
            [] if past == base and group.keeps else [("base", base)]
        )  # "put" is the past, too
        return [*bare, ("third", third), ("past", past), ("ing", ing), *((_OTHER, form) for form in other)]
    head, _, tail = base.partition(" ")
    forms: list[tuple[Form, str]] = [
        ("base", head),
        ("third", _third(head)),
        ("past", _past(head)),
        ("ing", _ing(head)),
    ]
    return [(form, f"{word} {tail}".strip()) for form, word in forms]


_OTHER: Form = "other"


def _third(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    return verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "ed"


def _ing(verb: str) -> str:
    return (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb) + "ing"


def find_cues(line: Line) -> list[Cue]:
    """Return the cues of a sentence in order, none overlapping another."""
    found: list[Cue] = []
    index = 0
    while index < len(line):
        row = _longest(line, index) if line.lower[index] in _table() else None
        cue = row and _cue(line, index, *row, floor=found[-1].last if found else 0)
        if cue:
            found.append(cue)
            index = max(cue.last, index + 1)
        else:
            index += 1
    return found


_OWNERS = frozenset({"'s", "’s", "his", "her", "their", "its", "my", "our", "your", "the", "a", "an"})


def _longest(line: Line, index: int) -> tuple[int, CueGroup, Form] | None:
    owned = line.at(index - 1) in _OWNERS
    plain: tuple[str, ...] | None = None
    for words, group, form in _table().get(line.lower[index], ()):
        if owned and group.part == "verb" and form in ("base", "third"):
            continue  # "his claim", "the mayor's claims": nouns
        if line.lower[index : index + len(words)] == words:
            return len(words), group, form
        if group.keeps and len(words) > 1:
            plain = plain or plain_toll(line.lower[index : index + _TOLL_WORDS])
            if plain[: len(words)] == words:
                return len(words), group, form
    return None


_TOLL_WORDS = 6  # of "raised its overall death toll" that are looked at


def plain_toll(words: Sequence[str]) -> tuple[str, ...]:
    """Return "raised its overall death toll" as the lexicon has it: "raised the death toll"."""
    kept = [word for word in words if word not in words_of("describes a toll")]
    return tuple("the" if at == 1 and word in _TOLL_OWNERS else word for at, word in enumerate(kept))


_TOLL_OWNERS = frozenset({"its", "their", "his", "her", "that", "this", "an", "a"})


def _cue(line: Line, index: int, length: int, group: CueGroup, form: Form, floor: int) -> Cue | None:
    """Return the cue with its verb group, or None where the word is not used as one."""
    last = index + (1 if group.keeps else length)
    if _is_other(line, index, last):
        return None
    if group.part == "phrase":
        return Cue(index, last, index, group, form, passive=False, negated=False)
    if group.part == "noun":
        return Cue(index, last, index, group, form, passive=False, negated=False)
    first = _group_start(line, index, floor)
    helpers = line.lower[first:index]
    if helpers and helpers[-1] == "to":
        return None  # "to announce": not done yet, and no subject of its own
    if form == "base" and not _base_is_finite(line, index, first):
        return None
    if form in ("past", "other") and _attributive(line, index, group, helpers):
        return None
    if form == "third" and not _third_is_verb(line, index, last, group):
        return None
    passive = form in ("past", "other") and any(word in words_of("be") for word in helpers)
    if form == "past" and group.name == "accuse" and line.at(last) in ("to", "on", "by"):
        passive = True  # "an attack blamed on Y": nobody is named who blames
    negated = any(word in words_of("negation") for word in helpers)
    return Cue(first, last, index, group, form, passive, negated, source_before(line, first, 0))


def _is_other(line: Line, index: int, last: int) -> bool:
    """Tell whether the word is part of another: "rebel-backed", "United States", "the Charge Commission"."""
    if line.at(index - 1) == "-" or (line.at(last) == "-" and line.at(last + 1) not in ("", "-")):
        return True
    surname = index == 1 and line.tokens[index].text == "Said" and (line.at(0),) not in titles()  # "Omar Said told"
    return line.capital(index) and (index > 1 or surname) and not line.shouting and line.word(index - 1)


def _group_start(line: Line, index: int, floor: int) -> int:
    """Walk left over auxiliaries and adverbs; an adverb that opens the group needs an auxiliary or verb behind it."""
    first = index
    while first > floor:
        word = line.lower[first - 1]
        if (
            (
                word in words_of("auxiliary")
                and not (word.endswith("s") and word[0] in "'’" and _possessive(line, first - 1))
            )
            or word in words_of("negation")
            or is_adverb(word)
            or word in ("to", "going")
        ):
            first -= 1
        else:
            break
    while first < index and line.lower[first] in words_of("outside the verb group"):
        first += 1
    return first


# Adverbs of time before a verb belong to the sentence rather than the verb group.


def _possessive(line: Line, index: int) -> bool:
    """Tell whether 's at ``index`` is rather a genitive: a noun or a capital before it, no adverb behind."""
    return line.at(index - 1) not in ("he", "she", "it", "that", "who", "there", "what")


_PLURAL_VERBS = frozenset({"suggest", "say", "indicate", "show", "claim", "put", "speak", "mention", "describe"})


def _third_is_verb(line: Line, index: int, last: int, group: CueGroup) -> bool:
    """Tell whether "claims", "plans", "reports" is a verb here rather than a plural noun."""
    before, behind = line.at(index - 1), line.at(last)
    if before in words_of("determiner", "preposition") | {"'s", "’s", "and", "or"} or before.isdigit():
        return group.name == "say" and before in ("and", "one", "this", "that")
    if line.lower[index] in words_of("noun as well") and behind in _PLURAL_VERBS:
        return False  # "initial reports suggest"
    if line.lower[index] in words_of("noun as well") and last == index + 1 and not line.capital(index - 1):
        return behind in words_of("pronoun") | QUOTES | {"that", ":", "to", "the", "a"}
    return behind not in words_of("preposition") - {"on", "in", "at", "after", "by"} | words_of("auxiliary") - {"may"}


def _base_is_finite(line: Line, index: int, first: int) -> bool:
    """Tell whether a base form is used as a verb: with an auxiliary, or behind a plural or a pronoun."""
    helpers = line.lower[first:index]
    if helpers and (helpers[-1] in words_of("auxiliary") or helpers[0] in words_of("auxiliary") or "to" in helpers):
        return True
    before = line.at(first - 1)
    if before in ("i", "we", "you", "they", "who", "many", "some", "others", "most", "police", "people", "both"):
        return True
    return len(before) > 3 and before.endswith("s") and not before.endswith(("ss", "us", "is")) and line.word(first - 1)


def _attributive(line: Line, index: int, group: CueGroup, helpers: tuple[str, ...]) -> bool:
    """Tell whether a participle stands before its noun or is no cue here: "the reported attack", "a known rebel"."""
    before = line.at(index - 1)
    if helpers:
        return False
    alone = {"both", "all", "some", "many", "most", "one", "this", "each", "several", "few", "another"}
    if before in alone and group.name in ("say", "tell", "believe", "deny"):
        return False
    return before in words_of("determiner") or before in words_of("preposition") - {"after", "before"}


def tells_a_count(words: str) -> bool:
    """Tell whether words begin with how many came to harm: "six dead", "the killing of 14 civilians"."""
    plain = words.lower().split()
    while plain and plain[0] in words_of("before a count"):
        plain = plain[1:]
    return bool(plain) and (plain[0][0].isdigit() or plain[0] in words_of("counted harm"))
