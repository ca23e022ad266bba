"""Accounts to incidents, as reports come in: compare with those that share a key, cluster again what is touched.

What comes out depends on what is in the ledger, never on the order in which it came.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, is_dataclass
from typing import Any, Final

import sqlalchemy as sa

from sayso.ledger import blocks, schema
from sayso.ledger.chain import Entry, canonical
from sayso.ledger.comparing import compared
from sayso.ledger.graph import Memory
from sayso.ledger.judged import Judged, any_judged, free_of_contradiction, judged
from sayso.ledger.linker import Comparison, Linker
from sayso.ledger.links import AT_ONCE, Pair, Web
from sayso.ledger.naming import name_clusters, retired
from sayso.ledger.summaries import mark
from sayso.linking.features import main_incident
from sayso.records import Reading, identify

_ACCOUNTS_AN_ENTRY: Final = 100_000  # numbers an entry of the log has for its accounts
_TOLD_AT: Final = 0.5  # pairs at least so likely are kept with their reasons
_CLUSTERS, _ACCOUNTS, _PAIRS = schema.clusters, schema.accounts, schema.pairs
_THESE: Final[sa.BindParameter[Any]] = sa.bindparam("these", expanding=True)
_TOLD: Final = sa.select(_PAIRS.c.a, _PAIRS.c.b).where(_PAIRS.c.a.in_(_THESE))
_MEMBERS: Final = sa.select(_CLUSTERS).where(_CLUSTERS.c.account.in_(_THESE))
_NUMBERS: Final = sa.select(_CLUSTERS.c.account).where(_CLUSTERS.c.incident.in_(_THESE))
_ADDED: Final = (
    sa.select(_ACCOUNTS.c.incident, _ACCOUNTS.c.seq, _ACCOUNTS.c.position)
    .where(_ACCOUNTS.c.incident.in_(_THESE))
    .order_by(_ACCOUNTS.c.seq.desc())
)
_OF_REPORT: Final = (
    sa.select(_CLUSTERS.c.account, _CLUSTERS.c.within, _ACCOUNTS.c.filed_under)
    .join(_ACCOUNTS, _ACCOUNTS.c.number == _CLUSTERS.c.account)
    .where(_ACCOUNTS.c.report == sa.bindparam("report"))
)
_TAKE_OUT: Final = sa.delete(_CLUSTERS).where(_CLUSTERS.c.account.in_(_THESE))
_MOVE: Final = (
    sa.update(_CLUSTERS).where(_CLUSTERS.c.incident == sa.bindparam("which")).values(within=sa.bindparam("name"))
)
_PRESENT: Final = sa.select(_CLUSTERS.c.within).where(_CLUSTERS.c.within.in_(_THESE)).distinct()


@dataclass(slots=True)
class Joiner:
    """One writer's work on the incidents, within one entry of the log.

    Attributes:
        entry: the transaction.
        linker: features, keys, scores, clusters.
        memory: what was remembered from former entries; it fits the entry only if this follows the last of them.
        withdrawn: incidents that lost an account.

    """

    entry: Entry
    linker: Linker
    memory: Memory
    withdrawn: set[str] = field(default_factory=set)
    web: Web = field(init=False)

    def __post_init__(self) -> None:
        self.memory.graph.start(self.entry.follows)
        self.web = Web(self._connection, self.memory.graph)

    def add(self, reading: Reading, reading_id: str, *, first: bool) -> None:
        """File the accounts of a report's new reading, in the place of those of its former one.

        Args:
            reading: of one report.
            reading_id: its id.
            first: the report was never read before.

        """
        (report,) = reading.reports
        again = set() if first else self._withdraw(report.id)
        if again:  # before the new accounts are filed: they may make a key too common again
            self._score(sorted(again - self.web.among({number for pair in again for number in pair}).keys()))
        fresh = [self._account(reading, reading_id, position) for position in range(len(reading.incidents))]
        self.entry.add(_ACCOUNTS, fresh)
        pairs: set[Pair] = set()
        for row in fresh:
            keys = json.loads(row["filed_under"])
            pairs |= blocks.file_account(self.web, row["number"], keys, self.linker.most)
        if fresh:
            own = [{"incident": row["incident"], "account": row["number"], "within": ""} for row in fresh]
            self._connection.execute(sa.insert(_CLUSTERS), own)
        self._score(sorted(pairs))
        self._settle({row["number"] for row in fresh})

    def judge(self, incidents: Collection[str]) -> None:
        """Cluster again all that hangs together with these incidents of readings, by links or by judgements.

        Raises:
            InputError: the judgements contradict each other.

        """
        self._settle(self._numbers(incidents), judging=True)

    def _settle(self, fresh: set[int], *, judging: bool = False) -> None:
        """Cluster again the parts that have changed, and note what has moved.

        Args:
            fresh: accounts that are new, or were judged.
            judging: refuse judgements that contradict each other. Elsewhere "same" goes before "not same": a new
                reading may have brought together what two judgements spoke of.

        """
        around = self._around(self._changed_parts(fresh), fresh)
        groups = [group for part in around.parts for group in self._cluster(part, around, judging)]
        named = self._name(_moving(groups, around.within), around.within)
        changed = {named[around.incident[number]] for number in fresh if around.incident.get(number) in named}
        changed |= {around.within[around.incident[number]] for number in fresh if number in around.incident}
        changed |= {name for incident, name in named.items() if around.within[incident] != name}
        left = {around.within[incident] for incident, name in named.items() if around.within[incident] != name}
        self._mark(changed, (left | self.withdrawn) - {""})

    def _changed_parts(self, fresh: set[int]) -> set[frozenset[int]]:
        """Return the parts that have changed in this entry, or hold accounts that have.

        A part neither of whose two states holds an account that gained or lost a link is the same in both.
        """
        touched = self.memory.graph.touched | fresh
        before = self.web.parts(touched, before=True)
        after = self.web.parts(touched.union(*before))
        return {part for part in after if part not in before or part & touched}

    def _around(self, parts: set[frozenset[int]], fresh: set[int]) -> _Around:
        """Return parts with what is known of their accounts; parts that judgements "same" connect are one."""
        around = _Around()
        anything_judged = any_judged(self._connection)
        waiting = self.web.parts(frozenset(fresh).union(*parts)) if anything_judged else parts
        while waiting:
            rows = self._members(frozenset[int]().union(*waiting))
            around.take(rows)
            around.parts += [sorted(part) for part in sorted(map(sorted, waiting))]
            if not anything_judged:
                break
            verdicts = judged(self._connection, [row.incident for row in rows])
            around.judged = Judged(around.judged.same | verdicts.same, around.judged.not_same | verdicts.not_same)
            near = {incident for pair in verdicts.same for incident in pair} - around.within.keys()
            waiting = self.web.parts(self._numbers(near))
        around.unite()
        return around

    def _cluster(self, part: Sequence[int], around: _Around, judging: bool) -> list[list[str]]:
        """Return the incidents of readings of one part, in groups."""
        incident = {number: around.incident[number] for number in part if number in around.incident}
        members = set(incident.values())
        if len(members) < 2:
            return [sorted(members)] if members else []
        same = [pair for pair in sorted(around.judged.same) if members.issuperset(pair)]
        not_same = [pair for pair in sorted(around.judged.not_same) if members.issuperset(pair)]
        if not judging:
            not_same = free_of_contradiction(same, not_same)
        linked = self.web.among(incident.keys())
        scored = [(incident[a], incident[b], score) for (a, b), score in linked.items()]
        return [sorted(group) for group in self.linker.cluster(sorted(members), scored, same, not_same)]

    def _mark(self, changed: set[str], left: set[str]) -> None:
        """Mark what changed and what accounts have left, which may be gone."""
        present = set(self._connection.execute(_PRESENT, {"these": sorted(left)}).scalars()) if left else set()
        mark(self._connection, (changed - left) | present, left - present)

    @property
    def _connection(self) -> sa.Connection:
        return self.entry.connection

    def _account(self, reading: Reading, reading_id: str, position: int) -> dict[str, Any]:
        (report,), incident = reading.reports, reading.incidents[position]
        main = incident is main_incident(reading.incidents)
        features = self.linker.features_of(report, incident, reading.claims, main=main)
        number = self.entry.seq * _ACCOUNTS_AN_ENTRY + position
        name = identify("ac", [reading_id, incident.id])
        self.memory.features[number] = name, features
        self.memory.graph.add_account(number)
        return {
            "id": name,
            "number": number,
            "reading": reading_id,
            "report": report.id,
            "position": position,
            "incident": incident.id,
            "features": self.linker.write(features),
            "filed_under": canonical(sorted(set(self.linker.block_keys(features)))),
        }

    def _withdraw(self, report: str) -> set[Pair]:
        """Take out the accounts of the report's former reading; return pairs of others to compare again."""
        gone = {row.account: row for row in self._connection.execute(_OF_REPORT, {"report": report})}
        again: set[Pair] = set()
        for number, row in gone.items():
            again |= blocks.withdraw_account(self.web, number, json.loads(row.filed_under), self.linker.most)
        if gone:
            self._connection.execute(_TAKE_OUT, {"these": sorted(gone)})
        self.withdrawn |= {row.within for row in gone.values()}
        return {pair for pair in again if not gone.keys() & set(pair)}

    def _score(self, wanted: Sequence[Pair]) -> None:
        """Compare pairs and link those that say more than silence; likely ones are told in ``pairs``, with reasons."""
        if not wanted:
            return
        links, likely = [], []
        for a, b, found in compared(self._connection, self.linker, self.memory, wanted):
            score = float(found.score)
            if score > self.linker.keep_at:
                links.append((a, b, score))
            if score >= _TOLD_AT:
                likely.append((a, b, found))
        self.web.make(links)
        self._tell_pairs(likely)

    def _tell_pairs(self, likely: Sequence[tuple[int, int, Comparison]]) -> None:
        rows, old = [], []
        for one, other, found in likely:
            a, b = sorted((self.memory.features[one][0], self.memory.features[other][0]))
            rows.append({"a": a, "b": b, "score": float(found.score), "reasons": _reasons(found.reasons)})
            if max(one, other) < self.entry.seq * _ACCOUNTS_AN_ENTRY:
                old.append(a)  # may have been told before a key became common, for a while
        told: set[tuple[str, str]] = set()
        if old:
            told = {(row.a, row.b) for row in self._connection.execute(_TOLD, {"these": sorted(set(old))})}
        self.entry.add(_PAIRS, [row for row in rows if (row["a"], row["b"]) not in told])

    def _numbers(self, incidents: Collection[str]) -> set[int]:
        """Return the numbers of the accounts of incidents of current readings."""
        return set(self._connection.execute(_NUMBERS, {"these": sorted(incidents)}).scalars()) if incidents else set()

    def _members(self, accounts: Collection[int]) -> list[Any]:
        """Return the rows of ``clusters`` of these accounts, as far as they are of current readings."""
        listed = sorted(accounts)
        parts = (listed[at : at + AT_ONCE] for at in range(0, len(listed), AT_ONCE))
        return [row for part in parts for row in self._connection.execute(_MEMBERS, {"these": part})]

    def _name(self, parts: Sequence[Sequence[str]], within: Mapping[str, str]) -> dict[str, str]:
        """Give every part its id, and write down each account whose incident has another one now."""
        before = {incident: within[incident] for part in parts for incident in part if within[incident]}
        order = self._order({*before.values(), *(incident for part in parts for incident in part)})
        named = name_clusters(sorted(map(sorted, parts)), before, order)
        moved = {incident: name for incident, name in named.items() if before.get(incident) != name}
        led = retired(named, before, order)
        rows = [{"incident": incident, "within": name} for incident, name in sorted({**moved, **led}.items())]
        self.entry.add(schema.memberships, rows)
        if moved:
            self._connection.execute(_MOVE, [{"which": one, "name": name} for one, name in sorted(moved.items())])
        _tell(self.entry.detail, named, before)
        return named

    def _order(self, incidents: Collection[str]) -> dict[str, tuple[int, int]]:
        """Return when each was first added: number of the entry, position in the reading."""
        rows = self._connection.execute(_ADDED, {"these": sorted(incidents)}) if incidents else ()
        return {row.incident: (row.seq, row.position) for row in rows}


@dataclass(slots=True)
class _Around:
    """What hangs together: parts, each of which is clustered by itself, and what is known of their accounts."""

    parts: list[list[int]] = field(default_factory=list)
    incident: dict[int, str] = field(default_factory=dict)  # number of an account → incident of its reading
    within: dict[str, str] = field(default_factory=dict)  # incident of a reading → incident of the ledger until now
    judged: Judged = field(default_factory=lambda: Judged(frozenset(), frozenset()))

    def take(self, members: Iterable[Any]) -> None:
        for row in members:
            self.incident[row.account] = row.incident
            self.within[row.incident] = row.within

    def unite(self) -> None:
        """Make one part of those with accounts that are judged to be the same."""
        home = {
            self.incident[number]: at
            for at, part in enumerate(self.parts)
            for number in part
            if number in self.incident
        }
        for one, other in sorted(self.judged.same):
            if one in home and other in home and home[one] != home[other]:
                kept, gone = sorted((home[one], home[other]))
                self.parts[kept] += self.parts[gone]
                home |= {self.incident[number]: kept for number in self.parts[gone] if number in self.incident}
                self.parts[gone] = []
        self.parts = [part for part in self.parts if part]


def _moving(groups: Sequence[Sequence[str]], within: Mapping[str, str]) -> list[Sequence[str]]:
    """Return the groups that are not just what an incident was before."""
    sizes: dict[str, int] = {}
    for name in within.values():
        sizes[name] = sizes.get(name, 0) + 1

    def stays(group: Sequence[str]) -> bool:
        name = within[group[0]]
        return name in group and len(group) == sizes[name] and all(within[each] == name for each in group)

    return [group for group in groups if not stays(group)]


def _tell(detail: dict[str, Any], named: Mapping[str, str], before: Mapping[str, str]) -> None:
    """Note for the log which incidents were touched, and which ids have become others."""
    detail["incidents"] = sorted({*detail.get("incidents", ()), *named.values()})
    merged = {old: named[old] for old in set(before.values()) if named.get(old, old) != old}
    if merged:
        detail["merged"] = dict(sorted({**detail.get("merged", {}), **merged}.items()))
    new = {name for incident, name in named.items() if incident in before and name not in before.values()}
    if new:
        detail["split"] = sorted({*detail.get("split", ()), *new})


def _reasons(reasons: Sequence[Any]) -> str:
    return canonical([reason if isinstance(reason, str | int | float) else _plain(reason) for reason in reasons])


def _plain(reason: Any) -> Any:
    """Return a reason as plain JSON, whatever record it is."""
    for name in ("model_dump", "_asdict"):
        if hasattr(reason, name):
            return getattr(reason, name)()
    return asdict(reason) if is_dataclass(reason) and not isinstance(reason, type) else str(reason)
