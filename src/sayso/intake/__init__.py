"""Intake: bytes of all kinds to ``Report`` records, text with blocks; what cannot be read is said, never dropped."""

from sayso.intake.assemble import Fields, Given, report_of_html, report_of_text
from sayso.intake.capture import Capture, Inventory
from sayso.intake.dates import published_date
from sayso.intake.sources import capture, capture_all, read_source, report_of

__all__ = [
    "Capture",
    "Fields",
    "Given",
    "Inventory",
    "capture",
    "capture_all",
    "published_date",
    "read_source",
    "report_of",
    "report_of_html",
    "report_of_text",
]
