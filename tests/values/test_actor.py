"""What a phrase that names somebody means, and when two answers to "who?" can both be right."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.values.actor import Actor, ActorKind
from sayso.values.actor_words import tables
from sayso.vocab.gazetteer import Gazetteer

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

WORLD = Gazetteer.default()


def read(words: str, *countries: str) -> Actor:
    return Actor.parse(words, WORLD, countries)


# The table of the exam `actors`; a row marked `open` is one that is read wrong so far.
TABLE = tomllib.loads((Path(__file__).parents[2] / "evaluation/actors/actors.toml").read_text(encoding="utf-8"))


def _case(row: dict[str, Any]) -> ParameterSet:
    marks = pytest.mark.xfail(reason="read wrong so far", strict=True) if row.get("open") else ()
    values = (row["words"], row.get("name"), row["kind"], row.get("country"), row.get("sector"))
    return pytest.param(*values, marks=marks, id=f"{row['words']}: {row['note']}")


PHRASES = [_case(row) for rows in TABLE.values() for row in rows]


@pytest.mark.parametrize(("words", "name", "kind", "country", "sector"), PHRASES)
def test_a_phrase_names_somebody(
    words: str, name: str | None, kind: ActorKind, country: str | None, sector: str | None
) -> None:
    actor = read(words)
    assert (actor.name, actor.kind, actor.country, actor.sector) == (name, kind, country, sector)
    assert (actor.words, actor.sponsor) == (words, None)


SPONSORS = [
    ("Iranian-backed militia", "militia", None, "IRN", "a demonym"),
    ("an Iran-backed militia", "militia", None, "IRN", "a country"),
    ("Moscow-backed separatists", "separatists", None, "RUS", "a seat of power"),
    ("an Iranian-backed Rogue Militia Group", "Rogue Militia Group", None, "IRN", "a group with a name"),
    ("a militia backed by Iran", "militia", None, "IRN", "behind the noun"),
    ("militants funded by Tehran", "militants", None, "IRN", "behind the noun, by its seat"),
    ("the Iranian-supported Houthis", "Houthis", "YEM", "IRN", "a known group keeps its country"),
    ("Yemen's Iran-backed Houthi rebels", "Houthis", "YEM", "IRN", "behind the country of the group"),
    ("the Iran-aligned Houthi movement", "Houthis", "YEM", None, "who is aligned is not backed"),
    ("a Vulgarian-backed militia", "militia", None, None, "a sponsor that no table knows"),
    ("Iranian-backed shadows", None, None, "IRN", "a group that no table knows"),
    ("US-backed Iraq", "Iraq", "IRQ", None, "a state is no sponsored group"),
]


@pytest.mark.parametrize(
    ("words", "name", "country", "sponsor", "note"), SPONSORS, ids=[f"{row[0]}: {row[4]}" for row in SPONSORS]
)
def test_a_sponsor_is_named_only_where_the_text_says_so(
    words: str, name: str | None, country: str | None, sponsor: str | None, note: str
) -> None:
    actor = read(words)
    assert (actor.name, actor.country, actor.sponsor) == (name, country, sponsor)


def test_the_countries_of_the_report_settle_a_shared_acronym_and_are_given_to_nobody() -> None:
    assert read("JEM", "SDN").name == "Justice and Equality Movement"
    assert read("JEM", "PAK").name == "Jaish-e-Mohammed"
    assert read("the army", "SDN").country is None


def test_a_leaders_surname_counts_in_a_report_about_his_country() -> None:
    assert read("Trump", "IRN", "USA").name == "Donald Trump"
    assert read("Trump", "IRN").name is None
    assert read("Judge Trump", "USA").name == "Trump"


def test_every_head_has_one_owner_and_every_title_a_sector() -> None:
    assert len(tables().heads) > 500
    assert all(head.sector is None or len(head.sector) == 3 for head in tables().heads.values())
    assert set(tables().titles.values()) <= {"MIL", "GOV", "LEG", "COP", "JUD", "REL", "HLH", "CVL"}


# -- comparison --------------------------------------------------------------------------------------------------------

IRAN, IRAQ, TEHRAN, IRAQI_ARMY = (read(words) for words in ("Iran", "Iraq", "Tehran", "the Iraqi army"))
MILITARY, POLICE, GUNMEN, OUTLAWS = (read(w) for w in ("the Iraqi military", "Iraqi police", "gunmen", "outlaw group"))
TALIBAN, SHABAAB, BACKED, GUARDS = (
    read(words) for words in ("the Taliban", "al-Shabaab", "Iranian-backed militia", "Iran's Revolutionary Guards")
)
RUIZ, PAZ, SOLDIERS, SYRIANS = (read(w) for w in ("Ana Ruiz", "Juan Paz", "Iraqi soldiers", "Syrian soldiers"))
REPORT = Actor(name=None, kind="report", words="the report")
NOBODY, GOVERNMENT, WITNESSES, STATE_TV = (
    read(words) for words in ("he", "the Iraqi government", "witnesses", "Syrian state television")
)
PAPER, CHILEAN = read("the Northfield Herald"), read("Chilean Colonel Juan Paz")

PAIRS: list[tuple[Actor, Actor, bool | None, bool | None, bool | None, str]] = [
    # one, other → same, one contains other, contradicts
    (IRAN, read("Iran"), True, True, False, "a state and itself"),
    (TEHRAN, read("the Iranian government"), True, True, False, "a seat and its government"),
    (IRAQ, IRAQI_ARMY, False, True, False, "an army belongs to its state"),
    (IRAQI_ARMY, IRAQ, False, False, False, "and not the other way"),
    (GOVERNMENT, POLICE, False, True, False, "police act for their government"),
    (IRAQ, GOVERNMENT, False, True, False, "a government acts for its state"),
    (IRAN, IRAQ, False, False, True, "two states"),
    (MILITARY, IRAQI_ARMY, False, True, False, "an umbrella holds its forces"),
    (IRAQI_ARMY, MILITARY, False, False, False, "not the other way"),
    (MILITARY, SOLDIERS, None, None, None, "soldiers of it, as far as anyone knows"),
    (IRAQI_ARMY, POLICE, None, None, True, "two bodies of one state"),
    (GUNMEN, TALIBAN, None, True, False, "gunmen may be of any group"),
    (GUNMEN, read("gunmen"), None, True, False, "gunmen and gunmen: nobody knows whether the same"),
    (OUTLAWS, TALIBAN, None, True, False, "an outlaw group may be any"),
    (GUNMEN, IRAN, None, None, None, "who sent the gunmen is not said"),
    (OUTLAWS, IRAN, None, None, True, "outlaws are no state"),
    (TALIBAN, SHABAAB, False, False, True, "two groups"),
    (BACKED, IRAN, None, None, False, "a sponsor and its group"),
    (IRAN, BACKED, None, None, False, "the other way"),
    (GUARDS, BACKED, None, None, False, "a sponsor's force and its group"),
    (BACKED, IRAQ, None, None, True, "a group and a state that does not back it"),
    (RUIZ, PAZ, False, False, True, "two people"),
    (RUIZ, TALIBAN, None, None, None, "a person may belong to a group"),
    (CHILEAN, TALIBAN, False, False, None, "even to one of another country"),
    (SOLDIERS, SYRIANS, False, False, True, "soldiers of two states"),
    (SOLDIERS, read("Iraqi soldiers"), True, True, False, "soldiers of one state"),
    (WITNESSES, read("witnesses"), None, None, None, "witnesses and witnesses: nobody knows"),
    (PAPER, RUIZ, None, None, None, "a paper and a person"),
    (PAPER, TALIBAN, None, None, True, "a paper and a group"),
    (REPORT, IRAN, None, None, None, "the report's own voice is compared with nobody"),
    (NOBODY, IRAN, None, None, None, "nor is a pronoun"),
]


@pytest.mark.parametrize(
    ("one", "other", "same", "contains", "contradicts", "note"), PAIRS, ids=[row[5] for row in PAIRS]
)
def test_two_actors_are_compared(
    one: Actor, other: Actor, same: bool | None, contains: bool | None, contradicts: bool | None, note: str
) -> None:
    assert (one.same(other), one.contains(other), one.contradicts(other)) == (same, contains, contradicts)


@pytest.mark.parametrize(
    ("actor", "text"),
    [
        (IRAQI_ARMY, "Iraqi Army (military, IRQ)"),
        (BACKED, "militia (armed group, backed by IRN)"),
        (NOBODY, "he (unknown)"),
    ],
)
def test_an_actor_is_shown(actor: Actor, text: str) -> None:
    assert actor.format() == text


KNOWN = [read(row["words"]) for rows in TABLE.values() for row in rows] + [read(row[0]) for row in SPONSORS]
actors = st.sampled_from(KNOWN)


@given(actors, actors)
def test_likeness_and_contradiction_are_mutual(one: Actor, other: Actor) -> None:
    assert one.same(other) == other.same(one)
    assert one.contradicts(other) == other.contradicts(one)


@given(actors, actors)
def test_what_contains_or_equals_does_not_contradict(one: Actor, other: Actor) -> None:
    if one.same(other) or one.contains(other):
        assert one.contradicts(other) is False


@given(actors)
def test_nobody_contradicts_himself(actor: Actor) -> None:
    assert actor.contradicts(actor) is not True


@given(st.text(max_size=60))
def test_any_words_are_read_and_kept(words: str) -> None:
    actor = read(words)
    assert actor.words == words
    assert actor.name != ""


@given(actors)
def test_reading_is_deterministic(actor: Actor) -> None:
    assert read(actor.words) == actor
