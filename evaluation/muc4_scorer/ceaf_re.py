"""CEAF-REE: who and what fills five roles of a text, as later papers score MUC-4 (Du, Rush and Cardie 2021).

Roles are scored over whole texts, not by incident: individual and organization of the perpetrators, physical target,
victim (by name), weapon. A fill with its alternatives is an entity, its strings are the entity's mentions. Entities of
the templates of a text are pooled; one whose mentions are all another's is the same entity. Optional fills and
templates count like others. A response's entity is right for an entity of the key if all its mentions are among the
key's; in each role of each text the entities are assigned one to one so that most are right. Precision and recall are
over the entities of all texts and roles (micro average). Mentions are compared without case, punctuation and articles.

One thing differs from the papers: they left out mentions of the key that do not stand in the text letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from evaluation.muc4_scorer.assignment import assign
from evaluation.muc4_scorer.keys import Template, Templates

ROLES: Mapping[str, str] = MappingProxyType(
    {
        "perpetrator_individual": "perp-ind-id",
        "perpetrator_organization": "perp-org-id",
        "target": "phys-tgt-id",
        "victim": "hum-tgt-name",
        "weapon": "inc-instr-id",
    }
)
"""Role → the slot it is read from."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Entities of a role: how many are right, said, and wanted."""

    right: int = 0
    said: int = 0
    wanted: int = 0

    def __add__(self, other: Hits) -> Hits:
        return Hits(self.right + other.right, self.said + other.said, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """The share of what is said that is right, in per cent; 0 where nothing is said."""
        return 100 * self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """The share of what is wanted that is found, in per cent; 0 where nothing is wanted."""
        return 100 * self.right / self.wanted if self.wanted else 0.0

    @property
    def f(self) -> float:
        """F1 in per cent."""
        return 200 * self.right / (self.said + self.wanted) if self.said + self.wanted else 0.0


def ceaf_re(key: Templates, response: Templates) -> dict[str, Hits]:
    """Return role → hits over the texts of the key, and under ``micro`` their sum."""
    roles = {role: _role(slot, key, response) for role, slot in ROLES.items()}
    return {**roles, "micro": sum(roles.values(), Hits())}


def entities(slot: str, templates: Iterable[Template]) -> list[frozenset[str]]:
    """Return the entities of a text in a slot, each as the set of its mentions."""
    found: list[frozenset[str]] = []
    for fill in (fill for template in templates for fill in template.fills.get(slot, ())):
        entity = frozenset(filter(None, map(_plain, fill.values)))
        if entity and not any(entity <= other or other <= entity for other in found):
            found.append(entity)
    return found


def _role(slot: str, key: Templates, response: Templates) -> Hits:
    texts = ((entities(slot, response.get(text, ())), entities(slot, key[text])) for text in key)
    return sum((_hits(said, wanted) for said, wanted in texts), Hits())


def _hits(said: Sequence[frozenset[str]], wanted: Sequence[frozenset[str]]) -> Hits:
    right = assign([[float(mine <= theirs) for theirs in wanted] for mine in said])
    return Hits(len(right), len(said), len(wanted))


@cache
def _plain(mention: str) -> str:
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", re.sub(r"[^\w\s]", "", mention.lower())).split())
