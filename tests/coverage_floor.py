"""Fails when branch coverage of the values and the records falls below its floor (step 1: 95 %)."""

from __future__ import annotations

import subprocess
import sys

FLOORS = {"src/sayso/values/*,src/sayso/records.py": 95, "src/sayso/*": 85}

status = 0
for files, floor in FLOORS.items():
    print(f"coverage of {files}: at least {floor} %")
    status |= subprocess.call(
        [sys.executable, "-m", "coverage", "report", "--skip-covered", f"--include={files}", f"--fail-under={floor}"]
    )
sys.exit(status)
