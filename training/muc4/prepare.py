"""Training texts of MUC-4 → one pickle of arrays: `PYTHONPATH=src:. python training/muc4/prepare.py DATA OUT.pkl`.

Run in the package's environment. What stands in the pickle of each text: token states (projected on their principal
components; of the text in capitals, and of the cased text), labels, words, sentence numbers, BIO labels of every role, and
the mentions with their templates and attributes. The components and the list of attributes go along.
"""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from evaluation.muc4 import long
from evaluation.muc4.casing import with_case
from evaluation.muc4.dates import expressions, published, read
from evaluation.muc4.gold import SLOT_OF, places
from evaluation.muc4.network import ROLES
from evaluation.muc4.places import Atlas, parts, read_atlas, toponyms
from evaluation.muc4.reading import sentences_of
from evaluation.muc4.states import CAPITALS, CASED, States, encoder
from evaluation.muc4_scorer.keys import Fill, Template, read_json_templates
from sayso.language.analysis import Analysis
from sayso.language.inputs import build
from sayso.language.runs import alone
from sayso.records import Report, identify

COMPONENTS = 320
SAMPLED = 30  # tokens of each text that the components are fitted on
PERSON = {"ht": "hum-tgt-type", "he": "hum-tgt-effect"}
GROUPS = {
    "thing": {"pt": "phys-tgt-type", "pe": "phys-tgt-effect"},
    "org": {"c": "perp-org-conf"},
    "weapon": {"w": "inc-instr-type"},
    "name": PERSON,
    "person": PERSON,
}
WHOLE = {"t": "inc-type", "s": "inc-stage", "k": "perp-inc-cat"}


def main() -> None:
    data, out = Path(sys.argv[1]) / "muc4", Path(sys.argv[2])
    key, atlas = read_json_templates(data / "train.jsonl"), read_atlas(data / "taskdoc")
    names: dict[str, int] = {}
    texts = []
    for line in (data / "train.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        states = encoder().read(Report(id=identify("re", row["id"]), text=row["text"]))
        texts.append(text_of(states, key[row["id"]], atlas, names))
    components = project(texts)
    out.write_bytes(pickle.dumps({"texts": texts, "attributes": list(names), "components": components}, protocol=5))


def project(texts: list[dict]) -> dict[str, np.ndarray]:
    """Replace the states by their principal components; return how."""
    found = fitted([text["states"] for text in texts])
    for text in texts:
        text["states"], text["cased"] = projected(text["states"], found), projected(text["cased"], found)
    return found


def projected(states: np.ndarray, components: dict[str, np.ndarray]) -> np.ndarray:
    scaled = (states.astype(np.float32) - components["mu"]) / components["sd"]
    return (scaled @ components["pca"]).astype(np.float16)


def fitted(states: list[np.ndarray]) -> dict[str, np.ndarray]:
    """Mean, spread and principal axes of some states of each text, the lesser components raised a little."""
    rng = np.random.default_rng(0)
    some = np.concatenate([own[rng.permutation(len(own))[:SAMPLED]] for own in states]).astype(np.float32)
    mu, sd = some.mean(0), some.std(0) + 1e-3
    some = (some - mu) / sd
    power, axes = np.linalg.eigh(some.T @ some / len(some))
    best = np.argsort(-power)[:COMPONENTS]
    pca = (axes[:, best] / power[best] ** 0.25).astype(np.float32)
    pca /= (some @ pca).std()
    return {"mu": mu, "sd": sd, "pca": pca}


def text_of(states: States, templates: Sequence[Template], atlas: Atlas, names: dict[str, int]) -> dict:
    bio = np.zeros((len(states.words), len(ROLES)), np.int8)
    mentions = []
    for role, first, last, wanted, attributes in (*strings(states, templates), *rewritten(states, templates, atlas)):
        bio[first, ROLES.index(role)] = 1
        bio[first + 1 : last, ROLES.index(role)] = 2
        told = attributes | {name for number in wanted for name in whole(templates[number])}
        mentions.append(
            (
                ROLES.index(role),
                first,
                last,
                tuple(sorted(wanted)),
                tuple(sorted(names.setdefault(n, len(names)) for n in sorted(told))),
            )
        )
    text = {name for template in templates for name in whole(template)}
    return {
        "id": states.analysis.report.id, **pieces(states.analysis),
        "states": states.views[CAPITALS].states, "labels": states.views[CAPITALS].labels.astype(np.int16),
        "cased": states.views[CASED].states, "words": states.words.astype(np.int16),
        "sentences": sentences_of(states.analysis).astype(np.int16), "bio": bio, "mentions": mentions, "templates": len(templates),
        "text": tuple(sorted(names.setdefault(n, len(names)) for n in sorted(text))),
        "optional": bool(templates) and all(template.optional for template in templates),
    }  # fmt: skip


def pieces(analysis: Analysis) -> dict:
    """Long windows: pieces, shapes in capitals and with case, and per token its window and the place of its first piece."""
    vocabulary, forms = encoder().vocabulary, (analysis, with_case(analysis))
    out: dict[str, list[np.ndarray]] = {"pieces": [], "shapes": [], "window": [], "start": []}
    for number, pair in enumerate(zip(*(long.rows(form, vocabulary) for form in forms), strict=True)):
        inputs = [next(alone(build([row], vocabulary, ()))) for row in pair]
        out["pieces"].append(inputs[0]["pieces"][0].astype(np.int32))
        out["shapes"].append(np.stack([own["shapes"][0] for own in inputs]).astype(np.int8))
        out["start"].append(inputs[0]["words"][0].astype(np.int32))
        out["window"].append(np.full(len(inputs[0]["words"][0]), number, np.int32))
    return {
        "pieces": out["pieces"], "shapes": out["shapes"],
        "window": np.concatenate(out["window"]), "start": np.concatenate(out["start"]),
    }  # fmt: skip


def strings(states: States, templates: Sequence[Template]) -> Iterator[tuple]:
    for place in places(states.analysis, templates):
        attributes: set[str] = set()
        for number, index in place.fills:
            attributes |= own(place.role, templates[number], templates[number].fills[SLOT_OF[place.role]][index])
        yield place.role, place.first, place.last, {number for number, _ in place.fills}, attributes


def own(role: str, template: Template, fill: Fill) -> set[str]:
    """Attributes that the fills with a string's tag give it."""
    tags = {*fill.values, *(fill.refs if role == "person" else ())}
    found = {
        f"{group}:{other.values[0]}"
        for group, slot in GROUPS.get(role, {}).items()
        for other in template.fills.get(slot, ())
        if set(other.refs) & tags
    }
    return found | ({"named"} if role == "person" and fill.refs else set())


def whole(template: Template) -> list[str]:
    """Attributes of an incident as a whole."""
    found = [f"{group}:{fill.values[0]}" for group, slot in WHOLE.items() for fill in template.fills.get(slot, ())]
    found += [f"m:{fill.values[0]}" for fill in template.fills.get("inc-instr-type", ()) if fill.refs in ((), ("-",))]
    return found + [f"n:{fill.values[0].split(':')[0]}" for fill in template.fills.get("inc-loc", ())]


def rewritten(states: States, templates: Sequence[Template], atlas: Atlas) -> Iterator[tuple]:
    """Dates and places that the key writes in its own form."""
    for dated in expressions(states.analysis, published(states.analysis.report.text)):
        wanted = {
            n
            for n, template in enumerate(templates)
            if any(same_day(dated.value, v) for f in template.fills.get("inc-date", ()) for v in f.values)
        }
        if wanted:
            yield "date", dated.first, dated.last, wanted, set()
    named = [
        {name for f in template.fills.get("inc-loc", ()) for v in f.values for name in parts(v)}
        for template in templates
    ]
    for spot in toponyms(states.analysis, atlas):
        wanted = {n for n, names in enumerate(named) if names & {place.name for place in spot.places}}
        if wanted:
            yield "place", spot.first, spot.last, wanted, set()


def same_day(mine: str, theirs: str) -> bool:
    first, last = read(mine)
    if mine.startswith("-") and theirs.startswith("-"):
        return False
    return mine == theirs or (first is not None and first == last and first in read(theirs))


if __name__ == "__main__":
    main()
