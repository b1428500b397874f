"""The database a benchmark runs on, with its data; made on first use, kept for the next benchmark of the run."""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection

from bench import checkins, places
from bench.checkins import City
from wangge.demo import city as demo_city


@dataclass
class Stand:
    """``vendor`` is Django's name of the database; ``quick`` asks for a twentieth of the data."""

    quick: bool
    folder: Path
    have: dict[str, bool] = field(default_factory=dict)

    @property
    def vendor(self) -> str:
        return connection.vendor

    @property
    def uri(self) -> str:
        """Where a bare driver finds the main database: a file name or a libpq address."""
        name = str(connection.settings_dict["NAME"])
        return name if self.vendor == "sqlite" else os.environ["WANGGE_DATABASE_URL"]

    @property
    def checkins_file(self) -> str:
        return str(settings.WANGGE_CHECKINS)

    def city(self) -> City:
        """Check-ins of 14 days, sealed: 20 million, or a million when quick."""
        city = checkins.QUICK if self.quick else checkins.FULL
        if self._missing("checkins"):
            with self._told(f"{city.rows_a_day * city.days:,} check-ins"):
                checkins.load(city)
            self._remember("checkins", there=True)
        return city

    def city_spoiled(self) -> None:
        """The check-ins are no longer whole: the next who needs them gets new ones."""
        checkins.wipe()
        self._remember("checkins", there=False)

    def places(self) -> None:
        """A city of 600,000 places, or 30,000 when quick."""
        if self._missing("places"):
            with self._told("a city of places"):
                places.load(quick=self.quick)
                self._vacuum("wangge_place")
            self._remember("places", there=True)

    def demo(self) -> None:
        """The demo city, as ``make run`` builds it."""
        if self._missing("demo"):
            with self._told("the demo city"):
                demo_city.build()
            self._remember("demo", there=True)

    def _vacuum(self, name: str) -> None:
        if self.vendor == "postgresql":  # as autovacuum would, a minute later
            with connection.cursor() as cursor:
                cursor.execute(f"VACUUM ANALYZE {name}")

    def _missing(self, what: str) -> bool:
        marker = self.folder / "data.json"
        self.have = json.loads(marker.read_text()) if marker.exists() else {}
        return not self.have.get(what)

    def _remember(self, what: str, *, there: bool) -> None:
        self.have[what] = there
        (self.folder / "data.json").write_text(json.dumps(self.have))

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        begun = time.monotonic()
        print(f"{self.vendor}: making {what} …", end=" ", file=sys.stderr, flush=True)
        yield
        print(f"{time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
