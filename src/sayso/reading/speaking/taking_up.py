"""Nouns that take up somebody named: "the group", "the paper", "a monitor" (lexicon: ``vocab/taken_up.toml``)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.values import ActorKind
from sayso.vocab import Entry, load_table

if TYPE_CHECKING:
    from sayso.values import Actor

_DEFINITE: Final = re.compile(r"^(?:the|this|that|same)\s+", re.IGNORECASE)
_SEAT: Final = re.compile(r"^[\w' -]+?-based\s+", re.IGNORECASE)  # "the Lisbon-based charity" is the charity
_INDEFINITE: Final = re.compile(r"^(?:an?|one)\s+", re.IGNORECASE)
_ACRONYM: Final = re.compile(r"\(([A-Z][A-Za-z-]{1,7})\)")
_LINK: Final = frozenset({"of", "the", "for", "and", "in", "on", "to", "de", "del", "des", "du", "la"})
_LONGEST_NAME: Final = 9  # words before a bracket that can be the name it shortens


class TakenUp(Entry):
    """One row of ``vocab/taken_up.toml``."""

    name: str
    words: tuple[str, ...]
    kinds: tuple[ActorKind, ...]
    names: tuple[str, ...] = ()
    ahead: bool = False

    def fits(self, actor: Actor) -> bool:
        """Tell whether an actor can be taken up by these nouns: named, and of the kind."""
        name = (actor.name or "").lower()
        hints = not self.names or any(word in name for word in self.names)
        named = actor.is_named or name[:1] != (actor.name or "")[:1]  # "Blik news agency" begins with a name
        return actor.kind in self.kinds and named and hints


@cache
def _by_word() -> dict[str, TakenUp]:
    return {word: row for row in load_table("taken_up", TakenUp) for word in row.words}


def taken_up_by(words: str) -> TakenUp | None:
    """Return what "the group" asks for; None for other words, or an indefinite "a group"."""
    return _by_word().get(_SEAT.sub("", _DEFINITE.sub("", words)).lower()) if _DEFINITE.match(words) else None


def told_ahead_by(words: str) -> TakenUp | None:
    """Return what "a monitor" or a bare "monitor" asks of who is named later; None for nouns that do not do that."""
    if _DEFINITE.match(words) and _SEAT.match(_DEFINITE.sub("", words)):
        return None
    parts = _INDEFINITE.sub("", words).split()
    while parts and parts[0][:1].isupper() and len(parts) > 1:
        parts = parts[1:]  # "a Libyan rights group"
    row = _by_word().get(" ".join(parts).lower())
    return row if row is not None and row.ahead else None


def acronyms(text: str) -> dict[str, str]:
    """Return the short forms that a text introduces: "Army of the Northern Front (ANF)" → ANF: the full name."""
    found: dict[str, str] = {}
    for bracket in _ACRONYM.finditer(text):
        words = text[max(0, bracket.start() - 120) : bracket.start()].split()[-_LONGEST_NAME:]
        name = _name_of(bracket[1], words)
        if name:
            found.setdefault(bracket[1], name)
    return found


def _name_of(short: str, words: list[str]) -> str | None:
    """Return the run of capitals at the end that ``short`` shortens; where its letters are of another language, all."""
    letters = [letter for letter in short if letter.isupper()]
    best = None
    for start in range(len(words) - 1, -1, -1):
        run = words[start:]
        if not (run[0][0].isupper() or run[0] in _LINK) or run[0][-1] in ".,;:" or run[0].endswith(("'s", "’s")):
            break
        heads = [word[0] for word in run if word[0].isupper()]
        if run[0][0].isupper() and len(run) > 1:
            best = " ".join(run)
            if heads[0] == letters[0] and len(heads) >= len(letters) - 1:
                break
    return best
