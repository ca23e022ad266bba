"""The bare runs of the language model on the windows of the same reports, in a process of its own.

    python -m evaluation.speed_whole.bare NUMBER SEED

prints as JSON the seconds on the clock and of the processor, the windows and their words. What makes the windows and
what decodes the scores is not in them.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from evaluation.speed import Watched
from evaluation.speed_whole.made import reports
from sayso.language.engine import analyse, default_model
from sayso.language.runs import alone
from sayso.records import Report


def main(number: int, seed: int) -> None:
    """Print what the bare runs take."""
    model = default_model()
    if model is None:
        raise SystemExit("there is no model to time: point SAYSO_MODEL at a build")
    watched: Any = Watched(model)
    texts = (f"{made.title}\n\n" + "\n\n".join(made.paragraphs) for made in reports(number, seed))
    for _ in analyse((Report(id=f"re_{at}", text=text) for at, text in enumerate(texts)), model=watched):
        pass
    windows = [window for batch in watched.batches for window in alone(batch)]
    model.read(windows[:50])  # warm
    began, used = time.perf_counter(), time.process_time()
    model.read(windows)
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    words = sum(int(window["words"].shape[1]) for window in windows)
    print(
        json.dumps({"seconds": seconds, "cpu": cpu, "windows": len(windows), "words": words, "threads": model.threads})
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
