"""Imported by the process from which those that read are forked: all that each of them would import for itself.

It starts no thread of its own and opens no file, so that a fork of it is as good as a new process.
"""

from __future__ import annotations

import gc
from importlib import import_module
from typing import Final

from sayso.intake.nursery import make_ready

NEEDED: Final = (
    "tokenizers",
    "sayso.pipeline",
    "sayso.language.decode.batch",
    "sayso.language.gather",
    "sayso.language.inputs",
    "sayso.language.pieces",
    "sayso.language.windows",
    "sayso.observing.workers",
    "sayso.scale.processes",
)
"""What a process that reads imports, those modules too that are only imported when they are wanted; onnxruntime starts
a thread when it is imported, and is left to each."""

for _name in NEEDED:
    import_module(_name)
make_ready()
gc.collect()
gc.freeze()  # a worker neither looks through it again nor copies its memory
