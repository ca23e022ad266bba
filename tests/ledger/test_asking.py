"""What can be asked of a ledger: which incidents, why shown so, who says what how well, as of any day; and judged."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from sayso.errors import InputError, NotFoundError
from sayso.ledger import Ledger
from sayso.ledger.asking.questions import find_incident, list_incidents, list_voices, search
from sayso.ledger.asking.selecting import Near, Query, by_day, by_kind, select
from sayso.ledger.asking.telling import grounds, ties, timeline
from sayso.ledger.judging import Decision, judgement_of
from sayso.ledger.summaries import summarise_all
from tests.ledger.foretold import capture_of, put, text_of


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    """Two outlets on a bombing in Tarsk (7 dead, then 9), one on a bombing in Odra."""
    put(
        ledger,
        [
            capture_of(text_of(killed=7), published="2031-05-05", publisher="Coast Wire"),
            capture_of(
                text_of(killed=9, words="Glass lay about.", by="mayor"), published="2031-05-06", publisher="Lantern"
            ),
            capture_of(text_of(place="Odra", day=20, killed=2), published="2031-05-20", publisher="Lantern"),
        ],
    )
    return ledger


def ids(ledger: Ledger, query: Query, as_of: int | None = None) -> list[str]:
    return [row["title"] for row in list_incidents(ledger, query, as_of=as_of).rows]


def tarsk(ledger: Ledger) -> str:
    return next(row["within"] for row in list_incidents(ledger, Query()).rows if "Tarsk" in row["title"])


def claims_of(ledger: Ledger) -> list[str]:
    return [claim.id for claim in ledger.incident(tarsk(ledger)).overview.claims]


def judge(ledger: Ledger, decision: Decision, *about: str, who: str = "ana", value: str | None = None) -> str:
    made = judgement_of(ledger, decision, about, who=who, why="looked", value=value)
    ledger.judge(made)
    return made.id


QUERIES = [
    (Query(), {"bombing Tarsk 5", "bombing Odra 20"}, "no filter: all that is no background"),
    (Query(kind="bombing"), {"bombing Tarsk 5", "bombing Odra 20"}, "by kind"),
    (Query(kind="shooting"), set(), "another kind"),
    (Query(holder="tarsk POL"), {"bombing Tarsk 5", "bombing Odra 20"}, "a holder, whatever the case"),
    (Query(holder="%"), set(), "a per cent sign is no wildcard"),
    (Query(outlet="coast"), {"bombing Tarsk 5"}, "by outlet"),
    (Query(text="glass about"), {"bombing Tarsk 5"}, "words anywhere in one report"),
    (Query(text='glass "'), {"bombing Tarsk 5"}, "a lone quotation mark breaks nothing"),
    (Query(text="zebra"), set(), "a word that stands nowhere"),
    (Query(status="killed:disputed"), {"bombing Tarsk 5"}, "one field disputed"),
    (Query(status=":disputed"), {"bombing Tarsk 5"}, "any field disputed"),
    (Query(status="killed:sole"), {"bombing Odra 20"}, "said once"),
    (Query(near=Near(50, 20, 100)), set(), "without coordinates nothing is near"),
    (Query(actor="front"), set(), "nobody is named"),
]


@pytest.mark.parametrize(("query", "expected", "note"), QUERIES, ids=[note for *_, note in QUERIES])
def test_a_query_means_these_incidents_now_and_as_of_the_newest_entry(
    told: Ledger, query: Query, expected: set[str], note: str
) -> None:
    assert set(ids(told, query)) == expected, note
    assert set(ids(told, query, as_of=told.head().seq)) == expected, f"{note}, from the log"


def test_a_page_is_a_part_and_knows_the_whole(told: Ledger) -> None:
    first, second = (list_incidents(told, Query(), limit=1, offset=at) for at in (0, 1))
    assert (len(first.rows), first.total, second.total) == (1, 2, 2)
    assert first.rows != second.rows


def test_the_ledger_of_an_earlier_day_has_what_was_known_then(told: Ledger) -> None:
    seqs = [entry["seq"] for entry in told.log() if entry["what"] == "report"]
    assert ids(told, Query(), as_of=seqs[0]) == ["bombing Tarsk 5"]
    assert find_incident(told, tarsk(told), as_of=seqs[0]).overview.toll("killed") == (7, 7)
    assert find_incident(told, tarsk(told)).overview.toll("killed") == (7, 9)


def test_the_range_of_the_toll_spans_all_that_is_asserted(told: Ledger) -> None:
    row = next(row for row in list_incidents(told, Query()).rows if "Tarsk" in row["title"])
    assert (row["killed_low"], row["killed_high"], row["reports"]) == (7, 9, 2)


def test_an_id_may_be_shortened_and_an_unknown_one_is_said(told: Ledger) -> None:
    whole = tarsk(told)
    assert find_incident(told, whole[:9]).overview.incident.id == whole
    for wrong in ("in_zzzzzz", "in_", ""):
        with pytest.raises(NotFoundError, match="incident"):
            find_incident(told, wrong)


def test_why_names_the_rule_and_every_claim_in_the_order_of_saying(told: Ledger) -> None:
    (ground,) = grounds(told.incident(tarsk(told)), "killed")
    values = [claim.value.model_dump()["low"] for claim in ground.claims]
    assert (values, ground.judged.finding.status) == ([7, 9], "disputed")
    assert ground.display.rule
    assert ground.display.value in [value.value for value in ground.judged.finding.values]


def test_reports_are_tied_by_their_likely_pairs(told: Ledger) -> None:
    gathered = told.incident(tarsk(told))
    with told.snapshot() as connection:
        (tie,) = ties(connection, gathered)
    assert {tie.one, tie.other} == set(gathered.overview.incident.reports)


def test_the_timeline_says_who_changed_what(told: Ledger) -> None:
    judge(told, "accept", claims_of(told)[0])
    steps = timeline(told.incident(tarsk(told)))
    assert [step.change for step in steps if step.field == "killed" and not step.judgement] == ["first", "disputes"]
    assert [step.judgement.who for step in steps if step.judgement] == ["ana"]


def test_voices_count_who_was_first_and_who_is_contradicted(told: Ledger) -> None:
    voices = {voice.name: voice for voice in list_voices(told)}
    assert voices["Tarsk police"].claims == 2
    assert (voices["Coast Wire"].first, voices["Lantern"].first) == (1, 0)
    assert (voices["Lantern"].incidents, voices["Lantern"].disputed) == (2, 1)
    assert list_voices(told, as_of=told.head().seq) == list_voices(told)


def test_search_finds_reports_and_what_they_tell_of(told: Ledger) -> None:
    (match,) = search(told, "glass")
    assert (match.publisher, match.incidents) == ("Lantern", (tarsk(told),))
    assert search(told, "   ") == []


def test_a_rejected_claim_no_longer_counts_and_comes_back_when_retracted(told: Ledger) -> None:
    seven, nine = sorted(claims_of(told), key=lambda each: _low(told, each))
    made = judge(told, "reject", nine)
    assert [claim.id for claim in told.incident(tarsk(told)).rejected] == [nine]
    assert ids(told, Query(status=":disputed")) == []
    judge(told, "retract", made)
    assert ids(told, Query(status=":disputed")) == ["bombing Tarsk 5"]
    assert set(claims_of(told)) == {seven, nine}


def _low(ledger: Ledger, number: str) -> int:
    claim = ledger.incident(tarsk(ledger)).overview.by_id[number]
    return int(claim.value.model_dump()["low"])


def test_a_corrected_claim_keeps_its_words_and_the_ledger_shows_the_new_value(told: Ledger) -> None:
    nine = max(claims_of(told), key=lambda each: _low(told, each))
    before = told.incident(tarsk(told)).overview.by_id[nine]
    judge(told, "correct", nine, value='{"low": 7, "high": 7}')
    after = told.incident(tarsk(told)).overview.by_id[nine]
    assert (_low(told, nine), after.evidence) == (7, before.evidence)
    assert ids(told, Query(status=":disputed")) == []
    assert ids(told, Query(status=":disputed"), as_of=told.head().seq - 1) == ["bombing Tarsk 5"]


@pytest.mark.parametrize("value", ['{"low": -1}', '{"low": "many"}', '{"colour": 3}', "[]"])
def test_a_correction_that_is_no_value_is_refused(told: Ledger, value: str) -> None:
    with pytest.raises(InputError, match="no value for killed"):
        judgement_of(told, "correct", claims_of(told)[:1], who="ana", value=value)


WHO: list[tuple[Sequence[str], str]] = [
    (["ana"], "proposed"),
    (["ana", "ana"], "proposed"),
    (["ana", "ben"], "reviewed"),
]


@pytest.mark.parametrize(("people", "state"), WHO)
def test_a_second_person_makes_a_claim_reviewed(told: Ledger, people: Sequence[str], state: str) -> None:
    claim = claims_of(told)[0]
    for who in people:
        judge(told, "accept", claim, who=who)
    assert told.incident(tarsk(told)).reviews[claim].state == state


def test_incidents_judged_to_be_one_are_one_and_the_newer_id_leads_there(told: Ledger) -> None:
    both = [row["within"] for row in list_incidents(told, Query()).rows]
    judge(told, "same", *both)
    assert list_incidents(told, Query()).total == 1
    assert len({find_incident(told, each).overview.incident.id for each in both}) == 1
    assert list_incidents(told, Query(), as_of=told.head().seq - 1).total == 2


def test_summaries_made_anew_are_the_same(told: Ledger) -> None:
    before = list_incidents(told, Query()), list_voices(told)
    with told.transaction("relinked", "summaries") as entry:
        summarise_all(entry.connection)
        entry.changed = True
    assert (list_incidents(told, Query()), list_voices(told)) == before


def test_frames_have_a_row_for_each_record_and_join_on_the_incident(told: Ledger) -> None:
    claims, incidents = told.claims().to_pandas(), told.incidents().to_pandas()
    joined = claims.merge(incidents, left_on="incident", right_on="id", suffixes=("", "_of"))
    assert len(joined) == len(claims) == 3
    assert sorted(joined["low"]) == [2, 7, 9]
    assert told.claims().to_polars().shape == claims.shape == told.claims().arrow().shape
    assert told.reports().to_polars()["publisher"].to_list() == ["Coast Wire", "Lantern", "Lantern"]


def test_records_are_an_iterator_too(told: Ledger) -> None:
    claims = told.claims()
    assert len(claims.take(1)) == 1
    assert len(list(claims)) == 2
    assert told.events().arrow().num_rows == 0


def test_a_notebook_shows_how_much_there_is(told: Ledger) -> None:
    assert "<tr><th>reports</th><td>3</td></tr>" in told._repr_html_()


def test_a_judgement_names_what_it_is_about_in_full(told: Ledger) -> None:
    whole = tarsk(told)
    made = judgement_of(told, "not_same", [whole[:10], "in_"[:3] + whole[3:]], who="ana")
    assert made.about == (whole, whole)
    assert json.loads(made.model_dump_json())["who"] == "ana"


def test_the_days_of_a_selection_are_counted_alike_however_it_is_found(ledger: Ledger) -> None:
    put(ledger, [capture_of(text_of(killed=7)), capture_of(text_of(killed=9, by="mayor"))])
    with ledger.snapshot() as connection:
        plain = by_day(connection, Query(background=True))
        found = select(connection, Query(background=True, text="killed"))
        assert found.days == by_day(connection, Query(background=True, text="killed")) == plain
        assert sum(count for _, count, _, _ in plain) == found.total == 1
        assert [disputed for _, _, disputed, _ in plain] == [1]
        assert sum(count for _, _, count in by_kind(connection, Query(background=True))) == 1
