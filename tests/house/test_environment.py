"""The first command on a bare machine: what is missing is said, what is done is not done again."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import environment
import frontend

TOOLS = Path(environment.__file__).resolve().parent


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with lock files and without an environment; what would be run is written to ``ran``."""
    (tmp_path / "requirements").mkdir()
    for name in ("base.txt", "dev.txt"):
        (tmp_path / "requirements" / name).write_text(f"{name[:-4]}==1.0 \\\n    --hash=sha256:00\n")
    for name, path in {"ROOT": "", "VENV": ".venv", "LOCKS": "requirements", "LOCALE": "src/wangge/locale",
                       "PYTHON": ".venv/bin/python", "STAMP": ".venv/wangge-stamp.json"}.items():  # fmt: skip
        monkeypatch.setattr(environment, name, tmp_path / path)
    return tmp_path


@pytest.fixture
def ran(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands in place of being run; making the environment leaves a Python that works."""
    commands: list[str] = []

    def run(*command: object, hint: str) -> None:
        commands.append(" ".join(str(part) for part in command))
        if "venv" in command:
            (folder / ".venv/lib/python3/site-packages").mkdir(parents=True)
            (folder / ".venv/bin").mkdir()
            (folder / ".venv/bin/python").symlink_to(sys.executable)

    monkeypatch.setattr(environment, "run", run)
    monkeypatch.setattr(environment, "HAS_PIP", "")
    monkeypatch.setattr(frontend, "build", lambda: None)
    return commands


def test_the_second_time_nothing_is_done(folder: Path, ran: list[str]) -> None:
    assert environment.prepare(dev=False) == 0
    assert ["-m venv" in command or "--require-hashes" in command for command in ran] == [True, True]
    assert environment.prepare(dev=False) == 0
    assert len(ran) == 2
    assert json.loads((folder / ".venv/wangge-stamp.json").read_text()) == environment.wanted(dev=False)
    link = next((folder / ".venv").rglob("wangge.pth")).read_text().strip()
    assert link == "../../../../src"


def test_tools_for_tests_come_on_top_and_a_changed_lock_is_installed_alone(folder: Path, ran: list[str]) -> None:
    environment.prepare(dev=False)
    environment.prepare(dev=True)
    assert ran[-1].endswith("dev.txt")
    assert "base.txt" not in ran[-1]
    (folder / "requirements/base.txt").write_text("base==2.0 \\\n    --hash=sha256:01\n")
    environment.prepare(dev=True)
    assert ran[-1].endswith("base.txt")
    assert len(ran) == 4


def test_an_environment_whose_python_went_away_is_made_again(folder: Path, ran: list[str]) -> None:
    environment.prepare(dev=False)
    (folder / ".venv/bin/python").unlink()
    (folder / ".venv").rename(folder / "old")
    environment.prepare(dev=False)
    assert len(ran) == 4


def test_a_failed_step_is_told_and_begun_again_the_next_time(
    folder: Path, ran: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(names: list[str]) -> None:
        raise environment.Failed("no network")

    with monkeypatch.context() as patch:
        patch.setattr(environment, "install", broken)
        assert environment.prepare(dev=False) == 1
    assert "no network" in capsys.readouterr().err
    assert environment.prepare(dev=False) == 0
    assert "--require-hashes" in ran[-1]


def test_catalogues_are_compiled_for_both_scripts_and_again_when_a_word_changed(folder: Path, ran: list[str]) -> None:
    locale = folder / "src/wangge/locale"
    for name in ("zh_Hans", "zh_Hant"):
        (locale / name / "LC_MESSAGES").mkdir(parents=True)
    (locale / "zh_Hans/LC_MESSAGES/django.po").touch()
    environment.prepare(dev=False)
    assert ran[-1].endswith("messages.py compile")
    (locale / "zh_Hans/LC_MESSAGES/django.mo").touch()
    environment.prepare(dev=False)
    assert len(ran) == 4, "the derived one was missing"
    (locale / "zh_Hant/LC_MESSAGES/django.mo").touch()
    environment.prepare(dev=False)
    assert len(ran) == 4
    words = locale / "zh_Hant_words.tsv"
    words.touch()
    os.utime(words, (words.stat().st_atime, words.stat().st_mtime + 5))
    environment.prepare(dev=False)
    assert ran[-1].endswith("messages.py compile")
    assert len(ran) == 5


def bootstrap(python: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """Call bootstrap.py as make does, on a machine with nothing on its path."""
    code = f"import sys; sys.path.insert(0, {str(TOOLS)!r}); {python}; import bootstrap; sys.exit(bootstrap.main())"
    env = {"PATH": "", **more}
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)


def test_an_old_python_is_told_what_is_needed() -> None:
    done = bootstrap("sys.version_info = (3, 9, 2)")
    assert done.returncode == 2
    assert "Python 3.11 or newer is needed; this is 3.9" in done.stderr
    assert "make run PYTHON=" in done.stderr


def test_an_old_python_hands_over_to_a_newer_one_beside_it(tmp_path: Path) -> None:
    newer = tmp_path / "python3.12"
    newer.write_text('#!/bin/sh\ntest -n "$2" || echo handed over\n')
    newer.chmod(0o755)
    done = bootstrap("sys.version_info = (3, 9, 2)", PATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (0, "handed over\n")


def test_a_python_without_ensurepip_is_told_which_package(folder: Path, capsys: pytest.CaptureFixture[str],
                                                          monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    assert environment.prepare(dev=False) == 1
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    said = capsys.readouterr().err
    assert "ensurepip" in said
    assert version in said
    assert os.path.exists("/etc/debian_version") == (f"apt-get install python{version}-venv" in said)


def test_a_machine_that_cannot_build_goes_on_with_plain_forms_but_is_not_tested(
    ran: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise environment.Failed(frontend.NETWORK)

    monkeypatch.setattr(frontend, "build", broken)
    assert environment.prepare(dev=False) == 0
    assert "plain forms" in capsys.readouterr().err
    assert environment.prepare(dev=True) == 1


def test_what_was_built_is_built_again_when_a_source_changed_or_the_build_broke_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, source = tmp_path / "made", tmp_path / "frontend" / "src"
    made.mkdir()
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "frontend.txt").write_text("node==1\n")
    (source / "node_modules").mkdir(parents=True)
    (source / "page.js").write_text("1")
    (tmp_path / "frontend" / "package-lock.json").write_text("{}")
    for module, name, path in [(environment, "ROOT", tmp_path), (environment, "LOCKS", tmp_path / "requirements"),
                               (frontend, "FOLDER", tmp_path / "frontend"), (frontend, "STYLES", ()),
                               (frontend, "STAMPS", [made / "built-from"]),
                               (frontend, "FETCHED", source / "node_modules" / "lock")]:  # fmt: skip
        monkeypatch.setattr(module, name, path)
    steps: list[str] = []
    monkeypatch.setattr(frontend, "node", lambda: (["node"], ["npm"]))
    monkeypatch.setattr(frontend, "run", lambda words, *command, hint: steps.append(command[0]))
    frontend.build()
    frontend.build()
    assert steps == ["npm", "node", "node", "node"]
    (source / "page.js").write_text("2")
    frontend.build()
    assert steps == ["npm", *["node"] * 6]  # what was fetched is still what the lock file says
