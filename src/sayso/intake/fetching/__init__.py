"""Two ways out of the house (``Fetcher`` gets, ``Poster`` sends), past one guard at the door (``egress``)."""

from sayso.intake.fetching.egress import Egress, is_public
from sayso.intake.fetching.fetcher import Answered, Fetcher, Manners
from sayso.intake.fetching.posting import Posted, Poster

__all__ = ["Answered", "Egress", "Fetcher", "Manners", "Posted", "Poster", "is_public"]
