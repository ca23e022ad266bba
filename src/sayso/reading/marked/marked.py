"""Mentions of what the model marks and no rule has read: who did it, to whom, with what, where, when, how many.

Rules read what they know word by word and say why; the layer ``claim`` has seen how several hundred reports word it.
So a mark only adds what no rule has read from the same words (of times, places, motives and who owns up: in the same
passage), and only what a value can be made of.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Literal

from sayso.reading.actors import actor_at
from sayso.reading.harm.casualty_nouns import modifies_another
from sayso.reading.marked.idle import (
    does_nothing,
    is_at_large,
    is_fired_from,
    is_hit_by,
    is_only_there,
    is_told_of,
    only_calls,
)
from sayso.reading.marked.owners import accuses_another, claimed, is_nameless
from sayso.reading.marked.tied import hurts_others, is_tied, may_be_hit
from sayso.reading.marked.worded import is_worded
from sayso.reading.means.weapon_words import weapon_matcher
from sayso.reading.mentions import Mention, mention
from sayso.reading.motives import trimmed
from sayso.reading.parties.about import is_helper
from sayso.reading.parties.blamed import charged_with_neglect
from sayso.reading.parties.datelines import in_dateline
from sayso.reading.parties.doers import ends_a_danger
from sayso.reading.parties.target_phrases import target_at, target_hit
from sayso.reading.sentences.groups import actor_of, find_groups, is_of_a_parent
from sayso.reading.sentences.marks import Run, marks_of, runs_of, share_of, surest_of
from sayso.reading.sentences.passages import closed
from sayso.records import Motive, ResponsibilityClaim, Weapon
from sayso.values import Actor, Place, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sayso.language.analysis import Analysis, Marks
    from sayso.reading.happenings.surroundings import Facts
    from sayso.reading.sentences.passages import Hit, Passage, Scan
    from sayso.reading.statements.statements import Statements
    from sayso.records import ClaimField, Target
    from sayso.values import Moment

SURE: Final[dict[ClaimField | Literal["unclaimed", "claimed"], int]] = {
    "perpetrator": 50,
    "target": 40,
    "killed": 95,
    "injured": 75,
    "abducted": 30,
    "arrested": 30,
    "missing": 50,
    "displaced": 50,
    "weapon": 40,
    "weapon_count": 30,
    "where": 60,
    "when": 50,
    "motive": 50,
    "unclaimed": 30,
    "claimed": 60,
}
"""Per cent from which on a run adds to what the rules read; chosen on the reports of ``evaluation/held``. Of the dead
and injured the rules miss little, and what is left is hard for both."""
JOINED: Final = 4
"""So many heads are climbed from one of several, or from "of the Front", to who acts."""
WIDE: Final = 12
"""So many words of its clause are quoted on either side of what was read."""
DENIED: Final = ("perpetrator", "denies")
SEVERAL: Final = 2
"""A plural alone is so many at least."""
SHORT: Final = 2
"""A run of so many words is no clause."""
LONGEST: Final = 7
"""Longer noun phrases are no names of things."""
COUNTS: Final[tuple[ClaimField, ...]] = ("killed", "injured", "abducted", "arrested", "missing", "displaced")


def find_marked(
    view: Scan, analysis: Analysis, statements: Statements, facts: Facts, known: list[Mention]
) -> list[Mention]:
    """Return what the marks add to the mentions known; who speaks is not the author of what he tells."""
    marks = marks_of(view, analysis)
    if marks is None:
        return []
    taken: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for item in known:
        taken.setdefault((item.passage, _sort(item.field)), []).append(item.anchor)
    told = [one for one in statements.records if one.cue]
    speaking = [(one.holder_span.start, one.holder_span.end) for one in told if one.holder_span]
    cues = [(one.cue.start, one.cue.end) for one in told if one.cue]
    counted = {item.field for item in known if item.field in COUNTS}
    owned = {item.passage for item in known if item.stance == "claims_own"}
    denied = {(item.passage, item.trigger[0]) for item in known if (item.field, item.stance) == DENIED}
    found: list[Mention] = []
    authors = [item.value for item in known if item.field == "perpetrator" and isinstance(item.value, Actor)]
    for passage in view.passages:
        here = facts.happenings.get(passage.number, [])
        for item in _in_passage(view, passage, marks, facts):
            speaks = any(a < item.anchor[1] and item.anchor[0] < b for a, b in speaking)
            told_of = item.field == "perpetrator" and item.stance is None
            label = item.field if item.field in ("perpetrator", "target") else None
            sure = share_of(passage, marks, label, *passage.tokens_of(*item.anchor)) if label else 0
            if told_of and (speaks or _is_harmed(item, taken) or not is_tied(view, passage, item, here, sure=sure)):
                continue
            if told_of and not (statements.at(item.anchor[0]) or _acts(view, passage, item, cues)):
                if _is_spoken_for(passage, item):
                    continue
                item = replace(item, stance="suspects")
            hit = item.field != "target" or may_be_hit(view, passage, item, here, authors, sure=sure)
            held = item.field in ("abducted", "arrested") and is_at_large(passage, item)
            if held or not (hit and is_worded(view, passage, item)):
                continue
            if (item.field in counted and _is_bare(item)) or hurts_others(view, passage, item, here):
                continue  # "gunmen seize aid workers" above "abducted three aid workers"
            read = item.passage in owned and is_nameless(item)  # whose name a rule has read
            if item.stance == "claims_own" and (read or accuses_another(item, known, statements)):
                continue
            beside = taken.get((item.passage, _sort(item.field)), [])
            if any(a < item.anchor[1] and item.anchor[0] < b for a, b in beside):
                continue
            if beside and (_is_country(passage, item) or item.field in ("when", "responsibility_claim", "motive")):
                continue
            taken.setdefault((item.passage, _sort(item.field)), []).append(item.anchor)
            if item.field == "target" and is_hit_by(passage, item, denied):
                item = replace(item, stance="denies")
            found.append(_in_its_clause(passage, item))
    return found


def _is_harmed(item: Mention, taken: dict[tuple[int, str], list[tuple[int, int]]]) -> bool:
    """Tell whether an author is one of the people counted as harmed, and no attacker: "a girl among five killed"."""
    civil = isinstance(item.value, Actor) and item.value.kind in ("civilians", "unknown")
    harmed = taken.get((item.passage, "count"), [])
    return civil and any(a < item.anchor[1] and item.anchor[0] < b for a, b in harmed)


def _is_bare(item: Mention) -> bool:
    """Tell whether people are only told in the plural, without a number."""
    return isinstance(item.value, Quantity) and item.value.low == SEVERAL and item.value.high is None


def _is_country(passage: Passage, item: Mention) -> bool:
    """Tell whether a place is a whole country, which tells nothing beside a finer one; its waters are finer."""
    off = passage.word(passage.tokens_of(*item.anchor)[0] - 1) == "off"
    return isinstance(item.value, Place) and item.value.precision == "country" and not off


def _sort(field: ClaimField) -> str:
    """Return what a mention takes words for: whom one field counts, another does not."""
    return "count" if field in COUNTS else field


def _acts(view: Scan, passage: Passage, item: Mention, cues: list[tuple[int, int]]) -> bool:
    """Tell whether the grammar makes somebody the doer of more than words; "a flag of the Front" is a suspicion."""
    syntax = passage.syntax
    if syntax is None:
        return True
    at = syntax.head_of(*passage.tokens_of(*item.anchor))
    for _ in range(JOINED):
        case = syntax.child(at, "case")
        if syntax.labels[at] == "nsubj":
            verb = passage.line.start(syntax.heads[at])
            return not any(a <= verb < b for a, b in cues)
        if case is not None and syntax.words[case] == "by":
            return True
        people = any(group.noun <= syntax.heads[at] < group.last for group in find_groups(view, passage))
        of = case is not None and syntax.words[case] in ("of", "from") and syntax.labels[at] == "nmod" and people
        if syntax.heads[at] < 0 or not (of or syntax.labels[at] in ("conj", "appos", "compound", "amod", "flat")):
            return False
        at = syntax.heads[at]
    return False


def _is_spoken_for(passage: Passage, item: Mention) -> bool:
    """Tell whether a group only tells who speaks: "the mouthpiece of the Front", "the leader of the Front"."""
    first = passage.tokens_of(*item.anchor)[0]
    before = first - 1 - (passage.word(first - 1) in closed("determiners"))
    return passage.word(before) == "of" and passage.word(before - 1) in closed("mouths of a group")


def _in_its_clause(passage: Passage, item: Mention) -> Mention:
    """Return a mention with its clause as evidence: a phrase alone does not show why it was read."""
    first, last = passage.tokens_of(*item.anchor)
    begin = max(passage.clauses.starts[first], first - WIDE)
    end = min(passage.clauses.ends[last], last + WIDE, len(passage))
    return item.with_evidence(*passage.offsets(begin, max(end, last)))


def _in_passage(view: Scan, passage: Passage, marks: Marks, facts: Facts) -> Iterator[Mention]:
    surest = surest_of(passage, marks)
    for label, sure in SURE.items():
        if surest.get(label, 0) < sure:
            continue
        for run in runs_of(passage, marks, label, sure):
            if label == "perpetrator" and share_of(passage, marks, "motive", run.first, run.last) >= run.sure:
                continue  # "for fear of an attack by X"
            if label in COUNTS:
                yield from _count(view, passage, run, label, marks)
            elif label == "where":
                yield from _scenes(passage, run, marks, facts)
            elif label == "when":
                yield from _told(passage, run, "when", [hit for hit in view.moments(passage) if _dates(hit.value)])
            elif label == "weapon_count":
                yield from _told(passage, run, "weapon_count", view.counts(passage))
            else:
                yield from READERS[label](view, passage, run)


def _dates(moment: Moment) -> bool:
    """Tell whether a time can be that of one incident: not "lately", not "since last year", not a whole year."""
    if not (moment.resolved and moment.earliest and moment.latest):
        return False
    first, last = _month(moment.earliest), _month(moment.latest)
    return first is not None and last is not None and last - first <= 1


def _month(when: str) -> int | None:
    """Return the number of a month, counted through the years; None for a year alone."""
    return 12 * int(when[:4]) + int(when[5:7]) if len(when) >= len("2031-05") else None


def _scenes(passage: Passage, run: Run, marks: Marks, facts: Facts) -> Iterator[Mention]:
    """Return the places of a run, each with marks of its own: "a pharmacy in Liège" holds two."""
    for item in _told(passage, run, "where", [*facts.places[passage.number], *facts.sites[passage.number]]):
        if share_of(passage, marks, "where", *passage.tokens_of(*item.anchor)) >= SURE["where"]:
            yield item


def _told(passage: Passage, run: Run, field: ClaimField, hits: Sequence[Hit[Any]]) -> Iterator[Mention]:
    """Return what is known to stand in a run: places, times, numbers."""
    for hit in hits:
        if hit.first < run.last and run.first < hit.last:
            yield mention(passage, field, hit.value, (hit.first, hit.last))


def _motive(view: Scan, passage: Passage, run: Run) -> Iterator[Mention]:
    first, last = _reason(passage, run)
    words = view.report.text[slice(*passage.offsets(first, last))]
    yield mention(passage, "motive", Motive(words=words), (first, last))


def _reason(passage: Passage, run: Run) -> tuple[int, int]:
    """Return a run of reasons from where its own words begin to the end of its last phrase."""
    first, last, syntax = run.first, run.last, passage.syntax
    opens = (at for at in range(first + 1, min(first + JOINED + 1, last - 1)) if _opens_a_reason(passage, at))
    first = next(opens, first)
    over = syntax.heads[last - 1] if syntax and syntax.labels[last - 1] in ("case", "det", "amod", "nummod") else -1
    last = max(last, syntax.phrase(over)[1]) if syntax and over >= last else last
    first -= passage.word(first - 1) in ("a", "an") and first > 0
    return trimmed(passage, first, last)


def _opens_a_reason(passage: Passage, at: int) -> bool:
    """Tell whether a reason begins here: "to · frighten", "in · solidarity with", "for the sake of", "because"."""
    word, behind = passage.word(at), passage.word(at + 1)
    answers = closed("answers named") | {"solidarity", "support", "protest", "self"}
    return (
        (word == "to" and behind in closed("purposes of attackers"))
        or (word == "in" and behind in answers)
        or (word == "for" and passage.word(at + 2) in ("sake", "benefit"))
        or word == "because"
    )


def _unclaimed(view: Scan, passage: Passage, run: Run) -> Iterator[Mention]:
    silent = "comment" in passage.line.lower and not {"claim", "claimed", "responsibility"} & set(passage.line.lower)
    if run.last - run.first > SHORT and not silent:  # who does not comment asserts nothing
        yield mention(passage, "responsibility_claim", ResponsibilityClaim(claimed=False), (run.first, run.last))


def _phrase(passage: Passage, run: Run) -> tuple[int, int]:
    """Return the noun phrase around the head of a run; the run itself where no model told the grammar."""
    if passage.syntax is None:
        return run.first, run.last
    head = passage.syntax.head_of(run.first, run.last)
    first, last = passage.syntax.phrase(head)
    first = _whole(passage, first)
    while first < head and passage.word(first) in closed("determiners"):
        first += 1
    return first, last


def _whole(passage: Passage, first: int) -> int:
    """Return where the compound begins that a phrase begins in: "burnt-out", which the tree may tear."""
    while first > 0 and "-" in (passage.word(first), passage.word(first - 1)):
        first -= 1
    return first


def _author(view: Scan, passage: Passage, run: Run) -> Iterator[Mention]:
    syntax = passage.syntax
    if syntax is None:
        return
    head = syntax.head_of(run.first, run.last)
    worn = syntax.oblique(head, ("of",)) if syntax.words[head] in ("uniform", "uniforms") else None
    head = worn if worn is not None else head  # "wore the uniform of the army"
    if syntax.upos[head] not in ("NOUN", "PROPN") or does_nothing(syntax, head) or is_told_of(syntax, head):
        return
    first, last = _phrase(passage, run if worn is None else replace(run, first=head, last=head + 1))
    over = syntax.heads[head]
    if (
        in_dateline(passage, last)
        or charged_with_neglect(passage, last)
        or (over >= 0 and ends_a_danger(passage, over, over + 1))
    ):
        return
    actor = actor_at(view, passage, first, last)
    if is_helper(actor) or passage.word(head) in closed("things of forces") or only_calls(syntax, head):
        return
    if actor is None:
        things = [hit for hit in view.hits(weapon_matcher(), passage.number) if hit.first <= head < hit.last]
        if things or passage.word(head) in closed("no actors"):
            return
        words = view.report.text[slice(*passage.offsets(first, last))]
        actor = Actor(name=words if syntax.upos[head] == "PROPN" else None, kind="unknown", words=words)
    yield mention(passage, "perpetrator", actor, (first, last))


def _target(view: Scan, passage: Passage, run: Run) -> Iterator[Mention]:
    span = _phrase(passage, run)
    if passage.syntax is not None and is_fired_from(passage.syntax, passage.syntax.head_of(*span)):
        return
    found = target_at(view, passage, *span) or target_at(view, passage, _whole(passage, run.first), run.last)
    found = found or _any_target(view, passage, run, span)
    if found:
        yield mention(passage, "target", found.value, (found.first, found.last))


def _any_target(view: Scan, passage: Passage, run: Run, span: tuple[int, int]) -> Hit[Target] | None:
    """Return a marked thing that no list has, "a gas main": its noun phrase, where it heads one."""
    syntax = passage.syntax
    head = syntax.head_of(run.first, run.last) if syntax else -1
    idle = closed("generic targets", "attack nouns", "things laid")
    if syntax is None or syntax.upos[head] not in ("NOUN", "PROPN") or syntax.words[head] in idle:
        return None
    weapons = any(hit.first <= head < hit.last for hit in view.hits(weapon_matcher(), passage.number))
    attackers = any(group.attackers and group.first <= head < group.last for group in find_groups(view, passage))
    if span[1] - span[0] > LONGEST or weapons or attackers:
        return None
    return target_hit(view, passage, *span, "unknown", None)


def _count(view: Scan, passage: Passage, run: Run, field: ClaimField, marks: Marks) -> Iterator[Mention]:
    """Return those counted in a run, where the model marks the number too and no other count more surely."""
    groups = [
        group
        for group in find_groups(view, passage)
        if group.first < run.last and run.first < group.last and group.quantity is not None and not group.pronoun
    ]
    for group in groups:
        told = group.named or group.first < group.noun
        if group.quantity is None or not told or surest_count(passage, marks, group.first, group.last) != field:
            continue
        syntax = passage.syntax if field in ("killed", "injured") else None
        if syntax is not None and is_only_there(syntax, syntax.head_of(group.first, group.last)):
            continue
        of = None if group.generic and not group.named else actor_of(view, passage, group)
        value = group.quantity.model_copy(update={"of": of})
        yield mention(passage, field, value, (group.first, group.last))
    for hit in view.counts(passage):
        apart = not any(group.first <= hit.first < group.last for group in groups)
        apart = (
            apart and not modifies_another(passage, hit.last) and not is_of_a_parent(passage, hit.first)
        )  # "31 · arrest warrants", "four kidnapping cases"
        if run.first <= hit.first < run.last and apart and surest_count(passage, marks, hit.first, hit.last) == field:
            yield mention(passage, field, hit.value, (hit.first, hit.last))


def surest_count(
    passage: Passage, marks: Marks, first: int, last: int, among: tuple[ClaimField, ...] = COUNTS
) -> ClaimField:
    """Return the count that some words are marked with most surely."""
    return max(among, key=lambda field: share_of(passage, marks, field, first, last))


def _weapon(view: Scan, passage: Passage, run: Run) -> Iterator[Mention]:
    for hit in view.hits(weapon_matcher(), passage.number):
        if hit.first < run.last and run.first < hit.last:
            words = view.report.text[slice(*passage.offsets(hit.first, hit.last))]
            yield mention(passage, "weapon", Weapon(class_=hit.value[0].class_, words=words), (hit.first, hit.last))


READERS: Final[dict[str, Callable[[Scan, Passage, Run], Iterator[Mention]]]] = {
    "perpetrator": _author,
    "target": _target,
    "weapon": _weapon,
    "motive": _motive,
    "unclaimed": _unclaimed,
    "claimed": claimed,
}
"""What makes mentions of the runs of a label."""
