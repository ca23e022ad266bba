"""The terminal view of an analysis: each sentence with its words in columns, then who says what and who does what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from sayso.language.plain import span_layers
from sayso.showing.wording import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.language.analysis import Analysis, Anchor, Sentence

_WORD = 20  # columns for a word


def render(analysis: Analysis, width: int) -> str:
    """Return the analysis as lines of at most ``width`` columns (words and labels are cut, never wrapped)."""
    model = f"model {analysis.model}" if analysis.model else "rules only: no model"
    lines = [f"{visible(analysis.report.title or analysis.report.id)} · {len(analysis.tokens)} tokens · {model}"]
    for number, sentence in enumerate(analysis.sentences):
        lines += ["", *_sentence(analysis, number, sentence)]
    return "".join(_cut(line, width) + "\n" for line in lines) + "\n"


def _sentence(analysis: Analysis, number: int, sentence: Sentence) -> Iterable[str]:
    role = analysis.roles_of_sentences.get("role", ("",) * (number + 1))[number]
    yield f"{number + 1}  {role}".rstrip()
    spans = _spans(analysis, sentence)
    for token in range(sentence.first, sentence.last):
        yield _word(analysis, token, sentence.first, spans)
    for layer in ("quote", "srl", "event"):
        for anchor in analysis.anchors.get(layer, ()):
            if sentence.first <= anchor.token < sentence.last and anchor.roles:
                yield f"    {layer} {_anchor(analysis, anchor)}"


def _spans(analysis: Analysis, sentence: Sentence) -> dict[int, list[str]]:
    """Return token → labels of the stretches over it: '┌' where one begins, '│' where it goes on."""
    found: dict[int, list[str]] = {}
    for layer in span_layers(analysis):
        for chunk in analysis.chunks(layer):
            if sentence.first <= chunk.first < sentence.last:
                for token in range(chunk.first, chunk.last):
                    mark = "┌" if token == chunk.first else "│"
                    found.setdefault(token, []).append(f"{mark}{layer}:{chunk.label}")
    return found


def _word(analysis: Analysis, token: int, first: int, spans: dict[int, list[str]]) -> str:
    text = _cut(visible(analysis.tokens[token].text), _WORD)
    row = f"    {token - first:>3} {text}{' ' * (_WORD - cell_len(text))}"
    if "upos" in analysis.tags:
        row += f" {analysis.tags['upos'][token]:<6}"
    if "dep" in analysis.arcs:
        tree = analysis.arcs["dep"]
        head = int(tree.heads[token])
        row += f" {tree.labels[token]:<10} {'·' if head < 0 else head - first:>3}"
    return f"{row}  {' '.join(spans.get(token, []))}".rstrip()


def _anchor(analysis: Analysis, anchor: Anchor) -> str:
    roles = "  ".join(f"{role.label} “{visible(analysis.span(role.first, role.last).text)}”" for role in anchor.roles)
    return f"{visible(analysis.tokens[anchor.token].text)}: {roles}"


def _cut(line: str, width: int) -> str:
    if cell_len(line) <= width:
        return line
    while cell_len(line) > width - 1:
        line = line[:-1]
    return line + "…"
