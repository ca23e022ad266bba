"""The command line (DESIGN §8): thin commands, each in its own module; heavy parts are imported when a command runs.

stdout is data, stderr is everything else. Exit codes: ``EXIT_CODES``.
"""

from __future__ import annotations

import os
import sys
import traceback
from importlib import import_module
from typing import TYPE_CHECKING, Final

import click

from sayso import __version__
from sayso.errors import SaysoError

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS: Final = {
    "read": "sayso.cli.read:read",
    "demo": "sayso.cli.read:demo",
    "init": "sayso.cli.init:init",
    "add": "sayso.cli.add:add",
    "watch": "sayso.cli.watch:watch",
    "retry": "sayso.cli.add:retry",
    "top": "sayso.cli.top:top",
    "reports": "sayso.cli.reports:reports",
    "log": "sayso.cli.reports:log",
    "diff": "sayso.cli.diff:diff",
    "backup": "sayso.cli.backup:backup",
    "copy": "sayso.cli.copy:copy",
    "incidents": "sayso.cli.incidents:incidents",
    "show": "sayso.cli.show:show",
    "why": "sayso.cli.show:why",
    "timeline": "sayso.cli.show:timeline",
    "disputes": "sayso.cli.incidents:disputes",
    "search": "sayso.cli.incidents:search",
    "sources": "sayso.cli.incidents:sources",
    "queries": "sayso.cli.queries:queries",
    "alerts": "sayso.cli.alerts:alerts",
    "proposals": "sayso.cli.proposals:proposals",
    "judge": "sayso.cli.judge:judge",
    "export": "sayso.cli.export:export",
    "brief": "sayso.cli.brief:brief",
    "serve": "sayso.cli.serve:serve",
    "accounts": "sayso.cli.accounts:accounts",
    "quotes": "sayso.cli.quotes:quotes",
    "places": "sayso.cli.grounded:places",
    "times": "sayso.cli.grounded:times",
    "actors": "sayso.cli.grounded:actors",
    "analyse": "sayso.cli.analyse:analyse",
    "schema": "sayso.cli.schema:schema",
    "doctor": "sayso.cli.doctor:doctor",
    "completion": "sayso.cli.completion:completion",
    "eval": "sayso.cli.evaluate:evaluate",
}
"""Command → module and function, in the order of the help text. To add a command, add its line here."""

EXIT_CODES: Final = {
    0: "all is done",
    1: "a bug of ours",
    2: "usage: an option or argument that makes no sense",
    3: "some inputs failed, the rest is done",
    4: "nothing found",
    5: "configuration, installation or store",
    6: "the network was refused by policy",
    130: "ended by Ctrl-C",
}
"""What the process returns, the same for every command."""

BUG: Final = 1
INTERRUPTED: Final = 130


class _Commands(click.Group):
    """Imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, or None where there is no such one."""
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name].partition(":")
        command = getattr(import_module(module), function)
        assert isinstance(command, click.Command)
        return command


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=f"Exit codes: {'; '.join(f'{code} {says}' for code, says in EXIT_CODES.items())}.",
)
@click.version_option(__version__, "--version", prog_name="sayso", message="%(prog)s %(version)s")
def commands() -> None:
    """Read reports of security incidents; keep who says what, in which words, how sure, and who says otherwise."""


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line with ``args`` (default: those of the process) and return the exit code."""
    _speak_utf8()
    try:
        code = commands.main(args=args, prog_name="sayso", standalone_mode=False)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):  # `sayso read … | head`: the reader has what it wanted (Click exits for it)
        return _close_quietly()
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except SaysoError as error:
        _say(str(error))
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - whatever it is, the user gets one line and we get the blame
        return _own_up(error)
    return code if isinstance(code, int) else 0


def _speak_utf8() -> None:
    """Make both streams UTF-8 whatever the locale; what cannot be encoded is escaped, not fatal."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _close_quietly() -> int:
    """Point stdout nowhere, so that Python's own flush at exit does not complain either."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return 0
    return 0


def _own_up(error: Exception) -> int:
    _say(f"this is a bug of ours: {type(error).__name__}: {error}")
    from sayso.settings import TRACEBACK

    if os.environ.get(TRACEBACK):
        traceback.print_exception(error, file=sys.stderr)
    else:
        _say("SAYSO_TRACEBACK=1 shows where; please report it with that")
    return BUG


def _say(line: str) -> None:
    from sayso.cli.streams import say

    say(line)
