"""Report.text → Analysis: tokens and sentences by rule, everything else by one encoder with many layers.

``analyse(reports)`` is the way in; ``Analysis`` is what comes out.
"""

from sayso.language.analysis import Analysis, Anchor, Arcs, Chunk, Labels, Sentence, Token
from sayso.language.engine import analyse
from sayso.language.rules import analyse_by_rule

__all__ = ["Analysis", "Anchor", "Arcs", "Chunk", "Labels", "Sentence", "Token", "analyse", "analyse_by_rule"]
