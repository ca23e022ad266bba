"""Short readings: many reports with their gold in one TOML file, a claim a line; the same facts as ``expected.json``.

    [[report]]
    name = "ford-at-dusk"
    published = "2031-05-14"
    text = "…"
    traps = ["killed | 4 of farmers | A | killed in February, not here"]

    [[report.incident]]
    id = "A"                       # kind: the best first; when: a day or first..last; where: names
    kind = "shooting / armed_clash"
    when = "2031-05-13"
    where = "Tarsil / Ford"
    country = "NER"
    claims = ["killed | 9 of policemen | ministry / interior ministry | asserts | reportedly | nine policemen had died"]

A claim is ``field | value | holder | stance | certainty | evidence``; a question mark before it: a careful person may
leave it out. Values: counts ``9``, ``9+``, ``5-7`` with ``of group``; ``names {ISO3|kind of actor}``; ``class "words"``
of a weapon or kind; ``extent of thing``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sayso.errors import InputError

COUNTS: Final = frozenset(
    {"killed", "injured", "abducted", "arrested", "missing", "displaced", "weapon_count", "weapon_failed"}
)
_COUNT: Final = re.compile(r"(\d+)(\+|-\d+)?(?:\s+of\s+(.+))?")
_NAMED: Final = re.compile(r"(.*?)\s*(?:\{([^{}]*)\})?")
_CALLED: Final = re.compile(r"(\w+)\s*(?:\"(.*)\")?")
_BAR: Final = re.compile(r"\|(?![^{]*\})")
_EXTENT: Final = re.compile(r"(destroyed|major|some|minor|none)(?:\s+of\s+(.+))?")
_CLAIMED: Final = {"true": True, "false": False, "denied": "denied"}


def short_readings(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (text, expected reading) of each report of a file; what does not parse raises InputError with its place."""
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["report"]:
        try:
            yield row["text"].strip() + "\n", _expected(row)
        except (KeyError, ValueError) as problem:
            raise InputError(
                f"a short reading does not parse: {problem}", place=f"{path}, {row.get('name')}"
            ) from problem


def _expected(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "source": f"invented#{row['name']}",
        "published": row["published"],
        "incidents": [_incident(incident) for incident in row.get("incident", ())],
        "statements": [],
        "must_not": [_trap(line) for line in row.get("traps", ())],
    }


def _incident(row: dict[str, Any]) -> dict[str, Any]:
    kinds = _names(row["kind"])
    return {
        "id": row["id"],
        "kind": kinds[0],
        "kind_also": kinds[1:],
        "background": row.get("background", False),
        "when": list(_days(row.get("when", ""))),
        "place": {"names": _names(row.get("where", "")), "country": row.get("country") or None},
        "claims": [_claim(line) for line in row.get("claims", ())],
    }


def _claim(line: str) -> dict[str, Any]:
    parts = _parts(line.lstrip("? "), 6)
    field, value, holder, stance, certainty, evidence = parts
    return {
        "field": field,
        "value": _value(field, value),
        "holder": _names(holder),
        "stance": stance,
        "certainty": certainty or None,
        "evidence": evidence,
        "optional": line.startswith("?"),
    }


def _trap(line: str) -> dict[str, Any]:
    field, value, incident, why = _parts(line, 4)
    return {"incident": incident or None, "field": field, "value": _value(field, value), "why": why}


def _parts(line: str, size: int) -> list[str]:
    parts = [part.strip() for part in _BAR.split(line)]
    if len(parts) != size:
        raise ValueError(f"{len(parts)} parts instead of {size}: {line}")
    return parts


def _names(words: str) -> list[str]:
    return [name.strip() for name in words.split(" / ") if name.strip()]


def _days(words: str) -> tuple[str | None, str | None]:
    first, _, last = words.partition("..")
    return first.strip() or None, (last or first).strip() or None


def _value(field: str, words: str) -> dict[str, Any]:
    """Return a value as ``expected.json`` has it."""
    if field in COUNTS:
        return _count(words) | ({"of": None} if field.startswith("weapon") else {})
    if field == "when":
        first, last = _days(words)
        return {"earliest": first, "latest": last}
    if field in ("where", "target", "perpetrator"):
        return _named(field, words)
    if field in ("weapon", "kind"):
        name, said = _match(_CALLED, words).groups()
        return {"class" if field == "weapon" else "kind": name, "words": said or ""}
    if field == "damage":
        extent, thing = _match(_EXTENT, words).groups()
        return {"extent": extent, "of": thing}
    if field == "responsibility_claim":
        return {"claimed": _CLAIMED[words]}
    if field == "evidence_offered":
        return {"provided": _CLAIMED[words]}
    return {"words": words.strip('"')} if field == "motive" else {"status": words}


def _count(words: str) -> dict[str, Any]:
    low, more, of = _match(_COUNT, words).groups()
    high = int(low) if not more else None if more == "+" else int(more[1:])
    return {"low": int(low), "high": high, "of": of.split(" / ")[0] if of else None}


def _named(field: str, words: str) -> dict[str, Any]:
    names, told = _match(_NAMED, words).groups()
    country, _, kind = (told or "").partition("|")
    value: dict[str, Any] = {"names": _names(names), "country": country.strip() or None}
    return value if field == "where" else value | {"kind": kind.strip() or None}


def _match(pattern: re.Pattern[str], words: str) -> re.Match[str]:
    found = pattern.fullmatch(words.strip())
    if found is None:
        raise ValueError(f"a value that cannot be read: {words}")
    return found
