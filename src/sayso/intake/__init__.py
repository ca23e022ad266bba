"""Intake: bytes of all kinds to ``Report`` records, text with blocks; what cannot be read is said, never dropped."""

from sayso.intake.assemble import Fields, Given, report_of_html, report_of_text
from sayso.intake.dates import published_date
from sayso.intake.sources import read_source

__all__ = ["Fields", "Given", "published_date", "read_source", "report_of_html", "report_of_text"]
