"""Who speaks, as one canonical actor of the report: pronouns, last names, roles and acronyms led back to their bearer.

READING: a spokeswoman speaks for her body, and stands in the chain; an official speaks for himself; vague holders stay
as they are; what cannot be resolved keeps its words and has no name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from sayso.reading.sentences.passages import closed
from sayso.reading.speaking.documents import issuer, writer
from sayso.reading.speaking.introductions import Introductions, behind_stops
from sayso.reading.speaking.known import Known, Speaker, is_body_called, is_force, is_titled
from sayso.reading.speaking.leaders import leader_of_name
from sayso.reading.speaking.mouths import as_mouth, is_named, men_left_out, only_one
from sayso.reading.speaking.naming import (
    SORTED,
    behind_country,
    garbled_because,
    has_body_word,
    is_alone,
    is_another,
    is_crowd,
    is_several,
    last_name,
    name_body,
    name_words,
    roles_of,
    title_before,
    vague_actor,
    with_apostrophes,
)
from sayso.reading.speaking.own_names import CAPITALS, DOCUMENTS, NAME_RUN, OWN_COUNTS
from sayso.reading.speaking.speakers import Source, read_source
from sayso.reading.speaking.taking_up import TakenUp, acronyms, taken_up_by
from sayso.values import Actor

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.records import Report, Span
    from sayso.values.facts import ActorLookup

_SHE: Final = frozenset({"she", "her", "herself"})
_HE: Final = frozenset({"he", "his", "him", "himself"})
_THEY: Final = frozenset({"they", "their", "them", "themselves"})
_IT: Final = frozenset({"it", "its", "itself"})
_I: Final = frozenset({"i", "my", "me", "we", "our", "us", "myself", "ourselves"})
_WHO: Final = frozenset({"who", "which", "that", "whom", "whose"})
PRONOUNS: Final = _SHE | _HE | _THEY | _IT | _I | _WHO | {"you", "your"}
_QUOTED: Final = re.compile(r"(.+?),? (?:quoted|cited) by (.+?),?")
_NEAR: Final = 700  # code points in which "the group" looks for a name
_FAR: Final = 3_000  # code points: a pronoun further from every candidate stays unresolved


@dataclass(slots=True)
class Holders:
    """Resolves the sources of one report, to be asked in the order of the text."""

    report: Report
    world: ActorLookup
    organisations: frozenset[str] = frozenset()  # names that the model takes for bodies rather than people
    said: Callable[[int], bool] = lambda place: False  # does a place stand in what somebody says?
    known: list[Known] = field(default_factory=list)
    _people: dict[str, Known] = field(default_factory=dict)
    _names: Introductions = field(init=False)
    _short: dict[str, str] = field(init=False)
    _bare: bool = field(init=False)  # the text has lost its apostrophes

    def __post_init__(self) -> None:
        self._names = Introductions(self.report.text)
        self._short = acronyms(self.report.text)
        self._bare = "'" not in self.report.text and "’" not in self.report.text

    def resolve(self, source: Span | None, *, before: str = "", outer: Speaker | None = None) -> Speaker:
        """Return who speaks.

        Args:
            source: the source as written; None for a bare quotation or a shared subject that was not found.
            before: the noun phrase before a relative pronoun, or who "his spokesman" may belong to, as written.
            outer: the speaker in whose words this statement stands, for "I" and "we".

        """
        if source is None:
            return Speaker(Actor(name=None, kind="unknown", words=""))
        word = source.text.lower().strip(" .,")
        if word in PRONOUNS:
            return self._pronoun(word, source, before, outer)
        found = self._named(source.text.rstrip(" ,"), source.start, before)
        return Speaker(Actor(name=None, kind="unknown", words=source.text)) if found.holder.is_blank else found  # "***"

    # ------------------------------------------------------------------------------------------ pronouns

    def _pronoun(self, word: str, source: Span, before: str, outer: Speaker | None) -> Speaker:
        found: Speaker | None = None
        if word in _WHO:
            found = self._named(before, source.start) if before else None
        elif word in _I:
            found = outer
        elif word in _HE | _SHE:
            found = self._person(source.start, "f" if word in _SHE else "m")
        elif word in _THEY | _IT:
            told = (self.known, self.report.text, source.start)
            found = writer(*told) if word in _IT else None
            found = found or self._body(source.start, plural=word in _THEY)
            found = found or (issuer(*told) if word in _IT else None)
        if found is None:
            return Speaker(Actor(name=None, kind="unknown", words=source.text))
        holder = found.holder.model_copy(update={"words": source.text})
        return Speaker(holder, found.chain, found.problem)

    def _person(self, place: int, gender: str) -> Speaker | None:
        """Return the latest person that fits: one who spoke, or one named in the sentences just before."""
        spoken = next(
            (
                item
                for item in sorted(self.known, key=lambda item: -item.place)
                if item.place < place and place - item.place < _FAR and item.source.gender in (None, gender)
                and (item.source.person or item.source.voice or is_alone(item.source))
            ),
            None,
        )  # fmt: skip
        again = self._opening(place, gender, spoken.place if spoken else 0) if spoken else None
        if again is not None:
            return again.speaker
        named = self._introduced(place, spoken.place if spoken else 0, told=spoken is None)
        if named is not None and named.source.gender in (None, gender):
            return named.speaker
        return spoken.speaker if spoken else None

    def _opening(self, place: int, gender: str, floor: int) -> Known | None:
        """Return the known person whose last name opens the sentence before ``place``: "Ruiz shrugged. He …"."""
        near = max(floor, place - _NEAR // 2)
        if not near < self._names.sentence_before(place) < place:
            return None
        fits = ((name, item) for name, item in self._people.items() if item.source.gender in (None, gender))
        found = ((at, name, item) for name, item in fits if (at := self._names.opening(name, near, place)) is not None)
        latest = max(found, key=lambda row: row[:2], default=None)
        return latest[2] if latest and not self.said(latest[0]) else None

    def _introduced(self, place: int, floor: int, *, told: bool) -> Known | None:
        """Return the person named with a title or a full name in the sentence before ``place``, behind ``floor``.

        Whom somebody else's words name counts only where ``told`` says so: nobody has spoken yet.
        """
        start = max(floor, place - 400)
        text = self.report.text[start:place]
        cut = [stop.end() for stop in re.finditer(r"[.!?]['”\"’]?\s", text)]
        if len(cut) > 1:
            start, text = start + cut[-2], text[cut[-2] :]
        if floor and start <= floor:
            return None
        for run in NAME_RUN.finditer(text):
            at = run.start() + behind_stops(run[0])
            words = title_before(text[max(0, at - 40) : at]) + text[at : run.end()]
            if (not told and self.said(start + at)) or " " not in words:
                continue  # "… on Wednesday. The coalition": a sentence ends in the run
            source = read_source(words)
            if source.person and self._same_person(source.person):
                return self._people[last_name(source.person)]
            if source.person and not self._is_body(source.person) and not self.world.places(source.person):
                return self._remember(self._speak(source, source.person), source, start + at)
        return None

    def _body(self, place: int, *, plural: bool) -> Speaker | None:
        fits = [
            item for item in self.known
            if item.place < place and place - item.place < _FAR and not item.source.person
            and not is_alone(item.source) and item.speaker.holder.name
        ]  # fmt: skip
        latest = max(fits, key=lambda item: item.place, default=None)
        subject = self._plural_subject(place) if plural else None
        if plural and subject is None and (latest is None or latest.place < self._names.sentence_before(place)):
            subject = self._plural_subject(self._names.sentence_before(place), whole=True)
        if not plural and (latest is None or is_several(latest.source.role or "") or latest.source.kind == "unknown"):
            words = self._names.body_before(place) or (self._names.body_of(place) if latest is None else None)
            source = read_source(words) if words else None
            subject = self._remember(self._speak(source, words), source, place).speaker if source and words else None
            single = [item for item in fits if not is_several(item.source.role or "")]
            latest = max(single, key=lambda item: item.place, default=latest)
        return subject or (latest.speaker if latest else None)

    def _plural_subject(self, place: int, *, whole: bool = False) -> Speaker | None:
        words = self._names.crowd(place, whole=whole)
        return self._speak(read_source(words), words) if words else None

    # ------------------------------------------------------------------------------------------ names and roles

    def _named(self, words: str, place: int, before: str = "") -> Speaker:
        if (quoted := _QUOTED.fullmatch(words)) is not None:
            return self._quoted(quoted[1], quoted[2], place)
        spelt = with_apostrophes(words, self.world) if self._bare else words
        source = as_mouth(told := self._settle(read_source(spelt)))
        owner = self._owner(source, place, before) if source.whose else None
        source = told if source.whose != told.whose and not is_named(owner) else source
        if owner is not None and (source.voice or source.role in OWN_COUNTS or owner.holder.kind == "state"):
            return self._through(owner, source, words, place)
        known = self._meant(words, place) or self._bearer(source, place, definite=not is_another(words))
        if known is not None:
            if not any(item is known for item in self.known):
                self.known.append(known)
            known.place = place
            holder = known.speaker.holder.model_copy(update={"words": words})
            problem = garbled_because(words) if source.garbled else None
            return Speaker(holder, known.speaker.chain, problem)
        if source.person:
            source = self._names.full(source)
        speaker = self._speak(source, words)
        self._remember(speaker, source, place)
        return speaker

    def _quoted(self, words: str, outlet: str, place: int) -> Speaker:
        """Return who speaks in "a resident, quoted by the agency Blik": the resident, through the agency."""
        speaker = self._named(words, place)
        through = self._named(outlet, place)
        names = (through.holder.name or outlet, *(speaker.chain or (speaker.holder.name or words,)))
        return replace(speaker, chain=names)

    def _owner(self, source: Source, place: int, before: str) -> Speaker | None:
        """Return whom "its", "his", "the group's" belongs to; ``before`` heads what is said before its sayer."""
        whose = source.whose or ""
        if before and whose in PRONOUNS and source.role not in OWN_COUNTS:
            near = read_source(before)
            single = bool(near.person) or is_alone(near)
            if near.role or near.body or near.person:
                found = self._named(before, place - 1)
                if found.holder.name and single == (whose in _HE | _SHE):
                    return found
        if whose in _IT | _THEY:
            return self._body(place, plural=False)
        if whose in _HE | _SHE:
            return self._person(place, "f" if whose in _SHE else "m")
        found = self._named(whose, place)
        return found if found.holder.name else None

    def _through(self, owner: Speaker, source: Source, words: str, place: int) -> Speaker:
        """Return whom "its spokesman Karim Aziz" speaks for: the owner, or the office of a state that is its own."""
        body = owner.holder
        if source.role in OWN_COUNTS:
            return Speaker(body.model_copy(update={"words": words}), owner.chain)
        own = source.body and f"the {source.body}" != source.whose
        if own and body.kind in ("state", "government") and body.name:
            body = name_body(f"{body.name}'s {source.body}", words, self.world)
        through = source.person or (source.role if source.voice else None)
        speaker = Speaker(
            body.model_copy(update={"words": words}), tuple(name for name in (through, body.name) if through and name)
        )
        self._remember(speaker, source, place)
        return speaker

    def _meant(self, words: str, place: int) -> Known | None:
        """Return whom "the group", "the paper" takes up: who spoke, or else whom the sentences before name."""
        row = taken_up_by(words)
        if row is None:
            return None
        return self._latest(lambda item: row.fits(item.speaker.holder) and item.place < place) or self._mentioned(
            row, place
        )

    def _mentioned(self, row: TakenUp, place: int) -> Known | None:
        """Return the body of that kind which the text names last before ``place``."""
        runs = CAPITALS.finditer(self.report.text, max(0, place - _NEAR), place)
        for at, run in reversed([(found.start(), found[0]) for found in runs]):
            words = men_left_out(run) if row.name == "armed group" else run
            actor = name_body(re.sub(r"['’]s?$", "", words), words, self.world)
            several = read_source(words).role  # "Soldiers of the Third Regiment" are not what "the army" means
            if row.fits(actor) and not several and (row.name != "forces" or is_force(actor)):
                return Known(Speaker(actor), Source(body=actor.name, kind=actor.kind), at)
        return None

    def _settle(self, source: Source) -> Source:
        """Use the world where the words alone do not tell whether a lone name is a country, a body or a person."""
        if source.of and source.role and not source.person and not source.voice:
            person = behind_country(source.of, self.world)
            if person:
                return Source(person=person[1], role=source.role, kind="person", gender=source.gender, of=person[0])
        if source.person and source.role and not source.voice and self.world.country(source.person):
            return replace(source, person=None)  # "a medic in Sarmin, Syria"
        if source.person in self._short:
            return Source(body=self._short[source.person or ""], of=source.of, garbled=source.garbled)
        whole = f"{source.person} of {source.of}" if source.person and source.of and not source.role else None
        if whole in self.organisations:
            return Source(body=whole, garbled=source.garbled)
        titled = source.role or source.gender or source.voice
        named = source.person and source.kind == "unknown"
        if named and (self._is_body(source.person or "") or (source.person in self.organisations and not titled)):
            return Source(body=source.person, of=source.of, garbled=source.garbled)
        return source

    def _is_body(self, name: str) -> bool:
        plain = re.sub(r"^the ", "", name, flags=re.IGNORECASE)
        return bool(
            self.world.country(plain) or self.world.actor(plain) or self.world.government(plain) or has_body_word(plain)
        )

    def _bearer(self, source: Source, place: int, *, definite: bool = True) -> Known | None:
        """Return who was already named and is meant again: by last name, by role, by the head of a body's name."""
        if source.person:
            return self._people.get(last_name(source.person)) if self._same_person(source.person) else None
        if source.role in DOCUMENTS and not source.of and not source.body:
            return self._author(source.role or "", place)
        if source.voice and not source.body:
            return self._latest(lambda item: item.source.voice)
        if source.role and not source.of and not source.voice and not is_crowd(source.role):
            return self._in_office(source.role, place) if definite else None
        if source.body and source.body.isupper():
            return self._latest(lambda item: item.source.body == source.body)
        if source.body and source.body.count(" ") < 2 and source.body.islower():
            *sorts, head = source.body.split()
            told = sorts if head in SORTED else []
            known = self._latest(lambda item: is_body_called(item, head, told))
            return known or (None if told else self._members_body(head))
        return None

    def _members_body(self, head: str) -> Known | None:
        """Return the committee that "the committee" means where only a member of it has been named."""
        forces = head in closed("forces of states")  # one who speaks for the X Army is no member of "the army"
        member = self._latest(
            lambda item: (
                head in (item.source.body or item.source.of or "").lower().split()
                and not (forces and item.speaker.holder.kind == "armed_group")
            )
        )
        body = (member.source.body or member.source.of) if member else None
        if member is None or body is None:
            return None
        body = re.sub(r"^(?:senior |founding )?member of (?:the )?", "", body)
        return self._remember(Speaker(name_body(body, body, self.world)), Source(body=body), member.place)

    def _in_office(self, role: str, place: int) -> Known | None:
        """Return whom "the general" means: who spoke and bears the title, or else whom the text names with it."""
        known = self._latest(lambda item: role in roles_of(item.source) or is_titled(item, role))
        return known or self._leader(role, place) or self._titled(role, place)

    def _titled(self, role: str, place: int) -> Known | None:
        """Return the person the report introduces with a title before ``place`` ("General Oru Tamba visited …")."""
        for start, words in self._names.titled(role, place):
            source = read_source(words)
            if source.person and not self._is_body(source.person):
                return self._remember(self._speak(source, words), source, start)
        return None

    def _author(self, document: str, place: int) -> Known | None:
        """Return whose "the statement" is: who issued one, else who spoke last; None where none was told of."""
        issued = self._latest(lambda item: item.source.role == document and item.speaker.holder.is_named)
        told = re.compile(rf"\b{document}", re.IGNORECASE).search(self.report.text, max(0, place - _NEAR), place)
        return issued or (self._latest(lambda item: item.place < place) if told else None)

    def _latest(self, fits: Callable[[Known], bool]) -> Known | None:
        return max((item for item in self.known if fits(item)), key=lambda item: item.place, default=None)

    def _leader(self, role: str, place: int) -> Known | None:
        """In "The president" return the person already named whom the world knows in that office."""
        if role not in ("president", "prime minister", "premier", "chancellor", "king", "supreme leader"):
            return None
        for item in sorted(self.known, key=lambda item: -item.place):
            fact = leader_of_name(item.source, self.report.text, self.report.published, self.world)
            if fact is not None and role in fact.office.lower():
                return item
        return None

    def _same_person(self, name: str) -> bool:
        known = self._people.get(last_name(name))
        if known is None or not known.source.person:
            return False
        one, other = set(name_words(name)), set(name_words(known.source.person))
        return one <= other or other <= one

    # ------------------------------------------------------------------------------------------ actors

    def _speak(self, source: Source, words: str) -> Speaker:
        problem = garbled_because(words) if source.garbled else None
        if source.voice and source.body:
            body = self._known_body(source.body, words) or name_body(source.body, words, self.world)
            through = source.person or source.role
            return Speaker(body, tuple(name for name in (through, body.name) if name), problem)
        if source.person:
            fact = leader_of_name(source, self.report.text, self.report.published, self.world)
            name = fact.name if fact is not None else source.person
            return Speaker(Actor(name=name, kind="person", words=words), (), problem)
        if source.body:
            return Speaker(name_body(source.body, words, self.world, kind=source.kind), (), problem)
        return Speaker(vague_actor(source, words, self.world), (), problem)

    def _known_body(self, name: str, words: str) -> Actor | None:
        """Return the body already named that a voice's "coast guard", "military", "ministry" means."""
        known = self._bearer(Source(body=name), 0) if name.islower() else None
        named = known.speaker.holder if known and known.speaker.holder.is_named else None
        if named is None and name.islower():
            one = only_one((item.speaker.holder for item in self.known), name)
            return one.model_copy(update={"words": words}) if one else None
        return named if named and named.kind != "person" else None

    def _remember(self, speaker: Speaker, source: Source, place: int) -> Known:
        known = Known(speaker, source, place)
        self.known.append(known)
        if source.person:
            self._people[last_name(source.person)] = known
        return known
