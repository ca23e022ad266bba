"""Man pages from the tree of commands: ``sayso.1``, and ``sayso-COMMAND.1`` for each command.

    python -m docs.generate.manual FOLDER

writes them. Needs Click alone, so that a wheel can be built in a bare environment (see ``hatch_build.py``).
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from docs.generate.commands import Command, Parameter, every
from sayso import __version__
from sayso.cli import EXIT_CODES
from sayso.settings import VARIABLES

FILES: Final = {
    "sayso.toml": "settings of a project; marks its folder",
    "ledger.db": "the ledger: reports, readings, judgements and the log",
    "evidence/": "the raw bytes of every report",
    "log.head": "hash of the newest entry of the log",
}


def pages() -> dict[str, str]:
    """Return file name → man page (roff, section 1)."""
    found = every()
    made = {"sayso.1": _overview(found)}
    return made | {f"{'-'.join(each.path)}.1": _page(each) for each in found[1:]}


def _overview(found: list[Command]) -> str:
    commands = [(each.name, each.summary) for each in found[1:]]
    codes = [(str(code), says) for code, says in EXIT_CODES.items()]
    return _head(found[0]) + "".join(
        [
            _section("description", _text(found[0].summary)),
            _section("commands", _list(commands) + _text("Each has a page of its own: man sayso-read.")),
            _section("exit status", _list(codes)),
            _section("environment", _list(VARIABLES.items())),
            _section("files", _list(FILES.items())),
        ]
    )


def _page(command: Command) -> str:
    parts = [_head(command), _section("description", "".join(map(_paragraph, command.paragraphs)))]
    if command.arguments:
        parts.append(_section("arguments", _list((each.names[0], _says(each)) for each in command.arguments)))
    if command.options:
        parts.append(_section("options", _list((_typed(each), _says(each)) for each in command.options)))
    if command.commands:
        inner = [(f"{command.name} {word}", f"See {'-'.join(command.path)}-{word}(1).") for word in command.commands]
        parts.append(_section("commands", _list(inner)))
    return "".join([*parts, _section("see also", _text("sayso(1)"))])


def _head(command: Command) -> str:
    name = "-".join(command.path)
    summary = command.summary.rstrip(".")
    usage = f".SH SYNOPSIS\n.B {_escaped(command.name)}\n{_escaped(command.usage.removeprefix(command.name).strip())}\n"
    title = f'.TH {_escaped(name.upper())} 1 "" "sayso {__version__}" "sayso"\n'
    return f"{title}.SH NAME\n{_escaped(name)} \\- {_escaped(summary)}\n{usage}"


def _section(title: str, body: str) -> str:
    return f".SH {title.upper()}\n{body}"


def _text(words: str) -> str:
    return f".PP\n{_escaped(' '.join(words.split()))}\n"


def _paragraph(words: str) -> str:
    if words.lstrip().startswith("\b"):
        return f".PP\n.nf\n{_escaped(inspect.cleandoc(words.replace(chr(8), '')).strip())}\n.fi\n"
    return _text(words)


def _list(entries: Iterable[tuple[str, str]]) -> str:
    return "".join(f".TP\n.B {_escaped(name)}\n{_escaped(says)}\n" for name, says in entries)


def _typed(option: Parameter) -> str:
    return ", ".join(f"{name} {option.takes}".strip() for name in option.names)


def _says(parameter: Parameter) -> str:
    more = [f"Default: {parameter.default}."] if parameter.default else []
    more += [f"Environment: {parameter.variable}."] if parameter.variable else []
    return " ".join([parameter.says, *more])


def _escaped(words: str) -> str:
    """Return words as roff prints them: backslashes and hyphens are themselves, no line is taken for a request."""
    text = words.replace("`", "").replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^(?=[.'])", r"\\&", text, flags=re.MULTILINE)


def write(folder: Path) -> list[Path]:
    """Write all pages into ``folder`` and return their files."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
        made.append(folder / name)
    return made


if __name__ == "__main__":
    write(Path(sys.argv[1]))
