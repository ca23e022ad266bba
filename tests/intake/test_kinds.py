"""Every kind of source: what is in it becomes reports, each byte and entry accounted for. All texts are invented."""

# ruff: noqa: E501 - feeds and archives stand as they are
from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from sayso.errors import InputError, SetupError
from sayso.intake import Capture, Given, Inventory, capture, read_source
from sayso.intake.archive import Reader, read_records
from sayso.intake.kinds import Kind, kind_of, kinds
from sayso.intake.kinds.table import parse_columns
from sayso.records import Report

LEDE = "Nine people were killed when a bomb exploded in a market in Tarsk on Monday, the police said."
MORE = "The interior ministry blamed the Northern Front, which denied it and said its men had left the town in May."
PAGE = (
    f"<html><head><title>Bomb in Tarsk</title></head><body><article><p>{LEDE}</p><p>{MORE}</p></article></body></html>"
)


def read(file: Path, given: Given = Given(), raw: bytes | str | None = None) -> list[Report]:  # noqa: B008
    if raw is not None:
        file.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    items = list(read_source(str(file), given))
    assert not [item for item in items if isinstance(item, InputError)], items
    return [item for item in items if isinstance(item, Report)]


def problems(file: Path, raw: bytes | str) -> list[str]:
    file.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return [item.problem for item in read_source(str(file)) if isinstance(item, InputError)]


def test_every_kind_is_listed_once_and_says_what_it_is() -> None:
    names = [kind.name for kind in kinds()]
    assert len(names) == len(set(names)) >= 17
    assert all(kind.says and (kind.form is None) == (kind.report is None) for kind in kinds())


RECOGNISED = [
    ("a.html", b"", "page"), ("a.txt", b"", "text"), ("a.jsonl", b"", "lines"), ("a.md", b"", "markdown"),
    ("a.csv", b"text,title\n", "table"), ("a.csv", b"Link,Archive status\n", "auto-archiver"),
    ("a.xml", b'<?xml version="1.0"?><rss version="2.0">', "feed"), ("a", b"<feed xmlns='x'>", "feed"),
    ("a", b"<rdf:RDF xmlns:rdf='x'>", "feed"), ("a.xml", b"<opml version='2.0'>", "opml"),
    ("a.xml", b"<urlset>", "sitemap"), ("a.json", b'{"version": "https://jsonfeed.org/version/1.1"', "json-feed"),
    ("a.json", b'{"uri": "x", "body_text": "', "ninjs"), ("a.json", b"{}", "json"), ("a.xml", b"<newsItem>", "newsml"),
    ("a", b"WARC/1.0\r\n", "warc"), ("a.warc.gz", b"", "warc"), ("a.wacz", b"", "wacz"), ("a", b"%PDF-1.7", "pdf"),
    ("a.eml", b"", "mail"), ("a", b"From: x\nMIME-Version: 1.0\n\n", "mail"), ("a", b"Nine people died.", "text"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "head", "kind"), RECOGNISED, ids=[f"{row[2]}: {row[0]}" for row in RECOGNISED])
def test_a_kind_is_known_by_its_name_or_its_first_bytes(name: str, head: bytes, kind: str) -> None:
    assert kind_of(name, head).name == kind


def test_error_an_extension_that_is_no_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    class Entry:
        name = value = "other:KIND"

        def load(self) -> object:
            return 7

    kinds.cache_clear()
    monkeypatch.setattr("sayso.intake.kinds.entry_points", lambda group: [Entry()])
    with pytest.raises(SetupError, match="no sayso"):
        kinds()
    monkeypatch.undo()
    kinds.cache_clear()


def test_an_extension_goes_before_our_own_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Kind("own", "of another package", (".txt",), lambda opened, given: iter(()))

    class Entry:
        name = value = "other:KIND"

        def load(self) -> Kind:
            return own

    kinds.cache_clear()
    monkeypatch.setattr("sayso.intake.kinds.entry_points", lambda group: [Entry()])
    assert kinds()[0] is own
    monkeypatch.undo()
    kinds.cache_clear()


# -- pages and texts --------------------------------------------------------------------------------------------------


def test_a_page_of_singlefile_tells_its_address(tmp_path: Path) -> None:
    note = (
        "<!--\n Page saved with SingleFile \n url: https://wire.example/tarsk \n saved date: Sat May 14 2031 "
        "21:15:00 GMT+0200 (Central European Summer Time)\n-->"
    )
    (report,) = read(tmp_path / "a.html", raw=f"<!DOCTYPE html><html>{note}{PAGE[6:]}")
    assert (report.url, report.published) == ("https://wire.example/tarsk", None)


def test_markdown_keeps_headings_quotes_and_front_matter(tmp_path: Path) -> None:
    text = f"---\ntitle: 'Bomb in Tarsk'\ndate: 2031-05-14\nlang: en-GB\nlayout: post\n---\n## Scene\n\n{LEDE} [map](x)\n\n> Nothing *left*.\n"
    (report,) = read(tmp_path / "a.md", raw=text)
    assert (report.title, report.published, report.language) == ("Bomb in Tarsk", "2031-05-14", "en")
    kinds_found = [(block.kind, report.text[block.start : block.end]) for block in report.blocks]
    assert kinds_found == [("headline", "Scene"), ("paragraph", f"{LEDE} map"), ("quote", "Nothing left.")]


def test_mail_is_a_report_of_its_sender(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"] = "Coast Wire <desk@wire.example>"
    message["Subject"] = "Bomb kills nine"
    message["Date"] = "Wed, 14 May 2031 09:40:00 +0200"
    message.set_content(f"{LEDE}\n\n{MORE}\n")
    message.add_alternative(PAGE, subtype="html")
    (report,) = read(tmp_path / "a.eml", raw=bytes(message))
    assert (report.title, report.publisher, report.published) == (
        "Bomb kills nine",
        "Coast Wire",
        "2031-05-14T09:40+02:00",
    )
    assert report.text.startswith(LEDE)


def test_a_page_saved_by_chrome_is_read_from_its_mhtml(tmp_path: Path) -> None:
    raw = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://wire.example/a\r\nSubject: x\r\n"
        "Date: Wed, 14 May 2031 09:40:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="=B"\r\n\r\n--=B\r\nContent-Type: text/html\r\n'
        f"Content-Transfer-Encoding: 8bit\r\nContent-Location: https://wire.example/a\r\n\r\n{PAGE}\r\n--=B--\r\n"
    )
    (report,) = read(tmp_path / "a.mhtml", raw=raw)
    assert (report.url, report.title, report.published) == ("https://wire.example/a", "Bomb in Tarsk", None)
    assert LEDE in report.text


def pdf(lines: list[str]) -> bytes:
    """Return a PDF of one page, written by hand."""
    shown = "BT /F1 11 Tf 40 780 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(shown)}>>stream\n{shown}\nendstream", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    out, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj{each}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return f"{out}xref\n0 6\n0000000000 65535 f \n{table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF".encode()


def test_a_pdf_with_words_is_read_and_one_of_pictures_is_refused(tmp_path: Path) -> None:
    (report,) = read(tmp_path / "a.pdf", raw=pdf([LEDE[:60], LEDE[60:]]))
    assert " ".join(report.text.split()).replace(" ", "") == LEDE.replace(" ", "")
    assert problems(tmp_path / "b.pdf", pdf([])) == ["no text layer: its pages are pictures"]
    assert "no PDF" in problems(tmp_path / "c.pdf", b"%PDF-1.4\nrubbish")[0]


# -- tables -----------------------------------------------------------------------------------------------------------


def test_a_row_of_csv_is_a_report_by_the_names_of_its_columns(tmp_path: Path) -> None:
    raw = f'Headline;Date;Source;Body\r\nBomb;2031-05-14;Coast Wire;"{LEDE}\r\n\r\nHe said ""no""."\r\n;;;{MORE}\r\n'
    first, second = read(tmp_path / "a.csv", raw=raw)
    assert (first.title, first.published, first.publisher) == ("Bomb", "2031-05-14", "Coast Wire")
    assert first.text == f'{LEDE}\n\nHe said "no".'
    assert (second.text, second.title) == (MORE, None)


def test_columns_can_be_named(tmp_path: Path) -> None:
    raw = f"a\tb\n{LEDE}\tTarsk\n"
    (report,) = read(tmp_path / "a.tsv", Given(columns="text=a,title=b"), raw)
    assert (report.text, report.title) == (LEDE, "Tarsk")


TORN = [
    ("a,b\n1,2\n", "no column holds the text"),
    ('text\n"open', "no row of CSV"),
    ("text,title\na,b,c\n", "3 cells under 2 columns"),
    ("text,date\nx,yesterday\n", "'yesterday' is no date"),
]


@pytest.mark.parametrize(("raw", "problem"), TORN, ids=[row[1] for row in TORN])
def test_error_a_row_that_is_none(tmp_path: Path, raw: str, problem: str) -> None:
    (found,) = problems(tmp_path / "a.csv", raw)
    assert problem in found


def test_a_quotation_that_never_ends_spoils_its_own_row_only(tmp_path: Path) -> None:
    raw = 'text\n"open\n' + "".join(f"row {n}\n" for n in range(3000))
    (tmp_path / "a.csv").write_text(raw, encoding="utf-8")
    items = list(read_source(str(tmp_path / "a.csv")))
    assert sum(isinstance(item, InputError) for item in items) == 1
    assert len(items) == 3001


@pytest.mark.parametrize("words", ["", "text", "txt=a", "text="])
def test_error_columns_that_are_none(words: str) -> None:
    with pytest.raises(ValueError, match="KEY=COLUMN"):
        parse_columns(words)


def test_what_auto_archiver_writes(tmp_path: Path) -> None:
    sheet = f'Link,Archive status,Archive date,Upload timestamp,Upload title,Text content\nhttps://a.example/1,ok,2031-05-15,2031-05-14T10:00:00+00:00,Bomb,"{LEDE}"\n'
    (report,) = read(tmp_path / "a.csv", raw=sheet)
    assert (report.url, report.title, report.published) == ("https://a.example/1", "Bomb", "2031-05-14T10:00+00:00")
    metadata = {"url": "https://a.example/2", "title": "Bomb", "content": LEDE}
    shown = str(metadata)[:-1] + ", 'timestamp': datetime.datetime(2031, 5, 14, 10, 0, tzinfo=datetime.timezone.utc)}"
    database = f'status,metadata,media\nok,"{shown}",[]\n'
    (report,) = read(tmp_path / "b.csv", raw=database)
    assert (report.url, report.text, report.published) == ("https://a.example/2", LEDE, "2031-05-14T10:00+00:00")
    assert problems(tmp_path / "c.csv", "status,metadata,media\nok,{},[]\n") == ["this entry holds no text, only media"]
    assert "cannot be read" in problems(tmp_path / "d.csv", "status,metadata,media\nok,__import__('os'),[]\n")[0]


# -- feeds ------------------------------------------------------------------------------------------------------------

RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Coast Wire</title><language>en-us</language><lastBuildDate>Thu, 15 May 2031 00:00:00 GMT</lastBuildDate>
<item><title>Bomb</title><link>https://wire.example/1</link><guid>g1</guid>
<pubDate>Wed, 14 May 2031 09:40:00 +0200</pubDate><content:encoded><![CDATA[<p>{LEDE}</p><p>Not </item> yet.</p>]]></content:encoded></item>
<item><title>Second</title><link>javascript:x</link><description>{MORE}</description></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Coast Wire</title><entry><title>Bomb</title><id>u:1</id>
<link href="https://wire.example/1"/><updated>2031-05-14T09:40:00+02:00</updated><content type="html">{LEDE}</content></entry></feed>"""


def test_each_entry_of_a_feed_is_a_report(tmp_path: Path) -> None:
    first, second = read(tmp_path / "a.xml", raw=RSS)
    assert (first.title, first.url, first.publisher) == ("Bomb", "https://wire.example/1", "Coast Wire")
    assert (first.published, first.external_id, first.language) == ("2031-05-14T09:40+02:00", "g1", "en")
    assert first.text.startswith(LEDE)
    assert (second.text, second.url) == (MORE, None)
    (entry,) = read(tmp_path / "b.atom", raw=ATOM)
    assert (entry.title, entry.text, entry.published) == ("Bomb", LEDE, "2031-05-14T09:40+02:00")


def test_an_entry_is_the_same_when_the_feed_was_built_anew(tmp_path: Path) -> None:
    before = read(tmp_path / "a.xml", raw=RSS)
    after = read(tmp_path / "a.xml", raw=RSS.replace("15 May 2031 00", "15 May 2031 01"))
    assert [each.id for each in before] == [each.id for each in after]


def test_an_empty_feed_is_no_error_and_one_in_utf16_is_read(tmp_path: Path) -> None:
    assert read(tmp_path / "a.rss", raw='<rss version="2.0"><channel><title>t</title></channel></rss>') == []
    declared = RSS.replace('version="1.0"?', 'version="1.0" encoding="utf-16"?')
    assert len(read(tmp_path / "b.xml", raw=declared.encode("utf-16"))) == 2


def test_a_feed_cut_anywhere_keeps_what_is_left(tmp_path: Path) -> None:
    raw = RSS.encode()
    for at in range(len(raw) - 400, len(raw), 3):
        (tmp_path / "a.rss").write_bytes(raw[:at])
        told: list[Inventory] = []
        items = list(capture(str(tmp_path / "a.rss"), tell=told.append))
        assert sum(inventory.items for inventory in told) == len(items) >= 1


JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1", "title": "Coast Wire", "language": "en", "items": [
        {"id": 1, "url": "https://wire.example/1", "title": "Bo]m\"b", "content_text": LEDE, "date_published": "2031-05-14",
         "authors": [{"name": "A. Ruiz"}], "tags": ["x", {"y": []}]},
        {"id": "2", "content_html": f"<p>{MORE}</p>"}],
}  # fmt: skip


def test_each_item_of_a_json_feed_is_a_report(tmp_path: Path) -> None:
    first, second = read(tmp_path / "a.json", raw=json.dumps(JSON_FEED))
    assert (first.title, first.byline, first.publisher, first.external_id) == ('Bo]m"b', "A. Ruiz", "Coast Wire", "1")
    assert (first.text, second.text) == (LEDE, MORE)
    cut = json.dumps(JSON_FEED)[:-60]
    (tmp_path / "b.json").write_text(cut, encoding="utf-8")
    assert [isinstance(item, InputError) for item in read_source(str(tmp_path / "b.json"))] == [False, True]


LISTS = [
    ("a.opml", '<opml version="2.0"><body><outline text="C" xmlUrl="http://127.0.0.1:9/f?a&amp;b"/></body></opml>'),
    ("a.xml", "<urlset><url><loc>http://127.0.0.1:9/f?a&amp;b</loc><news:title>T</news:title></url></urlset>"),
]


@pytest.mark.parametrize(("name", "raw"), LISTS, ids=[row[0] for row in LISTS])
def test_lists_lead_on_to_addresses(tmp_path: Path, name: str, raw: str) -> None:
    (tmp_path / name).write_text(raw, encoding="utf-8")
    (error,) = read_source(str(tmp_path / name))
    assert isinstance(error, InputError)
    assert error.place == "http://127.0.0.1:9/f?a&b"
    assert problems(tmp_path / name, raw.partition(">")[0] + ">")


# -- wire services ----------------------------------------------------------------------------------------------------


def test_ninjs(tmp_path: Path) -> None:
    item = {"uri": "https://wire.example/n/1", "headline": "Bomb", "byline": "A. Ruiz", "copyrightholder": "Coast Wire",
            "language": "en", "firstcreated": "2031-05-14T09:40:00Z", "versioncreated": "2031-05-15T09:40:00Z",
            "body_xhtml": f"<p>{LEDE}</p><p>{MORE}</p>"}  # fmt: skip
    (report,) = read(tmp_path / "a.json", raw=json.dumps(item))
    assert (report.title, report.publisher, report.published) == ("Bomb", "Coast Wire", "2031-05-14T09:40+00:00")
    assert report.text == f"{LEDE}\n{MORE}"
    newer = {
        "uri": "u:1",
        "versionCreated": "2031-05-14",
        "headlines": [{"value": "Bomb"}],
        "bodies": [{"value": LEDE, "contentType": "text/plain"}],
    }
    (report,) = read(tmp_path / "b.json", raw=json.dumps(newer))
    assert (report.title, report.text, report.external_id, report.url) == ("Bomb", LEDE, "u:1", None)
    assert problems(tmp_path / "c.json", json.dumps(item | {"pubstatus": "canceled"})) == ["withdrawn by its sender"]


NEWSML = f"""<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="u:1" version="2" xml:lang="en"><itemMeta><provider literal="Coast Wire"/><firstCreated>2031-05-14T09:40:00Z</firstCreated>
<pubStatus qcode="stat:usable"/></itemMeta><contentMeta><headline>Bomb</headline><by>A. Ruiz</by></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>
<body><p>{LEDE}</p><p>{MORE}</p></body></html></inlineXML></contentSet></newsItem>
<newsItem guid="u:2"><contentSet><inlineData contenttype="text/plain">{MORE}</inlineData></contentSet></newsItem></itemSet></newsMessage>"""


def test_newsml(tmp_path: Path) -> None:
    first, second = read(tmp_path / "a.xml", raw=NEWSML)
    assert (first.title, first.byline, first.publisher, first.external_id) == ("Bomb", "A. Ruiz", "Coast Wire", "u:1")
    assert (first.text, first.published) == (f"{LEDE}\n{MORE}", "2031-05-14T09:40+00:00")
    assert second.text == MORE
    assert problems(tmp_path / "b.xml", NEWSML[:-120].encode()) != []


# -- web archives -----------------------------------------------------------------------------------------------------


def record(
    body: bytes, sort: str = "response", uri: str = "https://wire.example/1", length: int | None = None
) -> bytes:
    size = len(body) if length is None else length
    head = f"WARC/1.0\r\nWARC-Type: {sort}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2031-05-14T09:40:00Z\r\nContent-Length: {size}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


def answer(body: bytes = PAGE.encode(), head: str = "Content-Type: text/html", status: int = 200) -> bytes:
    return f"HTTP/1.1 {status} X\r\n{head}\r\n\r\n".encode() + body


CHUNKED = b"5\r\n" + PAGE.encode()[:5] + b"\r\n%x\r\n" % (len(PAGE.encode()) - 5) + PAGE.encode()[5:] + b"\r\n0\r\n\r\n"
RECORDS = [
    record(b"software: x", "warcinfo"),
    record(answer()),
    record(answer(CHUNKED, "Content-Type: text/html\r\nTransfer-Encoding: chunked"), uri="https://wire.example/2"),
    record(answer(gzip.compress(PAGE.encode()), "Content-Type: text/html\r\nContent-Encoding: gzip")),
    record(answer(status=404)),
    record(answer(b"\x89PNG", "Content-Type: image/png")),
    record(b"GET / HTTP/1.1\r\n\r\n", "request"),
]


def through(file: Path, raw: bytes) -> tuple[list[Report | InputError], Inventory]:
    file.write_bytes(raw)
    told: list[Inventory] = []
    items = list(read_source(str(file), tell=told.append))
    (inventory,) = told
    return items, inventory


@pytest.mark.parametrize("pack", [lambda each: each, gzip.compress], ids=["plain", "compressed"])
def test_pages_of_a_web_archive(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    items, inventory = through(tmp_path / "a.warc", b"".join(map(pack, RECORDS)))
    reports = [item for item in items if isinstance(item, Report)]
    assert [report.url for report in reports] == [f"https://wire.example/{n}" for n in (1, 2, 1)]
    assert {report.text for report in reports} == {f"{LEDE}\n{MORE}"}
    assert dict(inventory.passed) == {"warcinfo": 1, "HTTP 404": 1, "image/png": 1, "request": 1}
    assert (inventory.items, inventory.damaged, inventory.size == inventory.told) == (3, 0, True)


def test_one_body_is_one_report_whichever_way_it_was_archived(tmp_path: Path) -> None:
    items, _ = through(tmp_path / "a.warc", b"".join(RECORDS))
    assert len({item.id for item in items if isinstance(item, Report)}) == 1


DAMAGED = [
    (RECORDS[1] + record(answer(), length=10) + RECORDS[1], 2, "a length too short"),
    (record(answer(), length=10**15) + RECORDS[1], 1, "a length that swallows the rest"),
    (record(answer(), length=-1) + RECORDS[1], 1, "a length that is none"),
    (b"rubbish\r\n" + RECORDS[1], 1, "rubbish before"),
    (gzip.compress(RECORDS[1])[:-9] + gzip.compress(RECORDS[1]), 1, "a member cut short, then a whole one"),
    (gzip.compress(RECORDS[1]) + b"\0" * 50, 1, "zeros behind"),
]


@pytest.mark.parametrize(("raw", "whole", "note"), DAMAGED, ids=[row[2] for row in DAMAGED])
def test_what_stands_around_a_damaged_record_is_read_and_the_damage_kept(
    tmp_path: Path, raw: bytes, whole: int, note: str
) -> None:
    items, inventory = through(tmp_path / "a.warc", raw)
    assert inventory.size == inventory.told == len(raw)
    assert inventory.damaged >= 1
    assert sum(isinstance(item, Report) and LEDE in item.text for item in items) >= whole


@pytest.mark.parametrize("pack", [lambda each: each, gzip.compress], ids=["plain", "compressed"])
def test_whole_archives_are_split_as_fastwarc_splits_them(pack: Callable[[bytes], bytes]) -> None:
    warc = pytest.importorskip("fastwarc.warc")
    raw = b"".join(map(pack, RECORDS))
    theirs = [
        (each.headers["WARC-Type"], each.reader.read())
        for each in warc.ArchiveIterator(io.BytesIO(raw), parse_http=False)
    ]
    ours = [(each.header["warc-type"], each.block) for each in read_records(Reader(io.BytesIO(raw)))]
    assert ours == theirs


@pytest.mark.parametrize("pack", [lambda each: each, gzip.compress], ids=["plain", "compressed"])
def test_an_archive_cut_at_any_byte_loses_nothing_in_silence(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    parts = [pack(each) for each in (RECORDS[0], RECORDS[1], RECORDS[6], RECORDS[1])]
    raw, ends, at = b"".join(parts), set(), 0
    for part in parts:
        ends.add(at := at + len(part))
    for cut in range(1, len(raw), 7):
        (tmp_path / "a.warc.gz").write_bytes(raw[:cut])
        told: list[Inventory] = []
        list(capture(str(tmp_path / "a.warc.gz"), tell=told.append))
        assert sum(each.told for each in told) == cut
        plain_tail = any(end - 4 <= cut <= end for end in ends)  # the line ends behind a record carry nothing
        assert (sum(each.damaged for each in told) == 1) != (
            cut in ends or (pack is not gzip.compress and plain_tail)
        ), cut


def arc_record(block: bytes, url: str = "https://wire.example/1", media: str = "text/html") -> bytes:
    return f"{url} 203.0.113.7 20310514090000 {media} {len(block)}\n".encode() + block + b"\n"


ARC = [
    arc_record(
        b"1 0 Desk\nURL IP-address Archive-date Content-type Archive-length\n", "filedesc://a.arc", "text/plain"
    ),
    arc_record(answer()),
    arc_record(b"20310514090000\n203.0.113.7\n", "dns:wire.example", "text/dns"),
    arc_record(answer(CHUNKED, "Content-Type: text/html\r\nTransfer-Encoding: chunked"), "https://wire.example/2"),
]


@pytest.mark.parametrize("pack", [lambda each: each, gzip.compress], ids=["plain", "compressed"])
def test_pages_of_an_archive_of_the_older_format(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    items, inventory = through(tmp_path / "a.arc", b"".join(map(pack, ARC)))
    reports = [item for item in items if isinstance(item, Report)]
    assert [report.url for report in reports] == [f"https://wire.example/{n}" for n in (1, 2)]
    assert {report.text for report in reports} == {f"{LEDE}\n{MORE}"}
    assert dict(inventory.passed) == {"warcinfo": 1, "response without HTTP": 1}
    assert (inventory.damaged, inventory.size == inventory.told) == (0, True)
    (item, *_) = capture(str(tmp_path / "a.arc"))
    assert isinstance(item, Capture)
    assert item.given.retrieved == "2031-05-14T09:00+00:00"


@pytest.mark.parametrize("pack", [lambda each: each, gzip.compress], ids=["plain", "compressed"])
def test_an_older_archive_cut_or_damaged_loses_nothing_in_silence(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    parts = [pack(each) for each in ARC]
    raw = b"".join(parts)
    ends = {sum(map(len, parts[: n + 1])) for n in range(len(parts))}
    for cut in range(len(parts[0]), len(raw), 5):
        (tmp_path / "a.arc").write_bytes(raw[:cut])
        told: list[Inventory] = []
        list(capture(str(tmp_path / "a.arc"), tell=told.append))
        assert sum(each.told for each in told) == cut
        whole = cut in ends or (pack is not gzip.compress and cut + 1 in ends)  # the line end behind a record
        assert sum(each.damaged for each in told) == (not whole), cut
    items, inventory = through(tmp_path / "b.arc", pack(ARC[0]) + pack(b"rubbish\n" * 20) + parts[1])
    assert inventory.damaged == 1
    assert inventory.size == inventory.told
    assert sum(isinstance(item, Report) for item in items) == 1


def test_a_package_of_web_archives(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("archive/data.warc.gz", b"".join(map(gzip.compress, RECORDS)))
    items, inventory = through(tmp_path / "a.wacz", out.getvalue())
    assert sum(isinstance(item, Report) for item in items) == 3
    assert inventory.passed["index or page list"] == 1
    items, inventory = through(tmp_path / "b.wacz", out.getvalue()[:-40])
    assert isinstance(items[0], InputError)
    assert inventory.damaged == 1


def test_an_archive_on_standard_input() -> None:
    raw = gzip.compress(RECORDS[1])
    (report,) = read_source("-", stdin=io.BytesIO(raw))
    assert isinstance(report, Report)
    assert report.url == "https://wire.example/1"
