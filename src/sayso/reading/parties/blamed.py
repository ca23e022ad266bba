"""Whom an accusation names without naming an actor: in quotation marks, by a vehicle, "each other"; and nobody."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sayso.reading.actors import actor_at, actor_behind
from sayso.reading.means.machines import machine_owner
from sayso.reading.mentions import Mention, mention
from sayso.reading.sentences.grammar import QUOTES
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed
from sayso.reading.sentences.verbs import clause_end
from sayso.values import Actor

if TYPE_CHECKING:
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax
    from sayso.reading.sentences.verbs import Use

PAIR: Final = 2
ACCUSED_BEFORE: Final = 3
"""So many sentences back may stand the accusation that "this" takes up."""
HELD: Final = 6
"""So many words may "positions and villages held by" take."""
NOBODY_REACH: Final = 8
"""How many words "no outfit in the region has so far" may take before "claimed"."""
PEOPLE: Final = re.compile(
    r"(?:[^e]ers|ors|ists|ians|men|women|ants|eurs|thieves|bosses|youths?|insider|sider|[tgl]er|[tsd]or)$"
)
"""Endings of nouns for people that are blamed."""
OFFICES: Final = frozenset(
    {"office", "lawyer", "lawyers", "spokesman", "spokeswoman", "aide", "aides", "family", "campaign"}
)
"""Who speaks for a person without having done it."""
PRONOUNS: Final = frozenset({"it", "they", "he", "she", "It", "They", "He", "She", "we", "We", "both", "Both"})
LOOSE: Final = ("this", "accusation", "accusations", "allegation", "allegations", "charge", "charges")
"""What is denied that only the text before says: it may be drug dealing."""
NEAR: Final = 12
"""How many words may stand in such quotation marks."""


def blamed_thing(scan: Scan, passage: Passage, use: Use) -> tuple[Actor, int, int] | None:
    """Return whose vessel or vehicle is blamed ("a government drone"), or else the vehicle: "a patrol vessel"."""
    syntax = passage.syntax
    head = syntax.object(use.first) if syntax else None
    if syntax is None or head is None:
        return None
    owner = machine_owner(scan, passage, head)
    if owner is not None or syntax.words[head] not in closed("armed vehicles"):
        return owner
    first, last = syntax.phrase(head)
    first += passage.word(first) in closed("determiners")
    said = scan.report.text[slice(*passage.offsets(first, last))]
    return Actor(name=None, kind="unknown", words=said), first, last


def blamed_people(
    scan: Scan, passage: Passage, head: int | None, *, sure: bool = False
) -> tuple[Actor, int, int] | None:
    """Return people whom no list knows as those blamed: "suspects smugglers", "attributed it to infiltrators".

    Args:
        scan: the report.
        passage: the sentence.
        head: the noun that is blamed.
        sure: only people can stand there ("accused X"); else the noun must be one for people by its ending.

    """
    syntax = passage.syntax
    if syntax is None or head is None or syntax.upos[head] not in ("NOUN", "PROPN"):
        return None
    word = syntax.words[head]
    named = syntax.upos[head] == "PROPN" and passage.line.capital(head)
    if not (sure or named or PEOPLE.search(word) or word in closed("people blamed")) or word in closed("nobody blamed"):
        return None
    first, last = syntax.phrase(head)
    while first < head and passage.word(first) in closed("determiners") | QUOTES:
        first += 1
    if passage.word(first) in closed("possessive determiners"):
        return None
    said = scan.report.text[slice(*passage.offsets(first, last))]
    return Actor(name=said, kind="unknown" if named else "person", words=said), first, last


def quoted_author(scan: Scan, passage: Passage, use: Use) -> tuple[Actor, int, int] | None:
    """Return whom only the accuser's own words name: blamed "enemies of peace"."""
    first = use.last + 1
    if passage.word(use.last) not in QUOTES:
        return None
    last = next((at for at in range(first, min(first + NEAR, len(passage))) if passage.word(at) in QUOTES), first)
    # "enemies of peace", "the other side", not "human error"
    many = any(passage.word(at).endswith("s") or passage.word(at) == "side" for at in range(first, last))
    if last == first or not many:
        return None
    said = scan.report.text[slice(*passage.offsets(first, last))]
    return Actor(name=said, kind="unknown", words=said), first, last


def lays_no_deed(passage: Passage, use: Use, author: str) -> bool:
    """Tell whether words of blaming lay no deed at anybody's door: they describe a body, or charge it with neglect."""
    return _of_neglect(passage, use) or (author == "to" and _describes_a_body(passage, use))


def _of_neglect(passage: Passage, use: Use) -> bool:
    """Tell whether somebody is charged with what hurts nobody: "accused the ministry of · hiding the toll"."""
    end = clause_end(passage, use.last)
    of = next((at for at in range(use.last, end) if passage.word(at) in ("of", "for") and _charged(passage, at)), None)
    return of is not None and not _violent_behind(passage, of, end)


def charged_with_neglect(passage: Passage, of: int) -> bool:
    """Tell whether what stands behind an "of" or "for" is a charge of what hurts nobody: "of · hiding the toll"."""
    return passage.word(of) in ("of", "for") and _charged(passage, of)


def _charged(passage: Passage, of: int) -> bool:
    at = of + 1 + (passage.word(of + 1) in closed("determiners", "possessive determiners"))
    words = {passage.word(at), passage.word(at + 1)} if passage.word(at) in IDLE_BEFORE else {passage.word(at)}
    return bool(words & closed("charges of neglect"))


def _violent_behind(passage: Passage, of: int, end: int) -> bool:
    """Tell whether a deed is charged beside the neglect: "of lying and of killing nine"."""
    behind = passage.line.lower[of + 1 : end]
    joined = behind.index("and") if "and" in behind else len(behind)
    return any(word in closed("denied deeds") for word in behind[joined:])


IDLE_BEFORE: Final = frozenset({"gross", "criminal", "deliberately", "wilful", "not", "its", "their", "a", "serious"})
"""What may stand before a word for neglect: "gross · negligence", "deliberately · hiding"."""


def _describes_a_body(passage: Passage, use: Use) -> bool:
    """Tell whether "linked to X" only says to whom a group belongs, not who did something."""
    syntax = passage.syntax
    if syntax is None or use.voice != "passive" or use.helpers or syntax.labels[use.first] not in ("acl", "amod"):
        return False
    return passage.word(syntax.heads[use.first]) in closed("group nouns", "kinds of groups")


def only_meant(passage: Passage, verb: int) -> bool:
    """Tell whether somebody is not blamed, only meant to be, or not yet: "in order to accuse the army".

    What attackers are said to want ("in a bid to put the blame on X") is no accusation by those who say it.
    """
    if passage.word(verb - 1) == "to":
        return passage.word(verb - 2) in closed("purposes", "holding back")
    return passage.word(verb - 1) in ("of", "from", "without") and passage.word(verb - 2) in closed("holding back") | {
        "short"
    }


def mutual(scan: Scan, passage: Passage, verb: int, trigger: tuple[int, int]) -> list[Mention]:
    """Return two authors, each on the word of the other: "the army and the rebels blamed each other"."""
    syntax = passage.syntax
    head = syntax.subject(verb) if syntax else None
    heads = syntax.joined(head) if syntax and head is not None else []
    if syntax and len(heads) == 1:  # two subjects side by side, by a slip of the grammar
        heads = [at for at in syntax.children[verb] if syntax.labels[at] == "nsubj"]
    sides = [_side(scan, passage, syntax, at) for at in heads] if syntax else []
    pair = [side for side in sides if side is not None]
    if len(pair) != len(heads) or len(pair) != PAIR:
        return []
    return [
        mention(passage, "perpetrator", one[0], one[1:], trigger, stance="accuses", holder=other[0])
        for one, other in (pair, pair[::-1])
    ]


def _side(scan: Scan, passage: Passage, syntax: Syntax, head: int) -> tuple[Actor, int, int] | None:
    first, last = syntax.phrase(head)
    last = next((at for at in range(head + 1, last) if passage.word(at) in ("and", ",")), last)
    first = next((at + 1 for at in range(head - 1, first - 1, -1) if passage.word(at) in ("and", ",")), first)
    first += passage.word(first) in closed("determiners")
    named = actor_at(scan, passage, first, last)
    return (named, first, last) if named else actor_behind(scan, passage, first, last)


def only_described(passage: Passage, use: Use, author: tuple[Actor, int, int]) -> bool:
    """Tell whether "the man accused of it" only describes whom the sentence goes on to name."""
    named = any(passage.line.capital(at) for at in range(author[1], author[2]))
    return use.voice == "passive" and not use.helpers and author[0].kind == "person" and not named


def holding_place(passage: Passage, at: int) -> int:
    """Return where they stand who hold what fire came from ("from positions held by · X"), else ``at``."""
    ahead = range(at, min(at + HELD, len(passage)))
    by = next((i for i in ahead if passage.word(i) == "by" and passage.word(i - 1) in closed("holding ground")), None)
    return at if by is None else by + 1


def no_subject(passage: Passage, first: int) -> int | None:
    """Return where the noun of "no outfit has so far owned up" begins: right behind its "no"."""
    before = range(first - 1, max(first - NOBODY_REACH, -1), -1)
    return next((at + 1 for at in before if passage.word(at) == "no" and not _stops(passage, at, first)), None)


def _stops(passage: Passage, first: int, last: int) -> bool:
    stops = closed("clause ends", "clause openers")
    places = (at for at in range(first, last) if passage.phrase(at, at + 2) != "so far")
    return any(passage.word(at) in stops for at in places)


def nobody(passage: Passage, first: int) -> bool:
    """Tell whether the subject at ``first`` is nobody: "no rebel group", "none of them", "nor has any group"."""
    before = passage.phrase(first - 3, first).split()
    any_ = before[-1:] == ["any"] or passage.word(first) == "any"
    if any_ and (closed("nobody") | {"nor", "not", "n't", "n’t"}) & set(passage.line.lower[max(first - 7, 0) : first]):
        return True
    return before[-1:] in (["no"], ["neither"]) or before[-2:] == ["none", "of"] or before[-3:-1] == ["none", "of"]


def offices_led_back(scan: Scan, found: list[Mention]) -> list[Mention]:
    """Return the mentions; "his office" or "that outfit" denies it for whoever was accused before."""
    return [_group_led_back(_led_back(scan, item, found), found) for item in found]


def _group_led_back(item: Mention, found: list[Mention]) -> Mention:
    """Return what a group without a name does with its deed as done by the one named last: "the group denied it"."""
    actor = item.value if isinstance(item.value, Actor) else item.holder
    if item.stance not in ("denies", "claims_own") or actor is None or not is_unnamed_group(actor):
        return item
    near = [one for one in found if 0 <= item.passage - one.passage <= ACCUSED_BEFORE and one.anchor < item.anchor]
    named = [one.value for one in near if isinstance(one.value, Actor) and one.value.kind == "armed_group"]
    named = [one for one in named if not is_unnamed_group(one) and one.name != one.words.lower()]
    if not named:
        return item
    one = named[-1].model_copy(update={"words": actor.words})
    value = one if isinstance(item.value, Actor) else item.value
    return replace(item, value=value, holder=one if item.holder is not None else None)


def is_unnamed_group(actor: Actor) -> bool:
    """Tell whether an actor is only called "the group", "that outfit", "the movement's spokesman"."""
    words = actor.words.lower().split()
    return bool(words) and words[-1] in closed("kinds of groups") and words[0] in (words[-1], "the", "that", "this")


def _led_back(scan: Scan, item: Mention, found: list[Mention]) -> Mention:
    words = item.value.words.lower().split() if isinstance(item.value, Actor) else []
    passage = scan.passages[item.passage]
    at = passage.tokens_of(*item.anchor)[0]
    his = any(passage.word(i) in ("his", "her") for i in (at - 1, at))
    if item.stance != "denies" or not his or words[-1:] == [] or words[-1] not in OFFICES:
        return item
    near = [one for one in found if 0 <= item.passage - one.passage <= ACCUSED_BEFORE and one.field == "perpetrator"]
    accused = [one.value for one in near if one.stance in ("accuses", "suspects") and one.anchor < item.anchor]
    before = scan.passages[item.passage - 1] if item.passage else None
    named = [group for group in find_groups(scan, before) if group.named] if before else []
    if not accused and before is not None and named:
        first, last = named[-1].noun, named[-1].last
        said = scan.report.text[slice(*before.offsets(first, last))]
        accused = [Actor(name=said, kind="person", words=said)]
    who = accused[-1] if accused else None
    return replace(item, value=who) if isinstance(who, Actor) else item


def without_loose_denials(scan: Scan, found: list[Mention]) -> list[Mention]:
    """Leave out who "denied this" where "this" is no deed that the sentences before lay at his door."""
    return [item for item in found if not _is_loose(scan, item) or _was_accused(scan, item, found)]


def _is_loose(scan: Scan, item: Mention) -> bool:
    passage = scan.passages[item.passage]
    words = passage.phrase(*passage.tokens_of(*item.trigger)).split()
    if item.stance != "denies" or words[:1] not in (["denied"], ["denies"]) or words[-1] not in LOOSE:
        return False
    actor = item.value if isinstance(item.value, Actor) else item.holder
    return words[-1] == "this" or (actor is not None and actor.kind in ("person", "unknown"))


def _was_accused(scan: Scan, item: Mention, found: list[Mention]) -> bool:
    """Tell whether one of the names in a denial is that of somebody accused in the three sentences before."""
    passage = scan.passages[item.passage]
    first, last = passage.tokens_of(*item.anchor)
    names = {passage.line.tokens[at].text for at in range(first, last) if passage.line.capital(at)}
    facts = [scan.world.actor(name) or scan.world.country(name) for name in names]
    names |= {fact.name for fact in facts if fact is not None}
    names |= {passage.word(at) for at in range(first, last)} - closed("determiners", "possessive determiners")
    before = [one for one in found if 0 <= item.passage - one.passage <= ACCUSED_BEFORE and one.stance != "denies"]
    accused = [one.value for one in before if isinstance(one.value, Actor) and one.anchor < item.anchor]
    if names <= PRONOUNS:
        return bool(accused)
    return any(actor.name in names or not names.isdisjoint(actor.words.split()) for actor in accused)


def of_what_was_told(passage: Passage, use: Use) -> bool:
    """Tell whether somebody is blamed for what was just told: "blamed the rebels", "… of using live rounds"."""
    end = clause_end(passage, use.last)
    behind = passage.line.lower[use.last : end]
    of = next((at for at, word in enumerate(behind) if word in ("of", "for", "over") and at), None)
    if of is None or _of_the_accused(passage, use.last + of):
        return True
    deeds = closed("denied deeds", "accused deeds", "casualty nouns") | {"death"}
    done = passage.word(use.last + of + 1) == "having" and not closed("speaking deeds") & set(behind[of + 2 : of + 4])
    return done or any(word in deeds for word in behind[of + 1 : of + 3])


def _of_the_accused(passage: Passage, of: int) -> bool:
    """Tell whether an "of" belongs to the name of him who is blamed: "blamed rebels in the pay of Chad"."""
    syntax = passage.syntax
    head = syntax.heads[of] if syntax else -1
    if passage.word(of + 1).endswith("ing") or _charged(passage, of):
        return False  # "accused the ministry of hiding it": the charge, not the ministry's name
    return syntax is not None and head >= 0 and syntax.labels[head] == "nmod" and syntax.labels[of] == "case"
