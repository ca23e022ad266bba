"""Fetching: one way out of the house (``Fetcher``), past one guard at the door (``egress``)."""

from sayso.intake.fetching.egress import Egress, is_public
from sayso.intake.fetching.fetcher import Answered, Fetcher, Manners

__all__ = ["Answered", "Egress", "Fetcher", "Manners", "is_public"]
