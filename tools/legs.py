"""The legs of ``make test``: what each runs, what it needs, and how its answer is read."""

import os
import re
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import chromium
import environment
import frontend
import postgres
from machine import CannotRun

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
PARALLEL = ("-n", "2", "--dist", "worksteal")  # a few tests build a whole city: nobody waits behind them
# Colours and cursor movements, which a pipe may carry all the same.
ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
CLOSING = re.compile(r"^=* ?(?:(?:\d+ \w+(?:, )?)+|no tests ran) in [\d.]+s.*$")


@dataclass(frozen=True)
class Outcome:
    """How a leg ended; the counts and the closing line are pytest's."""

    passed: bool
    closing: str = ""
    good: int = 0
    bad: int = 0


@dataclass(frozen=True)
class Leg:
    """One part of the whole; ``run`` raises CannotRun when this machine lacks what it needs."""

    name: str
    about: str
    run: Callable[[], Outcome]


def show(command: Sequence[object], more: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Run a command, show what it says as it says it, and return its exit code and its last lines."""
    environment = {**os.environ, "WANGGE_VAR": str(ROOT / "var" / "check"), **(more or {})}
    words = [str(word) for word in command]
    said: deque[str] = deque(maxlen=40)
    with subprocess.Popen(
        words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as running:
        try:
            for line in running.stdout or ():
                print(line, end="", flush=True)
                said.append(line)
        except BaseException:  # we were told to stop: so is the command, or the end of the block would wait for it
            running.terminate()
            raise
    return running.returncode, "".join(said)


def commands(*lines: Sequence[object]) -> Outcome:
    """All of the commands, also after one of them failed."""
    return Outcome(passed=not any([show(line)[0] for line in lines]))


def read_closing(code: int, said: str) -> Outcome:
    """Pytest's own closing line, counted. No tests at all (its exit code 5) is a failure, errors are failed tests."""
    lines = [ESCAPES.sub("", line) for line in said.splitlines()]
    closing = next((line for line in reversed(lines) if CLOSING.match(line)), "")
    counts = {word.rstrip("s"): int(number) for number, word in re.findall(r"(\d+) (passed|failed|errors?)", closing)}
    good, bad = counts.get("passed", 0), counts.get("failed", 0) + counts.get("error", 0)
    return Outcome(code == 0 and good > 0, closing or f"pytest ended with code {code}", good, bad)


def run_pytest(*options: str, database: str = "", more: Mapping[str, str] | None = None) -> Outcome:
    """Run pytest on a database; SQLite when none is named, whatever the person's environment says."""
    colour = ("--color=yes",) if sys.stdout.isatty() else ()
    environment = {"WANGGE_TEST_DATABASE_URL": database, **(more or {})}
    return read_closing(*show([PYTHON, "-m", "pytest", *colour, *options], environment))


def on_postgres() -> Outcome:
    """The server that WANGGE_TEST_DATABASE_URL names, or one of our own."""
    options = (*PARALLEL, "-m", "not journey")
    if url := os.environ.get("WANGGE_TEST_DATABASE_URL"):
        return run_pytest(*options, database=url)
    with postgres.server() as url:
        return run_pytest(*options, database=url)


def journeys() -> Outcome:
    """Two at a time, each with a product and a browser of its own: a journey mostly waits. Those that are held against
    a clock come after, alone: beside another one they would measure that."""
    browser = {"WANGGE_CHROMIUM": chromium.ready()}
    side_by_side = run_pytest(
        "-n", "2", "--dist", "loadfile", "-m", "journey and not pace", "tests/journeys", more=browser
    )
    return both(side_by_side, run_pytest("-m", "pace", "tests/journeys", more=browser))


def both(one: Outcome, other: Outcome) -> Outcome:
    """Two runs as one leg."""
    closing = f"{one.closing.strip('= ')}; {other.closing.strip('= ')}"
    return Outcome(one.passed and other.passed, closing, one.good + other.good, one.bad + other.bad)


def ruff() -> Outcome:
    return commands([PYTHON, "-m", "ruff", "check", "."], [PYTHON, "-m", "ruff", "format", "--check", "."])


def migrations() -> Outcome:
    settings = {"DJANGO_SETTINGS_MODULE": "wangge.settings"}
    code, _ = show([PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run"], settings)
    return Outcome(passed=code == 0)


def types() -> Outcome:
    """Python's, and those of the field app; its packages come from the network when they are not there yet."""
    python = commands([PYTHON, "-m", "mypy"])
    try:
        return Outcome(frontend.types() == 0 and python.passed)
    except environment.Failed as failure:
        raise CannotRun(str(failure)) from None


LEGS = (
    Leg("ruff", "style and form", ruff),
    Leg("types", "mypy --strict, and TypeScript as strictly", types),
    Leg("imports", "floors and streets", lambda: commands([PYTHON, "-c", LINT_IMPORTS])),
    Leg("migrations", "models and migrations agree", migrations),
    Leg("messages", "every word in Chinese", lambda: commands([PYTHON, ROOT / "tools" / "messages.py", "check"])),
    Leg("sqlite", "tests on SQLite", lambda: run_pytest(*PARALLEL, "-m", "not journey")),
    Leg("postgres", "tests on PostgreSQL", on_postgres),
    Leg("journeys", "tests in a browser", journeys),
)
