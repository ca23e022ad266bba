"""Filters on incidents as the query string of an address: what the desk's links say, and what saved queries keep."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from sayso.errors import UsageError
from sayso.ledger.asking.selecting import Near, Query
from sayso.showing import asked

Found = TypeVar("Found")
WORDS: Final = ("place", "actor", "holder", "outlet", "text")
NAMES: Final = (
    "text", "since", "until", "place", "near", "radius", "kind", "status", "actor", "holder", "outlet", "background",
)  # fmt: skip
RADIUS: Final = 50.0
"""Kilometres around a point where nothing else is said."""
_MOST: Final = 40
"""Parts of a query string; there are fewer names."""


@dataclass(slots=True)
class Filters:
    """Filters that were read.

    Attributes:
        query: of incidents.
        given: the filters as they were written, by name; empty ones are left out.
        problems: what cannot be understood, by name; such a filter filters nothing.

    """

    query: Query
    given: dict[str, str]
    problems: dict[str, str] = field(default_factory=dict)


def read_filters(params: Mapping[str, str]) -> Filters:
    """Read filters by name; whatever stands in them, there is an answer."""
    given = {name: value for name in NAMES if (value := typed(params.get(name, "")))}
    problems: dict[str, str] = {}

    def checked(name: str, check: Callable[[str], Found]) -> Found | None:
        try:
            return check(given[name]) if name in given else None
        except ValueError as error:
            problems[name] = str(error)
            return None

    point, radius = checked("near", asked.point), checked("radius", _radius)
    words: dict[str, Any] = {name: given.get(name) for name in WORDS}
    query = Query(
        **words,
        since=checked("since", asked.day),
        until=checked("until", asked.day),
        near=Near(*point, radius or RADIUS) if point else None,
        kind=checked("kind", asked.kind),
        status=checked("status", asked.status),
        background="background" in given,
    )
    return Filters(query, given, problems)


def query_of_text(text: str) -> Query:
    """Return the query that a query string means.

    Args:
        text: "kind=bombing&place=Mali", or an address of the desk that ends so. Where the list was leafed to, and as of
            when it was looked at, is no filter and is passed over.

    Raises:
        UsageError: it has a filter that there is not, or one that cannot be understood; all are said at once.

    """
    try:
        pairs = dict(parse_qsl(_query_part(text), keep_blank_values=True, max_num_fields=_MOST))
    except ValueError:
        raise UsageError("no filters", place=text[:80], way_out="write them like kind=bombing&place=Mali") from None
    found = read_filters(pairs)
    unknown = [f"{name!r} is no filter" for name in pairs if name not in {*NAMES, "page", "as_of"}]
    if problems := unknown + [f"{name}: {said}" for name, said in found.problems.items()]:
        raise UsageError("; ".join(problems), way_out=f"filters are {', '.join(NAMES)}")
    return found.query


def text_of_query(query: Query) -> str:
    """Return the query string of a query: the same for the same query, empty for all incidents."""
    near = query.near
    given: dict[str, Any] = {name: getattr(query, name) for name in NAMES if name not in {"near", "radius"}}
    given |= {"near": near and f"{near.lat!r},{near.lon!r}", "radius": near and f"{near.radius:g}"}
    given["background"] = "1" if query.background else None
    return urlencode([(name, given[name]) for name in NAMES if given[name]], safe=",:")


def words_of_query(query: Query) -> str:
    """Return a query for people: "kind: bombing · place: Mali", "all incidents" where nothing is filtered."""
    near = query.near
    parts = [f"{name}: {value}" for name in NAMES if isinstance(value := getattr(query, name, None), str)]
    parts += [f"within {near.radius:g} km of {near.lat:g}, {near.lon:g}"] if near else []
    parts += ["background too"] if query.background else []
    return " · ".join(parts) or "all incidents"


def typed(given: str) -> str:
    """Return what a person typed, on one line and without what databases take for an end (NUL)."""
    return " ".join(given.replace("\x00", " ").split())


def _query_part(text: str) -> str:
    if "?" not in text and "://" not in text:
        return text.strip()
    return urlsplit(text.strip()).query


def _radius(given: str) -> float:
    radius = float(given)
    if not 0.1 <= radius <= 20_000:
        raise ValueError("a radius has 0.1 to 20000 km")
    return radius
