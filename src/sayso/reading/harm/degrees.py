"""How grave harm is: that nobody was badly hurt does not say that nobody was hurt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.harm.wounds import WOUND_REACH, wound_ahead
from sayso.reading.sentences.grammar import BREAKS
from sayso.reading.sentences.passages import closed

if TYPE_CHECKING:
    from sayso.reading.harm.harms import Harm
    from sayso.reading.sentences.passages import Passage


def not_so_badly(passage: Passage, harm: Harm) -> bool:
    """Tell whether only so grave a harm is denied: "no serious injuries", "none suffered life-threatening wounds"."""
    nobody = harm.zero or any(g.quantity is not None and g.quantity.high == 0 for g, _ in harm.groups)
    return nobody and harm.field in ("injured", "casualties") and _of_a_degree(passage, *harm.trigger)


def _of_a_degree(passage: Passage, first: int, last: int) -> bool:
    """Tell whether words of harm say how grave it is: "badly hurt", "suffered life-threatening wounds"."""
    stops = (at for at in range(last, min(last + WOUND_REACH, len(passage))) if passage.word(at) in BREAKS)
    ahead = wound_ahead(passage, last)
    end = ahead if ahead is not None else next(stops, last)
    return any(passage.word(at) in closed("degrees of harm") for at in range(max(first - 2, 0), end))
