"""Adding: each capture stored, known or in quarantine; versions of a page; reading again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.adding import Tally, add, reread, retry
from sayso.errors import InputError, SetupError
from sayso.intake import Capture
from sayso.ledger import Ledger, open_ledger
from sayso.ledger.contents import counts, ledger_hash
from sayso.ledger.database import dialect_of
from sayso.ledger.differing import differ
from sayso.ledger.storing import Reader
from sayso.ledger.verify import verify
from sayso.records import Reading, Report
from tests.ledger.conftest import NewLedger
from tests.ledger.foretold import READER, QuickLinker, capture_of, line_of, put, read, text_of

PNG = Capture(b"\x89PNG\r\n\x1a\n", "a.png", "text")


def verdicts(ledger: Ledger, *items: Capture | InputError) -> list[str]:
    return [outcome.verdict for outcome in put(ledger, items)]


def test_what_goes_in_comes_out_in_order_as_stored_known_or_in_quarantine(ledger: Ledger) -> None:
    one = capture_of(text_of())
    tally = Tally()
    items = [one, PNG, one, InputError("no such file", place="b.txt"), capture_of(text_of(killed=8))]
    found = [outcome.verdict for outcome in add(ledger, items, tally, read=read, reader=READER)]
    assert found == ["stored", "quarantined", "duplicate", "unreadable", "stored"]
    assert (tally.taken, tally.stored, tally.duplicate, tally.quarantined) == (4, 2, 1, 1)
    assert verify(ledger) == []


def test_error_a_sum_that_does_not_come_out_is_no_success() -> None:
    with pytest.raises(AssertionError, match="dropped in silence"):
        Tally(taken=2, stored=1).check()


def test_adding_twice_changes_nothing(ledger: Ledger) -> None:
    items = [capture_of(text_of(killed=n)) for n in range(3)] + [PNG]
    put(ledger, items)
    before = counts(ledger), ledger_hash(ledger), ledger.head()
    assert verdicts(ledger, *items) == ["duplicate"] * 3 + ["quarantined"]
    assert (counts(ledger), ledger_hash(ledger), ledger.head()) == before


def test_the_raw_bytes_come_back_as_they_went_in(ledger: Ledger) -> None:
    item = Capture("bombing Tarsk 5 killed 7 à la café\r\n".encode("cp1252"), "a.txt", "text")
    (outcome,) = put(ledger, [item])
    assert outcome.report
    assert ledger.raw(outcome.report) == item.raw


def test_a_reading_comes_back_as_it_was(ledger: Ledger) -> None:
    (outcome,) = put(ledger, [capture_of(text_of(), published="2031-05-01")])
    assert outcome.report
    report = ledger.report(outcome.report)
    assert report.published == "2031-05-01"
    (expected,) = read([report])
    assert ledger.reading(report.id).to_json() == expected.to_json()
    assert list(ledger.claims()) == list(expected.claims)
    assert list(ledger.statements()) == list(expected.statements)
    assert list(ledger.readings()) == [expected]


def test_a_changed_page_is_a_new_version_and_the_old_one_stays(ledger: Ledger) -> None:
    pages = [line_of(text_of(killed=n), url="https://post.example/tarsk", title="Blast") for n in (3, 5, 6)]
    first, second, third = put(ledger, pages)
    assert [outcome.former for outcome in (first, second, third)] == [None, first.report, second.report]
    assert first.report
    assert second.report
    assert ledger.versions_of(second.report) == [first.report, second.report, third.report]
    change = differ(ledger.reading(first.report), ledger.reading(second.report))
    assert [line[:1] for line in change.text] == ["-", "+"]
    assert [len(change.removed), len(change.added)] == [1, 1]


def test_two_pages_of_one_id_at_two_outlets_are_no_versions(ledger: Ledger) -> None:
    one = line_of(text_of(killed=1), id="7", publisher="Post")
    other = line_of(text_of(killed=2), id="7", publisher="Wire")
    assert [outcome.former for outcome in put(ledger, [one, other])] == [None, None]


def broken(reports: Iterable[Report]) -> Iterator[Reading]:
    for report in reports:
        if "killed 13" in report.text:
            raise ZeroDivisionError("thirteen")
        yield from read([report])


def test_a_fault_of_ours_on_one_report_puts_only_that_one_in_quarantine(ledger: Ledger) -> None:
    items = [capture_of(text_of(killed=n)) for n in (12, 13, 14)]
    found = [outcome.verdict for outcome in add(ledger, items, Tally(), read=broken, reader=READER)]
    assert found == ["stored", "quarantined", "stored"]
    (row,) = ledger.quarantined()
    assert "ZeroDivisionError: thirteen" in row["reason"]
    assert [outcome.verdict for outcome in retry(ledger, read=read, reader=READER)] == ["stored"]
    assert list(ledger.quarantined()) == []
    assert verify(ledger) == []


class BrokenLinker(QuickLinker):
    """Cannot link what happened on the thirteenth."""

    def compare(self, a: Any, b: Any) -> Any:
        if 13 in (a[2], b[2]):
            raise IndexError("thirteen")
        return super().compare(a, b)

    def trace(self, report: Report) -> str:
        if "killed 13" in report.text:
            raise ZeroDivisionError("thirteen")
        return super().trace(report)


def test_a_fault_of_ours_while_filing_or_linking_puts_only_that_report_in_quarantine(new_ledger: NewLedger) -> None:
    ledger, good = new_ledger("broken"), new_ledger("good")
    ledger._linker = BrokenLinker()
    items = [capture_of(text_of(day=day, killed=killed)) for day, killed in ((12, 1), (13, 2), (12, 13), (12, 4))]
    found = list(add(ledger, items, Tally(), read=read, reader=READER))
    assert [outcome.verdict for outcome in found] == ["stored", "quarantined", "quarantined", "stored"]
    reasons = [row["reason"] for row in ledger.quarantined()]
    assert reasons == ["filing it failed: IndexError: thirteen", "filing it failed: ZeroDivisionError: thirteen"]
    assert verify(ledger) == []
    ledger._linker = QuickLinker()
    assert [outcome.verdict for outcome in retry(ledger, read=read, reader=READER)] == ["stored", "stored"]
    put(good, [items[at] for at in (0, 3, 1, 2)])
    assert ledger.clusters().keys() == good.clusters().keys()
    assert verify(ledger) == []


def loose(reports: Iterable[Report]) -> Iterator[Reading]:
    for report in reports:
        if "killed 13" in report.text:
            report.span(5, 10_000)
        yield from read([report])


def test_a_span_outside_its_text_is_a_fault_of_ours_too(ledger: Ledger) -> None:
    items = [capture_of(text_of(killed=n)) for n in (12, 13, 14)]
    found = [outcome.verdict for outcome in add(ledger, items, Tally(), read=loose, reader=READER)]
    assert found == ["stored", "quarantined", "stored"]


def test_a_dry_run_foretells_and_stores_nothing(ledger: Ledger) -> None:
    one = capture_of(text_of())
    put(ledger, [one])
    before = counts(ledger)
    items = [one, PNG, capture_of(text_of(killed=8))]
    found = [outcome.verdict for outcome in add(ledger, items, Tally(), read=read, reader=READER, dry_run=True)]
    assert found == ["duplicate", "quarantined", "stored"]
    assert counts(ledger) == before


def read_otherwise(reports: Iterable[Report]) -> Iterator[Reading]:
    """Read no incidents."""
    for report in reports:
        yield Reading(reports=(report,))


def test_reading_again_keeps_the_old_reading(ledger: Ledger) -> None:
    one, other = put(ledger, [capture_of(text_of()), capture_of(text_of(killed=8))])
    assert one.report
    assert other.report
    seq = ledger.head().seq
    before = ledger.clusters()
    new = Reader("0.1", "foretold")
    changes = list(reread(ledger, read=read_otherwise, reader=new))
    assert {report for report, _, _ in changes} == {one.report, other.report}
    assert ledger.clusters() == {}
    assert ledger.clusters(as_of=seq) == before
    assert [len(ledger.readings_of(each)) for each in (one.report, other.report)] == [2, 2]
    assert ledger.reading(one.report).claims == ()
    assert ledger.reading(one.report, reading_id=changes[0][1]).claims != ()
    assert list(reread(ledger, read=read_otherwise, reader=new)) == []
    assert verify(ledger) == []


def test_an_incident_that_is_read_again_keeps_its_id(ledger: Ledger) -> None:
    put(ledger, [capture_of(text_of(killed=n)) for n in (1, 2, 3)])
    before = ledger.clusters()
    list(reread(ledger, read=read, reader=Reader("0.1", "foretold")))
    assert ledger.clusters() == before
    assert verify(ledger) == []


def test_error_writing_to_a_ledger_opened_for_reading_is_refused(ledger: Ledger) -> None:
    with open_ledger(ledger.project, linker=QuickLinker()) as reader, pytest.raises(SetupError, match="for reading"):
        put(reader, [capture_of(text_of())])


def test_error_what_is_not_there_raises_a_key_error(ledger: Ledger) -> None:
    for ask in (ledger.report, ledger.raw, ledger.reading, ledger.former_of, ledger.report_of_reading):
        with pytest.raises(KeyError):
            ask("re_0000000000000000")


def test_odd_names_of_files_are_spelled_out(ledger: Ledger) -> None:
    (outcome,) = put(ledger, [capture_of(text_of(), place="a\udcff\0.txt")])
    assert outcome.verdict == "stored"
    (row,) = ledger.report_rows()
    assert row["place"] == "a\\udcff\\x00.txt"


def test_all_words_are_found_whatever_they_are_made_of(ledger: Ledger) -> None:
    put(ledger, [capture_of(text_of(words='He said "no" to café NEAR('))])
    with ledger.snapshot() as connection:
        for words, hits in {"cafe tarsk": 1, '"no"': 1, 'NEAR( "': 1, "": 0, "velm": 0, "tars*": 0}.items():
            assert len(dialect_of(connection).search(connection, words, limit=9)) == hits, words


def test_folder_is_as_it_should_be(ledger: Ledger, tmp_path: Path) -> None:
    put(ledger, [capture_of(text_of())])
    files = sorted(path.name for path in ledger.project.folder.iterdir() if not path.name.endswith(("-wal", "-shm")))
    of_file = [] if ledger.project.address else ["evidence", "ledger.db"]
    assert files == [*of_file, "log.head", "sayso.toml"]
