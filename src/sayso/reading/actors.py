"""Who stands in a noun phrase, where it names somebody who can act: a state, a force, a group, a person; else None."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sayso.reading.attribution.sources import source_before, source_behind
from sayso.reading.sentences.grammar import BREAKS, QUOTES, words_of
from sayso.reading.sentences.group_words import GroupWord, group_matcher
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed
from sayso.reading.speaking.title_words import titles
from sayso.values import Actor

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax
    from sayso.values import ActorKind

FARTHEST = 40
"""What has more words is no noun phrase; the bound keeps hostile input linear."""
TIES: Final = closed("backed") | {"affiliated", "friendly", "inspired", "loyal", "influenced"}
"""Behind a hyphen: what stands before it is not the body itself."""
LONGEST = 12
"""Noun phrases with more words are cut: their head comes early."""


def actor_behind(scan: Scan, passage: Passage, at: int, end: int | None = None) -> tuple[Actor, int, int] | None:
    """Return the actor whose noun phrase begins at ``at`` and does not reach beyond ``end``, with its tokens."""
    while at < len(passage) and (
        passage.word(at) in QUOTES
        or passage.word(at) in (":", ",", "that", "both", "either")
        or (passage.word(at) in closed("determiners") and passage.word(at + 1) in QUOTES)
    ):
        at += 1
    found = source_behind(passage.line, at, min(len(passage), at + LONGEST + 6, end or len(passage)))
    if found is None:
        return None
    first, last = found
    last = min(last, first + LONGEST, _participle(passage, first + 1))
    for index in range(first, last):
        word = passage.word(index)
        if word in BREAKS or (index > first and word in words_of("preposition") and not _part_of_name(passage, index)):
            last = index
            break
    return _read(scan, passage, first, last)


def _participle(passage: Passage, first: int) -> int:
    """Return where a participle begins that describes the noun before it: "two men · riding in tandem"."""
    syntax = passage.syntax
    described = (at for at in range(first, len(passage)) if syntax and syntax.upos[at] == "VERB")
    return next((at for at in described if syntax and syntax.labels[at] == "acl"), len(passage))


def _part_of_name(passage: Passage, index: int) -> bool:
    """Tell whether an "of" goes on with a name, and does not say of what somebody is accused."""
    ahead = passage.line.lower[index + 1 : index + 4]
    return passage.word(index) == "of" and not any(
        word.endswith("ing") or word in closed("attack nouns") for word in ahead
    )


def actor_before(scan: Scan, passage: Passage, end: int, floor: int = 0) -> tuple[Actor, int, int] | None:
    """Return the actor whose noun phrase ends at ``end``, with its tokens."""
    while end > floor and (passage.word(end - 1) in QUOTES or passage.word(end - 1) in ("who", "which", "that", ",")):
        end -= 1
    found = source_before(passage.line, end, floor)
    return _read(scan, passage, *found) if found else None


def subject_actor(scan: Scan, passage: Passage, begin: int, floor: int) -> tuple[Actor, int, int] | None:
    """Return the actor who is the subject of the verb group at ``begin``: by grammar, else the one that ends there."""
    syntax = passage.syntax
    verb = syntax.predicate(begin) if syntax else None
    head = syntax.doer(verb) if syntax and verb is not None else None
    if syntax is None or head is None or syntax.upos[head] not in ("NOUN", "PROPN"):
        return actor_before(scan, passage, begin, floor)
    return _named_behind(scan, passage, syntax, head) or _read(scan, passage, *syntax.phrase(head))


def _named_behind(scan: Scan, passage: Passage, syntax: Syntax, head: int) -> tuple[Actor, int, int] | None:
    """Return the group whose name stands behind a noun for groups: "the guerrilla movement · Dawn Front"."""
    beside = (at for at in syntax.children[head] if at > head and syntax.labels[at] in ("appos", "nmod"))
    name = next((at for at in beside if syntax.child(at, "case") is None), None)
    nouns = closed("group nouns") | closed("kinds of groups")
    if name is None or passage.word(head) not in nouns or passage.line.capital(head):
        return None
    first, last = syntax.phrase(name)
    between = {passage.word(at) for at in range(head + 1, first)}
    if not between <= QUOTES | closed("determiners") | {","} or not passage.line.capital(last - 1):
        return None
    found = _read(scan, passage, first, last)
    if found is None or found[0].kind not in ("armed_group", "organisation", "party"):
        return None
    whole = syntax.upos[name] == "PROPN" and found[1] - first <= (passage.word(first) in closed("determiners"))
    begin = syntax.phrase(head)[0]
    return (found[0], begin + (passage.word(begin) in closed("determiners")), found[2]) if whole else None


def object_actor(scan: Scan, passage: Passage, first: int, last: int) -> tuple[Actor, int, int] | None:
    """Return the actor who is the object of the verb at [first, last): by order, else by grammar."""
    found = actor_behind(scan, passage, last)
    syntax = passage.syntax
    head = syntax.object(first) if syntax and found is None else None
    return _read(scan, passage, *syntax.phrase(head)) if syntax and head is not None and head >= last else found


def _read(scan: Scan, passage: Passage, first: int, last: int) -> tuple[Actor, int, int] | None:
    while first < last and (passage.word(first) in closed("determiners") or passage.word(first) in QUOTES):
        first += 1
    dash = next((at for at in range(last - 1, first - 1, -1) if _stands_apart(passage, at)), None)
    first = first if dash is None else dash + 1  # behind a dateline: "ORVE - Gunmen"
    colon = next((at for at in range(first, last) if passage.word(at) == ":"), None)
    first = first if colon is None else colon + 1  # behind who speaks in a transcript: "PRESENTER: Gunmen"
    while first < last and passage.word(first) in closed("determiners"):
        first += 1
    if last - first > 1 and passage.word(first) in closed("alleging adjectives"):
        first += 1  # "suspected rebels": rebels, by a hedge
    while last > first and (passage.word(last - 1) in BREAKS or passage.word(last - 1) in ("'s", "’s")):
        last -= 1
    if first >= last or last - first > FARTHEST:
        return None
    actor = actor_at(scan, passage, first, last)
    if actor:
        return actor, first, last
    for begin in range(first + 1, last):  # "Tamim claimed Houthis": the phrase began too early
        known = (
            _known(scan, scan.report.text[slice(*passage.offsets(begin, last))])
            if passage.line.capital(begin)
            else None
        )
        if known and passage.word(last - 1) not in closed("no actors"):
            return known, begin, last
    return _of_a_body(scan, passage, first, last) or _called(scan, passage, first, last)


def _called(scan: Scan, passage: Passage, first: int, last: int) -> tuple[Actor, int, int] | None:
    """Return the group that nobody knows in "a brigade · called Lions of the Hills", with all its words."""
    if last >= len(passage) or passage.word(last - 1) not in closed("group nouns", "kinds of groups"):
        return None
    start, _ = passage.offsets(last, last + 1)
    found = _CALLED.match(scan.report.text, start, passage.end)
    if found is None:
        return None
    end = passage.tokens_of(found.start(1), found.end(1))[1]
    return Actor(name=found[1], kind="armed_group", words=found[1]), first, end


_CALLED: Final = re.compile(
    r",? ?(?:(?:which |that )?(?:calling|styling|calls|styles) (?:itself|themselves)|"
    r"(?:better |also |only )?known (?:only )?as|named|called) (?:the )?[“\"‘']?"
    r"([A-Z][\w’'-]*(?: (?:(?:of|the|for|and|al|bin) ){0,2}[A-Z][\w’'-]*)*)"
)


def _of_a_body(scan: Scan, passage: Passage, first: int, last: int) -> tuple[Actor, int, int] | None:
    """Return the body that nobody knows in "members of the Dawn Front"."""
    begin = first + 2 + (passage.word(first + 2) in closed("determiners"))
    members = passage.word(first) in ("member", "members") and passage.word(first + 1) == "of"
    named = last - begin > 1 and passage.line.capital(begin) and passage.line.capital(last - 1)
    if not (members and named and passage.word(last - 1) in closed("group nouns")):
        return None
    words = scan.report.text[slice(*passage.offsets(begin, last))]
    return Actor(name=words, kind="armed_group", words=words), begin, last


def _stands_apart(passage: Passage, index: int) -> bool:
    """Tell whether a dash has space on both sides."""
    tokens = passage.line.tokens
    inside = 0 < index < len(tokens) - 1 and tokens[index].text in ("-", "–", "—", "--")
    return inside and tokens[index - 1].end < tokens[index].start and tokens[index].end < tokens[index + 1].start


def actor_at(scan: Scan, passage: Passage, first: int, last: int) -> Actor | None:
    """Return who the tokens [first, last) name, determiners taken off; None for things, happenings and no tokens."""
    if first >= last:  # "both" alone, its determiner stepped over
        return None
    words = scan.report.text[slice(*passage.offsets(first, last))]
    sponsor = sponsor_in(scan, passage, first, last)
    if passage.word(last - 1) in closed("no actors"):
        return None
    known = _known(scan, words) or _known_behind_ties(scan, passage, first, last)
    if known:
        return known.model_copy(update={"sponsor": sponsor, "words": words})
    return _described(scan, passage, first, last, words, sponsor)


def _known_behind_ties(scan: Scan, passage: Passage, first: int, last: int) -> Actor | None:
    """Return the known body behind an adjective that says whose friend it is: "the Dawn-inspired · Red Front"."""
    ties = (at for at in range(first + 1, last - 2) if passage.word(at) == "-" and passage.word(at + 1) in TIES)
    behind = next(ties, last) + 2
    return _known(scan, scan.report.text[slice(*passage.offsets(behind, last))]) if behind < last else None


def sponsor_in(scan: Scan, passage: Passage, first: int, last: int) -> str | None:
    """Return the state in "Iranian-backed": who is said to stand behind a group."""
    for index in range(first, last - 2):
        if passage.word(index + 1) == "-" and passage.word(index + 2) in closed("backed"):
            fact = scan.world.country(passage.line.tokens[index].text)
            if fact:
                return fact.code
    return None


def _known(scan: Scan, words: str) -> Actor | None:
    """Return the actor that the gazetteer knows by these very words."""
    if words.lower() in closed("no names"):
        return None
    person: Actor | None = scan.people.get(words.casefold())
    if person:
        return person.model_copy(update={"words": words})
    body = scan.world.actor(words)
    if body:
        return Actor(name=body.name, kind=body.kind, country=body.country, sector=body.sector, words=words)
    state = scan.world.country(words)
    if state and not scan.world.demonym(words):
        return Actor(name=state.name, kind="state", country=state.code, words=words)
    seat = scan.world.government(words)
    if seat:
        return Actor(name=f"{seat.name} government", kind="government", country=seat.code, sector="GOV", words=words)
    return None


def _described(scan: Scan, passage: Passage, first: int, last: int, words: str, sponsor: str | None) -> Actor | None:
    country = _country(scan, passage, first, last)
    kind = _kind(scan, passage, first, last)
    if kind is None:
        return None
    if sponsor and kind == "armed_group":
        country = None
    if kind == "person":
        named = [g for g in find_groups(scan, passage) if g.named and g.noun >= first and g.last <= last]
        if named:
            full = scan.report.text[slice(*passage.offsets(named[0].noun, named[0].last))]
            return Actor(name=full, kind="person", country=country, words=full)
    name = _known_part(scan, passage, first, last)
    if name and kind == "armed_group":
        return name.model_copy(update={"words": words, "sponsor": sponsor})
    return Actor(name=words, kind=kind, country=country, words=words, sponsor=sponsor)


def _known_part(scan: Scan, passage: Passage, first: int, last: int) -> Actor | None:
    """Return the known body that stands before a group noun: "Houthi rebels"."""
    for end in range(last - 1, first, -1):
        words = scan.report.text[slice(*passage.offsets(first, end))]
        body = (
            scan.world.actor(words) if "-" not in (passage.word(end), passage.word(end - 1)) else None
        )  # "Front-inspired fighters": others
        if body and body.kind == "armed_group":
            return Actor(name=body.name, kind="armed_group", country=body.country, sector=body.sector, words=words)
    return None


def _country(scan: Scan, passage: Passage, first: int, last: int) -> str | None:
    for index in range(first, last):
        if passage.line.capital(index) and passage.word(index + 1) != "-":
            fact = scan.world.country(passage.line.tokens[index].text)
            if fact:
                return fact.code
    return None


def _kind(scan: Scan, passage: Passage, first: int, last: int) -> ActorKind | None:
    """Return what sort of actor a phrase names, judged by its nouns; None where none of them can act."""
    end = next((i for i in range(first + 1, last) if passage.word(i) in words_of("preposition") | {","}), last)
    head = passage.word(end - 1)
    capital = passage.line.capital(end - 1)
    for hit in scan.hits(group_matcher(), passage.number):
        told = hit.value[0].name != "members"  # of whom: that body is the actor
        if told and hit.first < end <= hit.last and hit.first >= first:
            return _of_group(hit.value[0])
    for name, kind in (("governments", "government"), ("militaries", "military"), ("police bodies", "police")):
        if head in closed(name) or passage.phrase(end - 2, end) in closed(name):
            lone = last - first == 1 or scan.world.demonym(passage.line.tokens[first].text)  # a state's own "Army"
            named = capital and head in closed("group nouns") and not lone
            return "armed_group" if named else kind  # type: ignore[return-value]
    if any(passage.word(i) in closed("group nouns") for i in range(first, end)) and (
        capital or passage.line.capital(first)
    ):
        return "armed_group"
    if head in (
        "group",
        "groups",
        "faction",
        "factions",
        "gangs",
        "cells",
        "networks",
        "militia",
        "militias",
        "organisation",
        "organization",
        "network",
        "gang",
        "cell",
        "cartel",
        "cartels",
        "syndicate",
        "clan",
        "mafia",
    ):
        return "armed_group"
    opens = first == 0 and any(hit.first < end <= hit.last for hit in scan.hits(group_matcher(), passage.number))
    if capital and not opens and _under_a_banner(passage, end, last):
        return "armed_group"
    if any(group.named and first <= group.noun < end and group.last <= last for group in find_groups(scan, passage)):
        return "person"
    return None


def _under_a_banner(passage: Passage, end: int, last: int) -> bool:
    """Tell whether a name is one that many bear together: "Panthers of the Homeland", "Wrath of Olives"."""
    word = passage.word(end - 1)
    behind = end + 1 + (passage.word(end + 1) in closed("determiners"))
    many = word.endswith("s") and not word.endswith("ss") and (word,) not in titles()
    named = passage.word(end) == "of" and behind < last and passage.line.capital(behind)
    return named and (word in closed("banners") or (many and (word.removesuffix("s"),) not in titles()))


def _of_group(word: GroupWord) -> ActorKind:
    return "person" if word.kind == "civilians" or word.generic else word.kind
