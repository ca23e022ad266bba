"""The rows of ``evaluation.linking.curve`` as a chart: processor's milliseconds an account, and pairs an account.

python -m evaluation.linking.plot < rows.tsv > curve.svg
"""

from __future__ import annotations

import csv
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Final

WIDTH, HEIGHT, LEFT, BASE = 640, 300, 60, 250
LINES: Final[Sequence[tuple[str, str, Callable[[Mapping[str, str]], float]]]] = (
    ("ms of a processor an account", "#1b6ca8", lambda row: float(row["us_each"]) / 1000),
    ("ten pairs compared an account", "#b5541c", lambda row: float(row["pairs_each"]) / 10),
)


def chart(rows: Sequence[Mapping[str, str]]) -> str:
    """Return the chart as SVG: accounts on a logarithmic axis, a line for each of ``LINES``."""
    sizes = [math.log10(float(row["accounts"])) for row in rows]
    top = math.ceil(max(of(row) for _, _, of in LINES for row in rows))
    across = [LEFT + (WIDTH - LEFT - 60) * (size - sizes[0]) / ((sizes[-1] - sizes[0]) or 1) for size in sizes]
    parts = [f'<line x1="{LEFT}" y1="{BASE}" x2="{WIDTH - 40}" y2="{BASE}" stroke="#888"/>']
    for at in range(top + 1):
        y = BASE - (BASE - 40) * at / top
        parts.append(f'<text x="{LEFT - 10}" y="{y + 4:.0f}" text-anchor="end">{at}</text>')
    for x, row in zip(across, rows, strict=True):
        parts.append(f'<text x="{x:.0f}" y="{BASE + 20}" text-anchor="middle">{int(row["accounts"]):,}</text>')
    for number, (name, colour, of) in enumerate(LINES):
        dots = [(x, BASE - (BASE - 40) * of(row) / top) for x, row in zip(across, rows, strict=True)]
        points = " ".join(f"{x:.0f},{y:.0f}" for x, y in dots)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="{LEFT + 250 * number}" y="20" fill="{colour}">{name}</text>')
    parts.append(f'<text x="{WIDTH / 2:.0f}" y="{HEIGHT - 8}" text-anchor="middle">accounts</text>')
    told = f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13"'
    return "\n".join([f'<svg xmlns="http://www.w3.org/2000/svg" {told}>', *parts, "</svg>", ""])


if __name__ == "__main__":
    sys.stdout.write(chart([row for row in csv.DictReader(sys.stdin, delimiter="\t") if row["accounts"] != "accounts"]))
