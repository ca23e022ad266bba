"""Nouns for people: those of ``vocab/groups.toml``, demonyms that stand alone, and words whose ending tells."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.counted_words import ends_bare
from sayso.reading.sentences.grammar import BREAKS
from sayso.reading.sentences.passages import Hit, closed
from sayso.values import ActorKind
from sayso.vocab import Entry, PhraseMatcher, load_table

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan

ENDINGS: Final = {
    **dict.fromkeys(("man", "woman", "person", "ist", "eer", "ster", "ator", "keeper", "goer"), False),
    **dict.fromkeys(("men", "women", "people", "persons", "ists", "eers", "sters", "ators", "keepers", "goers"), True),
}
"""Endings of nouns for people, True with those of plurals."""
_ENDS: Final = tuple(ENDINGS)
STEM: Final = 3
"""So many letters stand before such an ending at the least."""


class GroupWord(Entry):
    """One group of people: an entry of ``vocab/groups.toml``."""

    name: str
    singular: tuple[str, ...]
    plural: tuple[str, ...]
    kind: ActorKind
    sector: str = ""
    generic: bool = False
    side: str = ""


@cache
def group_matcher() -> PhraseMatcher[tuple[GroupWord, bool]]:
    """Return the matcher of group nouns; each stands for its entry and whether it is a plural."""
    table: dict[str, tuple[GroupWord, bool]] = {}
    for entry in load_table("groups", GroupWord):
        for plural, words in ((False, entry.singular), (True, entry.plural)):
            for word in words:
                table.setdefault(word, (entry, plural))
    return PhraseMatcher(table)


NATIONALS = GroupWord(name="nationals", singular=(), plural=(), kind="civilians", sector="CVL")


MEMBERS = GroupWord(name="members", singular=(), plural=(), kind="armed_group", sector="REB", side="attacker")
PERSONS = GroupWord(name="persons", singular=(), plural=(), kind="civilians")


def demonyms(scan: Scan, passage: Passage) -> list[Hit[tuple[GroupWord, bool]]]:
    """Return plural demonyms that stand alone as heads: "six Mexicans", "Americans"."""
    found = []
    shares = "them" in passage.line.lower or "whom" in passage.line.lower
    counted = {count.last for count in scan.counts(passage)}
    for index in range(len(passage)):
        token = passage.line.tokens[index]
        if not passage.line.capitals[index]:
            continue
        if (
            token.text[:1].isupper()
            and len(token.text) > 4
            and token.text.endswith(("s", "ese"))
            and not passage.line.capital(index + 1)
        ):
            name = token.text
            fact = scan.world.demonym(name)
            if fact and passage.word(index + 1) not in ("'s", "’s", "-"):
                found.append(Hit(index, index + 1, (NATIONALS, True)))
        elif (
            token.text[:1].isupper()
            and passage.word(index - 1) in ("of", "the")
            and not passage.line.capital(index + 1)
        ):
            body = scan.world.actor(token.text)
            if body and body.kind == "armed_group":
                found.append(Hit(index, index + 1, (MEMBERS, True)))
        elif token.text[:1].isupper() and passage.word(index - 1) in ("a", "an", "one"):
            if _ends(passage, index + 1) and scan.world.demonym(token.text):
                found.append(Hit(index, index + 1, (NATIONALS, False)))
        elif (
            index in counted
            and token.text[:1].isupper()
            and _ends(passage, index + 1)
            and scan.world.demonym(token.text)
            and not joins_nations(scan, passage, index + 1)
        ):
            found.append(Hit(index, index + 1, (NATIONALS, True)))  # "five Burkinabe, two Swiss"
        elif shares and token.text[:1].isupper() and _behind_share(passage, index) and scan.world.demonym(token.text):
            found.append(Hit(index, index + 1, (NATIONALS, True)))
    return found


def joins_nations(scan: Scan, passage: Passage, at: int) -> bool:
    """Tell whether the word at ``at`` joins two adjectives of one noun: "six Dutch · and · Danish pilots"."""
    joined = passage.word(at) in ("and", "or") and all(map(passage.line.capital, (at - 1, at + 1)))
    if not joined or _ends(passage, at + 2) or passage.line.capital(at + 2) or not passage.line.word(at + 2):
        return False
    return all(scan.world.demonym(passage.line.tokens[index].text) for index in (at - 1, at + 1))


def _ends(passage: Passage, at: int) -> bool:
    """Tell whether a noun phrase ends before ``at``."""
    return ends_bare(passage, at) or passage.word(at) in BREAKS


def _behind_share(passage: Passage, index: int) -> bool:
    """Tell whether a demonym says who a part is: "six of them French", "of whom two were Swiss"."""
    before = index - 1 - (passage.word(index - 1) in ("were", "was", "are"))
    bare = not passage.line.word(index + 1) or ends_bare(passage, index + 1)
    return bare and passage.word(before) in ("them", "whom")


def by_ending(passage: Passage, known: list[Hit[tuple[GroupWord, bool]]]) -> list[Hit[tuple[GroupWord, bool]]]:
    """Return nouns for people that the list lacks and their ending tells: "a yachtsman", "two herdsmen"."""
    syntax, found = passage.syntax, []
    if syntax is None:
        return []
    taken = {at for hit in known for at in range(hit.first, hit.last)}
    for index, word in enumerate(passage.line.lower):
        if not word.endswith(_ENDS) or syntax.upos[index] != "NOUN" or index in taken or word in closed("no persons"):
            continue
        ending = next((one for one in ENDINGS if word.endswith(one) and len(word) >= len(one) + STEM), None)
        if ending is not None:
            found.append(Hit(index, index + 1, (PERSONS, ENDINGS[ending])))
    return found


COUPLE = GroupWord(name="couple", singular=(), plural=("couple",), kind="civilians", sector="CVL")


def couples(passage: Passage) -> list[tuple[int, int]]:
    """Return where two people stand as one: "a couple", "an elderly couple"; "a couple of men" is a number."""
    found = []
    for index, word in enumerate(passage.line.lower):
        if word != "couple" or passage.word(index + 1) in ("of", "'s", "’s", "more", "-"):
            continue
        first = next((at for at in (index - 1, index - 2, index - 3) if passage.word(at) in ("a", "an", "one")), None)
        if first is not None and passage.line.word(index - 1):
            found.append((first, index + 1))
    return found
