"""``sayso judge``: a person's decisions; they are added to the ledger, may be retracted, and are never erased."""

from __future__ import annotations

import json
import os
from typing import Any, Final

import click

from sayso.cli.project import open_project, project_option
from sayso.cli.streams import put, say
from sayso.errors import UsageError

_NEEDS: Final = {
    "same": "two or more incidents",
    "not-same": "two or more incidents",
    "accept": "claims",
    "reject": "claims",
    "correct": "one claim, and --value",
    "grade": "an outlet or holder, and --value",
    "note": "anything, and --why",
    "retract": "judgements",
}
GRADES: Final = "ABCDEF"
_DECISIONS: Final[dict[str, Any]] = {name: name.replace("-", "_") for name in _NEEDS}


@click.command()
@click.argument("decision", type=click.Choice(list(_NEEDS)), help="What is decided.")
@click.argument("about", metavar="ID...", nargs=-1, required=True, help="What it is about.")
@click.option("--who", envvar="SAYSO_WHO", metavar="NAME", help="Who judges (SAYSO_WHO; else the user's login).")
@click.option("--why", metavar="WORDS", default="", help="Why; a sentence others will read.")
@click.option("--value", metavar="VALUE", help="The corrected value as JSON, or the grade: A (reliable) … F (unknown).")
@click.option("--json", "as_json", is_flag=True, help="Print the judgement as JSON.")
@click.option("--dry-run", is_flag=True, help="Check it and say what would be stored; store nothing.")
@project_option
def judge(
    decision: str,
    about: tuple[str, ...],
    who: str | None,
    why: str,
    value: str | None,
    as_json: bool,
    dry_run: bool,
    project: str | None,
) -> int:
    r"""Add a judgement.

    \b
    same, not-same ID ID…       incidents that are, or are not, one happening
    accept, reject CLAIM…       claims that were read rightly, or wrongly
    correct CLAIM --value JSON  keys of its value that should differ; words and holder stay
    grade NAME --value A…F      how reliable an outlet or holder is (Admiralty scale)
    note ID… --why WORDS        a remark on anything
    retract JUDGEMENT…          take a judgement back

    A rerun never overwrites a judgement. Two people who decide the same make a claim "reviewed".
    """
    from sayso.ledger.judging import judgement_of

    _check(decision, about, why, value)
    with open_project(project, writing=not dry_run) as ledger:
        made = judgement_of(
            ledger, _DECISIONS[decision], about, who=who or login(), why=why, value=_value(decision, value)
        )
        stored = dry_run or ledger.judge(made)
    put((made.model_dump_json() if as_json else f"{made.id}  {decision}  {' '.join(made.about)}") + "\n")
    if not stored:
        say("judged so before: nothing new was stored")
    return 0


def _check(decision: str, about: tuple[str, ...], why: str, value: str | None) -> None:
    least = 2 if decision in {"same", "not-same"} else 1
    alone = decision in {"correct", "grade"} and len(about) > 1
    if len(about) < least or alone or (decision == "note" and not why):
        raise UsageError(f"{decision} takes {_NEEDS[decision]}", way_out="sayso judge --help")
    if (decision in {"correct", "grade"}) != (value is not None):
        takes = "takes" if value is None else "takes no"
        raise UsageError(f"{decision} {takes} --value", way_out="sayso judge --help")
    if decision == "grade" and (value or "").upper() not in GRADES:
        raise UsageError(f"{value!r} is no grade", way_out=f"one of {', '.join(GRADES)}")


def _value(decision: str, value: str | None) -> str | None:
    if value is None:
        return None
    if decision == "grade":
        return json.dumps(value.upper())
    try:
        parsed: Any = json.loads(value)
    except ValueError as error:
        raise UsageError(f"--value is no JSON: {error}", way_out='e.g. --value \'{"low": 4, "high": 4}\'') from None
    return json.dumps(parsed, ensure_ascii=False, sort_keys=True)


def login() -> str:
    """Return the name of the user's login, by the environment or the user database; raises UsageError without any."""
    name = os.environ.get("USER") or os.environ.get("LOGNAME") or os.environ.get("USERNAME") or _in_user_database()
    if not name:
        raise UsageError("nobody is named", way_out="--who NAME, or set SAYSO_WHO")
    return name


def _in_user_database() -> str | None:
    """Return the name of the user id that this process has; a container often has no login, and may have no name."""
    try:
        from pwd import getpwuid
    except ImportError:  # Windows has no such database
        return None
    try:
        return getpwuid(os.getuid()).pw_name
    except KeyError:
        return None
