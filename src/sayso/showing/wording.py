"""How a claim is put into words: its value, who says so, how sure they are."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from sayso.reading.statements.channels import channels
from sayso.records import Damage, EvidenceOffered, Kind, Motive, ResponsibilityClaim, StatusValue, Target, Weapon
from sayso.values import Actor, Moment, Place, Quantity
from sayso.vocab.gazetteer import Gazetteer

if TYPE_CHECKING:
    from sayso.records import Claim, Statement

UNNAMED: Final = "somebody"
"""Who says what stands in a quotation without a sayer."""
STANCES = {
    "asserts": "",
    "accuses": "accuses",
    "suspects": "suspects",
    "claims_own": "says: we did",
    "denies": "denies it",
    "exonerates": "clears them",
    "doubts": "doubts it",
    "questions": "asks",
}


def visible(text: str) -> str:
    """Return ``text`` on one line with control, format and unpaired surrogate characters written as ``⟨U+200B⟩``."""
    out = []
    for char in " ".join(text.split()):
        hidden = unicodedata.category(char) in {"Cc", "Cf", "Cs"}
        out.append(f"⟨U+{ord(char):04X}⟩" if hidden else char)
    return "".join(out)


def describe(claim: Claim) -> str:
    """Return the claim's value in a few words."""
    value = claim.value
    match value:
        case Moment() | Quantity():
            text = value.format()
        case Place():
            text = place(value)
        case Actor():
            text = _actor(value)
        case Target():
            text = value.words
        case Damage():
            text = value.extent if value.of is None else f"{value.extent}: {value.of}"
        case Weapon():
            name = value.class_.replace("_", " ")
            text = value.words if name in value.words.lower() else f"{name} (“{value.words}”)"
        case Kind():
            text = value.kind.replace("_", " ")
        case StatusValue():
            text = value.status
        case Motive():
            text = value.words
        case ResponsibilityClaim():
            text = {"True": "responsibility claimed", "False": "nobody has claimed it"}.get(
                str(value.claimed), "denied"
            )
        case EvidenceOffered():
            text = "evidence named" if value.provided else "none given"
    return visible(text)


def _actor(actor: Actor) -> str:
    if actor.name is None or actor.kind == "unknown":
        return f"“{actor.words}”"
    sponsor = f" (backed by {actor.sponsor})" if actor.sponsor else ""
    return f"{actor.name}{sponsor}"


def who(claim: Claim) -> str:
    """Return the holder by name, with the person in the chain and the channel where there are any."""
    if claim.holder.kind == "report":
        return "the report"
    names = [claim.holder.name or (f"“{claim.holder.words}”" if claim.holder.words else UNNAMED)]
    names += [f"via {name}" for name in claim.chain if name not in {claim.holder.name, claim.holder.words}]
    return visible(", ".join([*names, *([channel(claim.via)] if claim.via else [])]))


def cue_of(statement: Statement) -> tuple[str, str]:
    """Return the cue as it goes before and behind the name of the sayer, one of them empty.

    "according to the police", "the police denied": without the cue a denial reads like an assertion.
    """
    words = visible(statement.cue.text) if statement.cue else ""
    return (words, "") if words.lower().endswith((" to", " of")) else ("", words)


def channel(via: str) -> str:
    """Return the label of a channel of `vocab/channels.toml`; a name that is not there is shown as it is."""
    labels = {entry.name: entry.label for entry in channels()}
    return visible(labels.get(via, via))


def place(where: Place) -> str:
    """Return a place with its country's name instead of the code: "Talcahuano, Biobio, Chile"."""
    text = where.format()
    code = f", {where.country}"
    named = where.country and text.endswith(code)
    return visible(f"{text.removesuffix(code)}, {country_name(where.country or '')}" if named else text)


def country_name(code: str) -> str:
    """Return the name of a country by its alpha-3 code; a code that is none is shown as it is."""
    fact = Gazetteer.default().by_code(code)
    return fact.name if fact else code


def how_sure(claim: Claim) -> str:
    """Return the certainty as worded and the stance, where either says more than a plain assertion."""
    words = f"“{claim.certainty.words}”" if claim.certainty else ""
    return visible(" ".join(part for part in (STANCES[claim.stance], words) if part))
