"""Which reports go back to one source, and why; all texts, towns and outlets are invented."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.intake import report_of_text
from sayso.intake.assemble import Given
from sayso.linking.origins import (
    OriginFeatures,
    Reason,
    candidate_keys,
    compare,
    find_origins,
    origin_features,
    same_origin,
)
from sayso.records import Report

HEAD = "Blast at ferry pier in Ostrava Bay kills nine"
LEAD = "A bomb hidden in a fish crate exploded at the ferry pier of Ostrava Bay on Monday, killing nine, police said."
PIER = "The pier had been closed for repairs since the spring storms and had opened again only two days before."
CROWD = "Most of the victims were traders who were waiting for the morning boat to the islands of the northern gulf."
FRONT = "The harbour master said that nobody had been seen near the crates after the night watch ended its last round."
CURFEW = "A curfew was declared in the old town, where shops stayed shut and soldiers searched lorries at the bridges."
QUOTE = (
    '"We pulled people out of the water with our bare hands and nobody came to help us for an hour," said Toma Reiss.'
)
STATEMENT = (
    '"Shortly after seven a crate at the landing stage of the ferry pier blew up among the traders, and nine of them '
    "lost their lives at once, among them a boy who sold tea. The number is bound to rise, for four of those who were "
    'brought to the infirmary have not woken up," the union said.'
)
OTHER = (
    "Rescuers on Tuesday gave up the search below the landing stage where a device tore through a queue the day before."
)
ROAD = "The driver, Pavel Dorn of Velkov, was shot when he would not open the door, a passenger said on Monday evening."
STOCK = (
    "Ostrava Bay lies on a coast where a separatist rebellion has killed thousands of people in the past eleven years."
)
WIRE = f"{LEAD} {PIER} {CROWD} {FRONT}"


def report(body: str, head: str = HEAD, published: str | None = "2032-05-03", publisher: str | None = None) -> Report:
    return report_of_text(f"{head}\n\n{body}", Given(published=published, publisher=publisher))


def reason(one: Report, other: Report, one_incident: bool | None = None) -> Reason | None:
    return same_origin(origin_features(one), origin_features(other), one_incident)


# note, one report, the other, the rule that makes them one source (None: two sources)
PAIRS: list[tuple[str, Report, Report, str | None]] = [
    ("a copy under another headline", report(WIRE), report(WIRE, "Nine dead in harbour bombing"), "copy"),
    ("a copy with a new toll", report(WIRE), report(WIRE.replace("killing nine", "killing eleven")), "copy"),
    ("a long story that holds the wire", report(f"{LEAD} {PIER}"), report(f"{WIRE} {OTHER} {STOCK}"), "excerpt"),
    ("an excerpt from years ago", report(f"{LEAD} {PIER}", published="2027-01-01"), report(f"{WIRE} {OTHER}"), None),
    (
        "both draw on one service and share a sentence",
        report(f"{LEAD} {CROWD} {CURFEW}\n\n(Reuters)"),
        report(f"{OTHER} The mayor of Ostrava Bay told Reuters he had seen nothing like it. {CURFEW} Nine died."),
        "service",
    ),
    (
        "both draw on one service, but not one sentence is shared",
        report(f"{LEAD} {CROWD}\n\n(Reuters)"),
        report(f"{OTHER} The mayor of Ostrava Bay told Reuters he had seen nothing like it. Nine died."),
        None,
    ),
    (
        "one service, a shared stock sentence, two events",
        report(f"{LEAD} {STOCK}\n\n(Reuters)"),
        report(f"Gunmen stopped a bus near Velkov, Reuters reported. {ROAD} {ROAD} {STOCK}", "Driver shot on road"),
        None,
    ),
    ("one quotation, two reporters", report(f"{LEAD} {QUOTE}"), report(f"{OTHER} {QUOTE}"), None),
    (
        "one informant, two reporters",
        report("Nine people died at the pier of Ostrava Bay, the Gulf Monitor said."),
        report("The Gulf Monitor put the number of dead at Ostrava Bay at nine and that of the missing at two."),
        None,
    ),
    (
        "part of the text in the same words, nobody credited",
        report(f"{LEAD} {PIER} {CROWD} {QUOTE}"),
        report(f"{OTHER} {PIER} {CROWD} Ostrava Bay is quiet."),
        "excerpt",
    ),
    (
        "a report that only retells another outlet's",
        report(
            "Nine people died at the pier of Ostrava Bay, Xinhua reported. The bomb lay in a crate, Xinhua said. "
            "A curfew was declared in the town, according to Xinhua."
        ),
        report(WIRE, publisher="Xinhua"),
        "retells",
    ),
    (
        "a report that names another outlet among others",
        report("Nine people died at the pier of Ostrava Bay, Xinhua reported. The bomb lay in a crate, police said."),
        report(WIRE, publisher="Xinhua"),
        None,
    ),
    (
        "one long statement passed on, each with a little of its own",
        report(f"The port union counted nine dead at Ostrava Bay. {STATEMENT} {PIER} {FRONT} {CROWD}"),
        report(f"{OTHER} {STATEMENT} The mayor of Ostrava Bay called it a lie. {CURFEW} {STOCK}"),
        "statement",
    ),
    (
        "one long statement passed on, by one report without its quotation marks",
        report(f"The port union counted nine dead at Ostrava Bay. {STATEMENT} {PIER} {FRONT} {CROWD}"),
        report(f"{OTHER} {STATEMENT.replace(chr(34), '')} The mayor of Ostrava Bay called it a lie. {CURFEW} {STOCK}"),
        "statement",
    ),
    (
        "one long statement passed on, on two events",
        report(f"The port union counted nine dead at Ostrava Bay. {STATEMENT} {PIER} {FRONT} {CROWD}"),
        report(f"{ROAD} {STATEMENT} {CURFEW} {CURFEW}", "Driver shot on road"),
        None,
    ),
    (
        "a report that retells an agency, which it also calls the agency",
        report(
            "Nine people died at the pier of Ostrava Bay, Xinhua reported. The bomb lay in a crate, the agency said. "
            "A curfew was declared in the town, according to the same source."
        ),
        report(WIRE, publisher="Xinhua"),
        "retells",
    ),
    ("nothing in common", report(WIRE), report("The council of Velkov voted on a new bridge.", "Bridge vote"), None),
    ("too short to say", report("Nine died.", "Blast"), report("Nine died.", "Bomb"), None),
]  # fmt: skip


@pytest.mark.parametrize(("note", "one", "other", "rule"), PAIRS, ids=[row[0] for row in PAIRS])
def test_two_reports_are_one_source_or_two(note: str, one: Report, other: Report, rule: str | None) -> None:
    found = reason(one, other)
    assert (found.rule if found else None) == rule, note
    back = reason(other, one)
    assert (back.rule if back else None) == rule, "the order does not matter"


def test_a_text_that_has_lost_its_apostrophes_shares_passages_still() -> None:
    listed = "A boy's sandal, the harbour's ledgers and a trader's scales lay in the crew's mess."
    one, other = report(f"{OTHER} {listed} {CROWD} {ROAD}"), report(f"{LEAD} {listed} {CROWD} {FRONT}".replace("'", ""))
    assert (
        compare(origin_features(one), origin_features(other), True).passages
        == compare(origin_features(one), origin_features(report(f"{LEAD} {listed} {CROWD} {FRONT}")), True).passages
    )


def test_a_judged_incident_goes_before_what_the_openings_say() -> None:
    one, other = PAIRS[6][1], PAIRS[6][2]
    assert reason(one, other, True) is not None
    assert reason(PAIRS[4][1], PAIRS[4][2], False) is None


def test_the_reason_is_a_sentence_with_the_service_and_what_is_shared() -> None:
    found = reason(PAIRS[4][1], PAIRS[4][2])
    assert found is not None
    assert found.name == "Reuters"
    assert found.sentence.startswith("Both draw on Reuters and share ")


# note, report, credits, cites
CREDITS: list[tuple[str, Report, tuple[str, ...], tuple[str, ...]]] = [
    ("a signature", report(f"{LEAD}\n\n(AFP)"), ("Agence France-Presse",), ()),
    ("a name at the end", report(f"{LEAD}-AFP"), ("Agence France-Presse",), ()),
    ("a dateline", report(f"OSTRAVA BAY, May 3 (Gulf Wire) - {LEAD}"), ("Gulf Wire",), ()),
    ("a contribution", report(f"{LEAD}\n\nReporting by Gulf Wire"), ("Gulf Wire",), ()),
    ("told to a service", report("The mayor told The Associated Press he was shocked."), (), ("Associated Press",)),
    ("a service reported", report("Nine died, Reuters reported."), (), ("Reuters",)),
    ("nobody", report(LEAD), (), ()),
]


@pytest.mark.parametrize(("note", "row", "credited", "cited"), CREDITS, ids=[row[0] for row in CREDITS])
def test_credits_and_citations_are_read(
    note: str, row: Report, credited: tuple[str, ...], cited: tuple[str, ...]
) -> None:
    features = origin_features(row)
    assert (features.credits, features.cites) == (credited, cited), note


REPORTS = [
    report(WIRE, publisher="Gulf Wire"),
    report(WIRE, "Nine dead in harbour bombing", publisher="Daily Lantern"),
    report(f"{LEAD} {PIER} {OTHER}", publisher="Evening Post"),
    report(f"{CURFEW} {STOCK}", "Curfew in Ostrava Bay", publisher="Meridian Herald"),
    report("The city council of Velkov voted on a new bridge.", "Bridge vote", publisher="Velkov News"),
]


def test_every_report_has_exactly_one_origin() -> None:
    origins = find_origins(REPORTS)
    assert [row.id for origin in origins for row in REPORTS if row.id in origin.reports]
    assert sorted(number for origin in origins for number in origin.reports) == sorted(row.id for row in REPORTS)
    assert [len(origin.reports) for origin in origins] == [3, 1, 1]
    assert all(origin.reason.endswith((".", "pairs)")) for origin in origins)


@given(st.permutations(REPORTS))
@settings(max_examples=20)
def test_the_groups_are_the_same_in_whatever_order_reports_come(rows: list[Report]) -> None:
    assert {frozenset(o.reports) for o in find_origins(rows)} == {frozenset(o.reports) for o in find_origins(REPORTS)}


def test_features_are_a_pure_function_of_the_report_and_survive_json() -> None:
    for row in REPORTS:
        features = origin_features(row)
        assert features == origin_features(row)
        assert OriginFeatures.model_validate_json(features.to_json()) == features


def test_copies_share_a_key() -> None:
    keys = [set(candidate_keys(origin_features(row))) for row in REPORTS]
    assert keys[0] & keys[1]
    assert keys[0] & keys[2]
    assert not keys[0] & keys[4]


def test_a_passage_of_eleven_words_is_found_wherever_it_stands() -> None:
    rng = random.Random(3)
    words = [f"word{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(600)]
    shared = words[:11]
    for _ in range(20):
        texts = [rng.sample(words[20:300], 40), rng.sample(words[300:], 40)]
        rows = [
            origin_features(report(" ".join([*text[: rng.randrange(40)], *shared, *text[:5]]) + ".")) for text in texts
        ]
        assert set(rows[0].runs) & set(rows[1].runs)


def test_a_text_without_words_or_date_has_features() -> None:
    features = origin_features(report("?", "!", published=None))
    assert (features.signature, features.runs, features.published) == ((), (), None)
