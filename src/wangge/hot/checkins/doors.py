"""What a check-in is held against, in memory: the day, the keys, and each venue with its poster and its Response.

The day and the keys are read anew every second in which somebody comes. A venue is kept for a minute at most, and
dropped as soon as the log holds a fact about venues, Responses or places.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from time import monotonic
from uuid import UUID

from django.conf import settings

from wangge.base import clock
from wangge.base.keys import load
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import naming
from wangge.domains.protocol.rules import Named
from wangge.domains.venues.codes import Codes
from wangge.domains.venues.models import Venue
from wangge.domains.venues.queries import by_key, kept_by
from wangge.domains.venues.rules import order_of
from wangge.domains.venues.visitors import Envelopes, Keys
from wangge.hot.facts import Facts
from wangge.hot.lookups import Fresh, Lookups, Reader

MOST = 250_000  # venues: a city's
#: Of one venue: the gates of a station at its busiest, and no more. Whoever makes numbers up with one poster's picture
#: fills neither the storage nor the queue of everybody else.
BURST, EACH_SECOND = 2000.0, 50.0


class Moment:
    """The day in which we are, in seconds of Unix time, and the keys of now."""

    def __init__(self, before: "Moment | None") -> None:
        self.today = clock.today()
        self.starts = int(clock.start_of(self.today).timestamp())
        self.ends = int(clock.end_of(self.today).timestamp())
        self.secret = load(settings.WANGGE_KEYS).secret
        same = before is not None and before.secret == self.secret
        self.codes: Codes = before.codes if before and same else Codes()
        self.keys: Keys = before.keys if before and same else Keys()
        self.key_today = self.keys.on(self.today)


@dataclass(slots=True, eq=False)
class Door:
    """A venue as check-ins need it. ``envelopes`` is None where no open Response names check-in.

    ``left`` and ``counted``: how many more it may take at this moment.
    """

    venue: int
    name: str
    opened: date
    closed: date | None
    version: int
    old_until: datetime | None
    response: UUID | None = None
    title: str = ""
    document_no: str = ""
    keep_days: int = 0
    envelopes: Envelopes | None = None
    left: float = BURST
    counted: float = 0.0

    def has_room(self) -> bool:
        """Count one more; False when there were too many at once."""
        now = monotonic()
        self.left = min(BURST, self.left + (now - self.counted) * EACH_SECOND)
        self.counted = now
        if self.left < 1:
            return False
        self.left -= 1
        return True


def read_doors(venues: Sequence[int]) -> dict[int, Door | None]:
    """Venues, each with the Response around it under which it takes check-ins."""
    found, within = by_key(venues), [Within(one) for one in naming(Named.CHECK_IN)]
    return {key: _door(found[key], within) if key in found else None for key in venues}


class Within:
    """An open Response that names check-in."""

    def __init__(self, response: Response) -> None:
        self.response, self.kept, self.envelopes = response, kept_by(response), Envelopes(response.uuid)


def _door(venue: Venue, within: Sequence[Within]) -> Door:
    door = Door(
        venue.pk, venue.name, venue.opened, venue.closed, venue.poster_version, venue.poster_old_until,
        counted=monotonic(),
    )  # fmt: skip
    by_order = {one.kept: one for one in within}
    if order := order_of(venue.place.path, by_order):
        one = by_order[order]
        door.response, door.title, door.document_no = one.response.uuid, one.response.title, one.response.document_no
        door.keep_days, door.envelopes = one.kept.days, one.envelopes
    return door


class Doors:
    """Of one process."""

    def __init__(self) -> None:
        self._reader = Reader("doors")
        self.moment = Fresh(self._reader, self._read)
        self.doors: Lookups[int, Door | None] = Lookups(self._reader, read_doors, MOST)
        self._facts = Facts("venues.", "protocol.", "places.")

    def _read(self, before: Moment | None) -> Moment:
        if self._facts.any_new():
            self.doors.clear()
        return Moment(before)

    def close(self) -> None:
        self._reader.close()
