"""``sayso doctor``: whether everything that a reading needs stands where it should, unharmed."""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import click

from sayso.cli.streams import put
from sayso.errors import SaysoError, SetupError

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
def doctor(as_json: bool) -> int:
    """Check the installation, a line for each part.

    Python, lexicons, gazetteer, language model, and one test sentence. Exit code 5: something is broken.
    """
    findings = [_run(name, check) for name, check in CHECKS.items()]
    ok = all(finding.ok for finding in findings)
    if as_json:
        put(json.dumps({"ok": ok, "checks": [asdict(finding) for finding in findings]}, sort_keys=True) + "\n")
    else:
        for finding in findings:
            put(f"{'ok    ' if finding.ok else 'BROKEN'}  {finding.check:<10}  {finding.says}\n")
    return 0 if ok else BROKEN


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
