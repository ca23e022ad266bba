"""``Analysis``: what the language layer says of one report; everything in `reading/` starts from it.

Token positions are indices into ``Analysis.tokens`` everywhere; ranges are half-open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, overload

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from sayso.records import Report, Span


class Token(NamedTuple):
    """One word or mark: half-open code-point range of ``Report.text`` (a tuple: reports have millions of them)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: token range and code-point range (both half-open), and the block it stands in."""

    first: int
    last: int  # one past the last token
    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True, eq=False)
class Labels(Sequence[str]):
    """One label per token, kept as small integers: ``labels[ids[i]]`` is what ``self[i]`` returns."""

    labels: tuple[str, ...]
    ids: NDArray[np.int16]  # one per token

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Labels: ...
    def __getitem__(self, index: int | slice) -> str | Labels:
        if isinstance(index, slice):
            return Labels(self.labels, self.ids[index])
        return self.labels[int(self.ids[index])]

    def __iter__(self) -> Iterator[str]:
        return map(self.labels.__getitem__, self.ids.tolist())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """How likely each of some labels is true of each token, in per cent: ``shares`` is tokens × labels."""

    labels: tuple[str, ...]
    shares: NDArray[np.uint8]

    def of(self, label: str) -> NDArray[np.uint8]:
        """Return the per cent of one label, one per token; none where the layer lacks it."""
        if label not in self.labels:
            return self.shares[:0, 0]
        return self.shares[:, self.labels.index(label)]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A labelled stretch of tokens: an entity, a time expression, a cue, a role."""

    label: str
    first: int
    last: int  # one past the last token


@dataclass(frozen=True, slots=True)
class Anchor:
    """A token that opens roles (a predicate, a cue, a trigger) with the stretches that fill them."""

    token: int
    score: float  # how sure the model is that this is one, 0 to 1, two decimals
    roles: tuple[Chunk, ...]

    def role(self, label: str) -> Chunk | None:
        """Return the first filler of a role, None where it has none."""
        return next((role for role in self.roles if role.label == label), None)


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """One arc per token to its head (a token index; −1 is the root, or no antecedent), with its label."""

    heads: NDArray[np.int32]  # one per token
    labels: Sequence[str]  # one per token; empty where the layer has no labels

    def children(self, token: int) -> list[int]:
        """Return the tokens whose head is ``token``, in text order."""
        return [int(child) for child in (self.heads == token).nonzero()[0]]


@dataclass(frozen=True, slots=True)
class Analysis:
    """Tokens, sentences and, where a model ran, its layers over the tokens of one report.

    Attributes:
        model: version of the model that ran; None where only rules did, and then the layers below are empty.
        tags: layer → label per token (`upos`, `entity`, `attribution`, …); BIO labels where the layer has stretches.
        arcs: layer → arcs (`dep`: Universal Dependencies without subtypes; `coref`: mention → antecedent).
        anchors: layer → anchors in text order (`srl`, `quote`, `event`, `location`, …).
        roles_of_sentences: layer → label per sentence (`role`: main event, consequence, history …).
        numbers: layer → value per token (`factuality`: −3 certainly not … +3 certainly, meant at event words).
        marks: layer → per cent of each label per token (`claim`: which words tell which field of a claim).
        embedding: 384 numbers of unit length that place the report among others; None without a model.

    """

    report: Report
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    tags: Mapping[str, Sequence[str]] = field(default_factory=dict)
    arcs: Mapping[str, Arcs] = field(default_factory=dict)
    anchors: Mapping[str, tuple[Anchor, ...]] = field(default_factory=dict)
    roles_of_sentences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)
    marks: Mapping[str, Marks] = field(default_factory=dict)
    embedding: NDArray[np.float32] | None = None
    model: str | None = None

    def span(self, first: int, last: int) -> Span:
        """Return the report's span over tokens [first, last)."""
        return self.report.span(self.tokens[first].start, self.tokens[last - 1].end)

    def chunks(self, layer: str) -> list[Chunk]:
        """Return the stretches of a layer with BIO labels, in text order; none where the layer is missing."""
        return chunks_of(self.tags.get(layer, ()))


def chunks_of(labels: Sequence[str]) -> list[Chunk]:
    """Return the stretches that BIO labels mark; an I- that continues nothing opens one."""
    chunks: list[Chunk] = []
    first, name = 0, ""
    for index, label in enumerate(labels):
        if name and label != f"I-{name}":
            chunks.append(Chunk(name, first, index))
            name = ""
        if not name and label != "O":
            first, name = index, label[2:]
    if name:
        chunks.append(Chunk(name, first, len(labels)))
    return chunks
