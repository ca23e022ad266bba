"""Templates out of what a report tells: which targets share an incident, and what fills its slots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from evaluation.muc4.counts import number_of
from evaluation.muc4.layers import Array
from evaluation.muc4.mentions import Entity
from evaluation.muc4.nations import nation_of, nations_in
from evaluation.muc4.network import columns
from evaluation.muc4.places import INTEREST, Named, Toponym
from evaluation.muc4.reading import Told
from evaluation.muc4_scorer.keys import Fill, Template, canonical
from evaluation.muc4_scorer.slots import BY_NAME

Fills = dict[str, list[Fill]]
_NO_THINGS = frozenset({"KIDNAPPING"})
_NO_WEAPONS = frozenset({"KIDNAPPING", "ARSON"})
_LINKS = frozenset({",", "AND", ":", "--", "(", ")"})
_LIST_GAP = 2
"""Most tokens between two names of a list."""
_KINDS = ("CITY", "TOWN", "DEPARTMENT", "MUNICIPALITY", "NEIGHBORHOOD", "PROVINCE", "VILLAGE", "REGION")


@dataclass(frozen=True, slots=True)
class Policy:
    """What is sure enough to be said: least scores, chosen on TST1 and TST2 and held-out texts of train.

    Attributes:
        relevant: of a report, to have templates at all.
        least: of an entity, by role.
        together: link of two targets, to share a template.
        attached: link of anything else to an incident's targets.
        most: of entities of a role in one template.
        effect, damage: of an effect on people and on things, to be given.
        category: of the category, to be given.
        means: of a type of instrument without its name.
        place: of a place's score times its link.
        date: of a date's score times its link.
        whole: weight of what the report as a whole tells, beside an incident's own mentions.
        attack: share of the probability of every other type that ATTACK is given: it is half right for each of them,
            and a template that says it can always be set against the key's (scoring guidelines, 3.2.1 and 3.2.4).
        further: of the surest target of a second and further incident.
        unnamed: of the category where no perpetrator is given.
        share: of a target's score in that of the surest entity of its role, to be said, except of people `Told.hit`.
        people: weight of an adjective of nationality, beside that of a place's name, in finding the country.
        named_places: weight of names of places and peoples, beside the network's opinion, in finding the country.
        titled: of the attribute "describes a named person": a description above it that stands alone is left out.
        again: what each further mention of an entity adds to its score, up to three.

    """

    relevant: float = 0.35
    least: Mapping[str, float] = field(
        default_factory=lambda: {"perp": 0.12, "org": 0.18, "thing": 0.37, "name": 0.26, "person": 0.1, "weapon": 0.27}
    )
    together: float = 0.45
    attached: float = 0.4
    most: Mapping[str, int] = field(default_factory=lambda: {"perp": 1, "org": 1, "weapon": 3})
    effect: float = 0.56
    damage: float = 0.35
    category: float = 0.4
    means: float = 0.4
    place: float = 0.3
    date: float = 0.3
    whole: float = 0.15
    attack: float = 0.8
    further: float = 0.25
    unnamed: float = 0.54
    again: float = 0.0
    share: float = 0.6
    people: float = 0.2
    named_places: float = 2.0
    titled: float = 0.4

    def score(self, entity: Entity) -> float:
        """Return how sure an entity is: as its surest mention, and a little more for each further one."""
        return entity.score + self.again * min(3, len(entity.mentions) - 1)

    def keeps(self, entity: Entity) -> bool:
        """Tell whether an entity is sure enough to be said."""
        return self.score(entity) >= self.least.get(entity.role, 1)


@dataclass(frozen=True, slots=True)
class Target:
    """A person or thing hit: its entities (name and descriptions of a person, the surest first, or one thing)."""

    parts: tuple[Entity, ...]

    @property
    def mentions(self) -> tuple[int, ...]:
        """Numbers of the mentions."""
        return tuple(dict.fromkeys(number for part in self.parts for number in part.mentions))

    def part(self, role: str) -> Entity | None:
        """Return the entity of a role."""
        return next((part for part in self.parts if part.role == role), None)


def build(told: Told, names: Sequence[str], policy: Policy) -> tuple[Template, ...]:
    """Return the templates of a report; ``names`` are the attributes of the network."""
    if told.relevant < policy.relevant:
        return ()
    titled = (
        told.attributes[:, list(names).index("named")] if "named" in names else np.zeros(len(told.mentions), np.float32)
    )
    groups = _groups(told, _targets(told, policy, titled), policy)
    writer = _Writer(told, names, policy)
    templates = [writer.fills(group) for group in groups] or [writer.fills(())]
    return tuple(
        Template(str(number), {slot: tuple(fills[slot]) for slot in BY_NAME if fills.get(slot)})
        for number, fills in enumerate(templates, start=1)
    )


def _targets(told: Told, policy: Policy, titled: Array) -> list[Target]:
    """Return the targets, the surest first; a description beside a name belongs to it.

    ``titled``: for each mention how likely it describes a person who is named.
    """
    sure = list(filter(policy.keeps, told.entities))
    best = {entity.role: entity.score for entity in reversed(sure)}
    sure = [one for one in sure if one in told.hit or one.score >= policy.share * best[one.role]]
    persons = [entity for entity in sure if entity.role == "person"]
    out: list[Target] = []
    taken: set[int] = set()
    for entity in sure:
        if entity.role == "thing":
            out.append(Target((entity,)))
        elif entity.role == "name":
            described = [person for person in persons if id(person) not in taken and _beside(told, entity, person)]
            described = described or [person for person in persons if _heads_list(told, entity, person)]
            taken |= {id(person) for person in described}
            out.append(Target((entity, *described)))
    alone = [person for person in persons if id(person) not in taken]
    if any(target.part("name") for target in out):
        alone = [person for person in alone if titled[person.mentions[0]] < policy.titled]
    out += [Target((person,)) for person in alone]
    return sorted(out, key=lambda target: -_surest((target,), policy))


def _surest(targets: Sequence[Target], policy: Policy) -> float:
    return max(policy.score(part) for target in targets for part in target.parts)


def _beside(told: Told, name: Entity, person: Entity) -> bool:
    """Tell whether a mention of a description stands right before a name, or behind it and a comma."""
    for one in (told.mentions[number] for number in name.mentions):
        for other in (told.mentions[number] for number in person.mentions):
            if 0 <= one.first - other.last <= 1 or (0 <= other.first - one.last <= 3 and _comma(told, one.last)):
                return True
    return False


def _heads_list(told: Told, name: Entity, person: Entity) -> bool:
    """Tell whether a description of several stands before a list of names that this name is in."""
    names = {mention.first: mention.last for mention in told.mentions if mention.role == "name"}
    own = {told.mentions[number].first for number in name.mentions}
    several = (told.mentions[n] for n in person.mentions if number_of(told.analysis, *_ends(told, n)) != "1")
    return any(not own.isdisjoint(_listed(told, mention.last, names)) for mention in several)


def _ends(told: Told, number: int) -> tuple[int, int]:
    return told.mentions[number].first, told.mentions[number].last


def _listed(told: Told, at: int, names: Mapping[int, int]) -> Iterator[int]:
    """Yield where the names of a list begin that goes on from token ``at``."""
    tokens = told.analysis.tokens
    while at < len(tokens):
        start = next((start for start in range(at, at + _LIST_GAP + 1) if start in names), None)
        if start is None or any(token.text.upper() not in _LINKS for token in tokens[at:start]):
            return
        yield start
        at = names[start]


def _comma(told: Told, at: int) -> bool:
    return at < len(told.analysis.tokens) and told.analysis.tokens[at].text in {",", "(", "--"}


def _groups(told: Told, targets: Sequence[Target], policy: Policy) -> list[tuple[Target, ...]]:
    """Return the targets by incident: average linkage."""
    groups = [[target] for target in targets]
    while len(groups) > 1:
        pairs = [(i, j) for i in range(len(groups)) for j in range(i)]
        links = [_link(told, _numbers(groups[i]), _numbers(groups[j])) for i, j in pairs]
        best = int(np.argmax(links))
        if links[best] < policy.together:
            break
        i, j = pairs[best]
        groups[j] += groups.pop(i)
    ranked = sorted(groups, key=lambda group: -_surest(group, policy))
    return [tuple(group) for place, group in enumerate(ranked) if not place or _surest(group, policy) >= policy.further]


def _numbers(targets: Iterable[Target]) -> list[int]:
    return [number for target in targets for number in target.mentions]


def _link(told: Told, one: Sequence[int], other: Sequence[int]) -> float:
    """Return how likely two sets of mentions belong to one incident, sure mentions counting more."""
    if not one or not other:
        return 1.0
    weight = np.outer([told.mentions[n].score for n in one], [told.mentions[n].score for n in other]) ** 2
    return float((told.links[np.ix_(one, other)] * weight).sum() / max(weight.sum(), 1e-9))


class _Writer:
    """Writes the slots of one incident after another of one report."""

    def __init__(self, told: Told, names: Sequence[str], policy: Policy) -> None:
        self.told, self.policy = told, policy
        self.columns = {
            group: columns(names, group) for group in ("t", "s", "k", "m", "n", "w", "c", "pt", "pe", "ht", "he")
        }

    def fills(self, targets: Sequence[Target]) -> Fills:
        """Return slot → fills of the incident that hit ``targets``."""
        policy = self.policy
        core = _numbers(targets)
        others = {role: self._attached(role, core) for role in ("perp", "org", "weapon")}
        mentions = core or [number for entities in others.values() for entity in entities for number in entity.mentions]
        shares = self._shares(mentions)
        kind = self._type(shares)
        fills: Fills = {"inc-type": [Fill((kind,))], "inc-stage": [Fill((self._best(shares, "s"),))]}
        country = self._country(shares, mentions)
        fills["inc-loc"] = [Fill((self._location(country, mentions),))]
        if day := self._date(mentions):
            fills["inc-date"] = [Fill((canonical(day, BY_NAME["inc-date"]),))]
        named = others["perp"] or others["org"]
        if self._share(shares, "k") >= (policy.category if named else policy.unnamed):
            fills["perp-inc-cat"] = [Fill((self._best(shares, "k"),))]
        self._perpetrators(fills, others)
        if kind not in _NO_WEAPONS:
            self._weapons(fills, others["weapon"], shares)
        for target in targets:
            self._target(fills, target, kind, country)
        return fills

    def _attached(self, role: str, core: Sequence[int]) -> list[Entity]:
        sure = [entity for entity in self.told.entities if entity.role == role and self.policy.keeps(entity)]
        near = [entity for entity in sure if _link(self.told, entity.mentions, core) >= self.policy.attached]
        ranked = sorted(near, key=lambda entity: -self.policy.score(entity) * _link(self.told, entity.mentions, core))
        return ranked[: self.policy.most[role]]

    def _shares(self, mentions: Sequence[int]) -> Array:
        """Return the attributes of an incident: the mean over its mentions, and what the report tells as a whole."""
        told = self.told
        if not mentions:
            return told.text
        weight = np.array([told.mentions[number].score for number in mentions], np.float32)
        own = weight @ told.attributes[list(mentions)] / weight.sum()
        out: Array = (own + self.policy.whole * told.text) / (1 + self.policy.whole)
        return out

    def _best(self, shares: Array, group: str) -> str:
        return max(self.columns[group], key=lambda value: float(shares[self.columns[group][value]]))

    def _type(self, shares: Array) -> str:
        """Return the type of an incident: another than ATTACK only where it is surer than what ATTACK may stand for."""
        own = {value: float(shares[at]) for value, at in self.columns["t"].items()}
        attack = own.pop("ATTACK", 0.0)
        own["ATTACK"] = attack + self.policy.attack * sum(own.values())
        return max(own, key=lambda value: own[value])

    def _share(self, shares: Array, group: str) -> float:
        return max(float(shares[at]) for at in self.columns[group].values())

    def _above(self, shares: Array, group: str, least: float) -> list[str]:
        return [value for value, at in self.columns[group].items() if shares[at] >= least]

    def _perpetrators(self, fills: Fills, others: Mapping[str, Sequence[Entity]]) -> None:
        fills["perp-ind-id"] = [_string(entity) for entity in others["perp"]]
        fills["perp-org-id"] = [_string(entity) for entity in others["org"]]
        fills["perp-org-conf"] = [
            Fill((self._best(self._own(entity.mentions), "c"),), _string(entity).values) for entity in others["org"]
        ]

    def _own(self, mentions: Sequence[int]) -> Array:
        """Return the attributes of an entity: the mean over its mentions, the sure ones counting more."""
        weight = np.array([self.told.mentions[number].score for number in mentions], np.float32) ** 2
        out: Array = weight @ self.told.attributes[list(mentions)] / weight.sum()
        return out

    def _weapons(self, fills: Fills, weapons: Sequence[Entity], shares: Array) -> None:
        fills["inc-instr-id"] = [_string(entity) for entity in weapons]
        typed = [Fill((self._best(self._own(entity.mentions), "w"),), _string(entity).values) for entity in weapons]
        bare = [Fill((value,)) for value in self._above(shares, "m", self.policy.means)] if not weapons else []
        fills["inc-instr-type"] = typed + bare

    def _target(self, fills: Fills, target: Target, kind: str, country: str) -> None:
        thing = target.part("thing")
        if thing is None:
            self._person(fills, target, country)
        elif kind not in _NO_THINGS:
            self._said(fills, "phys-tgt", thing, target, country, ("pt", "pe"))
            fills.setdefault("phys-tgt-id", []).append(_string(thing))

    def _person(self, fills: Fills, target: Target, country: str) -> None:
        name, person = target.part("name"), target.part("person")
        if name:
            fills.setdefault("hum-tgt-name", []).append(_string(name))
        if person:
            refs = _string(name).values if name else ()
            fills.setdefault("hum-tgt-desc", []).append(Fill(_string(person).values, refs))
        if subject := name or person:
            self._said(fills, "hum-tgt", subject, target, country, ("ht", "he"))

    def _said(
        self, fills: Fills, slot: str, subject: Entity, target: Target, country: str, groups: tuple[str, str]
    ) -> None:
        """Write type, number, nation and effect, all with the subject as their tag."""
        shares, refs = self._own(target.mentions), _string(subject).values
        said = {"type": [self._best(shares, groups[0])], "num": [self._number(subject)]}
        said["effect"] = self._above(shares, groups[1], self.policy.damage if groups[1] == "pe" else self.policy.effect)
        said["nation"] = [own] if (own := self._nation(target)) not in ("", country) else []
        for part, values in said.items():
            fills.setdefault(f"{slot}-{part}", []).extend(
                Fill((canonical(value, BY_NAME[f"{slot}-{part}"]),), refs) for value in values
            )

    def _number(self, subject: Entity) -> str:
        if subject.role == "name":
            return "1"
        best = self.told.mentions[subject.mentions[0]]
        return number_of(self.told.analysis, best.first, best.last)

    def _nation(self, target: Target) -> str:
        spans = [self.told.mentions[number] for part in target.parts for number in part.mentions[:1]]
        found = [nation_of(self.told.analysis, mention.first, mention.last) for mention in spans]
        return next(filter(None, found), "")

    def _date(self, mentions: Sequence[int]) -> str:
        scores: dict[str, float] = {}
        for number, dated in self.told.dated.items():
            score = self.told.mentions[number].score * _link(self.told, [number], mentions)
            scores[dated.value] = max(scores.get(dated.value, 0.0), score)
        best = max(scores, key=lambda value: scores[value], default="")
        if best and scores[best] >= self.policy.date:
            return best
        return f"- {self.told.today}" if self.told.today else ""

    def _country(self, shares: Array, mentions: Sequence[int]) -> str:
        """Return the country: what the network thinks, and what the names of places and peoples in the text say."""
        scores = {country: float(shares[at]) for country, at in self.columns["n"].items()}
        votes: dict[str, float] = {}
        for number, spot in self.told.toponyms.items():
            countries = {place.country for place in spot.places}
            weight = (0.1 + self.told.mentions[number].score * _link(self.told, [number], mentions)) / len(countries)
            for country in countries:
                votes[country] = votes.get(country, 0.0) + weight
        for _, country in nations_in(self.told.analysis):
            votes[country] = votes.get(country, 0.0) + self.policy.people
        total = sum(votes.values()) or 1.0
        ranked = [country for country in {**scores, **votes} if country in INTEREST]
        return max(
            ranked, key=lambda name: scores.get(name, 0.0) + self.policy.named_places * votes.get(name, 0.0) / total
        )

    def _location(self, country: str, mentions: Sequence[int]) -> str:
        scores: dict[Named, float] = {}
        for number, spot in self.told.toponyms.items():
            place = self._place(spot, country)
            if place is not None:
                score = self.told.mentions[number].score * _link(self.told, [number], mentions)
                scores[place] = max(scores.get(place, 0.0), score)
        path: list[Named] = []
        for place in sorted(scores, key=lambda place: -scores[place]):
            if scores[place] >= self.policy.place and all(place.width != other.width for other in path):
                path.append(place)
        steps = [str(place) for place in sorted(path, key=lambda place: place.width)]
        return canonical(": ".join([country, *steps]))

    def _place(self, spot: Toponym, country: str) -> Named | None:
        """Return the place meant in a country: of the kind that the next word says, else of the commonest kind.

        The name of the country itself means nothing narrower without such a word.
        """
        inside = [place for place in spot.places if place.country == country and place.kind != "COUNTRY"]
        tokens = self.told.analysis.tokens
        beside = tokens[spot.last].text.upper() if spot.last < len(tokens) else ""
        if any(place.kind == "COUNTRY" and place.country == country for place in spot.places):
            inside = [place for place in inside if place.kind == beside]
        ranked = sorted(inside, key=lambda place: (place.kind != beside, _rank(place.kind)))
        return ranked[0] if ranked else None


def _rank(kind: str) -> int:
    return _KINDS.index(kind) if kind in _KINDS else len(_KINDS)


def _string(entity: Entity) -> Fill:
    return Fill((canonical(entity.words),))
