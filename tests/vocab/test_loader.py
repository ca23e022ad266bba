"""The loader refuses a faulty lexicon as a whole and says where the fault is."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest

from sayso.errors import VocabularyError
from sayso.vocab import Entry, load_table, name_of, phrase_table


class Fruit(Entry):
    name: str
    words: tuple[str, ...] = ()
    colour: str | None = None


class Basket(Entry):
    references: ClassVar[dict[str, str]] = {"holds": "fruits", "inside": "baskets"}
    name: str
    holds: tuple[str, ...] = ()
    inside: str | None = None


def lexicon(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")


def test_entries_come_typed_and_in_file_order(tmp_path: Path) -> None:
    lexicon(tmp_path, "fruits", '[[entry]]\nname = "plum"\nwords = ["plum", "plums"]\n[[entry]]\nname = "fig"\n')
    assert load_table("fruits", Fruit, folder=tmp_path) == (
        Fruit(name="plum", words=("plum", "plums")),
        Fruit(name="fig"),
    )


def test_a_lexicon_is_read_once(tmp_path: Path) -> None:
    lexicon(tmp_path, "fruits", '[[entry]]\nname = "plum"\n')
    first = load_table("fruits", Fruit, folder=tmp_path)
    lexicon(tmp_path, "fruits", '[[entry]]\nname = "fig"\n')
    assert load_table("fruits", Fruit, folder=tmp_path) is first


def test_references_that_hold_are_accepted(tmp_path: Path) -> None:
    lexicon(tmp_path, "fruits", '[[entry]]\nname = "plum"\n')
    lexicon(
        tmp_path,
        "baskets",
        '[[entry]]\nname = "big"\n[[entry]]\nname = "small"\nholds = ["plum"]\ninside = "big"\n',
    )
    assert [name_of(basket) for basket in load_table("baskets", Basket, folder=tmp_path)] == ["big", "small"]


REFUSED = [
    ("fruits", '[[entry]]\nname = "plum"\n[[entry]]\nname = "plum"\n', "'plum': it stands twice", "a duplicate"),
    ("fruits", '[[entry]]\nname = "plum"\ncolor = "blue"\n', "'plum': color: Extra inputs", "an unknown key"),
    ("fruits", '[[entry]]\nwords = ["plum"]\n', "'number 1': name: Field required", "an entry without a name"),
    ("fruits", '[[entry]]\nname = "plum"\nwords = "plum"\n', "'plum': words: ", "a value of the wrong type"),
    ("fruits", '[[entry]\nname = "plum"\n', "fruits.toml: not TOML", "no TOML"),
    ("fruits", 'colour = "blue"\n[[entry]]\nname = "plum"\n', "expected only .*found colour", "a stray key"),
    ("fruits", "entry = 3\n", "expected only", "an entry that is no table"),
    ("baskets", '[[entry]]\nname = "big"\nholds = ["kiwi"]\n', "holds names 'kiwi'.*fruits.toml", "a dangling name"),
    (
        "baskets",
        '[[entry]]\nname = "big"\ninside = "huge"\n',
        "inside names 'huge'.*baskets.toml",
        "within a lexicon",
    ),
]


@pytest.mark.parametrize(("name", "text", "message", "note"), REFUSED, ids=[row[3] for row in REFUSED])
def test_error_names_file_and_entry(tmp_path: Path, name: str, text: str, message: str, note: str) -> None:
    lexicon(tmp_path, "fruits", '[[entry]]\nname = "plum"\n')
    lexicon(tmp_path, name, text)
    with pytest.raises(VocabularyError, match=message) as refusal:
        load_table(name, Fruit if name == "fruits" else Basket, folder=tmp_path)
    assert f"vocab/{name}.toml" in str(refusal.value)


def test_error_for_a_lexicon_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"vocab/nuts\.toml: no such lexicon \(reinstall sayso\)"):
        load_table("nuts", Fruit, folder=tmp_path)


def test_phrases_of_a_lexicon_point_to_their_entries() -> None:
    plum = Fruit(name="plum", words=("plum", "plums"))
    assert phrase_table([plum], lambda fruit: fruit.words, place="fruits") == {"plum": plum, "plums": plum}


def test_error_for_a_phrase_that_two_entries_claim() -> None:
    fruits = [Fruit(name="plum", words=("plum",)), Fruit(name="damson", words=("plum",))]
    with pytest.raises(VocabularyError, match="entry 'damson': phrase 'plum' is also of 'plum'"):
        phrase_table(fruits, lambda fruit: fruit.words, place="fruits")
