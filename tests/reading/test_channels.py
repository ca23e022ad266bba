"""Through what a statement came: words near the cue, the cue itself, the source; never words of what is said."""

from __future__ import annotations

import pytest

from sayso.reading.statements.channels import channels
from tests.reading.reading_helpers import read

TABLE = [
    ("on Twitter", "“We hid,” Lena Moro wrote on Twitter.", "twitter"),
    ("a cue that tells", "“We hid,” Lena Moro tweeted.", "twitter"),
    ("statement", "Lena Moro said in a statement that two men ran.", "statement"),
    ("statement first", "In a statement, Lena Moro said two men ran.", "statement"),
    ("statement as the source", "A statement from the Third Division said two men ran.", "statement"),
    ("reporters", "Lena Moro told reporters that two men ran.", "press_conference"),
    ("news conference", "Lena Moro said at a news conference that two men ran.", "press_conference"),
    ("interview", "“We hid,” Lena Moro said in an interview.", "interview"),
    ("telephone", "“We hid,” Lena Moro said by telephone.", "telephone"),
    ("letter", "“We hid,” Lena Moro wrote in a letter.", "letter"),
    ("email", "“We hid,” Lena Moro said by email.", "email"),
    ("video", "“We hid,” Lena Moro said in a video message.", "video"),
    ("court", "“We hid,” Lena Moro told the court.", "court_filing"),
    ("state television", "“We hid,” Lena Moro told state television.", "state_television"),
    ("website", "“We hid,” the Red Crescent said on its website.", "website"),
    ("parliament", "“We hid,” Lena Moro told parliament.", "parliament"),
    ("unnamed", "“We hid,” an official said on condition of anonymity.", "unnamed_source"),
    ("a channel not used", "“We hid,” a guard who was not authorised to speak to journalists said.", "unnamed_source"),
    ("one refused", "Lena Moro, who declined to talk to reporters, said in a letter that two men ran.", "letter"),
    ("nothing told", "“We hid,” Lena Moro said.", None),
    ("only in what is said", "Lena Moro said the letter was lost on Twitter.", None),
]


@pytest.mark.parametrize(("note", "text", "via"), TABLE, ids=[row[0] for row in TABLE])
def test_the_channel_is_read(note: str, text: str, via: str | None) -> None:
    assert [item.via for item in read(text).records] == [via], note


def test_claim_modes_of_the_terrorism_database_map_onto_channels() -> None:
    modes = {channel.gtd for channel in channels()} - {None}
    assert modes == {1, 2, 4, 5, 6, 7, 8, 9}
