"""Deeds that somebody owns up to in a statement of his: "said its knights had carried out the raid"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sayso.reading.actors import actor_at
from sayso.reading.means.interceptions import find_interceptions
from sayso.reading.mentions import Mention, mention
from sayso.reading.parties.messengers import spoken_for
from sayso.reading.parties.named_groups import is_named_by
from sayso.reading.parties.owning_up import OTHER_DEEDS
from sayso.reading.sentences.passages import closed
from sayso.reading.statements.selves import MEN, one_of_its_fighters, own_deed, strikes_or_fires
from sayso.values import Actor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.statements.statements import Statements
    from sayso.records import Statement

LONGEST: Final = 5
"""So many words may a name at the head of what somebody says take."""
IDLE: Final = frozenset({"the", "of", "for", "a", "an", "spokesman", "spokeswoman", "said"})
_CALLED: Final = re.compile(r"\bcalling (?:itself|themselves) (?:the )?[“\"‘']?([A-Z][\w’' -]*\w)")
_OWNED_MEDIUM: Final = re.compile(
    r"(?:[Tt]he )?([A-Z][\w -]*?)(?: movement| group| militia)?(?:['’]s|[- ](?:run|linked|affiliated|controlled|owned))"
    r" (?:[\w-]+ ){0,2}?(?:arm|agency|channel|television|TV|outlet|mouthpiece|radio|station|site|website|account)\b"
)
ARMED: Final = ("military", "armed_group", "state", "government", "party")
"""Kinds of holders whose own deed violence can be."""
BODIES: Final = frozenset(
    {"court", "tribunal", "jury", "ministry", "department", "agency", "prosecution", "commission"}
)
"""Nouns for bodies that "he" and "she" never take up."""
TURNED: Final = ("denies", "doubts", "exonerates", "questions")
"""Stances that turn what is said round: "denied that it had bombed the mill"."""


def find_own_deeds(scan: Scan, statements: Statements, known: Sequence[Mention]) -> list[Mention]:
    """Return the holders of statements that claim a deed, where no other rule has found them as its authors.

    Args:
        scan: the report.
        statements: of the report.
        known: the authors already found.

    """
    found: list[Mention] = []
    for statement in statements.records:
        passage = passage_of(scan, statement)
        if passage is None or statement.holder.name is None or is_nobody(statement.holder):
            continue
        statement = _through_its_mouth(scan, passage, as_a_group(scan, passage, statement))
        first, last = passage.tokens_of(statement.content[0].start, min(statement.content[0].end, passage.end))
        owned = statement.stance not in TURNED and own_deed(content_of(statement)) == "claims_own"
        sender = spoken_for(scan, passage) if owned else None
        if sender is not None:
            found += [mention(passage, "perpetrator", sender[0], sender[1:], stance="claims_own", holder=sender[0])]
        elif claims_it(scan, passage, statement):
            found += _claimed(passage, statement, (first, last), known)
        elif owned and (group := _whose_man(scan, passage, statement)) is not None:
            found += [mention(passage, "perpetrator", group, (first, last), stance="claims_own", holder=group)]
    return found


def _through_its_mouth(scan: Scan, passage: Passage, statement: Statement) -> Statement:
    """Return a statement as that of the group whose mouth the medium is: "X, the mouthpiece of · the Front, said"."""
    if statement.holder.kind != "media":
        return statement
    group = _group_behind(scan, passage, statement, closed("media of groups")) or _group_before(scan, statement)
    return statement.model_copy(update={"holder": group}) if group is not None else statement


def _group_before(scan: Scan, statement: Statement) -> Actor | None:
    """Return the armed group whose medium speaks: "· the Front's news arm", "the · Front-run channel"."""
    owner = _OWNED_MEDIUM.match(statement.holder.words)
    group = scan.world.actor(owner.group(1)) if owner is not None else None
    if group is None or group.kind != "armed_group":
        return None
    return Actor(name=group.name, kind=group.kind, country=group.country, sector=group.sector, words=owner.group(1))  # type: ignore[union-attr]


def _whose_man(scan: Scan, passage: Passage, statement: Statement) -> Actor | None:
    """Return the group whose commander or member says so: "Omar Dib, a commander of · the Front"."""
    men = closed("men of a body", "heads of groups")
    return _group_behind(scan, passage, statement, men) if statement.holder.kind in ("person", "unknown") else None


def _group_behind(scan: Scan, passage: Passage, statement: Statement, nouns: frozenset[str]) -> Actor | None:
    """Return the armed group behind one of some nouns in the words for a sayer."""
    span = statement.holder_span
    if span is None or not passage.start <= span.start < span.end <= passage.end:
        return None
    first, last = passage.tokens_of(span.start, span.end)
    noun = next((at for at in range(first, last) if passage.word(at) in nouns), None)
    if noun is None or passage.word(noun + 1) not in (
        "of",
        "used",
        "run",
        "linked",
        "close",
        "affiliated",
        "from",
        "in",
    ):
        return None
    begin = noun + 2 + (passage.word(noun + 2) in ("by", "to", "with"))
    begin += passage.word(begin) in closed("determiners")
    end = next((at for at in range(begin, last) if passage.word(at) == ","), last)
    found = actor_at(scan, passage, begin, end) if begin < end else None
    return found if found is not None and found.kind in ("armed_group", "military") else None


def as_a_group(scan: Scan, passage: Passage, statement: Statement) -> Statement:
    """Return a statement with the group that its words name where its holder was taken for a person.

    "The Panthers of the Homeland said …": by the grammar the name goes on behind "Panthers". "Men calling themselves
    the Panthers" are the Panthers.
    """
    called = _CALLED.search(statement.holder.words)
    if called is not None:
        name = called.group(1)
        return statement.model_copy(update={"holder": Actor(name=name, kind="armed_group", words=name)})
    syntax, span = passage.syntax, statement.holder_span
    if syntax is None or span is None or statement.holder.kind not in ("person", "unknown") or span.end > passage.end:
        return statement
    if span.start < passage.start:
        return statement
    first, last = syntax.phrase(syntax.head_of(*passage.tokens_of(span.start, span.end)))
    group = actor_at(scan, passage, first + (passage.word(first) in closed("determiners")), last)
    named = group is not None and group.kind == "armed_group" and group.words[:1].isupper()
    return statement.model_copy(update={"holder": group}) if named else statement


def is_nobody(holder: Actor) -> bool:
    """Tell whether a sayer is nobody: "nor has any group said it did it"."""
    return holder.words.lower().split()[:1] in (["any"], ["no"], ["neither"], ["none"], ["nobody"])


def _claimed(passage: Passage, statement: Statement, span: tuple[int, int], known: Sequence[Mention]) -> list[Mention]:
    holder = statement.holder
    here = [item for item in known if item.passage == passage.number]
    named = any(isinstance(item.value, Actor) and is_named_by(item.value, holder) for item in here)
    if named or any(item.stance == "claims_own" and _within(item, holder) for item in here):
        return []
    return [mention(passage, "perpetrator", holder, span, stance="claims_own", holder=holder)]


def content_of(statement: Statement) -> str:
    """Return the pieces of what a statement says, as one text; its holder's own name at their head is "it"."""
    text = " ".join(one.text for one in statement.content)
    holder = statement.holder
    if holder.name is None or holder.kind == "person":
        return text
    said = text.removeprefix("that ").lstrip("“\"‘'").split()[:LONGEST]
    own = {word.lower() for word in f"{holder.name} {holder.words}".replace("-", " ").split()} - IDLE
    begin = int(said[:1] in (["The"], ["the"]))
    end = begin
    while end < len(said) and said[end].lower() in own:
        end += 1
    if end == begin:
        return text
    rest = " ".join(text.removeprefix("that ").lstrip("“\"‘'").split()[end:])
    return f"{'its' if MEN.match(rest) else 'it'} {rest}"


def _within(item: Mention, holder: Actor) -> bool:
    """Tell whether an author's name is a part of the sayer's words: "the Front" of "a rebel group, the Front"."""
    words = item.value.words.lower() if isinstance(item.value, Actor) else ""
    return words in holder.words.lower() and not set(words.split()) <= closed("kinds of groups") | closed("determiners")


def names(item: Mention, holder: Actor) -> bool:
    """Tell whether a mention is of an actor with the name of a holder."""
    return isinstance(item.value, Actor) and item.value.name == holder.name


def claims_it(scan: Scan, passage: Passage, statement: Statement) -> bool:
    """Tell whether a statement owns up to a deed; that of a state's forces must be of a strike or called their own."""
    holder = statement.holder
    cue = statement.cue.text.lower().split() if statement.cue else []
    if (
        statement.stance in TURNED
        or holder.kind not in ARMED
        or any(word in closed("habits") or word == "previously" for word in cue)
    ):
        return False  # "has previously claimed attacks in the area"
    words = {word.strip("“”\"',.") for span in statement.content for word in span.text.lower().split()}
    stopped = {passage.word(at) for row in find_interceptions(scan, passage) for at in range(row.first, row.last)}
    if stopped:
        return statement.stance == "claims_own" and bool((words - stopped) & closed("denied deeds"))
    content = content_of(statement)
    if _of_somebody_else(content, holder):
        return False
    if holder.kind == "armed_group" and one_of_its_fighters(content):
        return True
    if own_deed(content) == "claims_own" and (holder.kind == "armed_group" or strikes_or_fires(content)):
        return True
    if content.lower().split()[:1] and content.lower().split()[0] in OTHER_DEEDS:
        return False  # "has claimed some attacks here"
    deeds = closed("attack nouns", "denied deeds") | {"operation", "operations"}
    return statement.stance == "claims_own" and bool(words & deeds)


def _of_somebody_else(content: str, holder: Actor) -> bool:
    """Tell whether a body speaks of a man or woman: "the court found · he had killed both"."""
    first = content.lower().removeprefix("that ").lstrip("“\"‘'").split()[:1]
    return first in (["he"], ["she"], ["his"], ["her"]) and bool(BODIES & set(holder.words.lower().split()))


def passage_of(scan: Scan, statement: Statement) -> Passage | None:
    """Return the passage in which cue and content begin; None where they are of two sentences."""
    at = statement.content[0].start if statement.content else -1
    cue = statement.cue.start if statement.cue else -1
    return next((p for p in scan.passages if p.start <= at < p.end and p.start <= cue < p.end), None)
