"""``sayso.linking`` in the shape that the ledger asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sayso.ledger.linker import Comparison, Linker, Pair
from sayso.linking.blocking import MOST, block_keys
from sayso.linking.clusters import LEAST, LEVELS, cluster
from sayso.linking.clusters import MOST as MOST_AT_ONCE
from sayso.linking.compare import NOTHING
from sayso.linking.features import Features, features_of
from sayso.linking.origins import origin_features
from sayso.linking.sifting import likely
from sayso.records import Claim, Incident, Report


class FeatureLinker:
    """Linking by the features of ``sayso.linking``."""

    most = MOST
    keep_at = LEAST
    levels = LEVELS
    largest = MOST_AT_ONCE

    def features_of(
        self, report: Report, incident: Incident, claims: Sequence[Claim], *, main: bool = True
    ) -> Features:
        """Return what is compared of one account."""
        return features_of(report, incident, claims, main=main)

    def write(self, features: Any) -> str:
        """Return features as JSON."""
        return str(features.model_dump_json())

    def parse(self, text: str) -> Features:
        """Return the features that :meth:`write` wrote."""
        return Features.model_validate_json(text)

    def trace(self, report: Report) -> str:
        """Return, as JSON, what tells copies of one story."""
        return origin_features(report).to_json()

    def block_keys(self, features: Any) -> Iterable[str]:
        """Return the keys an account is filed under."""
        return block_keys(features)

    def compare(self, a: Any, b: Any) -> Comparison:
        """Return how alike two accounts are; of those that say no more than silence, only that."""
        return likely(a, b) or NOTHING

    def cluster(
        self,
        ids: Iterable[str],
        scored: Iterable[tuple[str, str, float]],
        same: Iterable[Pair] = (),
        not_same: Iterable[Pair] = (),
    ) -> Iterable[Iterable[str]]:
        """Return the ids in groups, one a happening."""
        return cluster(ids, scored, same, not_same)


def default_linker() -> Linker:
    """Return what brings accounts together."""
    return FeatureLinker()
