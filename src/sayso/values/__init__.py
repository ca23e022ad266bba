"""The values a claim can hold: when, how many, how sure, where, who."""

from sayso.values.actor import Actor, ActorKind
from sayso.values.base import Value
from sayso.values.certainty import Certainty
from sayso.values.moment import Moment
from sayso.values.place import Place, Precision
from sayso.values.quantity import Quantity

__all__ = ["Actor", "ActorKind", "Certainty", "Moment", "Place", "Precision", "Quantity", "Value"]
