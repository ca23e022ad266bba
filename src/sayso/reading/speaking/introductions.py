"""Where a report introduces people: the fullest form of a name, and whom it names with a title before they speak."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sayso.reading.speaking.naming import last_name, name_words, spelled_out, title_before, with_apposition
from sayso.reading.speaking.own_names import NAME_RUN
from sayso.reading.speaking.speakers import Source, read_source
from sayso.reading.speaking.title_words import titles

if TYPE_CHECKING:
    from collections.abc import Iterator

_STOP: Final = re.compile(r"[.!?\n]['”\"’]?\s+")
_DATELINE: Final = re.compile(r"^[A-Z][A-Z .’'-]+(?:, \w[\w .]{0,30}?)? [-–—] ")
_ENDS: Final = re.compile(r"(\w+)\.\s+")
_NEAR: Final = 300  # code points in which a sentence before is looked for
_LONGEST: Final = 5  # words of a full name
_LEAD: Final = 40  # code points before a name in which its titles stand


_ARTICLES: Final = frozenset({"a", "an", "two", "three", "several"})
"""Words with which another noun phrase begins: "the coalition hit · a command post"."""


@dataclass(slots=True)
class Introductions:
    """The names of one report's text; found once, when first asked for."""

    text: str
    _runs: dict[str, list[tuple[int, str]]] | None = field(default=None, init=False)

    def full(self, source: Source) -> Source:
        """Lead a last name back to the fullest form in the report, and to the body its bearer speaks for."""
        name = source.person or ""
        best, where = name, -1
        if len(name_words(name)) > 1:
            return source
        for start, run in self._by_last_name().get(last_name(name), []):
            full = read_source(run).person or run
            longer = len(name_words(best)) < len(name_words(full)) <= _LONGEST
            if longer and set(name_words(name)) <= set(name_words(full)):
                best, where = full, start
        if where < 0:
            return source
        near = read_source(with_apposition(self.text, where, best))
        return Source(
            person=best, role=source.role or near.role, voice=source.voice or near.voice,
            body=source.body or (near.body if near.voice else None), kind="person",
            gender=source.gender or near.gender, of=source.of or near.of, garbled=source.garbled,
        )  # fmt: skip

    def titled(self, role: str, place: int) -> Iterator[tuple[int, str]]:
        """Yield the names that stand with a title before ``place``, the nearest first: place, title and name."""
        found = sorted((start, run) for runs in self._by_last_name().values() for start, run in runs if start < place)
        for start, run in reversed(found):
            words = title_before(self.text[max(0, start - _LEAD) : start]) + run
            if spelled_out(role) in re.findall(r"[\w-]+", spelled_out(words))[:-1]:
                yield start, words

    def sentence_before(self, place: int) -> int:
        """Return where the sentence before that of ``place`` ends; ``place`` where there is none near."""
        ends = [stop.start() + 1 for stop in _STOP.finditer(self.text, max(0, place - _NEAR), place)]
        return ends[-1] if ends else place

    def crowd(self, place: int, *, whole: bool = False) -> str | None:
        """In "State prosecutors charged him, they said" return the prosecutors: the crowd that opens the sentence.

        ``whole``: the sentence ends at ``place`` ("Doctors treated 20 people. They said …").
        """
        words = _STOP.split(self.text[max(0, place - _NEAR) : place - whole])[-1].split()
        for length in range(min(4, len(words)), 0, -1):
            source = read_source(" ".join(words[:length]))
            title = titles().get((re.sub(r"\W", "", words[length - 1].lower()),))
            if title is not None and title.sort == "crowd" and source.role:
                return " ".join(words[:length])
        return None

    def body_before(self, place: int) -> str | None:
        """Return the body that opens the sentence before that of ``place``: "The defence ministry gave a toll"."""
        end = self.sentence_before(place)
        return self._body_opening(_STOP.split(self.text[max(0, end - _NEAR) : max(0, end - 1)])[-1])

    def body_of(self, place: int) -> str | None:
        """Return the body that opens the sentence of ``place``: "LOME, 19 July - The watchdog looks on, it said"."""
        words = self.text[max(0, place - _NEAR) : place]
        return self._body_opening(_DATELINE.sub("", _STOP.split(words)[-1]))

    def _body_opening(self, sentence: str) -> str | None:
        words = sentence.split()
        for length in range(min(_LONGEST, len(words)), 1, -1):
            title = titles().get((re.sub(r"\W", "", words[length - 1].lower()),))
            plain = not any(re.search(r"[,;:]", word) for word in words[: length - 1])
            plain = plain and not _ARTICLES & {word.lower() for word in words[1:length]}
            if title is not None and title.sort == "body" and plain and read_source(" ".join(words[:length])).body:
                return " ".join(words[:length])
        return None

    def opening(self, name: str, floor: int, place: int) -> int | None:
        """Return where a last name opens a sentence between two places, the last time: "Ruiz would not have it"."""
        starts = [floor, *(stop.end() for stop in _STOP.finditer(self.text, floor, place))]
        for start in reversed(starts[1:]):
            words = self.text[start : min(start + _NEAR, place)].split()[:_LONGEST]
            for word in words:
                if not word[0].isupper():
                    break
                if last_name(word) == name:
                    return start
        return None

    def _by_last_name(self) -> dict[str, list[tuple[int, str]]]:
        """Return all runs of capitals in the report by their last word."""
        if self._runs is None:
            self._runs = {}
            for run in NAME_RUN.finditer(self.text):
                at = behind_stops(run[0])
                words = re.sub(r"['’]s$", "", run[0][at:])
                self._runs.setdefault(last_name(words), []).append((run.start() + at, words))
        return self._runs


def behind_stops(run: str) -> int:
    """Return where a run of capitals goes on behind a sentence's end: "Monday. Colleagues", but not "Gen. J. Ruiz"."""
    ends = (stop for stop in _ENDS.finditer(run) if len(stop[1]) > 1 and (stop[1].lower(),) not in titles())
    return max((stop.end() for stop in ends), default=0)
