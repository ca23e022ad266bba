"""How many were killed, injured, abducted, arrested, missing or displaced, and of whom (READING: "Numbers")."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from sayso.reading.corrections import corrected, toll_counts, toll_setter
from sayso.reading.groups import Group, actor_of, find_groups, group_matcher
from sayso.reading.harms import Harm, by_hostages, by_own_hand, by_wounds
from sayso.reading.mentions import Mention, mention
from sayso.reading.noun_phrases import coordinated_after, subject_groups
from sayso.reading.passages import closed
from sayso.reading.verbs import Form, Use, clause_end, clause_start, use_of, verb_table
from sayso.values import Actor, Quantity
from sayso.vocab import Entry, PhraseMatcher, load_table

if TYPE_CHECKING:
    from sayso.reading.passages import Passage, Scan
    from sayso.records import ClaimField

PLURAL = 2
WARD = 5
"""How many words "in the town's main hospital" may take."""
TOLL_REACH = 14
"""How many words after "death toll" its number may stand."""


class CasualtyWords(Entry):
    """The words of one casualty field: an entry of ``vocab/casualties.toml``."""

    name: str
    field: str
    verbs: tuple[str, ...]
    intransitive: tuple[str, ...]
    adjectives: tuple[str, ...]
    nouns: tuple[str, ...]
    tolls: tuple[str, ...]
    lives: tuple[str, ...]
    leaving: str = ""


@dataclass(frozen=True, slots=True)
class Casualties:
    """What a report says of people harmed: mentions, and stretches with a number that cannot be split."""

    mentions: tuple[Mention, ...]
    unsplit: tuple[tuple[int, int], ...]


@cache
def _words() -> tuple[CasualtyWords, ...]:
    return load_table("casualties", CasualtyWords)


@cache
def _verbs(kind: str) -> PhraseMatcher[tuple[str, frozenset[Form]]]:
    return PhraseMatcher(verb_table((entry.field, getattr(entry, kind)) for entry in _words()))


@cache
def _phrases(kind: str) -> PhraseMatcher[str]:
    table: dict[str, str] = {}
    for entry in _words():
        for phrase in getattr(entry, kind):
            table.setdefault(phrase, entry.field)
    return PhraseMatcher(table)


def find_casualties(scan: Scan) -> Casualties:
    """Return every count of people harmed in a report, with the group counted."""
    mentions: list[Mention] = []
    unsplit: list[tuple[int, int]] = []
    for passage in scan.passages:
        groups = find_groups(scan, passage)
        begin = len(mentions)
        told = any(m.field == "killed" and m.passage >= passage.number - 1 for m in mentions[-8:])
        harms = [*_by_verbs(scan, passage, groups), *_by_adjectives(scan, passage, groups)]
        harms += [*_by_nouns(scan, passage, groups), *_by_tolls(scan, passage, told=told)]
        harms += [*by_wounds(scan, passage, groups), *by_hostages(passage, groups)]
        for harm in _once(harms):
            mentions += _mentions(scan, passage, harm)
            unsplit += [_hull(passage, g, harm) for g, _ in harm.groups if _unsplit(harm, g)]
        mentions += corrected(scan, passage, mentions[begin:])
    return Casualties(tuple(mentions), tuple(unsplit))


def _once(harms: list[Harm]) -> list[Harm]:
    """Leave out a group that an earlier rule has already counted for the same field."""
    seen: set[tuple[str, int]] = set()
    kept = []
    for harm in harms:
        groups = tuple((g, part) for g, part in harm.groups if (harm.field, g.first) not in seen)
        seen |= {(harm.field, g.first) for g, _ in groups}
        if groups:
            kept.append(replace(harm, groups=groups))
    return kept


def _by_verbs(scan: Scan, passage: Passage, groups: list[Group]) -> list[Harm]:
    """Count by verbs: "six were killed", "killing three", "five died"."""
    harms = []
    for kind in ("verbs", "intransitive", "lives"):
        for hit in scan.hits(_verbs(kind), passage.number):
            field, forms = hit.value
            use = use_of(passage, hit.first, hit.last, forms)
            if use is None or _unreal(passage, use):
                continue
            own = by_own_hand(passage, groups, use.first, use.last, field, use.begin)
            if own:
                harms.append(own)
                continue
            subject = kind == "intransitive" or (use.voice == "passive" and kind == "verbs")
            found = (
                subject_groups(passage, groups, use.begin) if subject else coordinated_after(passage, groups, use.last)
            )
            if field == "abducted" and _by_the_law(passage, use):
                field = "arrested"
            if found and not _modifies_share(passage, found[0][0], use.first) and not _one_of_many(found, use):
                harms.append(Harm(field, (use.first, use.last), tuple(found), use.negated))
    return harms


def _by_the_law(passage: Passage, use: Use) -> bool:
    """Tell whether those who "seize" or "hold" somebody have the right to arrest: "police seized three men"."""
    doers = passage.line.lower[clause_start(passage, use.begin) : use.begin]
    if use.voice == "passive":
        after = passage.line.lower[use.last : use.last + 4]
        doers = after[after.index("by") :] if "by" in after else ()
    return passage.word(use.first) in ("seized", "seize", "seizes", "seizing", "held") and any(
        word in closed("arresters") for word in doers
    )


def _one_of_many(found: list[tuple[Group, bool]], use: Use) -> bool:
    """Tell whether a bare plural before "was" only modifies what was harmed: "a police dog was hurt"."""
    group = found[0][0]
    bare = group.plural and group.quantity is not None and group.quantity.high is None and len(found) == 1
    return bare and group.first == group.noun and use.voice == "passive" and "was" in use.helpers


def _modifies_share(passage: Passage, group: Group, verb: int) -> bool:
    """Tell whether the verb only describes of whom a share is: "frees two of four seized aid workers"."""
    return group.first < verb < group.last and "of" in passage.line.lower[group.first : verb]


def _unreal(passage: Passage, use: Use) -> bool:
    """Tell whether the verb group speaks of what would, may or is meant to happen ("to kill", "could die")."""
    start = clause_start(passage, use.begin)
    if passage.word(start - 1) in ("if", "unless", "whether") or "than they" in passage.phrase(start, use.begin + 1):
        return True
    if "have" in use.helpers or "has" in use.helpers:
        return False
    if not use.helpers and passage.word(use.first - 1) in ("and", "or"):  # "where people are killed or injured"
        before = _verb_before(passage, use.first - 2)
        return before is not None and _unreal(passage, before)
    if use.voice == "passive" and use.helpers and use.helpers[0] in ("is", "are") and "being" not in use.helpers:
        return True  # "events where four people are killed": a definition, not a count
    return (
        use.modal
        or "to" in use.helpers
        or ("than" in passage.line.lower[use.last :] and passage.word(use.last) == "more")
    )


def _verb_before(passage: Passage, index: int) -> Use | None:
    """Return the use of the participle that "and" joins to the next one, where auxiliaries stand before it."""
    use = use_of(passage, index, index + 1, frozenset({"past", "participle"})) if index > 0 else None
    return use if use is not None and use.helpers else None


def _by_adjectives(scan: Scan, passage: Passage, groups: list[Group]) -> list[Harm]:
    """Count by adjectives: "five dead", "left two people dead", "three are missing"."""
    harms = []
    for hit in scan.hits(_phrases("adjectives"), passage.number):
        begin = hit.first
        while passage.word(begin - 1) in closed("be") or passage.word(begin - 1) in (
            "all",
            "left",
            "still",
            "already",
            "remain",
            "remained",
            "found",
        ):
            begin -= 1
        found = (
            []
            if passage.word(begin - 1) in closed("determiners")
            else subject_groups(passage, groups, begin, near=begin == hit.first)
        )
        if found:
            harms.append(Harm(hit.value, (hit.first, hit.last), tuple(found)))
    return harms


def _by_nouns(scan: Scan, passage: Passage, groups: list[Group]) -> list[Harm]:
    """Count by nouns: "five deaths", "no US injuries or casualties", "the murder of two nuns"."""
    harms: list[Harm] = []
    for hit in scan.hits(_phrases("nouns"), passage.number):
        if passage.word(hit.last) in closed("parts"):
            after = coordinated_after(passage, groups, hit.last + 1)
            harms += [Harm(hit.value, (hit.first, hit.last), tuple((g, True) for g, _ in after))] if after else []
        elif passage.word(hit.last) == "of" and passage.word(hit.first - 1) != "no":
            after = coordinated_after(passage, groups, hit.last + 1)
            harms += [Harm(hit.value, (hit.first, hit.last), tuple(after))] if after else []
        elif passage.phrase(hit.last, hit.last + 1) in ("was", "were") and passage.word(hit.first - 1) == "the":
            after = coordinated_after(passage, groups, hit.last + 1)
            share = [(g, True) for g in groups if g.last == hit.last and g.first < hit.first]
            harms += [_identified(hit.value, hit.last, share, after)] if after else []
        else:
            counted = _counted_noun(scan, passage, hit.first, hit.last)
            harms += [Harm(hit.value, (hit.first, hit.last), ((counted, False),))] if counted else []
    return harms


def _identified(field: str, at: int, share: list[tuple[Group, bool]], after: list[tuple[Group, bool]]) -> Harm:
    """Return the count for "two of the dead were policemen": the number before, the group after."""
    if share and share[0][0].quantity and after[0][0].word:
        group = replace(after[0][0], quantity=share[0][0].quantity, first=share[0][0].first)
        return Harm(field, (share[0][0].first, at), ((group, True),))
    return Harm(field, (at - 1, at), tuple((g, True) for g, _ in after))


def _counted_noun(scan: Scan, passage: Passage, first: int, last: int) -> Group | None:
    """Return the number before a casualty noun: "five deaths", "no US injuries or casualties"."""
    if passage.word(last) in ("toll", "tolls", "figures", "rate"):
        return None
    kind = _kind_of_dead(scan, passage, first)
    if kind:
        return kind
    begin = _modifiers_before(passage, first)
    if passage.word(begin - 1) in ("no", "without", "zero") or passage.word(begin) == "no":
        at = begin if passage.word(begin) != "no" else begin + 1
        zero = Quantity(low=0, high=0, words=passage.line.tokens[at - 1].text)
        return Group(at - 1, at, first, zero, None) if at < first else Group(at - 1, at - 1, at, zero, None)
    for count in scan.counts(passage):
        if count.last in (first, first - 1) or count.last == begin:
            if count.last < first and _no_modifier(passage, first - 1):
                return None
            noun = last if passage.word(last - 1) in ("bodies", "corpses") else first
            return (
                Group(count.first, count.last, noun, count.value, None)
                if count.last < noun
                else Group(count.first, count.first, count.last, count.value, None)
            )
    return None


def _no_modifier(passage: Passage, index: int) -> bool:
    word = passage.word(index)
    return word in closed("determiners") or word in closed("connectors") or word in closed("prepositions")


def _kind_of_dead(scan: Scan, passage: Passage, first: int) -> Group | None:
    """Return "sixteen other journalist(s)" before "deaths": a counted group that ends where the noun begins."""
    for hit in scan.hits(group_matcher(), passage.number):
        if hit.last == first:
            for count in scan.counts(passage):
                between = passage.line.lower[count.last : hit.first]
                if count.last <= hit.first and all(word in ("other", "more") for word in between):
                    return Group(count.first, hit.first, hit.last, count.value, hit.value[0], plural=True)
    return None


def _modifiers_before(passage: Passage, first: int) -> int:
    """Return where "US injuries or" begins before "casualties": names, a few adjectives, joined casualty nouns."""
    begin = first
    while begin > 0 and first - begin < 6:
        word = passage.word(begin - 1)
        joined = word in ("or", "and", "/") and passage.word(begin - 2) in closed("casualty nouns")
        if not (
            joined
            or word in closed("casualty nouns")
            or word in closed("casualty modifiers")
            or passage.line.capital(begin - 1)
        ):
            break
        begin -= 1
    return begin


def _by_tolls(scan: Scan, passage: Passage, *, told: bool) -> list[Harm]:
    """Count by tolls: "the death toll rose to 22", "a toll of 12", "exceeded 100"; ``told``: deaths were just counted.

    What a toll takes the place of ("up from six") is told of whoever sets it; the report's own old toll is no claim.
    """
    harms = []
    for hit in scan.hits(_phrases("tolls"), passage.number):
        if passage.word(hit.last) in ("on", "for"):
            continue  # "takes its toll on several towns"
        if passage.word(hit.first) in ("figure", "figures") and not told:
            continue
        end = min(clause_end(passage, hit.last), hit.last + TOLL_REACH)
        setter = toll_setter(scan, passage, hit.first)
        for count in toll_counts(scan, passage, hit.last, end)[: 2 if setter else 1]:
            quantity = _beyond(passage, count.first, count.value)
            last = count.last + 1 if passage.word(count.last) in ("people", "persons") else count.last
            group = Group(count.first, count.last if last > count.last else count.first, last, quantity, None)
            harms.append(Harm(hit.value, (hit.first, hit.last), ((group, False),), holder=setter))
    return harms


def _beyond(passage: Passage, at: int, quantity: Quantity) -> Quantity:
    """Return "exceeded 100" as [101, ∞)."""
    if passage.word(at - 1) in closed("exceeding") and quantity.high == quantity.low:
        return Quantity(low=quantity.low + 1, high=None, words=f"{passage.line.tokens[at - 1].text} {quantity.words}")
    return quantity


def _hull(passage: Passage, group: Group, harm: Harm) -> tuple[int, int]:
    return passage.offsets(min(group.first, harm.trigger[0]), max(group.last, harm.trigger[1]))


def _unsplit(harm: Harm, group: Group) -> bool:
    return harm.field == "casualties" and group.quantity is not None and group.quantity.high != 0


def _mentions(scan: Scan, passage: Passage, harm: Harm) -> list[Mention]:
    fields: tuple[ClaimField, ...] = ("killed", "injured") if harm.field == "casualties" else (harm.field,)  # type: ignore[assignment]
    out: list[Mention] = []
    if harm.field == "hit":
        fields = ("injured",)
    for group, _ in harm.groups:
        quantity = _quantity(scan, passage, group, harm)
        if quantity is None or (harm.field == "casualties" and quantity.high != 0):
            continue
        weak = group.pronoun or harm.field == "hit" or harm.weak
        out += [
            replace(
                mention(passage, field, quantity, (group.first, group.last), harm.trigger),
                weak=weak,
                holder=harm.holder,
                shot=harm.field == "hit" or harm.weak,
            )
            for field in fields
        ]
    total = _total(harm)
    if total and harm.field != "casualties":
        span = (min(g.first for g, _ in harm.groups), max(g.last for g, _ in harm.groups))
        words = scan.report.text[slice(*passage.offsets(*span))]
        out.append(mention(passage, fields[0], total.model_copy(update={"words": words}), span, harm.trigger))
    return out


def _quantity(scan: Scan, passage: Passage, group: Group, harm: Harm) -> Quantity | None:
    """Return how many of whom; a denied trigger makes it zero; a definite plural without a number gives nothing."""
    quantity = group.quantity
    if harm.zero:
        quantity = Quantity(low=0, high=0, words="not")
    if quantity is None:
        return None
    return quantity.model_copy(update={"of": _of(scan, passage, group)})


def _of(scan: Scan, passage: Passage, group: Group) -> Actor | None:
    if {"more", "another"} & {passage.word(group.last - 1), passage.word(group.last)} and (
        group.word is None or group.word.name == "others"
    ):
        return _carried_over(scan, passage, group)
    if group.pronoun or (group.word is None and not group.named):
        return _country(scan, passage, group)
    return actor_of(scan, passage, group)


def _carried_over(scan: Scan, passage: Passage, group: Group) -> Actor | None:
    """Return the group that "seven more" goes on counting: the last one named in the sentence, no semicolon between."""
    before = [
        g
        for g in find_groups(scan, passage)
        if g.last <= group.first and g.word and g.plural and g.quantity and not g.generic
    ]
    if not before or ";" in passage.line.lower[before[-1].last : group.first]:
        return None
    if before[-1].attackers and passage.word(group.first) != "another":
        return None
    return actor_of(scan, passage, before[-1])


def _country(scan: Scan, passage: Passage, group: Group) -> Actor | None:
    """Return the nation in "no US injuries"; None for a bare number."""
    for index in range(group.noun, group.last):
        fact = scan.world.country(passage.line.tokens[index].text) if passage.line.capital(index) else None
        if fact:
            return Actor(name=fact.name, kind="state", country=fact.code, words=passage.line.tokens[index].text)
    counted = passage.phrase(group.noun, group.last) if group.last > group.noun else ""
    last = _end_of_share(passage, group.last) if counted in ("bodies", "corpses") else group.last
    if counted == "people" or last > group.last:
        start, end = passage.offsets(group.noun, last)
        return Actor(name=None, kind="unknown", words=scan.report.text[start:end])
    return None


def _end_of_share(passage: Passage, at: int) -> int:
    """Return where "in one hospital" ends behind "35 bodies": those seen in one place are a share; else ``at``."""
    ahead = range(at + 1, min(at + WARD, len(passage)))
    here = passage.word(at) in ("in", "at")
    return next((index + 1 for index in ahead if here and passage.word(index) in closed("hospitals")), at)


def _total(harm: Harm) -> Quantity | None:
    """Return the sum of several groups counted together ("three policemen and a child"), parts left out."""
    groups = [g for g, part in harm.groups if not part]
    counts = [g.quantity for g in groups if g.quantity]
    if len(counts) > 2 and counts[0].low == sum(c.low for c in counts[1:]):
        return None  # "four people, three women and one man": told twice
    if len(groups) < 2 or len(counts) < len(groups) or harm.zero or any(c.low == 0 for c in counts):
        return None
    high = None if any(c.high is None for c in counts) else sum(c.high or 0 for c in counts)
    return Quantity(low=sum(c.low for c in counts), high=high, words="")


def survivors(item: Mention, dead: list[Mention]) -> Mention | None:
    """Return the injured among people who were shot, the dead taken off: "five were shot and one died" → 4.

    "Four others were shot" are four; one person alone may be the one who died: None.
    """
    shot = item.value
    if not isinstance(shot, Quantity) or shot.high != shot.low or shot.vague or shot.low < PLURAL:
        return None
    group = shot.of
    if group is not None and group.words.lower().startswith(("other", "more")):
        return item
    most = max((d.value for d in dead if isinstance(d.value, Quantity)), key=lambda value: value.low)
    if most.high != most.low or most.low >= shot.low:
        return None
    words = f"{shot.words}, less {most.words}"  # derived, and says from what
    return replace(item, value=Quantity(low=shot.low - most.low, high=shot.low - most.low, words=words))
