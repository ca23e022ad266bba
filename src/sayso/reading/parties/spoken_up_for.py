"""Who is cleared by those near him: "My client had nothing to do with it", "He did not do it," said his mother.

A lawyer or a mother did nothing and denies nothing of her own: she clears whom "his" or "my client" means.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sayso.reading.mentions import Mention, mention
from sayso.reading.speaking.introductions import behind_stops
from sayso.reading.speaking.naming import has_body_word
from sayso.reading.speaking.own_names import NAME_RUN
from sayso.reading.speaking.speakers import read_source
from sayso.reading.statements.selves import own_deed
from sayso.values import Actor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.records import Statement

BACK: Final = 3
"""So many sentences back may stand whom "his lawyer" is of."""
_KIN: Final = (
    r"(?:lawyers?|attorneys?|solicitors?|barristers?|counsel|defenders?|mother|father|parents|wife|husband|widow|"
    r"brothers?|sisters?|son|daughter|uncle|aunt|cousins?|grandfather|grandmother|family|relatives|friends?|"
    r"neighbours?|neighbors?|employer|boss|imam|teacher)"
)
_HIS: Final = re.compile(
    rf"\b(?:his|her|their) (?:[\w-]+ ){{0,3}}?{_KIN}\b|['’]s? (?:[\w-]+ ){{0,3}}?{_KIN}\b|\b{_KIN} (?:of|for)\b",
    re.IGNORECASE,
)
_OWNER: Final = re.compile(
    rf"((?:[A-Z][\w’'-]*? ?)+)['’]s? (?:[\w-]+ ){{0,3}}?{_KIN}\b|\b{_KIN} (?:of|for) ([A-Z][^,]*)"
)
_OF_HIM: Final = re.compile(r"(?:that )?[“\"‘']?(?:he|she)\b", re.IGNORECASE)
_QUOTED_HIM: Final = re.compile(r"[“\"](?:he|she)\b", re.IGNORECASE)
_MINE: Final = re.compile(
    r"(?:that )?[“\"‘']?(?:my|our|her|his|their) (?:client|son|daughter|brother|sister|husband|wife|father|mother|"
    r"cousin|nephew|uncle|boy)\b",
    re.IGNORECASE,
)


def clears_another(statement: Statement) -> bool:
    """Tell whether somebody clears another of a deed, as one near him does, and does not speak of himself."""
    content = " ".join(span.text for span in statement.content)
    if statement.holder.kind not in ("person", "unknown", "civilians", "organisation"):
        return False
    near = _HIS.search(statement.holder.words) is not None
    of_him = bool(_QUOTED_HIM.match(content) or (near and _OF_HIM.match(content)))
    if not of_him and not _MINE.match(content):
        return False
    return own_deed(_MINE.sub("he", content, count=1)) in ("denies", "protests")


def spoken_up_for(scan: Scan, passage: Passage, statement: Statement, authors: Sequence[Mention]) -> list[Mention]:
    """Return whom a statement that ``clears_another`` clears, as its holder's word; nothing where nobody was named.

    Args:
        scan: the report.
        passage: the sentence of cue and content.
        statement: what one near him says.
        authors: the authors already found, in text order.

    """
    who = _owner(scan, statement) or _accused(passage, authors) or _named_before(scan, passage)
    at = statement.content[0]
    span = passage.tokens_of(at.start, min(at.end, passage.end))
    return [mention(passage, "perpetrator", who, span, stance="exonerates", holder=statement.holder)] if who else []


def _owner(scan: Scan, statement: Statement) -> Actor | None:
    """Return the owner of "Lem Tabor's lawyer", where he is named so; a surname by the full name the report gives."""
    found = _OWNER.search(statement.holder.words)
    name = (found[1] or found[2] or "").strip() if found else ""
    if not name or name.islower():
        return None
    full = re.search(rf"(?:[A-Z][\w’'-]+ ){{1,2}}{re.escape(name)}\b", scan.report.text) if " " not in name else None
    return Actor(name=full[0] if full else name, kind="person", words=name)


def _accused(passage: Passage, authors: Sequence[Mention]) -> Actor | None:
    near = [one for one in authors if 0 <= passage.number - one.passage <= BACK and one.field == "perpetrator"]
    named = [one.value for one in near if one.stance in ("accuses", "suspects") and isinstance(one.value, Actor)]
    people = [one for one in named if one.kind in ("person", "unknown") and one.name and not one.name.islower()]
    return people[-1] if people else None


def _named_before(scan: Scan, passage: Passage) -> Actor | None:
    """Return the person named last in the sentences before."""
    for number in range(passage.number - 1, max(passage.number - 1 - BACK, -1), -1):
        before = scan.passages[number]
        text = scan.report.text[before.start : before.end]
        runs = [run[0][behind_stops(run[0]) :].removesuffix("'s").removesuffix("’s") for run in NAME_RUN.finditer(text)]
        people = [name for words in runs if (name := _person(scan, words)) is not None]
        if people:
            return Actor(name=people[-1], kind="person", words=people[-1])
    return None


def _person(scan: Scan, words: str) -> str | None:
    """Return the name of a person in a run of capitals; None where it is that of a place or a body."""
    name = read_source(words).person
    world = scan.world
    known = name is None or world.places(name) or world.country(name) or world.actor(name) or has_body_word(name)
    return None if known else name
