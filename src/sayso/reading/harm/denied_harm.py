"""Harm that somebody denies without a number: "rejected reports of civilian deaths", "denied that any nurse was hurt".

READING: a denial makes a claim on the value denied. What the noun hangs on, the strike in which they died, is not
denied with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.mentions import Mention, mention
from sayso.reading.sentences.group_words import group_matcher
from sayso.reading.statements.harm_denied import denies_harm
from sayso.values import Actor, Quantity

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.statements.statements import Statements
    from sayso.records import ClaimField, Statement

_FIELDS: Final[dict[str, tuple[ClaimField, ...]]] = {
    "casualties": ("killed", "injured"), "harmed": ("killed", "injured"), "hurt": ("injured",), "injured": ("injured",),
    "wounded": ("injured",),
}  # fmt: skip
"""Which counts a word for harm is of; others are of the dead."""
_NOBODY: Final = frozenset({"one", "anybody", "body", "anyone", "person", "people", "human", "any"})


def find_denied_harm(scan: Scan, statements: Statements, known: Sequence[Mention]) -> list[Mention]:
    """Return the counts of none that denials of harm make, where no count was read in them.

    Args:
        scan: the report.
        statements: of the report.
        known: the counts already found.

    """
    found: list[Mention] = []
    for statement in statements.records:
        harm = denies_harm(statement.content[0].text) if statement.stance == "denies" else None
        if harm is not None and not any(_stands_in(item, statement) for item in known):
            found += _counts(scan, statement, harm)
    return found


def _stands_in(item: Mention, statement: Statement) -> bool:
    at = statement.content[0]
    return item.field in ("killed", "injured") and at.start <= item.anchor[0] < at.end


def _counts(scan: Scan, statement: Statement, harm: re.Match[str]) -> list[Mention]:
    content = statement.content[0]
    base = content.start + len(content.text) - len(content.text.lstrip("“\"‘' "))
    start, end = base + harm.start("group"), base + harm.end("harm")
    passage = next((one for one in scan.passages if one.start <= start < one.end), None)
    if passage is None or end > passage.end:
        return []
    words = scan.report.text[start:end]
    of = _group(scan, passage, harm["group"].strip())
    value = Quantity(low=0, high=0, words=words, of=of)
    span = passage.tokens_of(start, end)
    fields = _FIELDS.get(harm["harm"].lower(), ("killed",))
    return [mention(passage, field, value, span, stance="denies") for field in fields]


def _group(scan: Scan, passage: Passage, words: str) -> Actor | None:
    """Return whom the harm would have befallen; None for nobody in particular."""
    if not words or words.lower() in _NOBODY:
        return None
    known = [row for _, _, row in group_matcher().find(words.lower())]
    known += [row for _, _, row in group_matcher().find(f"{words.lower()}s")] if not known else []
    kind, sector = (known[-1][0].kind, known[-1][0].sector or None) if known else ("unknown", None)
    country = next(
        (fact.code for word in words.split() if word[:1].isupper() and (fact := scan.world.country(word))), None
    )
    return Actor(name=words, kind=kind, country=country, sector=sector, words=words)
