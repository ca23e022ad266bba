"""Events: GENEVA (115 types), WikiEvents (two-level types), verb → location, factuality of event mentions, sentence roles."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from .form import Anchor, Document, Span
from .words import cover, sentence_starts, tokenise

LOCATION_DEV = 10  # every tenth distinct sentence of event_location is ours for choices, never trained on


def _lines(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def geneva(data: Path, split: str) -> Iterator[Document]:
    """Trigger types on the first word of a trigger, roles from its argument spans (ends are exclusive in the file)."""
    for record in _lines(data / "geneva" / f"{split}.json"):
        places = {e["id"]: (e["start"], e["end"] - 1) for e in record["entity_mentions"]}
        words = record["tokens"]
        tags: list[str | float | None] = ["O"] * len(words)
        anchors: dict[int, list[Span]] = {}
        for event in record["event_mentions"]:
            word = event["trigger"]["start"]
            tags[word] = event["event_type"]
            roles = [(a["role"], *places[a["entity_id"]]) for a in event["arguments"] if a["entity_id"] in places]
            anchors.setdefault(word, []).extend(roles)
        document = Document("geneva", record["wnd_id"], words, record["sentence_starts"] or [0], tags={"trigger": tags})
        document.anchors["event"] = [Anchor(word, roles) for word, roles in sorted(anchors.items())]
        yield document


def wikievents(data: Path, split: str) -> Iterator[Document]:
    """Attacks in news: types cut to two levels; in train an argument is the occurrence of its text nearest to the trigger."""
    name = "wiki-train-human.jsonl" if split == "train" else "dev.jsonl"
    for number, record in enumerate(_lines(data / "wikievents" / name)):
        words = record["tokens"]
        tags: list[str | float | None] = ["O"] * len(words)
        mentions = {m["id"]: (m["start"], m["end"] - 1) for m in record.get("entity_mentions", [])}
        anchors: dict[int, list[Span]] = {}
        for event in record["event_mentions"]:
            trigger = event["trigger"]
            word = trigger.get("start", trigger.get("start_idx"))
            tags[word] = ".".join(event["event_type"].split(".")[:2])
            anchors.setdefault(word, []).extend(_roles(event["arguments"], mentions, words, word))
        starts = list(sentence_starts(words))
        document = Document("wikievents", f"{split}-{number}", words, starts, tags={"kairos": tags})
        document.anchors["kairos"] = [Anchor(word, roles) for word, roles in sorted(anchors.items())]
        yield document


def _roles(arguments: list[dict], mentions: dict[str, tuple[int, int]], words: list[str], word: int) -> list[Span]:
    roles: list[Span] = []
    for argument in arguments:
        place = mentions.get(argument.get("entity_id", "")) or nearest(words, argument["text"].split(), word)
        if place:
            roles.append((argument["role"], *place))
    return roles


def nearest(words: list[str], wanted: list[str], word: int, reach: int = 100) -> tuple[int, int] | None:
    """The occurrence of ``wanted`` nearest to ``word``, within ``reach`` words; None if there is none."""
    size = len(wanted)
    starts = [
        p
        for p in range(max(0, word - reach), min(len(words) - size + 1, word + reach))
        if words[p : p + size] == wanted
    ]
    if not starts or not size:
        return None
    first = min(starts, key=lambda p: abs(p - word))
    return (first, first + size - 1)


def locations(data: Path, split: str) -> Iterator[Document]:
    """Verb → where it happened; rejected items are left out, several verbs of one sentence are joined."""
    with gzip.open(data / "event_location/labeled_text.json.gz", "rt", encoding="utf-8") as file:
        items = [item for item in json.load(file) if item.get("answer", "accept") == "accept" and item.get("spans")]
    by_text: dict[str, list[dict]] = {}
    for item in items:
        by_text.setdefault(item["text"], []).append(item)
    for number, (text, same) in enumerate(by_text.items()):
        if (number % LOCATION_DEV == LOCATION_DEV - 1) == (split == "dev"):
            yield _location(str(number), text, same)


def _location(name: str, text: str, items: list[dict]) -> Document:
    tokens = tokenise(text)
    words = [word for word, _, _ in tokens]
    anchors: dict[int, list[Span]] = {}
    for item in items:
        spans = [(s["label"], cover(tokens, *_offsets(item, s))) for s in item["spans"]]
        verb = next((place for label, place in spans if label == "VERB" and place), None)
        if verb:
            roles = [("LOCATION", *place) for label, place in spans if label == "LOCATION" and place]
            anchors.setdefault(verb[0], []).extend(roles)
    document = Document("location", name, words, list(sentence_starts(words)))
    document.anchors["location"] = [Anchor(word, roles) for word, roles in sorted(anchors.items())]
    return document


def _offsets(item: dict, span: dict) -> tuple[int, int]:
    """Code points of a span. A seventh of the places are damaged: start = end = the number of its first token; their text is intact."""
    if span["start"] < span["end"]:
        return span["start"], span["end"]
    start = item["tokens"][span["token_start"]]["start"]
    return start, start + len(span["text"])


def factuality(data: Path, split: str) -> Iterator[Document]:
    """−3 (certainly did not happen) … +3 (certainly did) on the first word of an event mention."""
    for source in ("UW", "MEANTIME", "UDS_IH2"):
        for number, record in enumerate(_lines(data / "factuality" / source / f"{split}.jsonl")):
            words = record["text"].split()
            values: list[str | float | None] = [None] * len(words)
            for target in record["targets"]:
                if target["span1"][0] < len(words):
                    values[target["span1"][0]] = float(target["label"])
            if words:
                yield Document("factuality", f"{source}-{number}", words, [0], tags={"factuality": values})


def newsdiscourse(data: Path, split: str) -> Iterator[Document]:
    """Role of each sentence at its first word; `Speech` and `NA` are left out."""
    folder = {"train": "train", "dev": "validation"}[split]
    with tarfile.open(data / "newsdiscourse.tar.gz") as archive:
        files = {m.name: m for m in archive.getmembers() if f"/{folder}/" in m.name and "/._" not in m.name}
        for name in sorted(n for n in files if n.endswith(".txt")):
            annotation = files.get(name[:-3] + "ann")
            if annotation:
                yield _discourse(name, _text(archive, files[name]), _text(archive, annotation))


def _text(archive: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    file = archive.extractfile(member) or io.BytesIO()
    return file.read().decode("utf-8", "replace")


def _discourse(name: str, text: str, annotation: str) -> Document:
    roles = dict(_sentence_roles(annotation.splitlines()))
    words: list[str] = []
    starts, paragraphs = [], [0]
    tags: list[str | float | None] = []
    blank = False
    for line in text.splitlines():
        label, _, rest = line.strip().partition(" ")
        tokens = [word for word, _, _ in tokenise(rest)]
        if tokens:
            if blank and words:
                paragraphs.append(len(words))
            starts.append(len(words))
            words += tokens
            tags += [roles.get(label), *[None] * (len(tokens) - 1)]
            blank = False
        else:
            blank = True
    document = Document("newsdiscourse", Path(name).stem, words, starts or [0], paragraphs)
    document.tags["role"] = tags
    return document


def _sentence_roles(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        cells = line.split("\t")
        if line.startswith("T") and len(cells) > 2:
            role = cells[1].split()[0]
            if role not in {"NA", "Speech"}:
                yield cells[2].strip(), role


def masc(data: Path) -> Iterator[Document]:
    """MASC sentences with PropBank roles; not every predicate is marked, so the choice of predicates isn't trained on it."""
    from .ud import roles_of

    for record in _lines(data / "srl/masc-srl.jsonl"):
        if record["preds"]:
            size = len(record["words"])
            document = Document("masc", record["sent_id"], record["words"], [0], tags={"gold:srl": [None] * size})
            document.anchors["srl"] = [roles_of(predicate) for predicate in record["preds"]]
            yield document
