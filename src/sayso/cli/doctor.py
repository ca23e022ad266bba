"""``sayso doctor``: whether all that reading needs, and all that a project holds, is there and unharmed."""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sayso.cli.project import project_option
from sayso.cli.streams import put
from sayso.errors import SaysoError, SetupError

if TYPE_CHECKING:
    from sayso.ledger import Ledger
    from sayso.settings import Project

BROKEN: Final = 5
OLDEST: Final = (3, 11)
_PACKAGE: Final = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Finding:
    """Outcome of one check: its name, whether all is well, and one sentence."""

    check: str
    ok: bool
    says: str


@click.command()
@click.option(
    "--json", "as_json", is_flag=True, help='One JSON object: {"ok": …, "checks": [{"check", "ok", "says"}]}.'
)
@click.option("--repair", is_flag=True, help="Make again what is derived: full-text index, incidents' lists; upgrade.")
@click.option("--guarantees", is_flag=True, help="In a checkout: prove the promises of the ledger, with figures.")
@click.option("--full", is_flag=True, help="With --guarantees: the long form (hours).")
@click.option("--only", metavar="NAME", multiple=True, help="With --guarantees: this one (G11); may be repeated.")
@project_option
def doctor(
    as_json: bool, repair: bool, guarantees: bool, full: bool, only: tuple[str, ...], project: str | None
) -> int:
    """Check the installation and the project, a line for each part.

    Python, lexicons, gazetteer, language model, and one test sentence; of a project (where there is one here or above)
    the database, the log with its hashes, every row, the raw bytes of every report, and what is derived.
    Exit code 5: something is broken.
    """
    if (full or only) and not guarantees:
        raise click.UsageError(f"--{'full' if full else 'only'} goes with --guarantees only")
    if guarantees:
        return _put_out(_guarantees(full=full, only=only), as_json=as_json)
    checks = list(CHECKS.items())
    return _put_out(
        (_run(name, check) for name, check in (*checks, *_of_project(project, repair=repair))), as_json=as_json
    )


def _put_out(findings: Iterable[Finding], *, as_json: bool) -> int:
    """Print findings, as they come unless as JSON, and return the exit code."""
    found = []
    for finding in findings:
        found.append(finding)
        if not as_json:
            put(f"{'ok    ' if finding.ok else 'BROKEN'}  {finding.check:<10}  {finding.says}\n")
    ok = all(finding.ok for finding in found)
    if as_json:
        put(json.dumps({"ok": ok, "checks": [asdict(finding) for finding in found]}, sort_keys=True) + "\n")
    return 0 if ok else BROKEN


def _of_project(chosen: str | None, *, repair: bool) -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield the checks of the project, if one is named or there is one here; those that read wait for a repair."""
    from sayso.settings import VARIABLE, find_project

    try:
        project = find_project(chosen)
    except SetupError as error:
        if chosen or repair or os.environ.get(VARIABLE):
            yield "project", partial(_fail, error)
        return
    from sayso.ledger.verify import CHECKS as OF_LEDGER

    if repair:
        yield "repair", partial(_repair, project)
    for name, check in OF_LEDGER.items():
        yield name, partial(_check_ledger, project, check)


def _fail(error: SetupError) -> str:
    raise error


def _repair(project: Project) -> str:
    from sayso.ledger import open_ledger
    from sayso.ledger.repairing import repair

    with open_ledger(project, "write") as ledger:
        return repair(ledger)


def _check_ledger(project: Project, check: Callable[[Ledger], str]) -> str:
    from sayso.ledger import open_ledger

    with open_ledger(project) as ledger:
        return check(ledger)


def _guarantees(*, full: bool, only: tuple[str, ...]) -> Iterator[Finding]:
    """Yield the promises that the harness in the folder evaluation/ of a checkout proves."""
    from sayso.cli.evaluate import checkout

    root = str(checkout())
    if root not in sys.path:
        sys.path.insert(0, root)
    harness = import_module("evaluation.guarantees")
    if unknown := set(only) - set(harness.NAMES):
        raise click.UsageError(f"no promise {min(unknown)!r}; there are {', '.join(harness.NAMES)}")
    for proved in harness.prove_all(full=full, only=only or harness.NAMES):
        says = f"{proved.promise}: {proved.proof.says} ({proved.seconds:.0f} s)"
        yield Finding(proved.name, proved.proof.holds, says)


def _run(name: str, check: Callable[[], str]) -> Finding:
    """Run one check; whatever it raises is what is broken."""
    try:
        return Finding(name, True, check())
    except SaysoError as error:
        return Finding(name, False, str(error))
    except Exception as error:  # noqa: BLE001 - the doctor must live to tell of the other checks
        return Finding(name, False, f"{type(error).__name__}: {error}")


def check_python() -> str:
    """Python 3.11 or newer."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < OLDEST:
        raise SetupError(f"Python {version} is too old", way_out="install Python 3.11 or newer")
    return f"Python {version}"


def check_lexicons(package: Path = _PACKAGE) -> str:
    """Every word list of the package is there and is TOML."""
    files = sorted(package.rglob("*.toml"))
    if not files:
        raise SetupError("no lexicon found", place=str(package / "vocab"), way_out="reinstall sayso")
    for file in files:
        try:
            tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SetupError(f"damaged: {error}", place=str(file), way_out="reinstall sayso") from error
    return f"{len(files)} word lists"


def check_gazetteer() -> str:
    """Gazetteer: it opens and knows a country."""
    from sayso.vocab.gazetteer import Gazetteer

    gazetteer = Gazetteer()
    if gazetteer.country("Iraq") is None:
        raise SetupError("the gazetteer knows no country", place="gazetteer.sqlite", way_out="reinstall sayso")
    return f"{len(gazetteer.places('Paris'))} places called Paris, {len(gazetteer.meta())} notes on its sources"


def check_model() -> str:
    """Each file of the language model has the SHA-256 that the build states; no model is no fault."""
    from sayso.language.model import SHIPPED, read_build

    chosen = os.environ.get("SAYSO_MODEL")
    if not chosen and not SHIPPED.is_dir():
        return "none installed: reports are read by rule"
    spec, files = read_build(Path(chosen) if chosen else SHIPPED)
    return f"model {spec.get('version')}, {len(files)} files unharmed"


def check_reader() -> str:
    """Reader: the whole way from a text to a reading works, with lexicons and gazetteer loaded as in earnest."""
    from sayso.intake import report_of_text
    from sayso.pipeline import read

    text = "TARSK – Two people were killed by a bomb in Tarsk on Monday, the police said."
    reading = read([report_of_text(text)])
    return f"a test sentence gave {len(reading.statements)} statements and {len(reading.claims)} claims"


CHECKS: Final[dict[str, Callable[[], str]]] = {
    "python": check_python,
    "lexicons": check_lexicons,
    "gazetteer": check_gazetteer,
    "model": check_model,
    "reader": check_reader,
}
"""Name → check; a check returns one sentence or raises. To add one, add its line here."""
