"""Dropping a day of check-ins, with its record, beside a bare DROP TABLE of another day."""

from collections.abc import Iterator

from bench.limits import drop_day as bare
from bench.measure import Pair
from bench.stand import Stand
from wangge.domains.venues import storage


def pairs(stand: Stand) -> Iterator[Pair]:
    """The target is the issue's: under 1 s for 1.4 million rows. Each of the two drops every other day."""
    days = stand.city().dates
    ours, limit = iter(days[::2]), iter(days[1::2])
    drop = bare.postgres(stand.uri) if stand.vendor == "postgresql" else bare.sqlite(stand.checkins_file)
    yield Pair(
        "drop_day", lambda: storage.drop_day(next(ours)), lambda: drop(next(limit)), most_ms=1000, warm=0, rounds=5
    )
    if stand.vendor == "sqlite":
        yield Pair("  then overwritten", storage.scrub, warm=0, rounds=1)  # ten days at once; no target
    stand.city_spoiled()
