"""The hostile inputs of the reliability work: each gives reports whose blocks fit, or a clear error, within limits."""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.intake import read_source
from sayso.intake.guard import Guard, Limits
from sayso.records import Report

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.slow,
    pytest.mark.skipif(not (SHARED / "data" / "badinput").is_dir(), reason="needs ../shared/data"),
]


LIMITS = Limits(wall=4.0, cpu=2)
MOST = 40  # of one file: there is a feed of 50,000 entries


def check(folder: Path) -> tuple[int, int]:
    """Read all files; return the number of reports and of errors."""
    reports = errors = 0
    with Guard(LIMITS) as guard:
        for file in sorted(folder.rglob("*")):
            if file.is_dir():
                continue
            started = time.process_time()
            for item in islice(read_source(str(file), parse=guard), MOST):
                if isinstance(item, InputError):
                    errors += 1
                    assert item.place.startswith(str(file)) or item.place.startswith("http")
                    assert item.way_out
                else:
                    reports += 1
                    check_blocks(item)
            assert time.process_time() - started < 10, file
    return reports, errors


def check_blocks(report: Report) -> None:
    report.text.encode("utf-8")
    at = 0
    for block in report.blocks:
        assert not report.text[at : block.start].strip()
        at = block.end
    assert not report.text[at:].strip()


def test_generated_inputs(tmp_path: Path) -> None:
    generator = (SHARED / "tools" / "gen_hostile.py").read_text("utf-8")
    # Compressed files are refused by their first bytes here, so their bombs need not be of full size.
    generator = generator.replace("(1<<30)", "(1<<20)").replace("(300<<20)", "(1<<20)")
    subprocess.run([sys.executable, "-", str(tmp_path)], input=generator, text=True, check=True)
    reports, errors = check(tmp_path)
    assert reports > 30
    assert errors > 12


def test_collected_inputs() -> None:
    reports, errors = check(SHARED / "data" / "badinput")
    assert reports + errors > 10
