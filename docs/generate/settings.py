"""The page of the settings: ``sayso.toml``, the file of feeds, and the environment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from typing import Any, Final

from docs.generate import ROOT
from docs.generate.markdown import MADE, attributes_of, table
from sayso import settings
from sayso.watching import Feed, Feeds

SOURCE: Final = ROOT / "src" / "sayso"
_NAMED: Final = re.compile(r"SAYSO_[A-Z]+(?:_[A-Z]+)*")


def tables() -> dict[str, tuple[type, str]]:
    """Return heading → the class whose fields are the keys of a table, and what is said of it."""
    found: dict[str, tuple[type, str]] = {}
    for table_name, model in settings.TABLES.items():
        found[f"`[{table_name}]` in sayso.toml"] = (model, "In the folder of the project.")
    found["`[[feed]]` in a file of feeds"] = (Feed, "For `sayso watch FEEDS`, once a feed.")
    return found


def variables_in_code() -> set[str]:
    """Return every environment variable of ours that the package names."""
    return {
        name
        for path in SOURCE.rglob("*.py")
        for name in _NAMED.findall(path.read_text(encoding="utf-8"))
        if not name.endswith("_COMPLETE")
    }


def undescribed() -> Iterator[str]:
    """Yield a sentence for each setting, key of a feed or environment variable without a meaning."""
    for heading, (model, _) in tables().items():
        told = attributes_of(model)
        for field in fields(model):
            if not told.get(field.name):
                yield f"{heading} {field.name}: is not told under Attributes of {model.__name__}"
    for name in variables_in_code() - settings.VARIABLES.keys():
        yield f"environment variable {name}: is not in settings.VARIABLES"
    for name in {each for each in settings.VARIABLES if each.startswith("SAYSO_")} - variables_in_code():
        yield f"environment variable {name}: is in settings.VARIABLES, and nothing heeds it"


def pages() -> dict[str, str]:
    """Return the page of the settings."""
    text = [
        f"{MADE}# Settings\n\nsayso needs no settings. A project's `sayso.toml` is made by `sayso init` with every key and"
        " its default in comments. A key that does not exist is refused (exit code 5). An option goes before an environment"
        " variable, which goes before the file.\n"
    ]
    for heading, (model, says) in tables().items():
        rows = [(f"`{each.name}`", _default(each), attributes_of(model).get(each.name, "")) for each in fields(model)]
        text += [f"## {heading}\n\n{says}\n", table(("key", "default", "meaning"), rows)]
    told = attributes_of(Feeds)
    rows = [(f"`{name}`", "none", told[name]) for name in ("contact", "allow")]
    text += ["## `[watch]` in a file of feeds\n", table(("key", "default", "meaning"), rows)]
    text += ["## Environment\n", table(("variable", "meaning"), [(f"`{k}`", v) for k, v in settings.VARIABLES.items()])]
    return {"reference/settings.md": "\n".join(text)}


def _default(field: Field[Any]) -> str:
    if field.default is MISSING:
        return "required"
    return (
        "none"
        if field.default is None
        else f"`{str(field.default).lower() if isinstance(field.default, bool) else field.default}`"
    )
