"""A model small enough to reason about: its scores depend on nothing but the words."""

from __future__ import annotations

import string
from types import SimpleNamespace

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from sayso.language.model import Layer
from sayso.language.pieces import Vocabulary

SHAPES = ["pad", "lower", "title", "upper", "mixed", "digits", "punct", "unknown"]
WORDS = {"``": '"', "''": '"', "-LRB-": "("}
CHARACTERS = {"“": '"', "”": '"', "’": "'"}


def tokenizer() -> Tokenizer:
    """One piece a letter, so that pieces can be counted by eye."""
    alphabet = string.ascii_lowercase + string.digits + string.punctuation
    entries = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *alphabet, *(f"##{c}" for c in alphabet)]
    model = WordPiece({entry: number for number, entry in enumerate(entries)}, unk_token="[UNK]")
    result = Tokenizer(model)
    result.normalizer = BertNormalizer()
    result.pre_tokenizer = BertPreTokenizer()
    return result


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary(tokenizer(), {name: i for i, name in enumerate(SHAPES)}, WORDS, CHARACTERS, 6)


LAYERS = (
    Layer("upos", "tag", ("VOWEL", "OTHER"), output="tag.upos"),
    Layer("entity", "tag", ("O", "B-X", "I-X"), bio=True, output="tag.entity"),
    Layer("attribution", "tag", ("O", "B-cue", "I-cue"), bio=True, output="tag.attribution",
          transitions=np.zeros((3, 3), np.float32), start=np.zeros(3, np.float32), end=np.zeros(3, np.float32)),
    Layer("dep", "arc", ("root", "dep"), output="dep.head", labels_output="dep.label"),
    Layer("coref", "arc", (), output="coref.head", mention_column=1),
    Layer("quote", "anchor", ("O", "B-cue", "I-cue", "B-content", "I-content"), bio=True, index="quote.index",
          scores="quote.scores"),
    Layer("role", "class", ("main", "other"), output="tag.role"),
    Layer("factuality", "number", ("value",), output="tag.factuality", range=(-3, 3)),
)  # fmt: skip


class FakeModel:
    """Capitalised words are entities, words with z are cues, everything behind a cue is its content."""

    version, words, anchors, layers, threads = "fake", 20, ("quote",), LAYERS, 1

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.sizes: list[tuple[int, ...]] = []  # the shapes of the batches it was given
        self.vowels = vocabulary.look_up("aeiou")
        self.cue = vocabulary.look_up("z")[0].pieces[0]

    def layers_of(self, kind: str) -> tuple[Layer, ...]:
        return tuple(layer for layer in LAYERS if layer.kind == kind)

    def run(self, inputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        self.sizes.append(inputs["pieces"].shape)
        rows = np.arange(len(inputs["words"]))[:, None]
        first = inputs["pieces"][rows, inputs["words"]]  # B×W first piece of each word
        title = inputs["shapes"][rows, inputs["words"]] == SHAPES.index("title")
        there = inputs["wordmask"] == 1
        thinks = (first == self.cue) & there
        cue = thinks | (inputs["anchors"][..., 0] == 1)
        vowel = np.isin(first, [word.pieces[0] for word in self.vowels])
        width = first.shape[1]
        before = np.full((*first.shape, width + 1), -9.0)  # each word hangs from the word before it, the first is root
        before[:, np.arange(width), np.arange(width)] = 9.0
        index = np.argwhere(cue)
        behind = np.arange(width)[None] > index[:, 1:]
        starts = np.arange(width)[None] == index[:, 1:] + 1
        here = np.arange(width)[None] == index[:, 1:]
        zero = np.zeros_like(behind)
        content = np.where(starts[..., None], onehot(zero + 3, 5), np.where(behind[..., None], onehot(zero + 4, 5), 0))
        return {
            "tag.upos": onehot(np.where(vowel, 0, 1), 2),
            # deliberately invalid: I- without B-, to be mended by the decoder
            "tag.entity": onehot(np.where(title, 2, 0), 3) * 8
            + np.where(title, 7, 0)[..., None] * onehot(np.ones_like(title, int), 3),
            "tag.attribution": onehot(np.where(cue, 1, 0), 3),
            "tag.role": onehot(np.where(title, 0, 1), 2),
            "tag.factuality": np.where(vowel, 5.0, 0.126)[..., None].astype(np.float32),
            "tag.anchor": np.stack([np.where(thinks, 3.0, -3.0), np.where(title, 3.0, -3.0)], -1).astype(np.float32),
            "dep.head": before.astype(np.float32),
            "dep.label": onehot(np.ones_like(first), 2),
            "coref.head": before.astype(np.float32),
            "quote.index": index,
            "quote.scores": (2 * content + onehot(np.where(here, 1, 0), 5)).astype(np.float32),
            "embedding": np.stack([there.sum(1), vowel.sum(1)], 1).astype(np.float32),
        }


def onehot(ids: np.ndarray, size: int) -> np.ndarray:
    return np.eye(size, dtype=np.float32)[ids]


@pytest.fixture
def fake(vocabulary: Vocabulary) -> FakeModel:
    return FakeModel(vocabulary)


@pytest.fixture
def tools() -> SimpleNamespace:
    return SimpleNamespace(shapes=SHAPES, tokenizer=tokenizer)
