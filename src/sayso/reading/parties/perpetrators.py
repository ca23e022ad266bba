"""Who did it, who is said to have done it, and who says "we did" or "we did not" (READING: "Stance")."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from sayso.reading.actors import actor_before, actor_behind, object_actor, subject_actor
from sayso.reading.means.interceptions import is_interception
from sayso.reading.mentions import Mention, mention
from sayso.reading.parties import accused
from sayso.reading.parties.about import (
    claims_nothing,
    is_helper,
    no_evidence,
    of_a_share,
    of_a_weapon,
    of_nothing,
    of_something_else,
    to_account,
    turned,
    verb_behind,
)
from sayso.reading.parties.blamed import (
    blamed_people,
    blamed_thing,
    holding_place,
    lays_no_deed,
    mutual,
    no_subject,
    nobody,
    of_what_was_told,
    offices_led_back,
    only_described,
    only_meant,
    quoted_author,
    without_loose_denials,
)
from sayso.reading.parties.cleared import find_cleared
from sayso.reading.parties.courts import find_charged, find_pleas
from sayso.reading.parties.datelines import past_dateline
from sayso.reading.parties.descriptions import find_described
from sayso.reading.parties.doers import (
    ends_a_danger,
    ends_an_attack,
    ends_the_deed,
    first_person,
    happening_author,
    mere_aircraft,
    nobody_in_particular,
    stands_for_sayer,
    verb_use,
)
from sayso.reading.parties.doubted import find_doubted
from sayso.reading.parties.idioms import find_idioms
from sayso.reading.parties.messengers import find_signed, spoken_for
from sayso.reading.parties.named_groups import with_own_name
from sayso.reading.parties.nobody_claims import find_unclaimed
from sayso.reading.parties.owning_up import find_owning_up, is_a_paper
from sayso.reading.parties.predicates import by_predicates, follows_incident, group_begin, harm_ahead, subject_floor
from sayso.reading.parties.strangers import find_strangers
from sayso.reading.parties.suspects import find_suspects
from sayso.reading.parties.turned_charges import find_turned_charges
from sayso.reading.parties.users import find_users
from sayso.reading.parties.whose_arms import find_whose_arms
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import Form, Use, agent_of, clause_end, clause_start, use_of, verb_table
from sayso.records import ResponsibilityClaim
from sayso.values import Actor
from sayso.vocab import Entry, PhraseMatcher, load_table

if TYPE_CHECKING:
    from sayso.reading.happenings.incidents import Happening
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.records import Stance

Author = Literal["subject", "object", "by", "to", "on", "as", "possessor", "none"]
NEWS = 10
"""So many sentences back may stand what somebody is blamed for."""
SOON = 4
"""So many sentences on may stand what described attackers have done: "men in masks came at dawn; they shot ten"."""
EACH_OTHER = ("each other", "one another")
NEAR = 12  # words between a verb and the "to", "on" or "responsible" that belongs to it


class BlameWords(Entry):
    """One way of saying who did it: an entry of ``vocab/blame.toml``."""

    name: str
    verbs: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    follow: tuple[str, ...] = ()
    author: Author
    on: bool = False
    own: bool = False
    stance: str = ""
    claim: str = ""
    harmful: bool
    of_attackers: bool = False
    first_person: bool = False


@cache
def _verbs() -> PhraseMatcher[tuple[BlameWords, frozenset[Form]]]:
    return PhraseMatcher(verb_table((entry, entry.verbs) for entry in load_table("blame", BlameWords)))


@cache
def _phrases() -> PhraseMatcher[BlameWords]:
    return PhraseMatcher({phrase: entry for entry in load_table("blame", BlameWords) for phrase in entry.phrases})


@cache
def _defence() -> PhraseMatcher[tuple[str, frozenset[Form]]]:
    return PhraseMatcher(verb_table([("defence", sorted(closed("defence verbs")))]))


def find_perpetrators(scan: Scan, happenings: list[Happening]) -> list[Mention]:
    """Return authors of incidents and claims of responsibility, as mentions."""
    by_passage: dict[int, list[Happening]] = {}
    for row in happenings:
        if row.part != "harm":
            by_passage.setdefault(row.passage, []).append(row)
    found: list[Mention] = []
    for passage in scan.passages:
        rows = by_passage.get(passage.number, [])
        found += [*_by_phrases(scan, passage, rows), *find_owning_up(scan, passage), *find_doubted(scan, passage)]
        found += [*find_cleared(scan, passage), *find_users(scan, passage), *find_turned_charges(scan, passage)]
        near = any(by_passage.get(number) for number in range(passage.number - NEWS, passage.number))
        found += _by_verbs(scan, passage, rows, near=near)
        found = _with_unclaimed(found, find_unclaimed(passage, near=near or bool(rows)))
        if near or rows:
            found += [*find_signed(scan, passage), *find_idioms(scan, passage)]
            found += find_whose_arms(scan, passage, found)
        found += find_charged(scan, passage, near=near or bool(rows))
        found += [*find_described(scan, passage), *find_suspects(scan, passage)] if near or rows else []
        found += find_pleas(scan, passage, found)
        for row in rows:
            if row.status in ("happened", "ongoing", "attempted"):
                found += [item for item in _doer(scan, passage, row) if not ends_the_deed(passage, row, item, found)]
            elif row.status == "denied":
                found += _own_denial(scan, passage, row)
        ahead = any(by_passage.get(number) for number in range(passage.number, passage.number + SOON))
        found += find_strangers(scan, passage, found) if near or ahead else []
    found = [past_dateline(scan, item) for item in _once(found) if not is_helper(item.value)]
    return without_loose_denials(scan, offices_led_back(scan, _without_echoes(found)))


def _with_unclaimed(found: list[Mention], unclaimed: list[Mention]) -> list[Mention]:
    """Add that nobody has owned up, and leave out what those words made of nobody: an owner."""
    first, last = unclaimed[0].anchor if unclaimed else (0, 0)
    return [*(item for item in found if not (item.trigger[0] < last and first < item.trigger[1])), *unclaimed]


def _without_echoes(found: list[Mention]) -> list[Mention]:
    """Leave out an author whose words another one repeats with more before them: "rebels" in "suspected rebels"."""
    return [item for item in found if not any(_echoes(item, other) for other in found)]


def _echoes(item: Mention, other: Mention) -> bool:
    one, two = item.value, other.value
    if item is other or not (isinstance(one, Actor) and isinstance(two, Actor)):
        return False
    if item.stance not in (None, other.stance) and other.stance is not None:
        return False
    inside = other.anchor[0] < item.anchor[0] and item.anchor[1] <= other.anchor[1]
    return inside and two.words.endswith(one.words)


def _once(found: list[Mention]) -> list[Mention]:
    seen: set[tuple[str, tuple[int, int]]] = set()
    kept = []
    for item in found:
        key = (item.field, item.anchor)
        if key not in seen:
            seen.add(key)
            kept.append(item)
    return kept


def _by_phrases(scan: Scan, passage: Passage, rows: list[Happening]) -> list[Mention]:
    found: list[Mention] = by_predicates(scan, passage)
    for hit in scan.hits(_phrases(), passage.number):
        words = hit.value
        if words.harmful and not rows and not follows_incident(passage):
            continue
        charged = passage.phrase(hit.first - 1, hit.first + 1) == "of being"  # "accused X of being behind it"
        if charged or only_meant(passage, hit.first) or not _fits(scan, passage, words, hit.first, hit.last):
            continue
        if words.claim == "no":
            value = ResponsibilityClaim(claimed=False)
            found.append(mention(passage, "responsibility_claim", value, (hit.first, hit.last)))
            continue
        if words.name == "claim" and claims_nothing(passage, hit.first, hit.last):
            continue
        if of_something_else(passage, words.claim, words.author, hit.first, hit.last):
            continue
        author = _author(scan, passage, words, hit.first, hit.last)
        none = author is not None and author[2] <= hit.first and nobody(passage, author[1])
        if author and words.stance == "accuses" and (none or turned(passage, hit.first)):
            at = (hit.first, hit.last)
            found.append(mention(passage, "perpetrator", author[0], author[1:], at, stance="exonerates"))
            continue
        if author and not words.own and no_evidence(passage, hit.first):
            at = (hit.first, hit.last)
            found.append(mention(passage, "perpetrator", author[0], author[1:], at, stance="doubts"))
            continue
        if words.own and (author[0].kind in ("person", "unknown") if author else passage.word(hit.first - 1) == "to"):
            author = spoken_for(scan, passage) or author  # "… called to claim responsibility"
        begin = author[1] if author else no_subject(passage, hit.first)
        if words.claim == "yes" and begin is not None and nobody(passage, begin):
            value = ResponsibilityClaim(claimed=False)
            span = (min(begin - 1, hit.first), max(hit.last, author[2] if author else 0))
            found.append(mention(passage, "responsibility_claim", value, span))
            continue
        if author:
            found += _said(passage, words, author, (hit.first, hit.last))
    return found


def _author(scan: Scan, passage: Passage, words: BlameWords, first: int, last: int) -> tuple[Actor, int, int] | None:
    """Return the author where the entry says it stands."""
    if words.first_person:
        return first_person(scan, passage, group_begin(passage, first))
    if words.author == "object":
        last = holding_place(passage, last)
        end = verb_behind(passage, last)
        behind = actor_behind(scan, passage, last, end) or _apposed(scan, passage, last, end)
        found = with_own_name(scan, passage, behind)
        return found if found and _may_be_meant(passage, words, first, found) else None
    if words.author == "possessor":
        return actor_before(scan, passage, first, max(first - 4, 0))
    begin = group_begin(passage, first)
    return with_own_name(scan, passage, subject_actor(scan, passage, begin, subject_floor(passage, begin)))


def _may_be_meant(passage: Passage, words: BlameWords, first: int, found: tuple[Actor, int, int]) -> bool:
    """Tell whether words that mostly say something else mean an author: "the fire came from · a warship"."""
    if words.name != "point to" and not (words.name == "point at" and passage.word(first) in ("came", "come")):
        return True
    men = words.name == "point to" and {passage.word(found[1]), passage.word(found[2] - 1)} & closed("men of a body")
    return bool(men) or found[0].kind in ("state", "armed_group", "government", "military")


def _apposed(scan: Scan, passage: Passage, at: int, end: int | None) -> tuple[Actor, int, int] | None:
    """Return the name behind the comma of what only describes somebody: "the group's rival, the Front"."""
    comma = next((i for i in range(at, min(at + NEAR, end or len(passage))) if passage.word(i) == ","), None)
    found = actor_behind(scan, passage, comma + 1, end) if comma is not None else None
    return found if found and found[0].kind in ("armed_group", "military", "state", "government") else None


def _fits(scan: Scan, passage: Passage, words: BlameWords, first: int, last: int) -> bool:
    """Tell whether a phrase speaks of authors: attackers belong to a group, somebody answers for violence."""
    if words.of_attackers:
        begin = group_begin(passage, first)
        meant = passage.word(begin - 1) in closed("attacking bodies") and passage.word(begin - 2) in ("the", "these")
        return meant or any(group.attackers and group.last == begin for group in find_groups(scan, passage))
    if passage.word(last - 1) == "credit" and passage.word(last) == "for":
        ahead = {word for word in passage.line.lower[last + 1 : last + 6] if word.endswith("ing")}
        return harm_ahead(passage, last + 1) or bool(ahead & closed("denied deeds", "accused deeds"))
    answers = passage.word(last - 1) == "for" and passage.word(last - 2) == "responsible"
    return not answers or (harm_ahead(passage, last) and not of_a_share(passage, last))


def _own_denial(scan: Scan, passage: Passage, row: Happening) -> list[Mention]:
    """Return "we did not attack the bus": the sayer clears himself."""
    use = verb_use(passage, row) if row.part not in ("noun", "anaphor") else None
    author, at = first_person(scan, passage, use.begin) if use else None, (row.first, row.last)
    return [mention(passage, "perpetrator", author[0], author[1:], at, stance="denies")] if author else []


def _said(
    passage: Passage, words: BlameWords, author: tuple[Actor, int, int], trigger: tuple[int, int]
) -> list[Mention]:
    """Return the mentions that an author and a way of saying it make."""
    actor, first, last = author
    source = words.claim == "denied" and passage.word(last - 1) in closed("mere sources")
    if source or (words.own and is_a_paper(actor)):
        return []  # "a military source denied the allegations": against whom they are they say
    stance: Stance | None = words.stance or None  # type: ignore[assignment]
    holder = actor if words.own else None
    found = [mention(passage, "perpetrator", actor, (first, last), trigger, stance=stance, holder=holder)]
    if words.claim:
        value = ResponsibilityClaim(claimed=True if words.claim == "yes" else "denied")
        found.append(
            mention(passage, "responsibility_claim", value, (first, last), trigger, stance=stance, holder=holder)
        )
    return found


def _by_verbs(scan: Scan, passage: Passage, rows: list[Happening], *, near: bool) -> list[Mention]:
    """Return authors by verbs of blaming; ``near``: a happening was told in the sentences before."""
    found: list[Mention] = []
    for hit in scan.hits(_verbs(), passage.number):
        words, forms = hit.value
        if passage.phrase(hit.last, hit.last + 2) in EACH_OTHER and words.author == "object":
            found += mutual(scan, passage, hit.first, (hit.first, hit.last + 2))
            continue
        use = use_of(passage, hit.first, hit.last, forms)
        if use is None or use.modal or only_meant(passage, use.begin if use.voice == "gerund" else use.first):
            continue
        if lays_no_deed(passage, use, words.author) or accused.only_denied(use):
            continue
        if words.harmful and not (rows or follows_incident(passage) or (near and of_what_was_told(passage, use))):
            continue
        author = with_own_name(scan, passage, _author_of_verb(scan, passage, words, use, rows))
        if author is None and use.voice != "passive":
            author = _loosely_named(scan, passage, words, use)
        named = author is not None and author[0].words.lower() not in closed("nobody named")
        if author and named and not only_described(passage, use, author):
            said = accused.accused_by_none(passage, use, _said(passage, words, author, (use.first, use.last)))
            if words.author == "by" and of_nothing(passage, use):
                said = [replace(item, stance="denies") for item in said]
            found += [_by_subject(scan, passage, words, use, item) for item in said]
    return found


def _loosely_named(scan: Scan, passage: Passage, words: BlameWords, use: Use) -> tuple[Actor, int, int] | None:
    """Return whom a verb of blaming names by no name that is known: in quotation marks, by his arms, by a noun."""
    syntax = passage.syntax
    if words.follow and not set(words.follow) & set(passage.line.lower[use.last : use.last + 2 * NEAR]):
        return None  # "pirates hold 16 ships"
    if words.author == "object":
        found = quoted_author(scan, passage, use) or blamed_thing(scan, passage, use)
        head = syntax.object(use.first) if syntax else None
        return found or blamed_people(scan, passage, head, sure=passage.word(use.first).startswith("accus"))
    head = syntax.oblique(use.first, ("to",)) if syntax and words.author == "to" else None
    return blamed_people(scan, passage, head)


def _by_subject(scan: Scan, passage: Passage, words: BlameWords, use: Use, item: Mention) -> Mention:
    """Return a mention held by the subject of "the ministry holds the rebels responsible", "police traced it to X"."""
    if not words.follow and words.author != "to":
        return item
    subject = actor_before(scan, passage, use.begin, clause_start(passage, use.begin))
    if subject is None and passage.word(use.begin - 1) in ("he", "she", "it", "they"):
        subject = Actor(name=None, kind="unknown", words=passage.word(use.begin - 1)), 0, 0
    return replace(item, holder=subject[0]) if subject and use.voice == "active" else item


def _author_of_verb(
    scan: Scan, passage: Passage, words: BlameWords, use: Use, rows: list[Happening]
) -> tuple[Actor, int, int] | None:
    end = min(clause_end(passage, use.last), use.last + NEAR)
    if words.author == "by":
        return _agent(scan, passage, use, rows)
    if words.follow:
        stop = next((index for index in range(use.last, end) if passage.word(index) in words.follow), None)
        if stop is not None and passage.word(stop) == "account" and not to_account(passage, stop):
            return None
        return actor_behind(scan, passage, use.last, stop) if stop is not None and use.voice != "passive" else None
    if words.on and use.voice == "passive" and passage.word(use.last) == "on":
        return actor_behind(scan, passage, use.last + 1)
    if words.author == "to":
        to = next((index for index in range(use.last, end) if passage.word(index) == "to"), None)
        return actor_behind(scan, passage, to + 1) if to is not None else None
    if use.voice == "passive" and (words.name == "suspect" or accused.has_an_accuser(passage, use)):
        return None  # "four men suspected of helping": of what they are suspected is not said by this word
    if use.voice == "passive":
        found = actor_before(scan, passage, use.begin, clause_start(passage, use.begin))
        whose = found is not None and passage.word(found[1] - 1) == "whose"
        return actor_before(scan, passage, found[1] - 1, max(found[1] - NEAR, 0)) if found and whose else found
    if words.on:
        on = next((index for index in range(use.last, end) if passage.word(index) == "on"), None)
        behind = actor_behind(scan, passage, on + 1) if on is not None else None
        if behind:
            return behind
    return object_actor(scan, passage, use.first, use.last) or accused.blamed_in_relative(scan, passage, use)


def _agent(scan: Scan, passage: Passage, use: Use, rows: list[Happening]) -> tuple[Actor, int, int] | None:
    """Return the "by" of "carried out by", "fired by": only where a happening stands in the sentence."""
    by = agent_of(passage, use)
    if by is None or use.voice != "passive" or not (rows or follows_incident(passage) or of_a_weapon(passage, use)):
        return None
    return actor_behind(scan, passage, by)


def _doer(scan: Scan, passage: Passage, row: Happening) -> list[Mention]:
    """Return the author of a happening as a mention; who beats an attack back is none."""
    if is_interception(scan, passage, row.first) or any(
        hit.first == row.first for hit in scan.hits(_defence(), passage.number)
    ):
        return []
    found = happening_author(scan, passage, row)
    if not found or (found[0].kind == "unknown" and found[0].name is None and not stands_for_sayer(found[0])):
        return []
    actor, first, last = with_own_name(scan, passage, found) or found
    if actor.kind == "person" and passage.word(first - 1) in closed("prepositions") - {"by", "of"}:
        return []  # "barrel bombs dropped on a school in X killed": a place that nobody knows
    if nobody_in_particular(scan, passage, actor, first, last) or mere_aircraft(actor):
        return []
    forces = actor.kind in ("military", "police")
    if ends_a_danger(passage, row.first, row.last) or (forces and ends_an_attack(scan, passage, row)):
        return []
    item = mention(passage, "perpetrator", actor, (first, last), (row.first, row.last))
    return [replace(item, stance="suspects") if accused.is_charged_with(passage, row) else item]
