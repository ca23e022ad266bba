"""Words → word pieces and case shapes, as the model was trained on them (``training/CONTRACT.md``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sayso.language.marks import mark_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tokenizers import Tokenizer

_ONE_CASE_WORDS = 5  # fewer words with letters than this say nothing about the case of a text
_CASED = frozenset({"lower", "title", "upper", "mixed"})
_CACHE_LIMIT = 200_000


def shape(word: str) -> str:
    """Return the name of a word's case shape."""
    if not any(character.isalnum() for character in word):
        return "punct"
    if any(character.isdigit() for character in word):
        return "digits"
    if word == word.lower():
        return "lower"
    if word[0].isupper() and word[1:] == word[1:].lower():
        return "title"
    return "upper" if word == word.upper() else "mixed"


class Word(NamedTuple):
    """What the model is told of a word, whatever stands around it."""

    pieces: list[int]
    shape: int
    cased: bool  # its shape is lower, title, upper or mixed
    has_lower: bool
    has_upper: bool
    mark: int  # ``Mark``: what it is to the edge of a stretch; the model isn't told


def _id(tokenizer: Tokenizer, name: str) -> int:
    number = tokenizer.token_to_id(name)
    if number is None:
        raise ValueError(f"the tokenizer has no {name}")
    return int(number)


class Vocabulary:
    """Looks words up; every different word is cut into pieces once.

    Args:
        tokenizer: the model's word-piece tokenizer.
        shapes: shape name → id.
        words: exact word → what it is read as.
        characters: character → what it is read as.
        most: how many pieces of a word are kept.

    """

    def __init__(
        self, tokenizer: Tokenizer, shapes: Mapping[str, int], words: Mapping[str, str], characters: Mapping[str, str],
        most: int,
    ) -> None:  # fmt: skip
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer, self._shapes, self._words, self._most = tokenizer, shapes, words, most
        self._characters = str.maketrans(dict(characters))
        self.opening, self.separator, self._unknown = (_id(tokenizer, name) for name in ("[CLS]", "[SEP]", "[UNK]"))
        self._unknown_shape = shapes["unknown"]
        self._cache: dict[str, Word] = {}

    def look_up(self, words: Iterable[str]) -> list[Word]:
        """Return what the model is told of each word."""
        wanted = list(words)
        if len(self._cache) > _CACHE_LIMIT:
            self._cache.clear()
        cache = self._cache
        missing = [word for word in dict.fromkeys(wanted) if word not in cache]
        if missing:
            cache.update(zip(missing, self._read(missing), strict=True))
        return [cache[word] for word in wanted]

    def normalise(self, word: str) -> str:
        """Return the form of a word that is cut into pieces."""
        return self._words.get(word, word).translate(self._characters)

    def _read(self, words: list[str]) -> list[Word]:
        encodings = self._tokenizer.encode_batch_fast(
            [self.normalise(word) for word in words], add_special_tokens=False
        )
        return [self._word(word, encoding.ids[: self._most]) for word, encoding in zip(words, encodings, strict=True)]

    def _word(self, word: str, pieces: list[int]) -> Word:
        name = shape(word)
        upper, lower = word.upper(), word.lower()
        return Word(
            pieces or [self._unknown], self._shapes[name], name in _CASED, word != upper, word != lower, mark_of(word)
        )

    def shapes(self, words: Sequence[Word]) -> list[int]:
        """Return the shape of each word of a window; where the window has one case only, case says nothing."""
        cased = [word for word in words if word.cased]
        two_cases = any(word.has_lower for word in cased) and any(word.has_upper for word in cased)
        if two_cases or len(cased) < _ONE_CASE_WORDS:
            return [word.shape for word in words]
        return [self._unknown_shape if word.cased else word.shape for word in words]
