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
from sayso.ledger.blocks import Pair as NumberPair
from sayso.ledger.chain import Entry, canonical
from sayso.ledger.judged import Judged, any_judged, free_of_contradiction, judged
from sayso.ledger.linker import Comparison, Linker
from sayso.ledger.naming import name_clusters, retired
from sayso.ledger.summaries import summarise
from sayso.records import Reading, identify

_CACHED: Final = 20_000  # features of accounts that are held in memory, a few kilobytes each
_ACCOUNTS_AN_ENTRY: Final = 100_000  # numbers an entry of the log has for its accounts
_TOLD_AT: Final = 0.5  # pairs at least so likely are kept with their reasons
_LINKS, _CLUSTERS = schema.links, schema.clusters


@dataclass(slots=True)
class Joiner:
    """One writer's work on the incidents, within one entry of the log.

    Attributes:
        entry: the transaction.
        linker: features, keys, scores, clusters.
        features: number of an account → its features lately used; shared between entries.

    """

    entry: Entry
    linker: Linker
    features: dict[int, Any]
    withdrawn: set[str] = field(default_factory=set)  # incidents that lost an account

    def add(self, reading: Reading, reading_id: str) -> None:
        """File the accounts of a report's new reading, in the place of those of its former one."""
        (report,) = reading.reports
        touched, again = self._withdraw(report.id)
        loosened = {number for pair in again for number in pair}
        if again:  # before the new accounts are filed: they may make a key too common again
            self._score(sorted(again - self._linked(loosened).keys()))
        fresh = [self._account(reading, reading_id, position) for position in range(len(reading.incidents))]
        self.entry.add(schema.accounts, fresh)
        pairs: set[NumberPair] = set()
        for row in fresh:
            filed = blocks.file_account(
                self._connection, row["number"], json.loads(row["filed_under"]), self.linker.most
            )
            pairs |= filed.compare
            loosened |= filed.loosened
        if fresh:
            own = [{"incident": row["incident"], "account": row["number"], "within": ""} for row in fresh]
            self._connection.execute(sa.insert(_CLUSTERS), own)
        self._score(sorted(pairs))
        self.settle({*touched, *self._incidents(loosened), *(row["incident"] for row in fresh)})

    def settle(self, incidents: Collection[str], *, judging: bool = False) -> None:
        """Cluster again all that hangs together with these incidents of readings, and note what has moved.

        Args:
            incidents: of readings; those that are no more are passed over.
            judging: refuse judgements that contradict each other. Elsewhere "same" goes before "not same": a new
                reading may have brought together what two judgements spoke of.

        Raises:
            InputError: with ``judging``, the judgements contradict each other.

        """
        around = self._around(incidents)
        members = sorted(around.accounts)
        same = [pair for pair in sorted(around.judged.same) if around.accounts.keys() >= set(pair)]
        not_same = [pair for pair in sorted(around.judged.not_same) if around.accounts.keys() >= set(pair)]
        if not judging:
            not_same = free_of_contradiction(same, not_same)
        groups = self.linker.cluster(members, self._scored(around.accounts), same, not_same) if members else ()
        named = self._name([sorted(group) for group in groups], around.within)
        changed = {named[incident] for incident in incidents if incident in named}
        changed |= {name for incident, name in named.items() if around.within[incident] != name}
        changed |= {name for incident, name in around.within.items() if name and named[incident] != name}
        self._summarise(changed | self.withdrawn)

    def _summarise(self, touched: set[str]) -> None:
        query = sa.select(_CLUSTERS.c.within).where(_CLUSTERS.c.within.in_(sorted(touched))).distinct()
        present = set(self._connection.execute(query).scalars())
        summarise(self._connection, sorted(present), sorted(touched - present))

    @property
    def _connection(self) -> sa.Connection:
        return self.entry.connection

    def _account(self, reading: Reading, reading_id: str, position: int) -> dict[str, Any]:
        (report,), incident = reading.reports, reading.incidents[position]
        claims = [claim for claim in reading.claims if claim.incident == incident.id]
        features = self.linker.features_of(report, incident, claims)
        number = self.entry.seq * _ACCOUNTS_AN_ENTRY + position
        self._remember(number, features)
        return {
            "id": identify("ac", [reading_id, incident.id]),
            "number": number,
            "reading": reading_id,
            "report": report.id,
            "position": position,
            "incident": incident.id,
            "features": self.linker.write(features),
            "filed_under": canonical(sorted(set(self.linker.block_keys(features)))),
        }

    def _withdraw(self, report: str) -> tuple[set[str], set[NumberPair]]:
        """Take out the accounts of the report's former reading; return their neighbours, and pairs to compare again."""
        accounts = schema.accounts
        query = (
            sa.select(_CLUSTERS.c.account, _CLUSTERS.c.within, accounts.c.filed_under)
            .join(accounts, accounts.c.number == _CLUSTERS.c.account)
            .where(accounts.c.report == report)
        )
        gone = {row.account: row for row in self._connection.execute(query)}
        if not gone:
            return set(), set()
        again: set[NumberPair] = set()
        for number, row in gone.items():
            again |= blocks.withdraw_account(self._connection, number, json.loads(row.filed_under), self.linker.most)
        self._connection.execute(sa.delete(_CLUSTERS).where(_CLUSTERS.c.account.in_(sorted(gone))))
        within = sorted({row.within for row in gone.values()})
        self.withdrawn |= set(within)
        left = sa.select(_CLUSTERS.c.incident).where(_CLUSTERS.c.within.in_(within))
        return set(self._connection.execute(left).scalars()), {pair for pair in again if not gone.keys() & set(pair)}

    def _score(self, wanted: Sequence[NumberPair]) -> None:
        """Compare pairs and link them; those that are likely are also told in ``pairs``, with the reasons."""
        if not wanted:
            return
        self._load({number for pair in wanted for number in pair})
        links, likely = [], []
        for a, b in wanted:
            found = self.linker.compare(self.features[a], self.features[b])
            links += [{"a": a, "b": b, "score": float(found.score)}, {"a": b, "b": a, "score": float(found.score)}]
            if found.score >= _TOLD_AT:
                likely.append((a, b, found))
        self._connection.execute(sa.insert(_LINKS), links)
        self._tell_pairs(likely)

    def _tell_pairs(self, likely: Sequence[tuple[int, int, Comparison]]) -> None:
        if not likely:
            return
        ids = self._ids({number for a, b, _ in likely for number in (a, b)})
        rows = []
        for one, other, found in likely:
            a, b = sorted((ids[one], ids[other]))
            rows.append({"a": a, "b": b, "score": float(found.score), "reasons": _reasons(found.reasons)})
        table = schema.pairs
        query = sa.select(table.c.a, table.c.b).where(table.c.a.in_(sorted({row["a"] for row in rows})))
        told = {(row.a, row.b) for row in self._connection.execute(query)}  # before a key became common, for a while
        self.entry.add(table, [row for row in rows if (row["a"], row["b"]) not in told])

    def _incidents(self, numbers: set[int]) -> set[str]:
        if not numbers:
            return set()
        query = sa.select(_CLUSTERS.c.incident).where(_CLUSTERS.c.account.in_(sorted(numbers)))
        return set(self._connection.execute(query).scalars())

    def _ids(self, numbers: set[int]) -> dict[int, str]:
        table = schema.accounts
        query = sa.select(table.c.number, table.c.id).where(table.c.number.in_(sorted(numbers)))
        return {row.number: row.id for row in self._connection.execute(query)}

    def _load(self, numbers: set[int]) -> None:
        """Bring the features of accounts into memory."""
        missing = sorted(numbers - self.features.keys())
        while len(self.features) + len(missing) > _CACHED and self.features:
            number = next(iter(self.features))
            self.features.pop(number)
            missing += [number] if number in numbers else []
        if missing:
            table = schema.accounts
            query = sa.select(table.c.number, table.c.features).where(table.c.number.in_(missing))
            for row in self._connection.execute(query):
                self.features[row.number] = self.linker.parse(row.features)

    def _remember(self, number: int, features: Any) -> None:
        self.features[number] = features

    def _around(self, incidents: Collection[str]) -> _Around:
        """Return all that hangs together with these incidents by links that may join, and by judgements."""
        around = _Around({}, {}, Judged(frozenset(), frozenset()))
        waiting = set(incidents)
        anything_judged = any_judged(self._connection)
        while waiting:
            rows = self._component(waiting)
            near: set[str] = set()
            if anything_judged:
                verdicts = judged(self._connection, {row.incident for row in rows} | waiting)
                around.judged = Judged(around.judged.same | verdicts.same, around.judged.not_same | verdicts.not_same)
                near = {incident for pair in verdicts.same for incident in pair}
            around.take(rows)
            around.missing |= waiting
            waiting = near - around.accounts.keys() - around.missing
        return around

    def _component(self, incidents: Collection[str]) -> Sequence[Any]:
        """Return the rows of ``clusters`` that links of a score that may join lead to from these incidents."""
        start = sa.select(_CLUSTERS.c.account).where(_CLUSTERS.c.incident.in_(sorted(incidents)))
        reached = start.cte("reached", recursive=True)
        step = sa.select(_LINKS.c.b).join(reached, reached.c.account == _LINKS.c.a)
        reached = reached.union(step.where(_LINKS.c.score >= self.linker.join_at))
        query = sa.select(_CLUSTERS).join(reached, reached.c.account == _CLUSTERS.c.account)
        return self._connection.execute(query).all()

    def _scored(self, accounts: Mapping[str, int]) -> list[tuple[str, str, float]]:
        """Return the links among these (incident → number is given) as scored pairs of incidents."""
        incident = {number: name for name, number in accounts.items()}
        return [(incident[a], incident[b], score) for (a, b), score in self._linked(set(incident)).items()]

    def _linked(self, numbers: set[int]) -> dict[NumberPair, float]:
        """Return the links among accounts, the smaller number first."""
        query = sa.select(_LINKS.c.a, _LINKS.c.b, _LINKS.c.score).where(_LINKS.c.b > _LINKS.c.a)
        rows = self._connection.execute(query.where(_LINKS.c.a.in_(sorted(numbers)))).all()
        return {(a, b): score for a, b, score in rows if b in numbers}

    def _name(self, parts: Sequence[Sequence[str]], within: Mapping[str, str]) -> dict[str, str]:
        """Give every part its id, and write down each account whose incident has another one now."""
        before = {incident: name for incident, name in within.items() if name}
        order = self._order({*within, *before.values()})
        named = name_clusters(sorted(map(sorted, parts)), before, order)
        moved = {incident: name for incident, name in named.items() if before.get(incident) != name}
        led = retired(named, before, order)
        rows = [{"incident": incident, "within": name} for incident, name in sorted({**moved, **led}.items())]
        self.entry.add(schema.memberships, rows)
        if moved:
            change = sa.update(_CLUSTERS).where(_CLUSTERS.c.incident == sa.bindparam("which"))
            values = [{"which": incident, "name": name} for incident, name in sorted(moved.items())]
            self._connection.execute(change.values(within=sa.bindparam("name")), values)
        _tell(self.entry.detail, named, before)
        return named

    def _order(self, incidents: Collection[str]) -> dict[str, tuple[int, int]]:
        """Return when each was first added: number of the entry, position in the reading."""
        table = schema.accounts
        query = (
            sa.select(table.c.incident, table.c.seq, table.c.position)
            .where(table.c.incident.in_(sorted(incidents)))
            .order_by(table.c.seq.desc())
        )
        return {row.incident: (row.seq, row.position) for row in self._connection.execute(query)}


@dataclass(slots=True)
class _Around:
    """What hangs together: incident of a reading → number of its account, → the ledger's incident; the judgements."""

    accounts: dict[str, int]
    within: dict[str, str]
    judged: Judged
    missing: set[str] = field(default_factory=set)

    def take(self, members: Iterable[Any]) -> None:
        for row in members:
            self.accounts[row.incident] = row.account
            self.within[row.incident] = row.within


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
