"""What public specifications demand of our files, as JSON Schemas in our own words: their own are not ours to copy.

Where a library brings the real schema, the tests take that one (STIX, MISP, FollowTheMoney). Checked once by hand with
the validators of others: the profile ``tabular-data-package`` 1 and Frictionless 5, geojson-pydantic 2, libhxl 5, wacz.
"""

from __future__ import annotations

from typing import Any, Final

Schema = dict[str, Any]
TEXT: Final = {"type": "string"}
WORDS: Final = {"type": "string", "minLength": 1}


def some(items: Schema, **more: Any) -> Schema:
    """Return the schema of a list that is not empty."""
    return {"type": "array", "minItems": 1, "items": items, **more}


def thing(needed: str, **properties: Schema) -> Schema:
    """Return the schema of an object that has the properties named in ``needed``."""
    return {"type": "object", "required": needed.split(), "properties": properties}


# -- Data Package 1 with the tabular profile: https://specs.frictionlessdata.io/tabular-data-package/ ------------------

NAME: Final = {"type": "string", "pattern": r"^[-a-z0-9._/]+$"}
PATH: Final = {"type": "string", "pattern": r"^(?=[^./~])(?!.*\.\.).+$"}
LICENCE: Final = {
    **thing("", name={"type": "string", "pattern": r"^[-a-zA-Z0-9._]+$"}, path=PATH, title=TEXT),
    "anyOf": [{"required": ["name"]}, {"required": ["path"]}],
}
COLUMN_NAMES: Final = some(WORDS, uniqueItems=True)
TABLE_SCHEMA: Final = thing(
    "fields",
    fields=some(
        thing(
            "name type",
            name=WORDS,
            type={"enum": ["string", "number", "integer", "boolean", "date", "datetime", "object", "array"]},
        )
    ),
    missingValues={"type": "array", "items": TEXT},
    primaryKey=COLUMN_NAMES,
    foreignKeys=some(
        thing("fields reference", fields=COLUMN_NAMES, reference=thing("resource fields", fields=COLUMN_NAMES))
    ),
)
_RESOURCE: Final = {
    "name": NAME, "path": PATH, "title": TEXT, "schema": TABLE_SCHEMA, "format": TEXT, "encoding": TEXT,
    "mediatype": {"type": "string", "pattern": "^.+/.+$"}, "bytes": {"type": "integer"},
    "hash": {"type": "string", "pattern": "^[^:]+:[a-fA-F0-9]+$"},
    "dialect": thing("delimiter doubleQuote", delimiter=TEXT, doubleQuote={"type": "boolean"}),
}  # fmt: skip


def data_package(*, tabular: bool) -> Schema:
    """Return what is demanded of a ``datapackage.json``; ``tabular``: of one whose files are all CSV."""
    kind = "tabular-data-{}" if tabular else "data-{}"
    profile = {"const": kind.format("resource")}
    needed = "name path schema profile" if tabular else "name path"
    return thing(
        "resources profile",
        profile={"const": kind.format("package")},
        name=NAME,
        licenses=some(LICENCE),
        sources={"type": "array", "items": thing("title", title=WORDS, path=PATH)},
        resources=some(thing(needed, **_RESOURCE, profile=profile)),
    )


# -- GeoJSON: RFC 7946. Our geometries are points or null; a point has no ring that could run the wrong way round ------

DEGREES: Final = [
    {"type": "number", "minimum": -180, "maximum": 180},
    {"type": "number", "minimum": -90, "maximum": 90},
]
POINT: Final = {
    **thing(
        "type coordinates",
        type={"const": "Point"},
        coordinates={"type": "array", "prefixItems": DEGREES, "minItems": 2, "maxItems": 2},
    ),
    "additionalProperties": False,
}
GEOJSON: Final = {
    **thing(
        "type features",
        type={"const": "FeatureCollection"},
        features={
            "type": "array",
            "items": {
                **thing(
                    "type geometry properties",
                    type={"const": "Feature"},
                    id={"type": ["string", "number"]},
                    geometry={"oneOf": [POINT, {"type": "null"}]},
                    properties={"type": ["object", "null"]},
                ),
                "additionalProperties": False,
            },
        },
    ),
    "additionalProperties": False,  # section 4: no "crs"
}


# -- Web Annotation Data Model: https://www.w3.org/TR/annotation-model/ ------------------------------------------------

IRI: Final = {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9+.-]*:\S+$"}
MOTIVATION: Final = {
    "enum": [
        "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying",
        "linking", "moderating", "questioning", "replying", "tagging",
    ]
}  # fmt: skip
POSITION: Final = {"type": "integer", "minimum": 0}
SELECTORS: Final = [
    thing("type exact", type={"const": "TextQuoteSelector"}, exact=WORDS, prefix=TEXT, suffix=TEXT),
    thing("type start end", type={"const": "TextPositionSelector"}, start=POSITION, end=POSITION),
]
BODY: Final = {
    "oneOf": [
        thing("type value", type={"const": "TextualBody"}, value=TEXT, format=TEXT, purpose=MOTIVATION),
        thing("type value format", type={"const": "Dataset"}, value=WORDS, format=TEXT, purpose=MOTIVATION),
    ]
}
TARGET: Final = thing("source selector", source=IRI, scope=IRI, selector=some({"oneOf": SELECTORS}))


def _one_or_some(schema: Schema) -> Schema:
    return {"oneOf": [schema, some(schema)]}


ANNOTATIONS: Final = thing(
    "@context id type items",
    **{"@context": {"const": "http://www.w3.org/ns/anno.jsonld"}},
    id=IRI,
    type={"const": "AnnotationPage"},
    items=some(
        thing(
            "id type target",
            id=IRI,
            type={"const": "Annotation"},
            motivation=MOTIVATION,
            creator=thing("id type name", id=IRI, type={"enum": ["Person", "Organization", "Software"]}, name=WORDS),
            body=_one_or_some(BODY),
            target=_one_or_some(TARGET),
        )
    ),
)


# -- HXL 1.1: https://hxlstandard.org/standard/1-1final/ ---------------------------------------------------------------

HASHTAG: Final = (
    "#(access|activity|adm[1-5]|affected|beneficiary|capacity|cause|channel|contact|country|crisis|currency|date|delivery"
    "|description|event|frequency|geo|group|impact|indicator|inneed|item|loc|meta|modality|need|operations|org|output"
    "|population|reached|region|respondee|sector|service|severity|status|subsector|targeted|value)"
    r"(\+[a-z][a-z0-9_]*)*"
)


# -- PROV-O: https://www.w3.org/TR/prov-o/; each property with the classes at its two ends -----------------------------

ENDS: Final = {
    "used": ("Activity", "Entity"),
    "wasGeneratedBy": ("Entity", "Activity"),
    "wasInvalidatedBy": ("Entity", "Activity"),
    "wasDerivedFrom": ("Entity", "Entity"),
    "wasQuotedFrom": ("Entity", "Entity"),
    "hadPrimarySource": ("Entity", "Entity"),
    "wasAttributedTo": ("Entity", "Agent"),
    "wasAssociatedWith": ("Activity", "Agent"),
    "actedOnBehalfOf": ("Agent", "Agent"),
}
AGENTS: Final = ("Agent", "Person", "SoftwareAgent", "Organization")
