"""The page of the word lists: what each file says of itself, and in full those whose names appear in the output."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from docs.generate import ROOT
from docs.generate.markdown import MADE, table

SOURCE: Final = ROOT / "src" / "sayso"
IN_FULL: Final = {
    "vocab/incidents.toml": ("kind", "label", "meaning", "plover_type", "plover_mode"),
    "vocab/channels.toml": ("name", "label", "gtd"),
    "vocab/targets.toml": ("class_name", "kind", "nouns"),
    "vocab/weapons.toml": ("class", "nouns", "kind"),
    "vocab/damage.toml": ("extent",),
    "vocab/linking.toml": ("name", "weight", "says"),
    "values/hedges.toml": ("words", "scale", "low", "high", "kind", "perceived"),
}
"""Lists of which the page shows every entry, with the keys that it shows: their names stand in the output."""
_MOST: Final = 8
"""Words of one entry that are shown."""

BESIDE: Final = {  # the gazetteer was built from these files byte by byte, so their heads wait for the next build
    "vocab/areas.toml": (
        "lat, lon: of a point near the middle. aliases: other names. within: the first-level division.",
    ),
    "vocab/leaders.toml": ("country: ISO alpha-3.",),
    "vocab/towns.toml": ("country: ISO alpha-3. aliases: other names. lat, lon: degrees.",),
}


@dataclass(frozen=True, slots=True)
class WordList:
    """A data file of the package.

    Attributes:
        name: its path below the package.
        says: the comment at its head, as lines.
        entries: its ``[[entry]]`` tables; empty where it is not a list of these.
        tables: its other keys.

    """

    name: str
    says: tuple[str, ...]
    entries: tuple[dict[str, Any], ...]
    tables: tuple[str, ...]

    def keys(self) -> list[str]:
        """Return the keys of its entries; the first one names an entry."""
        return list(dict.fromkeys(key for entry in self.entries for key in entry))


def every() -> list[WordList]:
    """Return all word lists of the package, by path."""
    return [read(path) for path in sorted([*SOURCE.rglob("*.toml"), *SOURCE.glob("vocab/*.txt")])]


def read(path: Path) -> WordList:
    """Return one word list."""
    text = path.read_text(encoding="utf-8")
    data = tomllib.loads(text) if path.suffix == ".toml" else {}
    entries = data.pop("entry", [])
    head = re.match(r"(?:#.*\n|\s*\n(?=#))*", text.lstrip("\n"))
    lines = [line.removeprefix("#").removeprefix(" ") for line in (head[0] if head else "").splitlines()]
    name = path.relative_to(SOURCE).as_posix()
    return WordList(name, (*lines, *BESIDE.get(name, ())), tuple(entries), tuple(data))


def undescribed(lists: list[WordList] | None = None) -> Iterator[str]:
    """Yield a sentence for each list without a comment at its head, and each key of entries that it does not name."""
    for found in every() if lists is None else lists:
        head = " ".join(found.says)
        if not head.strip():
            yield f"{found.name}: no comment at its head says what it is"
        for key in found.keys()[1:]:
            if not re.search(rf"(?<!\w){re.escape(key)}(?!\w)", head):
                yield f"{found.name}: the comment at its head does not tell what the key {key!r} is"


def pages() -> dict[str, str]:
    """Return the page of the word lists."""
    found = every()
    text = [
        f"{MADE}# Word lists\n\nWhat the reader knows of words and of the world stands in data files, so that a person who"
        " knows the language or the country can correct it. Each says what it is in its head, printed here. Lists whose"
        " names appear in the output are printed in full. A faulty file is refused as a whole when it is loaded.\n",
        table(("file", "entries"), [(f"[`{each.name}`](#{_anchor(each)})", _size(each)) for each in found]),
    ]
    return {"reference/vocabulary.md": "\n".join([*text, *map(_section, found)])}


def _anchor(found: WordList) -> str:
    return re.sub(r"[^a-z0-9_-]", "", found.name.replace("/", "-").replace(".", "-"))


def _size(found: WordList) -> str:
    if not found.tables:
        return str(len(found.entries) or "one line a weight")
    return f"tables {', '.join(f'`{each}`' for each in found.tables)}"


def _section(found: WordList) -> str:
    said = "\n".join(found.says).strip()
    parts = [f"({_anchor(found)})=\n## {found.name}", f"```text\n{said}\n```"]
    if found.name in IN_FULL:
        keys = IN_FULL[found.name]
        parts.append(table(keys, [[_shown(entry.get(key, "")) for key in keys] for entry in found.entries]))
    return "\n\n".join(parts) + "\n"


def _shown(value: Any) -> str:
    if isinstance(value, list):
        more = f" … ({len(value)})" if len(value) > _MOST else ""
        return ", ".join(map(str, value[:_MOST])) + more
    return str(value)
