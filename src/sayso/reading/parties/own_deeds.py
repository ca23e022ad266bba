"""Deeds that somebody owns up to or denies in a statement of his: "said its knights had carried out the raid"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.actors import actor_at
from sayso.reading.means.interceptions import find_interceptions
from sayso.reading.mentions import Mention, mention
from sayso.reading.parties.messengers import spoken_for
from sayso.reading.sentences.passages import closed
from sayso.reading.statements.selves import one_of_its_fighters, own_deed, strikes_or_fires, waves_aside
from sayso.records import ResponsibilityClaim
from sayso.values import Actor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.statements.statements import Statements
    from sayso.records import Statement

ARMED: Final = ("military", "armed_group", "state", "government", "party")
"""Kinds of holders whose own deed violence can be."""
SPEAKERS: Final = ("person", "unknown", "government", "organisation")
"""Kinds of holders who may speak for whoever was accused."""
TURNED: Final = ("denies", "doubts", "exonerates", "questions")
"""Stances that turn what is said round: "denied that it had bombed the mill"."""
HEAD: Final = 5
"""So many words of what is denied tell whether it is an accusation: "any link with the bombing"."""
BACK: Final = 4
"""So many sentences back may stand the accusation that somebody answers."""


def find_own_deeds(scan: Scan, statements: Statements, known: Sequence[Mention]) -> list[Mention]:
    """Return the holders of statements that claim or deny a deed, where no other rule has found them as its authors.

    Args:
        scan: the report.
        statements: of the report.
        known: the authors already found.

    """
    found: list[Mention] = []
    for statement in statements.records:
        passage = _passage_of(scan, statement)
        if passage is None or statement.holder.name is None or _is_nobody(statement.holder):
            continue
        statement = _as_a_group(scan, passage, statement)
        first, last = passage.tokens_of(statement.content[0].start, min(statement.content[0].end, passage.end))
        owned = statement.stance not in TURNED and own_deed(_content(statement)) == "claims_own"
        sender = spoken_for(scan, passage) if owned else None
        if sender is not None:
            found += [mention(passage, "perpetrator", sender[0], sender[1:], stance="claims_own", holder=sender[0])]
        elif _claims_it(scan, passage, statement):
            found += _claimed(passage, statement, (first, last), known)
        else:
            found += _denied(passage, statement, (first, last), known)
    return found


def _as_a_group(scan: Scan, passage: Passage, statement: Statement) -> Statement:
    """Return a statement with the group that its words name where its holder was taken for a person.

    "The Panthers of the Homeland said …": by the grammar the name goes on behind "Panthers".
    """
    syntax, span = passage.syntax, statement.holder_span
    if syntax is None or span is None or statement.holder.kind not in ("person", "unknown") or span.end > passage.end:
        return statement
    if span.start < passage.start:
        return statement
    first, last = syntax.phrase(syntax.head_of(*passage.tokens_of(span.start, span.end)))
    group = actor_at(scan, passage, first + (passage.word(first) in closed("determiners")), last)
    named = group is not None and group.kind == "armed_group" and group.words[:1].isupper()
    return statement.model_copy(update={"holder": group}) if named else statement


def _is_nobody(holder: Actor) -> bool:
    """Tell whether a sayer is nobody: "nor has any group said it did it"."""
    return holder.words.lower().split()[:1] in (["any"], ["no"], ["neither"], ["none"], ["nobody"])


def _claimed(passage: Passage, statement: Statement, span: tuple[int, int], known: Sequence[Mention]) -> list[Mention]:
    holder = statement.holder
    here = [item for item in known if item.passage == passage.number]
    if any(_names(item, holder) or (item.stance == "claims_own" and _within(item, holder)) for item in here):
        return []
    return [mention(passage, "perpetrator", holder, span, stance="claims_own", holder=holder)]


def _denied(passage: Passage, statement: Statement, span: tuple[int, int], known: Sequence[Mention]) -> list[Mention]:
    """Return who denies a deed: he who speaks, or whom he speaks for who was accused just before."""
    holder, content = statement.holder, _content(statement)
    own = own_deed(content)
    plain = own in ("denies", "protests") or waves_aside(content)
    if not plain and not _rejects(statement, content):
        return []
    if any(item.stance == "denies" and item.passage == passage.number for item in known):
        return []
    before = [item for item in known if item.stance in ("accuses", "suspects", None) and item.field == "perpetrator"]
    near = [item for item in before if 0 <= passage.number - item.passage <= BACK and item.anchor[1] < _cue(statement)]
    near = near if plain else [item for item in near if item.stance is not None or _is_his(item, holder)]
    accused = next((item.value for item in reversed(near) if _may_be_him(item, statement)), None)
    if holder.kind in ("media", "report") or (own != "denies" and accused is None):
        return []
    nameless = holder.name is not None and holder.name.lower() in closed("kinds of groups")
    sent = bool(closed("messengers") & set(holder.words.lower().split()[:2]))  # "a note from the Front"
    author = accused if isinstance(accused, Actor) and (nameless or sent or holder.kind in SPEAKERS) else holder
    holder = author if nameless or sent else holder
    value = ResponsibilityClaim(claimed="denied")
    return [
        mention(passage, "perpetrator", author, span, stance="denies", holder=holder),
        mention(passage, "responsibility_claim", value, span, stance="denies", holder=holder),
    ]


def _rejects(statement: Statement, content: str) -> bool:
    """Tell whether what is denied, rejected or called false is an accusation, or a part in a deed."""
    cue = statement.cue.text.lower().split() if statement.cue else []
    words = [word.strip("“”\"'‘’,.") for word in content.lower().split()]
    if any(word in closed("calling things") for word in cue):
        return bool(closed("accusations") & set(words) and closed("false things") & set(words))
    if statement.stance != "denies":
        return False
    head = words[:HEAD]
    said = next((at for at, word in enumerate(head) if word in closed("accusations")), None)
    if said is not None and words[said + 1 : said + 2] in (["that"], ["of"], ["about"]):
        meant = {"its", "they", "their", "he", "his"} | closed("of authorship") - {"that"} | closed("attack nouns")
        return bool(meant & set(words[said + 2 :]))
    if said is not None or closed("part in a deed", "what is rejected") & set(head):
        return True
    return bool(closed("attack nouns") & set(head) and len(words) < HEAD)


def _content(statement: Statement) -> str:
    return " ".join(one.text for one in statement.content)


def _may_be_him(item: Mention, statement: Statement) -> bool:
    """Tell whether a sayer can be the one accused, or somebody who speaks for him."""
    if not isinstance(item.value, Actor) or item.value.kind == "person":
        return False
    holder = statement.holder
    nameless = holder.name is not None and holder.name.lower() in closed("kinds of groups")
    return nameless or holder.kind in SPEAKERS or _is_his(item, holder)


def _is_his(item: Mention, holder: Actor) -> bool:
    """Tell whether a sayer has the name of the author or is of his state: "a note from · the Front"."""
    if not isinstance(item.value, Actor):
        return False
    told = (item.value.name or item.value.words).lower() in holder.words.lower()
    return told or _names(item, holder) or _kin(item.value, holder)


def _kin(accused: Actor, holder: Actor) -> bool:
    """Tell whether two actors are of one country, one of them its state or a body of it."""
    return accused.country is not None and accused.country == holder.country


def _within(item: Mention, holder: Actor) -> bool:
    """Tell whether an author's name is a part of the sayer's words: "the Front" of "a rebel group, the Front"."""
    words = item.value.words.lower() if isinstance(item.value, Actor) else ""
    return words in holder.words.lower() and not set(words.split()) <= closed("kinds of groups") | closed("determiners")


def _names(item: Mention, holder: Actor) -> bool:
    return isinstance(item.value, Actor) and item.value.name == holder.name


def _cue(statement: Statement) -> int:
    return statement.cue.end if statement.cue else statement.content[0].start


def _claims_it(scan: Scan, passage: Passage, statement: Statement) -> bool:
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
    content = _content(statement)
    if holder.kind == "armed_group" and one_of_its_fighters(content):
        return True
    if own_deed(content) == "claims_own" and (holder.kind == "armed_group" or strikes_or_fires(content)):
        return True
    deeds = closed("attack nouns", "denied deeds") | {"operation", "operations"}
    return statement.stance == "claims_own" and bool(words & deeds)


def _passage_of(scan: Scan, statement: Statement) -> Passage | None:
    """Return the passage in which cue and content begin; None where they are of two sentences."""
    at = statement.content[0].start if statement.content else -1
    cue = statement.cue.start if statement.cue else -1
    return next((p for p in scan.passages if p.start <= at < p.end and p.start <= cue < p.end), None)
