"""Building the demo city, in order: divisions, homes, people, posts, the drill, visits, yesterday's scenes.

All in one transaction of the main database: a build that was interrupted leaves an empty one. Ids follow from the
seed; times and ages from today's civil day.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from time import perf_counter

from django.conf import settings
from django.db import connection, transaction

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.ids import derived
from wangge.base.problems import Problem
from wangge.demo import accounts, homes, offices, residents, scenes, visits
from wangge.demo.chance import stream
from wangge.demo.opening import open_drill
from wangge.demo.plan import ALIASES, AREAS, SEED, Area, place_id
from wangge.demo.staff import Staff
from wangge.domains.asking.actions.shipping import publish_shipped
from wangge.domains.people.actions import register_people
from wangge.domains.places.actions import add_alias, add_places, import_divisions, open_grid, put_in_grid
from wangge.domains.places.inputs import read_divisions
from wangge.domains.places.models import Grid, Place
from wangge.domains.places.queries import by_code
from wangge.domains.protocol.models import Response

DIVISIONS = settings.HERE / "data" / "taiyuan_divisions_nbs2023.csv"
EDITION = date(2023, 6, 30)  # the cut-off day of the last edition that was published
FOUNDED = 45  # days ago: grids and posts
OPENED = 15  # days ago: the drill, a day before the first check-in

Say = Callable[[str], None]


@dataclass
class City:
    """What was built, for whoever goes on from here."""

    places: dict[str, list[Place]] = field(default_factory=dict)
    grids: dict[str, list[Grid]] = field(default_factory=dict)
    response: Response | None = None
    people: int = 0
    check_ins: int = 0


def is_empty() -> bool:
    """Whether there is no place yet: the demo is built nowhere else."""
    return not Place.objects.exists()


def build(say: Say = lambda line: None) -> City:
    """Build the demo in an empty database; ``say`` gets a line with seconds after each part. Raises Problem."""
    if not is_empty():
        raise Problem("places_exist")
    today, city = clock.today(), City()
    with transaction.atomic():
        for words, part in PARTS:
            with _timed(say, words):
                part(city, today)
                _look_again()
    accounts.write()
    return city


def _look_again() -> None:
    """Tell PostgreSQL's planner how much there is now; nobody else does before the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@contextmanager
def _timed(say: Say, words: str) -> Iterator[None]:
    start = perf_counter()
    yield
    say(f"{words:<48}{perf_counter() - start:6.1f} s")


def _divisions(city: City, today: date) -> None:
    with DIVISIONS.open("rb") as file:
        import_divisions(rows=read_divisions(file), city="太原市", edition=EDITION, by=SYSTEM)
    for code, alias in ALIASES.items():
        add_alias(place=by_code(code), name=alias, by=SYSTEM, source="demo")


def _homes(city: City, today: date) -> None:
    with clock.held(clock.start_of(today - timedelta(days=FOUNDED)) + timedelta(hours=9)):
        for area in AREAS:
            community = by_code(area.code)
            city.places[area.key] = add_places(parent=community, seeds=homes.seeds_of(area), by=SYSTEM)
            city.grids[area.key] = _grids(area, community, city.places[area.key])


def _grids(area: Area, community: Place, places: Sequence[Place]) -> list[Grid]:
    by_id = {place.uuid: place for place in places}
    grids = []
    for number, names in enumerate(area.grids, 1):
        name, uuid = f"{area.label}第{number}网格", derived(SEED, "grid", area.code, number)
        grid = open_grid(community=community, number=number, name=name, by=SYSTEM, uuid=uuid)
        members = [by_id[place_id(area.code, *way)] for way in homes.members_of(area, names)]
        put_in_grid(grid=grid, places=members, from_day=clock.today(), by=SYSTEM)
        grids.append(grid)
    return grids


def _people(city: City, today: date) -> None:
    taken: set[str] = set()
    for area in AREAS:
        rows = residents.residents_of(area, city.places[area.key], today, taken)
        city.people += register_people(rows=rows, by=SYSTEM)
    worker.run_pending()


def _posts(city: City, today: date) -> None:
    staff = Staff(SEED, stream(SEED, "staff"))
    with clock.held(clock.start_of(today - timedelta(days=FOUNDED)) + timedelta(hours=10)):
        offices.fill(staff, city.grids)
        worker.run_pending(10_000)
    offices.leave(staff)
    with clock.held(clock.start_of(today - timedelta(days=3)) + timedelta(hours=18)):
        worker.run_pending()


def _drill(city: City, today: date) -> None:
    with clock.held(clock.start_of(today - timedelta(days=OPENED)) + timedelta(hours=9)):
        city.response = open_drill(area=by_code("1401"), seed=SEED)
        worker.run_pending()


def _visits(city: City, today: date) -> None:
    with clock.held(clock.start_of(today - timedelta(days=OPENED)) + timedelta(hours=10)):
        venues = visits.open_venues()
    city.check_ins = visits.fill_days(venues, today)


def _scenes(city: City, today: date) -> None:
    scenes.play(today)


def _questions(city: City, today: date) -> None:
    publish_shipped(by=SYSTEM)


PARTS: Sequence[tuple[str, Callable[[City, date], None]]] = (
    ("1,401 communities of Taiyuan", _divisions),
    ("homes and grids of six communities and a village", _homes),
    ("the people who live there", _people),
    ("posts and accounts", _posts),
    ("the drill", _drill),
    ("the bank of questions", _questions),
    ("venues and two weeks of check-ins", _visits),
    ("yesterday's results, orders and visits", _scenes),
)
