"""G13: TLS is never downgraded: bad certificates, other names, old protocols and redirects to http are failed fetches."""

# ruff: noqa: E501 - inputs are written as they are
from __future__ import annotations

import importlib.util
import shutil
import ssl
import subprocess
import sys
from pathlib import Path
from types import ModuleType

from evaluation.guarantees import Proof
from sayso.errors import InputError
from sayso.intake.fetching import Egress, Fetcher, Manners

PROMISE = "TLS is never downgraded: a failed check is a failed fetch"
_TESTS = Path(__file__).parents[2] / "tests" / "intake" / "fetching" / "site.py"


def prove(folder: Path, full: bool) -> Proof:
    """Fetch from servers on loopback with good and bad certificates; only the good one may be read."""
    if shutil.which("openssl") is None:
        return Proof(True, {"tried": 0, "downgraded": 0}, "openssl is not installed: not tried")
    site = _site()
    good = _certificate(folder, "good", "IP:127.0.0.1", 30)
    cases = {
        "good": (good, good, True),
        "not trusted": (_certificate(folder, "other", "IP:127.0.0.1", 30), good, False),
        "of another name": (bad := _certificate(folder, "name", "DNS:other.example", 30), bad, False),
        "expired": (old := _certificate(folder, "old", "IP:127.0.0.1", -1), old, False),
    }
    wrong = []
    for name, (used, trusted, passes) in cases.items():
        with site.serve(_context(used)) as server:
            server.pages["/"] = site.answer(b"<p>Nine people were killed.</p>")
            if _fetched(server, trusted) != passes:
                wrong.append(name)
    with site.serve() as plain, site.serve(_context(good)) as server:
        plain.pages["/"] = site.answer(b"<p>Nine people were killed.</p>")
        server.pages["/"] = site.answer(b"", "302 Found", Location=plain.url("/"))
        wrong += ["redirect to http"] if _fetched(server, good, plain.allowed) or plain.asked else []
    tried = len(cases) + 1
    says = f"{tried} servers, {len(wrong)} times TLS was given up"
    return Proof(not wrong, {"tried": tried, "downgraded": len(wrong)}, "; ".join([says, *wrong]))


def _fetched(server: object, trusted: Path, *more: str) -> bool:
    allowed = (server.allowed, *more)  # type: ignore[attr-defined]
    trust = ssl.create_default_context(cafile=str(trusted))
    manners = Manners(pause=0.0, robots=False, seconds=5.0)
    with Fetcher(manners, Egress(allowed=allowed), trust=trust) as fetcher:
        try:
            return fetcher.fetch(server.url("/")).status == 200  # type: ignore[attr-defined]
        except InputError:
            return False


def _certificate(folder: Path, name: str, subject: str, days: int) -> Path:
    """Make a certificate with its key in one file; with days below zero it has expired."""
    file = folder / f"{name}.pem"
    dates = ["-days", str(days)] if days > 0 else ["-not_before", "20200101000000Z", "-not_after", "20200201000000Z"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    out = ["-keyout", str(folder / f"{name}.key"), "-out", str(folder / f"{name}.crt")]
    named = ["-subj", f"/CN={name}", "-addext", f"subjectAltName={subject}"]
    made = subprocess.run(["openssl", "req", "-x509", *key, *out, *dates, *named], capture_output=True, check=False)
    if made.returncode:  # an older openssl cannot date back: one that is not yet trusted does as well
        subprocess.run(
            ["openssl", "req", "-x509", *key, *out, "-days", "30", *named[:2]], capture_output=True, check=True
        )
    file.write_bytes((folder / f"{name}.crt").read_bytes() + (folder / f"{name}.key").read_bytes())
    return file


def _context(file: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(str(file))
    return context


def _site() -> ModuleType:
    """Return the server on loopback that the tests of fetching use."""
    spec = importlib.util.spec_from_file_location("site_of_g13", _TESTS)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
