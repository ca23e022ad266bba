"""Parsing in a child that may be killed (GUARANTEES G8): no input stops the service, and the next one starts at once.

One child, the nursery, imports the parsers and does nothing but fork workers. A worker parses one capture after the
other, within limits; what takes too long or too much of it ends the worker, never us. The nursery then forks the next
from what it has ready, in milliseconds. Both speak JSON and raw bytes over sockets: nothing that a worker says is
executed, unpickled or believed beyond what the records check.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Final, NoReturn

from pydantic import ValidationError

from sayso.errors import InputError, SaysoError, SetupError
from sayso.intake.capture import Capture
from sayso.intake.notes import Notes, note
from sayso.records import Report

LENGTHS: Final = struct.Struct(">II")
"""Lengths of the two parts of a message: JSON, then bytes."""
_LONGEST: Final = 256 * 2**20
_AT_ONCE: Final = 1.0
"""Seconds within which a worker that breaks off is asked once more, in a new one."""
_START: Final = 120.0
"""Seconds that the nursery has to come up: one and a half of the processor, of which a busy machine gives few."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What parsing one report may take.

    Attributes:
        wall: seconds on the clock.
        cpu: seconds of the processor.
        memory: bytes of the worker's own memory.

    """

    wall: float = 20.0
    cpu: int = 10
    memory: int = 512 * 2**20


@dataclass(frozen=True, slots=True)
class Parsed:
    """A report, and what there is to tell of how it was read."""

    report: Report
    notes: Notes


class Guard:
    """Parses captures in a child process; one at a time. Close it, or let the process end.

    Args:
        limits: of one report.
        forked: the nursery is forked from this process, which has no threads yet and the parsers ready
            (``nursery.make_ready``), instead of started anew: milliseconds for a second of the processor.

    """

    def __init__(self, limits: Limits = Limits(), *, forked: bool = False) -> None:
        self.limits = limits
        self._fork = forked
        self.killed = 0
        self._owner = os.getpid()
        self._nursery: subprocess.Popen[bytes] | _Forked | None = None
        self._control: socket.socket | None = None
        self._worker: socket.socket | None = None
        self._pid = 0
        self._start()

    def __call__(self, item: Capture) -> Report | InputError:
        """Return the report that a capture is, or what is wrong with it."""
        made = self.parse(item)
        if isinstance(made, InputError):
            return made
        note(made.notes)
        return made.report

    def parse(self, item: Capture) -> Parsed | InputError:
        """Return the report and its notes, or what is wrong; a worker that goes beyond the limits is ended.

        Raises:
            SetupError: no child can be started.

        """
        if self._owner != os.getpid():  # we were forked: the sockets are our parent's
            self._forget()
            self._start()
        began = time.monotonic()
        try:
            return self._asked(item)
        except SetupError:
            raise
        except (EOFError, ConnectionError) as error:
            if time.monotonic() - began > _AT_ONCE:
                return self._ended(item, error)
        except (OSError, ValueError, ValidationError, SaysoError) as error:
            return self._ended(item, error)
        self._end_worker()  # it may have been dead before it was asked: this report is not to blame for that
        try:
            return self._asked(item)
        except SetupError:
            raise
        except (OSError, EOFError, ValueError, ValidationError, SaysoError) as error:
            return self._ended(item, error)

    def close(self) -> None:
        """End the children."""
        if self._owner == os.getpid():
            self._end_worker()
            for each in (self._control,):
                if each is not None:
                    each.close()
            if self._nursery is not None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._nursery.wait(2)
                if self._nursery.poll() is None:
                    self._nursery.kill()
                    self._nursery.wait()
        self._forget()

    def __enter__(self) -> Guard:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _forget(self) -> None:
        self._nursery = self._control = self._worker = None
        self._owner, self._pid = os.getpid(), 0

    def _start(self) -> None:
        """Start the nursery; it comes up while we do other things."""
        ours, its = socket.socketpair()
        if self._fork:
            self._fork = False  # another one, should we be forked ourselves, is started anew: we may have threads then
            self._nursery, self._control = _Forked(its), ours
            return
        command = [sys.executable, "-m", "sayso.intake.nursery", str(its.fileno())]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OMP_NUM_THREADS": "1"}
        try:
            self._nursery = subprocess.Popen(
                command, pass_fds=[its.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment
            )
        except OSError as error:
            ours.close()
            raise SetupError(f"no child process can be started: {error}", way_out="free memory or processes") from error
        finally:
            its.close()
        self._control = ours

    def _asked(self, item: Capture) -> Parsed | InputError:
        if self._worker is None:
            self._spawn()
        assert self._worker is not None
        deadline = time.monotonic() + self.limits.wall
        asked = {"place": item.place, "form": item.form, "given": asdict(item.given)}
        send(self._worker, asked, item.raw, deadline)
        answer, _ = receive(self._worker, deadline)
        if "memory" in answer:
            self._end_worker()
        if "error" in answer:
            return InputError(*map(str, answer["error"][:1]), **{k: str(v) for k, v in answer["more"].items()})
        report = Report.model_validate(answer["report"])
        notes = answer["notes"]
        return Parsed(report, Notes(**notes | {"lost": tuple(notes["lost"])}))

    def _spawn(self) -> None:
        assert self._control is not None
        ours, its = socket.socketpair()
        try:
            about = json.dumps(
                {"cpu": self.limits.cpu, "memory": self.limits.memory, "wall": self.limits.wall}
            ).encode()
            socket.send_fds(self._control, [about], [its.fileno()])
            self._control.settimeout(_START)
            pid = self._control.recv(64)
        except OSError as error:
            ours.close()
            raise SetupError(f"the parsers do not start: {error}", way_out="`sayso doctor` says more") from error
        finally:
            its.close()
        if not pid.isdigit():
            ours.close()
            raise SetupError("the parsers do not start", way_out="`sayso doctor` says more")
        ours.setblocking(False)
        self._worker, self._pid = ours, int(pid)

    def _ended(self, item: Capture, error: BaseException) -> InputError:
        """The worker broke its limits, or off: make sure that it is gone, and say why."""
        self.killed += 1
        self._end_worker()
        way_out = "its bytes are kept; save its text to a file"
        if isinstance(error, TimeoutError):
            return InputError(f"reading it took more than {self.limits.wall:g} s", place=item.place, way_out=way_out)
        if isinstance(error, ValueError | ValidationError | SaysoError):
            return InputError("the parser answered nonsense", place=item.place, way_out=way_out)
        problem = f"reading it broke off: more than {self.limits.cpu} s of the processor, or a fault of a parser"
        return InputError(problem, place=item.place, way_out=way_out)

    def _end_worker(self) -> None:
        if self._worker is not None:
            self._worker.close()
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(self._pid, signal.SIGKILL)
        self._worker = None


class _Forked:
    """A nursery that was forked from this process, with as much of ``Popen`` as ``Guard`` asks of it.

    Args:
        control: its end of the socket; closed here.

    """

    def __init__(self, control: socket.socket) -> None:
        self._pid = os.fork()
        if self._pid == 0:
            _be_nursery(control)
        self._status: int | None = None
        control.close()

    def poll(self) -> int | None:
        """Return the exit status, or None while it lives."""
        if self._status is None:
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            self._status = status if pid else None
        return self._status

    def kill(self) -> None:
        """End it."""
        os.kill(self._pid, signal.SIGKILL)

    def wait(self, timeout: float = 10**6) -> int:
        """Return the exit status; raises ``TimeoutExpired`` after so many seconds."""
        deadline = time.monotonic() + timeout
        while (status := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("nursery", timeout)
            time.sleep(0.01)
        return status


def _be_nursery(control: socket.socket) -> NoReturn:
    """Close all that a child has of its parent, and never return to what that was doing."""
    from sayso.intake import nursery

    code = 1
    try:
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1):
            os.dup2(nothing, standard)
        os.closerange(3, control.fileno())
        os.closerange(control.fileno() + 1, os.sysconf("SC_OPEN_MAX"))
        nursery.main(control)
        code = 0
    finally:
        os._exit(code)


def send(to: socket.socket, said: dict[str, Any], raw: bytes, deadline: float) -> None:
    """Send a message; raises TimeoutError at the deadline, OSError where nobody listens."""
    head = json.dumps(said).encode()
    message = memoryview(LENGTHS.pack(len(head), len(raw)) + head + raw)
    while message:
        _wait(to, deadline, writing=True)
        message = message[to.send(message) :]


def receive(sender: socket.socket, deadline: float) -> tuple[dict[str, Any], bytes]:
    """Return the next message; raises TimeoutError at the deadline, EOFError where the sender has ended."""
    head, body = LENGTHS.unpack(_exactly(sender, LENGTHS.size, deadline))
    if head > _LONGEST or body > _LONGEST:
        raise ValueError("a message too long to be one")
    said = json.loads(_exactly(sender, head, deadline))
    if not isinstance(said, dict):
        raise ValueError("no message")
    return said, _exactly(sender, body, deadline)


def _exactly(sender: socket.socket, size: int, deadline: float) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        _wait(sender, deadline, writing=False)
        got = sender.recv(min(size - len(parts), 1 << 20))
        if not got:
            raise EOFError
        parts += got
    return bytes(parts)


def _wait(on: socket.socket, deadline: float, *, writing: bool) -> None:
    """Wait until the socket is ready; raises TimeoutError at the deadline."""
    poll = select.poll()
    poll.register(on, select.POLLOUT if writing else select.POLLIN)
    left = deadline - time.monotonic()
    if left <= 0 or not poll.poll(min(left, 10**6) * 1000):
        raise TimeoutError


_forked: Guard | None = None


def fork_guard() -> None:
    """Fork the children of ``default_guard`` now, while this process has no threads; the parsers are ready."""
    global _forked
    _forked = Guard(forked=True)


@cache
def default_guard() -> Guard:
    """Return the guard of this process; it is closed when the process ends."""
    guard = _forked or Guard()
    atexit.register(guard.close)
    return guard
