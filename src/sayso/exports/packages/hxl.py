"""HXL hashtags of the columns, for humanitarian tools (HXL 1.1): the row under the headings with ``--hxl``."""

from __future__ import annotations

from typing import Final

from sayso.tables.columns import Table

TAGS: Final = {
    "incidents": {
        "id": "#event+id", "kind": "#event+type", "title": "#event+name", "earliest": "#date+start",
        "latest": "#date+end", "place": "#loc+name", "country": "#country+code+v_iso3", "admin1": "#adm1+name",
        "lat": "#geo+lat", "lon": "#geo+lon", "precision": "#geo+precision", "reports": "#meta+reports+num",
        "origins": "#meta+sources+num", "disputed": "#meta+disputed", "killed_low": "#affected+killed+min",
        "killed_high": "#affected+killed+max", "injured_low": "#affected+injured+min",
        "injured_high": "#affected+injured+max", "background": "#meta+background",
    },
    "claims": {
        "id": "#meta+claim+id", "incident": "#event+id", "report": "#meta+report+id", "publisher": "#meta+source",
        "published": "#date+published", "field": "#indicator+name", "words": "#indicator+text",
        "name": "#indicator+value",
        "low": "#indicator+num+min", "high": "#indicator+num+max", "earliest": "#date+start", "latest": "#date+end",
        "country": "#country+code+v_iso3", "lat": "#geo+lat", "lon": "#geo+lon", "holder": "#contact+name",
        "holder_kind": "#contact+type", "stance": "#meta+stance", "certainty": "#meta+certainty",
        "evidence": "#description+quote",
    },
    "statements": {
        "id": "#meta+statement+id", "report": "#meta+report+id", "holder": "#contact+name",
        "holder_kind": "#contact+type", "words": "#description+quote", "stance": "#meta+stance",
    },
    "reports": {
        "id": "#meta+report+id", "published": "#date+published", "publisher": "#meta+source", "title": "#meta+title",
        "url": "#meta+url", "language": "#meta+lang", "text": "#description+text", "sha256": "#meta+hash",
    },
    "origins": {
        "incident": "#event+id", "report": "#meta+report+id", "origin": "#meta+origin+id", "name": "#meta+source",
        "reason": "#description+reason",
    },
}  # fmt: skip
"""Table → column → hashtag with attributes; a column that is not there has none."""


def hxl_row(table: Table) -> list[str]:
    """Return the hashtags of a table's columns, "" for those without one."""
    return [TAGS[table.name].get(name, "") for name in table.names]
