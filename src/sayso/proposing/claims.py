"""From the answer of a language model to proposals: (proposed, refused), each refusal with its reason."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final, Self

from pydantic import ConfigDict, Field, ValidationError, model_validator

from sayso.intake.hidden import hidden_in
from sayso.reading.claims import REPORT
from sayso.records import (
    VALUE_OF_FIELD,
    ClaimField,
    ClaimValue,
    Damage,
    EvidenceOffered,
    Identified,
    Kind,
    Motive,
    Record,
    Report,
    ResponsibilityClaim,
    Span,
    Stance,
    StatusValue,
    Target,
    Weapon,
    with_value_read,
)
from sayso.values import Actor, Certainty, Moment, Place, Quantity
from sayso.vocab.gazetteer import Gazetteer

MOST: Final = 200
"""Proposals of one answer that are looked at."""
_DEEPEST: Final = 6
"""Brackets within brackets that an answer may have: the schema has three."""
_FENCE: Final = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.DOTALL)
_COUNTED: Final = frozenset(name for name, kind in VALUE_OF_FIELD.items() if kind is Quantity)
_CLASSED: Final = frozenset({"weapon", "damage", "kind", "status", "responsibility_claim", "evidence_offered"})


class Answer(Record):
    """One claim as the model must write it; anything more, or of another type, is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    field: ClaimField
    quote: str = Field(min_length=1, max_length=1000)
    value: str = Field(min_length=1, max_length=300)
    holder: str | None = Field(default=None, min_length=1, max_length=300)
    stance: Stance = "asserts"
    certainty: str | None = Field(default=None, min_length=1, max_length=60)
    class_: str | None = Field(default=None, alias="class", max_length=40)


class Proposal(Identified):
    """A claim that a language model proposes; no claim of the ledger, and not read by us."""

    prefix: ClassVar[str] = "pr"
    report: str = Field(description="id of the report")
    field: ClaimField
    value: ClaimValue = Field(description="read by us from the words that the model pointed at")
    evidence: Span = Field(description="the words of the report that make the claim")
    value_span: Span = Field(description="the words the value was read from, within the evidence")
    holder: Actor = Field(description="who says so; kind 'report' for the report's own voice")
    holder_span: Span | None = Field(default=None, description="the words that name the holder")
    stance: Stance = "asserts"
    certainty: Certainty | None = None
    method: str = Field(description="model, where it runs, and digest of what it was asked: its origin of method")

    @model_validator(mode="before")
    @classmethod
    def _read_value_by_field(cls, data: Any) -> Any:
        return with_value_read(data)

    @model_validator(mode="after")
    def _value_fits_and_stands_there(self) -> Self:
        if not isinstance(self.value, VALUE_OF_FIELD[self.field]):
            raise ValueError(f"field {self.field} takes a {VALUE_OF_FIELD[self.field].__name__}")
        if not self.evidence.contains(self.value_span):
            raise ValueError("the value does not stand in the evidence")
        if self.holder_span is None and self.holder.kind != "report":
            raise ValueError("a holder that no words name")
        return self

    def identity(self) -> Any:
        """Report, field, place of the words, holder and stance: the same claim by another method is another one."""
        spans = [self.evidence, self.value_span, self.holder_span]
        places = [[span.start, span.end] if span else None for span in spans]
        return [self.report, self.field, places, self.stance, self.method]


@dataclass(frozen=True, slots=True)
class Refused:
    """What a model wrote and nothing is made of: the piece, shortened, and why."""

    piece: str
    reason: str


class _NoError(ValueError):
    """Why a claim is refused."""


def proposals(report: Report, answer: str, method: str) -> tuple[list[Proposal], list[Refused]]:
    """Return what of an answer can be proposed, and what is refused; pure, and it never raises.

    Args:
        report: that the model was given.
        answer: what it wrote.
        method: see :class:`Proposal`.

    """
    found: dict[str, Proposal] = {}
    refused: list[Refused] = []
    try:
        pieces = _pieces(answer)
    except _NoError as error:
        return [], [Refused(answer[:120], str(error))]
    for piece in pieces[:MOST]:
        try:
            made = _proposal(report, piece, method)
            found.setdefault(made.id, made)
        except _NoError as error:
            refused.append(Refused(_shortened(piece), str(error)))
    if len(pieces) > MOST:
        refused.append(Refused(f"{len(pieces) - MOST} more", f"more than {MOST} claims"))
    return list(found.values()), refused


def _pieces(answer: str) -> list[Any]:
    fenced = _FENCE.fullmatch(answer)
    text = fenced[1] if fenced else answer
    if _depth(text) > _DEEPEST:
        raise _NoError("nested too deeply")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise _NoError("no JSON") from None
    if not isinstance(data, dict) or set(data) != {"claims"} or not isinstance(data["claims"], list):
        raise _NoError('not {"claims": […]}')
    return list(data["claims"])


def _depth(text: str) -> int:
    """Return how many brackets stand open at most, counted whatever stands in strings: parsing deep JSON fails."""
    deepest = depth = 0
    for char in text:
        depth += (char in "[{") - (char in "]}")
        deepest = max(deepest, depth)
    return deepest


def _proposal(report: Report, piece: Any, method: str) -> Proposal:
    try:
        given = Answer.model_validate(piece)
    except ValidationError as error:
        said = "; ".join(f"{'.'.join(map(str, each['loc'])) or 'claim'}: {each['msg']}" for each in error.errors()[:3])
        raise _NoError(f"does not fit the schema: {said}") from None
    evidence = _only_place(report, given.quote)
    at = _places(evidence.text, given.value)
    if not at:
        raise _NoError("its value does not stand in its quote")
    value_span = report.span(evidence.start + at[0], evidence.start + at[0] + len(given.value))
    holder_span = _nearest(report, given.holder, evidence) if given.holder else None
    for span in filter(None, (evidence, holder_span)):
        _check_shown(report, span)
    try:
        return Proposal(
            report=report.id,
            field=given.field,
            value=_value(report, given),
            evidence=evidence,
            value_span=value_span,
            holder=_holder(holder_span),
            holder_span=holder_span,
            stance=given.stance,
            certainty=_certainty(report, given, evidence),
            method=method,
        )
    except ValidationError as error:
        raise _NoError(f"no value for {given.field}: {error.errors()[0]['msg']}") from None


# -- words that must stand in the text --------------------------------------------------------------------------------


def _places(text: str, words: str) -> list[int]:
    """Return where words stand in a text as whole words, and as no part of a number."""
    pattern = rf"(?<![\w])(?<!\d[.,]){re.escape(words)}(?!\w)(?![.,]\d)"
    return [found.start() for found in re.finditer(pattern, text)]


def _only_place(report: Report, words: str) -> Span:
    found = _places(report.text, words)
    if len(found) != 1:
        raise _NoError(f"its words stand {len(found)} times in the text" if found else "its words do not stand there")
    return report.span(found[0], found[0] + len(words))


def _nearest(report: Report, words: str, to: Span) -> Span:
    """Return the place of a holder's words that is nearest to the evidence, the one before it of two."""
    found = _places(report.text, words)
    if not found:
        raise _NoError("its holder's words do not stand in the text")
    start = min(found, key=lambda at: (max(to.start - at - len(words), at - to.end, 0), at))
    return report.span(start, start + len(words))


def _check_shown(report: Report, span: Span) -> None:
    """Refuse words with something hidden in them: nobody who judged them would see what they say."""
    if hidden_in(span.text):
        raise _NoError("its words hide characters")
    if not span.text.strip() or "\n\n" in span.text:
        raise _NoError("its words are no stretch of one paragraph")


def _certainty(report: Report, given: Answer, evidence: Span) -> Certainty | None:
    if given.certainty is None:
        return None
    start = report.text.rfind("\n", 0, evidence.start) + 1
    end = report.text.find("\n", evidence.end)
    line = report.text[start : len(report.text) if end < 0 else end]
    if not _places(line, given.certainty):
        raise _NoError("its hedge does not stand beside its words")
    found = Certainty.parse(given.certainty)
    if found is None:
        raise _NoError("its hedge is none")
    return found


def _holder(span: Span | None) -> Actor:
    if span is None:
        return REPORT
    return Actor.parse(span.text, Gazetteer.default())


# -- values, read by our own parsers from words that stand there -------------------------------------------------------


def _value(report: Report, given: Answer) -> Any:
    if (given.field in _CLASSED) != (given.class_ is not None):
        takes = "takes" if given.field in _CLASSED else "takes no"
        raise _NoError(f"{given.field} {takes} class")
    if given.field in _COUNTED:
        return _counted(given.value)
    return _READERS[given.field](report, given)


def _counted(words: str) -> Quantity:
    found = Quantity.parse(words)
    if found is None:
        raise _NoError("its value is no number")
    return found


def _kind(_report: Report, given: Answer) -> Kind:
    from sayso.reading.happenings.taxonomy import kinds

    if given.class_ not in kinds():
        raise _NoError(f"{given.class_!r} is no kind of incident")
    return Kind(kind=given.class_, words=given.value)


def _truth(_report: Report, given: Answer) -> ResponsibilityClaim | EvidenceOffered:
    values: Mapping[str, Any] = {"true": True, "false": False, "denied": "denied"}
    said = given.class_ or ""
    if said not in values:
        raise _NoError(f"{said!r} is none of true, false, denied")
    if given.field == "evidence_offered":
        return EvidenceOffered(provided=values[said])
    return ResponsibilityClaim(claimed=values[said])


def _when(report: Report, given: Answer) -> Moment:
    day = date.fromisoformat(report.published[:10]) if report.published and len(report.published) > 9 else None
    return Moment.parse(given.value, day)


_READERS: Final[Mapping[str, Callable[[Report, Answer], Any]]] = {
    "when": _when,
    "where": lambda _report, given: Place.parse(given.value, Gazetteer.default()),
    "perpetrator": lambda _report, given: Actor.parse(given.value, Gazetteer.default()),
    "target": lambda _report, given: Target(name=None, words=given.value),
    "motive": lambda _report, given: Motive(words=given.value),
    "weapon": lambda _report, given: Weapon.model_validate({"class": given.class_, "words": given.value}),
    "damage": lambda _report, given: Damage.model_validate({"extent": given.class_, "words": given.value}),
    "status": lambda _report, given: StatusValue.model_validate({"status": given.class_, "words": given.value}),
    "kind": _kind,
    "responsibility_claim": _truth,
    "evidence_offered": _truth,
}


def spans_of(proposal: Proposal) -> Iterator[Span]:
    """Yield all words that a proposal points at."""
    yield proposal.evidence
    yield proposal.value_span
    if proposal.holder_span is not None:
        yield proposal.holder_span


def standing(report: Report, found: Sequence[Proposal]) -> bool:
    """Tell whether all words that proposals point at stand there, character for character."""
    spans = [span for each in found for span in spans_of(each)]
    return all(span.report == report.id and report.text[span.start : span.end] == span.text for span in spans)


def _shortened(piece: Any) -> str:
    text = json.dumps(piece, ensure_ascii=True, sort_keys=True)
    return text if len(text) <= 160 else f"{text[:160]}…"
