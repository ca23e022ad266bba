"""Denials of whoever was accused just before: "the ministry denied this", "no policeman took part", "Nonsense".

They are looked for last: whom they answer, the accusations that rules and marks have read tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.mentions import Mention, mention
from sayso.reading.parties.blamed import is_unnamed_group
from sayso.reading.parties.messengers import spoken_for
from sayso.reading.parties.own_deeds import (
    ARMED,
    TURNED,
    as_a_group,
    claims_it,
    content_of,
    is_nobody,
    names,
    passage_of,
)
from sayso.reading.parties.spoken_up_for import clears_another, spoken_up_for
from sayso.reading.sentences.passages import closed
from sayso.reading.statements.harm_denied import denies_harm
from sayso.reading.statements.selves import denied_part, own_deed, waves_aside
from sayso.records import ResponsibilityClaim
from sayso.values import Actor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.statements.selves import Own
    from sayso.reading.statements.statements import Statements
    from sayso.records import Statement

SPEAKERS: Final = ("person", "unknown", "government", "organisation")
"""Kinds of holders who may speak for whoever was accused."""
HEAD: Final = 5
"""So many words of what is denied tell whether it is an accusation: "any link with the bombing"."""
BACK: Final = 4
"""So many sentences back may stand the accusation that somebody answers."""
FAR: Final = 20
"""So many, where the one accused denies it under his own name, or a part of his own men."""
BARE: Final = frozenset({"this", "that", "it", "them", "these", "the remark", "the remarks", "the statement"})
"""What is denied or called false with nothing but a word for what was just said."""
GOING_ON: Final = frozenset({"outright", "as", "in", "on", "at", "too", "categorically", "flatly", "strongly", "via"})
"""What behind "denied this" only says how or where it is denied."""
SHORT: Final = 3
"""Fewer initials are no name."""
FORCES: Final = ("military", "police")
MANY: Final = frozenset({"it", "they"})
_TAKEN_UP: Final = frozenset({"its", "their", "his", "our", "it", "they", "them", "us", "he", "him"})
"""Words by which a story is of whoever was accused."""


def find_denied(scan: Scan, statements: Statements, known: Sequence[Mention]) -> list[Mention]:
    """Return who denies in a statement what he, or whom he speaks for, was accused of.

    Args:
        scan: the report.
        statements: of the report.
        known: the authors already found.

    """
    authors = sorted((item for item in known if item.field == "perpetrator"), key=lambda item: item.anchor)
    found: list[Mention] = []
    for statement in statements.records:
        passage = passage_of(scan, statement)
        if passage is None or statement.holder.name is None or is_nobody(statement.holder):
            continue
        statement = as_a_group(scan, passage, statement)
        if clears_another(statement):
            known_so = any(item.stance == "exonerates" and item.passage == passage.number for item in authors)
            found += [] if known_so else spoken_up_for(scan, passage, statement, authors)
            continue
        if _owns_up(scan, passage, statement):
            continue
        answer = _Answer(passage, statement, statements)
        found += answer.read([*authors, *found])
    return found


def _owns_up(scan: Scan, passage: Passage, statement: Statement) -> bool:
    owned = statement.stance not in TURNED and own_deed(content_of(statement)) == "claims_own"
    return (owned and spoken_for(scan, passage) is not None) or claims_it(scan, passage, statement)


class _Answer:
    """One statement as the answer to an accusation."""

    def __init__(self, passage: Passage, statement: Statement, statements: Statements) -> None:
        self.passage = passage
        self.statement = statement
        self.statements = statements
        self.content = content_of(statement)
        self.words = [word.strip("“”\"'‘’,.:;") for word in self.content.lower().split()]

    def read(self, authors: Sequence[Mention]) -> list[Mention]:
        """Return who denies a deed: he who speaks, or whom he speaks for who was accused just before."""
        own = self._own()
        plain = own in ("denies", "protests") or waves_aside(self.content)
        if not plain and not self._rejects():
            return []
        if self.statement.cue and closed("habits") & set(self.statement.cue.text.lower().split()):
            return []  # "they routinely deny involvement in attacks"
        if any(item.stance == "denies" and item.passage == self.passage.number for item in authors):
            return []
        accused = self._accused(authors, plain=plain)
        holder = self.statement.holder
        if holder.kind in ("media", "report") or (own != "denies" and accused is None):
            return []
        return self._denial(accused)

    def _own(self) -> Own | None:
        """Return what the sayer does with a deed of his own; "denied having laid it" is of nobody else's."""
        denies = self.statement.stance == "denies" and (self.statement.holder.kind in ARMED or self._is_its_own())
        done = denied_part(self.content)
        known = self.words[:1] == ["knowing"] or self.words[:2] == ["any", "knowledge"]
        return "denies" if denies and (done or known) else own_deed(self.content)

    def _is_its_own(self) -> bool:
        """Tell whether a body of which no list knows what it is denies a part of its own: "that it was involved"."""
        holder, words = self.statement.holder, self.words[1:] if self.words[:1] == ["that"] else self.words
        named = holder.kind == "unknown" and any(word[:1].isupper() for word in (holder.name or "").split())
        return named and words[:1] in (["it"], ["its"])

    def _denial(self, accused: Actor | None) -> list[Mention]:
        holder, passage = self.statement.holder, self.passage
        words = holder.words.lower()
        nameless = _is_nameless(holder) or words in MANY
        sent = _is_a_message(words) and _is_a_message((holder.name or "").lower())  # "a note from the Front"
        spoken = nameless or sent or (accused is not None and _speaks_for(holder, accused, self.words))
        author = accused if accused is not None and spoken else holder
        holder = author if nameless or sent else holder
        at = self.statement.content[0]
        span = passage.tokens_of(at.start, min(at.end, passage.end))
        value = ResponsibilityClaim(claimed="denied")
        return [
            mention(passage, "perpetrator", author, span, stance="denies", holder=holder),
            mention(passage, "responsibility_claim", value, span, stance="denies", holder=holder),
        ]

    def _accused(self, authors: Sequence[Mention], *, plain: bool) -> Actor | None:
        """Return the one accused last of those whom the sayer can be or speak for; whose name he bears goes first."""
        cue = self.statement.cue.end if self.statement.cue else self.statement.content[0].start
        back = 2 if self._is_bare() or self.words[:1] in (["this"], ["that"]) else BACK
        near = [one for one in authors if one.passage <= self.passage.number and one.anchor[1] < cue]
        near = [one for one in near if self.passage.number - one.passage <= (FAR if self._names(one) else back)]
        near = [one for one in near if one.stance in ("accuses", "suspects", None) and self._may_be_him(one)]
        holder = self.statement.holder
        his = [one for one in near if _is_his(one, holder)]
        told = [one for one in near if plain or one.stance is not None or self._by_another(one)]
        first = (his or told)[-1:]
        return first[0].value if first and isinstance(first[0].value, Actor) else None

    def _names(self, item: Mention) -> bool:
        """Tell whether an accusation may stand far back: a denial names him who was accused, or his own part."""
        own_part = self.statement.stance == "denies" and denied_part(self.content)
        return own_part or (not self._is_bare() and names(item, self.statement.holder))

    def _by_another(self, item: Mention) -> bool:
        """Tell whether the words of somebody else made an author of him whom none accuses outright."""
        spoken = self.statements.at(item.anchor[0])
        return spoken is not None and spoken.statement.holder != self.statement.holder

    def _may_be_him(self, item: Mention) -> bool:
        """Tell whether a sayer can be the one accused, or somebody who speaks for him."""
        accused, holder = item.value, self.statement.holder
        if not isinstance(accused, Actor) or accused.name is None:
            return False
        if accused.kind == "person" and not accused.words.endswith(("s", "men")):
            return False
        low = accused.words.islower() or accused.words.lower() in closed(
            "men of a body"
        )  # "Militants" opens a sentence
        if accused.kind in ("person", "unknown") and low:
            return False  # "gunmen", "brothers": nobody speaks for them
        if _is_nameless(holder) or holder.words.lower() in MANY:
            return accused.kind == "armed_group"
        if _is_his(item, holder):
            return True
        if accused.kind == "armed_group" and low:
            return False  # "a criminal group": it may be any
        return holder.kind in SPEAKERS or _is_his_force(accused, holder)

    def _is_bare(self) -> bool:
        words = self.words
        goes_on = len(words) > 1 and words[0] in ("this", "that", "it") and words[1] in GOING_ON
        return goes_on or " ".join(words).strip() in BARE

    def _rejects(self) -> bool:
        """Tell whether what is denied, rejected or called false is an accusation, or a part in a deed."""
        cue = self.statement.cue.text.lower().split() if self.statement.cue else []
        words = self.words
        if any(word in closed("calling things") for word in cue):
            charged = closed("accusations", "what is told") & set(words) or words[:1] in (["this"], ["that"])
            charged = charged or words[:2] in (["the", "statement"], ["the", "remarks"])
            return bool(charged and closed("false things") & set(words))
        if any(word in closed("scoffing") for word in cue):
            told = closed("accusations", "what is told") & set(words[:HEAD])
            return bool(told and not self._of_a_thing()) or words[:1] in (["this"], ["that"])
        if self.statement.stance != "denies" or denies_harm(self.content):
            return False
        if self._is_bare() or denied_part(self.content):
            return True
        head = words[:HEAD]
        said = next((at for at, word in enumerate(head) if word in closed("accusations")), None)
        if said is not None and words[said + 1 : said + 2] in (["that"], ["of"], ["about"]):
            meant = {"its", "they", "their", "he", "his"} | closed("of authorship") - {"that"} | closed("attack nouns")
            return bool(meant & set(words[said + 2 :]))
        if said is not None or closed("part in a deed", "what is rejected", "what is told") & set(head):
            return True
        return bool(closed("attack nouns") & set(head) and len(words) < HEAD)

    def _of_a_thing(self) -> bool:
        """Tell whether a story is of something that is no deed: "mocked the ministry's story about a checkpoint"."""
        about = next((at for at, word in enumerate(self.words) if word in ("about", "of")), None)
        deeds = closed("of authorship", "attack nouns", "accused deeds", "denied deeds", "part in a deed")
        return (
            about is not None
            and self.words[about:].count("that") == 0
            and not _TAKEN_UP & set(self.words[about:])
            and not deeds & set(self.words[about:])
        )


def _speaks_for(holder: Actor, accused: Actor, content: list[str]) -> bool:
    """Tell whether it is the accused of whom a sayer speaks, not he himself."""
    if holder.kind == "organisation" and content[:1] in (["its"], ["their"]):
        return False  # "the association denied its members were involved"
    named = (accused.name or accused.words).lower() in holder.words.lower()
    official = bool(closed("mere sources") & set(holder.words.lower().split()))
    return holder.kind in SPEAKERS or (named and official) or (holder.kind == accused.kind and holder.kind in FORCES)


def _is_his_force(accused: Actor, holder: Actor) -> bool:
    """Tell whether one force can answer for another: "the general staff" for "soldiers", no foreign or named army."""
    if holder.kind != accused.kind or holder.kind not in FORCES:
        return False
    words = holder.words.removeprefix("The ").removeprefix("An ").removeprefix("A ")
    foreign = None not in (holder.country, accused.country) and holder.country != accused.country
    return not foreign and (words.islower() or (holder.name or "").islower() or "'s" in words or "’s" in words)


def _is_a_message(words: str) -> bool:
    return bool(closed("messengers") & set(words.split()[:2]))


def _is_nameless(holder: Actor) -> bool:
    name = (holder.name or "").lower()
    return name in closed("kinds of groups") or is_unnamed_group(holder)


def _is_his(item: Mention, holder: Actor) -> bool:
    """Tell whether a sayer has the name of the author or is of his state: "a note from · the Front"."""
    if not isinstance(item.value, Actor):
        return False
    name, words = (item.value.name or item.value.words).lower(), holder.words.lower()
    told = name in words or (words in MANY and name in (holder.name or "").lower()) or _in_short(item.value, holder)
    among = len(words) > 1 and not holder.words.islower() and words.removeprefix("the ") in item.value.words.lower()
    return told or among or names(item, holder) or _kin(item.value, holder)


def _in_short(accused: Actor, holder: Actor) -> bool:
    """Tell whether a sayer's name holds the initials of the accused: "the peace secretariat of the EFLO"."""
    short = "".join(word[0] for word in (accused.name or "").split() if word[0].isupper())
    return len(short) >= SHORT and any(word.startswith(short) for word in (holder.name or "").split())


def _kin(accused: Actor, holder: Actor) -> bool:
    """Tell whether two actors are of one country, one of them its state or a body of it."""
    return accused.country is not None and accused.country == holder.country
