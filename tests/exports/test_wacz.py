"""WACZ: all evidence of a project in one package that we and others read again, byte for byte, the same each time."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from evaluation.guarantees.foretold import READER, QuickLinker, line_of, read, text_of
from sayso.adding import Tally, add, in_this_process
from sayso.errors import NotFoundError
from sayso.exports.wacz import Packed, surt, write_wacz
from sayso.intake import Capture, Given, Inventory, capture
from sayso.intake.fetching.keeping import Keeper
from sayso.ledger import Ledger, create, open_ledger

URL = "https://www.wire.example/Tarsk?id=3"
PAGE = f"<html><body><article><h1>Blast</h1><p>{text_of(killed=4)}</p></article></body></html>".encode()
WHEN = "2031-05-14T10:00:00+00:00"
ITEMS = [
    Capture(PAGE, URL, "page", Given(url=URL, retrieved=WHEN, charset="utf-8")),
    Capture("Seven died in Orra, the café owner said.".encode("cp1252"), "a.txt", "text", Given(charset="cp1252")),
    line_of(text_of(killed=9), url="https://post.example/1", title="Nine dead"),
    Capture(b"\x89PNG\r\n\x1a\n", "picture.txt", "text"),
]


@pytest.fixture
def ledger(tmp_path: Path) -> Any:
    create(tmp_path / "project").close()
    keeper = Keeper(tmp_path / "project" / "fetched")
    packed = gzip.compress(PAGE)
    headers = (("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"), ("Server", "of ours"))
    keeper.keep(URL, {"User-Agent": "x"}, 200, headers, packed, WHEN)
    keeper.keep("https://wire.example/other", {}, 200, headers, b"nothing of the ledger", WHEN)
    keeper.close()
    with open_ledger(tmp_path / "project", "write", linker=QuickLinker()) as ledger:
        put(ledger, ITEMS)
        yield ledger


def put(ledger: Ledger, items: Any) -> Tally:
    tally = Tally()
    list(add(ledger, items, tally, read=read, reader=READER, parse=in_this_process))
    return tally


def packed(ledger: Ledger, *ids: str) -> tuple[bytes, Packed]:
    out = io.BytesIO()
    made = write_wacz(ledger, out, ids or None)
    return out.getvalue(), made


def test_all_evidence_is_in_it_and_comes_out_of_it_again(ledger: Ledger, tmp_path: Path) -> None:
    raw, made = packed(ledger)
    assert (made.reports, made.quarantined, made.fetched, made.resources) == (3, 1, 1, 3)
    file = tmp_path / "evidence.wacz"
    file.write_bytes(raw)
    told: list[Inventory] = []
    items = [each for each in capture(str(file), tell=told.append) if isinstance(each, Capture)]
    assert sorted(hashlib.sha256(each.raw).hexdigest() for each in items) == sorted(
        hashlib.sha256(each.raw).hexdigest() for each in ITEMS
    )
    assert [(each.told, each.size, each.damaged) for each in told] == [(len(raw), len(raw), 0)]
    assert put(ledger, items) == Tally(duplicate=3, quarantined=1, taken=4)
    create(tmp_path / "second").close()
    with open_ledger(tmp_path / "second", "write", linker=QuickLinker()) as second:
        assert put(second, items) == Tally(stored=3, quarantined=1, taken=4)
        assert {each.id: each.text for each in second.reports()} == {each.id: each.text for each in ledger.reports()}


def test_what_was_fetched_keeps_its_headers_and_its_request(ledger: Ledger) -> None:
    with zipfile.ZipFile(io.BytesIO(packed(ledger)[0])) as package:
        archive = gzip.decompress(package.read("archive/data.warc.gz"))
    assert b"Server: of ours" in archive
    assert b"User-Agent: x" in archive
    assert b"nothing of the ledger" not in archive


def test_the_package_describes_itself(ledger: Ledger) -> None:
    raw, _ = packed(ledger)
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        assert package.testzip() is None
        about = json.loads(package.read("datapackage.json"))
        digest = json.loads(package.read("datapackage-digest.json"))
        assert digest["hash"] == "sha256:" + hashlib.sha256(package.read("datapackage.json")).hexdigest()
        assert (about["profile"], about["wacz_version"]) == ("data-package", "1.1.1")
        for each in about["resources"]:
            inside = package.read(each["path"])
            assert (each["bytes"], each["hash"]) == (len(inside), f"sha256:{hashlib.sha256(inside).hexdigest()}")
        pages = [json.loads(line) for line in package.read("pages/pages.jsonl").splitlines()]
        assert pages[0]["format"] == "json-pages-1.0"
        assert pages[1]["url"] == URL
        assert text_of(killed=4) in pages[1]["text"]
        archive, index = package.read("archive/data.warc.gz"), package.read("indexes/index.cdxj").decode().splitlines()
        assert all(entry.compress_type == zipfile.ZIP_STORED for entry in package.infolist())
    assert index == sorted(index)
    assert {json.loads(line.split(" ", 2)[2])["url"] for line in index} >= {page["url"] for page in pages[1:]}
    for line in index:
        _, moment, told = line.split(" ", 2)
        where = json.loads(told)
        start = int(where["offset"])
        record = gzip.decompress(archive[start : start + int(where["length"])])
        assert record.startswith(b"WARC/1.")
        assert where["url"].encode() in record
        assert len(moment) == 14


def test_other_tools_read_it(ledger: Ledger) -> None:
    from warcio.archiveiterator import ArchiveIterator

    with zipfile.ZipFile(io.BytesIO(packed(ledger)[0])) as package, package.open("archive/data.warc.gz") as stream:
        records = ArchiveIterator(stream, check_digests="raise")
        bodies = {each.content_stream().read() for each in records if each.rec_type in {"response", "resource"}}
    assert bodies == {each.raw for each in ITEMS}


def test_the_same_ledger_gives_the_same_bytes_and_chosen_reports_only_theirs(ledger: Ledger) -> None:
    assert packed(ledger)[0] == packed(ledger)[0]
    chosen = next(iter(ledger.reports())).id
    raw, made = packed(ledger, chosen)
    assert (made.reports, made.quarantined) == (1, 0)
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        assert len(package.read("pages/pages.jsonl").splitlines()) == 2


def test_error_a_report_that_is_not_there(ledger: Ledger) -> None:
    with pytest.raises(NotFoundError, match="no such report"):
        packed(ledger, "re_0000000000000000")


ADDRESSES = [
    ("https://www.wire.example/A/b?Q=1", "example,wire)/a/b?q=1"),
    ("http://wire.example", "example,wire)/"),
    ("https://wire.example:8443/x", "example,wire:8443)/x"),
    ("urn:sayso:re_0", "urn:sayso:re_0"),
]


@pytest.mark.parametrize(("url", "key"), ADDRESSES)
def test_indexes_sort_addresses_by_their_host_from_the_right(url: str, key: str) -> None:
    assert surt(url) == key
