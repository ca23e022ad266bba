"""The data model: every record of the ledger, what each field means, and what is checked on construction.

Names and shapes are the output contract (DESIGN §3 and §7). Records are frozen; ids are hashes of the content they
name, so the same reading gives the same ids. Offsets are Unicode code points of ``Report.text``, half-open.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, ClassVar, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sayso.errors import SpanError
from sayso.values import Actor, Certainty, Moment, Place, Quantity

BlockKind = Literal["headline", "caption", "credit", "dateline", "paragraph", "quote", "boilerplate"]
Stance = Literal["asserts", "accuses", "suspects", "claims_own", "denies", "exonerates", "doubts", "questions"]
Status = Literal["happened", "ongoing", "attempted", "planned", "threatened", "hypothetical", "denied", "historical"]
FindingStatus = Literal["sole", "agreed", "compatible", "disputed"]
Decision = Literal["same", "not_same", "accept", "reject", "correct", "grade", "note", "retract"]
Extent = Literal["none", "minor", "some", "major", "destroyed"]
ClaimField = Literal[
    "kind", "when", "where", "perpetrator", "responsibility_claim", "weapon", "weapon_count", "weapon_failed",
    "target", "damage", "killed", "injured", "abducted", "arrested", "missing", "displaced", "status", "motive",
    "evidence_offered",
]  # fmt: skip
WeaponClass = Literal[
    "rocket", "missile", "mortar", "artillery", "bomb", "car_bomb", "suicide_vest", "grenade", "drone", "aircraft",
    "firearm", "knife", "vehicle", "incendiary", "mine", "chemical", "unknown",
]  # fmt: skip
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip


_CANONICAL: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _check_named(whose: str, *actors: Actor) -> None:
    """Raise ValueError where an actor stands for nobody."""
    for actor in actors:
        if actor.is_blank:
            raise ValueError(f"{whose} is nobody: name {actor.name!r}, words {actor.words!r}")


def identify(prefix: str, content: Any) -> str:
    """Return ``prefix_`` and 16 hex digits of the SHA-256 of ``content`` as canonical JSON."""
    text = _CANONICAL.encode(content)
    return f"{prefix}_{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


class Record(BaseModel):
    """A frozen record, closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, populate_by_name=True)


class Identified(Record):
    """A record whose id is the hash of its identity; a given id must be that hash."""

    prefix: ClassVar[str]
    id: str = Field(default="", description="hash of the content the record names; filled in when left out")

    def identity(self) -> Any:
        """Return what names this record, as plain JSON values."""
        return self.model_dump(mode="json", exclude={"id"})

    @model_validator(mode="after")
    def _fill_or_check_id(self) -> Self:
        expected = identify(self.prefix, self.identity())
        if self.id and self.id != expected:
            raise ValueError(f"id {self.id} does not name this content: expected {expected}")
        object.__setattr__(self, "id", expected)
        return self


class Block(Record):
    """A stretch of ``Report.text`` with one role on the page."""

    kind: BlockKind = Field(description="its role on the page")
    start: int = Field(ge=0, description="first code point")
    end: int = Field(ge=0, description="one past the last code point")


class Report(Record):
    """One published text. Its raw bytes are kept by the ledger; ``published`` unknown stays unknown."""

    id: str = Field(description="'re_' and the first 16 hex digits of the SHA-256 of the raw bytes")
    external_id: str | None = Field(default=None, description="the id its source gave it")
    url: str | None = Field(default=None, description="where it was published")
    publisher: str | None = Field(default=None, description="the outlet")
    title: str | None = Field(default=None, description="the headline")
    byline: str | None = Field(default=None, description="who wrote it, as written")
    dateline: str | None = Field(default=None, description="place and day at the head of the text, as written")
    published: str | None = Field(default=None, description="ISO 8601 date or date-time, as precise as known")
    published_from: str | None = Field(default=None, description="where `published` was found ('option', 'meta', …)")
    language: str | None = Field(default=None, description="ISO 639-1 code")
    text: str = Field(description="the text that is read; all offsets count in it")
    blocks: tuple[Block, ...] = Field(default=(), description="its parts, in text order, none overlapping another")

    @model_validator(mode="after")
    def _blocks_lie_in_order(self) -> Self:
        at = 0
        for block in self.blocks:
            if not at <= block.start <= block.end <= len(self.text):
                raise SpanError(
                    f"block {block.kind} [{block.start}, {block.end}) overlaps its predecessor or leaves the text"
                    f" of {len(self.text)} code points",
                    place=self.id,
                )
            at = block.end
        return self

    def span(self, start: int, end: int) -> Span:
        """Return the checked span [start, end) of this report; raises SpanError outside the text."""
        if not 0 <= start <= end <= len(self.text):
            raise SpanError(f"span [{start}, {end}) leaves the text of {len(self.text)} code points", place=self.id)
        return Span(report=self.id, start=start, end=end, text=self.text[start:end])


class Span(Record):
    """Half-open range of code points of one report's text, with the characters that stand there."""

    report: str = Field(description="id of the report")
    start: int = Field(ge=0, description="first code point")
    end: int = Field(ge=0, description="one past the last code point")
    text: str = Field(description="what stands there, character for character")

    @model_validator(mode="after")
    def _length_is_that_of_the_text(self) -> Self:
        if self.end - self.start != len(self.text):
            raise SpanError(f"span [{self.start}, {self.end}) does not have the length of {self.text!r}")
        return self

    def check_against(self, report: Report) -> None:
        """Raise SpanError unless this span's text stands at its place in ``report``."""
        if report.id != self.report or report.text[self.start : self.end] != self.text:
            raise SpanError(f"{self.text!r} does not stand at [{self.start}, {self.end})", place=self.report)

    def overlaps(self, other: Span) -> bool:
        """True where the two spans share a code point of the same report."""
        return self.report == other.report and self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """True where ``other`` lies wholly inside this span."""
        return self.report == other.report and self.start <= other.start and other.end <= self.end


class Statement(Identified):
    """One attribution: a holder says or thinks something (PolNeAR: source, cue, content)."""

    prefix: ClassVar[str] = "st"
    holder: Actor = Field(description="who says or thinks it")
    holder_span: Span | None = Field(default=None, description="the source as written; null when only implied")
    via: str | None = Field(default=None, description="channel: a name of `vocab/channels.toml`")
    cue: Span | None = Field(default=None, description="the word that attributes; null for a bare quotation")
    content: tuple[Span, ...] = Field(min_length=1, description="everything attributed, in text order")
    verbatim: bool = Field(description="the whole content stands in quotation marks")
    said: Moment | None = Field(default=None, description="when it was said, if the text tells")
    inside: str | None = Field(default=None, description="id of the statement in whose content this one stands")
    stance: Stance = Field(default="asserts", description="what the holder does with what is said")

    @model_validator(mode="after")
    def _somebody_says_it(self) -> Self:
        _check_named("the holder", self.holder)
        return self

    def identity(self) -> Any:
        """Report and places of cue and content: one attribution can be read only once there."""
        cue = [self.cue.start, self.cue.end] if self.cue else None
        return [self.content[0].report, cue, [[span.start, span.end] for span in self.content]]


class Event(Identified):
    """One mention of something done by somebody to somebody, coded with PLOVER."""

    prefix: ClassVar[str] = "ev"
    type: EventType = Field(description="PLOVER event type")
    mode: str | None = Field(default=None, description="PLOVER mode, e.g. 'aerial' under ASSAULT")
    trigger: Span = Field(description="the word that tells of it")
    actors: tuple[Actor, ...] = Field(default=(), description="who does it")
    recipients: tuple[Actor, ...] = Field(default=(), description="to whom it is done")
    when: Moment | None = Field(default=None, description="when, if the text tells")
    where: Place | None = Field(default=None, description="where, if the text tells")
    status: Status = Field(default="happened", description="whether it happened at all")
    condition: Span | None = Field(default=None, description="the if-clause of a threat or promise")
    statement: str | None = Field(default=None, description="id of the statement it stands in")
    incident: str | None = Field(default=None, description="id of the incident it belongs to")

    @model_validator(mode="after")
    def _somebody_is_in_it(self) -> Self:
        _check_named("an actor", *self.actors, *self.recipients)
        return self

    def identity(self) -> Any:
        """Type and place of the trigger."""
        return [self.trigger.report, self.type, self.trigger.start, self.trigger.end]


class Kind(Record):
    """What sort of incident: a name of ``vocab/incidents.toml``, with the words that say so."""

    kind: str = Field(description="a name of `vocab/incidents.toml`")
    words: str = Field(description="the words that say so")


class Weapon(Record):
    """What it was done with."""

    class_: WeaponClass = Field(alias="class", description="what sort of weapon")
    words: str = Field(description="the weapon as written")


class Target(Record):
    """Whom or what it was aimed at: an actor or a place, with its class ('embassy', 'civilians', …)."""

    name: str | None = Field(description="canonical name; null when the words name nobody")
    kind: str | None = Field(default=None, description="actor kind, or 'place'")
    country: str | None = Field(default=None, description="ISO 3166 alpha-3: whose it is, else where it is")
    class_: str | None = Field(default=None, alias="class", description="a name of `vocab/targets.toml`")
    words: str = Field(description="the target as written")


class Damage(Record):
    """What was damaged and how badly."""

    extent: Extent = Field(description="how badly")
    words: str = Field(description="the words that say so")
    of: str | None = Field(default=None, description="the thing damaged, as written")


class Motive(Record):
    """Why, in the sayer's words."""

    words: str = Field(description="the reason as written")


class StatusValue(Record):
    """Whether it happened at all."""

    status: Status = Field(description="what sort of happening it is")
    words: str | None = Field(
        default=None, description="the words that say so; null where no word but the grammar does"
    )


class ResponsibilityClaim(Record):
    """Whether anyone has said 'we did it'."""

    claimed: bool | Literal["denied"] = Field(
        description="true: the holder says it did it; false: nobody has said so; denied: the holder says it did not"
    )


class EvidenceOffered(Record):
    """Whether the holder of an accusation has shown anything for it."""

    provided: bool = Field(description="false where the text says that none was shown")


ClaimValue = (
    Moment | Quantity | Place | Actor | Target | Weapon | Damage | Kind | StatusValue | Motive | ResponsibilityClaim
    | EvidenceOffered
)  # fmt: skip

VALUE_OF_FIELD: dict[str, type[BaseModel]] = {
    "kind": Kind,
    "when": Moment,
    "where": Place,
    "perpetrator": Actor,
    "responsibility_claim": ResponsibilityClaim,
    "weapon": Weapon,
    "weapon_count": Quantity,
    "weapon_failed": Quantity,
    "target": Target,
    "damage": Damage,
    "killed": Quantity,
    "injured": Quantity,
    "abducted": Quantity,
    "arrested": Quantity,
    "missing": Quantity,
    "displaced": Quantity,
    "status": StatusValue,
    "motive": Motive,
    "evidence_offered": EvidenceOffered,
}


def with_value_read(data: Any) -> Any:
    """Return what a record is made of, with the value, if it is a mapping, read by the one model its field allows."""
    if isinstance(data, dict) and isinstance(data.get("value"), dict):
        model = VALUE_OF_FIELD.get(data.get("field", ""))
        if model is not None:
            return {**data, "value": model.model_validate(data["value"])}
    return data


class Claim(Identified):
    """One value for one field of an incident, on one holder's say-so."""

    prefix: ClassVar[str] = "cl"
    incident: str = Field(description="id of the incident")
    field: ClaimField = Field(description="what the value is of")
    value: ClaimValue = Field(description="the value; which record it is hangs on `field`")
    evidence: Span = Field(description="the words the value was read from")
    holder: Actor = Field(description="who says so; kind 'report' for the report's own voice")
    chain: tuple[str, ...] = Field(default=(), description="holders through whom it came, outermost first")
    via: str | None = Field(default=None, description="channel: a name of `vocab/channels.toml`")
    stance: Stance = Field(default="asserts", description="what the holder does with the value")
    certainty: Certainty | None = Field(default=None, description="null when nothing hedges")
    said: Moment | None = Field(default=None, description="when the holder said so, if the text tells")
    statement: str | None = Field(default=None, description="id of the statement it stands in")

    @model_validator(mode="before")
    @classmethod
    def _read_value_by_field(cls, data: Any) -> Any:
        return with_value_read(data)

    @model_validator(mode="after")
    def _value_fits_field(self) -> Self:
        expected = VALUE_OF_FIELD[self.field]
        if not isinstance(self.value, expected):
            raise ValueError(f"field {self.field} takes a {expected.__name__}, not a {type(self.value).__name__}")
        return self

    @model_validator(mode="after")
    def _somebody_says_it_of_somebody(self) -> Self:
        _check_named("the holder", self.holder)
        if isinstance(self.value, Actor):
            _check_named(f"the {self.field}", self.value)
            if not self.value.words.strip():
                raise ValueError(f"the {self.field} is nobody: no words")
        return self

    def identity(self) -> Any:
        """Incident, field, value, evidence, holder and stance."""
        value = self.value.model_dump(mode="json", by_alias=True)
        place = [self.evidence.report, self.evidence.start, self.evidence.end]
        return [self.incident, self.field, value, place, self.holder.model_dump(mode="json"), self.stance]


class FindingValue(Record):
    """One value of a finding with all who say it."""

    value: ClaimValue = Field(description="the value, as the first of the claims has it")
    claims: tuple[str, ...] = Field(description="ids of the claims that say it")
    holders: tuple[str, ...] = Field(description="their holders, by name")
    origins: int = Field(ge=0, description="number of independent origins behind them")


class Finding(Record):
    """All claims on one field of an incident, grouped by value."""

    field: ClaimField = Field(description="what the values are of")
    status: FindingStatus = Field(description="how the values stand to each other")
    values: tuple[FindingValue, ...] = Field(description="the different values")


class Incident(Record):
    """Accounts judged to be of one happening. A view: derived from claims, never edited."""

    id: str = Field(description="`incident_id` of the mention that first names it")
    kind: str = Field(description="a name of `vocab/incidents.toml`")
    title: str = Field(description="what, where and when, in one line")
    when: Moment | None = Field(default=None, description="the moment shown; the findings have all that is said")
    where: Place | None = Field(default=None, description="the place shown; the findings have all that is said")
    reports: tuple[str, ...] = Field(description="ids of the reports that tell of it")
    findings: tuple[Finding, ...] = Field(default=(), description="one a field, and one for each group that is counted")
    background: bool = Field(default=False, description="mentioned only to explain: earlier attacks, last year's war")


def incident_id(trigger: Span) -> str:
    """Return the id of the incident that the mention at ``trigger`` first names."""
    return identify("in", [trigger.report, trigger.start, trigger.end])


class Account(Record):
    """What one report says of one incident."""

    report: str = Field(description="id of the report")
    incident: str = Field(description="id of the incident as the report tells it")
    claims: tuple[str, ...] = Field(description="ids of what it claims")


class Origin(Identified):
    """The independent source behind one or more reports: copies of one wire story share one."""

    prefix: ClassVar[str] = "or"
    reports: tuple[str, ...] = Field(min_length=1, description="ids of the reports that go back to it")
    name: str | None = Field(default=None, description="the wire service or outlet, when the reports name it")
    reason: str = Field(description="one sentence: why these reports count as one source")


class Judgement(Identified):
    """An analyst's append-only decision; retracted by a later judgement, never erased."""

    prefix: ClassVar[str] = "ju"
    decision: Decision = Field(description="what was decided")
    about: tuple[str, ...] = Field(min_length=1, description="ids of what was judged")
    who: str = Field(description="who decided")
    when: str = Field(description="ISO 8601 date-time with offset")
    why: str = Field(description="the reason, for others to read")
    value: str | None = Field(default=None, description="the grade or the corrected value, as JSON")


class NotUnderstood(Record):
    """What the reader saw and could not use: reported, never dropped."""

    span: Span = Field(description="what was not understood")
    reason: str = Field(description="why not")


class Reading(Record):
    """What `sayso read --json` prints: all records read from some reports, in the order of the texts."""

    schema_: Literal["sayso.reading/1"] = Field(
        default="sayso.reading/1", alias="schema", description="name and version of this shape"
    )
    reports: tuple[Report, ...] = Field(default=(), description="what was read")
    statements: tuple[Statement, ...] = Field(default=(), description="who says or thinks what")
    events: tuple[Event, ...] = Field(default=(), description="who does what to whom; empty where a ledger is asked")
    incidents: tuple[Incident, ...] = Field(default=(), description="what happened, with the findings on each field")
    claims: tuple[Claim, ...] = Field(default=(), description="the values, each with its sayer and words")
    origins: tuple[Origin, ...] = Field(default=(), description="which reports count as one source")
    not_understood: tuple[NotUnderstood, ...] = Field(default=(), description="what the reader could not use")

    @model_validator(mode="after")
    def _references_hold(self) -> Self:
        for problem in self._dangling():
            raise ValueError(problem)
        return self

    def _dangling(self) -> list[str]:
        """Return one sentence for each id that is named and not there, and each span that does not fit."""
        reports = {report.id: report for report in self.reports}
        statements = {statement.id for statement in self.statements}
        incidents = {incident.id for incident in self.incidents}
        problems = [
            f"claim {claim.id} belongs to no incident here" for claim in self.claims if claim.incident not in incidents
        ]
        named: list[tuple[str, str | None]] = [(s.id, s.inside) for s in self.statements]
        named += [(e.id, e.statement) for e in self.events] + [(c.id, c.statement) for c in self.claims]
        problems += [
            f"{who} names a statement that is not here: {ref}" for who, ref in named if ref not in {None, *statements}
        ]
        for span in self._spans():
            if span.report not in reports:
                problems.append(f"span of a report that is not here: {span.report}")
            else:
                span.check_against(reports[span.report])
        return problems

    def _spans(self) -> list[Span]:
        spans = [span for s in self.statements for span in (s.holder_span, s.cue, *s.content) if span]
        spans += [span for e in self.events for span in (e.trigger, e.condition) if span]
        return spans + [c.evidence for c in self.claims] + [n.span for n in self.not_understood]

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the reading as JSON with sorted keys: same reading, same bytes."""
        data = self.model_dump(mode="json", by_alias=True)
        return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=indent)
