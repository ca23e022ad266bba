"""How Sphinx makes the documentation: pages by hand and pages made from the code, without any network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from pygments.lexers import JsonLexer, TextLexer  # noqa: E402
from sphinx.highlighting import lexers  # noqa: E402

from docs.generate import pages, write  # noqa: E402 - the checkout is no package
from sayso import __version__  # noqa: E402

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "sayso"
author = "The sayso authors"
release = version = __version__
language = "en"
smartquotes = False  # `--json` in words of the help keeps its two hyphens

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "generate", "notebooks/*.ipynb"]
myst_enable_extensions = ["deflist", "colon_fence", "attrs_inline"]
myst_heading_anchors = 4
myst_links_external_new_tab = False

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
autodoc_mock_imports: list[str] = []
python_use_unqualified_type_names = True
napoleon_numpy_docstring = False
# Names of other libraries and of what is not documented; our own public names must all be found.
nitpick_ignore_regex = [
    (r"py:.*", r"(pd|pl|pa|sa|pydantic|pathlib|types|collections|datetime|os)\..*"),
    (r"py:.*", r"(Path|Any|Self|Iterator|Iterable|Mapping|Sequence|Callable|TracebackType|BaseModel|PathLike)"),
]

nitpick_ignore = [
    ("py:class", name)
    for name in (
        "sayso.intake.assemble.Fields", "sayso.intake.capture.Capture", "sayso.intake.capture.Inventory",
        "sayso.intake.sources.Fetches", "sayso.ledger.frames.Kind", "sayso.ledger.linker.Linker",
        "sqlalchemy.engine.base.Connection",
    )
] + [("py:exc", "sayso.ledger.sqlite.Restless")]  # fmt: skip

html_theme = "furo"
html_title = "sayso"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {"navigation_with_keys": True, "top_of_page_buttons": []}
highlight_language = "none"
pygments_style = "friendly"


def _make(app: Sphinx) -> None:
    """Write the pages that are made from the code into the folder that Sphinx reads."""
    write(Path(app.srcdir), pages())


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the generated pages before Sphinx looks for pages."""
    app.connect("builder-inited", _make)
    lexers.update(jsonl=JsonLexer(), crontab=TextLexer(), csv=TextLexer())  # Pygments has none of these names
    return {"parallel_read_safe": True, "parallel_write_safe": True}
