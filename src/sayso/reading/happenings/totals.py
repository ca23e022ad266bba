"""Harm of a whole war or of a long time: it belongs to no single happening (READING, "Numbers")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.happenings.drafts import MOST, Draft
from sayso.reading.happenings.incidents import HARM, Happening
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.statuses import of_a_war
from sayso.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.reading.happenings.drafts import Owner
    from sayso.reading.mentions import Mention
    from sayso.reading.sentences.passages import Passage, Scan

HEAD: Final = 2
"""In so many sentences at the beginning a total is what the report is about."""
REACH: Final = 14
"""So many words may stand between harm and the "since" that it is counted from."""
FOUGHT: Final = ("armed_clash", "force_deployment", "protest_riot")
"""Kinds of incidents that "the fighting" may itself be."""
LENGTHS: Final = frozenset({"months", "years", "decades"})
"""So long people are counted who were harmed in more than one happening."""
EXODUS: Final = 80_000
"""So many people are driven from their homes by a war, not by one attack."""
YEAR: Final = 4
"""Digits of a year."""


def set_totals_apart(scan: Scan, drafts: list[Draft], owner: Owner, harms: list[Mention]) -> None:
    """Give harm of a whole war or a long time a background incident of its own, one a sentence."""
    opened: dict[int, int] = {}
    fighting = bool(drafts) and drafts[0].kind not in FOUGHT
    for row in _totals(scan, harms, fighting=fighting) if drafts else ():
        here = owner.setdefault(row.passage, {})
        number = here.get(row.first)
        alone = number is not None and drafts[number].background and drafts[number].passages == [row.passage]
        if len(drafts) >= MOST or alone:
            continue
        if number is not None and not drafts[number].leave(row):
            continue
        if row.passage not in opened:
            opened[row.passage] = len(drafts)
            drafts.append(Draft([], "other", background=True))
        drafts[opened[row.passage]].add(scan, row)
        here[row.first] = opened[row.passage]


def _totals(scan: Scan, harms: list[Mention], *, fighting: bool) -> Iterator[Happening]:
    """Yield each count of harm that is a total as a mention of its own, in text order; behind the report's head.

    ``fighting``: the report is on something else than "the fighting", so that this is a war of its own.
    """
    for harm in harms:
        passage = scan.passages[harm.passage]
        first, last = passage.tokens_of(*harm.trigger)
        exodus = _is_exodus(harm)
        head = harm.passage < HEAD and not _beside_its_own(passage, harm, harms, last)
        if head or not (harm.field in HARM or exodus):
            continue
        fought = fighting and _in_the_fighting(passage, first, last)
        if exodus or fought or _is_total(scan, passage, first, last):
            yield Happening(
                passage=harm.passage, first=first, last=last, kind="other", strong=False, part="verb", definite=False,
                plural=False, status="happened", background=True, apart=True, carried=True,
            )  # fmt: skip


def _is_exodus(harm: Mention) -> bool:
    """Tell whether more people lost their homes than any one attack drives out."""
    return harm.field == "displaced" and isinstance(harm.value, Quantity) and harm.value.low >= EXODUS


def _is_total(scan: Scan, passage: Passage, first: int, last: int) -> bool:
    """Tell whether harm is counted over a war or from a year, a month: "29 killed since the start of 2020".

    "Since Monday" is no long time: what has been told of since then may be one siege.
    """
    if of_a_war(scan, passage, first, last):
        return True
    if any(word in ("was", "were") for word in passage.line.lower[max(first - 4, 0) : first]):
        return False
    if any(
        passage.word(at) in LENGTHS and _of_length(passage, at) for at in range(last, min(last + REACH, len(passage)))
    ):
        return True
    near = [*range(max(first - REACH, 0), first), *range(last, min(last + REACH, len(passage)))]
    sinces = [at for at in near if passage.word(at) == "since" and _long_ago(passage, at + 1)]
    return any(
        "when" not in passage.line.lower[at:first] for at in sinces
    )  # not "quiet since May, when a bomb killed six"


def _beside_its_own(passage: Passage, harm: Mention, harms: list[Mention], last: int) -> bool:
    """Tell whether a head that counts its own dead also gives the toll of months: "bringing the toll to 78 in …"."""
    own = any(other.passage == harm.passage and other.trigger != harm.trigger for other in harms)
    return own and any(passage.word(at) in LENGTHS and _of_length(passage, at) for at in range(last, last + REACH))


def _of_length(passage: Passage, at: int) -> bool:
    """Tell whether "months" at ``at`` tells how long people have been counted: "in nearly three months of unrest"."""
    before = passage.line.lower[max(at - 4, 0) : at]
    return bool({"in", "over", "within", "during"} & set(before)) and "later" not in passage.line.lower[at : at + 2]


def _in_the_fighting(passage: Passage, first: int, last: int) -> bool:
    """Tell whether people "have died in the fighting", told beside something else."""
    perfect = any(word in ("has", "have", "had") for word in passage.line.lower[max(first - 4, 0) : first])
    behind = passage.line.lower[last : last + 4]
    return perfect and "the" in behind and any(word in closed("long fights") for word in behind)


def _long_ago(passage: Passage, at: int) -> bool:
    """Tell whether what stands behind "since" is a year, a month or the beginning of something."""
    word = passage.word(at)
    if word in ("early", "late", "mid", "last", "-") or (word.isdigit() and len(word) < YEAR):
        return _long_ago(passage, at + 1)
    year = word.isdigit() and len(word) == YEAR
    start = word == "the" and passage.word(at + 1) in ("start", "beginning", "outbreak")
    new_year = passage.phrase(at, at + 2) == "new year"
    return year or start or new_year or (word in closed("months") and passage.line.capital(at))
