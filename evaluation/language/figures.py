"""The figures of the language exam, each from the runtime's analyses of a corpus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from evaluation.language.corpora import (
    Document,
    Span,
    attributions,
    draft,
    entities,
    events,
    predicates,
    times,
    treebank,
)
from evaluation.language.scores import Count, aligned, attachment, words_of_span
from sayso.language.analysis import Analysis, Sentence, Token
from sayso.language.engine import analyse, enrich
from sayso.language.model import Model
from sayso.language.sentences import sentence_ends
from sayso.records import Report

Arguments = dict[str, dict[int, list[Span]]]  # sent_id → predicate word → its arguments


def parsing(data: Path, split: str, model: Model) -> Iterator[tuple[str, float, int]]:
    """Yield (figure, value, number of sentences) for trees, parts of speech, entities and roles of EWT and GUM."""
    for name in ("ewt", "gum"):
        documents = treebank(data, name, split)
        if not documents:
            continue
        size = sum(len(document.sentences) for document in documents)
        named = entities(data, split) if name == "ewt" else {}
        roles = predicates(data, split) if name == "ewt" else {}
        forced = [_forced(document, roles) for document in documents]
        analyses = list(enrich(zip(map(draft, documents), forced, strict=True), model))
        yield f"{name}.las", _las(documents, analyses), size
        if name == "ewt":
            yield "ewt.upos", _upos(documents, analyses), 0
        if named:
            yield "uner.f1", _entities(documents, analyses, named), 0
        if roles:
            yield "srl.f1", _roles(documents, analyses, roles), 0
        yield f"{name}.las_raw", _las_raw(documents, model), 0


def sentences_of(document: Document) -> Iterator[tuple[str, int, int]]:
    """Yield (sent_id, first word, one past the last)."""
    edges = pairwise([*document.sentences, len(document.words)])
    for name, (first, last) in zip(document.tags["sent_id"], edges, strict=True):
        yield name, first, last


def _forced(document: Document, roles: Arguments) -> dict[str, frozenset[int]]:
    words = [first + word for name, first, _ in sentences_of(document) for word in roles.get(name, ())]
    return {"srl": frozenset(words)} if words else {}


def _las(documents: Sequence[Document], analyses: Sequence[Analysis]) -> float:
    count = Count()
    for document, analysis in zip(documents, analyses, strict=True):
        arcs = analysis.arcs["dep"]
        same = {word: word for word in range(len(document.words))}
        found = (arcs.heads.tolist(), list(arcs.labels))
        attachment(count, (document.heads, document.relations), found, same)
    return count.f1


def _las_raw(documents: Sequence[Document], model: Model) -> float:
    count = Count()
    reports = [Report(id=f"re_{document.name}", text=document.text) for document in documents]
    for document, analysis in zip(documents, analyse(reports, model=model), strict=True):
        arcs = analysis.arcs["dep"]
        pairs = aligned(document.places, document.words, analysis.tokens)
        attachment(count, (document.heads, document.relations), (arcs.heads.tolist(), list(arcs.labels)), pairs)
    return count.f1


def _upos(documents: Sequence[Document], analyses: Sequence[Analysis]) -> float:
    right = total = 0
    for document, analysis in zip(documents, analyses, strict=True):
        right += sum(a == b for a, b in zip(document.tags["upos"], analysis.tags["upos"], strict=True))
        total += len(document.words)
    return 100 * right / total


def _entities(documents: Sequence[Document], analyses: Sequence[Analysis], gold: dict[str, list[str]]) -> float:
    """Exact spans of PER, ORG and LOC; what the model calls OTH is outside this scheme."""
    count = Count()
    for document, analysis in zip(documents, analyses, strict=True):
        labels = ["O" if label.endswith("OTH") else label for label in analysis.tags["entity"]]
        for name, first, last in sentences_of(document):
            if len(gold.get(name, ())) == last - first:
                count.add(
                    ((name, *span) for span in words_of_span(gold[name])),
                    ((name, *span) for span in words_of_span(labels[first:last])),
                )
    return count.f1


def _roles(
    documents: Sequence[Document], analyses: Sequence[Analysis], gold: dict[str, dict[int, list[Span]]]
) -> float:
    """Exact spans with their role, gold predicates."""
    count = Count()
    for document, analysis in zip(documents, analyses, strict=True):
        anchors = {anchor.token: anchor for anchor in analysis.anchors["srl"]}
        for name, first, _ in sentences_of(document):
            for word, arguments in gold.get(name, {}).items():
                anchor = anchors.get(first + word)
                found = [(role.label, role.first - first, role.last - first) for role in anchor.roles] if anchor else []
                count.add(arguments, found)
    return count.f1


def attribution(data: Path, split: str, model: Model) -> Iterator[tuple[str, float, int]]:
    """Yield exact span F1 of source, cue and content on PolNeAR, gold words."""
    documents = attributions(data, split)
    counts = {kind: Count() for kind in ("source", "cue", "content")}
    drafts = [split_sentences(document) for document in documents]
    for document, analysis in zip(documents, enrich(((d, {}) for d in drafts), model), strict=True):
        labels = list(analysis.tags["attribution"])
        for first, last in pairwise([*document.paragraphs, len(document.words)]):
            gold = words_of_span(document.tags["attribution"][first:last])
            found = words_of_span(labels[first:last])
            for kind, count in counts.items():
                count.add((s for s in gold if s[0] == kind), (s for s in found if s[0] == kind))
    if documents:
        for kind, count in counts.items():
            yield f"polnear.{kind}", count.f1, len(documents) if kind == "source" else 0


def split_sentences(document: Document) -> Analysis:
    """Return the draft of a document whose paragraphs are known and whose sentences are not."""
    plain = draft(Document(document.name, document.words, document.paragraphs, document.paragraphs))
    sentences = []
    for number, (first, last) in enumerate(pairwise([*document.paragraphs, len(document.words)])):
        tokens: tuple[Token, ...] = plain.tokens[first:last]
        begin = first
        for end in sentence_ends(tokens):
            where = (plain.tokens[begin].start, plain.tokens[first + end - 1].end)
            sentences.append(Sentence(begin, first + end, *where, number))
            begin = first + end
    return Analysis(plain.report, plain.tokens, tuple(sentences))


def attacks(data: Path, split: str, model: Model) -> Iterator[tuple[str, float, int]]:
    """Yield trigger F1 (first word and type) and argument F1 (trigger, role and head word) on WikiEvents."""
    gold = events(data, split)
    triggers, arguments = Count(), Count()
    analyses = enrich(((draft(document), {}) for document, _ in gold), model)
    for (_, wanted), analysis in zip(gold, analyses, strict=True):
        if "kairos" not in analysis.tags:
            return
        kinds = analysis.tags["kairos"]
        anchors = [anchor for anchor in analysis.anchors["kairos"] if kinds[anchor.token] != "O"]
        triggers.add(
            {(trigger.word, trigger.kind) for trigger in wanted},
            {(word, kind) for word, kind in enumerate(kinds) if kind != "O"},
        )
        arguments.add(
            {(t.word, t.kind, role, head(analysis, a, b)) for t in wanted for role, a, b in t.arguments},
            {(x.token, kinds[x.token], r.label, head(analysis, r.first, r.last)) for x in anchors for r in x.roles},
        )
    if gold:
        yield "wikievents.trigger", triggers.f1, len(gold)
        yield "wikievents.argument", arguments.f1, 0


def head(analysis: Analysis, first: int, last: int) -> int:
    """Return the first word of a range whose head stands outside it, in the predicted tree."""
    heads = analysis.arcs["dep"].heads
    return next((word for word in range(first, last) if not first <= heads[word] < last), first)


def timexes(data: Path, model: Model) -> Iterator[tuple[str, float, int]]:
    """Yield relaxed F1 of time expressions on TimeBank and AQUAINT: one that overlaps a gold one is right."""
    documents = times(data)
    reports = [Report(id=f"re_{name}", text=text) for name, text, _ in documents]
    found = wanted = hit = met = 0
    for (_, _, gold), analysis in zip(documents, analyse(reports, model=model), strict=True):
        tokens = analysis.tokens
        ours = [(tokens[c.first].start, tokens[c.last - 1].end) for c in analysis.chunks("timex")]
        found, wanted = found + len(ours), wanted + len(gold)
        hit += sum(_overlaps(span, gold) for span in ours)
        met += sum(_overlaps(span, ours) for span in gold)
    if documents:
        precision, recall = hit / max(found, 1), met / max(wanted, 1)
        yield "timex.relaxed", 200 * precision * recall / max(precision + recall, 1e-9), len(documents)


def _overlaps(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
