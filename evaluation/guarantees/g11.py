"""G11: alerts reach their receiver at least once, wherever the process is killed, with an id that stays.

A child adds reports and runs the alerts after each. It is killed at every logical step there is: before and after the
commit of a report, before and after the commit of the messages, before a message is sent, after it was taken, before
and after that is marked. Then it runs again, undisturbed, and what the receiver has must be all that an undisturbed
child makes it receive; what came twice must have the same id and the same bytes, and each must be signed.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Final

from evaluation.guarantees import Proof
from evaluation.guarantees.foretold import READER, QuickLinker, capture_of, read, text_of
from evaluation.guarantees.killing import copy, project
from evaluation.guarantees.receiving import Receiver, Taken, receiving
from sayso.adding import Tally, add, in_this_process
from sayso.alerts.book import Terms, add_alert, make_alert
from sayso.alerts.outbox import PAUSES, listed
from sayso.alerts.running import Runner
from sayso.alerts.signing import is_signed, keep_keys, new_secret
from sayso.intake import Capture
from sayso.intake.fetching import Egress, Poster
from sayso.ledger import faults, open_ledger
from sayso.ledger.queries import save_query

PROMISE = "Alerts arrive at least once, with a stable id and a signature, wherever the process is killed"
REPORTS: Final = (
    capture_of(text_of(killed=3), "1.txt", publisher="Coast Wire"),
    capture_of(text_of(killed=9, by="mayor"), "2.txt", publisher="Lantern"),
    capture_of(text_of(killed=12, words="Later."), "3.txt", publisher="Coast Wire"),
    capture_of(text_of("shooting", "Velm", 9, 2), "4.txt", publisher="Lantern"),
)
LATER: Final = timedelta(days=1000)
"""By how much the clock of the second child goes before that of the first: time does not run back, and a digest that
was due is due; else it would tell in one what an undisturbed child tells in two."""
SPARSE: Final = 3
"""In the short form the process is killed at every so many-th step."""
MANY: Final = (*REPORTS, *(capture_of(text_of(day=n % 9, killed=n + 20), f"{n}.txt") for n in range(8)))
"""Of the long form: incidents that grow, merge and clash."""


def prove(folder: Path, full: bool) -> Proof:
    """Kill at every third step; in the long form at each, with more reports, digests, and a receiver that fails."""
    points, repeats = 0, 0
    wrong: list[str] = []
    rounds: list[tuple[Sequence[Capture], float, list[int]]] = [(REPORTS[:2], 0.0, [0])]
    if full:
        rounds = [(REPORTS, 0.0, []), (REPORTS[:3], 0.0, [500, 0, 0]), (MANY[:6], 1.0, [0])]
    for number, (items, hours, answers) in enumerate(rounds):
        every = 1 if full else SPARSE
        counted, again, found = _kill_everywhere(folder / f"round{number}", items, hours, answers, every)
        points, repeats, wrong = points + counted, repeats + again, wrong + found
    says = f"{points} kill points, {len(wrong)} missed, changed or unsigned, {repeats} messages came twice"
    figures = {"kill_points": points, "faults": len(wrong), "repeats": repeats}
    return Proof(not wrong and points > 0, figures, "; ".join([says, *wrong[:3]]))


def _kill_everywhere(
    folder: Path, items: Sequence[Capture], hours: float, answers: Sequence[int], every: int
) -> tuple[int, int, list[str]]:
    """Return how many kill points there are, how many messages came twice, and what went wrong."""
    folder.mkdir()
    with receiving() as receiver:
        empty, key = _prepared(folder / "empty", receiver, hours)
        receiver.answers[:] = answers
        work(copy(empty, folder / "whole"), receiver, items)
        goal = _said(receiver.taken)
        if not goal:
            return 0, 0, ["an undisturbed run tells of nothing"]
        repeats = 0
        wrong: list[str] = []
        for at in count(1, every):
            receiver.taken.clear()
            trial = copy(empty, folder / "trial")
            if not _child(trial, receiver, items, answers, at=at):
                return (at - 1) // every, repeats, wrong
            _child(trial, receiver, items, (), at=0, later=LATER)
            repeats += len(receiver.taken) - len({each.headers["webhook-id"] for each in receiver.taken})
            wrong += [f"step {at}: {fault}" for fault in faults_in(receiver.taken, goal, key)]
            wrong += [f"step {at}: {fault}" for fault in _left(trial)]
    raise AssertionError("unreachable")


def _prepared(folder: Path, receiver: Receiver, hours: float) -> tuple[Path, str]:
    """Make a project with one alert to the receiver; return it and the secret."""
    key = new_secret()
    project(folder)
    with open_ledger(folder, "write", linker=QuickLinker()) as ledger:
        save_query(ledger, "everything", "", who="ana")
        alert = make_alert(ledger, "everything", receiver.url, Terms(hours=hours), who="ana", now=_now())
        add_alert(ledger, alert)
        keep_keys(ledger.project, alert.id, [key])
    return folder, key


def _child(
    folder: Path,
    receiver: Receiver,
    items: Sequence[Capture],
    answers: Sequence[int],
    *,
    at: int,
    later: timedelta = timedelta(),
) -> bool:
    """Add reports and run the alerts after each, in a child that is killed at step ``at``; return whether it was."""
    receiver.answers[:] = answers
    child = os.fork()
    if child == 0:
        code = 1
        try:
            faults.arm(at)
            work(folder, receiver, items, later)
            code = 0
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code not in {0, faults.KILLED}:
        raise AssertionError(f"the child that was to be killed at step {at} failed of itself (exit code {code})")
    return code == faults.KILLED


def work(folder: Path, receiver: Receiver, items: Sequence[Capture], later: timedelta = timedelta()) -> None:
    """Add reports one by one, and run the alerts after each until nothing waits; the clock runs fast."""
    clock = _now() + later
    with (
        open_ledger(folder, "write", linker=QuickLinker()) as ledger,
        Poster(Egress(allowed=(receiver.allowed,)), seconds=5.0) as poster,
    ):
        for item in items:
            list(add(ledger, [item], Tally(), read=read, reader=READER, parse=in_this_process))
            for _ in range(len(PAUSES)):
                clock += timedelta(hours=30)
                present = clock
                runner = Runner(ledger, poster, lambda _message, _text: None, now=lambda at=present: at)  # type: ignore[misc]
                list(runner.once())
                if not listed(ledger, state="waiting"):
                    break


def faults_in(taken: Sequence[Taken], goal: set[str], key: str) -> list[str]:
    """Return what is wrong with what a receiver has got: missing, changed under one id, or not signed."""
    wrong = [f"missed: {each}" for each in sorted(goal - _said(taken))]
    bodies: dict[str, set[bytes]] = {}
    for each in taken:
        number = each.headers.get("webhook-id", "")
        bodies.setdefault(number, set()).add(each.body)
        at = each.headers.get("webhook-timestamp", "")
        if not at.isdigit() or not is_signed(each.headers, each.body, key, now=float(at)):
            wrong.append(f"not signed: {number}")
    return wrong + [f"two bodies under one id: {number}" for number, found in bodies.items() if len(found) > 1]


def _said(taken: Sequence[Taken]) -> set[str]:
    """Return each change that was told, with the incident it is of."""
    return {
        f"{incident['id']} {change['kind']} {change['words']}"
        for each in taken
        for incident in json.loads(each.body)["data"]["incidents"]
        for change in incident["changes"]
    }


def _left(folder: Path) -> list[str]:
    with open_ledger(folder, linker=QuickLinker()) as ledger:
        return [f"{each.state}: {each.id}" for each in listed(ledger) if each.state != "delivered"]


def _now() -> datetime:
    return datetime.fromtimestamp(int(time.time()), UTC)
