"""``python -m sayso.intake.nursery FD``: the child in which hostile bytes are parsed; ``guard`` starts it.

The nursery itself parses nothing: it has the parsers ready and forks workers, each with a socket of its own. It ends
when its control socket closes, a worker when its socket does.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import resource
import signal
import socket
import sys
import time
import traceback
from dataclasses import asdict
from typing import Any

from sayso.errors import InputError
from sayso.intake.assemble import Given
from sayso.intake.capture import Capture
from sayso.intake.guard import receive, send
from sayso.intake.notes import noting
from sayso.intake.sources import report_of

FOREVER = 10.0**9


def main(control: socket.socket) -> None:
    """Fork a worker for each socket that comes in over ``control``, until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started us; it closes the socket
    make_ready()
    while True:
        about, sockets, _, _ = socket.recv_fds(control, 4096, 1)
        _reap()
        if not about:
            return
        pid = os.fork()
        if pid == 0:
            control.close()
            _in_worker(socket.socket(fileno=sockets[0]), json.loads(about))
        os.close(sockets[0])
        control.sendall(str(pid).encode())


def make_ready() -> None:
    """Import what most reports need; a worker imports the rest when it is wanted. Starts no thread, opens no file."""
    from sayso.intake.kinds import parsers
    from sayso.intake.tongue import language_of

    parsers()
    language_of("Взрыв прогремел на рынке в понедельник, сообщила полиция города, погибли девять человек.")
    with contextlib.suppress(ImportError):
        import trafilatura  # noqa: F401
    gc.collect()
    gc.freeze()  # what is ready stays: a worker neither looks through it again nor copies its memory


def _reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _in_worker(master: socket.socket, limits: dict[str, Any]) -> None:
    """Never returns."""
    try:
        _fence(limits["memory"])
        while True:
            said, raw = receive(master, FOREVER)
            _allow(limits["cpu"], limits["wall"])
            answer = _answer(said, raw)
            send(master, answer, b"", FOREVER)
            if "memory" in answer:
                break  # what is left of it is better not used
    except (EOFError, OSError):
        pass
    except BaseException:  # noqa: BLE001 - what ends a worker is told on stderr; its master sees that it ended
        traceback.print_exc()
    finally:
        os._exit(0)


def _fence(memory: int) -> None:
    """No more memory than this, no files, no core dumps; Ctrl-C and alarms end it."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    what = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    for limit, most in ((what, memory), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))


def _allow(cpu: int, wall: float) -> None:
    """Give the next report its time: so much of the processor, and so much on the clock if nobody watches any more."""
    used = time.process_time()
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + cpu + 1, hard))
    signal.alarm(int(wall) + 5)


def _answer(said: dict[str, Any], raw: bytes) -> dict[str, Any]:
    item = Capture(raw, said["place"], said["form"], Given(**said["given"]))
    try:
        with noting() as notes:
            report = report_of(item)
        return {"report": report.model_dump(mode="json"), "notes": asdict(notes[0])}
    except InputError as error:
        return _said(error)
    except MemoryError:
        problem, way_out = "reading it needs more memory than a report may take", "its bytes are kept; save its text"
        return _said(InputError(problem, place=item.place, way_out=way_out)) | {"memory": True}
    except Exception as error:  # noqa: BLE001 - a parser may raise anything: the report is kept, with the reason
        problem = f"reading it failed: {type(error).__name__}: {str(error)[:200]}"
        way_out = "a bug of ours: please report it; then `sayso retry`"
        return _said(InputError(problem, place=item.place, way_out=way_out))


def _said(error: InputError) -> dict[str, Any]:
    return {"error": [error.problem], "more": {"place": error.place, "way_out": error.way_out}}


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
