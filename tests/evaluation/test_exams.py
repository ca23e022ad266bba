"""The short exams are held and keep their floors; their data belong to others and may stand beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

import evaluation

SHARED = Path(__file__).parents[3] / "shared"

# exam → (folder under ../shared, split, why it is short enough to be held each time)
SHORT = {
    "modern": ("readings", None, "six reports, every fact"),
    "time": ("data", None, "256 texts, no model"),
    "muc4": ("data", "short", "60 texts"),
    "gate": ("data", None, "words only, no model"),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", SHORT)
def test_the_exam_keeps_its_floors(name: str) -> None:
    folder, split, _ = SHORT[name]
    if not (SHARED / folder).is_dir():
        pytest.skip(f"no ../shared/{folder}: the exam {name} is not held")
    exam = evaluation.run(name, SHARED / folder, split)
    floors = evaluation.floors_of(exam)
    assert floors, f"{name} has no floors for the split {exam.split}"
    assert evaluation.broken(exam, floors) == []
