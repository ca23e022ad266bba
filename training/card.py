"""Two outputs of evaluate.py → the score table of MODEL_CARD.md: `python card.py FLOAT.jsonl INT8.jsonl`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

Figures = dict[str, dict[str, float]]


def load(path: Path) -> Figures:
    """Groups of figures by name."""
    figures: Figures = {}
    for line in path.read_text().splitlines():
        if line.startswith("{"):
            figures |= json.loads(line)
    return figures


def table(exact: Figures, small: Figures) -> str:
    """Markdown rows: figure, float32, int8, difference."""
    rows = ["| figure | float32 | int8 | difference |", "|---|---|---|---|"]
    for group, figures in exact.items():
        for name, value in figures.items():
            other = small.get(group, {}).get(name)
            if other is not None:
                rows.append(f"| {group} {name} | {value:.2f} | {other:.2f} | {other - value:+.2f} |")
    return "\n".join(rows)


if __name__ == "__main__":
    print(table(load(Path(sys.argv[1])), load(Path(sys.argv[2]))))
