"""Speech that no cue opens, with marks made by hand: whose words they are, and where the report speaks itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sayso.language.analysis import Analysis
from sayso.language.engine import analyse
from sayso.reading.attribution.attributions import Attribution
from sayso.reading.attribution.heard import BACK, SAID, SAYER, heard
from sayso.reading.statements.statements import find_statements
from sayso.vocab.gazetteer import Gazetteer
from tests.reading.claim_helpers import report_of, with_marks

TALE = (
    "A lorry blew up beside the bus station of Gao on Monday. The town's chief medic, Awa Keita, went from bed "
    "to bed and came to twelve. Nine of them were porters. The rains have come late this year."
)
LABELS = ("said", "sayer")


def analysis_of(text: str, *told: tuple[str, str, int]) -> Analysis:
    """Return a text's analysis whose words are marked as told: words, label, per cent."""
    analysis = next(iter(analyse([report_of(text)])))
    return with_marks(analysis, LABELS, np.zeros((len(analysis.tokens), len(LABELS)), np.uint8), told)


MEDIC, LIST, PORTERS = (
    "The town's chief medic, Awa Keita,",
    "The town's chief medic, Awa Keita, went from bed to bed and came to twelve.",
    "Nine of them were porters.",
)


def said(found: list[Attribution]) -> list[tuple[str | None, str]]:
    """Return source and first content of each attribution."""
    return [(item.source.text if item.source else None, item.contents[0].text) for item in found]


def test_who_has_a_number_says_it_and_goes_on() -> None:
    analysis = analysis_of(TALE, (MEDIC, "sayer", SAYER), (LIST, "said", 100), (PORTERS, "said", 100))
    assert said(heard(analysis, [])) == [(MEDIC, "went from bed to bed and came to twelve."), (MEDIC, PORTERS)]


def test_a_claim_in_words_without_a_cue_has_its_sayer() -> None:
    analysis = analysis_of(TALE, (MEDIC, "sayer", SAYER), (LIST, "said", 100), (PORTERS, "said", 100))
    statements = find_statements(analysis, Gazetteer.default())
    spoken = statements.at(TALE.index("Nine"))
    assert spoken is not None
    assert spoken.statement.holder.name == "Awa Keita"
    assert statements.at(TALE.index("The rains")) is None


def test_what_is_hardly_marked_is_the_reports_own() -> None:
    analysis = analysis_of(TALE, (MEDIC, "sayer", SAYER), (LIST, "said", SAID - 1), (PORTERS, "said", SAID - 1))
    assert heard(analysis, []) == []


def test_nobody_speaks_who_was_named_long_ago() -> None:
    between = "The road to the river was shut for hours. " * BACK
    text = TALE.replace(PORTERS, between + PORTERS)
    analysis = analysis_of(text, (MEDIC, "sayer", SAYER), (LIST, "said", 100), (PORTERS, "said", 100))
    assert PORTERS not in [content for _, content in said(heard(analysis, []))]


def test_a_doubtful_attribution_is_kept_where_its_words_are_heard() -> None:
    report = report_of(TALE)
    start = TALE.index("Nine")
    doubtful = Attribution(None, None, (report.span(start, start + len(PORTERS)),), doubtful=True)
    assert heard(analysis_of(TALE), [doubtful]) == []
    [kept] = heard(analysis_of(TALE, (PORTERS, "said", 100)), [doubtful])
    assert not kept.doubtful


def test_without_the_layer_only_the_firm_ones_are_left() -> None:
    analysis = replace(analysis_of(TALE), marks={})
    report = analysis.report
    firm, doubtful = (Attribution(None, None, (report.span(0, 8),), doubtful=flag) for flag in (False, True))
    assert heard(analysis, [firm, doubtful]) == [firm]
