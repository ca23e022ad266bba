"""``sayso analyse``: tokens, sentences, tags and arcs of a text, for whoever wants just that."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from sayso.cli.read import NOTHING_FOUND, SOME_FAILED, Intake
from sayso.cli.sourcing import SOURCE
from sayso.cli.streams import put, say, width
from sayso.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.language.analysis import Analysis


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, help=SOURCE)
@click.option("--json", "as_json", is_flag=True, help='One JSON object: {"schema": …, "analyses": […]}.')
@click.option("--jsonl", "as_jsonl", is_flag=True, help="JSON Lines: one analysis a line.")
@click.option("--html", "as_html", is_flag=True, help="A page with trees and coloured spans, to look at.")
@click.option("--rules-only", is_flag=True, help="Tokens and sentences by rule, even where a model is there.")
@click.option("--threads", type=click.IntRange(0, 256), default=0, metavar="N", help="0 (default): all there are.")
def analyse(
    sources: tuple[str, ...], as_json: bool, as_jsonl: bool, as_html: bool, rules_only: bool, threads: int
) -> int:
    """Analyse texts: sentences, trees, entities, roles, quotes.

    SOURCE is what `sayso read` takes. SAYSO_MODEL names another build of the model. Without a model there are tokens
    and sentences only. Exit code 3: some inputs could not be read, the rest is done; 4: there was no text.
    """
    from sayso.intake import Given

    if as_json + as_jsonl + as_html > 1:
        raise UsageError("--json, --jsonl and --html exclude each other", way_out="choose one")
    intake = Intake(Given())
    count = _put_out(_analyses(intake, sources, rules_only, threads), as_json, as_jsonl, as_html)
    if intake.failed:
        return SOME_FAILED
    return 0 if count else NOTHING_FOUND


def _analyses(intake: Intake, sources: tuple[str, ...], rules_only: bool, threads: int) -> Iterator[Analysis]:
    from sayso import language
    from sayso.language.engine import default_model

    model = None if rules_only else default_model(threads)
    if model is None and not rules_only:
        say("no model found: tokens and sentences only")
    return language.analyse(intake.reports(sources), model=model, rules_only=rules_only)


def _put_out(analyses: Iterator[Analysis], as_json: bool, as_jsonl: bool, as_html: bool) -> int:
    """Write the analyses as they come; return how many there were."""
    from sayso.cli import analysis_page, analysis_view
    from sayso.language.plain import SCHEMA, as_data

    count = 0
    put(analysis_page.HEAD if as_html else f'{{"schema":"{SCHEMA}","analyses":[' if as_json else "")
    for count, analysis in enumerate(analyses, start=1):
        if as_html:
            put(analysis_page.section(analysis))
        elif as_json or as_jsonl:
            text = json.dumps(as_data(analysis), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            put(f"{',' if as_json and count > 1 else ''}{text}{'' if as_json else chr(10)}")
        else:
            put(analysis_view.render(analysis, width()))
    put(analysis_page.FOOT if as_html else "]}\n" if as_json else "")
    return count
