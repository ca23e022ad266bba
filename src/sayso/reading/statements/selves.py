"""Whether what somebody says is of his own deed: "its fighters had planted it", "it was not us", "theirs".

Only the words of the content are looked at; whose they are, the statement knows.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

Own = Literal["claims_own", "denies", "protests"]
"""``protests``: words that deny only where the sayer was accused: "it never aims at civilians"."""

_MEN: Final = (
    r"(?:fighters|men|members|militants|guerrillas|commandos?|gunmen|combatants|soldiers|troops|forces|units?|teams?|"
    r"squads?|cells?|brigades?|battalions?|wing|bullets?|shells?|bombs?|mujahideen|"
    r"mujahedeen|knights|lions|heroes|martyrs|sons|comrades|boys|"
    r"brothers|warriors|followers|supporters|militia(?:men)?|snipers?|bombers?|rockets?|"
    r"missiles?|drones?|jets?|planes?|"
    r"warplanes?|aircraft|helicopters?|artillery|gunners|pilots|navy|police|side|people|partisans|operatives?|"
    r"activists|volunteers|regiment|column|howitzers|tanks|guns|policem[ae]n|officers|agents|personnel|vessels?|"
    r"movement|batter(?:y|ies)|army|air force|country|clients?)"
)
MEN: Final = re.compile(_MEN + r"\b", re.IGNORECASE)
"""Nouns for those who act for a body, at the head of some words."""
_GROUP: Final = (
    r"(?:the|his|her) (?:group|movement|organi[sz]ation|militia|outfit|front|faction|brigades?|guerrillas|rebels|party)"
)
_SELF: Final = (
    r"(?:(?:that|how|in fact|indeed|meanwhile|yesterday|only|on [a-z]+day(?: \w+)?|last \w+|this \w+) |, )*[“\"‘']?"
    r"(?:(?:(?!none|neither)[\w-]+ of )?(?:its|their|our|his|her|my)(?: own)? (?:[\w-]+ ){0,3}?[“\"‘']?"
    + _MEN
    + r"[”\"’']?"
    r"|" + _GROUP + r"['’]s? (?:[\w-]+ ){0,2}?" + _MEN + r"|(?:it|they|we|he|she|i)(?:['’]d|['’]ve)?|" + _GROUP + r") "
)
_NOBODY: Final = (
    r"(?:(?:that|how) )?[“\"‘']?(?:none|neither|not (?:one|a single one)) of (?:its|their|our|his|her|my)(?: own)? "
    r"(?:[\w-]+ ){0,2}?[\w-]+ "
)
_HELPERS: Final = r"(?:(?:had|have|has|did|later|also|then|already|indeed|jointly|successfully|alone|both|just) )*"
_DEEDS: Final = (
    r"(?:(?:been|was|were|is|are) (?:indeed )?(?:behind|responsible)|carried out|launched|staged|planted|conducted|"
    r"slain|slew|perpetrated|mounted|attacked|"
    r"bombed|shelled|ambushed|assassinated|fired (?:on|at|the|a|two|three|\d+)|shot down|shot dead|shot|raided|stormed|"
    r"laid|placed|detonated|set off|blew up|blown up|bl(?:ew|own) (?:him|her)self up|brought down|downed|"
    r"killed|struck|hit|targeted|destroyed|burned|burnt|torched|set fire|kidnapped|abducted|seized|captured|sank|sunk|"
    r"took (?:this|its|our) revenge|"
    r"liquidated|eliminated|punished|done it|done this|done the deed|did it|did this|"
    r"claimed|engaged|attack|ambush|lobbed|hurled|threw|"
    r"thrown|sabotaged|assaulted|overran|derailed|detained|executed|hijacked|mined|neutrali[sz]ed|"
    r"(?:opened|returned|responded with) fire|fired back|"
    r"held (?:the|a) (?:camp|base|post|town|station|building|barracks|bridge)|used .{3,60}? to "
    r"(?:destroy|strike|hit|kill|attack|target|shell|bomb))\b"
)
_LEFT: Final = (
    r"(?:set|left|put|posted|sent(?: up| off)?|lit|hid|buried|primed|dispatched|released|mailed|delivered|used|built|"
    r"made|rigged|attached|fixed|stuck|dropped|launched|fired) "
    r"(?:the |a |an |all |both |some |every |each |two |three |four |five |six |seven |eight |nine |ten |\d+ )?"
    r"(?:[\w-]+ ){0,3}?(?:bombs?|devices?|mines?|rockets?|drones?|missiles?|parcels?|packages?|letters?|charges?|"
    r"explosives?|fires?|flames?|blazes?|bombers?|balloons?|grenades?|mortars?|shells?|cars?|lorr(?:y|ies)|trucks?|"
    r"it|them|all|both)\b"
)
_OWNS_UP: Final = re.compile(_SELF + _HELPERS + r"[“\"‘']?(?:" + _DEEDS + "|" + _LEFT + ")", re.IGNORECASE)
_IS_OURS: Final = re.compile(
    r"\b(?:was|were|is|are|as) [“\"‘']?(?:(?:the )?(?:work|doing|handiwork|deed) of (?:its|our|their) [\w-]+|"
    r"(?:its|our|their) (?:work|doing|handiwork|operation|action|response|fighters|men)|ours|theirs|"
    r"(?:all )?(?:with us|(?:being held )?in (?:our|its|their) (?:hands|custody|captivity)))\b",
    re.IGNORECASE,
)
_ONE_OF_OURS: Final = re.compile(
    r"(?<!dead )(?<!slain )(?<!killed )(?<!wounded )(?<!arrested )(?<!detained )"
    r"\b(?:bombers?|attackers?|killers?|gunm[ae]n|assassins?|assailants?|perpetrators?|shooters?|drivers?|pair|youths?|"
    r"student|teenager|man|men|knifem[ae]n) (?:(?:was|were|is|are|had been|as) )?(?:indeed )?"
    r"(?:(?:one|two|three|some|both|members?|soldiers?|fighters?) of (?:its|their|our)\b|"
    r"(?:a |an )?[“\"‘']?(?:soldiers?|lions?|martyrs?|heroes|hero|knights?)[”\"’']? of (?:the|its|our|their)\b|"
    r"(?:its|their|our)(?: own)? [“\"‘']?" + _MEN + r")|"
    r"\b(?:carried out|staged|executed|conducted|committed|done|perpetrated|launched) by [“\"‘']?"
    r"(?:a |an |one |two |three |the )?[“\"‘']?(?:soldiers?|lions?|martyrs?|hero(?:es)?|knights?) of the\b|"
    r"^[\w .'’-]{2,40} [“\"‘'](?:a |an )?(?:soldier|lion|martyr|hero|knight)s? of the\b",
    re.IGNORECASE,
)
_A_FIGHTER: Final = re.compile(
    r"(?:that |how )?[“\"‘']?(?:a|an|one|two|three) (?:[\w-]+ ){0,2}?[“\"‘']?"
    r"(?:fighters?|soldiers?|lions?|knights?|heroes|hero|martyrs?|brothers?|mujahid|mujahideen|commandos?|warriors?|"
    r"martyrdom[- ]seekers?)\b[”\"’']?(?: [\w-]+){0,6}? " + _HELPERS + _DEEDS,
    re.IGNORECASE,
)
_NOT_OURS: Final = re.compile(
    r"\b(?:(?:was|were|is|are|'s)(?: not|n't|n’t) (?:us|ours|theirs|me|(?:its|our|their) (?:work|doing|men|fighters))|"
    r"not (?:one )?of ours)\b",
    re.IGNORECASE,
)
_THEY_NOT_OURS: Final = re.compile(r"[“\"]they (?:were|are)(?: not|n't|n’t) (?:ours|us|our \w+)\b", re.IGNORECASE)
_NO_PART: Final = re.compile(
    r"(?:" + _SELF + r"|" + _NOBODY + r")(?:[\w’']+ ){0,5}?"
    r"(?:nothing to do with|no (?:part|role|hand|involvement|connection|link|links|knowledge)\b|nowhere near|"
    r"(?:knew|knows|know) nothing|innocent|uninvolved|in no way|"
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
_NO_ONE_OF_US: Final = re.compile(
    _NOBODY + r"(?:had|have|has|was|were) (?!(?:been )?(?:among|killed|hurt|injured|wounded|harmed|missing|captured|"
    r"taken|lost|died|suffered|affected|in danger)\b)",
    re.IGNORECASE,
)
_ANY: Final = (
    r"(?:[\w-]+ ){0,2}?(?:"
    + _MEN
    + r"|fighter|member|militant|guerrilla|soldier|officer|agent|volunteer|activist|number)"
    + r"(?: of (?:theirs|ours|its|his))?"
)
_THERE: Final = (
    r"(?:involved|behind it|responsible|present|in (?!danger)|at |near |anywhere|within (?:range|reach)|"
    r"on (?:duty|patrol)|out\b|there\b|part of)"
)
_NOT_ONE: Final = re.compile(
    r"(?:that )?[“\"‘']?(?:no|not one|not a single) "
    + _ANY
    + r" "
    + _HELPERS
    + r"(?:(?:been|was|were|is|are) "
    + _THERE
    + r"|(?:taken|took|played) (?:any )?part|participated|"
    + _DEEDS
    + r"|fired\b|flew|flown)",
    re.IGNORECASE,
)
_A_PART: Final = re.compile(
    r"(?:"
    + _SELF
    + r"|(?:that )?(?:any|either) (?:of (?:its|their|our|his)(?: own)? )?"
    + _ANY
    + r" )"
    + _HELPERS
    + r"(?:(?:been|was|were|is|are) "
    + _THERE
    + r"|(?:taken|took|played) (?:any )?part|participated|"
    + _DEEDS
    + r"|"
    + _LEFT
    + r"|fired\b)|(?:ever )?having (?:ever )?(?:"
    + _DEEDS
    + r"|"
    + _LEFT
    + r"|fired|laid|done)\b",
    re.IGNORECASE,
)
_PROTESTS: Final = re.compile(
    _SELF + r"(?:[\w’']+ ){0,3}?(?:"
    r"(?:never|not|\w+n't|\w+n’t) (?:aims?|targets?|attacks?|kills?|harms?|bombs?|shells?|strikes?|fires?|murder|fly|"
    r"take off|(?:put|plant|lay|leave) (?:[\w-]+ )?(?:bombs?|mines?|devices?))\b|"
    r"(?:have|has|had|possess(?:es|ed)?|owns?) (?:no|neither)(?: [\w-]+){0,3} (?:rockets?|launchers?|mortars?|tubes?|"
    r"aircraft|drones?|troops|forces|guns?|missiles?|units?|planes?|jets?|weapons?|presence|artillery|men|fighters)\b)|"
    r"(?:that )?[“\"‘']?not (?:one|a(?: single)?) (?:round|shot|shell|rocket|missile|bullet|sortie|bomb|cartridge)\b|"
    r"(?:that )?[“\"‘']?(?:there (?:had been|have been|was|were) )?no "
    r"(?:sorties|flights|missions|strikes|air ?strikes|raids|shelling|firing|"
    r"(?:bombs|shells|rockets|planes|aircraft|jets|shots) (?:had|have|were|was|flew|fell|came))\b|"
    r"(?:that )?[“\"‘']?there (?:was|is) no truth (?:in|to)\b|"
    + _SELF
    + r"(?:[\w’']+ ){0,2}?(?:silent|asleep|grounded|elsewhere|at (?:home|prayer|base)|"
    r"in (?:their|its|our) (?:barracks|own)|"
    r"(?:[\w’'-]+ ){0,2}(?:km|kilomet(?:re|er)s?|miles?|days?|hours?)['’]? (?:\w+ )?(?:away|off))\b",
    re.IGNORECASE,
)


_INSIDE: Final = re.compile(r"[“”\"](?=\w)|(?<=[\w.,!?])[“”\"]")
_CLAUSES: Final = re.compile(r"(?:,|;|:)? (?:and|but) (?=that )|[;:] ")
"""Where another clause of what is said begins."""


@lru_cache(256)  # several finders ask of one statement after another
def own_deed(content: str) -> Own | None:
    """Return what a sayer does with a deed of his own in these words; None where they are of others.

    >>> own_deed("that its fighters had planted the device"), own_deed("its men had been nowhere near the road")
    ('claims_own', 'denies')
    """
    text = _plain(content)
    others = text[:1] in '“"' and text[1:6].lower() == "they "  # "They bombed us" is said of others
    if others:
        return "denies" if _THEY_NOT_OURS.match(text) else None
    if "civilian" in text and not _NO_HAND.search(text):
        return "protests" if _PROTESTS.match(text) or _NO_PART.match(text) else None
    pieces = _CLAUSES.split(text)
    if _NOT_OURS.search(text) or any(_NO_PART.match(one) or _NO_ONE_OF_US.match(one) for one in pieces):
        return "denies"
    if _PROTESTS.match(text) or _NOT_ONE.match(text):
        return "protests"
    quoted = " ".join(content.split())  # whose marks tell "a soldier of the caliphate"
    own = _OWNS_UP.match(text) or any(row.search(one) for row in (_IS_OURS, _ONE_OF_OURS) for one in (text, quoted))
    return "claims_own" if own else None


def _plain(content: str) -> str:
    """Return words without the quotation marks inside them: its men "did not fire"."""
    text = " ".join(content.split())
    return text[:1] + _INSIDE.sub("", text[1:])


def denied_part(content: str) -> bool:
    """Tell whether what somebody denies is a part of his own or of his men in a deed.

    >>> denied_part("its members were involved"), denied_part("that the town had fallen")
    (True, False)
    """
    return bool(_A_PART.match(_plain(content)))


def one_of_its_fighters(content: str) -> bool:
    """Tell whether an armed group's words are of a deed of some fighter, whom it thereby calls its own.

    >>> one_of_its_fighters("that a fighter named Hamza had carried out the attack")
    True
    """
    return bool(_A_FIGHTER.match(" ".join(content.split())))


_ITS_FIGHTERS: Final = re.compile(
    r"(?:(?:that|how) )?[“\"‘']?(?:its|the (?:group|movement)['’]s)(?: own)? (?:[\w-]+ ){0,2}?[“\"‘']?"
    r"(?:fighters|members|militants|guerrillas|gunmen|teams?|squads?|cells?|brigades?|mujahideen|knights|lions|heroes|"
    r"martyrs|bombers?|snipers?|men|warriors|partisans|commandos?|units?)[”\"’']? "
    + _HELPERS
    + r"[“\"‘']?(?:"
    + _DEEDS
    + "|"
    + _LEFT
    + ")",
    re.IGNORECASE,
)


def of_its_own_fighters(content: str) -> bool:
    """Tell whether somebody tells of a deed of "its" fighters, as only a group does.

    >>> of_its_own_fighters("that its fighters had planted the device"), of_its_own_fighters("that his men fired")
    (True, False)
    """
    return bool(_ITS_FIGHTERS.match(_plain(content)))


_STRIKES: Final = re.compile(
    r"\b(?:bombed|shelled|struck|hit|targeted|fired|downed|shot down|destroyed|engaged|sank|sunk|carried out|launched|"
    r"conducted|strikes?|raids?|sorties?|killed|neutrali[sz]ed|eliminated|destroy)\b",
    re.IGNORECASE,
)


def strikes_or_fires(content: str) -> bool:
    """Tell whether words are of a strike, a raid or fire, which forces of a state own up to as a deed."""
    return bool(_STRIKES.search(content))


_ASIDE: Final = re.compile(
    r"^[“\"‘'](?:(?:that|this|it)(?: is|'s|’s) |(?:these|they|those) are )?"
    r"(?:(?:a|an|all|pure|sheer|complete|utter|total|simply|just|cheap|outright|plain|absolute|shameless) )*"
    r"(?:[\w-]+(?: and|,) )?"
    r"(?:impossible|baseless|nonsense|lies?|fabrications?|false|slander|absurd|ridiculous|untrue|rubbish|propaganda|"
    r"childish|fantasy|laughable|groundless|unfounded|preposterous|fiction|inventions?|ludicrous|not true|not us|"
    r"a lie)\b",
    re.IGNORECASE,
)


_THAT_IS_FALSE: Final = re.compile(
    r"(?:^|[;:,—–-] )(?:that )?[“\"‘']?(?:(?:that|this|it|all this|all that)(?: is|'s|’s| was)|(?:these|they) are) "
    r"(?:(?:a|an|all|pure|sheer|complete|utter|total|totally|simply|just|an? absolute|outright|plain) )*"
    r"(?:baseless|nonsense|lies?|fabrications?|fabricated|false|slander|absurd|ridiculous|untrue|rubbish|propaganda|"
    r"fantasy|groundless|unfounded|preposterous|fiction|inventions?|not true)\b|"
    r"^[“\"‘']?(?:nothing of the (?:kind|sort))\b",
    re.IGNORECASE,
)
_CHARGE_FALSE: Final = re.compile(
    r"^(?:that )?[“\"‘']?(?:the|this|that|these|those|such|any) (?:[\w-]+ )?"
    r"(?:accusation|allegation|charge|claim|suggestion)s? (?:was|were|is|are) "
    r"(?:a |an |all |simply |totally |completely |utterly |“|\")*(?:baseless|false|absurd|unfounded|groundless|"
    r"ridiculous|lies?|nonsense|fabricated|fabrications?|untrue|ludicrous|laughable|slander|propaganda|"
    r"preposterous|outrageous)\b",
    re.IGNORECASE,
)


def waves_aside(content: str) -> bool:
    """Tell whether words only call what was said before untrue: "Impossible", "the charge was absurd"."""
    text = " ".join(content.split())
    return bool(_ASIDE.match(text) or _CHARGE_FALSE.match(text) or _THAT_IS_FALSE.search(text))


_WEAPONS_LEFT: Final = (
    r"(?:planted|placed|left|put|laid|hid|hidden|primed|detonated|set off|blew up|blown up|posted|sent|rigged|"
    r"dispatched) "
    r"(?:(?:the|a|an|both|all|two|three|four|five|that|this|its) )?(?:[\w-]+ ){0,3}?"
    r"(?:bombs?|devices?|mines?|explosives?|charges?|bombers?|attackers?|gunmen|car bombs?)\b"
)
_VIOLENCE: Final = (
    r"(?:(?:been|was|were|is) (?:behind|responsible for) (?:the|this|that|[\w-]+['’]s|it\b)"
    r"(?! (?:[\w-]+ )?(?:explosion|blast|fire|accident|crash|leak|spill|delay|error))|"
    r"(?:carried out|launched|staged|conducted|mounted|perpetrated) (?:the|this|that|an?|both|[\w-]+['’]s) "
    r"(?:[\w-]+ ){0,3}?(?:attacks?|assaults?|bombings?|raids?|ambush(?:es)?|killings?|shootings?|assassinations?|"
    r"massacre)\b|"
    r"(?:bombed|ambushed|assassinated|executed|kidnapped|abducted|attacked|raided|stormed|shot dead|shot down)\b|"
    r"killed (?:the|a|an|two|three|\d+|at least|more|several|dozens)\b|done (?:it|this)\b|did (?:it|this)\b)"
)
_ONLY_A_GROUP: Final = re.compile(
    r"(?:that )?[“\"‘']?(?:(?:it|they)(?:['’]d)?|(?:(?:one|two|three|some|a [\w-]+) of )?its (?:[\w-]+ ){0,2}?"
    + _MEN
    + r") "
    + _HELPERS
    + r"(?:"
    + _WEAPONS_LEFT
    + r"|"
    + _VIOLENCE
    + r")|"
    r".{0,30}?\b(?:bombers?|attackers?|assailants?|gunm[ae]n|killers?|perpetrators?) (?:was|were|had been) "
    r"(?:one|two|three|all|some) of its (?:[\w-]+ )?(?:fighters|men|members|soldiers|mujahideen|militants|martyrs)\b",
    re.IGNORECASE,
)


def only_a_group_says(content: str) -> bool:
    """Tell whether words are of violence that "it" did, which no person, paper or office says of itself.

    >>> only_a_group_says("it had planted the bomb"), only_a_group_says("it had sent ten trucks of food")
    (True, False)
    """
    return bool(_ONLY_A_GROUP.match(_plain(content)))
