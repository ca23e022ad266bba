"""``sayso export``: incidents of the ledger in the formats of others' tools."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sayso.cli.filters import filters_on_all, query_in
from sayso.cli.progress import counting
from sayso.cli.project import as_of_option, open_project, project_option, seq_of
from sayso.cli.read import NOTHING_FOUND
from sayso.cli.spreading import processes, workers_option
from sayso.cli.streams import put, say

if TYPE_CHECKING:
    from sayso.exports.registry import Format
    from sayso.exports.selection import Selection

FILES: Final = (".csv", ".parquet", ".json")
"""Ends of names by which somebody means one file, where several are written."""


@click.command()
@click.argument("format", metavar="FORMAT", required=False, help="What is written; --list names all.")
@click.option("--list", "listing", is_flag=True, help="List the formats and profiles, with what each is for.")
@click.option("--out", metavar="PATH", help="File, folder, or archive (.zip) to write; - for standard output.")
@click.option("--replace", is_flag=True, help="Overwrite what an export wrote there before.")
@click.option("--profile", metavar="NAME", help="With csv: the columns of another data set (see --list).")
@click.option("--hxl", is_flag=True, help="With csv: a row of HXL hashtags under the headings.")
@click.option("--no-text", is_flag=True, help="Leave the texts of the reports out.")
@click.option("--licence", metavar="NAME", default="", help="Of the data: an SPDX name (CC-BY-4.0) or an address.")
@workers_option("write, from 4,000 incidents on")
@click.option("--dry-run", is_flag=True, help="Write nothing; only tell what would be written.")
@click.option("--json", "as_json", is_flag=True, help="With --list: one JSON object, with all columns.")
@filters_on_all
@as_of_option
@project_option
def export(
    format: str | None,  # noqa: A002 - the argument is called so
    listing: bool,
    out: str | None,
    replace: bool,
    as_json: bool,
    dry_run: bool,
    as_of: str | None,
    project: str | None,
    workers: int | None,
    **given: Any,
) -> int:
    """Write incidents for other programs.

    With all that belongs to them, in another tool's format.

    `sayso export --list` says which FORMATs there are. The filters are those of `sayso incidents`; without one, all
    incidents are written but those that reports mention only to explain (--background). A format of one file goes to
    standard output unless --out says where; one of several files needs --out: a folder, or an archive (.zip).

    The same ledger gives the same bytes, however many processes write (--workers).
    Exit code 4: no incident is of that description.
    """
    if listing:
        return _list(as_json=as_json)
    if format is None:
        raise click.UsageError("which FORMAT? `sayso export --list` says which there are")
    from sayso.exports.registry import check_installed

    wanted = _format(format, given)
    check_installed(wanted)
    with open_project(project) as ledger:
        from sayso.exports.selection import selection

        asked = {name: str(value) for name, value in sorted(given.items()) if value not in (None, False, "")}
        with selection(
            ledger, query_in(ledger, given), as_of=seq_of(ledger, as_of), limit=given["limit"], offset=given["offset"],
            options=_options(given), asked=_asked(asked, given),
            workers=1 if wanted.at_once or dry_run else processes(workers),
        ) as chosen:  # fmt: skip
            return _put_out(wanted, chosen, out, replace=replace, dry_run=dry_run)


def _asked(asked: Mapping[str, str], given: Mapping[str, Any]) -> dict[str, str]:
    """Return the filters for the record, without those that filter nothing."""
    idle = {"no_text", "licence", "hxl", "profile", *(() if given["near"] else ("radius",))}
    return {name: value for name, value in asked.items() if name not in idle and (name, value) != ("offset", "0")}


def _options(given: Mapping[str, Any]) -> Any:
    from sayso.exports.selection import Options

    return Options(
        text=not given["no_text"], licence=given["licence"], profile=given["profile"] or "", hxl=given["hxl"]
    )


def _format(name: str, given: Mapping[str, Any]) -> Format:
    from sayso.exports.profiles import NAMES
    from sayso.exports.registry import format_of

    if name in NAMES:
        raise click.UsageError(f"{name} is a profile: sayso export csv --profile {name}")
    wanted = format_of(name)
    for option in ("profile", "hxl"):
        if given[option] and option not in wanted.takes:
            raise click.UsageError(f"--{option} goes with csv only")
    if given["profile"]:
        from sayso.exports.profiles import format_for

        return format_for(given["profile"])
    return wanted


def _put_out(wanted: Format, chosen: Selection, out: str | None, *, replace: bool, dry_run: bool) -> int:
    from sayso.exports.out import check_free, pieces, undisturbed, write

    if not chosen.ids:
        say("no incident of that description")
        return NOTHING_FOUND
    if out is None and wanted.stream is None:
        way = f"--out sayso-{wanted.name}, or --out sayso-{wanted.name}.zip, or --out - for the archive"
        raise click.UsageError(f"{wanted.name} is several files: say where with {way}")
    if out is not None and wanted.stream is None and Path(out).suffix.lower() in FILES:
        bare = Path(out).with_suffix("")
        raise click.UsageError(f"{wanted.name} is several files, {out} names one: --out {bare}, or --out {bare}.zip")
    if dry_run:
        place = "standard output" if out in (None, "-") else str(out)
        if out not in (None, "-"):
            check_free(Path(str(out)), replace=replace)
        say(f"would write {len(chosen.ids)} incidents as {wanted.name} to {place}")
        return 0
    to_stdout = out is None or out == "-"
    with (
        undisturbed(),
        counting("writing", len(chosen.ids), "incidents", quiet=to_stdout and sys.stdout.isatty()) as advance,
    ):
        chosen = dataclasses.replace(chosen, went=advance)
        if to_stdout:
            return _to_stdout(wanted, pieces(wanted, chosen))
        files = write(wanted, chosen, Path(str(out)), replace=replace)
    for file in files:
        say(f"wrote {file} ({file.stat().st_size:,} bytes)")
    return 0


def _to_stdout(wanted: Format, found: Any) -> int:
    if sys.stdout.isatty() and not wanted.is_text:
        raise click.UsageError("that is no text for a terminal: --out PATH, or send it on with |")
    sys.stdout.flush()
    stream = getattr(sys.stdout, "buffer", None)
    for piece in found:
        if stream is None:  # a notebook's stand-in
            sys.stdout.write(piece.decode("utf-8", "replace"))
        else:
            stream.write(piece)
    if stream is not None:
        stream.flush()
    return 0


def _list(*, as_json: bool) -> int:
    from sayso.exports.reference import reference
    from sayso.exports.registry import formats, missing

    if as_json:
        put(json.dumps(reference(), ensure_ascii=False, sort_keys=True) + "\n")
        return 0
    rows = [
        (each.name, each.title + "".join(f"; needs {name}: pip install 'sayso[{extra}]'" for name, extra in lacking))
        for each in formats()
        for lacking in (missing(each),)
    ]
    put(_table("formats", rows))
    from sayso.exports.profiles import profiles

    put("\n" + _table("profiles of csv (--profile)", [(each.name, each.title) for each in profiles()]))
    return 0


def _table(heading: str, rows: list[tuple[str, str]]) -> str:
    import textwrap

    from sayso.cli.streams import width

    left = max(len(name) for name, _ in rows) + 4
    room = max(40, width() - left)
    lines = [heading]
    for name, says in rows:
        first, *more = textwrap.wrap(says, room)
        lines.append(f"  {name:<{left - 2}}{first}")
        lines += [" " * left + line for line in more]
    return "\n".join(lines) + "\n"
