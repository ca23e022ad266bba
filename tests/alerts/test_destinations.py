"""Where an alert may go."""

from __future__ import annotations

import pytest

from sayso.alerts.destinations import destination_of
from sayso.errors import UsageError

FINE = [
    ("-", "stdout", ""),
    ("feed", "feed", ""),
    ("feed:a/b.atom", "feed", "a/b.atom"),
    ("file:out.jsonl", "file", "out.jsonl"),
    ("https://hooks.example.org/x?a=1", "hook", "https://hooks.example.org/x?a=1"),
    ("http://127.0.0.1:8000/", "hook", "http://127.0.0.1:8000/"),
    ("http://[::1]:8000/", "hook", "http://[::1]:8000/"),
    ("http://localhost/", "hook", "http://localhost/"),
    ("mailto:ana@example.org", "mail", "ana@example.org"),
    ("ana@example.org", "mail", "ana@example.org"),
]


@pytest.mark.parametrize(("given", "means", "where"), FINE)
def test_what_is_written_is_understood_and_written_again(given: str, means: str, where: str) -> None:
    found = destination_of(given)
    assert (found.means, found.where) == (means, where)
    assert destination_of(str(found)) == found


@pytest.mark.parametrize(
    "given",
    [
        "",
        "file:",
        "ftp://example.org/",
        "http://hooks.example.org/x",  # nobody else must be able to read it on the way
        "http://10.0.0.1/x",
        "https://user:pass@example.org/",
        "https:///x",
        "https://example.org:0/",
        "https://example.org/a b",
        "https://a\\b.example/",
        "ana@example.org\nBcc: all@example.org",
        "ana@example.org,ben@example.org",
        "Ana <ana@example.org>",
        "ana@",
        "javascript:alert(1)",
    ],
)
def test_error_what_leads_nowhere(given: str) -> None:
    with pytest.raises(UsageError):
        destination_of(given)
