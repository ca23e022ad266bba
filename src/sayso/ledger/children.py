"""Processes that help this one and end with it, however it ends."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from typing import Any


def end_with_parent() -> None:
    """Make this process pay no heed to the keyboard, and end when the one that started it has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent: Any = multiprocessing.parent_process()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
