"""Words → normalised words → pieces and case shapes, exactly as CONTRACT.md tells the runtime to do it."""

from __future__ import annotations

from pathlib import Path

from encoder import SHAPES
from tokenizers import Tokenizer

WORDS = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
CHARACTERS = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "`": "'"}
MAX_PIECES = 6
CASED = {SHAPES.index(name) for name in ("lower", "title", "upper", "mixed")}
UNKNOWN_SHAPE = SHAPES.index("unknown")
ONE_CASE_WORDS = 5  # fewer letter words than this say nothing about the case of a text


def normalise(word: str) -> str:
    """The form of a word that is cut into pieces."""
    word = WORDS.get(word, word)
    return "".join(CHARACTERS.get(character, character) for character in word)


def shape(word: str) -> int:
    """Case-shape id of one word."""
    if not any(character.isalnum() for character in word):
        name = "punct"
    elif any(character.isdigit() for character in word):
        name = "digits"
    elif word == word.lower():
        name = "lower"
    elif word[0].isupper() and word[1:] == word[1:].lower():
        name = "title"
    elif word == word.upper():
        name = "upper"
    else:
        name = "mixed"
    return SHAPES.index(name)


def window_shapes(words: list[str]) -> list[int]:
    """Shapes of a window's words; all letter shapes are unknown where the window has one case only."""
    shapes = [shape(word) for word in words]
    letters = [word for word, kind in zip(words, shapes, strict=True) if kind in CASED]
    has_lower = any(word != word.upper() for word in letters)
    has_upper = any(word != word.lower() for word in letters)
    if len(letters) >= ONE_CASE_WORDS and not (has_lower and has_upper):
        return [UNKNOWN_SHAPE if kind in CASED else kind for kind in shapes]
    return shapes


class Pieces:
    """Cached word → piece ids."""

    def __init__(self, tokenizer: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(tokenizer))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.cls, self.sep, self.unk = (self.tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]", "[UNK]"))
        self.cache: dict[str, list[int]] = {}

    def __call__(self, word: str) -> list[int]:
        """1…6 piece ids."""
        found = self.cache.get(word)
        if found is None:
            found = self.tokenizer.encode(normalise(word), add_special_tokens=False).ids[:MAX_PIECES] or [self.unk]
            self.cache[word] = found
        return found
