"""What is kept of an account, and what the comparators make of two of them."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.intake import report_of_text
from sayso.intake.assemble import Given
from sayso.linking.compare import COMPARATORS, compare, findings
from sayso.linking.features import LISTED, Features, _counts, features_of, main_incident
from sayso.linking.scoring import odds_of, probability, weights
from sayso.linking.spots import PlaceMark
from sayso.pipeline import read_one
from sayso.records import Claim, Incident, Kind, incident_id
from sayso.values import Actor, Place, Quantity
from tests.linking.account_helpers import REPORT, account, make_report, town

HARBOUR = (
    "Bomb kills six in Velatma\nSix dockers died when a bomb went off in the harbour of Velatma on Tuesday."
    " Ilsa Tarrant, 34, was among them."
)
RIVAL = (
    "Velatma harbour bomb: eight dead\nEight people were killed in the harbour of Velatma, among them Ilsa Tarrant, 34,"
    " a docker."
)
OTHER = "Three hurt as bus shelter burns\nA fire in a bus shelter of Quorn hurt three people, the brigade said."
VELATMA, QUORN, NEAR = (
    town("Velatma", at=(32.0, 14.0)),
    town("Quorn", at=(30.0, 20.0)),
    town("Old Pier", at=(32.05, 14.02)),
)


def found(one: Features, other: Features) -> dict[str, str]:
    return {name.split(".")[0]: name.split(".")[1] for name, _ in findings(one, other)}


def test_counts_stand_in_one_order_in_every_process() -> None:
    """ "11" and "at least 11" stand in a set, in which None goes where its address says."""
    values = [Quantity(low=low, high=high, words="x") for low in range(1, 11) for high in (None, low)]
    span = make_report(HARBOUR, None, None).span(0, 4)
    claims = [Claim(incident="in_1", field="killed", value=value, evidence=span, holder=REPORT) for value in values]
    expected = [(low, high) for low in range(10, 0, -1) for high in (low, None)]
    assert list(_counts(claims, "killed")) == expected[:LISTED]


def test_features_survive_json() -> None:
    features = account(HARBOUR, when="2031-03-04", where=VELATMA, killed=6)
    assert Features.model_validate_json(features.model_dump_json()) == features


def test_features_are_small_whatever_the_length_of_the_report() -> None:
    text = "\n".join(
        f"{HARBOUR} Word{number} stood in street{number} of Ort{number} Platz{number}." for number in range(400)
    )
    assert len(account(text).model_dump_json()) < 6000


def test_the_names_of_those_who_say_it_are_no_names_of_the_incident() -> None:
    sayer = Actor(name="Ilsa Tarrant", kind="person", words="Ilsa Tarrant")
    assert "tarrant" in account(HARBOUR).names
    assert "tarrant" not in account(HARBOUR, holder=sayer).names


def test_an_account_mentioned_in_passing_has_the_words_of_its_own_sentences_only() -> None:
    passing = account("Bombed in 2029, the pier is open again.\nThe band played in the pavilion.", background=True)
    assert {"pier", "bombed"} & passing.lead.keys()
    assert "pavilion" not in passing.lead
    assert passing.body == {}


def test_an_incident_that_a_report_is_not_about_has_its_own_sentences_only() -> None:
    text = f"{HARBOUR}\nElsewhere in the province gunmen shot a shepherd near Quorn, villagers said."
    report = make_report(text, "2031-03-04")
    span = report.span(text.index("gunmen"), text.index("gunmen") + 6)
    number = incident_id(span)
    claim = Claim(
        incident=number, field="kind", value=Kind(kind="shooting", words="shot"), evidence=span, holder=REPORT
    )
    incident = Incident(id=number, kind="shooting", title="", reports=(report.id,))
    main, aside = (features_of(report, incident, [claim], main=main) for main in (True, False))
    assert {"docker", "shepherd"} <= main.lead.keys()
    assert "shepherd" in aside.lead
    assert "docker" not in aside.lead
    assert (aside.title, aside.body) == ({}, {})
    assert aside.published == main.published


def test_a_rare_name_of_two_words_tells_more_than_three_common_ones() -> None:
    one = Features(account="in_1", report="re_1", people=("zorvath quellan",))
    common = ("chief police", "new york", "white house")
    other = Features(account="in_2", report="re_2", people=common)
    assert found(one, one.model_copy(update={"account": "in_3"}))["people"] == "strong"
    assert found(other, other.model_copy(update={"account": "in_4"}))["people"] == "faint"


def test_a_report_without_an_incident_is_compared_by_its_text() -> None:
    report = make_report(OTHER, "2031-03-04")
    features = features_of(report, None, ())
    assert features.account == report.id
    assert features.kinds == ()
    assert features.lead["quorn"] > 0


@pytest.mark.parametrize(
    ("one", "other", "level", "note"),
    [
        ({"when": "2031-03-04"}, {"when": "2031-03-04"}, ("days", "same"), "one day"),
        ({"when": "2031-03-04"}, {"when": "2031-03-05"}, ("days", "next"), "two days side by side"),
        ({"when": "2031-03-04"}, {"when": "2030-12-04"}, ("days", "months"), "three months apart"),
        ({"when": "2031-03"}, {"when": "2031-03-05"}, ("days", "rough_fits"), "a month and a day in it"),
        ({"when": "2030"}, {"when": "2031-03-05"}, ("days", "rough_apart"), "a year and a day of another"),
        ({"when": "2031-03-03"}, {}, ("told_and_published", "fits"), "the day before the other was published"),
        ({"when": "2030-03-03"}, {}, ("told_and_published", "later"), "told of a year before: a trial, or another one"),
        ({"when": "2031-09-03"}, {}, ("told_and_published", "never"), "published before it happened"),
        ({}, {}, ("published", "same"), "published on one day"),
        ({"where": VELATMA}, {"where": VELATMA}, ("place", "same"), "one town"),
        ({"where": VELATMA}, {"where": NEAR}, ("place", "near"), "a quarter of the town"),
        ({"where": VELATMA}, {"where": QUORN}, ("place", "far"), "two towns of one country"),
        ({"where": VELATMA}, {"where": town("Velatma", "MLI")}, ("place", "other_country"), "namesakes"),
        ({"kind": "bombing"}, {"kind": "vehicle_bombing"}, ("kind", "akin"), "a car bomb is a bomb"),
        ({"kind": "bombing"}, {"kind": "abduction"}, ("kind", "rough"), "both are violence"),
        ({"kind": "bombing"}, {"kind": "accident"}, ("kind", "apart"), "nothing in common"),
        ({"killed": 12}, {"killed": 12}, ("killed", "same_many"), "one large toll"),
        ({"killed": 1}, {"killed": 1}, ("killed", "same_few"), "one dead is common"),
        ({"killed": 12}, {"killed": 18}, ("killed", "differ"), "a toll that grew"),
        ({"killed": 12}, {"killed": 60}, ("killed", "differ_far"), "another toll"),
        ({"killed": 1}, {"killed": 3}, ("killed", "differ_few"), "few are counted rightly"),
        ({"abducted": 3}, {"abducted": 3}, ("others_counted", "fits"), "abducted"),
    ],
)  # fmt: skip
def test_a_comparator_finds(
    one: dict[str, object], other: dict[str, object], level: tuple[str, str], note: str
) -> None:
    rows = found(account(HARBOUR, **one), account(OTHER, **other))  # type: ignore[arg-type]
    assert rows[level[0]] == level[1], note


@pytest.mark.parametrize(
    ("one", "other", "finding", "note"),
    [
        ({"places": "velatma"}, {"lead": "velatma"}, "place.named", "one tells no place, but has its name"),
        ({"places": "velatma"}, {"places": "quorn", "lead": "velatma"}, "place.elsewhere", "and places it elsewhere"),
        ({"places": "velatma"}, {"places": "quorn"}, "place.far", "and does not name it"),
        ({"numbers": ("street pell",)}, {"numbers": ("street pell",)}, "streets.one", "one street"),
        ({"numbers": ("street pell",)}, {"numbers": ("street harrow",)}, "streets.none", "two streets"),
        ({"dateline": "brumm"}, {"dateline": "brumm"}, "dateline.same", "one town at the head"),
        ({"dateline": "brumm"}, {"dateline": "quorn"}, "dateline.other", "two"),
        ({"dateline": "quorn"}, {"places": "quorn"}, "dateline.told", "one comes from where the other tells of"),
        ({"persons": ("ilsa tarrant",)}, {"persons": ("tarrant",)}, "persons.one", "a last name stands for the whole"),
        ({"persons": ("ilsa tarrant",)}, {"names": ("tarrant",)}, "persons.told", "the other has the name somewhere"),
        ({"persons": ("ilsa tarrant",)}, {"persons": ("oro venn",)}, "persons.other", "two victims"),
        ({"title": "harbour"}, {"lead": "harbour", "title": "dead"}, "echo.all", "the other tells its headline"),
        ({"title": "harbour"}, {"lead": "shelter", "title": "dead"}, "echo.none", "nothing of it"),
        ({"day": 10}, {"day": 40, "published": 41, "follows": True}, "days.followed", "a trial, weeks later"),
        ({"day": 10}, {"day": 40, "published": 41}, "days.month", "no headline of what came after"),
        ({"day": 40}, {"day": 10, "published": 41, "follows": True}, "days.month", "a trial before the deed"),
        ({"day": 10}, {"published": 41, "follows": True}, "told_and_published.followed", "it tells no day"),
        ({"day": 80}, {"published": 41, "follows": True}, "told_and_published.never", "published before"),
        ({"day": 52}, {"published": 41, "follows": True}, "told_and_published.apart", "a date of publication may err"),
    ],
)  # fmt: skip
def test_two_accounts_show(one: dict[str, object], other: dict[str, object], finding: str, note: str) -> None:
    both = bare("in_1", **one), bare("in_2", **other)
    rows = {name for name, _ in findings(*both)}
    assert finding in rows, note
    assert findings(*both) == findings(*reversed(both))


def bare(account_id: str, **told: object) -> Features:
    """Return features with these fields and no others; words of texts, places and days by their names."""
    fields: dict[str, Any] = {"published": 12} | told
    for text in {"title", "lead"} & told.keys():
        fields[text] = {str(told[text]): 1000}
    if "places" in told:
        at = {"velatma": (32.0, 14.0), "quorn": (30.0, 20.0)}[str(told["places"])]
        mark = {"name": told["places"], "country": "LBY", "lat": at[0], "lon": at[1], "precision": "settlement"}
        fields["places"] = (PlaceMark.model_validate(mark),)
    if "day" in told:
        fields["days"] = ((fields["day"], fields.pop("day")),)
    return Features(account=account_id, report=account_id, **fields)


def test_reports_of_one_day_that_both_tell_of_what_came_after_compare_the_same_both_ways() -> None:
    one, other = bare("in_1", day=10, follows=True), bare("in_2", day=40)
    assert findings(one, other) == findings(other, one)


def test_a_report_of_a_few_words_has_no_body_beside_its_head() -> None:
    brief, long = account("Bomb in Velatma\nSix dead."), account(HARBOUR)
    assert "body" not in found(brief, long)
    assert "body" in found(account(f"{HARBOUR} {RIVAL}"), account(f"{RIVAL} {HARBOUR}"))


def test_a_headline_may_tell_of_what_came_after() -> None:
    assert account("Docker charged over bomb in Velatma\nHe was charged on Tuesday.").follows
    assert not account(HARBOUR).follows


def test_those_who_were_hurt_or_are_blamed_are_persons_of_an_account() -> None:
    report = make_report(HARBOUR)
    span = report.span(0, 4)
    number = incident_id(span)
    victim = Actor(name="Ilsa Tarrant", kind="person", words="Ilsa Tarrant")
    blamed = Actor(name="Oro Venn", kind="person", words="Oro Venn")
    group = Actor(name="Venn Brigade", kind="armed_group", words="the Venn Brigade")
    values: list[tuple[str, Any]] = [
        ("killed", Quantity(low=1, high=1, words="was killed", of=victim)),
        ("perpetrator", blamed),
        ("perpetrator", group),
    ]
    claims = [Claim(incident=number, field=f, value=v, evidence=span, holder=REPORT) for f, v in values]
    incident = Incident(id=number, kind="bombing", title="", reports=(report.id,))
    assert features_of(report, incident, claims).persons == ("ilsa tarrant", "oro venn")


def test_missing_evidence_is_no_evidence() -> None:
    empty = Features(account="in_1", report="re_1")
    assert findings(empty, account(HARBOUR, when="2031-03-04", where=VELATMA, killed=6)) == []


def test_rival_accounts_of_one_incident_are_likely_one_and_say_why() -> None:
    comparison = compare(
        account(HARBOUR, when="2031-03-04", where=VELATMA, killed=6),
        account(RIVAL, "2031-03-05", when="2031-03-04", where=VELATMA, killed=8),
    )
    assert comparison.score > 0.9
    assert comparison.reasons[0].sentence
    assert "both tell the age 34" in [reason.sentence for reason in comparison.reasons]


def test_two_stories_of_one_day_are_not_one() -> None:
    one = account(HARBOUR, when="2031-03-04", where=VELATMA, killed=6)
    assert compare(one, account(OTHER, when="2031-03-04", where=QUORN, kind="arson", injured=3)).score < 0.05


def test_the_same_words_months_later_are_another_incident() -> None:
    text = "Shells hit market in Velatma\nShells hit the market of Velatma and killed six people, residents said."
    one = account(text, when="2031-03-04", where=VELATMA, killed=6)
    assert compare(one, account(text, "2031-10-08", when="2031-10-07", where=VELATMA, killed=9)).score < 0.5


def test_comparing_is_symmetric() -> None:
    rows = [
        account(HARBOUR, when="2031-03-04", where=VELATMA, killed=6),
        account(RIVAL, "2031-03-05", when="2031-03", where=NEAR, killed=8, kind="vehicle_bombing"),
        account(OTHER, None, where=QUORN, background=True, injured=3),
        Features(account="in_1", report="re_1"),
    ]
    assert all(compare(one, other) == compare(other, one) for one in rows for other in rows)


def test_every_comparator_says_what_it_does_and_every_finding_has_a_weight_and_a_sentence() -> None:
    assert [name for name, comparator in COMPARATORS if not comparator.__doc__] == []
    names = {name for name, _ in COMPARATORS}
    assert {row.split(".")[0] for row in weights()} == {*names, "start"}
    assert all(row.says for row in weights().values())


@pytest.mark.parametrize("odds", [-30.0, -2.0, 0.0, 3.0])
def test_odds_and_probability_are_one_thing(odds: float) -> None:
    assert odds_of(probability(odds)) == pytest.approx(max(odds, -27.7), abs=1e-3) or odds < -27


def test_a_report_that_tells_incidents_apart_speaks_against_joining_them() -> None:
    one = account(HARBOUR, when="2031-03-04", where=VELATMA)
    assert found(one, one.model_copy(update={"account": "in_2"}))["report"] == "same"


def place_claim(name: str, lat: float, number: str, text: str, report_text: str) -> Claim:
    where = Place(name=name, country="RUV", lat=lat, lon=10, precision="settlement", words=name)
    span = make_report(report_text, "2031-03-04").span(report_text.index(text), report_text.index(text) + len(text))
    return Claim(incident=number, field="where", value=where, evidence=span, holder=REPORT)


def two_strikes() -> Features:
    """Return the account of Velatma in a report that also tells of a raid on Quorn, forty kilometres away."""
    text = "Raid on Velatma market\nJets bombed the market of Velatma. A separate raid hit Quorn, the mayor said."
    report = make_report(text, "2031-03-04")
    here = place_claim("Velatma", 32.0, incident_id(report.span(0, 4)), "Velatma", text)
    there = place_claim("Quorn", 32.4, incident_id(report.span(5, 7)), "Quorn", text)
    incident = Incident(id=here.incident, kind="air_drone_strike", title="", reports=(report.id,))
    return features_of(report, incident, [here, there])


def test_the_places_of_other_incidents_of_a_report_are_kept_apart() -> None:
    assert [mark.name for mark in two_strikes().asides] == ["quorn"]
    assert [mark.name for mark in two_strikes().places] == ["velatma"]


def test_a_report_that_tells_of_it_as_another_incident_is_not_of_it() -> None:
    mark = two_strikes().asides[0]
    quorn = account(OTHER).model_copy(update={"places": (mark,)})
    assert found(two_strikes(), quorn)["aside"] == "told"
    assert found(quorn, two_strikes())["aside"] == "told"
    assert "aside" not in found(two_strikes(), quorn.model_copy(update={"places": two_strikes().places}))


def test_a_sentence_that_tells_only_of_another_incident_is_none_of_the_account() -> None:
    text = (
        "Drones hit two minibuses\nDrones hit two minibuses in Jabal Ris on Monday, killing at least 15 people. "
        "The strike followed Sunday's attack on a fish market at Ras Dawah that killed more than 20 people."
    )
    reading = read_one(report_of_text(text, Given(published="2031-05-14")))
    main = features_of(reading.reports[0], main_incident(reading.incidents), reading.claims)
    assert "minibuse" in main.body
    assert not {"fish", "dawah"} & {*main.body, *main.lead, *main.names}


def test_a_town_that_no_map_has_is_a_town_of_its_name() -> None:
    unmapped = PlaceMark(name="ras dawah", country="RUV", precision="settlement")
    one = account(HARBOUR).model_copy(update={"places": (unmapped,)})
    assert found(one, one.model_copy(update={"account": "in_2"}))["place"] == "same"
