"""Adding with workers elsewhere: the same ledger, and what was read once is not read again."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from evaluation.guarantees.foretold import QuickLinker, capture_of, read, text_of
from sayso.adding import Prepared, Tally, chosen_read, default_reader, gate_as_reader, in_this_process, prepared
from sayso.adding import add as add_here
from sayso.errors import InputError, SetupError
from sayso.intake import Capture
from sayso.ledger import Ledger, create, open_ledger
from sayso.ledger.contents import counts, ledger_hash
from sayso.ledger.verify import verify
from sayso.scale import adding, shards
from sayso.scale.shards import Shard

ITEMS: list[Capture | InputError] = [
    *(capture_of(text_of(day=number % 9 + 1, killed=number)) for number in range(1, 150)),
    capture_of(""),
    InputError("no bytes to be had", place="gone.txt"),
    capture_of(text_of(day=2, killed=1)),
    capture_of(text_of(day=2, killed=1)),
]


class Quick:
    """A cluster in this process, which may die after some shards."""

    def __init__(self, lives: int = 99) -> None:
        self.workers: list[Any] = [None]
        self.lives, self.read = lives, 0

    def prepare(self, given: Iterable[tuple[Shard, bool]]) -> Iterator[tuple[Shard, bytes | None]]:
        for shard, wanted in given:
            if wanted and self.read == self.lives:
                raise SetupError("all nodes are gone")
            self.read += wanted
            made = prepared(shard.captures, read=read, parse=in_this_process) if wanted else {}
            yield shard, shards.pack(made) if wanted else None


def add(ledger: Ledger, cluster: Quick) -> Tally:
    tally = Tally()
    for _ in adding.add(ledger, ITEMS, tally, cluster):  # type: ignore[arg-type]
        pass
    return tally


@pytest.fixture
def project(tmp_path: Path) -> Path:
    create(tmp_path / "empty").close()
    return tmp_path


def opened(folder: Path, name: str) -> Ledger:
    if not (folder / name).exists():
        shutil.copytree(folder / "empty", folder / name)
    return open_ledger(folder / name, "write", linker=QuickLinker())


def test_the_ledger_is_the_same_wherever_reports_were_read(project: Path) -> None:
    with opened(project, "there") as there, opened(project, "here") as here:
        tally, alone = add(there, Quick()), Tally()
        for _ in add_here(here, ITEMS, alone, read=read, reader=default_reader(), parse=in_this_process):
            pass
        assert tally == alone
        assert (tally.stored, tally.duplicate, tally.quarantined, tally.unreadable) == (149, 2, 1, 1)
        assert ledger_hash(there) == ledger_hash(here)
        assert verify(there) == []
        assert not (there.project.folder / adding.FOLDER).exists()


def test_shards_that_were_read_are_not_read_again(project: Path) -> None:
    broken, whole = Quick(lives=2), Quick()
    with opened(project, "there") as ledger:
        with pytest.raises(SetupError, match="all nodes are gone"):
            add(ledger, broken)
        kept = list((ledger.project.folder / adding.FOLDER).glob("*.parquet"))
        assert (broken.read, len(kept)) == (2, 2)
        add(ledger, whole)
        assert whole.read == 1
        assert counts(ledger)["reports"] == 149
        again = Quick()
        add(ledger, again)
        assert again.read == 1  # the last shard: what is in quarantine is no report


def test_what_was_made_of_captures_comes_back_as_it_was() -> None:
    captures = [item for item in ITEMS if isinstance(item, Capture)][-4:]
    made = prepared(captures, read=read, parse=in_this_process)
    back = shards.unpack(shards.pack(made))
    assert {sha: (_told(each), each.notes) for sha, each in back.items()} == {
        sha: (_told(each), each.notes) for sha, each in made.items()
    }
    assert shards.unpack(None) == {}


def _told(each: Prepared) -> object:
    return str(each.result) if isinstance(each.result, InputError) else each.result


def test_a_shard_is_named_by_what_is_in_it_and_who_reads_it() -> None:
    (first,), (second,) = (list(shards.cut([item])) for item in ITEMS[:2])
    reader = default_reader()
    other = type(reader)("0.0.0", reader.model)
    assert len({first.name(reader), second.name(reader), first.name(other)}) == 3
    assert first.name(reader) == Shard(first.items).name(reader)


def test_shards_read_behind_the_gate_are_not_taken_up_without_it(project: Path) -> None:
    names = []
    for gated in (False, True):
        with opened(project, f"gated {gated}") as ledger:
            with pytest.raises(SetupError, match="all nodes are gone"):
                list(adding.add(ledger, ITEMS, Tally(), Quick(lives=2), gated=gated))  # type: ignore[arg-type]
            names.append({file.name for file in (ledger.project.folder / adding.FOLDER).iterdir()})
    assert [len(each) for each in names] == [2, 2]
    assert not names[0] & names[1]


def test_what_the_gate_held_back_is_told_by_its_reading_wherever_it_was_read(project: Path) -> None:
    quiet = capture_of("The fair opens on Monday. " * 30)
    there = shards.unpack(shards.pack(prepared([quiet], read=chosen_read(gated=True), parse=in_this_process)))
    with opened(project, "there") as ledger:
        (outcome,) = add_here(ledger, [quiet], tally := Tally(), prepare=lambda _: there, reader=default_reader())
        assert (outcome.verdict, outcome.gated, tally.stored, tally.gated) == ("stored", True, 1, 1)
        (row,) = ledger.readings_of(outcome.report or "")
        assert row["model"] == gate_as_reader().model
        (again,) = add_here(ledger, [quiet], tally, prepare=lambda _: there, reader=default_reader())
        assert (again.verdict, again.gated, tally.gated) == ("duplicate", False, 1)


def test_error_a_shard_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SetupError, match="cannot be written"):
        shards.keep(tmp_path / "file" / "x.parquet", b"")
