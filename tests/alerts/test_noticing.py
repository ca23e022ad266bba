"""What is material, and what each alert's reader has been told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import pytest

from sayso.adding import Tally, add, in_this_process
from sayso.alerts.book import all_alerts, remove_alert
from sayso.alerts.outbox import listed
from sayso.alerts.sites import Site
from sayso.errors import NotFoundError, UsageError
from sayso.ledger.judging import judgement_of
from sayso.ledger.queries import remove_query
from sayso.records import Reading, Report
from sayso.values import Place
from tests.alerts.conftest import World
from tests.ledger.foretold import READER, capture_of, reading_of, text_of

FIRST = capture_of(text_of(killed=7), publisher="Coast Wire", published="2031-05-05")
RIVAL = capture_of(text_of(killed=9, by="mayor"), publisher="Lantern", published="2031-05-06")


def test_what_is_there_already_is_not_told_unless_asked_for(world: World) -> None:
    world.add(FIRST)
    quiet, chatty = world.alert("feed"), world.alert("-", from_start=True)
    assert world.changes(quiet) == []
    assert world.changes(chatty) == [[("incident", "new: 1 report, 1 origin")]]
    assert world.changes(chatty) == []


def test_a_new_incident_then_another_origin_a_toll_and_a_dispute(world: World) -> None:
    alert = world.alert()
    world.add(FIRST)
    assert world.changes(alert) == [[("incident", "new: 1 report, 1 origin")]]
    world.add(RIVAL)
    assert world.changes(alert) == [
        [
            ("origin", "another origin tells of it: Lantern"),
            ("toll", "killed: before 7 (Tarsk police: 7), now 7–9 (Tarsk mayor: 9; Tarsk police: 7)"),
            ("dispute", "disputed: killed: 7 (Tarsk police); 9 (Tarsk mayor)"),
        ]
    ]


def test_a_known_incident_is_compared_with_how_it_stood_when_the_alert_was_made(world: World) -> None:
    world.add(FIRST)
    alert = world.alert()
    world.add(RIVAL)
    ((first, *_),) = world.changes(alert)
    assert first == ("origin", "another origin tells of it: Lantern")


def test_a_judgement_settles_a_dispute_and_its_retraction_opens_it_again(world: World) -> None:
    world.add(FIRST, RIVAL)
    alert = world.alert()
    claim = next(each for each in world.ledger.claims() if getattr(each.value, "low", 0) == 9)
    made = judgement_of(world.ledger, "reject", [claim.id], who="ana", why="a slip")
    world.ledger.judge(made)
    ((toll, settled),) = world.changes(alert)
    assert toll == ("toll", "killed: before 7–9 (Tarsk mayor: 9; Tarsk police: 7), now 7 (Tarsk police: 7)")
    assert settled == ("settled", "no longer disputed: killed: 7 (Tarsk police)")
    world.ledger.judge(judgement_of(world.ledger, "retract", [made.id], who="ana", why="no slip"))
    assert [kind for kind, _ in world.changes(alert)[0]] == ["toll", "dispute"]


def test_small_steps_of_a_toll_add_up(world: World) -> None:
    alert = world.alert(toll=3, tells=("incident", "toll"))
    world.add(FIRST)
    assert len(world.changes(alert)) == 1
    world.add(capture_of(text_of(killed=9), published="2031-05-06"))
    assert world.changes(alert) == []
    world.add(capture_of(text_of(killed=10), published="2031-05-07"))
    ((change,),) = world.changes(alert)
    assert change[1] == "killed: before 7 (Tarsk police: 7), now 10 (Tarsk police: 10)"


def test_only_what_is_wanted_is_told(world: World) -> None:
    alert = world.alert(tells=("dispute",))
    world.add(FIRST)
    assert world.changes(alert) == []
    world.add(RIVAL)
    ((change,),) = world.changes(alert)
    assert change[0] == "dispute"


def test_a_query_tells_of_what_it_finds_only(world: World) -> None:
    world.query("holder=mayor")
    alert = world.alert()
    world.add(FIRST)
    assert world.changes(alert) == []
    world.add(RIVAL)
    assert world.changes(alert) == [[("incident", "new: 2 reports, 2 origins")]]


def test_what_was_told_and_is_found_no_more_is_told(world: World) -> None:
    world.query("status=killed:disputed")
    alert = world.alert()
    world.add(FIRST, RIVAL)
    assert [kind for kind, _ in world.changes(alert)[0]] == ["incident"]
    claim = next(each for each in world.ledger.claims() if getattr(each.value, "low", 0) == 9)
    world.ledger.judge(judgement_of(world.ledger, "reject", [claim.id], who="ana", why="a slip"))
    assert [kind for kind, _ in world.changes(alert)[0]] == ["gone"]
    assert world.changes(alert) == []


def test_incidents_judged_the_same_are_told_as_one(world: World) -> None:
    alert = world.alert(tells=("incident", "origin", "toll", "dispute", "gone"))
    world.add(FIRST, capture_of(text_of(place="Velm", killed=2, by="mayor")))
    assert len(world.changes(alert)) == 2
    ids = [each.id for each in world.ledger.incidents()]
    world.ledger.judge(judgement_of(world.ledger, "same", ids, who="ana", why="one place, two names"))
    assert [kind for message in world.changes(alert) for kind, _ in message] == ["dispute"]
    world.add(capture_of(text_of(killed=30), published="2031-05-08"))
    tolls = [words for kind, words in world.changes(alert)[0] if kind == "toll"]
    assert tolls[0].startswith("killed: before 2–7 (Tarsk mayor: 2; Tarsk police: 7), now 2–30 (")


def test_a_digest_tells_the_net_change_when_it_is_due(world: World) -> None:
    world.alert("-", hours=24.0)
    world.add(FIRST)
    assert world.run() == []
    world.add(RIVAL, capture_of(text_of(place="Velm", killed=2)))
    world.later(hours=23)
    assert world.run() == []
    world.later(hours=2)
    (sent,) = world.run()
    assert [each["changes"][0]["kind"] for each in json.loads(sent.message.body)["data"]["incidents"]] == [
        "incident",
        "incident",
    ]
    world.add(capture_of(text_of(killed=30)))
    assert world.run() == []
    assert len(world.run(at_once=True)) == 1


def test_only_what_lies_around_a_site_is_told_with_the_distance(world: World) -> None:
    places = {"Tarsk": (0.0, 0.4), "Velm": (0.0, 9.0)}

    def read_there(reports: Iterable[Report]) -> Iterator[Reading]:
        for report in reports:
            reading = reading_of(report)
            name = report.text.split()[1]
            where = None
            if name in places:
                lat, lon = places[name]
                where = Place(name=name, country="MLI", lat=lat, lon=lon, precision="point", words=name)
            there = tuple(each.model_copy(update={"where": where}) for each in reading.incidents)
            yield reading.model_copy(update={"incidents": there})

    alert = world.alert(sites=(Site("Depot", 0.0, 0.0),))
    items = [FIRST, capture_of(text_of(place="Velm")), capture_of(text_of(place="Nowhere"))]
    list(add(world.ledger, items, Tally(), read=read_there, reader=READER, parse=in_this_process))
    assert world.changes(alert) == [[("incident", "new: 1 report, 1 origin")]]
    (message,) = listed(world.ledger)
    (incident,) = json.loads(message.body)["data"]["incidents"]
    assert (incident["title"], incident["sites"]) == ("bombing Tarsk 5", [{"name": "Depot", "km": 44}])


def test_every_value_is_told_with_its_sayer_and_who_says_otherwise(world: World) -> None:
    alert = world.alert()
    world.add(FIRST, RIVAL)
    world.changes(alert)
    (message,) = listed(world.ledger)
    (incident,) = json.loads(message.body)["data"]["incidents"]
    (field,) = incident["fields"]
    assert field["status"] == "disputed"
    for value, holder, other in zip(
        field["values"], ("Tarsk police", "Tarsk mayor"), ("Tarsk mayor", "Tarsk police"), strict=True
    ):
        assert [sayer["holder"] for sayer in value["sayers"]] == [holder]
        assert [each["holder"] for each in value["otherwise"]] == [other]
        assert value["sayers"][0]["words"].startswith("bombing Tarsk 5 killed")


def test_a_query_that_is_watched_cannot_be_removed(world: World) -> None:
    alert = world.alert()
    with pytest.raises(UsageError, match="an alert tells"):
        remove_query(world.ledger, "q")
    remove_alert(world.ledger, alert)
    remove_query(world.ledger, "q")
    assert all_alerts(world.ledger) == []
    with pytest.raises(NotFoundError, match="no saved query"):
        world.alert()


def test_error_the_same_twice(world: World) -> None:
    world.alert()
    with pytest.raises(UsageError, match="already"):
        world.alert()
