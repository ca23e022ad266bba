"""Who owns up, where only the model has marked the clause: "the Front told a news agency that it held the men"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.actors import actor_at, actor_behind
from sayso.reading.mentions import Mention, mention
from sayso.reading.parties.named_groups import with_own_name
from sayso.reading.sentences.passages import closed
from sayso.records import ResponsibilityClaim
from sayso.values import Actor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.reading.parties.named_groups import Found
    from sayso.reading.sentences.marks import Run
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.statements.statements import Statements

OWNERS: Final = ("armed_group", "military", "party", "organisation", "state")
"""Kinds of those who own up to an attack."""
NEGATIONS: Final = frozenset({"no", "not", "nobody", "none", "n't", "without", "never", "denied", "denies"})


def claimed(view: Scan, passage: Passage, run: Run) -> Iterator[Mention]:
    """Return that somebody owns up, by name: the subject of the marked clause's verb."""
    syntax = passage.syntax
    verb = syntax.verb_in(run.first, run.last) if syntax else None
    head = syntax.doer(verb) if syntax and verb is not None else None
    if syntax is None or head is None or NEGATIONS & set(passage.line.lower[run.first : run.last]):
        return
    found = _owner(view, passage, head, syntax.phrase(head))
    if found is not None and found[0].name is not None and found[0].kind in OWNERS:
        owner, *phrase = found
        value, trigger = ResponsibilityClaim(claimed=True), (run.first, run.last)
        yield mention(passage, "perpetrator", owner, (phrase[0], phrase[1]), trigger, stance="claims_own", holder=owner)
        yield mention(passage, "responsibility_claim", value, (run.first, run.last), stance="claims_own", holder=owner)


def _owner(view: Scan, passage: Passage, head: int, phrase: tuple[int, int]) -> Found | None:
    """Return who the subject at a head is, by the whole name."""
    first = phrase[0] + (passage.word(phrase[0]) in closed("determiners"))
    told = actor_behind(view, passage, first)
    if told is None or not told[1] <= head < told[2] or told[0].kind not in OWNERS:
        actor = actor_at(view, passage, first, phrase[1])
        told = (actor, first, phrase[1]) if actor else None
    return with_own_name(view, passage, told)


def is_nameless(item: Mention) -> bool:
    """Tell whether only a noun for groups names who owns up: "a previously unknown group"."""
    owner = item.holder
    last = (owner.name or owner.words).lower().split()[-1:] if owner else []
    return owner is not None and bool(last) and last[0] in closed("kinds of groups") and owner.words.islower()


def accuses_another(item: Mention, known: Sequence[Mention], statements: Statements) -> bool:
    """Tell whether who seems to own up lays the deed at another's door: "the Front said the army had shelled it"."""
    owner = item.holder
    told = (one for one in known if one.passage == item.passage and one.stance in (None, "accuses"))
    named = (one for one in told if isinstance(one.value, Actor) and one.value.kind in OWNERS)
    spoken = ((one.value, statements.at(one.anchor[0])) for one in named)
    return owner is not None and any(
        said is not None and said.statement.holder.name == owner.name and author.name != owner.name  # type: ignore[union-attr]
        for author, said in spoken
    )
