"""The page of the exit codes and errors, from ``sayso.errors`` and ``sayso.cli``."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from docs.generate.markdown import MADE, first_line, table
from sayso import cli, errors


def every() -> list[type[errors.SaysoError]]:
    """Return all errors that a user can act on, the base first."""
    found = [each for each in vars(errors).values() if inspect.isclass(each) and issubclass(each, errors.SaysoError)]
    return sorted(found, key=lambda each: len(each.__mro__))


def undescribed() -> Iterator[str]:
    """Yield a sentence for each error without a docstring, and each exit code that nothing explains."""
    for each in every():
        if not (each.__doc__ or "").strip():
            yield f"error {each.__name__}: has no docstring"
        if each.exit_code not in cli.EXIT_CODES:
            yield f"exit code {each.exit_code} of {each.__name__}: is not in sayso.cli.EXIT_CODES"


def pages() -> dict[str, str]:
    """Return the page of exit codes and errors."""
    codes = table(("code", "meaning"), [(f"`{code}`", says) for code, says in cli.EXIT_CODES.items()])
    rows = [
        (f"{{py:class}}`~sayso.errors.{each.__name__}`", f"`{each.exit_code}`", first_line(each)) for each in every()
    ]
    classes = "\n".join(
        f"```{{py:exception}} sayso.errors.{each.__name__}\n\n{first_line(each)}\n```\n" for each in every()
    )
    return {
        "reference/errors.md": f"{MADE}# Exit codes and errors\n\nAn error names the place, what is wrong and the way out,"
        " in one line on standard error. `SAYSO_TRACEBACK=1` shows where in the code a bug of ours struck.\n\n"
        f"{codes}\n## In Python\n\n{table(('error', 'exit code', 'meaning'), rows)}\n{classes}"
    }
