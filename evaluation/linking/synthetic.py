"""Synthetic accounts: as many as wanted, from a seed, about towns and people that do not exist.

    python -m evaluation.linking.synthetic 1000 10000 100000

prints, for each size, the seconds of one processor and the megabytes that linking takes, and how well it does. Ten
years, four hundred towns of which a few have most of the violence, three reports an incident on the average: the more
accounts, the denser the days, as in a long war. Reports are made, not read: what is measured is linking.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from evaluation.linking.scores import b_cubed, pairwise
from sayso.linking.blocking import MOST, block_keys, pairs
from sayso.linking.clusters import cluster
from sayso.linking.features import Features, features_of
from sayso.linking.sifting import likely
from sayso.records import Block, Claim, Incident, Kind, Reading, Report, Statement, Weapon, incident_id
from sayso.values import Actor, Moment, Place, Quantity

DAYS: Final = 3650
START: Final = date(2031, 1, 1)
TOWNS: Final = 400
INCIDENTS: Final = 1_000_000
"""Numbers of incidents that each lot has for its own."""
OUTLETS: Final = 40
SYLLABLES: Final = "bal dor fen gar hul jas kel lom mir nok pra qan rus sev tal uld vor wex yem zor".split()  # noqa: SIM905
TARGETS: Final = ("market", "school", "checkpoint", "bakery", "bus station", "clinic", "bridge", "police post")
KINDS: Final = (
    ("air_drone_strike", "aircraft", "Warplanes struck", "An air strike hit"),
    ("vehicle_bombing", "car_bomb", "A car bomb tore through", "A car packed with explosives blew up at"),
    ("artillery_rocket_missile", "mortar", "Mortar rounds fell on", "Shells landed on"),
    ("shooting", "firearm", "Gunmen opened fire at", "Armed men shot people at"),
)
SAYERS: Final = ("a monitoring group", "the interior ministry", "residents", "a medic", "state television")
ENDINGS: Final = (
    "The conflict has driven half the people of the region from their homes since it began.",
    "Talks between the two sides broke off last month after each accused the other of breaking the truce.",
    "The district has changed hands four times and most of its shops are shut.",
    "Aid agencies say that winter will make things worse for those in the camps.",
    "Power cuts have made it hard to keep the cold chain for vaccines.",
    "A delegation of elders had asked both commanders to keep out of the old quarter.",
    "Rescuers dug with their hands because there was no fuel for the diggers.",
    "Shopkeepers swept up glass while children looked for their satchels.",
    "The road to the north was closed for hours and buses turned back.",
    "Mobile phones did not work, and lists of names went from door to door.",
    "A second team of doctors came from the next province during the night.",
    "Bread has cost four times as much since the mill was hit in spring.",
)
TITLES: Final = (
    "{toll} dead in {town} {target} attack",
    "Attack on {target} in {town}",
    "{town}: mourning after strike on {target}",
    "Families in {town} bury their dead",
)
REPORT: Final = Actor(name=None, kind="report", words="report")


class Happening(NamedTuple):
    """What happened, before anybody tells of it."""

    number: int
    day: date
    town: Place
    kind: tuple[str, str, str, str]
    target: str
    street: str
    person: str
    killed: int


def accounts(number: int, seed: int = 1, lot: int = 0) -> Iterator[tuple[int, Features]]:
    """Yield (incident, features) of ``number`` accounts; the same for the same seed and lot."""
    for incident, reading in readings(number, seed, lot):
        yield incident, features_of(reading.reports[0], reading.incidents[0], reading.claims)


def readings(number: int, seed: int = 1, lot: int = 0) -> Iterator[tuple[int, Reading]]:
    """Yield (incident, reading of one report on it) ``number`` times; the same for the same seed and lot.

    Lots of one seed are of the same towns and years, and tell of other incidents.
    """
    chance = random.Random(seed)
    towns = [_town(chance, at) for at in range(TOWNS)]
    made, incident = 0, lot * INCIDENTS
    if lot:
        chance = random.Random(f"{seed} {lot}")
    while made < number:
        happening = _happening(chance, towns, incident)
        for copy in range(min(number - made, 1 + int(chance.expovariate(0.5)))):
            yield incident, _reading(chance, happening, copy)
            made += 1
        incident += 1


def _name(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choices(SYLLABLES, k=syllables)).capitalize()


def _town(chance: random.Random, at: int) -> Place:
    name = _name(chance, 3)
    lat, lon = chance.uniform(30, 37), chance.uniform(36, 45)
    return Place(
        name=name, country="SYR", admin1=f"Region {at % 14}", lat=lat, lon=lon, precision="settlement", words=name
    )


def _happening(chance: random.Random, towns: Sequence[Place], number: int) -> Happening:
    town = towns[min(TOWNS - 1, int(chance.paretovariate(0.6)) - 1)]
    return Happening(
        number=number,
        day=START + timedelta(days=chance.randrange(DAYS)),
        town=town,
        kind=chance.choice(KINDS),
        target=chance.choice(TARGETS),
        street=_name(chance, 2),
        person=f"{_name(chance, 2)} {_name(chance, 2)}",
        killed=min(90, int(chance.paretovariate(1.1))),
    )


def _reading(chance: random.Random, what: Happening, copy: int) -> Reading:
    """Return one report's account: its own words, a toll that may differ, some facts left out."""
    toll = max(1, what.killed + chance.choice((0, 0, 0, 1, 2, -1, what.killed // 2)))
    place = f"the {what.target} on {what.street} street in {what.town.words}"
    sayer = chance.choice(SAYERS)
    first = f"{chance.choice(what.kind[2:])} {place} on {what.day:%A}, {sayer} said."
    second = chance.choice((f"At least {toll} people were killed.", f"{toll} people died and others were hurt."))
    third = f"Among the dead was {what.person}, neighbours said." if chance.random() < 0.4 else ""
    title = chance.choice(TITLES).format(toll=toll, town=what.town.words, target=what.target)
    body = " ".join(part for part in (first, second, third, *chance.sample(ENDINGS, 3)) if part)
    text = f"{title}\n{body}"
    blocks = (
        Block(kind="headline", start=0, end=len(title)),
        Block(kind="paragraph", start=len(title) + 1, end=len(text)),
    )
    published = (what.day + timedelta(days=chance.choice((0, 1, 1, 2)))).isoformat()
    report = Report(
        id=f"re_{what.number}_{copy}",
        text=text,
        title=title,
        publisher=f"Paper {(7 * what.number + copy) % OUTLETS}",
        published=published,
        blocks=blocks,
    )
    return _read(report, what, toll, sayer, told=chance.random() < 0.8)


def _read(report: Report, what: Happening, toll: int, sayer: str, *, told: bool) -> Reading:
    """Return what is read of a report whose day is told or left to the date of publication."""
    at = report.text.index("\n") + 1
    span = report.span(at, at + 4)
    number = incident_id(span)
    day = what.day.isoformat()
    when = Moment(earliest=day, latest=day, words=day, resolved=True) if told else None
    holder = Actor(name=sayer, kind="organisation", words=sayer)
    values: list[tuple[str, Any, Actor]] = [
        ("kind", Kind(kind=what.kind[0], words="attack"), REPORT),
        ("weapon", Weapon.model_validate({"class": what.kind[1], "words": "weapon"}), REPORT),
        ("killed", Quantity(low=toll, high=toll, words=str(toll)), holder),
        ("where", what.town, REPORT),
        *([("when", when, REPORT)] if when else []),
    ]
    claims = tuple(
        Claim.model_validate({"incident": number, "field": f, "value": v, "evidence": span, "holder": h})
        for f, v, h in values
    )
    title = report.title or ""
    incident = Incident(id=number, kind=what.kind[0], title=title, when=when, where=what.town, reports=(report.id,))
    return Reading(reports=(report,), statements=_said(report, at, sayer), incidents=(incident,), claims=claims)


def _said(report: Report, at: int, sayer: str) -> tuple[Statement, ...]:
    """Return who says what in the text: how it happened, and who was among the dead where somebody tells."""
    return tuple(
        Statement(
            holder=Actor(name=who, kind="organisation", words=who),
            holder_span=report.span(end + 2, end + 2 + len(who)),
            cue=report.span(end + 3 + len(who), end + 7 + len(who)),
            content=(report.span(start, end),),
            verbatim=False,
        )
        for who, start in ((sayer, at), ("neighbours", report.text.find("Among the dead was")))
        if start >= 0 and (end := report.text.index(f", {who} said.", start))
    )


class Growth(NamedTuple):
    """What linking so many accounts took (seconds of one processor, megabytes at most) and found."""

    accounts: int
    features_s: float
    linking_s: float
    mb: float
    pairs: int
    largest_block: int
    blocks_left_out: int
    pair_f: float
    b3_f: float


def _scored(
    by_id: Mapping[str, Features], blocks: Mapping[str, Sequence[str]], compared: list[int]
) -> Iterator[tuple[str, str, float]]:
    """Yield the scored pairs, counting them."""
    for one, other in pairs(blocks):
        compared[0] += 1
        if found := likely(by_id[one], by_id[other]):
            yield one, other, found.score


def measure(number: int) -> Growth:
    """Make, link and score ``number`` accounts."""
    began = time.process_time()
    by_id: dict[str, Features] = {}
    gold: dict[int, list[str]] = defaultdict(list)
    for incident, features in accounts(number):
        by_id[features.account] = features
        gold[incident].append(features.account)
    made = time.process_time()
    blocks: dict[str, list[str]] = defaultdict(list)
    for name, features in by_id.items():
        for key in block_keys(features):
            blocks[key].append(name)
    compared = [0]
    groups = cluster(by_id, _scored(by_id, blocks, compared))
    linked = time.process_time()
    return Growth(
        accounts=len(by_id),
        features_s=made - began,
        linking_s=linked - made,
        mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        pairs=compared[0],
        largest_block=max(len(members) for members in blocks.values()),
        blocks_left_out=sum(len(members) > MOST for members in blocks.values()),
        pair_f=pairwise(groups, gold.values()).f,
        b3_f=b_cubed(groups, gold.values()).f,
    )


if __name__ == "__main__":
    print("\t".join(Growth._fields))
    for size in map(int, sys.argv[1:]):
        row = measure(size)
        print("\t".join(f"{figure:.1f}" if isinstance(figure, float) else str(figure) for figure in row), flush=True)
