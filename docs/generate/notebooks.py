"""Notebooks as pages: their words, their code, and what the code gives when it is run here, cell after cell."""

from __future__ import annotations

import ast
import contextlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from docs.generate import ROOT
from docs.generate.markdown import MADE

FOLDER: Final = ROOT / "docs" / "notebooks"


def files() -> list[Path]:
    """Return all notebooks."""
    return sorted(FOLDER.glob("*.ipynb"))


def cells_of(path: Path) -> list[tuple[str, str]]:
    """Return the cells of a notebook: "markdown" or "code", and what stands in it."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [(cell["cell_type"], "".join(cell["source"])) for cell in cells]


def pages() -> dict[str, str]:
    """Return a page a notebook; their code is run."""
    return {f"reference/notebooks/{path.stem}.md": page(path) for path in files()}


def page(path: Path) -> str:
    """Return a notebook as a page."""
    parts = [MADE.rstrip(), f"% of docs/notebooks/{path.name}"]
    names: dict[str, Any] = {"__name__": "__main__"}
    for number, (kind, source) in enumerate(cells_of(path)):
        if kind == "markdown":
            parts.append(source)
        else:
            parts.append(f"```python\n{source}\n```")
            parts += _shown(*run(source, names, f"{path.name}:{number}"))
    return "\n\n".join(parts) + "\n"


def run(source: str, names: dict[str, Any], place: str) -> tuple[str, Any]:
    """Run a cell; return what it prints and the value of its last line, None where that is no expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, place, "exec"), names)
        value = eval(compile(ast.Expression(last.value), place, "eval"), names) if isinstance(last, ast.Expr) else None
    return printed.getvalue(), value


def _shown(printed: str, value: Any) -> Iterator[str]:
    if printed:
        yield f"```text\n{printed.rstrip()}\n```"
    if value is not None:
        html = getattr(value, "_repr_html_", lambda: None)() or getattr(value, "_repr_svg_", lambda: None)()
        yield f'```{{raw}} html\n<div class="output">\n{html}\n</div>\n```' if html else f"```text\n{value!r}\n```"
