"""Events of politics: who does what to whom, one invented sentence a PLOVER type."""

from __future__ import annotations

import pytest

from sayso.language.model import find
from tests.reading.claim_helpers import read

pytestmark = pytest.mark.skipif(find() is None, reason="no model is installed: voices are read by word order alone")

# sentence, type, actors, recipients
SENTENCES = [
    ("The European Union imposed sanctions on Russia.", "SANCTION", ["European Union"], ["Russia"]),
    ("France offered condolences to Turkey.", "SUPPORT", ["France"], ["Turkey"]),
    ("Germany sent aid to Syria.", "AID", ["Germany"], ["Syria"]),
    ("Russia vetoed the resolution.", "REJECT", ["Russia"], []),
    ("France accused Russia on Monday of a breach of the truce.", "ACCUSE", ["France"], ["Russia"]),
]


@pytest.mark.parametrize(("text", "kind", "actors", "recipients"), SENTENCES, ids=[row[1] for row in SENTENCES])
def test_who_does_what_to_whom(text: str, kind: str, actors: list[str], recipients: list[str]) -> None:
    found = [event for event in read(text).events if event.type == kind]
    assert [[a.words for a in event.actors] for event in found] == [actors]
    assert [[r.words for r in event.recipients] for event in found] == [recipients]
