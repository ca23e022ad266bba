"""Asking a language model: one request a report, past the guard, within limits; what comes back is a text."""

from __future__ import annotations

import hashlib
import ipaddress
import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Any, Final, get_args
from urllib.parse import urlsplit

from sayso.errors import InputError, SetupError
from sayso.intake.fetching import Egress, Poster
from sayso.intake.hidden import hidden_in
from sayso.records import ClaimField, Extent, Report, Stance, Status, WeaponClass
from sayso.settings import LanguageModel, Project

KEY: Final = "SAYSO_LLM_KEY"
LONGEST: Final = 40_000
"""Code points of a report that are sent."""
LOOPBACK: Final = ("127.0.0.0/8", "::1/128")
_PROMPT: Final = Path(__file__).with_name("prompt.txt")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a model answered.

    Attributes:
        text: as it wrote it.
        method: model, host and digest of what was asked.
        cut: code points of the report that were not sent.

    """

    text: str
    method: str
    cut: int = 0


class Asker:
    """Asks the language model of a project; close it afterwards.

    Args:
        project: whose settings name it.
        offline: refuse to ask.

    Raises:
        SetupError: none is named, its address is no good, or its key is missing.

    """

    def __init__(self, project: Project, *, offline: bool = False) -> None:
        self._llm = checked(project.llm)
        self._key = _key(project)
        local = LOOPBACK if self._llm.local else ()
        self._poster = Poster(
            Egress(allowed=(*local, *self._llm.allow)), seconds=self._llm.seconds, size=self._llm.size, offline=offline
        )

    @property
    def connected(self) -> list[tuple[str, int]]:
        """Addresses and ports that were connected to; for counting."""
        return self._poster.connected

    @property
    def method(self) -> str:
        """What marks everything that comes by this way: model, host, and digest of the instructions."""
        return f"llm {self._llm.model} at {urlsplit(self._llm.endpoint).netloc}, instructions {digest()}"

    def ask(self, report: Report) -> Asked:
        """Return what the model says of a report.

        Raises:
            RefusedError: offline, or an address that may not be connected to.
            InputError: it cannot be reached, answers with an error, or with something that is no answer.

        """
        body = json.dumps(request(self._llm.model, report), ensure_ascii=False, sort_keys=True).encode()
        headers = {"content-type": "application/json", "accept": "application/json", "user-agent": "sayso"}
        if self._key:
            headers["authorization"] = f"Bearer {self._key}"
        url = f"{self._llm.endpoint.rstrip('/')}/chat/completions"
        answer = self._poster.post(url, body, headers)
        if answer.status != 200:
            raise InputError(f"answers HTTP {answer.status}", place=url, way_out="check [llm] in sayso.toml")
        return Asked(_content(answer.body, url), self.method, max(0, len(report.text) - LONGEST))

    def close(self) -> None:
        """Close connections."""
        self._poster.close()

    def __enter__(self) -> Asker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def checked(llm: LanguageModel) -> LanguageModel:
    """Return the settings; raises SetupError where they name no endpoint that may be asked."""
    way_out = (
        '[llm] endpoint = "https://models.example.org/v1" and model = "…" in sayso.toml; see docs/language-model.md'
    )
    if not llm.endpoint or not llm.model:
        raise SetupError("no language model is named: it is off", place="sayso.toml", way_out=way_out)
    parts = urlsplit(llm.endpoint)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.query:
        raise SetupError("no address of a language model", place="llm.endpoint", way_out=way_out)
    if parts.scheme == "http" and not (llm.local and _is_loopback(parts.hostname)):
        problem = "reports go over https only; http is for this computer, with local = true"
        raise SetupError(problem, place="llm.endpoint", way_out=way_out)
    return llm


def request(model: str, report: Report) -> dict[str, Any]:
    """Return the request: instructions, and the report between two lines that it cannot contain; no tools."""
    shown = shown_text(report)
    code = hashlib.sha256(f"{report.id} {shown}".encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return {
        "model": model,
        "temperature": 0,
        "seed": 0,
        "response_format": {"type": "json_object"},
        "messages": [
            {"role": "system", "content": instructions()},
            {"role": "user", "content": f"BEGIN {code}\n{shown}\nEND {code}"},
        ],
    }


def shown_text(report: Report) -> str:
    """Return the text that the model gets: its beginning, without what is hidden from human readers."""
    text = report.text[:LONGEST]
    hidden = [each for each in hidden_in(text) if "letters of two scripts" not in each.says]
    for each in reversed(hidden):
        text = text[: each.start] + text[each.end :]
    return text.encode("utf-8", "replace").decode("utf-8")


@cache
def instructions() -> str:
    """Return what the model is told to do."""
    from sayso.reading.happenings.taxonomy import kinds

    lists = {
        "fields": get_args(ClaimField), "stances": get_args(Stance), "weapons": get_args(WeaponClass),
        "extents": get_args(Extent), "statuses": get_args(Status), "kinds": tuple(kinds()),
    }  # fmt: skip
    words = {name: " ".join(values) for name, values in lists.items()}
    return Template(_PROMPT.read_text(encoding="utf-8")).substitute(words)


def digest() -> str:
    """Return the first digits of the SHA-256 of the instructions."""
    return hashlib.sha256(instructions().encode()).hexdigest()[:12]


def _content(body: bytes, url: str) -> str:
    """Return the text of an answer; anything else in it (calls of tools, other choices) is left alone."""
    try:
        found = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise InputError("answers with something that is no answer", place=url, way_out="check the endpoint") from None
    if not isinstance(found, str):
        raise InputError("answers without a text", place=url, way_out="check the model")
    return found


def _key(project: Project) -> str:
    if not project.llm.key_file:
        return os.environ.get(KEY, "")
    try:
        return (project.folder / project.llm.key_file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(f"cannot be read: {error}", place=project.llm.key_file, way_out="check the file") from error


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
