"""The real product for journeys: started by the newcomer's command, in a folder of its own, with its demo city."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ANSWERS_WITHIN = 180.0  # seconds; the demo city is built first


@dataclass(frozen=True)
class Account:
    """A sign-in of the demo. ``kind`` is the kind of post, such as ``grid_worker``."""

    username: str
    password: str
    post: str
    place: str
    kind: str


@dataclass(frozen=True)
class Product:
    """A running installation: its address without a slash at the end, its folder, its sign-ins."""

    base_url: str
    var: Path
    accounts: tuple[Account, ...]

    def account(self, who: str) -> Account:
        """The account with this user name, or the first one whose post is of this kind."""
        for account in self.accounts:
            if account.username == who:
                return account
        for account in self.accounts:
            if account.kind == who:
                return account
        raise LookupError(f"{who}: no such account; kinds: {sorted({one.kind for one in self.accounts})}")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def environment(var: Path, port: int) -> dict[str, str]:
    """A person's environment: nothing of this run of tests but the folder, the port and the database asked for."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WANGGE_", "DJANGO_", "PYTEST_"))}
    if url := os.environ.get("JOURNEY_DATABASE_URL"):
        kept["WANGGE_DATABASE_URL"] = url
    return {**kept, "HOST": "127.0.0.1", "PORT": str(port), "WANGGE_VAR": str(var)}


def answers(url: str) -> bool:
    """Whether anything answers there, an error page included."""
    try:
        urllib.request.urlopen(url, timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def wait(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    """Wait for the first answer. Raises RuntimeError with what the product said when there is none."""
    until = time.monotonic() + ANSWERS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        if answers(url):
            return
        time.sleep(0.2)
    said = log.read_text(encoding="utf-8", errors="replace")[-4000:]
    raise RuntimeError(f"the product does not answer (its code: {process.poll()}). It said:\n{said}")


def end(process: "subprocess.Popen[bytes]") -> None:
    """Stop it as a person would, with a signal it can answer."""
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def running(var: Path) -> Iterator[Product]:
    """The product on a free port for the length of a ``with`` block; what it says goes to ``run.log`` in its folder."""
    port, log = free_port(), var / "run.log"
    url = f"http://127.0.0.1:{port}"
    with log.open("wb") as lines:
        process = subprocess.Popen(
            [sys.executable, "-m", "wangge", "run"], cwd=ROOT, env=environment(var, port), stdout=lines, stderr=lines
        )
    try:
        wait(process, f"{url}/healthz", log)
        listed = json.loads((var / "demo-accounts.json").read_text(encoding="utf-8"))
        yield Product(url, var, tuple(Account(**line) for line in listed))
    finally:
        end(process)
