"""Short readings: many reports with their gold in one TOML file."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.modern import exam, readings
from evaluation.modern.short import short_readings
from sayso.errors import InputError

ROW = '''
[[report]]
name = "ford"
published = "2031-05-14"
text = """
Gunmen killed nine guards at a ford near Tarsil on Tuesday, the army said."""
traps = ["killed | 4 of farmers | A | killed elsewhere"]

[[report.incident]]
id = "A"
kind = "shooting / armed_clash"
when = "2031-05-13"
where = "Tarsil / ford"
claims = [
  "killed | 9 of guards / soldiers | army / the army | asserts | | killed nine guards",
  "?perpetrator | Gunmen / gunmen {NER|unknown} | army | accuses | | Gunmen",
  "weapon | firearm \\"Gunmen\\" | army | asserts | | Gunmen",
  "weapon_count | 2+ of guns | army | asserts | reportedly | nine guards",
]
'''


def written(folder: Path, text: str) -> Path:
    file = folder / "rows.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_row_says_what_an_expected_reading_says(tmp_path: Path) -> None:
    [(text, expected)] = short_readings(written(tmp_path, ROW))
    [incident] = expected["incidents"]
    killed, author, weapon, fired = incident["claims"]
    assert text == "Gunmen killed nine guards at a ford near Tarsil on Tuesday, the army said.\n"
    assert (incident["kind"], incident["kind_also"], incident["when"]) == (
        "shooting",
        ["armed_clash"],
        ["2031-05-13", "2031-05-13"],
    )
    assert killed["value"] == {"low": 9, "high": 9, "of": "guards"}
    assert killed["holder"] == ["army", "the army"]
    assert not killed["optional"]
    assert author["optional"]
    assert author["value"] == {"names": ["Gunmen", "gunmen"], "country": "NER", "kind": "unknown"}
    assert weapon["value"] == {"class": "firearm", "words": "Gunmen"}
    assert fired["value"] == {"low": 2, "high": None, "of": None}
    assert fired["certainty"] == "reportedly"
    assert expected["must_not"][0]["value"] == {"low": 4, "high": 4, "of": "farmers"}


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("9 of guards / soldiers", "many", "cannot be read"),
        ("killed | 9", "killed 9", "5 parts instead of 6"),
        ('kind = "shooting / armed_clash"\n', "", "kind"),
    ],
)
def test_what_does_not_parse_is_an_error_with_its_place(tmp_path: Path, right: str, wrong: str, says: str) -> None:
    with pytest.raises(InputError, match=says) as raised:
        list(short_readings(written(tmp_path, ROW.replace(right, wrong))))
    assert "ford" in str(raised.value)


def test_the_exam_reads_them(tmp_path: Path) -> None:
    written(tmp_path, ROW)
    assert len(list(readings(tmp_path))) == 1
    held = exam(tmp_path)
    assert held.n == 1
    assert held.figures["claims"] >= 50


HOME = Path(__file__).parents[2]
FILES = [*(HOME / "training" / "claims" / "reports").glob("*.toml"), *(HOME / "evaluation" / "held").glob("*.toml")]


@pytest.mark.parametrize("file", sorted(FILES), ids=lambda file: file.stem)
def test_evidence_stands_in_the_text_it_is_of(file: Path) -> None:
    for text, expected in short_readings(file):
        plain = " ".join(text.split())
        for incident in expected["incidents"]:
            for claim in incident["claims"]:
                assert " ".join(claim["evidence"].split()) in plain, f"{expected['source']}: {claim['evidence']}"
