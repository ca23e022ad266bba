"""One loader for all lexicons: TOML tables in this folder become typed, checked, cached entries.

A lexicon is a file ``vocab/NAME.toml`` with one ``[[entry]]`` table per entry. A faulty file is refused as a whole,
with a sentence that names the file and the entry, so that a typing slip can never silently lose a word.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Final, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from sayso.errors import VocabularyError


class Entry(BaseModel):
    """One entry of a lexicon: frozen, closed to unknown keys, named by its first field.

    A field listed in ``references`` holds the name (or names) of entries of another lexicon, which must exist.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, populate_by_name=True)
    references: ClassVar[dict[str, str]] = {}


E = TypeVar("E", bound=Entry)
# The lexicons lie beside this file, in the source tree as in an installed wheel.
FOLDER: Final = Path(__file__).parent


def load_table(name: str, model: type[E], *, folder: Path | None = None) -> tuple[E, ...]:
    """Return the entries of ``vocab/NAME.toml`` in file order, read once.

    Args:
        name: the file's name without ``.toml``.
        model: the entry's type; its first field is the entry's name and must be unique.
        folder: another folder than ``sayso/vocab`` (for tests).

    Raises:
        VocabularyError: no such file, no TOML, an unknown or ill-typed key, a duplicate, a dangling reference.

    """
    return _load(name, model, folder or FOLDER)


def phrase_table(entries: Iterable[E], phrases_of: Callable[[E], Iterable[str]], *, place: str) -> dict[str, E]:
    """Return every phrase with its entry, for a ``PhraseMatcher``; refuses a phrase that two entries claim.

    Args:
        entries: entries of one lexicon.
        phrases_of: what to look for in a text for one entry.
        place: the lexicon's name, for the error.

    """
    table: dict[str, E] = {}
    for entry in entries:
        for phrase in phrases_of(entry):
            if phrase in table:
                raise _refusal(place, name_of(entry), f"phrase {phrase!r} is also of {name_of(table[phrase])!r}")
            table[phrase] = entry
    return table


def name_of(entry: Entry) -> str:
    """Return the entry's name: the value of its first field."""
    return str(getattr(entry, _naming_field(type(entry))))


@cache
def _load(name: str, model: type[E], folder: Path) -> tuple[E, ...]:
    entries = tuple(_parse(name, position, raw, model) for position, raw in enumerate(_rows(name, folder), start=1))
    seen: set[str] = set()
    for entry in entries:
        own = name_of(entry)
        if own in seen:
            raise _refusal(name, own, "it stands twice")
        seen.add(own)
    for field, target in model.references.items():
        known = seen if target == name else _names(target, folder)
        for entry in entries:
            _check_references(name, entry, field, target, known)
    return entries


@cache
def _rows(name: str, folder: Path) -> tuple[dict[str, Any], ...]:
    file = folder / f"{name}.toml"
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise VocabularyError("no such lexicon", place=f"vocab/{name}.toml", way_out="reinstall sayso") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise VocabularyError(f"not TOML: {error}", place=f"vocab/{name}.toml") from error
    rows = data.pop("entry", None)
    if data or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise VocabularyError(
            f"expected only [[entry]] tables, found {', '.join(sorted(data)) or 'none'}", place=f"vocab/{name}.toml"
        )
    return tuple(rows)


def _parse(name: str, position: int, raw: dict[str, Any], model: type[E]) -> E:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        own = raw.get(_naming_field(model), f"number {position}")
        raise _refusal(name, str(own), faults) from error


def _check_references(name: str, entry: Entry, field: str, target: str, known: set[str]) -> None:
    value = getattr(entry, field)
    named = [] if value is None else [value] if isinstance(value, str) else list(value)
    for missing in [item for item in named if item not in known]:
        raise _refusal(name, name_of(entry), f"{field} names {missing!r}, which is not in vocab/{target}.toml")


def _names(table: str, folder: Path) -> set[str]:
    """Names of another lexicon's entries: by convention the first key of each entry."""
    return {str(next(iter(row.values()))) for row in _rows(table, folder) if row}


def _naming_field(model: type[Entry]) -> str:
    return next(iter(model.model_fields))


def _refusal(table: str, entry: str, problem: str) -> VocabularyError:
    return VocabularyError(problem, place=f"vocab/{table}.toml, entry {entry!r}", way_out="correct the file")
