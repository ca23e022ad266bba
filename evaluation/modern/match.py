"""When does a claim that was read match an expected one? Names by shared words, counts by ends, times by overlap.

Written after the key of the hand-made readings: a claim matches on field and value; holder and certainty are scored on
matched claims only; a statement matches when the words of its content overlap by a token F1 of 0.7.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from typing import Any

ENOUGH = 0.7
"""Token F1 from which two contents are one."""
LIKE = 0.6
"""Share of common words from which two names are one."""
COMPLETE = ("perpetrator", "killed", "injured")
"""Fields that the expected readings list in full: what else is read there is an error."""
IDLE = frozenset(
    ["the", "a", "an", "of", "in", "on", "at", "by", "for", "to", "and", "s", "mr", "mrs", "gen", "col", "capt",
     "spokesman", "spokeswoman", "spokesperson", "president", "prime", "minister", "said"]
)  # fmt: skip
SAME = {"us": "united states", "u.s": "united states", "american": "united states", "americans": "united states",
        "uk": "united kingdom", "un": "united nations"}  # fmt: skip
EVERYBODY = frozenset(["people", "person", "persons", "others", "other", "victims", "dead", "total"])
VAGUE = re.compile(r"\b(dozens?|several|hundreds|thousands|scores|many|few|around|about|nearly|some)\b")
CLEARED = ("denies", "exonerates", "doubts")


def score(expected: dict[str, Any], got: dict[str, Any]) -> Counter[str]:
    """Return what was asked and what was found for one report."""
    tally: Counter[str] = Counter()
    claims = got["claims"]
    facts = [(fact, incident) for incident in expected["incidents"] for fact in incident["claims"]]
    supported: set[int] = set()
    for fact, incident in facts:
        matches = [n for n, claim in enumerate(claims) if matches_fact(fact, claim)]
        supported.update(matches)
        if fact.get("optional") or incident.get("optional"):
            continue
        tally["claims"] += 1
        if matches:
            best = max(matches, key=lambda n: (holder_fits(fact["holder"], claims[n]), -n))
            tally["claims.found"] += 1
            tally["holder.right"] += holder_fits(fact["holder"], claims[best])
            tally["certainty.right"] += hedge_fits(fact.get("certainty"), claims[best].get("certainty"))
    for number, claim in enumerate(claims):
        if claim["field"] in COMPLETE:
            tally[f"{claim['field']}.read"] += 1
            tally[f"{claim['field']}.supported"] += number in supported
    return tally + _statements(expected, got) + _traps(expected, got)


def _statements(expected: dict[str, Any], got: dict[str, Any]) -> Counter[str]:
    wanted = [fact for fact in expected.get("statements", []) if not fact.get("optional")]
    contents = [" ".join(piece["text"] for piece in statement["content"]) for statement in got["statements"]]
    found = sum(any(token_f1(fact["content"], content) >= ENOUGH for content in contents) for fact in wanted)
    return Counter({"statements": len(wanted), "statements.found": found})


def _traps(expected: dict[str, Any], got: dict[str, Any]) -> Counter[str]:
    traps = [trap for trap in expected.get("must_not", []) if isinstance(trap["value"], dict)]
    incidents = {fact["id"]: _aligned(fact, got["incidents"]) for fact in expected["incidents"]}
    broken = sum(any(_breaks(trap, claim, incidents) for claim in got["claims"]) for trap in traps)
    return Counter({"traps": len(traps), "traps.broken": broken})


def _aligned(fact: dict[str, Any], incidents: Iterable[dict[str, Any]]) -> str | None:
    kinds = fact["kind"] if isinstance(fact["kind"], list) else [fact["kind"]]
    kinds = [*kinds, *fact.get("kind_also", [])]
    fits = (i["id"] for i in incidents if i["kind"] in kinds and i["background"] == bool(fact.get("background")))
    return next(fits, None)


def _breaks(trap: dict[str, Any], claim: dict[str, Any], incidents: dict[str, str | None]) -> bool:
    if claim["field"] != trap["field"] or not value_fits(trap["field"], trap["value"], claim, strict=True):
        return False
    whole = "of" in trap["value"] and trap["value"]["of"] is None
    if (whole and claim["value"].get("of")) or (trap["field"] == "perpetrator" and claim["stance"] in CLEARED):
        return False
    if trap.get("incident") and incidents.get(trap["incident"]) != claim["incident"]:
        return False
    holders = trap.get("holder")
    named = holders is None or holder_fits(holders if isinstance(holders, list) else [holders], claim)
    return named and trap.get("stance") in (None, claim["stance"])


def matches_fact(fact: dict[str, Any], claim: dict[str, Any]) -> bool:
    """Tell whether a claim says what an expected one says, whoever says it."""
    return claim["field"] == fact["field"] and value_fits(fact["field"], fact["value"], claim)


def value_fits(field: str, want: dict[str, Any], claim: dict[str, Any], *, strict: bool = False) -> bool:
    """Tell whether the value read is the value expected; ``strict``: a vague word is no excuse (for traps)."""
    got = claim["value"]
    if field == "when":
        return time_fits(want, got)
    if "low" in want or "high" in want:
        return count_fits(want, got, strict=strict)
    for key in ("class", "extent"):
        if key in want:
            return bool(str(got.get(key)) == want[key])
    if "names" in want:
        return any(same_name(name, own) for name in want["names"] for own in (got.get("name"), got.get("words")) if own)
    return any(str(value) == str(got.get(key)) for key, value in want.items())


def count_fits(want: dict[str, Any], got: dict[str, Any], *, strict: bool = False) -> bool:
    """Tell whether two counts are equal and of one group; a vague word only has to be the same word."""
    if want.get("vague"):
        return want["vague"] in got.get("words", "").lower()
    low, high = want.get("low"), want.get("high", want.get("low"))
    same = (got.get("low"), got.get("high")) == (low, high)
    if not same and (strict or not (_is_vague(got.get("words", "")) and _overlap(low, high, got))):
        return False
    if "of" not in want:
        return True
    of = got.get("of") or {}
    names = [name for name in (of.get("name"), of.get("words"), of.get("country")) if name]
    if want["of"] is None:
        return all(set(words(name)) <= EVERYBODY for name in names)
    return any(same_name(want["of"], name) for name in names)


def _is_vague(text: str) -> bool:
    return bool(
        re.search(r"\b(dozens?|several|hundreds|thousands|scores|many|few|around|about|nearly|some)\b", text.lower())
    )


def _overlap(low: int | None, high: int | None, got: dict[str, Any]) -> bool:
    top = float("inf")
    return (low or 0) <= (top if got["high"] is None else got["high"]) and got["low"] <= (top if high is None else high)


def time_fits(want: dict[str, Any], got: dict[str, Any]) -> bool:
    """Tell whether two times meet at the precision expected; one that is unknown only meets another such."""
    first, last = _first_day(want.get("earliest")), _last_day(want.get("latest") or want.get("earliest"))
    start, end = _first_day(got.get("earliest")), _last_day(got.get("latest") or got.get("earliest"))
    if not first or not start:
        return not first and not start
    return first <= end and start <= last and end <= last


def _first_day(value: str | None) -> str:
    """Return the day on which a time begins that is told by its day, month or year."""
    return value[:10] + {4: "-01-01", 7: "-01"}.get(len(value[:10]), "") if value else ""


def _last_day(value: str | None) -> str:
    """Return the day on which it ends: a month told by its name ends on its own last day, not on the 31st."""
    if not value or len(value) > len("2020-12"):
        return (value or "")[:10]
    year, month = int(value[:4]), int(value[5:7] or 12)
    return f"{year:04}-{month:02}-{monthrange(year, month)[1]}"


def holder_fits(accepted: list[str], claim: dict[str, Any]) -> bool:
    """Tell whether the holder, or somebody in the chain, is one of those accepted; REPORT is the report’s own voice."""
    holder = claim["holder"]
    if holder["kind"] == "report":
        return "REPORT" in accepted
    names = [name for name in (holder["name"], holder["words"], *claim["chain"]) if name]
    return any(same_name(one, name) for one in accepted if one != "REPORT" for name in names)


def hedge_fits(want: str | None, got: dict[str, Any] | None) -> bool:
    """Tell whether the expected hedge is in the one read, or both are none."""
    return want.lower() in got["words"].lower() if want and got else not want and not got


def same_name(one: str, other: str) -> bool:
    """Tell whether one name holds all words of the other, or most of both are shared."""
    first, second = set(words(one)), set(words(other))
    if not first or not second:
        return False
    return first <= second or second <= first or len(first & second) / len(first | second) >= LIKE


def words(text: str) -> list[str]:
    """Return the words that tell names apart, lower case, short names of states written out."""
    plain = [token.strip(".") for token in re.findall(r"[\w.]+", text.lower().replace("’", "'"))]
    return [word for token in plain for word in SAME.get(token, token).split() if word not in IDLE]


def token_f1(one: str, other: str) -> float:
    """Return the F1 of two bags of words."""
    first, second = Counter(words(one)), Counter(words(other))
    total = sum(first.values()) + sum(second.values())
    return 2 * sum((first & second).values()) / total if total else 0.0
