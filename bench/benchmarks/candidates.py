"""One case's candidates over 14 days, ranking included, beside the bare range reads of the same rows."""

from collections.abc import Iterator
from itertools import cycle

from bench.limits import candidates as bare
from bench.measure import Pair
from bench.stand import Stand
from wangge.domains.protocol.queries import protocol
from wangge.domains.venues import queries, rules, storage
from wangge.domains.venues.models import Venue
from wangge.domains.venues.storage.shape import windows_by_day

CASES = 15


def pairs(stand: Stand) -> Iterator[Pair]:
    """The target is the issue's: within 3 times the range reads and under 50 ms, warm."""
    city, edition = stand.city(), protocol("covid19-v8")
    first, last = city.dates[0], city.dates[-1]
    cases = [7 + number * city.people // CASES for number in range(CASES)]
    kinds = dict(Venue.objects.values_list("pk", "kind"))
    read = bare.postgres(stand.uri) if stand.vendor == "postgresql" else bare.sqlite(stand.checkins_file)
    wanted = {}
    for person in cases:
        visits = rules.presumed(storage.visits_of(person, first, last), kinds, edition.stays)
        windows = rules.windows(visits)
        by_day = windows_by_day(windows)
        wanted[person] = (city.dates, [(day, *window) for day in city.dates for window in by_day.get(day, [])])
        went, seen = read(person, *wanted[person])
        if sorted(seen) != sorted(storage.present_at(windows)) or len(went) < len(visits):
            raise AssertionError("the limit does not read the same rows")
    ours, limit = cycle(cases), cycle(cases)
    yield Pair(
        "candidates",
        lambda: queries.candidates_for(
            person=next(ours), first_day=first, last_day=last, stays=edition.stays, cap=edition.candidates_cap
        ),
        lambda: read(person := next(limit), *wanted[person]),
        most_ratio=3, most_ms=50, warm=CASES, rounds=2 * CASES,
    )  # fmt: skip
