"""Whether a report tells of an incident at all, and of which kind, by what the model marks in its sentences.

Words of war in a report on football are read by rules like any others; that the whole report is about something else
shows in every sentence of it. And where no rule knows the word for what happened, its sentences are marked all the
same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.happenings.incidents import Happening
from sayso.reading.sentences.marks import marks_of

if TYPE_CHECKING:
    from sayso.language.analysis import Analysis, Marks
    from sayso.reading.sentences.passages import Scan

KIND: Final = "kind."
"""What the labels begin with that tell of an incident of a kind."""
QUIET, LOUD = 50, 80
"""Per cent, all kinds together, of the sentence marked most: below it a report tells of none; from the second one on of
one, though no word names it. Of 54 reports that the layer was not fitted on those with an incident had 57 at least,
those without 48 at most; an old accusation told in a campaign had 76."""


def tells_of_none(view: Scan, analysis: Analysis) -> bool:
    """Tell whether no sentence of a report is marked as telling of an incident."""
    shares = _shares(view, analysis)
    return bool(shares) and max(shares) < QUIET


def told_without_a_word(view: Scan, analysis: Analysis) -> list[Happening]:
    """Return the happening of the first sentence that is surely marked, at its main verb: no word named any."""
    marks, shares = marks_of(view, analysis), _shares(view, analysis)
    number = next((at for at, share in enumerate(shares) if share >= LOUD), None)
    if marks is None or number is None:
        return []
    passage = view.passages[number]
    syntax = passage.syntax
    verb = next((at for at, head in enumerate(syntax.heads) if head < 0), 0) if syntax else 0
    return [
        Happening(
            passage=number,
            first=verb,
            last=verb + 1,
            kind=_kind(view, marks),
            strong=True,
            part="verb",
            definite=False,
            plural=False,
            status="happened",
            background=False,
            apart=False,
            carried=False,
        )
    ]


def _shares(view: Scan, analysis: Analysis) -> list[int]:
    """Return of each passage the per cent of all kinds together."""
    marks = marks_of(view, analysis)
    if marks is None:
        return []
    columns = [at for at, label in enumerate(marks.labels) if label.startswith(KIND)]
    starts = [passage.line.sentence.first for passage in view.passages]
    return [int(share) for share in marks.shares[starts][:, columns].sum(1, dtype=int)]


def _kind(view: Scan, marks: Marks) -> str:
    """Return the kind that the sentences of a report are marked with most, all together."""
    labels = [label for label in marks.labels if label.startswith(KIND)]
    starts = [passage.line.sentence.first for passage in view.passages]
    return max(labels, key=lambda label: int(marks.of(label)[starts].sum(dtype=int))).removeprefix(KIND)
