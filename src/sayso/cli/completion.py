"""``sayso completion``: what makes a shell complete commands, options, and the ids and names that a project holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from sayso.cli.streams import put

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

VARIABLE: Final = "_SAYSO_COMPLETE"
"""By this variable of the environment a shell asks for completions."""
MOST: Final = 50


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), help="The shell.")
def completion(shell: str) -> int:
    r"""Print the script that lets a shell complete what is typed.

    \b
    bash   echo 'eval "$(sayso completion bash)"' >> ~/.bashrc
    zsh    echo 'eval "$(sayso completion zsh)"' >> ~/.zshrc
    fish   sayso completion fish > ~/.config/fish/completions/sayso.fish

    Commands, options and closed lists are completed; ids of incidents, with their titles, from the project here.
    """
    from click.shell_completion import get_completion_class

    from sayso.cli import commands

    made = get_completion_class(shell)
    assert made is not None
    put(made(commands, {}, "sayso", VARIABLE).source() + "\n")
    return 0


def incident_ids(context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return incidents of the project whose ids begin with what is typed; none where there is no project.

    Whatever goes wrong, nothing is said: a shell would print it into the line that is being typed.
    """
    from click.shell_completion import CompletionItem

    try:
        rows = _rows(context.params.get("project"))
    except Exception:  # noqa: BLE001 - see above
        return []
    return [CompletionItem(number, help=title) for number, title in rows if number.startswith(typed)]


def _rows(project: str | None) -> list[tuple[str, str]]:
    from sayso.cli.project import open_project
    from sayso.ledger.asking.questions import list_incidents
    from sayso.ledger.asking.selecting import Query

    with open_project(project) as ledger:
        page = list_incidents(ledger, Query(background=True), limit=MOST, offset=0)
    return [(row["within"], row["title"]) for row in page.rows]


def fields(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the fields of a claim that begin with what is typed, with what they are called."""
    from click.shell_completion import CompletionItem

    from sayso.showing.labels import LABELS

    return [CompletionItem(name, help=label) for name, label in LABELS.items() if name.startswith(typed)]


def kinds(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
    """Return the kinds of incident that begin with what is typed, with what they are called."""
    import tomllib

    from click.shell_completion import CompletionItem

    from sayso.vocab.loader import FOLDER

    entries = tomllib.loads((FOLDER / "incidents.toml").read_text(encoding="utf-8"))["entry"]
    return [CompletionItem(each["name"], help=each["label"]) for each in entries if each["name"].startswith(typed)]
