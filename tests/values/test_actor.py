"""What a phrase that names somebody means, and when two answers to "who?" can both be right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.values.actor import Actor, ActorKind
from sayso.values.actor_words import tables
from sayso.vocab.gazetteer import Gazetteer

WORLD = Gazetteer.default()


def read(words: str, *countries: str) -> Actor:
    return Actor.parse(words, WORLD, countries)


Row = tuple[str, str | None, ActorKind, str | None, str | None, str]

# words → name, kind, country, sector, note
STATES: list[Row] = [
    ("Iran", "Iran", "state", "IRN", "GOV", "a country acts as a state"),
    ("the United States", "United States", "state", "USA", "GOV", "with its article"),
    ("US", "United States", "state", "USA", "GOV", "letters"),
    ("U.S.", "United States", "state", "USA", "GOV", "letters with points"),
    ("us", None, "unknown", None, None, "a pronoun, not a country"),
    ("Us", None, "unknown", None, None, "a pronoun that begins a sentence"),
    ("Chad", "Chad", "state", "TCD", "GOV", "a country that is also a first name"),
    ("Georgia", "Georgia", "state", "GEO", "GOV", "only the country acts as a state"),
    ("Britain", "United Kingdom", "state", "GBR", "GOV", "another name"),
    ("Ivory Coast", "Côte d'Ivoire", "state", "CIV", "GOV", "the English name"),
    ("turkey", None, "unknown", None, None, "not written as a name"),
    ("Turkey sandwich", None, "unknown", None, None, "a country in front of a thing is nobody"),
    ("Iraqis", "Iraqis", "civilians", "IRQ", "CVL", "a people"),
    ("Americans", "Americans", "civilians", "USA", "CVL", "another"),
]
GOVERNMENTS: list[Row] = [
    ("the Iraqi government", "Iraqi Government", "government", "IRQ", "GOV", "a body with its country"),
    ("the government of Iraq", "Iraqi Government", "government", "IRQ", "GOV", "in other words"),
    ("Iraq's government", "Iraqi Government", "government", "IRQ", "GOV", "with a possessive"),
    ("Tehran", "Iranian Government", "government", "IRN", "GOV", "a capital stands for its government"),
    ("the Kremlin", "Russian Government", "government", "RUS", "GOV", "so does a palace"),
    ("Washington", "United States Government", "government", "USA", "GOV", "and a seat"),
    ("the White House", "United States Government", "government", "USA", "GOV", "and a house"),
    ("Downing Street", "British Government", "government", "GBR", "GOV", "and a street"),
    ("the Trump administration", "United States Government", "government", "USA", "GOV", "by who leads it"),
    ("President Assad's government", "Syrian Government", "government", "SYR", "GOV", "with a title"),
    ("the Assad regime", "Syrian Government", "government", "SYR", "GOV", "in other words"),
    ("the Ruiz-Lund administration", "Ruiz-Lund Government", "government", None, "GOV", "an unknown leader"),
    ("the government", "government", "government", None, "GOV", "which one is not said"),
    ("the Pentagon", "United States Department of Defense", "government", "USA", "MIL", "a building"),
    ("Pentagon officials", "United States Department of Defense", "government", "USA", "MIL", "its people"),
    ("the US State Department", "United States Department of State", "government", "USA", "GOV", "with its country"),
    ("the ministry of defence of Iraq", "Iraqi Ministry of Defence", "government", "IRQ", "MIL", "ministry of X of Y"),
    ("Iraq's defense ministry", "Iraqi Ministry of Defence", "government", "IRQ", "MIL", "American spelling"),
    ("the Afghan interior ministry", "Afghan Ministry of Interior", "government", "AFG", "GOV", "the noun behind"),
    ("the Ministry of Health", "ministry of health", "government", None, "GOV", "whose is not said"),
    ("Hamas-run health ministry", "Hamas-run Ministry of Health", "government", None, "GOV", "run by somebody"),
    ("the Peruvian Congress", "Peruvian Congress", "government", "PER", "LEG", "a parliament by its own word"),
    ("Congress", "congress", "government", None, "LEG", "whose is not said"),
    ("the Supreme Court", "supreme court", "government", None, "JUD", "a court"),
    ("officials", "officials", "government", None, "GOV", "without a country none is invented"),
    ("an unnamed US official", "United States officials", "government", "USA", "GOV", "with one"),
    ("the foreign minister", "foreign minister", "government", None, "GOV", "an office keeps its word"),
    ("the president of Iraq", "Iraqi president", "government", "IRQ", "GOV", "an office of a country"),
    ("state prosecutors", "state prosecutors", "government", None, "JUD", "the law"),
    ("the CIA", "Central Intelligence Agency", "government", "USA", "SPY", "a secret service"),
    ("the provincial council", "provincial council", "government", None, "GOV", "a local body"),
]
FORCES: list[Row] = [
    ("the Iraqi army", "Iraqi Army", "military", "IRQ", "MIL", "a body with its country"),
    ("Iraq's army", "Iraqi Army", "military", "IRQ", "MIL", "with a possessive"),
    ("the army of Iraq", "Iraqi Army", "military", "IRQ", "MIL", "in other words"),
    ("the army", "army", "military", None, "MIL", "which one is not said"),
    ("US Central Command", "United States Central Command", "military", "USA", "MIL", "canonical name"),
    ("CENTCOM", "United States Central Command", "military", "USA", "MIL", "its short form"),
    ("American soldiers", "United States soldiers", "military", "USA", "MIL", "a demonym"),
    ("two French soldiers", "French soldiers", "military", "FRA", "MIL", "a number is no part of a name"),
    ("Filipino soldiers", "Philippine soldiers", "military", "PHL", "MIL", "an irregular demonym"),
    ("the Kiwi soldier", "New Zealand soldiers", "military", "NZL", "MIL", "a nickname"),
    ("Russian troops", "Russian forces", "military", "RUS", "MIL", "troops and forces are one"),
    ("Assad's forces", "Syrian forces", "military", "SYR", "MIL", "by who leads them"),
    ("NATO forces", "NATO forces", "military", None, "MIL", "forces of an alliance"),
    ("UN peacekeepers", "UN peacekeepers", "military", None, "MIL", "peacekeepers"),
    ("Ukraine's armed forces", "Armed Forces of Ukraine", "military", "UKR", "MIL", "a known name"),
    ("the IDF", "Israel Defense Forces", "military", "ISR", "MIL", "an acronym"),
    ("Iran's Revolutionary Guards", "Islamic Revolutionary Guard Corps", "military", "IRN", "MIL", "another name"),
    ("Third Division", "Third Division", "military", None, "MIL", "a unit with a name of its own"),
    ("the Chilean Third Division", "Chilean Third Division", "military", "CHL", "MIL", "and its country"),
    ("the Saudi-led coalition", "Saudi-led coalition", "military", "SAU", "MIL", "a known coalition"),
    ("coalition forces", "coalition forces", "military", None, "MIL", "an unknown one"),
    ("police", "police", "police", None, "COP", "which one is not said"),
    ("Police", "police", "police", None, "COP", "at the start of a sentence"),
    ("three policemen", "police officers", "police", None, "COP", "officers by another word"),
    ("Dutch police", "Dutch Police", "police", "NLD", "COP", "of a country"),
    ("police in Iraq", "Iraqi Police", "police", "IRQ", "COP", "in a country"),
    ("police in Mosul", "police", "police", "IRQ", "COP", "in a town: the country, not the name"),
    ("Baghdad police", "Baghdad Police", "police", "IRQ", "COP", "of a town"),
    ("Scotland Yard", "Metropolitan Police", "police", "GBR", "COP", "a byname"),
    ("FBI agents", "Federal Bureau of Investigation", "police", "USA", "COP", "people of a known body"),
    ("security guards", "police officers", "police", None, "COP", "guards"),
]
GROUPS: list[Row] = [
    ("Al-Shabaab", "Al-Shabaab", "armed_group", "SOM", "REB", "canonical"),
    ("al Shabab", "Al-Shabaab", "armed_group", "SOM", "REB", "a spelling"),
    ("the Taliban", "Taliban", "armed_group", "AFG", "REB", "with its article"),
    ("Taliban fighters", "Taliban", "armed_group", "AFG", "REB", "its members"),
    ("members of the Taliban", "Taliban", "armed_group", "AFG", "REB", "in other words"),
    ("suspected Taliban militants", "Taliban", "armed_group", "AFG", "REB", "a hedge is no part of a name"),
    ("the Pakistani Taliban", "Tehrik-i-Taliban Pakistan", "armed_group", "PAK", "REB", "another group"),
    ("ISIS", "Islamic State", "armed_group", None, "REB", "an acronym; no country"),
    ("Islamic State group", "Islamic State", "armed_group", None, "REB", "in full"),
    ("Houthi rebels", "Houthis", "armed_group", "YEM", "REB", "a name and a noun"),
    ("Hizbullah", "Hezbollah", "armed_group", "LBN", "REB", "a spelling"),
    ("Wagner mercenaries", "Wagner Group", "armed_group", "RUS", "MIL", "hired soldiers"),
    ("FMLN guerrillas", "Farabundo Marti National Liberation Front", "armed_group", "SLV", "REB", "an acronym"),
    ("gunmen", "gunmen", "unknown", None, "UAF", "whether they are a group is not said"),
    ("two unidentified gunmen", "gunmen", "unknown", None, "UAF", "with a number"),
    ("attackers", "gunmen", "unknown", None, "UAF", "in other words"),
    ("a gunman", "gunman", "person", None, "UAF", "one of them is a person"),
    ("a suicide bomber", "suicide bomber", "person", None, "UAF", "another"),
    ("rebels", "rebels", "armed_group", None, "REB", "of nobody knows where"),
    ("Kurdish fighters", "Kurdish fighters", "armed_group", None, "REB", "a people without a state has no code"),
    ("a Shiite militia", "Shiite militia", "armed_group", None, "REB", "a creed is no country"),
    ("pro-Iranian militia", "pro-Iranian militia", "armed_group", None, "REB", "sympathy is no sponsorship"),
    ("an “outlaw group”", "outlaw group", "armed_group", None, "REB", "in quotation marks"),
    ("drug traffickers", "drug traffickers", "armed_group", None, "CRM", "criminals"),
    ("Tikri Liberation Front", "Tikri Liberation Front", "armed_group", None, "REB", "an unknown group with a name"),
    ("the Lost Valley Brigades", "Lost Valley Brigades", "armed_group", None, "REB", "another"),
    ("the group", "group", "unknown", None, None, "what sort of group is not said"),
    ("militants with ties to Iran", "militants", "armed_group", None, "REB", "a tie gives no country"),
    ("gunmen who attacked Iran", "gunmen", "unknown", None, "UAF", "nor does a relative clause"),
]
OTHERS: list[Row] = [
    ("witnesses", "witnesses", "civilians", None, "CVL", "people who saw"),
    ("local residents", "residents", "civilians", None, "CVL", "people who live there"),
    ("residents of Aleppo", "residents", "civilians", "SYR", "CVL", "of a town: its country"),
    ("activists in Syria", "Syrian activists", "civilians", "SYR", "OPP", "of a country"),
    ("children", "children", "civilians", None, "CVL", "they keep their word"),
    ("a peasant", "peasant", "civilians", None, "CVL", "one of them too"),
    ("shoppers", "shoppers", "civilians", None, "CVL", "customers"),
    ("camp residents", "camp residents", "civilians", None, "CVL", "with a word in front"),
    ("refugees", "refugees", "civilians", None, "REF", "people who fled"),
    ("doctors", "doctors", "civilians", None, "HLH", "people who heal"),
    ("Captain Ana Ruiz", "Ana Ruiz", "person", None, "MIL", "a rank tells the sector"),
    ("Lt. Gen. Juan Paz", "Juan Paz", "person", None, "MIL", "two ranks in a row"),
    ("police officer Juan Paz", "Juan Paz", "person", None, "COP", "a role in lower case"),
    ("Mayor Ana Ruiz", "Ana Ruiz", "person", None, "GOV", "an office"),
    ("Judge Paz", "Paz", "person", None, "JUD", "a surname with a title"),
    ("Paz", None, "unknown", None, None, "a surname alone names nobody yet"),
    ("Ana Ruiz", "Ana Ruiz", "person", None, None, "a name"),
    ("Ana de la Cruz", "Ana de la Cruz", "person", None, None, "with particles"),
    ("Paris Hilton", "Paris Hilton", "person", None, None, "a town as a first name"),
    ("Chad Smith", "Chad Smith", "person", None, None, "a country as a first name"),
    ("Israel Katz", "Israel Katz", "person", None, None, "another"),
    ("President Trump", "Donald Trump", "person", "USA", "GOV", "a leader's surname with a title"),
    ("Trump", None, "unknown", None, None, "without one, nor a report about his country"),
    ("US President Donald Trump", "Donald Trump", "person", "USA", "GOV", "with country and title"),
    ("Iraqi Prime Minister Adel Abdul Mahdi", "Adel Abdul Mahdi", "person", "IRQ", "GOV", "with a demonym"),
    ("Chilean Colonel Juan Paz", "Juan Paz", "person", "CHL", "MIL", "not a leader"),
    ("Juan Paz, a Chilean farmer", "Juan Paz", "person", "CHL", "CVL", "the apposition tells the country"),
    ("Juan Paz, 34", "Juan Paz", "person", None, None, "an apposition that tells nothing"),
    ("a man, Juan Paz", "man", "civilians", None, "CVL", "the first part decides"),
    ("the group, the Taliban", "Taliban", "armed_group", "AFG", "REB", "unless it says nothing"),
    ("a spokesman for the Iraqi army", "Iraqi Army", "military", "IRQ", "MIL", "the body spoken for"),
    ("the Iraqi army spokesman", "Iraqi Army", "military", "IRQ", "MIL", "in other words"),
    ("Taliban spokesman Juan Paz", "Taliban", "armed_group", "AFG", "REB", "with the speaker's name"),
    ("Col. Ana Ruiz, a spokeswoman for the Third Division", "Third Division", "military", None, "MIL", "apposition"),
    ("a spokesman", None, "unknown", None, None, "for nobody knows whom"),
    ("Taliban spokesman said", None, "unknown", None, None, "not a phrase that names somebody"),
    ("the New York Times", "The New York Times", "media", "USA", "MED", "a town in a paper's name"),
    ("AFP", "Agence France-Presse", "media", "FRA", "MED", "an agency"),
    ("the Northfield Herald", "Northfield Herald", "media", None, "MED", "an unknown paper"),
    ("Syrian state television", "Syrian state television", "media", "SYR", "MED", "a broadcaster"),
    ("local media", "local media", "media", None, "MED", "which is not said"),
    ("journalists", "journalists", "media", None, "MED", "people of the trade"),
    ("the United Nations", "United Nations", "organisation", None, "IGO", "states together"),
    ("the Red Cross", "International Committee of the Red Cross", "organisation", "CHE", "NGO", "a byname"),
    ("aid workers", "aid workers", "organisation", None, "NGO", "people who help"),
    ("University of Karachi", "University of Karachi", "organisation", "PAK", "EDU", "a name with a town"),
    ("St. Mary's Hospital", "St. Mary's Hospital", "organisation", None, "HLH", "a name with a saint"),
    ("a hospital", "hospital", "organisation", None, "HLH", "which one is not said"),
    ("the opposition", "opposition", "party", None, "PTY", "a party"),
    ("he", None, "unknown", None, None, "a pronoun waits for its antecedent"),
    ("who", None, "unknown", None, None, "another"),
    ("initial reports", None, "unknown", None, None, "papers are nobody"),
    ("", None, "unknown", None, None, "no words at all"),
    ("!", None, "unknown", None, None, "a mark"),
]
PHRASES = STATES + GOVERNMENTS + FORCES + GROUPS + OTHERS


@pytest.mark.parametrize(
    ("words", "name", "kind", "country", "sector", "note"), PHRASES, ids=[f"{row[0]}: {row[5]}" for row in PHRASES]
)
def test_a_phrase_names_somebody(
    words: str, name: str | None, kind: ActorKind, country: str | None, sector: str | None, note: str
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


KNOWN = [read(row[0]) for row in PHRASES] + [read(row[0]) for row in SPONSORS]
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
