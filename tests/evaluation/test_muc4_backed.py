"""The exam ``muc4``: what our reading of a report adds to what the network finds; every text here is invented."""

from __future__ import annotations

import numpy as np
import pytest

from evaluation.muc4 import confidence, effects
from evaluation.muc4.backed import with_reading
from evaluation.muc4.gold import Finder
from evaluation.muc4.mentions import Mention, entities
from evaluation.muc4.reading import Told
from evaluation.muc4.states import in_capitals
from evaluation.muc4_scorer.keys import Fill, Template
from sayso.language.rules import analyse_by_rule
from sayso.pipeline import read
from sayso.records import Reading, Report, identify


def both(text: str, *spans: tuple[str, str], score: float = 0.2) -> tuple[Told, Reading]:
    """Return what a network tells that finds (role, words), the first the surest, and our reading of the same text."""
    report = Report(id=identify("re", text), text=text)
    analysis = analyse_by_rule(report.model_copy(update={"text": in_capitals(text)}))
    finder = Finder(analysis.tokens)
    mentions = [Mention(role, *next(finder.find(words)), score - at / 1000) for at, (role, words) in enumerate(spans)]
    nothing = np.zeros((len(mentions), 0), np.float32)
    links = np.ones((len(mentions), len(mentions)), np.float32)
    found = tuple(entities(analysis, mentions))
    return Told(analysis, 0.9, nothing, tuple(mentions), found, {}, {}, nothing, links, ""), read([report])


SURE = {
    "The Red Dawn Front claimed responsibility for the bomb that damaged a bank on Monday.": "CLAIMED OR ADMITTED",
    "The government accused the Red Dawn Front of bombing a bank.": "SUSPECTED OR ACCUSED BY AUTHORITIES",
    "The Red Dawn Front bombed a bank in Lima on Monday.": "POSSIBLE",  # plain: the network's opinion stays
    "The Blue River Army bombed a bank in Lima on Monday.": "POSSIBLE",  # of somebody else nothing is known
}


@pytest.mark.parametrize(("text", "sure"), SURE.items())
def test_a_template_is_as_sure_of_an_organization_as_the_reading(text: str, sure: str) -> None:
    network = Template("1", {confidence.SLOT: (Fill(("POSSIBLE",), ("RED DAWN FRONT",)),)})
    _, reading = both(text)
    [template] = confidence.as_read([network], reading)
    assert template.fills[confidence.SLOT] == (Fill((sure,), ("RED DAWN FRONT",)),)


@pytest.mark.parametrize(
    ("text", "words", "hit"),
    [
        ("A bomb killed three bakers in Lima on Monday.", "BAKERS", True),
        ("A bomb killed three bakers in Lima on Monday. The millers fled.", "MILLERS", False),
        ("A bomb killed three river fishermen in Lima on Monday.", "RIVER", False),
        ("Gunmen kidnapped two bakers in Lima on Monday.", "BAKERS", True),
        ("The police denied that three bakers were killed in Lima on Monday.", "BAKERS", False),
    ],
    ids=["killed", "not counted", "no more than a modifier of the counted", "abducted", "denied"],
)
def test_the_people_whom_the_reading_has_as_hit(text: str, words: str, hit: bool) -> None:
    told = with_reading(*both(text, ("person", words)))
    assert told.hit == (frozenset(told.entities) if hit else frozenset())


HURT = {
    "A bomb killed three bakers and injured five millers in Lima on Monday.": ("INJURY", "DEATH"),
    "A bomb injured five millers in Lima on Monday.": ("INJURY",),  # the network's opinion stays
    "A bomb killed two sailors in Lima on Monday.": ("INJURY",),  # of somebody else nothing is known
}


@pytest.mark.parametrize(("text", "told_of"), HURT.items())
def test_people_have_the_effects_that_the_reading_counts(text: str, told_of: tuple[str, ...]) -> None:
    people = ("BAKERS", "MILLERS")
    network = Template(
        "1", {"hum-tgt-type": (Fill(("CIVILIAN",), people),), effects.SLOT: (Fill(("INJURY",), people),)}
    )
    told, reading = both(text)
    [template] = effects.as_read([network], reading, told)
    assert template.fills[effects.SLOT] == tuple(Fill((value,), people) for value in told_of)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("There were no casualties.", "NO INJURY OR DEATH"),
        ("Nobody was injured.", "NO INJURY"),
        ("There were no fatalities.", "NO DEATH"),
    ],
)
def test_where_there_were_no_victims_the_effect_is_nobodys(words: str, value: str) -> None:
    told, reading = both(f"A bomb exploded at a bank in Lima on Monday. {words}")
    [template] = effects.as_read([Template("1", {})], reading, told)
    assert template.fills[effects.SLOT] == (Fill((value,), effects.NOBODY),)


def test_the_people_named_are_those_whom_nothing_happened_to() -> None:
    told, reading = both("A bomb exploded beside the bakers in Lima on Monday. There were no casualties.")
    people = Template("1", {"hum-tgt-type": (Fill(("CIVILIAN",), ("BAKERS",)),)})
    [template] = effects.as_read([people], reading, told)
    assert template.fills[effects.SLOT] == (Fill((effects.NONE,), ("BAKERS",)),)


def test_no_victims_are_those_of_the_incident_told_nearest() -> None:
    text = (
        "A bomb exploded at a bank in Lima on Monday. In Cusco a bomb damaged a mill. There were no casualties there."
    )
    told, reading = both(text, ("thing", "BANK"), ("thing", "MILL"))
    incidents = [Template(str(at), {"phys-tgt-id": (Fill((name,)),)}) for at, name in enumerate(("BANK", "MILL"))]
    bank, mill = effects.as_read(incidents, reading, told)
    assert (bank.fills[effects.SLOT], mill.fills[effects.SLOT]) == ((), (Fill((effects.NONE,), effects.NOBODY),))
