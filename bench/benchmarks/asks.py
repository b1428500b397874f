"""An ask over 20,000 households on SQLite, over 624,000 on PostgreSQL: estimated, dispatched as doors, counted live.

Four of five doors have a fresh answer. Dispatch freezes the list, counts the known and puts the other doors, all of it
in the database: the memory of this process is looked at and has to stay flat.
"""

import resource
import sys
from collections.abc import Iterator
from datetime import date, timedelta

from django.db import connection

from bench import places
from bench.measure import Pair
from bench.stand import Stand
from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.base.ids import uuid7
from wangge.base.sets import new_uuid, run
from wangge.demo.opening import open_drill
from wangge.domains.asking.actions import Wish, estimate, publish_questionnaire, send_ask
from wangge.domains.asking.models import Ask
from wangge.domains.asking.queries import reading
from wangge.domains.asking.questionnaire import Choice, Privacy, Question, Questionnaire, Type
from wangge.domains.duty.models import Post, PostGrid
from wangge.domains.duty.rules import PostKind
from wangge.domains.places.models import Grid, Place
from wangge.domains.places.rules import Kind
from wangge.domains.protocol.models import Response

QUESTION = "has_supplies"
INSIDE = [(Kind.BUILDING, 20), (Kind.UNIT, 2), (Kind.HOUSEHOLD, 10)]  # a community of 400 doors, one grid
MORE = [(Kind.BUILDING, 20), (Kind.UNIT, 2), (Kind.HOUSEHOLD, 12)]  # of 480
MOST_MEGABYTES = 64


def pairs(stand: Stand) -> Iterator[Pair]:
    """The issue's: SQLite under 1 s and 5 s; PostgreSQL dispatched in under 30 s, live counts under 100 ms."""
    whole = stand.vendor == "postgresql"
    communities = 1300 if whole else 50
    build(communities=communities // 10 if stand.quick else communities, levels=MORE if whole else INSIDE)
    response, area = Response.objects.get(), places.a_city()
    doors = Place.objects.filter(kind=Kind.HOUSEHOLD).count()
    found, _ = estimate(wish=wish(response, area), by=SYSTEM)
    if (found.total, found.known) != (doors, doors - doors // 5):
        raise AssertionError(f"not the ask that was meant: {found} of {doors} doors")
    yield Pair(
        f"ask of {doors:,}: estimate", lambda: estimate(wish=wish(response, area), by=SYSTEM),
        most_ms=None if whole else 1000, rounds=3, warm=1,
    )  # fmt: skip
    yield Pair(
        f"ask of {doors:,}: dispatch", lambda: dispatch(response, area, doors), most_ms=30_000 if whole else 5000,
        rounds=1 if whole else 3, warm=0, before=clear,
    )  # fmt: skip
    ask = Ask.objects.get()
    yield Pair(f"ask of {doors:,}: city's figures", lambda: reading.sums(ask, area.path), most_ms=100)
    yield Pair(f"ask of {doors:,}: districts", lambda: reading.by_child(ask, area.path, 8), most_ms=100)


def wish(response: Response, area: Place) -> Wish:
    now = clock.now()
    return Wish(
        response=response, area=area, title="物资", purpose="看谁家缺物资", questions=(QUESTION,),
        deadline=now + timedelta(hours=6), ends_at=now + timedelta(days=2),
    )  # fmt: skip


def dispatch(response: Response, area: Place, doors: int) -> Ask:
    """Send it; raise where the figures are wrong or the memory of this process grew with the list."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ask = send_ask(wish=wish(response, area), by=SYSTEM)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    figures = reading.sums(ask, area.path)
    print(f"{connection.vendor}: {figures['not_yet']:,} doors put, {grown} MB more", file=sys.stderr, flush=True)
    if (figures["expected"], figures["known"], figures["not_yet"]) != (doors, doors - doors // 5, doors // 5):
        raise AssertionError(f"the figures are wrong: {figures}")
    if grown > MOST_MEGABYTES:
        raise AssertionError(f"the process grew by {grown} MB")
    return ask


def clear() -> None:
    """As before the first ask."""
    tables = ("taskitem", "task", "tally", "asksubject", "asktally", "askquestion", "ask")
    if connection.vendor == "postgresql":
        run("TRUNCATE " + ", ".join(f"wangge_{name}" for name in tables) + " CASCADE")
        answers()  # TRUNCATE took them along
        return
    for name in tables:
        run(f"DELETE FROM wangge_{name}")


def build(*, communities: int, levels: list[tuple[Kind, int]]) -> None:
    """The divisions, their doors and posts, one person at each door and a second at every other."""
    city = places.a_city()
    towns = places.down([city], [(Kind.DISTRICT, 10), (Kind.TOWNSHIP, 10)])
    made = places.down(towns, [(Kind.COMMUNITY, -(-communities // len(towns)))])[:communities]
    for first in range(0, len(made), 20):
        places.down(made[first : first + 20], levels)
    staff(city, made)
    for every in (1, 2):
        people(every)
    open_drill(area=city, seed="asks")
    questionnaire = Questionnaire("supplies", "1", {"zh": "物资"}, (
        Question(QUESTION, Type.SELECT_ONE, {"zh": "有物资吗？"}, choices=(Choice("yes", {}), Choice("no", {})),
                 fresh_for=timedelta(days=3), privacy=Privacy.OPEN),
    ))  # fmt: skip
    publish_questionnaire(questionnaire=questionnaire, content="<x/>", by=SYSTEM)
    answers()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def staff(city: Place, made: list[Place]) -> None:
    """One grid for each community, with the post that answers for it."""
    day = date(2022, 1, 1)
    top = Post.objects.create(kind=PostKind.CITY, title="市指挥部", place=city, opened=day)
    grids = Grid.objects.bulk_create(Grid(uuid=uuid7(), community=one, number=1, name="1", opened=day) for one in made)
    posts = Post.objects.bulk_create(
        Post(uuid=uuid7(), kind=PostKind.GRID_WORKER, title="网格员", place=one, parent=top, opened=day) for one in made
    )
    PostGrid.objects.bulk_create(PostGrid(post=post, grid=grid) for post, grid in zip(posts, grids, strict=True))
    run(
        "UPDATE wangge_place SET grid_id = (SELECT g.id FROM wangge_grid g "
        "JOIN wangge_place c ON c.id = g.community_id WHERE c.path = substr(wangge_place.path, 1, 16)) "
        "WHERE kind = 'household'"
    )


def people(every: int) -> None:
    nothing = "''::bytea" if connection.vendor == "postgresql" else "x''"
    run(
        "INSERT INTO wangge_person (uuid, name, sex, home_id, sealed, document_index, phone_index, other_phone_index, "
        f"name_birth_index, relation, recorded_at) SELECT {new_uuid()}, '某某', 'unknown', id, {nothing}, '', "
        f"CASE WHEN id %% 3 = 0 THEN '' ELSE 'x' END, '', '', '', %s FROM wangge_place "
        f"WHERE kind = 'household' AND id %% {every} = 0",
        (connection.ops.adapt_datetimefield_value(clock.now()),),
    )


def answers() -> None:
    """Four of five doors have answered."""
    now, until = clock.now(), clock.now() + timedelta(days=2)
    adapt = connection.ops.adapt_datetimefield_value
    response = Response.objects.get().uuid
    nothing = "''::bytea" if connection.vendor == "postgresql" else "x''"
    run(
        "INSERT INTO wangge_answer (uuid, door_id, question_id, value, sealed, value_index, empty, at, known_at, "
        f"fresh_until, source, response, state) SELECT {new_uuid()}, id, (SELECT id FROM wangge_question), 'yes', "
        f"{nothing}, '', '', %s, %s, %s, 'visit', %s, 'current' FROM (SELECT id, row_number() OVER (ORDER BY id) AS n "
        "FROM wangge_place WHERE kind = 'household') d WHERE n %% 5 <> 0",
        (adapt(now), adapt(now), adapt(until), response if connection.vendor == "postgresql" else response.hex),
    )
