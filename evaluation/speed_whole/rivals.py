"""For scale: what a user would otherwise run on the same archive, as far as it is installed.

    python -m evaluation.speed_whole.rivals trafilatura-tfidf|spacy-rules ARCHIVE

prints as JSON reports, seconds, seconds of the processor and megabytes; exit code 4 and a word where something is not
installed (`pip install scikit-learn spacy`). Neither says who says what: they are here for their speed only.

- trafilatura-tfidf: trafilatura's text of each page, TF-IDF vectors, clusters by agglomeration at cosine distance 0.6.
- spacy-rules: the same texts through spaCy's blank English pipeline with a sentencizer and an entity ruler that has the
  words of our lists for weapons and happenings, and towns of the gazetteer: what one writes in an afternoon.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from typing import Any

NOTHING = 4
DISTANCE = 0.6
WORDS = (
    "killed", "wounded", "injured", "attack", "explosion", "car bomb", "suicide bomber", "rockets", "mortar shells",
    "drones", "roadside bomb", "gunmen", "abducted", "arrested", "police", "army", "ministry", "governor",
)  # fmt: skip


def texts(archive: str) -> Iterator[str]:
    """Yield the text that trafilatura finds in each page."""
    import trafilatura
    from warcio.archiveiterator import ArchiveIterator

    with open(archive, "rb") as stream:  # noqa: PTH123 - warcio wants a file
        for record in ArchiveIterator(stream):
            if record.rec_type == "response":
                yield trafilatura.extract(record.content_stream().read().decode()) or ""


def tfidf(found: list[str]) -> dict[str, Any]:
    """Cluster texts."""
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(found)
    way = AgglomerativeClustering(None, distance_threshold=DISTANCE, metric="cosine", linkage="average")
    return {"clusters": len(set(way.fit_predict(vectors.toarray())))}


def rules(found: list[str]) -> dict[str, Any]:
    """Find words of lists."""
    import spacy

    from evaluation.speed_whole.made import towns

    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    ruler: Any = pipeline.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    patterns = [{"label": "EVENT", "pattern": word} for word in WORDS]
    ruler.add_patterns(patterns + [{"label": "PLACE", "pattern": town} for town in towns()])
    return {"entities": sum(len(each.ents) for each in pipeline.pipe(found))}


def main(which: str, archive: str) -> int:
    """Print what it takes."""
    try:
        if which == "spacy-rules":
            import spacy  # noqa: F401
        else:
            import sklearn  # noqa: F401
        import trafilatura  # noqa: F401
    except ImportError as error:
        print(f"{which}: {error.name} is not installed", file=sys.stderr)
        return NOTHING
    began = time.perf_counter()
    found = list(texts(archive))
    told = rules(found) if which == "spacy-rules" else tfidf(found)
    seconds = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_SELF)
    megabytes = round(used.ru_maxrss / 1024)
    print(
        json.dumps(
            {
                "reports": len(found),
                "seconds": seconds,
                "cpu": used.ru_utime + used.ru_stime,
                "rss_mb": megabytes,
                **told,
            }
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
