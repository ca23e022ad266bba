"""The page of the columns: what commands print with ``--csv``, frames, and exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module, util

from docs.generate import commands
from docs.generate.markdown import MADE, table
from sayso.cli.columns import OF_COMMAND
from sayso.tables.contents import PACKAGE

Columns = Mapping[str, str]


def of_frames() -> dict[str, Columns]:
    """Return heading → columns of the frames of a ledger's records, which are the tables of the data package too."""
    return {f"Frames of {each.name}": {column.name: column.meaning for column in each.columns} for each in PACKAGE}


def of_exports() -> dict[str, Columns]:
    """Return heading → columns of each table that ``sayso export`` writes; none where there is no such command."""
    found: dict[str, Columns] = {}
    for module, every in (("sayso.exports.registry", "formats"), ("sayso.exports.profiles", "profiles")):
        for each in getattr(import_module(module), every)() if _is_there(module) else ():
            for written in (each.table,) if hasattr(each, "table") else each.tables:
                columns = {column.name: column.meaning for column in written.columns}
                name = f"{each.name}: {written.name}" if written.name != each.name else each.name
                if columns not in found.values():
                    found[name] = columns
    return found


def _is_there(module: str) -> bool:
    return util.find_spec(module.rpartition(".")[0]) is not None and util.find_spec(module) is not None


def undescribed() -> Iterator[str]:
    """Yield a sentence for each command with ``--csv`` whose columns nobody tells, and each column without a meaning."""
    told = {name.split(" --")[0] for name in OF_COMMAND}
    for command in commands.every():
        name = " ".join(command.path[1:])
        if any("--csv" in option.names for option in command.options) and name not in told:
            yield f"sayso {name}: prints CSV, and has no line in sayso.cli.columns.OF_COMMAND"
    for name, columns in {**OF_COMMAND, **of_frames(), **of_exports()}.items():
        for column, meaning in columns.items():
            if not meaning.strip():
                yield f"{name}, column {column}: has no meaning"


def pages() -> dict[str, str]:
    """Return the page of the columns."""
    text = [
        f"{MADE}# Columns\n\nA cell that a spreadsheet could take for a formula begins with an apostrophe. To read a table"
        " exactly, drop the apostrophe of every cell that begins with one. Lists and whole values stand in a cell as JSON."
        " The keys of `--json` and `--jsonl` have the same names, except for `read` and `demo`, whose JSON has"
        " [records](records.md).\n\n## Commands\n"
    ]
    groups: dict[int, tuple[list[str], Columns]] = {}
    for name, columns in OF_COMMAND.items():
        groups.setdefault(id(columns), ([], columns))[0].append(f"sayso {name}")
    text += [f"### {', '.join(names)}\n\n{_table(columns)}" for names, columns in groups.values()]
    text.append(
        "## Frames\n\n`to_pandas()`, `to_polars()` and `arrow()` of what a ledger yields. Of records that are not here the"
        " columns are the [fields](records.md).\n"
    )
    text += [f"### {name}\n\n{_table(columns)}" for name, columns in of_frames().items()]
    exports = of_exports()
    if exports:
        text += ["## Exports\n", *(f"### {name}\n\n{_table(columns)}" for name, columns in exports.items())]
    return {"reference/columns.md": "\n".join(text)}


def _table(columns: Columns) -> str:
    return table(("column", "holds"), [(f"`{name}`", meaning) for name, meaning in columns.items()])
