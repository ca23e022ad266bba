"""What the layer ``claim`` is: its labels, and what of the graph it reads. Needs nothing installed."""

MARKS = (
    "perpetrator", "cleared", "target", "killed", "injured", "abducted", "arrested", "missing", "displaced", "weapon",
    "weapon_count", "weapon_failed", "where", "when", "damage", "motive", "claimed", "unclaimed", "disclaimed",
    "said", "sayer",
)  # fmt: skip
"""Fields; of authors those accused and those cleared, of responsibility what is claimed, said to be unclaimed, denied;
and whose words they are: ``said`` by somebody, not by the report itself, and the ``sayer``."""
STATES, CONTEXT = 384, 192
"""Numbers a word: the encoder's state of its first piece, and what is seen of the tree."""
HIDDEN, SEEN = "/GatherElements_output_0", "/context/Mul_3_output_0"
"""Names in the traced graph of what the tag layers read (``export.Exported``)."""
