"""Mentions → claims: whose value it is, what the holder does with it, and how sure the words make it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.reading.parties.doers import stands_for_sayer
from sayso.reading.parties.named_groups import BODIES, is_named_by
from sayso.reading.sentences.grammar import BREAKS, QUOTES
from sayso.reading.sentences.passages import closed
from sayso.reading.statements.taken_for_granted import is_taken_for_granted
from sayso.records import Claim
from sayso.values import Actor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.reading.mentions import Mention
    from sayso.reading.sentences.passages import Hit, Passage, Scan
    from sayso.reading.statements.statements import Spoken, Statements
    from sayso.records import ClaimValue, Span, Stance, Statement
    from sayso.values import Certainty

REPORT: Final = Actor(name="the report", kind="report", words="the report")
"""The report's own voice: who says what no statement holds."""
SELVES: Final = ("military", "police", "armed_group", "state", "government", "party", "organisation", "unknown")
"""Kinds of holders that "it" takes up in their own words: "the army said it had shelled the town"."""
NO_DOERS: Final = ("person", "media", "civilians", "report")
"""Kinds of holders for whom nobody claims a deed."""
POSSESSIVE: Final = ("their", "our", "its", "my")
SURE: Final = 0.9
"""Hedges from this band on ("almost certainly") leave an accusation an accusation."""
NOUN_HEDGES: Final = ("suspected", "alleged", "apparent", "possible", "probable", "presumed", "purported", "supposed")
"""Hedges that as adjectives reach no further than their noun."""
HEDGE_REACH = 4
"""How many words may lie between a hedge and what it hedges."""
UNHEDGED: Final = ("weapon", "kind", "when", "where", "responsibility_claim", "evidence_offered")
"""Fields whose hedges belong to what stands beside them ("suspected gunman" hedges the man, not the gun)."""
PUTTING: Final = frozenset({"put", "puts", "putting", "raised", "raises", "raising", "lowered", "revised"})
"""Cues that set a toll."""
SETTING_REACH: Final = 120
"""So many code points may lie between who sets a toll and its number."""
COUNTS: Final = ("killed", "injured", "abducted", "arrested", "missing", "displaced")
CLEARING: Final = ("denies", "exonerates")
"""Stances of a statement that turn an accusation in it round."""
CARRIED: Final[tuple[Stance, ...]] = ("denies", "exonerates", "doubts", "questions")
"""Stances of a statement that hold for whatever value stands in it."""


def to_claim(scan: Scan, item: Mention, incident: str, statements: Statements) -> Claim | None:
    """Return the claim a mention makes about one incident; None for "we" where nobody is quoted."""
    spoken = statements.at(item.anchor[0])
    if spoken and not speaks(spoken.statement.holder):
        spoken = None
    if spoken and is_taken_for_granted(item.field, item.anchor[0], item.trigger[0], spoken.statement):
        spoken = None
    statement = spoken.statement if spoken else None
    certainty = item.certainty or hedge_on(scan, item)
    owner = owner_of(item, statements)
    holder = owner or _setter(item, statements) or (statement.holder if statement else REPORT)
    value = owner if owner and item.field == "perpetrator" else own_author(scan, item, spoken)
    cleared_by_nobody = item.field == "perpetrator" and item.stance == "denies" and not (spoken or item.holder)
    if value is None or cleared_by_nobody:
        return None
    body = _body_of(item, statements)
    called = _through_a_caller(item, spoken)
    if body is not None or called is not None:
        holder = body or called or holder
        value = holder if item.field == "perpetrator" else value
    if item.stance == "suspects" and isinstance(value, Actor) and value.name == holder.name:
        holder = REPORT  # "Ana Ruiz gave herself up"
    return Claim(
        incident=incident,
        field=item.field,
        value=value,
        evidence=scan.report.span(*item.evidence),
        holder=holder,
        chain=spoken.chain if spoken and not item.holder else (),
        via=statement.via if statement else None,
        stance="claims_own"
        if called is not None
        else _own_stance(item, spoken)
        if value is not item.value and owner is None
        else stance_on(item, spoken, holder, certainty),
        certainty=certainty,
        said=statement.said if statement else None,
        statement=statement.id if statement else None,
    )


def owner_of(item: Mention, statements: Statements) -> Actor | None:
    """Return for whom somebody claims or denies a deed: "a spokesman for the Front denied it" speaks for the Front."""
    if not isinstance(item.holder, Actor) or item.stance not in ("claims_own", "denies"):
        return None
    if item.field not in ("perpetrator", "responsibility_claim") or item.holder.kind == "armed_group":
        return None
    if item.field == "perpetrator" and item.value != item.holder:
        return None  # "his office denied it": of him
    at = item.anchor[0]
    spans = (
        (one, one.holder_span) for one in statements.records if one.holder.name and one.holder.kind not in NO_DOERS
    )
    found = next((one for one, span in spans if span and span.start <= at < span.end), None)
    return found.holder.model_copy(update={"words": item.holder.words}) if found else None


def _setter(item: Mention, statements: Statements) -> Actor | None:
    """Return the sayer that a mention names; "it had first given a toll" leads back to whoever spoke last."""
    holder = item.holder
    loose = holder is not None and holder.kind not in ("government", "military", "state")
    told = None
    if holder is not None and item.field in COUNTS:
        told = _as_stated(item, holder, statements) if loose else _in_short(item, holder, statements)
    if holder is None or told is not None:
        return told
    if holder.name is not None or holder.words.lower() not in ("it", "they", "he", "she"):
        return _by_its_name(holder, statements) if item.field in COUNTS else holder
    before = [one for one in statements.records if one.cue and one.cue.start < item.anchor[0]]
    last = max(before, key=lambda one: one.cue.start if one.cue else -1, default=None)
    return last.holder.model_copy(update={"words": holder.words}) if last and last.holder.name else None


def _by_its_name(holder: Actor, statements: Statements) -> Actor:
    """Return a setter of tolls under the name that it has where it speaks: one body has one name in a report."""
    words = _bare(holder.words)
    told = (one.holder for one in statements.records if one.holder.name and one.holder.kind == holder.kind)
    same = next((one for one in told if _bare(one.words) == words), None)
    return same.model_copy(update={"words": holder.words}) if same is not None else holder


def _bare(words: str) -> str:
    """Return a body's words without article and apposition: "the interior ministry, which …"."""
    return words.lower().removeprefix("the ").split(",")[0].strip()


def _as_stated(item: Mention, holder: Actor, statements: Statements) -> Actor | None:
    """Return the holder of the statement in which somebody sets a toll: "rescuer Ana Ruiz put the number at 17"."""
    before = [one for one in statements.records if one.holder_span and one.cue and one.cue.start <= item.anchor[0]]
    set_by = [one for one in before if one.cue and one.cue.text.lower().split()[0] in PUTTING and one.holder.name]
    if set_by and set_by[-1].cue and item.anchor[0] - set_by[-1].cue.end < SETTING_REACH // 2:
        return set_by[-1].holder
    return next(_near(item, holder, statements.records), None)


def _in_short(item: Mention, holder: Actor, statements: Statements) -> Actor | None:
    """Return the body of the same kind that these words name in a statement: one body has one name in a report."""
    return next((one for one in _near(item, holder, statements.records) if one.kind == holder.kind), None)


def _near(item: Mention, holder: Actor, told: Sequence[Statement]) -> Iterator[Actor]:
    """Yield the holders of statements just before a count whose words are a holder's, the nearest first."""
    for one in reversed(told):
        span = one.holder_span
        named = span is not None and one.holder.name is not None and holder.words in span.text
        if span and named and 0 <= item.anchor[0] - span.end < SETTING_REACH:
            yield one.holder


def _body_of(item: Mention, statements: Statements) -> Actor | None:
    """Return the body a person speaks for who claims or denies a deed: "LNA spokesman X denied involvement"."""
    who = item.holder
    own = item.field == "responsibility_claim" or (item.field == "perpetrator" and who is item.value)
    if not own or not isinstance(who, Actor) or who.kind == "state":
        return None
    told = (one for one in statements.records if one.cue and one.holder_span)
    cue = [one for one in told if one.cue and one.cue.start <= item.trigger[0] < one.cue.end]
    here = [one.holder for one in cue if one.holder_span and who.words in one.holder_span.text]
    if not here or here[0].kind not in BODIES:
        return None
    name, whole = who.name or "", here[0].name or ""
    longer = bool(name) and whole != name and whole.endswith(f" {name}")  # "Front denies" of the Eastern Front
    return here[0] if longer or who.kind in ("person", "government", "unknown") else None


def _through_a_caller(item: Mention, spoken: Spoken | None) -> Actor | None:
    """Return the group for which somebody rings up: "a caller using a codeword said that the Front had planted it"."""
    if spoken is None or item.field != "perpetrator" or not isinstance(item.value, Actor) or item.holder is not None:
        return None
    words = spoken.statement.holder.words.lower()
    unknown = item.value.kind in ("unknown", "organisation") and item.value.words[:1].isupper()
    calls = ("caller" in words or "codeword" in words) and (item.value.kind == "armed_group" or unknown)
    own = item.stance in (None, "accuses") and spoken.statement.stance not in CARRIED
    return item.value if calls and own else None


def speaks(holder: Actor) -> bool:
    """Tell whether a holder can say anything: in "the bombing claimed 14 lives" it cannot; "which" goes by its name."""
    words = (holder.name or holder.words).lower().split()
    return not (
        words and (words[-1] in closed("no actors") and words[-1] not in ("report", "reports", "statement", "it"))
    )


HEAD_OF_WORDS = len('that "the ')
"""So far into what is said its subject may begin."""


def own_author(scan: Scan, item: Mention, spoken: Spoken | None) -> ClaimValue | None:
    """Return the value, with "we" and "their government" led back to the holder who says so."""
    if item.field != "perpetrator" or not isinstance(item.value, Actor) or item.holder:
        return item.value
    passage = scan.passages[item.passage]
    first, _ = passage.tokens_of(*item.anchor)
    own = stands_for_sayer(item.value) or _his_men(passage, item, spoken)
    if spoken is not None and spoken.statement.holder.kind == "media" and _of_the_group(passage, item):
        return None  # "the group's fighters", its news arm said: who owns up is read as the group
    his = passage.word(first - 1) in POSSESSIVE or passage.word(first) in POSSESSIVE
    if not own and not (his and item.value.kind in ("government", "military", "state")):
        return item.value
    if spoken is None or spoken.statement.holder.name is None:
        return None if own else item.value
    if _of_another_claim(item, spoken.statement):
        return None  # "dismissed a claim by the Front that its fighters were behind it"
    if item.value.words.lower() in ("it", "they") and not _takes_up(item, spoken.statement):
        return None
    return spoken.statement.holder.model_copy(update={"words": item.value.words})


def _of_the_group(passage: Passage, item: Mention) -> bool:
    """Tell whether fighters are those of "the group", which its medium need not name."""
    first, last = passage.tokens_of(*item.anchor)
    owner = passage.word(first - 1) in ("'s", "’s") and passage.word(first - 2) in ("group", "movement")
    return owner and passage.word(last - 1).removesuffix("s") in closed("own fighters", "own men") | {"force"}


def _his_men(passage: Passage, item: Mention, spoken: Spoken | None) -> bool:
    """Tell whether fighters without a name, told of by an armed group first of all, are its own: "our lions" in effect.

    "Soldiers of the caliphate had ambushed it", the group said; an army that is accused has a name or a country.
    """
    if spoken is None or not isinstance(item.value, Actor):
        return False
    kind, first = spoken.statement.holder.kind, passage.tokens_of(*item.anchor)[0]
    words = item.value.words.lower()
    of = words.split().index("of") if "of" in words.split()[:2] else None
    if of is not None and words.split()[of + 1 : of + 2] and words.split()[of + 1] in POSSESSIVE:
        return kind in BODIES or kind == "person"  # "denied that any · of its men were behind it", "one of its men"
    if kind == "person" and passage.word(first - 1) in ("his", "her"):
        return words in closed("own men")
    if kind in BODIES and passage.word(first - 1) in POSSESSIVE and passage.tokens_of(*item.trigger)[0] > first:
        return words.split()[-1:] != [] and words.split()[-1] in closed("own men")
    if kind != "armed_group":
        return False
    if words in ("group", "movement", "organisation", "organization", "militia"):
        return passage.word(first - 1) == "the"
    if words.removesuffix("s") in closed("own fighters") and passage.word(first - 1) in ("a", "an", "one", "two"):
        return True
    quoted = any(0 <= item.anchor[0] - span.start <= HEAD_OF_WORDS for span in spoken.statement.content)
    return quoted and item.value.country is None and words in closed("own men")


def _of_another_claim(item: Mention, statement: Statement) -> bool:
    """Tell whether "its" takes up whoever made the claim that a statement is of, not its holder."""
    if statement.stance not in CARRIED:
        return False
    before = " ".join(one.text[: max(item.anchor[0] - one.start, 0)] for one in statement.content).lower().split()
    claim = next((at for at, word in enumerate(before[:-1]) if word in ("claim", "claims", "boast")), None)
    return claim is not None and (
        before[claim + 1] in ("by", "of", "from") or (before[claim - 1 : claim] or [""])[0][-2:] in ("'s", "’s")
    )


def _takes_up(item: Mention, statement: Statement) -> bool:
    """Tell whether "it" or "they" at the head of reported words can only be who says them."""
    heads = any(_heads(item, span) for span in statement.content)
    many = item.value.words.lower() == "they"  # type: ignore[union-attr]
    fits = statement.holder.kind in (SELVES[:3] if many else SELVES)
    return heads and fits and not statement.verbatim


def _heads(item: Mention, span: Span) -> bool:
    """Tell whether a pronoun heads reported words, or what an accusation in them says: "denied claims that it …"."""
    before = span.text[: max(item.anchor[0] - span.start, 0)].split()
    accused = before[-1:] == ["that"] and any(word in closed("accusations") for word in before)
    return 0 <= item.anchor[0] - span.start <= len("that ") or (accused and span.start < item.anchor[0] < span.end)


def _own_stance(item: Mention, spoken: Spoken | None) -> Stance:
    """Return what somebody does with his own deed: owns up to it, or denies it."""
    said = spoken.statement.stance if spoken else "asserts"
    return "denies" if item.stance in CLEARING or said in CLEARING else "claims_own"


def stance_on(item: Mention, spoken: Spoken | None, holder: Actor, certainty: Certainty | None) -> Stance:
    """Return what the holder does with the value (READING: "Stance").

    What the words themselves decide goes first ("claimed responsibility"); then a denying or doubting statement; an
    author named inside somebody's statement is an accusation; everything else is asserted.
    """
    said = spoken.statement.stance if spoken else "asserts"
    if "exonerates" in (item.stance, said) and item.field == "perpetrator" and _of_one_state(item, holder):
        return "denies"  # "Russia had no part in it, its foreign ministry said"
    if item.stance in ("accuses", "suspects") and said in ("doubts", "questions", "suspects") and item.holder is None:
        return said  # "cast doubt on reports that X was behind it"
    if item.stance and not (item.stance == "accuses" and spoken is None and item.holder is None):
        if item.stance == "accuses" and item.holder is None and spoken and spoken.statement.stance in CLEARING:
            return spoken.statement.stance  # "denied that the rebels were behind it"
        unsure = item.stance == "accuses" and certainty is not None and certainty.low < SURE
        unsure = unsure or (item.stance == "accuses" and item.holder is None and _supposes(spoken))
        return "suspects" if unsure else item.stance
    if said in CARRIED:
        return said
    if item.field != "perpetrator":
        return "asserts"
    if isinstance(item.value, Actor) and is_named_by(item.value, holder):
        return "claims_own"
    if spoken is None:
        return (
            "suspects"
            if certainty and certainty.words.lower().startswith(("suspect", "believ", "thought"))
            else "asserts"
        )
    if certainty is None:
        return "suspects" if said == "suspects" or _supposes(spoken) else "accuses"
    return "accuses" if certainty.low >= SURE else "suspects"


def _supposes(spoken: Spoken | None) -> bool:
    """Tell whether somebody only thinks or hints who did it: "investigators believe the Front planted it"."""
    cue = spoken.statement.cue if spoken else None
    return cue is not None and any(word in closed("supposing") for word in cue.text.lower().split())


def _of_one_state(item: Mention, holder: Actor) -> bool:
    """Tell whether who clears a state or its forces is a body of the same state."""
    value, bodies = item.value, ("state", "government", "military", "police")
    same = isinstance(value, Actor) and value.country is not None and value.country == holder.country
    return same and isinstance(value, Actor) and value.kind in bodies and holder.kind in bodies


def hedge_on(scan: Scan, item: Mention) -> Certainty | None:
    """Return the hedge in whose scope a mention stands: inside its words or right beside them, nothing else between."""
    passage = scan.passages[item.passage]
    hedges = scan.hedges(passage)
    if not hedges or item.field in UNHEDGED:
        return None
    start = min(item.anchor[0], item.trigger[0])
    end = max(item.anchor[1], item.trigger[1])
    first, last = passage.tokens_of(start, end)
    for hit in hedges:
        if item.field in COUNTS and hit.value.words.lower().startswith(("suspect", "alleged ")):
            continue  # "four men suspected of helping": hedges what they did, not how many they are
        if hit.value.words.lower() in NOUN_HEDGES and not _on_noun(passage, item, hit.last):
            continue
        if first <= hit.first and hit.last <= last and _same_clause(passage, hit.last, last):
            return hit.value
        if hit.last <= first and _beside(passage, hit.last, first):
            return hit.value
        if last <= hit.first and hit.first - last <= 1 and _closes(passage, last, hit):
            return hit.value
    return None


def _on_noun(passage: Passage, item: Mention, at: int) -> bool:
    """Tell whether the noun at ``at`` belongs to the value: "suspected rebels shot two men" hedges no man."""
    first, last = passage.tokens_of(*item.anchor)
    return first <= at < last or first == at


def _closes(passage: Passage, last: int, hit: Hit[Certainty]) -> bool:
    """Tell whether a hedge behind a value ends its clause: "nine dead, reportedly", not "the man was probably hit"."""
    behind = passage.word(hit.last)
    return _beside(passage, last, hit.first) and (hit.last >= len(passage) or behind in BREAKS or behind == "and")


def _beside(passage: Passage, first: int, last: int) -> bool:
    """Tell whether only a few light words stand between a hedge and what it hedges."""
    words = passage.line.lower[first:last]
    return len(words) <= HEDGE_REACH and not any(
        word in BREAKS - QUOTES or word in closed("parts from a hedge") for word in words
    )


def _same_clause(passage: Passage, first: int, last: int) -> bool:
    return not any(passage.word(index) in (";", "but") for index in range(first, last))
