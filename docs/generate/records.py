"""The page of the records: every record and value of the output contract, each field with its type and meaning."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Iterator
from typing import Any, Final

from pydantic import BaseModel

from docs.generate.markdown import MADE, first_line, table, words_of
from sayso import records, values
from sayso.records import Identified, Record

PARTS: Final = {
    "What is read": ("Reading", "Report", "Block", "Span", "Statement", "Event", "Claim", "NotUnderstood"),
    "Views": ("Incident", "Finding", "FindingValue", "Origin", "Account"),
    "Decisions": ("Judgement",),
    "Values": ("Actor", "Moment", "Quantity", "Place", "Certainty"),
}
"""Heading → records in the order of the page; what is not named here stands under "Values of claims"."""
_NAMES: Final = {str: "text", int: "whole number", float: "number", bool: "true or false", type(None): "null"}
_BASES: Final = (BaseModel, Record, Identified, values.base.Value)


def models() -> dict[str, type[BaseModel]]:
    """Return name → every record and value, in the order of the page."""
    found = {
        name: thing
        for name, thing in vars(records).items()
        if inspect.isclass(thing) and issubclass(thing, BaseModel) and thing not in _BASES
    }
    order = [name for names in PARTS.values() for name in names]
    return {name: found[name] for name in [*order, *(each for each in found if each not in order)]}


def closed_lists() -> dict[str, tuple[str, ...]]:
    """Return name → values of each closed list that a field may hold, as the code names it (``Stance``, ``Status`` …)."""
    places = {**vars(records), **vars(values.actor), **vars(values.place)}
    found = {
        name: tuple(map(str, typing.get_args(thing)))
        for name, thing in places.items()
        if typing.get_origin(thing) is typing.Literal and not name.startswith("_")
    }
    return dict(sorted(found.items()))


def undescribed() -> Iterator[str]:
    """Yield a sentence for each record without a docstring and each field without a description."""
    for name, model in models().items():
        if not (model.__doc__ or "").strip():
            yield f"record {name}: has no docstring"
        for field, told in model.model_fields.items():
            if not told.description:
                yield f"record {name}, field {told.alias or field}: has no description"


def pages() -> dict[str, str]:
    """Return the page of the records."""
    found = models()
    placed = {name for names in PARTS.values() for name in names}
    parts = [*PARTS.items(), ("Values of claims", tuple(name for name in found if name not in placed))]
    text = [
        f"{MADE}# Records\n\nWhat `sayso read --json` prints, and what Python gets. `sayso schema` prints the same as JSON"
        " Schema. All records are frozen. An id is a hash of the content it names: the same reading gives the same ids."
        " Offsets count Unicode code points of the report's text, from 0, the end not included. What the values of closed"
        " lists mean stands in [what the words mean](/explanation/words.md).\n"
    ]
    for heading, names in parts:
        text += [f"## {heading}\n", *(_record(name, found[name]) for name in names)]
    text += ["## Fields of a claim\n", _fields(), "## Closed lists\n", _lists()]
    return {"reference/records.md": "\n".join(text)}


def _record(name: str, model: type[BaseModel]) -> str:
    rows = [
        (f"`{told.alias or field}`", type_of(told.annotation), told.description or "")
        for field, told in model.model_fields.items()
    ]
    body = f"{words_of(model)}\n\n{table(('field', 'type', 'meaning'), rows)}"
    return f"### {name}\n\n````{{py:class}} {model.__module__}.{name}\n:canonical: {_canonical(name)}\n\n{body}````\n"


def _canonical(name: str) -> str:
    return f"sayso.{name}"


def type_of(annotation: Any) -> str:
    """Return a type in words: "text or null", "list of Span" with a link."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in {typing.Union, types.UnionType}:
        return " or ".join(dict.fromkeys(type_of(each) for each in inner))
    if origin is tuple:
        return f"list of {type_of(inner[0])}"
    if origin is typing.Literal:
        listed = next((name for name, each in closed_lists().items() if each == tuple(map(str, inner))), None)
        return f"[{listed}](#{listed.lower()})" if listed else " or ".join(f"`{each}`" for each in inner)
    if origin is typing.Annotated:
        return type_of(inner[0])
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return _NAMES.get(annotation, getattr(annotation, "__name__", str(annotation)))


def _fields() -> str:
    rows = [
        (f"`{field}`", f"[{model.__name__}](#{model.__name__.lower()})", first_line(model))
        for field, model in records.VALUE_OF_FIELD.items()
    ]
    return table(("field", "value", "what the value is"), rows)


def _lists() -> str:
    return "\n".join(
        f"### {name}\n\n{', '.join(f'`{each}`' for each in listed)}\n" for name, listed in closed_lists().items()
    )
