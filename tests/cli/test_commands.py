"""The command line as a process: help, start-up time, streams, and the small commands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import click
import jsonschema
import pytest

from sayso import __version__
from sayso.cli import COMMANDS, commands, main
from sayso.cli import doctor as doctor_module
from sayso.errors import SetupError
from sayso.records import Reading

HEAVY = ("rich", "pydantic", "numpy", "lxml", "onnxruntime", "tokenizers", "charset_normalizer")


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "sayso", *args], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_each_command_names_each_option(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    out = capsys.readouterr().out
    command = commands.get_command(click.Context(commands), name)
    assert command is not None
    options = [option for param in command.params for option in param.opts if isinstance(param, click.Option)]
    for option in [*options, "--help"]:
        assert option in out
    assert all(param.help for param in command.params if isinstance(param, click.Option))


def test_the_help_lists_every_command_and_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    for name in COMMANDS:
        assert f"\n  {name}" in out
    assert "..." not in out.partition("Commands:")[2]
    assert "130 ended by Ctrl-C" in " ".join(out.split())
    assert main(["--version"]) == 0
    assert __version__ in capsys.readouterr().out


def test_help_starts_fast_and_imports_nothing_heavy() -> None:
    code = "import sys, sayso.cli; sayso.cli.main(['--help']); sys.stderr.write(' '.join(sys.modules))"
    before = os.times()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    after = os.times()
    assert "Usage: sayso" in done.stdout
    assert not {name.partition(".")[0] for name in done.stderr.split()} & set(HEAVY)
    # Processor time, not wall time: a busy machine must not fail the promise of 0.3 s.
    assert after.children_user + after.children_system - before.children_user - before.children_system < 0.3


def test_python_m_sayso_keeps_data_and_messages_apart(tmp_path: Path) -> None:
    done = run("schema", "--indent", "0")
    assert done.returncode == 0
    assert not done.stderr
    assert json.loads(done.stdout)["$schema"].endswith("2020-12/schema")
    done = run("schema", "--no-such")
    assert (done.returncode, done.stdout) == (2, "")
    assert "No such option" in done.stderr


@pytest.mark.parametrize("args", [["schema"], ["--help"]])
def test_a_reader_that_goes_away_is_no_error(args: list[str]) -> None:
    process = subprocess.Popen([sys.executable, "-m", "sayso", *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), err) == (0, b"")


def test_the_schema_takes_an_empty_reading_and_refuses_others(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(schema)
    empty = json.loads(Reading().to_json())
    jsonschema.validate(empty, schema)
    with pytest.raises(jsonschema.ValidationError, match="extra"):
        jsonschema.validate({**empty, "extra": []}, schema)
    with pytest.raises(jsonschema.ValidationError, match="claims"):
        jsonschema.validate({key: value for key, value in empty.items() if key != "claims"}, schema)


# -- doctor -----------------------------------------------------------------------------------------------------------


def fails() -> str:
    raise SetupError("is damaged", place="here", way_out="reinstall sayso")


def crashes() -> str:
    raise ZeroDivisionError("by zero")


def test_doctor_prints_a_line_for_each_check_and_exits_with_5(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor_module, "CHECKS", {"good": lambda: "all well", "bad": fails, "worse": crashes})
    assert main(["doctor"]) == 5
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["ok", "BROKEN", "BROKEN"]
    assert lines[1].endswith("here: is damaged (reinstall sayso)")
    assert "ZeroDivisionError" in lines[2]
    assert main(["doctor", "--json"]) == 5
    report = json.loads(capsys.readouterr().out)
    assert report["ok"] is False
    assert [check["ok"] for check in report["checks"]] == [True, False, False]


def test_doctor_is_content_when_all_checks_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor_module, "CHECKS", {"good": lambda: "all well"})
    assert main(["doctor"]) == 0
    assert capsys.readouterr().out == "ok      good        all well\n"


def test_checks_of_this_installation_pass() -> None:
    assert doctor_module.check_python().startswith("Python 3.")
    assert "word lists" in doctor_module.check_lexicons()
    assert "Paris" in doctor_module.check_gazetteer()


def test_error_a_damaged_or_missing_lexicon_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="no lexicon"):
        doctor_module.check_lexicons(tmp_path)
    (tmp_path / "cues.toml").write_text("[[entry", encoding="utf-8")
    with pytest.raises(SetupError, match=r"cues\.toml: damaged"):
        doctor_module.check_lexicons(tmp_path)


def test_error_a_model_that_is_not_what_its_build_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_MODEL", str(tmp_path))
    with pytest.raises(SetupError):
        doctor_module.check_model()
    (tmp_path / "model.json").write_text('{"files": {"sayso.onnx": "00"}}', encoding="utf-8")
    (tmp_path / "sayso.onnx").write_bytes(b"x")
    with pytest.raises(SetupError):
        doctor_module.check_model()


# -- eval -------------------------------------------------------------------------------------------------------------

EXAM = """
    from evaluation import Exam

    def exam(data, split):
        files = sum(1 for _ in data.iterdir())
        return Exam(exam="toy-exam", split=split or "dev", n=files, figures={"f": 61.25, "ms": 12.0})
"""
FLOORS = """
    [toy-exam.dev]
    f = 60
    ms = { at_most = 20 }
    [toy-exam.test]
    f = 70
    ms = { at_most = 10 }
    missing = 1
"""


@pytest.fixture
def exams(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a checkout with the real dispatcher and one exam."""
    dispatcher = Path(__file__).parents[2] / "evaluation" / "__init__.py"
    folder = tmp_path / "checkout" / "evaluation"
    (folder / "toy_exam").mkdir(parents=True)
    (folder / "__init__.py").write_bytes(dispatcher.read_bytes())
    (folder / "toy_exam" / "__init__.py").write_text(textwrap.dedent(EXAM), encoding="utf-8")
    (folder / "floors.toml").write_text(textwrap.dedent(FLOORS), encoding="utf-8")
    monkeypatch.setattr("sayso.cli.evaluate.__file__", str(tmp_path / "checkout" / "src" / "sayso" / "cli" / "x.py"))
    monkeypatch.setattr(sys, "path", list(sys.path))
    before = {name: sys.modules.pop(name) for name in list(sys.modules) if name.partition(".")[0] == "evaluation"}
    yield tmp_path
    for name in [name for name in sys.modules if name.partition(".")[0] == "evaluation"]:
        del sys.modules[name]
    sys.modules.update(before)


def test_eval_prints_figures_and_floors(exams: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "toy-exam", "--data", str(exams), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "exam": "toy-exam",
        "split": "dev",
        "n": 1,
        "figures": {"f": 61.25, "ms": 12.0},
        "floors": {"f": 60, "ms": 20},
    }
    assert main(["eval", "toy-exam", "--data", str(exams)]) == 0
    out = capsys.readouterr().out
    assert "toy-exam, dev: 1 items" in out
    assert "61.25   (at least 60)" in out


def test_error_a_figure_below_its_floor_is_named_and_exit_code_3(
    exams: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["eval", "toy-exam", "--data", str(exams), "--split", "test", "--json"]) == 3
    out, err = capsys.readouterr()
    assert json.loads(out)["split"] == "test"
    assert "toy-exam f: 61.25, its floor is at least 70" in err
    assert "toy-exam ms: 12.00, its floor is at most 10" in err
    assert "toy-exam missing: not measured" in err


def test_error_an_exam_that_is_not_there(exams: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "muc5", "--data", str(exams)]) == 2
    assert "no exam 'muc5'; there are: toy-exam" in capsys.readouterr().err
    assert main(["eval", "toy-exam", "--data", str(exams / "nowhere")]) == 2
    assert main(["eval", "toy-exam"]) == 2


def test_error_outside_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sayso.cli.evaluate.__file__", str(tmp_path / "a" / "b" / "c" / "d.py"))
    assert main(["eval", "toy-exam", "--data", str(tmp_path)]) == 5
    assert "the exams are not installed with the package" in capsys.readouterr().err
