"""Who speaks, led back to whom the report names: owners, groups, acronyms, pronouns, names behind descriptions."""

from __future__ import annotations

import pytest

from sayso.reading.speaking.taking_up import acronyms
from tests.reading.reading_helpers import read

TABLE: list[tuple[str, str, list[tuple[str | None, str]]]] = [
    # what it shows · text · name and kind of each holder
    (
        "its spokesman",
        "Police said two men ran. “Nobody fell,” its spokesman Otto Brandt said.",
        [("police", "police"), ("police", "police")],
    ),
    (
        "the coalition’s spokesman",
        "The Lakes Coalition said two men ran. Lena Moro, the coalition’s spokeswoman, said one fell.",
        [("Lakes Coalition", "military"), ("Lakes Coalition", "military")],
    ),
    (
        "its own body of a state",
        "Togo denied the raid. Its foreign ministry said two men ran.",
        [("Togo", "state"), ("Togolese Ministry of Foreign Affairs", "government")],
    ),
    (
        "a headline shortens a name",
        "Front denies raid. The Eastern Front denied the raid.",
        [("Eastern Front", "armed_group"), ("Eastern Front", "armed_group")],
    ),
    (
        "a bare ministry is the one that spoke",
        "The interior ministry said two men ran. “One fell,” ministry spokesman Karim Dahl said.",
        [("ministry of interior", "government"), ("ministry of interior", "government")],
    ),
    (
        "of two ministries a bare one is neither",
        "The interior ministry denied it. The health ministry said one fell. Ministry spokesman Karim Dahl said two.",
        [("ministry of interior", "government"), ("ministry of health", "government"), ("ministry", "government")],
    ),
    (
        "the unnamed director of an observatory is its mouth",
        "The Lakes Observatory for Rights said two men ran. The director of the observatory said one fell.",
        [("Lakes Observatory for Rights", "organisation"), ("Lakes Observatory for Rights", "organisation")],
    ),
    (
        "a director with a name is himself, and so is that of a hospital",
        "Adel Haro, the director of the Lakes Observatory for Rights, said two ran. A hospital director said one fell.",
        [("Adel Haro", "person"), ("hospital director", "government")],
    ),
    (
        "a ministry of another sort is another",
        "Togo’s foreign ministry denied the raid. The health ministry said one fell.",
        [("Togolese Ministry of Foreign Affairs", "government"), ("ministry of health", "government")],
    ),
    (
        "his deputy speaks for whom the words name first",
        "The Secretary-General called for calm, his deputy spokesman Otto Brandt said.",
        [("secretary-general", "government"), ("secretary-general", "government")],
    ),
    (
        "a spokesman in a place",
        "The police spokesman in the province, Otto Brandt, said two men ran.",
        [("police", "police")],
    ),
    (
        "the group, which spoke before",
        "The Northern Liberation Front said two men ran. The group denied that one fell.",
        [("Northern Liberation Front", "armed_group"), ("Northern Liberation Front", "armed_group")],
    ),
    (
        "the group, which was only named",
        "A raid killed a commander of Islamic Jihad, the group said.",
        [("Palestinian Islamic Jihad", "armed_group")],
    ),
    (
        "the statement is that of who issued one",
        "The army said in a statement that two men ran. The statement blamed rebels for the fire.",
        [("army", "military"), ("army", "military")],
    ),
    (
        "a statement nobody told of before stays a statement",
        "Two men ran. “One fell,” the statement said.",
        [("statement", "person")],
    ),
    (
        "the general, whom only the narration named",
        "General Oru Tamba visited the base. The general said two men ran. He added that one fell.",
        [("Oru Tamba", "person"), ("Oru Tamba", "person")],
    ),
    (
        "the general, a spokesman called so too",
        "“Nobody ran,” the ministry’s spokesman, Major General Oleg Brandt, said. The general added that one fell.",
        [("ministry", "government"), ("ministry", "government")],
    ),
    (
        "another officer is somebody else",
        "Officer Jon Beke said two men ran. Another officer said one fell. The officer said one bled.",
        [("Jon Beke", "person"), ("officer", "police"), ("officer", "police")],
    ),
    (
        "they, who open the sentence before",
        "Residents fled to the hills. They told the paper that two men ran.",
        [("residents", "civilians")],
    ),
    (
        "a tally by a body",
        "Six people were hurt, according to a tally by the Halo news agency.",
        [("Halo news agency", "media")],
    ),
    (
        "figures released by a body, and where they are from",
        "Six people were hurt, according to figures compiled by the Lakes Rights Network from hospital lists.",
        [("Lakes Rights Network", "organisation")],
    ),
    (
        "a report of a body with a short name",
        "Six people were hurt, according to a UN report.",
        [("United Nations", "organisation")],
    ),
    (
        "people for a cause are a body",
        "Physicians for Calm said in a report that two men ran. According to the report, one fell.",
        [("Physicians for Calm", "organisation"), ("Physicians for Calm", "organisation")],
    ),
    (
        "a news agency whose short name an army bears too",
        "State news agency DSA said two men ran. DSA also said one fell.",
        [("DSA", "media"), ("DSA", "media")],
    ),
    (
        "who gave his name",
        "A man in the camp, who gave his name only as Yusuf, said two men ran.",
        [("Yusuf", "person")],
    ),
    (
        "the committee of which a member has spoken",
        "“Two men ran,” said Abu Yazan, a member of the local coordination committee. The committee said one fell.",
        [("Abu Yazan", "person"), ("local coordination committee", "organisation")],
    ),
    (
        "a monitoring group is no armed group, and the monitor of the lead",
        "Two men ran, a monitor said. The Orontes Monitoring Group said one fell.",
        [("Orontes Monitoring Group", "organisation"), ("Orontes Monitoring Group", "organisation")],
    ),
    (
        "a commission on something keeps its name",
        "The Lakes Commission on Human Rights said two men ran.",
        [("Lakes Commission on Human Rights", "government")],
    ),
    (
        "a network that broadcasts nothing",
        "The Lakes Doctors Network said two men ran.",
        [("Lakes Doctors Network", "organisation")],
    ),
    (
        "a group by its country",
        "Yemen’s Houthis said two men ran.",
        [("Houthis", "armed_group")],
    ),
    (
        "the paper",
        "The Orve Herald newspaper reported that two men ran. The paper said one fell.",
        [("Orve Herald newspaper", "media"), ("Orve Herald newspaper", "media")],
    ),
    (
        "the agency is the one that spoke, no government of a dateline",
        "MOSCOW (Orvest) - Two men ran, the Blik news agency reported. According to the agency, one fell.",
        [("Blik news agency", "media"), ("Blik news agency", "media")],
    ),
    (
        "where a body sits does not hide which it is",
        "Two men ran, the Nurses Relief Union said. The Lisbon-based charity said one fell. "
        "The United Nations Refugee Fund said three fled.",
        [
            ("Nurses Relief Union", "organisation"),
            ("Nurses Relief Union", "organisation"),
            ("United Nations Refugee Fund", "organisation"),
        ],
    ),
    (
        "a monitor named later",
        "Two men ran, a monitor said. The Orve Observatory for Human Rights said one fell.",
        [("Orve Observatory for Human Rights", "organisation"), ("Orve Observatory for Human Rights", "organisation")],
    ),
    (
        "a monitor who stays unnamed",
        "Two men ran, a monitor said. The mayor said one fell.",
        [("monitor", "media"), ("mayor", "government")],
    ),
    (
        "an acronym in brackets is no person",
        "The Army of the Orve Front (AOF) said two men ran. The AOF said one fell.",
        [("Army of Orve Front", "military"), ("Army of Orve Front", "military")],
    ),
    (
        "a body told by its apposition",
        "Velmar, a local broadcaster, said two men ran.",
        [("Velmar", "media")],
    ),
    (
        "a member of a body stays a person",
        "Lena Moro, a member of the council, said two men ran.",
        [("Lena Moro", "person")],
    ),
    (
        "a name behind a description",
        "A group calling itself Sons of Orve said two men ran.",
        [("Sons of Orve", "armed_group")],
    ),
    (
        "where a body is based is not its name",
        "The Riga-based Northern Observatory for Human Rights said two men ran.",
        [("Northern Observatory for Human Rights", "organisation")],
    ),
    (
        "findings speak for their body",
        "According to the preliminary findings of the Special Branch, two men ran.",
        [("Special Branch", "unknown")],
    ),
    (
        "who is named in his words does not speak next",
        "Police chief Otto Brandt said a driver named Milan Orve had fled. “We will wait,” he said.",
        [("Otto Brandt", "person"), ("Otto Brandt", "person")],
    ),
    (
        "they, in words that are quoted",
        "Rebels said two men ran. “They told us that nobody fell,” Lena Moro said.",
        [("rebels", "armed_group"), (None, "unknown"), ("Lena Moro", "person")],
    ),
    (
        "apostrophes lost",
        "Togos government said two men ran.",
        [("Togolese Government", "government")],
    ),
    (
        "to ask for silence is no statement",
        "An officer who asked not to be named said two men ran.",
        [("officer", "police")],
    ),
]


@pytest.mark.parametrize(("note", "text", "holders"), TABLE, ids=[row[0] for row in TABLE])
def test_the_holder_is_resolved(note: str, text: str, holders: list[tuple[str | None, str]]) -> None:
    assert [(item.holder.name, item.holder.kind) for item in read(text).records] == holders, note


@pytest.mark.parametrize(
    ("note", "text", "found"),
    [
        ("initials", "the Army of the Orve Front (AOF) fired", {"AOF": "Army of the Orve Front"}),
        ("letters of another language", "Togo’s Free Labour Party (PTL) met", {"PTL": "Free Labour Party"}),
        ("behind an owner", "Togo’s Orve Rescue Service (ORS)", {"ORS": "Orve Rescue Service"}),
        ("no name before it", "two men (ABC) ran", {}),
        ("an agency credit", "LOME (AP) - two men ran", {}),
    ],
)
def test_short_forms_are_learnt_from_brackets(note: str, text: str, found: dict[str, str]) -> None:
    assert acronyms(text) == found, note
