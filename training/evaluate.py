"""Scores of an exported build or a checkpoint: `python evaluate.py BUILD DATA PREPARED [--only ewt,gum,…] [--checkpoint FILE --run RUN]`.

A quick look for training decisions, on windows with gold words; the gated figures are `sayso eval language`, on the runtime.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from builds import Build, torch_runner
from decode import Bio, Counts
from model import ANCHOR_LAYERS
from prepare.form import Document, read, spans_of
from prepare.words import sentence_starts
from windows import MAX_WORDS, Window, cut

NO_TEST_GOLD = frozenset({"OTH"})  # UNER marks OTH in EWT train only: its dev and test leave it out


def packed(documents: list[Document], limit: int = MAX_WORDS) -> list[Window]:
    """Windows of consecutive sentences, or (limit 1) every paragraph alone."""
    return [
        window
        for document in documents
        for window in cut(document, limit, document.sentences if limit > 1 else document.paragraphs)
    ]


def tree(build: Build, documents: list[Document]) -> dict[str, float]:
    """UPOS, XPOS, UAS, LAS with gold words and sentences, argmax heads, relations without subtypes."""
    upos, xpos, relations = (build.layers[name]["labels"] for name in ("upos", "xpos", "dep"))
    right = dict.fromkeys(("upos", "xpos", "uas", "las"), 0)
    total = 0
    for window, out in build.over(packed(documents)):
        document = window.document
        heads, labels = out["dep.head"].argmax(-1), out["dep.label"].argmax(-1)
        for place in range(window.end - window.first):
            word = window.first + place
            head = -1 if heads[place] == 0 else int(heads[place]) - 1 + window.first
            attached = head == document.heads[word]  # type: ignore[index]
            right["upos"] += upos[int(out["tag.upos"][place].argmax())] == document.tags["upos"][word]
            right["xpos"] += xpos[int(out["tag.xpos"][place].argmax())] == document.tags["xpos"][word]
            right["uas"] += attached
            right["las"] += attached and relations[int(labels[place])] == document.relations[word]  # type: ignore[index]
            total += 1
    return {name: 100 * count / total for name, count in right.items()}


def spans(
    build: Build, documents: list[Document], layer: str, limit: int = MAX_WORDS, ignored: frozenset[str] = frozenset()
) -> dict[str, float]:
    """Exact span F1 of a BIO layer per label and over all; words without gold and ignored labels are left out."""
    decoder, counts = Bio(build.layers[layer]), {"all": Counts()}
    for window, out in build.over(packed(documents, limit)):
        tags = window.document.tags[layer][window.first : window.end]
        gold = set(spans_of([str(tag or "O") for tag in tags]))
        known = {place for place, tag in enumerate(tags) if tag is not None}
        found = {span for span in decoder.spans(out[f"tag.{layer}"]) if span[1] in known and span[0] not in ignored}
        for label in {span[0] for span in gold | found}:
            one = counts.setdefault(label, Counts())
            one.add({s for s in found if s[0] == label}, {s for s in gold if s[0] == label})
        counts["all"].add(found, gold)
    return {label: count.f1() for label, count in sorted(counts.items())}


def roles(
    build: Build, documents: list[Document], layer: str, sentence_only: bool, head_only: bool = False
) -> dict[str, float]:
    """Span F1 of the roles of gold anchors (V itself is no role); ``head_only`` compares last words, not spans."""
    decoder, counts = Bio(build.anchors[layer]), Counts()
    for window, out in build.over(packed(documents), layer):
        picked = {int(word): row for row, word in enumerate(out[f"{layer}.index"])}
        bounds = [*window.document.sentences, len(window.document.words)]
        for anchor in window.document.anchors.get(layer, []):
            if not window.first <= anchor.word < window.end:
                continue
            first, end = window.first, window.end
            if sentence_only:
                first = max(first, max(b for b in bounds if b <= anchor.word))
                end = min(end, min(b for b in bounds if b > anchor.word))
            scores = out[f"{layer}.scores"][
                picked[anchor.word - window.first], first - window.first : end - window.first
            ]
            found = {(label, a + first, b + first) for label, a, b in decoder.spans(scores)}
            gold = {tuple(role) for role in anchor.roles}
            if head_only:
                found, gold = {(s[0], s[2]) for s in found}, {(s[0], s[2]) for s in gold}
            counts.add(found, gold)
    return {
        "f1": counts.f1(),
        "precision": 100 * counts.right / max(1, counts.predicted),
        "recall": 100 * counts.right / max(1, counts.gold),
    }


def picks(build: Build, documents: list[Document], layer: str) -> dict[str, float]:
    """F1 of the choice of anchor words."""
    counts, column, decide = Counts(), ANCHOR_LAYERS.index(layer), build.anchors[layer]["decide"]
    for window, out in build.over(packed(documents)):
        chosen = 1 / (1 + np.exp(-out["tag.anchor"][:, column])) > decide
        gold = {
            a.word - window.first for a in window.document.anchors.get(layer, []) if window.first <= a.word < window.end
        }
        known = window.document.tags.get(f"gold:{layer}")
        found = {int(p) for p in chosen.nonzero()[0] if known is None or known[p + window.first] is not None}
        counts.add(found, gold)
    return {"f1": counts.f1()}


def words(build: Build, documents: list[Document], layer: str) -> dict[str, float]:
    """F1 of (word, label) of a tag layer whose label O means nothing."""
    counts, labels = Counts(), build.layers[layer]["labels"]
    for window, out in build.over(packed(documents)):
        found = {(p, labels[i]) for p, i in enumerate(out[f"tag.{layer}"].argmax(-1)) if labels[i] != "O"}
        tags = window.document.tags[layer][window.first : window.end]
        found = {item for item in found if tags[item[0]] is not None}
        counts.add(found, {(p, tag) for p, tag in enumerate(tags) if tag not in (None, "O")})
    return {
        "f1": counts.f1(),
        "precision": 100 * counts.right / max(1, counts.predicted),
        "recall": 100 * counts.right / max(1, counts.gold),
    }


def cofenet(path: Path) -> list[Document]:
    """The published comparison's instances; those of one text follow each other and form one document, an instance a paragraph."""
    by_text: dict[str, Document] = {}
    for record in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        document = by_text.setdefault(
            record["id"], Document("cofenet", record["id"], [], [], [], tags={"attribution": []})
        )
        document.sentences += sentence_starts(record["tokens"], len(document.words))
        document.paragraphs.append(len(document.words))
        document.words += record["tokens"]
        document.tags["attribution"] += record["labels"]
    return list(by_text.values())


def linked(build: Build, documents: list[Document]) -> dict[str, float]:
    """F1 of (cue's first word, role, span) of predicted anchors, and of whole attributions with all their spans right."""
    decoder, counts, whole = Bio(build.anchors["quote"]), Counts(), Counts()
    column = ANCHOR_LAYERS.index("quote")
    for window, out in build.over(packed(documents)):
        sure = 1 / (1 + np.exp(-out["tag.anchor"][:, column])) > build.anchors["quote"]["decide"]
        found = {
            int(w): frozenset(decoder.spans(out["quote.scores"][r]))
            for r, w in enumerate(out["quote.index"])
            if sure[w]
        }
        gold: dict[int, frozenset] = {}
        for anchor in window.document.anchors["quote"]:
            if window.first <= anchor.word < window.end:
                inside = [
                    (k, max(a - window.first, 0), min(b, window.end - 1) - window.first)
                    for k, a, b in anchor.roles
                    if a < window.end and b >= window.first
                ]
                gold[anchor.word - window.first] = frozenset(inside)
        counts.add(
            {(w, *s) for w, all_ in found.items() for s in all_}, {(w, *s) for w, all_ in gold.items() for s in all_}
        )
        whole.add(set(found.items()), set(gold.items()))
    return {"span": counts.f1(), "whole": whole.f1()}


def numbers(build: Build, documents: list[Document], layer: str) -> dict[str, float]:
    """Mean absolute error and correlation of a number layer."""
    pairs = []
    for window, out in build.over(packed(documents)):
        values = window.document.tags[layer][window.first : window.end]
        pairs += [
            (float(value), float(out[f"tag.{layer}"][p, 0])) for p, value in enumerate(values) if value is not None
        ]
    gold, found = np.array(pairs).T
    return {"mae": float(np.abs(gold - found).mean()), "r": float(np.corrcoef(gold, found)[0, 1])}


def classes(build: Build, documents: list[Document], layer: str) -> dict[str, float]:
    """Accuracy of a class layer where it has gold."""
    right, labels = [], build.layers[layer]["labels"]
    for window, out in build.over(packed(documents)):
        values = window.document.tags[layer][window.first : window.end]
        right += [
            labels[int(out[f"tag.{layer}"][p].argmax())] == value for p, value in enumerate(values) if value is not None
        ]
    return {"accuracy": 100 * float(np.mean(right))}


def suite(build: Build, data: Path, prepared: Path) -> dict[str, Callable[[], dict[str, float]]]:
    """Every figure by name, computed when called."""
    from neighbours import nearest_report
    from timeml import timebank

    def of(name: str) -> list[Document]:
        return list(read(prepared / f"{name}.jsonl.gz"))

    checks: dict[str, Callable[[], dict[str, float]]] = {}
    for split in ("dev", "test"):
        checks[f"ewt.{split}"] = lambda s=split: tree(build, of(f"ewt.{s}"))
        checks[f"gum.{split}"] = lambda s=split: tree(build, of(f"gum.{s}"))
        checks[f"uner.{split}"] = lambda s=split: spans(build, of(f"ewt.{s}"), "entity", ignored=NO_TEST_GOLD)
        checks[f"srl.{split}"] = lambda s=split: roles(build, of(f"ewt.{s}"), "srl", True)
        checks[f"srl_picks.{split}"] = lambda s=split: picks(build, of(f"ewt.{s}"), "srl")
    checks["polnear"] = lambda: spans(build, cofenet(data / "polnear/cofenet/valid.txt"), "attribution")
    checks["polnear_alone"] = lambda: spans(build, cofenet(data / "polnear/cofenet/valid.txt"), "attribution", 1)
    checks["polnear_raw"] = lambda: spans(build, of("polnear.dev"), "attribution")
    checks["quote"] = lambda: linked(build, of("polnear.dev"))
    checks["timex"] = lambda: timebank(build, data)
    checks["kairos_trigger"] = lambda: words(build, of("wikievents.dev"), "kairos")
    checks["kairos_roles"] = lambda: roles(build, of("wikievents.dev"), "kairos", False, True)
    checks["trigger"] = lambda: words(build, of("geneva.dev"), "trigger")
    checks["event_roles"] = lambda: roles(build, of("geneva.dev"), "event", False)
    checks["location"] = lambda: roles(build, of("location.dev"), "location", False)
    checks["location_picks"] = lambda: picks(build, of("location.dev"), "location")
    checks["factuality"] = lambda: numbers(build, of("factuality.dev"), "factuality")
    checks["embedding"] = lambda: nearest_report(build, data)
    checks["role"] = lambda: classes(build, of("newsdiscourse.dev"), "role")
    return checks


def main() -> None:
    """Print one JSON line per figure group."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("prepared", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--run", type=Path)
    options = parser.parse_args()
    runner = torch_runner(options.checkpoint, options.run) if options.checkpoint else None
    build = Build(options.build, runner)
    for name, check in suite(build, options.data, options.prepared).items():
        if not options.only or name.split(".")[0] in options.only.split(",") or name in options.only.split(","):
            print(json.dumps({name: {key: round(value, 2) for key, value in check().items()}}), flush=True)


if __name__ == "__main__":
    main()
