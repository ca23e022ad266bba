"""What differs between two readings of a report, or between two versions of a page."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sayso.ledger.chain import canonical
from sayso.records import Claim, Reading, Report

_FIELDS: Final = ("title", "publisher", "byline", "dateline", "published", "url", "external_id", "language")


@dataclass(frozen=True, slots=True)
class Difference:
    """From a former to a later reading.

    Attributes:
        fields: (name, former value, later value) of what is known of the report.
        text: lines of the text with "-" or "+" and a blank in front, in order.
        removed: claims that the later one does not make.
        added: claims that the former one did not make.

    """

    fields: tuple[tuple[str, str | None, str | None], ...]
    text: tuple[str, ...]
    removed: tuple[Claim, ...]
    added: tuple[Claim, ...]

    def __bool__(self) -> bool:
        return bool(self.fields or self.text or self.removed or self.added)


def differ(former: Reading, later: Reading) -> Difference:
    """Return what differs between two readings, of one report each."""
    (old,), (new,) = former.reports, later.reports
    before, after = _keyed(former.claims), _keyed(later.claims)
    return Difference(
        fields=tuple(_fields(old, new)),
        text=tuple(_text(old.text, new.text)),
        removed=tuple(claim for key, claim in before.items() if key not in after),
        added=tuple(claim for key, claim in after.items() if key not in before),
    )


def _fields(old: Report, new: Report) -> Iterable[tuple[str, str | None, str | None]]:
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in _FIELDS)
    return (pair for pair in pairs if pair[1] != pair[2])


def _text(old: str, new: str) -> Iterable[str]:
    if old == new:
        return ()
    lines = difflib.unified_diff(old.split("\n"), new.split("\n"), lineterm="", n=0)
    body = (line for number, line in enumerate(lines) if number > 1 and not line.startswith("@@"))
    return (f"{line[0]} {line[1:]}" for line in body)


def _keyed(claims: Iterable[Claim]) -> dict[str, Claim]:
    """Return the claims by what they say, in their order: places in the text and ids tell nothing new."""
    return {canonical(_says(claim)): claim for claim in claims}


def _says(claim: Claim) -> Any:
    value = claim.value.model_dump(mode="json", by_alias=True)
    certainty = claim.certainty.words if claim.certainty else None
    holder = claim.holder.name or claim.holder.words
    return [claim.field, value, holder, list(claim.chain), claim.via, claim.stance, certainty, claim.evidence.text]
