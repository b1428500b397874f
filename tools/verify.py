"""Runs everything that is checked, leg by leg, and closes with one table; ``make test`` and CI call it.

``LEGS="ruff sqlite"`` runs only those, for the person who knows what the change touched. A leg that cannot run here
says why and fails the whole; in CI (``CI=true``) a leg that was left out does too.
"""

import os
import signal
import sys
import time
from dataclasses import dataclass

from legs import LEGS, Leg, Outcome
from machine import CannotRun

RULE = "─" * 78


@dataclass(frozen=True)
class Line:
    """One line of the closing table; seconds is 0 for a leg that was not begun."""

    name: str
    about: str
    result: str
    seconds: float = 0.0
    outcome: Outcome | None = None
    why: str = ""


def chosen() -> set[str]:
    """The legs named in LEGS; all when it is empty. Exits with 2 when one does not exist."""
    names = {leg.name for leg in LEGS}
    asked = set(os.environ.get("LEGS", "").replace(",", " ").split())
    if unknown := asked - names:
        sys.exit(f"No leg is called {', '.join(sorted(unknown))}. There are: {' '.join(leg.name for leg in LEGS)}")
    return asked or names


def play(leg: Leg) -> Line:
    """Run one leg and time it."""
    print(f"\n{RULE}\n{leg.name}: {leg.about}\n{RULE}", flush=True)
    start = time.perf_counter()
    try:
        outcome = leg.run()
    except CannotRun as reason:
        print(reason, flush=True)
        return Line(leg.name, leg.about, "COULD NOT RUN", time.perf_counter() - start, why=str(reason))
    result = "passed" if outcome.passed else "FAILED"
    return Line(leg.name, leg.about, result, time.perf_counter() - start, outcome)


def close(lines: list[Line]) -> None:
    """The table, pytest's own closing lines, and the total of all its legs alone on the last line."""
    print(f"\n{RULE}")
    for line in lines:
        print(f"{line.name:<12}{line.about:<30}{line.result:<16}{line.seconds:>8.1f} s")
    for line in lines:
        if line.why:
            print(f"\n{line.name} could not run: {line.why}")
    print(RULE)
    if wrong := [line.name for line in lines if line.result not in ("passed", "left out")]:
        print(f"NOT PASSED: {', '.join(wrong)}")
    outcomes = [(line.name, line.outcome) for line in lines if line.outcome and line.outcome.closing]
    for name, outcome in outcomes:
        print(f"{name}: {outcome.closing}")
    print(f"{sum(o.good for _, o in outcomes)} passed, {sum(o.bad for _, o in outcomes)} failed", flush=True)


def verdict(lines: list[Line]) -> int:
    """Exit code: 0 only when all that had to run ran and passed."""
    fine = {"passed"} if os.environ.get("CI") == "true" else {"passed", "left out"}
    return 0 if all(line.result in fine for line in lines) else 1


def main() -> int:
    # A terminated run must still stop the database it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    asked = chosen()
    lines = [play(leg) if leg.name in asked else Line(leg.name, leg.about, "left out") for leg in LEGS]
    close(lines)
    return verdict(lines)


if __name__ == "__main__":
    sys.exit(main())
