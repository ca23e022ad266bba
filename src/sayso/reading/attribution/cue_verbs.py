"""Attributions whose cue is a verb: X said …, "…," said X, …, adding that …, Y was blamed by X."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from sayso.reading.attribution.contents import bare_quotation_after, left_content, right_content, skip_adverbials
from sayso.reading.attribution.cues import Cue, find_cues, tells_a_count
from sayso.reading.attribution.drafts import Drafts, add_draft, clause_floor, closes, goes_on
from sayso.reading.attribution.sayers import can_say
from sayso.reading.attribution.sources import source_before, source_behind
from sayso.reading.sentences.grammar import BREAKS, DASHES, QUOTES, Line, is_adverb, words_of

if TYPE_CHECKING:
    from sayso.reading.attribution.contents import Range


def read_passive(drafts: Drafts, number: int, line: Line, cue: Cue) -> None:
    """Read "Y was blamed by X for …": the by-phrase is the source; one that names nobody is a hedge (READING)."""
    if cue.group.content != ("object",):
        return
    if line.at(cue.last) == "on":
        _read_blamed_on(drafts, number, line, cue)
        return
    if line.at(cue.last) != "by":
        return
    carried = (place for place in range(cue.last + 2, line.stop()) if line.lower[place] in ("for", "of", "as", "over"))
    source = source_behind(line, cue.last + 1, next(carried, line.stop()))
    if source is None:
        return
    subject = source_before(line, cue.first, drafts.floor)
    contents = [(line.start(subject[0]), line.end(subject[1]))] if subject else []
    contents += right_content(line, source[1], cue, drafts.cues, drafts.marks)
    if contents:
        add_draft(drafts, number, line, cue, source, contents)


def _read_blamed_on(drafts: Drafts, number: int, line: Line, cue: Cue) -> None:
    """Read "The raid was blamed on Y by X"; without "by X" nobody is named who blames."""
    by = next((at for at in range(cue.last + 2, line.stop()) if line.lower[at] == "by"), None)
    source = source_behind(line, by + 1, line.stop()) if by is not None else None
    subject = source_before(line, cue.first, drafts.floor)
    if by is None or source is None:
        return
    contents = [(line.start(subject[0]), line.end(subject[1]))] if subject else []
    add_draft(drafts, number, line, cue, source, [*contents, (line.start(cue.last), line.end(by))])


def read_participle(drafts: Drafts, number: int, line: Line, cue: Cue) -> None:
    """Read "…, adding that …" shares the subject; "officials saying that …" has its own."""
    before = line.at(cue.first - 1)
    itself = line.at(cue.last) in ("itself", "himself", "herself", "themselves")
    if itself or before in ("of", "for", "from", "about", "without"):
        return  # "a habit of blaming", "a group calling itself"
    source: Range | None
    if before in DASHES | {",", "and", "by", "in", "after", "before", "while", "when"} or cue.first == 0:
        source = drafts.subject or (_main_subject(drafts, line, cue) if cue.first else None)
    else:
        source = source_before(line, cue.first, drafts.floor)
    if cue.group.keeps == "toll" and source is not None and not can_say(line, source):
        source = drafts.subject or _main_subject(drafts, line, cue)  # "X reported the attacks giving a toll of 31"
    contents = _behind(drafts, line, cue)
    if contents and (source is not None or before == ","):
        add_draft(drafts, number, line, cue, source, contents)


def _main_subject(drafts: Drafts, line: Line, cue: Cue) -> Range | None:
    """Return the noun phrase before the first auxiliary or verb in -ed of the sentence."""
    for index in range(1, min(cue.first, 30)):
        word = line.lower[index]
        if word in words_of("auxiliary") - {"'s", "’s", "may"} or (
            len(word) > 4 and word.endswith("ed") and not line.capital(index)
        ):
            return source_before(line, index, 0)
        if word == "," and index > 12:
            return None
    return _opening_name(line, cue.first)


def _opening_name(line: Line, end: int) -> Range | None:
    """Return the pronoun or the run of capitals that opens the sentence."""
    if line.at(0) in words_of("pronoun"):
        return 0, 1
    index = int(line.at(0) in words_of("determiner"))
    first = index
    while index < end and (line.capital(index) or line.at(index) in ("of", "'s", "’s", "-")):
        index += 1
    return (0, index) if index > first and not is_adverb(line.at(0)) and line.at(0) not in _starters() else None


def _starters() -> frozenset[str]:
    """Words that open a sentence before its subject."""
    return words_of("preposition", "subordinator", "conjunction")


def read_finite(drafts: Drafts, number: int, line: Line, cue: Cue) -> None:
    """Read "X said …", "…, X said", "The attack, X said, was …"."""
    source = _finite_source(drafts, line, cue)
    if source is not None and cue.group.keeps == "toll" and not can_say(line, source):
        return  # "the discovery of two bodies raised the toll"
    if source is None or (
        cue.group.name in ("believe", "plan") and line.at(source[0]) in words_of("first or second person")
    ):
        return  # "I think" is a hedge of whoever is quoted
    edge = source[0] - 1
    left_open = edge > 0 and (line.lower[edge] in DASHES | {","} or closes(drafts, line, edge))
    behind = skip_adverbials(line, cue.last, drafts.marks, recipient=cue.group.recipient)
    contents: list[Range] = []
    if left_open and source[0] < cue.first and _postposed(drafts, line, cue, edge, behind):
        contents = left_content(line, source[0], clause_floor(drafts, line, source[0]), drafts.marks)
        closing = closes(drafts, line, edge)
        if contents and not closing and contents[0][0] == line.sentence.start:
            contents[0] = (_without_marks(drafts, number, contents[0][0]), contents[0][1])
        rest = _second_half_of(drafts, line, cue, behind, closing=closing, short=edge <= _SHORT)
        if rest and _is_circumstance(line, edge):
            contents = []  # "On Sunday, X said, …": when, not what
        contents += rest
        if contents:
            add_draft(drafts, number, line, cue, source, contents, quoted=closing)
            return
    contents = _behind(drafts, line, cue)
    if cue.group.name == "count" and not (contents and tells_a_count(drafts.marks.text[slice(*contents[0])])):
        return  # "recorded an album"
    if contents and edge >= 0 and line.at(edge) in words_of("relative") and source[0] < cue.first:
        contents = _as_relative(line, edge, contents)
    if not contents and behind >= line.stop() and "clause" in cue.group.content + _quote_only(cue):
        quotation = bare_quotation_after(line.end(len(line)), drafts.marks)
        if quotation is not None and drafts.marks.whole(quotation):
            add_draft(drafts, number, line, cue, source, list(quotation.pieces), quoted=True, tentative=True)
            return
    if contents:
        add_draft(drafts, number, line, cue, source, contents)


def _without_marks(drafts: Drafts, number: int, start: int) -> int:
    """Return where words quoted without marks begin: earlier sentences of the block that say "I", "we" or "you"."""
    block = drafts.lines[number].sentence.block
    for earlier in range(number - 1, max(-1, number - 8), -1):
        line = drafts.lines[earlier]
        if (
            line.sentence.block != block
            or any(word in QUOTES for word in line.lower)
            or any(
                cue.group.part != "noun" and cue.group.name in ("say", "tell", "according to", "argue")
                for cue in find_cues(line)
            )
        ):
            break
        if any(word in words_of("speaking") for word in line.lower):
            start = line.sentence.start
    return start


def _as_relative(line: Line, edge: int, contents: list[Range]) -> list[Range]:
    """In "the plan, which officials said will change, is old" return "which" and "will change"."""
    first = bisect_left(line.starts, contents[0][0])
    if line.at(first) not in words_of("auxiliary") and not line.at(first).endswith("ed"):
        return contents
    piece = (line.start(edge), line.end(edge + 1))
    if line.at(edge - 1) != ",":
        return [piece, *contents]
    closing = (
        place
        for place in range(first, len(line) - 1)
        if line.lower[place] == ","
        and line.at(place + 1) in words_of("auxiliary")
        and line.start(place) < contents[0][1]
    )
    comma = next(closing, None)
    return [piece, *contents] if comma is None else [piece, (contents[0][0], line.end(comma))]


def _quote_only(cue: Cue) -> tuple[str, ...]:
    return ("clause",) if "quote" in cue.group.content else ()


_SHORT = 4  # tokens before "…, X said, the …" that cannot be a clause of their own


def _is_circumstance(line: Line, edge: int) -> bool:
    """Tell whether the words before ``edge`` only say when, where or through what it was said."""
    if edge >= 9:
        return False
    words = line.lower[:edge]
    opens = words[0] in words_of("preposition", "adverb", "day")
    tells = words_of("day", "channel", "time")
    return opens and any(word in tells for word in words)


def _second_half_of(
    drafts: Drafts, line: Line, cue: Cue, behind: int, *, closing: bool, short: bool = False
) -> list[Range]:
    """Return the rest of an interrupted content behind "…, X said,"."""
    word = line.at(behind)
    if word not in (",", ":") or behind + 1 >= line.stop():
        return []
    quotation = drafts.marks.starts.get(line.start(behind + 1))
    if quotation is not None and quotation.inside is None:
        return right_content(line, behind + 1, cue, drafts.cues, drafts.marks)
    if not closing and word == "," and (goes_on(drafts, line, behind + 1) or (short and behind + 1 not in drafts.cues)):
        return right_content(line, behind + 1, cue, drafts.cues, drafts.marks)
    return []


def _finite_source(drafts: Drafts, line: Line, cue: Cue) -> Range | None:
    """Return the subject of a finite cue in tokens: what stands before it, or the one it shares."""
    before = line.at(cue.first - 1)
    if cue.group.part == "said_of" and (quoted := _quoted_subject(line, cue, drafts.floor)):
        return quoted
    if before in ("who", "which") or (before == "that" and line.at(cue.first - 2) not in BREAKS):
        return cue.first - 1, cue.first
    if before in ("and", "but", "then", "or") or (
        before == "," and drafts.subject and line.at(cue.first - 2) not in BREAKS and _shares(drafts, line, cue)
    ):
        return drafts.subject or _main_subject(drafts, line, cue)
    return source_before(line, cue.first, min(drafts.floor, cue.first))


def _quoted_subject(line: Line, cue: Cue, floor: int) -> Range | None:
    """In "X was quoted by Y as saying" return X."""
    by = next((at for at in range(cue.first - 2, max(floor, cue.first - _QUOTER) - 1, -1) if line.at(at) == "by"), None)
    if by is None or line.at(by - 1) not in ("quoted", "cited", "reported", "heard"):
        return None
    end = by - 1
    while end > floor and line.at(end - 1) in words_of("auxiliary"):
        end -= 1
    return source_before(line, end - (line.at(end - 1) == ","), floor)


_QUOTER = 10  # words of whom somebody was quoted by


def _shares(drafts: Drafts, line: Line, cue: Cue) -> bool:
    return line.at(cue.first) in ("also", "later", "then")


def _postposed(drafts: Drafts, line: Line, cue: Cue, edge: int, behind: int) -> bool:
    """Tell whether the content stands before "…, X said" rather than behind it."""
    stop = line.stop()
    word = line.at(behind)
    if behind >= stop:
        return True
    if closes(drafts, line, edge):
        ends = drafts.marks.ends[line.end(edge + 1 if line.lower[edge] != "," else edge)]
        if drafts.marks.whole(ends) and word != "that" and word not in QUOTES:
            return True
    if word in (",", ";") or word in DASHES:
        return line.at(behind + 1) != "that" or _clause_before(line, edge)
    if word in ("when", "as", "after", "during", "while", "before", "in", "at", "on", "of", "about"):
        return _clause_before(line, edge)
    return False


def _clause_before(line: Line, edge: int) -> bool:
    """Tell whether the words before ``edge`` make a clause: some auxiliary, or a verb in -ed."""
    if line.at(0) in words_of("preposition", "subordinator"):
        return False
    return any(
        line.lower[index] in words_of("auxiliary") - {"'s", "’s"}
        or (line.lower[index].endswith("ed") and not line.capital(index))
        for index in range(1, min(edge, 60))
    )


def _behind(drafts: Drafts, line: Line, cue: Cue) -> list[Range]:
    """Return the content behind a cue, if what stands there is of a sort that the cue takes."""
    kinds = cue.group.content
    marks = drafts.marks
    if cue.group.keeps:
        return right_content(line, cue.last, cue, drafts.cues, marks)
    if "as_saying" in kinds and not any(
        place > cue.last and other.group.part == "said_of" for place, other in drafts.cues.items()
    ):
        return []
    index = skip_adverbials(line, cue.last, marks, recipient=cue.group.recipient and kinds != ("infinitive",))
    word = line.at(index)
    if (
        word in (",", ":")
        and index + 1 < len(line)
        and (word == ":" or line.at(index + 1) in QUOTES | {"that", "‘", "'"})
    ):
        index += 1
        if line.at(index) not in QUOTES | {"'", "that"} and line.at(index - 1) != ":":
            return []
        return right_content(line, index, cue, drafts.cues, marks)
    if index >= line.stop() or word in BREAKS - QUOTES - {"(", "["}:
        return []
    if not _fits(line, index, cue):
        return []
    return right_content(line, _content_start(line, cue, index), cue, drafts.cues, marks)


def _content_start(line: Line, cue: Cue, index: int) -> int:
    """Infinitives keep their listener outside: urged Y · to leave. Objects begin right behind the cue."""
    return cue.last if cue.group.content == ("object",) and line.at(index) not in QUOTES else index


def _fits(line: Line, index: int, cue: Cue) -> bool:
    word = line.at(index)
    kinds = cue.group.content
    if word in QUOTES or (word in ("'", "‘") and line.word(index + 1)):
        return True
    if word == "that":
        return not {"clause", "object", "as_saying"}.isdisjoint(kinds)
    if word in ("whether", "if", "why", "who", "what", "how", "when", "where", "which"):
        return "clause" in kinds or "whether" in kinds or "object" in kinds
    if word == "to":
        return "infinitive" in kinds or ("object" in kinds and cue.group.name == "accuse")
    if word in ("as", "than", "and", "or", "but", "so", "by", "because"):
        return False
    if word in words_of("preposition") and not _counts_ahead(line, index):
        return (
            cue.group.name in ("accuse", "say") and word not in ("by", "than", "like", "of", "about", "for", "with")
        ) or (cue.group.name == "accuse" and word in ("for",))
    return not {"clause", "object", "as_saying"}.isdisjoint(kinds)


def _counts_ahead(line: Line, index: int) -> bool:
    """Tell whether a number follows at once: "spoke of · at least 60 dead", "around 60"."""
    ahead = index
    while line.at(ahead) in words_of("before a count"):
        ahead += 1
    return ahead > index and (line.at(ahead)[:1].isdigit() or line.at(ahead) in words_of("counted harm"))
