"""Specification of the tokeniser: the word boundaries of the English Universal Dependencies treebanks."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.tokens import tokenise

# Spaces in the right column are the token boundaries.
TABLE = [
    # clitics
    ("don't", "do n't"),
    ("DON'T", "DO N'T"),
    ("won’t", "wo n’t"),
    ("it's", "it 's"),
    ("they've", "they 've"),
    ("Kestrel's", "Kestrel 's"),
    ("the rebels' camp", "the rebels ' camp"),
    ("O'Dara fell", "O'Dara fell"),
    ("o'clock", "o'clock"),
    ("cannot", "can not"),
    ("gonna", "gon na"),
    ("im", "i m"),  # respelt as written
    ("1990's", "1990's"),  # a number with 's is one word
    ("AT&T's", "AT&T 's"),
    # hyphens
    ("long-range rocket", "long - range rocket"),
    ("a 26-year-old", "a 26 - year - old"),
    ("anti-tank", "anti-tank"),  # a bound prefix stays
    ("mid-1980s", "mid-1980s"),
    ("2019-2020", "2019 - 2020"),
    ("2003-12-30", "2003-12-30"),
    ("555-010-1696", "555-010-1696"),
    ("F-16", "F - 16"),
    ("--", "--"),
    ("555-0116", "555-0116"),
    ("200-2000", "200-2000"),  # like a telephone number: so the treebanks have it
    ("2000-2010", "2000 - 2010"),
    ("word—word", "word — word"),
    # stops
    ("He left.", "He left ."),
    ("Dr. Lem", "Dr. Lem"),
    ("Lt. Col. Ude", "Lt. Col. Ude"),
    ("GEN. UDE", "GEN. UDE"),
    ("U.S. troops", "U.S. troops"),
    ("the U.S.", "the U.S."),
    ("at 5 a.m. today", "at 5 a.m. today"),
    ("J. K. Lem", "J. K. Lem"),
    ("No. 5 and no. Yes", "No. 5 and no . Yes"),  # only before a number
    ("etc.", "etc."),
    ("end...", "end ..."),
    ("end…", "end …"),
    ("what?!", "what ?!"),
    ("no!!!", "no !!!"),
    ("the fire.Four men", "the fire . Four men"),  # the page lost a line break
    ("Wandmere.com and Harbour.Net", "Wandmere.com and Harbour.Net"),
    ("St.Petersburg", "St.Petersburg"),
    # numbers
    ("1,200", "1,200"),
    ("3.5%", "3.5 %"),
    ("5:30", "5:30"),
    ("5pm", "5 pm"),
    ("20th", "20th"),
    ("9/11", "9/11"),
    ("$50", "$ 50"),
    ("US$50m", "US$ 50 m"),
    ("$$$", "$$$"),
    ("#tarn", "#tarn"),
    ("#1", "# 1"),
    ("€1.5", "€ 1.5"),
    ("1,200.", "1,200 ."),
    # quotes and brackets
    ('"Go," he said.', '" Go , " he said .'),
    ("“Go.”", "“ Go . ”"),
    ("''quoted''", "'' quoted ''"),
    ("(AFP)", "( AFP )"),
    ("[7]", "[ 7 ]"),
    # addresses
    ("see https://example.org/a-b?c=1,2.", "see https://example.org/a-b?c=1,2 ."),
    ("(www.example.org)", "( www.example.org )"),
    ("lem@example.org, ude", "lem@example.org , ude"),
    ("example.org", "example.org"),
    # other scripts
    ("قالَ العميد", "قالَ العميد"),
    ("किताब", "किताब"),
]


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[text for text, _ in TABLE])
def test_text_is_cut_like_the_treebanks(text: str, expected: str) -> None:
    assert " ".join(token.text for token in tokenise(text)) == expected


HOSTILE = st.text(st.sampled_from(list("aZ.,'’\"-–1 9\n\t@:/&$%()[]!?…é\u0301\u200b\u2028🙂U")), max_size=80)


@given(st.one_of(HOSTILE, st.text(max_size=60)))
def test_tokens_stand_in_order_and_cover_all_that_is_no_space(text: str) -> None:
    at = 0
    for token in tokenise(text):
        assert token.start < token.end
        assert text[token.start : token.end] == token.text
        assert not text[at : token.start].strip()
        assert not any(character.isspace() for character in token.text)
        at = token.end
    assert not text[at:].strip()


@given(HOSTILE, HOSTILE, HOSTILE)
def test_a_part_of_a_text_is_cut_as_if_it_stood_alone(before: str, text: str, after: str) -> None:
    inside = tokenise(before + text + after, len(before), len(before) + len(text))
    assert [(t.start - len(before), t.text) for t in inside] == [(t.start, t.text) for t in tokenise(text)]


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["1-", "a.", "a'", "a@", "A&", "anti-", "[1", "U. ", "word, ", ".\"'"])
def test_time_grows_with_the_text_and_not_faster(unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * length)[:length]
        began = time.process_time()
        tokenise(text)
        return time.process_time() - began

    small = min(seconds(50_000) for _ in range(3))
    # Eight times the text may take 8 × 6 times as long (a busy machine), far from the 64 × 6 of a square law.
    assert seconds(400_000) < 8 * 6 * small + 0.3
