"""For whom a caller, a leaflet or a voice on the phone speaks: "a man who said he spoke for the Front", "signed X"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.actors import actor_at, actor_behind
from sayso.reading.mentions import Mention, mention
from sayso.reading.sentences.grammar import QUOTES
from sayso.reading.sentences.passages import closed
from sayso.values import Actor

if TYPE_CHECKING:
    from sayso.reading.parties.named_groups import Found
    from sayso.reading.sentences.passages import Passage, Scan

LINKS: Final = (
    ("on", "behalf", "of"),
    ("in", "the", "name", "of"),
    ("speaking", "for"),
    ("speak", "for"),
    ("speaks", "for"),
    ("spoke", "for"),
    ("speaking", "on", "behalf", "of"),
    ("spokesman", "for"),
    ("spokeswoman", "for"),
    ("spokesman", "of"),
    ("represent",),
    ("representing",),
    ("represented",),
    ("signed", "by"),
    ("signed", "with", "the", "name", "of"),
    ("signed",),
    ("to", "be", "from"),
    ("to", "come", "from"),
    ("to", "belong", "to"),
    ("attributed", "to"),
    ("the", "initials", "of"),
    ("the", "letters", "of"),
    ("the", "signature", "of"),
    ("the", "logo", "of"),
    ("the", "emblem", "of"),
    ("the", "name", "of"),
)
"""What links a messenger with the group that he speaks for."""
WRITTEN: Final = frozenset({"signed", "initials", "letters", "signature", "logo", "emblem"})
"""Words of links that are a claim by themselves."""
MARKS: Final = WRITTEN | {
    "behalf",
    "speaking",
    "speak",
    "speaks",
    "spoke",
    "spokesman",
    "spokeswoman",
    "represent",
    "representing",
}
MARKS_TOO: Final = frozenset({"responsibility", "represented", "attributed", "name", "from", "belong"})
RESPONSIBLE: Final = ("responsibility", "for")
"""What leads to a group only where its name follows at once: "claimed responsibility for · the Front"."""
LONGEST: Final = 8
"""So many words may a name take that no gazetteer knows."""


def spoken_for(scan: Scan, passage: Passage) -> Found | None:
    """Return the group for which a messenger in the sentence speaks."""
    words = passage.line.lower
    if not (MARKS | MARKS_TOO) & set(words) or not closed("messengers") & set(words):
        return None
    for at in range(len(words)):
        link = next((link for link in LINKS if tuple(words[at : at + len(link)]) == link), None)
        link = link or (RESPONSIBLE if _is_for_a_name(passage, at) else None)
        found = _behind(scan, passage, at + len(link)) if link else None
        if found is not None:
            return found
    return None


def _is_for_a_name(passage: Passage, at: int) -> bool:
    """Tell whether responsibility is taken for somebody, not for a deed."""
    behind = at + len(RESPONSIBLE)
    behind += passage.word(behind) in closed("determiners")
    return passage.phrase(at, at + len(RESPONSIBLE)) == "responsibility for" and passage.line.capital(behind)


def find_signed(scan: Scan, passage: Passage) -> list[Mention]:
    """Return the group that signed what was left behind or sent: "leaflets bore the initials of the Front"."""
    words = passage.line.lower
    at = next((at for at, word in enumerate(words) if word in WRITTEN), None)
    if at is None or not closed("messengers") & set(words):
        return []
    found = spoken_for(scan, passage)
    if found is None or found[0].kind == "person":
        return []
    return [mention(passage, "perpetrator", found[0], found[1:], (at, at + 1), stance="claims_own", holder=found[0])]


def _behind(scan: Scan, passage: Passage, at: int) -> Found | None:
    """Return the group at ``at``: one in quotation marks, one that is known, or a run of capitals."""
    at += passage.word(at) in closed("determiners")
    at += len(("so", "-", "called")) if passage.phrase(at, at + 3) == "so - called" else 0
    quoted = passage.word(at) in QUOTES
    first = at + quoted
    last = first
    while last < min(first + LONGEST, len(passage)) and _in_name(passage, last, quoted=quoted):
        last += 1
    while last > first and not passage.line.capital(last - 1):
        last -= 1
    named = last > first and passage.line.capital(first)
    known = actor_behind(scan, passage, at, last if last > first else None)
    if known is not None and known[0].kind in ("armed_group", "military", "state", "party"):
        return known
    owner = next((at for at in range(first, last) if passage.word(at) in ("'s", "’s", "'", "’")), None)
    body = actor_at(scan, passage, first, owner) if owner is not None and owner > first else None
    if body is not None and body.kind == "armed_group":
        return body, first, last  # "the Maoists' northern committee"
    if not named or not (quoted or _is_a_body(passage, first, last)):
        return None
    said = scan.report.text[slice(*passage.offsets(first, last))]
    return Actor(name=said, kind="armed_group", words=said), first, last


def _is_a_body(passage: Passage, first: int, last: int) -> bool:
    """Tell whether a name nobody knows is that of a group: by one of its nouns, or as an abbreviation."""
    short = last == first + 1 and passage.line.tokens[first].text.isupper()
    bodies = closed("group nouns", "kinds of groups")
    return short or any(passage.word(at) in bodies for at in range(first, last))


def _in_name(passage: Passage, at: int, *, quoted: bool) -> bool:
    if quoted:
        return passage.word(at) not in QUOTES
    inside = passage.word(at) in ("of", "the", "and", "'s", "’s", "'", "’", "-", "for") and passage.line.capital(at + 1)
    joined = "-" in (passage.word(at), passage.word(at - 1))  # "Tehrik-i-Taliban"
    return passage.line.capital(at) or inside or joined
