"""What a holder does to a content: asserts, accuses, suspects, claims as its own, denies, exonerates, doubts, asks.

The cue decides where it can ("blamed", "denied", "suspects"); where it only says, the content does
(``vocab/stances.toml``). READING has the table this follows.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.reading.attribution.cues import CueGroup, groups_by_word
from sayso.reading.sentences.grammar import words_of
from sayso.reading.sentences.passages import closed
from sayso.reading.statements.called_false import calls_told_false
from sayso.vocab import Entry, PhraseMatcher, load_table, phrase_table

if TYPE_CHECKING:
    from sayso.records import Stance

NOT = ("n't", "cannot")
"""How a negated auxiliary ends: "can't", "doesn't"."""
_OWN_MARKS = frozenset({"our", "we", "its", "their", "his", "her", "it", "they", "he", "she", "i", "my"})
_BY_NAME: dict[str, Stance] = {
    "doubts": "doubts", "exonerates": "exonerates", "claims_own": "claims_own", "accuses": "accuses",
}  # fmt: skip


class StancePhrases(Entry):
    """One row of ``vocab/stances.toml``."""

    name: str
    phrases: tuple[str, ...]


@cache
def _matcher() -> PhraseMatcher[StancePhrases]:
    rows = load_table("stances", StancePhrases)
    return PhraseMatcher(phrase_table(rows, lambda row: row.phrases, place="stances"))


def stance_of(cue: str, content: str) -> Stance:
    """Return the stance of a statement from the words of its cue and of its content.

    Args:
        cue: the cue as written, "" for a bare quotation.
        content: all pieces of the content.

    """
    words = cue.lower().replace("’", "'").split()
    kept = _group([*words, *content.lower().split()[:1]])
    group = kept if kept is not None and kept.keeps else _group(words)  # "claimed" · "responsibility for …"
    stance: Stance = group.stance if group else "asserts"
    if any(word in words_of("negation") or word.endswith(NOT) for word in words):
        stance = stance if content.lower().split()[:1] in _TAKEN_FOR_GRANTED else _negated(stance)
    elif stance in ("asserts", "claims_own") and _takes_credit(words, content):
        return "claims_own"
    if stance == "claims_own" and group is not None and group.name == "admit":
        return "claims_own" if _is_own(content) else "asserts"
    if stance == "asserts" and calls_told_false(content):
        return "denies"
    return _by_content(content) if stance == "asserts" else stance


def _group(words: list[str]) -> CueGroup | None:
    """Return the group of the last word or words of the cue that the lexicon knows."""
    table = groups_by_word()
    for end in range(len(words), 0, -1):
        for start in range(max(0, end - 4), end):
            group = table.get(" ".join(words[start:end]))
            if group is not None:
                return group
    return None


def _negated(stance: Stance) -> Stance:
    """Return what is left of a stance when the cue is negated: a denial denied asserts nothing sure."""
    return "doubts" if stance in ("asserts", "denies", "accuses", "suspects", "claims_own") else stance


def _takes_credit(words: list[str], content: str) -> bool:
    """Tell whether a deed is claimed: "claimed the hotel attack", "said it carried out the raid"."""
    object_ = re.split(r"\b(?:in|on|at|that|of|which|as|for)\b|[,;]", content.lower(), maxsplit=1)[0].split()
    deed = any(word in _CLAIMING for word in words) and 0 < len(object_) < 6 and object_[-1] in closed("attack nouns")
    others = content[:1] in '“"' and content[1:6].lower() == "they "  # "They bombed us" is said of others
    return deed or (bool(_OWN_DEED.match(content)) and not others)


_TAKEN_FOR_GRANTED: Final = (["how"], ["when"], ["where"], ["why"], ["who"])
"""Words behind "did not say" that leave what follows undoubted: "did not say how he died"."""
_CLAIMING: Final = frozenset({"claim", "claims", "claimed", "claiming", "admit", "admits", "admitted", "admitting"})
_OWN_DEED: Final = re.compile(
    r"(?:that )?[“\"‘']?(?:(?:(?!none)\w+ of )?(?:its|their|our) (?:\w+ )?[“\"‘']?\w+[”\"’']?|it|they|we) "
    r"(?:had |have |has )*(?:(?:been |was |were )+(?:behind|responsible for)|carried out|launched|staged|planted|"
    r"conducted|perpetrated|attacked|bombed|shelled|ambushed|assassinated|fired (?:on|at)|shot down|raided)\b",
    re.IGNORECASE,
)


def _is_own(content: str) -> bool:
    """Tell whether what is admitted is the speaker's own: his own word stands near its head."""
    return any(word.strip("“”\"',.") in _OWN_MARKS for word in content.lower().split()[:_HEAD])


_HEAD: Final = 9
"""So many words of an admission tell whose deed it is: "his" further on may be anybody's."""


def _by_content(content: str) -> Stance:
    found = {row.name for _, _, row in _matcher().find(content)}
    if "doubts" in found:
        return "doubts"
    if "exonerates" in found:
        own = content.lower().split()[:4]
        return "denies" if any(word.strip("“\"‘'") in _OWN_MARKS for word in own) else "exonerates"
    if "claims_own" in found:
        return "claims_own"
    if "accuses" in found:
        return "suspects" if "suspects by hedge" in found else "accuses"
    return "asserts"
