"""``sayso add`` in this process with clocks on every stage; prints what they say as JSON on the last line.

    python -m evaluation.speed_whole.staged BEGAN ARGUMENT …

BEGAN is the moment at which the process was started (``time.time()``), ARGUMENT what ``sayso`` takes.
"""

from __future__ import annotations

import json
import sys
import time

from evaluation.speed_whole.clocks import Clock, put_on, put_on_workers


def main(began: float, arguments: list[str]) -> int:
    """Run the command; return its exit code."""
    from sayso.cli import main as sayso

    clock = Clock(began)
    put_on(clock)
    put_on_workers(clock)
    code = sayso(arguments)
    told = {"seconds": clock.seconds, "cpu": clock.cpu, "process": time.process_time() + clock.workers}
    print(json.dumps(told))
    return code


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), sys.argv[2:]))
