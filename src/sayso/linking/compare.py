"""``compare``: how likely two accounts tell of one incident, and why; a table of pure comparators.

Each comparator looks at one side of two accounts and returns what it found and the detail for the sentence, or None
where either account does not say: missing evidence is no evidence. All are symmetric. What each finding is worth
stands in ``vocab/linking.toml``.

In a long war an account is compared with a hundred others, and nearly all of these are soon forgotten: sentences are
made when somebody asks for them, and what a comparator needs of one side stands ready in its features.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from sayso.linking.features import FINE, Features
from sayso.linking.scales import (
    HALF,
    TOP,
    Detail,
    Found,
    cosine,
    counts,
    days_apart,
    gap,
    marks,
    nearest,
    shown,
    thousandths,
    told_again,
)
from sayso.linking.scoring import added, log_odds, probability, weights
from sayso.linking.terms import tellingness
from sayso.reading.happenings.taxonomy import kinds as kind_table

Comparator = Callable[[Features, Features], Found | None]

FOLLOWED: Final = 1  # days after which a report may tell of what came after
LATE: Final = 3  # days within which most incidents are reported
BEFORE: Final = 14  # days by which dates of publication may err; nobody reports what is still to come
BRIEF: Final = 12  # words that tell: a report of fewer has no body beside its head
EXPLOSIVE: Final = frozenset({"bomb", "car_bomb", "suicide_vest", "mine", "grenade", "vehicle"})
FROM_AFAR: Final = frozenset({"rocket", "missile", "mortar", "artillery", "aircraft", "drone"})
ELSEWHERE: Final = frozenset({"area", "other_region", "far", "other_country"})
HERE: Final = frozenset({"same", "near"})
BLUNT: Final = frozenset({"violence"})  # the family nearly all kinds share


@dataclass(frozen=True, slots=True)
class Reason:
    """One finding with its log odds and the sentence for the user."""

    name: str
    weight: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How likely two accounts tell of one incident (0 to 1), and what was found, by comparator."""

    score: float
    found: tuple[tuple[str, Detail], ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What was found, the weightiest first."""
        table = weights()
        rows = [Reason(name, table[name].weight, table[name].says.format(shown(detail))) for name, detail in self.found]
        return tuple(sorted(rows, key=lambda row: (-abs(row.weight), row.name)))


NOTHING: Final = Comparison(0.0, ())
"""Of two accounts of which nothing is worth saying."""


def compare(one: Features, other: Features) -> Comparison:
    """Return the probability that two accounts tell of one incident; the order does not matter."""
    found = findings(one, other)
    table = log_odds()
    return Comparison(probability(added([table[name] for name, _ in found])), tuple(found))


def findings(one: Features, other: Features) -> list[tuple[str, Detail]]:
    """Return (name of the finding, detail) of every comparator that has something to go by."""
    rows, full = [], _full_names()
    for name, comparator in COMPARATORS:
        if (found := comparator(one, other)) is not None:
            rows.append((full[name, found[0]], found[1]))
    return rows


def days(one: Features, other: Features) -> Found | None:
    """Compare the days that are told, at the precision they are told with."""
    if not one.days or not other.days:
        return None
    if one.fine_days and other.fine_days:
        between = min(gap(a, b) for a in one.fine_days for b in other.fine_days)
        if between > FOLLOWED and _followed(one, other):
            return "followed", str(between)
        return days_apart(between), str(between)
    return ("rough_fits" if any(gap(a, b) == 0 for a in one.days for b in other.days) else "rough_apart"), ""


def told_and_published(one: Features, other: Features) -> Found | None:
    """Compare the day one tells with the day of the other's report, where the other tells none."""
    if bool(one.days) == bool(other.days):
        return None
    teller, silent = (one, other) if one.days else (other, one)
    if not teller.fine_days or silent.published is None or silent.background:
        return None
    spread = (silent.published - LATE, silent.published)
    between, later = min((gap(span, spread), silent.published > span[1]) for span in teller.fine_days)
    if between > FOLLOWED and later and silent.follows:
        return "followed", str(between)
    if between > BEFORE and not later:
        return "never", str(between)
    return ("fits" if between == 0 else "near" if between <= FINE else "later" if later else "apart"), str(between)


def _followed(one: Features, other: Features) -> bool:
    """Tell whether the later report, by its headline, tells of what came after, and of days after the other's."""
    orders = [(a, b) for a, b in ((one, other), (other, one)) if (a.published or 0) <= (b.published or 0)]
    return any(then.follows and max(then.fine_days)[0] > max(first.fine_days)[0] for first, then in orders)


def published(one: Features, other: Features) -> Found | None:
    """Compare the days of the reports."""
    if one.published is None or other.published is None or one.background or other.background:
        return None
    between = abs(one.published - other.published)
    return days_apart(between), str(between)


def place(one: Features, other: Features) -> Found | None:
    """Compare the places at their precisions; of several, the two that fit best."""
    best = nearest(one.places[:TOP], other.places[:TOP]) if one.places and other.places else None
    if best is not None and best[0] not in ELSEWHERE:
        return best
    named = [*_named(one, other), *_named(other, one)]
    return ("named" if best is None else "elsewhere", min(named)) if named else best


def _named(one: Features, other: Features) -> list[str]:
    """Return the places of one account that the words of the other name, though it may place itself elsewhere."""
    return [name for name, words in one.spots if words <= other.told_words]


def aside(one: Features, other: Features) -> Found | None:
    """Tell whether the report of one tells of what happened where the other did as of another incident."""
    for teller, reader in ((one, other), (other, one)):
        if teller.asides and (name := _told_apart(teller, reader)):
            return "told", name
    return None


def _told_apart(teller: Features, reader: Features) -> str | None:
    """Return where the teller's report places another incident, if the reader is there and not where the teller is.

    Only towns count, and only where both say in which town theirs was: streets and courts lie in some town, too.
    """
    if not any(place.is_town for place in teller.places):
        return None
    apart = nearest(teller.asides, [place for place in reader.places[:TOP] if place.is_town])
    here = nearest(teller.places[:TOP], reader.places[:TOP])
    found = apart is not None and apart[0] == "same" and (here is None or here[0] not in HERE)
    return apart[1] if found and apart is not None and isinstance(apart[1], str) else None


def kind(one: Features, other: Features) -> Found | None:
    """Compare what sort of incident is told of."""
    if not one.told_kinds or not other.told_kinds:
        return None
    if shared := one.told_kinds & other.told_kinds:
        return "same", kind_table()[min(shared)].label.lower()
    both = one.families & other.families
    return ("akin" if both - BLUNT else "rough" if both else "apart"), ""


def killed(one: Features, other: Features) -> Found | None:
    """Compare the dead that are counted."""
    return counts(one.counts.get("killed", ()), other.counts.get("killed", ()))


def injured(one: Features, other: Features) -> Found | None:
    """Compare the injured that are counted."""
    return counts(one.counts.get("injured", ()), other.counts.get("injured", ()))


def others_counted(one: Features, other: Features) -> Found | None:
    """Compare the abducted, arrested, missing and displaced."""
    for field in ("abducted", "arrested", "missing", "displaced"):
        found = counts(one.counts.get(field, ()), other.counts.get(field, ()))
        if found:
            return ("fits" if found[0] in {"same_few", "same_many", "fits"} else "differ"), found[1]
    return None


def target(one: Features, other: Features) -> Found | None:
    """Compare what was hit, by class."""
    if not one.targets or not other.targets:
        return None
    shared = frozenset(one.targets).intersection(other.targets)
    return ("same", frozenset(name.replace("_", " ") for name in shared)) if shared else ("other", "")


def weapon(one: Features, other: Features) -> Found | None:
    """Compare what it was done with, by class; sorts of bombs are one to many reporters."""
    first, second = one.told_weapons, other.told_weapons
    if not first or not second:
        return None
    if shared := first & second:
        return "same", frozenset(name.replace("_", " ") for name in shared)
    akin = any(first & group and second & group for group in (EXPLOSIVE, FROM_AFAR))
    return ("akin" if akin else "apart"), ""


def doer(one: Features, other: Features) -> Found | None:
    """Compare the authors that anybody names; two accounts of one incident may well blame two."""
    if not one.named_doers or not other.named_doers:
        return None
    if shared := one.named_doers.keys() & other.named_doers.keys():
        return "same", min(shared)
    countries = {country for country in one.named_doers.values() if country}
    return ("akin" if countries.intersection(other.named_doers.values()) else "other"), ""


def persons(one: Features, other: Features) -> Found | None:
    """Compare the names of those who were hurt or taken, or are blamed; a last name may stand for the whole."""
    if not one.persons and not other.persons:
        return None
    if shared := one.last_names & other.last_names:
        return ("one" if len(shared) == 1 else "more"), shared
    told = (one.last_names & other.all_names) | (other.last_names & one.all_names)
    if told:
        return "told", told
    return ("other", "") if one.persons and other.persons else None


def people(one: Features, other: Features) -> Found | None:
    """Weigh the names of two words and more that both have: people, streets, bodies; those of rare words count."""
    if not one.people or not other.people:
        return None
    shared = one.weighed_people.keys() & other.weighed_people.keys()
    weight = sum([one.weighed_people[name] for name in shared])
    return PEOPLE[bisect_right(PEOPLE_STEPS, weight) if shared else 0], frozenset(shared)


def names(one: Features, other: Features) -> Found | None:
    """Weigh the rare names that both have, those of the places apart, which are compared as places."""
    if shared := one.own_names & other.own_names:
        return NAMES[bisect_right(NAME_STEPS, sum([tellingness(name) for name in shared]))], shared
    if not one.own_names - other.place_words or not other.own_names - one.place_words or _respelt(one, other):
        return None
    return NAMES[0], ""


def spellings(one: Features, other: Features) -> Found | None:
    """Count names that differ in spelling only: "Velatmeh" and "Velatma"."""
    told = _respelt(one, other)
    return ("one" if len(told) == 1 else "more", frozenset(told)) if told else None


def _respelt(one: Features, other: Features) -> list[str]:
    """Return the names that share a skeleton and are not spelt the same."""
    both = one.skeletons.keys() & other.skeletons.keys()
    rows = ((one.skeletons[bare], other.skeletons[bare]) for bare in both)
    return [" / ".join(sorted(pair)) for pair in rows if pair[0] != pair[1]]


def ages(one: Features, other: Features) -> Found | None:
    """Compare the ages that are told."""
    return marks(one, other, "age")


def blocks(one: Features, other: Features) -> Found | None:
    """Compare the blocks of streets that are told."""
    return marks(one, other, "block")


def streets(one: Features, other: Features) -> Found | None:
    """Compare the streets that are told."""
    return marks(one, other, "street")


def dateline(one: Features, other: Features) -> Found | None:
    """Compare the town at the head of a report with that of the other, or with the places that the other tells."""
    if one.dateline and other.dateline:
        return ("same", one.dateline) if one.dateline == other.dateline else ("other", "")
    teller, silent = (one, other) if one.dateline else (other, one)
    told = teller.dateline and any(place.name == teller.dateline for place in silent.places)
    return ("told", teller.dateline) if told else None


def clock(one: Features, other: Features) -> Found | None:
    """Compare the times of day that are told."""
    return marks(one, other, "clock")


def headline(one: Features, other: Features) -> Found | None:
    """Compare the words of the headlines."""
    return cosine(one.title, other.title)


def echo(one: Features, other: Features) -> Found | None:
    """Tell how much of one headline the other report tells in other places, where the headlines are not alike."""
    if not one.title or not other.title or thousandths(one.title, other.title) >= HALF:
        return None
    return told_again(one, other)


def lead(one: Features, other: Features) -> Found | None:
    """Compare the words of the sentences that tell of the incident."""
    return cosine(one.lead, other.lead)


def body(one: Features, other: Features) -> Found | None:
    """Compare the words of the whole reports, unless one is a few words, which its headline and lead hold, too."""
    brief = min(len(one.body), len(other.body)) < BRIEF
    return None if brief else cosine(one.body, other.body)


def reference(one: Features, other: Features) -> Found | None:
    """Tell whether one report names the outlet of the other as where it has something from."""
    for writer, reader in ((one, other), (other, one)):
        if writer.publisher and writer.publisher != reader.publisher and writer.publisher in reader.people:
            return "named", writer.publisher
    return None


def report(one: Features, other: Features) -> Found | None:
    """Tell whether both stand in one report, which was read as telling them apart."""
    return ("same", "") if one.report == other.report else None


def background(one: Features, other: Features) -> Found | None:
    """Tell whether an account is only mentioned to explain another incident."""
    if one.background and other.background:
        return "both", ""
    return ("one", "") if one.background or other.background else None


COMPARATORS: Final[tuple[tuple[str, Comparator], ...]] = (
    ("days", days),
    ("told_and_published", told_and_published),
    ("published", published),
    ("place", place),
    ("aside", aside),
    ("kind", kind),
    ("killed", killed),
    ("injured", injured),
    ("others_counted", others_counted),
    ("target", target),
    ("weapon", weapon),
    ("doer", doer),
    ("persons", persons),
    ("people", people),
    ("names", names),
    ("spellings", spellings),
    ("ages", ages),
    ("blocks", blocks),
    ("streets", streets),
    ("dateline", dateline),
    ("clock", clock),
    ("headline", headline),
    ("echo", echo),
    ("lead", lead),
    ("body", body),
    ("reference", reference),
    ("report", report),
    ("background", background),
)
PEOPLE: Final = ("none", "faint", "weak", "some", "strong", "many")
PEOPLE_STEPS: Final = (0, 10, 20, 40, 60)
NAMES: Final = ("none", "faint", "weak", "some", "strong", "many")
NAME_STEPS: Final = (0, 20, 50, 90, 150)


@cache
def _full_names() -> dict[tuple[str, str], str]:
    """Return comparator and level → name of the finding."""
    return {(name.partition(".")[0], name.partition(".")[2]): name for name in weights()}
