"""What is compared of a report to find its origin: passages of its narration, its credits, whom it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import Final
from zlib import crc32

from pydantic import BaseModel, ConfigDict, Field

from sayso.intake.phrases import matcher, words
from sayso.records import Report
from sayso.values import Actor
from sayso.vocab import Entry, load_table
from sayso.vocab.gazetteer import Gazetteer

SIGNATURE: Final = 64
"""Numbers of a MinHash signature: the estimate of likeness is off by about six points."""
SEED: Final = 20
SHINGLE, RUN, WINDOW = 5, 8, 4
"""Words of a run of the signature; of a passage; passages of which the one with the smallest hash is kept, so that a
stretch of eleven words that two texts share is always found (winnowing)."""
READ_AT_MOST: Final = 60_000
LEAD_WORDS: Final = 90
"""Words of the headline and the opening whose names and numbers are compared."""
LONGEST_QUOTE: Final = 1500
MOST_RUNS: Final = 2000

_APOSTROPHES: Final = str.maketrans("", "", "'’")
"""Saved texts have often lost them: "a childs sandal"."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_QUOTED: Final = re.compile(
    rf'"[^"\n]{{1,{LONGEST_QUOTE}}}"|“[^”\n]{{1,{LONGEST_QUOTE}}}”|«[^»\n]{{1,{LONGEST_QUOTE}}}»'
)
_SENTENCE: Final = re.compile(r"[^.!?\n]+(?:[.!?](?![\s\"”’)]|$)[^.!?\n]*)*[.!?]?")
_IN_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]{2,60})[)\]]")


class Words(Entry):
    """One group of words of ``vocab/origins.toml``."""

    name: str
    note: str
    phrases: tuple[str, ...]


class OriginFeatures(BaseModel):
    """What is compared of one report to find its origin."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    report: str
    published: int | None = Field(default=None, description="ordinal of the day")
    publisher: str | None = Field(default=None, description="canonical where known")
    signature: tuple[int, ...] = Field(default=(), description="MinHash of all runs of five words")
    runs: tuple[int, ...] = Field(default=(), description="hashes of passages outside quotations, ascending")
    quoted: tuple[int, ...] = Field(default=(), description="hashes of passages inside quotations, ascending")
    credits: tuple[str, ...] = Field(default=(), description="services the text is from, as its credits say")
    cites: tuple[str, ...] = Field(default=(), description="services it cites ('told AFP', 'Reuters reported')")
    rests_on: tuple[str, ...] = Field(default=(), description="the one outlet whose report it retells, if it does")
    lead: tuple[str, ...] = Field(default=(), description="names and numbers of its opening, sorted")

    @cached_property
    def passages(self) -> frozenset[int]:
        """The runs as a set: they are compared with those of many reports."""
        return frozenset(self.runs)

    def to_json(self) -> str:
        """Return the features as JSON."""
        return self.model_dump_json()


def origin_features(report: Report) -> OriginFeatures:
    """Return what is compared of ``report``; a pure function of the report."""
    body = _text(report, ("paragraph", "quote"))
    narrated = [_words(piece) for piece in _QUOTED.sub("\n", body).split("\n")]
    cites = _cited(body)
    publisher = canonical(report.publisher) if report.publisher else None
    return OriginFeatures(
        report=report.id,
        published=_ordinal(report.published),
        publisher=publisher,
        signature=_signature(_words(body)),
        runs=_runs(narrated),
        quoted=_runs(_words(piece) for piece in _QUOTED.findall(body)),
        credits=_credits(report),
        cites=cites,
        rests_on=_rests_on(body, publisher),
        lead=_lead(report),
    )


def _text(report: Report, kinds: Sequence[str]) -> str:
    if not report.blocks:
        return report.text[:READ_AT_MOST]
    pieces = (report.text[block.start : block.end] for block in report.blocks if block.kind in kinds)
    return "\n".join(pieces)[:READ_AT_MOST]


def _words(text: str) -> list[str]:
    """Return the words in small letters; a number is a number, since tolls are brought up to date."""
    found = (word.group().casefold() for word in _WORD.finditer(text))
    return ["#" if word[0].isdigit() else word.translate(_APOSTROPHES) for word in found]


def _signature(tokens: Sequence[str]) -> tuple[int, ...]:
    shingles = [" ".join(tokens[at : at + SHINGLE]) for at in range(len(tokens) - SHINGLE + 1)]
    if not shingles:
        return ()
    from rensa import RMinHash  # type: ignore[import-untyped]  # compiled: not loaded to print a help text

    sketch = RMinHash(num_perm=SIGNATURE, seed=SEED)
    sketch.update(shingles)
    return tuple(int(number) for number in sketch.digest())


def _runs(pieces: Iterable[Sequence[str]]) -> tuple[int, ...]:
    kept: set[int] = set()
    for tokens in pieces:
        hashes = [crc32(" ".join(tokens[at : at + RUN]).encode()) for at in range(len(tokens) - RUN + 1)]
        kept.update(min(hashes[at : at + WINDOW]) for at in range(max(1, len(hashes) - WINDOW + 1)) if hashes)
    return tuple(sorted(kept)[:MOST_RUNS])


def _ordinal(published: str | None) -> int | None:
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def canonical(name: str) -> str:
    """Return the name a service or an outlet is known by: "AFP" is Agence France-Presse."""
    plain = " ".join(name.split()).strip(" .-–—()[]")
    return Actor.parse(plain, Gazetteer.default()).name or plain


def _phrases(name: str) -> tuple[str, ...]:
    groups = {group.name: group for group in load_table("origins", Words)}
    return groups[name].phrases


@lru_cache(maxsize=1)
def _services() -> str:
    """Return a pattern for the names of news services, the longest first."""
    names = words("agency") - words("picture")
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


@lru_cache(maxsize=1)
def _citing() -> re.Pattern[str]:
    before = "|".join(re.escape(phrase) for phrase in _phrases("before_service"))
    after = "|".join(re.escape(phrase) for phrase in _phrases("after_service"))
    name = _services()
    return re.compile(
        rf"\b(?:{before})\s+(?:the\s+)?(?P<a>{name})\b|\b(?P<b>{name})(?:\s+news agency)?\s+(?:{after})\b"
    )


def _cited(body: str) -> tuple[str, ...]:
    found = ((match["a"] or match["b"]) for match in _citing().finditer(body))
    return tuple(sorted({canonical(name) for name in found}))


def _credits(report: Report) -> tuple[str, ...]:
    """Return the services that credits, datelines and brackets at the end of a paragraph name, sorted."""
    found: list[str] = []
    for block in report.blocks:
        line = report.text[block.start : block.end]
        if block.kind == "credit":
            found += _of_credit(line)
        if block.kind == "dateline":
            found += _IN_BRACKETS.findall(line)
    found += _IN_BRACKETS.findall(report.dateline or "")
    return tuple(sorted({canonical(name) for name in found if _may_be_service(name)}))


@lru_cache(maxsize=1)
def _labels() -> re.Pattern[str]:
    after = "|".join(re.escape(phrase) for phrase in _phrases("credit_before"))
    before = "|".join(re.escape(phrase) for phrase in _phrases("credit_after"))
    return re.compile(rf"(?i:\b(?:{after}))\s+(?P<a>[^.;|\n]+)|(?P<b>[^.;|\n]+?)\s+(?i:{before})\b")


def _of_credit(line: str) -> Iterator[str]:
    """Yield the names in a credit: ``AFP`` · ``Additional reporting by Coast Wire`` · ``AP contributed to this …``."""
    if match := _labels().search(line):
        yield from (part.strip() for part in re.split(r",|\band\b", match["a"] or match["b"]))
    elif "|" not in line and "/" not in line:
        for start, end, _ in matcher("agency").find(line):
            yield line[start:end]


def _may_be_service(name: str) -> bool:
    """Tell a name from a note: "Coast Wire", "AFP", not "photo", "2031" or "file"."""
    parts = name.strip(" .-–—").split()
    return 0 < len(parts) <= 5 and parts[0][:1].isupper() and not any(ch.isdigit() for ch in name)


def _rests_on(body: str, publisher: str | None) -> tuple[str, ...]:
    """Return the one outlet whose report this one retells: every sayer of its first sentences is that outlet.

    "The agency" and "the source", once the outlet is named in them, are that outlet and whom it quotes.
    """
    opening = [match.group() for match in _SENTENCE.finditer(body[:4000]) if len(match.group().split()) > 5][:3]
    named = [(set(_cited(sentence)), _taken_up().search(sentence)) for sentence in opening]
    if not all(names or again for names, again in named):
        return ()
    common = sorted(_in_all([names for names, _ in named if names]) - {publisher})
    return tuple(common) if len(common) == 1 else ()


def _in_all(named: Sequence[set[str]]) -> set[str]:
    return set.intersection(*named) if named else set()


@lru_cache(maxsize=1)
def _taken_up() -> re.Pattern[str]:
    again = "|".join(re.escape(phrase) for phrase in _phrases("outlet_again"))
    return re.compile(rf"(?i:\b(?:{again})\b)")


@lru_cache(maxsize=1)
def _idle() -> frozenset[str]:
    return frozenset(_phrases("idle_in_lead"))


def _lead(report: Report) -> tuple[str, ...]:
    """Return names and numbers of the headline and the first words, in small letters."""
    text = _text(report, ("headline", "paragraph", "quote"))
    found = list(_WORD.finditer(text[:4000]))
    found = found[: min(LEAD_WORDS, max(30, 2 * len(found) // 3))]  # stock sentences stand at the end
    kept = {
        match.group().casefold().replace("’", "'").removesuffix("'s")
        for match in found
        if (match.group()[0].isupper() or match.group()[0].isdigit())
    }
    return tuple(sorted(kept - _idle()))
