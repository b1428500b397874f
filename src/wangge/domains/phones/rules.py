"""Policy of phones: verdicts, when something happened by whose clock, how long a shift's key lives."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Verdict(StrEnum):
    """What became of a command, for good. HAD is said of what was DONE before; LATER is no answer: nothing was
    recorded."""

    DONE = "done"
    HAD = "had"
    KEPT = "kept"
    REFUSED = "refused"
    LATER = "later"


#: Those that are kept in the inbox.
FINAL = frozenset({Verdict.DONE, Verdict.KEPT, Verdict.REFUSED})
MOST = 50  # commands at once
#: Kinds of which nothing is kept but a hash and the answer, whatever that is: what a visitor said belongs to a Response
#: and ends with it, sooner than the inbox.
PASSING = ("checkpoint.visitor", "checkpoint.vehicle", "venue.check_in")
#: What an entry may weigh, in characters of its JSON: a door's form with everybody's answers is a tenth of it.
LONGEST = 200_000
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Clocks:
    """What a phone's own clock said, and the server's in the same instant."""

    own: datetime
    server: datetime


def happened(at: datetime, clocks: Clocks | None, since: datetime | None, now: datetime) -> datetime:
    """When it happened: by the phone's clock, set right where it is known to be wrong; never before ``since`` (there
    was nothing to do yet), never after it arrived."""
    at = at + (clocks.server - clocks.own) if clocks else at
    return min(max(at, since or at), now)


def is_current(made_at: datetime, until: datetime, now: datetime, shift: timedelta) -> bool:
    """Whether a key goes on being used: its shift is not over, and it is not older than a shift."""
    return until > now and made_at + shift > now
