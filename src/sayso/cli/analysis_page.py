"""The page of an analysis: each sentence with its tree as arcs (SVG), coloured spans, and its roles in a table.

One file without scripts or anything from elsewhere; all text from reports is escaped.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from sayso.language.plain import span_layers
from sayso.showing.wording import visible

if TYPE_CHECKING:
    from sayso.language.analysis import Analysis, Sentence

HEAD: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>sayso analysis</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
body{font:15px/1.5 system-ui,sans-serif;margin:2rem;max-width:none;color:#222;background:#fff}
svg{display:block;overflow:visible;margin:.5rem 0}
svg text{font:13px system-ui,sans-serif;text-anchor:middle}
svg .upos{font-size:10px;fill:#666}
svg .relation{font-size:9px;fill:#336}
svg path{fill:none;stroke:#88a}
.row{overflow-x:auto;border-bottom:1px solid #ddd;padding-bottom:.5rem}
table{border-collapse:collapse;font-size:13px}td{padding:.1rem .6rem;vertical-align:top;border-top:1px solid #eee}
.l0{fill:#1b6ca8}.l1{fill:#a8541b}.l2{fill:#4a8f29}.l3{fill:#8a2f8a}.l4{fill:#a82a3c}.l5{fill:#57606a}
</style></head><body>
"""
FOOT: Final = "</body></html>\n"
_LETTER, _GAP, _RISE, _LANE = 8, 14, 16, 14  # pixels: a letter, between words, an arc's height a word, a lane of spans


def section(analysis: Analysis) -> str:
    """Return the HTML of one report's analysis."""
    title = _shown(analysis.report.title or analysis.report.id)
    model = f"model {escape(analysis.model)}" if analysis.model else "rules only: no model"
    sentences = "".join(_sentence(analysis, number, s) for number, s in enumerate(analysis.sentences))
    return f"<section><h1>{title}</h1><p>{len(analysis.tokens)} tokens, {model}</p>{sentences}</section>\n"


def _shown(text: str) -> str:
    return escape(visible(text))


def _sentence(analysis: Analysis, number: int, sentence: Sentence) -> str:
    role = analysis.roles_of_sentences.get("role", ("",) * (number + 1))[number]
    heading = f"<p>{number + 1} {escape(role)}</p>"
    return f'<div class="row">{heading}{_drawing(analysis, sentence)}{_roles(analysis, sentence)}</div>'


def _drawing(analysis: Analysis, sentence: Sentence) -> str:
    """Return the words of a sentence with the arcs of its tree above and its spans below."""
    words = [visible(token.text) for token in analysis.tokens[sentence.first : sentence.last]]
    centres, edge = [], 0.0
    for word in words:
        wide = max(len(word), 3) * _LETTER
        centres.append(edge + wide / 2)
        edge += wide + _GAP
    arcs, top = _arcs(analysis, sentence, centres)
    marks, depth = _spans(analysis, sentence, centres, words)
    tags = analysis.tags.get("upos")
    parts = []
    for place, (word, x) in enumerate(zip(words, centres, strict=True)):
        parts.append(f'<text x="{x:.0f}" y="{top + 14}">{escape(word)}</text>')
        if tags is not None:
            parts.append(f'<text class="upos" x="{x:.0f}" y="{top + 27}">{tags[sentence.first + place]}</text>')
    below = f'<g transform="translate(0,{top + 36})">{marks}</g>'
    return f'<svg width="{edge:.0f}" height="{top + 40 + depth}">{arcs}{"".join(parts)}{below}</svg>'


def _arcs(analysis: Analysis, sentence: Sentence, centres: list[float]) -> tuple[str, int]:
    """Return the arcs from heads to words as SVG, and how high they reach."""
    tree = analysis.arcs.get("dep")
    if tree is None:
        return "", 8
    pairs = [
        (place, int(tree.heads[sentence.first + place]) - sentence.first)
        for place in range(len(centres))
        if tree.heads[sentence.first + place] >= 0
    ]
    top = 18 + _RISE * min(max((abs(a - b) for a, b in pairs), default=0), 12)
    parts = []
    for place, head in pairs:
        left, right = centres[head], centres[place]
        high = top - _RISE * min(abs(place - head), 12)
        parts.append(f'<path d="M{left:.0f},{top} C{left:.0f},{high} {right:.0f},{high} {right:.0f},{top}"/>')
        label = escape(tree.labels[sentence.first + place])
        middle = (left + right) / 2
        parts.append(f'<text class="relation" x="{middle:.0f}" y="{top - 0.75 * (top - high):.0f}">{label}</text>')
    return "".join(parts), top


def _spans(analysis: Analysis, sentence: Sentence, centres: list[float], words: list[str]) -> tuple[str, int]:
    """Return the spans as bars, a lane a layer, and the height of all lanes."""
    parts, lane = [], 0
    for layer in span_layers(analysis):
        inside = [c for c in analysis.chunks(layer) if sentence.first <= c.first < sentence.last]
        for chunk in inside:
            a, b = chunk.first - sentence.first, min(chunk.last, sentence.last) - sentence.first - 1
            left = centres[a] - max(len(words[a]), 3) * _LETTER / 2
            right = centres[b] + max(len(words[b]), 3) * _LETTER / 2
            where = f'x="{left:.0f}" y="{lane * _LANE}" width="{right - left:.0f}" height="3"'
            name = escape(f"{layer} {chunk.label}")
            at = f'x="{(left + right) / 2:.0f}" y="{lane * _LANE + 12}"'
            parts.append(f'<g class="l{lane % 6}"><rect {where}/><text style="font-size:9px" {at}>{name}</text></g>')
        lane += bool(inside)
    return "".join(parts), lane * _LANE


def _roles(analysis: Analysis, sentence: Sentence) -> str:
    """Return a table of the words that open roles, with what fills them."""
    rows = []
    for layer, anchors in analysis.anchors.items():
        for anchor in anchors:
            if sentence.first <= anchor.token < sentence.last:
                fillers = "; ".join(
                    f"<b>{escape(role.label)}</b> {_shown(analysis.span(role.first, role.last).text)}"
                    for role in anchor.roles
                )
                word = _shown(analysis.tokens[anchor.token].text)
                rows.append(f"<tr><td>{layer}</td><td>{word}</td><td>{fillers}</td></tr>")
    return f"<table>{''.join(rows)}</table>" if rows else ""
