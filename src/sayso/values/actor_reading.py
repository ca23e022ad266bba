"""How a phrase becomes an ``Actor``: known names first, then the head noun with the country in front of it.

The ways are tried in the order of ``WAYS``; the first that understands the phrase decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Final, cast

from sayso.values.actor import Actor, ActorKind
from sayso.values.actor_words import (
    Head,
    bare,
    head_in_front,
    head_of,
    is_persons_name,
    last_word,
    split_country,
    split_title,
    tables,
    title_case,
    without_noise,
)
from sayso.values.facts import ActorLookup, CountryFact
from sayso.values.place import Frame, Place

_LINK: Final = re.compile(
    r"\s+(of|from|for|in|at|inside|within|with|who|that|near|on"
    r"|belonging to|loyal to|affiliated with|linked to|allied with)\s+"
)
# After these the country of the second part is that of the first: "police in Iraq"; not after "linked to" or "with".
_WHOSE: Final = frozenset({"of", "from", "in", "at", "inside", "within"})
_BY: Final = re.compile(r"^(.+?)\s+(?:backed|supported|sponsored|funded|financed|armed|trained) by\s+(.+)$")
_OWNED: Final = re.compile(r"^([A-Z][\w.-]*(?: [A-Z][\w.-]*){0,2})['’]s?\s+(.+)$")
_GROUPS: Final = frozenset({"armed_group", "party", "organisation", "media"})
_LED_BY: Final = re.compile(r"^(.+?)(?:['’]s?)? (administration|government|regime|forces|cabinet)$")


def umbrella_names() -> tuple[str, ...]:
    """Return the last words of names that stand for all forces of a country."""
    return tables().umbrella


def read_actor(words: str, lookup: ActorLookup, countries: Collection[str]) -> Actor:
    """Return whom a phrase names; see ``Actor.parse``."""
    phrase = bare(words)
    found = _read(phrase, lookup, tuple(countries)) if phrase else None
    return (found or Actor(name=None, kind="unknown", words=words)).model_copy(update={"words": words})


def _read(phrase: str, lookup: ActorLookup, countries: tuple[str, ...]) -> Actor | None:
    if phrase.lower() in tables().pronouns and phrase != "US":
        return None
    for way in WAYS:
        found = way(phrase, lookup, countries)
        if found is not None:
            return found
    return None


def actor(name: str | None, kind: ActorKind, country: str | None, sector: str | None) -> Actor:
    """Return an actor whose words are filled in at the end."""
    return Actor(name=name, kind=kind, country=country, sector=sector, words="")


# -- the ways ----------------------------------------------------------------------------------------------------------


def _known_body(phrase: str, lookup: ActorLookup, countries: tuple[str, ...]) -> Actor | None:
    """Read the name of a body that the facts know: "Al-Shabaab", "US Central Command"."""
    fact = lookup.actor(phrase, countries)
    return actor(fact.name, cast(ActorKind, fact.kind), fact.country, fact.sector) if fact else None


def _country(phrase: str, lookup: ActorLookup, countries: tuple[str, ...]) -> Actor | None:
    """Read a country as a state, its people as civilians: "Iran", "Iraqis"."""
    fact = lookup.country(phrase)
    if fact is None:
        return None
    if lookup.demonym(phrase):
        return actor(phrase, "civilians", fact.code, "CVL")
    return actor(fact.name, "state", fact.code, "GOV")


def _seat(phrase: str, lookup: ActorLookup, countries: tuple[str, ...]) -> Actor | None:
    """Read a seat of power as its government: "the Kremlin", "Tehran"."""
    fact = lookup.government(phrase)
    return actor(f"{fact.adjective} Government", "government", fact.code, "GOV") if fact else None


def _backed(phrase: str, lookup: ActorLookup, countries: tuple[str, ...]) -> Actor | None:
    """Read a group that the text says a state stands behind: "Iranian-backed militia"."""
    found, by = tables().backed.match(phrase), _BY.match(phrase)
    if found is not None:
        who, group = found[1], found[2]
    elif by is not None:
        who, group = by[2], by[1]
    else:
        return None
    sponsor = _country_of(bare(who), lookup)
    core = _read(group, lookup, countries) or actor(None, "unknown", None, None)
    return core.model_copy(update={"sponsor": sponsor.code}) if sponsor and core.kind != "state" else core


def _in_front(phrase: str, lookup: ActorLookup, countries: tuple[str, ...]) -> Actor | None:
    """Read a named group with its country or friends in front: "Yemen's Houthis", "Iran-aligned Houthi movement"."""
    owned = _OWNED.match(phrase)
    country = lookup.country(owned[1]) if owned else None
    first, _, rest = phrase.partition(" ")
    if owned and country:
        found = _read(owned[2], lookup, (*countries, country.code))
        fits = found is not None and found.country in {None, country.code}
    elif rest and tables().led.match(first):
        found = _read(rest, lookup, countries)
        fits = found is not None
    else:
        return None
    return found if fits and found and found.is_named and found.kind in _GROUPS else None


def _led_by(phrase: str, lookup: ActorLookup, countries: tuple[str, ...]) -> Actor | None:
    """Read a government or its forces by who leads it: "the Trump administration", "Assad's forces"."""
    found = _LED_BY.match(phrase)
    if found is None or _country_of(found[1], lookup):
        return None
    _, name = split_title(found[1].split())
    leader = lookup.leader(" ".join(name))
    country = lookup.by_code(leader.country) if leader else None
    if country is None:
        return None
    if found[2] == "forces":
        return actor(f"{country.adjective} forces", "military", country.code, "MIL")
    return actor(f"{country.adjective} Government", "government", country.code, "GOV")


def _apposition(phrase: str, lookup: ActorLookup, countries: tuple[str, ...]) -> Actor | None:
    """Read "Captain Ana Ruiz, an army doctor" by its first part; a spokeswoman is whom she speaks for."""
    first, comma, rest = phrase.partition(", ")
    if not comma:
        return None
    core, more = _read(bare(first), lookup, countries), _read(bare(rest), lookup, countries)
    if core is None or more is None:
        return core or more
    if core.kind == "person":
        if set(re.findall(r"[\w-]+", rest.lower())) & tables().voices:
            return more
        return core.model_copy(update={"country": core.country or more.country, "sector": core.sector or more.sector})
    return more if core.kind == "unknown" else core


def _voice(phrase: str, lookup: ActorLookup, countries: tuple[str, ...]) -> Actor | None:
    """Read "army spokesman Col Juan Paz" and "Taliban spokesman" as the body spoken for."""
    words = phrase.split()
    at = next((place for place, word in enumerate(words) if word.lower() in tables().voices), None)
    if at is None or _LINK.search(phrase):
        return None
    after = words[at + 1 :]
    if after and not is_persons_name(split_title(after)[1]):
        return None
    return _read(bare(" ".join(words[:at])), lookup, countries) if at else actor(None, "unknown", None, None)


def _linked(phrase: str, lookup: ActorLookup, countries: tuple[str, ...]) -> Actor | None:
    """Read "spokesman for X" as X, "fighters of X" as X, "police in X" as police of X's country."""
    if ministry := head_in_front(phrase):
        return _of_head(ministry[0], [], [], _country_of(bare(ministry[1]), lookup))
    found = _LINK.search(phrase)
    if found is None:
        return None
    left, right = phrase[: found.start()], bare(phrase[found.end() :])
    whole = _read(right, lookup, countries)
    if last_word(left) in tables().voices:
        return whole
    if last_word(left) in tables().members and whole is not None and whole.is_named and whole.kind == "armed_group":
        return whole
    right = right if found[1] in _WHOSE or found[1] in {"on", "for"} else ""
    return _left_of_link(left, right, found[1], lookup, countries)


def _left_of_link(left: str, right: str, joint: str, lookup: ActorLookup, countries: tuple[str, ...]) -> Actor | None:
    """Read the first part of "police in X"; X gives the country where the first part has none."""
    core = _read(left, lookup, countries)
    head_words, head = head_of(left.split())
    if joint in {"on", "for"} and core is not None and head and head.body and left[-1:].islower():
        own = head_words[0][:1].isupper() and right[:1].isupper() and lookup.country(right) is None
        if own:  # "National Commission on Human Rights"
            return core.model_copy(update={"name": f"{core.name} {joint} {right}"})
    if core is None or core.country is not None or head is None or not right or joint not in _WHOSE:
        return core
    country = lookup.country(right)
    if country is not None:
        return _of_head(head, head_words, without_noise(left.split()[: -len(head_words)]), country)
    if head.body and left[:1].isupper() and right[:1].isupper():  # "University of Karachi"
        core = actor(f"{left} of {right}", head.kind, None, head.sector)
    return core.model_copy(update={"country": Place.parse(right, lookup, Frame(countries)).country})


def _by_head(phrase: str, lookup: ActorLookup, countries: tuple[str, ...]) -> Actor | None:
    """Read by the head noun: "Iraqi army", "two French soldiers", "Taliban fighters", "police"."""
    words = phrase.split()
    head_words, head = head_of(words)
    if head is None:
        return None
    before = words[: len(words) - len(head_words)]
    if before and " ".join(head_words).lower() in tables().members:
        group = _of_group(" ".join(without_noise(before)), head, lookup, countries)
        if group is not None:
            return group
    country, rest = split_country(before, lookup)
    own = bool(rest) and rest[0][:1].isupper() and head_words[0][:1].isupper()
    if own and country and lookup.demonym(before[0]) is None and lookup.country(before[0]) == country:
        core = _of_head(head, head_words, rest, country)  # "Kenya National Commission" keeps its country as written
        return core.model_copy(update={"name": " ".join([before[0], *rest, *head_words])})
    if country is None and rest and head.kind in {"police", "government"} and rest[0][:1].isupper():
        where = Place.parse(" ".join(rest), lookup, Frame(countries)).country
        core = _of_head(head, head_words, rest, None)
        return core.model_copy(update={"country": where})
    return _of_head(head, head_words, rest, country)


def _of_group(name: str, head: Head, lookup: ActorLookup, countries: tuple[str, ...]) -> Actor | None:
    """Read members of a body that the facts know as that body; forces of an alliance stay forces."""
    fact = lookup.actor(name, countries) if name else None
    if fact is None:
        return None
    if head.kind == "military" and fact.kind != "armed_group":
        return actor(f"{fact.name} {head.name}", "military", fact.country, "MIL")
    return actor(fact.name, cast(ActorKind, fact.kind), fact.country, fact.sector)


def _person(phrase: str, lookup: ActorLookup, countries: tuple[str, ...]) -> Actor | None:
    """Read a person's name, with title and country in front: "Captain Ana Ruiz", "Iraqi President Latif Rashid"."""
    country, words = _country_of_person(phrase.split(), lookup)
    head, words = _role_in_front(words)
    sector, name = split_title(words)
    if not is_persons_name(name):
        return None
    leader = lookup.leader(" ".join(name))
    # A surname alone is shared by too many: the title or the report must speak for the leader.
    likely = len(name) > 1 or sector == "GOV" or (sector is None and leader is not None and leader.country in countries)
    if leader is not None and likely and country in {None, leader.country}:
        return actor(leader.name, "person", leader.country, "GOV")
    if len(name) == 1 and sector is None:
        return None
    return actor(" ".join(name), "person", country, sector or (head.sector if head else None))


def _country_of_person(words: list[str], lookup: ActorLookup) -> tuple[str | None, list[str]]:
    """Take "Iraqi" off "Iraqi President Latif Rashid", but not "Chad" off "Chad Smith"."""
    for length in (3, 2, 1):
        front, rest = " ".join(words[:length]), words[length:]
        fact = lookup.country(bare(front)) if rest else None
        titled = bool(rest) and (split_title(rest)[0] is not None or _role_in_front(rest)[0] is not None)
        if fact is not None and (titled or bare(front) != front or lookup.demonym(front)):
            return fact.code, rest
    return None, words


def _role_in_front(words: list[str]) -> tuple[Head | None, list[str]]:
    """Take a role in lower case off a name: "police officer Ana Ruiz" gives the role and the name."""
    for length in range(min(len(words) - 1, tables().longest), 0, -1):
        front = " ".join(words[:length])
        head = tables().heads.get(front.lower()) if front.islower() or front.lower() in {"army", "police"} else None
        if head is not None:
            return head, words[length:]
    return None, words


# -- names -------------------------------------------------------------------------------------------------------------


def _of_head(head: Head, written: list[str], rest: list[str], country: CountryFact | None) -> Actor:
    """Name somebody by head noun, the other words in front, and country.

    "Iraqi Army" (a body of a country), "Third Division" (a body with a name of its own), "Iraqi soldiers", "gunmen".
    """
    front = [country.adjective] if country else []
    own_name = bool(rest) and rest[0][:1].isupper()
    if written and own_name and written[0][:1].isupper():
        name = [*front, *rest, *written]
    elif head.body and (country or own_name):
        noun = title_case(written) if head.written and written and head.kind != "media" else None
        name = [*front, *title_case(rest), *(noun or (written if head.kind == "media" else [head.name]))]
    else:
        noun = [word.lower() for word in written] if head.written and written else [head.name.lower()]
        name = [*front, *rest, *noun]
    return actor(" ".join(name), head.kind, country.code if country else None, head.sector)


def _country_of(words: str, lookup: ActorLookup) -> CountryFact | None:
    """Return the country of a name, demonym or seat of power: "Iranian", "Moscow"."""
    return lookup.country(words) or lookup.government(words)


WAYS: Final[tuple[Callable[[str, ActorLookup, tuple[str, ...]], Actor | None], ...]] = (
    _known_body,
    _country,
    _seat,
    _in_front,
    _backed,
    _led_by,
    _apposition,
    _voice,
    _linked,
    _by_head,
    _person,
)
