"""Reports of about 400 words, made from a seed of invented sentences, and a web archive of the pages that carry them.

Happenings have a town, a day, a target and a toll; each is told by one to some reports (three on the average) whose
tolls differ. Why made, and not taken from a corpus: the texts may stand in the repository, anybody can run it, and they
hold as many claims and incidents as news of attacks does, which is what linking and storing cost. A page is about
30 KB, most of it navigation, teasers and scripts.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple

WORDS: Final = 400
DAYS: Final = 90
FIRST: Final = date(2031, 1, 6)
MORE: Final = 0.5  # rate of the further reports on one happening: two on the average
TEASERS: Final = 120


class Made(NamedTuple):
    """One report: its address, title, day of publication and paragraphs."""

    url: str
    outlet: str
    title: str
    published: date
    paragraphs: tuple[str, ...]

    @property
    def words(self) -> int:
        """Number of words of its text."""
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)


@cache
def _news() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "news.toml").read_text(encoding="utf-8"))


def reports(number: int, seed: int = 1) -> Iterator[Made]:
    """Yield ``number`` reports; the same for the same seed, all different."""
    chance = random.Random(seed)
    made = 0
    while made < number:
        facts = _happening(chance)
        for _ in range(min(number - made, 1 + int(chance.expovariate(MORE)))):
            yield _report(chance, facts, f"{seed}-{made}")
            made += 1


def _happening(chance: random.Random) -> dict[str, Any]:
    news = _news()
    town, adjective = chance.choice(news["towns"])
    group, rival = chance.sample(news["groups"], 2)
    return {
        "town": town, "country_adjective": adjective, "day": FIRST + timedelta(chance.randrange(DAYS)),
        "target": chance.choice(news["targets"]), "weapon": chance.choice(news["weapons"]),
        "group": group, "rival": rival, "killed": chance.randint(3, 60), "injured": chance.randint(12, 140),
    }  # fmt: skip


def _report(chance: random.Random, facts: Mapping[str, Any], name: str) -> Made:
    news, day = _news(), facts["day"]
    outlet = chance.choice(news["outlets"])
    told = dict(facts) | {
        "weekday": f"{day:%A}", "month": f"{day - timedelta(chance.randint(40, 200)):%B}", "outlet": outlet,
        "killed": facts["killed"] + chance.choice((0, 0, 0, 1, -2, 4)),
        "injured": facts["injured"] + chance.choice((0, 0, 5, -3)),
    }  # fmt: skip

    def put(sentence: str) -> str:
        return sentence.format(**told, person=chance.choice(news["people"]))

    sentences = [put(chance.choice(news["leads"])), *(put(chance.choice(part)) for part in news["parts"])]
    rest = chance.sample(news["background"], len(news["background"]))
    while sum(len(sentence.split()) for sentence in sentences) < WORDS and rest:
        sentences.insert(chance.randint(3, len(sentences)), put(rest.pop()))
    paragraphs = tuple(" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2))
    published = day + timedelta(chance.randint(0, 1))
    url = f"https://{outlet.lower().replace(' ', '-')}.example/{published:%Y/%m/%d}/{name}"
    return Made(url, outlet, put(chance.choice(news["titles"])), published, paragraphs)


def page(made: Made) -> str:
    """Return the report as the page of a news site."""
    links = "".join(
        f'<li><a href="/section/{at}">{escape(made.outlet)} section {at}</a></li>' for at in range(TEASERS // 2)
    )
    teasers = "".join(
        f'<div class="teaser"><a href="/story/{at}"><img src="/pictures/{at}.jpg" alt=""><h3>Another story of the day,'
        f" number {at}</h3></a></div>"
        for at in range(TEASERS)
    )
    script = "".join(f"window.queue=window.queue||[];window.queue.push(['slot',{at}]);" for at in range(TEASERS))
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in made.paragraphs)
    title, outlet, day = escape(made.title), escape(made.outlet), made.published.isoformat()
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | {outlet}</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="{outlet}">'
        f'<meta property="article:published_time" content="{day}T08:00:00Z"><script>{script}</script></head><body>'
        f"<nav><ul>{links}</ul></nav><main><article><h1>{title}</h1><p class=byline>By the {outlet} desk</p>{body}"
        f"</article></main><aside>{teasers}</aside><footer><ul>{links}</ul></footer></body></html>"
    )


def archive(file: Path, made: Iterator[Made]) -> int:
    """Write the pages of reports as a compressed WARC; return the bytes of the pages."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    size = 0
    with file.open("wb") as opened:
        writer = WARCWriter(opened, gzip=True)
        writer._create_temp_file = BytesIO  # its own is never closed
        for each in made:
            raw = page(each).encode()
            size += len(raw)
            fields = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(raw)))]
            told = {"WARC-Date": f"{each.published.isoformat()}T09:00:00Z"}
            http = StatusAndHeaders("200 OK", fields, protocol="HTTP/1.1")
            record = writer.create_warc_record(
                each.url, "response", payload=BytesIO(raw), http_headers=http, warc_headers_dict=told
            )
            writer.write_record(record)
    return size


def towns() -> list[str]:
    """Return the names of the towns that reports are about."""
    return [town for town, _ in _news()["towns"]]
