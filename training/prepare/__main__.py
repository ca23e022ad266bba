"""`python -m prepare DATA OUT [--licences strict]` (run in training/): every corpus in the common form, counts checked."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from . import events, ner, polnear, ud
from .form import Document, write
from .times import with_times

Reader = Callable[[Path], Iterator[Document]]


def timed(reader: Reader, data: Path) -> Iterator[Document]:
    """The reader's documents with time expressions by rule."""
    return map(with_times, reader(data))


# name: (reader, licence class, documents expected: a changed count is an error, not a surprise in the scores)
CORPORA: dict[str, tuple[Reader, str, int]] = {
    "ewt.train": (partial(ud.ewt, split="train"), "train", 540),
    "ewt.dev": (partial(ud.ewt, split="dev"), "train", 318),
    "ewt.test": (partial(ud.ewt, split="test"), "eval", 316),
    "gum.train": (partial(ud.gum, split="train"), "train", 117),
    "gum.dev": (partial(ud.gum, split="dev"), "train", 18),
    "gum.test": (partial(ud.gum, split="test"), "eval", 18),
    "masc.train": (events.masc, "train", 0),
    "polnear-kept.train": (
        partial(timed, partial(polnear.documents, split="train", keep_hyphens=True)),
        "train*",
        840,
    ),
    "polnear.train": (partial(polnear.documents, split="train", keep_hyphens=False), "train*", 840),
    "polnear.dev": (partial(polnear.documents, split="dev", keep_hyphens=False), "eval", 84),
    "gmb.train": (ner.gmb, "train", 0),
    "wikigold.train": (ner.wikigold, "train", 0),
    "re3d.train": (ner.re3d, "train", 0),
    "geneva.train": (partial(events.geneva, split="train_rebuilt"), "train", 1910),
    "geneva-test.train": (partial(events.geneva, split="test"), "train", 0),
    "geneva.dev": (partial(events.geneva, split="val"), "train", 0),
    "wikievents.train": (partial(events.wikievents, split="train"), "train*", 206),
    "wikievents.dev": (partial(events.wikievents, split="dev"), "eval", 20),
    "location.train": (partial(events.locations, split="train"), "train", 0),
    "location.dev": (partial(events.locations, split="dev"), "eval", 0),
    "factuality.train": (partial(events.factuality, split="train"), "train*", 0),
    "factuality.dev": (partial(events.factuality, split="dev"), "eval", 0),
    "newsdiscourse.train": (partial(timed, partial(events.newsdiscourse, split="train")), "train*", 0),
    "newsdiscourse.dev": (partial(events.newsdiscourse, split="dev"), "eval", 0),
}


def main() -> None:
    """Write OUT/<name>.jsonl.gz for each corpus that the licences allow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--licences", choices=("all", "strict"), default="all", help="strict leaves out the train* sets"
    )
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for name, (reader, licence, expected) in CORPORA.items():
        if options.licences == "strict" and licence == "train*":
            continue
        count, words = write(options.out / f"{name}.jsonl.gz", reader(options.data))
        print(f"{name:24} {licence:7} {count:6} documents {words:9,} words", flush=True)
        if expected and count != expected:
            raise SystemExit(f"{name}: {count} documents, expected {expected}: is this the same release of the corpus?")


if __name__ == "__main__":
    main()
