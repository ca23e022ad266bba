"""Names of speakers: what a body's name stands for, which words of two names agree, which roles take up others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sayso.reading.speaking.speakers import Source
from sayso.reading.speaking.title_words import titles
from sayso.values import Actor, ActorKind

if TYPE_CHECKING:
    from collections.abc import Collection

    from sayso.values.facts import ActorLookup

SORTED: Final = frozenset({"ministry", "department", "office", "committee", "council", "court", "bureau", "hospital"})
"""Bodies of which there are several: "the health ministry" is not the foreign ministry that spoke before."""


def name_body(
    name: str, words: str, world: ActorLookup, *, kind: ActorKind = "unknown", countries: Collection[str] = ()
) -> Actor:
    """Return the actor that a body's name stands for: as the world knows it, else the words with the kind they tell."""
    name = _BASED.sub("", name) or name
    plain = re.sub(r"^the ", "", name, flags=re.IGNORECASE)
    known = Actor.parse(name, world, countries)
    another = kind == "media" and known.kind != "media" and plain.isupper()  # "state news agency XYZ" is no army XYZ
    if known.kind not in ("unknown", "person") and not another:
        written = plain != plain.lower() and (" " in plain or known.kind == "media")
        cut = bool(known.name) and plain.startswith(f"{known.name} for ")  # "Orve Observatory" for Human Rights
        named = plain if written and (cut or (known.name or "").islower()) else known.name
        return known.model_copy(update={"words": words, "name": named})
    kind = kind if kind not in ("person", "unknown") else _kind_in(plain)
    country = country_in(plain, world) if another else known.country or country_in(plain, world)
    return Actor(name=plain, kind=kind, country=country, words=words)


_BASED = re.compile(r"\b[A-Z][\w.]*-based ")  # "the Riga-based Northern Rights Network"


def _kind_in(words: str) -> ActorKind:
    """Return the kind that the head of a body's name tells, "unknown" where none does."""
    plain = words.lower().replace(".", "").split()
    if words.endswith(" Network") and not any(titles()[key].kind == "media" for key in _single(plain[:-1])):
        return "organisation"  # "the Lakes Rights Network" broadcasts nothing
    for length in (3, 2, 1):
        for start in range(len(plain) - length, -1, -1):
            title = titles().get(tuple(plain[start : start + length]))
            if title is not None and title.sort in ("body", "crowd", "office"):
                return title.kind
    return "unknown"


def _single(words: list[str]) -> list[tuple[str]]:
    return [(word,) for word in words if (word,) in titles()]


def is_another(words: str) -> bool:
    """Tell whether words bring in somebody new: "another officer", "a minister"."""
    return words.lower().split()[:1] != [] and words.lower().split()[0] in _ANOTHER


_ANOTHER = frozenset({"a", "an", "another", "one", "some", "other", "two", "several", "many", "any"})


def has_body_word(name: str) -> bool:
    """Tell whether a name holds a word for a body: "Ministry", "Army"."""
    return any((title := titles().get((word.lower(),))) is not None and title.sort == "body" for word in name.split())


def country_in(words: str, world: ActorLookup) -> str | None:
    """Return the country that the first capitals of a phrase name: "U.S. officials", "the Iraqi army"."""
    parts = re.sub(r"^(?:the|a|an|another|some|senior)\s+", "", words, flags=re.IGNORECASE).split()
    for length in (3, 2, 1):
        head = re.sub(r"['’]s?$", "", " ".join(parts[:length])).strip(" ,.")
        head = head if head[:1].isupper() else ""
        fact = world.country(head) if head else None
        if fact is not None:
            return fact.code
    return None


def is_alone(source: Source) -> bool:
    """Tell whether a role without a name means one person: "the minister"."""
    return (
        bool(source.role)
        and not source.body
        and not is_crowd(source.role or "")
        and not source.voice
        and (source.kind in ("person", "government", "military", "police"))
    )


def is_crowd(role: str) -> bool:
    """Tell whether a role means several people or a document."""
    last = role.lower().replace(".", "").split()[-1:]
    title = titles().get(tuple(last))
    return (title is not None and title.sort in ("crowd", "document")) or bool(
        last and last[0].endswith("s") and title is None
    )


def is_several(role: str) -> bool:
    """Tell whether a role with all that belongs to it means several people: "residents of X"."""
    return is_crowd(_WHOSE.split(role, maxsplit=1)[0])


_WHOSE: Final = re.compile(r" (?:of|in|from|at|on|near|around|with|among|inside) ")


def roles_of(source: Source) -> frozenset[str]:
    """Return the words by which a role may be taken up again: "foreign minister" → also "minister"."""
    role = spelled_out(source.role or "")
    swap = {"foreign secretary": "foreign minister", "premier": "prime minister"}
    return frozenset({role, role.split()[-1] if role else "", swap.get(role, role)}) - {""}


def spelled_out(words: str) -> str:
    """Return titles in full, lower case: "Brig. Gen." is a brigadier general."""
    return " ".join(_RANKS.get(word, word) for word in words.lower().replace(".", " ").split())


_RANKS: Final = {
    "adm": "admiral", "brig": "brigadier", "capt": "captain", "cmdr": "commander", "col": "colonel", "cpl": "corporal",
    "gen": "general", "gov": "governor", "insp": "inspector", "lt": "lieutenant", "maj": "major", "prof": "professor",
    "pvt": "private", "sen": "senator", "sgt": "sergeant", "supt": "superintendent",
}  # fmt: skip


def last_name(name: str) -> str:
    """Return the word by which a person is taken up again, lower case."""
    words = name_words(name)
    return words[-1] if words else ""


def name_words(name: str) -> list[str]:
    """Return the words of a name that count when two names are compared, lower case."""
    words = re.findall(r"[\w’'-]+", name.lower())
    kept = [re.sub(r"^(?:al|el)-|['’]s$", "", word) for word in words]
    return [word for word in kept if word not in ("jr", "sr", "ii", "iii", "al", "el", "")]


def title_before(lead: str) -> str:
    """Return the titles that stand right before a name, so that "prosecutor" is not lost."""
    words = lead.split()
    kept: list[str] = []
    for word in reversed(words):
        if (re.sub(r"\W", "", word.lower()),) not in titles():
            break
        kept.insert(0, word)
    return " ".join(kept) + " " if kept else ""


def with_apposition(text: str, start: int, name: str) -> str:
    """Return a name in the text with its apposition, up to the sentence's end."""
    tail = text[start : start + len(name) + 160]
    found = re.compile(r"[^,.]{0,40}?,\s([^.;:“”\"\n]{3,100}?)(?:,|\.|;|\n|$)").match(tail, max(0, len(name) - 1))
    return f"{name}, {found[1]}" if found else name


def garbled_because(words: str) -> str:
    """Return the sentence that tells the reader of a garbled speaker line."""
    return f"the speaker line is garbled: read as far as it makes sense ({words!r})"


def with_apostrophes(words: str, world: ActorLookup) -> str:
    """Give "Syrias army", "the Observatorys director" of a text without apostrophes theirs back."""
    parts = words.split(" ")
    return " ".join(
        f"{part[:-1]}'s" if at + 1 < len(parts) and _has_lost_one(part, world) else part
        for at, part in enumerate(parts)
    )


def _has_lost_one(word: str, world: ActorLookup) -> bool:
    stem = word[:-1]
    if len(word) < 4 or not word[0].isupper() or not word.endswith("s") or word.endswith("ss"):
        return False
    if world.country(word) is not None or (word.lower(),) in titles():
        return False
    return world.country(stem) is not None or has_body_word(stem)


def behind_country(words: str, world: ActorLookup) -> tuple[str, str] | None:
    """In "Ukraine Volodymyr Zelenskyy" return country and person."""
    parts = words.split()
    for cut in range(min(3, len(parts) - 1), 0, -1):
        country = " ".join(parts[:cut])
        name = parts[cut:]
        if 2 <= len(name) <= 4 and all(part[:1].isupper() for part in name) and world.country(country):
            return country, " ".join(name)
    return None


_SEEKERS: Final = frozenset({"investigators", "detectives", "guards", "security guards"})
"""Who need not be police officers, though the gazetteer counts them among the police."""


def vague_actor(source: Source, words: str, world: ActorLookup) -> Actor:
    """Keep "witnesses", "U.S. officials", "a minister" as they are; a country only where it is written."""
    if source.role and not source.of and is_crowd(source.role):
        known = Actor.parse(source.role, world)
        if known.kind not in ("unknown", "person", "state"):
            name = source.role.lower() if source.role.lower() in _SEEKERS else known.name
            return known.model_copy(update={"words": words, "name": name})
    name = source.role or source.of
    if name and name == source.role and is_crowd(name):
        name = name[0].lower() + name[1:]  # "Colleagues" only opens its sentence
    if source.role and source.of:
        plain = re.sub(r"^(?:a|an|the|another|one)\s+", "", words, flags=re.IGNORECASE).strip(" ,.")
        name = plain if source.role in words.lower() else f"{source.of} {source.role}"
    kind = Actor.parse(source.of, world).kind if source.of and source.role else source.kind
    kind = kind if kind in ("armed_group", "party") else source.kind  # "a Taliban official" serves no state
    return Actor(name=name, kind=kind, country=country_in(words, world), words=words)
