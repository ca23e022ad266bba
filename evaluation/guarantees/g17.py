"""G17: the model's files are checked before use: flipped, cut, zeroed, foreign and missing ones are refused."""

# ruff: noqa: E501 - inputs are written as they are
from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from evaluation.guarantees import Proof
from sayso.errors import SetupError
from sayso.language.model import find, read_build

PROMISE = "The model file is checked by SHA-256 before use; what is not it is refused"
DAMAGE: Final[dict[str, Callable[[bytes, random.Random], bytes]]] = {
    "flipped": lambda raw, dice: _flipped(raw, dice),
    "cut": lambda raw, dice: raw[: dice.randrange(len(raw))],
    "zeroed": lambda raw, dice: bytes(len(raw)),
    "foreign": lambda raw, dice: b"\x80\x04\x95" + dice.randbytes(200) + b".",  # as a pickle begins
    "longer": lambda raw, dice: raw + b"\n",
}
FORBIDDEN: Final = ("import pickle", "import yaml", "yaml.load", "pickle.load", "import marshal", "torch.load")


def prove(folder: Path, full: bool) -> Proof:
    """Damage a copy of the model in many ways; each must be refused with exit code 5. No loader of objects is in use."""
    build = find()
    if build is None:
        return Proof(True, {"damaged": 0, "accepted": 0}, "no model is installed: not tried")
    dice = random.Random(17)
    tried, accepted = 0, []
    _, files = read_build(build)
    for name in [*files, "model.json"]:
        raw = (build / name).read_bytes()
        for kind, damage in DAMAGE.items():
            if name == "model.json" and kind in {"flipped", "longer"}:
                continue  # it holds the sums of the others: its own are not its promise
            for _ in range(5 if full else 1):
                tried += 1
                trial = _copy(build, folder / "trial", name, damage(raw, dice))
                accepted += [f"{name} {kind}"] if not _refused(trial) else []
    loaders = _loaders()
    says = f"{tried} damaged models, {len(accepted)} accepted; {len(loaders)} loaders of pickles or YAML in the package"
    figures = {"damaged": tried, "accepted": len(accepted), "loaders": len(loaders)}
    return Proof(not accepted and not loaders, figures, "; ".join([says, *accepted[:3], *loaders[:3]]))


def _copy(build: Path, folder: Path, name: str, raw: bytes) -> Path:
    """Return a folder with the build, of which one file is another."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for file in (*json.loads((build / "model.json").read_bytes())["files"], "model.json"):
        if file != name:
            (folder / file).symlink_to(build / file)
    (folder / name).write_bytes(raw)
    return folder


def _refused(folder: Path) -> bool:
    try:
        read_build(folder)
    except SetupError as error:
        return error.exit_code == 5 and bool(error.way_out)
    return False


def _flipped(raw: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(raw))
    return raw[:at] + bytes([raw[at] ^ (1 << dice.randrange(8))]) + raw[at + 1 :]


def _loaders() -> list[str]:
    """Return files of the package that load objects from bytes."""
    package = Path(__file__).parents[2] / "src" / "sayso"
    return [
        str(file.relative_to(package))
        for file in package.rglob("*.py")
        if any(words in file.read_text(encoding="utf-8") for words in FORBIDDEN)
    ]
