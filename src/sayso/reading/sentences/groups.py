"""Groups of people as noun phrases: "three Iraqi policemen", "a child", "25 others", "a general, X Y"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sayso.reading.sentences.counted_words import age_or_year, ends_bare, happens, modifies
from sayso.reading.sentences.grammar import BREAKS, QUOTES, is_adverb, words_of
from sayso.reading.sentences.group_words import (
    COUPLE,
    GroupWord,
    by_ending,
    couples,
    demonyms,
    group_matcher,
    joins_nations,
)
from sayso.reading.sentences.harmed_nouns import by_role
from sayso.reading.sentences.names import apposition_after, may_be_person, name_runs, words_at
from sayso.reading.sentences.passages import Hit, closed
from sayso.reading.sentences.phrase_ends import compounds, extend, innermost, owner_start, tighten
from sayso.values import Actor, Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.vocab.gazetteer import Gazetteer

MODIFIERS = 6
"""How many words may stand between a number and the noun it counts ("two heavily armed off-duty police officers")."""
NO_NAMES = ("the", "of", "other", "more", "another", "all", "-", "its", "their", "own")
"""Words before a noun that say nothing of who they are."""
FULL = 2
"""First and last name."""
PAIR = 2
"""How many a couple are."""
PARENTS = ("mother", "father", "parent", "grandmother", "grandfather", "mum", "mom", "dad")
PLURAL_LOW = 2
"""What a bare plural ("soldiers were killed") says at the least."""


@dataclass(frozen=True, slots=True)
class Group:
    """A noun phrase for people at tokens [first, last); ``noun`` is where the counted words begin.

    ``quantity`` None: definite plural, no number said. ``word`` None: a bare number or a name.
    """

    first: int
    noun: int
    last: int
    quantity: Quantity | None
    word: GroupWord | None
    named: bool = False
    plural: bool = False
    pronoun: bool = False

    @property
    def generic(self) -> bool:
        """Tell whether the words say nothing of who was counted ("people", a bare number)."""
        return not self.named and (self.word is None or self.word.generic)

    @property
    def attackers(self) -> bool:
        """Tell whether the word names those who do it."""
        return self.word is not None and self.word.side == "attacker"


def find_groups(scan: Scan, passage: Passage) -> list[Group]:
    """Return the groups of people in one passage, in text order, none overlapping another."""
    key = ("groups", passage.number)
    if key not in scan.memo:
        scan.memo[key] = _find_groups(scan, passage)
    found: list[Group] = scan.memo[key]
    return found


def _find_groups(scan: Scan, passage: Passage) -> list[Group]:
    known = scan.hits(group_matcher(), passage.number)
    heads = [*known, *demonyms(scan, passage), *by_ending(passage, known)]
    heads += by_role(passage, heads)
    heads.sort(key=lambda hit: hit.first)
    heads = compounds(passage, heads)
    found: list[Group] = []
    taken = 0
    counts = scan.counts(passage)
    everything: list[Hit[Any]] = [*heads, *counts]
    for hit in sorted(everything, key=lambda hit: (hit.first, -hit.last)):
        if hit.first < taken:
            continue
        number = isinstance(hit.value, Quantity)
        group = _counted(scan, passage, hit, heads, counts) if number else _headed(passage, hit, floor=taken)
        if group:
            found.append(group)
            taken = group.last
    two = {group.last for group in found if group.quantity is not None and group.quantity.high == PAIR}
    pairs = [pair for pair in couples(passage) if pair[0] - 1 not in two]  # "two teachers, a married couple"
    found = [group for group in found if not any(first < group.last and group.first < end for first, end in pairs)]
    found += [_pair(passage, first, end) for first, end in pairs]
    found = [_with_its_size(passage, group, counts) for group in found]
    names = _named(scan, passage, found)
    roles = {group.first for group in names}
    found = [group for group in found if group.first not in roles]
    return sorted(
        [*found, *names, *_pronouns(passage), *_others(passage), *_ages(passage, found)], key=lambda group: group.first
    )


def _pair(passage: Passage, first: int, last: int) -> Group:
    quantity = Quantity(low=PAIR, high=PAIR, words=words_at(passage, first, last))
    return Group(first, first + 1, last, quantity, COUPLE, plural=True)


def _with_its_size(passage: Passage, group: Group, counts: list[Hit[Quantity]]) -> Group:
    """Return "a family of four" as four people."""
    if passage.word(group.last) != "of" or passage.word(group.last - 1) not in ("family", "crew", "team", "group"):
        return group
    size = next((count for count in counts if count.first == group.last + 1 and count.value.high), None)
    if size is None or (passage.line.word(size.last) and not ends_bare(passage, size.last)):
        return group
    return replace(group, last=size.last, quantity=size.value, plural=True)


def actor_of(scan: Scan, passage: Passage, group: Group) -> Actor:
    """Return whom a group names: its words without the number; its country where a demonym stands among them."""
    noun, last = group.noun, group.last
    while noun < last - 1 and (passage.word(noun) in NO_NAMES or passage.word(noun) in QUOTES):
        noun += 1
    noun = next((hit.last for hit in scan.counts(passage) if hit.first == noun and hit.last < last), noun)
    if group.generic and passage.phrase(last - 2, last) == "on board":
        last -= 2
    start, end = passage.offsets(noun, last)
    words = scan.report.text[start:end]
    country = _country_in(scan.world, passage, noun, last)
    if group.named:
        full = scan.report.text[slice(*passage.offsets(group.first, _apposed(scan, passage, group)))]
        return Actor(
            name=words,
            kind="person",
            country=country or _country_in(scan.world, passage, group.first, group.noun),
            words=full,
        )
    if group.word is None:
        return Actor(name=None, kind="unknown", words=words)
    return Actor(
        name=_group_name(group, words),
        kind=group.word.kind,
        country=country,
        sector=group.word.sector or None,
        words=words,
    )


def _apposed(scan: Scan, passage: Passage, group: Group) -> int:
    """Return where who a name is ends behind it: "Faris Aziz, 41, a judge"; the end of the name where nobody says."""
    at = apposition_after(passage, group.last)
    roles = find_groups(scan, passage) if at is not None else []
    role = next((one for one in roles if one.first == at and one.word is not None and not one.named), None)
    listed = role is None or role.plural or role.noun == role.first or passage.word(role.last) in ("and", "'s", "’s")
    return group.last if role is None or listed else role.last


def _group_name(group: Group, words: str) -> str | None:
    """Return what a group is called: its words; "sixteen journalist deaths" are of journalists; None for "people"."""
    if group.word is not None and group.word.name == "members" and " of one " in words:
        return words  # "members of one family" are not all of them
    if group.generic or group.word is None:
        return None
    many = group.quantity is not None and group.quantity.high != 1  # "no soldier" is of soldiers
    return group.word.name if many and words.lower() in group.word.singular else words


def _country_in(world: Gazetteer, passage: Passage, first: int, last: int) -> str | None:
    """Return the country that a noun phrase names; None where it names none, or several: "Dutch and Danish pilots"."""
    texts = (passage.line.tokens[index].text for index in range(first, last) if passage.line.capital(index))
    codes = dict.fromkeys(fact.code for text in texts if (fact := world.country(text)))
    return None if len(codes) > 1 and "and" in passage.line.lower[first:last] else next(iter(codes), None)


PART_OPENERS: Final = ("including", "most", "mostly", "many")
"""Words that open what is said of a part of those just counted, where a headline has no commas."""


def is_of_a_parent(passage: Passage, first: int) -> bool:
    """Tell whether a number counts somebody's children: "a mother of · three"."""
    return passage.word(first - 1) == "of" and passage.word(first - 2) in PARENTS


def _counted(
    scan: Scan,
    passage: Passage,
    count: Hit[Quantity],
    heads: list[Hit[tuple[GroupWord, bool]]],
    counts: Sequence[Hit[Quantity]],
) -> Group | None:
    """Return the group a number counts: with its noun, "of them", or the bare number."""
    at = count.last
    if is_of_a_parent(passage, count.first) or passage.phrase(count.first - 3, count.first) == "- of -":
        return None  # "a mother-of-two", "a mother of three"
    if passage.word(at) in ("-", "%", "per") or age_or_year(passage, count):
        return None
    if passage.word(at) == "of":
        return _share(passage, count, heads, counts)
    by_first = {hit.first: hit for hit in heads}
    for index in range(at, min(at + MODIFIERS, len(passage))):
        if index in by_first:
            head = by_first[index]
            last = extend(passage, head.last, heads)
            head = innermost(head, last, heads)
            if passage.word(last) in ("'s", "’s"):
                return None
            return Group(count.first, at, last, count.value, head.value[0], plural=True)
        joins = joins_nations(scan, passage, index)
        if not (modifies(passage, index) or joins) or passage.word(index) in PART_OPENERS:
            break
    whole = passage.word(at) in PART_OPENERS  # "kills 18 · including ten children", "kill 32 · most students"
    if at < len(passage) and passage.line.word(at) and not ends_bare(passage, at) and not whole:
        return None
    return Group(count.first, count.first, at, count.value, None, plural=True)


def _share(
    passage: Passage,
    count: Hit[Quantity],
    heads: list[Hit[tuple[GroupWord, bool]]],
    counts: Sequence[Hit[Quantity]],
) -> Group | None:
    """Return "two of them", "three of the soldiers", "some of those": a part of a group."""
    at = count.last + 1
    if passage.word(at) in ("them", "whom", "us", "those", "these"):
        return Group(count.first, at, at + 1, count.value, None, plural=True)
    if passage.word(at)[:1].isdigit():
        return None  # "image 1 of 16"
    for index in range(at, min(at + MODIFIERS, len(passage))):
        for hit in heads:
            if hit.first == index:
                return Group(count.first, at, extend(passage, hit.last, heads), count.value, hit.value[0], plural=True)
        owner = passage.word(index) in ("'s", "’s")  # "five of the mission's soldiers"
        if not owner and passage.word(index) not in closed("determiners") and not modifies(passage, index):
            break
    whole = next((one for one in counts if one.first == at + 1), None)
    if whole is not None and passage.word(at) in closed("determiners") and passage.word(whole.last) == ",":
        return Group(count.first, at, whole.last, count.value, None, plural=True)  # "one of the six, a man of 24, died"
    if passage.word(at) in closed("determiners") and passage.word(at + 1) in (
        "dead",
        "injured",
        "wounded",
        "killed",
        "missing",
    ):
        return Group(count.first, at, at + 2, count.value, None, plural=True)
    return None


def _headed(passage: Passage, hit: Hit[tuple[GroupWord, bool]], floor: int) -> Group | None:
    """Return the group whose noun was found, without a number: "a child", "the driver", "soldiers"."""
    word, plural = hit.value
    if passage.word(hit.first) in ("lives", "souls") and passage.word(hit.first - 1) in closed("determiners"):
        return None  # "lost their lives"
    if word.generic and not plural and passage.word(hit.first) in ("one", "other", "body"):
        return None
    begin = hit.first
    while (
        begin > max(floor, hit.first - MODIFIERS)
        and modifies(passage, begin - 1)
        and not is_adverb(passage.word(begin - 1))
    ):
        begin -= 1
        if passage.word(begin) in closed("determiners"):
            break
    first = tighten(passage, begin, hit.first)
    determiner = passage.word(first)
    if passage.phrase(hit.last, hit.last + 3) == "- of -":
        hit = Hit(hit.first, hit.last + 4, hit.value)
    if passage.word(hit.last) in ("'s", "’s", "-") or passage.word(hit.last) in closed("thing nouns"):
        return None
    if plural and determiner in ("a", "an") and passage.line.word(hit.last) and not ends_bare(passage, hit.last):
        return None  # "a police dog"
    words = words_at(passage, first, hit.last)
    quantity: Quantity | None
    if determiner == "no":
        quantity = Quantity(low=0, high=0, words="no")
    elif plural:
        quantity = (
            None
            if determiner in ("the", "these", "those", "all", "both")
            else Quantity(low=PLURAL_LOW, high=None, words=words)
        )
    else:
        quantity = Quantity(low=1, high=1, words=words)
    noun = first + 1 if determiner in closed("determiners") and first < hit.first else first
    last = hit.last
    if passage.word(last) == "of" and passage.word(last - 1) in ("member", "members"):
        last = extend(passage, last, [])
    if not plural and passage.word(first - 1) in ("'s", "’s"):
        first = noun = max(owner_start(passage, first - 1), floor)
    return Group(first, noun, last, quantity, word, plural=plural)


def _ages(passage: Passage, groups: list[Group]) -> list[Group]:
    """Return people named by their age alone: "a 12-year-old"."""
    taken = {index for group in groups for index in range(group.first, group.last)}
    found = []
    for index, word in enumerate(passage.line.lower):
        if word not in ("old", "olds") or index in taken or passage.phrase(index - 3, index) != "- year -":
            continue
        if passage.word(index + 1) in BREAKS or ends_bare(passage, index + 1):
            first = index - 5 if passage.word(index - 5) in closed("determiners") else index - 4
            if first >= 0:
                quantity = Quantity(low=1, high=1, words=words_at(passage, first, index + 1))
                found.append(Group(first, first, index + 1, quantity, None, pronoun=True))
    return found


def _named(scan: Scan, passage: Passage, groups: list[Group]) -> list[Group]:
    """Return personal names as groups of one, with the role before them ("a general, X Y")."""
    taken = {index for group in groups for index in range(group.first, group.last)}
    roles = {group.last: group for group in groups if not group.plural}
    found = []
    numbers = {count.first for count in scan.counts(passage)}
    for begin, last in _name_runs(scan, passage):
        if begin in numbers:
            continue  # "Three Kalashnikovs"
        inside = [group.last for group in groups if group.first <= begin < group.last < last]
        first = inside[0] if inside else begin  # "Judge Amal Keri": the role is a capital too
        role = roles.get(first) or (roles.get(first - 1) if passage.word(first - 1) == "," else None)
        long_enough = last - first >= 2 or role is not None
        again = last - first == 1 and words_at(passage, first, last) in _last_names(scan)
        if taken & set(range(first, last)):
            continue
        if again or (long_enough and may_be_person(scan, passage, first, last)):
            quantity = Quantity(low=1, high=1, words=words_at(passage, first, last))
            found.append(
                Group(role.first if role else first, first, last, quantity, role.word if role else None, named=True)
            )
    return found


def _name_runs(scan: Scan, passage: Passage) -> list[tuple[int, int]]:
    """Return the runs of capitalised words, found once."""
    key = ("name runs", passage.number)
    if key not in scan.memo:
        scan.memo[key] = name_runs(passage)
    found: list[tuple[int, int]] = scan.memo[key]
    return found


def _last_names(scan: Scan) -> frozenset[str]:
    """Return the last names of people whom the report names in full."""
    key = ("last names", 0)
    if key not in scan.memo:
        scan.memo[key] = frozenset(
            words_at(passage, last - 1, last)
            for passage in scan.passages
            for first, last in _name_runs(scan, passage)
            if last - first == FULL and may_be_person(scan, passage, first, last)
        )
    found: frozenset[str] = scan.memo[key]
    return found


def _others(passage: Passage) -> list[Group]:
    """Return "another", "a third" where it stands alone: one more of those named before."""
    found = []
    for index, word in enumerate(passage.line.lower):
        ordinal = word in closed("ordinals") and passage.word(index - 1) == "a"
        if word != "another" and not ordinal:
            continue
        after = passage.word(index + 1)
        ends = after == "" or after in BREAKS or after in words_of("auxiliary") or after in words_of("conjunction")
        ends = ends or happens(passage, index + 1)
        if ends or (ordinal and after in words_of("preposition") - {"of"}):
            first = index - ordinal
            quantity = Quantity(low=1, high=1, words=words_at(passage, first, index + 1))
            found.append(Group(first, first, index + 1, quantity, None))
    return found


def _pronouns(passage: Passage) -> list[Group]:
    found = []
    for index, word in enumerate(passage.line.lower):
        if word in ("he", "she", "him"):
            quantity = Quantity(low=1, high=1, words=passage.line.tokens[index].text)
            found.append(Group(index, index, index + 1, quantity, None, pronoun=True))
    return found
