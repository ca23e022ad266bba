"""``sayso schema``: the JSON Schema of what ``sayso read --json`` prints."""

from __future__ import annotations

import json
from typing import Any, Final

import click

from sayso.cli.streams import put

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


@click.command()
@click.option(
    "--indent", type=click.IntRange(0, 16), metavar="N", default=2, show_default=True, help="Indent by N spaces."
)
def schema(indent: int) -> None:
    """Print the JSON Schema of `sayso read --json`."""
    put(json.dumps(reading_schema(), ensure_ascii=False, sort_keys=True, indent=indent) + "\n")


def reading_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a reading as it is written out: every key is always there."""
    from sayso.records import Reading

    schema = Reading.model_json_schema(by_alias=True, mode="serialization")
    for record in [schema, *schema.get("$defs", {}).values()]:
        if "properties" in record:
            record["required"] = sorted(record["properties"])
    return {"$schema": DIALECT, **schema}
