"""A brief as Markdown (CommonMark with tables): for wikis, tickets and pandoc."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sayso.exports.brief.facts import Brief, Line, Source, Story, Value
from sayso.exports.brief.wording import LEGEND, counted, made

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!])")


def markdown(found: Brief) -> str:
    """Return the whole brief."""
    return "\n".join(_lines(found)) + "\n"


def escaped(text: str) -> str:
    """Return text in which nothing is markup; a line that could begin a list or heading cannot."""
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([-+=])", r"\\\1", _SPECIAL.sub(r"\\\1", text)))


def _lines(found: Brief) -> Iterator[str]:
    yield f"# {escaped(_title(found))}"
    yield ""
    yield f"{counted(found)}. {LEGEND}"
    for story in found.stories:
        yield from ("", *_story(story, one=len(found.stories) == 1))
    yield from ("", "## The exact words", "")
    for each in found.citations:
        link = f" <{_address(each.url)}>" if each.url else ""
        title = f", “{escaped(each.title)}”" if each.title else ""
        yield f'<a id="c{each.number}"></a>**\\[{each.number}\\]** {_where(each.outlet, each.published)}{title}{link}  '
        yield f"{escaped(each.before)}**»{escaped(each.words)}«**{escaped(each.after)}  "
        yield f"characters {each.start} to {each.end} of `{each.report}`"
        yield ""
    yield from ("## How this was made", "")
    yield from (f"- {escaped(line)}" for line in made(found))


def _title(found: Brief) -> str:
    return found.stories[0].title if len(found.stories) == 1 else f"Brief: {found.asked or 'incidents'}"


def _story(story: Story, *, one: bool) -> Iterator[str]:
    if not one:
        yield f"## {escaped(story.title)}"
        yield ""
    yield f"{escaped(story.kind)} · {escaped(story.when)} · {escaped(story.where)} · `{story.id}`"
    yield from ("", "### What is said, by whom, how sure", "")
    yield from ("| | value | who says so | how sure | words | grade |", "|---|---|---|---|---|---|")
    for line in story.lines:
        yield from _rows(line)
    yield from ("", "### What is disputed", "")
    for each in story.disputes:
        pair = f"{escaped(each.one)} against {escaped(each.other)}: {escaped(each.cause)}"
        yield f"- **{escaped(each.label)}**: {pair} {_cites(each.cites)}"
    if not story.disputes:
        yield "Nothing: no two claims exclude each other."
    yield from ("", "### What is unknown", "")
    yield from (f"- {escaped(each)}" for each in story.unknown)
    if not story.unknown:
        yield "Every question that a brief asks has an answer of somebody's."
    yield from ("", "### Reports", "")
    yield from map(_source, story.sources)


def _rows(line: Line) -> Iterator[str]:
    label = f"{escaped(line.label)}{' ≠' if line.status == 'disputed' else ''}"
    for value in line.values:
        for voice in value.voices:
            cells = (label, _value(value), escaped(voice.who), escaped(voice.sure), _cites(voice.cites), value.grade[0])
            yield f"| {' | '.join(cells)} |"
            label = ""


def _value(value: Value) -> str:
    return f"~~{escaped(value.words)}~~ (replaced)" if value.replaced else escaped(value.words)


def _source(source: Source) -> str:
    link = f" <{_address(source.url)}>" if source.url else ""
    title = f", “{escaped(source.title)}”" if source.title else ""
    origin = f" Counts as one source with others: {escaped(source.origin)}" if source.origin else ""
    hashed = f"`{source.report}`, SHA-256 `{source.sha256}`"
    return f"- {_where(source.outlet, source.published)}{title}{link}; {hashed}.{origin}"


def _where(outlet: str, published: str) -> str:
    return f"{escaped(outlet)}, {escaped(published)}"


def _cites(numbers: Iterable[int]) -> str:
    return " ".join(f"[\\[{number}\\]](#c{number})" for number in numbers)


def _address(url: str) -> str:
    return re.sub(r"[<>\s]", lambda found: f"%{ord(found[0]):02X}", url)
