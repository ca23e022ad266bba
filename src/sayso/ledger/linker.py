"""What the ledger asks of linking: pure functions over the features of accounts, none of which knows of a store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from sayso.records import Claim, Incident, Report

Pair = tuple[str, str]


class Comparison(Protocol):
    """How alike two accounts are."""

    @property
    def score(self) -> float:
        """0 (two happenings) to 1 (one happening)."""
        ...

    @property
    def reasons(self) -> Sequence[Any]:
        """What spoke for it and against it."""
        ...


class Linker(Protocol):
    """Features, blocks, scores and clusters; ``sayso.linking`` in earnest, something quicker in tests of the store."""

    @property
    def most(self) -> int:
        """A key that more accounts bear says nothing."""
        ...

    @property
    def keep_at(self) -> float:
        """Pairs of this score and less say no more than silence."""
        ...

    @property
    def levels(self) -> tuple[float, ...]:
        """Scores, ascending: pairs above the first may bring accounts together; the others cut what is too large."""
        ...

    @property
    def largest(self) -> int:
        """Accounts that are clustered at once; more are cut at the next level."""
        ...

    def features_of(self, report: Report, incident: Incident, claims: Sequence[Claim], *, main: bool = True) -> Any:
        """Return what is compared of one account; ``main`` says whether the report is about this incident."""
        ...

    def write(self, features: Any) -> str:
        """Return features as JSON."""
        ...

    def parse(self, text: str) -> Any:
        """Return the features that :meth:`write` wrote."""
        ...

    def trace(self, report: Report) -> str:
        """Return, as JSON, what tells copies of one story."""
        ...

    def block_keys(self, features: Any) -> Iterable[str]:
        """Return the keys an account is filed under."""
        ...

    def compare(self, a: Any, b: Any) -> Comparison:
        """Return how alike two accounts are; the order does not matter."""
        ...

    def cluster(
        self,
        ids: Iterable[str],
        scored: Iterable[tuple[str, str, float]],
        same: Iterable[Pair] = (),
        not_same: Iterable[Pair] = (),
    ) -> Iterable[Iterable[str]]:
        """Return the ids in groups, one a happening: the same ones whatever the order of what is given."""
        ...
