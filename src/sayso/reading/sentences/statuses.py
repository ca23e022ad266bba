"""Whether what a word names happened, was tried, planned, threatened, denied or supposed, and whether it is past."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sayso.reading.sentences.passages import closed, closed_matcher
from sayso.reading.sentences.verbs import Use, clause_end, clause_start, forms

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Hit, Passage, Scan
    from sayso.records import Status

GOVERNORS = 5
"""How many heads are climbed in search of a word that says that something was only tried or planned."""
NOBODY = ("no", "neither", "none")
"""Words at the head of a subject that deny its verb."""
NEITHER_REACH = 11
"""So many words before a verb may "neither X nor Y" begin."""
WEAPON_VERBS = ("fired", "dropped", "launched", "planted", "detonated")
BOMBS = ("bomb", "device", "explosive", "ied", "mine", "landmine", "charge", "grenade", "vbied")
"""What may be found before it goes off."""
WAR_REACH = 14
"""So many words may stand between harm and the war that it is of."""


def is_definite(passage: Passage, first: int) -> bool:
    """Tell whether the noun phrase is definite: "the attack", "Sunday’s attack", "this bombing"."""
    for index in range(first - 1, max(first - 5, -1), -1):
        word = passage.word(index)
        if word in ("the", "this", "these", "those", "'s", "’s", "its", "their", "his", "'", "’"):
            return True
        if (
            word in closed("prepositions")
            or word in closed("clause ends")
            or word in closed("be")
            or word in ("a", "an", ",", "another")
        ):
            return False
    return False


def status_of(scan: Scan, passage: Passage, first: int, last: int, use: Use | None) -> Status:
    """Return whether what is mentioned at [first, last) happened, was tried, planned, threatened, denied, supposed."""
    begin = use.begin if use else first
    if any(hit.first < first for hit in scan.hits(closed_matcher("imagined"), passage.number)):
        return "hypothetical"
    start = clause_start(passage, begin)
    near = range(max(start, begin - 7), last)
    for name in ("attempted", "planned", "threatened"):
        for hit in scan.hits(closed_matcher(name), passage.number):
            if hit.first in near and (use is None or hit.last >= use.begin) and _governs(passage, hit.last, first):
                return name
    governed = _governed_status(passage, first, last)
    if governed:
        return governed
    if passage.word(last - 1) in ("attempt", "attempts"):
        return "attempted"
    if passage.word(last) in ("attempt", "attempts", "plot", "plan", "plans", "threat", "threats"):
        return "attempted" if passage.word(last).startswith("attempt") else "planned"
    if use is not None:
        return _verb_status(passage, use, start)
    if made_safe(passage, last - 1):
        return "attempted"
    if _as_a_crime(passage, first):
        return "hypothetical"
    if passage.word(first - 1) in ("no", "any", "without"):
        return "denied" if passage.word(first - 1) != "any" else "hypothetical"
    if not is_definite(passage, first):
        for hit in scan.hits(closed_matcher("unreal"), passage.number):
            if max(start, first - 6) <= hit.first and hit.last <= first and _governs(passage, hit.last, first):
                return "hypothetical"
    return "happened"


def made_safe(passage: Passage, noun: int) -> bool:
    """Tell whether a bomb is what somebody finds or makes safe, or what fails: "a bomb found under a car failed"."""
    syntax = passage.syntax
    if syntax is None or passage.word(noun).removesuffix("s") not in BOMBS:
        return False
    verbs = [at for at in syntax.children[noun] if syntax.labels[at] == "acl"]
    verbs += [syntax.heads[noun]] if syntax.labels[noun] in ("nsubj", "obj") else []
    joined = [at for verb in verbs if verb >= 0 for at in syntax.children[verb] if syntax.labels[at] == "conj"]
    verbs += [at for at in joined if syntax.child(at, "nsubj") is None]  # not "… and a second was found"
    return any(at >= 0 and _makes_safe(passage, at) for at in verbs)


def _makes_safe(passage: Passage, verb: int) -> bool:
    word, behind = passage.word(verb), passage.line.lower[verb + 1 : verb + 8]
    if word in ("go", "explode", "detonate"):
        return not closed("negation").isdisjoint(passage.line.lower[max(verb - 2, 0) : verb])
    if word not in _safe_verbs():
        return False
    if _safe_verbs()[word] in ("make", "render"):
        return "safe" in behind or "harmless" in behind
    if _safe_verbs()[word] == "destroy":
        return "controlled" in behind or "sappers" in behind or "disposal" in behind
    return _safe_verbs()[word] != "fail" or bool({"explode", "detonate", "go", "ignite"} & set(behind))


@cache
def _safe_verbs() -> dict[str, str]:
    """Return the verbs by which bombs are found and made safe, in all their forms."""
    return {form: verb for verb in sorted(closed("making safe")) for form in forms(verb)}


def _as_a_crime(passage: Passage, first: int) -> bool:
    """Tell whether a bare noun names what somebody is charged with: "accused of rape or murder"."""
    for index in range(first - 1, max(first - 5, -1), -1):
        word = passage.word(index)
        if word in closed("accused of crimes"):
            return True
        if word not in ("of", "with", "or", "and", ",", "on") and word not in closed("attack nouns") and word != "rape":
            return False
    return False


def _governed_status(passage: Passage, first: int, last: int) -> Status | None:
    """Return the status that a verb or noun over the mention gives it: "tried on Sunday to blow up", "a plan to bomb".

    Only the chain of infinitives, "of trying to …" and what is meant by a plan counts.
    """
    syntax = passage.syntax
    at = next(
        (i for i in range(first, min(last, len(passage))) if syntax and syntax.heads[i] not in range(first, last)), -1
    )
    for _ in range(GOVERNORS):
        if syntax is None or at < 0 or syntax.labels[at] not in ("xcomp", "acl", "obl", "advcl", "obj", "conj"):
            return None
        clause = syntax.labels[at] in ("xcomp", "acl", "advcl")
        if clause and syntax.labels[at] != "xcomp" and not any(syntax.words[c] == "to" for c in syntax.children[at]):
            return None
        aimed = syntax.labels[at] == "obj" and not is_definite(passage, first)  # "planning a knife attack"
        at = syntax.heads[at]
        if (clause or aimed) and syntax.words[at] in _governors():
            return _governors()[syntax.words[at]]
    return None


@cache
def _governors() -> dict[str, Status]:
    """Return the words that make what they govern tried, planned or threatened, in all their forms."""
    table: dict[str, Status] = {}
    names: tuple[tuple[str, Status], ...] = (
        ("attempting", "attempted"),
        ("planning", "planned"),
        ("threatening", "threatened"),
    )
    for name, status in names:
        for word in sorted(closed(name)):
            for form in forms(word):
                table.setdefault(form, status)
    return table


def _governs(passage: Passage, first: int, last: int) -> bool:
    """Tell whether only modifiers stand between a governing word and what it governs."""
    words = passage.line.lower[first:last]
    return len(words) <= 5 and not any(
        word in closed("clause ends") or word in ("and", ",", "but", "was", "were") for word in words
    )


def _verb_status(passage: Passage, use: Use, start: int) -> Status:
    if use.negated or passage.word(use.begin - 1) == "nobody" or passage.phrase(use.begin - 2, use.begin) == "no one":
        return "denied"
    of_weapon = use.voice == "passive" and passage.word(use.first) in WEAPON_VERBS
    if (use.voice == "active" or of_weapon) and _by_nobody(passage, use):
        return "denied"
    perfect = "have" in use.helpers or "has" in use.helpers
    if not use.helpers and _shares_modal(passage, use):
        return "hypothetical"
    conditional = (
        "if" in passage.line.lower[max(start - 1, 0) : use.begin]
        or "unless" in passage.line.lower[max(start - 1, 0) : use.begin]
    )
    if (use.modal and not perfect) or conditional:
        return "hypothetical"
    if "to" in use.helpers and not perfect:
        return "hypothetical"
    if use.voice == "active" and any(word in ("is", "are") for word in use.helpers):
        return "ongoing"
    return "happened"


def _by_nobody(passage: Passage, use: Use) -> bool:
    """Tell whether the subject denies its verb: "neither army's planes struck", "no shell was fired"."""
    syntax = passage.syntax
    verb = syntax.verb_in(use.first, use.last) if syntax else None
    subject = syntax.doer(verb) if syntax and verb is not None else None
    nobody = syntax is not None and subject is not None and passage.word(syntax.phrase(subject)[0]) in NOBODY
    return nobody or neither_before(passage, use.begin) is not None


def neither_before(passage: Passage, verb: int) -> int | None:
    """Return where the "neither" of "neither Ruvian nor Kestrani planes · struck" stands, however it is parsed."""
    joined = False
    for at in range(verb - 1, max(verb - NEITHER_REACH, -1), -1):
        word = passage.word(at)
        if word == "neither":
            return at if joined else None
        joined = joined or word == "nor"
        verbal = passage.syntax is not None and passage.syntax.upos[at] == "VERB"
        if word in (",", ";", ":", "but") or verbal:
            return None
    return None


def _shares_modal(passage: Passage, use: Use) -> bool:
    """Tell whether a verb without auxiliaries is joined to one that has a modal: "should be hanged and burned"."""
    syntax = passage.syntax
    verb = syntax.verb_in(use.first, use.last) if syntax else None
    if syntax is None or verb is None or syntax.labels[verb] != "conj" or syntax.child(verb, "nsubj") is not None:
        return False
    helpers = [syntax.words[at] for at in syntax.children[syntax.heads[verb]] if syntax.labels[at] == "aux"]
    return any(word in closed("hypothetical") for word in helpers) and "have" not in helpers


def is_background(scan: Scan, passage: Passage, first: int, last: int) -> bool:
    """Tell whether words around the mention put it before what the report is about ("previous", "last year")."""
    start, end = clause_start(passage, first), clause_end(passage, last)
    definite = is_definite(passage, first)
    if of_a_war(scan, passage, first, last):
        return True
    for hit in scan.hits(closed_matcher("earlier"), passage.number):
        near = first - 4 <= hit.first <= last + 3
        if hit.value.startswith("since") and not hit.last <= first <= hit.last + 3:
            continue
        here = (near or not definite) and start <= hit.last and hit.first <= end
        if here and not _apart_by_verb(passage, hit.first, hit.last, first, last) and _of_it(passage, hit, first, last):
            return True
    return False


def of_a_war(scan: Scan, passage: Passage, first: int, last: int) -> bool:
    """Tell whether harm is that of a whole war: "has been killed since the war began", "the war has claimed lives"."""
    perfect = any(word in ("has", "have", "had") for word in passage.line.lower[max(first - 4, 0) : first])
    for hit in scan.hits(closed_matcher("wars"), passage.number) if perfect else ():
        before = set(passage.line.lower[max(hit.first - 4, 0) : hit.first])
        if last <= hit.first <= last + WAR_REACH and {"since", "in", "during"} & before:
            return True
        years = passage.word(hit.first - 1) == "of" and passage.word(hit.first - 2) in ("years", "decades", "months")
        if hit.last <= first <= hit.last + WAR_REACH and (years or not {"in", "during", "of", "by"} & before):
            return True
    return False


def _of_it(passage: Passage, hit: Hit[str], first: int, last: int) -> bool:
    """Tell whether a marker of the past belongs to a mention by the grammar: beside it, or on a verb over it."""
    syntax = passage.syntax
    if syntax is None or first - 4 <= hit.first < last:
        return True
    at = syntax.head_of(hit.first, hit.last)
    return any(syntax.goes_with(at, trigger) for trigger in range(first, min(last, len(passage))))


def _apart_by_verb(passage: Passage, hit_first: int, hit_last: int, first: int, last: int) -> bool:
    """Tell whether a comma and another clause stand between the marker and the mention."""
    low, high = (hit_last, first) if hit_last <= first else (last, hit_first)
    between = passage.line.lower[low:high]
    return "," in between and len(between) > 6
