"""The registry of formats: one line hooks one up, and what is missing is said with the way out."""

from __future__ import annotations

import contextlib
import gc
import importlib.util
import re
from pathlib import Path

import pytest

from sayso.errors import SetupError, UsageError
from sayso.exports.out import pieces, undisturbed, write
from sayso.exports.profiles import NAMES, format_for, profiles
from sayso.exports.reference import reference
from sayso.exports.registry import MODULES, Format, check_installed, format_of, formats
from sayso.exports.selection import Selection

EXPORTS = Path(__file__).parents[2] / "src" / "sayso" / "exports"


def test_every_format_is_called_as_it_is_asked_for_and_is_one_file_or_a_folder() -> None:
    assert [each.name for each in formats()] == list(MODULES)
    for each in formats():
        assert (each.stream is None) != (each.folder is None)
        assert each.title
        assert each.schema.startswith("https://")


def test_every_module_that_has_a_format_is_in_the_registry() -> None:
    having = {
        "sayso." + ".".join(path.relative_to(EXPORTS.parent).with_suffix("").parts)
        for path in EXPORTS.rglob("*.py")
        if re.search(r"^FORMAT(: Final)? = Format\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert having == set(MODULES.values())


def test_every_column_has_a_meaning_and_stands_once() -> None:
    found = reference()
    tables = [table for each in found["formats"] for table in each["tables"]] + [p["table"] for p in found["profiles"]]
    assert {table["name"] for table in tables} >= {"incidents", "claims", "statements", "reports", "origins", *NAMES}
    for table in tables:
        names = [column["name"] for column in table["columns"]]
        assert len(set(names)) == len(names), table["name"]
        assert all(column["meaning"] for column in table["columns"]), table["name"]
        assert set(table["key"]) <= set(names)


def test_error_a_format_that_is_not_there() -> None:
    with pytest.raises(UsageError, match=r"no format 'shapefile' .*one of: csv"):
        format_of("shapefile")
    with pytest.raises(UsageError, match="no profile 'icews'"):
        format_for("icews")


def test_error_a_missing_extra_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, chosen: Selection) -> None:
    monkeypatch.setattr("sayso.exports.registry.find_spec", lambda name: None)
    with pytest.raises(SetupError, match=r"parquet needs pyarrow \(pip install 'sayso\[frames\]'\)"):
        next(pieces(format_of("parquet"), chosen))
    check_installed(format_of("csv"))
    assert importlib.util.find_spec("pyarrow")


@pytest.mark.parametrize("wanted", [*formats(), *(format_for(name) for name in NAMES)], ids=lambda each: each.name)
def test_exporting_twice_gives_the_same_bytes(wanted: Format, chosen: Selection, tmp_path: Path) -> None:
    first = b"".join(pieces(wanted, chosen))
    assert first == b"".join(pieces(wanted, chosen))
    assert len(first) > 500
    files = write(wanted, chosen, tmp_path / "out")
    if wanted.stream:
        assert files[0].read_bytes() == first
    else:
        again = write(wanted, chosen, tmp_path / "again")
        assert [file.read_bytes() for file in files] == [file.read_bytes() for file in again]


def test_profiles_name_a_codebook_and_what_they_lose() -> None:
    for profile in profiles():
        assert profile.described_at.startswith("https://")
        assert len(profile.losses) > 2
        assert profile.rules


@pytest.mark.parametrize("collecting", [True, False])
def test_garbage_is_collected_again_after_an_export(collecting: bool) -> None:
    (gc.enable if collecting else gc.disable)()
    try:
        with contextlib.suppress(ValueError), undisturbed():
            assert not gc.isenabled()
            raise ValueError("an export that fails")
        assert gc.isenabled() is collecting
    finally:
        gc.enable()
