"""Names set beside a noun for groups: the name acts, once, whatever stands between."""

from __future__ import annotations

import pytest

from sayso.pipeline import read
from sayso.values import Actor
from tests.reading.reading_helpers import report_of

DEED = "claimed responsibility for the bombing of a mill."


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("A rebel group, the Falcon Front,", "Falcon Front"),
        ("The guerrilla movement Zelt Falcon Movement", "Zelt Falcon Movement"),
        ("The Falcon Front [FF]", "Falcon Front"),
        ("A faction, an offshoot of the Falcon Front,", "faction"),
    ],
)
def test_the_name_owns_up_once(subject: str, name: str) -> None:
    reading = read([report_of(f"{subject} {DEED}")])
    found = [claim.value for claim in reading.claims if claim.field == "perpetrator" and claim.stance == "claims_own"]
    assert [name in (one.name or one.words) for one in found if isinstance(one, Actor)] == [True]
