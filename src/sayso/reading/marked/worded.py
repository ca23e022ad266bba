"""Whether the words around a mark are of its sort: a count of people held needs a word for holding, a motive for why.

The layer was fitted on reports of attacks. In reports of a hunt, a trial or a quarrel it marks anybody as arrested
(a suspect on a bicycle) and any clause as a motive (what a court orders); there no word says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.harm.harms import tells_of_abduction
from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.mentions import Mention
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax

PURPOSE: Final = ("advcl", "acl")
"""Relations of an infinitive that says what for: "operated it · to express his opposition"."""


def is_worded(view: Scan, passage: Passage, item: Mention) -> bool:
    """Tell whether a marked count or motive stands beside a word of its sort; other fields need none."""
    first, last = passage.tokens_of(*item.anchor)
    begin, end = passage.clauses.starts[first], passage.clauses.ends[min(last, len(passage))]
    around = set(passage.line.lower[begin : max(end, last)])
    if item.field == "arrested":
        return bool(around & closed("held by the law"))
    if item.field == "abducted":
        return tells_of_abduction(view) or bool(
            around & closed("carrying off") and not around & closed("those who detain")
        )
    if item.field == "motive":
        words = set(passage.line.lower[max(first - 2, 0) : last])
        return bool(words & closed("reasons named", "answers named")) or _says_what_for(passage, first, last)
    return True


def _says_what_for(passage: Passage, first: int, last: int) -> bool:
    """Tell whether an infinitive in some words, or right at their head, is a purpose."""
    syntax = passage.syntax
    places = range(max(first - 1, 0), last - 1)
    return syntax is None or any(_is_purpose(syntax, at + 1) for at in places if passage.word(at) == "to")


def _is_purpose(syntax: Syntax, verb: int) -> bool:
    governed = syntax.heads[verb] >= 0 and syntax.words[syntax.heads[verb]] in closed("purposes govern", "purposes")
    return syntax.upos[verb] == "VERB" and (syntax.labels[verb] in PURPOSE or governed)
