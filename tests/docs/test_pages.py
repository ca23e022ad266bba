"""What the documentation shows is true: every block of every page runs, and the site builds without a warning."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from docs.generate.blocks import DOCS, blocks_of, files
from tests.docs.pages import CHECKS, agrees, run_page

ROOT = Path(__file__).parents[2]
LANGUAGES = {"console", "python", *CHECKS}


@pytest.mark.slow
@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(DOCS)))
def test_what_a_page_shows_is_what_happens(path: Path) -> None:
    outcome = run_page(path)
    assert outcome.problems == []
    for block, now in outcome.changed:
        assert block.text == now, (
            f"line {block.line}; `python -m tests.docs.pages {path.relative_to(DOCS)}` writes it anew"
        )


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(DOCS)))
def test_every_block_says_what_it_is_written_in(path: Path) -> None:
    for block in blocks_of(path.read_text(encoding="utf-8")):
        assert block.language in LANGUAGES, f"{path}:{block.line}"
        assert block.language != "console" or block.text.startswith("$ "), f"{path}:{block.line}"


@pytest.mark.slow
def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-W", "-n", "-q", "-b", "html", "-d", str(tmp_path / "trees")]
    done = subprocess.run(
        [*command, str(DOCS), str(tmp_path / "site")], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stderr) == (0, "")
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > len(files())
    for page in pages:
        assert not loads_from_elsewhere(page.read_text(encoding="utf-8")), page


def loads_from_elsewhere(html: str) -> list[str]:
    """Return what a page would fetch from another place when it is opened."""
    loading = r"<(?:script|img|iframe)[^>]+src|<link[^>]+rel=\"stylesheet\"[^>]+href"
    return re.findall(rf"(?:{loading})=\"(?:https?:)?//[^\"]+", html)


def test_error_a_page_that_fetches_is_seen() -> None:
    assert loads_from_elsewhere('<script src="https://cdn.example/x.js"></script>')
    assert loads_from_elsewhere('<link rel="stylesheet" href="//fonts.example/x.css">')


SHOWN = [
    ("a\nb\n", "a\nb\n", True),
    ("a\nb\n", "a\nc\n", False),
    ("a\n…\nd\n", "a\nb\nc\nd\n", True),
    ("a\n…\nd\n", "a\nb\nc\n", False),
    ("re_… stored\n", "re_12ab stored\n", True),
    ("re_… stored\n", "re_12ab lost\n", False),
    ("a\n", "a\nb\n", False),
]


@pytest.mark.parametrize(("shown", "out", "agree"), SHOWN)
def test_an_ellipsis_stands_for_anything_and_nothing_else_does(shown: str, out: str, agree: bool) -> None:
    assert agrees(shown, out) is agree
