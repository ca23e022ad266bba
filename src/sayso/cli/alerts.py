"""``sayso alerts``: who is told of what a saved query finds, and the messages that wait for them."""

from __future__ import annotations

import contextlib
import json
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sayso.cli.judge import login
from sayso.cli.lists import List, list_options, put_list
from sayso.cli.project import open_project, project_option
from sayso.cli.read import SOME_FAILED
from sayso.cli.sourcing import ALLOW, OFFLINE
from sayso.cli.streams import put, say
from sayso.cli.watch import ended as until_ended
from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.alerts.book import Alert
    from sayso.alerts.outbox import Message
    from sayso.alerts.running import Runner
    from sayso.ledger import Ledger

PAUSE: Final = 30.0
"""Seconds between two looks at the log."""
LIST: Final = List(
    schema="sayso.alerts/1",
    key="alerts",
    columns={
        "id": "of the alert",
        "query": "name of the saved query",
        "destination": "where it goes",
        "tells": "which changes are told",
        "toll": "by how many a toll must have changed",
        "hours": "between two digests; 0: at once",
        "sites": "how many sites it looks around; 0: everywhere",
        "seen": "entry of the log up to which it has looked",
        "due": "when it is looked at next, UTC; empty: at the next run",
        "waiting": "messages that wait to be taken",
        "dead": "messages that nobody took",
        "who": "who made it",
        "at": "when, UTC",
    },
    shown=("alert", "query", "to", "told", "waiting", "dead"),
    wide="told",
    nothing="there are no alerts: `sayso alerts add QUERY --to ADDRESS`",
)
OUTBOX: Final = List(
    schema="sayso.outbox/1",
    key="messages",
    columns={
        "id": "of the message",
        "alert": "that it is of",
        "destination": "where it goes",
        "state": "waiting, delivered or dead",
        "made": "when, UTC",
        "seq": "entry of the log that it speaks of",
        "attempts": "how often it was tried",
        "due": "when it is tried next, UTC",
        "done": "when it was delivered or given up, UTC",
        "problem": "why it was not taken",
        "about": "what it tells of",
    },
    shown=("id", "state", "when", "tried", "about", "trouble"),
    wide="about",
    nothing="there are no such messages",
)


@click.group()
def alerts() -> None:
    """Tell somebody of what is new in a saved query.

    An alert leads from a saved query to a feed, a file, the standard output, a web hook or an address of mail. It tells
    of material changes only: each value with all who say it, how sure they are, and who says otherwise.
    `sayso alerts run` looks at the log and sends; a message is sent until somebody takes it, for four days, with the
    same id every time.
    """


@alerts.command()
@click.argument("query", help="Name of a saved query.")
@click.option("--to", "to", metavar="ADDRESS", required=True, help="feed[:FILE], file:FILE, -, https://…, or mail.")
@click.option("--tells", metavar="KIND,...", help="Only these: incident origin toll perpetrator dispute settled gone.")
@click.option(
    "--toll", metavar="N", type=click.IntRange(1), default=1, show_default=True, help="Least change of tolls."
)
@click.option(
    "--sites", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="CSV: name,lat,lon[,km]."
)
@click.option("--immediate", is_flag=True, help="Each change at once, a message an incident (feeds are always so).")
@click.option("--every", metavar="HOURS", type=click.FloatRange(0.1, 744), help="A digest so often.  [default: 24]")
@click.option("--from-start", is_flag=True, help="Tell of what is in the ledger already, too.")
@click.option("--who", envvar="SAYSO_WHO", metavar="NAME", help="Who makes it (SAYSO_WHO; else the user's login).")
@click.option("--dry-run", is_flag=True, help="Check it; add nothing.")
@project_option
def add(
    query: str,
    to: str,
    tells: str | None,
    toll: int,
    sites: Path | None,
    immediate: bool,
    every: float | None,
    from_start: bool,
    who: str | None,
    dry_run: bool,
    project: str | None,
) -> int:
    """Tell ADDRESS of what changes in the saved query QUERY.

    \b
    feed, feed:FILE      Atom: on the desk at /alerts/QUERY.atom, by `sayso alerts feed QUERY`, in a file
    file:FILE, -         lines in a file (JSON Lines where it ends in .jsonl), or on the standard output
    https://…            a web hook, signed by the Standard Webhooks specification; its secret is printed once
    ana@example.org      mail; [mail] in sayso.toml names the server

    Only incidents with coordinates can lie around a site (within 50 km, or what the column km says).
    """  # noqa: D301 - \b is Click's mark for lines that stay as they are
    from sayso.alerts.book import KINDS, Terms, add_alert, checked_kinds, make_alert
    from sayso.alerts.destinations import destination_of
    from sayso.alerts.signing import keep_keys, new_secret
    from sayso.alerts.sites import read_sites

    destination = destination_of(to)
    if immediate and every is not None:
        raise UsageError("--immediate and --every exclude each other", way_out="choose one")
    terms = Terms(
        tells=checked_kinds([each.strip() for each in tells.split(",")] if tells is not None else list(KINDS)),
        toll=toll,
        hours=0.0 if immediate or (destination.means == "feed" and every is None) else every or Terms().hours,
        sites=read_sites(sites) if sites else (),
    )
    with open_project(project, writing=not dry_run) as ledger:
        made = make_alert(ledger, query, str(destination), terms, who=who or login(), now=_now(), from_start=from_start)
        if dry_run:
            put(f"{made.id}  {query} → {destination}  (nothing was added)\n")
            return 0
        secret = new_secret() if destination.means == "hook" else None
        add_alert(ledger, made)
        if secret:
            keep_keys(ledger.project, made.id, [secret])
    put(f"{made.id}  {query} → {destination}\n")
    if secret:
        put(f"secret for the receiver: {secret}\n")
    return 0


@alerts.command(name="list")
@list_options
@project_option
def list_(project: str | None, **forms: bool) -> int:
    """List the alerts, with how many of their messages wait, and how many nobody took. Exit code 4: none."""
    from sayso.alerts.book import all_alerts, counted

    with open_project(project) as ledger:
        numbers = counted(ledger)
        return put_list([_row(each, numbers) for each in all_alerts(ledger)], LIST, **forms)


@alerts.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True, help="Ids, as listed.")
@click.option("--dry-run", is_flag=True, help="Say what would be removed; remove nothing.")
@project_option
def remove(ids: tuple[str, ...], dry_run: bool, project: str | None) -> int:
    """Remove alerts; what waits to be sent for them is not sent."""
    from sayso.alerts.book import find_alert, remove_alert
    from sayso.alerts.signing import keep_keys

    with open_project(project, writing=not dry_run) as ledger:
        found = [find_alert(ledger, each) for each in dict.fromkeys(ids)]
        for each in found:
            if not dry_run:
                remove_alert(ledger, each)
                keep_keys(ledger.project, each.id, ())
            put(f"{each.id}  {each.query} → {each.destination}{'  (nothing was removed)' * dry_run}\n")
    return 0


@alerts.command()
@click.option("--once", is_flag=True, help="Look and send what is due now, and end (for cron).")
@click.option("--now", "at_once", is_flag=True, help="Also digests that are not due yet.")
@click.option("--offline", is_flag=True, envvar=OFFLINE, help="Send no mail and no web hook; they wait.")
@click.option("--dry-run", is_flag=True, help="Print what would be sent; send and keep nothing.")
@project_option
def run(once: bool, at_once: bool, offline: bool, dry_run: bool, project: str | None) -> int:
    """Look at what the log has brought, and send what waits.

    Without --once it looks every half a minute until Ctrl-C or SIGTERM. What goes to - is printed as text on a
    terminal, else as JSON Lines; what became of each message is told on stderr. Exit code 3 (with --once): a message
    was not taken; it is tried again for four days, after ever longer pauses.
    """
    if dry_run:
        return _rehearse(project, at_once=at_once)
    with (
        open_project(project, writing=True) as ledger,
        until_ended() as ended,
        _runner(ledger, offline=offline) as runner,
    ):
        failed = 0
        while not ended.is_set():
            failed = _pass(runner, ended, at_once=at_once)
            if once:
                break
            ended.wait(PAUSE)
    return SOME_FAILED if once and failed else 0


@alerts.command()
@click.option("--dead", is_flag=True, help="Only what nobody took.")
@click.option("--waiting", is_flag=True, help="Only what waits.")
@click.option("--limit", metavar="N", type=click.IntRange(1), default=50, show_default=True, help="At most so many.")
@list_options
@project_option
def outbox(dead: bool, waiting: bool, limit: int, project: str | None, **forms: bool) -> int:
    """List messages, the newest first, with what became of each. Exit code 4: none."""
    from sayso.alerts.outbox import State, listed

    if dead and waiting:
        raise UsageError("--dead and --waiting exclude each other", way_out="choose one")
    state: State | None = "dead" if dead else "waiting" if waiting else None
    with open_project(project) as ledger:
        return put_list(map(_message, listed(ledger, state=state, limit=limit)), OUTBOX, **forms)


@alerts.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True, help="Ids, as listed.")
@project_option
def retry(ids: tuple[str, ...], project: str | None) -> int:
    """Let dead messages wait again; `sayso alerts run` sends them."""
    from sayso.alerts.outbox import revive

    with open_project(project, writing=True) as ledger:
        for each in dict.fromkeys(ids):
            message = revive(ledger, each, _now())
            put(f"{message.id}  waits again for {message.destination}\n")
    return 0


@alerts.command()
@click.argument("number", metavar="ID", help="Id of the alert.")
@project_option
def test(number: str, project: str | None) -> int:
    """Put a message that tells of nothing into the outbox of an alert, to see whether it arrives."""
    from sayso.alerts.book import find_alert
    from sayso.alerts.noticing import a_test
    from sayso.alerts.outbox import put as put_in

    with open_project(project, writing=True) as ledger:
        message = a_test(ledger, find_alert(ledger, number), _now())
        put_in(ledger, message)
    put(f"{message.id}  waits for {message.destination}: sayso alerts run --once\n")
    return 0


@alerts.command()
@click.argument("number", metavar="ID", help="Id of the alert.")
@click.option("--new", is_flag=True, help="Make another; messages are signed with both until --drop-old.")
@click.option("--drop-old", is_flag=True, help="Sign with the newest only.")
@project_option
def secret(number: str, new: bool, drop_old: bool, project: str | None) -> int:
    """Print the secrets of a web hook, the newest first; or change them while messages go on.

    First --new, then give it to the receiver, then --drop-old.
    """
    from sayso.alerts.book import find_alert
    from sayso.alerts.destinations import destination_of
    from sayso.alerts.signing import keep_keys, keys_of, new_secret
    from sayso.errors import SetupError

    with open_project(project) as ledger:
        alert = find_alert(ledger, number)
        if destination_of(alert.destination).means != "hook":
            raise UsageError("only web hooks have a secret", place=alert.id, way_out="sayso alerts list")
        try:
            keys = keys_of(ledger.project, alert.id)
        except SetupError:
            if not new:
                raise
            keys = ()
        keys = ((new_secret(),) if new else ()) + keys
        kept = keys[:1] if drop_old else keys[:3]
        if new or drop_old:
            keep_keys(ledger.project, alert.id, kept)
    put("".join(f"{key}\n" for key in kept))
    return 0


@alerts.command()
@click.argument("query", help="Name of a saved query.")
@project_option
def feed(query: str, project: str | None) -> int:
    """Print the Atom feed of a saved query that has an alert to `feed`. Exit code 4: it has none."""
    from sayso.alerts.atom import feed_of

    with open_project(project) as ledger:
        put(feed_of(ledger, query).decode())
    return 0


# -- at work ----------------------------------------------------------------------------------------------------------


def _now() -> datetime:
    return datetime.now(UTC)


@contextlib.contextmanager
def _runner(ledger: Ledger, *, offline: bool) -> Iterator[Runner]:
    import os

    from sayso.alerts.running import Runner
    from sayso.intake.fetching import Egress, Poster

    more = tuple(filter(None, os.environ.get(ALLOW, "").split(",")))
    egress = Egress(allowed=(*ledger.project.alerts.allow, *more))
    with Poster(egress, offline=offline) as poster:
        yield Runner(ledger, poster, _print, offline=offline)


def _pass(runner: Runner, ended: threading.Event, *, at_once: bool) -> int:
    """Go over the alerts once and tell what became of each message; return how many were not taken."""
    failed = 0
    for sent in runner.once(at_once=at_once):
        failed += sent.problem is not None
        trouble = f": {sent.problem}" if sent.problem else ""
        state = "put off" if sent.state == "waiting" else sent.state
        say(f"{state} {sent.message.id} → {sent.message.destination}{trouble}")
        if ended.is_set():
            break
    return failed


def _print(message: Message, text: str) -> None:
    """Put a message on the standard output."""
    if sys.stdout.isatty():
        put(f"{text}\n")
    else:
        put(json.dumps({"id": message.id, **json.loads(message.body)}, ensure_ascii=False, sort_keys=True) + "\n")


def _rehearse(project: str | None, *, at_once: bool) -> int:
    """Print what a run would send."""
    from sayso.alerts import outbox as box
    from sayso.alerts.rendering import as_text

    with open_project(project) as ledger, _runner(ledger, offline=True) as runner:
        noticed = [message for each in runner.rehearsed(at_once=at_once) for message in each.messages]
        waiting = box.due(ledger, _now())
    for message in [*waiting, *noticed]:
        put(f"to {message.destination}\n\n{as_text(message)}\n")
    say(f"{len(noticed)} new and {len(waiting)} waiting messages would be sent; nothing was")
    return 0


def _row(alert: Alert, numbers: dict[tuple[str, str], int]) -> dict[str, Any]:
    terms = alert.terms
    often = f"every {terms.hours:g} h" if terms.hours else "at once"
    around = f", around {len(terms.sites)} sites" if terms.sites else ""
    toll = f", tolls by {terms.toll}" if terms.toll > 1 else ""
    return {
        "id": alert.id,
        "query": alert.query,
        "destination": alert.destination,
        "tells": list(terms.tells),
        "toll": terms.toll,
        "hours": terms.hours,
        "sites": len(terms.sites),
        "seen": alert.seen,
        "due": alert.due,
        "waiting": numbers.get((alert.id, "waiting"), 0),
        "dead": numbers.get((alert.id, "dead"), 0),
        "who": alert.who,
        "at": alert.at,
        "alert": alert.id[:12],
        "to": alert.destination,
        "told": f"{often}{around}{toll}: {', '.join(terms.tells)}",
    }


def _message(message: Message) -> dict[str, Any]:
    from sayso.alerts.rendering import data_of, heading

    row = {name: getattr(message, name) for name in OUTBOX.columns if name != "about"}
    about = heading(data_of(message))
    trouble = message.problem or ""
    if message.state == "waiting" and message.attempts:
        trouble = f"{trouble}; again at {message.due}"
    return row | {
        "about": about,
        "when": message.made,
        "tried": str(message.attempts),
        "trouble": trouble,
    }
