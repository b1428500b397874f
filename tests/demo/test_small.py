"""The tiny city other tests stand on."""

from datetime import timedelta
from time import process_time

import pytest

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.demo import small, staff
from wangge.domains.duty.queries import answered_by, responsible
from wangge.domains.people.queries import by_document, living_with
from wangge.domains.places.models import Place
from wangge.domains.places.rules import DOORS
from wangge.domains.protocol.queries import covering
from wangge.domains.venues.storage import visits_of

pytestmark = pytest.mark.django_db


def test_it_is_built_within_a_second_and_hangs_together() -> None:
    staff.hashed()
    start = process_time()
    tiny = small.build()
    assert process_time() - start < 1
    assert len(tiny.homes) == 12
    assert len(tiny.yards) == 3
    assert len(tiny.roommates) == 4
    assert [person.name for person in tiny.family]
    assert set(living_with(tiny.family[0])) == set(tiny.family[1:])
    assert set(living_with(tiny.roommates[0])) == set(tiny.roommates[1:])
    assert covering(tiny.family[0].home, "screen_positive") == tiny.response


def test_every_door_has_a_grid_and_somebody_who_answers() -> None:
    tiny = small.build(check_ins=False)
    doors = list(Place.objects.filter(kind__in=DOORS))
    assert {door.grid_id for door in doors} == {grid.pk for grid in (*tiny.grids, tiny.village_grid)}
    posts = responsible(doors)
    assert posts[tiny.homes[0].pk] == tiny.posts["bingsi-1"]
    assert posts[tiny.room.pk] == tiny.posts["bingsi-2"]
    assert posts[tiny.yards[0].pk] == tiny.posts["dengqiao-1"]
    assert tiny.posts["bingsi-2"].pk in answered_by(tiny.accounts["bingsi-zhibu-1"]).backing


def test_handles_act_and_find() -> None:
    tiny = small.build()
    assert tiny.by("bingsi-1").may(Right.WORK_DOORS)
    assert tiny.accounts["bingsi-1"].check_password(staff.PASSWORD)
    scope = tiny.by("jiance").scope(Right.ENTER_RESULTS)
    assert by_document(scope, tiny.document(tiny.family[0])) == tiny.family[0]
    yesterday = clock.today() - timedelta(days=1)
    assert visits_of(tiny.family[0].pk, yesterday, yesterday)[0][0] == tiny.venues[1].pk
