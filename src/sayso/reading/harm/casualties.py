"""How many were killed, injured, abducted, arrested, missing or displaced, and of whom (READING: "Numbers")."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from sayso.reading.harm.aboard import by_vessels
from sayso.reading.harm.adjectives import by_adjectives
from sayso.reading.harm.alike import harmed_alike
from sayso.reading.harm.burials import is_somebody, only_buries
from sayso.reading.harm.casualty_modifiers import by_modifiers
from sayso.reading.harm.casualty_nouns import by_nouns
from sayso.reading.harm.casualty_words import casualty_verbs
from sayso.reading.harm.conditions import without_conditions
from sayso.reading.harm.corrections import corrected, toll_setter
from sayso.reading.harm.degrees import not_so_badly
from sayso.reading.harm.denied_any import any_of, is_habit, is_none
from sayso.reading.harm.elided import with_elided
from sayso.reading.harm.evacuees import lose_homes
from sayso.reading.harm.frames import by_frames, is_denied
from sayso.reading.harm.harms import (
    Harm,
    by_body_parts,
    by_deaths,
    by_hostages,
    by_lives,
    by_own_hand,
    by_removals,
    by_takings,
    by_wounds,
)
from sayso.reading.harm.losses import by_losses
from sayso.reading.harm.mixed import beside_the_dead, unmixed
from sayso.reading.harm.multiples import by_multiples
from sayso.reading.harm.named_dead import by_charges, by_names, named_dead
from sayso.reading.harm.of_whom import of_whom
from sayso.reading.harm.parts import Told, by_parts
from sayso.reading.harm.real import is_of_their_kin, is_unreal
from sayso.reading.harm.rivals import by_figures, by_rivals
from sayso.reading.harm.shares import among_the_counted, among_them, of_the_harmed, parts_of_them, place_by_place
from sayso.reading.harm.tolls import by_tolls
from sayso.reading.harm.turns import by_turns, counts_by_number
from sayso.reading.mentions import Mention, mention
from sayso.reading.sentences.groups import PLURAL_LOW, Group, find_groups
from sayso.reading.sentences.noun_phrases import coordinated_after, joined_objects, subject_groups
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import Use, clause_start, use_of
from sayso.values import Quantity

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.records import ClaimField

PLURAL = 2
FAR = 4
"""So many sentences on, "the victims" are no longer those last counted as dead."""
RECENT = 12
"""Among how many counts before a number may find what it is of."""
WOUNDED_BY = frozenset({"shooting", "gunshot", "stabbing", "burn", "burns", "blast", "bomb", "shrapnel"})
"""Victims of these live as often as not."""
SHORT = 4
"""How many words may tell to what people were lost."""


@dataclass(frozen=True, slots=True)
class Casualties:
    """What a report says of people harmed: mentions, and stretches with a number that cannot be split."""

    mentions: tuple[Mention, ...]
    unsplit: tuple[tuple[int, int], ...]


def find_casualties(scan: Scan) -> Casualties:
    """Return every count of people harmed in a report, with the group counted."""
    mentions: list[Mention] = []
    unsplit: list[tuple[int, int]] = []
    for passage in scan.passages:
        groups = find_groups(scan, passage)
        begin = len(mentions)
        dead = [m.value for m in mentions[-8:] if m.field == "killed" and m.passage >= passage.number - 1]
        told = bool(dead)
        most = max((value.high or 0 for value in dead if isinstance(value, Quantity)), default=0)
        harms = [
            *by_modifiers(scan, passage, groups),
            *_by_verbs(scan, passage, groups),
            *by_adjectives(scan, passage, groups),
        ]
        losses = by_losses(scan, passage)
        lost = {harm.trigger for harm in losses}
        counted = {harm.groups[0][0].first for harm in losses}
        harms += [*by_nouns(scan, passage, groups), *by_tolls(scan, passage, told=told)]
        harms = [harm for harm in harms if harm.trigger not in lost and harm.groups[0][0].first not in counted]
        harms = [*losses, *harms]
        harms += [*by_frames(scan, passage, groups), *by_turns(scan, passage, groups), *by_vessels(passage, groups)]
        before, recent = _told(passage, mentions), _fields_before(passage, mentions)
        harms += by_figures(scan, passage)
        harms += by_names(scan, passage, told=any(m.field == "killed" for m in mentions))
        harms += [*by_charges(scan, passage), *by_multiples(scan, passage)]
        harms += by_rivals(scan, passage, harms, recent)
        harms += [
            *by_wounds(scan, passage, groups),
            *by_hostages(scan, passage, groups),
            *by_takings(scan, passage, groups),
        ]
        harms += [*among_them(scan, passage, groups), *place_by_place(scan, passage, harms)]
        harms += [*parts_of_them(scan, passage, harms, groups), *of_the_harmed(passage, groups)]
        harms += [*by_lives(passage, groups), *among_the_counted(passage, harms, groups)]
        harms += by_parts(scan, passage, harms, groups, before, dead=recent.get("killed", FAR) < FAR)
        harms += [*by_deaths(passage, groups), *named_dead(scan, passage, groups), *by_removals(passage, groups)]
        harms += by_body_parts(passage, groups)
        harms += harmed_alike(passage, harms, groups)
        harms = [_with_setter(scan, passage, beside_the_dead(harm, harms)) for harm in unmixed(scan, passage, harms)]
        harms = [harm for harm in harms if not (_only_supposed(passage, harm) or not_so_badly(passage, harm))]
        harms = without_conditions(passage, harms, told=before is not None and before.field == "injured")
        harms = [_of_the_dead(passage, harm, most) if told else harm for harm in harms]
        for harm in with_elided(scan, passage, _once(harms)):
            mentions += _mentions(scan, passage, harm)
            unsplit += [_hull(passage, g, harm) for g, _ in harm.groups if _unsplit(harm, g)]
        mentions += corrected(scan, passage, mentions[begin:])
    return Casualties(tuple(mentions), tuple(unsplit))


def _told(passage: Passage, mentions: list[Mention]) -> Told | None:
    """Return what the sentence before counted last."""
    last = next((item for item in reversed(mentions) if not item.weak), None)
    if last is None or last.passage != passage.number - 1 or not isinstance(last.value, Quantity):
        return None
    return Told(last.field, last.value)


def _fields_before(passage: Passage, mentions: list[Mention]) -> dict[str, int]:
    """Return what the sentences before counted and how many sentences ago, "killed" before the rest of its sentence."""
    found: dict[str, int] = {}
    for item in reversed(mentions[-RECENT:]):
        if not item.weak and isinstance(item.value, Quantity) and item.passage < passage.number:
            found.setdefault(item.field, passage.number - item.passage)
    return dict(sorted(found.items(), key=lambda row: (row[1], row[0] != "killed")))


def _of_the_dead(passage: Passage, harm: Harm, most: int) -> Harm:
    """Return "spoke of seven victims" as killed: where deaths were told before, victims are the dead.

    "Four shooting victims" behind two deaths are those shot. ``most``: so many dead were told at once, 0 for no number.
    """
    victims = harm.field == "casualties" and passage.word(harm.trigger[0]) == "victims" and not harm.zero
    victims = victims and passage.word(harm.trigger[0] - 1) not in WOUNDED_BY
    counted = all(group.quantity is not None and group.quantity.high for group, _ in harm.groups)
    counted = counted and not any(0 < most < (group.quantity.low if group.quantity else 0) for group, _ in harm.groups)
    return replace(harm, field="killed") if victims and counted else harm


def _with_setter(scan: Scan, passage: Passage, harm: Harm) -> Harm:
    """Return a count with whoever sets it: "a source put the army's losses at 17 dead"."""
    at = harm.groups[0][0].first - 1
    if harm.holder is not None or passage.word(at) != "at":
        return harm
    return replace(harm, holder=toll_setter(scan, passage, at))


def _once(harms: list[Harm]) -> list[Harm]:
    """Leave out a group that an earlier rule has already counted for the same field, or another one outright."""
    seen: set[tuple[str, int]] = set()
    outright = {(harm.field, g.first) for harm in harms if not harm.weak for g, _ in harm.groups}
    kept = []
    for harm in harms:
        taken = seen | outright if harm.weak else seen
        groups = tuple((g, part) for g, part in harm.groups if (harm.field, g.first) not in taken)
        seen |= {(harm.field, g.first) for g, _ in groups}
        if groups:
            kept.append(replace(harm, groups=groups))
    return kept


def _by_verbs(scan: Scan, passage: Passage, groups: list[Group]) -> list[Harm]:
    """Count by verbs: "six were killed", "killing three", "five died"."""
    harms = []
    for kind in ("verbs", "intransitive", "lives"):
        for hit in scan.hits(casualty_verbs(kind), passage.number):
            field, forms = hit.value
            use = use_of(passage, hit.first, hit.last, forms)
            if use is None or is_unreal(passage, use) or (field == "hit" and _only_aims(passage, use)):
                continue
            if _describes_the_next(passage, use):
                continue  # "a wake for a slain friend"
            if use.first == use.begin and passage.word(use.first - 1) == "those":
                continue  # "the number of those abducted" has a toll, and whoever gives it was not
            own = by_own_hand(passage, groups, use.first, use.last, field, use.begin)
            if own:
                harms.append(own)
                continue
            subject = kind == "intransitive" or (use.voice == "passive" and kind == "verbs")
            found = (
                subject_groups(passage, groups, use.begin)
                if subject
                else coordinated_after(passage, groups, use.last) or joined_objects(passage, groups, use.first)
            )
            if field == "abducted" and _by_the_law(passage, use):
                field = "arrested"
            if field == "arrested" and _by_the_enemy(scan, passage, use, found):
                field = "abducted"
            if kind == "lives" and found and _lost_otherwise(passage, found):
                continue
            if field == "injured" and kind == "intransitive" and _then_dies(passage, use, found):
                continue
            if field == "displaced" and not lose_homes(passage, use, found):
                continue
            if found and counts_by_number(passage, found[-1][0]):
                continue
            if found and is_of_their_kin(passage, use, found[0][0]):
                continue
            found = _of_the_whole(scan, passage, use, found)
            if (use.negated and use.voice != "passive" and is_somebody(passage, found)) or only_buries(passage, use):
                continue
            if found and not _modifies_share(passage, found[0][0], use.first) and not _one_of_many(found, use):
                denied = use.negated or is_denied(passage, found[0][0])
                harms.append(Harm(field, (use.first, use.last), tuple(found), denied))
    return harms


def _lost_otherwise(passage: Passage, found: list[tuple[Group, bool]]) -> bool:
    """Tell whether people are lost alive: "lost two men to injury", or nobody is counted: "we lost people"."""
    at, first = found[-1][0].last, found[0][0]
    if passage.word(first.first - 1) == "to":  # "the second vessel lost to Somali gangs"
        return True
    bare = first.generic and first.first == first.noun and passage.word(first.first) == "people"
    return bare or (
        passage.word(at) == "to"
        and not {"fire", "gunfire", "shelling", "bombs", "snipers"} & set(passage.line.lower[at : at + SHORT])
    )


def _describes_the_next(passage: Passage, use: Use) -> bool:
    """Tell whether a participle without auxiliaries stands before the noun it describes."""
    syntax = passage.syntax
    bare = syntax is not None and not use.helpers and use.first == use.begin and use.voice == "passive"
    return bool(bare and syntax and syntax.labels[use.first] == "amod" and syntax.heads[use.first] > use.first)


def _then_dies(passage: Passage, use: Use, found: list[tuple[Group, bool]]) -> bool:
    """Tell whether the sentence goes on to the death of the one hurt: "was taken to a hospital, where he died"."""
    alone = len(found) == 1 and found[0][0].quantity is not None and found[0][0].quantity.high == 1
    return alone and any(word in closed("dying words") for word in passage.line.lower[use.last :])


def _only_aims(passage: Passage, use: Use) -> bool:
    """Tell whether "shot at the gate" tells of no one hit."""
    syntax = passage.syntax
    reduced = syntax is not None and syntax.labels[use.first] in ("acl", "amod")  # "a man shot at the gate"
    aims = passage.word(use.last) in ("at", "into", "towards", "toward", "up", "off")
    return aims and not reduced and not any(word in closed("be") for word in use.helpers)


def _by_the_law(passage: Passage, use: Use) -> bool:
    """Tell whether those who "seize" or "hold" somebody have the right to arrest: "police seized three men"."""
    doers = passage.line.lower[clause_start(passage, use.begin) : use.begin]
    if use.voice == "passive":
        after = passage.line.lower[use.last : use.last + 4]
        doers = after[after.index("by") :] if "by" in after else ()
    return passage.word(use.first) in closed("taking by the law") and any(word in closed("arresters") for word in doers)


def _by_the_enemy(scan: Scan, passage: Passage, use: Use, found: list[tuple[Group, bool]]) -> bool:
    """Tell whether "captured" is of soldiers or police whom an enemy holds, not of suspects whom the law does."""
    taken = any(group.word is not None and group.word.kind in ("military", "police") for group, _ in found)
    return taken and passage.word(use.first) in closed("capturing") and not any(group.attackers for group, _ in found)


def _one_of_many(found: list[tuple[Group, bool]], use: Use) -> bool:
    """Tell whether a bare plural before "was" only modifies what was harmed: "a police dog was hurt"."""
    group = found[0][0]
    bare = group.plural and group.quantity is not None and group.quantity.high is None and len(found) == 1
    return bare and group.first == group.noun and use.voice == "passive" and "was" in use.helpers


def _of_the_whole(scan: Scan, passage: Passage, use: Use, found: list[tuple[Group, bool]]) -> list[tuple[Group, bool]]:
    """Return the whole for "three of the five sailors · seized in June": the participle tells of all five."""
    share = found[0][0] if len(found) == 1 and not use.helpers and use.voice == "passive" else None
    describes = passage.syntax is not None and passage.syntax.labels[use.first] == "acl"
    if share is None or share.last != use.first or not describes:
        return found
    whole = next((count for count in scan.counts(passage) if share.noun <= count.first < share.last), None)
    if whole is None or "of" not in passage.line.lower[share.first : whole.first]:
        return found
    return [(replace(share, first=whole.first, noun=whole.last, quantity=whole.value), found[0][1])]


def _modifies_share(passage: Passage, group: Group, verb: int) -> bool:
    """Tell whether the verb only describes of whom a share is: "frees two of four seized aid workers"."""
    return group.first < verb < group.last and "of" in passage.line.lower[group.first : verb]


def _only_supposed(passage: Passage, harm: Harm) -> bool:
    """Tell whether the dead are only spoken of as possible: "we would be talking of thirty dead"."""
    begin = harm.groups[0][0].first
    words = passage.line.lower[clause_start(passage, begin) : begin]
    return words[-1:] in (("of",), ("about",)) and "be" in words and any(w in closed("hypothetical") for w in words)


def _hull(passage: Passage, group: Group, harm: Harm) -> tuple[int, int]:
    return passage.offsets(min(group.first, harm.trigger[0]), max(group.last, harm.trigger[1]))


def _unsplit(harm: Harm, group: Group) -> bool:
    return harm.field == "casualties" and group.quantity is not None and group.quantity.high != 0


def _mentions(scan: Scan, passage: Passage, harm: Harm) -> list[Mention]:
    fields: tuple[ClaimField, ...] = ("killed", "injured") if harm.field == "casualties" else (harm.field,)  # type: ignore[assignment]
    out: list[Mention] = []
    if harm.field == "hit":
        fields = ("injured",)
    harm = replace(harm, groups=_without_shared(passage, harm.groups))
    for group, _ in harm.groups:
        if harm.field == "displaced" and _is_bare(passage, group):
            continue  # "people who had fled" tells who speaks, "displaced families" who was hit: nobody is counted
        if passage.word(group.last - 1) in ("lives", "life"):  # "with the loss of eight lives"
            group = replace(group, noun=group.first, last=group.last - 1, word=None)
        quantity = None if _is_nth(passage, group, harm) else _quantity(scan, passage, group, harm)
        if quantity is None or (
            harm.field == "hit" and group.generic and group.first == group.noun and quantity.high is None
        ):
            continue  # "began stabbing people" counts nobody
        if quantity is None or (harm.field == "casualties" and quantity.high != 0):
            continue
        bare = _is_bare(passage, group) and (quantity.high != 0 or is_habit(passage, harm.trigger[0]))
        weak = group.pronoun or harm.field == "hit" or harm.weak or bare
        out += [
            replace(
                mention(passage, field, quantity, (group.first, group.last), harm.trigger),
                weak=weak,
                holder=harm.holder,
                shot=harm.field == "hit" or harm.weak,
                cared=harm.weak and group.plural,
            )
            for field in fields
        ]
    total = _total(harm)
    if total and harm.field != "casualties":
        span = (min(g.first for g, _ in harm.groups), max(g.last for g, _ in harm.groups))
        words = scan.report.text[slice(*passage.offsets(*span))]
        row = mention(passage, fields[0], total.model_copy(update={"words": words}), span, harm.trigger)
        out.append(replace(row, weak=harm.weak, shot=harm.weak, cared=harm.weak))
    return out


def _without_shared(passage: Passage, groups: tuple[tuple[Group, bool], ...]) -> tuple[tuple[Group, bool], ...]:
    """Leave out the second noun of "twelve children and teenagers": the number counts both."""
    kept = list(groups[:1])
    for (before, _), (group, part) in pairwise(groups):
        number, bare = before.quantity, group.quantity
        joined = passage.phrase(before.last, group.first) == "and" and group.first == group.noun
        counted = number is not None and not number.vague and before.first < before.noun and before.plural
        if not (joined and counted and group.plural and bare is not None and bare.high is None and bare.low == PLURAL):
            kept.append((group, part))
    return tuple(kept)


def _is_nth(passage: Passage, group: Group, harm: Harm) -> bool:
    """Tell whether "the fourth election officer killed since 2019" only counts on from others.

    "The fourth victim, Adam Orr, was pronounced dead" tells of one more.
    """
    ordered = any(passage.word(at) in closed("ordinals") for at in range(group.first, group.last))
    behind = harm.trigger[0] <= group.last < harm.trigger[1] or passage.word(group.last) == "to"
    return ordered and behind and passage.word(group.first) == "the" and not group.plural


def _is_bare(passage: Passage, group: Group) -> bool:
    """Tell whether a plural alone says how many: "civilians were killed"; beside a number it adds nothing."""
    quantity = group.quantity
    if quantity is None or quantity.high is not None or quantity.low != PLURAL_LOW:
        return False
    return quantity.words.lower().endswith(passage.word(group.last - 1))


def _quantity(scan: Scan, passage: Passage, group: Group, harm: Harm) -> Quantity | None:
    """Return how many of whom; a denied trigger makes it zero; a definite plural without a number gives nothing."""
    quantity = group.quantity
    if harm.zero:
        quantity = Quantity(low=0, high=0, words="not")
    if (at := any_of(passage, group.first)) is not None:  # "denied that any hostage had died"
        quantity = Quantity(low=0, high=0, words="any") if is_none(passage, at) else None
    if quantity is None or (quantity.high == 1 and passage.word(group.last - 1) in closed("households")):
        return None
    return quantity.model_copy(update={"of": harm.of or of_whom(scan, passage, group, harm.field)})


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
