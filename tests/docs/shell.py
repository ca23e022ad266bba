"""A small shell for the console blocks of the documentation; `sayso` runs in this process: its model loads once.

It knows pipes, `>`, `&&`, quotes, `~`, globs, `NAME=value` before a command, `cd`, `echo $?`. Everything else that a
page may type stands in ``PROGRAMS`` (run for real) or ``ELSEWHERE`` (not run here: what it names is checked instead).
"""

from __future__ import annotations

import io
import os
import re
import shlex
import signal
import subprocess
import sys
import tomllib
import urllib.request
from collections.abc import Callable
from pathlib import Path

import click

from sayso.cli import commands, main

ROOT = Path(__file__).parents[2]
PROGRAMS = {"cat", "cut", "head", "tail", "ls", "wc", "sort", "uniq", "sed", "mkdir", "cp", "grep", "python"}
WIDTH = "80"


class Shell:
    """A session: folder, environment and the last exit code live from line to line.

    Args:
        folder: where it begins, and the home of its user.

    """

    def __init__(self, folder: Path) -> None:
        self.code = 0
        self.elsewhere: set[str] = set()  # projects on servers that are not there
        self.environment = {
            "HOME": str(folder),
            "COLUMNS": WIDTH,
            "NO_COLOR": "1",
            "SAYSO_WHO": "ana",
        }

    def run(self, line: str) -> str:
        """Run one line as typed; return what a terminal would show, and keep the exit code."""
        shown = ""
        for part in _split(tokens(line), "&&"):
            shown += self._pipe(part)
            if self.code:
                break
        return shown.replace("\r\n", "\n")

    def _pipe(self, words: list[str]) -> str:
        given, shown = b"", ""
        stages = _split(words, "|")
        for stage in stages:
            stage, target = _redirected(stage)
            out, told = self._command(stage, given)
            shown += told
            given = out
            if target:
                Path(target).write_bytes(out)
                given = b""
        return (shown + given.decode("utf-8")) if len(stages) > 1 else _in_order(shown, given)

    def _command(self, words: list[str], given: bytes) -> tuple[bytes, str]:
        """Run one command; return its standard output and its standard error."""
        own: dict[str, str] = {}
        while words and (found := re.fullmatch(r"([A-Z_]+)=(.*)", words[0])):
            own[found[1]] = found[2]
            words = words[1:]
        words = [piece for word in words for piece in _expanded(word, self)]
        program = words[0].removeprefix(".venv/bin/")
        if program == "cd":
            os.chdir(words[1] if len(words) > 1 else self.environment["HOME"])
            self.code = 0
            return b"", ""
        if program == "echo":
            return (" ".join(words[1:]) + "\n").encode(), self._done()
        if program == "sayso" and any("postgresql://" in word for word in words):
            self.elsewhere.add(words[2])
        if program == "sayso" and {*self.elsewhere, "--host", "--proxied"} & set(words):
            return b"", self.parsed(words[1:])
        if program == "sayso" and words[1:2] == ["serve"]:
            return b"", self._serve(words[2:])
        if program == "sayso":
            return self._sayso(words[1:], given, own)
        if program in PROGRAMS:
            return self._program([sys.executable if program == "python" else program, *words[1:]], given, own)
        ELSEWHERE[program](words)
        return b"", self._done()

    def parsed(self, words: list[str]) -> str:
        """Check that there is such a command with such options; the server that it names is not there."""
        for word in words:
            if word.endswith(".pem"):
                Path(word).touch()
        context = commands.make_context("sayso", list(words))
        name, command, rest = commands.resolve_command(context, words)
        assert command is not None
        inner = command.make_context(name, rest, parent=context)
        if isinstance(command, click.Group) and rest:
            word, below, left = command.resolve_command(inner, rest)
            assert below is not None
            below.make_context(word, left, parent=inner)
        return self._done()

    def _done(self) -> str:
        self.code = 0
        return ""

    def _sayso(self, words: list[str], given: bytes, own: dict[str, str]) -> tuple[bytes, str]:
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
        stdin = io.TextIOWrapper(io.BytesIO(given), "utf-8")
        before = sys.stdin, sys.stdout, sys.stderr, dict(os.environ)
        try:
            sys.stdin, sys.stdout, sys.stderr = stdin, out, err
            os.environ.update(self.environment | own)
            self.code = main(words)
            out.flush(), err.flush()
            return out.buffer.getvalue(), err.buffer.getvalue().decode()  # type: ignore[attr-defined]
        finally:
            sys.stdin, sys.stdout, sys.stderr, environment = before
            os.environ.clear()
            os.environ.update(environment)

    def _program(self, words: list[str], given: bytes, own: dict[str, str]) -> tuple[bytes, str]:
        path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        environment = os.environ | self.environment | own | {"PYTHONPATH": path}
        done = subprocess.run(words, input=given, capture_output=True, check=False, env=environment)
        self.code = done.returncode
        return done.stdout, done.stderr.decode()

    def _serve(self, words: list[str]) -> str:
        """Start the desk on a free port, get its first page as a browser would, end it with Ctrl-C."""
        words = [word for word in words if word != "--open"]
        command = [sys.executable, "-m", "sayso", "serve", *words, "--port", "0"]
        environment = os.environ | self.environment | {"PYTHONPATH": str(ROOT / "src")}
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdout=pipe, stderr=pipe, env=environment, text=True) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            shown = process.stdout.readline()
            with urllib.request.urlopen(shown.split()[0], timeout=60) as page:
                assert page.status == 200
            process.send_signal(signal.SIGINT)
            assert process.wait(60) in {0, 130}
            told = process.stderr.read()
        self.code = 0
        return re.sub(r":\d+/", ":8321/", told + shown)


def tokens(line: str) -> list[str]:
    """Split a line as a shell does; what is behind # is no part of it."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|&>")
    lexer.whitespace_split = True
    lexer.commenters = ""
    words = []
    for word in lexer:
        if word.startswith("#"):
            break
        words.append(word)
    return words


def _split(words: list[str], mark: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in words:
        if word == mark:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _redirected(words: list[str]) -> tuple[list[str], str | None]:
    if ">" in words:
        at = words.index(">")
        return words[:at], words[at + 1]
    return words, None


def _in_order(told: str, out: bytes) -> str:
    """Put what goes to standard error behind the data: what commands tell of all they did comes last."""
    return out.decode("utf-8") + told


def _expanded(word: str, shell: Shell) -> list[str]:
    word = word.replace("$?", str(shell.code))
    if word == "~" or word.startswith("~/"):
        word = shell.environment["HOME"] + word[1:]
    if "*" in word and (found := sorted(map(str, Path().glob(word)))):
        return found
    return [word]


# -- what is not run here: what it names is checked -------------------------------------------------------------------


def _make(words: list[str]) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert {word for word in words[1:] if "=" not in word} <= set(targets), f"no such target: {words}"


def _pip(words: list[str]) -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for extra in re.findall(r"\[(\w+)\]", " ".join(words)):
        assert extra in extras, f"no such extra: {words}"


def _ssh(words: list[str]) -> None:
    from sayso.cli.serve import PORT

    assert f":{PORT}" in " ".join(words)


def _source(words: list[str]) -> None:
    assert words[1] == ".venv/bin/activate"


def _nothing(_words: list[str]) -> None:
    """Say nothing: a program of the system, named only."""


ELSEWHERE: dict[str, Callable[[list[str]], None]] = {
    "make": _make,
    "pip": _pip,
    "ssh": _ssh,
    ".": _source,
    "man": _nothing,
    "createdb": _nothing,
    "curl": _nothing,
    "createuser": _nothing,
    "systemctl": _nothing,
    "sudo": _nothing,
}
"""Programs that a page may name and that are not run here, with what is checked of them."""
