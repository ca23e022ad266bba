"""Whether what somebody says is of his own deed: "its fighters had planted it", "it was not us", "theirs".

Only the words of the content are looked at; whose they are, the statement knows.
"""

from __future__ import annotations

import re
from typing import Final, Literal

Own = Literal["claims_own", "denies", "protests"]
"""``protests``: words that deny only where the sayer was accused: "it never aims at civilians"."""

_MEN: Final = (
    r"(?:fighters|men|members|militants|guerrillas|commandos?|gunmen|combatants|soldiers|troops|forces|units?|teams?|"
    r"squads?|cells?|brigades?|battalions?|wing|mujahideen|mujahedeen|knights|lions|heroes|martyrs|sons|comrades|boys|"
    r"brothers|warriors|followers|supporters|militia(?:men)?|snipers?|bombers?|rockets?|missiles?|drones?|jets?|planes?|"
    r"warplanes?|aircraft|helicopters?|artillery|gunners|pilots|navy|police|side|people|partisans|operatives?|"
    r"activists|volunteers|regiment|column|howitzers|tanks|guns)"
)
_GROUP: Final = (
    r"the (?:group|movement|organi[sz]ation|militia|outfit|front|faction|army|brigades?|guerrillas|rebels|party)"
)
_SELF: Final = (
    r"(?:(?:that|how|in fact|indeed|meanwhile|yesterday|only) |, )*[“\"‘']?"
    r"(?:(?:(?!none|neither)[\w-]+ of )?(?:its|their|our|his|her|my)(?: own)? (?:[\w-]+ ){0,3}?[“\"‘']?"
    + _MEN
    + r"[”\"’']?"
    r"|it|they|we|he|she|i|" + _GROUP + r") "
)
_NOBODY: Final = (
    r"(?:(?:that|how) )?[“\"‘']?(?:none|neither|not (?:one|a single one)) of (?:its|their|our|his|her|my)(?: own)? "
    r"(?:[\w-]+ ){0,2}?[\w-]+ "
)
_HELPERS: Final = r"(?:(?:had|have|has|did|later|also|then|already|indeed|jointly|successfully|alone|both|just) )*"
_DEEDS: Final = (
    r"(?:(?:been|was|were|is|are) (?:indeed )?(?:behind|responsible)|carried out|launched|staged|planted|conducted|"
    r"perpetrated|mounted|attacked|"
    r"bombed|shelled|ambushed|assassinated|fired (?:on|at|the|a|two|three|\d+)|shot down|shot dead|shot|raided|stormed|"
    r"laid|placed|detonated|set off|blew up|blown up|bl(?:ew|own) (?:him|her)self up|brought down|downed|"
    r"killed|struck|hit|targeted|destroyed|burned|burnt|torched|set fire|kidnapped|abducted|seized|captured|sank|sunk|"
    r"liquidated|eliminated|punished|done it|did it|did this|claimed|engaged|attack|ambush|lobbed|hurled|threw|"
    r"thrown|sabotaged|assaulted|overran|derailed|detained|executed|hijacked|mined)\b"
)
_OWNS_UP: Final = re.compile(_SELF + _HELPERS + r"[“\"‘']?" + _DEEDS, re.IGNORECASE)
_IS_OURS: Final = re.compile(
    r"\b(?:was|were|is|are|as) [“\"‘']?(?:(?:the )?(?:work|doing|handiwork|deed) of (?:its|our|their) [\w-]+|"
    r"(?:its|our|their) (?:work|doing|handiwork|operation|action|response|fighters|men)|ours|theirs)\b",
    re.IGNORECASE,
)
_NOT_OURS: Final = re.compile(
    r"\b(?:(?:was|were|is|are|'s)(?: not|n't|n’t) (?:us|ours|theirs|me|(?:its|our|their) (?:work|doing|men|fighters))|"
    r"not (?:one )?of ours)\b",
    re.IGNORECASE,
)
_NO_PART: Final = re.compile(
    r"(?:" + _SELF + r"|" + _NOBODY + r")(?:[\w’']+ ){0,4}?"
    r"(?:nothing to do with|no (?:part|role|hand|involvement|connection|link|links|knowledge)\b|nowhere near|"
    r"(?:knew|knows|know) nothing|innocent|uninvolved|"
    r"(?:not|n't|n’t|never)(?: \w+){0,2} (?:involved|behind|responsible|been (?:in|near|anywhere|at)|anywhere near|"
    r"carried out|planted|placed|fired|shot|bombed|shelled|killed|attacked|launched|laid|staged|ordered|struck|"
    r"taken part|done (?:it|this|that))\b|"
    r"did(?: not|n't|n’t)(?: \w+)? (?:carry out|plant|place|fire|shoot|bomb|shell|kill|attack|"
    r"launch|lay|stage|order|strike|hit|use|take part|do (?:it|this|that))\b)",
    re.IGNORECASE,
)
_NO_HAND: Final = re.compile(
    r"\b(?:nothing to do|no part|no role|no hand|not (?:us|ours|involved|behind))\b", re.IGNORECASE
)
_NO_ONE_OF_US: Final = re.compile(_NOBODY + r"(?:had |have |has |was |were )", re.IGNORECASE)
_PROTESTS: Final = re.compile(
    _SELF + r"(?:[\w’']+ ){0,3}?(?:"
    r"(?:never|not|n't|n’t) (?:aims?|targets?|attacks?|kills?|harms?|bombs?|shells?|strikes?|fires?|murder)\b|"
    r"(?:have|has|had|possess(?:es|ed)?|owns?) (?:no|neither)(?: [\w-]+){0,3} (?:rockets?|launchers?|mortars?|tubes?|"
    r"aircraft|drones?|troops|forces|guns?|missiles?|units?|planes?|jets?|weapons?|presence|artillery|men|fighters)\b)|"
    r"(?:that )?[“\"‘']?not (?:one|a single) (?:round|shot|shell|rocket|missile|bullet|sortie)\b",
    re.IGNORECASE,
)


def own_deed(content: str) -> Own | None:
    """Return what a sayer does with a deed of his own in these words; None where they are of others.

    >>> own_deed("that its fighters had planted the device"), own_deed("its men had been nowhere near the road")
    ('claims_own', 'denies')
    """
    text = " ".join(content.split())
    others = text[:1] in '“"' and text[1:6].lower() == "they "  # "They bombed us" is said of others
    if others:
        return None
    if "civilian" in text and not _NO_HAND.search(text):
        return "protests" if _PROTESTS.match(text) or _NO_PART.match(text) else None
    if _NOT_OURS.search(text) or _NO_PART.match(text) or _NO_ONE_OF_US.match(text):
        return "denies"
    if _PROTESTS.match(text):
        return "protests"
    return "claims_own" if _OWNS_UP.match(text) or _IS_OURS.search(text) else None


_STRIKES: Final = re.compile(
    r"\b(?:bombed|shelled|struck|hit|targeted|fired|downed|shot down|destroyed|engaged|sank|sunk|carried out|launched|"
    r"conducted|strikes?|raids?|sorties?)\b",
    re.IGNORECASE,
)


def strikes_or_fires(content: str) -> bool:
    """Tell whether words are of a strike, a raid or fire, which forces of a state own up to as a deed."""
    return bool(_STRIKES.search(content))


_ASIDE: Final = re.compile(
    r"^[“\"‘'](?:that is |this is |it is |it's |these are |(?:a |an |all |pure |sheer |complete |utter |total )+)?"
    r"(?:[\w-]+ (?:and|,) )?"
    r"(?:impossible|baseless|nonsense|lies?|fabrications?|false|slander|absurd|ridiculous|untrue|rubbish|propaganda|"
    r"childish|fantasy|laughable|groundless|unfounded|preposterous|fiction|inventions?|ludicrous|not true|not us|"
    r"a lie)\b",
    re.IGNORECASE,
)


def waves_aside(content: str) -> bool:
    """Tell whether a quotation only calls what was said before untrue: "Impossible", "Baseless and childish"."""
    return bool(_ASIDE.match(" ".join(content.split())))
