"""Children are started together, come back when they die, and stop together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from socket import socket
from urllib.request import urlopen

import pytest
from tests.installation import install

from wangge.cli import keeping
from wangge.cli.keeping import Keeper, Kept
from wangge.cli.serve_ import taken

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_a_process_that_keeps_dying_is_given_up(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(keeping, "LOOK", 0.01)
    other = Kept("other", SLEEP)
    broken = Kept("worker", [sys.executable, "-c", "raise SystemExit(3)"])
    assert Keeper([other, broken]).run(lambda: None) == 1
    assert "the worker ended with code 3" in capfd.readouterr().err
    assert other.dead


def test_a_web_that_never_answers_is_said(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(keeping, "PATIENCE", 0.3)
    assert Keeper([Kept("web", SLEEP, url="http://127.0.0.1:1/")]).run(lambda: None) == 1
    assert "does not answer" in capfd.readouterr().err


def test_a_taken_port_is_named_with_another(capsys: pytest.CaptureFixture[str]) -> None:
    with socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        said = taken("127.0.0.1", port)
        assert f"port {port} on 127.0.0.1 is taken" in said
        assert "PORT=" in said
    assert taken("127.0.0.1", port) == ""
    assert "not known here" in taken("no-such-host.invalid", port)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """That of an installation of its own with one community, so that no demo is built."""
    own = {**install(tmp_path).env, "PORT": _free_port(), "HOST": "127.0.0.1"}
    file = tmp_path / "places.csv"
    file.write_text(
        "code12,county_code,county,town_code,town,village\n"
        "140106005010,140106,迎泽区,140106005,桥东街道,并州东街四社区居委会\n",
        encoding="utf-8",
    )
    line = [sys.executable, "-m", "wangge", "import", "places", str(file)]
    subprocess.run(line, env=own, check=True, capture_output=True)
    return own


def _free_port() -> str:
    with socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return str(listener.getsockname()[1])


def test_run_starts_both_brings_a_killed_worker_back_and_stops_cleanly(
    environment: dict[str, str], tmp_path: Path
) -> None:
    said = tmp_path / "said.txt"
    with said.open("wb") as out:
        run = subprocess.Popen([sys.executable, "-m", "wangge", "run"], env=environment, stdout=out, stderr=out)
    try:
        _until(lambda: "Wangge answers at" in said.read_text(encoding="utf-8"))
        with urlopen(f"http://127.0.0.1:{environment['PORT']}/healthz", timeout=5) as answer:
            assert answer.status == 200
        (worker,) = _children(run.pid, "wangge\0worker")
        os.kill(worker, signal.SIGKILL)
        _until(lambda: "The worker was ended by SIGKILL" in said.read_text(encoding="utf-8"))
        _until(lambda: _children(run.pid, "wangge\0worker") not in ([], [worker]))
        left = _children(run.pid, "")
        run.send_signal(signal.SIGINT)
        assert run.wait(30) == 0
        assert not any(Path(f"/proc/{pid}").exists() for pid in left)
    finally:
        run.kill()
        run.wait()


def _children(parent: int, word: str) -> list[int]:
    pids = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(pid) for pid in pids if word in Path(f"/proc/{pid}/cmdline").read_text()]


def _until(met: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < until
        time.sleep(0.1)
