"""A source as written, taken apart: the person, the role, the body spoken for (lexicon: ``vocab/titles.toml``).

"Col. Ana Ruiz, a spokeswoman for the Third Division" → person "Ana Ruiz", voice of "Third Division". What cannot be
read stays words; a garbled line keeps the longest credible name and body and says that it is garbled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.grammar import words_of
from sayso.reading.sentences.passages import closed
from sayso.reading.speaking.garbled import is_garbled
from sayso.reading.speaking.name_ends import plain, tells_of_him, without_clause
from sayso.reading.speaking.own_names import OWN_COUNTS, POSSESSIVE, by_own_name, owner_taken_up
from sayso.reading.speaking.title_words import Title, longest, titles
from sayso.values import ActorKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN: Final = re.compile(r"[^\s,;()“”\"]+|[,;()]")
_ARTICLES: Final = frozenset(
    {"a", "an", "the", "his", "her", "its", "their", "another", "one", "this", "that", "our", "my"}
)
_ONE_OF: Final = re.compile(r"^(?:one|two|three|four|some|several|many|most) of the ", re.IGNORECASE)
_OF: Final = frozenset({"for", "of", "at", "with", "from", "within", "in", "inside", "by", "to"})


@dataclass(frozen=True, slots=True)
class Source:
    """What the words of a source say about who speaks."""

    person: str | None = None  # name without titles
    role: str | None = None  # the office, rank or crowd word, lower case
    voice: bool = False  # the role is to speak for somebody else
    body: str | None = None  # the organisation named, without its article
    kind: ActorKind = "unknown"
    gender: str | None = None
    of: str | None = None  # what the role belongs to: "minister of X", "head of Y"
    whose: str | None = None  # who the body or the spokesman belongs to, as taken up: "its spokesman", "the group's"
    garbled: bool = False


@dataclass(frozen=True, slots=True)
class _Hit:
    first: int
    last: int
    title: Title

    def words(self, tokens: Sequence[str]) -> str:
        return " ".join(map(plain, tokens[self.first : self.last]))


def read_source(words: str) -> Source:
    """Return what ``words`` say about who speaks; nothing is looked up in the world here."""
    parts = _parts(_TOKEN.findall(by_own_name(_ONE_OF.sub("", words))))
    read = [_read_part(part) for part in parts]
    if not read:
        return Source(garbled=bool(words.strip()))
    whole = read[0]
    for part, other in zip(parts[1:], read[1:], strict=True):
        named = replace(whole, person=_phrase(parts[0])) if whole.of and whole.person and not whole.role else whole
        told = _described(named, part, other)
        whole = whole if _is_acronym(part, whole) else _join(named if told.body == named.person else whole, told)
    voices = sum(bool(part.voice and part.body) for part in read)
    return replace(whole, body=_credible(whole.body), garbled=is_garbled(words, voices))


def _is_acronym(part: Sequence[str], before: Source) -> bool:
    """Tell whether a part is the short form of the body before it: "National Liberation Front (NLF)"."""
    return len(part) == 1 and part[0].isupper() and len(part[0]) > 1 and before.body is not None


def _described(named: Source, part: Sequence[str], other: Source) -> Source:
    """In "Rudaw, a local broadcaster" the second part only says what the first, named in full, is: a body."""
    head = part[: next((at for at, token in enumerate(part) if token.lower() in _OF), len(part))]
    of_body = any(hit.title.sort == "body" for hit in _hits(head))
    says_what = part[0].lower() in _ARTICLES and of_body and other.body and not other.voice and not other.person
    bare = named.person and named.kind == "unknown" and not named.role and not named.gender and not named.voice
    return Source(body=named.person, kind=other.kind) if says_what and bare else other


def _parts(tokens: list[str]) -> list[list[str]]:
    """Cut at commas and brackets; what a relative clause tells is left out."""
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token in (",", ";", "(", ")"):
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for n, part in enumerate(parts) if part and not (n and tells_of_him(part))]


def _join(one: Source, other: Source) -> Source:
    """Take the person from wherever one is named, and the body from the part that says who is spoken for."""
    if other.body and other.body == one.person:
        return other
    voice = one.voice or other.voice
    body = one.body
    if other.voice and other.body and not (one.voice and one.body):
        body = other.body
    elif body is None:
        body = other.body if one.person or one.role else one.body
    written = (one.role or "").split()[-1:] != [] and (one.role or "").split()[-1] in closed("documents")
    return Source(
        person=one.person or (None if written and not other.role else other.person),  # "a note by X (Lamu county)"
        role=one.role or other.role,
        voice=voice,
        body=body,
        kind=one.kind if one.kind not in ("unknown", "person") or other.kind == "unknown" else other.kind,
        gender=one.gender or other.gender,
        of=one.of or other.of,
        whose=one.whose or other.whose,
    )


def _credible(body: str | None) -> str | None:
    """Return the longest of the pieces that full stops have cut a body's name into."""
    if body is None or not re.search(r"\w{3,}\.\s", body):
        return body
    pieces = [_phrase(piece.split()) for piece in re.split(r"(?<=\w{2})\.\s+", body)]
    kept = [re.sub(r"^(?:for|of|the|in|at|and)\s+", "", piece) for piece in pieces if piece]
    return max(kept, key=lambda piece: (len(piece.split()), len(piece)), default=None)


def _capital(token: str) -> bool:
    return token[:1].isupper() or (
        token[:3].lower() in ("al-", "el-", "ul-", "as-", "an-", "ad-", "ar-", "at-") and token[3:4].isupper()
    )


def _hits(tokens: Sequence[str]) -> list[_Hit]:
    """Return the titles in a part, longest first at each place, none overlapping another."""
    bare = [plain(token) for token in tokens]
    found: list[_Hit] = []
    at = 0
    while at < len(bare):
        for length in range(min(longest(), len(bare) - at), 0, -1):
            title = titles().get(tuple(bare[at : at + length]))
            if title is not None:
                found.append(_Hit(at, at + length, title))
                at += length
                break
        else:
            at += 1
    return found


def _read_part(tokens: list[str]) -> Source:
    tokens = without_clause(tokens)
    owner, rest = owner_taken_up(tokens)
    read = _read_plain(rest) if owner else None
    if (
        owner
        and read is not None
        and (read.voice or read.role in OWN_COUNTS or (read.body and tokens[0].lower() == "its"))
    ):
        return replace(read, whose=owner, body=read.body or (None if owner in POSSESSIVE else owner[4:]))
    return _read_plain(tokens)


def _read_plain(tokens: list[str]) -> Source:
    tokens = _without_article(tokens)
    if tokens[0].lower() in _OF and len(tokens) > 1:
        return Source(of=_phrase(tokens[1:]))
    hits = _hits(tokens)
    if (apposed := _without_comma(tokens, hits)) is not None:
        return apposed
    voice = next((hit for hit in hits if hit.title.sort == "voice"), None)
    if voice is not None:
        return _read_voice(tokens, voice)
    titled = _read_titled(tokens, hits)
    if titled is not None:
        return titled
    return _read_untitled(tokens, hits)


def _without_comma(tokens: list[str], hits: list[_Hit]) -> Source | None:
    """Read "Abu Yazan a member of the council", whose comma is lost: the name, and what its bearer is."""
    name, rest = _leading_name(tokens)
    titled = any(hit.first < len(tokens) - len(rest) for hit in hits)
    if not name or " " not in name or titled or len(rest) < 2 or rest[0].lower() not in ("a", "an"):
        return None
    return _join(Source(person=name), _read_plain(rest))


def _without_article(tokens: list[str]) -> list[str]:
    start = 0
    while start < len(tokens) - 1 and tokens[start].lower() in _ARTICLES:
        start += 1
    return tokens[start:]


def _read_voice(tokens: list[str], hit: _Hit) -> Source:
    """Read "X spokesman N", "a spokesman for X", "N, spokesman for X", "a statement from X"."""
    before, after = tokens[: hit.first], tokens[hit.last :]
    after = after[1:] if _is_made(after) else after
    person = body = None
    inside = after[:1] and after[0].lower() in ("in", "at", "from", "inside") and _phrase(_organisation(before))
    if inside:
        body = inside  # "the police spokesman in the state"
    elif after and after[0].lower() in _OF:
        run = _trailing_name(after[1:])
        person = run or None
        body = _phrase(after[1 : len(after) - len((run or "").split())])
    elif after:
        person, rest = _leading_name(after)
        if rest and rest[0].lower() in _OF:
            body = _phrase(rest[1:])
    if body is None:
        body = _phrase(_organisation(before))
    leading, _ = _leading_name(before) if body is None and before else (None, [])
    return Source(
        person=person or leading, role=hit.words(tokens), voice=True, body=body, kind="person", gender=hit.title.gender
    )


def _organisation(tokens: list[str]) -> list[str]:
    """Drop adjectives before the name of a body: "a senior", "another"."""
    start = 0
    while start < len(tokens) and not _capital(tokens[start]) and not _hits(tokens[start : start + 2]):
        start += 1
    return tokens[start:]


def _trailing_name(tokens: list[str]) -> str | None:
    """In "the army Karim Aziz" return the person at the end: a run of capitals behind a word in lower case."""
    start = len(tokens)
    while start and _capital(tokens[start - 1]):
        start -= 1
    run = tokens[start:]
    if (
        start == 0
        or not 2 <= len(run) <= 3
        or tokens[start - 1].lower() in _OF | words_of("name particle") | {"and", "the"}
    ):
        return None
    return " ".join(run) if not _hits(run) else None


def _read_titled(tokens: list[str], hits: list[_Hit]) -> Source | None:
    """Read a rank, office or honorific with the name behind it, or an office alone."""
    people = [hit for hit in hits if hit.title.sort in ("rank", "office", "honorific")]
    personal = [hit for hit in people if not _in_a_body(tokens, hit, hits)]
    for hit in reversed(personal):
        name, rest = _leading_name(tokens[hit.last :])
        if name and not _hits(rest):
            gender = next((item.title.gender for item in personal if item.title.gender), None)
            return Source(
                person=name, role=hit.words(tokens), kind="person", gender=gender, of=_belongs(tokens[: hit.first])
            )
        if name:
            return Source(
                person=name,
                role=hit.words(tokens),
                kind="person",
                of=_phrase(rest[1:]) if rest[0].lower() in _OF else None,
            )
    office = next((hit for hit in personal if hit.title.sort != "honorific" and _heads(tokens, hit)), None)
    if office is None:
        return None
    after = tokens[office.last :]
    of = _phrase(after[1:]) if after and after[0].lower() in _OF else _belongs(tokens[: office.first])
    return Source(role=office.words(tokens), kind=office.title.kind, of=of)


def _in_a_body(tokens: Sequence[str], hit: _Hit, hits: list[_Hit]) -> bool:
    """Tell whether a title is a part of a body's name: the "General" of "Kaldor General Hospital"."""
    body = any(other.first == hit.last and other.title.sort == "body" for other in hits)
    return body and hit.first > 0 and _capital(tokens[hit.first]) and _capital(tokens[hit.first - 1])


def _heads(tokens: Sequence[str], hit: _Hit) -> bool:
    """Tell whether a title is the head of its phrase: nothing or a preposition follows."""
    return (
        hit.last == len(tokens)
        or tokens[hit.last].lower() in _OF
        or (not _capital(tokens[hit.last]) and not _hits(tokens[hit.last :]))
    )


def _all_capital(tokens: Sequence[str]) -> bool:
    return all(map(_capital, tokens))


def _belongs(tokens: Sequence[str]) -> str | None:
    return _phrase(list(tokens))


def _read_untitled(tokens: list[str], hits: list[_Hit]) -> Source:
    documents = (hit for hit in hits if hit.title.sort == "document")
    document = next((hit for hit in documents if _heads(tokens, hit) or _is_made(tokens[hit.last :])), None)
    network = len(tokens) > 1 and tokens[-1] == "Network" and all(_capital(token) for token in tokens)
    if document is not None:
        return _read_document(tokens, document)
    if network and not any(hit.title.kind == "media" for hit in hits if hit.last < len(tokens)):
        return Source(body=_phrase(tokens), kind="organisation")  # "the Lakes Doctors Network" broadcasts nothing
    if (named := _named_of(tokens, hits)) is not None:
        return named
    head = next((hit for hit in hits if hit.title.sort in ("body", "crowd") and _heads(tokens, hit)), None)
    if head is None and hits and hits[-1].title.sort == "body":
        return _apposed_name(tokens, hits[-1])
    if head is None:
        return _read_bare(tokens)
    if head.title.sort == "crowd":
        return Source(role=_phrase(tokens), kind=head.title.kind)
    return Source(body=_phrase(tokens), kind=head.title.kind)


def _named_of(tokens: list[str], hits: list[_Hit]) -> Source | None:
    """Read "Ana Ruiz of the Peace Secretariat": a name without a title in it, and the body its bearer is of."""
    name, rest = _leading_name(tokens)
    size = len(tokens) - len(rest)
    told = bool(hits) and hits[-1].title.sort == "body" and hits[0].first > size
    if not name or " " not in name or len(rest) < 2 or rest[0].lower() not in ("of", "from") or not told:
        return None
    return Source(person=name, of=_phrase(rest[1:]))


def _read_document(tokens: list[str], hit: _Hit) -> Source:
    """Read "a report from the ministry", "figures released by the UN", "a UN report": a body speaks through it."""
    before, after = tokens[: hit.first], tokens[hit.last :]
    after = after[1:] if _is_made(after) else after
    if after and after[0].lower() in ("from", "by", "of"):
        ends = (at for at in range(2, len(after)) if after[at].lower() in ("from", "based", "using"))
        return Source(role=hit.words(tokens), voice=True, body=_phrase(after[1 : next(ends, len(after))]))
    if before and before[-1].endswith(("'s", "’s", "s'", "s’")):
        return Source(role=hit.words(tokens), voice=True, body=_phrase(before))
    if before and (before[-1].isupper() or any(part.title.sort == "body" for part in _hits(before)[-1:])):
        return Source(role=hit.words(tokens), voice=True, body=_phrase(_organisation(before)))
    return Source(role=_phrase(tokens))


def _is_made(after: Sequence[str]) -> bool:
    """Tell whether the words behind a document say who made it: "compiled by", "kept by"."""
    made = len(after) > 1 and after[0].lower().endswith(("ed", "kept", "given", "put", "shown"))
    return made and after[1].lower() in ("by", "from")


def _apposed_name(tokens: list[str], head: _Hit) -> Source:
    """Read "news agency Blik": the name stands behind the word for the body."""
    behind = tokens[head.last :]
    named = bool(behind) and _capital(behind[0]) and _capital(behind[-1])
    name = behind if named and not _all_capital(tokens[head.first : head.last]) else tokens
    return Source(body=_phrase(name), kind=head.title.kind)


def _read_bare(tokens: list[str]) -> Source:
    """Read a run of capitals as a name, of whom is for the report to say; anything else stays words."""
    name, rest = _leading_name(tokens)
    if name and len(rest) > 1 and rest[0].lower() in _AIMS and _capital(rest[1]):
        return Source(body=_phrase(tokens), kind="organisation")  # "Physicians for Calm"
    if name and (not rest or rest[0].lower() in _OF):
        return Source(person=name, of=_phrase(rest[1:]) if rest else None)
    if name and " " in name and rest[0].lower() in ("a", "an") and len(rest) > 1:
        return Source(person=name, role=_phrase(rest), kind="person")  # the comma is lost
    return Source(role=_phrase(tokens))


_AIMS: Final = frozenset({"for", "against", "without"})


def _leading_name(tokens: Sequence[str]) -> tuple[str | None, list[str]]:
    """Return the run of capitals (with particles like "bin") that opens ``tokens``, and the rest."""
    end = 0
    while end < len(tokens):
        token = tokens[end]
        inner = (
            token.lower() in words_of("name particle") and end and end + 1 < len(tokens) and _capital(tokens[end + 1])
        )
        if not (_capital(token) or inner):
            break
        end += 1
        if token.endswith(("'s", "’s")):
            break
    run = list(tokens[:end])
    while (
        run
        and (plain(run[0]),) in titles()
        and titles()[(plain(run[0]),)].sort in ("rank", "honorific", "office")
        and len(run) > 1
    ):
        run = run[1:]
    if not run or plain(run[0]).isdigit():
        return None, list(tokens)
    name = " ".join(run)
    return re.sub(r"['’]s?$", "", name).rstrip(".,") or None, list(tokens[end:])


def _phrase(tokens: Sequence[str]) -> str | None:
    """Return words as a name: no article before, no possessive or preposition behind."""
    kept = _without_article(list(tokens))
    while kept and kept[-1].lower() in _OF | {"and", "the", "a"}:
        kept = kept[:-1]
    text = re.sub(r"['’]s?$", "", " ".join(kept)).strip(" .:-—–")
    return text or None
