"""Which column of a data set holds what: a table a data set, so that a corrected codebook is a corrected line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Dataset:
    """The columns of one data set; "" or an empty tuple where it has none.

    Attributes:
        name: of the profile.
        sayer: what the data set is called when it speaks for itself.
        id: column of the row's id.
        title: columns that name the event.
        sources: columns that name who reported it, ``;`` between names.
        kind: column of the type that a crosswalk of ``vocab/incidents.toml`` knows.
        crosswalk: which: "acled" or "gtd"; "" for none.
        kinds: value of the kind column → kind, beside the crosswalk.
        first_day: columns of the first day: one ISO date, or year, month, day.
        last_day: column of the last day.
        day_precision: column that tells how well the day is known.
        days_around: value of that column → days before and after that it may have been; None: the month.
        place: columns of the place, the narrowest first.
        country: column of the country's name.
        admin1: column of the first-level division.
        lat: column of degrees north.
        lon: column of degrees east.
        place_precision: column that tells what the place is.
        precisions: value of that column → precision.
        author: column of the one who did it.
        target: columns of whom or what it was done to.
        counts: field → columns of the number, or of the least and the greatest.
        zero_is_unknown: fields of which 0 may only say that nobody counted.
        unknown: cells that say nothing, in small letters.
        published: column of the moment of coding, seconds since 1970 or an ISO date.
        text: columns that are kept besides, for a reader.

    """

    name: str
    sayer: str
    id: str
    title: tuple[str, ...]
    sources: tuple[str, ...]
    kind: str
    crosswalk: str
    kinds: tuple[tuple[str, str], ...]
    first_day: tuple[str, ...]
    last_day: str
    day_precision: str
    days_around: tuple[tuple[str, int | None], ...]
    place: tuple[str, ...]
    country: str
    admin1: str
    lat: str
    lon: str
    place_precision: str
    precisions: tuple[tuple[str, str], ...]
    author: str
    target: tuple[str, ...]
    counts: tuple[tuple[str, tuple[str, ...]], ...]
    zero_is_unknown: tuple[str, ...]
    unknown: tuple[str, ...]
    published: str
    text: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that are read, in the order in which the text has them, each once."""
        single = (
            self.id, *self.title, self.kind, *self.first_day, self.last_day, self.day_precision, *self.place,
            self.admin1, self.country, self.lat, self.lon, self.place_precision, self.author, *self.target,
            *(column for _, columns in self.counts for column in columns), *self.sources, self.published, *self.text,
        )  # fmt: skip
        return tuple(dict.fromkeys(column for column in single if column))


ACLED: Final = Dataset(
    name="acled",
    sayer="ACLED",
    id="event_id_cnty",
    title=("event_type", "sub_event_type"),
    sources=("source",),
    kind="sub_event_type",
    crosswalk="acled",
    kinds=(),
    first_day=("event_date",),
    last_day="",
    day_precision="time_precision",
    days_around=(("1", 0), ("2", 6), ("3", None)),
    place=("location",),
    country="country",
    admin1="admin1",
    lat="latitude",
    lon="longitude",
    place_precision="geo_precision",
    precisions=(("1", "settlement"), ("2", "district"), ("3", "province")),
    author="actor1",
    target=("actor2",),
    counts=(("killed", ("fatalities",)),),
    zero_is_unknown=("killed",),
    unknown=(),
    published="timestamp",
    text=("notes",),
)
UCDP: Final = Dataset(
    name="ucdp-ged",
    sayer="UCDP",
    id="id",
    title=("dyad_name",),
    sources=("source_office",),
    kind="type_of_violence",
    crosswalk="",
    kinds=(("1", "armed_clash"), ("2", "armed_clash"), ("3", "other")),
    first_day=("date_start",),
    last_day="date_end",
    day_precision="",
    days_around=(),
    place=("where_coordinates", "adm_1"),
    country="country",
    admin1="adm_1",
    lat="latitude",
    lon="longitude",
    place_precision="where_prec",
    precisions=(
        ("1", "settlement"), ("2", "district"), ("3", "district"), ("4", "province"), ("5", "area"), ("6", "country"),
    ),
    author="side_a",
    target=("side_b",),
    counts=(("killed", ("low", "high")),),
    zero_is_unknown=(),
    unknown=(),
    published="",
    text=("source_headline", "where_description", "best"),
)  # fmt: skip
GTD: Final = Dataset(
    name="gtd",
    sayer="GTD",
    id="eventid",
    title=("attacktype1_txt", "targtype1_txt"),
    sources=("scite1", "scite2", "scite3"),
    kind="attacktype1_txt",
    crosswalk="gtd",
    kinds=(),
    first_day=("iyear", "imonth", "iday"),
    last_day="",
    day_precision="",
    days_around=(),
    place=("city", "provstate"),
    country="country_txt",
    admin1="provstate",
    lat="latitude",
    lon="longitude",
    place_precision="specificity",
    precisions=(("1", "settlement"), ("2", "district"), ("3", "district"), ("4", "province")),
    author="gname",
    target=("target1",),
    counts=(("killed", ("nkill",)), ("injured", ("nwound",))),
    zero_is_unknown=(),
    unknown=("unknown", "-9", "-99"),
    published="",
    text=("summary", "motive", "weapdetail"),
)
DATASETS: Final = {each.name: each for each in (ACLED, UCDP, GTD)}
"""Profile → data set that can be read."""
