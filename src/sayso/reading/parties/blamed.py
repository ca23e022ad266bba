"""Whom an accusation names without naming an actor: in quotation marks, by a vehicle; and what names nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.parties.doers import force_before
from sayso.reading.sentences.grammar import QUOTES
from sayso.reading.sentences.passages import closed
from sayso.values import Actor

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.verbs import Use

NEAR: Final = 12
"""How many words may stand in such quotation marks."""


def blamed_thing(scan: Scan, passage: Passage, use: Use) -> tuple[Actor, int, int] | None:
    """Return whose vessel or vehicle is blamed ("a government drone"), or else the vehicle: "a patrol vessel"."""
    syntax = passage.syntax
    head = syntax.object(use.first) if syntax else None
    if syntax is None or head is None or syntax.words[head] not in closed("armed vehicles"):
        return None
    owner = force_before(scan, passage, head)
    if owner is not None:
        return owner
    first, last = syntax.phrase(head)
    first += passage.word(first) in closed("determiners")
    said = scan.report.text[slice(*passage.offsets(first, last))]
    return Actor(name=None, kind="unknown", words=said), first, last


def quoted_author(scan: Scan, passage: Passage, use: Use) -> tuple[Actor, int, int] | None:
    """Return whom only the accuser's own words name: blamed "enemies of peace"."""
    first = use.last + 1
    if passage.word(use.last) not in QUOTES:
        return None
    last = next((at for at in range(first, min(first + NEAR, len(passage))) if passage.word(at) in QUOTES), first)
    many = any(passage.word(at).endswith("s") for at in range(first, last))  # "enemies of peace", not "human error"
    if last == first or not many:
        return None
    said = scan.report.text[slice(*passage.offsets(first, last))]
    return Actor(name=said, kind="unknown", words=said), first, last


def describes_a_body(passage: Passage, use: Use) -> bool:
    """Tell whether "linked to X" only says to whom a group belongs, not who did something."""
    syntax = passage.syntax
    if syntax is None or use.voice != "passive" or use.helpers or syntax.labels[use.first] not in ("acl", "amod"):
        return False
    return passage.word(syntax.heads[use.first]) in closed("group nouns") | closed("kinds of groups")
