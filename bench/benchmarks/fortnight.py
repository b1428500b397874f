"""Eight asks in a fortnight: questions asked and doors knocked, together and as campaigns of their own.

Counts, not times. The scenario, its chances and its seed are ``bench/fortnight.yaml``, fixed before the first run. The
second scenario shares nothing and must gain nothing: it is the control.
"""

import sys
from collections.abc import Iterator

from bench import fortnight
from bench.fortnight import Counts
from bench.measure import Outcome
from bench.stand import Stand

QUESTIONS, DOORS = 0.30, 0.50  # at least 70 % fewer questions and 50 % fewer doors


def outcomes(stand: Stand) -> Iterator[Outcome]:
    """Both scenarios, each played together and apart on the demo city."""
    stand.demo()
    data = fortnight.scenario()
    fortnight.publish(data)
    for name in ("article", "disjoint"):
        ours, separate = fortnight.together(data, name), fortnight.apart(data, name)
        print(said(name, ours, separate), file=sys.stderr, flush=True)
        gain = name == "article"
        yield _outcome(stand, f"{name}: questions", ours.questions, separate.questions, QUESTIONS if gain else None)
        yield _outcome(stand, f"{name}: doors", ours.knocks, separate.knocks, DOORS if gain else None)
        yield _outcome(stand, f"{name}: a returnee", ours.per_returnee, separate.per_returnee, None)


def _outcome(stand: Stand, name: str, ours: float, apart: float, most: float | None) -> Outcome:
    target = f"≤ {most:g} x" if most else "none: shown beside"
    reached = most is None or ours <= most * apart
    return Outcome(name, stand.vendor, ours, ours, ours, apart, target, reached, unit="count")


def said(name: str, ours: Counts, apart: Counts) -> str:
    """The figures in words: together, apart, and what that saves."""
    head = f"fortnight, {name}: {ours.asks} asks, {ours.pointed} of them pointed to another"
    lines = [f"{head}; together | apart | fewer"]
    for words, one, other in (
        ("questions asked", ours.questions, apart.questions),
        ("  of the bank alone", ours.questions - ours.register, apart.questions - apart.register),
        ("  of what the register holds", ours.register, apart.register),
        ("doors knocked", ours.knocks, apart.knocks),
        ("calls by phone", ours.calls, apart.calls),
        ("households answering", ours.answered, apart.answered),
        ("calls and knocks per returnee", ours.per_returnee, apart.per_returnee),
    ):
        fewer = f"{1 - one / other:>6.1%}" if other else "–"
        lines.append(f"{words:>32} {one:>10,.1f} | {other:>10,.1f} | {fewer}")
    return "\n".join(lines)
