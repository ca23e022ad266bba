"""Every format opens in the library that its users have, and says there what the ledger says."""

from __future__ import annotations

import io
import json
import re
import tomllib
from collections import Counter
from importlib.resources import files
from typing import Any
from uuid import UUID

import geopandas
import pytest
import rdflib
import stix2
from pymisp import MISPEvent
from stix2validator import ValidationOptions, validate_string

from sayso.exports.misp import TERMS, likelihood
from sayso.exports.out import pieces
from sayso.exports.registry import format_of
from sayso.exports.selection import Selection
from sayso.exports.stix import shortest, stamp
from sayso.ledger import Ledger
from sayso.records import Report, Statement
from sayso.values import Certainty

JSON = dict[str, Any]


def text_of(name: str, chosen: Selection) -> str:
    return b"".join(pieces(format_of(name), chosen)).decode()


def lines_of(name: str, chosen: Selection) -> list[JSON]:
    return [json.loads(line) for line in text_of(name, chosen).splitlines()]


def test_json_lines_are_the_records_whole(chosen: Selection, ledger: Ledger) -> None:
    found: dict[str, list[JSON]] = {}
    for line in lines_of("jsonl", chosen):
        found.setdefault(line.pop("record"), []).append(line)
    telling = {report for incident in ledger.incidents() for report in incident.reports}
    reports = {each.id: each for each in (Report.model_validate(each) for each in found["report"])}
    assert reports == {report.id: report for report in ledger.reports() if report.id in telling}
    assert [Statement.model_validate(each) for each in found["statement"]]
    stored = {claim.id: claim.model_dump(mode="json", by_alias=True) for claim in ledger.claims()}
    assert {each["id"]: each for each in found["claim"]} == stored
    assert {each["id"] for each in found["incident"]} == {each.id for each in ledger.incidents()}
    texts = {each["id"]: each["text"] for each in found["report"]}
    for each in found["claim"]:
        span = each["evidence"]
        assert texts[span["report"]][span["start"] : span["end"]] == span["text"]
    assert all(set(each["told_by"]) <= set(texts) for each in found["incident"])


def test_geojson_opens_in_geopandas_and_a_country_has_no_point(chosen: Selection) -> None:
    frame = geopandas.read_file(io.BytesIO(text_of("geojson", chosen).encode()), engine="pyogrio")
    mapped = frame[~frame.geometry.isna()]
    assert set(mapped["place"]) == {"Timbuktu", "Mosul", "Aleppo", "Mogadishu"}
    assert set(mapped["radius_km"]) == {4.0}
    timbuktu = mapped[mapped["place"] == "Timbuktu"].geometry.item()
    assert (round(timbuktu.x), round(timbuktu.y)) == (-3, 17)
    assert frame.crs.to_epsg() == 4326
    assert frame[frame.geometry.isna()]["radius_km"].isna().all()


def test_a_place_of_country_precision_is_no_point() -> None:
    from sayso.exports.geojson import FEATURES, feature

    row = dict.fromkeys(FEATURES.names) | {"id": "in_1", "lat": 33.0, "lon": 44.0, "precision": "country"}
    assert feature(row)["geometry"] is None
    assert feature(row | {"precision": "province"})["geometry"] == {"type": "Point", "coordinates": [44.0, 33.0]}


@pytest.fixture
def bundle(chosen: Selection) -> JSON:
    found: JSON = json.loads(text_of("stix", chosen))
    return found


def test_stix_is_valid_and_opens(chosen: Selection, bundle: JSON) -> None:
    text = text_of("stix", chosen)
    result = validate_string(text, ValidationOptions(version="2.1"))
    assert result.is_valid, [str(error) for error in result.errors]
    opened = stix2.parse(text)
    # 103: the validator would have version 4 of UUIDs (STIX allows 5); 202: relationships it does not suggest
    assert {str(warning).partition("{")[2][:3] for warning in result.warnings} <= {"103", "202"}
    assert {each["id"] for each in bundle["objects"]} == {each.id for each in opened.objects}


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("2031-05-14T10:00:00.000Z", "2031-05-14T10:00:00Z"),
        ("2031-05-14T10:00:00.180Z", "2031-05-14T10:00:00.18Z"),
        ("2031-05-14T10:00:00.123Z", "2031-05-14T10:00:00.123Z"),
        ("2031-05-14T10:00:00Z", "2031-05-14T10:00:00Z"),
    ],
)
def test_stix_writes_published_as_its_library_does(given: str, written: str) -> None:
    assert shortest(given) == written


def test_stix_round_trips_exactly(bundle: JSON) -> None:
    for each in bundle["objects"]:
        assert json.loads(stix2.parse(each).serialize()) == each


def test_stix_objects_stand_once_and_lead_to_each_other(bundle: JSON) -> None:
    ids = [each["id"] for each in bundle["objects"]]
    assert len(set(ids)) == len(ids)
    assert {UUID(number.partition("--")[2]).version for number in ids} == {5}
    for each in bundle["objects"]:
        refs = [each.get(key) for key in ("created_by_ref", "source_ref", "target_ref")] + each.get("object_refs", [])
        assert {ref for ref in refs if ref} <= set(ids), each


def test_stix_says_who_accuses_how_sure_and_who_denies(bundle: JSON) -> None:
    by_id = {each["id"]: each for each in bundle["objects"]}
    of = Counter(each["type"] for each in bundle["objects"])
    assert of["opinion"] >= 2
    accused = {
        by_id[each["target_ref"]]["name"]: each
        for each in bundle["objects"]
        if each["type"] == "relationship" and each["relationship_type"] == "attributed-to"
    }
    front = accused["Eastern Front"]
    assert by_id[front["source_ref"]]["name"].startswith("Rocket, missile or artillery fire on harbour")
    assert "confidence" not in front  # only one of its accusers hedges
    about = [each for each in bundle["objects"] if front["id"] in each.get("object_refs", ())]
    denial = next(each for each in about if each["type"] == "opinion")
    assert (denial["opinion"], denial["authors"]) == ("strongly-disagree", ["Eastern Front"])
    assert "“Front denies”" in denial["explanation"]
    diplomats = next(each for each in about if each["authors"] == ["Western diplomats"])
    assert diplomats["confidence"] == 68  # the middle of "likely", 55 to 80 per cent


@pytest.mark.parametrize(
    ("moment", "stamped"),
    [
        ("2031", "2031-01-01T00:00:00.000Z"),
        ("2031-05", "2031-05-01T00:00:00.000Z"),
        ("2031-05-14", "2031-05-14T00:00:00.000Z"),
        ("2031-05-14T09:40+02:00", "2031-05-14T07:40:00.000Z"),
        ("2031-05-14T09:40:01.123456Z", "2031-05-14T09:40:01.123Z"),
    ],
)
def test_times_of_stix_are_utc_to_the_millisecond(moment: str, stamped: str) -> None:
    assert stamp(moment) == stamped


def test_a_report_without_a_day_says_so_in_stix(bundle: JSON) -> None:
    undated = [each for each in bundle["objects"] if "publication-date-unknown" in each.get("labels", ())]
    assert len(undated) == 1
    assert undated[0]["published"] == re.sub(r"\.?0*Z$", "Z", undated[0]["created"])  # the library cuts zeros


def test_misp_events_load_with_their_tags(chosen: Selection) -> None:
    for found in json.loads(text_of("misp", chosen))["response"]:
        event = MISPEvent()
        event.from_dict(**found["Event"])
        assert len(event.attributes) == len(found["Event"]["Attribute"])
        assert json.loads(event.to_json())["info"] == found["Event"]["info"]
        for attribute in event.attributes:
            names = {tag.name for tag in attribute.tags}
            graded = any(name.startswith("admiralty-scale:information-credibility=") for name in names)
            assert graded == bool(names)
            assert not attribute.to_ids
        located = {each.name for each in event.objects}
        assert located <= {"geolocation"}


def test_misp_names_the_accused_with_the_digit_and_the_hedge(chosen: Selection) -> None:
    events = json.loads(text_of("misp", chosen))["response"]
    attributes = [each for found in events for each in found["Event"]["Attribute"]]
    front = next(each for each in attributes if each["type"] == "threat-actor" and each["value"] == "Eastern Front")
    tags = {tag["name"] for tag in front["Tag"]}
    assert 'admiralty-scale:information-credibility="4"' in tags
    assert 'estimative-language:likelihood-probability="likely"' in tags
    assert "Western diplomats, suspects “likely”" in front["comment"]
    denied = [each for each in attributes if each["type"] == "threat-actor" and "denies it" in each["comment"]]
    assert not denied, "who is only said not to have done it is no threat actor"


def test_every_band_of_icd_203_has_its_term() -> None:
    table = tomllib.loads(files("sayso.values").joinpath("hedges.toml").read_text(encoding="utf-8"))
    bands = {(hedge["low"], hedge["high"]) for hedge in table["entry"] if hedge.get("scale") == "ICD 203"}
    terms = [likelihood(Certainty(words="x", low=low, high=high, scale="ICD 203")) for low, high in sorted(bands)]
    assert terms == [term for _, term in TERMS]
    assert likelihood(Certainty(words="unclear whether", low=0, high=1, scale="sayso")) is None


def test_follow_the_money_takes_every_entity_as_it_is(chosen: Selection) -> None:
    ftm = pytest.importorskip("followthemoney", reason="followthemoney needs ICU and a compiler: not installed here")
    entities = lines_of("ftm", chosen)
    assert len({each["id"] for each in entities}) == len(entities)
    ids = {each["id"] for each in entities}
    for each in entities:
        proxy = ftm.model.get_proxy(each, cleaned=False)
        for name, values in each["properties"].items():
            assert sorted(proxy.get(name)) == sorted(values), (each["schema"], name)
            if proxy.schema.get(name).type.name == "entity":
                assert set(values) <= ids
    links = [each["properties"] for each in entities if each["schema"] == "UnknownLink"]
    assert any(link["role"] == ["denies: who did it"] for link in links)
    events = [each["properties"] for each in entities if each["schema"] == "Event"]
    names = {each["id"]: each["properties"].get("name") for each in entities}
    involved = {name for event in events for each in event.get("involved", ()) for name in names[each] or ()}
    assert "Eastern Front" not in involved, "the accused stands in links only, beside his accuser"


def test_web_annotations_point_at_exact_characters(chosen: Selection, ledger: Ledger) -> None:
    page = json.loads(text_of("webannotation", chosen))
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    texts = {f"urn:sayso:report:{report.id}": report.text for report in ledger.reports()}
    kinds = Counter(each["id"].split(":")[2] for each in page["items"])
    assert kinds["claim"] == sum(1 for _ in ledger.claims())
    assert kinds["statement"] > 5
    for each in page["items"]:
        for target in each["target"] if isinstance(each["target"], list) else [each["target"]]:
            quote, position = target["selector"]
            text, start, end = texts[target["source"]], position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own
def test_prov_leads_from_each_claim_to_its_sayer_and_the_raw_bytes(chosen: Selection, ledger: Ledger) -> None:
    graph = rdflib.Graph().parse(data=text_of("prov", chosen), format="json-ld")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    for claim in ledger.claims():
        node = rdflib.URIRef(f"urn:sayso:claim:{claim.id}")
        assert graph.value(node, prov.wasAttributedTo), "no value without a sayer"
        report = graph.value(node, prov.wasQuotedFrom)
        raw = graph.value(report, prov.wasDerivedFrom)
        assert str(raw).startswith("urn:sha256:")
        reading = graph.value(graph.value(node, prov.wasDerivedFrom), prov.wasGeneratedBy)
        software = graph.value(reading, prov.wasAssociatedWith)
        assert (software, rdflib.RDF.type, prov.SoftwareAgent) in graph
