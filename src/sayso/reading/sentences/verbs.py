"""Verbs without a parser: their forms, active or passive use, and where clauses and agents stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, TypeVar

from sayso.reading.sentences.grammar import BREAKS, QUOTES, is_adverb, words_of
from sayso.reading.sentences.passages import closed
from sayso.vocab import Entry, load_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.reading.sentences.passages import Passage

T = TypeVar("T")
Form = Literal["base", "third", "past", "participle", "ing"]
Voice = Literal["active", "passive", "gerund", "infinitive"]
_VOWELS = "aeiou"


class Irregular(Entry):
    """A verb whose forms spelling rules do not give."""

    verb: str
    past: str
    participle: str | None = None
    ing: str | None = None


@cache
def _irregular() -> dict[str, Irregular]:
    return {entry.verb: entry for entry in load_table("irregular", Irregular)}


@cache
def forms(verb: str) -> dict[str, frozenset[Form]]:
    """Return every spelling of a verb (its first word inflects, the rest stays) with the forms it can be.

    >>> sorted(forms("gun down"))
    ['gun down', 'gunned down', 'gunning down', 'guns down']
    """
    before, head, after = _split(verb)
    found: dict[str, set[Form]] = {}
    for form, word in _inflected(head):
        found.setdefault(f"{before}{word}{_inflect_second(after, form)}", set()).add(form)
    return {phrase: frozenset(kinds) for phrase, kinds in found.items()}


def _split(verb: str) -> tuple[str, str, str]:
    """Return what stands before the word that inflects, that word, and the rest: "badly", "damage", ""."""
    words = verb.split(" ")
    at = 1 if len(words) > 1 and words[0].endswith("ly") else 0
    before, after = " ".join(words[:at]), " ".join(words[at + 1 :])
    return (f"{before} " if before else ""), words[at], (f" {after}" if after else "")


def _inflect_second(after: str, form: Form) -> str:
    """Return the rest of a phrase in the same form where it is a second verb: "shoot and kill", "shot and killed"."""
    if not after.startswith(" and "):
        return after
    return " and " + next(word for kind, word in _inflected(after[5:]) if kind == form)


def _inflected(head: str) -> list[tuple[Form, str]]:
    known = _irregular().get(head)
    past = known.past if known else _past(head)
    participle = (known.participle if known else None) or past
    ing = (known.ing if known else None) or _ing(head)
    table: list[tuple[Form, str]] = [
        ("base", head),
        ("third", _third(head)),
        ("past", past),
        ("participle", participle),
        ("ing", ing),
    ]
    if head.endswith("el") and known is None:  # "levelled" beside "leveled"
        table += [("past", head + "led"), ("participle", head + "led"), ("ing", head + "ling")]
    if head == "have":
        table += [("third", "has")]
    if head == "burn":  # beside "burned"
        table += [("past", "burnt"), ("participle", "burnt")]
    if head == "be":
        table += [("past", "were"), ("third", "is"), ("third", "are"), ("third", "'s"), ("participle", "being")]
    return table


def _third(head: str) -> str:
    if head.endswith("y") and head[-2:-1] not in _VOWELS:
        return head[:-1] + "ies"
    return head + ("es" if head.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _past(head: str) -> str:
    if head.endswith("y") and head[-2:-1] not in _VOWELS:
        return head[:-1] + "ied"
    return head + ("d" if head.endswith("e") else "ed")


def _ing(head: str) -> str:
    return (head[:-1] if head.endswith("e") and not head.endswith(("ee", "ye", "oe")) else head) + "ing"


def verb_table(rows: Iterable[tuple[T, Iterable[str]]]) -> dict[str, tuple[T, frozenset[Form]]]:
    """Return every spelling of the verbs of each row with the row's value; the first row with a spelling keeps it."""
    table: dict[str, tuple[T, frozenset[Form]]] = {}
    for value, verbs in rows:
        for verb in verbs:
            for phrase, kinds in forms(verb).items():
                table.setdefault(phrase, (value, kinds))
    return table


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a verb: tokens [first, last) of the verb, ``begin`` where its auxiliaries begin."""

    begin: int
    first: int
    last: int
    voice: Voice
    helpers: tuple[str, ...]

    @property
    def negated(self) -> bool:
        """Tell whether "not", "never" … stands in the verb group."""
        return any(word in words_of("negation") or word == "no" for word in self.helpers)

    @property
    def modal(self) -> bool:
        """Tell whether the verb group says what would, could or will be."""
        return any(word in closed("hypothetical") for word in self.helpers)


def use_of(passage: Passage, first: int, last: int, kinds: frozenset[Form]) -> Use | None:
    """Return how the verb at [first, last) is used, or None where it is no verb (a noun, an adjective before one)."""
    begin, helpers = _helpers(passage, first)
    syntax = passage.syntax
    taken_for_adjective = last - first > 1 and "participle" in kinds and any(word in words_of("be") for word in helpers)
    if syntax is not None and not syntax.has_verb(first, last) and not taken_for_adjective:
        return None  # but "was riddled with bullets"
    if last - first > 1 and passage.word(first) in words_of("be"):  # the phrase brings its auxiliary: "was shot"
        return Use(begin, first, last, "passive", (*helpers, passage.word(first)))
    has_be = any(word in words_of("be") or word == "been" for word in _of_it_alone(helpers))
    if "ing" in kinds:
        return Use(begin, first, last, "active" if has_be else "gerund", helpers)
    if "participle" in kinds and has_be:
        return Use(begin, first, last, "passive", helpers)
    if "participle" in kinds and "past" not in kinds:  # "shaken", "beaten": has/have, or a bare participle
        return Use(begin, first, last, "active" if helpers else "passive", helpers)
    if kinds & {"past"}:
        return _past_use(passage, begin, first, last, helpers, kinds)
    if "to" in helpers or any(word in words_of("auxiliary") for word in helpers):
        return Use(begin, first, last, "infinitive", helpers)
    plain = passage.word(first - 1) in closed("determiners") or passage.word(first - 1) in closed("prepositions")
    return None if plain else Use(begin, first, last, "active", helpers)


def _of_it_alone(helpers: tuple[str, ...]) -> tuple[str, ...]:
    """Return the auxiliaries without those of a verb over it: "is thought | to have killed" is no passive."""
    behind = helpers[len(helpers) - helpers[::-1].index("to") :] if "to" in helpers else helpers
    return behind if "have" in behind else helpers


def _past_use(
    passage: Passage, begin: int, first: int, last: int, helpers: tuple[str, ...], kinds: frozenset[Form]
) -> Use | None:
    before = passage.word(first - 1)
    if not helpers and (before in closed("determiners") and before not in ("that", "this", "all", "both", "those")):
        return None  # "the wounded", "a targeted man", but "those killed in X"
    if passage.word(last - 1) == "fire":  # "opened fire": the object is part of the phrase
        return Use(begin, first, last, "active", helpers)
    if not helpers and _shares_object(passage, first, last):
        return Use(begin, first, last, "active", helpers)
    if not helpers and _finite(passage, first, last):
        return Use(begin, first, last, "active", helpers)
    if not helpers and _object_later(passage, first, last):
        return Use(begin, first, last, "active", helpers)
    if not helpers and "participle" in kinds and not takes_object(passage, last):
        intransitive = passage.word(last) != "by" and before in ("who", "which", "that", "he", "she", "they", "it")
        return Use(begin, first, last, "active" if intransitive else "passive", helpers)
    return Use(begin, first, last, "active", helpers)


def _finite(passage: Passage, first: int, last: int) -> bool:
    """Tell whether a verb that needs no object has a subject and no auxiliary: "rebels clashed", "he fired"."""
    syntax = passage.syntax
    verb = syntax.verb_in(first, last) if syntax else None
    if syntax is None or verb is None or syntax.labels[verb] in ("acl", "amod") or syntax.child(verb, "aux", "cop"):
        return False
    if passage.word(verb) not in closed("without an object"):
        return False
    subject = syntax.child(verb, "nsubj")
    return subject is not None and subject < verb and passage.word(last) != "by"


def _object_later(passage: Passage, first: int, last: int) -> bool:
    """Tell whether a verb has its subject before it and its object behind a time or place: "shot on Monday two men"."""
    syntax = passage.syntax
    verb = syntax.verb_in(first, last) if syntax else None
    if syntax is None or verb is None or syntax.labels[verb] in ("acl", "amod") or syntax.child(verb, "aux", "cop"):
        return False
    subject, thing = syntax.child(verb, "nsubj"), syntax.object(verb)
    return subject is not None and thing is not None and subject < verb and thing >= last


def _shares_object(passage: Passage, first: int, last: int) -> bool:
    """Tell whether a verb has its object behind the next one: "an officer shot and killed a man"."""
    syntax = passage.syntax
    verb = syntax.verb_in(first, last) if syntax and passage.word(last) in ("and", "or") else None
    if syntax is None or verb is None or syntax.child(verb, "nsubj") is None:
        return False
    joined = [at for at in syntax.children[verb] if syntax.labels[at] == "conj"]
    return any(syntax.child(at, "obj") is not None for at in (verb, *joined))


def takes_object(passage: Passage, at: int) -> bool:
    """Tell whether a noun phrase seems to begin at ``at``."""
    word = passage.word(at)
    if word in QUOTES:
        word, at = passage.word(at + 1), at + 1
    if not word or word in BREAKS or word in ("in", "by", "when"):
        return False
    if word in (
        "at",
        "up",
        "between",
        "over",
        "about",
        "around",
        "more",
        "fewer",
        "nearly",
        "almost",
        "some",
        "approximately",
        "roughly",
    ) and (passage.word(at + 1) in ("least", "most", "to", "than") or passage.word(at + 1)[:1].isdigit()):
        return True
    closed_words = words_of("preposition", "conjunction", "auxiliary", "subordinator")
    return word not in closed_words and not is_adverb(word) and word not in words_of("day")


def _helpers(passage: Passage, first: int) -> tuple[int, tuple[str, ...]]:
    """Return where the verb group begins, and its words before the verb (adverbs and days between them allowed)."""
    begin, words, index, gap = first, [], first - 1, 0
    while index >= 0 and gap <= 5:
        word = passage.word(index)
        if word in words_of("auxiliary") or word in words_of("negation") or word == "to":
            words.append(word)
            begin, gap = index, 0
        elif (
            is_adverb(word)
            or word in closed("adverbs")
            or word in words_of("day", "time")
            or word in QUOTES
            or (word in ("on", "in", "being") and gap)
        ):
            gap += 1
        elif (
            words
            and "to" in words
            and word in closed("reported to") | {"estimated"}
            and passage.word(index - 1) in words_of("be")
        ):
            gap = 0  # "was reported to have been hurt"
        else:
            break
        index -= 1
    return begin, tuple(reversed(words))


def clause_start(passage: Passage, before: int) -> int:
    """Return the first token of the clause that reaches up to ``before``: after a stop, colon, opener or quote."""
    return passage.clauses.starts[max(min(before, len(passage)), 0)]


def clause_end(passage: Passage, after: int) -> int:
    """Return one past the last token of the clause that goes on from ``after``."""
    if not 0 <= after < len(passage) or passage.word(after) in closed("clause ends") or passage.word(after) in QUOTES:
        return min(max(after, 0), len(passage))
    return passage.clauses.ends[after + 1]


RECKONED = frozenset({"count", "counts", "estimate", "estimates", "tally", "reckoning", "account", "accounts"})
"""What stands behind a "by" that names no agent: "600 were killed, by the count of the church"."""


def agent_of(passage: Passage, use: Use, reach: int = 14) -> int | None:
    """Return the token after the "by" of a passive, or None."""
    for index in range(use.last, min(use.last + reach, clause_end(passage, use.last))):
        if passage.word(index) == "by" and passage.word(index - 1) not in ("followed", "preceded", "accompanied"):
            return None if {passage.word(index + 1), passage.word(index + 2)} & RECKONED else index + 1
        if (
            index > use.last
            and passage.word(index) in words_of("auxiliary")
            and passage.word(index) not in ("'s", "’s")
        ):
            return None
    return None
