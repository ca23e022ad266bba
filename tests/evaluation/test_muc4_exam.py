"""The exam ``muc4``: how its templates are put together; every text and place here is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from evaluation.muc4 import figure_name
from evaluation.muc4.counts import number_of
from evaluation.muc4.dates import expressions, published, read, write
from evaluation.muc4.gold import Finder, longest, places
from evaluation.muc4.mentions import Mention, entities, find_mentions, head_of, singular, words_of
from evaluation.muc4.nations import nation_of
from evaluation.muc4.network import ROLES, Stretches, columns, load
from evaluation.muc4.places import Atlas, Named, Toponym, parts, read_atlas, toponyms
from evaluation.muc4.reading import Told, sentences_of
from evaluation.muc4.states import encoder, outputs, row_of
from evaluation.muc4.templates import Policy, _Writer, build
from evaluation.muc4_scorer.keys import Fill, Template
from sayso.language.analysis import Analysis, Chunk
from sayso.language.rules import analyse_by_rule
from sayso.records import Report, identify

TEXT = (
    "   SAN TELMO, 5 MAR 89 (AGENCIA NADA) -- [TEXT] ABOUT THREE GUNMEN OF THE RED DAWN FRONT (FAR) KILLED MAYOR RUBEN "
    "PAEZ AND TWO BODYGUARDS YESTERDAY IN PUERTO LINDO. A CHURCH WAS DAMAGED."
)


def analysed(text: str) -> Analysis:
    return analyse_by_rule(Report(id=identify("re", text), text=text))


def span(analysis: Analysis, words: str) -> tuple[int, int]:
    return next(Finder(analysis.tokens).find(words))


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    (tmp_path / "places").mkdir()
    lists = {
        "containing-areas-part1.v5": "PERU: PUERTO LINDO (TOWN) *x*\nPERU: ALTO VERDE (DEPARTMENT)\n?: NOWHERE (CITY)",
        "containing-areas-part2": "PERU: ALTO VERDE (DEPARTMENT): LAS ROSAS (NEIGHBORHOOD?) *y*\n",
        "places-synonyms.v3": "EL PUERTO LINDO -> PUERTO LINDO <-NEW\n",
    }
    for name, content in lists.items():
        (tmp_path / "places" / name).write_text(content, encoding="latin-1")
    return read_atlas(tmp_path)


def test_the_lists_of_places_give_country_name_and_kind(atlas: Atlas) -> None:
    (rosas,) = atlas.of("Las Rosas")
    assert (rosas.country, rosas.name, rosas.kind, rosas.width) == ("PERU", "LAS ROSAS", "NEIGHBORHOOD", 2)
    assert [place.kind for place in atlas.of("ALTO VERDE")] == ["DEPARTMENT"]
    assert atlas.of("NOWHERE") == ()


def test_names_of_places_are_found_the_longest_first(atlas: Atlas) -> None:
    found = toponyms(analysed("FIGHTING NEAR EL PUERTO LINDO, IN ALTO VERDE, PERU."), atlas)
    assert [spot.places[0].name for spot in found] == ["PUERTO LINDO", "ALTO VERDE", "PERU"]
    assert found[0].last - found[0].first == 3


def test_a_location_of_the_key_has_its_parts() -> None:
    assert parts("PERU: ALTO VERDE (DEPARTMENT): LAS ROSAS (CITY) - SUR (TOWN)") == [
        "PERU",
        "ALTO VERDE",
        "LAS ROSAS",
        "SUR",
    ]


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("SAN TELMO, 5 MAR 89 (NADA) --", date(1989, 3, 5)),
        ("SAN TELMO, NO DATE (NADA) --", None),
        ("SAN TELMO, 31 FEB 89 --", None),
    ],
    ids=["a day", "none", "not a day of the calendar"],
)
def test_the_head_line_dates_a_report(head: str, day: date | None) -> None:
    assert published(head) == day


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("YESTERDAY", "04 MAR 89"),
        ("ON 27 FEBRUARY", "27 FEB 89"),
        ("LAST TUESDAY", "- 05 MAR 89"),
        ("IN JANUARY", "01 JAN 89 - 31 JAN 89"),
        ("DURING THE PAST 72 HOURS", "02 MAR 89 - 05 MAR 89"),
    ],
    ids=["counted", "a date", "a weekday is on or before the report", "a month", "hours up to the report"],
)
def test_a_time_expression_becomes_a_date_of_the_key(words: str, value: str) -> None:
    analysis = analysed(f"THE BRIDGE OVER THE RIVER THERE WAS BLOWN UP {words}, SAID THE POLICE.")
    assert [dated.value for dated in expressions(analysis, date(1989, 3, 5))] == [value]


def test_dates_of_the_key_are_read_back() -> None:
    assert read("- 05 MAR 89") == (None, date(1989, 3, 5))
    assert read("01 JAN 89 - 31 JAN 89") == (date(1989, 1, 1), date(1989, 1, 31))
    assert read("SOON") == (None, None)
    assert read(write(date(1990, 12, 1))) == (date(1990, 12, 1), date(1990, 12, 1))


@pytest.mark.parametrize(
    ("text", "words", "number"),
    [
        ("THEY SHOT THREE FARMERS.", "FARMERS", "3"),
        ("THEY SHOT AT LEAST 6 FARMERS.", "FARMERS", "6 -"),
        ("THEY SHOT A FARMER.", "FARMER", "1"),
        ("THEY SHOT FARMERS.", "FARMERS", "PLURAL"),
        ("ON 3 MAY, FARMERS WERE SHOT.", "FARMERS", "PLURAL"),
        ("TWO TEACHERS OF THE SCHOOLS FLED.", "TEACHERS OF THE SCHOOLS", "2"),
    ],
    ids=["a word", "at least", "one", "more than one", "a date is no count", "the head counts"],
)
def test_how_many_a_description_speaks_of(text: str, words: str, number: str) -> None:
    analysis = analysed(text)
    assert number_of(analysis, *span(analysis, words)) == number


def test_a_nation_stands_in_or_before_a_description() -> None:
    analysis = analysed("TWO U.S. ENGINEERS AND A SPANISH PRIEST MET THE MAYOR OF THE TOWN.")
    assert nation_of(analysis, *span(analysis, "ENGINEERS")) == "UNITED STATES"
    assert nation_of(analysis, *span(analysis, "SPANISH PRIEST")) == "SPAIN"
    assert nation_of(analysis, *span(analysis, "TOWN")) == ""


@pytest.mark.parametrize(
    ("many", "one"), [("PRIESTS", "PRIEST"), ("WOMEN", "WOMAN"), ("BODIES", "BODY"), ("BUS", "BUS")]
)
def test_plurals_are_taken_back(many: str, one: str) -> None:
    assert singular(many) == one


def test_the_head_of_a_description_comes_before_what_follows_it() -> None:
    analysis = analysed("MEMBERS OF THE COUNCIL")
    assert analysis.tokens[head_of(analysis, 0, len(analysis.tokens))].text == "MEMBERS"


def test_key_strings_are_found_in_the_text_the_longest_of_overlapping_ones() -> None:
    analysis = analysed(TEXT)
    template = Template("1", {"hum-tgt-name": (Fill(("PAEZ", "RUBEN PAEZ")),), "hum-tgt-desc": (Fill(("MAYOR",)),)})
    found = places(analysis, [template])
    assert [(place.role, words_of(analysis, place.first, place.last)) for place in found] == [
        ("name", "RUBEN PAEZ"),
        ("person", "MAYOR"),
    ]
    assert longest({(0, 2): 1, (1, 2): 1, (3, 4): 1}) == [(0, 2), (3, 4)]


def test_mentions_of_one_thing_are_one_entity() -> None:
    analysis = analysed("RUBEN PAEZ DIED. PAEZ WAS MAYOR. THE RED DAWN FRONT (FAR) DID IT, THE FAR SAID.")
    spans = [("name", "RUBEN PAEZ", 0.6), ("name", "PAEZ", 0.9), ("org", "RED DAWN FRONT", 0.7), ("org", "FAR", 0.8)]
    mentions = [Mention(role, *list(Finder(analysis.tokens).find(words))[-1], score) for role, words, score in spans]
    mentions.append(Mention("org", *next(Finder(analysis.tokens).find("FAR")), 0.5))
    found = entities(analysis, mentions)
    assert [(entity.role, entity.words) for entity in found] == [("name", "RUBEN PAEZ"), ("org", "FAR")]


@pytest.mark.parametrize(
    ("text", "spans", "called"),
    [
        ("THE MILLERS DIED. FOUR MILLER ELDERS FELL.", ["MILLERS", "MILLER ELDERS"], ["MILLERS"]),
        ("THE MILLERS DIED. A MILLER ELDER FELL.", ["MILLERS", "MILLER ELDER"], ["MILLERS", "MILLER ELDER"]),
        ("THE ELDERS DIED. FOUR MILLER BOYS FELL.", ["ELDERS", "MILLER BOYS"], ["ELDERS", "MILLER BOYS"]),
    ],
    ids=["several of one kind", "one of the kind", "another kind"],
)
def test_a_plural_and_the_compound_made_with_it_are_the_same_people(
    text: str, spans: list[str], called: list[str]
) -> None:
    analysis = analysed(text)
    mentions = [Mention("person", *span(analysis, words), 0.9 - at / 10) for at, words in enumerate(spans)]
    assert [entity.words for entity in entities(analysis, mentions)] == called


def test_stretches_are_cut_from_the_scores_of_tokens() -> None:
    analysis = analysed("THE MAYOR MET A PRIEST")
    scores = np.zeros((5, len(ROLES), 3), np.float32)
    scores[..., 0] = 1
    scores[[0, 1, 4], ROLES.index("person")] = [[0.2, 0.8, 0.0], [0.1, 0.0, 0.9], [0.4, 0.6, 0.0]]
    found = find_mentions(analysis, scores)
    assert [(mention.first, mention.last) for mention in found] == [(1, 2), (4, 5)]
    assert found[0].score == pytest.approx(0.9)


def told(relevant: float, links: float) -> Told:
    """Return what is told of TEXT by a network that is sure of everything but how things belong together."""
    analysis = analysed(TEXT)
    spans = [("name", "RUBEN PAEZ"), ("person", "MAYOR"), ("thing", "CHURCH"), ("org", "RED DAWN FRONT")]
    mentions = [Mention(role, *span(analysis, words), 0.9) for role, words in spans]
    attributes = np.tile(np.array([[0.9, 0.1, 0.8, 0.9, 0.7, 0.9, 0.9]], np.float32), (len(mentions), 1))
    return Told(
        analysis, relevant, attributes[0], tuple(mentions), tuple(entities(analysis, mentions)), {}, {}, attributes,
        np.full((len(mentions), len(mentions)), links, np.float32), "05 MAR 89",
    )  # fmt: skip


NAMES = ("t:ATTACK", "t:BOMBING", "s:ACCOMPLISHED", "n:PERU", "c:POSSIBLE", "he:DEATH", "ht:CIVILIAN")


def names() -> tuple[str, ...]:
    """Return the attributes of `told`, and those it has no scores for under the same columns."""
    return NAMES


def fuller(report: Told) -> tuple[Told, tuple[str, ...]]:
    """Return a report whose attributes cover every group."""
    extra = ("k:TERRORIST ACT", "w:GUN", "pt:OTHER", "pe:SOME DAMAGE", "m:GUN")
    attributes = np.concatenate([report.attributes, np.full((len(report.mentions), len(extra)), 0.9, np.float32)], 1)
    return replace(report, attributes=attributes, text=attributes[0]), (*NAMES, *extra)


def test_what_is_linked_shares_a_template() -> None:
    report, attributes = fuller(told(0.9, 0.9))
    (template,) = build(report, attributes, Policy())
    said = {slot: [fill.values[0] for fill in fills] for slot, fills in template.fills.items()}
    assert said["inc-type"] == ["ATTACK"]
    assert said["inc-date"] == ["- 05 MAR 89"]
    assert said["inc-loc"] == ["PERU"]
    assert (said["hum-tgt-name"], said["hum-tgt-desc"], said["phys-tgt-id"]) == (["RUBEN PAEZ"], ["MAYOR"], ["CHURCH"])
    assert said["perp-org-id"] == ["RED DAWN FRONT"]
    assert template.fills["hum-tgt-desc"][0].refs == ("RUBEN PAEZ",)
    assert template.fills["hum-tgt-effect"][0] == Fill(("DEATH",), ("RUBEN PAEZ",))


def test_what_is_not_linked_has_templates_of_its_own() -> None:
    report, attributes = fuller(told(0.9, 0.05))
    first, second = build(report, attributes, Policy())
    assert {"hum-tgt-name", "phys-tgt-id"} <= first.fills.keys() | second.fills.keys()
    assert not {"hum-tgt-name", "phys-tgt-id"} <= first.fills.keys()


@pytest.mark.parametrize("hit", [True, False], ids=["the reading has them hit", "it has not"])
def test_people_far_less_sure_than_others_are_said_where_the_reading_has_them_hit(hit: bool) -> None:
    report, attributes = fuller(told(0.9, 0.9))
    [mayor] = [entity for entity in report.entities if entity.role == "person"]
    guards = replace(mayor, words="TWO BODYGUARDS", score=0.2, mentions=(2,))
    report = replace(report, entities=(*report.entities, guards), hit=frozenset({guards}) if hit else frozenset())
    (template,) = build(report, attributes, Policy())
    said = [fill.values[0] for fill in template.fills["hum-tgt-desc"]]
    assert said == (["MAYOR", "TWO BODYGUARDS"] if hit else ["MAYOR"])


def with_types(report: Told, attack: float, bombing: float) -> tuple[Told, tuple[str, ...]]:
    full, attributes = fuller(report)
    scores = full.attributes.copy()
    scores[:, [attributes.index("t:ATTACK"), attributes.index("t:BOMBING")]] = [attack, bombing]
    return replace(full, attributes=scores, text=scores[0]), attributes


@pytest.mark.parametrize(
    ("attack", "bombing", "kind"),
    [(0.1, 0.9, "BOMBING"), (0.4, 0.6, "ATTACK"), (0.9, 0.1, "ATTACK")],
    ids=["sure of it", "half right is better than a doubtful right", "an attack"],
)
def test_another_type_than_attack_needs_to_be_sure(attack: float, bombing: float, kind: str) -> None:
    (template,) = build(*with_types(told(0.9, 0.9), attack, bombing), Policy())
    assert template.fills["inc-type"][0].values == (kind,)


def test_a_description_of_several_belongs_to_each_name_of_the_list_behind_it() -> None:
    analysis = analysed("THEY SHOT BODYGUARDS RUBEN PAEZ AND JUAN LUNA THERE.")
    spans = [("person", "BODYGUARDS"), ("name", "RUBEN PAEZ"), ("name", "JUAN LUNA")]
    mentions = [Mention(role, *span(analysis, words), 0.9) for role, words in spans]
    report, attributes = fuller(told(0.9, 0.9))
    report = replace(
        report, analysis=analysis, mentions=tuple(mentions), entities=tuple(entities(analysis, mentions)),
        attributes=report.attributes[:3], links=np.full((3, 3), 0.9, np.float32),
    )  # fmt: skip
    (template,) = build(report, attributes, Policy())
    assert [(fill.values[0], fill.refs) for fill in template.fills["hum-tgt-desc"]] == [
        ("BODYGUARDS", ("RUBEN PAEZ",)),
        ("BODYGUARDS", ("JUAN LUNA",)),
    ]


@pytest.mark.parametrize(
    ("text", "location"),
    [
        ("IN ALTA, THEY SHOT RUBEN PAEZ.", "ALTA"),
        ("IN ALTA DEPARTMENT, THEY SHOT RUBEN PAEZ.", "ALTA: ALTA (DEPARTMENT)"),
    ],
    ids=["the country", "its department"],
)
def test_the_name_of_a_country_is_no_narrower_place_of_that_name(text: str, location: str) -> None:
    analysis = analysed(text)
    name = Mention("name", *span(analysis, "RUBEN PAEZ"), 0.9)
    spot = Toponym(*span(analysis, "ALTA"), (Named("ALTA", "ALTA", "COUNTRY"), Named("ALTA", "ALTA", "DEPARTMENT")))
    report, attributes = fuller(told(0.9, 0.9))
    report = replace(
        report, analysis=analysis, mentions=(name, Mention("place", spot.first, spot.last, 0.9)),
        entities=tuple(entities(analysis, [name])), toponyms={1: spot}, attributes=report.attributes[:2],
        links=np.full((2, 2), 0.9, np.float32),
    )  # fmt: skip
    writer = _Writer(report, attributes, Policy())
    assert writer._location("ALTA", [0]) == location


def test_a_report_without_an_incident_has_no_template() -> None:
    report, attributes = fuller(told(0.05, 0.9))
    assert build(report, attributes, Policy()) == ()


def test_inner_states_are_named_as_outputs_by_what_is_appended() -> None:
    assert outputs(["ab"]) == b"\x3a\x06\x62\x04\x0a\x02ab"
    assert outputs(["x" * 200])[1:3] == b"\xce\x01"


def test_a_word_has_the_same_row_in_any_case() -> None:
    assert row_of("Bridge") == row_of("BRIDGE") > 0


@pytest.mark.parametrize("text", ["FIRE.", TEXT])
def test_the_fitted_networks_give_probabilities_whatever_the_length(text: str) -> None:
    network, states = load(), encoder().read(Report(id=identify("re", text), text=text))
    size = len(states.words)
    sentence = sentences_of(states.analysis)
    vectors = network.encode(states, sentence)
    roles = network.roles(vectors)
    assert roles.shape == (size, len(ROLES), 3)
    assert np.allclose(roles.sum(-1), 1, atol=1e-5)
    relevant, about = network.text(vectors)
    assert 0 <= relevant <= 1
    assert len(about) == len(network.attributes)
    stretches = Stretches(np.array([3, 1]), np.array([0, 0]), np.array([1, size]))
    links = network.links(vectors, stretches, sentence, np.eye(2) > 0)
    attributes = network.attributes_of(vectors, states, sentence, stretches)
    assert links.shape == (2, 2)
    assert attributes.shape == (2, len(network.attributes))
    assert np.allclose(links, links.T, atol=1e-5)
    assert 0 <= min(links.min(), attributes.min()) <= max(links.max(), attributes.max()) <= 1
    assert set(columns(network.attributes, "s")) == {"ACCOMPLISHED", "ATTEMPTED", "THREATENED"}


@pytest.mark.parametrize(
    ("inside", "stretches"),
    [
        ([(0.0, 0.0), (0.3, 0.0), (0.0, 0.3)], [(1, 3)]),
        ([(0.3, 0.0), (0.0, 0.05), (0.0, 0.6)], [(0, 3)]),  # a weak word inside holds no stretch up
        ([(0.3, 0.0), (0.3, 0.0)], [(0, 1), (1, 2)]),
        ([(0.0, 0.0), (0.0, 0.04)], []),
    ],
)
def test_stretches_are_those_of_the_likeliest_reading(
    inside: list[tuple[float, float]], stretches: list[tuple[int, int]]
) -> None:
    analysis = analysed("ONE TWO THREE")
    scores = np.zeros((3, len(ROLES), 3), np.float32)
    scores[..., 0] = 1
    for token, (first, further) in enumerate(inside):
        scores[token, ROLES.index("weapon")] = (1 - first - further, first, further)
    assert [(mention.first, mention.last) for mention in find_mentions(analysis, scores)] == stretches


def test_no_mention_ends_in_a_preposition() -> None:
    analysis = analysed("PAID ASSASSINS IN TOWN")
    scores = np.zeros((4, len(ROLES), 3), np.float32)
    scores[..., 0] = 1
    scores[0, ROLES.index("perp")], scores[1:3, ROLES.index("perp")] = (0.1, 0.9, 0.0), (0.1, 0.0, 0.9)
    (mention,) = find_mentions(analysis, scores)
    assert (mention.first, mention.last) == (0, 2)


def test_a_mention_reaches_over_the_whole_of_a_name() -> None:
    analysis = analysed("THE MEN MET RUBEN PAEZ LUNA THERE")
    scores = np.zeros((7, len(ROLES), 3), np.float32)
    scores[..., 0] = 1
    scores[[3, 5], ROLES.index("name")] = [[0.2, 0.8, 0.0], [0.4, 0.6, 0.0]]
    (mention,) = find_mentions(analysis, scores, [Chunk("PER", 3, 6)])
    assert (mention.first, mention.last, mention.score) == (3, 6, pytest.approx(0.8))


def test_a_person_goes_by_the_fullest_name_in_the_text() -> None:
    analysis = analysed("PAEZ DIED. RUBEN PAEZ WAS MAYOR.")
    (entity,) = entities(analysis, [Mention("name", 0, 1, 0.9)], [Chunk("PER", 0, 1), Chunk("PER", 3, 5)])
    assert entity.words == "RUBEN PAEZ"


def test_tokens_know_their_sentence() -> None:
    analysis = analysed("It rained. It stopped.")
    assert sentences_of(analysis).tolist() == [0, 0, 0, 1, 1, 1]


def test_figures_are_called_after_the_slots() -> None:
    assert figure_name("perp-org-conf") == "perp_org_confidence"
    assert figure_name("perp-inc-cat") == "perp_inc_category"
