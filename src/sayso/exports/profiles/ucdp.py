"""The columns of UCDP GED, the Georeferenced Event Dataset (codebook 24)."""

from __future__ import annotations

import math
from typing import Any, Final

from sayso.exports.profiles import Cell, Profile, itself
from sayso.exports.profiles.choices import FIRST_DAY, GROUPS, SHOWN, Flat, lat, lon
from sayso.values import Quantity
from sayso.values.actor import OF_STATE

STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
CIVILIANS: Final = frozenset({"civilians", "person", "media", "organisation"})
WEEK, MONTH = 7, 31


def _violence(flat: Flat) -> int | None:
    """Return the type of violence; None where the sides are not known well enough."""
    author, target = flat.perpetrator, flat.target
    if author is None or target is None or author.kind not in (*OF_STATE, "armed_group"):
        return None
    if target.kind in CIVILIANS or target.kind == "place":
        return ONE_SIDED
    states = (author.kind in OF_STATE, target.kind in OF_STATE)
    return STATE_BASED if any(states) else NON_STATE


def _side_b(flat: Flat) -> str | None:
    if _violence(flat) == ONE_SIDED:
        return "Civilians"
    return flat.target.name if flat.target and flat.target.kind != "place" else None


def _where_prec(flat: Flat) -> int | None:
    where = flat.where
    if where is None or where.precision is None:
        return None
    return {"point": 1, "settlement": 1, "district": 3, "province": 4, "area": 5, "country": 6}[where.precision]


def _date_prec(flat: Flat) -> int | None:
    days = flat.days
    if days is None:
        return None
    return 1 if days == 1 else 2 if days < WEEK else 3 if days == WEEK else 4 if days <= MONTH else 5


def _low(flat: Flat) -> int | None:
    toll = flat.view.toll("killed")
    return toll[0] if toll else _best(flat)


def _best(flat: Flat) -> int | None:
    count = flat.count("killed")
    return count.low if count else None


def _high(flat: Flat) -> int | None:
    """Return the greatest number asserted; of open ranges the greatest lower end."""
    toll = flat.view.toll("killed")
    if toll is None:
        return _best(flat)
    if toll[1] is not None:
        return toll[1]
    counts = [
        value.value
        for judged in flat.view.judged
        if judged.finding.field == "killed" and judged.group == ""
        for value in judged.finding.values
        if isinstance(value.value, Quantity)
    ]
    return max(count.low if count.high is None else count.high for count in counts)


def _civilians(flat: Flat) -> int | None:
    return flat.counts("killed", CIVILIANS)


def _unknown(flat: Flat) -> int | None:
    best = _best(flat)
    return None if best is None else max(0, best - (_civilians(flat) or 0))


def _grid(flat: Flat) -> int | None:
    """Return the PRIO-GRID cell: half degrees, counted from the south-west."""
    pin = flat.pin
    if pin is None or pin.lat is None or pin.lon is None:
        return None
    return math.floor((pin.lat + 90) / 0.5) * 720 + math.floor((pin.lon + 180) / 0.5) + 1


def _point(flat: Flat) -> str | None:
    return f"POINT ({flat.pin.lon} {flat.pin.lat})" if flat.pin else None


def _last_day(flat: Flat) -> str | None:
    return (flat.when.latest or flat.when.earliest or "")[:10] or None if flat.when else None


def _articles(flat: Flat) -> str:
    parts = [[row[name] or "" for name in ("publisher", "published", "title")] for row in flat.reports]
    return "; ".join(f'"{",".join(each)}"' for each in parts)


def _first_report(flat: Flat, name: str) -> Any:
    return flat.reports[0][name]


def _nothing(_: Any) -> None:
    return None


def _empty(name: str, meaning: str) -> Cell:
    return Cell(name, _nothing, meaning, "Always empty: UCDP's own register of conflicts, dyads and actors.")


PROFILE = Profile(
    name="ucdp-ged",
    title="UCDP GED: georeferenced event data, one row an incident",
    one="one incident",
    rows=itself,
    described_at="https://ucdp.uu.se/downloads/",
    read_by=(
        "Who says it: each name in `source_office` (with UCDP in the chain), or UCDP where it is empty. `low` to"
        " `high` becomes the range of killed, `date_start` to `date_end` the days. Types 1 and 2 of violence become an"
        " armed clash, 3 an attack of which nothing is said how."
    ),
    losses=(
        "Who says it and how sure: outlets stand in `source_office`, the names of all sayers in `source_original`.",
        "The injured, abducted and missing, weapons, damage, motives: UCDP counts the dead only.",
        "Which side the dead were of, unless a report says civilians: the others are `deaths_unknown`.",
        "An event without a known author has no type of violence here; UCDP would not have the event at all.",
    ),
    cells=(
        Cell("id", lambda f: f.incident.id, "id of the event", "sayso's own id: no number of UCDP's."),
        Cell("relid", lambda f: f.incident.id, "id of the event in the register"),
        Cell("year", lambda f: f.first_day and int(f.first_day[:4]), "year of the event", type="integer"),
        Cell("active_year", _nothing, "whether the dyad passed 25 deaths that year", "Always empty."),
        Cell("code_status", lambda _: "sayso, not reviewed by UCDP", "how far the coding is checked"),
        Cell("type_of_violence", _violence, "1 state-based, 2 non-state, 3 one-sided",
             "From the kinds of author and target; empty where either is unknown. A place as target counts as "
             "civilians.", "integer"),
        _empty("conflict_new_id", "conflict"), _empty("conflict_name", "name of the conflict"),
        _empty("dyad_new_id", "dyad"),
        Cell("dyad_name", lambda f: f"{f.perpetrator.name} - {_side_b(f)}" if f.perpetrator and f.perpetrator.name
             and _side_b(f) else None, "both sides"),
        _empty("side_a_new_id", "first side"),
        Cell("side_a", lambda f: f.perpetrator.name if f.perpetrator else None, "first side", SHOWN),
        _empty("side_b_new_id", "second side"),
        Cell("side_b", _side_b, "second side", "“Civilians” in one-sided violence."),
        Cell("number_of_sources", lambda f: f.view.origins, "reports it rests on",
             "Independent origins: copies of one story count once.", "integer"),
        Cell("source_article", _articles, "all reports"),
        Cell("source_office", lambda f: _first_report(f, "publisher"), "outlet of the first report"),
        Cell("source_date", lambda f: _first_report(f, "published"), "day of the first report"),
        Cell("source_headline", lambda f: _first_report(f, "title"), "headline of the first report"),
        Cell("source_original", lambda f: "; ".join(dict.fromkeys(
             claim.holder.name or claim.holder.words for claim in f.view.claims if claim.holder.kind != "report")),
             "who is quoted", "Names only: who says what is lost."),
        Cell("where_prec", _where_prec, "1 exact … 6 country",
             "point and settlement 1, district 3, province 4, area 5, country 6; 2 (within 25 km) is never given.",
             "integer"),
        Cell("where_coordinates", lambda f: f.where.name if f.where else None, "name of the place"),
        Cell("where_description", lambda f: f.where.words if f.where else None, "place as written"),
        Cell("adm_1", lambda f: f.where.admin1 if f.where else None, "first-level division"),
        Cell("adm_2", _nothing, "second-level division", "Always empty."),
        Cell("latitude", lat, "degrees north", "Empty where only the country is known.", "number"),
        Cell("longitude", lon, "degrees east", "Empty where only the country is known.", "number"),
        Cell("geom_wkt", _point, "point", type="string"),
        Cell("priogrid_gid", _grid, "cell of PRIO-GRID", type="integer"),
        Cell("country", lambda f: f.country_name, "country"),
        _empty("country_id", "Gleditsch and Ward number of the country"),
        _empty("region", "region of the world"),
        Cell("event_clarity", lambda f: 1 if f.days == 1 and f.pin else 2, "1 a single event, 2 summed up",
             "1 where day and place are known.", "integer"),
        Cell("date_prec", _date_prec, "1 the day … 5 more than a month",
             "By the days it may have been: 1; 2 to 6; 7; 8 to 31; more.", "integer"),
        Cell("date_start", lambda f: f.first_day, "first day", FIRST_DAY),
        Cell("date_end", _last_day, "last day"),
        Cell("deaths_a", _nothing, "dead of the first side", "Always empty: see `deaths_unknown`.", "integer"),
        Cell("deaths_b", _nothing, "dead of the second side", "Always empty: see `deaths_unknown`.", "integer"),
        Cell("deaths_civilians", _civilians, "dead civilians", "Groups that reports name as civilians, added up.",
             "integer"),
        Cell("deaths_unknown", _unknown, "other dead", "`best` less the civilians.", "integer"),
        Cell("best", _best, "best estimate",
             f"{SHOWN} Of a range its lower end: “dozens” is 24, “at least 6” is 6. {GROUPS}",
             "integer"),
        Cell("high", _high, "greatest number", "The greatest asserted; of open ranges the greatest lower end.",
             "integer"),
        Cell("low", _low, "least number", "The least asserted.", "integer"),
    ),
)  # fmt: skip
