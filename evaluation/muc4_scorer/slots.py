"""The slots of a MUC-4 template that are scored: names as in the score reports, labels as in the key files.

Facts of the task documentation (template and scoring guidelines of MUC-4, 1992). MESSAGE: ID and MESSAGE: TEMPLATE
are not among them: they do not enter the totals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType


class Kind(Enum):
    """What a slot is filled with; each kind has its own rule of comparison."""

    DATE = "date"
    PLACE = "place"
    NUMBER = "number"
    STRING = "string"
    SET = "set"


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot.

    Attributes:
        name: the name in score reports.
        label: the label in key and response files, without its number.
        kind: what it is filled with.
        refers_to: the slots whose fills its cross-reference tags name.
        wider: value → the values above it in the shallow hierarchy of the set list; a response that gives a wider
            value than the key is partially correct.

    """

    name: str
    label: str
    kind: Kind
    refers_to: tuple[str, ...] = ()
    wider: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def group(self) -> str:
        """The first part of the name: inc, perp, phys-tgt or hum-tgt."""
        return next(group for group in GROUPS if self.name.startswith(group))


GROUPS = ("inc", "perp", "phys-tgt", "hum-tgt")

_TYPES = ("ARSON", "BOMBING", "KIDNAPPING", "HIJACKING", "ROBBERY", "FORCED WORK STOPPAGE")
_INSTRUMENTS = {
    **dict.fromkeys(("MACHINE GUN", "MORTAR", "HANDGUN", "RIFLE"), ("GUN",)),
    **dict.fromkeys(("BOMB", "GRENADE", "MOLOTOV COCKTAIL"), ("EXPLOSIVE",)),
    **dict.fromkeys(("VEHICLE BOMB", "DYNAMITE", "MINE", "AERIAL BOMB"), ("BOMB", "EXPLOSIVE")),
    **dict.fromkeys(("MISSILE", "ROCKET"), ("PROJECTILE",)),
}
_PEOPLE = {
    "GOVERNMENT OFFICIAL": ("POLITICAL FIGURE",),
    "FORMER GOVERNMENT OFFICIAL": ("GOVERNMENT OFFICIAL", "POLITICAL FIGURE"),
    "FORMER ACTIVE MILITARY": ("ACTIVE MILITARY",),
}
_HUMAN_EFFECTS = {"NO DEATH": ("NO INJURY",), "NO INJURY OR DEATH": ("NO INJURY", "NO DEATH")}
_PERSON = ("hum-tgt-name", "hum-tgt-desc")
_THING = ("phys-tgt-id",)

SLOTS = (
    Slot("inc-date", "INCIDENT: DATE", Kind.DATE),
    Slot("inc-loc", "INCIDENT: LOCATION", Kind.PLACE),
    Slot("inc-type", "INCIDENT: TYPE", Kind.SET, wider=dict.fromkeys(_TYPES, ("ATTACK",))),
    Slot("inc-stage", "INCIDENT: STAGE OF EXECUTION", Kind.SET),
    Slot("inc-instr-id", "INCIDENT: INSTRUMENT ID", Kind.STRING),
    Slot("inc-instr-type", "INCIDENT: INSTRUMENT TYPE", Kind.SET, ("inc-instr-id",), _INSTRUMENTS),
    Slot("perp-inc-cat", "PERP: INCIDENT CATEGORY", Kind.SET),
    Slot("perp-ind-id", "PERP: INDIVIDUAL ID", Kind.STRING),
    Slot("perp-org-id", "PERP: ORGANIZATION ID", Kind.STRING, ("perp-ind-id",)),
    Slot(
        "perp-org-conf",
        "PERP: ORGANIZATION CONFIDENCE",
        Kind.SET,
        ("perp-org-id",),
        {"SUSPECTED OR ACCUSED BY AUTHORITIES": ("SUSPECTED OR ACCUSED",)},
    ),
    Slot("phys-tgt-id", "PHYS TGT: ID", Kind.STRING),
    Slot(
        "phys-tgt-type",
        "PHYS TGT: TYPE",
        Kind.SET,
        _THING,
        {"GOVERNMENT OFFICE OR RESIDENCE": ("POLITICAL FIGURE OFFICE OR RESIDENCE",)},
    ),
    Slot("phys-tgt-num", "PHYS TGT: NUMBER", Kind.NUMBER, _THING),
    Slot("phys-tgt-nation", "PHYS TGT: FOREIGN NATION", Kind.SET, _THING),
    Slot("phys-tgt-effect", "PHYS TGT: EFFECT OF INCIDENT", Kind.SET, _THING, {"SOME DAMAGE": ("DESTROYED",)}),
    Slot("phys-tgt-total-num", "PHYS TGT: TOTAL NUMBER", Kind.NUMBER),
    Slot("hum-tgt-name", "HUM TGT: NAME", Kind.STRING),
    Slot("hum-tgt-desc", "HUM TGT: DESCRIPTION", Kind.STRING, ("hum-tgt-name",)),
    Slot("hum-tgt-type", "HUM TGT: TYPE", Kind.SET, _PERSON, _PEOPLE),
    Slot("hum-tgt-num", "HUM TGT: NUMBER", Kind.NUMBER, _PERSON),
    Slot("hum-tgt-nation", "HUM TGT: FOREIGN NATION", Kind.SET, _PERSON),
    Slot("hum-tgt-effect", "HUM TGT: EFFECT OF INCIDENT", Kind.SET, _PERSON, _HUMAN_EFFECTS),
    Slot("hum-tgt-total-num", "HUM TGT: TOTAL NUMBER", Kind.NUMBER),
)
BY_NAME: Mapping[str, Slot] = MappingProxyType({slot.name: slot for slot in SLOTS})
BY_LABEL: Mapping[str, Slot] = MappingProxyType({slot.label: slot for slot in SLOTS})
