"""The closed tables for reading actors (``actor.toml``) and the ways to take a phrase apart with them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from sayso.values.actor import ActorKind
from sayso.values.facts import ActorLookup, CountryFact

_EDGE: Final = re.compile(r"^[\s\"'“”‘’«»,;:(]+|[\s\"“”«»,;:!?)]+$")
_QUOTE: Final = re.compile("[\"“”«»]|(?<!\\w)[‘']|['’](?!\\w)(?<!s['’])")
_ARTICLE: Final = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE: Final = re.compile(r"(?:['’]s|(?<=s)['’])$")
_NUMBER: Final = re.compile(r"^[\d.,]+$")
_NAME_WORD: Final = re.compile(
    r"^(?:[A-ZÀ-ÞĀ-Ž][\w.'’-]*|(?:bin|ibn|abu|de|del|la|von|van|der|da|dos|di|el|al|ul)|(?:al|el|as|ash|ar|ad|an)-[A-Z]\S*)$"
)
LONGEST_COUNTRY: Final = 4  # words of the longest country name looked for in front of a noun
LONGEST_TITLE: Final = 3


class Head(NamedTuple):
    """A noun that tells what somebody is."""

    name: str
    kind: ActorKind
    sector: str | None
    body: bool  # with a country it names one body
    written: bool  # its own word goes into the name


class Tables(NamedTuple):
    """The closed tables of ``actor.toml``."""

    heads: dict[str, Head]
    longest: int  # words of the longest head
    voices: frozenset[str]
    members: frozenset[str]
    noise: frozenset[str]
    backed: re.Pattern[str]
    led: re.Pattern[str]
    pronouns: frozenset[str]
    umbrella: tuple[str, ...]
    titles: dict[str, str]  # title → sector


@cache
def tables() -> Tables:
    """Read ``actor.toml``; a word that two heads claim is a mistake in the file."""
    raw = tomllib.loads((Path(__file__).parent / "actor.toml").read_text(encoding="utf-8"))
    words: dict[str, Any] = raw["words"]
    heads = _heads(raw["head"])
    return Tables(
        heads=heads,
        longest=max(len(word.split()) for word in heads),
        voices=frozenset(words["voices"]),
        members=frozenset(words["members"]),
        noise=frozenset(words["noise"]),
        backed=re.compile(rf"^(.+?)[-‐‑–](?:{'|'.join(words['backed'])})\s+(.+)$"),
        led=re.compile(rf"^(.+?)[-‐‑–](?:{'|'.join(words['led'])})$"),
        pronouns=frozenset(words["pronouns"]),
        umbrella=tuple(words["umbrella"]),
        titles={title: sector for sector, names in words["titles"].items() for title in names},
    )


def _heads(rows: list[dict[str, Any]]) -> dict[str, Head]:
    heads: dict[str, Head] = {}
    for row in rows:
        head = Head(row["name"], row["kind"], row.get("sector"), row.get("body", False), row.get("written", False))
        for word in row["words"]:
            if word in heads:
                raise ValueError(f"actor.toml: {word!r} is a word of {heads[word].name!r} and of {head.name!r}")
            heads[word] = head
    return heads


def bare(words: str) -> str:
    """Return a phrase without quotation marks, article and possessive ending."""
    plain = _QUOTE.sub("", " ".join(words.split()))
    return _ARTICLE.sub("", _POSSESSIVE.sub("", _EDGE.sub("", plain)))


def head_of(words: list[str]) -> tuple[list[str], Head | None]:
    """Return the longest head at the end of some words, as written and as an entry; ([], None) where there is none."""
    for length in range(min(len(words), tables().longest), 0, -1):
        tail = words[len(words) - length :]
        head = tables().heads.get(" ".join(tail).lower().replace("’", "'"))
        if head is not None:
            return tail, head
    return [], None


def head_in_front(phrase: str) -> tuple[Head, str] | None:
    """Return the head that begins a phrase and holds an "of", and what follows: "ministry of defence (of X)"."""
    words = phrase.split()
    for end in range(min(len(words), tables().longest), 2, -1):
        head = tables().heads.get(" ".join(words[:end]).lower())
        if head is not None and " of " in " ".join(words[:end]):
            return head, re.sub(r"^(?:of|in|for)\s+", "", " ".join(words[end:]))
    return None


def without_noise(words: list[str]) -> list[str]:
    """Leave out numbers and words that are no part of a name: "several suspected Taliban" gives "Taliban"."""
    return [word for word in words if word not in tables().noise and not _NUMBER.match(word)]


def split_country(
    words: list[str], lookup: ActorLookup, *, demonyms_only: bool = False
) -> tuple[CountryFact | None, list[str]]:
    """Return the country that some words name, and the other words: "two French" gives France and nothing."""
    for start in range(len(words)):
        for end in range(min(len(words), start + LONGEST_COUNTRY), start, -1):
            span = " ".join(words[start:end])
            name = _POSSESSIVE.sub("", span)
            fact = lookup.demonym(name) if demonyms_only and name == span else lookup.country(name)
            if fact is not None:
                return fact, without_noise(words[:start] + words[end:])
    return None, without_noise(words)


def split_title(words: list[str]) -> tuple[str | None, list[str]]:
    """Return the PLOVER sector of the titles in front of a name, and the name: "Lt. Gen. Ana Ruiz" gives MIL."""
    sector: str | None = None
    while True:
        for length in range(min(len(words) - 1, LONGEST_TITLE), 0, -1):
            found = tables().titles.get(" ".join(words[:length]).lower().replace(".", ""))
            if found is not None:
                sector, words = sector or found, words[length:]
                break
        else:
            return sector, words


def is_persons_name(words: list[str]) -> bool:
    """Tell whether words may be a person's name: capitals, with particles between them."""
    return bool(words) and all(_NAME_WORD.match(word) for word in words) and words[-1][-1:].isalnum()


def last_word(phrase: str) -> str:
    """Return the last word in lower case; "" for an empty phrase."""
    return phrase.lower().split()[-1] if phrase.split() else ""


def title_case(words: list[str]) -> list[str]:
    """Return words as in a name: "federal" gives "Federal", "IRGC" stays."""
    return [word[:1].upper() + word[1:] for word in words]
