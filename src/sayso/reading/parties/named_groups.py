"""Names beside what describes them: "the Islamist group al-Shabaab", "a little-known group calling itself X"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.actors import actor_behind
from sayso.reading.sentences.grammar import QUOTES
from sayso.reading.sentences.passages import closed
from sayso.values import Actor

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan

Found = tuple[Actor, int, int]
"""An actor and its tokens [first, last)."""
CALLED: Final = (
    ("calling", "itself"),
    ("calling", "themselves"),
    ("styling", "itself"),
    ("known", "as"),
    ("named",),
    ("called",),
)
TAKEN_FOR: Final = (
    ("to", "be"),
    ("to", "have", "been"),
    ("to", "belong", "to"),
    ("of", "being"),
    ("of", "belonging", "to"),
)
"""What stands between "believed" or "suspected" and who somebody is believed to be."""
BODIES: Final = ("military", "police", "armed_group", "state", "government", "party", "organisation")
"""Kinds of holders who can have done it, and for whom others speak."""
STYLED: Final = frozenset({"so-called", "self-styled", "self-proclaimed", "self-declared"})
"""What stands before the name of a body that others do not take for one."""
LONGEST: Final = 7
"""So many words may a name take."""


def with_own_name(scan: Scan, passage: Passage, found: Found | None) -> Found | None:
    """Return an actor that only a noun for groups describes by the name that follows it; others as they are."""
    if found is None or found[0].kind not in ("armed_group", "unknown", "organisation", "military", "person"):
        return found
    found = _without_tail(scan, passage, found)
    actor, first, last = found
    whose = _whose_men(scan, passage, last) or _taken_for(scan, passage, last)
    if whose is not None:
        return whose[0], first, whose[1]
    if actor.kind in ("military", "person"):
        return found
    if passage.word(last - 1) not in closed("group nouns", "kinds of groups") or _is_named(scan, actor):
        return found
    begin = _behind_called(passage, last)
    if begin == last and passage.word(last) == "," and _is_new(passage, first):
        begin = last + 1 + (passage.word(last + 1) == "the")  # "another group, the Islamic Front"
    end = _name_end(passage, begin)
    if end == begin or (begin == last and passage.word(begin) in closed("determiners")):
        return found
    words = scan.report.text[slice(*passage.offsets(begin, end))]
    known = scan.world.actor(words)
    name, kind = (known.name, known.kind) if known else (words, "armed_group")
    country, sector = (known.country, known.sector) if known else (actor.country, actor.sector)
    return Actor(name=name, kind=kind, country=country, sector=sector, words=words, sponsor=actor.sponsor), first, end


def _without_tail(scan: Scan, passage: Passage, found: Found) -> Found:
    """Return an actor without the "of the" with which his words were cut: "terrorists of the · so-called X"."""
    actor, first, last = found
    tail = closed("determiners") | {"of", "from"}
    end = next((at for at in range(last, first, -1) if passage.word(at - 1) not in tail), first)
    if end in (first, last):
        return found
    words = scan.report.text[slice(*passage.offsets(first, end))]
    return (
        actor.model_copy(update={"words": words, "name": words if actor.name == actor.words else actor.name}),
        first,
        end,
    )


def _whose_men(scan: Scan, passage: Passage, last: int) -> tuple[Actor, int] | None:
    """Return the body that fighters belong to, and where its name ends: "militants · from the Dawn Brigades"."""
    if passage.word(last - 1) not in closed("men of a body") or passage.word(last) not in ("of", "from"):
        return None
    begin = last + 1 + (passage.word(last + 1) in closed("determiners"))
    styled = _behind_style(passage, begin)
    end = _name_end(passage, styled)
    called, begin = styled > begin, styled
    words = scan.report.text[slice(*passage.offsets(begin, end))] if end > begin else ""
    known = scan.world.actor(words) if words else None
    if known is not None and known.kind in ("armed_group", "party", "military"):
        return Actor(name=known.name, kind=known.kind, country=known.country, sector=known.sector, words=words), end
    if end - begin > 1 and (called or passage.word(end - 1) in closed("group nouns")):
        return Actor(name=words, kind="armed_group", words=words), end
    return None


def _behind_style(passage: Passage, at: int) -> int:
    """Return where a name begins behind "so-called", "self-styled" and a quotation mark; else ``at``."""
    styled = passage.word(at) in STYLED or (passage.word(at) in ("so", "self") and passage.word(at + 1) == "-")
    behind = at + (1 if passage.word(at) in STYLED else 3) if styled else at
    return behind + (styled and passage.word(behind) in QUOTES)


def _taken_for(scan: Scan, passage: Passage, last: int) -> tuple[Actor, int] | None:
    """Return whom somebody is taken for, the hedge being part of his words: "men · believed to be members of X"."""
    if passage.word(last) not in closed("reported to") | {"suspected"}:
        return None
    links = (words for words in TAKEN_FOR if tuple(passage.line.lower[last + 1 : last + 1 + len(words)]) == words)
    link = next(links, None)
    if link is None:
        return None
    begin = last + 1 + len(link)
    begin += passage.word(begin) in closed("determiners")
    begin += 2 * (passage.word(begin) in closed("men of a body") and passage.word(begin + 1) in ("of", "from"))
    found = actor_behind(scan, passage, begin)
    return (found[0], found[2]) if found and found[0].kind in ("armed_group", "military", "police", "state") else None


def _is_named(scan: Scan, actor: Actor) -> bool:
    """Tell whether the words are a name already: one that the gazetteer knows, or with a capital at its end."""
    return scan.world.actor(actor.words) is not None or actor.words.split()[-1][:1].isupper()


def _is_new(passage: Passage, first: int) -> bool:
    """Tell whether a group is told of for the first time, so that a name behind the comma is its own."""
    before = passage.word(first - 1) if first else ""
    return bool({before, passage.word(first)} & {"a", "an", "another", "second", "third"})


def _behind_called(passage: Passage, at: int) -> int:
    """Return where the name begins: at ``at``, or behind "calling itself the"."""
    start = at + (passage.word(at) == ",")
    for words in CALLED:
        if tuple(passage.line.lower[start : start + len(words)]) == words:
            behind = start + len(words)
            while passage.word(behind) in QUOTES or passage.word(behind) == "the":
                behind += 1
            return behind
    return at


def _name_end(passage: Passage, begin: int) -> int:
    """Return where the run of capitals at ``begin`` ends, particles and hyphens inside it included."""
    last = begin
    for index in range(begin, min(begin + LONGEST, len(passage))):
        joins = passage.word(index) in closed("name particles") | {"-", "of", "the"}
        if passage.line.capital(index):
            last = index + 1
        elif not joins or (index == begin and passage.word(index) != "al"):
            break
    return last


def is_named_by(actor: Actor, holder: Actor) -> bool:
    """Tell whether an actor has the name of a sayer, or the end of it: "the coalition" of "the Saudi-led coalition"."""
    if not (holder.name and actor.name):
        return False
    short = holder.kind in BODIES and holder.name.lower().endswith(f" {actor.name.lower()}")
    return holder.name == actor.name or (short and actor.kind == holder.kind)
