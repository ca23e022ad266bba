"""Rows that others have coded (ACLED, UCDP GED, GTD) as reports with claims, so that they can be compared with ours.

A row becomes a report whose text is its cells, a line each; every claim points at its cell. Who says it is what the row
names as its source; where it names none, the data set itself: no value without a sayer. Users bring their own files.
"""

from sayso.coded.datasets import DATASETS, Dataset
from sayso.coded.reading import read_each
from sayso.coded.rows import report_of_row

__all__ = ["DATASETS", "Dataset", "read_each", "report_of_row"]
