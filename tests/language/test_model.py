"""Specification of loading: nothing is used that is not exactly what was built."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from sayso.errors import SetupError
from sayso.language import model as module
from sayso.language.model import digest, find, load, read_build

CONTENT = {"sayso.onnx": b"not a graph", "tokenizer.json": b"{}"}


@pytest.fixture
def build(tmp_path: Path) -> Path:
    spec = {"version": "1", "files": {n: hashlib.sha256(data).hexdigest() for n, data in CONTENT.items()}}
    (tmp_path / "model.json").write_text(json.dumps({**spec, "digest": digest(spec)}))
    for name, data in CONTENT.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_an_intact_build_is_read(build: Path) -> None:
    spec, files = read_build(build)
    assert spec["version"] == "1"
    assert files == CONTENT


def flipped(data: bytes) -> bytes:
    return bytes([data[0] ^ 1]) + data[1:]


@pytest.mark.parametrize("name", list(CONTENT))
@pytest.mark.parametrize(
    "damage",
    [flipped, lambda data: data[:-1], lambda data: bytes(len(data)), lambda _: b"", lambda data: data + b" "],
    ids=["flipped bit", "truncated", "zeroed", "empty", "longer"],
)
def test_error_for_a_damaged_file_names_it_and_the_way_out(build: Path, name: str, damage) -> None:
    (build / name).write_bytes(damage(CONTENT[name]))
    with pytest.raises(SetupError, match=rf"{name}: is not what was built: SHA-256 .*SAYSO_MODEL") as caught:
        read_build(build)
    assert caught.value.exit_code == 5


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("", "is not the description of a model"),
        ("[]", "is not the description of a model"),
        ("{}", "is not the description of a model"),
        ('{"files": {}}', "its own SHA-256 sum differs"),
    ],
)
def test_error_for_a_damaged_description(build: Path, text: str, match: str) -> None:
    (build / "model.json").write_text(text)
    with pytest.raises(SetupError, match=match):
        read_build(build)


def test_error_for_a_description_with_one_changed_letter(build: Path) -> None:
    path = build / "model.json"
    path.write_text(path.read_text().replace('"version": "1"', '"version": "2"'))
    with pytest.raises(SetupError, match="its own SHA-256 sum differs"):
        read_build(build)


def test_error_for_a_missing_file(build: Path) -> None:
    (build / "tokenizer.json").unlink()
    with pytest.raises(SetupError, match=r"tokenizer.json: cannot be read"):
        read_build(build)


def test_error_for_an_intact_build_that_describes_no_model(build: Path) -> None:
    with pytest.raises(SetupError, match="does not describe a model"):
        load(build)


def test_error_for_a_foreign_graph(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="cannot be loaded"):
        module._session(tmp_path / "sayso.onnx", b"not a graph")


def test_a_graph_cannot_reach_for_files_outside_itself(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"\0" * 4)
    with pytest.raises(SetupError, match="cannot be loaded"):
        module._session(tmp_path / "sayso.onnx", external(str(tmp_path / "secret")))


def external(path: str) -> bytes:
    """An ONNX graph, written by hand, whose one initializer lies in a file beside it."""

    def field(number: int, data: bytes) -> bytes:
        size, out = len(data), b""
        while size > 127:
            out, size = out + bytes([size & 127 | 128]), size >> 7
        return bytes([number << 3 | 2]) + out + bytes([size]) + data

    location = field(1, b"location") + field(2, path.encode())
    tensor = b"\x08\x01\x10\x01" + field(8, b"w") + field(13, location) + b"\x70\x01"  # dims 1, float, external
    kind = field(1, b"\x08\x01" + field(2, field(1, b"\x08\x01")))
    output = field(1, b"y") + field(2, kind)
    node = field(1, b"w") + field(2, b"y") + field(4, b"Identity")
    graph = field(1, node) + field(2, b"g") + field(5, tensor) + field(12, output)
    return b"\x08\x08" + field(7, graph) + field(8, b"\x10\x11")


def test_the_environment_names_another_build(build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_MODEL", str(build))
    assert find() == build


def test_a_named_build_that_is_not_there_is_an_error_and_not_a_silent_fall_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAYSO_MODEL", str(tmp_path / "nowhere"))
    folder = find()
    assert folder is not None
    with pytest.raises(SetupError, match="cannot be read"):
        load(folder)


def test_without_a_shipped_build_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAYSO_MODEL", raising=False)
    monkeypatch.setattr(module, "SHIPPED", tmp_path / "nowhere")
    assert find() is None
