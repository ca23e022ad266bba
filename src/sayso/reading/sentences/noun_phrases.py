"""Which groups of people a verb acts on: the subject left of it, the objects right of it, lists and inclusions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.sentences.grammar import is_adverb, words_of
from sayso.reading.sentences.group_links import is_age, joined, link
from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.sentences.groups import Group
    from sayso.reading.sentences.passages import Passage
    from sayso.reading.sentences.syntax import Syntax

PAIR = 2
SHARE = 6
"""How many words a share and who it is may take: "over a hundred of them", "of them employees of the bank"."""
HARMED = frozenset({"dead", "killed", "injured", "wounded", "hurt", "missing", "arrested", "detained", "kidnapped"})
"""What may stand behind a count, so that it is no subject of what follows."""
ASIDE = 8
"""How many words may tell who says so between a subject and its verb."""
SAYING = frozenset({"said", "says", "added", "reported", "claimed", "according"})
SUBJECT_REACH = 16
"""How many words may stand between a subject and its verb group."""


def coordinated_after(passage: Passage, groups: list[Group], at: int) -> list[tuple[Group, bool]]:
    """Return the list of groups that begins at ``at``; True with those that are only a part ("including …")."""
    while at < len(passage) and (is_adverb(passage.word(at)) or passage.word(at) in ("“", '"', ":", "himself", "of")):
        at += 1
    begin = next((index for index, g in enumerate(groups) if g.first in (at, at + 1) or g.first <= at < g.last), None)
    if begin is None or (groups[begin].first == at + 1 and not _light(passage, at)):
        return []
    found = [(groups[begin], False)]
    for group in (one for one in groups[begin + 1 :] if not is_age(passage, one)):
        linked = link(passage, found[-1][0].last, group.first) or joined(passage, found[-1][0], group)
        told_of = linked == "and" and passage.word(group.last) == "who"  # "his wife and two guests who were visiting"
        if (
            linked == ""
            or (_starts_clause(passage, group.last) and not told_of)
            or (linked == "," and found[-1][0].named)
        ):
            break
        shared = found[-1][1] and (linked != "and" or passage.word(found[-1][0].last) == "and")
        found.append((group, linked == "part" or shared or _is_among_them(passage, group)))
    named = [group for group, _ in found]
    found = [row for row in found[:-1] if not _says_who(passage, row[0], named)] + found[-1:]
    return _without_loose_tail(passage, _with_parts(passage, _without_sayers(passage, found)))


def joined_objects(passage: Passage, groups: list[Group], verb: int) -> list[tuple[Group, bool]]:
    """Return the people among several objects of a verb: "struck houses, cars and · four people"."""
    syntax = passage.syntax
    head = syntax.object(verb) if syntax is not None else None
    if syntax is None or head is None or head < verb:
        return []
    heads = [at for at in syntax.joined(head) if at != head]
    return [(group, False) for group in groups if any(group.first <= at < group.last for at in heads)]


def _without_sayers(passage: Passage, found: list[tuple[Group, bool]]) -> list[tuple[Group, bool]]:
    """Leave out who says so behind a comma: "killing 13 people, residents and a local chief said"."""
    last = found[-1][0].last
    says = any(passage.word(at) in SAYING for at in range(last, last + 2)) and len(found) > 1
    while says and len(found) > 1:
        comma = link(passage, found[-2][0].last, found[-1][0].first) == ","
        found = found[:-1]
        if comma:
            break
    return found


def _with_parts(passage: Passage, found: list[tuple[Group, bool]]) -> list[tuple[Group, bool]]:
    """Take all of a list for parts whose last one is: "14 people, three women and a schoolboy among them"."""
    at = len(found) - 1
    if at < PAIR or not _ends_parts(passage, found[at][0].last):
        return found
    while at > 0 and link(passage, found[at - 1][0].last, found[at][0].first) == "and":
        at -= 1
    return [*found[:at], *((group, True) for group, _ in found[at:])]


def _ends_parts(passage: Passage, at: int) -> bool:
    """Tell whether those who end at ``at`` are said to be a part: "a baker and his wife among them", "… included"."""
    return passage.phrase(at, at + 2) == "among them" or passage.word(at) == "included"


def subject_groups(
    passage: Passage, groups: list[Group], begin: int, *, near: bool = False
) -> list[tuple[Group, bool]]:
    """Return the groups that are the subject of the verb group beginning at ``begin``.

    Args:
        passage: the sentence.
        groups: its groups in text order.
        begin: first token of the verb group.
        near: the subject must adjoin (an adjective without a verb: "five dead").

    """
    groups = [group for group in groups if not is_age(passage, group)]
    by_order = _by_order(passage, groups, begin if near else _before_aside(passage, begin), near=near)
    told = None if near else _by_grammar(passage, groups, begin)
    fits = by_order and (_shared(passage, begin) or _opens_clause(passage, by_order[-1][0], begin))
    passing = bool(told and by_order) and all(_aside(passage, group, begin) for group in told or ())
    if told is None or passing or any(group in told for group, _ in by_order) or fits:
        return _without_apposition(passage, by_order)
    return [(group, False) for group in told]


def _before_aside(passage: Passage, begin: int) -> int:
    """Return where "…, he said, was among the dead" breaks off before the verb group; ``begin`` where it does not."""
    if passage.word(begin - 1) != ",":
        return begin
    comma = next((at for at in range(begin - 2, max(begin - ASIDE, 0), -1) if passage.word(at) == ","), None)
    said = comma is not None and any(passage.word(at) in SAYING for at in range(comma, begin - 1))
    return comma if comma is not None and said else begin


def _by_order(passage: Passage, groups: list[Group], begin: int, *, near: bool) -> list[tuple[Group, bool]]:
    """Return the subject as the order of words tells it: the groups left of the verb that nothing governs."""
    last = _head(passage, groups, begin, near=near)
    if last is None:
        return []
    if passage.word(groups[last].last - 1) in ("them", "whom") and begin == groups[last].last:
        return [(groups[last], False)]  # "the crew, none of them hurt": of the share alone
    part = passage.word(groups[last].first - 1) in closed("parts") or _is_among_them(passage, groups[last])
    found = [(groups[last], part)]
    for group in reversed(groups[:last]):
        linked = link(passage, group.last, found[0][0].first)
        if (
            linked == ""
            or _governed(passage, group)
            or passage.phrase(group.first - 2, group.first) in ("of them", "of whom")
            or _is_the_whole(passage, group)
            or (linked == "," and _is_agent(passage, group))
            or (linked == "," and group.named and not _lists_names(found))
            or _acted_on(passage, group, found[0][0])
            or _says_so(passage, group)
        ):
            break  # a name before a comma: what follows says who that is
        if _included_in_others(passage, group):
            break
        if linked == "part" and passage.word(begin - 1) in ("who", "which", "that"):
            break  # "ten friends, including the boy who was killed"
        if linked == "part":
            found = [(part, True) for part, _ in found]
        found.insert(0, (group, _is_among_them(passage, group)))
    return _with_parts(passage, found)


def _lists_names(found: list[tuple[Group, bool]]) -> bool:
    """Tell whether a list of names goes on: "Ana Ruiz, · Omar Bey and Li Wen · were shot"."""
    return len(found) > 1 and all(group.named for group, _ in found)


def _is_agent(passage: Passage, group: Group) -> bool:
    """Tell whether a group is one of those by whom it is done: "overpowered by a guard and two students, the man …"."""
    syntax = passage.syntax
    at = syntax.head_of(group.first, group.last) if syntax else -1
    while syntax is not None and syntax.labels[at] == "conj" and syntax.heads[at] < at:
        at = syntax.heads[at]
    case = syntax.child(at, "case") if syntax is not None and syntax.labels[at] == "obl" else None
    return case is not None and passage.word(case) == "by"


def _says_so(passage: Passage, group: Group) -> bool:
    """Tell whether a group is who says so behind the verb: "said the spokesman, and seven are being treated"."""
    syntax = passage.syntax
    at = syntax.head_of(group.first, group.last) if syntax else -1
    behind = syntax is not None and at >= 0 and 0 <= syntax.heads[at] < group.first
    return bool(behind and syntax and passage.word(syntax.heads[at]) in SAYING)


def _is_the_whole(passage: Passage, group: Group) -> bool:
    """Tell whether a group is the whole that a number behind its comma is of: "of the 14 passengers, nine died"."""
    at = group.first - 1
    at -= passage.word(at) in ("the", "these", "those")
    opens = at == 0 or passage.word(at - 1) in (",", ";", "and", "that")
    return passage.word(at) == "of" and opens and passage.word(group.last) == ","


def _is_among_them(passage: Passage, group: Group) -> bool:
    """Tell whether a group is a part of the one before it: "three soldiers, a captain among them, were captured"."""
    return passage.word(group.first - 1) == "," and _ends_parts(passage, group.last)


def _acted_on(passage: Passage, group: Group, after: Group) -> bool:
    """Tell whether a verb before it acts on the first of two: "killed four people and ten were injured"."""
    syntax = passage.syntax
    if syntax is None:
        return False
    subject = any(syntax.labels[at] == "nsubj" for at in range(after.first, after.last))
    inside = range(group.first, group.last)
    return subject and any(syntax.labels[at] == "obj" and syntax.heads[at] < group.first for at in inside)


def _included_in_others(passage: Passage, group: Group) -> bool:
    """Tell whether a group is a part of those counted before: "five dead, including two children, and 14 injured"."""
    at = group.first - 1
    at -= passage.word(at) == "the"
    if passage.word(at) not in closed("parts") and passage.phrase(at - 1, at + 1) != "among them":
        return False
    before = at - 1 - (passage.word(at) == "them")
    return passage.word(before - (passage.word(before) == ",")) in HARMED


def _without_apposition(passage: Passage, found: list[tuple[Group, bool]]) -> list[tuple[Group, bool]]:
    """Leave out one of two that a comma alone joins at the end: "one, Sergeant X," and "a man, a civilian," are one."""
    named = [group for group, _ in found]
    found = [row for row in found[:-1] if not _says_who(passage, row[0], named)] + found[-1:]
    if len(found) == PAIR and _describes_them(passage, found[0][0], found[1][0]):
        return found[:1]
    if len(found) < PAIR or any(not _is_one(group) for group, _ in found[-PAIR:]):
        return found
    (one, part), (other, _) = found[-PAIR:]
    if link(passage, one.last, other.first) != ",":
        return found
    kept = other if one.word is None or one.generic or other.named else one
    return [*found[:-PAIR], (kept, part)]


def _describes_them(passage: Passage, counted: Group, behind: Group) -> bool:
    """Tell whether a bare plural behind a comma says who those counted are: "three others, · men of 20"."""
    told = counted.quantity is not None and counted.first < counted.noun and counted.plural
    bare = (
        behind.plural and behind.first == behind.noun and behind.quantity is not None and behind.quantity.high is None
    )
    return told and bare and link(passage, counted.last, behind.first) == ","


def _says_who(passage: Passage, group: Group, others: list[Group]) -> bool:
    """Tell whether one between commas only says who the one before is: "the captain, a Dane, and two sailors"."""
    before = next((one for one in others if one.last == group.first - 1), None)
    between = passage.word(group.first - 1) == passage.word(group.last) == ","
    alike = len(others) > PAIR + 1 and all(passage.word(one.first) in ("a", "an") for one in others)  # each one more
    if before is None or alike or not (between and _is_one(before) and _is_one(group)):
        return False
    syntax, inside = passage.syntax, range(group.first, group.last)
    heads = [syntax.heads[at] for at in inside if syntax.labels[at] == "appos"] if syntax else []
    return any(before.first <= at < before.last for at in heads)


def _is_one(group: Group) -> bool:
    return group.quantity is not None and (group.quantity.low, group.quantity.high) == (1, 1)


def _by_grammar(passage: Passage, groups: list[Group], begin: int) -> list[Group] | None:
    """Return the groups of the subject where the grammar has one before ``begin``; empty where it is no people."""
    syntax = passage.syntax
    verb = syntax.predicate(begin) if syntax else None
    head = syntax.subject(verb) if syntax and verb is not None else None
    if syntax is None or head is None or head >= begin:
        return None
    heads = syntax.joined(head)
    found = [group for group in groups if any(group.first <= at < group.last for at in heads)]
    found = [group for group in found if group.last <= begin or not _begins_clause(syntax, group)]
    return found if found or syntax.upos[head] in ("NOUN", "PROPN") else None


def _begins_clause(syntax: Syntax, group: Group) -> bool:
    """Tell whether a verb stands right behind a group: "five were killed and · twelve others · sustained wounds"."""
    return group.last < len(syntax.upos) and syntax.upos[group.last] in ("VERB", "AUX")


def _shared(passage: Passage, begin: int) -> bool:
    """Tell whether a verb has no subject of its own by the grammar."""
    verb = passage.syntax.predicate(begin) if passage.syntax else None
    if passage.syntax is None or verb is None:
        return True
    return passage.syntax.child(verb, "nsubj") is None and passage.syntax.labels[verb] not in ("acl", "amod")


def _opens_clause(passage: Passage, group: Group, begin: int) -> bool:
    """Tell whether nothing but a group stands between a comma and the verb: "according to X, five men were killed"."""
    return group.last == begin and passage.word(group.first - 1) == "," and group.quantity is not None


def _head(passage: Passage, groups: list[Group], begin: int, *, near: bool) -> int | None:
    """Return the index of the group that heads the subject: the nearest to the left that nothing governs."""
    if passage.word(begin - 1) in ("who", "which", "that"):
        end = begin - 1 - (passage.word(begin - 2) == ",")
        return next((index for index, group in enumerate(groups) if group.last == end), None)
    pair = passage.word(begin - 1) == "and"
    candidates = [index for index, group in enumerate(groups) if group.last <= begin]
    if "them" in passage.line.lower or "whom" in passage.line.lower:
        candidates = [index for index in candidates if not _aside(passage, groups[index], begin)]
    for index in reversed(candidates):
        group = groups[index]
        if begin - group.last > SUBJECT_REACH or (near and not _adjoins(passage, group.last, begin)):
            return None
        if not _transparent(passage, group.last, begin - pair):
            return None
        if _governed(passage, group) and not (near and begin == group.last):
            continue
        return index
    return None


def _aside(passage: Passage, group: Group, begin: int) -> bool:
    """Tell whether a group stands in what a share says in passing: "ten people, six of them soldiers, were hurt"."""
    words, first = passage.line.lower, group.first
    share = next((at for at in range(group.last - 1, first - PAIR, -1) if passage.word(at) in ("them", "whom")), None)
    if share is None or passage.word(share - 1) != "of":
        return False
    opens = any(words[at] == "," for at in range(max(share - SHARE, 0), share))
    return opens and "," in words[share : min(share + SHARE, begin)]


def _adjoins(passage: Passage, first: int, last: int) -> bool:
    return all(is_adverb(passage.word(index)) for index in range(first, last))


def _transparent(passage: Passage, first: int, last: int) -> bool:
    """Tell whether a subject may lie left of [first, last): no new clause and no other verb in between."""
    for index in range(first, last):
        word = passage.word(index)
        if word in closed("clause ends") or word in (
            "when",
            "while",
            "after",
            "before",
            "as",
            "because",
            "but",
            "if",
            "said",
            "says",
            "someone",
            "somebody",
            "anyone",
            "anybody",
        ):
            return False
        if word in words_of("auxiliary") and word not in ("'s", "’s", "had", "have", "been", "being"):
            return False
        if word == "and" and passage.word(index - 1) != "," and index == last - 1:
            return False
    return True


def _governed(passage: Passage, group: Group) -> bool:
    """Tell whether a preposition governs the group, so that it cannot be a subject."""
    before = passage.word(group.first - 1)
    return before in words_of("preposition") and before not in ("with", "like", "than", "following", "of")


def _light(passage: Passage, at: int) -> bool:
    return passage.word(at) in closed("adverbs") or passage.word(at) in ("some", "another", "a", "the", "to", "up")


def _starts_clause(passage: Passage, at: int) -> bool:
    """Tell whether a verb follows, so that the group before ``at`` begins a clause of its own."""
    word = passage.word(at)
    return (word in words_of("auxiliary") and word not in ("'s", "’s")) or word in ("said", "says", "told", "who")


def _without_loose_tail(passage: Passage, found: list[tuple[Group, bool]]) -> list[tuple[Group, bool]]:
    """Drop comma-joined groups that no "and" closes: "killed two soldiers, a witness said"."""
    while len(found) > 1 and not found[-1][1] and link(passage, found[-2][0].last, found[-1][0].first) == ",":
        found.pop()
    return found
