"""Ids of incidents: an incident is called after the first account that was added to it, for as long as it lives.

So an id survives growth; where two incidents turn out to be one, the older id stays and the other leads to it; where
one is split, the part with the account it is called after keeps the id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Order = tuple[int, int]


def name_clusters(
    parts: Sequence[Sequence[str]], before: Mapping[str, str], order: Mapping[str, Order]
) -> dict[str, str]:
    """Return the incident of each account.

    Args:
        parts: accounts that make up one incident each.
        before: account → incident it belonged to until now; new accounts are left out.
        order: account, or id in use → when it was first added; those whose account is no longer there as well.

    """
    home = {account: number for number, part in enumerate(parts) for account in part}
    left = _left_behind(parts, before, home, order)
    named: dict[str, str] = {}
    for number, part in enumerate(parts):
        own = [*part, *(name for name, heir in left.items() if heir == number)]
        name = min(own, key=lambda name: (order[name], name))
        named |= dict.fromkeys(part, name)
    return named


def retired(named: Mapping[str, str], before: Mapping[str, str], order: Mapping[str, Order]) -> dict[str, str]:
    """Return the ids that nothing is called any more and whose own account is gone → the incident they lead to."""
    kept = set(named.values())
    found: dict[str, str] = {}
    for account in sorted(before, key=lambda account: (order[account], account)):
        name = before[account]
        if name not in kept and name not in named and account in named:
            found.setdefault(name, named[account])
    return found


def _left_behind(
    parts: Sequence[Sequence[str]], before: Mapping[str, str], home: Mapping[str, int], order: Mapping[str, Order]
) -> dict[str, int]:
    """Return the ids whose own account is gone → the part that inherits it: that of the first of its accounts."""
    heirs: dict[str, int] = {}
    for account in sorted((account for part in parts for account in part), key=lambda each: (order[each], each)):
        name = before.get(account)
        if name is not None and name not in home:
            heirs.setdefault(name, home[account])
    return heirs
