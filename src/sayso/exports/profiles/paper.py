"""The page of each profile, made from its code: what is lost and by which rule, and how its own files are read.

    python -m sayso.exports.profiles.paper docs/profiles

writes them all; a test fails where a page is not what this makes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from sayso.exports.profiles import Profile, profiles


def page(profile: Profile) -> str:
    """Return the page of a profile as Markdown."""
    return "\n".join(_lines(profile)) + "\n"


def _lines(profile: Profile) -> Iterator[str]:
    yield f"# {profile.title}"
    yield ""
    yield "```sh"
    yield f"sayso export csv --profile {profile.name} --out {profile.name}.csv"
    yield "```"
    yield ""
    yield f"One row: {profile.one}. Codebook: <{profile.described_at}>. These are the columns of that data set, not its"
    yield "data: sayso is no part of it, and its coders have not seen these rows."
    yield ""
    yield "## What is lost"
    yield ""
    yield from (f"- {loss}" for loss in profile.losses)
    yield ""
    yield "## Columns"
    yield ""
    yield "| column | type | what it says | rule: how one value comes of many claims |"
    yield "|---|---|---|---|"
    for cell in profile.cells:
        yield f"| `{cell.name}` | {cell.type} | {cell.meaning} | {cell.rule} |"
    if profile.read_by:
        yield ""
        yield "## Reading such files"
        yield ""
        yield "```sh"
        yield f"sayso add --profile {profile.name} FILE.csv"
        yield "```"
        yield ""
        yield "Bring your own, licensed copy. A row becomes a report whose text is its cells; its claims point at them,"
        yield "so that `sayso disputes` and `sayso show` put it beside what reports say. No language model reads it."
        yield ""
        yield profile.read_by


def main(folder: Path) -> None:
    """Write all pages."""
    folder.mkdir(parents=True, exist_ok=True)
    for profile in profiles():
        (folder / f"{profile.name}.md").write_text(page(profile), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
