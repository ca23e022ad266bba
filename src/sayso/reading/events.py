"""PLOVER events: every mention of something done by somebody to somebody, with status, condition and statement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, get_args

from sayso.reading.actors import actor_behind, object_actor, subject_actor
from sayso.reading.happenings.taxonomy import kinds
from sayso.reading.parties.doers import happening_author
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.statuses import status_of
from sayso.reading.sentences.verbs import Form, Use, agent_of, clause_start, use_of, verb_table
from sayso.records import Event, EventType, Status, Target
from sayso.values import Actor, ActorKind
from sayso.vocab import Entry, PhraseMatcher, load_table

if TYPE_CHECKING:
    from sayso.reading.happenings.incidents import Happening
    from sayso.reading.mentions import Mention
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.statements.statements import Spoken, Statements
    from sayso.records import Span

THREAT_REACH = 6
"""How many words may stand inside a threat ("hold … responsible")."""
FIRST_PERSON = frozenset({"i", "we"})


class PloverWords(Entry):
    """Words of one PLOVER type and mode: an entry of ``vocab/plover.toml``."""

    name: str
    type: EventType
    mode: str
    cameo: tuple[str, ...]
    status: Status | None = None
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    future: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """What an event needs besides its place: type and mode, trigger tokens, doers and recipients, status."""

    type: EventType
    mode: str
    first: int
    last: int
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    status: Status


@cache
def _verbs() -> PhraseMatcher[tuple[PloverWords, frozenset[Form]]]:
    return PhraseMatcher(verb_table((entry, entry.verbs) for entry in load_table("plover", PloverWords)))


@cache
def _nouns() -> PhraseMatcher[PloverWords]:
    return PhraseMatcher({noun: entry for entry in load_table("plover", PloverWords) for noun in entry.nouns})


@cache
def _futures() -> dict[str, tuple[tuple[tuple[str, ...], PloverWords], ...]]:
    """First word of a threat → (all its words, entry)."""
    table: dict[str, list[tuple[tuple[str, ...], PloverWords]]] = {}
    for entry in load_table("plover", PloverWords):
        for phrase in entry.future:
            words = tuple(phrase.split())
            table.setdefault(words[0], []).append((words, entry))
    return {word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in table.items()}


def find_events(scan: Scan, statements: Statements, happenings: list[Happening], targets: list[Mention]) -> list[Event]:
    """Return the events of a report in text order; ``Event.incident`` is filled in by the assembly."""
    rows: dict[int, list[Happening]] = {}
    for row in happenings:
        rows.setdefault(row.passage, []).append(row)
    found: dict[str, Event] = {}
    for passage in scan.passages:
        acts = [*_threats(scan, passage, statements), *_by_verbs(scan, passage, statements), *_by_nouns(scan, passage)]
        acts += [act for row in rows.get(passage.number, []) if (act := _of_happening(scan, passage, row, targets))]
        for act in _without_overlaps(acts):
            event = _event(scan, passage, act, statements)
            found.setdefault(event.id, event)
    return sorted(found.values(), key=lambda event: event.trigger.start)


def _without_overlaps(acts: list[Act]) -> list[Act]:
    kept: list[Act] = []
    for act in acts:
        if not any(act.first < other.last and other.first < act.last for other in kept):
            kept.append(act)
    return kept


def _event(scan: Scan, passage: Passage, act: Act, statements: Statements) -> Event:
    trigger = scan.report.span(*passage.offsets(act.first, act.last))
    spoken = statements.at(trigger.start)
    condition = _condition(scan, passage) if act.status in ("threatened", "hypothetical", "planned") else None
    return Event(
        type=act.type,
        mode=act.mode or None,
        trigger=trigger,
        actors=act.actors,
        recipients=act.recipients,
        status=act.status,
        condition=condition,
        statement=spoken.statement.id if spoken else None,
    )


def _condition(scan: Scan, passage: Passage) -> Span | None:
    """Return the if-clause of a sentence, up to its comma."""
    for index, word in enumerate(passage.line.lower):
        if word in ("if", "unless"):
            end = next(
                (at for at in range(index, len(passage)) if passage.word(at) in (",", ".", ";", "”", '"')), len(passage)
            )
            return scan.report.span(*passage.offsets(index, end)) if end > index + 1 else None
    return None


def _threats(scan: Scan, passage: Passage, statements: Statements) -> list[Act]:
    """Return what somebody says that they will do to somebody: "we will hold X responsible"."""
    found = []
    for index, word in enumerate(passage.line.lower):
        if (
            word not in _futures()
            or passage.word(index - 1) not in ("will", "shall", "’ll", "'ll", "to")
            or (
                passage.word(index - 1) == "to"
                and passage.word(index - 2) not in ("vowed", "threatened", "going", "pledged")
            )
        ):
            continue
        for words, entry in _futures()[word]:
            last = _rest(passage, index, words)
            if last is None:
                continue
            spoken = statements.at(passage.line.start(index))
            subject = _subject(scan, passage, index - 1, spoken)
            inner = actor_behind(scan, passage, index + 1, last - (len(words) - 1) if len(words) > 1 else None)
            if subject and spoken:
                found.append(
                    Act(entry.type, entry.mode, index, last, (subject,), (inner[0],) if inner else (), "threatened")
                )
            break
    return found


def _rest(passage: Passage, index: int, words: tuple[str, ...]) -> int | None:
    """Return one past the last word of a phrase that begins at ``index``, its object allowed inside."""
    if len(words) == 1:
        return index + 1
    for at in range(index + 1, min(index + THREAT_REACH, len(passage))):
        if tuple(passage.line.lower[at : at + len(words) - 1]) == words[1:]:
            return at + len(words) - 1
        if passage.word(at) in closed("clause ends"):
            return None
    return None


def _subject(scan: Scan, passage: Passage, end: int, spoken: Spoken | None) -> Actor | None:
    word = passage.word(end - 1)
    if word in FIRST_PERSON:
        return spoken.statement.holder if spoken else None
    found = subject_actor(scan, passage, end, clause_start(passage, end))
    return found[0] if found else None


def _by_verbs(scan: Scan, passage: Passage, statements: Statements) -> list[Act]:
    found = []
    for hit in scan.hits(_verbs(), passage.number):
        entry, forms = hit.value
        use = use_of(passage, hit.first, hit.last, forms)
        if use is None:
            continue
        use = _as_told(passage, use, entry.type)
        actors, recipients = _sides(scan, passage, use, entry.type, statements)
        if actors or recipients:
            status = entry.status or status_of(scan, passage, hit.first, hit.last, use)
            found.append(Act(entry.type, entry.mode, hit.first, hit.last, actors, recipients, status))
    return found


def _as_told(passage: Passage, use: Use, kind: EventType) -> Use:
    """Return the use as active where the grammar gives a bare past a subject: "the union imposed sanctions".

    Violence and arrests stay as they are: headlines leave out the "were" of "five arrested".
    """
    syntax = passage.syntax
    verb = syntax.verb_in(use.first, use.last) if syntax else None
    if syntax is None or verb is None or use.voice != "passive" or use.helpers or kind in ("ASSAULT", "COERCE"):
        return use
    return replace(use, voice="active") if syntax.child(verb, "nsubj") is not None else use


def _sides(
    scan: Scan, passage: Passage, use: Use, kind: EventType, statements: Statements
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Return doers and recipients of a verb: subject and object, or "by" and subject; what is deployed is the doer."""
    subject = _doer(scan, passage, use, statements)
    if use.voice == "passive":
        by = agent_of(passage, use)
        agent = actor_behind(scan, passage, by) if by is not None else None
        if kind == "MOBILIZE" and agent is None:
            return ((subject,) if subject else ()), ()
        return ((agent[0],) if agent else ()), ((subject,) if subject else ())
    tied = passage.word(use.last) in ("on", "to", "against", "with", "from")  # "imposed sanctions on X"
    behind = object_actor(scan, passage, use.first, use.last + tied)
    return ((subject,) if subject else ()), ((behind[0],) if behind else ())


def _doer(scan: Scan, passage: Passage, use: Use, statements: Statements) -> Actor | None:
    """Return the subject; where the verb is the cue of a statement, that statement’s holder."""
    start, end = passage.offsets(use.first, use.last)
    for statement in statements.records:
        if statement.cue and statement.cue.start <= start and end <= statement.cue.end and use.voice != "passive":
            return statement.holder
    found = subject_actor(scan, passage, use.begin, clause_start(passage, use.begin))
    return found[0] if found else None


def _by_nouns(scan: Scan, passage: Passage) -> list[Act]:
    found = []
    for hit in scan.hits(_nouns(), passage.number):
        entry = hit.value
        behind = actor_behind(scan, passage, hit.last)
        if behind and passage.word(hit.last - 1) in closed("prepositions"):
            status = entry.status or status_of(scan, passage, hit.first, hit.last, None)
            found.append(Act(entry.type, entry.mode, hit.first, hit.last, (), (behind[0],), status))
    return found


def _of_happening(scan: Scan, passage: Passage, row: Happening, targets: list[Mention]) -> Act | None:
    """Return the event of a happening: its author and what it was aimed at."""
    kind = kinds()[row.kind]
    if not kind.plover_type or row.part == "anaphor":
        return None
    author = happening_author(scan, passage, row)
    start, end = passage.offsets(row.first, row.last)
    aimed = [item for item in targets if item.passage == row.passage and _near(item, start, end)]
    recipients = tuple(_as_actor(item.value) for item in aimed if isinstance(item.value, Target))
    status: Status = "historical" if row.background and row.status == "happened" else row.status
    return Act(
        kind.plover_type, kind.plover_mode, row.first, row.last, (author[0],) if author else (), recipients, status
    )


def _near(item: Mention, start: int, end: int) -> bool:
    return item.trigger[0] < end + 30 and start - 60 < item.trigger[1]


def _as_actor(target: Target) -> Actor:
    known: tuple[ActorKind, ...] = get_args(ActorKind)
    kind: ActorKind = next((name for name in known if name == target.kind), "unknown")
    return Actor(name=target.name, kind=kind, country=target.country, words=target.words)
