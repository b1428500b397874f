"""A day of transfers: 400 people in 153 households, 12 compounds, 6 hotels, buses of 20. A valid plan within 10 s, and
one within 10 % of the printed bound within 60 s. Needs no database; measured once."""

import sys

from django.db import connection

from bench.measure import Outcome
from bench.stand import Stand
from bench.transfers import instance
from wangge.domains.transfer.planner import Proposal, propose
from wangge.domains.transfer.rules_faults import faults

SOON, LATER, PERCENT = 9.0, 56.0, 10.0


def outcomes(stand: Stand) -> list[Outcome]:
    """Seconds to a valid plan; then how far the plan of a minute is above its own bound, in percent."""
    if connection.vendor != "sqlite":
        return []  # the same on any database
    soon = _valid(propose(instance(), seconds=2.0 if stand.quick else SOON))
    made = [_outcome("transfer: a valid plan", soon.seconds, 10.0, "s", "< 10 s")]
    if stand.quick:
        return made
    later = _valid(propose(instance(), seconds=LATER))
    print(f"cost {later.cost}, bound {later.bound}, gap {later.gap:.1%}, {later.seconds:.1f} s", file=sys.stderr)
    made.append(_outcome("transfer: plan in 60 s", later.seconds, 60.0, "s", "< 60 s"))
    return [*made, _outcome("transfer: above its bound", later.gap * 100, PERCENT, "%", "≤ 10 %")]


def _valid(made: Proposal) -> Proposal:
    """Raise where the plan breaks a rule that nothing makes good, or leaves somebody out."""
    if made.plan is None:
        raise AssertionError(f"no plan: {made.missing}")
    if wrong := [one for one in faults(instance(), made.plan) if one.hard or one.fault == "unplaced"]:
        raise AssertionError(f"not a valid plan: {wrong}")
    return made


def _outcome(name: str, value: float, most: float, unit: str, target: str) -> Outcome:
    return Outcome(name, connection.vendor, value, value, value, None, target, value <= most, unit)
