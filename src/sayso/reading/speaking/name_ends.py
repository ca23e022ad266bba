"""What stands behind the name of who speaks and is no part of it: "officials · who asked not to be named"."""

from __future__ import annotations

from typing import Final

from sayso.reading.sentences.grammar import words_of
from sayso.reading.speaking.own_names import joins_name
from sayso.reading.speaking.title_words import titles

_CUT: Final = frozenset(
    {"who", "which", "that", "whose", "when", "where", "while", "as", "on", "speaking", "told", "said", "citing"}
)
_PARTICIPLES: Final = frozenset(
    {"brought", "caught", "driven", "flown", "found", "held", "hit", "hurt", "seen", "sent", "shot", "struck", "taken"}
)


def without_clause(tokens: list[str]) -> list[str]:
    """Leave relative clauses out: "officials who asked not to be named", "a sergeant flown to hospital"."""
    for index, token in enumerate(tokens):
        surname = token == "Said" and tokens[index - 1][:1].isupper() and plain(tokens[index - 1]) != "police"
        if index and token.lower() in _CUT and not surname and not joins_name(tokens, index):
            return tokens[:index]
        if index and _tells_more(tokens, index):
            return tokens[:index]
    return tokens


def tells_of_him(part: list[str]) -> bool:
    """Tell whether a part of a source is a relative clause that names nobody: "officials, · who asked for calm"."""
    words = {token.lower() for token in part}
    if part[0].lower() == "whose":
        return not any(word.startswith("spokes") for word in words)
    return part[0].lower() in ("who", "which") and not (
        {"himself", "herself", "named"} & words or {"be", "called"} <= words
    )


def _tells_more(tokens: list[str], index: int) -> bool:
    """Tell whether a participle behind people begins what befell them: "a sergeant flown · to hospital in X"."""
    word, behind = tokens[index].lower(), tokens[index + 1].lower() if index + 1 < len(tokens) else ""
    if not tokens[index].islower() or behind not in words_of("preposition") - {"of"}:
        return False
    if not (word.endswith("ed") or word in _PARTICIPLES):
        return False
    title = titles().get((plain(tokens[index - 1]),))
    return title is not None and title.sort in ("rank", "office", "crowd")


def plain(token: str) -> str:
    """Return a word as titles are listed: lower case, no full stop, no possessive."""
    token = token.lower().replace("’", "'")
    token = token.removesuffix("'s").removesuffix("'") if token not in ("'s", "'") else token
    return token.replace(".", "").strip('-–—:*“”"‘')
