"""Plain text to paragraphs: by blank lines, one a line, or lines wrapped at a width; the text is never rewritten."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

# A line without the white space around it; linear in the text, also for one line of 10 MB.
_LINE: Final = re.compile(r"\S(?:[^\n]*\S)?")
_FINAL: Final = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_SURVEYED: Final = 2000
"""Joints between lines looked at to tell wrapped text: a book needs no more."""
_WIDTHS: Final = range(40, 121)


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the white space around it: [start, end), its indent, and whether a blank line precedes it."""

    start: int
    end: int
    indent: int
    after_blank: bool
    first_word: int

    @property
    def length(self) -> int:
        """Code points from the margin, with the indent."""
        return self.indent + self.end - self.start


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return [start, end) of each paragraph, in order; all that lies between them is white space."""
    lines = _lines(text)
    width = wrapping_width(text, lines)
    out: list[tuple[int, int]] = []
    for previous, line in zip([None, *lines], lines, strict=False):
        if previous is not None and not line.after_blank and _continues(text, previous, line, width):
            out[-1] = (out[-1][0], line.end)
        else:
            out.append((line.start, line.end))
    return out


def wrapping_width(text: str, lines: list[Line]) -> int | None:
    """Return the width at which lines are wrapped, or None where each line is a paragraph.

    A joint of two lines is tight when the next line's first word would not have fitted on the line before: in wrapped
    text nearly all are (the last lines of paragraphs are not joints when a blank line follows).
    """
    joints = [(a, b) for a, b in pairwise(lines) if not b.after_blank][:_SURVEYED]
    if not joints:
        return None
    lengths = sorted(a.length for a, _ in joints)
    width = lengths[len(lengths) * 4 // 5]  # not the longest: a few lines stick out of most wrapped texts
    if width not in _WIDTHS:
        return None
    if len(joints) < 3:
        wrapped = [not _ends_sentence(text, a) and b.length <= width and _tight(a, b, width) for a, b in joints]
        return width if all(wrapped) else None
    tight = sum(_tight(a, b, width) for a, b in joints)
    return width if tight >= 0.7 * len(joints) else None


def _lines(text: str) -> list[Line]:
    out = []
    last = 0
    for found in _LINE.finditer(text):
        gap = text[last : found.start()]
        indent = len(gap) - gap.rfind("\n") - 1
        word = text.find(" ", found.start(), min(found.end(), found.start() + 60))
        first_word = (word if word >= 0 else min(found.end(), found.start() + 60)) - found.start()
        out.append(Line(found.start(), found.end(), indent, gap.count("\n") > 1, first_word))
        last = found.end()
    return out


def _continues(text: str, previous: Line, line: Line, width: int | None) -> bool:
    """Tell whether ``line`` goes on with the paragraph of ``previous``; they stand on neighbouring lines."""
    if width is None:
        return text[line.start].islower() and not _ends_sentence(text, previous)
    if line.indent > previous.indent + 1:
        return False
    return _tight(previous, line, width) or not _ends_sentence(text, previous)


def _tight(previous: Line, line: Line, width: int) -> bool:
    """Tell whether the first word of ``line`` would not have fitted after ``previous``; two cells of slack."""
    return previous.length + 1 + line.first_word > width - 2


def _ends_sentence(text: str, line: Line) -> bool:
    return bool(_FINAL.search(text, max(line.start, line.end - 8), line.end))
