"""The pages of the commands, from the tree of Click commands that runs; the man pages are made of the same records."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import click

from docs.generate.markdown import MADE
from sayso.cli import commands as tree

ELSEWHERE: Final = {"help"}
"""Options that every command has; they are told once, on the page of all commands."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument or option of a command.

    Attributes:
        names: of the option, as typed; of an argument what stands for it in the usage.
        takes: what stands for its value, empty for a flag.
        says: what it does.
        choices: what it may be, where that is a closed list.
        default: what it is when left out, as typed.
        variable: the environment variable that gives it.

    """

    names: tuple[str, ...]
    takes: str
    says: str
    choices: tuple[str, ...]
    default: str
    variable: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the command line.

    Attributes:
        path: its words: ("sayso", "sources", "look").
        summary: its first sentence.
        paragraphs: all it says; those that begin with a backspace are set as they stand.
        usage: the line that shows how it is typed.
        commands: words of those it groups.
        module: where it is written.

    """

    path: tuple[str, ...]
    summary: str
    paragraphs: tuple[str, ...]
    usage: str
    arguments: tuple[Parameter, ...]
    options: tuple[Parameter, ...]
    commands: tuple[str, ...]
    module: str

    @property
    def name(self) -> str:
        """What is typed: ``sayso sources look``."""
        return " ".join(self.path)


def every() -> list[Command]:
    """Return all commands, each group before what it holds, in the order of the help; ``sayso`` itself is the first."""
    return list(_walk(tree, click.Context(tree, info_name="sayso"), ("sayso",)))


def _walk(command: click.Command, context: click.Context, path: tuple[str, ...]) -> Iterator[Command]:
    held = command.list_commands(context) if isinstance(command, click.Group) else []
    yield _command(command, context, path, tuple(held))
    for word in held:
        assert isinstance(command, click.Group)
        inner = command.get_command(context, word)
        if inner is not None and not inner.hidden:
            yield from _walk(inner, click.Context(inner, info_name=word, parent=context), (*path, word))


def _command(command: click.Command, context: click.Context, path: tuple[str, ...], held: tuple[str, ...]) -> Command:
    text = inspect.cleandoc(command.help or "")
    parameters = [each for each in command.get_params(context) if not set(each.opts) & {"--help"}]
    callback = inspect.unwrap(command.callback) if command.callback else None
    paragraphs = tuple(part for part in text.split("\n\n") if part.strip())
    return Command(
        path=path,
        summary=" ".join(paragraphs[0].split()) if paragraphs else "",
        paragraphs=paragraphs,
        usage=" ".join([*path, *command.collect_usage_pieces(context)]),
        arguments=tuple(_parameter(each, context) for each in parameters if isinstance(each, click.Argument)),
        options=tuple(_parameter(each, context) for each in parameters if isinstance(each, click.Option)),
        commands=held,
        module=getattr(callback, "__module__", ""),
    )


def _parameter(found: click.Parameter, context: click.Context) -> Parameter:
    is_option = isinstance(found, click.Option)
    flag = is_option and (found.is_flag or found.count)  # type: ignore[attr-defined]
    choices = tuple(map(str, found.type.choices)) if isinstance(found.type, click.Choice) else ()
    metavar = found.make_metavar(context)
    default = found.get_default(context, call=False)
    plain = default is not None and not flag and not callable(default) and isinstance(default, (str, int, float))
    variable = found.envvar if isinstance(found.envvar, str) else ""
    return Parameter(
        names=(*found.opts, *found.secondary_opts) if is_option else (metavar,),
        takes="" if flag or not is_option else ("|".join(choices) if choices else metavar),
        says=" ".join((found.help or "").split()),
        choices=choices,
        default=str(default) if plain and default != "" else "",
        variable=variable,
    )


def undescribed(found: list[Command] | None = None) -> Iterator[str]:
    """Yield a sentence for each command (of all, if none are given), argument or option without help."""
    for command in every() if found is None else found:
        if not command.summary.endswith((".", "!")):
            yield f"{command.name}: its help has no first sentence (the docstring of {command.module})"
        for parameter in (*command.arguments, *command.options):
            if not parameter.says:
                yield f"{command.name} {parameter.names[0]}: has no help"


# -- pages ------------------------------------------------------------------------------------------------------------


def pages() -> dict[str, str]:
    """Return a page a command, and one that lists all."""
    found = every()
    made = {"reference/commands/index.md": _index(found)}
    return made | {f"reference/commands/{_file(each)}.md": page(each) for each in found[1:]}


def _file(command: Command) -> str:
    return "-".join(command.path[1:])


def _index(found: list[Command]) -> str:
    listed = [f"[{each.name}]({_file(each)}.md)\n: {each.summary}\n" for each in found[1:]]
    toctree = "\n".join(_file(each) for each in found[1:])
    return (
        f"{MADE}# Commands\n\n{found[0].summary}\n\n"
        "Data goes to standard output, all else to standard error. Every command has `-h` and `--help`. A name given as\n"
        "`-` is standard input. [Exit codes](../errors.md) are the same everywhere. Options that stand for a value may be\n"
        "given by [environment variables](../settings.md) where that is said.\n\n"
        + "\n".join(listed)
        + f"\n```{{toctree}}\n:hidden:\n\n{toctree}\n```\n"
    )


def page(command: Command) -> str:
    """Return the page of one command."""
    parts = [f"{MADE}# {command.name}", *map(_paragraph, command.paragraphs), f"```text\n{command.usage}\n```"]
    if command.arguments:
        parts += ["## Arguments", "\n".join(f"`{each.names[0]}`\n: {_says(each)}\n" for each in command.arguments)]
    if command.options:
        parts += ["## Options", f"```{{program}} {command.name}\n```", *map(_option, command.options)]
    if command.commands:
        parts.append("## Commands in it")
        parts.append("\n".join(f"- [{command.name} {word}]({_file(command)}-{word}.md)" for word in command.commands))
    shown = seen_at_work(command)
    if shown:
        parts.append("## Seen at work")
        parts.append("\n".join(f"- [{title}](/{name})" for name, title in shown))
    return "\n\n".join(parts) + "\n"


def _paragraph(text: str) -> str:
    if text.lstrip().startswith("\b"):
        return f"```text\n{inspect.cleandoc(text.replace(chr(8), '')).strip()}\n```"
    return escaped(text)


def escaped(text: str) -> str:
    """Return words of a help text as Markdown: brackets are no links, stars no emphasis; code stays code."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else re.sub(r"([\[\]*<>{}$])", r"\\\1", part) for part in parts)


def _says(parameter: Parameter) -> str:
    more = [f"One of {', '.join(f'`{each}`' for each in parameter.choices)}."] if parameter.choices else []
    more += [f"Default: `{parameter.default}`."] if parameter.default else []
    more += [f"Environment: `{parameter.variable}`."] if parameter.variable else []
    return " ".join([escaped(parameter.says), *more])


def _option(parameter: Parameter) -> str:
    value = f" {parameter.takes}" if parameter.takes else ""
    return f"```{{option}} {', '.join(f'{name}{value}' for name in parameter.names)}\n\n{_says(parameter)}\n```"


def seen_at_work(command: Command) -> list[tuple[str, str]]:
    """Return path and title of the pages that show the command in a block that the tests run."""
    from docs.generate.blocks import title_of, written

    typed = re.compile(rf"(^|[|;&]\s*|\s){re.escape(command.name)}(?=\s|$)")
    return [
        (name, title_of(text))
        for name, text, blocks in written()
        if any(typed.search(line.removeprefix("$ ")) for each in blocks for line in each.typed())
    ]
