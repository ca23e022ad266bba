"""G14: whatever stands in a report, no script of it runs and no node of it is active, on no page (a real browser)."""

from __future__ import annotations

import tarfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from evaluation.desk.screenshots import browser, chromium, served
from evaluation.guarantees import Proof
from evaluation.guarantees.foretold import QuickLinker
from sayso.adding import Tally, add
from sayso.intake import Capture
from sayso.ledger import create, schema
from sayso.ledger.chain import now
from sayso.ledger.storing import Reader
from sayso.records import (
    Claim,
    Damage,
    Finding,
    FindingValue,
    Incident,
    Judgement,
    Motive,
    Reading,
    Report,
    Statement,
    Target,
    incident_id,
)  # fmt: skip
from sayso.values import Actor, Certainty, Place, Quantity

PROMISE = "No script from captured text runs"
PAYLOADS: Final = Path(__file__).parents[3] / "shared" / "data" / "badinput" / "xss_payloads.tar.gz"
"""A public collection of payloads, from the folder of the checkout; without it our own are used."""
AT_ONCE = 500  # payloads in a report
OWN = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "'-alert(1)-'", "{{7*7}}",
    "</textarea><script>alert(1)</script>", "javascript:alert(1)", "</title><script>alert(1)</script>", "${alert(1)}",
    "<iframe srcdoc='<script>alert(1)</script>'>", "<a href=javascript:alert(1)>x</a>", "<base href=//evil.example>",
    "<div hx-on:click=alert(1) hx-get=/x>", "<form action=//evil.example>", "<!--", "]]>",
    "<style>*{display:none}</style>",
)  # fmt: skip
ACTIVE = """() => {
  const ours = (each) => (each.src || each.href || "").startsWith(location.origin + "/static/");
  const found = [...document.querySelectorAll("iframe, object, embed, img, video, audio, base, style, portal, math, " +
    "script, link, [srcdoc], [formaction], [style], a[href^='javascript' i], meta[http-equiv]")]
    .filter((each) => !(["SCRIPT", "LINK"].includes(each.tagName) && ours(each)))
    .filter((each) => !each.closest(".leaflet-container"));
  for (const each of document.querySelectorAll("*"))
    if ([...each.attributes].some((it) => /^(on|hx-|data-hx-on)/i.test(it.name))) found.push(each);
  for (const link of document.querySelectorAll("a[href^='http']"))
    if (!link.href.startsWith(location.origin) && !link.rel.includes("noopener")) found.push(link);
  for (const form of document.forms) if (!form.action.startsWith(location.origin)) found.push(form);
  return found.map((each) => each.outerHTML.slice(0, 200));
}"""


def payloads(every: int) -> list[str]:
    """Return our own, and where the collection is there, every so many of it."""
    found = list(OWN)
    if PAYLOADS.is_file():
        with tarfile.open(PAYLOADS) as archive:
            file = archive.extractfile("xss-payload-list/Intruder/xss-payload-list.txt")
            assert file is not None
            lines = [line for line in file.read().decode("utf-8", "replace").split("\n") if line.strip()]
            found += lines[::every]
    return [each.replace("\r", " ").replace("\x00", "\ufffd") for each in found]


def hostile(reports: Iterable[Report]) -> Iterator[Reading]:
    """Read each line of a text as a statement and a claim in which every field is that line."""
    for report in reports:
        yield reading_of(report)


def reading_of(report: Report) -> Reading:
    """Return the reading of a text of payloads, a line each."""
    spans = []
    at = 0
    for line in report.text.split("\n"):
        spans.append(report.span(at, at + len(line)))
        at += len(line) + 1
    spans = [span for span in spans if span.text.strip()]
    head = spans[0].text
    report = report.model_copy(
        update=dict.fromkeys(("title", "publisher", "byline", "dateline", "published_from", "url"), head)
    )
    number = incident_id(spans[0])
    holders = [Actor(name=_name(span.text), kind="person", words=span.text) for span in spans]
    statements = tuple(
        Statement(holder=holder, cue=span, content=(span,), verbatim=False)
        for holder, span in zip(holders, spans, strict=True)
    )
    claims = tuple(claim_of(number, at, *pair) for at, pair in enumerate(zip(holders, spans, strict=True)))
    fields = dict.fromkeys(claim.field for claim in claims)
    findings = tuple(
        Finding(
            field=field,
            status="sole",
            values=tuple(
                FindingValue(value=claim.value, claims=(claim.id,), holders=(claim.holder.words,), origins=1)
                for claim in claims
                if claim.field == field
            ),
        )
        for field in fields
    )
    place = Place(name=head, country="MLI", words=head, precision="settlement", lat=16.8, lon=-3.0)
    incident = Incident(id=number, kind="bombing", title=head, where=place, reports=(report.id,), findings=findings)
    return Reading(reports=(report,), statements=statements, claims=claims, incidents=(incident,))


def _name(words: str) -> str | None:
    """Return the words as a name; marks alone name nobody (the record refuses them)."""
    return words if any(map(str.isalnum, words)) else None


def claim_of(number: str, at: int, holder: Actor, span: Any) -> Claim:
    """Return a claim all of whose words are those of a line."""
    words = span.text
    field, value = [
        ("motive", Motive(words=words)),
        ("target", Target.model_validate({"name": words, "class": words, "words": words})),
        ("damage", Damage(extent="some", words=words, of=words)),
        ("killed", Quantity(low=3, high=3, words=words, of=holder)),
    ][0 if at > 11 else at % 4]
    certainty = Certainty(words=words, low=0.5, high=0.6, scale="sayso")
    return Claim(
        incident=number, field=field, value=value, evidence=span, holder=holder, chain=(words,), via=words,
        certainty=certainty,
    )  # fmt: skip


class Alone(QuickLinker):
    """Keeps every report by itself."""

    def features_of(
        self, report: Report, incident: Incident, claims: Sequence[Claim], *, main: bool = True
    ) -> tuple[str, str, int]:
        """Return what is shared with no other report."""
        return "bombing", report.id, 1


def hostile_project(folder: Path, every: int = 4) -> Path:
    """Make a ledger in which every field of every record is a payload, and return its folder."""
    rest = iter(payloads(every))
    texts = list(iter(lambda: list(islice(rest, AT_ONCE)), []))
    items = [Capture("\n".join(lines).encode(), lines[0], "text") for lines in texts]
    with create(folder, linker=Alone()) as ledger:
        outcomes = list(add(ledger, items, Tally(), read=hostile, reader=Reader("0", "hostile")))
        assert [each.verdict for each in outcomes] == ["stored"] * len(texts)
        for name in OWN:
            ledger.judge(Judgement(decision="grade", about=(name,), who="ana", when=now(), why=name, value='"C"'))
        with ledger.derived() as connection:
            rows = [{"address": each, "turns": 1, "failures": 1, "given": "{}"} for each in OWN]
            connection.execute(schema.watched.insert(), rows)
            connection.execute(
                schema.queries.insert(), [{"name": each, "filters": "", "who": each, "at": each} for each in OWN]
            )
    return folder


def pages_of(project: Path, every: int = 1) -> list[str]:
    """Return every page that shows any of it, and every page that repeats what is asked for, with every so many."""
    from sayso.ledger import open_ledger

    with open_ledger(project) as ledger:
        incidents = [f"/incident/{each.id}" for each in ledger.incidents()]
        reports = [f"/report/{each.id}" for each in ledger.reports()]
    lists = "/incidents /disputes /charts /search?q=alert /sources /reports /log /review /quarantine /watch /queries"
    lists += " /proposals"
    echoes = "/search?q= /incidents?text= /incidents?place= /disputes?field= /read?example= /incident/"
    echoes += " /review?claim= /source?sort=outlet&name= /source?sort= /watch?done= /queries?done= /quarantine?done="
    return [
        *lists.split(),
        *incidents,
        *reports,
        *(f"{echo}{quote(each, safe='')}" for echo in echoes.split() for each in OWN[::every]),
    ]


def prove(folder: Path, full: bool) -> Proof:
    """Open every page on which a payload stands, count what it set off; without a browser nothing is proved."""
    if chromium() is None:
        return Proof(False, {"pages": 0}, "no browser: apt-get install chromium, or CHROMIUM=path")
    project = hostile_project(folder / "desk", 1 if full else 40)
    with served(project) as base, browser() as chrome:
        page = chrome.new_page()
        page.set_default_timeout(180_000)
        faults: list[str] = []
        listen(page, faults)
        active, pages = 0, pages_of(project, 1 if full else 5)
        for path in pages:
            page.goto(f"{base}{path}", wait_until="load")
            active += len(page.evaluate(ACTIVE))
    dialogs = sum(fault.startswith("dialog") for fault in faults)
    outside = sum(fault.startswith("http") for fault in faults)
    number = len(payloads(1 if full else 40))
    figures = {"payloads": number, "pages": len(pages), "dialogs": dialogs, "active": active, "outside": outside}
    found = f"{dialogs} dialogs, {active} active nodes, {outside} requests elsewhere"
    says = f"{number} payloads on {len(pages)} pages: {found}"
    return Proof(not (dialogs or active or outside), figures, says)


def listen(page: Any, faults: list[str]) -> None:
    """Note errors, dialogs, and requests that leave this computer."""
    page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: _dismissed(dialog, faults))
    page.on("request", lambda asked: faults.extend([] if asked.url.startswith("http://127.0.0.1:") else [asked.url]))


def _dismissed(dialog: Any, faults: list[str]) -> None:
    faults.append(f"dialog: {dialog.message}")
    dialog.dismiss()
