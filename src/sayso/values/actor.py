"""``Actor``: who, as written and, where known, by canonical name, country and sector."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, Literal

from pydantic import Field

from sayso.values.base import Value
from sayso.values.facts import ActorLookup

ActorKind = Literal[
    "state",
    "government",
    "military",
    "police",
    "armed_group",
    "party",
    "organisation",
    "media",
    "person",
    "civilians",
    "unknown",
    "report",
]

# Kinds that are, or act for, a state.
OF_STATE: Final = frozenset({"state", "government", "military", "police"})
# Kinds whose members may be meant by a word for attackers whom nobody names.
MAY_ATTACK: Final = frozenset({"armed_group", "person", "unknown", "military", "police", "party", "organisation"})


class Actor(Value):
    """Somebody who does, suffers or says something. ``kind`` "report" is the report's own voice."""

    name: str | None = Field(description="canonical name; null when the words name nobody we can resolve")
    kind: ActorKind = Field(description="what sort of body or person")
    country: str | None = Field(default=None, description="ISO 3166 alpha-3")
    sector: str | None = Field(default=None, description="PLOVER sector code")
    words: str = Field(description="the actor as written")
    sponsor: str | None = Field(default=None, description="alpha-3 of the state said to back an armed group")

    @classmethod
    def parse(cls, words: str, lookup: ActorLookup, countries: Collection[str] = ()) -> Actor:
        """Read a phrase that names somebody.

        Args:
            words: the phrase as written ("the Iraqi army", "Iranian-backed militia", "three policemen").
            lookup: the facts of the world.
            countries: alpha-3 codes the report is about; they settle shared acronyms, and are never given to an actor.

        Returns:
            Always an actor; one that the words do not resolve has kind "unknown" and name null.

        """
        from sayso.values.actor_reading import read_actor

        return read_actor(words, lookup, countries)

    @property
    def is_blank(self) -> bool:
        """Tell whether this stands for nobody: no words, or a name without a letter or digit.

        Only who is left out altogether (a quotation without a sayer) has no words: kind "unknown", and no name.
        """
        if self.name is not None and not any(map(str.isalnum, self.name)):
            return True
        return not self.words.strip() and (self.name is not None or self.kind != "unknown")

    @property
    def is_named(self) -> bool:
        """Tell a named body or person from a description ("gunmen", "Iraqi soldiers")."""
        return self.name is not None and not self.name.split()[-1][:1].islower()

    def same(self, other: Actor) -> bool | None:
        """Tell whether both are one actor; None where the words do not settle it."""
        if "report" in {self.kind, other.kind}:
            return None
        if self._are_apart(self.country, other.country):
            return False
        if self.name is not None and self.name == other.name:
            return True if self.is_named or self.country else None
        if self.is_named and other.is_named:
            return False if self.kind == other.kind or self._covers(other) or other._covers(self) else None
        return None

    def contains(self, other: Actor) -> bool | None:
        """Tell whether ``other`` belongs to this one, so that both can be the answer to "who?"."""
        if self.same(other):
            return True
        if self._covers(other):
            return True
        if self._are_apart(self.country, other.country):
            return False
        if self._is_anybody() and other.kind in MAY_ATTACK:
            return True
        if other._covers(self) or (self.is_named and other.is_named and self.kind == other.kind):
            return False
        return None

    def contradicts(self, other: Actor) -> bool | None:
        """Tell whether both cannot be the answer; a sponsor and its group can. None where nobody can know."""
        if self.same(other) or self.contains(other) or other.contains(self):
            return False
        if self._sponsors(other) or other._sponsors(self):
            return False
        if "report" in {self.kind, other.kind} or "unknown" in {self.kind, other.kind}:
            return None
        if self._are_apart(self.country, other.country):
            return None if "person" in {self.kind, other.kind} else True
        if (self.kind in OF_STATE and other.kind == "armed_group") or (
            self.kind == "armed_group" and other.kind in OF_STATE
        ):
            return True
        if not (self.is_named and other.is_named):
            return None
        return None if (self.kind == "person") != (other.kind == "person") else True

    def format(self) -> str:
        """Return the actor for a reader: "Iraqi Army (military, IRQ)"; the words where the name is unknown."""
        marks = [self.kind.replace("_", " "), self.country, f"backed by {self.sponsor}" if self.sponsor else None]
        return f"{self.name or self.words} ({', '.join(mark for mark in marks if mark)})"

    def _covers(self, other: Actor) -> bool:
        """Tell whether this is a state, a government or an umbrella force that ``other`` is part of."""
        if self.country is None or self.country != other.country or self.kind == other.kind == "state":
            return False
        if self.kind == "state":
            return other.kind in OF_STATE
        if self.kind == "government" and (self.name or "").endswith("Government"):
            return other.kind in OF_STATE - {"state"} and other.name != self.name
        return self._is_umbrella() and other.kind == self.kind and not other._is_umbrella()

    def _is_umbrella(self) -> bool:
        from sayso.values.actor_reading import umbrella_names

        return self.kind == "military" and (self.name or "").endswith(umbrella_names())

    def _is_anybody(self) -> bool:
        """Tell whether the words fit any attacker: "gunmen", "militants", "an armed group" of no country."""
        attackers = self.kind in {"armed_group", "unknown"} and self.name is not None
        return attackers and not self.is_named and self.country is None

    def _sponsors(self, other: Actor) -> bool:
        return other.sponsor is not None and self.country == other.sponsor and self.kind in OF_STATE

    @staticmethod
    def _are_apart(one: str | None, other: str | None) -> bool:
        return one is not None and other is not None and one != other
