"""Reads the sources of the gazetteer: GeoNames rows and The World Factbook's prose, as typed values."""

from __future__ import annotations

import html
import io
import json
import re
import tarfile
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from sayso.vocab.names import is_name, level

LATIN = re.compile(r"^[A-Za-z\u00c0-\u024f\u1e00-\u1eff'’‘ʻʼ`.,()/ -]+$")
# A name begins with a capital, perhaps after a short article ("al-", "d'", "la "); transliterations of other scripts
# into lower-case syllables do not, and no English report uses them.
BEGINS_AS_NAME = re.compile(r"^(?:[a-zà-ž]{1,4}[-'’ ])?['’‘ʻʼ`]?[A-ZÀ-ÖØ-Þ\u0100-\u024f\u1e00-\u1eff]")
AIRPORT_CODE = re.compile(r"^[A-Z]{2,4}$")


class City(NamedTuple):
    id: int
    name: str
    ascii: str
    alternates: tuple[str, ...]
    lat: float
    lon: float
    feature: str
    country: str
    admin1: str
    admin2: str
    population: int


def read_cities(source: Path, alpha3: dict[str, str]) -> Iterator[City]:
    with zipfile.ZipFile(source / "cities5000.zip") as archive, archive.open("cities5000.txt") as raw:
        for line in io.TextIOWrapper(raw, encoding="utf-8"):
            cell = line.rstrip("\n").split("\t")
            if cell[8] in alpha3:
                yield City(
                    int(cell[0]), cell[1], cell[2], tuple(cell[3].split(",")), float(cell[4]), float(cell[5]), cell[7],
                    cell[8], cell[10], cell[11], int(cell[14]),
                )  # fmt: skip


def factbook(source: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """GEC (FIPS) code in capitals and profile of each country."""
    with tarfile.open(source / "factbook.tar.gz") as archive:
        for member in sorted(archive.getmembers(), key=lambda member: member.name):
            if re.search(r"/[a-z-]+/[a-z]{2}\.json$", member.name) and (file := archive.extractfile(member)):
                yield Path(member.name).stem.upper(), json.load(file)


def text_of(profile: dict[str, Any], *path: str) -> str:
    """The text at a path of a factbook profile, without markup; empty where there is none."""
    node: Any = profile
    for key in path:
        node = node.get(key, {}) if isinstance(node, dict) else {}
    text = node.get("text", "") if isinstance(node, dict) else ""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ; ", html.unescape(text))).strip()


# Marks of scholarly transliteration, which English reports leave out; in these countries they are plain spelling.
SCHOLARLY = re.compile("[āīūḩḑţşẕḏţẓʿ‘’ʼ]", re.IGNORECASE)
SPELT_SO = {"LVA", "LTU", "TUR", "ROU", "MDA", "AZE"}


def plain(name: str, country: str) -> str:
    """Return a name as an English report writes it: "Kandahār" gives "Kandahar", "Córdoba" stays."""
    if country in SPELT_SO or not SCHOLARLY.search(name):
        return name
    decomposed = unicodedata.normalize("NFKD", re.sub("[‘’ʼʿ]", "'", name))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def useful(name: str) -> bool:
    """Whether an English report may use an alternate name: Latin letters, written as a name, no airport code.

    Names of three letters are codes or other languages' ("Suv" is Suva): ``short_names.toml`` has those in use.
    """
    return bool(
        len(level(name)) >= 4
        and len(name) <= 40
        and LATIN.match(name)
        and BEGINS_AS_NAME.match(name)
        and not AIRPORT_CODE.match(name)
    )


def middle(cities: list[City]) -> tuple[int, float | None, float | None]:
    """People in a division, and the middle of the box around its settlements; no coordinates where there are none.

    Measured on LGL's divisions, the box is nearer to GeoNames' own points than a mean weighted by population.
    A box that spans more than half the globe in longitude crosses the date line and is turned around.
    """
    if not cities:
        return 0, None, None
    lats, lons = [city.lat for city in cities], [city.lon for city in cities]
    if max(lons) - min(lons) > 180:
        lons = [lon % 360 for lon in lons]
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    return sum(city.population for city in cities), round(lat, 2), round(lon - 360 if lon > 180 else lon, 2)


def coordinates(text: str) -> tuple[float | None, float | None]:
    """Degrees from "33 20 N, 44 24 E"."""
    found = re.search(r"(\d+) (\d+) ([NS]), (\d+) (\d+) ([EW])", text)
    if not found:
        return None, None
    lat = int(found[1]) + int(found[2]) / 60
    lon = int(found[4]) + int(found[5]) / 60
    return round(-lat if found[3] == "S" else lat, 2), round(-lon if found[6] == "W" else lon, 2)


def nationality(profile: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Nouns (singular and plural) and adjectives; empty for places without their own."""
    noun = text_of(profile, "People and Society", "Nationality", "noun").split(";")[0]
    adjective = text_of(profile, "People and Society", "Nationality", "adjective").split(";")[0]
    if "US citizens" in noun or "US nationals" in noun or noun.lower() in {"none", "na", "chinese"}:
        return [], []
    nouns: list[str] = []
    for part in re.split(r", | or |/", noun):
        bare = (
            re.sub(r" ?\((?:men|women|singular.*?|plural|collective plural|colloquial)\)", "", part)
            .strip()
            .removeprefix("or ")
        )
        plural = bare.endswith("(s)")
        bare = bare.removesuffix("(s)")
        nouns += [bare, f"{bare}s"] if plural else [bare]
    adjectives = [re.sub(r" ?\(.*?\)", "", part).strip() for part in re.split(r", (?:or )?| or ", adjective)]
    return [word for word in nouns if is_name(word)], [word for word in adjectives if is_name(word)]


ACRONYM = re.compile(r"[A-Z][A-Z-]{1,7}")
NO_NAME = re.compile(
    r"\b(?:is|are|has|have|under|such|other|as|some|which|with|commonly)\b|^Ministry|^Office of|^Department of"
)
FORCE_KIND = (
    (re.compile(r"polic|gendarm|constabul|law enforcement|carabin", re.IGNORECASE), "police", "COP"),
    (re.compile(r"intelligence|state security", re.IGNORECASE), "government", "SPY"),
    (re.compile(r"ministry", re.IGNORECASE), "government", "GOV"),
)


def forces(text: str) -> Iterator[tuple[str, list[str], str, str]]:
    """Name, acronyms, kind and sector of each force of a list like "Army (A; includes B), Ministry: Police (C)"."""
    text = re.sub(r"\((?:20\d\d|includes[^()]*)\)|includes[^;)]*", "", text)
    for part in re.split(r"[;:]|, (?![^()]*\))|\band\b (?=[A-Z])", text):
        found = re.match(r"^\s*([A-Z][\w'’&. -]+?)\s*(?:\(([^()]*)\))?\s*$", part)
        if found and 2 <= len(found[1].split()) <= 7 and not NO_NAME.search(found[1]):
            acronyms = [alias for alias in re.split(r", | or |; |aka ", found[2] or "") if ACRONYM.fullmatch(alias)]
            kinds = ((kind, sector) for pattern, kind, sector in FORCE_KIND if pattern.search(found[1]))
            yield found[1], acronyms, *next(kinds, ("military", "MIL"))


GROUP = re.compile(r"^([A-Za-z][\w'’/ -]+?)(?: \(([^()]+)\))?$")


def groups(text: str) -> Iterator[tuple[str, list[str]]]:
    """Name and acronym of each group of a list like "First Front (FF); Second Front"; sentences are left out."""
    for part in text.replace("&rsquo;", "’").split(";"):
        found = GROUP.match(part.strip())
        named = found is not None and is_name(found[1]) and 2 <= len(found[1].split()) <= 6
        if found and named and not NO_NAME.search(found[1]) and not found[1].startswith("Islamic State of Iraq"):
            yield found[1], [found[2]] if found[2] and ACRONYM.fullmatch(found[2]) else []


OFFICE = re.compile(
    r"^(?:Transition(?:al)? |Interim |Acting |Caretaker |CNSP |GNU )*"
    r"(?P<office>(?:Crown Prince and )?Prime Minister|President|King|Queen|Supreme Leader|Chancellor|Sultan|Amir"
    r"|Premier|Taoiseach|Prince|Grand Duke|Emperor|Pope)"
    r"(?: of the Government of Spain \(prime minister-equivalent\)| and Prime Minister)? "
    r"(?P<name>[^();,]+?) \((?:since )?(?P<since>[^();,]+?)\)"
)


def leader(text: str) -> tuple[str, str, str, str] | None:
    """Name, surname, office, first day from "President Ana B. RUIZ (since 2 May 2025)"."""
    found = OFFICE.match(text)
    if not found or found["name"].startswith("of "):
        return None
    words = [word for word in found["name"].split() if not re.fullmatch(r"(?:Gen|Col|Capt|Dr)\.", word)]
    shouted = [word for word in words if sum(map(str.isupper, word)) > 1 and len(word) > 2]
    if not shouted:
        return None
    since = day(found["since"])
    name = " ".join(calm(word) for word in words)
    return (name, " ".join(calm(word) for word in shouted), found["office"].lower(), since) if since else None


def calm(word: str) -> str:
    """Return a word in capitals as a name is written: "al-SUDANI" gives "al-Sudani"; "III" stays."""
    parts = re.split(r"([-'’])", word)
    return "".join(
        part.capitalize() if part.isupper() and len(part) > 1 and not re.fullmatch(r"[IVX]+", part) else part
        for part in parts
    )


def day(text: str) -> str | None:
    for shape, precision in (("%d %B %Y", 10), ("%B %Y", 7), ("%Y", 4)):
        try:
            return datetime.strptime(text.strip(), shape).date().isoformat()[:precision]
        except ValueError:
            continue
    return None
