"""One report as the exam reads it: tokens, the encoder's states, and what the network makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.muc4.dates import Dated, expressions, published, write
from evaluation.muc4.layers import Array
from evaluation.muc4.mentions import Entity, Mention, entities, find_mentions
from evaluation.muc4.network import ROLES, Ensemble, Stretches
from evaluation.muc4.places import Atlas, Toponym, toponyms
from evaluation.muc4.states import States
from sayso.language.analysis import Analysis


@dataclass(frozen=True, slots=True)
class Told:
    """What a report tells, as far as the network can say.

    Attributes:
        analysis: tokens and sentences of the report.
        relevant: probability that it tells of an incident.
        text: A probabilities of the attributes of its incidents.
        mentions: stretches with a role; the last ones are places and dates.
        entities: what the mentions name, places and dates aside, the surest first.
        toponyms: number of a mention → the place it names.
        dated: number of a mention → the time it names.
        attributes: M×A probabilities of the mentions' attributes.
        links: M×M probabilities that two mentions belong to one incident.
        today: the date of the report as the key writes it, "" where it has none.
        hit: those of the entities who are people and hit, as a reading has it (`evaluation.muc4.backed`); where the
            policy asked for more, the key has two in three of them (TST1, TST2, every tenth text of train).

    """

    analysis: Analysis
    relevant: float
    text: Array
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    toponyms: dict[int, Toponym]
    dated: dict[int, Dated]
    attributes: Array
    links: Array
    today: str
    hit: frozenset[Entity] = frozenset()


def tell(states: States, network: Ensemble, atlas: Atlas) -> Told:
    """Return what the network makes of a report."""
    analysis = states.analysis
    vectors = network.encode(states, sentences_of(analysis))
    roles = network.roles(vectors)
    relevant, text = network.text(vectors)
    today = published(analysis.report.text)
    found = find_mentions(analysis, roles, states.names)
    named = entities(analysis, found, states.names)
    spots = toponyms(analysis, atlas)
    times = expressions(analysis, today)
    mentions = [
        *found,
        *(Mention("place", spot.first, spot.last, _score(roles, "place", spot)) for spot in spots),
        *(Mention("date", time.first, time.last, _score(roles, "date", time)) for time in times),
    ]
    attributes, links = _measured(states, vectors, network, mentions)
    return Told(
        analysis,
        relevant,
        text,
        tuple(mentions),
        tuple(named),
        dict(enumerate(spots, start=len(found))),
        dict(enumerate(times, start=len(found) + len(spots))),
        attributes,
        links,
        write(today) if today else "",
    )


def sentences_of(analysis: Analysis) -> NDArray[np.int64]:
    """Return the number of each token's sentence."""
    sentence = np.zeros(len(analysis.tokens), np.int64)
    for number, stretch in enumerate(analysis.sentences):
        sentence[stretch.first : stretch.last] = number
    return sentence


def _score(roles: Array, role: str, stretch: Toponym | Dated) -> float:
    inside = 1 - roles[stretch.first : stretch.last, ROLES.index(role), 0]
    return float(inside.mean()) if len(inside) else 0.0


def _measured(
    states: States, vectors: Sequence[Array], network: Ensemble, mentions: list[Mention]
) -> tuple[Array, Array]:
    analysis = states.analysis
    if not mentions:
        return np.zeros((0, len(network.attributes)), np.float32), np.zeros((0, 0), np.float32)
    stretches = Stretches(
        np.array([ROLES.index(mention.role) for mention in mentions]),
        np.array([mention.first for mention in mentions]),
        np.array([mention.last for mention in mentions]),
    )
    sentence = sentences_of(analysis)
    read = [tuple(token.text.upper() for token in analysis.tokens[m.first : m.last]) for m in mentions]
    same = np.array([[one == other for other in read] for one in read])
    links = network.links(vectors, stretches, sentence, same)
    return network.attributes_of(vectors, states, sentence, stretches), links
