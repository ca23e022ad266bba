"""``compare``: how likely two accounts tell of one incident, and why; a table of pure comparators.

Each comparator looks at one side of two accounts and returns what it found and the detail for the sentence, or None
where either account does not say: missing evidence is no evidence. All are symmetric. What each finding is worth
stands in ``vocab/linking.toml``.

In a long war an account is compared with a hundred others, and nearly all of these are soon forgotten: sentences are
made when somebody asks for them, and what a comparator needs of one side stands ready in its features.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from sayso.linking.features import FINE, Features, PlaceMark
from sayso.linking.scoring import START, log_odds, probability, weights
from sayso.linking.terms import SCALE, rarity, tellingness
from sayso.reading.happenings.incidents import kinds as kind_table

Interval = tuple[int, int | None]
Detail = str | frozenset[str] | tuple[Interval, Interval]
"""What fills the sentence: words, "" for none; terms, of which the rarest are told; or two counts."""
Found = tuple[str, Detail]
"""The level found ("same") and the detail."""
Comparator = Callable[[Features, Features], Found | None]

LATE: Final = 3  # days within which most incidents are reported
TOP: Final = 5  # counts of one account that are compared: the largest
FEW: Final = 4  # so few dead or hurt are counted rightly by all; larger tolls grow
WIDE: Final = 2.0  # a toll so many times another is another toll
SHOWN: Final = 4  # words in a sentence
EXPLOSIVE: Final = frozenset({"bomb", "car_bomb", "suicide_vest", "mine", "grenade", "vehicle"})
FROM_AFAR: Final = frozenset({"rocket", "missile", "mortar", "artillery", "aircraft", "drone"})
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
        rows = [Reason(name, table[name].weight, table[name].says.format(_told(detail))) for name, detail in self.found]
        return tuple(sorted(rows, key=lambda row: (-abs(row.weight), row.name)))


NOTHING: Final = Comparison(0.0, ())
"""Of two accounts of which nothing is worth saying."""


def compare(one: Features, other: Features) -> Comparison:
    """Return the probability that two accounts tell of one incident; the order does not matter."""
    found = findings(one, other)
    table = log_odds()
    return Comparison(probability(sum([table[name] for name, _ in found], table[START])), tuple(found))


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
        gap = min(_gap(a, b) for a in one.fine_days for b in other.fine_days)
        return _DAYS[bisect_right(_DAY_STEPS, gap)], str(gap)
    return ("rough_fits" if any(_gap(a, b) == 0 for a in one.days for b in other.days) else "rough_apart"), ""


def told_and_published(one: Features, other: Features) -> Found | None:
    """Compare the day one tells with the day of the other's report, where the other tells none."""
    if bool(one.days) == bool(other.days):
        return None
    teller, silent = (one, other) if one.days else (other, one)
    if not teller.fine_days or silent.published is None or silent.background:
        return None
    spread = (silent.published - LATE, silent.published)
    gap, later = min((_gap(span, spread), silent.published > span[1]) for span in teller.fine_days)
    return ("fits" if gap == 0 else "near" if gap <= FINE else "later" if later else "apart"), str(gap)


def published(one: Features, other: Features) -> Found | None:
    """Compare the days of the reports."""
    if one.published is None or other.published is None or one.background or other.background:
        return None
    gap = abs(one.published - other.published)
    return _DAYS[bisect_right(_DAY_STEPS, gap)], str(gap)


def place(one: Features, other: Features) -> Found | None:
    """Compare the places at their precisions; of several, the two that fit best."""
    if len(one.places) == len(other.places) == 1:
        return _places(one.places[0], other.places[0])
    rows = (_places(a, b) for a in one.places[:TOP] for b in other.places[:TOP])
    return min((row for row in rows if row is not None), key=lambda row: (_PLACES[row[0]], row[1]), default=None)


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
    return _counts(one.counts.get("killed", ()), other.counts.get("killed", ()))


def injured(one: Features, other: Features) -> Found | None:
    """Compare the injured that are counted."""
    return _counts(one.counts.get("injured", ()), other.counts.get("injured", ()))


def others_counted(one: Features, other: Features) -> Found | None:
    """Compare the abducted, arrested, missing and displaced."""
    for field in ("abducted", "arrested", "missing", "displaced"):
        found = _counts(one.counts.get(field, ()), other.counts.get(field, ()))
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


def people(one: Features, other: Features) -> Found | None:
    """Weigh the names of two words and more that both have: people, streets, bodies; those of rare words count."""
    if not one.people or not other.people:
        return None
    shared = one.weighed_people.keys() & other.weighed_people.keys()
    weight = sum([one.weighed_people[name] for name in shared])
    return _PEOPLE[bisect_right(_PEOPLE_STEPS, weight) if shared else 0], frozenset(shared)


def names(one: Features, other: Features) -> Found | None:
    """Weigh the rare names that both have, those of the places apart, which are compared as places."""
    if shared := one.own_names & other.own_names:
        return _NAMES[bisect_right(_NAME_STEPS, sum([tellingness(name) for name in shared]))], shared
    if not one.own_names - other.place_words or not other.own_names - one.place_words or _respelt(one, other):
        return None
    return _NAMES[0], ""


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
    return _marks(one, other, "age")


def blocks(one: Features, other: Features) -> Found | None:
    """Compare the blocks of streets that are told."""
    return _marks(one, other, "block")


def clock(one: Features, other: Features) -> Found | None:
    """Compare the times of day that are told."""
    return _marks(one, other, "clock")


def headline(one: Features, other: Features) -> Found | None:
    """Compare the words of the headlines."""
    return _cosine(one.title, other.title)


def lead(one: Features, other: Features) -> Found | None:
    """Compare the words of the sentences that tell of the incident."""
    return _cosine(one.lead, other.lead)


def body(one: Features, other: Features) -> Found | None:
    """Compare the words of the whole reports."""
    return _cosine(one.body, other.body)


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
    ("kind", kind),
    ("killed", killed),
    ("injured", injured),
    ("others_counted", others_counted),
    ("target", target),
    ("weapon", weapon),
    ("doer", doer),
    ("people", people),
    ("names", names),
    ("spellings", spellings),
    ("ages", ages),
    ("blocks", blocks),
    ("clock", clock),
    ("headline", headline),
    ("lead", lead),
    ("body", body),
    ("reference", reference),
    ("report", report),
    ("background", background),
)
_DAYS: Final = ("same", "next", "second", "days", "week", "fortnight", "month", "months", "far")
_DAY_STEPS: Final = (1, 2, 3, 5, 8, 15, 32, 181)
_PLACE_LEVELS: Final = ("same", "near", "within", "region", "rough", "area", "other_region", "far", "other_country")
_PLACES: Final = {level: rank for rank, level in enumerate(_PLACE_LEVELS)}
_NEAR_STEPS: Final = (12.0, 40.0, 120.0)
_PEOPLE: Final = ("none", "faint", "weak", "some", "strong", "many")
_PEOPLE_STEPS: Final = (0, 10, 20, 40, 60)
_NAMES: Final = ("none", "faint", "weak", "some", "strong", "many")
_NAME_STEPS: Final = (0, 20, 50, 90, 150)
_ALIKE: Final = ("none", "faint", "weak", "some", "half", "much", "most", "all")
_ALIKE_STEPS: Final = (40, 100, 180, 270, 380, 520, 720)


@cache
def _full_names() -> dict[tuple[str, str], str]:
    """Return comparator and level → name of the finding."""
    return {(name.partition(".")[0], name.partition(".")[2]): name for name in weights()}


def _gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Return the days between two stretches; 0 where they overlap."""
    return max(0, max(one[0], other[0]) - min(one[1], other[1]))


def _places(one: PlaceMark, other: PlaceMark) -> Found | None:
    if one.name == other.name and one.name and one.country == other.country:
        return ("same" if one.fine or one.precision is None else "region"), one.name
    if one.country and other.country and one.country != other.country:
        return "other_country", ""
    distance = one.kilometres(other) if one.fine and other.fine else None
    if distance is not None:
        return ("near", "within", "area", "far")[bisect_right(_NEAR_STEPS, distance)], f"{distance:.0f} km"
    if one.admin1 and other.admin1:
        return ("rough" if one.admin1 == other.admin1 else "other_region"), ""
    return ("rough", "") if one.country and other.country and "country" in {one.precision, other.precision} else None


def _counts(one: Sequence[Interval], other: Sequence[Interval]) -> Found | None:
    """Compare two lists of intervals: of several, the two that fit best."""
    if not one or not other:
        return None
    if len(one) == len(other) == 1:
        return _interval(one[0], other[0])
    rows = (_interval(a, b) for a in one[:TOP] for b in other[:TOP])
    return min(rows, key=lambda row: (_COUNTS[row[0]], *map(_key, row[1])))


_COUNT_LEVELS: Final = ("same_many", "same_few", "fits", "differ", "differ_few", "differ_far")
_COUNTS: Final = {level: rank for rank, level in enumerate(_COUNT_LEVELS)}


def _interval(one: Interval, other: Interval) -> tuple[str, tuple[Interval, Interval]]:
    told = (one, other) if _key(one) <= _key(other) else (other, one)
    if one == other and one[0] == one[1]:
        return ("same_many" if one[0] > FEW else "same_few"), told
    if (one[1] is None or other[0] <= one[1]) and (other[1] is None or one[0] <= other[1]):
        return "fits", told
    low, high = told[0][0], told[1][0]
    if high <= FEW:
        return "differ_few", told
    return ("differ" if high <= WIDE * low else "differ_far"), told


def _key(interval: Interval) -> tuple[int, int]:
    return interval[0], -1 if interval[1] is None else interval[1]


def _number(interval: Interval) -> str:
    low, high = interval
    return f"{low} or more" if high is None else str(low) if low == high else f"{low} to {high}"


def _marks(one: Features, other: Features, mark: str) -> Found | None:
    first, second = one.marks.get(mark), other.marks.get(mark)
    if not first or not second:
        return None
    shared = first & second
    return ("none" if not shared else "one" if len(shared) == 1 else "more"), shared


def _cosine(one: Mapping[str, int], other: Mapping[str, int]) -> Found | None:
    """Compare two vectors by the cosine of their angle; the detail is the shared words."""
    if not one or not other:
        return None
    shared = one.keys() & other.keys()
    share = sum([one[term] * other[term] for term in shared])
    return _ALIKE[bisect_right(_ALIKE_STEPS, share // SCALE)], frozenset(shared)


def _told(detail: Detail) -> str:
    """Return the detail as the sentence tells it: of many terms the rarest."""
    if isinstance(detail, str):
        return detail
    if isinstance(detail, tuple):
        return " and ".join(dict.fromkeys(map(_number, detail)))
    return ", ".join(sorted(detail, key=lambda term: (-rarity(term), term))[:SHOWN])
