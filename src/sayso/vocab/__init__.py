"""Taxonomy, lexicons and gazetteer: what the reader knows about words and the world, as data with one loader.

A lexicon is ``NAME.toml`` here, with ``[[entry]]`` tables. To use one::

    class Cue(Entry):
        name: str                     # the first field names the entry and is unique
        phrases: tuple[str, ...]

    cues = load_table("cues", Cue)
    matcher = PhraseMatcher(phrase_table(cues, lambda cue: cue.phrases, place="cues"))
    matcher.find(text)                # [(start, end, cue), …]
"""

from sayso.vocab.loader import Entry, load_table, name_of, phrase_table
from sayso.vocab.phrases import PhraseMatcher

__all__ = ["Entry", "PhraseMatcher", "load_table", "name_of", "phrase_table"]
