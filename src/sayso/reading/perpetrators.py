"""Who did it, who is said to have done it, and who says "we did" or "we did not" (READING: "Stance")."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from sayso.reading.actors import actor_at, actor_before, actor_behind
from sayso.reading.grammar import BREAKS, QUOTES
from sayso.reading.groups import find_groups
from sayso.reading.mentions import Mention, mention
from sayso.reading.noun_phrases import coordinated_after, subject_groups
from sayso.reading.passages import closed, closed_matcher
from sayso.reading.verbs import Form, Use, agent_of, clause_end, clause_start, use_of, verb_table
from sayso.records import ResponsibilityClaim
from sayso.values import Actor
from sayso.vocab import Entry, PhraseMatcher, load_table

if TYPE_CHECKING:
    from sayso.reading.incidents import Happening
    from sayso.reading.passages import Passage, Scan
    from sayso.records import Stance

Author = Literal["subject", "object", "by", "to", "on", "as", "possessor", "none"]
NEAR = 12
"""How many words may stand between a verb and the "to", "on" or "responsible" that belongs to it."""


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


@cache
def _verbs() -> PhraseMatcher[tuple[BlameWords, frozenset[Form]]]:
    return PhraseMatcher(verb_table((entry, entry.verbs) for entry in load_table("blame", BlameWords)))


@cache
def _phrases() -> PhraseMatcher[BlameWords]:
    return PhraseMatcher({phrase: entry for entry in load_table("blame", BlameWords) for phrase in entry.phrases})


def find_perpetrators(scan: Scan, happenings: list[Happening]) -> list[Mention]:
    """Return authors of incidents and claims of responsibility, as mentions."""
    by_passage: dict[int, list[Happening]] = {}
    for row in happenings:
        by_passage.setdefault(row.passage, []).append(row)
    found: list[Mention] = []
    for passage in scan.passages:
        rows = by_passage.get(passage.number, [])
        found += _by_phrases(scan, passage, rows)
        found += _by_verbs(scan, passage, rows)
        for row in rows:
            if row.status in ("happened", "ongoing", "attempted"):
                found += _doer(scan, passage, row)
    return _once(found)


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
    found: list[Mention] = []
    for hit in scan.hits(_phrases(), passage.number):
        words = hit.value
        if words.harmful and not rows and not _follows_incident(passage):
            continue
        if words.claim == "no":
            value = ResponsibilityClaim(claimed=False)
            found.append(mention(passage, "responsibility_claim", value, (hit.first, hit.last)))
            continue
        if words.name == "claim" and passage.word(hit.first - 1) in ("not", "never", "n't"):
            continue
        author = _author(scan, passage, words, hit.first, hit.last)
        if author:
            found += _said(passage, words, author, (hit.first, hit.last))
    return found


def _follows_incident(passage: Passage) -> bool:
    return any(word in closed("attack nouns") for word in passage.line.lower)


def _author(scan: Scan, passage: Passage, words: BlameWords, first: int, last: int) -> tuple[Actor, int, int] | None:
    """Return the author where the entry says it stands."""
    if words.author == "object":
        found = actor_behind(scan, passage, last)
        return (
            found
            if found
            and (
                words.name != "point at"
                or passage.word(first) != "came"
                or found[0].kind in ("state", "armed_group", "government")
            )
            else None
        )
    if words.author == "possessor":
        return actor_before(scan, passage, first, max(first - 4, 0))
    begin = first
    while passage.word(begin - 1) in (
        "has",
        "have",
        "had",
        "also",
        "later",
        "immediately",
        "not",
        "was",
        "were",
    ) or passage.word(begin - 1).endswith("ly"):
        begin -= 1
    return actor_before(scan, passage, begin, _subject_floor(passage, begin))


def _subject_floor(passage: Passage, begin: int) -> int:
    """Return where to stop looking for a subject: after the last stop, quote mark or "that" before it."""
    for index in range(begin - 2, -1, -1):
        if (
            passage.word(index) in closed("clause ends")
            or passage.word(index) in QUOTES
            or passage.word(index) in ("that", "but", "because")
        ):
            return index + 1
    return 0


def _said(
    passage: Passage, words: BlameWords, author: tuple[Actor, int, int], trigger: tuple[int, int]
) -> list[Mention]:
    """Return the mentions that an author and a way of saying it make."""
    actor, first, last = author
    stance: Stance | None = words.stance or None  # type: ignore[assignment]
    holder = actor if words.own else None
    found = [mention(passage, "perpetrator", actor, (first, last), trigger, stance=stance, holder=holder)]
    if words.claim:
        value = ResponsibilityClaim(claimed=True if words.claim == "yes" else "denied")
        found.append(
            mention(passage, "responsibility_claim", value, (first, last), trigger, stance=stance, holder=holder)
        )
    return found


def _by_verbs(scan: Scan, passage: Passage, rows: list[Happening]) -> list[Mention]:
    found: list[Mention] = []
    for hit in scan.hits(_verbs(), passage.number):
        words, forms = hit.value
        use = use_of(passage, hit.first, hit.last, forms)
        if use is None or use.modal or (words.harmful and not rows and not _follows_incident(passage)):
            continue
        author = _author_of_verb(scan, passage, words, use, rows)
        if author:
            found += _said(passage, words, author, (use.first, use.last))
    return found


def _author_of_verb(
    scan: Scan, passage: Passage, words: BlameWords, use: Use, rows: list[Happening]
) -> tuple[Actor, int, int] | None:
    end = min(clause_end(passage, use.last), use.last + NEAR)
    if words.author == "by":
        return _agent(scan, passage, use, rows)
    if words.follow:
        stop = next((index for index in range(use.last, end) if passage.word(index) in words.follow), None)
        return actor_behind(scan, passage, use.last, stop) if stop is not None and use.voice != "passive" else None
    if words.on and use.voice == "passive" and passage.word(use.last) == "on":
        return actor_behind(scan, passage, use.last + 1)
    if words.author == "to":
        to = next((index for index in range(use.last, end) if passage.word(index) == "to"), None)
        return actor_behind(scan, passage, to + 1) if to is not None else None
    if use.voice == "passive" and words.name == "suspect":
        return None  # "four men suspected of helping": of what they are suspected is not said by this word
    if use.voice == "passive":
        return actor_before(scan, passage, use.begin, clause_start(passage, use.begin))
    if words.on:
        on = next((index for index in range(use.last, end) if passage.word(index) == "on"), None)
        behind = actor_behind(scan, passage, on + 1) if on is not None else None
        if behind:
            return behind
    return actor_behind(scan, passage, use.last)


def _agent(scan: Scan, passage: Passage, use: Use, rows: list[Happening]) -> tuple[Actor, int, int] | None:
    """Return the "by" of "carried out by", "fired by": only where a happening stands in the sentence."""
    by = agent_of(passage, use)
    if by is None or use.voice != "passive" or not (rows or _follows_incident(passage)):
        return None
    return actor_behind(scan, passage, by)


def _doer(scan: Scan, passage: Passage, row: Happening) -> list[Mention]:
    """Return the author of a happening as a mention."""
    found = happening_author(scan, passage, row)
    if not found or (found[0].kind == "unknown" and found[0].name is None and found[0].words.lower() != "we"):
        return []
    actor, first, last = found
    return [mention(passage, "perpetrator", actor, (first, last), (row.first, row.last))]


def happening_author(scan: Scan, passage: Passage, row: Happening) -> tuple[Actor, int, int] | None:
    """Return the subject of an attacking verb, the agent of a passive, "by X" or "X’s" beside an attack noun."""
    return _noun_author(scan, passage, row) if row.part in ("noun", "anaphor") else _verb_author(scan, passage, row)


def _noun_author(scan: Scan, passage: Passage, row: Happening) -> tuple[Actor, int, int] | None:
    for index in range(row.last, min(row.last + 8, clause_end(passage, row.last))):
        if passage.word(index) == "by" and passage.word(index - 1) not in ("followed", "caused"):
            return actor_behind(scan, passage, index + 1)
        if passage.word(index) in BREAKS - {"-"} or passage.word(index) in closed("be"):
            break
    if any(
        hit.first <= row.last - 1 < hit.last and hit.last == row.last
        for hit in scan.hits(closed_matcher("state strike nouns"), passage.number)
    ):
        return _modifier(scan, passage, row.first)
    return None


def _modifier(scan: Scan, passage: Passage, first: int) -> tuple[Actor, int, int] | None:
    """Return the state or group in "a US airstrike", "Taliban attacks": never plain place names."""
    for begin in (first - 2, first - 1):
        if begin < 0 or not passage.line.capital(begin) or passage.word(begin) in closed("determiners"):
            continue
        words = scan.report.text[slice(*passage.offsets(begin, first))]
        body = scan.world.actor(words)
        if body and body.kind in ("armed_group", "military"):
            actor = actor_at(scan, passage, begin, first)
            return (actor, begin, first) if actor else None
        state = scan.world.demonym(words) or (
            scan.world.country(words) if words.replace(".", "") in ("US", "UK", "U.S", "USA") else None
        )
        if state and begin == first - 1:
            return Actor(name=state.name, kind="state", country=state.code, words=words), begin, first
    return None


def _verb_author(scan: Scan, passage: Passage, row: Happening) -> tuple[Actor, int, int] | None:
    use = _use(passage, row)
    if use is None:
        return None
    if use.voice == "passive":
        by = agent_of(passage, use)
        return actor_behind(scan, passage, by) if by is not None else None
    if _hurts_attackers(passage, scan, use):
        return None
    if use.voice == "active":
        groups = find_groups(scan, passage)
        subject = subject_groups(passage, groups, use.begin)
        if (
            subject
            and not subject[0][0].pronoun
            and (
                subject[0][0].attackers
                or subject[0][0].named
                or (subject[0][0].word and subject[0][0].word.kind in ("military", "police", "armed_group"))
            )
        ):
            group = subject[0][0]
            actor = actor_at(scan, passage, group.first if group.named else _article(passage, group.first), group.last)
            return (actor, group.first, group.last) if actor else None
        if passage.word(use.begin - 1) == "we":
            return (
                Actor(name=None, kind="unknown", words=passage.line.tokens[use.begin - 1].text),
                use.begin - 1,
                use.begin,
            )
        return actor_before(scan, passage, use.begin, clause_start(passage, use.begin))
    return None


def _article(passage: Passage, first: int) -> int:
    return first + 1 if passage.word(first) in closed("determiners") else first


def _use(passage: Passage, row: Happening) -> Use | None:
    word = passage.word(row.first)
    kinds: frozenset[Form] = frozenset({"ing"}) if word.endswith("ing") else frozenset({"past", "participle"})
    return use_of(passage, row.first, row.last, kinds)


def _hurts_attackers(passage: Passage, scan: Scan, use: Use) -> bool:
    """Tell whether the ones hurt are attackers ("police shot the gunman"): who hurts them is no perpetrator."""
    after = coordinated_after(passage, find_groups(scan, passage), use.last)
    return any(group.attackers for group, _ in after)
