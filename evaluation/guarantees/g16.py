"""G16: hidden text is shown: every direction control, zero-width and tag character, and words of mixed scripts."""

# ruff: noqa: E501 - inputs are written as they are
from __future__ import annotations

from pathlib import Path
from typing import Final

from evaluation.guarantees import Proof
from sayso.intake import Capture, report_of
from sayso.intake.hidden import hidden_in

PROMISE = "Hidden text is marked, and never removed from the evidence"
DIRECTION: Final = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
WIDTHLESS: Final = (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B, 0x200C, 0x200D, 0x2060, 0x2061, 0x2062, 0x2063,
                    0x2064, 0x206A, 0x206B, 0x206C, 0x206D, 0x206E, 0x206F, 0x3164, 0xFEFF, 0xFFA0)  # fmt: skip
TAGS: Final = tuple(range(0xE0001, 0xE0080))
ALIKE: Final = {"а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "у": "y", "і": "i", "К": "K", "М": "M",
                "Т": "T", "Α": "A", "Β": "B", "Ε": "E", "Ι": "I", "Κ": "K", "ο": "o", "ν": "v"}  # fmt: skip
HARMLESS: Final = (
    "Взрыв в Киеве",
    "می\u200cخواهم",
    "👩\u200d👧 were safe",
    "قال \u200f(AFP)\u200f إن",
    "Ängström",
    "co\u00adoperate",
)


def prove(folder: Path, full: bool) -> Proof:
    """Hide each character in a sentence; it must be marked at its place, and the text must stay as it was."""
    hidden = [f"Ten wo{chr(each)}unded in Tarsk, the police said." for each in (*DIRECTION, *WIDTHLESS, *TAGS)]
    hidden += [f"Ten wounded in Tar{each}sk, the police said." for each in ALIKE]
    missed = [text for text in hidden if not _marked(text)]
    changed = sum(report_of(Capture(text.encode(), "a.txt", "text")).text != text for text in hidden)
    false = [text for text in HARMLESS if hidden_in(text)]
    share = 100 * (len(hidden) - len(missed)) / len(hidden)
    says = f"{len(hidden)} hidden characters: {share:.0f} % marked, {changed} texts changed, {len(false)} harmless ones marked"
    figures = {"characters": len(hidden), "marked": share, "changed": changed, "false": len(false)}
    return Proof(not missed and not changed and not false, figures, says)


def _marked(text: str) -> bool:
    """Tell whether the one place where the text hides something is told."""
    found = hidden_in(text)
    return len(found) == 1 and any(not character.isascii() for character in text[found[0].start : found[0].end])
