"""Where it happened, told from datelines, speakers' places and people's origins; reports written for this project."""

from __future__ import annotations

import pytest

from sayso.values import Place
from tests.reading.claim_helpers import read

# text, what the place of the main incident is shown as, note
ROWS: list[tuple[str, str | None, str]] = [
    ("Gunmen killed two guards in Mosul on Sunday.", "Mosul, Nineveh, IRQ", "the plain case"),
    ("Speaking in Berlin, the minister said a bomb had killed nine people in Homs.", "Homs, SYR", "a speaker's place"),
    ("A bomb killed nine people in Homs, the minister said in Berlin.", "Homs, SYR", "a speaker's place behind"),
    ("A bomb killed nine people in Homs, a spokesman told reporters in Geneva.", "Homs, SYR", "told reporters in"),
    ("GENEVA (Reuters) - Shelling killed four people in Donetsk, the UN said.", "Donetsk, UKR", "a dateline"),
    ("Gunmen killed a driver from Kabul in Ghazni.", "Ghazni, AFG", "somebody's origin"),
    ("Gunmen shot dead a Kandahar-born trader in Herat.", "Herat, AFG", "somebody's birthplace"),
    (
        "A suicide bomber from Tunis blew himself up in Tripoli, Libya, killing three.",
        "Tripoli, LBY",
        "his home",
    ),
    ("A bomb exploded in Baquba, 60 km north of Baghdad, killing six.", "Baqubah, Diyala, IRQ", "measured from"),
    (
        "A bomb exploded 60 km north of Baghdad, in Baquba, killing six.",
        "Baqubah, Diyala, IRQ",
        "the same before",
    ),
    ("A market in Kabul was bombed, killing ten people.", "Kabul, AFG", "a thing in a town"),
    (
        "Rockets hit Baghdad airport on Monday, wounding two soldiers.",
        "Baghdad airport, Baghdad, IRQ",
        "a facility that is struck is where it happened",
    ),
    ("Rockets fell near Baghdad airport on Monday, wounding two soldiers.", "Baghdad airport, Baghdad, IRQ", "near"),
    ("An attack on the US embassy in Baghdad killed a guard.", "Baghdad, IRQ", "whose embassy does not say where"),
    ("Air strikes killed at least ten civilians in Atareb in Aleppo province.", "Atareb, Aleppo, SYR", "a small town"),
    ("Air strikes killed ten civilians in Aleppo province.", "Aleppo, SYR", "a province is no city"),
    ("Clashes in Helmand province left twelve police officers dead.", "Helmand, AFG", "a province"),
    ("A car bomb in northern Iraq killed five people.", "Iraq", "a part of a country"),
    ("A gunman killed three people in Paris, Texas.", "Paris, Texas, USA", "the words beside it"),
    ("In Kirkuk, gunmen shot dead a judge.", "Kirkuk, IRQ", "before the verb"),
    ("Kirkuk police said gunmen shot dead a judge in Hawija.", "Hawija, Kirkuk, IRQ", "whose police"),
    ("A Kabul car bombing killed eight people.", "Kabul, AFG", "before the noun"),
    ("Three people were killed when a bomb exploded in the town of Tal Afar.", "Tal Afar, Nineveh, IRQ", "town of"),
    ("The mayor of Basra was shot dead in Baghdad.", "Baghdad, IRQ", "an office's place"),
    ("The Mosul-based group killed two hostages in Tikrit.", "Tikrit, Salah ad Din, IRQ", "a group's seat"),
    ("Soldiers flown in from Erbil killed four gunmen in Sinjar.", "Sinjar, Nineveh, IRQ", "where they came from"),
    (
        "The hurt were taken to Erbil after a blast in Tuz Khurmatu killed two.",
        "Tozkhurmato, Salah ad Din, IRQ",
        "hospital",
    ),
    (
        "A roadside bomb killed two soldiers on the road between Fallujah and Ramadi.",
        "road between Fallujah and Ramadi, IRQ",
        "between two towns",
    ),
    ("Militants attacked a base near Gao in northern Mali, killing six soldiers.", "Gao, MLI", "near a town"),
    (
        "Gunmen kidnapped 20 pupils from a school in Dansadau, Zamfara state.",
        "Dan Sadau, Zamfara State, NGA",
        "a comma",
    ),
    (
        "A drone struck a market in Tawila in North Darfur, killing 15.",
        "Tawila, Northern Darfur, SDN",
        "our own table",
    ),
    ("A bomb in Shejaiya killed four people, Gaza's health ministry said.", "Shujaiya, Gaza Strip, PSE", "a quarter"),
    (
        "A bomb hit a bus in Pakistan's Balochistan province, killing five.",
        "Balochistan, PAK",
        "its owner",
    ),
    (
        "Men seized 40 pupils in Nigeria's north-western Zamfara state.",
        "Zamfara State, NGA",
        "owner, direction",
    ),
]


@pytest.mark.parametrize(("text", "where", "note"), ROWS, ids=[row[2] for row in ROWS])
def test_an_incident_stands_where_it_happened(text: str, where: str | None, note: str) -> None:
    reading = read(text)
    assert reading.incidents, "no incident was read"
    place = reading.incidents[0].where
    assert (place.format() if isinstance(place, Place) else None) == where


def test_a_province_is_a_province_though_a_town_has_its_name() -> None:
    [where] = [
        claim.value for claim in read("An attack in Homs province killed six people.").claims if claim.field == "where"
    ]
    assert isinstance(where, Place)
    assert (where.name, where.precision) == ("Homs", "province")
