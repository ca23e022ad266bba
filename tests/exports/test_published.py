"""Every export keeps to its public specification: the publisher's schema where a library has it, else our words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pymisp
import pytest
import rdflib
from rdflib.namespace import PROV

from sayso.exports.out import pieces, write
from sayso.exports.packages.hxl import TAGS
from sayso.exports.registry import format_of
from sayso.exports.selection import Selection, selection
from sayso.ledger import open_ledger
from sayso.ledger.judging import judgement_of
from tests.exports.ledgers import make_ledger
from tests.exports.published import (
    AGENTS,
    ANNOTATIONS,
    ENDS,
    GEOJSON,
    HASHTAG,
    PATH,
    Schema,
    data_package,
)

JSON = dict[str, Any]


def text_of(name: str, chosen: Selection) -> str:
    return b"".join(pieces(format_of(name), chosen)).decode()


def faults(found: Any, schema: Schema) -> list[str]:
    """Return what a schema has against something, with the place."""
    checker = jsonschema.validators.validator_for(schema, jsonschema.Draft202012Validator)
    checker.check_schema(schema)
    return [f"{each.json_path}: {each.message[:200]}" for each in checker(schema).iter_errors(found)]


@pytest.mark.parametrize("options", [{}, {"hxl": True}, {"text": False}, {"licence": "ask us first"}], ids=str)
def test_the_description_of_csv_is_a_tabular_data_package(
    choose: Callable[..., Selection], options: JSON, tmp_path: Path
) -> None:
    write(format_of("csv"), choose(**options), tmp_path / "out")
    described = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert faults(described, data_package(tabular=True)) == []


def test_the_description_of_parquet_is_a_data_package(chosen: Selection, tmp_path: Path) -> None:
    write(format_of("parquet"), chosen, tmp_path / "out")
    described = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert faults(described, data_package(tabular=False)) == []


SPOILT = [
    (lambda package: package["resources"][0]["schema"].update(foreignKeys=[]), "an empty list of foreign keys"),
    (lambda package: package["resources"][0].update(dialect={"commentChar": "#"}), "half a dialect"),
    (lambda package: package["resources"][0].update(path="../incidents.csv"), "a file outside of the package"),
    (lambda package: package["resources"][0].update(name="Incidents 2031"), "a name with a blank"),
    (lambda package: package.update(licenses=[{"title": "ours"}]), "a licence without name and path"),
]


@pytest.mark.parametrize(("spoil", "note"), SPOILT, ids=[note for _, note in SPOILT])
def test_error_what_the_profile_refuses_is_refused(
    chosen: Selection, tmp_path: Path, spoil: Callable[[JSON], None], note: str
) -> None:
    write(format_of("csv"), chosen, tmp_path / "out")
    described = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    spoil(described)
    assert faults(described, data_package(tabular=True)), note


def test_geojson_is_that_of_its_rfc(chosen: Selection) -> None:
    found = json.loads(text_of("geojson", chosen))
    assert faults(found, GEOJSON) == []
    assert len({feature["id"] for feature in found["features"]}) == len(found["features"])
    swapped = found | {"features": [{**found["features"][0], "geometry": {"type": "Point", "coordinates": [33, 144]}}]}
    assert faults(swapped, GEOJSON), "latitude and longitude in the wrong order are seen"


def test_annotations_are_those_of_the_w3c_model(chosen: Selection) -> None:
    assert faults(json.loads(text_of("webannotation", chosen)), ANNOTATIONS) == []


def test_misp_events_fit_the_schema_that_its_library_brings(chosen: Selection) -> None:
    """The strict schema is older than objects: it is asked about events without theirs."""
    data = Path(pymisp.__file__).parent / "data"
    strict, lax = (json.loads((data / name).read_text("utf-8")) for name in ("schema.json", "schema-lax.json"))
    for event in json.loads(text_of("misp", chosen))["response"]:
        assert faults(event, lax) == []
        event["Event"].pop("Object", None)
        assert faults(event, strict) == []


def test_every_entity_is_valid_follow_the_money(chosen: Selection) -> None:
    ftm = pytest.importorskip("followthemoney", reason="followthemoney needs ICU and a compiler: not installed here")
    for line in text_of("ftm", chosen).splitlines():
        entity = json.loads(line)
        ftm.model.get(entity["schema"]).validate(entity)


def test_hashtags_are_of_the_hxl_standard() -> None:
    for tags in TAGS.values():
        for tag in tags.values():
            assert re.fullmatch(HASHTAG, tag), tag


def test_the_description_of_a_web_archive_is_a_data_package(chosen: Selection, tmp_path: Path) -> None:
    import zipfile

    (file,) = write(format_of("wacz"), chosen, tmp_path / "out.wacz")
    with zipfile.ZipFile(file) as archive:
        described = json.loads(archive.read("datapackage.json"))
        assert (
            faults(described, data_package(tabular=False) | {"required": ["profile", "resources", "wacz_version"]})
            == []
        )
        assert all(re.fullmatch(PATH["pattern"], name) for name in archive.namelist())


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Selection]:
    """A ledger in which a person has accepted one claim and rejected another."""
    project = make_ledger(tmp_path_factory.mktemp("judged") / "project")
    with open_ledger(project, "write") as ledger:
        first, second, *_ = sorted(claim.id for claim in ledger.claims())
        for decision, claim in (("accept", first), ("reject", second)):
            ledger.judge(judgement_of(ledger, decision, [claim], who="ana", why="read again"))  # type: ignore[arg-type]
        ledger.freshen()
        with selection(ledger) as chosen:
            yield chosen


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own
def test_prov_uses_terms_of_prov_between_things_of_their_classes(judged: Selection) -> None:
    graph = rdflib.Graph().parse(data=text_of("prov", judged), format="json-ld")
    used = {str(term) for triple in graph for term in triple[1:] if str(term).startswith(str(PROV))}
    assert used >= {str(PROV[name]) for name in ("wasInvalidatedBy", "Person", "wasQuotedFrom", "wasGeneratedBy")}
    assert [term for term in used if rdflib.URIRef(term) not in PROV] == []
    for name, ends in ENDS.items():
        for first, second in graph.subject_objects(PROV[name]):
            for node, wanted in zip((first, second), ends, strict=True):
                kinds = {str(kind).removeprefix(str(PROV)) for kind in graph.objects(node, rdflib.RDF.type)}
                assert kinds & (set(AGENTS) if wanted == "Agent" else {wanted}), f"{node} of {name} is no {wanted}"
