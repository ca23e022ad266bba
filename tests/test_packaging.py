"""Wheel and sdist: what is in them, that they install without the extras, and that two builds are one and the same."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SDIST = ("assets", "docs", "evaluation", "examples", "requirements", "src", "tests", "training")
LOOSE = {"LICENSE", "Makefile", "NOTICE", "hatch_build.py", "pyproject.toml", ".gitignore"}
BLOCKER = """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {blocked}:
            raise ModuleNotFoundError(f"no module named {name}: it belongs to an extra", name=name)
sys.meta_path.insert(0, Blocked())
"""


def tracked(*folders: str) -> set[str]:
    """Return the files of the repository below folders (all of them if none are named), as git knows them."""
    done = subprocess.run(["git", "ls-files", "--", *folders], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("no git repository here, so nobody tells which files are the project's")
    return {name for name in done.stdout.splitlines() if (ROOT / name).is_file()}


def packed() -> set[str]:
    """Return the desk's assets that `make web` has packed: not in the repository, in wheel and sdist."""
    folder = ROOT / "src" / "sayso" / "web" / "static" / "packed"
    return {str(path.relative_to(ROOT)) for path in folder.glob("*")}


def build(out: Path, *what: str) -> dict[str, Path]:
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), *what, str(ROOT)]
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1900000000"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return {path.suffix: path for path in out.iterdir()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return suffix → file: the sdist of the checkout, and the wheel that is built from that sdist."""
    return build(tmp_path_factory.mktemp("dist"))


@pytest.mark.slow
def test_the_wheel_holds_the_package_its_examples_and_man_pages_and_nothing_else(built: dict[str, Path]) -> None:
    names = set(zipfile.ZipFile(built[".whl"]).namelist())
    package = {name.removeprefix("src/") for name in tracked("src") | packed()}
    examples = {f"sayso/{name}" for name in tracked("examples/reports")}
    besides = {name for name in names if ".dist-info/" not in name and ".data/" not in name}
    assert besides == package | examples
    man = {Path(name).name for name in names if ".data/data/share/man/man1/" in name}
    assert {"sayso.1", "sayso-read.1", "sayso-sources-look.1"} <= man
    assert {Path(name).name for name in names if ".dist-info/" in name} == {
        "METADATA", "RECORD", "WHEEL", "entry_points.txt", "LICENSE", "NOTICE",
    }  # fmt: skip


@pytest.mark.slow
def test_the_sdist_holds_what_the_wheel_and_the_tests_are_made_of_and_nothing_else(built: dict[str, Path]) -> None:
    with tarfile.open(built[".gz"]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    loose = LOOSE | {name for name in tracked() if re.fullmatch(r"[^/]+\.md", name)}
    assert names == tracked(*SDIST) | packed() | loose | {"PKG-INFO"}


@pytest.mark.slow
def test_two_builds_are_the_same_bytes_also_from_sdist_and_checkout(built: dict[str, Path], tmp_path: Path) -> None:
    again = build(tmp_path, "--sdist", "--wheel")
    for suffix, path in built.items():
        assert hashlib.sha256(again[suffix].read_bytes()).digest() == hashlib.sha256(path.read_bytes()).digest(), suffix


def of_extras() -> set[str]:
    """Return the modules that are here and that `requirements/run.lock` does not bring."""
    lock = (ROOT / "requirements" / "run.lock").read_text(encoding="utf-8")
    locked = {_level(name) for name in re.findall(r"^([A-Za-z0-9_.-]+)==", lock, flags=re.MULTILINE)}
    modules = importlib.metadata.packages_distributions()
    kept = {*locked, "sayso"}
    return {module for module, names in modules.items() if not kept & set(map(_level, names))}


def _level(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(scope="module")
def installed(built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an environment with the wheel in it, and of the packages here those of the run lock."""
    folder = tmp_path_factory.mktemp("clean") / "venv"
    venv.create(folder, with_pip=False)
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python")]
    install = [*pip, "install", "--quiet", "--no-deps", "--no-index", str(built[".whl"])]
    subprocess.run(install, check=True, capture_output=True)
    (own,) = folder.glob("lib/python*/site-packages")
    (own / "locked.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    (own / "sitecustomize.py").write_text(BLOCKER.replace("{blocked}", repr(sorted(of_extras()))), encoding="utf-8")
    return folder


def run(installed: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "SAYSO"))}
    return subprocess.run(
        [str(installed / "bin" / words[0]), *words[1:]], capture_output=True, text=True, check=False, env=environment,
        cwd=installed,
    )  # fmt: skip


@pytest.mark.slow
def test_an_installed_wheel_reads_without_the_extras(installed: Path) -> None:
    assert "pandas" in of_extras()
    assert run(installed, "python", "-c", "import pandas").returncode == 1
    assert re.fullmatch(r"sayso \d+\.\d+\.\d+\n", run(installed, "sayso", "--version").stdout)
    place = run(installed, "python", "-c", "import sayso; print(sayso.__file__)").stdout
    assert place.startswith(str(installed))
    done = run(installed, "sayso", "demo", "--jsonl")
    assert done.returncode == 0, done.stderr
    records = [json.loads(line)["record"] for line in done.stdout.splitlines()]
    assert (records.count("report"), records.count("claim") > 50) == (9, True)


@pytest.mark.slow
def test_the_module_is_the_command(installed: Path) -> None:
    assert run(installed, "python", "-m", "sayso", "--version").stdout == run(installed, "sayso", "--version").stdout


@pytest.mark.slow
def test_what_is_missing_of_an_extra_is_told_with_the_way_out(installed: Path) -> None:
    code = "import sayso; ledger = sayso.create('desk'); ledger.claims().to_pandas()"
    done = run(installed, "python", "-c", code)
    assert "pandas is not installed (pip install 'sayso[frames]')" in done.stderr


@pytest.mark.slow
def test_man_pages_are_where_man_looks(installed: Path) -> None:
    page = (installed / "share" / "man" / "man1" / "sayso-incidents.1").read_text(encoding="utf-8")
    assert page.startswith(".TH SAYSO\\-INCIDENTS 1")


@pytest.mark.slow
def test_a_wheel_can_be_built_where_there_is_only_click_and_hatchling() -> None:
    """The man pages are made without any of the heavy parts."""
    modules = importlib.metadata.packages_distributions()
    here = {"click", "hatchling"}
    blocked = {module for module, names in modules.items() if not here & set(map(_level, names))}
    code = BLOCKER.replace("{blocked}", repr(sorted(blocked - {"sayso"}))) + (
        "from docs.generate.manual import pages\nassert len(pages()) > 20\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
