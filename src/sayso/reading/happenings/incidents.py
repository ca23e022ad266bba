"""Words that say something happened: ``Happening``s, with kind, status and whether they are only background."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from sayso.reading.happenings.asides import (
    answers,
    came_after,
    in_a_since_clause,
    is_of_another_day,
    is_the_worst,
    told_in_the_past,
)
from sayso.reading.happenings.deeds import find_deeds, find_firings, find_mines, find_shot_dead, to_death
from sayso.reading.happenings.figures import is_figure, is_likened, is_relic
from sayso.reading.happenings.frames import Frame, find_framed, find_framed_nouns
from sayso.reading.happenings.rammings import find_rammings
from sayso.reading.happenings.senses import Sense, as_air_strike, as_harm, as_violence, is_plotted
from sayso.reading.happenings.taxonomy import kinds, trigger_matcher
from sayso.reading.harm.harms import by_hostages, hostage_takings
from sayso.reading.means.interceptions import is_interception
from sayso.reading.means.weapons import WeaponUse, weapon_uses
from sayso.reading.sentences.groups import find_groups
from sayso.reading.sentences.passages import closed, closed_matcher
from sayso.reading.sentences.statuses import is_background, is_definite, made_safe, status_of
from sayso.reading.sentences.verbs import Use, takes_object, use_of
from sayso.records import Status

if TYPE_CHECKING:
    from sayso.reading.mentions import Mention
    from sayso.reading.sentences.passages import Passage, Scan
    from sayso.reading.sentences.syntax import Syntax

HARM: tuple[str, ...] = ("killed", "injured", "abducted", "missing")
"""Casualty fields that speak of violence or disaster by themselves."""


ON_THE_GROUND: Final = ("parked", "grounded", "hangar", "tarmac", "apron", "runway", "ground")
"""Beside an aircraft: it was not in the air."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One mention of a happening at the tokens [first, last) of a passage.

    ``carried``: a word of harm ("killed", "wounded") or another that names no happening of its own; it belongs to the
    happening named nearest to it. ``backdrop``: told beside what the report is about ("the attack came as …");
    ``elsewhere``: its sentence turns to something else ("Meanwhile …", "Elsewhere …").
    """

    passage: int
    first: int
    last: int
    kind: str
    strong: bool
    part: Literal["noun", "verb", "weapon", "anaphor", "harm"]
    definite: bool
    plural: bool
    status: Status
    background: bool
    apart: bool
    carried: bool
    backdrop: bool = False
    elsewhere: bool = False
    plain: bool = False  # told by a plain verb: a word of violence elsewhere says better of which kind it is
    superlative: bool = False  # "the deadliest attack since …": what the report is about, measured by others

    @property
    def real(self) -> bool:
        """Tell whether it happened, or was at least tried, planned or foiled."""
        return self.status in ("happened", "ongoing", "attempted", "planned", "historical")


def find_happenings(scan: Scan, harms: Iterable[Mention]) -> list[Happening]:
    """Return every mention of a happening in a report, in text order."""
    triggers: dict[int, set[int]] = {}
    taken: dict[int, set[tuple[int, int]]] = {}
    deaths: dict[int, set[tuple[int, int]]] = {}
    for harm in harms:
        if harm.field in HARM:
            triggers.setdefault(harm.passage, set()).add(harm.trigger[0])
        if harm.field == "killed":
            deaths.setdefault(harm.passage, set()).add(harm.trigger)
        if harm.field == "abducted" and not _captures(scan, harm):
            taken.setdefault(harm.passage, set()).add(harm.trigger)
    found: list[Happening] = []
    for passage in scan.passages:
        harmed = triggers.get(passage.number, set())
        rows = [*_named(scan, passage, harmed), *_by_weapons(scan, passage)]
        rows += _takings(scan, passage, taken.get(passage.number, set()))
        held = (verb for verb, _ in hostage_takings(passage) if _takes_people(scan, passage, verb))
        rows += [_hostage_taking(scan, passage, verb) for verb in held]
        rows += [_deed(scan, passage, *deed) for deed in find_deeds(scan, passage)]
        rows += [_strong(scan, passage, "vehicle_ramming", *ramming) for ramming in find_rammings(scan, passage)]
        framed = (*find_framed(scan, passage), *find_framed_nouns(scan, passage))
        rows += [_framed(scan, passage, *told) for told in framed]
        for shot in (*find_firings(passage), *find_shot_dead(passage)):
            rows += (
                [] if is_figure(scan, passage, "shooting", shot[-1]) else [_strong(scan, passage, "shooting", *shot)]
            )
        rows += [_strong(scan, passage, "bombing", *mine) for mine in find_mines(passage)]
        beaten = (passage.tokens_of(*trigger) for trigger in sorted(deaths.get(passage.number, set())))
        rows += [_strong(scan, passage, *killing) for span in beaten if (killing := to_death(passage, *span))]
        rows += _anaphors(passage, rows)
        rows = _without_effects(passage, rows)
        found += told_in_the_past(passage, _without_overlaps(rows)) or _by_harm(scan, passage, harmed)
    return found


def _captures(scan: Scan, harm: Mention) -> bool:
    """Tell whether soldiers were captured in a fight, which makes it no abduction."""
    passage = scan.passages[harm.passage]
    return passage.word(passage.tokens_of(*harm.trigger)[0]).startswith("captur")


def _by_harm(scan: Scan, passage: Passage, harmed: set[int]) -> list[Happening]:
    """Return harm that no other word of its sentence names: "last month two sailors were found dead in the north".

    It only tells of a happening where that lies in the past; else it is of what the sentences around it tell.
    """
    at = min(harmed, default=None)
    if at is None:
        return []
    first, last = passage.tokens_of(at, at + 1)
    row = _happening(scan, passage, first, last, Sense("other", "verb", strong=False), None, strong=False, carried=True)
    return [replace(row, part="harm", definite=False, plural=False, status="happened")]


def _without_effects(passage: Passage, rows: list[Happening]) -> list[Happening]:
    """Leave out plain verbs that hang on a word for the same: "a shell came through the roof, · killing a woman"."""
    syntax = passage.syntax
    return [row for row in rows if syntax is None or not (row.plain and _is_effect(syntax, row, rows))]


def _is_effect(syntax: Syntax, row: Happening, rows: list[Happening]) -> bool:
    verb = syntax.verb_in(row.first, row.last)
    over = syntax.heads[verb] if verb is not None and syntax.labels[verb] in ("advcl", "conj") else -1
    return any(one is not row and one.kind == row.kind and one.first <= over < one.last for one in rows)


def _weight(row: Happening) -> int:
    """Return how much the kind of a mention says; a crowd that throws petrol bombs riots."""
    return kinds()["shootdown"].rank if row.plain and row.kind == "protest_riot" else kinds()[row.kind].rank


def _without_overlaps(rows: list[Happening]) -> list[Happening]:
    kept: list[Happening] = []
    for row in sorted(rows, key=lambda h: (h.first, -_weight(h), -h.last, not h.strong)):
        if not kept or row.first >= kept[-1].last:
            kept.append(row)
    return kept


def _named(scan: Scan, passage: Passage, harmed: set[int]) -> list[Happening]:
    found = []
    for hit in scan.hits(trigger_matcher(), passage.number):
        first, last = hit.first, hit.last
        chosen = _choose(passage, first, last, hit.value)
        if chosen is None and hit.value and last - first > 1:  # "a shooting at a bar" is no form of "shoot at"
            last = first + 1
            chosen = _choose(passage, first, last, trigger_matcher().match(passage.word(first)) or ())
        if chosen is None:
            continue
        sense, use = chosen
        if use is not None and is_interception(scan, passage, first):
            continue  # the weapons that are stopped make the happening
        if (
            is_figure(scan, passage, sense.kind, use)
            or is_likened(scan, passage, last)
            or is_relic(passage, first, last)
        ):
            continue
        sense = as_air_strike(passage, as_violence(scan, passage, sense, use), use, last - 1)
        sense = as_harm(scan, passage, sense, use, last - 1, harmed)
        harm = passage.offsets(first, last)[0] in harmed
        carried = sense.kind == "other" and use is not None and not sense.strong
        strong = sense.strong or (harm and carried)
        row = _happening(scan, passage, first, last, sense, use, strong=strong, carried=carried)
        if not strong and row.status in ("attempted", "planned") and is_plotted(scan, passage, use):
            row = replace(row, strong=True, carried=False)
        found.append(row)
    return found


def _takings(scan: Scan, passage: Passage, triggers: Iterable[tuple[int, int]]) -> list[Happening]:
    """Return the abductions told by verbs that say so of people only: "seized three aid workers"."""
    found = []
    for start, end in sorted(triggers):
        first, last = passage.tokens_of(start, end)
        use = use_of(passage, first, last, frozenset({"past", "participle", "base", "third", "ing"}))
        if use is not None:
            sense = Sense("abduction", "verb", strong=True)
            found.append(_happening(scan, passage, first, last, sense, use, strong=True, carried=False))
    return found


def _takes_people(scan: Scan, passage: Passage, verb: int) -> bool:
    """Tell whether "took … hostage" has people for its object, or is told of somebody: no budget is held hostage."""
    taken = any(harm.trigger[0] == verb for harm in by_hostages(scan, passage, find_groups(scan, passage)))
    return taken or (
        passage.word(verb - 1) in closed("be") | {"been", "being"} and _is_told_of_people(scan, passage, verb)
    )


def _is_told_of_people(scan: Scan, passage: Passage, verb: int) -> bool:
    head = passage.syntax.subject(verb) if passage.syntax else None
    if passage.syntax is None or head is None or passage.syntax.upos[head] != "NOUN":
        return True
    return any(group.first <= head < group.last for group in find_groups(scan, passage))


def _hostage_taking(scan: Scan, passage: Passage, verb: int) -> Happening:
    """Return the abduction of "took five workers hostage", whose words stand apart."""
    sense = Sense("abduction", "verb", strong=True)
    use = use_of(passage, verb, verb + 1, frozenset({"past"}))
    return _happening(scan, passage, verb, verb + 1, sense, use, strong=True, carried=False)


def _deed(scan: Scan, passage: Passage, first: int, last: int, use: Use) -> Happening:
    """Return the happening of "the army said it had struck a convoy": it goes with another that is named."""
    sense = Sense("other", "verb", strong=False)
    return _happening(scan, passage, first, last, sense, use, strong=False, carried=True)


def _strong(scan: Scan, passage: Passage, kind: str, first: int, last: int, use: Use) -> Happening:
    """Return a happening whose words stand apart: "ploughed a stolen van into a crowd", "fired several shots"."""
    sense = Sense(kind, "verb", strong=True)
    return _happening(scan, passage, first, last, sense, use, strong=True, carried=False)


def _framed(scan: Scan, passage: Passage, frame: Frame, first: int, last: int, use: Use | None) -> Happening:
    """Return a happening that a plain word tells by who stands in its roles."""
    sense = Sense(frame.kind, "verb" if use else "noun", strong=True)
    row = _happening(scan, passage, first, last, sense, use, strong=True, carried=False)
    row = replace(row, plain=True)
    if frame.status is None:
        return row
    status = frame.status if row.status == "happened" else row.status
    return replace(row, status=status, part="noun")  # who defuses a bomb has not laid it


def _choose(passage: Passage, first: int, last: int, senses: tuple[Sense, ...]) -> tuple[Sense, Use | None] | None:
    """Return the sense in which the phrase stands here: verb where it is used as one, else noun."""
    noun = next((sense for sense in senses if sense.part == "noun"), None)
    verb = next((sense for sense in senses if sense.part == "verb"), None)
    use = use_of(passage, first, last, verb.forms) if verb else None
    if noun is not None and last - first == 1 and _is_verb(passage, first):
        noun = None  # "to combat this idea"; but "a blast ripped through …"
    if noun is None:
        return (verb, use) if verb and use else None
    if verb is None or use is None:
        return noun, None
    before = passage.word(first - 1)
    if before in ("'s", "’s") and use.voice != "passive":
        return noun, None
    if (
        use.voice == "passive"
        or use.helpers
        or (
            takes_object(passage, last)
            and before not in closed("determiners")
            and before in ("", ",", "by", "and", "to", "before", "after", "who", "he", "they")
        )
    ):
        return verb, use
    return noun, None


def _is_verb(passage: Passage, index: int) -> bool:
    """Tell whether the grammar takes a word for a verb; participles in -ing are nouns as often."""
    syntax = passage.syntax
    return syntax is not None and syntax.upos[index] == "VERB" and not syntax.words[index].endswith("ing")


def _happening(
    scan: Scan, passage: Passage, first: int, last: int, sense: Sense, use: Use | None, *, strong: bool, carried: bool
) -> Happening:
    avenged = any(
        hit.last <= first <= hit.last + 4 for hit in scan.hits(closed_matcher("motive phrases"), passage.number)
    )
    backdrop = not passage.word(first).endswith("ing") and any(
        hit.last <= first for hit in scan.hits(closed_matcher("backdrops"), passage.number)
    )
    superlative = use is None and is_the_worst(passage, first)
    since = use is not None and in_a_since_clause(passage, first)
    told_anew = use is not None or not is_definite(passage, first)  # "… came a day after an attack", not "the attack"
    after_it = told_anew and came_after(passage, first)
    return Happening(
        passage=passage.number,
        first=first,
        last=last,
        kind=sense.kind,
        strong=strong or after_it,
        part=sense.part,
        definite=use is None and not avenged and is_definite(passage, first),
        plural=use is None and passage.word(last - 1).endswith("s"),
        status=status_of(scan, passage, first, last, use),
        background=not superlative and (avenged or after_it or since or is_background(scan, passage, first, last)),
        superlative=superlative,
        backdrop=backdrop or since,
        elsewhere=any(
            hit.last <= first and passage.line.capital(hit.first)
            for hit in scan.hits(closed_matcher("elsewhere"), passage.number)
        ),
        apart=avenged
        or backdrop
        or after_it
        or answers(scan, passage, first)
        or (use is None and is_of_another_day(passage, first, last))
        or any(hit.last <= first + 2 for hit in scan.hits(closed_matcher("apart"), passage.number)),
        carried=carried and not after_it,
    )


def _by_weapons(scan: Scan, passage: Passage) -> list[Happening]:
    """Return happenings that the use of a weapon makes: "several missiles were fired"."""
    found = []
    for weapon in weapon_uses(scan, passage):
        if weapon.kind:
            sense = Sense("shootdown" if _brings_down(scan, passage, weapon) else weapon.kind, "verb", strong=True)
            row = _happening(scan, passage, weapon.first, weapon.last, sense, weapon.use, strong=True, carried=False)
            failed = row.status == "happened" and made_safe(passage, weapon.noun[1] - 1)
            row = replace(row, status="attempted") if failed else row
            found.append(replace(row, part="weapon", definite=is_definite(passage, weapon.noun[0])))
    return found


def _brings_down(scan: Scan, passage: Passage, weapon: WeaponUse) -> bool:
    """Tell whether an aircraft in flight is what a weapon brought down or hit."""
    syntax = passage.syntax
    verb = syntax.verb_in(weapon.first, weapon.last) if syntax else None
    if syntax is None or verb is None or is_interception(scan, passage, weapon.first):
        return False
    hits = weapon.kind == "artillery_rocket_missile" and passage.word(weapon.last - 1) in (
        "hit",
        "struck",
        "strikes",
        "hits",
    )
    head = syntax.object(verb) if hits or passage.word(weapon.last - 1) == "down" else None
    if head is None and weapon.use.voice == "passive" and passage.word(weapon.last - 1) == "down":
        head = syntax.subject(verb)
    if head is None or syntax.words[head].removesuffix("s") not in closed("aircraft"):
        return False
    first, last = syntax.phrase(head)
    return not any(passage.word(at) in ON_THE_GROUND for at in range(first, min(last + 6, len(passage))))


def _anaphors(passage: Passage, rows: list[Happening]) -> list[Happening]:
    """Return "one in X" and "another in Y" after a named happening: further happenings of its kind."""
    found = []
    for index, word in enumerate(passage.line.lower):
        if word not in ("one", "another"):
            continue
        last = index + 2 if passage.word(index + 1) == "one" else index + 1
        ahead = range(last, min(last + 7, len(passage)))
        place = next(
            (at for at in ahead if passage.word(at) in ("in", "at", "near") and passage.line.capital(at + 1)), None
        )
        named = [row for row in rows if row.first < index and row.part == "noun"]
        if named and place is not None and passage.word(last) not in ("of", "person", "man"):
            model = named[-1]
            background = model.background or bool({"preceded", "followed"} & set(passage.line.lower))
            found.append(
                replace(
                    model, first=index, last=last, part="anaphor", definite=False, plural=False, background=background
                )
            )
    return found
