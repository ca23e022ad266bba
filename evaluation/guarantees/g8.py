"""G8: no input stops the service: hostile and broken input of all kinds, parsed in the guarded child."""

# ruff: noqa: E501 - inputs are written as they are
from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from evaluation.guarantees import Proof
from evaluation.intake.site import pages
from sayso.errors import InputError
from sayso.intake import Capture, capture
from sayso.intake.guard import Guard, Limits

PROMISE = "No input stops the service: parsing in a killable child with limits"
SHARED: Final = Path(__file__).parents[3] / "shared"
GOOD: Final = Capture(b"Nine people were killed in Tarsk on Monday, the police said.", "good.txt", "text")
_FEED: Final = (
    b'<rss version="2.0"><channel><title>t</title><item><author>%s</author><title>x</title></item></channel></rss>'
)
SEEDS: Final = {
    "page": next(iter(pages(1))).raw,
    "text": "TARSK, May 3 (Wire) – Nine people were killed. “We saw nothing”, he said.\n\nBy Ana Ruiz".encode(),
    "line": b'{"text": "Nine people were killed.", "title": "Blast", "published": "2031-05-14"}',
    "row": b'title,text,date\nBlast,"Nine people were killed, police said.",2031-05-14\n',
    "entry": _FEED % b"Ana",
    "json-item": b'{"title":"Wire","items":[{"id":"1","content_text":"Nine people were killed."}]}',
    "mail": b"From: a@b.example\nSubject: Blast\nMIME-Version: 1.0\nContent-Type: text/plain\n\nNine people were killed.\n",
    "markdown": b"---\ntitle: Blast\n---\n# Blast\n\n> Nine people [were](x) killed.\n",
    "ninjs": b'{"uri":"u","headline":"Blast","body_text":"Nine people were killed.","versioncreated":"2031-05-14"}',
    "newsml": b"<newsItem guid='1'><contentSet><inlineData>Nine people were killed.</inlineData></contentSet></newsItem>",
    "pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n",
    "auto-archiver": b"status,metadata,media\nok,\"{'url': 'https://a.example', 'content': 'Nine were killed.'}\",[]\n",
}
"""Form → a small input of it, from which broken ones are made."""


def prove(folder: Path, full: bool) -> Proof:
    """Parse hostile inputs, and fuzzed ones of every form; after each that was ended, time the next good one."""
    limits = Limits() if full else Limits(wall=3.0, cpu=2)
    inputs = 0
    slowest = 0.0
    wrong: list[str] = []
    with Guard(limits) as guard:
        guard(GOOD)
        for item in _all(folder, full):
            inputs += 1
            killed, began = guard.killed, time.monotonic()
            made = guard.parse(item)
            took = time.monotonic() - began
            wrong += [f"{item.place}: {took:.0f} s"] if took > limits.wall + 2 else []
            wrong += [f"{item.place}: a bug of ours: {made}"] if _is_bug(made) else []
            if guard.killed > killed:
                began = time.monotonic()
                wrong += ["the next report was not read"] if isinstance(guard(GOOD), InputError) else []
                slowest = max(slowest, time.monotonic() - began)
        ended = guard.killed
    figures = {"inputs": inputs, "ended": ended, "crashes": 0, "next_s": round(slowest, 3), "faults": len(wrong)}
    says = f"{inputs:,} inputs, {ended} children ended, 0 crashes, the next report started within {slowest:.2f} s"
    return Proof(not wrong and slowest < 1.0, figures, "; ".join([says, *wrong[:3]]))


def _is_bug(made: object) -> bool:
    return isinstance(made, InputError) and "reading it failed" in made.problem


def _all(folder: Path, full: bool) -> Iterator[Capture]:
    yield from _own()
    yield from _fuzzed(50_000 if full else 600)
    if (SHARED / "data" / "badinput").is_dir():
        most = None if full else 40
        yield from _of_folder(SHARED / "data" / "badinput", most)
        yield from _of_folder(_generated(folder, full), most)


def _own() -> Iterator[Capture]:
    """Yield inputs that stop the usual parsers."""
    text = b"<p>Nine people were killed in the city of Tarsk, the police said on Monday.</p>"
    yield Capture(_FEED % (b"a" * 40_000), "author.rss", "entry")
    for depth in (255, 1_000, 100_000):
        yield Capture(b"<div>" * depth + text * 3, f"depth-{depth}.html", "page")
    yield Capture(b"<p " + b" ".join(b"a%d=1" % n for n in range(40_000)) + b">" + text, "attributes.html", "page")
    yield Capture(b"<!DOCTYPE " + b"/" * 100_000 + b">" + text, "doctype.html", "page")
    yield Capture(b"[" * 100_000, "depth.jsonl", "line")
    yield Capture(("a" + "\u0300\u0316" * 80_000).encode(), "marks.txt", "text")
    yield Capture(b"> " * 50_000 + b"x", "quotes.md", "markdown")
    yield Capture(b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 50_000, "parts.eml", "mail")


def _fuzzed(number: int) -> Iterator[Capture]:
    """Yield inputs with bytes changed, dropped, doubled and swapped, every form in turn."""
    forms = list(SEEDS)
    for at in range(number):
        form = forms[at % len(forms)]
        dice = random.Random(at)
        raw = bytearray(SEEDS[form])
        for _ in range(dice.randint(1, 12)):
            _change(raw, dice)
        yield Capture(bytes(raw), f"fuzz-{at}", form)


def _change(raw: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(raw) + 1)
    match dice.randrange(5):
        case 0 if raw:
            raw[at - 1] = dice.randrange(256)
        case 1:
            del raw[at : at + dice.randint(1, 40)]
        case 2:
            raw[at:at] = raw[at : at + dice.randint(1, 60)] * dice.randint(1, 50)
        case 3:
            raw[at:at] = dice.choice(
                (b"<div>", b"\0", b"\xff\xfe", b"]]>", b'"', b"&#x0;", b"{", b"\r\n\r\n", b"<![CDATA[")
            )
        case _:
            raw[at:at] = bytes(dice.randrange(256) for _ in range(dice.randint(1, 30)))


def _of_folder(folder: Path, most: int | None) -> Iterator[Capture]:
    """Yield what is in the files of a folder, so many of each at most."""
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield from islice((item for item in capture(str(file)) if isinstance(item, Capture)), most)


def _generated(folder: Path, full: bool) -> Path:
    """Return a folder with what the generator of hostile inputs makes; its bombs are smaller in the short form."""
    out = folder / "hostile"
    source = (SHARED / "tools" / "gen_hostile.py").read_text("utf-8")
    if not full:
        source = source.replace("(1<<30)", "(1<<20)").replace("(300<<20)", "(1<<20)")
    subprocess.run([sys.executable, "-", str(out)], input=source, text=True, check=True)
    return out
